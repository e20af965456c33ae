// What a command wants from a place it first has to go to: a new person, the search field, a name to edit.
export type Wish =
  | "new"
  | "search"
  | "edit"
  | "stage"
  | "log"
  | "follow_up"
  | "import"
  | "returns"
  | "explain"
  | "promise"
  | "thank"
  | "rename_view"
  | "suppressions";

let wish = $state<Wish | null>(null);

export function wishFor(what: Wish): void {
  wish = what;
}

/** The wish, once, if it is one of these. Reactive. */
export function grant(...mine: Wish[]): Wish | null {
  if (wish === null || !mine.includes(wish)) return null;
  const granted = wish;
  wish = null;
  return granted;
}
