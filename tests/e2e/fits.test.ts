// Whether every screen has room: at the sizes a window comes in, and at 200 %.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import type { Kind } from "../../ui/src/ipc/gen";
import { root } from "../support/programs";
import { expect, inUse, onADay, test } from "./fixtures";
import { onList, onPreview, morning, foreign, clean, fits, sizes } from "./looking";
import { FROM_A, happened, someone } from "./people";
import { entry, foot, grid, row, todayRow } from "./seeing";

for (const [name, screen] of sizes) {
  const sized = onADay.extend<{ screen: BrowserContextOptions }>({ screen });

  sized(`nothing is cut off or scrolls sideways at ${name}`, async ({ bridge, open }) => {
    await morning(bridge);
    const page = await onPreview(bridge, open, false);
    await fits(page, "the import preview");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+,");
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
    await fits(page, "settings");
    await page.getByRole("button", { name: "Rules of the journey" }).click();
    await page.getByLabel("Half-life").fill("100");
    await page.getByLabel("Half-life").press("Tab");
    await page.getByText("Not saved yet.").waitFor();
    await fits(page, "the rules of the journey");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+f");
    await page.keyboard.type("summer");
    await page.getByText("1 note, newest first").waitFor();
    await fits(page, "the search");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+1");
    await todayRow(page, "send the retry guide").waitFor();
    await fits(page, "today");
    await page.keyboard.press("f");
    await page.getByRole("form", { name: "Follow up with Ana Souza" }).waitFor();
    await fits(page, "today with the form of a follow-up");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "All follow-ups" }).click();
    await page.getByRole("list", { name: "Open follow-ups" }).getByText("slides for the meetup").waitFor();
    await fits(page, "all follow-ups");
    await page.keyboard.press("Control+2");
    await row(page, "Ana Souza").waitFor();
    await fits(page, "the list");
    await page.keyboard.press("v");
    await page.getByRole("group", { name: "Board" }).getByRole("option").filter({ hasText: "Ana Souza" }).waitFor();
    await fits(page, "the board");
    await page.keyboard.press("v");
    await grid(page).getByRole("rowheader").first().waitFor();
    await fits(page, "the groups");
    await page.keyboard.press("v");
    await row(page, "Ana Souza").waitFor();
    for (const key of ["x", " "]) await page.keyboard.press(key);
    await page.getByRole("complementary", { name: "Peek" }).getByText("Since the summer").waitFor();
    await fits(page, "the list with the peek pane");
    const [pane, line] = [await page.getByRole("complementary", { name: "Peek" }).boundingBox(), await foot(page).boundingBox()];
    expect(pane!.y + pane!.height, "the peek pane ends above the line below the list").toBeLessThanOrEqual(line!.y);
    await page.keyboard.press("Control+e");
    await page.getByLabel("For myself").check();
    await page.getByRole("form", { name: "Export" }).getByLabel("Organisation").waitFor();
    await fits(page, "the export");
    await page.getByLabel("Mail to a list").check();
    await page.getByText(/^Included \d+, left out/).waitFor();
    await fits(page, "the export, with whoever is left out");
    for (let layer = 0; layer < 3; layer++) await page.keyboard.press("Escape");
    await grid(page).focus();
    await page.keyboard.press("Enter");
    await entry(page, "Since the summer").waitFor();
    for (const key of ["l", "Escape", ".", "s", "3"]) await page.keyboard.press(key);
    await page.getByLabel("It holds").waitFor();
    await fits(page, "a person, explained, with the stage picker");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.getByRole("listbox", { name: "Commands and people" }).getByRole("option").first().waitFor();
    await fits(page, "the command bar");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await fits(page, "the sheet of keys");
  });
}

/** The window of a file that cannot be opened, at twice the size. */
const smallForeign = foreign.extend<{ screen: BrowserContextOptions }>({ screen: sizes.at(-1)![1] });

smallForeign("a file that cannot be opened: every way on can be reached at 200 %", async ({ page }) => {
  await page.getByRole("button", { name: "Make a new file" }).waitFor();
  await fits(page, "the page of a file that cannot be opened");
});

test.extend<{ screen: BrowserContextOptions }>({ screen: sizes.at(-1)![1] })("the first run fits at 200 %", async ({ page }) => {
  await page.getByRole("button", { name: /^Open a file you already have/ }).scrollIntoViewIfNeeded();
  await fits(page, "the first run");
});

