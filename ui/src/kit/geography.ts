// Countries and time zones, found by what people type.

export type Country = { code: string; name: string };

/** Names that begin with what was typed come first. */
export function namesLike(names: readonly string[], typed: string, most = 8): string[] {
  const wanted = fold(typed);
  if (wanted === "") return [];
  const begins = names.filter((name) => fold(name).startsWith(wanted));
  const holds = names.filter((name) => !begins.includes(name) && fold(name).includes(wanted));
  return [...begins, ...holds].slice(0, most);
}

/** The code of what was typed: a code, or a whole name in any spelling of its accents. Null: no country. */
export function countryCode(countries: readonly Country[], typed: string): string | null {
  const wanted = fold(typed);
  const found = countries.find(({ code, name }) => fold(code) === wanted || fold(name) === wanted);
  return found?.code ?? null;
}

export function zonesLike(typed: string): string[] {
  const zones = Intl.supportedValuesOf("timeZone");
  return namesLike(zones, typed.replace(/\s+/g, "_"));
}

function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").trim().toLowerCase();
}
