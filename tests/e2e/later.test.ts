// What a day with it showed: nothing that was put off or typed is lost from sight, and one key has one meaning.
import { type Bridge, axe, expect, onADay as test } from "./fixtures";
import { due, followUp, happened, someone } from "./people";
import { struck, toast, todayRow, todayRows } from "./seeing";

/** A promise to somebody, due so many days from today. */
async function promised(bridge: Bridge, name: string, text: string, days: number): Promise<string> {
  const id = await someone(bridge, name);
  await followUp(bridge, { person: id, text, due: due(days) });
  return id;
}

test("what was put off is found under Later with the day it comes back, and comes back now", async ({ bridge, open }) => {
  await promised(bridge, "Ana", "send the guide", -1);
  const ola = await someone(bridge, "Ola");
  await happened(bridge, ola, "answered_question", { on: due(-2) });
  const page = await open("/today");
  await todayRow(page, "send the guide").waitFor();
  await page.keyboard.press("z");
  await page.getByRole("dialog", { name: "Snooze until" }).waitFor();
  await page.keyboard.press("x");
  await todayRow(page, "send the guide").getByText("Until Mon 25 May").waitFor();
  await toast(page, /until Mon 25 May/).waitFor();
  // What is only worked out is put off alike.
  await page.getByRole("list", { name: "Thank" }).getByRole("listitem").click();
  await page.keyboard.press("z");
  await page.getByRole("dialog", { name: "Snooze until" }).waitFor();
  await page.keyboard.press("c");
  await toast(page, /until Thu 28 May/).waitFor();

  const fold = page.getByRole("button", { name: "Later 2" });
  expect(await fold.getAttribute("aria-expanded")).toBe("false");
  await fold.click();
  const later = page.getByRole("list", { name: "Later" }).getByRole("listitem");
  await expect.poll(() => later.allInnerTexts().then((all) => all.map((one) => one.replace(/\s+/g, " ")))).toEqual([
    "Ana send the guide You promised back Mon 25 May Show now",
    "Ola helped another developer Thank back Thu 28 May Show now",
  ]);
  expect(await axe(page)).toEqual([]);
  await later.filter({ hasText: "Ana" }).getByRole("button", { name: "Show now" }).click();
  await expect.poll(() => later.count()).toBe(1);
  await expect.poll(() => todayRow(page, "send the guide").getByText("1 day late").count()).toBe(1);
  await page.keyboard.press("Control+z");
  await expect.poll(() => later.count()).toBe(2);
});

test("an answer that was taken back with U stands in its line again", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  await followUp(bridge, { person: ana, text: "“Your cache post”", kind: "reply_check", due: due(-1) });
  const page = await open("/today");
  await todayRow(page, "cache post").waitFor();
  await page.keyboard.press("r");
  const line = page.getByRole("textbox", { name: "What they said" });
  await line.waitFor();
  await page.keyboard.type("they try it next week");
  await page.keyboard.press("Enter");
  await expect.poll(() => struck(page)).toEqual([0]);
  await page.keyboard.press("u");
  await expect.poll(() => struck(page)).toEqual([]);
  await page.keyboard.press("r");
  await expect.poll(() => line.inputValue()).toBe("they try it next week");
});

test("back from somebody's page, by either key, one stands on the row one left", async ({ bridge, open }) => {
  for (const [n, name] of ["Ana", "Bo", "Cem", "Dee"].entries()) await promised(bridge, name, `thing ${n + 1}`, n - 4);
  const page = await open("/today");
  await todayRow(page, "thing 4").waitFor();
  const standsOn = () => page.evaluate(() => document.activeElement?.closest("li[data-row]")?.textContent ?? "");
  for (const key of ["Escape", "Alt+ArrowLeft"]) {
    await todayRow(page, "thing 3").click();
    await page.keyboard.press("o");
    await page.getByRole("heading", { level: 1, name: "Cem" }).waitFor();
    await page.getByRole("region", { name: "Journey" }).waitFor();
    await page.keyboard.press(key);
    await expect.poll(standsOn, { message: key }).toContain("thing 3");
  }
  expect(await todayRows(page)).toHaveLength(4);
});

