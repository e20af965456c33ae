// @vitest-environment happy-dom
import { screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test, vi, type Mock } from "vitest";
import { connect } from "../ipc/call";
import { fakeCore } from "../ipc/fake/core";
import { backup } from "../ipc/fake/world";
import { go } from "../kit/route.svelte";
import { toasts } from "../kit/toasts.svelte";
import { see, start, until } from "../testing/screen";

const NOW = Date.UTC(2026, 4, 21, 9, 2);
const MINUTE = 60_000;

let reload: Mock<() => void>;
beforeEach(() => {
  reload = vi.spyOn(location, "reload").mockImplementation(() => undefined);
});
const anew = () => until("the page starts anew", () => reload.mock.calls.length > 0);

/** A file that cannot be opened for this reason. The newest of its backups cannot be read either. */
function failing(code: string) {
  const core = fakeCore();
  core.world.path = "/disk/team.hallway";
  core.start = async () => ({ state: "failed", code, message: "Page 7 is broken.", path: core.world.path });
  core.world.backups = [
    backup(NOW - MINUTE, { people: null, touchpoints: null }),
    backup(NOW - 2 * MINUTE, { people: 12 }),
    backup(NOW - 3 * MINUTE, { people: 1, touchpoints: 1, why: "import" }),
  ];
  return { core, restore: vi.spyOn(core, "restoreBackup") };
}

describe("a file that is damaged when it is opened", () => {
  test("the newest backup that can be read is one press away, and what becomes of the file is said", async () => {
    const { core, restore } = failing("damaged");
    restore.mockResolvedValue("/disk/team-damaged-1Z.hallway");
    const { user } = start(core);
    await screen.findByRole("heading", { name: "This file is damaged" });
    const main = await screen.findByRole("button", { name: /^Put back the backup of .* \(12 people\)$/ });
    await see("Nothing is deleted: the damaged file is set aside whole");
    await user.click(main);
    await anew();
    expect(restore).toHaveBeenCalledExactlyOnceWith(core.world.backups[1]!.name);
  });

  test("an older one can be chosen; one that cannot be read cannot", async () => {
    const { core, restore } = failing("damaged");
    const { user } = start(core);
    const list = within(await screen.findByRole("region", { name: "Other backups" }));
    const [damaged, oldest] = list.getAllByRole("listitem");
    expect(damaged!.textContent).toContain("It cannot be read.");
    expect(within(damaged!).queryByRole("button")).toBeNull();
    expect(oldest!.textContent).toMatch(/before an import.*1 person, 1 entry/s);
    await user.click(within(oldest!).getByRole("button"));
    await anew();
    expect(restore).toHaveBeenCalledExactlyOnceWith(core.world.backups[2]!.name);
  });

  test("it can be looked at", async () => {
    const { core } = failing("damaged");
    const look = vi.spyOn(core, "lookAtFile");
    const { user } = start(core);
    await user.click(await screen.findByRole("button", { name: "Look at what can be read" }));
    await anew();
    expect(look).toHaveBeenCalledOnce();
  });

  test("a backup that cannot be put back leaves everything as it is, and says why", async () => {
    const { core, restore } = failing("damaged");
    restore.mockRejectedValueOnce({ code: "busy", message: "Another Hallway is busy.", field: null });
    const { user } = start(core);
    await user.click(await screen.findByRole("button", { name: /\(12 people\)$/ }));
    await see("Another Hallway is busy.");
    expect(reload).not.toHaveBeenCalled();
    await user.click(screen.getByRole("button", { name: /\(12 people\)$/ }));
    await anew();
  });
});

test.each([
  ["read_only", "This file cannot be written to"],
  ["disk_full", "The disk is full"],
])("a file that cannot be opened to be written, %s, can be looked at", async (code, title) => {
  const { core } = failing(code);
  const look = vi.spyOn(core, "lookAtFile");
  const { user } = start(core);
  await screen.findByRole("heading", { name: title });
  await user.click(screen.getByRole("button", { name: "Look at what can be read" }));
  await anew();
  expect(look).toHaveBeenCalledOnce();
});

