// Who is selected in a list. Nobody is selected whom the list does not show: a range that is still being read is given
// up when the list shows others meanwhile, and whoever leaves the list is let go.
import { call } from "../../ipc/call";
import type { PeopleQuery, PersonRow } from "../../ipc/gen";
import { attempt } from "../../kit/attempt";
import { changeList, list, selectionNow, selectNobody } from "./list.svelte";
import type { ListWindow } from "./listWindow";

const AT_ONCE = 500;

export type Selecting = {
  /** Selects whoever stands from one place to another, both of them in it, beside those who are. */
  range(a: number, b: number): Promise<void>;
  toggle(index: number): void;
  /** False when nobody was. */
  clear(): boolean;
  /** Lets go of those who were dealt with. */
  without(ids: readonly string[]): void;
  /** Lets go of whoever is no longer in the list: merged, in the trash, or filtered away by a change. */
  keepTheShown(): Promise<void>;
  /** Acts once every range that was asked for is selected, and not at all when one was given up. */
  once(act: () => void): void;
  /** The list is left. */
  leave(): void;
};

export function selecting(
  rows: Pick<ListWindow<PersonRow>, "row" | "settled">,
  asks: () => PeopleQuery,
): Selecting {
  let here = true;
  /** Counts how often the file changed, and with it perhaps who is in the list. */
  let changes = 0;
  let reading: Promise<boolean> | null = null;

  const narrowed = () => JSON.stringify(asks().filter);
  const asked = () => JSON.stringify(asks());

  /** False when it was given up. */
  async function read(from: number, to: number): Promise<boolean> {
    const [question, as, under, on, before] = [asks(), asked(), narrowed(), selectionNow(), changes];
    const chosen = new Map<string, PersonRow>();
    for (let at = from; at <= to;) {
      // In another order somebody else stands there.
      const shown = as === asked() ? rows.row(at) : undefined;
      if (shown) {
        chosen.set(shown.id, shown);
        at++;
        continue;
      }
      const more = await attempt(
        call("people.list", { query: question, offset: at, limit: Math.min(AT_ONCE, to - at + 1) }),
      );
      if (!more || !here || narrowed() !== under || selectionNow() !== on) return false;
      if (more.rows.length === 0) break;
      for (const person of more.rows) chosen.set(person.id, person);
      at += more.rows.length;
    }
    changeList({ selected: new Map([...list().selected, ...chosen]) });
    if (changes !== before) await keepTheShown();
    return true;
  }

  async function keepTheShown(): Promise<void> {
    changes++;
    const { selected } = list();
    const on = selectionNow();
    if (selected.size === 0) return;
    const still = await attempt(call("people.among", { query: asks(), ids: [...selected.keys()] }));
    if (!still || selectionNow() !== on || still.length === selected.size) return;
    const shown = new Set(still);
    // What was selected meanwhile was in the list when it was.
    changeList({
      selected: new Map([...list().selected].filter(([id]) => shown.has(id) || !selected.has(id))),
    });
  }

  return {
    async range(a, b) {
      // What is seen until the new filter is answered are the people of the one before.
      if (!rows.settled() || Math.min(a, b) < 0) return;
      const before = reading ?? Promise.resolve(true);
      const mine = read(Math.min(a, b), Math.max(a, b));
      const all = Promise.all([before, mine]).then((done) => done.every(Boolean));
      reading = all;
      await all;
      if (reading === all) reading = null;
    },
    toggle(index) {
      const person = rows.row(index);
      if (!person || !rows.settled()) return;
      const chosen = new Map(list().selected);
      if (!chosen.delete(person.id)) chosen.set(person.id, person);
      changeList({ selected: chosen, from: index });
    },
    clear() {
      if (list().selected.size === 0 && !reading) return false;
      selectNobody();
      return true;
    },
    without(ids) {
      changeList({ selected: new Map([...list().selected].filter(([id]) => !ids.includes(id))) });
    },
    keepTheShown,
    once(act) {
      if (reading) void reading.then((done) => done && act());
      else act();
    },
    leave() {
      here = false;
    },
  };
}
