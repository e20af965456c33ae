import { describe, expect, test } from "vitest";
import type { Kind, TimelineEntry } from "../../ipc/gen";
import { asNote, blank, edited, kindsOffered, logged, textOf, whenProblem, withKind } from "./entryText";

const today = "2026-05-21";
const kind = (key: string, label: string, direction: Kind["direction"]): Kind => ({
  key,
  label,
  direction,
  fourC: "communication",
  evidence: direction !== "from_us",
  pointsTo: null,
  proves: null,
  reset: null,
  on: true,
});
const talked = kind("conversation_in_person", "Talked in person", "two_way");
const bug = kind("reported_bug", "Reported a bug", "from_them");
const priya = { id: "p", name: "Priya Nair" };

const entry: TimelineEntry = {
  id: "e",
  cursor: "c",
  kind: talked.key,
  label: talked.label,
  direction: "two_way",
  onDay: "2026-03-01",
  precision: "month",
  at: null,
  zone: null,
  intent: null,
  note: "Retry docs unclear",
  quote: null,
  sentiment: 1,
  minutes: null,
  needsAnswer: true,
  source: "form",
  people: [
    {
      id: "p",
      name: "Priya Nair",
      role: "with",
      observedStage: "build",
      observedBy: "seen",
      incentivised: false,
    },
    { id: "t", name: "Tom", role: "about", observedStage: "learn", observedBy: "told", incentivised: true },
  ],
};

describe("logging what happened", () => {
  test("a kind and a note are enough; no day means now", () => {
    expect(logged({ ...withKind(blank([priya]), talked), note: " hello " }, today)).toEqual({
      kind: "conversation_in_person",
      people: [{ person: "p", role: "with", observedBy: "seen" }],
      note: "hello",
    });
  });

  test("what they did is by them, what you did is with them", () => {
    expect(withKind(blank([priya]), bug).people[0]!.role).toBe("by");
    expect(withKind(blank([priya]), talked).people[0]!.role).toBe("with");
  });

  test("what two did together one saw oneself, the rest one was told, unless it is said otherwise", () => {
    const together = withKind(blank([priya]), talked);
    expect(together.observedBy).toBe("seen");
    expect(withKind(together, bug).observedBy).toBe("told");
    expect(withKind({ ...together, observedBy: "inferred" }, bug).observedBy).toBe("inferred");
  });

  test("what they did may have come up in a talk, and a talk is one already", () => {
    const reported = withKind(blank([priya]), bug);
    expect(logged(reported, today)).not.toHaveProperty("direction");
    expect(logged({ ...reported, talked: true }, today)).toMatchObject({ direction: "two_way" });
    const both = { ...withKind(blank([priya]), talked), talked: true };
    expect(logged(both, today)).not.toHaveProperty("direction");
  });

  test("nobody waits for an answer to what you did", () => {
    const waiting = { ...withKind(blank([priya]), bug), needsAnswer: true };
    expect(logged(waiting, today)).toMatchObject({ needsAnswer: true });
    const wrote = kind("emailed", "Wrote to them", "from_us");
    expect(logged(withKind(waiting, wrote), today)).not.toHaveProperty("needsAnswer");
  });

  test.each([
    ["tomorrow", /still to come/],
    ["2026-05-22", /still to come/],
    ["12 mrz", /Write a day like/],
  ])("%s is refused while it is typed", (typed, said) => expect(whenProblem(typed, today)).toMatch(said));

  test.each([
    [blank([priya]), "kind"],
    [{ ...withKind(blank([priya]), bug), when: "soon" }, "when"],
    [{ ...withKind(blank([priya]), bug), when: "2027-01-01" }, "when"],
    [{ ...withKind(blank([priya]), bug), minutes: "an hour" }, "minutes"],
    [withKind(blank([]), bug), "people"],
  ])("what is missing is named by its field", (text, field) => {
    expect(logged(text, today)).toMatchObject({ field });
  });

  test("this month is not in the future", () => {
    expect(logged({ ...withKind(blank([priya]), bug), when: "2026-05" }, today)).toMatchObject({
      on: "2026-05",
    });
  });
});

