// Words that were typed but not saved yet, kept until the window is closed: whatever is looked at in between, and although
// the page starts anew. They are named after the id of a record; what has no id of its own is named after its file too.
const PREFIX = "draft ";

export function draft(of: string): string | undefined {
  return sessionStorage.getItem(PREFIX + of) ?? undefined;
}

export function keepDraft(of: string, text: string): void {
  sessionStorage.setItem(PREFIX + of, text);
}

export function dropDrafts(are: (of: string) => boolean): void {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(PREFIX) && are(key.slice(PREFIX.length))) sessionStorage.removeItem(key);
}

export function dropDraft(of: string): void {
  sessionStorage.removeItem(PREFIX + of);
}
