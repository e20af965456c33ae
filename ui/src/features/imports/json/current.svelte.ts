// The file of everything that is being looked at, so that going away and coming back finds it again.
import type { JsonRequest } from "../../../ipc/gen";

export type Chosen = { request: JsonRequest; name: string };

let chosen = $state.raw<Chosen | null>(null);

export function current(): Chosen | null {
  return chosen;
}

export function remember(next: Chosen | null): void {
  chosen = next;
}

/** A file that is called so holds everything, and not a table of people. */
export function isJson(name: string): boolean {
  return /\.json$/i.test(name);
}