test("what the person should know is said on top for as long as it is so", async () => {
  const core = fakeCore({ people: 3, product: "Queues" });
  core.world.notice = "The disk is full. What you type is still saved, but not for long: free some space.";
  const { user } = start(core);
  expect((await screen.findByRole("alert")).textContent).toContain("free some space");
  const copy = vi.spyOn(core, "choosePath").mockResolvedValue(null);
  await user.click(screen.getByRole("button", { name: "Save a copy elsewhere" }));
  expect(copy).toHaveBeenCalledWith("copy", expect.stringMatching(/\.hallway$/));
  core.world.notice = null;
  core.changedElsewhere();
  await until("the notice to be gone", () => screen.queryByRole("alert") === null);
});

test("a file that is not there can be had back from its backup, but not looked at", async () => {
  const { core } = failing("missing_file");
  start(core);
  await screen.findByRole("button", { name: /\(12 people\)$/ });
  await see("A backup that is put back stands where the file was.");
  expect(screen.queryByRole("button", { name: "Look at what can be read" })).toBeNull();
});

test("a file of another program has no backup of ours that can be read: another one is opened", async () => {
  const { core } = failing("foreign_file");
  core.world.backups = core.world.backups.slice(0, 1);
  const open = vi.spyOn(core, "openFile");
  const { user } = start(core);
  await screen.findByRole("heading", { name: "This is not a Hallway file" });
  expect(document.body.textContent).not.toMatch(/backup/i);
  expect(document.activeElement?.textContent).toContain("Open another file");
  await user.keyboard("{Enter}");
  await anew();
  expect(open).toHaveBeenCalledExactlyOnceWith({ which: "chosen" });
  expect(document.body.textContent).not.toMatch(/backup/i);
});

test("a file that is no longer one of ours is had back from its backup, and what stands there is kept", async () => {
  const { core, restore } = failing("foreign_file");
  restore.mockResolvedValue("/disk/team-damaged-1Z.hallway");
  const { user } = start(core);
  const main = await screen.findByRole("button", { name: /^Put back the backup of .* \(12 people\)$/ });
  screen.getByRole("heading", { name: "This is not a Hallway file any more" });
  await see("There are backups of a Hallway file that stood here. Nothing is deleted");
  expect(screen.queryByRole("button", { name: "Look at what can be read" })).toBeNull();
  within(screen.getByRole("region", { name: "Other backups" })).getByText("before an import");
  await user.click(main);
  await anew();
  expect(restore).toHaveBeenCalledExactlyOnceWith(core.world.backups[1]!.name);
});

describe("a file that turns out to be damaged while it is open", () => {
  async function opened() {
    const core = fakeCore({ people: 3, product: "Queues" });
    core.world.backups = [backup(NOW)];
    const { user } = start(core);
    await see("Priya Nair");
    const rpc = core.rpc;
    const break_ = (cmd: string) =>
      (core.rpc = async (asked, input, request) => {
        if (asked === cmd) throw { code: "damaged", message: "Page 7 is broken.", field: null };
        return rpc(asked, input, request);
      });
    return { core, user, break_, mend: () => (core.rpc = rpc) };
  }

  test("shows the same page, from which the window is there again", async () => {
    const { core, user, break_, mend } = await opened();
    break_("people.list");
    core.changedElsewhere();
    await screen.findByRole("heading", { name: "This file is damaged" });
    await screen.findByRole("button", { name: /^Put back the backup of .* \(12 people\)$/ });
    mend();
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await see("Priya Nair");
  });

  test("a damaged backup is not the file", async () => {
    const { user, break_ } = await opened();
    break_("backups.difference");
    go("/settings");
    await user.click(await screen.findByRole("button", { name: /^Put back the backup of/ }));
    await see("What would change cannot be said. Page 7 is broken.");
    expect(screen.queryByRole("heading", { name: "This file is damaged" })).toBeNull();
  });
});

