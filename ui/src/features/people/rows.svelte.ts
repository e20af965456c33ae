// The rows of a list of people and the headings over them, as something reactive: asked for anew with every other question.
import { untrack } from "svelte";
import { call } from "../../ipc/call";
import type { PeopleQuery, PersonRow } from "../../ipc/gen";
import { grouped, type Grouped, type Heading } from "./grouped";
import { listWindow, type ListWindow } from "./listWindow";

export type PeopleRows = Pick<
  ListWindow<PersonRow>,
  "need" | "refresh" | "row" | "find" | "count" | "total" | "close" | "settled" | "failure"
> & {
  /** People and headings together. */
  lines(): Grouped;
};

/** `asks` and `under` are read reactively. Call it while a component is being set up. */
export function peopleRows({
  asks,
  under,
  answered,
  turned,
}: {
  asks: () => PeopleQuery;
  /** Whether they stand under headings, by what they are sorted by. */
  under: () => boolean;
  /** Something else would be shown. */
  answered: () => void;
  /** Another question was asked: about others, or about the same people in another shape. */
  turned: (toOthers: boolean) => void;
}): PeopleRows {
  let version = $state(0);
  const rows = listWindow<PersonRow>(() => {
    version++;
    answered();
  });
  const now = <V>(read: () => V): V => (void version, read());
  const lines = $derived(now(() => grouped(rows.headings(), rows.count())));

  // A derived string compares by content: a question that was only rebuilt is not asked again.
  const asked = $derived(JSON.stringify(asks()));
  let askedBefore: string | null = null;
  /** The headings of the question as the file is now: every page of it waits for the same ones. */
  let headings: Promise<Heading[]> | null = null;
  $effect(() => {
    const question = JSON.parse(asked) as PeopleQuery;
    const grouping = under();
    untrack(() => {
      headings = null;
      rows.ask(async (offset, limit) => {
        const page = call("people.list", { query: question, offset, limit });
        if (!grouping) return page;
        headings ??= call("people.groups", { query: question }).then((groups) =>
          groups.map((group) => ({ ...group, sort: question.sort })),
        );
        const [answer, over] = await Promise.all([page, headings]);
        return { ...answer, headings: over };
      });
      if (askedBefore !== null) turned(askedBefore !== asked);
      askedBefore = asked;
    });
  });

  return {
    need: rows.need,
    refresh() {
      headings = null;
      rows.refresh();
    },
    row: (index) => now(() => rows.row(index)),
    find: rows.find,
    count: () => now(rows.count),
    total: () => now(rows.total),
    close: () => now(rows.close),
    settled: () => now(rows.settled),
    failure: () => now(rows.failure),
    lines: () => lines,
  };
}
