// Languages as people write them, and as codes.

let codes: Map<string, string> | null = null;

/** English names and own names of all two-letter languages. Made once, when first needed. */
function known(): Map<string, string> {
  if (codes) return codes;
  codes = new Map();
  const english = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });
  for (let i = 0; i < 26 * 26; i++) {
    const code = String.fromCharCode(97 + Math.floor(i / 26), 97 + (i % 26));
    const name = english.of(code);
    if (!name) continue;
    const own = new Intl.DisplayNames([code], { type: "language", fallback: "none" }).of(code);
    codes.set(name.toLowerCase(), code);
    if (own) codes.set(own.toLowerCase(), code);
  }
  return codes;
}

/** "English, മലയാളം, pt-BR" as "en,ml,pt-BR"; the first part that is no language is named. */
export function languageCodes(typed: string): { codes: string } | { unknown: string } {
  const found: string[] = [];
  for (const part of typed.split(/[,;、]/).map((text) => text.trim())) {
    if (part === "") continue;
    const code = known().get(part.toLowerCase()) ?? canonical(part);
    if (!code) return { unknown: part };
    if (!found.includes(code)) found.push(code);
  }
  return { codes: found.join(",") };
}

function canonical(text: string): string | null {
  if (!/^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(text)) return null;
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
}
