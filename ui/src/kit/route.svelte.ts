// Which place is shown: a path in the window's own history, so that back and forward work.
let path = $state(read());

function read(): string {
  return location.hash.replace(/^#/, "") || "/";
}

/** The path, like "/people/0190…". Reactive. */
export function route(): string {
  return path;
}

const leaving = new Set<() => void>();

/** What is still to be done here before another place is shown, by whatever way it is left. Returns how to let it be. */
export function beforeLeaving(act: () => void): () => void {
  leaving.add(act);
  return () => void leaving.delete(act);
}

function leave(): void {
  for (const act of leaving) act();
}

/** The place one came from through a step of the history, or null at its beginning. */
export function cameFrom(): string | null {
  const from: unknown = (history.state as { from?: unknown } | null)?.from;
  return typeof from === "string" ? from : null;
}

/** Keeps something with this step of the history, for whoever comes back to it. */
export function keepHere(what: Record<string, unknown>): void {
  history.replaceState({ ...(history.state as object | null), ...what }, "");
}

/** What was kept with this step of the history. */
export function keptHere(name: string): unknown {
  return (history.state as Record<string, unknown> | null)?.[name];
}

/** Steps within a place, which the way back takes back: what each of them does then. */
const asides = new Map<number, () => void>();
let standing = asideNow();

function asideNow(): number {
  return Number(keptHere("aside") ?? 0);
}

/** A step that shows no other place: the way back takes it back. Returns the same for a button. */
export function stepAside(undo: () => void): () => void {
  const step = Math.max(standing, ...asides.keys()) + 1;
  const where = path;
  asides.set(step, () => path === where && undo());
  history.pushState({ ...(history.state as object | null), aside: step }, "", `#${path}`);
  standing = step;
  return () => (standing === step ? back() : undo());
}

export function go(to: string): void {
  if (to === path) return;
  leave();
  standing = 0;
  // The place lives behind the hash, because the window may be served from any folder or scheme.
  history.pushState({ from: path }, "", `#${to}`);
  path = to;
}

/** Goes there without a new step in the history: for moving along a list. */
export function goInstead(to: string): void {
  if (to !== path) leave();
  history.replaceState(history.state, "", `#${to}`);
  path = to;
}

export function back(): void {
  history.back();
}

export function forward(): void {
  history.forward();
}

addEventListener("popstate", () => {
  leave();
  path = read();
  const left = standing;
  standing = asideNow();
  if (standing < left) asides.get(left)?.();
});
