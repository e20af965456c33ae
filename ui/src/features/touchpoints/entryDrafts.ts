// What someone began to write into an entry and did not save: by entry, or by person for a new one.
import { draft, dropDraft, keepDraft } from "../../kit/drafts";
import type { EntryText } from "./entryText";

export function entryDraft(of: string): EntryText | undefined {
  const kept = draft(`${of}.entry`);
  return kept === undefined ? undefined : (JSON.parse(kept) as EntryText);
}

/** Nothing takes the draft away. */
export function keepEntryDraft(of: string, text: EntryText | undefined): void {
  if (text) keepDraft(`${of}.entry`, JSON.stringify(text));
  else dropDraft(`${of}.entry`);
}
