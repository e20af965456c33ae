// @vitest-environment happy-dom
import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import Shell from "../../app/Shell.svelte";
import { call } from "../../ipc/call";
import { go } from "../../kit/route.svelte";
import { toasts } from "../../kit/toasts.svelte";
import { show, until } from "../../testing/screen";
import HistoryScreen from "./HistoryScreen.svelte";

const lastToast = () => toasts().at(-1);
const done = { person: null, part: "done" as const };

test("anything done lately is taken back on its own, whatever came after it", async () => {
  const { user, core } = await show(HistoryScreen, done);
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

test("what is done while older things are shown pushes none of them out", async () => {
  const { user } = await show(HistoryScreen, done);
  for (let n = 1; n <= 230; n++) await call("people.create", { displayName: `Nr ${n}` });
  await user.click(await screen.findByRole("button", { name: "Earlier" }));
  const lines = () => screen.getAllByRole("button", { name: /^Added Nr \d+$/ }).length;
  await until("the page before", () => lines() === 200);
  await call("people.create", { displayName: "Nr 231" });
  await call("people.create", { displayName: "Nr 232" });
  await until("the newest as well", () => lines() === 202);
  await user.click(screen.getByRole("button", { name: "Earlier" }));
  await until("all of them", () => lines() === 232);
});

test("what cannot be seen of it is told, and a refusal says its sentence", async () => {
  const { user, core } = await show(HistoryScreen, done);
  await call("people.create", { displayName: "Ana" });
  await call("people.create", { displayName: "Bo" });
  const rpc = core.rpc;
  core.rpc = async (cmd, input, request) =>
    cmd === "history.take_back"
      ? {
          value: {
            label: "Added Ana",
            notes: [
              "Kept, without the rest that came with it, because something was added to them since: Ana.",
            ],
          },
          changed: [],
        }
      : rpc(cmd, input, request);
  await user.click(await screen.findByRole("button", { name: "Take back: Added Ana" }));
  await until(
    "the note",
    () =>
      lastToast()?.details ===
      "Kept, without the rest that came with it, because something was added to them since: Ana.",
  );
  core.rpc = async (cmd, input, request) => {
    if (cmd === "history.take_back")
      throw { code: "invalid", message: "That was taken back already.", field: null };
    return rpc(cmd, input, request);
  };
  await user.click(screen.getByRole("button", { name: "Take back: Added Bo" }));
  await until("the sentence", () => lastToast()?.text === "That was taken back already.");
});

test("whoever lies in the trash is brought back from there", async () => {
  const { user, core } = await show(HistoryScreen, { person: null, part: "trash" as const });
  const ana = await call("people.create", { displayName: "Ana" });
  await call("people.trash", { ids: [ana.id] });
  await user.click(await screen.findByRole("button", { name: "Bring back Ana" }));
  await until("the trash is empty", () => screen.queryByText(/The trash is empty/) !== null);
  expect([...core.world.people.values()].map(({ person }) => person.displayName)).toContain("Ana");
});

test("a list and a view that were moved to the trash are found there, and brought back", async () => {
  const { user, core } = await show(HistoryScreen, { person: null, part: "trash" as const });
  const list = await call("lists.create", { name: "Beta testers" });
  const view = await call("views.save", {
    name: "Rust in Berlin",
    filter: "",
    sort: "name",
    descending: false,
    layout: "list",
  });
  await call("lists.trash", { id: list.id });
  await call("views.trash", { id: view.id });
  const group = within(await screen.findByRole("region", { name: "Lists and views" }));
  await until("both are there", () => group.queryAllByRole("listitem").length === 2);
  expect(screen.queryByText(/The trash is empty/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Empty it now" }));
  await screen.findByText(/2 lists and views that lie here will be gone from this file/);
  await user.click(screen.getByRole("button", { name: "Cancel Esc" }));
  await user.click(group.getByRole("button", { name: "Bring back the list Beta testers" }));
  await until("the list is back", () => core.world.lists.get(list.id)?.gone === false);
  expect(document.activeElement).toBe(screen.getByRole("group", { name: "Trash" }));
  await user.click(await group.findByRole("button", { name: "Bring back the view Rust in Berlin" }));
  await until("the trash is empty", () => screen.queryByText(/The trash is empty/) !== null);
  expect(core.world.views.map(({ name }) => name)).toEqual(["Rust in Berlin"]);
  await call("history.undo", {});
  await screen.findByRole("button", { name: "Bring back the view Rust in Berlin" });
});

test("what was done, the trash and what was erased have the focus each, so that keys scroll them", async () => {
  await show(Shell, {});
  go("/history");
  const has = (name: string) =>
    until(name, () => document.activeElement === screen.queryByRole("region", { name }));
  await has("Done");
  go("/history/trash");
  await has("The trash");
  go("/history/erased");
  await has("Erased");
});
