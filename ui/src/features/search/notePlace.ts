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
