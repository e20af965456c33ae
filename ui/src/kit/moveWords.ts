// What is said of a move from one stage to another.
import type { MoveCause } from "../ipc/gen";

/** What brought it about. */
export const moveCauseWords: Record<MoveCause, string> = {
  proof: "one thing shows it by itself",
  signs: "several signs together",
  reset: "they stopped, chose something else, or the project ended",
  pin: "you set it",
  pin_ended: "what you set came to its end",
  rules: "the rules were changed",
  recalculated: "worked out again after an older entry changed",
};
