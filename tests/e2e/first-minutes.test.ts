// From a file that does not exist yet to a list in a spreadsheet, with the keyboard.
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PeopleRows } from "../../ui/src/ipc/gen";
import { root } from "../support/programs";
import { chip, hands, line } from "./capturing";
import { axe, expect, test as base } from "./fixtures";
import { FROM_A, everyName } from "./people";
import { begin, foot, grid, journey, log, row, standsAt, toast, todayRow, toPeople } from "./seeing";

const test = base.extend<{ now: string | null }>({ now: "2026-05-21T09:00:00Z" });

test("the first minutes: begin empty, import, find someone, log, take it back, export", async ({ home, bridge, page }) => {
  const { keyboard } = page;

  // The first field is waiting; Enter begins with nothing in the file.
  await begin(page);
  await page.getByText("Nobody here yet. Add the last developer you talked to.").waitFor();

  // A file with names in 107 locales, looked at before anything is saved.
  const file = home.file("people-107-locales.csv");
  copyFileSync(join(root, "tests/fixtures/people-107-locales.csv"), file);
  await bridge.choose(file);
  await keyboard.press("Control+i");
  await page.getByText("1,284 rows").waitFor();
  const counts = await page.getByRole("tab").evaluateAll((tabs) =>
    tabs.map((tab) => Number(tab.querySelector(".num")?.textContent?.replaceAll(",", ""))),
  );
  expect(counts.reduce((sum, count) => sum + count, 0), "every row is accounted for").toBe(1_284);
  const [added = 0] = counts;
  expect(added).toBeGreaterThan(1_000);
  expect(await bridge.rpc("workspace.info")).toMatchObject({ people: 0 });

  // Imported, and counted.
  await keyboard.press("Control+Enter");
  await page.getByRole("heading", { name: `Imported ${added.toLocaleString("en")} people from people-107-locales.csv` }).waitFor();
  await keyboard.press("Control+2");
  await expect.poll(() => foot(page).textContent()).toContain(`${added.toLocaleString("en")} people`);

  // Found by part of a name in another script, and opened.
  await keyboard.press("/");
  await keyboard.type("აკაკ");
  await expect.poll(() => foot(page).textContent()).toContain(`1 of ${added.toLocaleString("en")} people`);
  await keyboard.press("Enter");
  await keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "აკაკი იაშვილი" }).waitFor();
  await page.getByText("Nothing they did is written down yet.").waitFor();

  // Logged with a note, without the mouse.
  await log(page, "got it", "Got it working");
  await keyboard.type("First queue runs on her laptop");
  await keyboard.press("Enter");
  await standsAt(page, "Learning").waitFor();
  expect(await journey(page).innerText()).toContain("Because: got it working (21 May, they told you).");

  // Taken back and done again; the corner says what.
  await keyboard.press("Control+z");
  await toast(page, "Took back: Logged what happened with აკაკი იაშვილი").waitFor();
  await standsAt(page, "Learning").waitFor({ state: "detached" });
  await keyboard.press("Control+Shift+Z");
  await toast(page, "Done again: Logged what happened with აკაკი იაშვილი").waitFor();
  await standsAt(page, "Learning").waitFor();

  // Back to the list, to a few more people, and out to a file.
  await keyboard.press("Escape");
  await row(page, "აკაკი იაშვილი").waitFor();
  await keyboard.press("/");
  await keyboard.type("შვილი");
  await row(page, "აკაკი იაშვილი").getByText("Learning").waitFor();
  const { count: shown } = await bridge.rpc<PeopleRows>("people.list", { query: { ...FROM_A, filter: { ...FROM_A.filter, text: "შვილი" } }, offset: 0, limit: 1 });
  expect(shown).toBeGreaterThan(1);
  await expect.poll(() => foot(page).innerText(), { message: "an exact count" }).toMatch(new RegExp(`^${shown} of`));
  await expect.poll(() => grid(page).getAttribute("aria-rowcount")).toBe(String(shown + 1));
  await keyboard.press("Control+e");
  await page.getByLabel("For myself").check();
  const csv = home.file("out/people.csv", "");
  await bridge.choose(csv);
  await page.getByRole("button", { name: `Export ${shown} people` }).click();
  await toast(page, `Exported ${shown} people to people.csv`).waitFor();
  const [header = "", ...lines] = readFileSync(csv, "utf8").trimEnd().split("\r\n");
  expect(header.split(",")).toContain("Organisation");
  expect(lines).toHaveLength(shown);
  expect(lines.filter((line) => line.includes("აკაკი იაშვილი"))).toHaveLength(1);
});

test("beginning without a word says what is missing, under its field", async ({ page }) => {
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("Write what you help developers use").waitFor();
  await page.keyboard.type("Queues");
  await page.getByLabel("Your time zone").fill("Berln");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("Choose a zone like Europe/Berlin").waitFor();
  await page.getByLabel("Your time zone").fill("lagos");
  await page.getByRole("option", { name: "Africa/Lagos" }).click();
  await page.getByRole("button", { name: "Begin" }).click();
  await toPeople(page);
  await page.getByText("Nobody here yet.").waitFor();
});

