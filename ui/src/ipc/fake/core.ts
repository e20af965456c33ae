// A core in memory, for vitest and `vite --mode fake`: it answers every command of the wire, without rules worth testing.
import type { Failure, PeopleQuery, PersonPage, PersonRow, Rpc, Stage, TimelineEntry } from "../gen";
import type { ChangeNotice, Host, WindowSettings } from "../host";
import { exported, exportColumns, previewed } from "./files";
import { kinds } from "./kinds";
import { places } from "./names";
import { standing } from "./standing";
import {
  blankPerson,
  emptyWorld,
  entryOn,
  newId,
  NOW,
  point,
  seed,
  tagNamed,
  TODAY,
  type Someone,
  type World,
} from "./world";

export type FakeCore = Host & {
  world: World;
  asked: { cmd: string; input: unknown }[];
  changedElsewhere(): void;
};

type Handlers = { [K in keyof Rpc]: (input: Parameters<Rpc[K]>[0]) => ReturnType<Rpc[K]> };

export function fakeCore({
  people = 0,
  product = null as string | null,
  settings = {} as WindowSettings,
} = {}): FakeCore {
  const world = emptyWorld();
  world.product = product;
  if (people > 0) seed(world, people);
  const listeners = new Set<(notice: ChangeNotice) => void>();
  const handlers = commands(world);
  const asked: FakeCore["asked"] = [];
  let kept = settings;
  return {
    world,
    asked,
    changedElsewhere() {
      world.revision++;
      for (const heard of listeners) heard({ tables: ["people"], revision: world.revision });
    },
    async rpc(cmd, input) {
      asked.push({ cmd, input });
      const before = world.revision;
      // What crosses the wire is a copy, as it is with the real core.
      const value = structuredClone(
        (handlers[cmd as keyof Rpc] as (input: unknown) => unknown)(structuredClone(input)),
      );
      return { value, changed: world.revision === before ? [] : ["people"] };
    },
    choosePath: async (purpose, suggestedName) => ({
      grant: "fake-grant",
      name: purpose === "import" ? "meetup.csv" : (suggestedName ?? "people.csv"),
    }),
    readSettings: async () => structuredClone(kept),
    writeSettings: async (next) => void (kept = structuredClone(next)),
    onChanged(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    openLink: async () => undefined,
    start: async () => ({ state: "ready" }),
  };
}

export function refuse(code: string, message: string, field: string | null = null): never {
  throw { code, message, field } satisfies Failure;
}

function commands(world: World): Handlers {
  const living = () => [...world.people.values()].filter(({ person }) => person.deletedAt === null);
  const one = (id: string) => world.people.get(id) ?? refuse("not_found", "This person is no longer here.");
  const entryById = (id: string): { someone: Someone; entry: TimelineEntry } => {
    for (const someone of world.people.values()) {
      const entry = someone.entries.find((candidate) => candidate.id === id);
      if (entry) return { someone, entry };
    }
    return refuse("not_found", "This entry is no longer here.");
  };

  function write<T>(command: string, label: string, redo: () => T, undo: () => void): T {
    const value = redo();
    world.revision++;
    world.operations = world.operations.filter((operation) => !operation.undone);
    world.operations.push({ id: world.nextId++, command, label, at: NOW, redo, undo, undone: false });
    return value;
  }
  /** Changes an object and knows how to change it back. */
  function put<T extends object>(command: string, label: string, row: T, change: Partial<T>): T {
    const before = { ...row };
    return write(
      command,
      label,
      () => Object.assign(row, change),
      () => void Object.assign(row, before),
    );
  }

  const info = () => {
    const done = world.operations.filter((operation) => !operation.undone);
    const undone = world.operations.filter((operation) => operation.undone);
    const line = (operation: (typeof done)[number] | undefined) =>
      operation
        ? { id: operation.id, command: operation.command, label: operation.label, at: operation.at }
        : null;
    return {
      name: "community",
      path: "~/.local/share/hallway/community.hallway",
      product: world.product,
      zone: world.zone,
      today: TODAY,
      people: living().length,
      touchpoints: living().reduce((sum, { entries }) => sum + entries.length, 0),
      sample: world.sample,
      revision: world.revision,
      undo: line(done.at(-1)),
      redo: line(undone[0]),
    };
  };

  const row = (someone: Someone): PersonRow => {
    const { person } = someone;
    const at = standing(someone);
    const last = [...someone.entries].sort((a, b) => b.onDay.localeCompare(a.onDay))[0];
    return {
      id: person.id,
      name: person.displayName,
      organisation: someone.organisation,
      country: person.country,
      city: person.city,
      stage: at.stage,
      confidence: at.confidence,
      stageIsNew: at.moved !== null,
      presence: at.presence,
      lastTouchOn: last?.onDay ?? null,
      lastKind: last?.label ?? null,
      tags: [...someone.tags].map((id) => world.tags.get(id)!.name),
      doNotContact: person.doNotContact,
      teammate: person.teammate,
      addedAt: person.createdAt,
    };
  };

  let cached: { key: string; rows: PersonRow[] } | null = null;
  const listed = (query: PeopleQuery): PersonRow[] => {
    const key = `${world.revision} ${JSON.stringify(query)}`;
    if (cached?.key === key) return cached.rows;
    const words = query.filter.text.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = living()
      .filter(({ tags }) => query.filter.tags.every((tag) => tags.has(tag)))
      .map(row)
      .filter((person) => {
        const text = [person.name, person.organisation, person.city, ...person.tags].join(" ").toLowerCase();
        return words.every((word) => text.includes(word));
      })
      .filter(
        ({ stage }) => query.filter.stages.length === 0 || query.filter.stages.includes(stage ?? "none"),
      )
      .filter(({ lastTouchOn }) => touchedWithin(query.filter.lastTouch, lastTouchOn));
    const ranks = ["discover", "evaluate", "learn", "build", "scale"];
    const value = (person: PersonRow): string | number =>
      ({
        name: person.name,
        organisation: person.organisation ?? "",
        stage: person.stage ? ranks.indexOf(person.stage) : -1,
        country: person.country ?? "",
        last_touch: person.lastTouchOn ?? "",
        added: person.addedAt,
      })[query.sort];
    rows.sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      const order = typeof x === "number" ? x - Number(y) : x.localeCompare(String(y));
      return (query.descending ? -order : order) || a.id.localeCompare(b.id);
    });
    cached = { key, rows };
    return rows;
  };

  const page = (someone: Someone): PersonPage => ({
    person: someone.person,
    organisation: someone.organisation,
    contactPoints: someone.contactPoints,
    tags: [...someone.tags].map((id) => ({ ...world.tags.get(id)!, people: 1 })),
    fields: someone.fields,
    standing: standing(someone),
    touchpoints: someone.entries.length,
    gave: someone.entries.filter(({ direction }) => direction === "from_us").length,
    asked: someone.entries.filter(({ intent }) => intent === "ask").length,
  });

  const picked = (someone: Someone) => {
    const { id, name, organisation, lastTouchOn, stage } = row(someone);
    return { id, name, organisation, lastTouchOn, stage };
  };

  return {
    "workspace.info": info,
    "workspace.set_up"({ product, zone }) {
      if (product.trim() === "") refuse("invalid", "Write what you help developers use.", "product");
      world.product = product;
      world.zone = zone;
      world.revision++;
      return info();
    },
    "workspace.check": () => ({ ok: true, findings: [] }),
    "sample.load"() {
      seed(world, 60);
      world.sample = true;
      world.revision++;
      return { people: 60 };
    },
    "sample.remove"() {
      world.people.clear();
      world.sample = false;
      world.revision++;
      return { label: "Took out the sample community", notes: [] };
    },
    "people.list"({ query, offset, limit }) {
      const rows = listed(query);
      return { count: rows.length, total: living().length, rows: rows.slice(offset, offset + limit) };
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
    "people.page": ({ id }) => page(one(id)),
    "people.match": ({ text, limit }) =>
      living()
        .filter(({ person, organisation }) =>
          `${person.displayName} ${organisation}`.toLowerCase().includes(text.toLowerCase()),
        )
        .slice(0, limit)
        .map(picked),
    "people.create"({ displayName, organisation, country, city }) {
      const someone = blankPerson(world, displayName);
      Object.assign(someone.person, { country: country ?? null, city: city ?? null });
      someone.organisation = organisation ?? null;
      const { id } = someone.person;
      return write(
        "people.create",
        `Added ${displayName}`,
        () => (world.people.set(id, someone), someone.person),
        () => world.people.delete(id),
      );
    },
    "people.edit"({ id, organisation, ...change }) {
      const someone = one(id);
      if (change.displayName === "") refuse("invalid", "A person needs a name.", "displayName");
      const plain = Object.fromEntries(
        Object.entries(change).map(([key, value]) => [key, value === "" ? null : value]),
      );
      const before = someone.organisation;
      const wrote = put("people.edit", `Edited ${someone.person.displayName}`, someone.person, plain);
      if (organisation !== undefined) {
        someone.organisation = organisation || null;
        const operation = world.operations.at(-1)!;
        const undo = operation.undo;
        operation.undo = () => (undo(), void (someone.organisation = before));
      }
      return wrote;
    },
    "people.trash"({ ids }) {
      const going = ids.map(one);
      const label =
        going.length === 1
          ? `Moved ${going[0]!.person.displayName} to the trash`
          : `Moved ${going.length} people to the trash`;
      return write(
        "people.trash",
        label,
        () => (going.forEach(({ person }) => (person.deletedAt = NOW)), { people: going.length }),
        () => going.forEach(({ person }) => (person.deletedAt = null)),
      );
    },
    "people.countries": () =>
      places.map(({ country }) => ({
        code: country,
        name: new Intl.DisplayNames(["en"], { type: "region" }).of(country)!,
      })),
    "contact_points.add"({ person, sourceNote, ...rest }) {
      const someone = one(person);
      if (rest.kind === "email" && !rest.value.includes("@"))
        refuse("invalid", "An e-mail address has an @ in it.", "value");
      const added = point(world, someone, { ...rest, sourceNote: sourceNote ?? null });
      return write(
        "contact_points.add",
        `Added ${added.value}`,
        () => (someone.contactPoints.push(added), added),
        () => void someone.contactPoints.pop(),
      );
    },
    "contact_points.edit"({ id, ...change }) {
      for (const someone of living()) {
        const found = someone.contactPoints.find((candidate) => candidate.id === id);
        if (found) return put("contact_points.edit", `Edited ${found.value}`, found, change);
      }
      return refuse("not_found", "This address is no longer here.");
    },
    "contact_points.trash"({ id }) {
      const someone = living().find(({ contactPoints }) =>
        contactPoints.some((candidate) => candidate.id === id),
      );
      if (!someone) return refuse("not_found", "This address is no longer here.");
      const before = someone.contactPoints;
      return write(
        "contact_points.trash",
        "Moved an address to the trash",
        () => ((someone.contactPoints = before.filter((candidate) => candidate.id !== id)), null),
        () => void (someone.contactPoints = before),
      );
    },
    "organisations.suggest": ({ text, limit }) =>
      [...new Set(living().map(({ organisation }) => organisation))]
        .filter((name): name is string => !!name && name.toLowerCase().includes(text.toLowerCase()))
        .slice(0, limit),
    "tags.list": () =>
      [...world.tags.values()].map((tag) => ({
        ...tag,
        people: living().filter(({ tags }) => tags.has(tag.id)).length,
      })),
    "tags.add"({ people, name, kind }) {
      const tag = tagNamed(world, name, kind);
      const without = people.map(one).filter(({ tags }) => !tags.has(tag.id));
      return write(
        "tags.add",
        `Tagged ${people.length === 1 ? one(people[0]!).person.displayName : `${people.length} people`} with ${tag.name}`,
        () => (without.forEach(({ tags }) => tags.add(tag.id)), tag),
        () => without.forEach(({ tags }) => tags.delete(tag.id)),
      );
    },
    "tags.remove"({ person, tag }) {
      const { tags } = one(person);
      return write(
        "tags.remove",
        `Took ${world.tags.get(tag)?.name} off`,
        () => (tags.delete(tag), null),
        () => void tags.add(tag),
      );
    },
    "fields.list": () => world.fields,
    "fields.define"({ label, kind, choices }) {
      const field = { id: newId(world), key: label.toLowerCase().replace(/\W+/g, "_"), label, kind, choices };
      return write(
        "fields.define",
        `Made the field ${label}`,
        () => (world.fields.push(field), field),
        () => void world.fields.pop(),
      );
    },
    "fields.set"({ person, field, value }) {
      const someone = one(person);
      const of = world.fields.find(({ id }) => id === field)!;
      const before = someone.fields;
      const rest = before.filter((other) => other.field !== field);
      return write(
        "fields.set",
        `Set ${of.label}`,
        () => (
          (someone.fields =
            value === "" ? rest : [...rest, { field, label: of.label, kind: of.kind, value }]),
          null
        ),
        () => void (someone.fields = before),
      );
    },
    "touchpoints.kinds": () => kinds,
    "touchpoints.log"({ kind, people, on, unknownDay, ...more }) {
      const label = kinds.find(({ key }) => key === kind)?.label ?? kind;
      const all = people.map((attendee) => ({ attendee, someone: one(attendee.person) }));
      const first = all[0]!.someone;
      const entry = entryOn(world, first, kind, dayOf(on), {
        ...nulled(more),
        precision: unknownDay ? "unknown" : precisionOf(on),
        ...(on || unknownDay ? {} : { at: NOW, zone: world.zone }),
        people: all.map(({ attendee, someone }) => ({
          id: attendee.person,
          name: someone.person.displayName,
          role: attendee.role,
          observedStage: attendee.observedStage ?? null,
          observedBy: attendee.observedBy ?? "told",
          incentivised: attendee.incentivised ?? false,
        })),
      });
      return write(
        "touchpoints.log",
        `Logged “${label}” with ${first.person.displayName}`,
        () => (all.forEach(({ someone }) => someone.entries.push(entry)), entry),
        () =>
          all.forEach(
            ({ someone }) => (someone.entries = someone.entries.filter((other) => other !== entry)),
          ),
      );
    },
    "touchpoints.edit"({ id, kind, on, unknownDay, people, ...more }) {
      const { entry } = entryById(id);
      const change: Partial<TimelineEntry> = { ...nulled(more) };
      if (kind)
        Object.assign(change, {
          kind,
          label: kinds.find(({ key }) => key === kind)!.label,
          direction: kinds.find(({ key }) => key === kind)!.direction,
        });
      if (on || unknownDay)
        Object.assign(change, {
          onDay: dayOf(on),
          precision: unknownDay ? "unknown" : precisionOf(on),
          at: null,
        });
      if (people) {
        change.people = people.map((attendee) => ({
          id: attendee.person,
          name: one(attendee.person).person.displayName,
          role: attendee.role,
          observedStage: attendee.observedStage ?? null,
          observedBy: attendee.observedBy ?? "told",
          incentivised: attendee.incentivised ?? false,
        }));
      }
      return put("touchpoints.edit", `Edited “${entry.label}”`, entry, change);
    },
    "touchpoints.trash"({ id }) {
      const { someone, entry } = entryById(id);
      const before = someone.entries;
      return write(
        "touchpoints.trash",
        `Moved “${entry.label}” to the trash`,
        () => ((someone.entries = before.filter((other) => other !== entry)), null),
        () => void (someone.entries = before),
      );
    },
    "touchpoints.timeline"({ person, after, limit }) {
      const all = [...one(person).entries].sort((a, b) => b.cursor.localeCompare(a.cursor));
      const rest = after ? all.filter(({ cursor }) => cursor < after) : all;
      return { entries: rest.slice(0, limit), more: rest.length > limit };
    },
    "journey.standing": ({ person, asOf }) => standing(one(person), asOf),
    "journey.accept"({ id }) {
      const someone = one(id.split(":")[0]!);
      const moved = standing(someone).moved;
      if (!moved) return refuse("not_found", "This move is no longer there.");
      const before = someone.history;
      return write(
        "journey.accept",
        `Accepted the move of ${someone.person.displayName}`,
        () => ((someone.history = [...before, { ...moved, status: "accepted" as const }]), standing(someone)),
        () => void (someone.history = before),
      );
    },
    "journey.take_back"({ id }) {
      const someone = one(id.split(":")[0]!);
      const moved = standing(someone).moved;
      if (!moved) return refuse("not_found", "This move is no longer there.");
      return pinned(someone, moved.from, "you took the move back", "proof", "Took back the move of");
    },
    "journey.pin"({ person, stage, until, untilDay, reason }) {
      if (reason === "") refuse("invalid", "Write one line of reason, so that you know it later.", "reason");
      return pinned(one(person), stage, reason, until, "Set the stage of", untilDay);
    },
    "journey.unpin"({ id }) {
      const someone = one(id);
      const before = someone.pin;
      return write(
        "journey.unpin",
        `Took the pin of ${someone.person.displayName} out`,
        () => ((someone.pin = null), standing(someone)),
        () => void (someone.pin = before),
      );
    },
    "journey.bring_up_to_date": () => ({ people: 0 }),
    "history.undo"() {
      const last = world.operations.filter((operation) => !operation.undone).at(-1);
      if (!last) return refuse("invalid", "There is nothing to take back.");
      last.undo();
      last.undone = true;
      world.revision++;
      return { label: last.label, notes: [] };
    },
    "history.redo"() {
      const next = world.operations.find((operation) => operation.undone);
      if (!next) return refuse("invalid", "There is nothing to do again.");
      next.redo();
      next.undone = false;
      world.revision++;
      return { label: next.label, notes: [] };
    },
    "history.recent": ({ limit }) =>
      world.operations
        .filter((operation) => !operation.undone)
        .slice(-limit)
        .reverse()
        .map(({ id, command, label, at }) => ({ id, command, label, at })),
    "imports.preview": (request) => previewed(world, request),
    "imports.run"(request) {
      const preview = previewed(world, request);
      const added = Array.from({ length: preview.newPeople }, (_, i) =>
        blankPerson(world, `Imported Person ${i + 1}`),
      );
      write(
        "imports.run",
        `Imported ${added.length} people from ${preview.fileName}`,
        () => added.forEach((someone) => world.people.set(someone.person.id, someone)),
        () => added.forEach((someone) => world.people.delete(someone.person.id)),
      );
      return {
        operation: world.operations.at(-1)!.id,
        added: added.length,
        updated: preview.updates,
        unchanged: preview.unchanged,
        skipped: 0,
        refused: preview.refused,
        waiting: preview.look,
      };
    },
    "exports.columns": () => exportColumns,
    "exports.people": ({ query, ids }) => exported(ids?.length ?? listed(query).length),
  };

  function pinned(
    someone: Someone,
    stage: Stage | null,
    reason: string,
    until: "proof" | "date" | "good",
    words: string,
    untilDay?: string,
  ) {
    const before = someone.pin;
    const pin = { id: newId(world), stage, on: TODAY, until, untilDay: untilDay ?? null, reason };
    return write(
      "journey.pin",
      `${words} ${someone.person.displayName}`,
      () => ((someone.pin = pin), standing(someone)),
      () => void (someone.pin = before),
    );
  }
}

function touchedWithin(wanted: PeopleQuery["filter"]["lastTouch"], on: string | null): boolean {
  if (wanted === "any") return true;
  if (wanted === "never" || on === null) return wanted === "never" && on === null;
  const ago = Math.round((Date.parse(TODAY) - Date.parse(on)) / 86_400_000);
  const [word, days] = /^(within|over)(\d+)$/.exec(wanted)!.slice(1);
  return word === "within" ? ago <= Number(days) : ago > Number(days);
}

function dayOf(on: string | undefined): string {
  return on ? `${on}-01-01`.slice(0, 10) : TODAY;
}

function precisionOf(on: string | undefined): TimelineEntry["precision"] {
  return on === undefined ? "minute" : on.length === 4 ? "year" : on.length === 7 ? "month" : "day";
}

function nulled<T extends object>(change: T): Partial<TimelineEntry> {
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Partial<TimelineEntry>;
}
