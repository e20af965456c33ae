// What is held about somebody comes as the names of columns and the keys of choices; here each has its word, in one table.
import type {
  Anchor,
  Every,
  Particular,
  Precision,
  Source,
  StageChange,
  Status,
  SubjectLine,
  Unit,
} from "../../ipc/gen";
import { anchorWords, everyUnitWords, followUpKindWords, unlessWords } from "../../kit/dueWords";
import { moveCauseWords } from "../../kit/moveWords";
import {
  appreciationWords,
  basisWords,
  capitalised,
  confidenceWords,
  contactKindWords,
  contactSourceWords,
  contactStatusWords,
  contentPrefWords,
  count,
  directionWords,
  intentWords,
  languageNames,
  NOT_PLACED,
  observedByWords,
  pinUntilWords,
  plural,
  presenceWords,
  purposeWords,
  ringMeanings,
  roleWords,
  sentimentWords,
  STAGES,
  stageName,
} from "../../kit/words";

const precisionWords: Record<Precision, string> = {
  minute: "to the minute",
  day: "to the day",
  month: "to the month",
  year: "to the year",
  unknown: "the day is not known",
};

const moveStatusWords: Record<StageChange["status"], string> = {
  applied: "Nothing was said to it",
  suggested: "Suggested; nothing was said to it",
  accepted: "Accepted",
  refused: "Taken back",
};

const followUpStatusWords: Record<Status, string> = {
  open: "Open",
  done: "Done",
  dropped: "Dropped",
  auto_cleared: "Cleared by itself",
};

const entrySourceWords: Record<Source, string> = {
  form: "Written down by hand",
  quick_capture: "The capture line",
  import: contactSourceWords.import,
  derived: "Follows from something else",
};

/** How a column is called, and how its values are said: by their keys, or one by one. */
type Word = { label: string; values?: Readonly<Record<string, string>>; say?: (value: string) => string };

const all = (...tables: Readonly<Record<string, string>>[]): Record<string, string> =>
  Object.assign({}, ...tables) as Record<string, string>;

/** A stage by its key, as this file calls it. */
const stage = (key: string): string => {
  const known = STAGES.find((one) => one === key);
  return known ? stageName(known) : key;
};
const days = (n: string) => (/^\d+$/.test(n) ? plural(Number(n), "day", "days") : n);
const minutes = (n: string) => (/^\d+$/.test(n) ? plural(Number(n), "minute", "minutes") : n);
const times = (n: string) => (/^\d+$/.test(n) ? plural(Number(n), "time", "times") : n);
/** "live, one to one" */
const each = (table: Readonly<Record<string, string>>) => (value: string) => {
  const words = spoken(table);
  return value
    .split(", ")
    .map((one) => words[one] ?? one)
    .join(", ");
};

/** By the label that the core gives a column. One that may stay as it is stands here too, so that none is forgotten. */
export const heldWords: Readonly<Record<string, Word>> = {
  Name: { label: "Name" },
  Pronouns: { label: "Pronouns" },
  "Say it like": { label: "Said like" },
  // Of somebody at an entry it is their part in it, of a person what they do.
  Role: { label: "Role", values: roleWords },
  Organisation: { label: "Organisation" },
  Country: { label: "Country" },
  City: { label: "City" },
  "Time zone": { label: "Time zone" },
  Languages: { label: "Languages", say: languageNames },
  "Building now": { label: "Building now" },
  "Stuck on": { label: "Stuck on" },
  "Likes to": { label: "Likes", say: each(contentPrefWords) },
  "Likes to be thanked by": { label: "Likes to be thanked by", say: each(appreciationWords) },
  Notes: { label: "Notes" },
  "Do not contact": { label: "Do not contact" },
  "Do not contact reason": { label: "Why not" },
  Teammate: { label: "Teammate" },

  "Contact point": { label: "Address" },
  Kind: { label: "Kind", values: all(contactKindWords, followUpKindWords) },
  Value: { label: "Value" },
  "The one to use first": { label: "The one to use first" },
  "Whether it works": { label: "Does it work?", values: all(contactStatusWords, { "it does": "It does" }) },
  "Came from": {
    label: "Came from",
    values: all(contactSourceWords, entrySourceWords, {
      "written down in the window": entrySourceWords.form,
    }),
  },
  "More about that": { label: "More about that" },
  Since: { label: "Since" },
  Purpose: { label: "For", values: purposeWords },
  "Whether one may write": { label: "Whether one may write", values: basisWords },
  Evidence: { label: "What shows it" },
  "Known since": { label: "Known since" },

  Lines: { label: "Address" },
  "Recipient name": { label: "Name on the parcel" },
  Phone: { label: "Phone for the parcel" },
  "Given for": { label: "Given for" },
  "Given on": { label: "Given on" },
  "Deleted on": { label: "Erased by itself on" },

  "On day": { label: "On" },
  Precision: { label: "How exactly that is known", values: precisionWords },
  At: { label: "At" },
  Zone: { label: "Time zone" },
  "Who to whom": { label: "Who to whom", values: directionWords },
  Intent: { label: "Meant to", values: intentWords },
  Note: { label: "Note" },
  Quote: { label: "In their words" },
  Sentiment: { label: "Mood", values: sentimentWords },
  Minutes: { label: "Took", say: minutes },
  "Needs answer": { label: "Waits for an answer" },
  Answers: { label: "Answers" },
  In: { label: "In" },
  Touchpoint: { label: "In" },
  "Also there": { label: "Also there" },
  "Observed stage": { label: "Stage they were seen in", say: stage },
  "How that is known": { label: "How that is known", values: observedByWords },
  "Was rewarded for it": { label: "Was rewarded for it" },

  "From stage": { label: "From", say: stage },
  "To stage": { label: "To", say: stage },
  "Recorded at": { label: "Noticed" },
  Status: { label: "What became of it", values: all(moveStatusWords, followUpStatusWords) },
  Cause: { label: "Why", values: moveCauseWords },
  Stage: { label: "Stage", say: stage },
  Until: { label: "Holds", values: pinUntilWords },
  "Until day": { label: "Until" },
  Reason: { label: "Why" },

  Text: { label: "Text" },
  Due: { label: "Due" },
  "Hidden until": { label: "Snoozed until" },
  Snoozes: { label: "Snoozed", say: times },
  Every: { label: "Comes again", say: again },
  Begun: { label: "Counted from" },
  Unless: { label: "Not needed if", values: unlessWords },
  "Settled on": { label: "Settled on" },
  "Ideal days": { label: "As one would like it, every", say: days },
  "Longest days": { label: "At the latest after", say: days },
  Tag: { label: "Tag" },
  List: { label: "List" },
  Field: { label: "Field" },
  Reviewed: { label: "Looked at again" },
  Why: { label: "Why" },

  "How sure that is": { label: "How sure that is", values: all(confidenceWords, { unplaced: NOT_PLACED }) },
  Presence: { label: "Lately", values: presenceWords },
  Ring: { label: "Ring", values: ringMeanings },
  "Last in touch": { label: "Last in touch" },
  "Stands in": { label: "Stands in" },

  Added: { label: "Added" },
  "Last changed": { label: "Last changed" },
  "In the trash since": { label: "In the trash since" },
};

