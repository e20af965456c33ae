// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { ImportPreview, ImportRequest, Outcome, PreviewRow } from "../../ipc/gen";
import { show } from "../../testing/screen";
import RowTable from "./RowTable.svelte";

const row = (row: number, outcome: Outcome, more: Partial<PreviewRow> = {}): PreviewRow => ({
  row,
  outcome,
  name: `Row ${row}`,
  reason: null,
  column: null,
  candidate: null,
  fills: [],
  differs: [],
  ...more,
});
const other = [{ field: "city", have: "Recife", file: "Olinda" }];

/** 500 rows wait and 300 differ; of each the first 200 are shown, and those that were decided. */
const preview: ImportPreview = {
  fileName: "long.csv",
  layout: "CSV",
  encoding: "UTF-8",
  separator: ",",
  preambleRows: 0,
  columns: [],
  unmapped: [],
  rows: 802,
  longerRows: 0,
  blankRows: 0,
  newPeople: 1,
  updates: 1,
  differs: 300,
  unchanged: 0,
  look: 500,
  skipped: 0,
  refused: 0,
  examples: [
    ...Array.from({ length: 200 }, (_, i) => row(i + 2, "look")),
    row(640, "new"),
    ...Array.from({ length: 200 }, (_, i) => row(i + 700, "differs", { differs: other })),
    row(1_100, "update", { differs: other }),
  ],
  alreadyImported: null,
  hash: "h",
};
const request: ImportRequest = {
  file: "g",
  matching: true,
  source: "import",
  decisions: { 640: "new" },
  overwrite: [1_100],
};

test("a row that was decided stays where it was decided, however many there are", async () => {
  const { user } = await show(RowTable, { preview, request, change: () => undefined });
  const decided = screen.getByRole("group", { name: "Who is Row 640" });
  expect(decided.querySelector("[aria-pressed=true]")?.textContent).toBe("Someone new");
  expect(document.body.textContent).toContain("300 more rows like these.");

  await user.click(screen.getByRole("tab", { name: /Differs/ }));
  const replaced = screen.getByRole("group", { name: "What stays of Row 1100" });
  expect(replaced.querySelector("[aria-pressed=true]")?.textContent).toBe("Replace");
  expect(document.body.textContent).toContain("100 more rows like these.");

  await user.click(screen.getByRole("tab", { name: /New/ }));
  expect(screen.getByText("Row 640")).toBeTruthy();
  expect(document.body.textContent).not.toContain("like these");
});
