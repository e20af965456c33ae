// Where parcels go: an address with what it was given for, gone on its day.
import { expect, onADay as test } from "./fixtures";
import { pageOf, someone } from "./people";
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
