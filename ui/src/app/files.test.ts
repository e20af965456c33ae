// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, test, vi, type Mock } from "vitest";
import { call } from "../ipc/call";
import { fakeCore, type FakeCore } from "../ipc/fake/core";
import { settings } from "../ipc/settings.svelte";
import { go } from "../kit/route.svelte";
import { toasts } from "../kit/toasts.svelte";
import { see, start, until } from "../testing/screen";

let reload: Mock<() => void>;
beforeEach(() => {
  reload = vi.spyOn(location, "reload").mockImplementation(() => undefined);
});

const anew = () => until("the page starts anew", () => reload.mock.calls.length > 0);
const said = (words: string) =>
  until(`a toast “${words}”`, () => toasts().some(({ text }) => text === words));
const someone = (core: FakeCore) => [...core.world.people.values()][0]!.person;
const head = () => screen.findByRole("button", { name: /^Hallway community/ });

async function open(core = fakeCore({ people: 40, product: "Queues" })) {
  const openFile = vi.spyOn(core, "openFile");
  const shown = start(core);
  await see("Priya Nair");
  return { ...shown, openFile };
}

describe("another file", () => {
  test("the head of the sidebar names the file and offers those of before", async () => {
    const { user, openFile } = await open();
    expect((await head()).title).toBe("~/.local/share/hallway/community.hallway");
    await user.click(await head());
    await user.click(await screen.findByRole("menuitem", { name: /^meetups/ }));
    await anew();
    expect(openFile).toHaveBeenCalledExactlyOnceWith({
      which: "recent",
      path: "~/Documents/meetups.hallway",
    });
    expect(location.hash).toBe("#/");
  });

  test("the menu goes with the arrow keys, and Esc gives the focus back", async () => {
    const { user, openFile } = await open();
    (await head()).focus();
    await user.keyboard("{Enter}");
    await until("the first file", () => /^meetups/.test(document.activeElement?.textContent ?? ""));
    await user.keyboard("{ArrowUp}");
    expect(document.activeElement?.textContent).toContain("Save everything as JSON");
    await user.keyboard("{Escape}");
    expect(document.activeElement).toBe(await head());
    await user.keyboard("{Enter}");
    await screen.findByRole("menuitem", { name: /^Make a new file/ });
    await user.click(screen.getByRole("menuitem", { name: /^Make a new file/ }));
    await anew();
    expect(openFile).toHaveBeenCalledExactlyOnceWith({ which: "new" });
  });

  test("the command bar finds it by its name", async () => {
    const { user, openFile } = await open();
    await user.keyboard("{Control>}k{/Control}open mee");
    await screen.findByRole("option", { name: /Open meetups/ });
    await user.keyboard("{Enter}");
    await anew();
    expect(openFile).toHaveBeenCalledExactlyOnceWith({
      which: "recent",
      path: "~/Documents/meetups.hallway",
    });
  });

  test("what is being typed is saved first, and nothing is written once the other file is open", async () => {
    const { user, core, openFile } = await open();
    const { id } = someone(core);
    go(`/people/${id}`);
    await user.click(await screen.findByRole("button", { name: /^City: / }));
    await user.keyboard("{Control>}a{/Control}Kochi");
    await user.keyboard("{Control>}o{/Control}");
    await anew();
    expect(someone(core).city).toBe("Kochi");
    expect(openFile).toHaveBeenCalledExactlyOnceWith({ which: "chosen" });
    const before = core.asked.length;
    let answered = false;
    void call("people.edit", { id, city: "Berlin" }).finally(() => (answered = true));
    core.changedElsewhere();
    await new Promise((later) => setTimeout(later));
    expect(core.asked).toHaveLength(before);
    expect(answered).toBe(false);
  });

  test("while the dialog is open nothing reaches either file; a changed mind changes nothing", async () => {
    const { user, core, openFile } = await open();
    let answer: (name: string | null) => void = () => undefined;
    openFile.mockReturnValue(new Promise((kept) => (answer = kept)));
    await user.keyboard("{Control>}o{/Control}");
    await until("the dialog", () => openFile.mock.calls.length === 1);
    const edited = call("people.edit", { id: someone(core).id, displayName: "Priya N." });
    await user.keyboard("{Control>}o{/Control}");
    expect(openFile).toHaveBeenCalledOnce();
    expect(someone(core).displayName).toBe("Priya Nair");
    answer(null);
    await edited;
    await see("Priya N.");
    expect(reload).not.toHaveBeenCalled();
  });

  test("a file that cannot be opened is said in its sentence, and this one stays", async () => {
    const { user, openFile } = await open();
    openFile.mockRejectedValue({
      code: "foreign_file",
      message: "notes.txt is no file of Hallway.",
      field: null,
    });
    await user.keyboard("{Control>}o{/Control}");
    await said("notes.txt is no file of Hallway.");
    await user.type(screen.getByRole("combobox", { name: "Filter people" }), "priya");
    await see("of 40 people");
    expect(reload).not.toHaveBeenCalled();
  });

  test("a filter of this file is not carried into the other", async () => {
    const core = fakeCore({
      people: 40,
      product: "Queues",
      settings: {
        people: {
          query: {
            filter: { text: "pri" },
            sort: "name",
            descending: false,
          },
        },
      },
    });
    const { user } = await open(core);
    await user.keyboard("{Control>}o{/Control}");
    await anew();
    expect(settings().people?.query).toMatchObject({ filter: { text: "" }, sort: "name" });
    expect(await core.readSettings()).toEqual(settings());
  });

  test("a file that a second start names is turned to", async () => {
    const { core, openFile } = await open();
    core.namedElsewhere();
    await anew();
    expect(openFile).toHaveBeenCalledExactlyOnceWith({ which: "named" });
  });
});

