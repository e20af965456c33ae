// Where parcels go: an address with what it was given for, gone on its day.
import type { BrowserContextOptions, Locator } from "playwright-core";
import { expect, onADay as test } from "./fixtures";
import { pageOf, reachable, someone } from "./people";
import { focused, toast } from "./seeing";

test("an address is added by the keyboard alone, found by a filter, and in no file unless it is picked", async ({ bridge, open }) => {
  const id = await someone(bridge, "Priya Nair", { country: "IN" });
  await someone(bridge, "Bo");
  const page = await open(`/people/${id}`);
  await page.getByRole("heading", { level: 1, name: "Priya Nair" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("parcels");
  await page.getByRole("option", { name: "Add where parcels go" }).waitFor();
  await page.keyboard.press("Enter");
  const form = page.getByRole("form", { name: "Add where parcels go" });
  await form.waitFor();
  await page.keyboard.type("Flat 3, Invented Row");
  await page.keyboard.press("Enter");
  await page.keyboard.type("411001 Nowhere");
  await page.keyboard.press("Tab");
  await expect.poll(() => form.getByRole("combobox", { name: /^Country/ }).inputValue()).toBe("IN");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("stickers");
  await page.keyboard.press("Enter");
  await toast(page, "Noted where parcels go for Priya Nair").waitFor();
  await expect.poll(() => focused(page)).toBe("Add where parcels go");
  const kept = page.getByRole("list", { name: "Where parcels go" });
  await kept.getByText("Flat 3, Invented Row").waitFor();
  await kept.getByText("Given for stickers").waitFor();
  const { postalAddresses } = await pageOf(bridge, id);
  expect(postalAddresses).toMatchObject([{ lines: "Flat 3, Invented Row\n411001 Nowhere", country: "IN", recipientName: "Priya Nair", purpose: "stickers", expiresOn: "2026-08-19" }]);
  const query = { filter: { text: "address:yes" }, sort: "name", descending: false };
  expect(await bridge.rpc("people.list", { query, offset: 0, limit: 9 })).toMatchObject({ rows: [{ name: "Priya Nair" }] });
  await page.keyboard.press("Control+z");
  await kept.getByText("No postal address.").waitFor();
});

const small = test.extend<{ screen: BrowserContextOptions }>({ screen: { viewport: { width: 960, height: 600 } } });
for (const [words, there] of [
  ["a window of the usual size", test],
  ["a small window", small],
] as const)
  there(`the form is in view as it opens, in ${words}, and what is wrong with it and Save are seen`, async ({ bridge, open }) => {
    const id = await someone(bridge, "Priya Nair");
    for (const kind of ["email", "phone", "website", "github", "mastodon"] as const) await reachable(bridge, id, kind, kind === "email" ? "p@example.org" : `https://example.org/${kind}`);
    const page = await open(`/people/${id}`);
    const inView = (what: Locator) => what.evaluate((at) => at.getBoundingClientRect().top >= 48 && at.getBoundingClientRect().bottom <= innerHeight);
    await page.getByRole("button", { name: "Add where parcels go" }).click();
    const form = page.getByRole("form", { name: "Add where parcels go" });
    const save = form.getByRole("button", { name: "Add" });
    await expect.poll(() => inView(form.getByRole("textbox", { name: /^Address/ }))).toBe(true);
    expect(await inView(save)).toBe(true);
    if (there === test) expect(await inView(form)).toBe(true);
    await form.getByRole("textbox", { name: /^Address/ }).fill("Flat 3");
    await form.getByRole("combobox", { name: /^Country/ }).selectOption("IN");
    await form.getByRole("textbox", { name: /^What it was given for/ }).fill("stickers");
    await form.getByRole("textbox", { name: "Delete it on" }).fill("2026-01-01");
    await page.keyboard.press("Enter");
    await form.getByRole("alert").waitFor();
    await expect.poll(() => inView(form.getByRole("alert"))).toBe(true);
    expect(await inView(save)).toBe(true);
    await form.getByRole("textbox", { name: "Delete it on" }).fill("2026-08-01");
    await form.getByRole("alert").waitFor({ state: "detached" });
  });
