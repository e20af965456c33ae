// Views and lists in the fake core.
import type { Handlers } from "./core";
import { refuse, type Desk } from "./desk";
import { treeOf } from "./filter";
import { newId, TODAY, type KeptList, type KeptView } from "./world";

export function lists({ world, one, write, listed, picked }: Desk) {
  const peopleWords = (n: number) => (n === 1 ? "1 person" : `${n} people`);
  const finds = (text: string) => listed({ filter: { text }, sort: "name", descending: false });
  const counted = (text: string) => {
    const read = treeOf(world, text);
    if ("fault" in read) return { count: null, problem: read.fault.message };
    return { count: finds(text).length, problem: null };
  };
  const living = () => [...world.lists.values()].filter(({ gone }) => !gone);
  const on = (list: KeptList) =>
    [...list.people.keys()].filter((id) => world.people.get(id) && !world.people.get(id)!.gone);
  const listOf = (id: string) => {
    const list = world.lists.get(id);
    return list && !list.gone ? list : refuse("not_found", "That list is no longer here.");
  };
  const row = ({ id, name, filter, note }: KeptList) => ({ id, name, filter, note });
  const unlike = (what: string, name: string, others: { name: string }[]) => {
    if (name === "") refuse("invalid", `A ${what} needs a name.`, "name");
    const there = others.find((other) => other.name.toLowerCase() === name.toLowerCase());
    if (there) refuse("invalid", `There is a ${what} “${there.name}” already. Choose another name.`, "name");
  };
  const viewOf = (id: string) =>
    world.views.find((view) => view.id === id) ?? refuse("not_found", "That view is no longer here.");
  const viewRow = (view: KeptView) => ({ ...view, position: world.views.indexOf(view) });
  /** Everything about views is one array, so that the way back is the one before. */
  const setViews = <T>(command: string, label: string, next: KeptView[], value: () => T): T => {
    const before = world.views;
    return write(
      command,
      label,
      () => ((world.views = next), value()),
      () => void (world.views = before),
    );
  };
  const make = (name: string, filter: string | null, note: string | null): KeptList => {
    unlike("list", name, living());
    return { id: newId(world), name, filter, note, people: new Map(), gone: false };
  };

  return {
    "views.list": () => world.views.map((view) => ({ ...view, ...counted(view.filter) })),
    "views.save"({ name, columns = [], ...shape }) {
      unlike("view", name.trim(), world.views);
      const view: KeptView = { id: newId(world), name: name.trim(), columns, ...shape };
      return setViews("views.save", `Kept the view “${view.name}”`, [...world.views, view], () =>
        viewRow(view),
      );
    },
    "views.edit"({ id, position, ...change }) {
      const before = viewOf(id);
      if (change.name !== undefined)
        unlike(
          "view",
          change.name,
          world.views.filter((view) => view.id !== id),
        );
      const view = { ...before, ...change };
      let next = world.views.map((other) => (other.id === id ? view : other));
      if (position !== undefined) {
        next = next.filter((other) => other.id !== id);
        next.splice(position, 0, view);
      }
      return setViews("views.edit", `Changed the view “${view.name}”`, next, () => viewRow(view));
    },
    "views.trash"({ id }) {
      const view = viewOf(id);
      const [views, trashed] = [world.views, world.viewsInTheTrash];
      return write(
        "views.trash",
        `Took away the view “${view.name}”`,
        () => {
          world.views = views.filter((other) => other !== view);
          world.viewsInTheTrash = [...trashed, view];
          return {};
        },
        () => void ([world.views, world.viewsInTheTrash] = [views, trashed]),
      );
    },
    "lists.list": () =>
      living()
        .map((list) => ({
          ...row(list),
          ...(list.filter === null ? { count: on(list).length, problem: null } : counted(list.filter)),
        }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    "lists.people"({ list, offset, limit }) {
      const kept = listOf(list);
      const ids = kept.filter === null ? on(kept) : finds(kept.filter).map(({ id }) => id);
      return {
        count: ids.length,
        rows: ids.slice(offset, offset + limit).map((id) => ({
          person: picked(one(id)),
          onDay: kept.people.get(id)?.onDay ?? null,
          why: kept.people.get(id)?.why ?? null,
        })),
      };
    },
    "lists.why": ({ list, people }) =>
      people.flatMap((person) => {
        const place = listOf(list).people.get(person);
        return place ? [{ person, ...place }] : [];
      }),
    "lists.of_person": ({ id }) =>
      living()
        .sort((a, b) => a.name.localeCompare(b.name))
        .flatMap((list) => {
          const place = list.people.get(id);
          const live = list.filter !== null;
          if (live ? !finds(list.filter!).some((row) => row.id === id) : !place) return [];
          return [
            { id: list.id, name: list.name, live, onDay: place?.onDay ?? null, why: place?.why ?? null },
          ];
        }),
    "lists.create"({ name, filter = null, note = null }) {
      const list = make(name.trim(), filter, note);
      return write(
        "lists.create",
        `Made the list “${list.name}”`,
        () => (world.lists.set(list.id, list), row(list)),
        () => void world.lists.delete(list.id),
      );
    },
    "lists.edit"({ id, ...change }) {
      const list = listOf(id);
      if (change.name !== undefined)
        unlike(
          "list",
          change.name,
          living().filter((other) => other.id !== id),
        );
      const before = { ...list };
      return write(
        "lists.edit",
        `Changed the list “${change.name ?? list.name}”`,
        () => row(Object.assign(list, change)),
        () => void Object.assign(list, before),
      );
    },
    "lists.trash"({ id }) {
      const list = listOf(id);
      return write(
        "lists.trash",
        `Took away the list “${list.name}”`,
        () => ((list.gone = true), {}),
        () => void (list.gone = false),
      );
    },
    "lists.add"({ list: id, name, people, why = null, newList = false }) {
      const known = id
        ? listOf(id)
        : living().find((list) => list.name.toLowerCase() === name?.trim().toLowerCase());
      if (known && newList)
        refuse("invalid", `There is a list “${known.name}” already. Choose another name.`, "name");
      const list = known ?? make(name?.trim() ?? "", null, null);
      if (list.filter !== null) refuse("invalid", `“${list.name}” holds whoever its filter finds.`, "list");
      const fresh = people.filter((person) => !list.people.has(person));
      return write(
        "lists.add",
        `Put ${peopleWords(fresh.length)} on the list “${list.name}”`,
        () => {
          world.lists.set(list.id, list);
          for (const person of fresh) list.people.set(person, { onDay: TODAY, why });
          return { list: row(list), added: fresh.length, already: people.length - fresh.length };
        },
        () => {
          for (const person of fresh) list.people.delete(person);
          if (!known) world.lists.delete(list.id);
        },
      );
    },
    "lists.remove"({ list: id, people }) {
      const list = listOf(id);
      const before = new Map(list.people);
      const off = people.filter((person) => list.people.has(person)).length;
      return write(
        "lists.remove",
        `Took ${peopleWords(off)} off the list “${list.name}”`,
        () => (people.forEach((person) => list.people.delete(person)), { people: off }),
        () => void (list.people = before),
      );
    },
  } satisfies Partial<Handlers>;
}
