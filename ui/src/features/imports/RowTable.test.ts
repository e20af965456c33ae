// @vitest-environment happy-dom
import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { ImportPreview, ImportRequest, Outcome, PreviewRow } from "../../ipc/gen";
import { show } from "../../testing/screen";
import RowTable from "./RowTable.svelte";

const row = (row: number, outcome: Outcome, more: Partial<PreviewRow> = {}): PreviewRow => ({
  row,
  outcome,
  name: `Row ${row}`,
  detail: "",
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
  layoutKey: "",
  remembered: false,
  encoding: "UTF-8",
  separator: ",",
  sheets: [],
  sheet: null,
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
  const { user } = await show(RowTable, { preview, request, change: () => undefined, save: () => undefined });
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

const ana = {
  id: "a",
  name: "Ana Souza",
  organisation: "Basalt",
  lastTouchOn: null,
  stage: null,
};
const waiting = (examples: PreviewRow[], more: Partial<ImportPreview> = {}): ImportPreview => ({
  ...preview,
  hash: "small",
  rows: examples.length,
  look: examples.filter(({ outcome }) => outcome === "look").length,
  newPeople: 0,
  differs: 0,
  updates: 0,
  examples,
  ...more,
});
const undecided: ImportRequest = { ...request, decisions: {}, overwrite: [] };

test("deciding the last row that waits changes neither the tab nor what the row says", async () => {
  const reason = "ana@basalt.example belongs to somebody of another name.";
  const before = waiting([row(3, "look", { reason, candidate: ana })]);
  const asked: ImportRequest[] = [];
  const change = (next: ImportRequest) => asked.push(next);
  const { user, rerender } = await show(RowTable, {
    preview: before,
    request: undecided,
    change,
    save: () => undefined,
  });
  await user.click(screen.getByRole("button", { name: "Someone new" }));
  const after = waiting([row(3, "new")], { newPeople: 1 });
  await rerender({ preview: after, request: asked[0]!, change, save: () => undefined });

  expect(screen.getByRole("tab", { name: /Look at these/ }).getAttribute("aria-selected")).toBe("true");
  expect(screen.getByText(reason)).toBeTruthy();
  const who = within(screen.getByRole("group", { name: "Who is Row 3" }));
  expect(who.getAllByRole("button").map((one) => one.textContent?.trim().replace(/\s+/g, " "))).toEqual([
    "Someone new",
    "The same as Ana Souza",
    "Leave out",
  ]);
});

test("what was left out is counted, so that the tabs add up to the rows of the file", async () => {
  const shown = waiting([row(2, "new"), row(3, "skipped"), row(4, "look")], { newPeople: 1, skipped: 1 });
  await show(RowTable, {
    preview: shown,
    request: { ...undecided, decisions: { 3: "skip" } },
    change: () => undefined,
    save: () => undefined,
  });
  expect(screen.getByRole("tab", { name: "Left out 1" })).toBeTruthy();
  const counted = screen
    .getAllByRole("tab")
    .map((tab) => Number(/\d+$/.exec(tab.textContent?.trim() ?? "")?.[0]));
  expect(counted.reduce((sum, n) => sum + n)).toBe(shown.rows);
});

test("a row shows what tells it from others of the name, and that it matches a row above it", async () => {
  const twice = [
    row(2, "new", { name: "Ana", detail: "Basalt · ana@basalt.example" }),
    row(9, "look", { name: "Anna", detail: "anna@basalt.example" }),
  ];
  const { user } = await show(RowTable, {
    preview: waiting(twice, { newPeople: 1 }),
    request: undecided,
    change: () => undefined,
    save: () => undefined,
  });
  expect(screen.getByText("anna@basalt.example")).toBeTruthy();
  expect(screen.getByRole("button", { name: /The same as\s+earlier in this file/ })).toBeTruthy();
  await user.click(screen.getByRole("tab", { name: /New/ }));
  expect(screen.getByText("Basalt · ana@basalt.example")).toBeTruthy();
});

test("who was erased is left out with the reason, and let in by a click that can be taken back there", async () => {
  const reason = "Whoever had row3@basalt.example was erased, and is not brought back by a file.";
  const asked: ImportRequest[] = [];
  const change = (next: ImportRequest) => asked.push(next);
  const { user, rerender } = await show(RowTable, {
    preview: waiting([row(3, "skipped", { reason })], { skipped: 1 }),
    request: undecided,
    change,
    save: () => undefined,
  });
  await user.click(screen.getByRole("tab", { name: /Left out/ }));
  expect(screen.getByText(reason)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Let in" }));
  expect(asked[0]?.decisions).toEqual({ 3: "new" });
  await rerender({
    preview: waiting([row(3, "new")], { newPeople: 1 }),
    request: asked[0]!,
    change,
    save: () => undefined,
  });
  const button = screen.getByRole("button", { name: "Let in" });
  expect(button.getAttribute("aria-pressed")).toBe("true");
  await user.click(button);
  expect(asked[1]?.decisions).toEqual({});
});
