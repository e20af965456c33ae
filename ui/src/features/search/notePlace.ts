// Where what was found stands, and how it is named.
import type { Note } from "../../ipc/gen";
import { count, plural } from "../../kit/words";

/** The person's page, at the entry or the field in which the words stand. */
export function placeOfNote({ person, touchpoint, prose }: Note): string {
  return `/people/${person}/${touchpoint ?? prose ?? ""}`;
}

/** "Ada", "Ada and 2 others". */
export function whoseNote({ name, others }: Note): string {
  return others > 0 ? `${name} and ${plural(others, "other", "others")}` : name;
}

/** "12", "50+": more than so many are not counted. */
export function howMany(found: { notes: readonly Note[]; more: boolean }): string {
  return `${count(found.notes.length)}${found.more ? "+" : ""}`;
}

/** Over people who only come close: nobody is spelled so, which is not said of notes that do say it. */
export function closeWords({ notes, instead }: { notes: number; instead: readonly unknown[] }): string {
  if (notes === 0) return "Nobody is spelled so. These come close";
  const but = instead.length > 0 ? "" : `, but ${notes === 1 ? "a note says" : "notes say"} it`;
  return `No person is spelled so${but}. These people come close`;
}
