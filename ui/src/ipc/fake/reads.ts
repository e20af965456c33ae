// What the fake core answers without changing anything.
import type { PeopleGroup, PeopleSort, PersonRow } from "../gen";
import type { Handlers } from "./core";
import { lineOf, refuse, type Desk } from "./desk";
import { jsonPreviewed, previewed } from "./files";
import { kinds, rules } from "./kinds";
import { places } from "./names";
import { standing } from "./standing";
import { backup, NOW } from "./world";

/** Under which heading somebody stands in a list of that order. */
function groupOf(person: PersonRow, sort: PeopleSort): string | null {
  const month = (day: string | null) => day?.slice(0, 7) ?? null;
  switch (sort) {
    case "name":
      return person.name.slice(0, 1).toUpperCase() || null;
    case "organisation":
      return person.organisation;
    case "stage":
      return person.stage;
    case "country":
      return person.country;
    case "last_touch":
      return month(person.lastTouchOn);
    case "added":
      return month(new Date(person.addedAt).toISOString());
    case "next":
      return month(person.nextOn);
  }
}

export function reads({ world, living, one, info, listed, page, picked }: Desk) {
  return {
    "workspace.info": info,
    "doctor.check": () => ({
      ok: true,
      checked: ["The whole file"],
      findings: [],
      lastBackup: world.backups.find(({ people }) => people !== null)?.at ?? null,
      lastBackupName: world.backups.find(({ people }) => people !== null)?.name ?? null,
    }),
    "people.list"({ query, offset, limit }) {
      const rows = listed(query);
      return {
        count: rows.length,
        total: living().length,
        close: false,
        rows: rows.slice(offset, offset + limit),
      };
    },
    "people.place"({ query, id }) {
      const rows = listed(query);
      const index = rows.findIndex((person) => person.id === id);
      return {
        index: index < 0 ? null : index,
        count: rows.length,
        previous: rows[index - 1]?.id ?? null,
        next: index < 0 ? null : (rows[index + 1]?.id ?? null),
      };
    },
    "people.among"({ query, ids }) {
      const shown = new Set(listed(query).map(({ id }) => id));
      return ids.filter((id) => shown.has(id));
    },
    "people.ids": ({ query, from, to }) =>
      listed(query)
        .slice(from, to)
        .map(({ id }) => id),
    "people.groups"({ query }) {
      const groups: PeopleGroup[] = [];
      for (const person of listed(query)) {
        const key = groupOf(person, query.sort);
        const last = groups.at(-1);
        if (last && last.key === key) last.count += 1;
        else groups.push({ key, count: 1 });
      }
      return groups;
    },
    "people.page": ({ id }) => page(one(id)),
    "people.matching": ({ text, limit }) =>
      living()
        .filter(({ person, organisation }) =>
          `${person.displayName} ${organisation}`.toLowerCase().includes(text.toLowerCase()),
        )
        .slice(0, limit)
        .map(picked),
    "people.close": () => [],
    "people.countries": () =>
      places.map(({ country }) => ({
        code: country,
        name: new Intl.DisplayNames(["en"], { type: "region" }).of(country)!,
      })),
    "organisations.suggest": ({ text, limit }) =>
      [...new Set(living().map(({ organisation }) => organisation))]
        .filter((name): name is string => !!name && name.toLowerCase().includes(text.toLowerCase()))
        .slice(0, limit),
    "tags.list": () =>
      [...world.tags.values()].map((tag) => ({
        ...tag,
        people: living().filter(({ tags }) => tags.has(tag.id)).length,
      })),
    "fields.list": () => world.fields,
    "touchpoints.kinds": () => kinds,
    "search.notes"({ text, limit }) {
      const notes = living()
        .flatMap(({ person, entries }) => entries.map((entry) => ({ person, entry })))
        .filter(({ entry }) => entry.note?.toLowerCase().includes(text.toLowerCase()))
        .map(({ person, entry }) => ({
          touchpoint: entry.id,
          prose: null,
          person: person.id,
          name: person.displayName,
          others: 0,
          kind: entry.kind,
          label: entry.label,
          onDay: entry.onDay,
          precision: entry.precision,
          text: [{ text: entry.note ?? "", marked: false }],
        }));
      return { notes: notes.slice(0, limit), more: notes.length > limit, instead: [] };
    },
    "touchpoints.timeline"({ person, after, limit, until = "9999" }) {
      const all = [...one(person).entries].sort((a, b) => b.cursor.localeCompare(a.cursor));
      const dated = all.filter(({ onDay }) => onDay <= until);
      const rest = after ? dated.filter(({ cursor }) => cursor < after) : dated;
      return { entries: rest.slice(0, limit), more: rest.length > limit };
    },
    "journey.rules": () => ({ version: 1, rules, shipped: [], nextReviewOn: "2026-07-01" }),
    "journey.preview_rules": () => ({ moved: 0, up: 0, toReview: 0, people: [] }),
    "journey.preset": () => rules,
    "journey.read_rules": () => rules,
    "journey.write_rules": () => ({ name: "journey.toml" }),
    "journey.due": () => ({ people: 0 }),
    "journey.standing": ({ person, asOf }) => standing(one(person), asOf),
    "history.recent": ({ limit, before = Infinity }) =>
      world.operations
        .filter(({ id }) => id < before)
        .slice(-limit)
        .reverse()
        .map((operation) => lineOf(operation)),
    "history.detail": () => ({ changes: [], made: [] }),
    "trash.list": () => ({
      people: [...world.people.values()]
        .filter(({ gone, person }) => gone && person.mergedInto === null)
        .map(({ person, organisation }) => ({
          id: person.id,
          name: person.displayName,
          organisation,
          deletedAt: NOW,
        })),
      touchpoints: living().flatMap(({ trashed }) =>
        trashed.map(({ id, label, onDay, precision, note, people }) => ({
          id,
          label,
          onDay,
          precision,
          note,
          names: people.map(({ name }) => name),
          deletedAt: NOW,
        })),
      ),
      others: [
        ...[...world.lists.values()]
          .filter(({ gone }) => gone)
          .map(({ id, name }) => ({ table: "lists", id, what: "list", name, deletedAt: NOW })),
        ...world.viewsInTheTrash.map(({ id, name }) => ({
          table: "views",
          id,
          what: "view",
          name,
          deletedAt: NOW,
        })),
      ],
    }),
    "imports.preview": (request) => previewed(world, request),
    "imports.paste": () => ({ file: "fake-grant", name: "Pasted rows" }),
    "imports.under_way": () => world.importing?.run ?? null,
    "backups.list": () => world.backups,
    "backups.make"() {
      const { people, touchpoints, revision } = info();
      const name = `community-${revision}-asked.hallway`;
      if (world.backups[0]?.name === name) return null;
      world.backups = [backup(NOW, { name, why: "asked", people, touchpoints }), ...world.backups];
      return world.backups[0]!;
    },
    "backups.keep": () => null,
    "backups.difference": ({ name }) =>
      world.backups.some((made) => made.name === name)
        ? world.difference
        : refuse("invalid", "This backup is no longer there. Choose another one.", "name"),
    "workspace.copy": () => ({ name: "community 2026-05-21.hallway" }),
    "json.export": () => ({
      fileName: "community 2026-05-21.json",
      bytes: 40_960,
      people: info().people,
      touchpoints: info().touchpoints,
      expired: 0,
    }),
    "json.preview": (request) => jsonPreviewed(world, request),
  } satisfies Partial<Handlers>;
}
