// Of whom a file was that left, as its line says it.
import type { MadeExport } from "../../ipc/gen";

/** A filter that asks for one list and for nothing else. */
const OF_A_LIST = /^list:("(?:[^"\\]|\\.)*"|[^\s",]+)$/;

function onlyList(filter: string): string | null {
  const name = OF_A_LIST.exec(filter)?.[1];
  return name ? name.replace(/^"(.*)"$/, "$1").replace(/\\(.)/g, "$1") : null;
}

/**
 * Whom it was of, and the filter of their list then, where that says more than the name of the list does. A list that is
 * gone for good leaves what was asked for alone, and nobody can tell any more whether that was its name or its filter: it is
 * said as what it found either way.
 */
export function ofWhom({ list, filter }: Pick<MadeExport, "list" | "filter">): {
  whom: string;
  filter: string | null;
} {
  const asked = filter === null ? null : onlyList(filter);
  if (list !== null) return { whom: `the list “${list}”`, filter: asked === list ? null : filter };
  if (asked !== null) return { whom: `those on the list “${asked}”`, filter: null };
  return { whom: filter ?? "whoever was chosen by hand", filter: null };
}
