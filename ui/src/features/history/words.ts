// What an operation changed, as a person says it.
import type { ChangeLine } from "../../ipc/gen";
import { addDays, longDay } from "../../kit/dates";
import { counted } from "../../kit/nouns";
import { listed, plural } from "../../kit/words";

/** Items in their order, those of one day together. */
export function byDay<T>(items: readonly T[], dayOf: (item: T) => string): { day: string; items: T[] }[] {
  const days: { day: string; items: T[] }[] = [];
  for (const item of items) {
    const day = dayOf(item);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, items: [item] });
  }
  return days;
}

/** "Today", "Yesterday", "20 May 2026". */
export function dayHeading(day: string, today: string): string {
  if (day === today) return "Today";
  if (day === addDays(today, -1)) return "Yesterday";
  return longDay(day);
}

/** "city", then what it was and what it became; an emptied or a first value stands alone. */
export function changeWords({ field, before, after }: ChangeLine): {
  what: string;
  from: string | null;
  to: string | null;
} {
  if (field === null && before === null)
    return { what: `brought back the ${after ?? "row"}`, from: null, to: null };
  if (field === null) return { what: `took the ${before} away`, from: null, to: null };
  return { what: `${field}:`, from: before, to: after ?? (before === null ? null : "nothing") };
}

const PART = "person at this touchpoint";
/** "Made 3 people and 1 tag." Whoever is in an entry is said with it. */
export function madeWords(made: readonly (readonly [string, number])[]): string {
  const inIt = made.find(([what]) => what === PART)?.[1] ?? 0;
  const alone = !made.some(([what]) => what === "touchpoint");
  const parts = made.flatMap(([what, n]) => {
    if (what === "rules") return ["new rules of the journey"];
    if (what === PART) return alone ? [`${plural(n, "person", "people")} part of an entry`] : [];
    const words = counted(what, n);
    return [what === "touchpoint" && inIt > 0 ? `${words} with ${plural(inIt, "person", "people")}` : words];
  });
  return `Made ${listed(parts)}.`;
}
