// How the answers of the fake core reach its state: who is there, what the list shows, and writing with a way back.
import type {
  Failure,
  OperationLine,
  PeopleQuery,
  PersonPage,
  PersonPick,
  PersonRow,
  TimelineEntry,
  WorkspaceInfo,
} from "../gen";
import { holds, treeOf } from "./filter";
import { rules } from "./kinds";
import { standing } from "./standing";
import { NOW, TODAY, type Operation, type Someone, type World } from "./world";

export type Desk = ReturnType<typeof desk>;

export function refuse(code: string, message: string, field: string | null = null): never {
  throw { code, message, field } satisfies Failure;
}

export function desk(world: World) {
  const living = () => [...world.people.values()].filter(({ gone }) => !gone);
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
    const made = { id: world.nextId++, command, label, at: NOW, undone: false, canTakeBack: true };
    world.operations.push({ ...made, redo, undo });
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

  const info = (): WorkspaceInfo => {
    const done = world.operations.filter((operation) => !operation.undone);
    const undone = world.operations.filter((operation) => operation.undone);
    return {
      name: world.name,
      path: world.path,
      product: world.product,
      zone: world.zone,
      today: TODAY,
      weekend: world.weekend,
      people: living().length,
      touchpoints: living().reduce((sum, { entries }) => sum + entries.length, 0),
      sample: world.sample,
      revision: world.revision,
      undo: lineOf(done.at(-1)),
      redo: lineOf(undone[0]),
      stageNames: rules.names,
      acceptedOnly: world.acceptedOnly,
      looking: world.looking,
      notice: world.notice,
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
      lastKind: last?.kind ?? null,
      nextOn: null,
      tags: [...someone.tags].map((id) => world.tags.get(id)!.name),
      doNotContact: person.doNotContact,
      teammate: person.teammate,
      addedAt: someone.addedAt,
    };
  };

  let cached: { key: string; rows: PersonRow[] } | null = null;
  const listed = (query: PeopleQuery): PersonRow[] => {
    const key = `${world.revision} ${JSON.stringify(query)}`;
    if (cached?.key === key) return cached.rows;
    const { text, also = [], forgiving: _, ...unknown } = query.filter;
    if (Object.keys(unknown).length > 0) refuse("invalid", `unknown field ${Object.keys(unknown)[0]}`);
    const trees = [text, ...also].map((filter) => {
      const read = treeOf(world, filter);
      return "fault" in read ? refuse("invalid", read.fault.message, "filter") : read.tree;
    });
    const rows = living()
      .map(row)
      .filter((person) => trees.every((tree) => holds(tree, person, world)));
    const ranks = ["discover", "evaluate", "learn", "build", "scale"];
    const value = (person: PersonRow): string | number =>
      ({
        name: person.name,
        organisation: person.organisation ?? "",
        stage: person.stage ? ranks.indexOf(person.stage) : -1,
        country: person.country ?? "",
        last_touch: person.lastTouchOn ?? "",
        added: person.addedAt,
        next: person.nextOn ?? "",
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
    postalAddresses: someone.postalAddresses.filter(({ expiresOn }) => expiresOn > TODAY),
    tags: [...someone.tags].map((id) => ({ ...world.tags.get(id)!, people: 1 })),
    fields: someone.fields,
    standing: standing(someone),
    touchpoints: someone.entries.length,
    addedAt: someone.addedAt,
    editedAt: NOW,
    also: [],
    cameFrom: null,
    gave: someone.entries.filter(({ direction }) => direction === "from_us").length,
    asked: someone.entries.filter(({ intent }) => intent === "ask").length,
  });

  const picked = (someone: Someone): PersonPick => {
    const { id, name, organisation, lastTouchOn, stage } = row(someone);
    return { id, name, organisation, lastTouchOn, stage };
  };

  return { world, living, one, entryById, write, put, info, row, listed, page, picked };
}

/** An operation as the page sees it, without the way back. */
export function lineOf(operation: Operation): OperationLine;
export function lineOf(operation: Operation | undefined): OperationLine | null;
export function lineOf(operation: Operation | undefined): OperationLine | null {
  if (!operation) return null;
  const { id, command, label, at, undone, canTakeBack } = operation;
  return { id, command, label, at, undone, canTakeBack: canTakeBack && !undone };
}
