// Somebody gone for good, in memory: what would be gone, others' notes that name them, and the receipt.
import type { EraseRun, NamedText, Receipt } from "../gen";
import type { Handlers } from "./core";
import { refuse, type Desk } from "./desk";
import { newId, NOW, later, TODAY } from "./world";

export function erase({ world, living, one, picked }: Desk) {
  /** Notes about others in which the name stands. */
  const named = (ids: readonly string[]): NamedText[] =>
    living()
      .filter(({ person }) => !ids.includes(person.id))
      .flatMap(({ person, entries }) =>
        entries.flatMap((entry) => {
          const text = entry.note ?? "";
          const spans = ids.flatMap((id): [number, number][] => {
            const name = one(id).person.displayName;
            const at = text.indexOf(name);
            return at < 0 ? [] : [[at, at + name.length]];
          });
          if (spans.length === 0) return [];
          return [
            {
              table: "touchpoints",
              row: entry.id,
              column: "note",
              place: "A note of what happened",
              about: [person.displayName],
              text,
              spans,
              canBlank: true,
              words: ids.map((id) => one(id).person.displayName).filter((name) => text.includes(name)),
              inPart: false,
            },
          ];
        }),
      );
  const gone = (ids: readonly string[]) => [
    { table: "people", what: "person", count: ids.length },
    {
      table: "contact_points",
      what: "way to reach them",
      count: ids.reduce((sum, id) => sum + one(id).contactPoints.length, 0),
    },
    {
      table: "postal_addresses",
      what: "postal address",
      count: ids.reduce((sum, id) => sum + one(id).postalAddresses.length, 0),
    },
    { table: "touchpoints", what: "entry", count: ids.reduce((sum, id) => sum + one(id).entries.length, 0) },
  ];
  /** Where only they are. */
  const onlyTheirs = (ids: readonly string[]) => {
    const at = [...new Set(ids.map((id) => one(id).organisation).filter((name) => name !== null))];
    const others = living().filter(({ person }) => !ids.includes(person.id));
    return at
      .filter((name) => !others.some(({ organisation }) => organisation === name))
      .map((name) => ({ id: `organisation ${name}`, name }));
  };
  const note = (receipt: Receipt): Receipt => {
    world.receipts.unshift(receipt);
    world.revision++;
    return receipt;
  };

  return {
    "erase.preview": ({ ids }) => ({
      names: ids.map((id) => one(id).person.displayName),
      gone: gone(ids).filter(({ count }) => count > 0),
      shared: 0,
      organisations: onlyTheirs(ids),
      named: named(ids),
      searched: ids.map((id) => one(id).person.displayName),
      changes: 3,
      backups: 2,
      setAside: [],
      filesThatLeft: {
        count: world.exportsMade.length,
        newest: world.exportsMade
          .slice(-5)
          .reverse()
          .map(({ fileName }) => fileName),
      },
      notNow: world.importing ? "An import is under way or was interrupted. Let it end first." : null,
    }),
    "erase.run"({ ids, decisions = [], organisationsKept = [] }: EraseRun) {
      const texts = named(ids);
      const open = texts.filter((text) => !decisions.some(({ row }) => row === text.row));
      if (open.length > 0) refuse("invalid", "A text about others waits for a decision.", "decisions");
      const with_them = onlyTheirs(ids).filter(({ id }) => !organisationsKept.includes(id));
      const lost = [...gone(ids), { table: "organisations", what: "organisation", count: with_them.length }];
      const keeps = texts.filter((text) => decisions.find(({ row }) => row === text.row)?.words === "keep");
      for (const id of ids) world.people.delete(id);
      return note({
        id: newId(world),
        at: NOW,
        why: "asked",
        people: ids.length,
        gone: lost.filter(({ count }) => count > 0),
        kept: keeps.map(({ table, row, column, place }) => ({ table, row, column, place })),
        blanked: texts.length - keeps.length,
        searched: "Texts about others were searched for their names.",
        outOfReach: "Out of its reach is what left before.",
        suppressed: 0,
        backups: ["one", "two"],
        finishedAt: NOW,
        unfinished: null,
      });
    },
    "trash.empty"() {
      const lying = [...world.people.values()].filter((someone) => someone.gone);
      if (lying.length === 0) return null;
      for (const { person } of lying) world.people.delete(person.id);
      return note({
        id: newId(world),
        at: NOW,
        why: "trash",
        people: lying.length,
        gone: [{ table: "people", what: "person", count: lying.length }],
        kept: [],
        blanked: 0,
        searched: null,
        outOfReach: null,
        suppressed: 0,
        backups: [],
        finishedAt: NOW,
        unfinished: null,
      });
    },
    "erase.keep_up": () => null,
    "erase.receipts": () => world.receipts,
    "retention.report"({ months, offset, limit }) {
      const before = later(TODAY, -30 * months);
      const untouched = living().flatMap((someone) => {
        const { lastTouchOn } = picked(someone);
        if ((lastTouchOn ?? "") >= before) return [];
        return [{ person: picked(someone), lastTouchOn, addedAt: someone.addedAt }];
      });
      untouched.sort((a, b) => (a.lastTouchOn ?? "").localeCompare(b.lastTouchOn ?? ""));
      const addresses = [...world.people.values()].flatMap(({ person, postalAddresses }) =>
        postalAddresses
          .filter(({ expiresOn }) => expiresOn <= TODAY)
          .map(({ expiresOn }) => ({
            person: person.id,
            name: person.displayName,
            expiredOn: expiresOn,
          })),
      );
      addresses.sort((a, b) => a.expiredOn.localeCompare(b.expiredOn));
      return { before, total: untouched.length, people: untouched.slice(offset, offset + limit), addresses };
    },
  } satisfies Partial<Handlers>;
}
