// What is asked of the core for a row of Today.
import { call } from "../../ipc/call";
import { comingDay } from "../../kit/dates";
import { sayBehind } from "../../kit/toasts.svelte";
import type { Row } from "./rows";

/** Done, in one step and without a word. */
export function done(row: Row): Promise<unknown> {
  if (row.kind === "moved") return call("journey.accept", { id: row.change! });
  if (row.kind === "thank") return call("touchpoints.thanked", { touchpoint: row.touchpoint! });
  return call("followups.done", { id: row.followup! });
}

/** They answered, or we did; the line may be empty. */
export function said(row: Row, line: string): Promise<unknown> {
  const note = line === "" ? {} : { note: line };
  if (row.kind === "waiting") return call("touchpoints.answered", { id: row.touchpoint!, ...note });
  return call("followups.replied", { id: row.followup!, ...note });
}

/** Not seen again before that day. What is only worked out is set aside. */
export function snoozed(row: Row, until: string, today: string): Promise<unknown> {
  sayBehind(`, until ${comingDay(until, today)}`);
  return row.followup
    ? call("followups.snooze", { id: row.followup, until })
    : call("today.set_aside", { key: row.key, until });
}

export function dropped(row: Row): Promise<unknown> {
  return row.followup
    ? call("followups.drop", { id: row.followup })
    : call("today.set_aside", { key: row.key });
}

/** No reply came; it is looked at again that day, or never. */
export function notReplied(row: Row, again: string | null): Promise<unknown> {
  return call("followups.not_replied", { id: row.followup!, ...(again ? { again } : {}) });
}

export function takenBack(row: Row): Promise<unknown> {
  return call("journey.take_back", { id: row.change! });
}

/** What one says to the review: they are where they were, or a step back. */
export function reviewed(row: Row, answer: "still_here" | "step_back" | "ask_them"): Promise<unknown> {
  return call("journey.answer_review", { person: row.person!.id, answer });
}
