// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { fakeCore } from "../ipc/fake/core";
import { toasts } from "../kit/toasts.svelte";
import { see, start, until } from "../testing/screen";

const core = () => fakeCore({ people: 12, product: "Queues" });
const said = () => toasts().some(({ text }) => text.includes("belongs to another program"));

test("keys that another program has are said once for all starts", async () => {
  const taken = core();
  taken.outside.fares({ shortcutState: "taken" });
  const first = start(taken);
  await until("it is said", said);
  first.unmount();
  await vi.waitFor(async () => expect((await taken.readSettings()).keysTold).toBe("Ctrl+Shift+Space"));
});

test("what was said of these keys is not said again", async () => {
  const taken = fakeCore({ people: 12, product: "Queues", settings: { keysTold: "Ctrl+Shift+Space" } });
  taken.outside.fares({ shortcutState: "taken" });
  start(taken);
  await see("12 people");
  expect(said()).toBe(false);
});

test("the tray and what is due lead to a place in the window", async () => {
  const open = core();
  start(open);
  await see("12 people");
  open.outside.lead("/settings");
  await see("What this file is about");
});

test("before there is a line in the page, the keys bring up that in its own window", async () => {
  const fresh = fakeCore();
  start(fresh);
  await see("What do you help developers use?");
  fresh.outside.press();
  await until("the line", () => fresh.outside.brought === 1);
});

test("where the line stands in the page already, the keys bring up no second one", async () => {
  const open = core();
  const { user } = start(open);
  await see("12 people");
  open.outside.press();
  const field = await screen.findByRole<HTMLInputElement>("combobox", { name: "Capture a conversation" });
  await user.type(field, "Ada Byron");
  field.blur();
  open.outside.press();
  expect(document.activeElement).toBe(field);
  expect(field.value).toBe("Ada Byron");
  expect(open.outside.brought).toBe(0);
});
