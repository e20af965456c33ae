// The seam between the page and whatever runs it: a Tauri window, a browser bridge, or a fake in tests.
import type { Backup, Failure, PeopleQuery, ViewLayout } from "./gen";
import type { Outside } from "./outside";

/** What the window remembers between starts. Kept by the host as free-form JSON, so unknown keys survive. */
export type WindowSettings = {
  theme?: "light" | "dark" | "system";
  /** Off means: only keys with Ctrl, Alt or a name (Enter, Delete) do anything. */
  singleLetterKeys?: boolean;
  people?: {
    query?: PeopleQuery;
    widths?: Record<string, number>;
    /** The columns that are shown; missing: the usual ones. */
    columns?: string[];
    /** The view that was opened. */
    opened?: string;
    peek?: boolean;
    /** The column of what comes next is shown. */
    next?: boolean;
    /** Missing: the list. */
    view?: ViewLayout;
    /** The board shows Building and Scaling in one column. */
    adoptingIsOne?: boolean;
  };
  /** The keys of which it was said that another program has them. */
  keysTold?: string;
  /** Erasures after which what was typed here was forgotten, the newest first. */
  erased?: string[];
  today?: { peek?: boolean };
  lists?: { sort?: PeopleQuery["sort"]; descending?: boolean };
  /** `mode` and `columns` are those of a file for oneself; `template` is the one last written to others. */
  exports?: { mode?: "program" | "spreadsheet"; columns?: string[]; template?: string };
};

/** `operation`: what takes back what was done, when it can be taken back. */
export type Answer = { value: unknown; changed: string[]; operation?: number | null };

/** What the host found when it opened the file. */
export type Start = { state: "ready" } | { state: "failed"; code: string; message: string; path: string };

export type ChangeNotice = { tables: string[]; revision: number };

/** A file that was open before. The path tells two of one name apart, and asks for it again. */
export type RecentFile = { name: string; path: string };

/** Another file: one the person chooses, one they make, one of before, or the one a second start named. */
export type AnotherFile =
  { which: "chosen" } | { which: "new" } | { which: "recent"; path: string } | { which: "named" };

/** A file the person chose or dropped: a word that stands for its path, and its name to show. */
export type ChosenFile = { grant: string; name: string };

export interface Host {
  /** Rejects with a `Failure`. `request` is a word for this one call: asked again, it is answered again and not done again. */
  rpc(cmd: string, input: unknown, request: string): Promise<Answer>;
  /** Asks the person for a file. The page never sees a path, only a grant to hand back. Null: they changed their mind. */
  choosePath(
    purpose: "import" | "export" | "copy" | "json" | "rules_in" | "rules_out",
    suggestedName?: string,
  ): Promise<{ grant: string; name: string } | null>;
  /** As `choosePath` for an import, several at once; none: they changed their mind. */
  chooseFiles(): Promise<ChosenFile[]>;
  /** Files were dropped on the window. Returns how to stop listening. */
  onDropped(heard: (files: ChosenFile[]) => void): () => void;
  readSettings(): Promise<WindowSettings>;
  writeSettings(settings: WindowSettings): Promise<void>;
  /** Someone else (the command line, another window) changed the file. Returns how to stop listening. */
  onChanged(heard: (notice: ChangeNotice) => void): () => void;
  /** Opens https: and mailto: links in the person's own programs. */
  openLink(url: string): Promise<void>;
  start(): Promise<Start>;
  /** The files that were open before and are still there, newest first; the open one is not among them. */
  recentFiles(): Promise<RecentFile[]>;
  /**
   * Turns to another file and answers with its name; null: they changed their mind. Rejects with a `Failure`, and then
   * the file that was open still is. The page starts anew after it.
   */
  openFile(file: AnotherFile): Promise<string | null>;
  /** Moves the open file to where the person says and answers with its new name; null: they changed their mind. */
  moveFile(): Promise<string | null>;
  /** A second start named another file. Returns how to stop listening. */
  onNamed(heard: () => void): () => void;
  /** The backups of the file, newest first: also of one that cannot be opened. */
  listBackups(): Promise<Backup[]>;
  /**
   * Puts a backup in the place of the file. What stood there becomes a backup itself, or is set aside when it is too
   * damaged for that: the answer is where, or null. Rejects with a `Failure`, and then the file is where it was. The
   * page starts anew after it.
   */
  restoreBackup(name: string): Promise<string | null>;
  /** Opens a damaged file only to be looked at. The page starts anew after it. */
  lookAtFile(): Promise<void>;
  /** The person closes the window, which goes once `heard` is kept. Returns how to stop listening. */
  onClosing(heard: () => Promise<void>): () => void;
  /** What happens outside the window; null where there is only a page. */
  outside: Outside | null;
}

export function isFailure(thrown: unknown): thrown is Failure {
  return (
    typeof thrown === "object" &&
    thrown !== null &&
    typeof (thrown as Failure).code === "string" &&
    typeof (thrown as Failure).message === "string"
  );
}

/** Whatever was thrown, as something a person can read. */
export function asFailure(thrown: unknown): Failure {
  if (isFailure(thrown)) return { ...thrown, field: thrown.field ?? null };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "internal", message, field: null };
}

/** Only these leave the window. The host checks again. */
export function isOpenable(url: string): boolean {
  return /^(https:\/\/|mailto:)/i.test(url);
}
