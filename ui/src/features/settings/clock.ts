// Hours of the day as minutes since midnight, and as they are written.

/** "08:00". */
export function clock(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Reads "8", "08:00", "20.30" and "2030"; null when it is no hour of the day. */
export function minutes(text: string): number | null {
  const match = /^\s*(\d{1,2})(?:[:.h]?(\d{2}))?\s*$/.exec(text);
  if (!match) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)];
  return hour < 24 && minute < 60 ? hour * 60 + minute : null;
}
