// Every key of the table of commands, pressed where it means something.
import type { Page } from "playwright-core";
import { commands } from "../../ui/src/app/commands";
import type { CommandLine } from "../../ui/src/kit/keyboard";
import { type Bridge, expect, onADay as test } from "./fixtures";
import { FROM_A, happened, pageOf, someone } from "./people";
import { active, entry, focused, foot, grid, journey, names, row, standsAt, toast } from "./seeing";

const table: readonly CommandLine[] = commands;

/** A command: where it is pressed, what is pressed before it, and what is seen after it. */
type Case = { at?: "people" | "Ana" | "Bo" | "settings" | "import"; before?: string[]; then: (page: Page) => Promise<unknown> };

const dialog = (name: string | RegExp) => (page: Page) => page.getByRole("dialog", { name }).waitFor();
const form = (name: string) => (page: Page) => page.getByRole("form", { name }).waitFor();
const title = (name: string) => (page: Page) => page.getByRole("heading", { level: 1, name }).waitFor();
const says = (words: string) => (page: Page) => toast(page, words).waitFor();
const on = (name: string) => (page: Page) => expect.poll(() => active(page)).toBe(name);
const below = (words: string) => (page: Page) => expect.poll(() => foot(page).innerText()).toContain(words);
const focus = (label: string) => (page: Page) => expect.poll(() => focused(page)).toBe(label);
const onEntry = (words: string) => (page: Page) =>
  expect.poll(() => entry(page, words).evaluate((one) => one === document.activeElement)).toBe(true);
const picked = (name: string) => (page: Page) =>
  expect.poll(() => page.getByRole("radio", { name, exact: false }).getAttribute("aria-checked")).toBe("true");
const stagePicked = (name: string): Case => ({ at: "Ana", before: ["s"], then: picked(name) });

const cases: Record<string, Case> = {
  "app.commands": { then: dialog("All commands") },
  "app.search": { then: focus("Find people by name, organisation, handle, address, city or tag") },
  "app.people": { at: "settings", then: title("People") },
  "app.import": { then: title("Import") },
  "app.settings": { then: title("Settings") },
  "app.undo": { before: ["Delete"], then: says("Took back: Deleted Ana") },
  "app.redo": { before: ["Delete", "Control+z"], then: says("Done again: Deleted Ana") },
  "app.shortcuts": { then: dialog("Keyboard shortcuts") },
  "app.close": { before: [" "], then: (page) => page.getByRole("complementary", { name: "Peek" }).waitFor({ state: "detached" }) },

  "people.new": { then: form("New person") },
  "people.export": { then: form("Export") },

  "list.next": { then: on("Bo") },
  "list.previous": { before: ["End"], then: on("Person 29") },
  "list.extend_down": { then: below("2 selected") },
  "list.extend_up": { before: ["j", "j"], then: below("2 selected") },
  "list.page_down": { then: (page) => expect.poll(() => active(page)).toMatch(/^Person (1\d|2[0-5])$/) },
  "list.page_up": { before: ["End"], then: (page) => expect.poll(() => active(page)).toMatch(/^Person (0\d|1\d)$/) },
  "list.first": { before: ["j", "j"], then: on("Ana") },
  "list.last": { then: on("Person 30") },
  "list.select": { then: below("1 selected") },
  "list.select_all": { then: below("32 selected") },
  "list.open": { then: title("Ana") },
  "list.peek": { then: (page) => page.getByRole("complementary", { name: "Peek" }).waitFor() },
  "list.edit": { then: focus("Name") },
  "list.tag": { then: dialog("Tag") },
  "list.log": { then: form("Log what happened") },
  "list.stage": { then: dialog("Stage of Ana") },
  "list.copy": { then: (page) => expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Name\t[^]*\nAna\t/) },
  "list.trash": { then: says("Deleted Ana") },

  "person.next": { at: "Ana", then: title("Bo") },
  "person.previous": { at: "Bo", then: title("Ana") },
  "person.log": { at: "Ana", then: focus("What happened?") },
  "person.stage": { at: "Ana", then: dialog("Stage of Ana") },
  "person.explain": { at: "Ana", then: (page) => page.getByRole("region", { name: "Explanation" }).waitFor() },
  "person.accept": { at: "Ana", then: says("Accepted the move of Ana") },
  "person.take_back": { at: "Ana", then: says("Took back the move of Ana") },
  "person.edit": { at: "Ana", then: focus("Name") },
  "person.tag": { at: "Ana", then: dialog("Tag") },
  "person.trash": { at: "Ana", before: ["j"], then: (page) => entry(page, "It runs").waitFor({ state: "detached" }) },
  "person.entry_next": { at: "Ana", then: onEntry("It runs") },
  "person.entry_previous": { at: "Ana", before: ["j", "j"], then: onEntry("It runs") },

  "stage.discover": stagePicked("Discovery"),
  "stage.evaluate": stagePicked("Evaluation"),
  "stage.learn": stagePicked("Learning"),
  "stage.build": stagePicked("Building"),
  "stage.scale": stagePicked("Scaling"),
  "stage.none": stagePicked("Not placed yet"),

  "import.run": { at: "import", then: (page) => page.getByRole("heading", { name: "Imported 1 person from one.csv" }).waitFor() },
};

