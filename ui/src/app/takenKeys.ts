// Says once that other programs have the keys for the capture line; Settings says it for as long as it is so.
import { theHost } from "../ipc/call";
import { changeSettings, settings } from "../ipc/settings.svelte";
import { keyWords } from "../features/settings/keyWords";
import { go } from "../kit/route.svelte";
import { say } from "../kit/toasts.svelte";

export async function sayTakenKeys(): Promise<void> {
  const state = await theHost().outside?.read();
  if (!state?.shortcut || state.shortcutState !== "taken" || settings().keysTold === state.shortcut) return;
  changeSettings({ keysTold: state.shortcut });
  say(`${keyWords(state.shortcut)} belongs to another program, so it does not bring up the capture line.`, {
    action: { label: "Choose other keys", run: () => go("/settings") },
  });
}
