// What a file of addresses says of itself, before anything is done with it.
import type { ImportColumn, ImportPreview } from "../ipc/gen";
import { listed } from "./words";

const ADDRESS = /^\S+@\S+\.\S+$/;
/** Headings under which programs write who still wants mail. */
const WANTS = /status|state|subscri|active|opt|consent|permission|bounce/i;

export type AddressFile = {
  /** Rows with an address. */
  rows: number;
  /** The first of them, as they stand there. */
  first: readonly string[];
  /** Columns that may say who still wants mail. */
  wants: readonly ImportColumn[];
  /** The headings of all other columns with something in them. */
  others: readonly string[];
};

export function addressFile({ columns }: Pick<ImportPreview, "columns">): AddressFile {
  const holds = (column: ImportColumn) => column.samples.some((sample) => ADDRESS.test(sample.trim()));
  const addresses = columns.filter(holds);
  const more = columns.filter((column) => column.filled > 0 && !holds(column));
  const wants = more.filter(({ header }) => WANTS.test(header));
  return {
    rows: Math.max(0, ...addresses.map(({ filled }) => filled)),
    first: addresses
      .flatMap(({ samples }) => samples.filter((sample) => ADDRESS.test(sample.trim())))
      .slice(0, 3),
    wants,
    others: more.filter((column) => !wants.includes(column)).map(({ header }) => header),
  };
}

/** "“Status” (active, left)": a column with the first of what stands in it. */
export function columnWords({ header, samples }: Pick<ImportColumn, "header" | "samples">): string {
  return samples.length === 0 ? `“${header}”` : `“${header}” (${samples.join(", ")})`;
}

/** All of them behind one another. */
export function columnsWords(columns: readonly Pick<ImportColumn, "header" | "samples">[]): string {
  return listed(columns.map(columnWords));
}
