import { describe, expect, test } from "vitest";
import { chosenColumns, keptColumns, layout, toggledColumn } from "./columns";

const ids = (width: number, widths = {}) => layout(width, widths).columns.map((column) => column.id);

describe("the columns of the list", () => {
  test("all are there on a wide window", () => {
    expect(ids(1072)).toEqual(["name", "organisation", "stage", "country", "touch", "tags", "added"]);
  });

  test("the less important go first when it gets narrow; name and stage never go", () => {
    expect(ids(860)).not.toContain("added");
    expect(ids(860)).toContain("organisation");
    expect(ids(560)).toEqual(["name", "stage", "touch"]);
    expect(ids(200)).toEqual(["name", "stage"]);
  });

  test("the window as it comes has room for the words of any usual touch, also beside the peek pane", () => {
    for (const pane of [1072, 1072 - 380]) {
      expect(ids(pane)).toContain("touch");
      expect(layout(pane, {}).template).toContain("minmax(288px, ");
    }
  });

  test("a stage stands beside how sure it still is in the window as it comes, also beside the peek pane", () => {
    // “Evaluation fading”: the dot, the longest of the words and what is said of it.
    for (const pane of [1072, 1072 - 380]) expect(layout(pane, {}).template).toContain("minmax(124px, ");
  });

  test("the day somebody was added is read whole, also of another year", () => {
    expect(layout(1072, {}).template).toContain("minmax(80px, ");
  });

  test("a name has room in the window as it comes", () => {
    expect(layout(1072, {}).template).toMatch(/^40px minmax\(178px, /);
  });

  test("what comes next is shown to whoever wants it, and stays when others go", () => {
    const shown = (width: number) => layout(width, {}, true).columns.map((column) => column.id);
    expect(shown(1280)).toEqual([
      "name",
      "organisation",
      "stage",
      "country",
      "touch",
      "next",
      "tags",
      "added",
    ]);
    expect(shown(860)).toContain("next");
    expect(shown(200)).toEqual(["name", "stage"]);
  });

  test("a width someone set is kept", () => {
    expect(layout(1072, { name: 240 }).template).toMatch(/^40px 240px minmax/);
  });
});

describe("the columns that were chosen", () => {
  test("are one list for a view, and what the window remembers again", () => {
    expect(chosenColumns({})).toEqual([]);
    expect(keptColumns([])).toEqual({ columns: [], next: false });
    const some = toggledColumn({}, "tags");
    expect(some.columns).toEqual(["name", "organisation", "stage", "country", "touch", "added"]);
    expect(toggledColumn(some, "tags")).toEqual({ columns: [], next: false });
    const withNext = toggledColumn(some, "next");
    expect(withNext).toEqual({ columns: some.columns, next: true });
    expect(keptColumns(chosenColumns(withNext))).toEqual(withNext);
    expect(keptColumns(chosenColumns({ next: true }))).toEqual({ columns: [], next: true });
  });

  test("stand in the list with the name, whatever was chosen", () => {
    const ids = layout(1400, {}, false, ["tags"]).columns.map(({ id }) => id);
    expect(ids).toEqual(["name", "tags"]);
    expect(layout(1400, {}, true, ["tags"], true).columns.map(({ id }) => id)).toEqual([
      "name",
      "next",
      "tags",
      "place",
    ]);
  });
});
