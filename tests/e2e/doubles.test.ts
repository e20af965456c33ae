// One person once: a queue worked by keys, side by side; parted again; told apart; two chosen in the list.
import { expect, inUse } from "./fixtures";
import { FROM_A, everyName, happened, pageOf, someone, twoPairs } from "./people";
import { active, toast } from "./seeing";

inUse("the queue is worked by keys alone, and what was decided is taken back", async ({ bridge, open }) => {
  const { ana, cem } = await twoPairs(bridge);
  await happened(bridge, ana[1], "first_success", { on: "2026-05-10" });
  await bridge.rpc("people.edit", { id: ana[0], languages: "pt,en" });
  const page = await open("/people");
  await page.keyboard.press("Control+d");
  const queue = page.getByRole("list", { name: "Who may be one" });
  const meant = queue.locator("[aria-current=true]");
  const header = page.getByRole("columnheader");
  await queue.getByText("Ana Sol and Sol Ana").waitFor();
  await header.filter({ hasText: "Sol Ana" }).waitFor();
  await page.getByRole("list", { name: "Why they may be one" }).getByText("Same e-mail address ana@sol.example").waitFor();
  const city = page.getByRole("row", { name: /^City/ });
  expect(await city.innerText()).toMatch(/differs/);
  await page.getByRole("row", { name: /^Languages Português, English/ }).waitFor();
  // What would be shown is said before it is done.
  expect(await page.getByRole("row", { name: /^Stage/ }).getByRole("cell").last().innerText()).toBe("Learning");

  await page.keyboard.press("j");
  await header.filter({ hasText: "Kaya Cem" }).waitFor();
  await page.keyboard.press("n");
  await toast(page, "Said that Cem Kaya and Kaya Cem are not the same").waitFor();
  await header.filter({ hasText: "Sol Ana" }).waitFor();
  await page.keyboard.press("m");
  await toast(page, "Merged Sol Ana into Ana Sol").waitFor();
  await page.getByText("Nobody looks like somebody else here.").waitFor();
  expect(await everyName(bridge)).toEqual(["Ana Sol", "Cem Kaya", "Kaya Cem"]);
  expect((await pageOf(bridge, ana[1])).standing.stage).toBe("learn");

  await page.keyboard.press("u");
  await toast(page, "Took back: Merged Sol Ana into Ana Sol").waitFor();
  await expect.poll(() => meant.innerText()).toContain("Ana Sol and Sol Ana");
  await page.keyboard.press("u");
  await toast(page, /^Took back: Said that Cem Kaya/).waitFor();
  await expect.poll(() => meant.innerText()).toContain("Cem Kaya and Kaya Cem");
  await page.keyboard.press("u");
  await toast(page, "The last change was not made here.").waitFor();
  expect((await everyName(bridge)).length).toBe(4);
  expect((await pageOf(bridge, cem[0])).also).toEqual([]);
});

inUse("a key that is held down decides once", async ({ bridge, open }) => {
  await twoPairs(bridge);
  const page = await open("/doubles");
  await page.getByRole("columnheader", { name: "As one person" }).waitFor();
  await page.keyboard.down("m");
  await page.getByRole("columnheader").filter({ hasText: "Kaya Cem" }).waitFor();
  await page.keyboard.down("m");
  await page.keyboard.up("m");
  await page.keyboard.press("k");
  expect(await everyName(bridge)).toEqual(["Ana Sol", "Cem Kaya", "Kaya Cem"]);
});

