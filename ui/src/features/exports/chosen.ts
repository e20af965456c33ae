// Which columns go into a file.
import type { ExportColumn } from "../../ipc/gen";

/** What the window remembers was chosen on whatever file was open then: a field of another file is not asked for. */
export function chosenOf(
  columns: readonly ExportColumn[],
  remembered: readonly string[] | undefined,
): string[] {
  const here = columns.filter(({ key }) => remembered?.includes(key));
  const nothingLeft = here.length === 0 && remembered?.length !== 0;
  return (nothingLeft ? columns.filter(({ chosen }) => chosen) : here).map(({ key }) => key);
}
