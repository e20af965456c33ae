// How what is to be done is said: how late it is, how often it was put off, how it comes back.
import type { Anchor, Every, Unit, FollowUp, FollowUpKind, TodayKind, Unless } from "../ipc/gen";
import { relativeDay, shortDay } from "./dates";
import { count } from "./words";

/** What it is, as a choice and as the beginning of a line. */
export const followUpKindWords: Record<FollowUpKind, string> = {
  promise: "You promised",
  check_in: "Check in",
  reply_check: "Did they reply?",
  deadline: "A date to keep",
};

export const todayGroupWords: Record<TodayKind, string> = {
  promised: "You promised",
  waiting: "They are waiting on you",
  replied: "Did they reply?",
  moved: "Moved",
  dates: "Dates",
  losing_touch: "Losing touch",
  thank: "Thank",
};

export const unlessWords: Record<Unless, string> = {
  they_reply: "they reply",
  stage_moves: "their stage moves",
};

export const everyUnitWords: Record<Unit, [one: string, many: string]> = {
  day: ["day", "days"],
  business_day: ["business day", "business days"],
  week: ["week", "weeks"],
  month: ["month", "months"],
  year: ["year", "years"],
};

export const anchorWords: Record<Anchor, string> = {
  due: "from the day it is due",
  done: "from the day it is done",
  last_contact: "from when you last talked",
};

/** "2 days late", "today", "tomorrow", "in 3 weeks". */
export function dueWords(due: string, today: string): string {
  const words = relativeDay(due, today);
  if (words === "yesterday") return "1 day late";
  return due < today ? words.replace(/ ago$/, " late") : words;
}

/** Beside what was promised to somebody who refuses whatever they could be reached by: it is kept in person. */
export const LEFT_ALONE = "asked not to be written to";

export function snoozedWords(snoozes: number): string {
  if (snoozes === 0) return "";
  const often = { 1: "once", 2: "twice", 3: "three times" }[snoozes] ?? `${count(snoozes)} times`;
  return `snoozed ${often}`;
}

/** "every week", "every 6 weeks from when you last talked, until 12 Jun". */
export function everyWords({ n, unit, anchor, until, count: times }: Every, today: string): string {
  const [one, many] = everyUnitWords[unit];
  const often = n === 1 ? `every ${one}` : `every ${count(n)} ${many}`;
  const said = anchor === "due" ? often : `${often} ${anchorWords[anchor]}`;
  const ends = [until ? `until ${shortDay(until, today)}` : "", times ? `${count(times)} times in all` : ""];
  return [said, ...ends.filter((part) => part !== "")].join(", ");
}

/** What became of it. */
export function settledWords({ status, because }: Pick<FollowUp, "status" | "because">): string {
  if (status === "auto_cleared") return because ?? "Cleared by itself";
  return { open: "Open", done: "Done", dropped: "Dropped" }[status];
}