inUse("on their page stands who they also are, and they are separated there", async ({ bridge, open }) => {
  const { ana, cem } = await twoPairs(bridge);
  await bridge.rpc("doubles.merge", { ids: ana });
  const page = await open(`/people/${ana[1]}`);
  await page.getByRole("heading", { level: 1, name: "Ana Sol" }).waitFor();
  await expect.poll(() => page.url()).toContain(ana[0]);
  const one = page.getByRole("region", { name: "One person" });
  await one.getByText("city: Mumbai").waitFor();
  await one.getByRole("button", { name: "Separate Sol Ana again" }).click();
  await toast(page, "Separated Sol Ana from Ana Sol").waitFor();
  await one.getByText("Perhaps also Sol Ana").waitFor();
  await one.getByRole("button", { name: "Look side by side" }).click();
  await page.getByRole("heading", { level: 1, name: "Are these one person?" }).waitFor();
  await page.getByRole("columnheader", { name: "As one person" }).waitFor();
  await page.keyboard.press("n");
  await page.getByRole("heading", { level: 1, name: "Ana Sol" }).waitFor();
  await one.getByText("Not the same as Sol Ana").waitFor();
  await one.getByRole("button", { name: "Take back that Sol Ana is not the same" }).click();
  await one.getByText("Perhaps also Sol Ana").waitFor();
  expect((await pageOf(bridge, cem[0])).also).toEqual([]);
});

inUse("two who are selected in the list are merged, and somebody is merged from their page", async ({ bridge, open }) => {
  await bridge.remember({ people: { query: FROM_A } });
  const [ana, bo, cem] = [await someone(bridge, "Ana"), await someone(bridge, "Bo"), await someone(bridge, "Cem")];
  const page = await open("/people");
  await expect.poll(() => active(page)).toBe("Ana");
  await page.keyboard.press("m");
  await toast(page, /^Select at least two people/).waitFor();
  for (const key of ["x", "j", "x", "m"]) await page.keyboard.press(key);
  await page.getByRole("columnheader", { name: "As one person" }).waitFor();
  await page.keyboard.press("m");
  await page.getByRole("heading", { level: 1, name: "Ana" }).waitFor();
  expect((await pageOf(bridge, bo)).person.id).toBe(ana);

  await page.getByRole("region", { name: "Journey" }).waitFor();
  await page.keyboard.press("m");
  await page.getByRole("dialog", { name: "Merge with somebody" }).waitFor();
  await page.keyboard.type("cem");
  await page.getByRole("option", { name: /Cem/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("columnheader", { name: "As one person" }).waitFor();
  await page.getByRole("button", { name: /^Same person/ }).click();
  await page.getByRole("heading", { level: 1, name: "Ana" }).waitFor();
  expect((await pageOf(bridge, cem)).also.map(({ name }) => name)).toEqual(["Bo", "Cem"]);
  expect(await everyName(bridge)).toEqual(["Ana"]);
});

inUse("they are separated from the menu of their page as well", async ({ bridge, open }) => {
  const { ana } = await twoPairs(bridge);
  await bridge.rpc("doubles.merge", { ids: ana });
  const page = await open(`/people/${ana[0]}`);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Separate Sol Ana again" }).click();
  await toast(page, "Separated Sol Ana from Ana Sol").waitFor();
  expect((await pageOf(bridge, ana[0])).also).toEqual([]);
});

inUse("of several one is left out by X or by a press, and the others are decided on", async ({ bridge, open }) => {
  const ids: string[] = [];
  for (const name of ["Ana Sol", "Ana S.", "Sol Ana", "Ana Soler"]) ids.push(await someone(bridge, name));
  const page = await open(`/doubles/of/${ids.join(",")}`);
  await page.getByRole("columnheader", { name: "As one person" }).waitFor();
  await page.keyboard.press("x");
  await page.getByText("Left out, and not decided on: Ana Soler.").waitFor();
  await page.getByRole("button", { name: "Leave Ana S. out" }).click();
  await page.getByText("Left out, and not decided on: Ana Soler and Ana S..").waitFor();
  expect(await page.getByRole("button", { name: /^Leave .* out$/ }).count(), "two are the fewest").toBe(0);
  await page.getByRole("button", { name: /^Same person/ }).click();
  await page.getByRole("heading", { level: 1, name: "Ana Sol" }).waitFor();
  expect(await everyName(bridge)).toEqual(["Ana S.", "Ana Sol", "Ana Soler"]);
});