describe("a damaged file that is only shown", () => {
  test("says so on top, and leads to the backups", async () => {
    const core = fakeCore({ people: 3 });
    core.world.looking = true;
    const { user } = start(core);
    await see(
      "This file is only shown, since it is damaged or cannot be written to. Nothing can be changed here.",
    );
    await see("Priya Nair");
    await user.click(screen.getByRole("button", { name: "Go to the backups" }));
    await until("the backups", () => document.activeElement?.textContent === "Backups");
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Make one now" }).disabled).toBe(true);
  });

  test("is shown and no more once a look at the whole of it finds the damage", async () => {
    const core = fakeCore({ people: 3 });
    const rpc = core.rpc;
    core.rpc = async (cmd, input, request) => {
      if (cmd !== "doctor.check") return rpc(cmd, input, request);
      core.world.looking = true;
      const findings = ["The file is damaged: page 7 is broken. Keep a copy of it and restore a backup."];
      const value = { ok: false, checked: [], findings, lastBackup: null, lastBackupName: null };
      return { value, changed: [], operation: null };
    };
    const { user } = start(core);
    go("/settings");
    await user.click(await screen.findByRole("button", { name: "Check the file" }));
    await see("page 7 is broken");
    await see("This file is only shown, since it is damaged or cannot be written to.");
  });

  test("stays on the screen where a part of it cannot be read", async () => {
    const core = fakeCore({ people: 3 });
    core.world.looking = true;
    const rpc = core.rpc;
    core.rpc = async (cmd, input, request) => {
      if (cmd === "people.page") throw { code: "damaged", message: "Page 7 is broken.", field: null };
      return rpc(cmd, input, request);
    };
    start(core);
    await see("Priya Nair");
    go(`/people/${[...core.world.people.keys()][0]}`);
    await see("Page 7 is broken.");
    expect(screen.queryByRole("heading", { name: "This file is damaged" })).toBeNull();
  });

  test("an empty one does not ask what it is about", async () => {
    const core = fakeCore();
    core.world.looking = true;
    start(core);
    await see("This file is only shown, since it is damaged or cannot be written to.");
    expect(screen.queryByRole("form", { name: "Set up" })).toBeNull();
  });
});

test.each([
  ["damaged", "The damaged file"],
  ["foreign_file", "What stood there"],
])("what was put back is said by the page that starts after it, once: %s", async (code, was) => {
  const { core, restore } = failing(code);
  restore.mockResolvedValue("/disk/team-damaged-1Z.hallway");
  const { user, unmount } = start(core);
  await user.click(await screen.findByRole("button", { name: /\(12 people\)$/ }));
  await anew();
  unmount();
  const next = fakeCore({ people: 3, product: "Queues" });
  // A page that starts anew knows nothing of the one before.
  connect(next)();
  const again = start(next);
  await see(/Put back the backup of/);
  await see(`${was} is kept as /disk/team-damaged-1Z.hallway`);
  again.unmount();
  const said = toasts().length;
  start(fakeCore({ people: 3, product: "Queues" }));
  await see("Priya Nair");
  expect(toasts()).toHaveLength(said);
});

test("closing the window saves the field that is being typed in, and the settings", async () => {
  const core = fakeCore({ people: 3, product: "Queues" });
  const { user } = start(core);
  await see("Priya Nair");
  const [priya] = [...core.world.people.values()];
  go("/settings");
  await user.click(await screen.findByLabelText("Dark"));
  go(`/people/${priya!.person.id}`);
  await user.click(await screen.findByRole("button", { name: /^City: / }));
  await user.keyboard("{Control>}a{/Control}Kochi");
  await core.close();
  expect(priya!.person.city).toBe("Kochi");
  expect(await core.readSettings()).toMatchObject({ theme: "dark" });
});

test("a zone that was refused is no longer red once a good one is chosen", async () => {
  const { user } = start(fakeCore());
  await user.type(await screen.findByLabelText("What do you help developers use?"), "Queues");
  const zone = screen.getByRole<HTMLInputElement>("combobox", { name: "Your time zone" });
  await user.clear(zone);
  await user.type(zone, "Lagos city");
  await user.click(screen.getByRole("button", { name: "Begin ⏎" }));
  await screen.findByRole("alert");
  expect(zone.getAttribute("aria-invalid")).toBe("true");
  await user.clear(zone);
  await user.type(zone, "lagos");
  await user.click(await screen.findByRole("option", { name: "Africa/Lagos" }));
  await until("it is not red", () => zone.getAttribute("aria-invalid") === "false");
  expect(screen.queryByRole("alert")).toBeNull();
});
