// A list under headings: which of its lines is a heading, and which a person. Headings are as high as rows.
import type { PeopleSort } from "../../ipc/gen";
import { monthHeading } from "../../kit/dates";
import { countryName, NOT_PLACED, stageName, type StageWord } from "../../kit/words";
import { stageOf } from "./board.svelte";

/** `sort` is what the list was sorted by when it was made: the key means something by that alone. */
export type Heading = { key: string | null; count: number; sort: PeopleSort };

export type Line = { heading: Heading; group: number } | { person: number };

export type Grouped = {
  /** Headings and people together. */
  lines: number;
  line(at: number): Line;
  /** The line on which the so-many-th person stands. */
  lineOf(person: number): number;
  /** The heading that a line stands under, or is; null where there are none. */
  headingOver(at: number): Heading | null;
  /** The people on the lines from one to another, as the first and last of them. */
  peopleIn(first: number, last: number): [number, number];
};

/** `people` is how many there are: whoever came after the headings were counted stands under the last of them. */
export function grouped(headings: readonly Heading[], people: number): Grouped {
  /** How many people stand before each heading. */
  const before: number[] = [];
  const shown: Heading[] = [];
  let so = 0;
  for (const heading of headings) {
    if (so >= people) break;
    const count = Math.min(heading.count, people - so);
    if (count === 0) continue;
    before.push(so);
    shown.push({ ...heading, count });
    so += count;
  }
  const last = shown.at(-1);
  if (last) last.count += people - so;

  /** The last group for which it holds; -1: none. */
  function lastWhere(holds: (group: number) => boolean): number {
    let [low, high] = [-1, shown.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (holds(middle)) low = middle;
      else high = middle - 1;
    }
    return low;
  }
  const groupOfLine = (at: number) => lastWhere((group) => before[group]! + group <= at);
  const groupOfPerson = (person: number) => lastWhere((group) => before[group]! <= person);
  /** The person on a line, or the next one after a heading. */
  const personFrom = (at: number) => {
    const group = groupOfLine(at);
    return group < 0 ? at : Math.max(at - group - 1, before[group]!);
  };

  return {
    lines: people + shown.length,
    line(at) {
      const group = groupOfLine(at);
      if (group >= 0 && before[group]! + group === at) return { heading: shown[group]!, group };
      return { person: personFrom(at) };
    },
    lineOf: (person) => person + groupOfPerson(person) + 1,
    headingOver: (at) => shown[groupOfLine(at)] ?? null,
    peopleIn: (first, last) => [personFrom(first), Math.min(people - 1, personFrom(last))],
  };
}

const nothing: Record<PeopleSort, string> = {
  name: "Without a letter",
  organisation: "No organisation",
  stage: NOT_PLACED,
  country: "No country",
  last_touch: "Nothing yet",
  added: "Day not known",
  next: "Nothing planned",
};

/** A heading in words. */
export function headingWords({ key, sort }: Heading, today: string): string {
  if (key === null) return nothing[sort];
  switch (sort) {
    case "stage":
      return stageName(stageOf(key as StageWord));
    case "country":
      return countryName(key);
    case "last_touch":
    case "added":
    case "next":
      return monthHeading(`${key}-01`, today);
    default:
      return key;
  }
}