test("the command bar knows what is to be done by the words one thinks of", async ({ bridge, open }) => {
  const ola = await someone(bridge, "Ola");
  await happened(bridge, ola, "answered_question", { on: due(-2) });
  const page = await open("/people");
  const options = page.getByRole("dialog", { name: "All commands" }).getByRole("option");
  const find = async (words: string, label: string) => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type(words);
    await options.filter({ hasText: label }).first().waitFor();
  };
  await find("follow", "Follow up");
  await page.keyboard.press("Escape");
  await find("remind", "Note a promise or another follow-up");
  await options.filter({ hasText: "Note a promise" }).click();
  await page.getByRole("form", { name: "Follow up" }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+2");
  await find("thank", "Thank somebody who helped");
  await options.filter({ hasText: "Thank somebody" }).click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest("li[data-row]")?.textContent ?? "")).toContain("Ola");
});

test("how often it comes back is said in one visible choice", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  const page = await open(`/people/${ana}`);
  await page.keyboard.press("f");
  await page.getByRole("form", { name: "Follow up with Ana" }).waitFor();
  await page.keyboard.type("ask how it goes");
  await page.getByLabel("Repeats").selectOption("every two weeks");
  await page.getByLabel("What there is to do").press("Enter");
  await page.getByRole("region", { name: "Next" }).getByText("every two weeks").or(page.getByText("every 2 weeks")).first().waitFor();
  expect(await bridge.rpc("followups.of", { person: ana })).toMatchObject([{ every: { n: 2, unit: "week", anchor: "due" } }]);
});

test("the help is scrolled by the keys that scroll", async ({ open }) => {
  const page = await open("/people");
  await page.keyboard.press("F1");
  const help = page.getByRole("region", { name: "Help" });
  await help.waitFor();
  await page.keyboard.press("PageDown");
  await expect.poll(() => help.evaluate((one) => one.scrollTop)).toBeGreaterThan(100);
});

test.extend({ screen: { viewport: { width: 960, height: 600 } } })("where only icons are left, what waits is counted on them", async ({ bridge, open }) => {
  await promised(bridge, "Ana", "send the guide", -1);
  await bridge.rpc("captures.lines", { text: "priya nair\ntom kowalski" });
  const page = await open("/people");
  const places = page.getByRole("navigation", { name: "Places" });
  const badge = (name: string | RegExp) => places.getByRole("link", { name }).locator(".badge");
  await expect.poll(() => badge(/^Today/).getAttribute("data-n")).toBe("1");
  await expect.poll(() => badge(/^Evening lines/).getAttribute("data-n")).toBe("2");
  expect(await badge(/^Today/).isVisible()).toBe(true);
});

test("People can show what comes next, and be sorted by it", async ({ bridge, open }) => {
  await promised(bridge, "Ana", "send the guide", 7);
  await promised(bridge, "Bo", "call", -1);
  await someone(bridge, "Cem");
  const page = await open("/people");
  const grid = page.getByRole("grid", { name: "People" });
  const head = grid.getByRole("columnheader");
  await head.filter({ hasText: "Name" }).waitFor();
  expect(await head.filter({ hasText: "Next" }).count()).toBe(0);
  await head.filter({ hasText: "Name" }).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Show what comes next" }).click();
  await head.filter({ hasText: "Next" }).getByRole("button").click();
  const rows = () => grid.locator("[role=row][data-index]").evaluateAll((all) =>
    all.sort((a, b) => Number(a.getAttribute("aria-rowindex")) - Number(b.getAttribute("aria-rowindex"))).map((row) => [
      row.querySelector("[data-open]")?.textContent, row.querySelector(".next")?.textContent?.trim()]));
  await expect.poll(rows).toEqual([["Bo", "1 day late"], ["Ana", "in 7 days"], ["Cem", ""]]);
  await expect.poll(() => bridge.remembered().then(({ people }) => [people?.next, people?.query?.sort])).toEqual([true, "next"]);
});
