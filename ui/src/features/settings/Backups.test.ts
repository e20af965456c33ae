// @vitest-environment happy-dom
import { screen, within } from "@testing-library/svelte";
import { beforeEach, expect, test, vi, type Mock } from "vitest";
import { fakeCore } from "../../ipc/fake/core";
import { backup, NOW } from "../../ipc/fake/world";
import { see, show, until } from "../../testing/screen";
import SettingsScreen from "./SettingsScreen.svelte";

const HOUR = 3_600_000;

let reload: Mock<() => void>;
beforeEach(() => {
  reload = vi.spyOn(location, "reload").mockImplementation(() => undefined);
});

const section = async () => within(await screen.findByRole("region", { name: "Backups" }));
const dialog = () => screen.findByRole("dialog", { name: /^Put back the backup of today/ });

/** Three backups, of which the newest cannot be read. */
function several() {
  const core = fakeCore({ people: 3, product: "Queues" });
  core.world.backups = [
    backup(NOW - HOUR, { people: null, touchpoints: null, bytes: 7_000 }),
    backup(NOW - 2 * HOUR, { why: "import" }),
    backup(NOW - 20 * HOUR, { people: 1, touchpoints: 1 }),
  ];
  return core;
}

test("without a backup it is said when one will be made, and one is made at once", async () => {
  const { user } = await show(SettingsScreen, {}, fakeCore({ people: 3, product: "Queues" }));
  await see("None yet; Hallway makes one every hour in which something changed, and before every import.");
  await user.click(screen.getByRole("button", { name: "Make one now" }));
  await see("Made one with 3 people,");
  await see("The newest good one: today 11:02");
  await user.click(screen.getByRole("button", { name: "Make one now" }));
  await see("The newest backup holds everything there is.");
  expect((await section()).getAllByRole("listitem")).toHaveLength(1);
});

test("each says when and why it was made and what it holds; one that cannot be read is not put back", async () => {
  await show(SettingsScreen, {}, several());
  await see("The newest good one: today 09:02");
  const [damaged, newest, oldest] = (await section()).getAllByRole("listitem");
  expect(damaged!.textContent).toMatch(/today 10:02.*It cannot be read, so it cannot be put back\./s);
  expect(within(damaged!).queryByRole("button")).toBeNull();
  expect(newest!.textContent).toMatch(/today 09:02.*before an import.*12 people, 40 entries.*1\.2 MB/s);
  expect(oldest!.textContent).toMatch(/yesterday 15:02.*made by itself.*1 person, 1 entry/s);
});

test("one that is not as it was made is said to be damaged, and is not put back", async () => {
  const core = several();
  core.world.backups[0] = backup(NOW - HOUR, { people: null, touchpoints: null, damaged: true });
  await show(SettingsScreen, {}, core);
  await see("The newest good one: today 09:02");
  const [damaged] = (await section()).getAllByRole("listitem");
  expect(damaged!.textContent).toContain("It is damaged: it is not as it was made, so it is not put back.");
  expect(within(damaged!).queryByRole("button")).toBeNull();
});

test("the newest are shown first, the older ones when they are asked for", async () => {
  const core = fakeCore({ people: 3, product: "Queues" });
  core.world.backups = Array.from({ length: 30 }, (_, hour) => backup(NOW - hour * HOUR));
  const { user } = await show(SettingsScreen, {}, core);
  await user.click(await screen.findByRole("button", { name: "Show 24 older ones" }));
  expect((await section()).getAllByRole("listitem")).toHaveLength(30);
});

test("what would change is said before, and leaving it changes nothing", async () => {
  const core = several();
  core.world.difference = {
    back: { count: 1, names: ["Ada"] },
    apart: { count: 0, names: [] },
    together: { count: 0, names: [] },
    gone: { count: 2, names: ["Bo", "Cem"] },
    changed: { count: 0, names: [] },
    kinds: [{ one: "entry", many: "entries", back: 3, gone: 0, changed: 1 }],
    trash: 0,
    noesKept: 0,
    keptApart: { count: 0, names: [] },
  };
  const restore = vi.spyOn(core, "restoreBackup");
  const { user } = await show(SettingsScreen, {}, core);
  await user.click(await screen.findByRole("button", { name: /^Put back the backup of today 09:02/ }));
  await dialog();
  await see("1 person in the backup and not here now would be here again: Ada.");
  await see("2 people here now and not in the backup would be gone: Bo and Cem.");
  await see("3 entries would be here again.");
  await see("1 entry would be as before.");
  await see("Nothing else would change.");
  await see("What stands there now becomes a backup itself, so you can come back to it.");
  expect(document.activeElement?.textContent).toContain("Leave everything as it is");
  await user.keyboard("{Enter}");
  await until("the dialog is closed", () => screen.queryByRole("dialog") === null);
  expect(restore).not.toHaveBeenCalled();
});

test("it is put back by its name, and the page starts anew", async () => {
  const core = several();
  const restore = vi.spyOn(core, "restoreBackup");
  const { user } = await show(SettingsScreen, {}, core);
  await user.click(await screen.findByRole("button", { name: /^Put back the backup of today 09:02/ }));
  await see("Everything in the file is as it was then: nothing would change.");
  await user.click(within(await dialog()).getByRole("button", { name: "Put it back" }));
  await until("the page starts anew", () => reload.mock.calls.length > 0);
  expect(restore).toHaveBeenCalledExactlyOnceWith(core.world.backups[1]!.name);
  expect(location.hash).toBe("#/");
});

test("a refusal is said where the person stands, and they can try again", async () => {
  const core = several();
  vi.spyOn(core, "restoreBackup").mockRejectedValueOnce({
    code: "busy",
    message: "Another Hallway is busy with this file.",
    field: null,
  });
  const { user } = await show(SettingsScreen, {}, core);
  await user.click(await screen.findByRole("button", { name: /^Put back the backup of today 09:02/ }));
  const put = within(await dialog()).getByRole<HTMLButtonElement>("button", { name: "Put it back" });
  await until("the comparison", () => !put.disabled);
  await user.click(put);
  expect((await screen.findByRole("alert")).textContent).toBe("Another Hallway is busy with this file.");
  expect(reload).not.toHaveBeenCalled();
  await user.click(put);
  await until("the page starts anew", () => reload.mock.calls.length > 0);
});

test("a backup that cannot be compared can still be put back", async () => {
  const core = several();
  const rpc = core.rpc;
  core.rpc = async (cmd, input, request) => {
    if (cmd === "backups.difference")
      throw { code: "damaged", message: "The file is damaged: page 7.", field: null };
    return rpc(cmd, input, request);
  };
  const { user } = await show(SettingsScreen, {}, core);
  await user.click(await screen.findByRole("button", { name: /^Put back the backup of today 09:02/ }));
  await see("What would change cannot be said. The file is damaged: page 7.");
  await user.click(within(await dialog()).getByRole("button", { name: "Put it back" }));
  await until("the page starts anew", () => reload.mock.calls.length > 0);
});

test("checking the file also says how good the last backup is", async () => {
  const core = several();
  const { user } = await show(SettingsScreen, {}, core);
  await user.click(screen.getByRole("button", { name: "Check the file" }));
  await see("The file is sound. The last good backup is of today 09:02.");
  core.world.backups = [];
  await user.click(screen.getByRole("button", { name: "Check the file" }));
  await see("There is no good backup yet.");
});
