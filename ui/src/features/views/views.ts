// Views that are kept: what is shown now held beside what was kept.
import type { Value } from "../../ipc/call";
import type { PeopleQuery, ViewLayout } from "../../ipc/gen";

export type View = Value<"views.list">[number];
export type Shape = Pick<View, "filter" | "sort" | "descending" | "columns" | "layout">;

/** What is shown now, as a view would keep it. */
export function shapeOf(query: PeopleQuery, layout: ViewLayout, columns: readonly string[]): Shape {
  return {
    filter: query.filter.text.trim(),
    sort: query.sort,
    descending: query.descending,
    layout,
    columns: [...columns],
  };
}

/** The shape of a view, as this window shows it. */
export function shown(view: View): Shape {
  const { filter, sort, descending, layout, columns } = view;
  return { filter: filter.trim(), sort, descending, columns, layout };
}

export function isChanged(view: View, now: Shape): boolean {
  const was = shown(view);
  // On the board nobody sees an order of columns.
  const parts = (shape: Shape) =>
    JSON.stringify([shape.filter, shape.sort, shape.descending, shape.layout, [...shape.columns].sort()]);
  return parts(was) !== parts(now);
}
