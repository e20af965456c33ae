// What is said beside an address: whether one may write to it, for what, and since when.
import type {
  Basis,
  ContactKind,
  EnoughFor,
  LeftOut,
  PointTrust,
  Purpose,
  PurposeTrust,
} from "../../ipc/gen";
import { dayTyped, shortDay } from "../../kit/dates";
import { basisWords, inSentence, listed, NO_DAY, purposeWords, suppressedWords } from "../../kit/words";

export type Said = {
  text: string;
  /** Whether a message of their own may go there. */
  may: boolean;
  /** Nothing is known: a question, not an answer. */
  open: boolean;
};

const forPurpose = (trust: PointTrust, purpose: Purpose): PurposeTrust | undefined =>
  trust.purposes.find((line) => line.purpose === purpose);

/** "said yes in person, 21 May" */
function why(line: PurposeTrust, today: string): string {
  const since = line.recordedOn ? `, ${shortDay(line.recordedOn, today)}` : "";
  return `${inSentence(basisWords[line.basis])}${since}`;
}

/** One line for an address: what counts most stands in it, everything else behind it. */
export function basisLine(trust: PointTrust, today: string): Said {
  if (trust.suppressed)
    return {
      text: `May not write: on the suppression list (${suppressedWords[trust.suppressed]})`,
      may: false,
      open: false,
    };
  const [one, list] = [forPurpose(trust, "one_to_one"), forPurpose(trust, "list_mail")];
  const others = trust.purposes.filter((line) => line !== one && line !== list && line.leftOut === null);
  if (one && one.leftOut === null) {
    if (list?.leftOut !== null || !list)
      return { text: `May write: ${why(one, today)}`, may: true, open: false };
    if (why(one, today) === why(list, today))
      return { text: `May write, also to a list: ${why(one, today)}`, may: true, open: false };
    return {
      text: `May write: ${why(one, today)}; to a list: ${why(list, today)}`,
      may: true,
      open: false,
    };
  }
  if (list && list.leftOut === null)
    return { text: `May write to a list: ${why(list, today)}`, may: true, open: false };
  if (others[0])
    return {
      text: `Only for ${inSentence(purposeWords[others[0].purpose])}: ${why(others[0], today)}`,
      may: false,
      open: false,
    };
  if (!one || one.leftOut === "unknown_basis" || one.leftOut === null)
    return { text: "Not known why one may write", may: false, open: true };
  const day = one.leftOut === "objected" && one.recordedOn ? `, ${shortDay(one.recordedOn, today)}` : "";
  return { text: `May not write: ${one.words ?? "not now"}${day}`, may: false, open: false };
}

/** They do not want it there, and only a new opt-in at that very address ends it. */
const THEIR_NO: readonly (LeftOut | null)[] = ["objected", "opted_out", "suppressed"];
const refusedFor = (trust: PointTrust, purpose: Purpose): PurposeTrust | undefined => {
  const line = forPurpose(trust, purpose);
  return line && THEIR_NO.includes(line.leftOut) ? line : undefined;
};

/** For which of these a no of theirs held at an address before, and does no more. */
export function endedNoes(before: PointTrust, now: PointTrust, purposes: readonly Purpose[]): Purpose[] {
  return purposes.filter((purpose) => refusedFor(before, purpose) && !refusedFor(now, purpose));
}

/** Where a no was ended, and stays so: which other addresses of theirs of that kind it still holds at. */
export function stillRefused(
  trust: PointTrust,
  all: readonly PointTrust[],
  ended: readonly Purpose[],
): string | null {
  const here = ended.filter((purpose) => !refusedFor(trust, purpose));
  const others = all.flatMap((other) => {
    const no = here.map((purpose) => refusedFor(other, purpose)).find(Boolean);
    return other.kind === trust.kind && other.point !== trust.point && no
      ? [{ value: other.value, why: no.words ?? "asked not to" }]
      : [];
  });
  if (others.length === 0) return null;
  const why = new Set(others.map(({ why }) => why));
  return `That is so of this address only. One still may not write to ${listed(
    others.map(({ value }) => value),
    "or",
  )}${why.size === 1 ? `: ${others[0]!.why}` : ""}.`;
}

/** What is used to write to people says it always; a profile only once something is known of it. */
export function isShown(trust: PointTrust): boolean {
  return (
    WRITTEN_TO.includes(trust.kind) ||
    trust.said.length > 0 ||
    trust.suppressed !== null ||
    trust.purposes.some(({ basis, leftOut }) => basis === "objected" || leftOut === "objected")
  );
}

const WRITTEN_TO: readonly ContactKind[] = ["email", "phone"];

/** What one usually means by a word, until it is ticked otherwise. */
export function usualPurposes(basis: Basis): Purpose[] {
  if (basis === "opted_in" || basis === "existing_user") return ["list_mail", "one_to_one"];
  return ["one_to_one"];
}

/** A refusal of what was said: of an opt-in it is about its day, and a day in it is written as it is everywhere here. */
export function refusedWords({ field, message }: Refused, basis: Basis | "", today: string): Refused {
  return {
    field: field === "basis" && basis === "opted_in" ? "on" : field,
    message: message.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => shortDay(day, today)),
  };
}
type Refused = { field: string | null; message: string };

/**
 * The day of what is said. An opt-in outweighs every no that came before it, so its day is never taken to be today by
 * itself.
 */
export function sinceWhen(
  { basis, on }: { basis: Basis | ""; on: string },
  today: string,
): { on: string } | { problem: string } {
  if (basis === "opted_in" && on.trim() === "") return { problem: NO_DAY };
  return dayTyped(on, today);
}

/** The reasons one can choose from. What it is for is settled already where `fixed` says so: then only what is enough for it. */
export function reasonsFor(fixed: readonly Purpose[] | null, enough: readonly EnoughFor[]): readonly Basis[] {
  if (!fixed) return REASONS;
  const helps = enough.filter(({ purpose }) => fixed.includes(purpose)).flatMap(({ bases }) => bases);
  // Until it is known what helps, nothing is kept from whoever chooses.
  return helps.length === 0 ? REASONS : REASONS.filter((basis) => helps.includes(basis));
}

/** Why a reason does not let one write for a purpose, and what would: said beside it. */
export function notEnough(basis: Basis | "", purpose: Purpose, enough: readonly EnoughFor[]): string | null {
  const bases = enough.find((one) => one.purpose === purpose)?.bases;
  if (!bases || basis === "" || basis === "unknown" || bases.includes(basis)) return null;
  const words = bases.map((one) => `“${inSentence(basisWords[one])}”`);
  return `not enough for this: it takes ${listed(words, "or")}`;
}

const REASONS: readonly Basis[] = [
  "opted_in",
  "said_yes_in_person",
  "they_wrote_first",
  "existing_user",
  "public_work_one_to_one",
  "unknown",
];
