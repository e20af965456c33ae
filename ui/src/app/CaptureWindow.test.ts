// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { fakeCore } from "../ipc/fake/core";
import type { CaptureWindow as Line } from "../ipc/outside";
import { hold, show, until } from "../testing/screen";
import CaptureWindow from "./CaptureWindow.svelte";

/** The window of the line; the other window writes to the same file. */
async function captureWindow() {
  const core = fakeCore({ people: 3, product: "Queues" });
  const shown = new Set<() => void>();
  const line: Line = {
    onShown: (heard) => (shown.add(heard), () => void shown.delete(heard)),
    away: async () => undefined,
    painted: async () => undefined,
    height: async () => undefined,
    openMain: async () => undefined,
  };
  const elsewhere = core.rpc;
  const opened = await show(CaptureWindow, { line }, core);
  const field = await screen.findByRole<HTMLInputElement>("combobox", { name: "Capture a conversation" });
  await until("what is on disk was asked for", () => core.asked.some(({ cmd }) => cmd === "captures.draft"));
  const kept = () => core.asked.filter(({ cmd }) => cmd === "captures.keep");
  return {
    ...opened,
    field,
    bringUp: () => shown.forEach((heard) => heard()),
    leaveIn: (text: string) => elsewhere("captures.keep", { text }, ""),
    onDisk: async () => ((await elsewhere("captures.draft", {}, "")).value as { text: string }).text,
    keptHere: (text: string) =>
      until(`“${text}” is on disk`, () =>
        kept().some(({ input }) => (input as { text: string }).text === text),
      ),
  };
}

test("a line that was saved in the other window stands here no more", async () => {
  const { user, field, bringUp, leaveIn, keptHere } = await captureWindow();
  await user.type(field, "Ada Byron{Escape}");
  await keptHere("Ada Byron");
  await leaveIn("");
  bringUp();
  await until("the line is empty", () => field.value === "");
});

test("a line that was changed in the other window stands here as it is there", async () => {
  const { user, field, bringUp, leaveIn, keptHere, onDisk } = await captureWindow();
  await user.type(field, "Ada Byron{Escape}");
  await keptHere("Ada Byron");
  await leaveIn("Ada Byron /4");
  bringUp();
  await until("it is the newer one", () => field.value === "Ada Byron /4");
  expect(await onDisk()).toBe("Ada Byron /4");
});

test("what is typed here and not on disk yet stays", async () => {
  const { user, field, bringUp, leaveIn, keptHere, onDisk, core } = await captureWindow();
  await user.type(field, "Ada Byron{Escape}");
  await keptHere("Ada Byron");
  await leaveIn("somebody else");
  const rpc = core.rpc;
  // A disk that is full.
  core.rpc = (cmd, input, request) =>
    cmd === "captures.keep"
      ? Promise.reject({ code: "io", message: "The disk is full.", field: null })
      : rpc(cmd, input, request);
  await user.type(field, " /4");
  const drafts = () => core.asked.filter(({ cmd }) => cmd === "captures.draft").length;
  const before = drafts();
  bringUp();
  await until("what is on disk was asked for", () => drafts() > before);
  expect(await onDisk()).toBe("somebody else");
  expect(field.value).toBe("Ada Byron /4");
});

test("who is chosen before the last letters were read takes the place of all of them", async () => {
  const { user, field, core } = await captureWindow();
  await user.type(field, "P");
  await screen.findByRole("option", { name: /Priya Nair/ });
  const answer = hold(core, "captures.read");
  await user.type(field, "riya");
  await user.keyboard("{ArrowDown}{Enter}");
  answer();
  await until("Priya", () => field.value === "Priya Nair, ");
});
