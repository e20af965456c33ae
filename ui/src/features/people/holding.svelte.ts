// A card of the board that is held with the pointer: picked up once the pointer has moved, and let fall over a column.
import type { PersonRow } from "../../ipc/gen";
import type { StageWord } from "../../kit/words";
import { columnAt, type Box } from "./board.svelte";

/** A press that moves less than this is a press. */
const PICKED_UP = 5;

export type CardPlace = { stage: StageWord; index: number };
export type Held = { person: PersonRow; from: StageWord; over: StageWord | null; x: number; y: number };

/** The card that an event is about, or null. */
export function placeOf(event: Event): CardPlace | null {
  const target = event.target as Element;
  const [card, column] = [
    target.closest<HTMLElement>("[data-index]"),
    target.closest<HTMLElement>("[data-column]"),
  ];
  if (!card || !column) return null;
  return { stage: column.dataset["column"] as StageWord, index: Number(card.dataset["index"]) };
}

export function holding(board: {
  element: () => HTMLElement | undefined;
  person: (at: CardPlace) => PersonRow | undefined;
  pressed: (at: CardPlace) => void;
  /** Let fall over another column than its own. */
  dropped: (person: PersonRow, to: StageWord) => void;
}) {
  let held = $state.raw<Held | null>(null);
  let pressed: (CardPlace & { x: number; y: number }) | null = null;

  return {
    get held() {
      return held;
    },
    press(event: PointerEvent) {
      const at = placeOf(event);
      if (!at || event.button !== 0) return;
      board.pressed(at);
      pressed = { ...at, x: event.clientX, y: event.clientY };
    },
    drag(event: PointerEvent) {
      if (!pressed) return;
      const element = board.element();
      if (!held) {
        if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < PICKED_UP) return;
        const person = board.person(pressed);
        if (!person) return;
        element?.setPointerCapture(event.pointerId);
        held = { person, from: pressed.stage, over: pressed.stage, x: 0, y: 0 };
      }
      const boxes: Box[] = [...(element?.querySelectorAll<HTMLElement>("[data-column]") ?? [])].map((one) => {
        const { left, right } = one.getBoundingClientRect();
        return { stage: one.dataset["column"] as StageWord, left, right };
      });
      held = { ...held, over: columnAt(boxes, event.clientX), x: event.clientX, y: event.clientY };
    },
    drop() {
      pressed = null;
      const was = held;
      held = null;
      if (was?.over && was.over !== was.from) board.dropped(was.person, was.over);
    },
    /** False when nothing was held. */
    letGo(): boolean {
      const was = held !== null || pressed !== null;
      pressed = held = null;
      return was;
    },
  };
}
