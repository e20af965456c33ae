import { describe, expect, test } from "vitest";
import { byDay, changeWords, dayHeading, madeWords } from "./words";

describe("what an operation changed", () => {
  const subject = "Ada";
  test("a field that was filled, changed, and emptied", () => {
    expect(changeWords({ subject, field: "city", before: null, after: "Lagos" })).toEqual({
      what: "city:",
      from: null,
      to: "Lagos",
    });
    expect(changeWords({ subject, field: "city", before: "Lagos", after: "Accra" })).toEqual({
      what: "city:",
      from: "Lagos",
      to: "Accra",
    });
    expect(changeWords({ subject, field: "city", before: "Accra", after: null })).toEqual({
      what: "city:",
      from: "Accra",
      to: "nothing",
    });
  });
  test("a row that went and came back", () => {
    expect(changeWords({ subject, field: null, before: "tag", after: null }).what).toBe("took the tag away");
    expect(changeWords({ subject, field: null, before: null, after: "person" }).what).toBe(
      "brought back the person",
    );
  });
  test("what it made", () => {
    expect(
      madeWords([
        ["person", 2],
        ["tag", 1],
        ["way to reach them", 3],
      ]),
    ).toBe("Made 2 people, 1 tag and 3 ways to reach them.");
    expect(
      madeWords([
        ["touchpoint", 1],
        ["person at this touchpoint", 7],
      ]),
    ).toBe("Made 1 entry with 7 people.");
    expect(madeWords([["rules", 1]])).toBe("Made new rules of the journey.");
  });
});

test("operations stand under the day on which they were done", () => {
  expect(byDay(["b1", "b2", "a1"], (item) => item[0]!)).toEqual([
    { day: "b", items: ["b1", "b2"] },
    { day: "a", items: ["a1"] },
  ]);
  expect(dayHeading("2026-05-21", "2026-05-21")).toBe("Today");
  expect(dayHeading("2026-05-20", "2026-05-21")).toBe("Yesterday");
  expect(dayHeading("2026-05-01", "2026-05-21")).toContain("2026");
});
