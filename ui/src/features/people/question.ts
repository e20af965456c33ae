// What the list of people asks for: filter and order, remembered by the window.
import type { PeopleFilter, PeopleQuery, PeopleSort } from "../../ipc/gen";
import { keysOf } from "../../kit/keyboard";
import { stepAside } from "../../kit/route.svelte";
import { say } from "../../kit/toasts.svelte";
import { changeSettings, settings } from "../../ipc/settings.svelte";

/** A filter is its text, in the language that the field, the menus, views and lists all write. */
export function filterOf(text: string): PeopleFilter {
  return { text };
}

export const everybody: PeopleQuery = { filter: filterOf(""), sort: "last_touch", descending: true };

/** Reactive. The same question serves the list, the board, "3 of 38" on a person, and the export. */
export function peopleQuery(): PeopleQuery {
  const kept = settings().people?.query;
  // Whoever types something that nobody is spelled like is shown who comes close.
  return {
    ...everybody,
    ...kept,
    filter: { ...filterOf(kept?.filter.text ?? ""), forgiving: true },
  };
}

export function askPeople(change: Partial<PeopleQuery>): void {
  changeSettings({ people: { ...settings().people, query: { ...peopleQuery(), ...change } } });
}

/** Whoever takes a view's filter away altogether has left the view. */
export function filterPeople(text: string): void {
  const before = peopleQuery();
  const { opened, ...people } = settings().people ?? {};
  const left = text.trim() === "" && before.filter.text.trim() !== "";
  const kept = opened && !left ? { ...people, opened } : people;
  changeSettings({ people: { ...kept, query: { ...before, filter: filterOf(text) } } });
}

/** Everybody again, with the way back to the words that stood there, in sight. False when there were none. */
export function letGoOfFilter(): boolean {
  const { filter } = peopleQuery();
  if (!isFiltered(filter)) return false;
  const { opened } = settings().people ?? {};
  filterPeople("");
  wayBack("Filter cleared", filter.text, opened);
  return true;
}

/** The filter of the view that is open again, with the way back to what was typed in its place. */
export function backToViewFilter(own: string, typed: string): void {
  const { opened } = settings().people ?? {};
  askPeople({ filter: filterOf(own) });
  wayBack("Filter put back as the view has it", typed, opened);
}

/** Says what became of the filter; Undo brings back the words that stood there, and the view they stood in. */
function wayBack(said: string, words: string, opened: string | undefined): void {
  const now = peopleQuery().filter.text.trim();
  const undo = stepAside(() => {
    const query = peopleQuery();
    // Other words may stand there by now.
    if (query.filter.text.trim() !== now) return;
    const people = { ...settings().people, query: { ...query, filter: filterOf(words) } };
    changeSettings({ people: opened === undefined ? people : { ...people, opened } });
  });
  say(said, { action: { label: "Undo", keys: keysOf("app.back"), run: undo } });
}

/** Everybody, whoever came last first: whom an import just brought stands on top. */
export function newestFirst(): void {
  askPeople({ ...everybody, sort: "added", descending: true });
}

export function isFiltered({ text }: PeopleFilter): boolean {
  return text.trim() !== "";
}

/** The order after a press on a heading: names from A, days and stages from the newest and furthest. */
export function sortedBy(query: PeopleQuery, sort: PeopleSort): Pick<PeopleQuery, "sort" | "descending"> {
  if (query.sort === sort) return { sort, descending: !query.descending };
  return { sort, descending: sort === "last_touch" || sort === "added" || sort === "stage" };
}
