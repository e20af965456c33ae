// What the core counts, as one of it is called and as several are: where its own noun and an s are not what a person would say.
import { plural } from "./words";

const NOUNS: Record<string, readonly [one: string, many: string]> = {
  person: ["person", "people"],
  entry: ["entry", "entries"],
  touchpoint: ["entry", "entries"],
  "person at this touchpoint": ["part in an entry", "parts in entries"],
  "way to reach them": ["way to reach them", "ways to reach them"],
  "postal address": ["postal address", "postal addresses"],
  // A no is one of them.
  "contact basis": ["word on whether one may write", "words on whether one may write"],
  "tag on somebody": ["tag on somebody", "tags on people"],
  "item set aside": ["item set aside", "items set aside"],
  "place on a list": ["place on a list", "places on lists"],
  "word that two are not the same": ["word that two are not the same", "words that two are not the same"],
  rules: ["rules", "rules"],
};

/** "tags on people" for 2 of "tag on somebody". */
export function noun(what: string, n: number): string {
  const [one, many] = NOUNS[what] ?? [what, what.endsWith("s") ? what : `${what}s`];
  return n === 1 ? one : many;
}

/** "2 tags on people". */
export const counted = (what: string, n: number): string => plural(n, noun(what, 1), noun(what, n));