describe("this file", () => {
  test("is moved, and named as it is now", async () => {
    const { user } = await open();
    await user.click(await head());
    await user.click(await screen.findByRole("menuitem", { name: "Move this file" }));
    await said("The file is now moved");
    await screen.findByRole("button", { name: /^Hallway moved/ });
    expect(reload).not.toHaveBeenCalled();
  });

  test("is copied under a name with the day in it", async () => {
    const { user, core } = await open();
    const choosePath = vi.spyOn(core, "choosePath");
    go("/settings");
    await user.click(await screen.findByRole("button", { name: "Save a copy" }));
    await said("Saved a copy as community 2026-05-21.hallway");
    expect(choosePath).toHaveBeenCalledExactlyOnceWith("copy", "community 2026-05-21.hallway");
    expect(core.asked).toContainEqual({ cmd: "workspace.copy", input: { file: "fake-grant" } });
  });

  test("is saved as JSON, whole, under a name with the day in it", async () => {
    const { user, core } = await open();
    const choosePath = vi.spyOn(core, "choosePath");
    await user.click(await head());
    await user.click(await screen.findByRole("menuitem", { name: "Save everything as JSON" }));
    await said("Saved everything as community 2026-05-21.json");
    expect(choosePath).toHaveBeenCalledExactlyOnceWith("json", "community 2026-05-21.json");
    expect(core.asked).toContainEqual({ cmd: "json.export", input: { file: "fake-grant" } });
  });

  test("stands in the settings with those of before, to be opened", async () => {
    const { user, openFile } = await open();
    go("/settings");
    await user.click(await screen.findByRole("button", { name: /^community ~\/old/ }));
    await anew();
    expect(openFile).toHaveBeenCalledExactlyOnceWith({ which: "recent", path: "~/old/community.hallway" });
  });
});

describe("the start", () => {
  test("a file that is not where it was: what happened, and every way on", async () => {
    const core = fakeCore();
    core.start = async () => ({
      state: "failed",
      code: "missing_file",
      message: "/disk/team.hallway is not there.",
      path: "/disk/team.hallway",
    });
    const openFile = vi.spyOn(core, "openFile");
    const { user } = start(core);
    await screen.findByRole("heading", { name: "The file is not where it was" });
    await see("/disk/team.hallway is not there.");
    expect(document.activeElement?.textContent).toBe("Try again");
    await user.keyboard("{Control>}o{/Control}");
    await until("one is chosen", () => openFile.mock.calls.length === 1);
    await anew();
    expect(openFile.mock.calls[0]).toEqual([{ which: "chosen" }]);
  });

  test("a damaged file: nothing is promised that may not be there, and those of before are offered", async () => {
    const core = fakeCore();
    core.start = async () => ({ state: "failed", code: "damaged", message: "It cannot be read.", path: "" });
    const openFile = vi.spyOn(core, "openFile");
    openFile.mockRejectedValueOnce({
      code: "busy",
      message: "Another program is at work on it.",
      field: null,
    });
    const { user } = start(core);
    await see("If you have a copy, open that; keep this file until you know what it holds.");
    expect(document.body.textContent).not.toMatch(/backup/i);
    await user.click(await screen.findByRole("button", { name: /^meetups/ }));
    await see("Another program is at work on it.");
    await user.click(screen.getByRole("button", { name: "Make a new file" }));
    await anew();
    expect(openFile.mock.calls.at(-1)).toEqual([{ which: "new" }]);
  });

  test("a file with people in it is not asked what it is about; one line in the list does", async () => {
    const { user, core } = start(fakeCore({ people: 3 }));
    await see("Priya Nair");
    await user.click(screen.getByRole("button", { name: "Say it in the settings" }));
    await user.click(await screen.findByRole("button", { name: "You help developers use: Add" }));
    await user.keyboard("Queues{Enter}");
    await until("it is saved", () => core.world.product === "Queues");
    go("/people");
    await see("Priya Nair");
    expect(screen.queryByText(/What do you help developers use/)).toBeNull();
  });

  test("the first run lets someone open a file they already have", async () => {
    const core = fakeCore();
    const openFile = vi.spyOn(core, "openFile");
    const { user } = start(core);
    await see("You can move it later, in the settings.");
    await user.click(screen.getByRole("button", { name: /^Open a file you already have/ }));
    await anew();
    expect(openFile).toHaveBeenCalledExactlyOnceWith({ which: "chosen" });
  });
});
