// Where someone was in the list of people: kept while the window is open, so that going back finds it again.
import type { PersonRow } from "../../ipc/gen";

export type ListState = {
  /** Index and id of the row that keys mean. */
  active: number;
  activeId: string | null;
  /** Where a selection with Shift began. */
  from: number;
  selected: ReadonlyMap<string, PersonRow>;
  /** The filter they were selected under: under another one they may not be seen, and nobody unseen is acted on. */
  under: string | null;
  scrolled: number;
};

const atTheTop: ListState = {
  active: 0,
  activeId: null,
  from: 0,
  selected: new Map(),
  under: null,
  scrolled: 0,
};
let current = $state.raw<ListState>(atTheTop);

export function list(): ListState {
  return current;
}

export function changeList(change: Partial<ListState>): void {
  current = { ...current, ...change };
}

/** As when the window was opened. */
export function leaveList(): void {
  current = atTheTop;
}

/** The person was opened or found elsewhere: the list stands on them when it is shown again. */
export function standOn(id: string, index: number | null): void {
  changeList({ activeId: id, ...(index === null ? {} : { active: index }) });
}
