// Lengths of time in days, as people say them: "6 weeks", "2w", "10".

const DAYS: Record<string, number> = { d: 1, w: 7, m: 30, y: 365 };

/** Days; null when it is no length. A number alone is days. */
export function parseSpan(typed: string): number | null {
  const found = /^(?:every )?(\d{1,4}) ?(d|days?|w|weeks?|m|months?|y|years?)?$/.exec(
    typed.trim().toLowerCase(),
  );
  if (!found) return null;
  const days = Number(found[1]) * DAYS[(found[2] ?? "d").charAt(0)]!;
  return days > 0 ? days : null;
}

/** "6 weeks", "10 days", "1 year". */
export function spanWords(days: number): string {
  const [n, unit] =
    days % 365 === 0 ? [days / 365, "year"] : days % 7 === 0 ? [days / 7, "week"] : [days, "day"];
  return `${n} ${unit}${n === 1 ? "" : "s"}`;
}

/** "every week", "every 6 weeks". */
export function everySpan(days: number): string {
  return `every ${spanWords(days).replace(/^1 /, "")}`;
}

/** What is the longest when only the ideal was said: half as long again, in whole weeks where it is weeks. */
export function longestFor(ideal: number): number {
  return ideal % 7 === 0 ? Math.ceil((ideal / 7) * 1.5) * 7 : Math.ceil(ideal * 1.5);
}
