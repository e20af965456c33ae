// The state of the fake core: people, what happened with them, and what can be taken back.
import type {
  Backup,
  Cadence,
  ColumnDays,
  ContactBasis,
  ContactPoint,
  Difference,
  Field,
  FieldValue,
  FollowUp,
  ImportHealth,
  ImportRun,
  MadeExport,
  Objection,
  OperationLine,
  Person,
  Pin,
  PostalAddress,
  Receipt,
  ReturnsPreview,
  Stage,
  StageChange,
  Tag,
  TimelineEntry,
  View,
} from "../gen";
import { kinds } from "./kinds";
import { dice, notes, organisations, places, stacks, topics } from "./names";

export const TODAY = "2026-05-21";
export const NOW = Date.UTC(2026, 4, 21, 9, 2);
export const ZONE = "Europe/Berlin";
const DAY = 86_400_000;

export type Someone = {
  person: Person;
  addedAt: number;
  /** In the trash. */
  gone: boolean;
  organisation: string | null;
  contactPoints: ContactPoint[];
  postalAddresses: PostalAddress[];
  tags: Set<string>;
  fields: FieldValue[];
  entries: TimelineEntry[];
  /** Entries in the trash. */
  trashed: TimelineEntry[];
  pin: Pin | null;
  history: StageChange[];
};

/** A list: whoever a filter finds, or those who were put on it. */
export type KeptList = {
  id: string;
  name: string;
  filter: string | null;
  note: string | null;
  people: Map<string, { onDay: string; why: string | null }>;
  gone: boolean;
};
export type KeptView = Omit<View, "count" | "problem">;

export type Operation = OperationLine & { undo: () => void; redo: () => void };

export type World = {
  name: string;
  path: string;
  product: string | null;
  zone: string;
  /** Days of the week that are no business days, Monday is 1. */
  weekend: number[];
  sample: boolean;
  acceptedOnly: boolean;
  /** What the file to import holds: another word, another content. */
  importHash: string;
  /** The import that is under way or waits. */
  importing: { stopped: boolean; run: ImportRun; done: () => ImportRun["done"] } | null;
  /** What a column of the file holds in its days. */
  importDays: ColumnDays | null;
  revision: number;
  people: Map<string, Someone>;
  tags: Map<string, Tag>;
  fields: Field[];
  operations: Operation[];
  /** Newest first. */
  backups: Backup[];
  /** What putting any of them back would change. */
  difference: Difference;
  /** The file is damaged and only shown. */
  looking: boolean;
  notice: string | null;
  nextId: number;
  /** Pairs that were told apart. */
  apart: Set<string>;
  followUps: FollowUp[];
  cadences: Cadence[];
  /** Whom the review asks about. */
  review: string[];
  /** Keys of rows of Today that rest. */
  resting: Set<string>;
  /** What was said last stands last. */
  bases: ContactBasis[];
  objections: Objection[];
  /** Kinds and addresses that are never to be written to. */
  suppressed: Set<string>;
  /** Receipts of erasures, the newest first. */
  receipts: Receipt[];
  /** Imports that brought addresses of which nothing is known. */
  importsWithoutBasis: ImportHealth[];
  /** What a newsletter's program gave back, as it is looked at. */
  returns: ReturnsPreview;
  /** A file that is brought does not say of anybody that they left. */
  tellsNobody: boolean;
  /** Who shares name and organisation with somebody that asked for no mail. */
  alike: Set<string>;
  /** What left last stands last. */
  exportsMade: MadeExport[];
  views: KeptView[];
  viewsInTheTrash: KeptView[];
  lists: Map<string, KeptList>;
};

