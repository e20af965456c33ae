// What a file of everything holds, and what becomes of it, in words.
import type { EntityCount, JsonDone, JsonPreview } from "../../../ipc/gen";
import { plural } from "../../../kit/words";

export const entityWords: Record<string, string> = {
  settings: "Settings of the file",
  journeyConfigs: "Rules of the journey",
  organisations: "Organisations",
  people: "People",
  contactPoints: "Ways to reach them",
  postalAddresses: "Postal addresses",
  tags: "Tags",
  personTags: "Tags on people",
  fields: "Fields of your own",
  fieldValues: "What these fields say",
  touchpoints: "Entries",
  touchpointPeople: "Who was there",
  stageChanges: "Moves from stage to stage",
  stagePins: "Stages set by hand",
  imports: "Records of imports",
  toldApart: "People told apart",
  followups: "Follow-ups",
  cadences: "How often to be in touch",
  setAside: "What was set aside in Today",
  captures: "Captured lines",
  views: "Saved views",
  lists: "Lists",
  listPeople: "Who is on a list",
  exportsMade: "Files that were written",
  contactBases: "Why one may write to somebody",
  objections: "Who asked not to be written to",
  suppressionKeys: "Keys of the suppression list",
  suppressions: "Suppressed addresses, as keyed hashes",
};

/** `doNotContact` as one reads it: "do not contact". */
export function fieldWord(field: string): string {
  return field.replace(/Id$/, "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** "Ways to reach them"; an entity nobody put into words is called as it is in the file, with spaces. */
export function entityWord({ name }: Pick<EntityCount, "name">): string {
  const spaced = fieldWord(name);
  return entityWords[name] ?? spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

type ToDo = Pick<JsonPreview, "new" | "replaced" | "noesTaken" | "suppressed">;

/** How many rows would be written, and addresses put on the suppression list. */
export function toDo(preview: ToDo, theirs: boolean): number {
  return preview.new + (theirs ? preview.replaced : 0) + noesOf(preview, theirs);
}

/** The noes that are taken by themselves: in a row that is kept, and at an address that does not come in. */
function noesOf({ noesTaken = 0, suppressed = 0 }: ToDo, theirs: boolean): number {
  return (theirs ? 0 : noesTaken) + suppressed;
}

const noes = (count: number) => plural(count, "no", "noes");

/** What the button does: "Bring in 380 rows and replace 20". */
export function importWords(preview: ToDo, theirs: boolean): string {
  const replaced = theirs ? preview.replaced : 0;
  const taken = noesOf(preview, theirs);
  if (preview.new > 0 && replaced > 0)
    return `Bring in ${plural(preview.new, "row", "rows")} and replace ${replaced.toLocaleString("en")}`;
  if (preview.new > 0 && taken > 0)
    return `Bring in ${plural(preview.new, "row", "rows")} and take ${noes(taken)}`;
  if (preview.new > 0) return `Bring in ${plural(preview.new, "row", "rows")}`;
  if (replaced > 0) return `Replace ${plural(replaced, "row", "rows")}`;
  if (taken > 0) return `Take ${noes(taken)}`;
  return "Nothing to bring in";
}

export function doneWords(done: Pick<JsonDone, "new" | "changed" | "noesTaken" | "suppressed">): string {
  const [taken, replaced] = [(done.noesTaken ?? 0) + (done.suppressed ?? 0), replacedOf(done)];
  if (done.new > 0) return `Brought in ${plural(done.new, "row", "rows")}`;
  if (replaced > 0) return `Replaced ${plural(replaced, "row", "rows")}`;
  if (taken > 0) return `Took ${noes(taken)}`;
  return "Nothing was new";
}

/** Rows that say now what the file says, and not only a no of it. */
export function replacedOf({ changed, noesTaken }: Pick<JsonDone, "changed" | "noesTaken">): number {
  return changed - (noesTaken ?? 0);
}
