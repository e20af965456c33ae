// For actions without a field of their own: what goes wrong is said in a toast.
import { asFailure } from "../ipc/host";
import { complain } from "./toasts.svelte";

/** The value, or undefined after the person was told what went wrong. */
export async function attempt<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.code === "internal") {
      complain("That did not work, and nothing was changed. Try it again.", failure.message);
    } else {
      complain(failure.message);
    }
    return undefined;
  }
}
