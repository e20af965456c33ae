// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { ImportRun } from "../../ipc/gen";
import { pastedTable } from "./pasted";
import { leftWords, percent, progressWords, quietWords } from "./progress";
import { eitherDay, mendName } from "./request";
import { paceOf } from "./running.svelte";

const run = (over: Partial<ImportRun>): ImportRun => ({
  id: "1",
  fileName: "meetup.csv",
  phase: "rows",
  share: 0.249,
  rows: 12_400,
  done: {
    kind: "table",
    rows: 0,
    added: 0,
    updated: 0,
    differs: 0,
    unchanged: 0,
    skipped: 0,
    refused: 0,
    waiting: 0,
    operation: null,
  },
  startedAt: 0,
  notes: [],
  request: null,
  ...over,
});

test("how far, how fast and how long", () => {
  expect(percent(0.249)).toBe("24%");
  expect(percent(1.2)).toBe("100%");
  expect(leftWords(1)).toBe("1 second left");
  expect(leftWords(89)).toBe("89 seconds left");
  expect(leftWords(150)).toBe("3 minutes left");
  const pace = paceOf({ share: 0.25 }, 2_000, 8_000, 0.2);
  expect(pace).toEqual({ rows: 4_000, left: 8 });
  expect(progressWords(run({}), pace!)).toBe("12,400 rows, 4,000 a second, 8 seconds left");
  expect(paceOf({ share: 0.25 }, 900, 8_000, 0.2)).toBeNull();
  expect(progressWords(run({ phase: "backup" }), { rows: null, left: null })).toBe(
    "Making a backup of the file first",
  );
  expect(quietWords(run({}))).toBe("24%");
  expect(quietWords(run({ phase: "elsewhere", rows: 3 }))).toBe("Elsewhere, 3 rows");
});

test("a day is shown as both of the days it could be", () => {
  expect(eitherDay("03/04/2024", "day_first")).toContain("April");
  expect(eitherDay("03/04/2024", "month_first")).toContain("March");
  expect(eitherDay("3-4-24", "day_first")).toContain("2024");
});

test("a file of rows to mend is called after the one they came from", () => {
  expect(mendName("meetup.csv")).toBe("meetup to mend.csv");
  expect(mendName("Pasted rows")).toBe("Pasted rows to mend.csv");
});

test("only rows are taken for a table, wherever no field has the focus", () => {
  const pasted = (text: string) => ({
    target: null,
    clipboardData: { getData: () => text } as unknown as DataTransfer,
  });
  for (const place of ["today", "people", "person", "lists", "list", "doubles", "import"])
    expect(pastedTable(pasted("Name\tCity\nAda\tLondon\n"), place)).toContain("Ada");
  const field = { ...pasted("Name\tCity\nAda\tLondon\n"), target: document.createElement("input") };
  expect(pastedTable(field, "today")).toBeNull();
  expect(pastedTable(pasted("One line\tof cells"), "people")).toBeNull();
  expect(pastedTable(pasted("Name\nAda\n"), "people")).toBeNull();
  expect(pastedTable(pasted("Name\nAda\n"), "import")).toContain("Ada");
});
