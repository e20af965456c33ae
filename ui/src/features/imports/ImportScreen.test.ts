// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { call } from "../../ipc/call";
import type { ImportDone, ImportPreview, ImportRun } from "../../ipc/gen";
import { go } from "../../kit/route.svelte";
import { toasts } from "../../kit/toasts.svelte";
import { fakeCore } from "../../ipc/fake/core";
import { hold, see, show, start, until } from "../../testing/screen";
import { remember } from "./current.svelte";
import ImportScreen from "./ImportScreen.svelte";
import { remember as rememberJson } from "./json/current.svelte";
import { remember as rememberDone } from "./json/done.svelte";
import { bring, forgetAll } from "./queue.svelte";

async function looking() {
  remember(null);
  forgetAll();
  const shown = await show(ImportScreen, { seeThem: () => undefined });
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

test("what the cells are separated by is said otherwise, and the file is looked at anew", async () => {
  const { user, core } = await looking();
  const said = screen.getByRole<HTMLSelectElement>("combobox", { name: "Cells are separated by" });
  expect(said.value).toBe(";");
  await user.selectOptions(said, "bars");
  await until("it is asked", () =>
    core.asked.some(
      ({ cmd, input }) => cmd === "imports.preview" && (input as { separator?: string }).separator === "|",
    ),
  );
});

test("whoever comes back begins anew, and what came of the last file is one press away", async () => {
  const { unmount } = await imported();
  unmount();
  const { user } = await show(ImportScreen, { seeThem: () => undefined });
  await screen.findByRole("button", { name: /^Choose a file/ });
  await user.click(screen.getByRole("button", { name: "What came of meetup.csv" }));
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
  expect(core.asked.findLast(({ cmd }) => cmd === "imports.begin")?.input).toMatchObject({ hash: "changed" });
});

test("files that are brought together are looked at one after the other, and each stands in the summary", async () => {
  const { user, core } = await looking();
  bring([
    { grant: "first", name: "a.csv" },
    { grant: "second", name: "b.csv" },
  ]);
  await see("1 more file after it");
  await user.click(screen.getByRole("button", { name: /^Import 380 people/ }));
  await until("the next one is looked at", () =>
    core.asked.some(
      ({ cmd, input }) => cmd === "imports.preview" && (input as { file: string }).file === "second",
    ),
  );
  await user.click(await screen.findByRole("button", { name: /^Import 380 people/ }));
  await screen.findByRole("heading", { name: "2 files imported" });
  expect(screen.getAllByRole("button", { name: /^Undo the import of/ })).toHaveLength(2);
});

test("the last of several files is left with Escape: it is gone on with from there, and what came in is still told", async () => {
  const { user } = await looking();
  bring([
    { grant: "first", name: "a.csv" },
    { grant: "second", name: "b.csv" },
  ]);
  await see("1 more file after it");
  await user.click(screen.getByRole("button", { name: /^Import 380 people/ }));
  await until("the next one", () => !document.body.textContent?.includes("1 more file after it"));
  await screen.findByRole("button", { name: /^Import 380 people/ });
  await user.keyboard("{Escape}");
  await screen.findByRole("heading", { name: "Imported 380 people from meetup.csv" });
  expect(toasts().at(-1)?.text).toContain("was left out. Nothing of it came in.");
  await user.keyboard("{Escape}");
  screen.getByRole("heading", { name: "Imported 380 people from meetup.csv" });
  toasts().at(-1)!.action!.run();
  await screen.findByRole("button", { name: /^Import 380 people/ });
});

/** A core that can read no picture. */
async function withPictures(files: readonly string[]) {
  remember(null);
  forgetAll();
  rememberJson(null);
  rememberDone(null);
  const core = fakeCore({ people: 40, product: "Queues" });
  core.chooseFiles = async () => files.map((name) => ({ grant: name, name }));
  const rpc = core.rpc;
  core.rpc = async (cmd, input, request) => {
    const { file = "" } = input as { file?: string };
    if (cmd === "imports.preview" && file.endsWith(".png"))
      throw { code: "invalid", message: "This is no table. Choose another file.", field: "file" };
    return rpc(cmd, input, request);
  };
  const shown = start(core, "/import");
  await shown.user.click(await screen.findByRole("button", { name: /^Choose a file/ }));
  const looked = (file: string) =>
    until(`${file} is looked at`, () =>
      core.asked.some(({ input }) => (input as { file?: string } | null)?.file === file),
    );
  return { ...shown, core, looked };
}

test("a file that cannot be read says so, and how many wait behind it; left out, the next one is looked at", async () => {
  const { user, looked } = await withPictures(["a.png", "b.csv", "c.csv"]);
  await screen.findByRole("heading", { name: "a.png cannot come in" });
  expect(screen.getByRole("alert").textContent).toBe("This is no table. Choose another file.");
  await see("2 more files wait, and can come in without it.");
  await user.click(screen.getByRole("button", { name: /^Leave it out/ }));
  await looked("b.csv");
  await screen.findByRole("button", { name: /^Import 380 people/ });
  await see("1 more file after it");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("one in the middle that cannot be read keeps neither what came in nor what comes after it", async () => {
  const { user, looked } = await withPictures(["a.csv", "b.png", "c.csv"]);
  await user.click(await screen.findByRole("button", { name: /^Import 380 people/ }));
  await screen.findByRole("heading", { name: "b.png cannot come in" });
  await see("1 more file waits, and can come in without it.");
  await user.keyboard("{Escape}");
  await looked("c.csv");
  await user.click(await screen.findByRole("button", { name: /^Import 380 people/ }));
  await screen.findByRole("heading", { name: "2 files imported" });
});

test("the only file that cannot be read can be looked at once more, or another one chosen", async () => {
  const { user, core } = await withPictures(["a.png"]);
  await screen.findByRole("heading", { name: "a.png cannot come in" });
  screen.getByRole("button", { name: "Another file" });
  const asked = core.rpc;
  core.rpc = (cmd, input, request) =>
    asked(cmd, cmd === "imports.preview" ? { ...(input as object), file: "mended.csv" } : input, request);
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByRole("button", { name: /^Import 380 people/ });
});

test("who goes elsewhere while a file comes in and is back before it is in finds the next one waiting", async () => {
  const { user, core, looked } = await withPictures(["a.csv", "b.csv"]);
  const letGo = hold(core, "imports.step");
  await user.click(await screen.findByRole("button", { name: /^Import 380 people/ }));
  await see("One more file waits.");
  go("/people");
  await screen.findByRole("heading", { name: "People" });
  go("/import");
  await see("One more file waits.");
  letGo();
  await screen.findByRole("heading", { name: "1 more file waits" });
  await user.click(screen.getByRole("button", { name: "Look at b.csv" }));
  await looked("b.csv");
  await user.click(await screen.findByRole("button", { name: /^Import 380 people/ }));
  await screen.findByRole("heading", { name: "2 files imported" });
});

test("behind a file of everything the others wait, and are gone on to once it is in", async () => {
  const { user, looked } = await withPictures(["all.json", "b.csv", "c.csv"]);
  await see("Everything of a Hallway file");
  await see("2 more files after it");
  await user.click(screen.getByRole("button", { name: /^Bring in 99 rows/ }));
  await screen.findByRole("heading", { name: "Brought in 99 rows from community.json" });
  await see("2 more files after it");
  await user.click(screen.getByRole("button", { name: /^Go on to b\.csv/ }));
  await looked("b.csv");
  await screen.findByRole("button", { name: /^Import 380 people/ });
  await see("1 more file after it");
});

test("a file of everything that is left out lets the next one come, and one after the other", async () => {
  const { user, looked } = await withPictures(["all.json", "more.json", "c.csv"]);
  await see("2 more files after it");
  await user.click(screen.getByRole("button", { name: /^Leave it out/ }));
  await looked("more.json");
  await see("1 more file after it");
  await user.click(screen.getByRole("button", { name: /^Leave it out/ }));
  await looked("c.csv");
  await screen.findByRole("button", { name: /^Import 380 people/ });
});

test("a file of everything that is chosen in place of a table is followed by what was chosen with it", async () => {
  const { user, core, looked } = await withPictures(["first.csv"]);
  await screen.findByRole("button", { name: /^Import 380 people/ });
  core.chooseFiles = async () => ["all.json", "b.csv"].map((name) => ({ grant: name, name }));
  await user.click(screen.getByRole("button", { name: "Another file" }));
  await see("Everything of a Hallway file");
  await user.keyboard("{Escape}");
  await looked("b.csv");
});

test("days that could be either of two hold the import back until it is said which", async () => {
  const { user, core } = await looking();
  core.world.importDays = { order: null, ambiguous: 12, example: "03/04/2024" };
  await user.click(screen.getByRole("checkbox", { name: "Match against people already here" }));
  await see("“03/04/2024” in");
  expect(screen.getByRole("button", { name: /^Import 414 people/ })).toHaveProperty("disabled", true);
  await user.selectOptions(screen.getByRole("combobox", { name: /^Which number comes first/ }), "day_first");
  await until(
    "it can be imported",
    () => !(screen.getByRole("button", { name: /^Import 414 people/ }) as HTMLButtonElement).disabled,
  );
  expect(core.asked.at(-1)).toMatchObject({ cmd: "imports.preview", input: { days: { 3: "day_first" } } });
});

test("an import is cancelled while it runs, and nothing of it stays", async () => {
  const { user, core, living } = await looking();
  const rpc = core.rpc;
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((kept) => (letGo = kept));
  core.rpc = async (cmd, input, request) => {
    if (cmd === "imports.step" && core.world.importing!.run.rows > 0) await held;
    return rpc(cmd, input, request);
  };
  await user.click(screen.getByRole("button", { name: /^Import 380 people/ }));
  await screen.findByRole("heading", { name: "Importing meetup.csv" });
  await see("25%");
  await user.click(screen.getByRole("button", { name: "Cancel and take it back" }));
  await screen.findByRole("heading", { name: "Taking back meetup.csv" });
  letGo();
  await screen.findByRole("heading", { name: "Bring people in from a file" });
  expect(living()).toHaveLength(40);
});

test("a column that says who wants the newsletter holds the import back until it is said where they signed up", async () => {
  const { user, core } = await looking();
  const rpc = core.rpc;
  core.rpc = async (cmd, input, request) => {
    const answer = await rpc(cmd, input, request);
    if (cmd === "imports.preview")
      Object.assign(answer.value as ImportPreview, { subscribed: 12, unsubscribed: 1, undated: 12 });
    return answer;
  };
  await user.click(screen.getByRole("checkbox", { name: "Match against people already here" }));
  await see("12 rows say yes, 1 says no.");
  const button = () => screen.getByRole<HTMLButtonElement>("button", { name: /^Import 414 people/ });
  const where = () => screen.getByLabelText<HTMLInputElement>(/^Where they signed up/);
  const begun = () => core.asked.some(({ cmd }) => cmd === "imports.begin");
  expect(where().getAttribute("aria-invalid")).toBe("false");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await until("it goes to what is to be said", () => document.activeElement === where());
  expect(where().getAttribute("aria-invalid")).toBe("true");
  await see("Say where they signed up, such as “the form on our page”, or send the column elsewhere above.");
  await user.type(where(), "The form on our page");
  await user.click(button());
  await until("then to the day", () => document.activeElement === screen.getByLabelText(/^Since/));
  await see(
    "Say since when they signed up. A no of theirs stays, unless the opt-in is newer and something shows it.",
  );
  expect(begun()).toBe(false);
  await user.type(screen.getByLabelText(/^Since/), "3 may");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByRole("heading", { name: /^Imported/ });
  expect(core.asked.findLast(({ cmd }) => cmd === "imports.begin")?.input).toMatchObject({
    newsletter: { evidence: "The form on our page", on: "2026-05-03" },
  });
});

test("rows that are left out of every mailing say so, and why, before they come in and after", async () => {
  const { user, core } = await looking();
  const rpc = core.rpc;
  const note = "ana@basalt.example is on the suppression list (unsubscribed): it is not written to.";
  core.rpc = async (cmd, input, request) => {
    const answer = await rpc(cmd, input, request);
    if (cmd === "imports.preview") {
      const seen = answer.value as ImportPreview;
      seen.suppressed = 1;
      seen.heldBack = 2;
      for (const row of seen.examples) if (row.outcome === "new") row.notes = [note];
    }
    if (cmd === "imports.step") {
      const run = answer.value as ImportRun;
      if (run.done.kind === "table")
        Object.assign(run.done as ImportDone, {
          noted: [{ row: 2, name: "Ana", note }],
          suppressed: 1,
          heldBack: 1,
        });
    }
    return answer;
  };
  await user.click(screen.getByRole("checkbox", { name: "Match against people already here" }));
  await see(
    "1 row has an address on the suppression list: somebody asked not to be written to, or it bounced.",
  );
  await see("Something of 2 rows is not added: somebody was erased who was named in what stands here");
  await user.click(screen.getByRole("tab", { name: /^New/ }));
  await see(note);
  await user.click(screen.getByRole("button", { name: /^Import 414 people/ }));
  await screen.findByRole("heading", { name: /^Imported/ });
  await see("What is to be known of 1 row");
  await see(`row 2 Ana: ${note}`);
  await see("Something of 1 row is not added: somebody was erased");
});

test("what is chosen after one has gone elsewhere is looked at all the same, and one dialog is enough", async () => {
  remember(null);
  forgetAll();
  const core = fakeCore({ people: 40, product: "Queues" });
  let chosen: ((files: { grant: string; name: string }[]) => void) | undefined;
  let asked = 0;
  core.chooseFiles = () => {
    asked++;
    return new Promise((resolve) => (chosen = resolve));
  };
  const { user } = start(core, "/people");
  await see("40 people");
  await user.keyboard("{Control>}i{/Control}");
  await until("a dialog", () => asked === 1);
  go("/people");
  await see("40 people");
  await user.keyboard("{Control>}i{/Control}");
  await screen.findByRole("button", { name: /^Choose a file/ });
  go("/people");
  await see("40 people");
  chosen!([{ grant: "meetup.csv", name: "meetup.csv" }]);
  await until("it is looked at", () => core.asked.some(({ cmd }) => cmd === "imports.preview"));
  await screen.findByRole("button", { name: /^Import \d+ people/ });
  expect(asked).toBe(1);
});