export function emptyWorld(): World {
  return {
    name: "community",
    path: "~/.local/share/hallway/community.hallway",
    product: null,
    zone: ZONE,
    weekend: [6, 7],
    sample: false,
    acceptedOnly: false,
    importHash: "as it was",
    importing: null,
    importDays: null,
    revision: 1,
    people: new Map(),
    tags: new Map(),
    fields: [],
    operations: [],
    backups: [],
    difference: {
      back: { count: 0, names: [] },
      apart: { count: 0, names: [] },
      together: { count: 0, names: [] },
      gone: { count: 0, names: [] },
      changed: { count: 0, names: [] },
      kinds: [],
      trash: 0,
      noesKept: 0,
      keptApart: { count: 0, names: [] },
    },
    looking: false,
    notice: null,
    nextId: 1,
    apart: new Set(),
    followUps: [],
    cadences: [],
    review: [],
    resting: new Set(),
    bases: [],
    objections: [],
    suppressed: new Set(),
    receipts: [],
    importsWithoutBasis: [],
    tellsNobody: false,
    returns: {
      fileName: "unsubscribed.csv",
      program: "Mailchimp",
      hash: "as it was",
      rows: 412,
      subscribed: 0,
      optedInSince: 0,
      optedInAnew: [],
      outcomes: [
        {
          outcome: "unsubscribed",
          addresses: 412,
          known: 398,
          unknown: 14,
          already: 0,
          words: "412 unsubscribed: 398 known, 14 unknown and remembered only as keyed hashes",
        },
      ],
      unreadable: 0,
      unreadableRows: [],
      people: [],
    },
    alike: new Set(),
    exportsMade: [],
    views: [],
    viewsInTheTrash: [],
    lists: new Map(),
  };
}

/** So many days after a day. */
export function later(day: string, n: number): string {
  return new Date(Date.parse(day) + n * DAY).toISOString().slice(0, 10);
}

export function newId(world: World): string {
  return `0190b8e0-0000-7000-8000-${String(world.nextId++).padStart(12, "0")}`;
}

export function backup(at: number, more: Partial<Backup> = {}): Backup {
  return {
    name: `community-${at}Z-hour.hallway`,
    at,
    why: "hour",
    bytes: 1_234_000,
    people: 12,
    touchpoints: 40,
    damaged: false,
    ...more,
  };
}

export function blankPerson(world: World, displayName: string): Someone {
  return {
    person: {
      id: newId(world),
      displayName,
      pronouns: null,
      sayItLike: null,
      roleTitle: null,
      organisationId: null,
      country: null,
      city: null,
      timeZone: null,
      languages: null,
      buildingNow: null,
      challenges: null,
      contentPrefs: null,
      appreciationPrefs: null,
      notes: null,
      doNotContact: false,
      doNotContactReason: null,
      teammate: false,
      mergedInto: null,
    },
    addedAt: NOW,
    gone: false,
    organisation: null,
    contactPoints: [],
    postalAddresses: [],
    tags: new Set(),
    fields: [],
    entries: [],
    trashed: [],
    pin: null,
    history: [],
  };
}

export function tagNamed(world: World, name: string, kind: Tag["kind"]): Tag {
  for (const tag of world.tags.values()) if (tag.name.toLowerCase() === name.toLowerCase()) return tag;
  const tag: Tag = { id: newId(world), name, kind, people: 0 };
  world.tags.set(tag.id, tag);
  return tag;
}

export function entryOn(
  world: World,
  someone: Someone,
  key: string,
  onDay: string,
  more: Partial<TimelineEntry> & { observedStage?: Stage | null } = {},
): TimelineEntry {
  const kind = kinds.find((candidate) => candidate.key === key)!;
  const { observedStage = null, ...rest } = more;
  const id = newId(world);
  return {
    id,
    cursor: `${onDay} ${id}`,
    kind: key,
    label: kind.label,
    direction: kind.direction,
    onDay,
    precision: "day",
    at: null,
    zone: null,
    intent: null,
    note: null,
    quote: null,
    sentiment: null,
    minutes: null,
    needsAnswer: false,
    source: "form",
    people: [
      {
        id: someone.person.id,
        name: someone.person.displayName,
        role: kind.direction === "from_them" ? "by" : "with",
        observedStage,
        observedBy: observedStage ? "told" : "seen",
        incentivised: false,
      },
    ],
    ...rest,
  };
}

