// Why people may be one, in words.
import type { Hint, Reason, Suggestion } from "../../ipc/gen";

const WORDS: Record<Hint, string> = {
  address: "Same e-mail address",
  handle: "Same handle",
  phone: "Same phone number",
  same_name: "Same name",
  name_within: "One name is part of the other",
  alike_name: "Names spelled alike",
  organisation: "Same organisation",
  city: "Same city",
};

/** "Same e-mail address". */
export function reasonWords({ why }: Reason): string {
  return WORDS[why];
}

/** The strongest reason, for one line of a list. */
export function mainReason({ why }: Suggestion): string {
  return why[0] ? WORDS[why[0].why] : "";
}

/** How sure it is, as a word: a number would only look exact. */
export function sureness(score: number): "Very likely" | "Likely" | "Perhaps" {
  return score >= 85 ? "Very likely" : score >= 60 ? "Likely" : "Perhaps";
}

/** "Tom K. and Tom Kowalski", as one key that stays the same while the list around it changes. */
export function keyOf(people: readonly { id: string }[]): string {
  return people
    .map(({ id }) => id)
    .sort()
    .join(",");
}
