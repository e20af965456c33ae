// The host when the page runs in its own window. The only file that knows Tauri.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Answer, ChangeNotice, Host, Start, WindowSettings } from "./host";

export const tauriHost: Host = {
  rpc: (cmd, input) => invoke<Answer>("rpc", { cmd, input }),
  choosePath: (purpose, suggestedName) =>
    invoke<{ grant: string; name: string } | null>("choose_path", {
      purpose,
      suggestedName: suggestedName ?? null,
    }),
  readSettings: () => invoke<WindowSettings>("read_settings"),
  writeSettings: (settings) => invoke<void>("write_settings", { settings }),
  onChanged(heard) {
    // The subscription arrives later than the call; stopping before that must still stop it.
    const stop = listen<ChangeNotice>("changed", (event) => heard(event.payload));
    return () => void stop.then((off) => off());
  },
  openLink: (url) => invoke<void>("open_link", { url }),
  start: () => invoke<Start>("start"),
};
