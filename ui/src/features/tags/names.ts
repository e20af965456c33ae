// The names of tags in what someone typed.

/** "vip, rust" are two: what stands between commas, without blanks around it, each once whatever its capitals. */
export function namesIn(typed: string): string[] {
  const found = new Map<string, string>();
  for (const part of typed.split(/[,،、，]/)) {
    const name = part.trim();
    if (name !== "" && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), name);
  }
  return [...found.values()];
}
