// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { call } from "../../ipc/call";
import { fakeCore } from "../../ipc/fake/core";
import { toasts } from "../../kit/toasts.svelte";
import { see, show, until } from "../../testing/screen";
import SettingsScreen from "./SettingsScreen.svelte";

const lastToast = () => toasts().at(-1);

test("anything done lately is taken back on its own, whatever came after it", async () => {
  const { user, core } = await show(SettingsScreen, {});
  await call("people.create", { displayName: "Ana" });
  await call("people.create", { displayName: "Bo" });
  await user.click(await screen.findByRole("button", { name: "Take back: Added Ana" }));
  await until(
    "Ana is gone",
    () => ![...core.world.people.values()].some(({ person }) => person.displayName === "Ana"),
  );
  expect(lastToast()?.text).toBe("Took back: Added Ana");
  await until(
    "its button is gone",
    () => screen.queryByRole("button", { name: "Take back: Added Ana" }) === null,
  );
  expect(screen.getByText("taken back")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Take back: Added Bo" })).toBeTruthy();
});

test("what cannot be seen of it is told, and a refusal says its sentence", async () => {
  const { user, core } = await show(SettingsScreen, {});
  await call("people.create", { displayName: "Ana" });
  await call("people.create", { displayName: "Bo" });
  const rpc = core.rpc;
  core.rpc = async (cmd, input, request) =>
    cmd === "history.take_back"
      ? {
          value: { label: "Added Ana", notes: ["Kept, because something was added to them since: Ana."] },
          changed: [],
        }
      : rpc(cmd, input, request);
  await user.click(await screen.findByRole("button", { name: "Take back: Added Ana" }));
  await until(
    "the note",
    () => lastToast()?.details === "Kept, because something was added to them since: Ana.",
  );
  core.rpc = async (cmd, input, request) => {
    if (cmd === "history.take_back")
      throw { code: "invalid", message: "That was taken back already.", field: null };
    return rpc(cmd, input, request);
  };
  await user.click(screen.getByRole("button", { name: "Take back: Added Bo" }));
  await until("the sentence", () => lastToast()?.text === "That was taken back already.");
});

test("what the history only notes has no way back", async () => {
  const { core } = await show(SettingsScreen, {});
  const noted = [
    "workspace.begin",
    "workspace.set_up",
    "workspace.show_only_accepted",
    "sample.remove",
    "journey.bring_up_to_date",
    "history.undo",
    "history.take_back",
    "demo.people",
  ];
  for (const command of [...noted, "sample.load", "journey.take_back"]) {
    const way = () => undefined;
    core.world.operations.push({
      id: core.world.nextId++,
      command,
      label: command,
      at: 0,
      undone: false,
      canTakeBack: true,
      undo: way,
      redo: way,
    });
  }
  core.changedElsewhere();
  await see("demo.people");
  const offered = screen
    .getAllByRole("button", { name: /^Take back: / })
    .map((one) => one.getAttribute("aria-label"));
  expect(offered).toEqual(["Take back: journey.take_back", "Take back: sample.load"]);
});

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
