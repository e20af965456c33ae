// What someone types about a touchpoint, and how it becomes what the core takes.
import type {
  Attendee,
  Direction,
  EditTouchpoint,
  Intent,
  Kind,
  LogTouchpoint,
  ObservedBy,
  Role,
  Stage,
  TimelineEntry,
} from "../../ipc/gen";
import { parseWhen } from "../../kit/dates";
import { everydayWords, kindGroups } from "../../kit/words";

export type Someone = { id: string; name: string; role: Role };

export type EntryText = {
  kind: Kind | null;
  /** What was typed where the kind is asked, until one is chosen. */
  kindTyped: string;
  when: string;
  note: string;
  /** Those it is about first: what was observed is said about them. */
  people: Someone[];
  subjects: string[];
  observedStage: Stage | "";
  observedBy: ObservedBy;
  intent: Intent | "";
  sentiment: string;
  minutes: string;
  needsAnswer: boolean;
  /** It came up as you talked, though it is more than a talk. */
  talked: boolean;
  rewarded: boolean;
};

export type Problem = { field: string; message: string };

export function blank(subjects: readonly { id: string; name: string }[]): EntryText {
  return {
    kind: null,
    kindTyped: "",
    when: "",
    note: "",
    people: subjects.map(({ id, name }) => ({ id, name, role: "by" })),
    subjects: subjects.map(({ id }) => id),
    observedStage: "",
    observedBy: "told",
    intent: "",
    sentiment: "",
    minutes: "",
    needsAnswer: false,
    talked: false,
    rewarded: false,
  };
}

export function textOf(entry: TimelineEntry, person: string, kinds: readonly Kind[]): EntryText {
  const own = entry.people.find(({ id }) => id === person);
  return {
    kind: kinds.find(({ key }) => key === entry.kind) ?? null,
    kindTyped: "",
    when: whenOf(entry),
    note: entry.note ?? "",
    people: entry.people.map(({ id, name, role }) => ({ id, name, role })),
    subjects: [person],
    observedStage: own?.observedStage ?? "",
    observedBy: own?.observedBy ?? "told",
    intent: entry.intent ?? "",
    sentiment: entry.sentiment === null ? "" : String(entry.sentiment),
    minutes: entry.minutes === null ? "" : String(entry.minutes),
    needsAnswer: entry.needsAnswer,
    talked: entry.direction === "two_way",
    rewarded: own?.incentivised ?? false,
  };
}

/** The day as it would be typed, no more exact than it is known. */
export function whenOf({ onDay, precision }: Pick<TimelineEntry, "onDay" | "precision">): string {
  if (precision === "unknown") return "unknown";
  if (precision === "year") return onDay.slice(0, 4);
  if (precision === "month") return onDay.slice(0, 7);
  return onDay;
}

/** Who is where when a kind of this direction is chosen: they did it, or they were there. */
export function usualRole(direction: Direction): Role {
  return direction === "from_them" || direction === "between_them" ? "by" : "with";
}

/** What two people did together one saw oneself; the rest is known because somebody told. */
export function usuallyKnown(direction: Direction | undefined): ObservedBy {
  return direction === "two_way" ? "seen" : "told";
}

/** What we do says nothing about where they stand. */
export function observable({ kind }: Pick<EntryText, "kind">): boolean {
  return kind?.direction !== "from_us";
}

/** What they did may have come up as you talked; a talk is one already, and what they do for others is between them. */
export function mayComeUp({ kind }: Pick<EntryText, "kind">): boolean {
  return kind?.direction === "from_them";
}

/** Choosing another kind moves the people it is about to where they usually are in it, and what is known likewise. */
export function withKind(text: EntryText, kind: Kind): EntryText {
  const role = usualRole(kind.direction);
  return {
    ...text,
    kind,
    kindTyped: "",
    // What somebody chose themselves stays.
    observedBy:
      text.observedBy === usuallyKnown(text.kind?.direction) ? usuallyKnown(kind.direction) : text.observedBy,
    people: text.people.map((one) => (text.subjects.includes(one.id) ? { ...one, role } : one)),
  };
}

/** What is wrong with the day as it is typed so far; a day to come has not happened. */
export function whenProblem(typed: string, today: string): string | null {
  const when = parseWhen(typed, today);
  if ("problem" in when) return when.problem;
  if (when.on && when.on > today.slice(0, when.on.length)) {
    return "That day is still to come. Write when it happened.";
  }
  return null;
}

