// What can be done with the line that is captured, and with the lines of the evening.
import type { CommandLine } from "../../kit/keyboard";

export const capturing = [
  { id: "capture.save", label: "Save the line", keys: ["Enter"], context: "Capturing", quiet: true },
  {
    id: "capture.new",
    label: "Save it as someone new",
    keys: ["Ctrl+Enter"],
    context: "Capturing",
    quiet: true,
  },
  {
    id: "capture.pick",
    label: "Pick the person, then walk the chips",
    keys: ["Tab"],
    context: "Capturing",
    quiet: true,
  },
  { id: "capture.match_next", label: "Next match", keys: ["ArrowDown"], context: "Capturing", quiet: true },
  {
    id: "capture.match_previous",
    label: "Match before",
    keys: ["ArrowUp"],
    context: "Capturing",
    quiet: true,
  },
  { id: "capture.chip_off", label: "Take the chip off", keys: ["Delete"], context: "Capturing", quiet: true },
  { id: "capture.chip_note", label: "Make the chip note", keys: ["\\"], context: "Capturing", quiet: true },
] as const satisfies readonly CommandLine[];

export const eveningLines = [
  { id: "review.next", label: "Next line", keys: ["j", "ArrowDown"], context: "Evening lines", quiet: true },
  {
    id: "review.previous",
    label: "Line before",
    keys: ["k", "ArrowUp"],
    context: "Evening lines",
    quiet: true,
  },
  { id: "review.done", label: "Done: save it as it reads", keys: ["d"], context: "Evening lines" },
  { id: "review.email", label: "Their e-mail", keys: ["e"], context: "Evening lines" },
  { id: "review.organisation", label: "Where they work", keys: ["o"], context: "Evening lines" },
  { id: "review.stage", label: "The stage you saw", keys: ["s"], context: "Evening lines" },
  { id: "review.same", label: "It is the same person", keys: ["m"], context: "Evening lines" },
  {
    id: "review.correct",
    label: "Correct the line, or open the person",
    keys: ["Enter"],
    context: "Evening lines",
  },
  { id: "review.drop", label: "Drop the line", keys: ["Delete"], context: "Evening lines" },
] as const satisfies readonly CommandLine[];
