// Where someone was on the board: kept while the window is open, so that going back finds it again.
import type { Stage } from "../../ipc/gen";
import { STAGES, type StageWord } from "../../kit/words";

/** From those nobody has placed to those who have come furthest. */
export const COLUMNS: readonly StageWord[] = ["none", ...STAGES];

export type BoardState = {
  /** The column and the card that keys mean. */
  stage: StageWord;
  index: number;
  id: string | null;
  scrolled: Partial<Record<StageWord, number>>;
};

let current = $state.raw<BoardState>({ stage: "none", index: 0, id: null, scrolled: {} });

export function board(): BoardState {
  return current;
}

export function changeBoard(change: Partial<BoardState>): void {
  current = { ...current, ...change };
}

/** The stages whose people stand in a column. Building and Scaling are the two halves of adopting. */
export function stagesIn(column: StageWord, adoptingIsOne: boolean): StageWord[] {
  return adoptingIsOne && column === "build" ? ["build", "scale"] : [column];
}

/** The columns of a filter: those it names, or all. */
export function columnsOf(stages: readonly StageWord[], adoptingIsOne = false): StageWord[] {
  return COLUMNS.filter(
    (column) =>
      !(adoptingIsOne && column === "scale") &&
      (stages.length === 0 || stagesIn(column, adoptingIsOne).some((stage) => stages.includes(stage))),
  );
}

/** The stages that a column asks for under a filter of stages. */
export function stagesAsked(
  column: StageWord,
  stages: readonly StageWord[],
  adoptingIsOne: boolean,
): StageWord[] {
  return stagesIn(column, adoptingIsOne).filter((stage) => stages.length === 0 || stages.includes(stage));
}

export function stageOf(column: StageWord): Stage | null {
  return column === "none" ? null : column;
}

/** The column so many places on among those shown, or null past the ends. */
export function columnBeside(shown: readonly StageWord[], from: StageWord, step: number): StageWord | null {
  return shown[shown.indexOf(from) + step] ?? null;
}

export type Box = { stage: StageWord; left: number; right: number };

/** The column under a pointer; beside the board, the nearest one that is not further away than a hand's width. */
export function columnAt(boxes: readonly Box[], x: number): StageWord | null {
  const away = (box: Box) => Math.max(box.left - x, x - box.right, 0);
  const nearest = boxes.reduce<Box | null>(
    (best, box) => (best && away(best) <= away(box) ? best : box),
    null,
  );
  return nearest && away(nearest) <= 40 ? nearest.stage : null;
}
