// The places of the window and their paths.
import { isDay } from "../kit/dates";

export type Place =
  /** `row`: the one of them that one was led to. */
  | { name: "today"; row: string | null }
  | { name: "moved" }
  | { name: "followups"; part: "open" | "settled" | "touch" }
  | { name: "people" }
  | { name: "lists"; list: string | null }
  | { name: "person"; id: string; entry: string | null; on: string | null }
  | { name: "search"; text: string }
  | { name: "review" }
  | { name: "help" }
  | { name: "doubles"; chosen: string[] | null }
  | { name: "import" }
  | { name: "import_json" }
  | { name: "history"; person: string | null; part: "done" | "trash" | "erased" }
  /** Everything that is held about somebody. */
  | { name: "held"; id: string }
  | { name: "health" }
  /** Who goes into a file; `made` is what went out before. */
  | { name: "export"; list: string | null; made: boolean }
  | { name: "settings"; part: "journey" | null };

/** The window begins on Today, and so does an unknown path: there is always somewhere to be. */
export function placeOf(path: string): Place {
  const [first, second, third, fourth] = path.split("/").filter(Boolean);
  if (first === "moved") return { name: "moved" };
  if (first === "followups")
    return { name: "followups", part: second === "settled" || second === "touch" ? second : "open" };
  if (first === "people" && second && third === "held") return { name: "held", id: second };
  if (first === "people" && second) {
    const on = third === "on" && fourth && isDay(fourth) ? fourth : null;
    return { name: "person", id: second, entry: third === "on" ? null : (third ?? null), on };
  }
  if (first === "people") return { name: "people" };
  if (first === "lists" && second !== "health") return { name: "lists", list: second ?? null };
  if (first === "search") return { name: "search", text: decoded(second ?? "") };
  if (first === "review" || first === "help") return { name: first };
  if (first === "doubles") {
    const chosen = second === "of" && third ? third.split(",").filter(Boolean) : [];
    return { name: "doubles", chosen: chosen.length > 1 ? chosen : null };
  }
  if (first === "import") return { name: second === "json" ? "import_json" : "import" };
  if (first === "lists") return { name: "health" };
  if (first === "export")
    return { name: "export", list: second === "list" ? (third ?? null) : null, made: second === "made" };
  if (first === "history") {
    const part = second === "trash" || second === "erased" ? second : "done";
    return { name: "history", person: second === "of" ? (third ?? null) : null, part };
  }
  if (first === "settings") return { name: "settings", part: second === "journey" ? "journey" : null };
  return { name: "today", row: first === "today" ? (second ?? null) : null };
}

/** The path of someone's page, as of a day. */
export function personPath(id: string, on: string | null = null): string {
  return on ? `/people/${id}/on/${on}` : `/people/${id}`;
}

/** The path of everything that is held about somebody. */
export function heldPath(id: string): string {
  return `/people/${id}/held`;
}

/** The path of a search for these words. */
export function searchPath(text: string): string {
  return text === "" ? "/search" : `/search/${encodeURIComponent(text)}`;
}

/** A path that somebody typed may hold what no text is written as. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
