import { describe, expect, test } from "vitest";
import type { Kind, TimelineEntry } from "../../ipc/gen";
import { blank, edited, kindsLike, logged, textOf, withKind } from "./entryText";

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
      people: [{ person: "p", role: "with", observedBy: "told" }],
      note: "hello",
    });
  });

  test("what they did is by them, what you did is with them", () => {
    expect(withKind(blank([priya]), bug).people[0]!.role).toBe("by");
    expect(withKind(blank([priya]), talked).people[0]!.role).toBe("with");
  });

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

  test("what was emptied is sent as empty", () => {
    const whole = { ...entry, minutes: 20 };
    const emptied = { ...textOf(whole, "p", [talked]), note: "", minutes: " ", sentiment: "" };
    expect(edited(emptied, whole, today)).toMatchObject({ note: "", minutes: null, sentiment: null });
  });
});

test("a kind is found by the beginnings of its words", () => {
  expect(kindsLike([talked, bug], "per ta")).toEqual([talked]);
  expect(kindsLike([talked, bug], "bug")).toEqual([bug]);
  expect(kindsLike([talked, bug], "alked")).toEqual([]);
  expect(kindsLike([talked, bug], "")).toHaveLength(2);
});
