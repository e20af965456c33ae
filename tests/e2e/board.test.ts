// The people as a board: moved by hand and by keys, with a reason each time.
import type { Locator, Page } from "playwright-core";
import { type Bridge, expect, onADay as test } from "./fixtures";
import { FROM_A, happened, pageOf, someone } from "./people";
import { foot, grid, toast } from "./seeing";

const column = (page: Page, stage: string): Locator => page.getByRole("group", { name: "Board" }).getByRole("region", { name: new RegExp(`^${stage}, `) });
const card = (page: Page, stage: string, name: string): Locator => column(page, stage).getByRole("option").filter({ hasText: name });
const reason = (page: Page): Locator => page.getByRole("form", { name: /^Why / });
/** The card that keys mean, in the column that has the focus. */
const active = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const id = document.activeElement?.getAttribute("aria-activedescendant");
    return (id && document.getElementById(id)?.querySelector(".strong")?.textContent) ?? null;
  });

async function four(bridge: Bridge): Promise<Record<string, string>> {
  const ids = { Ana: await someone(bridge, "Ana", { organisation: "Basalt" }), Bo: await someone(bridge, "Bo"), Cem: await someone(bridge, "Cem"), Dee: await someone(bridge, "Dee") };
  await happened(bridge, ids.Ana, "first_success", { on: "2026-05-10" });
  await happened(bridge, ids.Bo, "first_success", { on: "2025-10-10" });
  await happened(bridge, ids.Cem, "in_production", { on: "2026-05-01" });
  await bridge.remember({ people: { query: FROM_A, view: "board" } });
  return ids;
}

test("every column counts, and a card says who, where and when; V goes on to the headings and the list, and comes back", async ({ bridge, open }) => {
  await four(bridge);
  const page = await open();
  for (const [stage, people] of Object.entries({ "Not placed yet": 1, Discovery: 0, Evaluation: 0, Learning: 2, Building: 0, Scaling: 1 }))
    await page.getByRole("region", { name: `${stage}, ${people} ${people === 1 ? "person" : "people"}` }).waitFor();
  expect((await card(page, "Learning", "Ana").innerText()).split("\n")).toEqual(["Ana", "Basalt", "11 days ago"]);
  await card(page, "Learning", "Bo").getByText(/^fading/).waitFor();
  await column(page, "Building").getByText("Nobody").waitFor();
  await foot(page).getByText("4 people").waitFor();
  await page.keyboard.press("v");
  await grid(page).getByRole("rowheader").first().waitFor();
  await page.keyboard.press("v");
  await expect.poll(() => grid(page).getByRole("rowheader").count()).toBe(0);
  await page.keyboard.press("v");
  await card(page, "Learning", "Ana").waitFor();
  await page.getByRole("button", { name: "List" }).click();
  await grid(page).waitFor();
});

test("by keys: from card to card, Shift and an arrow move one, the reason is asked, and it can be taken back", async ({ bridge, open }) => {
  const { Ana } = await four(bridge);
  const page = await open();
  await expect.poll(() => active(page)).toBe("Dee");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => active(page)).toBe("Ana");
  await page.keyboard.press("j");
  await expect.poll(() => active(page)).toBe("Bo");
  await page.keyboard.press("k");
  await page.keyboard.press("Shift+ArrowRight");
  await column(page, "Building").locator(reason(page)).waitFor();
  await page.keyboard.press("Enter");
  await reason(page).getByRole("alert").getByText("Say in a few words why").waitFor();
  await page.keyboard.press("Escape");
  await reason(page).waitFor({ state: "detached" });
  await expect.poll(() => active(page)).toBe("Ana");
  expect((await pageOf(bridge, Ana!)).standing.pin).toBeNull();

  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.type("She showed me her service");
  await page.keyboard.press("Enter");
  await card(page, "Building", "Ana").waitFor();
  await toast(page, "Set the stage of Ana").waitFor();
  expect((await pageOf(bridge, Ana!)).standing.pin).toMatchObject({ stage: "build", reason: "She showed me her service", until: "proof" });
  await expect.poll(() => active(page)).toBe("Ana");
  await page.keyboard.press("Control+z");
  await card(page, "Learning", "Ana").waitFor();
  await page.keyboard.press("Control+Shift+z");
  await card(page, "Building", "Ana").waitFor();

  await page.keyboard.press("s");
  await page.getByRole("dialog", { name: "Stage of Ana" }).waitFor();
  await page.keyboard.press("1");
  await page.keyboard.type("I was wrong");
  await page.keyboard.press("Enter");
  await card(page, "Discovery", "Ana").waitFor();
  await expect.poll(() => active(page)).toBe("Ana");
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Journey" }).getByText("You set this: “I was wrong”.").waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => active(page)).toBe("Ana");
});

