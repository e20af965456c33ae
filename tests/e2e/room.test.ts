// What is said and asked over a list of people leaves in sight what it is about, in the two sizes a window mostly has.
import type { BrowserContextOptions, Locator } from "playwright-core";
import { expect, inUse } from "./fixtures";
import { someone, tagged } from "./people";
import { foot, grid, row, toast } from "./seeing";

const small = inUse.extend<{ screen: BrowserContextOptions }>({ screen: { viewport: { width: 960, height: 600 } } });

type Box = { x: number; y: number; width: number; height: number };
const box = async (one: Locator) => (await one.boundingBox())!;
const meet = (a: Box, b: Box) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

small("what was done with several is said over neither the bar below the list nor the rows it was done with", async ({ bridge, open }) => {
  for (let i = 10; i < 40; i++) await someone(bridge, `Person ${i}`);
  const page = await open();
  await row(page, "Person 1").first().waitFor();
  await page.keyboard.press("End");
  for (const key of ["x", "k", "x", "t"]) await page.keyboard.press(key);
  await page.getByRole("combobox", { name: "Tag" }).waitFor();
  await page.keyboard.type("Rust");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await toast(page, /^Tagged .* with “Rust”$/).waitFor();
  const said = await box(page.locator(".toast"));
  expect(meet(said, await box(foot(page)))).toBe(false);
  const done = grid(page).locator("[role=row][aria-selected=true]");
  expect(await done.count()).toBe(2);
  for (const one of await done.all()) expect(meet(said, await box(one))).toBe(false);
  // Copying is said too.
  await page.keyboard.press("Control+c");
  await toast(page, "Copied 2 people").waitFor();
});

for (const [size, on] of [["960x600", small], ["1280x800", inUse]] as const) {
  on(`what is offered as a tag or a list stands under its field, at ${size}`, async ({ bridge, open }) => {
    const people = [await someone(bridge, "Ana"), await someone(bridge, "Bo")];
    for (let i = 0; i < 12; i++) await tagged(bridge, people, `Topic ${i}`);
    const page = await open();
    await row(page, "Ana").waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("t");
    const tag = page.getByRole("dialog", { name: "Tag" });
    const offered = page.getByRole("listbox", { name: "Tag" });
    await page.getByRole("option", { name: /Topic 11/ }).waitFor();
    expect(meet(await box(offered), await box(tag.getByText("Tag 2 people")))).toBe(false);
    const before = await box(tag);
    await page.keyboard.type("Topic 11");
    await expect.poll(() => page.getByRole("option").count()).toBe(1);
    expect(await box(tag)).toEqual(before);
    await page.keyboard.press("Escape");
    await page.keyboard.press("+");
    await page.keyboard.type("Newsletter");
    await page.getByRole("option", { name: "New: Newsletter" }).waitFor();
    const why = page.getByRole("textbox", { name: "Why, if you like" });
    expect(meet(await box(page.getByRole("listbox", { name: "List" })), await box(why))).toBe(false);
    await page.keyboard.press("Tab");
    expect(await why.evaluate((at) => at === document.activeElement)).toBe(true);
    await page.keyboard.type("They asked");
    await page.keyboard.press("Enter");
    await toast(page, "Put 2 people on the list “Newsletter”").waitFor();
  });
}

