// The few words of the WebDriver protocol that the window's tests speak.
import { writeFileSync } from "node:fs";

/** What WebDriver calls an element in its answers. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
type Reference = { [ELEMENT]: string };

/** Keys without a character, as WebDriver names them. */
export const KEY = {
  Backspace: "\uE003", Tab: "\uE004", Enter: "\uE007", Shift: "\uE008", Control: "\uE009", Alt: "\uE00A",
  Escape: "\uE00C", Space: " ", PageUp: "\uE00E", PageDown: "\uE00F", End: "\uE010", Home: "\uE011",
  ArrowLeft: "\uE012", ArrowUp: "\uE013", ArrowRight: "\uE014", ArrowDown: "\uE015", Delete: "\uE017",
} as const;

export type Session = {
  /** The elements a CSS selector finds now. */
  all(css: string): Promise<Element[]>;
  /** Presses keys one after another; those joined by `+` are held together: `keys("Control+k", "Enter")`. */
  keys(...chords: string[]): Promise<void>;
  /** Runs the body of a function in the page; it may await. */
  run<T>(body: string, ...args: unknown[]): Promise<T>;
  screenshot(path: string): Promise<void>;
  url(): Promise<string>;
  go(url: string): Promise<void>;
  handles(): Promise<string[]>;
  /** From now on everything is asked of this window. */
  turnTo(handle: string): Promise<void>;
  close(): Promise<void>;
};

export type Element = {
  text(): Promise<string>;
  click(): Promise<void>;
  /** Types at the end of what is in the field. */
  type(text: string): Promise<void>;
  shown(): Promise<boolean>;
  /** What a screen reader would call it. */
  name(): Promise<string>;
};

/** Opens the program in a session of its own. */
export async function session(driver: string, binary: string, args: string[]): Promise<Session> {
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary, args } } };
  const { sessionId } = await ask<{ sessionId: string }>(driver, "POST", "/session", { capabilities });
  const at = `${driver}/session/${sessionId}`;
  const post = <T>(path: string, body: object = {}) => ask<T>(at, "POST", path, body);
  const get = <T>(path: string) => ask<T>(at, "GET", path);
  const run = <T>(body: string, ...args: unknown[]) =>
    post<T>("/execute/sync", { script: `return (async function () { ${body} }).apply(null, arguments)`, args });

  const element = (reference: Reference): Element => {
    const path = `/element/${reference[ELEMENT]}`;
    return {
      // What the page holds, since the driver leaves out names that an ellipsis could cut.
      text: () => run("return arguments[0].innerText ?? arguments[0].textContent", reference),
      click: () => post(`${path}/click`),
      type: (text) => post(`${path}/value`, { text }),
      shown: () => run("return arguments[0].checkVisibility()", reference),
      name: () => get(`${path}/computedlabel`),
    };
  };

  return {
    all: async (css) => (await post<Reference[]>("/elements", { using: "css selector", value: css })).map(element),
    async keys(...chords) {
      const actions = chords.flatMap(pressed);
      await post("/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
      await ask(at, "DELETE", "/actions");
    },
    run,
    screenshot: async (path) => writeFileSync(path, Buffer.from(await get<string>("/screenshot"), "base64")),
    url: () => get("/url"),
    go: (url) => post("/url", { url }),
    handles: () => get("/window/handles"),
    turnTo: (handle) => post("/window", { handle }),
    close: () => ask(at, "DELETE", ""),
  };
}

function pressed(chord: string): { type: "keyDown" | "keyUp"; value: string }[] {
  const keys = (chord.length > 1 ? chord.split("+") : [chord]).map((key) => KEY[key as keyof typeof KEY] ?? key);
  return [
    ...keys.map((value) => ({ type: "keyDown" as const, value })),
    ...keys.reverse().map((value) => ({ type: "keyUp" as const, value })),
  ];
}

async function ask<T>(at: string, method: string, path: string, body?: object): Promise<T> {
  const reply = await fetch(at + path, {
    method,
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  const { value } = (await reply.json()) as { value: T & { error?: string; message?: string } };
  if (!reply.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
  return value;
}
