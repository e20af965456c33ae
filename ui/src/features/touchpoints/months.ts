// The timeline under its headings, one for each month.
import type { TimelineEntry } from "../../ipc/gen";
import { monthHeading } from "../../kit/dates";

export type Month = { key: string; heading: string; entries: TimelineEntry[] };

/** Entries keep their order; what is only known to a year, or not at all, has a heading of its own. */
export function months(entries: readonly TimelineEntry[], today: string): Month[] {
  const found: Month[] = [];
  for (const entry of entries) {
    const { onDay, precision } = entry;
    const [key, heading] =
      precision === "unknown"
        ? ["unknown", "Day not known"]
        : precision === "year"
          ? [onDay.slice(0, 4), `Some time in ${onDay.slice(0, 4)}`]
          : [onDay.slice(0, 7), monthHeading(onDay, today)];
    const last = found[found.length - 1];
    if (last?.key === key) last.entries.push(entry);
    else found.push({ key, heading, entries: [entry] });
  }
  return found;
}
