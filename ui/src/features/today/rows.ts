// What the rows of Today say and what can be done with each.
import type { LastSaid, Offer, Today, TodayItem, TodayKind } from "../../ipc/gen";
import { relativeDay } from "../../kit/dates";
import { LEFT_ALONE, snoozedWords, todayGroupWords } from "../../kit/dueWords";
import type { CommandId } from "../../kit/keyboard";
import { confidenceWords, inSentence, stageName } from "../../kit/words";

/** The groups of Today, and what the quarterly review lists. */
export type RowKind = TodayKind | "review";

export type Row = TodayItem & {
  kind: RowKind;
  /** A move that nobody has to say anything to any more; missing: it waits. */
  waiting?: boolean;
  /** It came since somebody last looked. */
  isNew?: boolean;
  /** Why it is here, where that is no move. */
  because?: string;
};

export const KINDS: readonly RowKind[] = [
  "promised",
  "waiting",
  "replied",
  "moved",
  "dates",
  "losing_touch",
  "thank",
  "review",
];

export const groupWords: Record<RowKind, string> = { ...todayGroupWords, review: "Quarterly review" };

/** All rows in their order, each with the group it stands in. */
export function rowsOf(today: Today): Row[] {
  return today.groups.flatMap(({ kind, items }) => items.map((item) => ({ ...item, kind })));
}

export type Verb = {
  /** As its button says it. */
  label: string;
  key: CommandId;
  /** What is said of the row afterwards. */
  words: string;
};

/** What Enter does with a row: the one thing it is there for. */
export const verbs: Record<RowKind, Verb> = {
  promised: { label: "Done", key: "today.do", words: "Done" },
  waiting: { label: "Answered", key: "today.do", words: "Answered" },
  replied: { label: "Yes", key: "today.replied", words: "They replied" },
  moved: { label: "Right", key: "today.accept", words: "Accepted" },
  dates: { label: "Done", key: "today.do", words: "Done" },
  losing_touch: { label: "Log", key: "today.do", words: "Logged" },
  thank: { label: "Thanked", key: "today.do", words: "Thanked" },
  review: { label: "Still here", key: "today.do", words: "Still here" },
};

export const canSnooze = ({ kind }: Row): boolean => kind !== "moved" && kind !== "review";

/** Pieces of the line below: where they stand, how often it was put off, what was said last, what they build. */
export function contextOf(row: Row, today: string): string[] {
  const { person, context, move, snoozes, kind, because = "" } = row;
  const { lastSaid, building } = context;
  return [
    kind === "moved" || !person ? "" : standsAt(person),
    person?.leftAlone ? LEFT_ALONE : "",
    snoozedWords(snoozes),
    move ? move.because : because,
    lastSaid && kind !== "moved" ? lastSaidWords(lastSaid, today) : "",
    building ? `builds ${building}` : "",
  ].filter((part) => part !== "");
}

/** "Building, fading": what the dot says. */
function standsAt({ stage, confidence }: NonNullable<Row["person"]>): string {
  const surely = confidence === "fading" || confidence === "stale";
  return surely ? `${stageName(stage)}, ${confidenceWords[confidence]}` : stageName(stage);
}

/** "“retry docs unclear”, talked in person yesterday" */
function lastSaidWords({ on, label, note }: LastSaid, today: string): string {
  const what = `${inSentence(label)} ${relativeDay(on, today)}`;
  const said = note
    ?.split("\n")[0]
    ?.trim()
    .replace(/^“(.*)”$/, "$1");
  return said ? `“${said}”, ${what}` : what;
}

/** "Learning → Building", or where they were placed first. */
export function moveWords({ from, to }: NonNullable<TodayItem["move"]>): string {
  if (from === null) return `placed at ${stageName(to)}`;
  return `${stageName(from)} → ${stageName(to)}`;
}

/** "12 wait, 23 more" for whoever does not see the list. */
export function countWords(waiting: number, more: number): string {
  if (waiting === 0) return "Nothing is waiting.";
  return more > 0 ? `${waiting} shown, ${more} more` : `${waiting} waiting`;
}

/** Why these people are named when nothing waits. */
export function offerWords({ kind, people }: Offer): string {
  const one = people.length === 1;
  if (kind === "thank")
    return one
      ? "This one helped another developer, and nobody has thanked them yet:"
      : "These helped other developers, and nobody has thanked them yet:";
  return one ? "This one has not heard from you yet:" : "These have not heard from you yet:";
}
