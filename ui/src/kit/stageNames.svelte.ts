// What this file calls the stages: as they ship, until the file says otherwise.
import type { Stage, StageNames } from "../ipc/gen";

export const NOT_PLACED = "Not placed yet";

const SHIPPED: StageNames = {
  discover: "Discovery",
  evaluate: "Evaluation",
  learn: "Learning",
  build: "Building",
  scale: "Scaling",
};

let names = $state.raw<StageNames>(SHIPPED);

/** Reactive. */
export function stageName(stage: Stage | null): string {
  return stage === null ? NOT_PLACED : names[stage];
}

/** Whether a stage still has the name that ships. */
export function asShipped(stage: Stage): boolean {
  return names[stage] === SHIPPED[stage];
}

export function callStages(as: StageNames): void {
  if (JSON.stringify(as) !== JSON.stringify(names)) names = as;
}
