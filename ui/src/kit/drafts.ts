// Words that were typed but not saved yet, kept while the window is open, whatever is looked at in between.
const drafts = new Map<string, string>();

export function draft(of: string): string | undefined {
  return drafts.get(of);
}

export function keepDraft(of: string, text: string): void {
  drafts.set(of, text);
}

export function dropDraft(of: string): void {
  drafts.delete(of);
}
