// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { fakeCore } from "../../ipc/fake/core";
import { toasts } from "../../kit/toasts.svelte";
import { see, show, until } from "../../testing/screen";
import SettingsScreen from "./SettingsScreen.svelte";

const lastToast = () => toasts().at(-1);

test("only accepted stages are shown when that is ticked, and a refusal leaves the box as it was", async () => {
  const { user, core } = await show(SettingsScreen, {});
  const box = screen.getByRole<HTMLInputElement>("checkbox", { name: /Show only stages I have accepted/ });
  expect(box.checked).toBe(false);
  await user.click(box);
  await until("it is so in the file", () => core.world.acceptedOnly);
  core.rpc = async () => {
    throw { code: "busy", message: "Another program is at work on the file.", field: null };
  };
  await user.click(box);
  await until("the sentence", () => lastToast()?.text === "Another program is at work on the file.");
  expect(box.checked).toBe(true);
});

test("a zone waits for the word on what this is about", async () => {
  const { user } = await show(SettingsScreen, {}, fakeCore({ people: 3 }));
  await user.click(screen.getByRole("button", { name: /^Time zone: / }));
  await user.keyboard("{Control>}a{/Control}Africa/Lagos{Enter}");
  await see("Write first what you help developers use.");
});
