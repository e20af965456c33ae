// What can be done with the rules of the journey.
import type { CommandLine } from "../../kit/keyboard";

export const rulesOfTheJourney = [
  {
    id: "rules.look",
    label: "See whom it would move, then save",
    keys: ["Ctrl+Enter"],
    context: "Rules of the journey",
  },
] as const satisfies readonly CommandLine[];
