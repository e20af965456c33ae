// Hallway in its real window, on a home of its own, as a person would use it.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { askAxe, axeSource } from "../support/axe";
import type { Home } from "../support/folders";
import { type Program, begin, built, root } from "../support/programs";
import { until } from "../support/until";
import { type Desktop, type Service, desktop } from "../support/desktop";
import { type Element, type Session, session } from "./webdriver";

/** What a person can do with what they see. */
export type Hands = {
  /** Waits for a visible element that the selector finds and whose text or name contains `words`. */
  find(css: string, words?: string): Promise<Element>;
  click(css: string, words?: string): Promise<void>;
  type(css: string, text: string): Promise<void>;
  /** Waits until the words stand somewhere on the page. */
  see(words: string): Promise<void>;
  /** Waits until they are gone. */
  miss(words: string): Promise<void>;
  /** The serious findings of the accessibility rules, as sentences. */
  axe(): Promise<string[]>;
};

export type App = Session &
  Hands & {
    home: Home;
    /** What the program printed. */
    said(): string;
    /** The desktop around it, as far as there is one. */
    desktop: Desktop;
    /** From now on everything is asked of the page of this window; waits until it is there. */
    lookAt(page: "main" | "capture"): Promise<void>;
    /** Starts the program once more, the way a second click on its icon would. */
    again(...args: string[]): Program;
    /** Moves and sizes the window, in pixels of the screen. */
    place(x: number, y: number, width: number, height: number): void;
    /** Presses the keys that close the window. */
    shut(): void;
    /** Closes the window the way a person does, and waits until the program has ended by itself. */
    leave(): Promise<void>;
    /** Waits until the program has ended by itself. */
    ended(): Promise<void>;
  };

export type Asked = {
  /** Arguments of the program, such as the file to open. */
  args?: string[];
  env?: Record<string, string | undefined>;
  /** What the desktop around it offers; nothing where this is missing. */
  desktop?: Service[];
  /** It begins without its window on the screen. */
  hidden?: boolean;
};

export async function open(home: Home, { args = [], env = {}, desktop: offered, hidden = false }: Asked = {}): Promise<App> {
  const port = await freePort();
  // A bus of its own keeps one test's window from being another's second start.
  const start = 'echo "bus $DBUS_SESSION_BUS_ADDRESS"; exec WebKitWebDriver --port="$0"';
  const bus = ["--config-file", join(root, "tests/support/bus.conf"), "--"];
  const driver = begin("dbus-run-session", [...bus, "sh", "-c", start, String(port)], {
    ...home.env,
    // Without these two the session hangs; with the next one set, screenshots do.
    TAURI_AUTOMATION: "true",
    TAURI_WEBVIEW_AUTOMATION: "true",
    WEBKIT_DISABLE_DMABUF_RENDERER: undefined,
    NO_AT_BRIDGE: "1",
    ...env,
  });
  let around: Desktop | undefined;
  try {
    const [, busAddress = ""] = await driver.line(/^bus (.+)$/m);
    if (offered) around = await desktop(busAddress, offered);
    const driverAddress = `http://127.0.0.1:${port}`;
    await until("WebKitWebDriver to answer", async () => (await fetch(`${driverAddress}/status`)).ok);
    const page = await session(driverAddress, built("hallway"), args);
    const only = hidden ? [] : ["--onlyvisible"];
    const window = await until("the window on the screen", () => xdotool("search", ...only, "--name", "^Hallway$"));
    const pid = xdotool("getwindowpid", window);
    const open = () => existsSync(`/proc/${pid}/exe`);
    let closed = false;
    const close = async () => {
      if (closed) return;
      closed = true;
      // The session is gone already when the person closed the window.
      if (open()) await page.close();
      await driver.end();
      await around?.end();
    };
    return {
      ...page,
      ...hands(page),
      home,
      said: driver.said,
      get desktop() {
        if (!around) throw new Error("There is no desktop around this window.");
        return around;
      },
      async lookAt(wanted) {
        await until(`the window of ${wanted}`, async () => {
          for (const handle of await page.handles()) {
            await page.turnTo(handle);
            if (/\/capture\.html/.test(await page.url()) === (wanted === "capture")) return true;
          }
          return false;
        });
      },
      again: (...more) => begin(built("hallway"), more, { ...home.env, DBUS_SESSION_BUS_ADDRESS: busAddress, ...env }),
      place(x, y, width, height) {
        xdotool("windowmove", window, String(x), String(y), "windowsize", window, String(width), String(height));
      },
      shut: () => void xdotool("windowactivate", window, "key", "--clearmodifiers", "alt+F4"),
      async ended() {
        await until("Hallway to end", () => !open());
        await close();
      },
      async leave() {
        let pressed = 0;
        // On a busy machine the window manager sometimes never passes a made-up key on: the program idles and was asked
        // nothing. A window that was asked is gone within three seconds, whatever its page does; so the key comes again.
        await until("Hallway to end", () => {
          if (open() && Date.now() - pressed > 4_000) {
            pressed = Date.now();
            xdotool("windowactivate", window, "key", "--clearmodifiers", "alt+F4");
          }
          return !open();
        });
        await close();
      },
      close,
    };
  } catch (error) {
    await driver.end();
    await around?.end();
    throw new Error(`The window did not open. It said:\n${driver.said()}`, { cause: error });
  }
}

function hands(page: Session): Hands {
  const text = () => page.run<string>("return document.body.innerText");
  const named = async (element: Element, words: string) =>
    words === "" || (await element.text()).includes(words) || (await element.name()).includes(words);
  const find = (css: string, words = "") =>
    until(`${css} ${words}`, async () => {
      for (const element of await page.all(css)) {
        if ((await element.shown()) && (await named(element, words))) return element;
      }
      return null;
    });
  return {
    find,
    click: async (css, words) => (await find(css, words)).click(),
    type: async (css, typed) => (await find(css)).type(typed),
    see: async (words) => void (await until(`“${words}” on the page`, async () => (await text()).includes(words))),
    miss: async (words) => void (await until(`“${words}” to be gone`, async () => !(await text()).includes(words))),
    async axe() {
      await page.run(`if (!window.axe) { ${axeSource} }`);
      return page.run<string[]>(askAxe);
    },
  };
}

/** Whether a window of this name is on the screen. */
export function onScreen(name: string): boolean {
  try {
    return xdotool("search", "--onlyvisible", "--name", `^${name}$`) !== "";
  } catch {
    return false;
  }
}

/** The name of the window that has the keyboard. */
export const inFront = () => xdotool("getwindowname", xdotool("getactivewindow"));

export function xdotool(...args: string[]): string {
  return execFileSync("xdotool", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") return reject(new Error("No port is free."));
      server.close(() => resolve(address.port));
    });
  });
}