test("every command with a key is pressed below", () => {
  expect(Object.keys(cases).toSorted()).toEqual(table.filter(({ keys }) => keys.length > 0).map(({ id }) => id).toSorted());
});

const presses = table.flatMap(({ id, label, keys }) => keys.map((key) => [key, label, id] as const));

test.for(presses)("%s: %s (%s)", async ([key, , id], { bridge, open }) => {
  const { at = "people", before = [], then } = cases[id]!;
  const page = await arrive(at, bridge, open);
  for (const earlier of before) await page.keyboard.press(earlier);
  await page.keyboard.press(key.replace("Ctrl+", "Control+"));
  await then(page);
});

async function arrive(at: NonNullable<Case["at"]>, bridge: Bridge, open: (place?: string) => Promise<Page>): Promise<Page> {
  await bridge.remember({ people: { query: FROM_A } });
  const [ana, bo] = [await someone(bridge, "Ana"), await someone(bridge, "Bo")];
  await happened(bridge, ana, "conversation_online", { on: "2026-05-02", note: "Call" });
  await happened(bridge, ana, "first_success", { on: "2026-05-10", note: "It runs" });
  if (at === "Ana" || at === "Bo") {
    const page = await open(`/people/${at === "Ana" ? ana : bo}`);
    await (at === "Ana" ? entry(page, "Call") : page.getByText("Nothing is written down yet.")).waitFor();
    await page.getByText("of 2").waitFor();
    return page;
  }
  if (at === "import") {
    await bridge.choose(bridge.home.file("one.csv", "Name\nCem\n"));
    const page = await open("/import");
    await page.getByRole("button", { name: "Choose a file" }).click();
    await page.getByRole("button", { name: "Import 1 person" }).waitFor();
    return page;
  }
  if (at === "settings") return open("/settings");
  const others = Array.from({ length: 30 }, (_, i) => `Person ${String(i + 1).padStart(2, "0")}\n`);
  const file = await bridge.grant(bridge.home.file("others.csv", `Name\n${others.join("")}`));
  await bridge.rpc("imports.run", { file, matching: false, source: "import", decisions: {}, overwrite: [] });
  const page = await open();
  await expect.poll(() => active(page)).toBe("Ana");
  return page;
}

test("with single-letter keys off, letters and signs do nothing; keys with a name or with Ctrl still do", async ({ bridge, open }) => {
  await bridge.remember({ people: { query: FROM_A } });
  const id = await someone(bridge, "Ana");
  await someone(bridge, "Bo");
  const page = await open();
  await row(page, "Bo").waitFor();
  await page.keyboard.press("Control+,");
  await page.getByLabel("Single-letter keys").uncheck();
  await page.keyboard.press("Escape");
  await row(page, "Bo").waitFor();
  for (const key of ["x", "j", "l", "t", "s", "e", "/", "?"]) await page.keyboard.press(key);
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => active(page)).toBe("Bo");
  expect(await foot(page).innerText(), "nobody was selected").toContain("2 people");
  expect(await page.getByRole("dialog").count()).toBe(0);
  await page.keyboard.press("Delete");
  await toast(page, "Deleted Bo").waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("keyboard");
  await page.keyboard.press("Enter");
  await page.getByText("Single-letter keys are switched off in the settings.").waitFor();
  await page.keyboard.press("Escape");

  // A panel that was opened for it still takes its digits.
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Ana" }).waitFor();
  await page.getByRole("button", { name: "Change", exact: false }).click();
  await page.keyboard.press("4");
  await picked("Building")(page);
  expect((await pageOf(bridge, id)).standing.pin).toBeNull();
});

