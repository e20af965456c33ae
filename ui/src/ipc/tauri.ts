// The host when the page runs in its own window. The only file that knows Tauri.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Backup } from "./gen";
import type { CaptureWindow, Outside, OutsideState } from "./outside";
import type { Answer, ChangeNotice, ChosenFile, Host, RecentFile, Start, WindowSettings } from "./host";

const outside: Outside = {
  read: () => invoke<OutsideState>("read_outside"),
  wish: (wish) => invoke<OutsideState>("wish_outside", { wish }),
  keepCalendar: () => invoke<OutsideState | null>("keep_calendar"),
  onChanged: (heard) => listening<null>("outside", () => heard()),
  showCapture: () => invoke<void>("show_capture"),
  onCapture: (heard) => listening<null>("capture", () => heard()),
  onGo: (heard) => listening<string>("go", heard),
};

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
  outside,
};

/** The window of the capture line: it may do little but log. */
export const captureWindow: CaptureWindow = {
  onShown: (heard) => listening<null>("shown", () => heard(), "capture"),
  away: () => invoke<void>("hide_capture"),
  painted: () => invoke<void>("capture_painted"),
  height: (height) => invoke<void>("capture_height", { height }),
  openMain: (place) => invoke<void>("open_main", { place: place ?? null }),
};

/** The host of the page in it. Out of sight it follows nothing: whatever it knows, it asks again when it is shown. */
export const captureHost: Host = {
  ...tauriHost,
  onChanged: (heard) => captureWindow.onShown(() => heard({ tables: ["*"], revision: 0 })),
  writeSettings: async () => undefined,
  onDropped: () => () => undefined,
  onNamed: () => () => undefined,
  onClosing: (heard) => listening<null>("closing", () => void leave(heard), "capture"),
  outside: null,
};

/** A window that is not let go closes by itself in a moment, so nobody has to be told. */
async function leave(heard: () => Promise<void>): Promise<void> {
  await heard().catch(() => undefined);
  await invoke<void>("leave").catch(() => undefined);
}

/** What is told to one window is not heard in the other. */
function listening<Payload>(
  event: string,
  heard: (payload: Payload) => void,
  target: "main" | "capture" = "main",
): () => void {
  // The subscription arrives later than the call; stopping before that must still stop it.
  const stop = listen<Payload>(event, ({ payload }) => heard(payload), { target });
  return () => void stop.then((off) => off());
}