onADay("what happened last is read in full in the window as it comes, also beside the peek pane", async ({ bridge, open }) => {
  const kinds = await bridge.rpc<Kind[]>("touchpoints.kinds");
  for (const { key, label } of kinds) await happened(bridge, await someone(bridge, label), key, { on: "2026-05-01" });
  await bridge.remember({ people: { query: FROM_A } });
  const page = await open();
  await row(page, "3 weeks ago").first().waitFor();
  for (const beside of ["nothing", "the peek pane"]) {
    if (beside === "the peek pane") {
      await page.keyboard.press(" ");
      await page.getByRole("complementary", { name: "Peek" }).waitFor();
    }
    for (const key of ["Home", "End"]) {
      await page.keyboard.press(key);
      const cut = await grid(page).evaluate((list) =>
        [...list.querySelectorAll(".touch .cut")].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent),
      );
      // The one sentence among the labels is said in full by its title.
      expect(cut.filter((label) => label !== "Told them what became of their feedback"), beside).toEqual([]);
    }
  }
});

onADay("a tick that is not set is no brighter than its box, in the dark too", async ({ bridge, open }) => {
  const page = await onList(bridge, open);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.keyboard.press("Control+e");
  await page.getByText("The 2 people the list shows").waitFor();
  await page.getByLabel("For myself").check();
  const filled = (checked: boolean) =>
    page.getByRole("form", { name: "Export" }).evaluate((form, on) => {
      const all = [...form.querySelectorAll<HTMLInputElement>("input")].filter((one) => one.checked === on);
      return [...new Set(all.map((one) => getComputedStyle(one).backgroundColor))];
    }, checked);
  const panel = await page.getByRole("form", { name: "Export" }).evaluate((form) => getComputedStyle(form).backgroundColor);
  expect(await filled(false)).toEqual([panel]);
  expect(await filled(true)).not.toContain(panel);
});

const small = onADay.extend<{ screen: BrowserContextOptions }>({ screen: sizes[0]![1] });

small("the button of the export is in view without scrolling at 960 × 600", async ({ bridge, open }) => {
  const page = await onList(bridge, open);
  await page.keyboard.press("Control+e");
  await page.getByText("The 2 people the list shows").waitFor();
  await page.getByLabel("For myself").check();
  const inView = await page.getByRole("button", { name: /^Export 2 people/ }).evaluate((button) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    return button.contains(document.elementFromPoint(left + width / 2, top + height - 2));
  });
  expect(inView).toBe(true);
});

for (const [name, screen] of sizes.slice(0, 2)) {
  const wide = screen.viewport!.width >= 1100;
  const sized = onADay.extend<{ screen: BrowserContextOptions }>({ screen });

  sized(`what just happened is said in few words, out of the way, at ${name}`, async ({ bridge, open }) => {
    const long = "Wolfeschlegelsteinhausenbergerdorff Maximiliana-Theodora von und zu Hohenzollern née Llanfairpwllgwyngyll";
    const id = await someone(bridge, long);
    const page = await open(`/people/${id}`);
    await page.keyboard.press("t");
    await page.keyboard.type("vip");
    await page.getByRole("option", { name: "New: vip" }).first().click();
    const said = page.getByRole("status").getByText(/^Tagged /);
    await said.waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Add a way to reach them" }).click();
    await page.getByRole("form", { name: "Add a way to reach them" }).waitFor();
    const { lines, title, covered, high } = await said.evaluate((words) => {
      const toast = words.closest(".toast")!;
      const covered = [...document.querySelectorAll("a, button, input, select, textarea")].filter((one) => {
        const { left, top, width, height } = one.getBoundingClientRect();
        return !toast.contains(one) && toast.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      });
      return {
        lines: words.getBoundingClientRect().height / parseFloat(getComputedStyle(words).lineHeight),
        high: toast.getBoundingClientRect().height,
        title: words.parentElement!.title,
        covered: covered.map((one) => one.getAttribute("aria-label") ?? one.textContent),
      };
    });
    expect(lines).toBeLessThanOrEqual(wide ? 4 : 2);
    expect(title).toContain(long);
    // Where the sidebar is folded there is no empty place: two lines at the foot are what it may take.
    if (wide) expect(covered).toEqual([]);
    else expect(high).toBeLessThanOrEqual(46);
  });
}

