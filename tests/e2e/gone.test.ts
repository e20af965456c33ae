// Somebody is gone for good: asked once, with what it means, and a receipt after it.
import type { ErasePreview, TimelineEntry } from "../../ui/src/ipc/gen";
import { expect, onADay as test } from "./fixtures";
import { everyName, happened, pageOf, reachable, someone } from "./people";
import { entry, foot, timeline } from "./seeing";

test("erase says what will be gone, asks about another's note that names them, and wants the name typed", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana Souza");
  const bo = await someone(bridge, "Bo Berg");
  await reachable(bridge, ana, "email", "ana@basalt.example");
  await happened(bridge, ana, "emailed", { on: "2026-05-02", note: "Sent the guide" });
  await happened(bridge, bo, "replied", { on: "2026-05-03", note: "He met Ana Souza at the booth" });
  expect((await bridge.rpc<ErasePreview>("erase.preview", { ids: [ana] })).named).toHaveLength(1);
  const page = await open(`/people/${ana}`);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Erase for good" }).click();
  const dialog = page.getByRole("dialog", { name: "Erase for good" });
  await dialog.getByRole("region", { name: "What will be gone" }).getByText("Person").first().waitFor();
  await dialog.getByText("He met Ana Souza at the booth").waitFor();
  await dialog.getByLabel("Put … for the words that name them").check();
  await dialog.getByLabel(/^Type Ana Souza/).fill("Ana Souza");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Erased" }).getByText("Erased 1 person").waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => everyName(bridge)).toEqual(["Bo Berg"]);
  const { entries } = await bridge.rpc<{ entries: TimelineEntry[] }>("touchpoints.timeline", { person: bo, limit: 10 });
  expect(entries.map(({ note }) => note)).toEqual([expect.not.stringContaining("Ana")]);
  await page.goto(`${bridge.address}/#/people/${bo}`);
  await timeline(page).waitFor();
  await entry(page, "at the booth").waitFor();
  await page.goto(`${bridge.address}/#/history/erased`);
  await page.getByRole("list", { name: "Receipts" }).getByText("Erased 1 person").waitFor();
});

test("who is erased does not stay in what the window remembers: the filter that found them goes with them", async ({ bridge, open }) => {
  await someone(bridge, "Ana Souza");
  await someone(bridge, "Bo Berg");
  const page = await open();
  await page.keyboard.press("/");
  await page.keyboard.type("ana souza");
  await foot(page).getByText("1 of 2 people").waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect.poll(async () => JSON.stringify(await bridge.remembered())).toContain("ana souza");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Erase for good" }).click();
  await page.getByLabel(/^Type Ana Souza/).fill("Ana Souza");
  await page.keyboard.press("Enter");
  // While the receipt is still being read, it is gone already.
  await page.getByRole("dialog", { name: "Erased" }).waitFor();
  await expect.poll(async () => JSON.stringify(await bridge.remembered())).not.toMatch(/ana|souza/i);
  await page.keyboard.press("Escape");
  await foot(page).getByText("1 person").waitFor();
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toMatch(/ana|souza/i);
  expect(JSON.stringify(await bridge.remembered())).not.toMatch(/ana|souza/i);
});

test("the trash empties itself after thirty days, or now by one who is asked", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana Souza");
  await someone(bridge, "Bo Berg");
  await bridge.rpc("people.trash", { ids: [ana] });
  const page = await open("/history/trash");
  await page.getByText("Whatever lies here for 30 days is erased by itself").waitFor();
  await page.getByRole("button", { name: "Empty it now" }).click();
  await page.getByRole("dialog", { name: "Empty the trash" }).getByRole("button", { name: "Empty the trash" }).click();
  await page.getByText("The trash is empty.", { exact: false }).first().waitFor();
  await expect.poll(() => page.getByRole("button", { name: "Bring back Ana Souza" }).count()).toBe(0);
});

test("everything held is said in words: no name of a column, no key of a choice, no number without its unit", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana Souza");
  await reachable(bridge, ana, "email", "ana@basalt.example");
  const point = (await pageOf(bridge, ana)).contactPoints[0]?.id;
  await bridge.rpc("basis.set", { point, purposes: ["one_to_one", "list_mail"], basis: "said_yes_in_person", evidence: "nodded at the booth" });
  await bridge.rpc("basis.objected", { person: ana, kinds: ["phone"], evidence: "no calls" });
  await bridge.rpc("people.edit", { id: ana, languages: "pt-BR,en", contentPrefs: "live,one_to_one", appreciationPrefs: "public_credit" });
  await happened(bridge, ana, "building_with_it", { on: "2026-05-18" });
  await bridge.rpc("followups.add", { person: ana, text: "the guide", due: "2026-05-25", kind: "reply_check", every: { n: 2, unit: "week", anchor: "last_contact", until: null, count: null } });
  await bridge.rpc("cadences.set", { person: ana, idealDays: 30, longestDays: 90 });
  await bridge.rpc("journey.pin", { person: ana, stage: "scale", until: "good", reason: "runs it in the plant" });
  const page = await open(`/people/${ana}/held`);
  const held = page.getByRole("region", { name: "Everything held" });
  for (const said of [
    "Mail to a list",
    "A message of their own",
    "Said yes in person",
    "Asked not to be written to: Phone",
    "Live sessions, One to one",
    "Public credit",
    "Did they reply? the guide",
    "Every 2 weeks from when you last talked",
    "30 days",
    "90 days",
    "For good",
  ]) {
    await held.getByText(said, { exact: false }).first().waitFor();
  }
  const text = await held.innerText();
  expect(text).not.toMatch(/\b(list mail|one to one,|said yes in person|auto cleared|last_contact|they reply, until|Ideal days|Longest days|Observed stage|Contact basis|Reply check)\b/);
  expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}|_/);
});
