// A filter that cannot be read: whoever is shown was found by the one before, so nothing is made of them.
import { complain } from "../../kit/toasts.svelte";

/** Until when those of the filter before are shown, as the foot of the list says it. */
export const UNTIL_READ = "until the filter can be read";

/** Whether the filter has to be mended before anything else: then that is said, and the field has the focus. */
export function mendFirst(held: string | null, field: HTMLInputElement | undefined): boolean {
  if (held !== UNTIL_READ) return false;
  complain("Mend the filter first, or clear it: as it stands it cannot be read.");
  field?.focus();
  return true;
}
