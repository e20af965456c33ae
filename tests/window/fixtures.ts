// What every test in the window starts from: a fresh home, and a way to open the app in it that closes it at the end.
import { test as base } from "vitest";
import { type Home, home } from "../support/folders";
import { type Hands, hands as handsOn } from "../support/hands";
import { type App, type Asked, open } from "./app";

export { expect } from "vitest";

type Fixtures = {
  home: Home;
  /** Opens the app in this test's home. */
  start(asked?: Asked): Promise<App>;
};

export const test = base.extend<Fixtures>({
  home: async ({}, use) => {
    const own = home();
    await use(own);
    own.remove();
  },

  start: async ({ home }, use) => {
    const opened: App[] = [];
    await use(async (asked) => {
      const app = await open(home, asked);
      opened.push(app);
      return app;
    });
    for (const app of opened) await app.close();
  },
});

/** Answers the first questions of a new file, puts away the line that comes up then, and goes to the empty list. */
export async function begun(app: App, product: string): Promise<void> {
  await app.find("form");
  await app.keys(...product, "Enter");
  await app.find("[role=combobox][aria-label='Capture a conversation']");
  await app.keys("Escape", "Control+2");
  await app.see("Add the last developer you talked to.");
}

/** One call to the core, as the page would make it. */
export async function rpc<T>(app: App, cmd: string, input: object = {}): Promise<T> {
  const request = "return (await window.__TAURI_INTERNALS__.invoke('rpc', arguments[0])).value";
  return app.run<T>(request, { cmd, input, request: crypto.randomUUID() });
}

/** Hands on the keyboard of this window. */
export const hands = (app: App): Hands =>
  handsOn({ type: (text) => app.keys(...text), press: (chord) => app.keys(chord) });