describe("editing an entry", () => {
  test("what was not touched stays as it was", () => {
    const input = edited(textOf(entry, "p", [talked]), entry, today);
    expect(input).toMatchObject({ id: "e", note: "Retry docs unclear", sentiment: 1, needsAnswer: true });
    expect(input).not.toHaveProperty("on", "2026-03-01");
    expect(input).toMatchObject({
      people: [
        { person: "p", role: "with", observedStage: "build", observedBy: "seen" },
        { person: "t", role: "about", observedStage: "learn", observedBy: "told", incentivised: true },
      ],
    });
  });

  test("a bug that came up in a talk stays a talk until that is taken back; a talk that was more stays one", () => {
    const came: TimelineEntry = { ...entry, kind: bug.key, label: bug.label };
    const text = textOf(came, "p", [talked, bug]);
    expect(edited(text, came, today)).not.toHaveProperty("direction");
    expect(edited({ ...text, talked: false }, came, today)).toMatchObject({ direction: "from_them" });
    const more = withKind(textOf(entry, "p", [talked, bug]), bug);
    expect(edited(more, entry, today)).toMatchObject({ kind: "reported_bug", direction: "two_way" });
  });

  test("what was emptied is sent as empty", () => {
    const whole = { ...entry, minutes: 20 };
    const emptied = { ...textOf(whole, "p", [talked]), note: "", minutes: " ", sentiment: "" };
    expect(edited(emptied, whole, today)).toMatchObject({ note: "", minutes: null, sentiment: null });
  });
});

const found = (typed: string, all = [talked, bug]) => kindsOffered(all, typed).map(({ kind }) => kind);

test("a kind is found by the beginnings of its words", () => {
  expect(found("per ta")).toEqual([talked]);
  expect(found("bug")).toEqual([bug]);
  expect(found("alked")).toEqual([]);
  expect(found("")).toHaveLength(2);
});

test("a kind is found by a word of another tense or number", () => {
  const compared = kind("compared_options", "Is comparing options", "from_them");
  const called = kind("conversation_online", "Talked online", "two_way");
  const wrote = kind("emailed", "Wrote to them", "from_us");
  const all = [compared, called, wrote, bug, talked];
  const first = (typed: string) => kindsOffered(all, typed)[0]?.kind.key;
  expect(["compared", "compares", "called", "emailed", "met", "reporting"].map(first)).toEqual([
    "compared_options",
    "compared_options",
    "conversation_online",
    "emailed",
    "conversation_in_person",
    "reported_bug",
  ]);
  expect(first("juggled")).toBeUndefined();
});

test("a sentence that is no kind is the note of a talk in person", () => {
  const noted = asNote({ ...blank([priya]), kindTyped: " She wants webhooks ", note: "Later" }, [
    bug,
    talked,
  ]);
  expect(noted).toMatchObject({ kind: talked, kindTyped: "", note: "She wants webhooks\nLater" });
  expect(asNote({ ...blank([priya]), kindTyped: "She" }, [bug])).toBeNull();
});

describe("everyday words", () => {
  const kinds = [
    talked,
    kind("conversation_online", "Talked online", "two_way"),
    kind("attended_talk", "Came to a talk", "from_them"),
    kind("gave_feedback", "Gave product feedback", "from_them"),
    bug,
    kind("opened_pr", "Opened a pull request", "from_them"),
    kind("emailed", "Wrote to them", "from_us"),
    kind("thanked", "Thanked them", "from_us"),
  ];
  test.each([
    ["email", "Wrote to them"],
    ["e-mail", "Wrote to them"],
    ["mail", "Wrote to them"],
    ["coffee", "Talked in person"],
    ["met", "Talked in person"],
    ["chat", "Talked in person"],
    ["talk", "Talked in person"],
    ["call", "Talked online"],
    ["pr", "Opened a pull request"],
    ["PR", "Opened a pull request"],
    ["issue", "Reported a bug"],
    ["thanks", "Thanked them"],
  ])("%s comes first to %s", (typed, label) => expect(found(typed, kinds)[0]?.label).toBe(label));
});