onADay("no row of the sheet of keys is cut by the end of a column", async ({ bridge, open }) => {
  const page = await onList(bridge, open);
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sheet.waitFor();
  const cut = await sheet.evaluate((dialog) =>
    [...dialog.querySelectorAll("section, section .line")].filter((one) => one.getClientRects().length > 1).map((one) => one.textContent),
  );
  expect(cut).toEqual([]);
  expect(await sheet.getByText("Next row").locator("..").innerText()).toMatch(/J\s+or\s+↓/);
});

onADay("an ordinary name is read in full in the window as it comes", async ({ bridge, open }) => {
  const names = ["Abdülsamed Gençaslan", "Abraham Luevano Águila", "Adelardo Martorell", "Marie-Claire Dubois"];
  for (const name of names) await someone(bridge, name, { organisation: "Cooper & Sons", country: "DE" });
  const page = await open();
  await row(page, names[3]!).waitFor();
  const cut = await grid(page).evaluate((list) =>
    [...list.querySelectorAll(".name .cut, .country .cut, .stage *")].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow === "hidden").map((one) => one.textContent),
  );
  expect(cut).toEqual([]);
});

onADay("every choice has one height and one look", async ({ bridge, open }) => {
  const page = await onPreview(bridge, open);
  const heights = () =>
    page.getByRole("main").evaluate((main) => [...new Set([...main.querySelectorAll("select")].map((one) => one.getBoundingClientRect().height))]);
  expect((await heights()).toSorted()).toEqual([26, 28]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+2");
  await row(page, "Ana Souza").dblclick();
  await entry(page, "Since the summer").dblclick();
  await page.getByLabel("How you know").waitFor();
  expect((await heights()).toSorted()).toEqual([22, 28]);
});

inUse("below 1100 px the sidebar folds to signs that keep their names", async ({ page }) => {
  const places = page.getByRole("navigation", { name: "Places" });
  const people = places.getByRole("link", { name: "People" });
  await page.setViewportSize({ width: 1100, height: 700 });
  await people.waitFor();
  const width = async () => (await places.boundingBox())?.width ?? 0;
  expect(await width()).toBe(208);
  await page.setViewportSize({ width: 1099, height: 700 });
  await expect.poll(width).toBeLessThan(72);
  await people.waitFor();
  await places.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
});

onADay("the theme follows the system until one is chosen, and the choice stays", async ({ bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open("/settings");
  const dark = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(await dark()).toBe("light dark");
  await page.getByLabel("Dark").check();
  await expect.poll(dark).toBe("dark");
  await expect.poll(() => bridge.remembered()).toMatchObject({ theme: "dark" });
  await page.reload();
  await expect.poll(dark).toBe("dark");
  await page.getByLabel("As the system").check();
  await expect.poll(dark).toBe("light dark");
});

inUse("a column is made wider with the keyboard and the mouse, and stays so", async ({ bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open();
  const edge = page.getByRole("separator", { name: "Width of Name" });
  const head = page.getByRole("columnheader", { name: "Name" });
  const width = async () => Math.round((await head.boundingBox())?.width ?? 0);
  const before = await width();
  await edge.focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press("ArrowRight");
  await expect.poll(width).toBe(before + 40);
  await edge.hover();
  const { x = 0, y = 0 } = (await edge.boundingBox()) ?? {};
  await page.mouse.down();
  await page.mouse.move(x + 63, y + 4);
  await page.mouse.up();
  await expect.poll(width).toBeGreaterThan(before + 80);
  const set = await width();
  await expect.poll(async () => (await bridge.remembered()).people?.widths?.name).toBe(set);
  await page.reload();
  await row(page, "Ana").waitFor();
  expect(await width()).toBe(set);
  await edge.dblclick();
  await expect.poll(width).toBeLessThan(set);
});

test("the import preview of 1,284 rows is accessible and fits too", async ({ bridge, home, open }) => {
  await bridge.rpc("workspace.set_up", { product: "Queues", zone: "Europe/Berlin" });
  const file = home.file("people-107-locales.csv");
  copyFileSync(join(root, "tests/fixtures/people-107-locales.csv"), file);
  await bridge.choose(file);
  const page = await open("/import");
  await page.getByRole("button", { name: "Choose a file" }).click();
  await page.getByText("1,284 rows").waitFor();
  await page.getByRole("tab", { name: "New" }).click();
  await clean(page);
  await fits(page, "the preview");
});
