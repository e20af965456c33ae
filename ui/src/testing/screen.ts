// Shows a screen in a test: on the fake core, with the keys listening, and clean again afterwards.
import { cleanup, render } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import type { Component } from "svelte";
import { afterEach, vi } from "vitest";
import App from "../app/App.svelte";
import { commands } from "../app/commands";
import { leaveList } from "../features/people/list.svelte";
import { connect, type Command } from "../ipc/call";
import { fakeCore, type FakeCore } from "../ipc/fake/core";
import { flushSettings, readSettings, settings } from "../ipc/settings.svelte";
import { readWorkspace } from "../ipc/workspace.svelte";
import { listenForKeys } from "../kit/keyboard";
import { dismiss, toasts } from "../kit/toasts.svelte";

const after: (() => void)[] = [];

afterEach(async () => {
  cleanup();
  // What the window remembers is written a moment later: by then there may be nobody to write it.
  await flushSettings();
  for (const undo of after.splice(0)) undo();
  leaveList();
  sessionStorage.clear();
  for (const toast of toasts()) dismiss(toast.id);
  at("/");
});

/** Shows a component over a core with 40 invented people, Priya Nair first. */
export async function show<Props extends Record<string, unknown>>(
  component: Component<Props>,
  props: Props,
  core: FakeCore = fakeCore({ people: 40, product: "Queues" }),
) {
  after.push(connect(core));
  await readSettings();
  await readWorkspace();
  after.push(listenForKeys(commands, () => settings().singleLetterKeys !== false));
  const user = userEvent.setup();
  // A component whose props are checked here is any component to the library.
  const shown = render(component as Component<Record<string, unknown>>, { props });
  return { core, user, ...shown };
}

/** Holds back what the core answers to a command, as it is when it is asked; returns how to let the answers come. */
export function hold(core: FakeCore, held: Command): () => void {
  const rpc = core.rpc;
  let answer = () => {};
  const until = new Promise<void>((kept) => (answer = kept));
  core.rpc = async (cmd, input, request) => {
    const answered = await rpc(cmd, input, request);
    if (cmd === held) await until;
    return answered;
  };
  return answer;
}

/** The place that is shown, as if somebody had gone there. */
export function at(path: string): void {
  history.replaceState(null, "", `#${path}`);
  dispatchEvent(new PopStateEvent("popstate"));
}

/** Starts the whole page, as the window does, at a place. */
export function start(core: FakeCore, place = "/people") {
  at(place);
  after.push(connect(core));
  return { core, user: userEvent.setup(), ...render(App) };
}

/** Waits until the words stand somewhere in the page. */
export function see(words: string | RegExp): Promise<void> {
  return vi.waitFor(() => {
    const text = document.body.textContent?.replace(/\s+/g, " ") ?? "";
    const there = typeof words === "string" ? text.includes(words) : words.test(text);
    if (!there) throw new Error(`“${words}” is not there. The page says: ${text.slice(0, 600)}`);
  });
}

/** Waits until it is so. */
export function until(what: string, is: () => boolean): Promise<void> {
  return vi.waitFor(() => {
    if (!is()) throw new Error(`Not yet: ${what}`);
  });
}
