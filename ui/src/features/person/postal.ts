// What is typed into the form of a postal address, and what is asked of the core with it.
import type {
  ContactSource,
  EditPostalAddress,
  NewPostalAddress,
  Person,
  PostalAddress,
} from "../../ipc/gen";
import { draft, dropDraft, keepDraft } from "../../kit/drafts";
import { addDays, isDay, parseWhen, shortDay } from "../../kit/dates";
import { contactSourceWords, countryName } from "../../kit/words";

export type PostalText = {
  lines: string;
  /** A code, or nothing chosen yet. */
  country: string;
  recipientName: string;
  phone: string;
  purpose: string;
  source: ContactSource;
  sourceNote: string;
  /** Days as typed; empty is today, and ninety days after it was given. */
  given: string;
  until: string;
};

export type Problem = { field: string | null; message: string };

/** How long the core keeps an address when nobody says until when. */
export const KEPT_DAYS = 90;

export function blank(person: Pick<Person, "displayName" | "country">): PostalText {
  return {
    lines: "",
    country: /^[A-Z]{2}$/.test(person.country ?? "") ? person.country! : "",
    recipientName: person.displayName,
    phone: "",
    purpose: "",
    source: "they_gave_it",
    sourceNote: "",
    given: "",
    until: "",
  };
}

export function textOf(address: PostalAddress): PostalText {
  const { lines, country, recipientName, purpose, source, givenOn, expiresOn } = address;
  return {
    ...{ lines, country, recipientName, purpose, source },
    phone: address.phone ?? "",
    sourceNote: address.sourceNote ?? "",
    given: givenOn,
    until: expiresOn,
  };
}

/** The day on which it was given; null when no day is meant. */
export function givenDay(typed: PostalText, today: string): string | null {
  if (typed.given.trim() === "") return today;
  const parsed = parseWhen(typed.given, today);
  return "on" in parsed && parsed.on && isDay(parsed.on) ? parsed.on : null;
}

/** When it goes if nothing is said. */
export function usualEnd(typed: PostalText, today: string): string {
  return addDays(givenDay(typed, today) ?? today, KEPT_DAYS);
}

/** What can be said before it is sent. `until` is null when the day typed is none. */
export function problemOf(
  typed: PostalText,
  until: string | null | undefined,
  today: string,
): Problem | null {
  const given = givenDay(typed, today);
  if (typed.lines.trim() === "")
    return { field: "lines", message: "Write the address, as it stands on a parcel." };
  if (typed.country === "") return { field: "country", message: "Choose the country the address is in." };
  if (typed.purpose.trim() === "")
    return {
      field: "purpose",
      message: "Say what it was given for, such as “stickers” or “the speaker gift”.",
    };
  if (given === null)
    return { field: "givenOn", message: "Write a day like 2026-03-04, 12 mar, yesterday or 3d ago." };
  if (until === null) return { field: "expiresOn", message: "Write a day like mon, 3d, 2w, 12 jun or eom." };
  return null;
}

export function added(
  person: string,
  typed: PostalText,
  until: string | undefined,
  today: string,
): NewPostalAddress {
  const some = <Key extends string>(key: Key, text: string) =>
    (text.trim() === "" ? {} : { [key]: text.trim() }) as { [key in Key]?: string };
  return {
    person,
    lines: typed.lines,
    country: typed.country,
    purpose: typed.purpose.trim(),
    source: typed.source,
    givenOn: givenDay(typed, today) ?? today,
    ...some("recipientName", typed.recipientName),
    ...some("phone", typed.phone),
    ...some("sourceNote", typed.sourceNote),
    ...(until === undefined ? {} : { expiresOn: until }),
  };
}

/** Only what was changed: the rest may have been changed elsewhere meanwhile. */
export function edited(
  address: PostalAddress,
  typed: PostalText,
  until: string | undefined,
  today: string,
): EditPostalAddress {
  const wanted: Omit<EditPostalAddress, "id"> = {
    lines: typed.lines,
    country: typed.country,
    recipientName: typed.recipientName.trim(),
    phone: typed.phone.trim(),
    purpose: typed.purpose.trim(),
    source: typed.source,
    sourceNote: typed.sourceNote.trim(),
    givenOn: givenDay(typed, today) ?? address.givenOn,
    expiresOn: until ?? usualEnd(typed, today),
  };
  const was: Record<string, unknown> = {
    ...address,
    phone: address.phone ?? "",
    sourceNote: address.sourceNote ?? "",
  };
  const changed = Object.entries(wanted).filter(([key, value]) => was[key] !== value);
  return { id: address.id, ...Object.fromEntries(changed) };
}

/** As it stands on a parcel: the country in a line of its own, last. */
export function onAParcel({ recipientName, lines, country }: PostalAddress): string {
  return [recipientName, lines, countryName(country)].join("\n");
}

/** Where it came from, since when it is kept, and the day on which it goes. */
export function keptWords(address: PostalAddress, today: string): string {
  const { source, sourceNote, givenOn, expiresOn } = address;
  const from = [contactSourceWords[source], ...(sourceNote ? [sourceNote] : [])].join(": ");
  return `${from}, ${shortDay(givenOn, today)} · deleted on ${shortDay(expiresOn, today)}`;
}

const draftKey = (of: string) => `${of}.postalAddress`;

/** What was typed and not saved: of a person, a new one; of an address, its change. */
export function postalDraft(of: string): PostalText | undefined {
  const kept = draft(draftKey(of));
  return kept === undefined ? undefined : (JSON.parse(kept) as PostalText);
}

export function keepPostalDraft(of: string, typed: PostalText, saved: PostalText): void {
  const text = JSON.stringify(typed);
  if (text === JSON.stringify(saved)) dropPostalDraft(of);
  else keepDraft(draftKey(of), text);
}

export function dropPostalDraft(of: string): void {
  dropDraft(draftKey(of));
}
