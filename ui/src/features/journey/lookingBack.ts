// Another day to see someone as of: how it is typed, and the days on which they moved.
import { isDay, parseWhen, shortDay } from "../../kit/dates";

/** The days to go to from the one that is shown; null where there is none. */
export type Steps = { earlier: string | null; later: string | null };

export function dayToLookAt(typed: string, today: string): { day: string } | { problem: string } {
  const when = parseWhen(typed, today);
  if ("problem" in when) return { problem: when.problem };
  if (!("on" in when) || !when.on || !isDay(when.on))
    return { problem: "Write a whole day, like 2026-03-04." };
  if (when.on > today) return { problem: "That day is still to come." };
  return { day: when.on };
}

/** The day as one reads it, where that is also understood when it is typed. */
export function dayShown(day: string, today: string): string {
  const read = shortDay(day, today);
  const again = dayToLookAt(read, today);
  return "day" in again && again.day === day ? read : day;
}

/** From move to move. Today is not a step of its own: the way back leads there. */
export function stepsFrom(day: string | null, moves: readonly { onDay: string }[], today: string): Steps {
  const days = [...new Set(moves.map(({ onDay }) => onDay))].filter((on) => on <= today).sort();
  const at = day ?? today;
  return {
    earlier: days.filter((on) => (day === null ? on <= at : on < at)).at(-1) ?? null,
    later: day === null ? null : (days.find((on) => on > at) ?? null),
  };
}
