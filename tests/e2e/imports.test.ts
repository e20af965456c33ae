// Files brought in while one goes on working: progress, cancel, what an interruption leaves, several at once, dropped, pasted.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { ImportRun, WorkspaceInfo } from "../../ui/src/ipc/gen";
import { axe, type Bridge, expect, inUse, serve } from "./fixtures";
import { everyName, someone } from "./people";
import { names, row, toast } from "./seeing";

const table = (people: number) =>
  `Name,E-mail\n${Array.from({ length: people }, (_, n) => `Person ${n},p${n}@example.org\n`).join("")}`;
const count = async (bridge: Bridge) => (await bridge.rpc<WorkspaceInfo>("workspace.info")).people;
const places = (page: Page) => page.getByRole("navigation", { name: "Places" });

/** Lets so many steps of an import through, and holds the next until it is released. */
async function held(page: Page, steps: number) {
  let release: () => void = () => undefined;
  const released = new Promise<void>((go) => (release = go));
  let asked = 0;
  await page.route("**/rpc/imports.step*", async (route) => {
    if (++asked > steps) await released;
    await route.continue();
  });
  return release;
}

async function choose(page: Page, bridge: Bridge, files: string | string[]) {
  await bridge.choose(files);
  await page.getByRole("button", { name: /^Choose a file|^Another file/ }).first().click();
}

inUse("an import goes on while one works elsewhere, a quiet line says so, and it is one step to take back", async ({ home, bridge, open }) => {
  const page = await open("/import");
  const release = await held(page, 2);
  await choose(page, bridge, home.file("meetup.csv", table(900)));
  await page.getByRole("button", { name: "Import 900 people" }).click();
  await page.getByRole("heading", { name: "Importing meetup.csv" }).waitFor();
  await page.getByText(/^\d+% \d+ rows/).waitFor();
  expect(await axe(page)).toEqual([]);
  expect(await count(bridge)).toBeGreaterThan(0);
  expect(await count(bridge)).toBeLessThan(900);

  await page.keyboard.press("Control+2");
  await places(page).getByRole("link", { name: /Import \d+%/ }).waitFor();
  // What the person does meanwhile is theirs, and so is what they take back.
  await someone(bridge, "Ana");
  await page.keyboard.press("Control+z");
  await toast(page, "Took back: Added Ana").waitFor();
  await page.keyboard.press("Control+z");
  await toast(page, /nothing to take back|Took back: Set up/).waitFor();
  release();
  await toast(page, "Imported 900 people from meetup.csv").waitFor();
  await places(page).getByRole("link", { name: "Import", exact: true }).waitFor();
  await row(page, "Person 12").first().waitFor();
  expect(await count(bridge)).toBe(900);
  await page.keyboard.press("Control+z");
  await toast(page, "Took back: Imported 900 people from “meetup.csv”").waitFor();
  expect(await count(bridge)).toBe(0);
});

