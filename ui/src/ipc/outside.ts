// What Hallway does while nobody looks at its window, as the page sees it. A browser has none of it.

/** How the keys for the capture line fare. `unreachable`: this desktop lets no program take keys for itself. */
export type KeysState = "works" | "off" | "taken" | "unreachable" | "unclear";

export type TrayState = "shown" | "off" | "no_library" | "no_tray";

/** Minutes since midnight on this computer's clock; they may span it. */
export type QuietHours = { from: number; until: number };

export type OutsideState = {
  /** Like "Ctrl+Shift+Space"; null: switched off. */
  shortcut: string | null;
  shortcutState: KeysState;
  tray: boolean;
  trayState: TrayState;
  /** Closing the window leaves Hallway in the tray. */
  stay: boolean;
  /** Null where this system is not known to start programs by itself. */
  autostart: boolean | null;
  notify: boolean;
  /** There was something to tell, and no program to show it. */
  unheard: boolean;
  quiet: QuietHours | null;
  /** `failure` says why it could not be written. */
  calendar: { path: string; failure: string | null } | null;
};

export type OutsideWish =
  | { what: "shortcut"; keys: string | null }
  | { what: "tray" | "stay" | "autostart" | "notify"; on: boolean }
  | { what: "quiet"; hours: QuietHours | null }
  | { what: "no_calendar" };

export interface Outside {
  read(): Promise<OutsideState>;
  /** Rejects with a `Failure`; the wish does not hold then. */
  wish(wish: OutsideWish): Promise<OutsideState>;
  /** Asks where the calendar file shall be; null: they changed their mind. */
  keepCalendar(): Promise<OutsideState | null>;
  /** Something fares differently. Returns how to stop listening. */
  onChanged(heard: () => void): () => void;
  /** Brings up the capture line in its own window. */
  showCapture(): Promise<void>;
  /** The keys for the capture line were pressed while this window is in front. Returns how to stop listening. */
  onCapture(heard: () => void): () => void;
  /** The tray or a notification leads to a place of this window. Returns how to stop listening. */
  onGo(heard: (place: string) => void): () => void;
}

/** The window around the capture line, for the page in it. */
export interface CaptureWindow {
  /** It stands in front from now on. Returns how to stop listening. */
  onShown(heard: () => void): () => void;
  /** Puts it away; the focus goes back to the program it came from. */
  away(): Promise<void>;
  /** Says once that the page is drawn. */
  painted(): Promise<void>;
  /** Says how high the page is, in its own pixels. */
  height(pixels: number): Promise<void>;
  /** Puts it away and brings the main window forward, at a place of it where one is named. */
  openMain(place?: string): Promise<void>;
}
