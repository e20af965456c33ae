// The host when the page runs in a plain browser against the bridge, as the end-to-end tests do.
import type { Backup, Failure } from "./gen";
import type { Answer, ChangeNotice, ChosenFile, Host, Start, WindowSettings } from "./host";

const POLL_EVERY_MS = 500;

export function httpHost(base = ""): Host {
  const post = <T>(path: string, body: unknown) =>
    ask<T>(base + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body ?? {}),
    });
  const get = <T>(path: string) => ask<T>(base + path, { method: "GET" });

  const rpc = (cmd: string, input: unknown, request: string) =>
    post<Answer>(`/rpc/${cmd}?request=${request}`, input);
  const onlyTheWindow = async () => {
    throw failure("invalid", "Only the window can do that.");
  };

  return {
    rpc,
    choosePath: (purpose, suggestedName) =>
      post<{ grant: string; name: string } | null>("/host/choose_path", { purpose, suggestedName }),
    chooseFiles: () => post<ChosenFile[]>("/host/choose_files", {}),
    // A browser does not say where a dropped file lies; the tests hand files over as the window would.
    onDropped(heard) {
      const dropped = (event: Event) => heard((event as CustomEvent<ChosenFile[]>).detail);
      addEventListener("hallway-dropped", dropped);
      return () => removeEventListener("hallway-dropped", dropped);
    },
    readSettings: () => get<WindowSettings>("/host/settings"),
    writeSettings: (settings) => post<void>("/host/settings", settings),
    onChanged(heard) {
      let revision: number | null = null;
      let stopped = false;
      const poll = async () => {
        try {
          const notice = await post<ChangeNotice>("/host/poll", { revision });
          if (revision !== null && notice.revision !== revision) heard(notice);
          revision = notice.revision;
        } catch {
          // A bridge that is away for a moment is asked again; the next call of the person will tell them.
        }
        if (!stopped) setTimeout(poll, POLL_EVERY_MS);
      };
      void poll();
      return () => {
        stopped = true;
      };
    },
    openLink: (url) => post<void>("/host/open_link", { url }),
    start: () => get<Start>("/host/start"),
    // A bridge serves the one file it was started with.
    recentFiles: async () => [],
    openFile: async () => {
      throw failure("invalid", "Only the window can open another file.");
    },
    moveFile: async () => {
      throw failure("invalid", "Only the window can move the file.");
    },
    onNamed: () => () => undefined,
    listBackups: async () => (await rpc("backups.list", {}, crypto.randomUUID())).value as Backup[],
    restoreBackup: onlyTheWindow,
    lookAtFile: onlyTheWindow,
    // A tab goes without asking.
    onClosing: () => () => undefined,
    outside: null,
  };
}

async function ask<T>(url: string, request: RequestInit): Promise<T> {
  let reply: Response;
  try {
    reply = await fetch(url, request);
  } catch {
    throw failure("internal", "Hallway does not answer. Start it again; everything saved so far is safe.");
  }
  const text = await reply.text();
  const body: unknown = text === "" ? null : parse(text);
  if (reply.ok) return body as T;
  if (reply.status === 422 && body) throw body;
  throw failure("internal", `Hallway answered with ${reply.status}. ${text.slice(0, 200)}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function failure(code: string, message: string): Failure {
  return { code, message, field: null };
}
