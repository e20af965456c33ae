// What just happened, said once, quietly, and spoken by screen readers.
export type Toast = {
  id: number;
  tone: "done" | "problem";
  text: string;
  /** More to read or copy: notes of an undo, details of a failure. */
  details?: string;
  action?: { label: string; keys?: string; run: () => void };
};

const DONE_FOR_MS = 6_000;
/** What there is more to read of stays for as long as that takes, and so does what went wrong. */
const READ_FOR_MS = 20_000;
const MOST_AT_ONCE = 3;

const kept = new Set<number>();
let next = 1;
let shown = $state.raw<Toast[]>([]);

export function toasts(): readonly Toast[] {
  return shown;
}

export function say(text: string, more: Partial<Pick<Toast, "details" | "action">> = {}): number {
  return show({ id: next++, tone: "done", text, ...more }, more.details ? READ_FOR_MS : DONE_FOR_MS);
}

let tail = "";
/** It belongs to what is done now; to something later, it would be wrong. */
const TAIL_FOR_MS = 4_000;
let tailAt = 0;

/** Said behind the next thing that was done, such as the day until which it is put off. */
export function sayBehind(words: string): void {
  tail = words;
  tailAt = performance.now();
}

/** What is to be said behind it, once. */
export function takeTail(): string {
  const said = performance.now() - tailAt < TAIL_FOR_MS ? tail : "";
  tail = "";
  return said;
}

export function complain(text: string, details?: string): number {
  return show({ id: next++, tone: "problem", text, ...(details ? { details } : {}) }, READ_FOR_MS);
}

export function dismiss(id: number): void {
  shown = shown.filter((toast) => toast.id !== id);
}

/** It is being read: it stays until it is closed. */
export function keepOpen(id: number): void {
  kept.add(id);
}

let busy = $state(0);

/** At the foot of the window stands what can be done just now: nothing is said over it, until what this answers with is called. */
export function takeFoot(): () => void {
  busy += 1;
  return () => (busy -= 1);
}

export function footIsTaken(): boolean {
  return busy > 0;
}

function show(toast: Toast, forMs: number): number {
  // What was done before is over: only the newest can be taken back with one key. Problems stay until they are read.
  const others = shown.filter((other) => other.tone === "problem" && other.text !== toast.text);
  shown = [...others, toast].slice(-MOST_AT_ONCE);
  setTimeout(() => kept.has(toast.id) || dismiss(toast.id), forMs);
  return toast.id;
}
