// What an erasure is said in.
import type { GoneCount, Receipt, TheirWords } from "../../ipc/gen";
import { noun } from "../../kit/nouns";
import { capitalised, people, plural } from "../../kit/words";

/** Whether two names are one: as they were typed, give or take blanks and how their letters are made up. */
export function isSameName(typed: string, name: string): boolean {
  const plain = (text: string) => text.normalize("NFC").trim().replace(/\s+/g, " ");
  return plain(typed) !== "" && plain(typed) === plain(name);
}

/** What has to be typed before somebody is erased: their name, or for several how many. */
export function toType(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : people(names.length);
}

/** So many of what, what there is most of first. */
export function goneLines(gone: readonly GoneCount[]): { what: string; count: number }[] {
  return [...gone]
    .sort((a, b) => b.count - a.count || a.what.localeCompare(b.what))
    .map(({ what, count }) => ({ what: capitalised(noun(what, count)), count }));
}

/** A receipt in one sentence. */
export function receiptWords(receipt: Receipt): string {
  const rows = receipt.gone.reduce((sum, { count }) => sum + count, 0);
  const what = receipt.people > 0 ? people(receipt.people) : plural(rows, "thing", "things");
  if (receipt.why === "ran_out")
    return plural(rows, "postal address came to its day", "postal addresses came to their day");
  return receipt.why === "trash" ? `The trash was emptied: ${what}` : `Erased ${what}`;
}

/** What else became of it, a sentence each. */
export function receiptDetails({
  why,
  kept,
  blanked,
  searched,
  outOfReach,
  suppressed,
  backups,
}: Receipt): string[] {
  const inPart = kept.filter((one) => one.inPart).length;
  const whole = kept.length - inPart;
  const some = (n: number, words: string) => (n > 0 ? [words] : []);
  return [
    ...(searched === null ? [] : [searched]),
    ...some(
      blanked,
      `The words that named them are blanked in ${plural(blanked, "text", "texts")} about others.`,
    ),
    ...some(
      whole,
      `${why === "asked" ? "By decision, " : ""}${plural(whole, "text about others still names", "texts about others still name")} them.`,
    ),
    ...some(
      inPart,
      `${plural(inPart, "text about others stays as it is, in which", "texts about others stay as they are, in which")} only a part of their name stands, or where they worked.`,
    ),
    ...some(
      suppressed,
      `${plural(suppressed, "address is", "addresses are")} never written to again; only a keyed hash is kept.`,
    ),
    ...some(
      backups.length,
      `${plural(backups.length, "backup was", "backups were")} written anew without them.`,
    ),
    ...(outOfReach === null ? [] : [outOfReach]),
  ];
}

/** A text cut where it names somebody: the pieces in their order. */
export function pieces(
  text: string,
  spans: readonly (readonly [number, number])[],
): { text: string; named: boolean }[] {
  const out: { text: string; named: boolean }[] = [];
  let at = 0;
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (from < at) continue;
    if (from > at) out.push({ text: text.slice(at, from), named: false });
    out.push({ text: text.slice(from, to), named: true });
    at = to;
  }
  if (at < text.length) out.push({ text: text.slice(at), named: false });
  return out;
}

/** What becomes of a text about others: of the words that name them, or all of it as it is to read. */
export type Decision = TheirWords | { text: string };

/** Whether it is said what becomes of a text: to write it anew takes a text. */
export const isDecided = (decision: Decision | undefined): boolean =>
  typeof decision === "object" ? decision.text.trim() !== "" : decision !== undefined;

/** A decision as the core is told of it. */
export const asWord = (decision: Decision): { words: TheirWords } | { text: string } =>
  typeof decision === "object" ? { text: decision.text.trim() } : { words: decision };

/** What tells one text from another. */
export function keyOf(text: { table: string; row: string; column: string }): string {
  return `${text.table} ${text.row} ${text.column}`;
}
