// The row of a short list that keys mean: it stays with its row, and where that is gone it stays in its place.
import { untrack } from "svelte";

export type Cursor = {
  /** The key of the row; null in an empty list. */
  at: string | null;
  /** Moves by so many rows, within the list. */
  step(by: number): void;
  first(): void;
  last(): void;
};

/** `stand` puts the focus on a row. */
export function cursor(keys: () => readonly string[], stand: (key: string) => void): Cursor {
  let at = $state<string | null>(null);
  let place = 0;

  $effect(() => {
    const rows = keys();
    untrack(() => {
      const found = at === null ? -1 : rows.indexOf(at);
      if (found >= 0) place = found;
      else at = rows[Math.min(place, rows.length - 1)] ?? null;
    });
  });

  function to(index: number) {
    const rows = keys();
    const key = rows[Math.max(0, Math.min(index, rows.length - 1))];
    if (key === undefined) return;
    at = key;
    place = rows.indexOf(key);
    stand(key);
  }

  return {
    get at() {
      return at;
    },
    set at(key) {
      at = key;
      if (key !== null) place = Math.max(0, keys().indexOf(key));
    },
    step: (by) => to((at === null ? 0 : keys().indexOf(at)) + by),
    first: () => to(0),
    last: () => to(keys().length - 1),
  };
}
