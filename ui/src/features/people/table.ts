// Rows of people as text that pastes into a spreadsheet.
import type { PersonRow } from "../../ipc/gen";
import { countryName, stageName } from "../../kit/words";
import { guarded } from "./guard";

const HEADINGS = ["Name", "Organisation", "Stage", "Country", "City", "Last touch", "Tags"];

export function asTable(rows: readonly PersonRow[]): string {
  const lines = rows.map((row) => [
    row.name,
    row.organisation ?? "",
    stageName(row.stage),
    countryName(row.country),
    row.city ?? "",
    row.lastTouchOn ?? "",
    row.tags.join(", "),
  ]);
  return [HEADINGS, ...lines].map((cells) => cells.map(plain).join("\t")).join("\n");
}

/** A cell holds no tab or line break, and never starts a formula in the spreadsheet it is pasted into. */
function plain(cell: string): string {
  return guarded(cell.replace(/[\t\r\n]+/g, " "));
}
