// One person once, as the fake core has it: whoever is merged is not listed any more, and comes back when parted.
import type { Handlers } from "./core";
import { refuse, type Desk } from "./desk";
import type { Suggestion } from "../gen";

export function doubles({ world, living, one, write, picked, row }: Desk) {
  const pair = (a: string, b: string) => [a, b].sort().join(" ");
  /** Whoever has the same name. */
  const suggested = (): Suggestion[] => {
    const found: Suggestion[] = [];
    const people = living().sort((a, b) => a.addedAt - b.addedAt);
    people.forEach((a, n) => {
      for (const b of people.slice(n + 1)) {
        const same = a.person.displayName.toLowerCase() === b.person.displayName.toLowerCase();
        if (!same || world.apart.has(pair(a.person.id, b.person.id))) continue;
        found.push({ people: [picked(a), picked(b)], score: 60, why: [{ why: "same_name", shared: null }] });
      }
    });
    return found;
  };
  return {
    "doubles.list": ({ offset, limit }) => ({
      count: suggested().length,
      doubles: suggested().slice(offset, offset + limit),
    }),
    "doubles.of": ({ id }) => suggested().filter(({ people }) => people.some((person) => person.id === id)),
    "doubles.beside"({ ids }) {
      const sides = ids.map(one).sort((a, b) => a.addedAt - b.addedAt);
      const said = (label: string, of: (someone: (typeof sides)[number]) => string | null) => {
        const texts = sides.map((side) => of(side));
        const whole = texts.find((text) => text !== null) ?? null;
        return {
          label,
          sides: texts.map((text) => (text === null ? [] : [text])),
          whole: whole === null ? [] : [whole],
          differs: texts.some((text) => text !== null && text !== whole),
          shared: texts.filter(
            (text): text is string => text !== null && texts.filter((t) => t === text).length > 1,
          ),
        };
      };
      return {
        sides: sides.map((side) => ({
          id: side.person.id,
          name: side.person.displayName,
          stage: row(side).stage,
          touchpoints: side.entries.length,
          lastTouchOn: row(side).lastTouchOn,
          addedAt: side.addedAt,
          cameFrom: null,
        })),
        rows: [
          said("Name", ({ person }) => person.displayName),
          said("Organisation", ({ organisation }) => organisation),
          said("City", ({ person }) => person.city),
        ].filter(({ whole }) => whole.length > 0),
        stage: row(sides[0]!).stage,
        touchpoints: sides.reduce((sum, { entries }) => sum + entries.length, 0),
      };
    },
    "doubles.told_apart": ({ id }) =>
      [...world.apart]
        .map((both) => both.split(" "))
        .filter((both) => both.includes(id))
        .map((both) => picked(one(both.find((other) => other !== id)!))),
    "doubles.merge"({ ids }) {
      const [first, ...others] = [...new Set(ids)].map(one).sort((a, b) => a.addedAt - b.addedAt);
      if (!first || others.length === 0)
        refuse("invalid", "Choose at least two people. These are one already.", "ids");
      return write(
        "doubles.merge",
        `Merged ${others.map(({ person }) => person.displayName).join(" and ")} into ${first.person.displayName}`,
        () => {
          for (const other of others)
            Object.assign(other, { gone: true }).person.mergedInto = first.person.id;
          return {
            id: first.person.id,
            name: first.person.displayName,
            merged: others.map(({ person }) => person.id),
          };
        },
        () => {
          for (const other of others) Object.assign(other, { gone: false }).person.mergedInto = null;
        },
      );
    },
    "doubles.separate"({ id }) {
      const row = one(id);
      const into = row.person.mergedInto;
      if (into === null) refuse("invalid", `${row.person.displayName} is not merged into anybody.`, "id");
      return write(
        "doubles.separate",
        `Separated ${row.person.displayName} from ${one(into).person.displayName}`,
        () => {
          Object.assign(row, { gone: false }).person.mergedInto = null;
          return { id, name: row.person.displayName, merged: [] };
        },
        () => void (Object.assign(row, { gone: true }).person.mergedInto = into),
      );
    },
    "doubles.tell_apart"({ ids }) {
      const pairs = ids.flatMap((a, n) => ids.slice(n + 1).map((b) => pair(a, b)));
      const names = ids.map((id) => one(id).person.displayName).join(" and ");
      return write(
        "doubles.tell_apart",
        `Said that ${names} are not the same`,
        () => (pairs.forEach((both) => world.apart.add(both)), { pairs: pairs.length }),
        () => pairs.forEach((both) => world.apart.delete(both)),
      );
    },
    "doubles.no_longer_apart"({ ids }) {
      const both = pair(ids[0]!, ids[1]!);
      return write(
        "doubles.no_longer_apart",
        "Took back that they are not the same",
        () => (world.apart.delete(both), { pairs: 1 }),
        () => void world.apart.add(both),
      );
    },
  } satisfies Partial<Handlers>;
}
