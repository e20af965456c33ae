// What is pasted anywhere but into a field: a table from a spreadsheet, or nothing for us.
import { isTextField } from "../../kit/keyboard";

/**
 * The text of rows that were pasted outside of a field, wherever somebody is; null for anything else. Spreadsheets put tabs
 * between cells; a list of one column is rows too, where files are brought in.
 */
export function pastedTable(
  { target, clipboardData }: Pick<ClipboardEvent, "target" | "clipboardData">,
  place: string,
): string | null {
  // What a dialog asks comes first.
  if (isTextField(target) || document.querySelector("dialog[open]")) return null;
  const text = clipboardData?.getData("text/plain") ?? "";
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  const cells = lines.some((line) => line.includes("\t"));
  return lines.length > 1 && (cells || place === "import") ? text : null;
}
