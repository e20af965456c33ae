// What the filter field makes of a reading: when something is offered, what taking it leaves, and what is wrong.
import type { Value } from "../../ipc/call";

export type Reading = Value<"filter.read">;
export type Completion = Reading["completions"][number];

/** Something is offered for what is half typed, or for what has to follow; never for nothing at all. */
export function offered(reading: Reading | null, text: string, caret: number): Completion[] {
  return (reading?.completions ?? []).filter(({ from, to, insert }) => {
    if (caret < from || caret > to || text.slice(from, to) === insert) return false;
    return from < to || /[:,<>=(-]$/.test(text.slice(0, from));
  });
}

/** The text after a completion was taken, and where the caret stands then. */
export function taken(text: string, { insert, from, to }: Completion): { text: string; caret: number } {
  return { text: text.slice(0, from) + insert + text.slice(to), caret: from + insert.length };
}

/** Whether more has to be said after what was taken. */
export function wantsMore({ insert }: Completion): boolean {
  return /[:,<>=(]$/.test(insert);
}

/** What is said to be wrong now: not while the word it is about is being typed and can still become something. */
export function fault(reading: Reading | null, caret: number | null, offers: boolean): Reading["error"] {
  const error = reading?.error ?? null;
  return error && offers && caret !== null && caret >= error.from && caret <= error.to ? null : error;
}