export function logged(text: EntryText, today: string): LogTouchpoint | Problem {
  if (!text.kind)
    return { field: "kind", message: "Choose what happened first. Type a word of it, then Enter." };
  if (text.people.length === 0) return { field: "people", message: "Say who it was." };
  const wrong = whenProblem(text.when, today);
  if (wrong) return { field: "when", message: wrong };
  const when = parseWhen(text.when, today);
  const minutes = text.minutes.trim();
  if (!/^\d{0,4}$/.test(minutes)) return { field: "minutes", message: "Write whole minutes, like 20." };
  return {
    kind: text.kind.key,
    people: text.people.map((one) => attendee(one, text)),
    ...when,
    ...(text.note.trim() ? { note: text.note.trim() } : {}),
    ...(text.intent ? { intent: text.intent } : {}),
    ...(text.sentiment ? { sentiment: Number(text.sentiment) } : {}),
    ...(minutes ? { minutes: Number(minutes) } : {}),
    ...(text.talked && mayComeUp(text) ? { direction: "two_way" as const } : {}),
    ...(text.needsAnswer && observable(text) ? { needsAnswer: true } : {}),
  };
}

function attendee({ id, role }: Someone, text: EntryText): Attendee {
  if (!text.subjects.includes(id)) return { person: id, role };
  return {
    person: id,
    role,
    ...(text.observedStage && observable(text) ? { observedStage: text.observedStage } : {}),
    observedBy: text.observedBy,
    ...(text.rewarded ? { incentivised: true } : {}),
  };
}

/** The same entry with what was changed: an untouched day keeps its minute, other people keep what was seen of them. */
export function edited(text: EntryText, entry: TimelineEntry, today: string): EditTouchpoint | Problem {
  const whole = logged(text, today);
  if ("field" in whole) return whole;
  const { on, unknownDay, people, direction, ...rest } = whole;
  const wasTalk = entry.direction === "two_way";
  // A kind that stays goes the way it went, unless that was changed.
  const way =
    !mayComeUp(text) || (rest.kind === entry.kind && text.talked === wasTalk)
      ? {}
      : { direction: direction ?? ("from_them" as const) };
  const when = text.when.trim() === whenOf(entry) ? {} : { on, unknownDay };
  const kept = people.map((one) => {
    const before = entry.people.find(({ id }) => id === one.person);
    if (!before || text.subjects.includes(one.person)) return one;
    return {
      ...one,
      ...(before.observedStage ? { observedStage: before.observedStage } : {}),
      observedBy: before.observedBy,
      ...(before.incentivised ? { incentivised: true } : {}),
    };
  });
  return {
    id: entry.id,
    ...rest,
    ...when,
    ...way,
    people: kept,
    // What was emptied is sent as empty: it takes away what was there.
    note: text.note.trim(),
    intent: text.intent,
    sentiment: rest.sentiment ?? null,
    minutes: rest.minutes ?? null,
    needsAnswer: rest.needsAnswer ?? false,
  };
}

/** The kinds that could be meant, under their headings; the heading with the best answer first. */
export function kindsOffered(kinds: readonly Kind[], typed: string): { kind: Kind; group: string }[] {
  const wanted = typed
    .toLowerCase()
    .split(/[\s-]+/)
    .filter(Boolean);
  return kindGroups
    .map(({ direction, label }) => {
      const found = kinds
        // What was switched off is not offered; what was logged as it keeps its name.
        .filter((kind) => kind.on && kind.direction === direction)
        .map((kind) => ({ kind, group: label, likeness: likeness(kind, wanted) }))
        .filter((one) => one.likeness !== null)
        .sort(better);
      return found;
    })
    .filter((group) => group.length > 0)
    .sort(([a], [b]) => better(a!, b!))
    .flat()
    .map(({ kind, group }) => ({ kind, group }));
}

type Like = { likeness: number | null };
const better = (a: Like, b: Like) => (a.likeness ?? 0) - (b.likeness ?? 0);

/** 0 when it is called exactly that every day, 1 when its label begins so, 2 when an everyday word begins so, 3 when one has the same stem. */
function likeness({ key, label }: Kind, wanted: readonly string[]): number | null {
  const words = label.toLowerCase().split(/[\s-]+/);
  const everyday = (everydayWords[key] ?? "").split(" ").filter(Boolean);
  if (wanted.length > 0 && wanted.every((part) => everyday.includes(part))) return 0;
  const begins = (part: string) => (word: string) => word.startsWith(part);
  if (wanted.every((part) => words.some(begins(part)))) return 1;
  const all = [...words, ...everyday];
  if (wanted.every((part) => all.some(begins(part)))) return 2;
  // "compared" is "comparing", "emailed" is "email".
  return wanted.every((part) => all.some((word) => stem(word) === stem(part))) ? 3 : null;
}

/** A word without what its tense and number put at its end; one that would be too short stays whole. */
function stem(word: string): string {
  const cut = word.replace(/(?:ing|ed|es|e|s)$/, "");
  return (cut.length < 3 ? word : cut).replace(/([^aeiou])\1$/, "$1");
}

/** What somebody wrote where the kind is asked, though nothing is called that: a note of the talk they most likely mean. */
export function asNote(text: EntryText, kinds: readonly Kind[]): EntryText | null {
  const typed = text.kindTyped;
  const kind = kinds.find(({ key, on }) => on && key === "conversation_in_person");
  if (!kind || typed.trim() === "") return null;
  return { ...withKind(text, kind), note: [typed.trim(), text.note].filter(Boolean).join("\n") };
}
