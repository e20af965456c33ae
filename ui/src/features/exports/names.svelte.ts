// How templates and columns are called, wherever they stand: where one chooses them, and in the line of what left.
import type { ExportColumn } from "../../ipc/gen";
import { query } from "../../ipc/query.svelte";
import { tagKindWords } from "../../kit/words";

export type ExportNames = {
  template: (key: string) => string;
  /** A column of a file of this template. */
  column: (template: string, key: string) => string;
};

/** Both hold tags; the list shows them in one column of that name. */
const tagColumns: Record<string, string> = {
  stack: `${tagKindWords.stack} (tags)`,
  tags: `${tagKindWords.topic} (tags)`,
};

export function columnWords({ key, label }: Pick<ExportColumn, "key" | "label">): string {
  return tagColumns[key] ?? label;
}

/** Call it while a component is being set up. */
export function exportNames(): ExportNames {
  const templates = query("exports.templates", () => ({}));
  const columns = query("exports.columns", () => ({}));
  const template = (key: string) => templates.value?.find((one) => one.key === key);
  // What is no longer offered is called by its key.
  const spaced = (key: string) => key.replaceAll("_", " ");
  return {
    template: (key) => template(key)?.label ?? spaced(key),
    column(of, key) {
      const known = [...(template(of)?.columns ?? []), ...(columns.value ?? [])].find(
        (column) => column.key === key,
      );
      return known ? columnWords(known) : spaced(key);
    },
  };
}
