// The columns of the list of people, and which of them fit.
import type { PeopleSort } from "../../ipc/gen";

export type ColumnId = "name" | "organisation" | "stage" | "country" | "touch" | "next" | "tags" | "added";

export type Column = {
  id: ColumnId;
  label: string;
  sort: PeopleSort | null;
  /** The width below which it is not worth showing, and its share of what is left over. */
  min: number;
  share: number;
  /** The width at which nothing usual in it is cut, where that is more. */
  usual?: number;
};

const COLUMNS: readonly Column[] = [
  { id: "name", label: "Name", sort: "name", min: 136, share: 1.6, usual: 200 },
  { id: "organisation", label: "Organisation", sort: "organisation", min: 104, share: 1 },
  { id: "stage", label: "Stage", sort: "stage", min: 110, share: 0.6 },
  { id: "country", label: "Country", sort: "country", min: 80, share: 0.5 },
  { id: "touch", label: "Last touch", sort: "last_touch", min: 160, share: 1.6, usual: 288 },
  { id: "next", label: "Next", sort: "next", min: 84, share: 0.3 },
  { id: "tags", label: "Tags", sort: null, min: 84, share: 1 },
  { id: "added", label: "Added", sort: "added", min: 72, share: 0.2 },
];

/** What goes first when the pane gets narrow: the first ones so that the others are read in full. */
const DROPPED_FIRST: readonly ColumnId[] = ["added", "tags", "country", "organisation"];
const DROPPED_LAST: readonly ColumnId[] = ["organisation", "touch", "next"];
const TICK = 40;
const GAP = 10;
const SIDES = 24;
export const NARROWEST = 64;

/** `least` is the width in pixels below which the list scrolls sideways. */
export type Layout = { columns: Column[]; template: string; least: number };

/** `widths` are those the person has set, in pixels; `next`: they want to see what comes next. */
export function layout(width: number, widths: Readonly<Record<string, number>>, next = false): Layout {
  let columns = COLUMNS.filter(({ id }) => id !== "next" || next);
  const needed = (least: (column: Column) => number) =>
    TICK + SIDES + columns.reduce((sum, column) => sum + GAP + (widths[column.id] ?? least(column)), 0);
  const usual = (column: Column) => column.usual ?? column.min;
  const min = (column: Column) => column.min;
  const drop = (ids: readonly ColumnId[], least: (column: Column) => number) => {
    for (const id of ids) {
      if (needed(least) <= width) return;
      columns = columns.filter((column) => column.id !== id);
    }
  };
  drop(DROPPED_FIRST, usual);
  drop(DROPPED_LAST, min);
  const least = needed(usual) <= width ? usual : min;
  const tracks = columns.map((column) => {
    const set = widths[column.id];
    return set === undefined ? `minmax(${least(column)}px, ${column.share}fr)` : `${set}px`;
  });
  // When every width is set, something must still take what is left.
  const rest = columns.every((column) => widths[column.id] !== undefined) ? " 1fr" : "";
  return { columns, template: `${TICK}px ${tracks.join(" ")}${rest}`, least: needed(least) };
}
