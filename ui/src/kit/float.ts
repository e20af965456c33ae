// Puts something above everything else, beside what it belongs to, and inside the window.
import type { Attachment } from "svelte/attachments";

export type Anchor = Element | { x: number; y: number };

const MARGIN = 8;
const GAP = 4;

/** The element joins the top layer (so no ancestor clips it) and follows its anchor while it is there. */
export function float(
  anchor: () => Anchor | null | undefined,
  align: "start" | "end" = "start",
): Attachment<HTMLElement> {
  return (panel) => {
    panel.popover = "manual";
    panel.showPopover?.();
    const place = () => {
      const at = anchor();
      if (at) putBeside(panel, at, align);
    };
    place();
    const resized = new ResizeObserver(place);
    resized.observe(panel);
    addEventListener("resize", place);
    addEventListener("scroll", place, true);
    return () => {
      resized.disconnect();
      removeEventListener("resize", place);
      removeEventListener("scroll", place, true);
    };
  };
}

function putBeside(panel: HTMLElement, anchor: Anchor, align: "start" | "end"): void {
  const at =
    anchor instanceof Element ? anchor.getBoundingClientRect() : new DOMRect(anchor.x, anchor.y - GAP, 0, 0);
  const { offsetWidth: width, offsetHeight: height } = panel;
  const wantedX = align === "start" ? at.left : at.right - width;
  const left = Math.max(MARGIN, Math.min(wantedX, innerWidth - width - MARGIN));
  const below = at.bottom + GAP;
  const above = at.top - GAP - height;
  const lowest = Math.max(MARGIN, innerHeight - height - MARGIN);
  // Below when it fits, else above, else as far up as it needs; inside the window though its anchor is scrolled out of it.
  const top = below <= lowest ? Math.max(MARGIN, below) : above >= MARGIN ? Math.min(above, lowest) : lowest;
  panel.style.left = `${left}px`;
  panel.style.top = `${top}px`;
}
