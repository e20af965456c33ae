import { expect, test } from "vitest";
import { dayShown, dayToLookAt, stepsFrom } from "./lookingBack";

const TODAY = "2026-05-21";

test("a day is typed as everywhere, and one to come is no day to look back to", () => {
  expect(dayToLookAt("3 may", TODAY)).toEqual({ day: "2026-05-03" });
  expect(dayToLookAt("2 months ago", TODAY)).toEqual({ day: "2026-03-21" });
  expect(dayToLookAt("2026-05-22", TODAY)).toEqual({ problem: "That day is still to come." });
  for (const vague of ["", "2026", "unknown"]) {
    expect(dayToLookAt(vague, TODAY)).toEqual({ problem: "Write a whole day, like 2026-03-04." });
  }
  expect(dayToLookAt("2026-02-30", TODAY)).toHaveProperty("problem");
});

test("a day is shown as one reads it, where it is also understood so", () => {
  for (const day of ["2026-05-03", "2025-12-24", "2024-02-29"]) {
    const shown = dayShown(day, TODAY);
    expect(dayToLookAt(shown, TODAY)).toEqual({ day });
    expect(shown).toMatch(/[a-z]{3}/i);
  }
});

test("one steps from move to move, and from today to the newest", () => {
  const moves = ["2026-05-10", "2026-05-02", "2026-05-10", "2026-01-01"].map((onDay) => ({ onDay }));
  expect(stepsFrom(null, moves, TODAY)).toEqual({ earlier: "2026-05-10", later: null });
  expect(stepsFrom("2026-05-02", moves, TODAY)).toEqual({ earlier: "2026-01-01", later: "2026-05-10" });
  expect(stepsFrom("2025-01-01", moves, TODAY)).toEqual({ earlier: null, later: "2026-01-01" });
  expect(stepsFrom(null, [], TODAY)).toEqual({ earlier: null, later: null });
});
