// The apostrophe that keeps a spreadsheet from running a copied cell as a formula: the rule of the core's `csv/guard.rs`,
// which says why each sign is in it.
const PASSED_OVER = /^[ \u{A0}\u{3000}"'\u{AD}\u{200B}-\u{200F}\u{2060}\u{FEFF}]*/u;

/** A cell as a spreadsheet may safely take it. */
export function guarded(cell: string): string {
  const formula = startsLikeFormula(cell) && !isNumberOrPhone(cell);
  return formula || looksGuarded(cell) ? `'${cell}` : cell;
}

/** Reading would take its first sign for a guard, so it needs one of its own. */
function looksGuarded(cell: string): boolean {
  return /^(?:'|\u{200D})/u.test(cell) && startsLikeFormula(cell.slice(1));
}

function startsLikeFormula(cell: string): boolean {
  return /^[=+\-@\t\r\n\0＝＋－＠]/u.test(cell.replace(PASSED_OVER, ""));
}

/** `-12.5`, `+3 %`, `-1e-5`; `+44 20 7946 0958`, `+1-202-555-0100 ext. 12`. Nothing in these calls, refers or runs. */
function isNumberOrPhone(cell: string): boolean {
  if (!/^[+-]/.test(cell)) return false;
  const rest = cell.slice(1);
  return isNumber(rest) || (cell.startsWith("+") && isPhone(rest));
}

function isNumber(text: string): boolean {
  return /^\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?(?:\s*%)?$/.test(text);
}

function isPhone(text: string): boolean {
  const [, number = "", extension = ""] = /^([^A-Za-z]*)(.*)$/s.exec(text) ?? [];
  const digits = number.replace(/\D/g, "").length;
  return (
    digits >= 5 &&
    digits <= 20 &&
    /^[\d ()\-./]*$/.test(number) &&
    /^\d{0,6}$/.test(extension.replace(/^(?:ext)*x*[. ]*/, ""))
  );
}