/** `count` people of many scripts, the first of them worth looking at closely. */
export function seed(world: World, count: number): void {
  const random = dice(count);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  for (let i = 0; i < count; i++) {
    const place = places[i % places.length]!;
    const [given, family] = [place.given[Math.floor(i / 16) % 4]!, pick(place.family)];
    const name = "familyFirst" in place ? `${family} ${given}` : `${given} ${family}`;
    const someone = blankPerson(world, i === 0 ? "Priya Nair" : name);
    Object.assign(someone.person, {
      country: place.country,
      city: pick(place.cities),
      timeZone: place.zone,
      languages: place.languages,
    });
    someone.addedAt = NOW - Math.floor(random() * 700) * DAY;
    someone.organisation = i === 0 ? "Acme" : pick(organisations);
    for (let t = 0; t < Math.floor(random() * 3); t++)
      someone.tags.add(tagNamed(world, pick(stacks), "stack").id);
    if (random() < 0.3) someone.tags.add(tagNamed(world, pick(topics), "topic").id);
    const entries = Math.floor(random() * 6);
    for (let e = 0; e < entries; e++) {
      const kind = kinds[Math.floor(random() * random() * kinds.length)]!;
      const onDay = new Date(NOW - Math.floor(random() * random() * 600) * DAY).toISOString().slice(0, 10);
      someone.entries.push(entryOn(world, someone, kind.key, onDay, { note: pick(notes) }));
    }
    if (random() < 0.02) someone.person.doNotContact = true;
    world.people.set(someone.person.id, someone);
  }
  const first = world.people.values().next().value;
  if (first) makePriya(world, first);
  world.fields.push({
    id: newId(world),
    key: "shirt",
    label: "T-shirt",
    kind: "choice",
    choices: ["S", "M", "L"],
  });
}

function makePriya(world: World, priya: Someone): void {
  Object.assign(priya.person, {
    pronouns: "she/her",
    sayItLike: "PREE-ya",
    roleTitle: "Platform engineer",
    city: "Bengaluru",
    buildingNow: "Telemetry SDK in Rust",
    challenges: "Retry semantics, docs",
    contentPrefs: "read,code",
    appreciationPrefs: "public_credit",
    notes: "Met through the workshop in Pune.\nKnows Tomasz from the queue work.",
  });
  priya.tags = new Set(
    ["Rust", "telemetry"].map((name) => tagNamed(world, name, name === "Rust" ? "stack" : "topic").id),
  );
  priya.contactPoints = [
    point(world, priya, {
      kind: "email",
      value: "priya@acme.example",
      isPrimary: true,
      sourceNote: "for the retry guide",
    }),
    point(world, priya, { kind: "github", value: "priyan", source: "public_profile" }),
  ];
  priya.entries = [
    entryOn(world, priya, "conversation_in_person", "2026-05-21", {
      note: "Retry docs unclear. Their SDK drops the first error when the queue is full.\nPromised the retry guide for Monday.",
      observedStage: "build",
      sentiment: 1,
      minutes: 20,
      at: NOW - 3_600_000,
      zone: ZONE,
      precision: "minute",
    }),
    entryOn(world, priya, "attended_talk", "2026-05-20", { note: "“Queues that do not lie”, RustConf" }),
    entryOn(world, priya, "sent_resource", "2026-04-12", { note: "“Batching guide”" }),
    entryOn(world, priya, "reported_bug", "2026-04-03", {
      note: "“retries swallow the first error”",
      needsAnswer: true,
    }),
    entryOn(world, priya, "hands_on_workshop", "2026-03-02", { note: "Pune" }),
    entryOn(world, priya, "followed_starred", "2025-01-01", { precision: "year", source: "import" }),
  ];
}

export function point(world: World, someone: Someone, more: Partial<ContactPoint>): ContactPoint {
  const value = more.value ?? "";
  return {
    id: newId(world),
    personId: someone.person.id,
    kind: "email",
    value,
    valueNorm: value.toLowerCase(),
    normVersion: 1,
    isPrimary: false,
    status: "ok",
    source: "they_gave_it",
    sourceNote: null,
    obtainedOn: TODAY,
    ...more,
  };
}
