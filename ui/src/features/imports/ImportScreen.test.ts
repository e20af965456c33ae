// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { call } from "../../ipc/call";
import { toasts } from "../../kit/toasts.svelte";
import { see, show, until } from "../../testing/screen";
import { remember } from "./current.svelte";
import ImportScreen from "./ImportScreen.svelte";

async function looking() {
  remember(null);
  const shown = await show(ImportScreen, {});
  await shown.user.click(screen.getByRole("button", { name: /^Choose a file/ }));
  await see("417 rows");
  return { ...shown, living: () => [...shown.core.world.people.values()] };
}

async function imported() {
  const shown = await looking();
  await shown.user.click(screen.getByRole("button", { name: /^Import 380 people/ }));
  await screen.findByRole("heading", { name: "Imported 380 people from meetup.csv" });
  return shown;
}

const takenBack = () => screen.findByRole("heading", { name: "The import was taken back" });

test("undoing takes back the import, not what came after it", async () => {
  const { user, core, living } = await imported();
  await call("people.create", { displayName: "Ana" });
  await user.click(screen.getByRole("button", { name: "Undo the import" }));
  await takenBack();
  expect(living()).toHaveLength(41);
  expect(living().at(-1)?.person.displayName).toBe("Ana");
  expect(screen.queryByRole("button", { name: "Undo the import" })).toBeNull();
  expect(core.asked.filter(({ cmd }) => cmd === "history.take_back")).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: /^Another file/ }));
  await see("417 rows");
});

test("the button of the toast does the same, and both together do it once", async () => {
  const { core, living } = await imported();
  await call("people.create", { displayName: "Ana" });
  const { action } = toasts().at(-1)!;
  expect(action?.label).toBe("Undo");
  screen.getByRole("button", { name: "Undo the import" }).click();
  action!.run();
  await takenBack();
  action!.run();
  expect(living()).toHaveLength(41);
  expect(core.asked.filter(({ cmd }) => cmd === "history.take_back")).toHaveLength(1);
});

test("an import that was taken back elsewhere is not shown as if it were here", async () => {
  await imported();
  await call("history.undo", {});
  await takenBack();
  await call("history.redo", {});
  await screen.findByRole("heading", { name: "Imported 380 people from meetup.csv" });
});

test("a decision holds for the file as it was looked at", async () => {
  const { user, core } = await looking();
  await user.click((await screen.findAllByRole("button", { name: "Someone new" }))[0]!);
  await until("it is asked", () =>
    core.asked.some(
      ({ input }) => (input as { decisions?: object }).decisions && "hash" in (input as object),
    ),
  );
  expect(core.asked.at(-1)).toMatchObject({
    cmd: "imports.preview",
    input: { decisions: { 77: "new" }, hash: "as it was" },
  });

  core.world.importHash = "changed";
  await user.click(screen.getAllByRole("button", { name: "Leave out" })[1]!);
  await see("The file has changed since you looked at it. This is how it is now; decide again what waits.");
  expect(core.asked.at(-1)?.input).toEqual({
    file: "fake-grant",
    matching: true,
    source: "import",
    decisions: {},
    overwrite: [],
  });
  await user.click(screen.getAllByRole("button", { name: "Leave out" })[0]!);
  await until("the word is gone", () => !document.body.textContent?.includes("The file has changed"));
  expect(core.asked.at(-1)).toMatchObject({ input: { decisions: { 77: "skip" }, hash: "changed" } });
});

test("a file that changed before the import runs is looked at again, and nobody is imported", async () => {
  const { user, core, living } = await looking();
  core.world.importHash = "changed";
  await user.click(screen.getByRole("button", { name: /^Import 380 people/ }));
  await see("The file has changed since you looked at it. This is how it is now.");
  expect(living()).toHaveLength(40);
  await user.click(screen.getByRole("button", { name: /^Import 380 people/ }));
  await screen.findByRole("heading", { name: "Imported 380 people from meetup.csv" });
  expect(core.asked.findLast(({ cmd }) => cmd === "imports.run")?.input).toMatchObject({ hash: "changed" });
});
