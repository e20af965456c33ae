// Where someone was in a list of people: kept while the window is open, so that going back finds it again.
import type { PeopleQuery, PersonRow } from "../../ipc/gen";

export type ListState = {
  /** Index and id of the row that keys mean. */
  active: number;
  activeId: string | null;
  /** Where a selection with Shift began. */
  from: number;
  selected: ReadonlyMap<string, PersonRow>;
  /** The filter they were selected under: under another one they may not be seen, and nobody unseen is acted on. */
  under: string | null;
};

/** The list that led to a person: its next one is the next one there. */
export type Led = { query: PeopleQuery; path: string; name: string };

const atTheTop: ListState = {
  active: 0,
  activeId: null,
  from: 0,
  selected: new Map(),
  under: null,
};
let current = $state.raw<ListState>(atTheTop);
/** How far down it is, in pixels: by itself, since it changes with each frame and only the grid wants to know. */
let scrolled = $state(0);
let led = $state.raw<Led | null>(null);
/** Which list it is, and how the others were left. */
let which = "people";
let left = new Map<string, { state: ListState; scrolled: number }>();

export function list(): ListState {
  return current;
}

export function changeList(change: Partial<ListState>): void {
  current = { ...current, ...change };
}

export function scrolledTo(): number {
  return scrolled;
}

export function scrollTo(to: number): void {
  scrolled = to;
}

/** Counts how often nobody was selected any more: a range that is still being read is not wanted then. */
let letGoOf = 0;

export function selectNobody(): void {
  letGoOf++;
  changeList({ selected: new Map() });
}

/** Which list is shown, and which selection on it: another word after either changed. */
export function selectionNow(): string {
  return `${which} ${letGoOf}`;
}

/** Another list is shown; this one is found again as it was left. Null is the list of everybody. */
export function turnToList(to: string | null, leading: Led | null): void {
  led = leading;
  const next = to ?? "people";
  if (next === which) return;
  left.set(which, { state: current, scrolled });
  ({ state: current, scrolled } = left.get(next) ?? { state: atTheTop, scrolled: 0 });
  which = next;
}

/** Null: the list of everybody. Reactive. */
export function ledBy(): Led | null {
  return led;
}

/** As when the window was opened. */
export function leaveList(): void {
  current = atTheTop;
  scrolled = 0;
  which = "people";
  left = new Map();
  led = null;
}

/** The person was opened or found elsewhere: the list stands on them when it is shown again. */
export function standOn(id: string, index: number | null): void {
  changeList({ activeId: id, ...(index === null ? {} : { active: index }) });
}