inUse("beside four short filters there is room for the words of the buttons, and for none beside seven long ones", async ({ bridge, open }) => {
  await tagged(bridge, [await someone(bridge, "Ana", { country: "Kenya" })], "Rust", "stack");
  const page = await open();
  const filters = page.getByRole("group", { name: "Active filters" });
  const wide = (words: string) => page.getByText(words, { exact: true }).evaluate((one) => one.getBoundingClientRect().width > 20);
  await page.keyboard.press("/");
  await page.keyboard.type("stage:learn region:africa stack:rust talked:90d ");
  await expect.poll(() => filters.locator(".chip").count()).toBe(4);
  expect(await wide("Clear filters")).toBe(true);
  expect(await wide("Save this view")).toBe(true);
  for (const word of await filters.locator(".chip .cut").all()) expect(await word.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(1);
  await page.keyboard.type("organisation:\"A long name of an organisation\" city:\"Somewhere far away\" -stage:scale ");
  await expect.poll(() => filters.locator(".chip").count()).toBe(7);
  expect(await wide("Clear filters")).toBe(false);
  expect(await wide("Save this view")).toBe(false);
});

small("with a saved view every stage is in sight, and the sidebar does not scroll", async ({ bridge, open }) => {
  await bridge.rpc("views.save", { name: "African Rustaceans", filter: "stage:learn", sort: "name", descending: false, layout: "list" });
  const page = await open();
  const places = page.getByRole("navigation", { name: "Places" });
  await places.getByRole("button", { name: /^African Rustaceans/ }).waitFor();
  expect(await places.evaluate((one) => one.scrollHeight - one.clientHeight)).toBe(0);
  const last = await box(places.getByRole("button", { name: /^Not placed yet/ }));
  expect(last.y + last.height).toBeLessThanOrEqual((await box(places.getByRole("link", { name: /^Help/ }))).y);
});

small("a filter of four words is read in full beside how many it finds", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana", { country: "Kenya" });
  await tagged(bridge, [ana], "Rust", "stack");
  const page = await open();
  await page.keyboard.press("/");
  await page.keyboard.type("stage:none region:africa stack:rust added:90d ");
  await page.locator(".finds").waitFor();
  await page.keyboard.press("Enter");
  expect(await page.getByRole("combobox", { name: "Filter people" }).evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0);
});

small("where the filter is longer than its field, the slip is underlined where it stands in it", async ({ bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open();
  await page.keyboard.press("/");
  await page.keyboard.type("stage:none region:africa stack:rust tag:one tag:two tag:three stage:lern x");
  const wrong = page.locator(".wrong");
  await expect.poll(() => wrong.textContent()).toBe("lern");
  expect(await wrong.evaluate((one) => getComputedStyle(one).textDecorationLine)).toBe("underline");
  const behind = page.locator(".behind");
  const field = page.getByRole("combobox", { name: "Filter people" });
  const scrolled = await field.evaluate((one) => one.scrollLeft);
  expect(scrolled).toBeGreaterThan(0);
  expect(await behind.evaluate((one) => one.scrollLeft)).toBeCloseTo(scrolled, 0);
  const [line, slip] = [await box(behind), await box(wrong)];
  expect(slip.x).toBeGreaterThan(line.x);
  expect(slip.x + slip.width).toBeLessThanOrEqual(line.x + line.width);
});

for (const [size, on] of [["960x600", small], ["1280x800", inUse]] as const) {
  on(`a name for what is shown is asked for over the list, which stays where it is, at ${size}`, async ({ bridge, open }) => {
    for (const name of ["Ana", "Bo"]) await someone(bridge, name);
    const page = await open();
    await row(page, "Ana").waitFor();
    const before = await box(row(page, "Ana"));
    const button = page.getByRole("button", { name: /^Save this view/ });
    const form = page.getByRole("form", { name: "Save this view" });
    await page.keyboard.press("Control+s");
    await form.waitFor();
    expect(await box(row(page, "Ana"))).toEqual(before);
    expect(meet(await box(form), await box(button))).toBe(false);
    // Pressed again, the button closes it, and so does a press beside it: what was typed is there again.
    await page.keyboard.type("Every");
    await button.click();
    await form.waitFor({ state: "detached" });
    await button.click();
    await form.waitFor();
    await page.getByRole("heading", { level: 1, name: "People" }).click();
    await form.waitFor({ state: "detached" });
    await button.click();
    await page.keyboard.press("End");
    await page.keyboard.type("body");
    await page.keyboard.press("Enter");
    await page.getByRole("group", { name: "Views" }).getByRole("button", { name: /Everybody/ }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("grid");
    expect(await box(row(page, "Ana"))).toEqual(before);

    // Nor does somebody new, or a new list, move what is there.
    await page.keyboard.press("Control+n");
    await page.getByRole("form", { name: "New person" }).waitFor();
    expect(await box(row(page, "Ana"))).toEqual(before);
    await page.keyboard.press("Escape");
    await bridge.rpc("lists.create", { name: "Beta" });
    await page.goto(page.url().replace(/#.*/, "#/lists"));
    const list = page.getByRole("link", { name: /Beta/ });
    await list.waitFor();
    const stood = await box(list);
    await page.keyboard.press("Control+n");
    await page.getByRole("form", { name: "New list" }).waitFor();
    expect(await box(list)).toEqual(stood);
  });
}