/** What the core says before the words of a follow-up, and of what was put aside. */
const beginnings: readonly [key: string, word: string][] = [
  ["Promise: ", "You promised: "],
  ["Check in: ", "Check in: "],
  ["Reply check: ", "Did they reply? "],
  ["Deadline: ", "A date to keep: "],
  ["Put aside, thank", "Put aside, thanking them"],
  ["Put aside, answer", "Put aside, answering them"],
];
/** What a line is called in which nobody typed anything, by the record that it is. */
const nouns: Readonly<Record<string, string>> = {
  cadences: "How often to be in touch",
  contactBases: "Whether one may write to them",
  setAside: "Put aside",
  stageChanges: "A move",
  stagePins: "A stage set by hand",
  listPeople: "On a list",
};

/** One thing that is known, in the words of the product. */
export function particularWords({ label, value }: Particular): Particular {
  const word = heldWords[label];
  if (!word) return { label, value };
  const part = label === "Role" && value in roleWords;
  return { label: part ? "Their part" : word.label, value: changed(value, word) };
}

/** What begins a line, in the words of the product; what somebody typed stays as it is. */
export function lineWords({ text, of, typed }: SubjectLine): string {
  // Nothing but its channel is said of a no.
  if (of === "objections")
    return `Asked not to be written to: ${spoken(contactKindWords)[text.toLowerCase()] ?? text}`;
  if (of === "followups" || of === "setAside") {
    const [key, word] = beginnings.find(([key]) => text.startsWith(key)) ?? [];
    if (key !== undefined && word !== undefined) return word + text.slice(key.length);
  }
  return typed ? text : (nouns[of ?? ""] ?? text);
}

/** "Open → Done": what it was and what it became, each by its own word. */
function changed(value: string, { values, say }: Word): string {
  if (!values && !say) return value;
  const words = values && spoken(values);
  const one = (key: string) => (words ? (words[key] ?? key) : (say?.(key) ?? key));
  const over = ", until then";
  if (value.endsWith(over)) return one(value.slice(0, -over.length)) + over;
  return capitalised(value.split(" → ").map(one).join(" → "));
}

/** The same table by the keys as the core says them: without the lines between their words. */
function spoken(table: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(table).map(([key, word]) => [key.replaceAll("_", " "), word]));
}

/** "anchor done, n 2, unit week" as one says it: "every 2 weeks from the day it is done". */
function again(said: string): string {
  const of = Object.fromEntries(
    said.split(", ").map((part) => [part.slice(0, part.indexOf(" ")), part.slice(part.indexOf(" ") + 1)]),
  ) as Partial<Record<keyof Every, string>>;
  const units = everyUnitWords[of.unit as Unit];
  const anchor = anchorWords[of.anchor as Anchor];
  if (!units || !anchor || !of.n) return said;
  const n = Number(of.n);
  const often = n === 1 ? `every ${units[0]}` : `every ${count(n)} ${units[1]}`;
  const ends = [of.until ? `until ${of.until}` : "", of.count ? `${of.count} times in all` : ""];
  return [`${often} ${anchor}`, ...ends.filter(Boolean)].join(", ");
}
