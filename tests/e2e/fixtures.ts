// What every test in the browser starts from: Chromium on the real core, with a fresh file and a page that made no error.
import { join } from "node:path";
import { type Browser, type Page, chromium } from "playwright-core";
import { expect, test as base } from "vitest";
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
  choose(path: string | null): Promise<void>;
  /** The links the page asked to open outside. */
  links(): Promise<string[]>;
};

type Fixtures = {
  home: Home;
  /** When it is, for the core and the page: an instant like 2026-05-21T09:00:00Z. Missing: now. */
  now: string | null;
  bridge: Bridge;
  page: Page;
};

export const test = base.extend<Fixtures & { browser: Browser }>({
  browser: [
    async ({}, use) => {
      const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
      });
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],

  home: async ({}, use) => {
    const own = home();
    await use(own);
    own.remove();
  },

  now: null,

  bridge: async ({ home, now }, use) => {
    const args = ["--ui", join(root, "ui/dist"), "--file", home.workspace, "--port", "0", "--zone", "Europe/Berlin"];
    if (now !== null) args.push("--now", String(Date.parse(now)));
    const program = begin(built("hallway-bridge"), args, home.env);
    try {
      const [, address = ""] = await program.line(/^listening (http:\/\/127\.0\.0\.1:\d+)$/m);
      const ask = <T>(path: string, input: unknown) => post<T>(address + path, input);
      await use({
        home,
        address,
        rpc: async <T>(command: string, input: unknown = {}) => (await ask<{ value: T }>(`/rpc/${command}`, input)).value,
        choose: (path) => ask("/host/answer", { path }),
        links: () => ask("/host/links", {}),
      });
    } finally {
      await program.end();
    }
  },

  page: async ({ browser, bridge, now }, use) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB", timezoneId: "Europe/Berlin" });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    page.setDefaultTimeout(5_000);
    if (now !== null) await page.clock.setFixedTime(now);
    await page.goto(bridge.address);
    await use(page);
    await context.close();
    expect(errors, "errors in the page's console").toEqual([]);
  },
});

/** The serious findings of the accessibility rules on what the page shows now, as sentences. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(`(async () => { ${askAxe} })()`);
}

async function post<T>(url: string, input: unknown): Promise<T> {
  const reply = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(input) });
  const answer: unknown = await reply.json();
  if (!reply.ok) throw new Error(`${url}: ${(answer as { message?: string }).message ?? reply.status}`);
  return answer as T;
}
