// What every test in the browser starts from: Chromium on the real core, with a fresh file and a page that made no error.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Browser, type BrowserContextOptions, type Page, chromium } from "playwright-core";
import { expect, test as base } from "vitest";
import type { WindowSettings } from "../../ui/src/ipc/host";
import { askAxe, axeSource } from "../support/axe";
import { type Home, home } from "../support/folders";
import { begin, built, root } from "../support/programs";

export { expect };

export type Bridge = {
  home: Home;
  /** Where the page is served. */
  address: string;
  /** One call to the core, as the page would make it; rejects with the failure's message. */
  rpc<T>(command: string, input?: unknown): Promise<T>;
  /** What the next open or save dialog answers; null is a person who changes their mind. */
  choose(path: string | string[] | null): Promise<void>;
  /** A file to be read as it is handed to the core, without a dialog. */
  grant(path: string): Promise<string>;
  /** The links the page asked to open outside. */
  links(): Promise<string[]>;
  /** What the window remembers from before. */
  remember(settings: WindowSettings): Promise<void>;
  /** What it will remember, were it closed now. */
  remembered(): Promise<WindowSettings>;
};

type Fixtures = {
  home: Home;
  /** When it is, for the core and the page: an instant like 2026-05-21T09:00:00Z. Missing: now. */
  now: string | null;
  /** What the file is about; null is a file that nobody has set up yet. */
  product: string | null;
  /** What stands where the file should be; null is nothing yet. */
  found: string | null;
  /** The window: its size and its zoom. */
  screen: BrowserContextOptions;
  bridge: Bridge;
  /** Opens the window at a place, once what it is to show is in the file. Missing: People; "/" is where it begins by itself. */
  open: (place?: string) => Promise<Page>;
  /** The window, opened at once. */
  page: Page;
};

/** Where the built page is. Another folder keeps a copy still while the page is being worked on. */
const ui = process.env.HALLWAY_UI ?? join(root, "ui/dist");

/** Every answer of the core comes later by up to so many milliseconds, to find what does not wait for it: HALLWAY_LATE=400. */
const late = Number(process.env.HALLWAY_LATE ?? 0);

export const test = base.extend<Fixtures & { browser: Browser }>({
  browser: [
    async ({}, use) => {
      const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
        args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
      });
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],

  home: async ({ found }, use) => {
    const own = home();
    if (found !== null) {
      mkdirSync(dirname(own.workspace), { recursive: true });
      writeFileSync(own.workspace, found);
    }
    await use(own);
    own.remove();
  },

  now: null,
  product: null,
  found: null,
  screen: {},

  bridge: async ({ home, now, product }, use) => {
    const { bridge, end } = await serve(home, now);
    try {
      if (product !== null) await bridge.rpc("workspace.set_up", { product, zone: "Europe/Berlin" });
      await use(bridge);
    } finally {
      await end();
    }
  },

  open: async ({ browser, bridge, now, screen }, use) => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: "en-GB",
      timezoneId: "Europe/Berlin",
      permissions: ["clipboard-read", "clipboard-write"],
      ...screen,
    });
    context.setDefaultTimeout(15_000);
    if (late > 0) {
      await context.route("**/rpc/**", async (route) => {
        await new Promise((passed) => setTimeout(passed, Math.random() * late));
        await route.continue().catch(() => undefined);
      });
    }
    const errors: string[] = [];
    await use(async (place = "/people") => {
      const page = await context.newPage();
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => message.type() === "error" && !isRefusal(message.text()) && errors.push(message.text()));
      if (now !== null) await page.clock.setFixedTime(now);
      await page.goto(`${bridge.address}/#${place}`);
      // A person's page takes keys once they are on it.
      await (/^\/people\/[^/]+$/.test(place) ? page.getByRole("region", { name: "Journey" }) : page.getByRole("main")).waitFor();
      return page;
    });
    await context.close();
    expect(errors, "errors in the page's console").toEqual([]);
  },

  page: async ({ open }, use) => use(await open()),
});

/** The same on a file that is already about something. */
export const inUse = test.extend<{ product: string | null }>({ product: "Queues" });

/** The day on which dated tests happen, a Thursday. */
export const TODAY = "2026-05-21";

/** The same again, on a morning that does not move. */
export const onADay = inUse.extend<{ now: string | null }>({ now: `${TODAY}T09:00:00Z` });

/** Serves a home's file; a second one on the same home is another program at work on it. */
export async function serve(at: Home, now: string | null = null, file = at.workspace) {
  const args = ["--ui", ui, "--file", file, "--port", "0", "--zone", "Europe/Berlin"];
  if (now !== null) args.push("--now", String(Date.parse(now)));
  const program = begin(built("hallway-bridge"), args, at.env);
  const [, address = ""] = await program.line(/^listening (http:\/\/127\.0\.0\.1:\d+)$/m);
  const ask = <T>(path: string, input: unknown) => post<T>(address + path, input);
  const choose = (path: string | string[] | null) => ask<void>("/host/answer", { path });
  const bridge: Bridge = {
    home: at,
    address,
    rpc: async <T>(command: string, input: unknown = {}) => (await ask<{ value: T }>(`/rpc/${command}`, input)).value,
    choose,
    grant: async (path) => (await choose(path), (await ask<{ grant: string }>("/host/choose_path", { purpose: "import" })).grant),
    links: () => ask("/host/links", {}),
    remember: (settings) => ask("/host/settings", settings),
    remembered: () => ask("/host/settings", null),
  };
  return { bridge, end: () => program.end(), kill: () => program.kill() };
}

/** The serious findings of the accessibility rules on what the page shows now, as sentences. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(`(async () => { ${askAxe} })()`);
}

/** The core said no, in a sentence: an answer like any other, though the browser writes it down as an error. */
function isRefusal(message: string): boolean {
  return message.startsWith("Failed to load resource: the server responded with a status of 422");
}

async function post<T>(url: string, input: unknown): Promise<T> {
  const reply = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(input) });
  const answer: unknown = await reply.json();
  if (!reply.ok) throw new Error(`${url}: ${(answer as { message?: string }).message ?? reply.status}`);
  return answer as T;
}
