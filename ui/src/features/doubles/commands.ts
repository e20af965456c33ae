// What can be done with people who may be one.
import type { CommandLine } from "../../kit/keyboard";

export const onDoubles = [
  { id: "doubles.same", label: "Same person", keys: ["m"], context: "Doubles" },
  { id: "doubles.different", label: "Not the same", keys: ["n"], context: "Doubles" },
  { id: "doubles.leave_out", label: "Leave the last of several out", keys: ["x"], context: "Doubles" },
  { id: "doubles.next", label: "Skip to the next", keys: ["j", "ArrowDown"], context: "Doubles" },
  { id: "doubles.previous", label: "Back to the one before", keys: ["k", "ArrowUp"], context: "Doubles" },
  { id: "doubles.take_back", label: "Take back the last decision", keys: ["u"], context: "Doubles" },
] as const satisfies readonly CommandLine[];
