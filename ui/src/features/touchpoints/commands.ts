// What is said of an entry while it is written.
import type { CommandLine } from "../../kit/keyboard";

export const logging = [
  {
    id: "entry.waits",
    label: "They wait for an answer",
    keys: ["Alt+w"],
    context: "Logging",
    quiet: true,
  },
  {
    id: "entry.talked",
    label: "You talked, and this came up",
    keys: ["Alt+t"],
    context: "Logging",
    quiet: true,
  },
] as const satisfies readonly CommandLine[];
