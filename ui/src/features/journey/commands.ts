// The stages, by key, where one is chosen.
import type { CommandLine } from "../../kit/keyboard";

export const changingAStage = [
  {
    id: "stage.discover",
    label: "Discovery",
    keys: ["1"],
    context: "Changing a stage",
    focusOnly: true,
    quiet: true,
  },
  {
    id: "stage.evaluate",
    label: "Evaluation",
    keys: ["2"],
    context: "Changing a stage",
    focusOnly: true,
    quiet: true,
  },
  {
    id: "stage.learn",
    label: "Learning",
    keys: ["3"],
    context: "Changing a stage",
    focusOnly: true,
    quiet: true,
  },
  {
    id: "stage.build",
    label: "Building",
    keys: ["4"],
    context: "Changing a stage",
    focusOnly: true,
    quiet: true,
  },
  {
    id: "stage.scale",
    label: "Scaling",
    keys: ["5"],
    context: "Changing a stage",
    focusOnly: true,
    quiet: true,
  },
  {
    id: "stage.none",
    label: "Not placed yet",
    keys: ["0", "Backspace"],
    context: "Changing a stage",
    focusOnly: true,
    quiet: true,
  },
] as const satisfies readonly CommandLine[];
