// What the fake core does when something is written: the change, its words, and the way back.
import type { Stage, TimelineEntry } from "../gen";
import type { Handlers } from "./core";
import { refuse, type Desk } from "./desk";
import { kinds } from "./kinds";
import { standing } from "./standing";
import { blankPerson, entryOn, newId, NOW, point, seed, tagNamed, TODAY, type Someone } from "./world";

export function writes({ world, living, one, entryById, write, put, info }: Desk) {
  return {
    "workspace.set_up"({ product, zone }) {
      if (product.trim() === "") refuse("invalid", "Write what you help developers use.", "product");
      world.product = product;
      world.zone = zone;
      world.revision++;
      return info();
    },
    "workspace.set_weekend"({ days }) {
      world.weekend = days;
      world.revision++;
      return info();
    },
    "workspace.show_only_accepted"({ on }) {
      world.acceptedOnly = on;
      world.revision++;
      return info();
    },
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
        () => (going.forEach((someone) => (someone.gone = true)), { people: going.length }),
        () => going.forEach((someone) => (someone.gone = false)),
      );
    },
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
        () => ((someone.contactPoints = before.filter((candidate) => candidate.id !== id)), {}),
        () => void (someone.contactPoints = before),
      );
    },
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
        () => (tags.delete(tag), {}),
        () => void tags.add(tag),
      );
    },
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
          {}
        ),
        () => void (someone.fields = before),
      );
    },
    "touchpoints.log"({ kind, people, on, unknownDay, ...more }) {
      const label = kinds.find(({ key }) => key === kind)?.label ?? kind;
      const all = people.map((attendee) => ({ attendee, someone: one(attendee.person) }));
      const first = all[0]!.someone;
      const entry = entryOn(world, first, kind, dayOf(on), {
        ...given(more),
        precision: unknownDay ? "unknown" : precisionOf(on),
        ...(on || unknownDay ? {} : { at: NOW, zone: world.zone }),
        people: all.map(({ attendee, someone }) => ({
          id: attendee.person,
          name: someone.person.displayName,
          role: attendee.role ?? "with",
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
      const change: Partial<TimelineEntry> = { ...given(more) };
      if (kind && kind !== entry.kind) {
        const { label, direction } = kinds.find(({ key }) => key === kind)!;
        Object.assign(change, { kind, label, direction: change.direction ?? direction });
      }
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
          role: attendee.role ?? "with",
          observedStage: attendee.observedStage ?? null,
          observedBy: attendee.observedBy ?? "told",
          incentivised: attendee.incentivised ?? false,
        }));
      }
      return put("touchpoints.edit", `Edited “${entry.label}”`, entry, change);
    },
    "touchpoints.trash"({ id }) {
      const { someone, entry } = entryById(id);
      return write(
        "touchpoints.trash",
        `Moved “${entry.label}” to the trash`,
        () => (moveEntry(someone, entry, "trashed"), {}),
        () => moveEntry(someone, entry, "entries"),
      );
    },
    "trash.restore"({ people, touchpoints, others }) {
      const back = people.map((id) => world.people.get(id)).filter((someone) => someone !== undefined);
      const entries = [...world.people.values()].flatMap((someone) =>
        someone.trashed.filter(({ id }) => touchpoints.includes(id)).map((entry) => ({ someone, entry })),
      );
      const isAmong = (table: string) => (thing: { id: string }) =>
        others.some((other) => other.table === table && other.id === thing.id);
      const lists = [...world.lists.values()].filter(isAmong("lists"));
      const [views, trashed] = [world.views, world.viewsInTheTrash];
      const viewsBack = trashed.filter(isAmong("views"));
      const first =
        (back[0] ?? entries[0]?.someone)?.person.displayName ?? `“${(lists[0] ?? viewsBack[0])?.name}”`;
      const label = back.length > 1 ? `Brought back ${back.length} people` : `Brought back ${first}`;
      return write(
        "trash.restore",
        label,
        () => {
          for (const someone of back) someone.gone = false;
          for (const { someone, entry } of entries) moveEntry(someone, entry, "entries");
          for (const list of lists) list.gone = false;
          world.views = [...views, ...viewsBack];
          world.viewsInTheTrash = trashed.filter((view) => !viewsBack.includes(view));
          return { people: back.length + entries.length + lists.length + viewsBack.length };
        },
        () => {
          for (const someone of back) someone.gone = true;
          for (const { someone, entry } of entries) moveEntry(someone, entry, "trashed");
          for (const list of lists) list.gone = true;
          [world.views, world.viewsInTheTrash] = [views, trashed];
        },
      );
    },
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
    "journey.accept_all"() {
      const moved = living().filter((someone) => standing(someone).moved);
      const before = moved.map((someone) => someone.history);
      return write(
        "journey.accept_all",
        `Accepted the moves of ${moved.length} people`,
        () => {
          for (const someone of moved)
            someone.history = [
              ...someone.history,
              { ...standing(someone).moved!, status: "accepted" as const },
            ];
          return { people: moved.length };
        },
        () => moved.forEach((someone, n) => void (someone.history = before[n]!)),
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
    "journey.set_rules": ({ rules }) => ({ version: 2, rules, shipped: [], nextReviewOn: "2026-07-01" }),
    "journey.bring_up_to_date": () => ({ people: 0 }),
    "history.undo"() {
      const last = world.operations.filter((operation) => !operation.undone).at(-1);
      if (!last) return refuse("not_found", "There is nothing to take back.");
      last.undo();
      last.undone = true;
      world.revision++;
      return { label: last.label, notes: [] };
    },
    "history.take_back"({ operation }) {
      const one = world.operations.find(({ id }) => id === operation);
      if (!one) return refuse("not_found", "That is not in the history any more.");
      if (one.undone) return refuse("invalid", "That was taken back already.");
      one.undo();
      one.undone = true;
      world.revision++;
      return { label: one.label, notes: [] };
    },
    "history.redo"() {
      const next = world.operations.find((operation) => operation.undone);
      if (!next) return refuse("not_found", "There is nothing to do again.");
      next.redo();
      next.undone = false;
      world.revision++;
      return { label: next.label, notes: [] };
    },
  } satisfies Partial<Handlers>;

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

function dayOf(on: string | undefined): string {
  return on ? `${on}-01-01`.slice(0, 10) : TODAY;
}

function precisionOf(on: string | undefined): TimelineEntry["precision"] {
  return on === undefined ? "minute" : on.length === 4 ? "year" : on.length === 7 ? "month" : "day";
}

function given<T extends object>(change: T): Partial<TimelineEntry> {
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Partial<TimelineEntry>;
}

function moveEntry(someone: Someone, entry: TimelineEntry, to: "entries" | "trashed"): void {
  const from = to === "entries" ? "trashed" : "entries";
  someone[from] = someone[from].filter(({ id }) => id !== entry.id);
  someone[to] = [...someone[to], entry];
}
