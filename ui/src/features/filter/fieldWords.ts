// The words around the fields of the filter language.
import type { FilterField } from "./tree";

const groups: Record<string, string> = {
  person: "Who they are",
  place: "Where",
  journey: "The journey",
  reach: "How to reach them",
  follow_ups: "Follow-ups",
  happened: "What happened",
  entry: "One thing that happened",
  lists: "Lists",
  own: "Your own fields",
};

/** The same fields with those of a group together, in the order in which the groups are named here; one's own words last. */
export function byGroup<F extends { group: string }>(fields: readonly F[]): F[] {
  const order = Object.keys(groups);
  const place = ({ group }: F) => (order.includes(group) ? order.indexOf(group) : order.length);
  return [...fields].sort((a, b) => place(a) - place(b));
}

export function groupWords(group: string): string {
  return groups[group] ?? group;
}

/** What is written about a field, as text of the language: quoted when it has more than one word. */
export function asSaid({ key, ofEntries }: Pick<FilterField, "key" | "ofEntries">, value: string): string {
  const plain = value.trim();
  const sign = /^(>=|<=|>|<|=)/.exec(plain)?.[0] ?? "";
  const rest = plain.slice(sign.length).trim();
  const needs = /[\s()]/.test(rest) && !/^["“]/.test(rest);
  const said = `${key}:${sign}${needs ? quoted(rest) : rest}`;
  return ofEntries ? `touch(${said})` : said;
}

/** Words as they stand, whatever is in them. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
