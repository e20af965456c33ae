// Finding people however they are spelled, and what was said by its words.
import type { Page } from "playwright-core";
import { expect, onADay as test } from "./fixtures";
import { happened, someone } from "./people";
import { entry, focused, foot, grid, inline, row } from "./seeing";

const found = (page: Page) => page.getByRole("listbox", { name: "What was found" });
const lines = (page: Page) => found(page).getByRole("option").allInnerTexts();

test("words that were said lead to the entry, by keys alone, and back to the same words", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  await someone(bridge, "Queue Barr");
  await happened(bridge, ana, "conversation_online", { on: "2026-05-02", note: "The retry queue drops the first job" });
  await happened(bridge, ana, "replied", { on: "2026-05-10", note: "Queue again: 再試行の索引" });
  for (let n = 0; n < 30; n++) await happened(bridge, ana, "attended_talk", { on: "2026-04-01", note: `Talk ${n}` });
  const page = await open();
  await page.keyboard.press("Control+f");
  await page.keyboard.type("queue");
  await found(page).getByText("2 notes, newest first").waitFor();
  const shown = async () => (await lines(page)).map((line) => line.replace(/\s+/g, " ").trim());
  await expect.poll(shown).toEqual([
    "Queue Barr Not placed yet",
    "Queue again: 再試行の索引 Ana · Replied to us · 10 May",
    "The retry queue drops the first job Ana · Talked online · 2 May",
  ]);
  expect(await found(page).locator("mark").allInnerTexts()).toEqual(["Queue", "queue"]);
  for (const key of ["ArrowDown", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  const opened = entry(page, "The retry queue drops");
  await expect.poll(() => opened.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.goBack();
  await found(page).getByText("2 notes, newest first").waitFor();
  expect(await page.getByRole("combobox").inputValue()).toBe("queue");
  expect(await found(page).locator("[aria-selected=true]").innerText()).toContain("drops the first job");

  await page.keyboard.press("Control+a");
  await page.keyboard.type("索引");
  await found(page).getByText("1 note, newest first").waitFor();
  expect(await found(page).locator("mark").allInnerTexts()).toEqual(["索引"]);
});

test("what someone builds leads to that field", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  await bridge.rpc("people.edit", { id: ana, buildingNow: "A queue for festivals" });
  const page = await open("/search/festivals");
  await found(page).getByText("Builds").waitFor();
  await page.keyboard.press("Enter");
  await inline(page, "Builds").waitFor();
  await expect.poll(() => focused(page)).toMatch(/^Builds: A queue/);
});

test("a name with a slip in it finds who comes close, and says that it does", async ({ bridge, open }) => {
  await someone(bridge, "Tom Kowalski", { organisation: "Globex" });
  await someone(bridge, "Priya Nair");
  const page = await open();
  await page.keyboard.press("/");
  await page.keyboard.type("kowlaski");
  await page.getByText("Nobody is spelled “kowlaski”. This one comes close.").waitFor();
  await row(page, "Tom Kowalski").waitFor();
  await foot(page).getByText("1 of 2 people").waitFor();
  await page.keyboard.press("Enter");
  await grid(page).press("Enter");
  await page.getByText("1 of 1").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await page.keyboard.type("kowal");
  await expect.poll(() => page.getByText(/Nobody is spelled/).count()).toBe(0);
  await row(page, "Tom Kowalski").waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("pryia");
  await page.getByRole("dialog").getByText("Nobody is spelled so. These come close").waitFor();
  await page.getByRole("option", { name: "Priya Nair" }).waitFor();
});

test("the list says how many notes say it, and the command bar searches on", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  await happened(bridge, ana, "replied", { on: "2026-05-10", note: "Terraform all the way" });
  const page = await open();
  await page.keyboard.press("/");
  await page.keyboard.type("terraform");
  await page.getByText("Nobody matches.").waitFor();
  await page.getByRole("button", { name: "1 note says so" }).first().click();
  await found(page).getByText("1 note, newest first").waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("Type any part of a name").waitFor();
  await page.keyboard.press("Escape");
  await grid(page).or(page.getByText("Nobody matches.")).first().waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("terraform all");
  await page.getByRole("option", { name: "Search people and notes for “terraform all”" }).click();
  await found(page).getByText("1 note, newest first").waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("zzzzzz");
  await page.getByText("Nobody is called that or comes close, and no note says it.").waitFor();
});

test("Esc on whoever was found goes back to what was found, and Alt ← goes back from anywhere", async ({ bridge, open }) => {
  for (const name of ["Ana Sol", "Ana Berg"]) await someone(bridge, name);
  const page = await open();
  await page.keyboard.press("Control+f");
  await page.keyboard.type("ana");
  await found(page).getByText("Ana Sol").waitFor();
  for (const key of ["ArrowDown", "Enter"]) await page.keyboard.press(key);
  await page.getByText(/^\d of 2$/).waitFor();
  await page.keyboard.press("Escape");
  await found(page).getByText("Ana Sol").waitFor();
  expect(await page.getByRole("combobox").inputValue()).toBe("ana");
  expect(await found(page).getByRole("option").nth(1).getAttribute("aria-selected")).toBe("true");
  await page.keyboard.press("Control+h");
  await page.getByRole("heading", { level: 1, name: "History" }).waitFor();
  await page.keyboard.press("Alt+ArrowLeft");
  await found(page).getByText("Ana Sol").waitFor();
});

test("a note that says just that stands before whoever only comes close, and nobody close is taken unchosen", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  await someone(bridge, "Gina Grcp");
  await happened(bridge, ana, "replied", { on: "2026-05-10", note: "Streams over grpc" });
  const page = await open("/search/grpc");
  await expect.poll(async () => (await lines(page)).map((line) => line.split("\n")[0]!.trim())).toEqual(["Streams over grpc", "Gina Grcp"]);
  expect(await found(page).locator("[aria-selected=true]").innerText()).toContain("Streams over");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("gima");
  await expect.poll(() => lines(page)).toHaveLength(1);
  await expect.poll(() => found(page).locator("[aria-selected=true]").count()).toBe(0);
  await page.keyboard.press("Enter");
  await found(page).getByText("Gina Grcp").waitFor();
  for (const key of ["ArrowDown", "Enter"]) await page.keyboard.press(key);
  await page.getByRole("heading", { level: 1, name: "Gina Grcp" }).waitFor();
});

test("fast hands: an Enter is meant for what was typed whole, not for whoever fewer letters found", async ({ bridge, open }) => {
  await someone(bridge, "Gina");
  await someone(bridge, "Gino");
  const page = await open("/search");
  const typed: string[] = [];
  let release: () => void = () => undefined;
  const released = new Promise<void>((go) => (release = go));
  await page.route("**/rpc/people.list*", async (route) => {
    const asked = JSON.stringify(route.request().postDataJSON());
    typed.push(asked);
    if (asked.includes("gino")) await released;
    await route.continue();
  });
  await page.keyboard.type("gin");
  await expect.poll(() => lines(page)).toHaveLength(2);
  await page.keyboard.type("o");
  await expect.poll(() => typed.some((asked) => asked.includes("gino"))).toBe(true);
  await page.keyboard.press("Enter");
  release();
  await page.getByRole("heading", { level: 1, name: "Gino" }).waitFor();
});
