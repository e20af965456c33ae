// Working through a list: what was dealt with stays where it stood, struck through, and each row is taken back on its own.
import { untrack } from "svelte";
import { call, operationOf } from "../ipc/call";
import { attempt } from "./attempt";
import { inPlace } from "./inPlace";
import { say } from "./toasts.svelte";
import { undoneWords } from "./words";

/** What became of a row, in a word or two, and the operation that takes it back. */
type Mark = {
  words: string;
  operation: Promise<number | null>;
  /** It has left the list since: should it be there again, it was taken back. */
  left: boolean;
};

export type Dealt<T> = { row: T; words: string | null };

export type Dealing<T> = {
  /** The rows in their places; `words` says what became of one that was dealt with. */
  readonly rows: readonly Dealt<T>[];
  /** Does it, and remembers the row by `words` and by the operation that the answer came of. */
  deal(row: T, words: string, work: () => Promise<unknown>): Promise<boolean>;
  /** The row may leave the list by what is done elsewhere, such as a form that is open for it. */
  expect(row: T, words: string): void;
  /** What was expected has been done, with the answer to it, or not. */
  happened(row: T, answer?: unknown): void;
  /** Whether this row is being dealt with or was: fast hands take it back before it is struck through. */
  dealt(row: T): boolean;
  /** Takes back what became of this row. */
  takeBack(row: T): Promise<void>;
  /** Lets go of everything that was dealt with. */
  clear(): void;
};

export function dealing<T>(
  now: () => readonly T[] | undefined,
  how: {
    key: (row: T) => string;
    group?: (row: T) => string;
    groups?: readonly string[];
    /** Rows that go together with one that is dealt with, such as others of the same person. */
    together?: (row: T, other: T) => boolean;
    /** So many rows at most, those that were dealt with counted: nothing moves up between them. */
    room?: () => number;
  },
): Dealing<T> {
  const { key, group = () => "", groups = [""], together = () => false, room = () => Infinity } = how;
  let shown = $state.raw<readonly Dealt<T>[]>([]);
  const marks = new Map<string, Mark>();
  /** Rows whose answer is not there yet. */
  const under = new Set<string>();
  /** One after the other, as they were pressed. */
  let step: Promise<unknown> = Promise.resolve();

  function draw(current: readonly T[]) {
    const there = new Set(current.map(key));
    for (const [of, mark] of marks) {
      if (!there.has(of)) mark.left = true;
      else if (mark.left) marks.delete(of);
    }
    const before = shown.map(({ row }) => row);
    shown = inPlace(before, seated(before, current), {
      key,
      group,
      groups,
      stays: (row) => marks.has(key(row)),
    }).map((row) => ({ row, words: there.has(key(row)) ? null : (marks.get(key(row))?.words ?? null) }));
  }

  /** Without those for whom there is no room while rows that were dealt with keep their places. */
  function seated(before: readonly T[], current: readonly T[]): readonly T[] {
    const there = new Set(current.map(key));
    const kept = before.filter((row) => !there.has(key(row)) && marks.has(key(row))).length;
    if (kept === 0) return current;
    const old = new Set(before.map(key));
    let free = room() - kept - current.filter((row) => old.has(key(row))).length;
    return current.filter((row) => old.has(key(row)) || free-- > 0);
  }

  $effect(() => {
    const current = now();
    if (current) untrack(() => draw(current));
  });

  function mark(row: T, words: string, operation: Promise<number | null>) {
    marks.set(key(row), { words, operation, left: false });
    for (const { row: other, words: gone } of shown) {
      const of = key(other);
      if (gone === null && of !== key(row) && together(row, other) && !marks.has(of))
        marks.set(of, { words, operation, left: false });
    }
  }

  function unmark(operation: Promise<number | null>) {
    for (const [of, mark] of marks) if (mark.operation === operation && !mark.left) marks.delete(of);
  }

  const expected = new Map<
    string,
    { operation: Promise<number | null>; tell: (id: number | null) => void }
  >();

  return {
    get rows() {
      return shown;
    },
    dealt: (row) => marks.has(key(row)) && !expected.has(key(row)),
    async deal(row, words, work) {
      // Pressed twice before the first was answered.
      if (under.has(key(row))) return false;
      under.add(key(row));
      const before = step;
      let done = false;
      const operation = (async () => {
        await before;
        const answer = await attempt(work());
        done = answer !== undefined;
        return operationOf(answer);
      })();
      step = operation;
      mark(row, words, operation);
      await operation;
      under.delete(key(row));
      if (!done) unmark(operation);
      return done;
    },
    expect(row, words) {
      let tell: (id: number | null) => void = () => undefined;
      const operation = new Promise<number | null>((told) => (tell = told));
      expected.set(key(row), { operation, tell });
      mark(row, words, operation);
    },
    happened(row, answer) {
      const waited = expected.get(key(row));
      expected.delete(key(row));
      if (!waited) return;
      waited.tell(operationOf(answer));
      if (answer === undefined) unmark(waited.operation);
    },
    async takeBack(row) {
      const operation = await marks.get(key(row))?.operation;
      if (operation === undefined || operation === null)
        return void say("This was not settled here. The history takes back any change.");
      const undone = await attempt(call("history.take_back", { operation }));
      if (undone) say(undoneWords(undone.label), notes(undone.notes));
    },
    clear() {
      marks.clear();
      shown = shown.filter(({ words }) => words === null);
    },
  };
}

function notes(of: readonly string[]): { details?: string } {
  return of.length > 0 ? { details: of.join("\n") } : {};
}
