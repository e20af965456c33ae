// What can be done with a file that is brought in.
import type { CommandLine } from "../../kit/keyboard";

export const importing = [
  {
    id: "import.run",
    label: "Take in the file you look at",
    also: "import these people",
    keys: ["Ctrl+Enter"],
    context: "Importing",
  },
  { id: "import.cancel", label: "Cancel the import and take it back", keys: [], context: "Importing" },
] as const satisfies readonly CommandLine[];
