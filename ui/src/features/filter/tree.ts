// A filter as a tree: what menus and chips change, while the text stays the only thing that is kept.
import type { Value } from "../../ipc/call";
import type { FilterTree } from "../../ipc/gen";
import { count, listed, plural } from "../../kit/words";

export type Fields = Value<"filter.fields">;
export type FilterField = Fields[number];
type OneField = Extract<FilterTree, { is: "field" }>;

export const EVERYBODY: FilterTree = { is: "all", of: [] };

/** What must all hold, one by one. */
export function parts(tree: FilterTree): FilterTree[] {
  return tree.is === "all" ? tree.of : [tree];
}

export function joined(of: readonly FilterTree[]): FilterTree {
  const [only] = of;
  return of.length === 1 && only ? only : { is: "all", of: of.flatMap(parts) };
}

export function oneOf(key: string, values: string[]): FilterTree {
  return { is: "field", key, compare: "=", values };
}

const isOf = (key: string) => (part: FilterTree) =>
  part.is === "field" && part.key === key && part.compare === "=";
const like = (a: string) => (b: string) => a.toLowerCase() === b.toLowerCase();

/** The values a field must have, as a menu ticks them; what is said in groups or denied is not among them. */
export function chosen(tree: FilterTree, key: string): string[] {
  return parts(tree).flatMap((part) => (isOf(key)(part) ? (part as OneField).values : []));
}

/** Takes a value off, or puts it on: beside the others, any of which will do, or as one more that must hold. */
export function toggled(
  tree: FilterTree,
  key: string,
  value: string,
  among: "any" | "every" = "any",
): FilterTree {
  const all = parts(tree);
  if (chosen(tree, key).some(like(value))) {
    return joined(
      all.flatMap((part) => {
        if (!isOf(key)(part)) return [part];
        const left = (part as OneField).values.filter((other) => !like(value)(other));
        return left.length > 0 ? [oneOf(key, left)] : [];
      }),
    );
  }
  const beside = among === "any" ? all.findIndex(isOf(key)) : -1;
  if (beside < 0) return joined([...all, oneOf(key, [value])]);
  const there = (all[beside] as OneField).values;
  return joined(all.with(beside, oneOf(key, [...there, value])));
}

/** The only thing that is said of a field, or nothing. */
export function only(tree: FilterTree, key: string, part: FilterTree | null): FilterTree {
  const others = parts(tree).filter((other) => !(other.is === "field" && other.key === key));
  return joined(part ? [...others, part] : others);
}

export function without(tree: FilterTree, at: number): FilterTree {
  return joined(parts(tree).filter((_, i) => i !== at));
}

/** The words alone. */
export function spoken(tree: FilterTree): FilterTree {
  return joined(parts(tree).filter(({ is }) => is === "words"));
}

const signs = { "=": "", ">": "more than ", ">=": "at least ", "<": "less than ", "<=": "at most " };
const dayUnits: Record<string, [string, string]> = {
  d: ["day", "days"],
  w: ["week", "weeks"],
  m: ["month", "months"],
  y: ["year", "years"],
};

/** A part in words, as its chip says it. */
export function said(part: FilterTree, fields: Fields): string {
  switch (part.is) {
    case "words":
      return `“${part.text}”`;
    case "not":
      return `Not ${said(part.of, fields)}`;
    case "all":
      return part.of.map((one) => said(one, fields)).join(", ");
    case "any":
      return part.of.map((one) => said(one, fields)).join(" or ");
    case "entries":
      return entriesSaid(part, fields);
    case "field": {
      const field = fields.find(({ key }) => key === part.key);
      return `${field?.label ?? part.key}: ${valuesSaid(part, field)}`;
    }
  }
}

function valuesSaid(part: OneField, field: FilterField | undefined): string {
  const isDay = field?.takes === "day";
  const words = part.values.map((value) => {
    const choice = field?.choices?.find((one) => one.key.toLowerCase() === value.toLowerCase());
    if (choice) return choice.label;
    const [, n, unit] = (isDay && /^(\d+)([dwmy])$/.exec(value)) || [];
    if (!n || !unit) return value.replaceAll("-", isDay && !/\d/.test(value) ? " " : "-");
    return plural(Number(n), ...dayUnits[unit]!);
  });
  const said = listed(words, "or");
  if (!isDay || !/^\d+[dwmy]$/.test(part.values[0] ?? "")) return signs[part.compare] + said;
  // Of days, over and under say how long ago, and a plain stretch says within it.
  if (part.compare === "=" || part.compare === "<" || part.compare === "<=") return `within ${said}`;
  return `more than ${said} ago`;
}

function entriesSaid(part: Extract<FilterTree, { is: "entries" }>, fields: Fields): string {
  const what = said(part.of, fields);
  if (part.compare === "=" && part.count === 0) return `Never: ${what}`;
  const times =
    part.compare === ">=" && part.count === 1 ? "" : ` (${signs[part.compare]}${count(part.count)})`;
  return `Happened${times}: ${what}`;
}
