import { describe, expect, test } from "vitest";
import type { PeopleQuery } from "../../ipc/gen";
import { isChanged, shapeOf, type View } from "./views";

const query = (text: string): PeopleQuery => ({
  filter: { text },
  sort: "last_touch",
  descending: true,
});
const view = (more: Partial<View> = {}): View => ({
  id: "v",
  name: "Learning",
  filter: "stage:learn",
  sort: "last_touch",
  descending: true,
  layout: "list",
  columns: [],
  count: 3,
  problem: null,
  ...more,
});

describe("a view that was opened", () => {
  test("is as it was kept until something is changed", () => {
    expect(isChanged(view(), shapeOf(query("stage:learn "), "list", []))).toBe(false);
    expect(isChanged(view(), shapeOf(query("stage:learn rust"), "list", []))).toBe(true);
    expect(isChanged(view(), shapeOf(query("stage:learn"), "board", []))).toBe(true);
    expect(isChanged(view(), shapeOf(query("stage:learn"), "list", ["stage"]))).toBe(true);
    expect(isChanged(view(), { ...shapeOf(query("stage:learn"), "list", []), descending: false })).toBe(true);
  });

  test("says nothing about the order in which columns were chosen", () => {
    const kept = view({ columns: ["stage", "tags"] });
    expect(isChanged(kept, shapeOf(query("stage:learn"), "list", ["tags", "stage"]))).toBe(false);
  });

  test("that stands under headings is kept as such", () => {
    expect(isChanged(view({ layout: "grouped" }), shapeOf(query("stage:learn"), "grouped", []))).toBe(false);
    expect(isChanged(view({ layout: "grouped" }), shapeOf(query("stage:learn"), "list", []))).toBe(true);
  });
});