inUse("a cancelled import takes back what came in", async ({ home, bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open("/import");
  const release = await held(page, 3);
  await choose(page, bridge, home.file("meetup.csv", table(900)));
  await page.getByRole("button", { name: "Import 900 people" }).click();
  await page.getByText(/^\d+% \d+ rows/).waitFor();
  await page.getByRole("button", { name: "Cancel and take it back" }).click();
  await page.getByRole("heading", { name: "Taking back meetup.csv" }).waitFor();
  release();
  await toast(page, "Took back what came in from meetup.csv").waitFor();
  await page.getByRole("heading", { name: "Bring people in from a file" }).waitFor();
  expect(await everyName(bridge)).toEqual(["Ana"]);
});

inUse("an import that was interrupted asks at the next start, and goes on or is taken back", async ({ home, bridge, open }) => {
  const file = home.file("meetup.csv", table(700));
  const interrupted = async () => {
    const other = await serve(home);
    const run = await other.bridge.rpc<ImportRun>("imports.begin", { file: await other.bridge.grant(file), matching: true, source: "import" });
    for (let n = 0; n < 3; n++) await other.bridge.rpc("imports.step", { id: run.id });
    await other.end();
  };
  await interrupted();
  const page = await open("/people");
  const asks = page.getByRole("region", { name: "An import was interrupted" });
  await asks.getByText(/The import of meetup\.csv was interrupted after \d+ rows\./).waitFor();
  expect(await axe(page)).toEqual([]);
  await asks.getByRole("button", { name: "Take it back" }).click();
  await toast(page, "Took back what came in from meetup.csv").waitFor();
  await asks.waitFor({ state: "detached" });
  expect(await count(bridge)).toBe(0);

  await interrupted();
  await page.reload();
  await asks.getByRole("button", { name: "Go on" }).click();
  await toast(page, "Imported 700 people from meetup.csv").waitFor();
  expect(await count(bridge)).toBe(700);

  // A file that is no longer what it was is not guessed at.
  await bridge.rpc("history.undo");
  await interrupted();
  writeFileSync(file, table(3));
  await page.reload();
  await asks.getByRole("button", { name: "Go on" }).click();
  await asks.getByText("meetup.csv is no longer where it was, or has changed since.").waitFor();
  await bridge.choose(home.file("elsewhere/meetup.csv", table(700)));
  await asks.getByRole("button", { name: "Choose the file" }).click();
  await toast(page, "Imported 700 people from meetup.csv").waitFor();
  expect(await count(bridge)).toBe(700);
});

inUse("several files are looked at one after the other, and each can be taken back by itself", async ({ home, bridge, open }) => {
  const page = await open("/import");
  const files = ["one", "two", "three"].map((name, n) => home.file(`${name}.csv`, `Name\nPerson of ${name}\n${n === 1 ? ",x\n" : ""}`));
  await choose(page, bridge, files);
  await page.getByText("one.csv", { exact: true }).waitFor();
  await page.getByText("2 more files after it").waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByText("two.csv", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Leave it out" }).click();
  await page.getByText("three.csv", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Import 1 person" }).click();
  await page.getByRole("heading", { name: "2 files imported" }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole("button", { name: "Undo the import of one.csv" }).click();
  await page.getByText("Taken back", { exact: true }).waitFor();
  expect(await everyName(bridge)).toEqual(["Person of three"]);
});

inUse("files dropped on the window open the preview, whatever place is shown", async ({ home, bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open("/people");
  await row(page, "Ana").waitFor();
  const dropped: { name: string; grant: string }[] = [];
  for (const name of ["a.csv", "b.csv"]) dropped.push({ name, grant: await bridge.grant(home.file(name, `Name\nFrom ${name}\n`)) });
  await page.evaluate((detail) => dispatchEvent(new CustomEvent("hallway-dropped", { detail })), dropped);
  await page.getByRole("heading", { name: "Import", level: 1 }).waitFor();
  await page.getByText("1 more file after it").waitFor();
  await page.getByRole("button", { name: "Import 1 person" }).click();
  await page.getByText("b.csv", { exact: true }).waitFor();
  expect(await everyName(bridge)).toEqual(["Ana", "From a.csv"]);
});

inUse("rows copied in a spreadsheet and pasted on People open the preview", async ({ bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open("/people");
  await row(page, "Ana").click();
  await page.evaluate(() => navigator.clipboard.writeText("Name\tE-mail\nMira Lund\tmira@example.org\nJonas Weiß\tjonas@example.org\n"));
  await page.keyboard.press("Control+v");
  await page.getByText("Pasted rows", { exact: true }).waitFor();
  await page.keyboard.press("Control+Enter");
  await toast(page, "Imported 2 people from Pasted rows").waitFor();
  expect(await everyName(bridge)).toEqual(["Ana", "Jonas Weiß", "Mira Lund"]);
  // In a field, what is pasted is the field's.
  await page.keyboard.press("/");
  await page.keyboard.press("Control+v");
  await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toContain("Mira Lund");
});

inUse("a day that could be either of two is asked before anything is imported", async ({ home, bridge, open }) => {
  const page = await open("/import");
  await choose(page, bridge, home.file("days.csv", "Name,Last contact\nMira Lund,03/04/2024\nJonas Weiß,05/06/2024\n"));
  await page.getByText("“03/04/2024” in Last contact could be either of two days.").waitFor();
  expect(await page.getByRole("button", { name: "Import 2 people" }).isDisabled()).toBe(true);
  await page.getByRole("combobox", { name: "Which number comes first in the days of Last contact" }).selectOption("month_first");
  await expect.poll(() => page.getByRole("button", { name: "Import 2 people" }).isDisabled()).toBe(false);
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press("Control+Enter");
  await toast(page, "Imported 2 people from days.csv").waitFor();
  const [mira] = await bridge.rpc<{ lastTouchOn: string; stage: string | null }[]>("people.matching", { text: "mira", limit: 1 });
  expect(mira).toMatchObject({ lastTouchOn: "2024-03-04", stage: null });
});

inUse("two columns chosen quickly both go where they were sent, however slow the answers are", async ({ home, bridge, open }) => {
  const page = await open("/import");
  await choose(page, bridge, home.file("meetup.csv", "Who,Address\nMira Lund,mira@example.org\n"));
  await page.getByRole("combobox", { name: "Where Who goes" }).waitFor();
  let release: () => void = () => undefined;
  const released = new Promise<void>((go) => (release = go));
  await page.route("**/rpc/imports.preview*", async (route) => {
    await released;
    await route.continue();
  });
  await page.getByRole("combobox", { name: "Where Who goes" }).selectOption("name");
  await page.getByRole("combobox", { name: "Where Address goes" }).selectOption("email");
  release();
  await page.getByRole("button", { name: "Import 1 person" }).waitFor();
  expect(await page.getByRole("combobox", { name: "Where Who goes" }).inputValue()).toBe("name");
});

inUse("Esc puts a file aside, and what was said of its columns by hand is found again", async ({ home, bridge, open }) => {
  const page = await open("/import");
  await choose(page, bridge, home.file("meetup.csv", "Name,Address\nMira Lund,mira@example.org\n"));
  const where = page.getByRole("combobox", { name: "Where Address goes" });
  await where.selectOption("email");
  await page.getByText("mira@example.org").first().waitFor();
  await page.keyboard.press("Escape");
  await where.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Go on with it" }).click();
  await expect.poll(() => where.inputValue()).toBe("email");
});

inUse("refused rows are saved with their reasons, mended, and fed back as they were mapped", async ({ home, bridge, open }) => {
  const page = await open("/import");
  await choose(page, bridge, home.file("meetup.csv", "Who,Address\nMira Lund,mira@example.org\nJonas Weiß,jonas at home\n"));
  await page.getByRole("combobox", { name: "Where Who goes" }).selectOption("name");
  await page.getByRole("combobox", { name: "Where Address goes" }).selectOption("email");
  await page.getByRole("button", { name: "Import 1 person" }).click();
  await page.getByText("1 row refused").waitFor();
  const saved = home.file("to mend.csv");
  await bridge.choose(saved);
  await page.getByRole("button", { name: "Save 1 row to mend" }).click();
  await toast(page, "Saved 1 row to to mend.csv, each with its reason.").waitFor();
  expect(existsSync(saved)).toBe(true);
  expect(readFileSync(saved, "utf8")).toContain("“jonas at home” in row 3 is not an e-mail address.");
  writeFileSync(saved, readFileSync(saved, "utf8").replace(",jonas at home", ",jonas@example.org"));

  await choose(page, bridge, saved);
  await page.getByText("Where its columns go is remembered from a file like it.").waitFor();
  await page.getByRole("button", { name: "Import 1 person" }).waitFor();
  await page.getByRole("button", { name: "Forget that" }).click();
  await page.getByText("Where its columns go is remembered from a file like it.").waitFor({ state: "detached" });
  await page.getByRole("combobox", { name: "Where Who goes" }).selectOption("name");
  await page.getByRole("button", { name: "Import 1 person" }).click();
  await toast(page, "Imported 1 person from to mend.csv").waitFor();
  expect(await everyName(bridge)).toEqual(["Jonas Weiß", "Mira Lund"]);
});

inUse("a file that takes its time is said to be read; its empty columns are folded; who came is on top", async ({ home, bridge, open }) => {
  for (const name of ["Zoe", "Ana"]) await someone(bridge, name);
  await bridge.remember({ people: { query: { filter: { text: "zoe" }, sort: "name", descending: true } } });
  const page = await open("/import");
  let release: () => void = () => undefined;
  const released = new Promise<void>((go) => (release = go));
  await page.route("**/rpc/imports.preview*", async (route) => {
    await released;
    await route.continue();
  });
  await choose(page, bridge, home.file("meetup.csv", "Name,Last met,City,Country,Pronouns,Phone\nMira Lund,2026-13-45,,,,\n"));
  await page.getByText("Reading meetup.csv.").waitFor();
  release();
  await page.getByText("One row has no day in Last met that can be read, such as “2026-13-45”. It goes to the notes.").waitFor();
  await page.getByRole("button", { name: "Show 4 empty columns" }).waitFor();
  expect(await page.getByRole("combobox", { name: "Where City goes" }).count()).toBe(0);
  await page.getByRole("button", { name: "Show 4 empty columns" }).click();
  await page.getByRole("combobox", { name: "Where City goes" }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: /^See them/ }).click();
  await row(page, "Zoe").waitFor();
  expect((await names(page))[0]).toBe("Mira Lund");
});

inUse("whatever a column is sent to, the columns stay where they are; what is still to be said is gone to and in sight", async ({ home, bridge, open }) => {
  const page = await open("/import");
  await page.setViewportSize({ width: 960, height: 600 });
  const towns = Array.from({ length: 12 }, (_, n) => `Town ${n}`);
  const file = [["Name", "E-mail", "Wants mail", "Met", "Since", ...towns], ...Array.from({ length: 6 }, (_, n) => [`Person ${n}`, `p${n}@example.org`, n % 2 ? "yes" : "no", "no day at all", "03/04/2024", ...towns])];
  await choose(page, bridge, home.file("signups.csv", file.map((line) => line.join(",")).join("\n")));
  const goes = (column: string) => page.getByRole("combobox", { name: `Where ${column} goes`, exact: true });
  await goes("Wants mail").waitFor();
  const top = async () => (await goes("Wants mail").boundingBox())!.y;
  const before = await top();
  const newsletter = page.getByRole("group", { name: "Newsletter" });
  const stays = async (column: string, target: string, said: string | RegExp) => {
    await goes(column).selectOption(target);
    await page.getByText(said).waitFor();
    expect(await top(), `${column} to ${target}`).toBe(before);
  };
  await stays("Wants mail", "newsletter", "3 rows say yes, 3 say no.");
  await stays("Met", "met_on", /6 rows have no day in Met that can be read/);
  await stays("Since", "signed_up_on", "could be either of two days. Say below which it is.");
  await page.getByRole("combobox", { name: "Which number comes first in the days of Since" }).selectOption("day_first");
  await page.getByText("could be either of two days").waitFor({ state: "detached" });
  expect(await top()).toBe(before);

  // What is wrong with a field stands in room that is there for it.
  const rows = async () => (await page.getByRole("tablist", { name: "Rows by what becomes of them" }).evaluate((one) => (one as HTMLElement).offsetTop));
  const at = await rows();
  await page.getByRole("button", { name: "Import 6 people" }).click();
  const where = newsletter.getByRole("textbox", { name: "Where they signed up" });
  await expect.poll(() => where.evaluate((one) => one === document.activeElement)).toBe(true);
  const box = (await newsletter.boundingBox())!;
  expect(box.y).toBeGreaterThanOrEqual(0);
  expect(box.y + box.height).toBeLessThanOrEqual(600);
  expect(await rows()).toBe(at);
  await page.keyboard.type("The form on our page");
  expect(await rows()).toBe(at);
  await page.keyboard.press("Shift+Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("make it a field");
});
