// Since when those in view are on a list, and why.
import { SvelteMap } from "svelte/reactivity";
import { call, onChange, type Value } from "../../ipc/call";

type Place = Pick<Value<"lists.why">[number], "onDay" | "why">;

export type Places = {
  readonly of: ReadonlyMap<string, Place>;
  /** Those who are in view now. */
  show(ids: readonly string[]): void;
};

/** Null: a list that follows a filter, on which nobody was put. Call it while a component is being set up. */
export function placesOf(list: () => string | null): Places {
  const of = new SvelteMap<string, Place>();
  let inView: readonly string[] = [];
  /** Whom it is known of as the file is now. */
  let known = new Set<string>();
  let asking = false;

  /** One question at a time, about those who came into view since the last one. */
  async function ask() {
    const id = list();
    const people = inView.filter((person) => !known.has(person));
    if (asking || id === null || people.length === 0) return;
    const asOf = known;
    asking = true;
    // Without it the rows are still who is on the list; what went wrong is said where they are asked for.
    const found = await call("lists.why", { list: id, people }).catch(() => null);
    asking = false;
    if (asOf === known) {
      if (!found) return;
      for (const { person, onDay, why } of found) of.set(person, { onDay, why });
      for (const person of people) known.add(person);
    }
    void ask();
  }
  $effect(() =>
    onChange(() => {
      known = new Set();
      void ask();
    }),
  );

  return {
    of,
    show(ids) {
      inView = ids;
      void ask();
    },
  };
}
