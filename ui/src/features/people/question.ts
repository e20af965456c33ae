// What the list of people asks for: filter and order, remembered by the window.
import type { LastTouch, PeopleFilter, PeopleQuery, PeopleSort } from "../../ipc/gen";
import { changeSettings, settings } from "../../ipc/settings.svelte";

export const LAST_TOUCHES: readonly LastTouch[] = [
  "within30",
  "within90",
  "within365",
  "over90",
  "over365",
  "never",
];

export const everybody: PeopleQuery = {
  filter: { text: "", stages: [], tags: [], lastTouch: "any" },
  sort: "last_touch",
  descending: true,
};

/** Reactive. The same question serves the list, "3 of 38" on a person, and the export. */
export function peopleQuery(): PeopleQuery {
  const kept = settings().people?.query;
  // Whoever types something that nobody is spelled like is shown who comes close.
  return { ...everybody, ...kept, filter: { ...everybody.filter, ...kept?.filter, forgiving: true } };
}

export function askPeople(change: Partial<PeopleQuery>): void {
  changeSettings({ people: { ...settings().people, query: { ...peopleQuery(), ...change } } });
}

export function filterPeople(change: Partial<PeopleFilter>): void {
  askPeople({ filter: { ...peopleQuery().filter, ...change } });
}

/** Everybody, whoever came last first: whom an import just brought stands on top. */
export function newestFirst(): void {
  askPeople({ ...everybody, sort: "added", descending: true });
}

export function isFiltered({ text, stages, tags, lastTouch }: PeopleFilter): boolean {
  return text.trim() !== "" || stages.length > 0 || tags.length > 0 || lastTouch !== "any";
}

/** The order after a press on a heading: names from A, days and stages from the newest and furthest. */
export function sortedBy(query: PeopleQuery, sort: PeopleSort): Pick<PeopleQuery, "sort" | "descending"> {
  if (query.sort === sort) return { sort, descending: !query.descending };
  return { sort, descending: sort === "last_touch" || sort === "added" || sort === "stage" };
}
