// Whose key it is: the field's, the innermost layer's, or the file's.
import { commands } from "../../ui/src/app/commands";
import type { CommandLine } from "../../ui/src/kit/keyboard";
import { expect, onADay as test } from "./fixtures";
import { FROM_A, anaAndBo, pageOf, someone } from "./people";
import { active, entry, focused, foot, grid, journey, names, row, standsAt, toast } from "./seeing";

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
  await toast(page, "Moved Bo to the trash").waitFor();
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
  await expect.poll(() => page.getByRole("radio", { name: "Building" }).getAttribute("aria-checked")).toBe("true");
  expect((await pageOf(bridge, id)).standing.pin).toBeNull();
});

test("letters typed into a field are text", async ({ bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open();
  await row(page, "Ana").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("xjlts?.");
  expect(await page.getByRole("combobox", { name: "Filter people" }).inputValue()).toBe("xjlts?.");
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
  await page.keyboard.type("xjqw");
  await page.getByText("Nobody matches.").waitFor();
  await page.keyboard.press("Control+z");
  await expect.poll(() => page.getByRole("combobox", { name: "Filter people" }).inputValue()).not.toBe("xjqw");
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
  const { ana } = await anaAndBo(bridge);
  const page = await open(`/people/${ana}`);
  await entry(page, "Call").waitFor();
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
  const { bo } = await anaAndBo(bridge);
  const page = await open(`/people/${bo}`);
  await page.getByText("Nothing is written down yet.").waitFor();
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
  await page.getByRole("heading", { level: 1, name: "Ana" }).waitFor();
  await find("exp sta", "Explain the stage");
  await page.getByRole("region", { name: "Explanation" }).waitFor();
  await find("it runs", "It runs");
  await expect.poll(() => entry(page, "It runs").evaluate((one) => one === document.activeElement)).toBe(true);
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
  const table: readonly CommandLine[] = commands;
  expect(listed).toEqual(expect.arrayContaining(table.filter(({ keys }) => keys.length > 0).map(({ label }) => label)));
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
});