test("by hand: dragged over a column, dropped, and let go again with Escape", async ({ bridge, open }) => {
  const { Dee } = await four(bridge);
  const page = await open();
  const from = (await card(page, "Not placed yet", "Dee").boundingBox())!;
  const to = (await column(page, "Evaluation").boundingBox())!;
  const hold = async () => {
    await page.mouse.move(from.x + 30, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 40, { steps: 3 });
    await page.mouse.move(to.x + 40, to.y + 200, { steps: 5 });
  };
  await hold();
  await expect.poll(() => column(page, "Evaluation").evaluate((one) => one.classList.contains("target"))).toBe(true);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(await reason(page).count()).toBe(0);
  await hold();
  await page.mouse.up();
  await column(page, "Evaluation").locator(reason(page)).waitFor();
  await page.keyboard.type("She compares us with two others");
  await page.keyboard.press("Enter");
  await card(page, "Evaluation", "Dee").waitFor();
  expect((await pageOf(bridge, Dee!)).standing.pin).toMatchObject({ stage: "evaluate" });
  // A press without a move only chooses the card.
  await card(page, "Learning", "Ana").click();
  expect(await reason(page).count()).toBe(0);
  await expect.poll(() => active(page)).toBe("Ana");
});

test("the same filters as the list, and a column shows only the cards in view of any number", async ({ bridge, open }) => {
  for (let n = 0; n < 80; n++) await someone(bridge, `Person ${String(n).padStart(2, "0")}`);
  const ana = await someone(bridge, "Ana");
  await happened(bridge, ana, "first_success", { on: "2026-05-10" });
  await bridge.remember({ people: { query: FROM_A, view: "board" } });
  const page = await open();
  await page.getByRole("region", { name: "Not placed yet, 80 people" }).waitFor();
  await expect.poll(() => active(page)).toBe("Person 00");
  expect(await column(page, "Not placed yet").getByRole("option").count()).toBeLessThan(30);
  await page.keyboard.press("End");
  await expect.poll(() => active(page)).toBe("Person 79");
  await card(page, "Not placed yet", "Person 79").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("person 4");
  await page.getByRole("region", { name: "Not placed yet, 17 people" }).waitFor();
  await foot(page).getByText("17 of 81 people").waitFor();
  await page.keyboard.press("Enter");
  await expect.poll(() => active(page)).toBe("Person 04");
  await page.keyboard.press("/");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("xjqw");
  await page.getByText("Nobody matches.").waitFor();
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await page.getByRole("group", { name: "Filters" }).getByRole("button", { name: "Stage" }).click();
  await page.getByRole("checkbox", { name: "Learning" }).check();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("group", { name: "Board" }).getByRole("region").count()).toBe(1);
  await card(page, "Learning", "Ana").waitFor();
});

test("adopting is two columns, or one where they stand together; a card there still moves by one stage", async ({ bridge, open }) => {
  await four(bridge);
  const page = await open();
  await page.getByRole("button", { name: "Show Building and Scaling as one column" }).click();
  await page.getByRole("region", { name: "Adopting, 1 person" }).waitFor();
  await expect.poll(() => column(page, "Scaling").count()).toBe(0);
  await card(page, "Adopting", "Cem").click();
  await page.keyboard.press("Shift+ArrowLeft");
  await reason(page).getByRole("textbox").fill("The team went back");
  await page.keyboard.press("Enter");
  await toast(page, "Set the stage of Cem").waitFor();
  await page.getByRole("button", { name: "Show Building and Scaling apart" }).click();
  await card(page, "Building", "Cem").waitFor();
  await page.getByRole("region", { name: "Scaling, 0 people" }).waitFor();
});

test("whoever was moved is still the one that keys mean, however long their new column is", async ({ bridge, open }) => {
  const pin = async (name: string, stage: string) => bridge.rpc("journey.pin", { person: await someone(bridge, name), stage, until: "good", reason: "Said so" });
  for (let n = 0; n < 130; n++) await pin(`Bo ${String(n).padStart(3, "0")}`, "discover");
  for (let n = 0; n < 130; n++) await pin(`Cem ${String(n).padStart(3, "0")}`, "evaluate");
  await someone(bridge, "Zed");
  await bridge.remember({ people: { query: FROM_A, view: "board" } });
  const page = await open();
  const from = (await card(page, "Not placed yet", "Zed").boundingBox())!;
  const to = (await column(page, "Discovery").boundingBox())!;
  await page.mouse.move(from.x + 30, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 40, { steps: 3 });
  await page.mouse.move(to.x + 40, to.y + 200, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.type("He came to a talk");
  await page.keyboard.press("Enter");
  await card(page, "Discovery", "Zed").waitFor();
  await expect.poll(() => active(page)).toBe("Zed");
  await page.keyboard.press("Shift+ArrowRight");
  await page.getByRole("form", { name: "Why Zed stands at Evaluation" }).waitFor();
  await page.keyboard.type("He compares");
  await page.keyboard.press("Enter");
  await card(page, "Evaluation", "Zed").waitFor();
  await expect.poll(() => active(page)).toBe("Zed");
});
