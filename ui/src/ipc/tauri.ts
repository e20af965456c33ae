// The host when the page runs in its own window. The only file that knows Tauri.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Backup } from "./gen";
import type { Answer, ChangeNotice, ChosenFile, Host, RecentFile, Start, WindowSettings } from "./host";

export const tauriHost: Host = {
  rpc: (cmd, input, request) => invoke<Answer>("rpc", { cmd, input, request }),
  choosePath: (purpose, suggestedName) =>
    invoke<{ grant: string; name: string } | null>("choose_path", {
      purpose,
      suggestedName: suggestedName ?? null,
    }),
  chooseFiles: () => invoke<ChosenFile[]>("choose_files"),
  onDropped: (heard) => listening<ChosenFile[]>("dropped", heard),
  readSettings: () => invoke<WindowSettings>("read_settings"),
  writeSettings: (settings) => invoke<void>("write_settings", { settings }),
  onChanged: (heard) => listening<ChangeNotice>("changed", heard),
  openLink: (url) => invoke<void>("open_link", { url }),
  start: () => invoke<Start>("start"),
  recentFiles: () => invoke<RecentFile[]>("recent_files"),
  openFile: (file) => invoke<string | null>("open_file", { file }),
  moveFile: () => invoke<string | null>("move_file"),
  onNamed: (heard) => listening<null>("named", () => heard()),
  listBackups: () => invoke<Backup[]>("list_backups"),
  restoreBackup: (name) => invoke<string | null>("restore_backup", { name }),
  lookAtFile: () => invoke<void>("look_at_file"),
  onClosing: (heard) => listening<null>("closing", () => void leave(heard)),
};

/** A window that is not let go closes by itself in a moment, so nobody has to be told. */
async function leave(heard: () => Promise<void>): Promise<void> {
  await heard().catch(() => undefined);
  await invoke<void>("leave").catch(() => undefined);
}

function listening<Payload>(event: string, heard: (payload: Payload) => void): () => void {
  // The subscription arrives later than the call; stopping before that must still stop it.
  const stop = listen<Payload>(event, ({ payload }) => heard(payload));
  return () => void stop.then((off) => off());
}
