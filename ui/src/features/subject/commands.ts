// What can be done with everything that is held about a person.
import type { CommandLine } from "../../kit/keyboard";

export const everythingHeld = [
  { id: "held.print", label: "Print what is held", keys: [], context: "Everything held" },
  { id: "held.save", label: "Save what is held as JSON", keys: [], context: "Everything held" },
] as const satisfies readonly CommandLine[];
