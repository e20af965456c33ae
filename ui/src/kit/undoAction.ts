// The way back that stands beside what was just done.
import { keysOf, run } from "./keyboard";
import type { Toast } from "./toasts.svelte";

export function undoAction(): NonNullable<Toast["action"]> {
  return { label: "Undo", keys: keysOf("app.undo"), run: () => void run("app.undo") };
}
