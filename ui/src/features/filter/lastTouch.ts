// The usual answers to “when were they last in touch”, as parts of a filter.
import type { FilterTree } from "../../ipc/gen";
import { oneOf, parts } from "./tree";

export const lastTouchWords = {
  any: "Any time",
  within30: "In the last 30 days",
  within90: "In the last 90 days",
  within365: "In the last year",
  over90: "More than 90 days ago",
  over365: "More than a year ago",
  never: "Never",
};
export type LastTouch = keyof typeof lastTouchWords;

export const LAST_TOUCHES: readonly LastTouch[] = [
  "within30",
  "within90",
  "within365",
  "over90",
  "over365",
  "never",
];

export function lastTouchPart(word: LastTouch): FilterTree | null {
  if (word === "any") return null;
  if (word === "never") return oneOf("last", ["never"]);
  const [, side, days] = /^(within|over)(\d+)$/.exec(word) ?? [];
  return { is: "field", key: "last", compare: side === "over" ? ">" : "=", values: [`${days}d`] };
}

/** Which of them a filter says; null when it says something else. */
export function lastTouchOf(tree: FilterTree): LastTouch | null {
  const said = parts(tree).filter((part) => part.is === "field" && part.key === "last");
  if (said.length === 0) return "any";
  const [only] = said;
  const same = (word: LastTouch) => JSON.stringify(lastTouchPart(word)) === JSON.stringify(only);
  return said.length === 1 ? (LAST_TOUCHES.find(same) ?? null) : null;
}
