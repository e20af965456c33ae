// The import that is being looked at, so that going away and coming back finds it again.
import type { ImportPreview, ImportRequest, PreviewRow } from "../../ipc/gen";

let request = $state.raw<ImportRequest | null>(null);

export function current(): ImportRequest | null {
  return request;
}

export function remember(next: ImportRequest | null): void {
  request = next;
}

let asked: { hash: string; rows: Map<number, PreviewRow> } = { hash: "", rows: new Map() };

/**
 * The rows of this file as they were when they waited for a decision, or were left out for whom they would bring back. Once decided, a row no longer says why it waited
 * and whom it might be; on the screen it goes on saying so, or the rows below would move under the pointer.
 */
export function askedAbout({ hash, examples }: ImportPreview): ReadonlyMap<number, PreviewRow> {
  if (asked.hash !== hash) asked = { hash, rows: new Map() };
  for (const row of examples)
    if (row.outcome === "look" || (row.outcome === "skipped" && row.reason !== null))
      asked.rows.set(row.row, row);
  return asked.rows;
}
