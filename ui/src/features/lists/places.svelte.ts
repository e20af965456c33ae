// Since when those in view are on a list, and why.
import { call, onChange, type Value } from "../../ipc/call";

type Place = Pick<Value<"lists.why">[number], "onDay" | "why">;

export type Places = {
  readonly of: ReadonlyMap<string, Place>;
  /** Those who are in view now. */
  show(ids: readonly string[]): void;
};

/** Null: a list that follows a filter, on which nobody was put. Call it while a component is being set up. */
export function placesOf(list: () => string | null): Places {
  let of = $state.raw<ReadonlyMap<string, Place>>(new Map());
  let inView: readonly string[] = [];
  let turn = 0;

  async function ask() {
    const id = list();
    const mine = ++turn;
    if (id === null || inView.length === 0) return;
    // Without it the rows are still who is on the list; what went wrong is said where they are asked for.
    const found = await call("lists.why", { list: id, people: [...inView] }).catch(() => []);
    if (mine !== turn) return;
    of = new Map([...of, ...found.map(({ person, onDay, why }) => [person, { onDay, why }] as const)]);
  }
  $effect(() => onChange(() => void ask()));

  return {
    get of() {
      return of;
    },
    show(ids) {
      if (ids.join() === inView.join()) return;
      inView = ids;
      void ask();
    },
  };
}
