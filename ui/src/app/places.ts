// The places of the window and their paths.
export type Place =
  | { name: "people" }
  | { name: "person"; id: string; entry: string | null }
  | { name: "import" }
  | { name: "history"; person: string | null; trash: boolean }
  | { name: "settings" };

/** An unknown path is People: there is always somewhere to be. */
export function placeOf(path: string): Place {
  const [first, second, third] = path.split("/").filter(Boolean);
  if (first === "people" && second) return { name: "person", id: second, entry: third ?? null };
  if (first === "import") return { name: "import" };
  if (first === "history") return { name: "history", person: second === "of" ? (third ?? null) : null, trash: second === "trash" };
  if (first === "settings") return { name: "settings" };
  return { name: "people" };
}
