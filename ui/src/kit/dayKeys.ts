// The days, by key, where one is chosen.
import type { CommandLine } from "./keyboard";

export const choosingADay = [
  {
    id: "day.tomorrow",
    label: "Tomorrow",
    keys: ["z"],
    context: "Choosing a day",
    focusOnly: true,
    quiet: true,
  },
  { id: "day.monday", label: "Monday", keys: ["x"], context: "Choosing a day", focusOnly: true, quiet: true },
  {
    id: "day.fortnight",
    label: "In two weeks",
    keys: ["v"],
    context: "Choosing a day",
    focusOnly: true,
    quiet: true,
  },
  {
    id: "day.week",
    label: "In a week",
    keys: ["c"],
    context: "Choosing a day",
    focusOnly: true,
    quiet: true,
  },
] as const satisfies readonly CommandLine[];
