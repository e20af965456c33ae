// The columns of the list of people, and which of them fit.
import type { PeopleSort } from "../../ipc/gen";

export type ColumnId =
  "name" | "organisation" | "stage" | "country" | "touch" | "next" | "tags" | "added" | "place";

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
  { id: "name", label: "Name", sort: "name", min: 136, share: 1.6, usual: 178 },
  { id: "organisation", label: "Organisation", sort: "organisation", min: 104, share: 1 },
  { id: "stage", label: "Stage", sort: "stage", min: 124, share: 0.6 },
  { id: "country", label: "Country", sort: "country", min: 80, share: 0.5 },
  { id: "touch", label: "Last touch", sort: "last_touch", min: 160, share: 1.6, usual: 288 },
  { id: "next", label: "Next", sort: "next", min: 84, share: 0.3 },
  { id: "tags", label: "Tags", sort: null, min: 84, share: 1 },
  { id: "added", label: "Added", sort: "added", min: 80, share: 0.2 },
];

/** On a list of people who were put on it: when, and why. */
const PLACE: Column = { id: "place", label: "Put on the list", sort: null, min: 120, share: 1.4, usual: 200 };

/** The columns there are to choose from; the name is always there. */
export const CHOOSABLE = COLUMNS.filter(({ id }) => id !== "name").map(({ id, label }) => ({ id, label }));
/** The usual ones, in their order. */
const USUAL: readonly string[] = COLUMNS.map(({ id }) => id).filter((id) => id !== "next");

/** What the window remembers of its columns: those chosen, none of them the usual ones, and what comes next beside them. */
export type Kept = { columns?: readonly string[]; next?: boolean };

/** The columns as one list, as a view keeps them; none of them the usual ones. */
export function chosenColumns({ columns = [], next = false }: Kept): string[] {
  return next ? [...(columns.length > 0 ? columns : USUAL), "next"] : [...columns];
}

/** The same the other way round. */
export function keptColumns(chosen: readonly string[]): { columns: string[]; next: boolean } {
  const columns = USUAL.filter((id) => id === "name" || chosen.includes(id));
  const usual = chosen.length === 0 || columns.length === USUAL.length;
  return { columns: usual ? [] : columns, next: chosen.includes("next") };
}

/** Puts one on or takes it off. */
export function toggledColumn(kept: Kept, id: string): { columns: string[]; next: boolean } {
  const now = chosenColumns(kept);
  const all = now.length > 0 ? now : [...USUAL];
  return keptColumns(all.includes(id) ? all.filter((other) => other !== id) : [...all, id]);
}

/** What goes first when the pane gets narrow: the first ones so that the others are read in full. */
const DROPPED_FIRST: readonly ColumnId[] = ["added", "tags", "country", "organisation"];
const DROPPED_LAST: readonly ColumnId[] = ["organisation", "touch", "next"];
const TICK = 40;
const GAP = 10;
const SIDES = 24;
export const NARROWEST = 64;

/** `least` is the width in pixels below which the list scrolls sideways. */
export type Layout = { columns: Column[]; template: string; least: number };

/** `widths` are those the person has set, in pixels; `next`: they want to see what comes next; `shown` the others they chose, none of them all. */
export function layout(
  width: number,
  widths: Readonly<Record<string, number>>,
  next = false,
  shown: readonly string[] = [],
  onList = false,
): Layout {
  const wanted = ({ id }: Column) =>
    id === "next" ? next : id === "name" || shown.length === 0 || shown.includes(id);
  let columns = COLUMNS.filter(wanted);
  if (onList) columns.push(PLACE);
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
