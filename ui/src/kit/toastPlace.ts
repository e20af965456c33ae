// Where what just happened is said in a small window: at its foot, and above whatever it would cover of what was just done.

type Span = { left: number; right: number; top: number; bottom: number };

/** Taller than this is a place and not something in it. */
const A_ROW = 160;
/** The bar of a place is never covered. */
const BAR = 52;
const GAP = 4;
/** As much around a press as belongs to it. */
const NEAR = 28;
/** What was pressed longer ago led to something else. */
const LATELY = 3_000;

/** How far from the foot of the window it stands, so that it covers none of `kept`; at the foot where there is no such place. */
export function above(
  box: { left: number; right: number; height: number },
  kept: Span[],
  foot: number,
  tall: number,
): number {
  const beside = kept.filter(
    ({ left, right, top, bottom }) =>
      left < box.right && right > box.left && bottom > top && bottom - top <= A_ROW,
  );
  for (let low = tall - foot; low - box.height >= BAR;) {
    const covered = beside.filter(({ top, bottom }) => top < low && bottom > low - box.height);
    if (covered.length === 0) return tall - low;
    low = Math.min(...covered.map(({ top }) => top)) - GAP;
  }
  return foot;
}

let pressed: { x: number; y: number; at: number } | null = null;

/** Somebody pressed here. What can be done at the foot of a list is done with the rows above it. */
export function press({ clientX: x, clientY: y, target }: PointerEvent): void {
  const atFoot = target instanceof Element && target.closest("footer, .toasts") !== null;
  pressed = atFoot ? null : { x, y, at: performance.now() };
}

/** The rows and the field in which one sees what was just done. */
export function justDone(): Span[] {
  const at = document.activeElement;
  const field = at?.closest("main") ? (at.closest("li, tr") ?? at) : null;
  const stoodOn = document
    .querySelector("main [aria-activedescendant]")
    ?.getAttribute("aria-activedescendant");
  const shown = [
    ...document.querySelectorAll("main [role=row][aria-selected=true]"),
    stoodOn ? document.getElementById(stoodOn) : null,
    field,
  ].flatMap((one): Span[] => (one ? [one.getBoundingClientRect()] : []));
  if (!pressed || performance.now() - pressed.at > LATELY) return shown;
  const { x, y } = pressed;
  return [...shown, { left: x - NEAR, right: x + NEAR, top: y - NEAR, bottom: y + NEAR }];
}
