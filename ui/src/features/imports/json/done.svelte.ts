// What became of the file of everything that was brought in last, until another one is looked at.
import type { JsonDone } from "../../../ipc/gen";

let done = $state.raw<JsonDone | null>(null);

export function broughtIn(): JsonDone | null {
  return done;
}

export function remember(next: JsonDone | null): void {
  done = next;
}
