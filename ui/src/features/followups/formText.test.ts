import { describe, expect, test } from "vitest";
import type { FollowUp, SaidWhen } from "../../ipc/gen";
import { added, blank, edited, oftenOf, problemOf, textOf, withKind, withOften } from "./formText";

const monday: SaidWhen = { day: "2026-05-25", at: null, words: "Monday" };
const atNoon: SaidWhen = { day: "2026-05-25", at: Date.UTC(2026, 4, 25, 10), words: "Monday at 12:00" };
const typed = (more = {}) => ({ ...blank(), text: "send the guide", ...more });

const saved: FollowUp = {
  id: "0190",
  kind: "check_in",
  text: "ask how it went",
  person: null,
  leftAlone: false,
  touchpoint: "0191",
  due: "2026-05-25",
  at: Date.UTC(2026, 4, 25, 10),
  zone: "Asia/Tokyo",
  hiddenUntil: null,
  snoozes: 0,
  every: { n: 2, unit: "week", anchor: "done", until: "2027-01-01", count: null },
  unless: "they_reply",
  status: "open",
  settledOn: null,
  because: null,
  note: null,
  late: -4,
};

describe("what is missing is said by its field", () => {
  test.each([
    ["text", typed({ text: " " }), monday],
    ["due", typed(), null],
    ["every", typed({ repeats: true, n: "often" }), monday],
    ["every", typed({ repeats: true, n: "0" }), monday],
  ])("%s", (field, text, when) => expect(problemOf(text, when)?.field).toBe(field));

  test("how often does not matter while it does not come back", () => {
    expect(problemOf(typed({ n: "often" }), monday)).toBeNull();
  });
});

test("for several people a minute is refused by its field, and a day is not", () => {
  expect(problemOf(typed(), atNoon, 2)).toMatchObject({ field: "due" });
  expect(problemOf(typed(), monday, 2)).toBeNull();
  expect(problemOf(typed(), atNoon, 1)).toBeNull();
});

describe("something new", () => {
  test("is a promise for a day", () => {
    expect(added(typed(), monday, "Europe/Berlin", { person: "0192" })).toEqual({
      person: "0192",
      kind: "promise",
      text: "send the guide",
      due: "2026-05-25",
      at: null,
      unless: null,
    });
  });

  test("with a minute says where that minute is", () => {
    expect(added(typed(), atNoon, "Europe/Berlin", {})).toMatchObject({
      at: atNoon.at,
      zone: "Europe/Berlin",
    });
  });

  test("that is a promise is cleared by nothing, whatever was chosen before", () => {
    expect(added(typed({ unless: "they_reply" }), monday, "UTC", {}).unless).toBeNull();
    expect(added(typed({ unless: "they_reply", kind: "check_in" }), monday, "UTC", {}).unless).toBe(
      "they_reply",
    );
  });

  test("that looks for a reply clears when it comes, unless it is said otherwise", () => {
    const looking = withKind(typed(), "reply_check");
    expect(looking.unless).toBe("they_reply");
    expect(added({ ...looking, unless: "" }, monday, "UTC", {}).unless).toBeNull();
  });
});

describe("an edit", () => {
  test("of nothing asks for nothing", () => {
    expect(edited(textOf(saved), { ...monday, at: null }, "Europe/Berlin", saved)).toEqual({
      id: "0190",
    });
  });

  test("of the text leaves what was changed elsewhere meanwhile", () => {
    const reworded = edited({ ...textOf(saved), text: " ask again " }, monday, "Europe/Berlin", saved);
    expect(reworded).toEqual({ id: "0190", text: "ask again" });
  });

  test("that makes it a promise says that nothing clears it any more", () => {
    const promised = edited({ ...textOf(saved), kind: "promise" }, monday, "UTC", saved);
    expect(promised).toEqual({ id: "0190", kind: "promise", unless: null });
  });

  test("of the day lets the minute go that was said with the other day", () => {
    const moved = edited({ ...textOf(saved), when: "mon" }, { ...monday, day: "2026-06-01" }, "UTC", saved);
    expect(moved).toMatchObject({ due: "2026-06-01", at: null, zone: null });
  });

  test("keeps where a repetition ends, and takes it away with the repetition", () => {
    const newYear: SaidWhen = { day: "2027-01-01", at: null, words: "" };
    const often = edited({ ...textOf(saved), n: "3" }, monday, "UTC", saved, newYear);
    expect(often.every).toEqual({ ...saved.every, n: 3 });
    expect(edited({ ...textOf(saved), repeats: false }, monday, "UTC", saved).every).toBeNull();
  });
});

describe("where a repetition ends", () => {
  const weekly = typed({ repeats: true, until: "12 jun" });
  const june: SaidWhen = { day: "2026-06-12", at: null, words: "12 June" };

  test("is a day one writes, or nothing", () => {
    expect(added(weekly, monday, "UTC", {}, june).every).toMatchObject({ n: 1, until: "2026-06-12" });
    expect(added({ ...weekly, until: " " }, monday, "UTC", {}).every).toMatchObject({ until: null });
    expect(edited({ ...textOf(saved), until: "" }, monday, "UTC", saved).every).toMatchObject({
      until: null,
    });
    expect(oftenOf(weekly)).toBe("other");
  });

  test("that cannot be is said", () => {
    expect(problemOf(weekly, monday, 1, null)).toMatchObject({ field: "every" });
    expect(problemOf(weekly, monday, 1, { ...june, day: "2026-05-01" })?.message).toContain(
      "before the first",
    );
    expect(problemOf(weekly, monday, 1, june)).toBeNull();
    expect(problemOf({ ...weekly, repeats: false }, monday, 1, null)).toBeNull();
  });
});

describe("how often it comes back, in one word", () => {
  test("what is usual has one; everything else is said in full and kept", () => {
    const weekly = withOften(blank(), "1 week");
    expect(weekly).toMatchObject({ repeats: true, n: "1", unit: "week", anchor: "due" });
    expect(oftenOf(weekly)).toBe("1 week");
    expect(oftenOf(withOften(weekly, "no"))).toBe("no");
    const odd = { ...weekly, n: "5" };
    expect(oftenOf(odd)).toBe("other");
    expect(withOften(odd, "other")).toEqual(odd);
    expect(oftenOf({ ...weekly, anchor: "last_contact" })).toBe("other");
  });
});
