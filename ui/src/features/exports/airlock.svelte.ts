// What is being decided about an export: kept while one looks at somebody who is left out and comes back.
import type { ContactKind, ExportPurpose, MadeExport, Purpose, Whom } from "../../ipc/gen";
import { purposeWords } from "../../kit/words";

/** Some people one may mean, and how they are called. */
export type Choice = {
  key: string;
  /** "The 12 selected" */
  label: string;
  /** How many there are, or null while that is not known. */
  count: number | null;
  whom: Whom;
  /** How a file of them is called, without its day and its ending. */
  name: string;
};

export type Deciding = {
  who: string | null;
  purpose: ExportPurpose | null;
  channel: ContactKind;
  template: string | null;
  /** Null: what the template holds unless somebody says otherwise. */
  columns: string[] | null;
  /** Of whom somebody was left out by hand, as [peopleKey] says it. */
  of: string | null;
  /** Who was left out by hand. */
  without: string[];
};

const fresh: Deciding = {
  who: null,
  purpose: null,
  channel: "email",
  template: null,
  columns: null,
  of: null,
  without: [],
};

let current = $state.raw<Deciding>(fresh);
let written = $state.raw<{ made: MadeExport; flagged: number } | null>(null);

export function deciding(): Deciding {
  return current;
}

export function decide(change: Partial<Deciding>): void {
  current = { ...current, ...change };
  written = null;
}

/**
 * An export begins: nothing is decided. Who was left out by hand stays so, for whoever did it would not look for them in
 * the next file of the same people.
 */
export function beginExport(): void {
  const { of, without } = current;
  [current, written] = [{ ...fresh, of, without }, null];
}

/** One more file, of the same people. */
export function exportAgain(): void {
  const { who } = current;
  beginExport();
  decide({ who });
}

/** These are meant: of others, nobody is left out by hand. */
export function mean(of: string): void {
  if (current.of !== of) current = { ...current, of, without: [] };
}

/** The same for the same people, in whatever order they are shown or were chosen. */
export function peopleKey({ list, query, ids }: Whom): string {
  return JSON.stringify([list ?? null, query?.filter ?? null, ids?.toSorted() ?? null]);
}

/** The file that was just written. */
export function justWritten() {
  return written;
}

export function noteWritten(done: { made: MadeExport; flagged: number } | null): void {
  written = done;
}

/** What a file may be for, in the order of their keys 1 to 6. */
export const exportPurposes: readonly ExportPurpose[] = [
  ...(Object.keys(purposeWords) as Purpose[]),
  "for_myself",
];

export const exportPurposeWords: Record<ExportPurpose, string> = {
  ...purposeWords,
  for_myself: "For myself",
};

/** Who may be in such a file, in a sentence. */
export const exportPurposeMeanings: Record<ExportPurpose, string> = {
  list_mail: "A newsletter, an invitation: only who opted in, or uses what we make.",
  one_to_one: "You write to each of them: whoever wrote first or said yes as well.",
  swag_post: "Stickers, a shirt: whoever gave a postal address for it.",
  recruiting_intro: "Only who agreed to just that.",
  sales_intro: "Only who agreed to just that.",
  for_myself: "To count, sort or print. Nobody is written to with it, so nobody is left out.",
};

/** The channels on which people are written to; where somebody is only found is no channel. */
export const channels: readonly ContactKind[] = [
  "email",
  "phone",
  "mastodon",
  "bluesky",
  "linkedin",
  "discord",
  "slack",
  "matrix",
  "x",
  "reddit",
  "github",
];
