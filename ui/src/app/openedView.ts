// The view that is opened, and opening one: filter, order, shape and columns at once.
import { chosenColumns, keptColumns } from "../features/people/columns";
import { filterOf, peopleQuery } from "../features/people/question";
import { isChanged, shapeOf, shown, type Shape, type View } from "../features/views/views";
import { changeSettings, settings } from "../ipc/settings.svelte";

/** Reactive: how the people are shown now. */
export function shapeNow() {
  const kept = settings().people ?? {};
  return shapeOf(peopleQuery(), kept.view ?? "list", chosenColumns(kept));
}

/** Reactive: the view of this file that was opened, and whether something is otherwise now. */
export function openedView(views: readonly View[]): { view: View; changed: boolean } | null {
  const view = views.find(({ id }) => id === settings().people?.opened);
  return view ? { view, changed: isChanged(view, shapeNow()) } : null;
}

export function openView(view: View): void {
  const { filter, sort, descending, layout, columns } = shown(view);
  changeSettings({
    people: {
      ...settings().people,
      query: { ...peopleQuery(), filter: filterOf(filter), sort, descending },
      view: layout,
      ...keptColumns(columns),
      opened: view.id,
    },
  });
}

/** What was just kept is the view that is open, in the words it is kept in, unless others were typed meanwhile. */
export function nowOpen(view: Pick<View, "id" | "filter">, asked: Shape): void {
  const query = peopleQuery();
  const same = query.filter.text.trim() === asked.filter && view.filter !== asked.filter;
  changeSettings({
    people: {
      ...settings().people,
      ...(same ? { query: { ...query, filter: filterOf(view.filter) } } : {}),
      opened: view.id,
    },
  });
}

/** Everybody again, in the shape that is shown. */
export function leaveView(): void {
  const { opened: _, ...people } = settings().people ?? {};
  changeSettings({ people: { ...people, query: { ...peopleQuery(), filter: filterOf("") } } });
}
