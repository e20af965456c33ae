// Of how many people an address is known that stands in no file: it was opted out, or mail to it came back.
import type { PeopleQuery } from "../../ipc/gen";
import { query } from "../../ipc/query.svelte";
import type { Choice } from "./airlock.svelte";

const BARRED = "bounced:yes or opted-out:yes";
const everybody: PeopleQuery = { filter: { text: "" }, sort: "name", descending: false };

/** `meant` is read reactively; null asks nothing. */
export function barred(meant: () => Choice | null): { readonly people: number | null } {
  /** Those who are meant and have such an address. */
  const asked = (): PeopleQuery | null => {
    const choice = meant();
    if (!choice) return null;
    const { filter, ...order } = choice.whom.query ?? everybody;
    // A list is asked for by its name, as somebody would type it.
    const listed = choice.whom.list ? [`list:"${choice.name.replace(/["\\]/g, "\\$&")}"`] : [];
    return { ...order, filter: { ...filter, also: [...(filter.also ?? []), ...listed, BARRED] } };
  };
  const all = query("people.list", () => {
    const query = asked();
    return query && !meant()?.whom.ids ? { query, offset: 0, limit: 1 } : null;
  });
  const some = query("people.among", () => {
    const [query, ids] = [asked(), meant()?.whom.ids];
    return query && ids ? { query, ids } : null;
  });
  return {
    get people() {
      return all.value?.count ?? some.value?.length ?? null;
    },
  };
}
