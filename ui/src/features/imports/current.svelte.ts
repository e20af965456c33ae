// The import that is being looked at, so that going away and coming back finds it again.
import type { ImportRequest } from "../../ipc/gen";

let request = $state.raw<ImportRequest | null>(null);

export function current(): ImportRequest | null {
  return request;
}

export function remember(next: ImportRequest | null): void {
  request = next;
}