test("a file that was begun stays begun", async ({ page, bridge }) => {
  await begin(page);
  expect(await bridge.rpc("workspace.info")).toMatchObject({ product: "Queues", zone: "Europe/Berlin", people: 0 });
  await page.reload();
  await page.getByText("Nobody here yet.").waitFor();
});

test("the window begins on Today; a new file begins with the line, which ends at the person, where they stand and why", async ({ bridge, open }) => {
  const page = await open("/");
  const { type, press, keys } = hands(page);
  await type("Queues");
  await press("Enter");
  const sheet = page.getByRole("dialog", { name: "The first line" });
  // One sentence, and one example as it is read in this file, on this day.
  await sheet.getByRole("heading", { name: "Whom did you talk to last? One line is enough." }).waitFor();
  await sheet.getByText("Mon 25 May: send the benchmark").waitFor();
  expect(await axe(page)).toEqual([]);
  expect(await line(page).evaluate((field) => field === document.activeElement)).toBe(true);
  await type("tom kowalski @initech /3 first queue runs !today send the guide");
  await press("Enter");
  await page.getByRole("heading", { level: 1, name: "Tom Kowalski" }).waitFor();
  await standsAt(page, "Learning").waitFor();
  const why = page.getByRole("region", { name: "Explanation" });
  await why.getByText("talked in person").first().waitFor();
  await toast(page, /Tom Kowalski\. The next one: Ctrl Shift Space/).waitFor();
  // At 40 words a minute, 200 keys a minute, this leaves most of the ninety seconds for reading.
  expect(keys()).toBeLessThanOrEqual(100);
  expect(await everyName(bridge)).toEqual(["Tom Kowalski"]);

  // The next start begins on what the day asks for, and asks for no first line.
  const again = await open("/");
  await todayRow(again, "send the guide").waitFor();
  expect(await again.getByRole("dialog").count()).toBe(0);
});

test("whoever puts the first line away sees what to do, and the example can be taken over", async ({ open }) => {
  const page = await open("/");
  await page.keyboard.type("Queues");
  await page.keyboard.press("Enter");
  await line(page).waitFor();
  await page.getByRole("button", { name: /^priya nair @acme/ }).click();
  await chip(page, "New: Priya Nair").waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Escape");
  await page.getByText("Nobody here yet. Write down the last developer you talked to, in one line.").waitFor();
  await page.getByRole("main").getByRole("button", { name: /^Capture a conversation/ }).click();
  await expect.poll(() => line(page).evaluate((field) => field === document.activeElement)).toBe(true);
});

test("changing one's mind in the file dialog changes nothing", async ({ page, bridge }) => {
  await page.getByLabel("What do you help developers use?").fill("Queues");
  await page.getByLabel("Import a file").check();
  await page.getByRole("button", { name: "Begin" }).click();
  await bridge.choose(null);
  await page.getByRole("button", { name: "Choose a file" }).click();
  await page.getByRole("heading", { name: "Bring people in from a file" }).waitFor();
  expect(await bridge.rpc("workspace.info")).toMatchObject({ people: 0 });
});

test("deciding a row moves none of the others", async ({ page, home, bridge }) => {
  await begin(page);
  const sharing = ["Ana Lima", "Cem Kaya", "Dee Okoro"].map((name) => `${name},shared@example.org,Basalt\n`);
  await bridge.choose(home.file("shared.csv", `Name,E-mail,Company\nBo Ek,shared@example.org,Arc\n${sharing.join("")}`));
  await page.keyboard.press("Control+i");
  const who = page.getByRole("group", { name: /^Who is / });
  await expect.poll(() => who.count()).toBe(3);
  const heights = () => page.getByRole("tabpanel").locator("li").evaluateAll((rows) => rows.map((one) => one.getBoundingClientRect().height));
  const before = await heights();
  for (const [at, name] of ["Someone new", "Leave out", "Leave out"].entries()) {
    const button = who.nth(at).getByRole("button", { name });
    await button.click();
    await expect.poll(() => button.getAttribute("aria-pressed")).toBe("true");
    // The answer of the core counts it elsewhere; here it stays.
    await page.getByRole("tab", { name: `Look at these ${2 - at}` }).waitFor();
    expect(await heights()).toEqual(before);
  }
  await page.getByRole("tab", { name: "Left out 2" }).waitFor();
  await page.getByRole("tab", { name: "New 2" }).click();
  await page.getByText("Arc").last().waitFor();
});

test("an import is taken back as a whole, in one step", async ({ page, home, bridge }) => {
  await begin(page);
  await bridge.choose(home.file("meetup.csv", "Name,E-mail,Sticker\nMira Lund,mira@example.org,yes\nJonas Weiß,jonas@example.org,\n"));
  await page.keyboard.press("Control+i");
  await page.getByText("1 column has no place yet").waitFor();
  await page.getByRole("button", { name: "Sticker: make it a field" }).click();
  await page.getByText("1 column has no place yet").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Import 2 people" }).click();
  await toast(page, "Imported 2 people from meetup.csv").waitFor();
  await page.getByRole("button", { name: "See them" }).click();
  await row(page, "Jonas Weiß").waitFor();
  await page.keyboard.press("Control+z");
  await page.getByText("Nobody here yet.").waitFor();
});