test("letters typed into a field are text", async ({ bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open();
  await row(page, "Ana").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("xjlts?.");
  expect(await page.getByRole("searchbox").inputValue()).toBe("xjlts?.");
  await page.getByText("Nobody matches.").waitFor();
  expect(await page.getByRole("dialog").count()).toBe(0);
});

test("Ctrl Z belongs to the field that was typed in, and to the file everywhere else", async ({ bridge, open }) => {
  const page = await open();
  await page.keyboard.press("Control+n");
  await page.keyboard.type("Ana");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Ana" }).waitFor();
  await page.keyboard.press("Escape");
  await row(page, "Ana").waitFor();

  await page.keyboard.press("/");
  await page.keyboard.type("zz");
  await page.getByText("Nobody matches.").waitFor();
  await page.keyboard.press("Control+z");
  await expect.poll(() => page.getByRole("searchbox").inputValue()).not.toBe("zz");
  expect(await bridge.rpc("workspace.info"), "Ana is still there").toMatchObject({ people: 1 });
  await page.getByRole("button", { name: "Clear the search" }).click();
  await row(page, "Ana").waitFor();

  // A field that was only looked at leaves it to the file.
  await grid(page).focus();
  await page.keyboard.press("/");
  await page.keyboard.press("Control+z");
  await toast(page, "Took back: Added Ana").waitFor();
  expect(await bridge.rpc("workspace.info")).toMatchObject({ people: 0 });
});

test("Ctrl Z goes back at any depth, and Ctrl Shift Z forward again", async ({ bridge, open }) => {
  for (const name of ["Ana", "Bo", "Cem"]) await someone(bridge, name);
  await bridge.remember({ people: { query: FROM_A } });
  const page = await open();
  await expect.poll(() => names(page)).toEqual(["Ana", "Bo", "Cem"]);
  for (const left of [["Bo", "Cem"], ["Cem"]]) {
    await page.keyboard.press("Delete");
    await expect.poll(() => names(page)).toEqual(left);
  }
  for (const back of [["Bo", "Cem"], ["Ana", "Bo", "Cem"], ["Ana", "Bo"], ["Ana"]]) {
    await page.keyboard.press("Control+z");
    await expect.poll(() => names(page)).toEqual(back);
  }
  for (const forth of [["Ana", "Bo"], ["Ana", "Bo", "Cem"], ["Bo", "Cem"], ["Cem"]]) {
    await page.keyboard.press("Control+Shift+z");
    await expect.poll(() => names(page)).toEqual(forth);
  }
  await page.keyboard.press("Control+Shift+z");
  await toast(page, "There is nothing to do again.").waitFor();
});

test("Esc closes one layer at a time in the list, innermost first, and the focus returns", async ({ bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open();
  await expect.poll(() => active(page)).toBe("Ana");
  const peek = page.getByRole("complementary", { name: "Peek" });
  for (const key of ["x", " ", "t"]) await page.keyboard.press(key);
  await page.getByRole("dialog", { name: "Tag" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Tag" }).waitFor({ state: "detached" });
  await expect.poll(() => focused(page)).toBe("People");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "All commands" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await expect.poll(() => focused(page)).toBe("People");
  await peek.waitFor();
  await page.keyboard.press("Escape");
  await peek.waitFor({ state: "detached" });
  expect(await foot(page).innerText()).toContain("1 selected");
  await page.keyboard.press("Escape");
  await expect.poll(() => foot(page).innerText()).toContain("1 person");
});

test("Esc closes one layer at a time on a person, and the last one leads back to the list", async ({ bridge, open }) => {
  const page = await arrive("Ana", bridge, open);
  await page.keyboard.press(".");
  await page.keyboard.press("s");
  await page.getByRole("dialog", { name: "Stage of Ana" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByRole("region", { name: "Explanation" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("region", { name: "Explanation" }).waitFor({ state: "detached" });
  await standsAt(page, "Learning").waitFor();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("menu").waitFor({ state: "detached" });
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("More");
  await page.keyboard.press("Escape");
  await expect.poll(() => active(page)).toBe("Ana");
});

test("Ctrl K finds a command, a person and words in a note, and goes there", async ({ bridge, open }) => {
  const page = await arrive("Bo", bridge, open);
  const options = page.getByRole("listbox", { name: "Commands and people" }).getByRole("option");
  const find = async (typed: string, label: string) => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type(typed);
    await options.filter({ hasText: label }).first().waitFor();
    await expect.poll(() => options.filter({ hasText: label }).first().getAttribute("aria-selected")).toBe("true");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
  await find("ana", "Ana");
  await title("Ana")(page);
  await find("exp sta", "Explain the stage");
  await page.getByRole("region", { name: "Explanation" }).waitFor();
  await find("it runs", "It runs");
  await onEntry("It runs")(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("qqqq");
  await page.getByText("Nothing and nobody is called that, and no note says it.").waitFor();
  expect(await journey(page).count()).toBe(1);
});

test("? lists every key there is", async ({ page }) => {
  await page.getByText("Nobody here yet.").waitFor();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sheet.waitFor();
  const listed = await sheet.getByRole("term").allInnerTexts();
  expect(listed).toEqual(expect.arrayContaining(table.filter(({ keys }) => keys.length > 0).map(({ label }) => label)));
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
});
