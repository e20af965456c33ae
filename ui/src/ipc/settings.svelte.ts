// What the window remembers, held here while it is open and written back a moment after it changes.
import { theHost } from "./call";
import type { WindowSettings } from "./host";

const WRITE_AFTER_MS = 300;

let current = $state.raw<WindowSettings>({});
let timer: ReturnType<typeof setTimeout> | undefined;

export function settings(): WindowSettings {
  return current;
}

export async function readSettings(): Promise<void> {
  current = (await theHost().readSettings()) ?? {};
}

export function changeSettings(change: WindowSettings): void {
  current = { ...current, ...change };
  clearTimeout(timer);
  timer = setTimeout(flushSettings, WRITE_AFTER_MS);
}

/** Also called when the window goes away, so that the last change is not lost. Kept when it is written. */
export async function flushSettings(): Promise<void> {
  if (timer === undefined) return;
  clearTimeout(timer);
  timer = undefined;
  // Losing a column width is not worth a sentence; the next change writes everything again.
  await theHost()
    .writeSettings(current)
    .catch(() => undefined);
}
