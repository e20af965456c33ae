// Rows that were dealt with keep their place for a while, so that nothing jumps under the hands of whoever works through a list.

/**
 * The rows as they are now, with those of before that may stay: each behind the one it stood behind.
 * `group` holds rows together; groups stand in the order of `groups`.
 */
export function inPlace<T>(
  before: readonly T[],
  now: readonly T[],
  {
    key,
    group,
    groups,
    stays,
  }: {
    key: (row: T) => string;
    group: (row: T) => string;
    groups: readonly string[];
    stays: (row: T) => boolean;
  },
): T[] {
  const current = new Set(now.map(key));
  return groups.flatMap((name) => {
    const rows = now.filter((row) => group(row) === name);
    const old = before.filter((row) => group(row) === name);
    old.forEach((row, at) => {
      if (current.has(key(row)) || !stays(row)) return;
      rows.splice(placeAfter(old.slice(0, at).map(key), rows.map(key)), 0, row);
    });
    return rows;
  });
}

/** Behind the nearest of those that stood before it and are still there, else in front. */
function placeAfter(earlier: readonly string[], rows: readonly string[]): number {
  for (const key of [...earlier].reverse()) {
    const at = rows.indexOf(key);
    if (at >= 0) return at + 1;
  }
  return 0;
}
