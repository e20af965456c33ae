// @vitest-environment happy-dom
import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import Shell from "../../app/Shell.svelte";
import { parcelsTo } from "../../ipc/fake/addresses";
import { fakeCore } from "../../ipc/fake/core";
import { blankPerson } from "../../ipc/fake/world";
import { countryName } from "../../kit/words";
import { shortDay } from "../../kit/dates";
import { go } from "../../kit/route.svelte";
import { see, show, until } from "../../testing/screen";

const TODAY = "2026-05-21";
const day = (text: string) => shortDay(text, TODAY);

async function page(addresses = 0) {
  const from = fakeCore({ product: "Queues" });
  const priya = blankPerson(from.world, "Priya Nair");
  priya.person.country = "IN";
  for (let n = 0; n < addresses; n++) priya.postalAddresses.push(parcelsTo(from.world, priya));
  from.world.people.set(priya.person.id, priya);
  const shown = await show(Shell, {}, from);
  go(`/people/${priya.person.id}`);
  await screen.findByRole("heading", { name: "Where parcels go" });
  return { ...shown, priya };
}

const form = async (name = "Add where parcels go") => within(await screen.findByRole("form", { name }));
const last = (asked: { cmd: string; input: unknown }[], cmd: string) =>
  asked.filter((one) => one.cmd === cmd).at(-1)?.input;

test("nobody's address is one quiet line, and one is added by the keyboard with what it was given for", async () => {
  const { user, core, priya } = await page();
  await see("No postal address.");
  screen.getByRole("button", { name: "Add where parcels go" }).focus();
  await user.keyboard("{Enter}");
  const fields = await form();
  const lines = fields.getByLabelText(/^Address/);
  await until("the address is asked for first", () => document.activeElement === lines);
  await user.keyboard("Kiln Lane 3{Enter}12345 Nowhere");
  expect(lines).toHaveProperty("value", "Kiln Lane 3\n12345 Nowhere");
  expect(fields.getByLabelText(/^Name on the parcel/)).toHaveProperty("value", "Priya Nair");
  await until("where they live", () => fields.getByLabelText<HTMLSelectElement>(/^Country/).value === "IN");
  await see(`Delete it on 90 days, until ${shortDay("2026-08-19", TODAY)}`);
  // Without what it was given for it is not kept, and the field that lacks is where one stands.
  await user.type(fields.getByLabelText(/^Name on the parcel/), "{Enter}");
  await see("Say what it was given for, such as “stickers” or “the speaker gift”.");
  expect(document.activeElement).toBe(fields.getByLabelText(/^What it was given for/));
  await user.keyboard("s");
  await until(
    "the sentence goes once it is corrected",
    () => !document.body.textContent?.includes("Say what it was given for,"),
  );
  await user.keyboard("tickers");
  await user.type(fields.getByLabelText("Delete it on"), "2026-06-30{Enter}");
  await until("it is kept", () => priya.postalAddresses.length === 1);
  expect(last(core.asked, "postal_addresses.add")).toEqual({
    person: priya.person.id,
    lines: "Kiln Lane 3\n12345 Nowhere",
    country: "IN",
    recipientName: "Priya Nair",
    purpose: "stickers",
    source: "they_gave_it",
    givenOn: TODAY,
    expiresOn: "2026-06-30",
  });
  await see("Given for stickers");
  await see(`They gave it to you, ${day(TODAY)} · deleted on ${day("2026-06-30")}`);
  expect(screen.queryByRole("form", { name: "Add where parcels go" })).toBeNull();
  await until("the focus is where one was", () =>
    Boolean(document.activeElement?.getAttribute("aria-label")?.startsWith("Add where parcels")),
  );
});

test("what was typed is kept when it is left, also while somebody else is looked at", async () => {
  const { user, core, priya } = await page();
  const bo = blankPerson(core.world, "Bo");
  core.world.people.set(bo.person.id, bo);
  await user.click(screen.getByRole("button", { name: "Add where parcels go" }));
  await user.type((await form()).getByLabelText(/^Address/), "Kiln Lane");
  await user.keyboard("{Escape}");
  await until("it is closed", () => screen.queryByRole("form", { name: "Add where parcels go" }) === null);
  go(`/people/${bo.person.id}`);
  await until("Bo", () => document.querySelector("h1")?.textContent === "Bo");
  expect(screen.queryByRole("button", { name: "An address that is not saved yet" })).toBeNull();
  go(`/people/${priya.person.id}`);
  await user.click(await screen.findByRole("button", { name: "An address that is not saved yet" }));
  expect((await form()).getByLabelText(/^Address/)).toHaveProperty("value", "Kiln Lane");
  await user.click((await form()).getByRole("button", { name: "Start anew" }));
  expect((await form()).getByLabelText(/^Address/)).toHaveProperty("value", "");
});

test("an address is changed where it stands, in what was changed alone, removed, and taken back", async () => {
  const { user, core, priya } = await page(1);
  await see(`Kiln Lane 3 12345 Nowhere ${countryName("DE")}`);
  await user.click(screen.getByRole("button", { name: "Change the address for stickers" }));
  const fields = await form("Change where parcels go");
  await user.type(fields.getByLabelText(/^Phone/), "+49 30 5550 0101{Enter}");
  await see("Phone for the carrier: +49 30 5550 0101");
  expect(last(core.asked, "postal_addresses.edit")).toEqual({
    id: priya.postalAddresses[0]!.id,
    phone: "+49 30 5550 0101",
  });
  await user.click(screen.getByRole("button", { name: "Remove the address for stickers" }));
  await see("No postal address.");
  await user.keyboard("{Control>}z{/Control}");
  await see("Given for stickers");
});

test("a day that cannot be is said under its field, in the core's words too", async () => {
  const { user } = await page(1);
  await user.click(screen.getByRole("button", { name: "Change the address for stickers" }));
  const fields = await form("Change where parcels go");
  const field = fields.getByLabelText("Delete it on");
  await user.clear(field);
  await user.type(field, "someday{Enter}");
  expect((await fields.findAllByText("Write a day like mon, 3d, 2w, 12 jun or eom.")).length).toBeGreaterThan(
    0,
  );
  const given = fields.getByLabelText(/^Given on/);
  await user.clear(given);
  await user.type(given, "2026{Enter}");
  await see("Write a day like 2026-03-04, 12 mar, yesterday or 3d ago.");
});
