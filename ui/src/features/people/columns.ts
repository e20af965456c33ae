// The columns of the list of people, and which of them fit.
import type { PeopleSort } from "../../ipc/gen";

export type ColumnId = "name" | "organisation" | "stage" | "country" | "touch" | "tags" | "added";

export type Column = {
  id: ColumnId;
  label: string;
  sort: PeopleSort | null;
  /** The width below which it is not worth showing, and its share of what is left over. */
  min: number;
  share: number;
};

const COLUMNS: readonly Column[] = [
  { id: "name", label: "Name", sort: "name", min: 136, share: 1.3 },
  { id: "organisation", label: "Organisation", sort: "organisation", min: 104, share: 1 },
  { id: "stage", label: "Stage", sort: "stage", min: 132, share: 0.9 },
  { id: "country", label: "Country", sort: "country", min: 96, share: 0.7 },
  { id: "touch", label: "Last touch", sort: "last_touch", min: 160, share: 2 },
  { id: "tags", label: "Works with", sort: null, min: 104, share: 1 },
  { id: "added", label: "Added", sort: "added", min: 92, share: 0.2 },
];

/** What goes first when the pane gets narrow. */
const DROPPED_FIRST: readonly ColumnId[] = ["added", "tags", "country", "organisation", "touch"];
const TICK = 40;
const GAP = 10;
const SIDES = 24;
export const NARROWEST = 64;

/** `least` is the width in pixels below which the list scrolls sideways. */
export type Layout = { columns: Column[]; template: string; least: number };

/** `widths` are those the person has set, in pixels. */
export function layout(width: number, widths: Readonly<Record<string, number>>): Layout {
  let columns = [...COLUMNS];
  const needed = () =>
    TICK + SIDES + columns.reduce((sum, column) => sum + GAP + (widths[column.id] ?? column.min), 0);
  for (const id of DROPPED_FIRST) {
    if (needed() <= width) break;
    columns = columns.filter((column) => column.id !== id);
  }
  const tracks = columns.map((column) => {
    const set = widths[column.id];
    return set === undefined ? `minmax(${column.min}px, ${column.share}fr)` : `${set}px`;
  });
  // When every width is set, something must still take what is left.
  const rest = columns.every((column) => widths[column.id] !== undefined) ? " 1fr" : "";
  return { columns, template: `${TICK}px ${tracks.join(" ")}${rest}`, least: needed() };
}
