// @vitest-environment happy-dom
import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { fakeCore } from "../../ipc/fake/core";
import type { Host } from "../../ipc/host";
import { toasts } from "../../kit/toasts.svelte";
import { see, show, until } from "../../testing/screen";
import OutsideSection from "./OutsideSection.svelte";

const box = (name: RegExp) => screen.getByRole<HTMLInputElement>("checkbox", { name });

test("keys are chosen by pressing them, and those that other programs need are refused", async () => {
  const { user, core } = await show(OutsideSection, {});
  await see("Ctrl Shift Space");
  await user.click(screen.getByRole("button", { name: "Other keys" }));
  const field = screen.getByRole("textbox", { name: "Keys for the capture line" });
  await fireEvent.keyDown(field, { key: "k", code: "KeyK" });
  await see("Hold Ctrl, Alt or Super with it");
  expect(core.outside.state.shortcut).toBe("Ctrl+Shift+Space");
  await fireEvent.keyDown(field, { key: "Alt", code: "AltLeft", altKey: true });
  await fireEvent.keyDown(field, { key: "k", code: "KeyK", altKey: true });
  await until("the keys to be taken", () => core.outside.state.shortcut === "Alt+KeyK");
  await until("the button has the focus again", () => document.activeElement?.textContent === "Other keys");
  await user.click(screen.getByRole("button", { name: "Switch off" }));
  await see("Off: the line comes up only in this window");
  expect(core.outside.state.shortcut).toBeNull();
});

test("Esc leaves the keys as they are", async () => {
  const { user, core } = await show(OutsideSection, {});
  await see("Ctrl Shift Space");
  await user.click(screen.getByRole("button", { name: "Other keys" }));
  await fireEvent.keyDown(screen.getByRole("textbox", { name: "Keys for the capture line" }), {
    key: "Escape",
    code: "Escape",
  });
  await see("Ctrl Shift Space");
  expect(core.outside.state.shortcut).toBe("Ctrl+Shift+Space");
});

test("a wish that was refused leaves its box as it was", async () => {
  const core = fakeCore({ people: 3, product: "Queues" });
  core.outside.wish = async () => {
    throw { code: "invalid", message: "This could not be kept: no space is left.", field: null };
  };
  const { user } = await show(OutsideSection, {}, core);
  await see("Start when I log in");
  await user.click(box(/Start when I log in/));
  await until("the sentence", () => toasts().at(-1)?.text === "This could not be kept: no space is left.");
  expect(box(/Start when I log in/).checked).toBe(false);
});

test("quiet hours are written as people write them, and nonsense leaves them", async () => {
  const { user, core } = await show(OutsideSection, {});
  await see("Quiet hours");
  const from = screen.getByRole<HTMLInputElement>("textbox", { name: "Quiet from" });
  expect(from.value).toBe("20:00");
  await user.clear(from);
  await user.type(from, "21{Tab}");
  await until("it is so", () => core.outside.state.quiet?.from === 21 * 60);
  await user.clear(from);
  await user.type(from, "late{Tab}");
  expect(from.value).toBe("21:00");
  await user.click(box(/Quiet hours/));
  await until("none are kept", () => core.outside.state.quiet === null);
});

test("whatever does not work says so, and what to do", async () => {
  const { core } = await show(OutsideSection, {});
  await see("Outside the window");
  core.outside.fares({ shortcutState: "taken" });
  await see("Another program has Ctrl Shift Space already. Choose other keys.");
  core.outside.fares({ shortcutState: "unreachable" });
  await see("bind keys of your own to hallway --capture");
  core.outside.fares({ trayState: "no_library" });
  await see("install libayatana-appindicator3-1");
  expect(box(/Stay in the tray/).disabled).toBe(true);
  core.outside.fares({ unheard: true });
  await see("Nothing here shows notifications just now.");
  core.outside.fares({ calendar: { path: "~/hallway.ics", failure: "~/hallway.ics could not be written." } });
  await see("~/hallway.ics could not be written. Choose another place");
});

test("a calendar file is kept and let go", async () => {
  const { user, core } = await show(OutsideSection, {});
  await see("Keep a calendar file");
  await user.click(screen.getByRole("button", { name: "Keep a calendar file" }));
  await see("~/Documents/hallway.ics");
  await user.click(screen.getByRole("button", { name: "Stop keeping it" }));
  await until("it is let go", () => core.outside.state.calendar === null);
});

test("a page in a browser has nothing outside", async () => {
  const core = fakeCore({ people: 3, product: "Queues" });
  (core as Host).outside = null;
  const { container } = await show(OutsideSection, {}, core);
  expect(container.textContent?.trim()).toBe("");
});
