// A list becomes a file: what for, who is left out and why, and what stands in it.
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { BasisOf, Basis, Purpose } from "../../ui/src/ipc/gen";
import { hands } from "./capturing";
import { type Bridge, expect, onADay as test } from "./fixtures";
import { FROM_A, happened, reachable, someone, tagged } from "./people";
import { focused, grid, row } from "./seeing";

const basisOf = (bridge: Bridge, id: string) => bridge.rpc<BasisOf>("basis.of", { id });

async function mayBeWritten(bridge: Bridge, person: string, basis: Basis, purposes: Purpose[] = ["list_mail"]) {
  const { points } = await basisOf(bridge, person);
  await bridge.rpc("basis.set", { point: points[0]!.point, purposes, basis, evidence: "Our page", on: "2026-05-03" });
}

/** Seven in Africa who write Rust and are learning, six of them talked to lately; one elsewhere. */
async function community(bridge: Bridge): Promise<Record<string, string>> {
  await bridge.remember({ people: { query: FROM_A } });
  const ids: Record<string, string> = {};
  for (const name of ["Abena", "Babajide", "Chipo", "Desta", "Esi", "Farai", "Gugu", "Hans"]) {
    const id = (ids[name] = await someone(bridge, name, { country: name === "Hans" ? "DE" : "GH" }));
    await tagged(bridge, [id], "Rust", "stack");
    const on = name === "Gugu" ? "2025-12-01" : "2026-05-02";
    await happened(bridge, id, "conversation_in_person", { on });
    await happened(bridge, id, "first_success", { on });
    if (name !== "Farai") await reachable(bridge, id, "email", `${name.toLowerCase()}@basalt.example`);
  }
  for (const name of ["Abena", "Babajide", "Gugu", "Hans"]) await mayBeWritten(bridge, ids[name]!, "opted_in");
  await mayBeWritten(bridge, ids.Chipo!, "said_yes_in_person", ["list_mail", "one_to_one"]);
  return ids;
}

const reason = (page: Page, words: string) => page.getByRole("list", { name: "Left out" }).getByRole("button", { name: words, exact: true });
const sum = (page: Page, words: string) => page.getByRole("region", { name: "Who is in it" }).getByText(words).waitFor();

test("U13: a filter becomes the file of a campaign, by keys alone, with everyone left out named", async ({ home, bridge, open }) => {
  await community(bridge);
  const page = await open("/people");
  await row(page, "Hans").waitFor();
  const csv = home.file("out/newsletter.csv", "");
  await bridge.choose(csv);
  const { press, type, keys } = hands(page);
  await press("/");
  await type("stage:learn region:africa stack:rust talked:90d");
  await row(page, "Hans").waitFor({ state: "detached" });
  await press("Control+e");
  await page.getByText("The 6 people the list shows").waitFor();
  await press("1");
  await sum(page, "Included 2, left out 4");
  for (const words of ["1 no address", "1 no opt-in", "2 unknown basis"]) await reason(page, words).waitFor();
  await press("Enter");
  await page.getByRole("heading", { name: "Written: newsletter.csv" }).waitFor();
  const lines = readFileSync(csv, "utf8").replace(/^\uFEFF/, "").trimEnd().split("\r\n");
  expect(lines).toEqual(["Name,E-mail", "Abena,abena@basalt.example", "Babajide,babajide@basalt.example"]);
  // 90 seconds at a key each 1.2 seconds, and the dialog of the system takes its part of them.
  expect(keys(), "keys from the list to the file").toBeLessThanOrEqual(60);
  await page.getByText("left out 4:").waitFor();
  await page.getByRole("button", { name: "Exports made" }).click();
  await page.getByRole("list", { name: "Exports made" }).getByText("Mail to a list, by e-mail: 2 people").waitFor();
});

test("who is left out unfolds to their names; a basis that is said lets them in", async ({ bridge, open }) => {
  await community(bridge);
  const page = await open("/export");
  await page.keyboard.press("1");
  await reason(page, "1 no opt-in").click();
  await page.getByRole("list", { name: "Left out" }).getByRole("button", { name: "Chipo", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Chipo" }).waitFor();
  await page.getByRole("button", { name: /^May write: said yes in person, 3 May\. Say why/ }).click();
  const panel = page.getByRole("dialog", { name: "May one write to chipo@basalt.example" });
  await panel.getByRole("combobox").selectOption("opted_in");
  await panel.getByLabel("What shows it").fill("ticked the box at the booth");
  await panel.getByLabel("Since").fill("today");
  await panel.getByLabel("Since").press("Enter");
  await page.getByText("May write, also to a list: opted in, 21 May").waitFor();
  await page.keyboard.press("Alt+ArrowLeft");
  await sum(page, "Included 5, left out 3");
  expect(await reason(page, "1 no opt-in").count()).toBe(0);
});

test("who is in it is looked through by name, and left out one by one by keys", async ({ home, bridge, open }) => {
  const { Hans } = await community(bridge);
  const page = await open("/export");
  const csv = home.file("out/some.csv", "");
  await bridge.choose(csv);
  await page.keyboard.press("1");
  await sum(page, "Included 4, left out 4");
  await page.getByRole("button", { name: "4 in it", exact: true }).press("Enter");
  const list = page.getByRole("list", { name: "In it" });
  await expect.poll(() => list.getByRole("listitem").allInnerTexts()).toEqual(
    ["Abena", "Babajide", "Gugu", "Hans"].map((name) => expect.stringMatching(new RegExp(`^${name}\\s+${name.toLowerCase()}@basalt\\.example\\s+Leave out$`))),
  );
  await list.getByRole("button", { name: "Leave Gugu out" }).press("Enter");
  await sum(page, "Included 3, left out 5");
  await expect.poll(() => focused(page), { message: "the keyboard goes on at the next" }).toBe("Leave Hans out");
  await list.getByRole("button", { name: "Hans", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Hans" }).waitFor();
  expect(page.url()).toContain(Hans);
  await page.keyboard.press("Alt+ArrowLeft");
  await sum(page, "Included 3, left out 5");
  await reason(page, "1 left out by hand").waitFor();
  await page.getByRole("button", { name: /^Export 3 people/ }).click();
  await page.getByRole("heading", { name: "Written: some.csv" }).waitFor();
  expect(readFileSync(csv, "utf8")).not.toContain("gugu");
});

test("a file for telephoning holds the number, and says so when it was unticked", async ({ home, bridge, open }) => {
  await bridge.remember({ people: { query: FROM_A } });
  const id = await someone(bridge, "Ama Boateng");
  await reachable(bridge, id, "email", "ama@basalt.example");
  await reachable(bridge, id, "phone", "+233 30 1234567");
  const { points } = await basisOf(bridge, id);
  for (const { point } of points)
    await bridge.rpc("basis.set", { point, purposes: ["one_to_one"], basis: "they_wrote_first", on: "2026-05-03" });
  const page = await open("/export");
  const csv = home.file("out/calls.csv", "");
  await bridge.choose(csv);
  await page.keyboard.press("2");
  await sum(page, "Included 1, left out 0");
  await page.getByLabel("Written to by").selectOption("phone");
  const number = page.getByRole("checkbox", { name: "Phone", exact: true });
  await expect.poll(() => number.isChecked()).toBe(true);
  expect(await page.getByRole("checkbox", { name: "E-mail", exact: true }).isChecked()).toBe(false);
  await number.uncheck();
  await page.getByText("Nothing in it says how to reach them by phone.").waitFor();
  await page.getByRole("button", { name: "Add Phone" }).press("Enter");
  await expect.poll(() => number.evaluate((box) => box === document.activeElement), { message: "the keyboard goes on there" }).toBe(true);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Written: calls.csv" }).waitFor();
  expect(readFileSync(csv, "utf8").replace(/^\uFEFF/, "").trimEnd().split("\r\n")).toEqual(["Name,Phone", "Ama Boateng,+233 30 1234567"]);
});

test("whoever has the address of somebody who is in it is laid beside them", async ({ bridge, open }) => {
  await bridge.remember({ people: { query: FROM_A } });
  for (const name of ["Ama Boateng", "Amma B."]) {
    const id = await someone(bridge, name);
    await reachable(bridge, id, "email", "ama@basalt.example");
    await mayBeWritten(bridge, id, "opted_in");
  }
  const page = await open("/export");
  await page.keyboard.press("1");
  await sum(page, "Included 1, left out 1");
  await reason(page, "1 same address as somebody who is in it").click();
  await page.getByRole("button", { name: "Side by side" }).click();
  await page.getByRole("heading", { level: 1, name: "Are these one person?" }).waitFor();
  for (const name of ["Ama Boateng", "Amma B."]) await page.getByText(name).first().waitFor();
});

test("an objection stands over an opt-in, and says so", async ({ bridge, open }) => {
  const { Abena } = await community(bridge);
  const page = await open(`/people/${Abena}`);
  await page.getByRole("button", { name: /Say why one may write to abena/ }).click();
  await page.getByRole("button", { name: "Note that they asked for no e-mail" }).click();
  await page.getByLabel("How they said it").fill("wrote back: please stop");
  await page.getByLabel("How they said it").press("Enter");
  await page.getByText("May not write: asked not to, 21 May").waitFor();
  await page.keyboard.press("Escape");
  await grid(page).waitFor();
  await page.keyboard.press("Control+e");
  await page.keyboard.press("1");
  await reason(page, "1 asked not to").click();
  await page.getByRole("list", { name: "Left out" }).getByRole("button", { name: "Abena", exact: true }).waitFor();
  await page.getByText("Final until they opt in anew.").waitFor();
});

test("everything held about somebody stands there as it was typed, and Esc leads back to them", async ({ bridge, open }) => {
  const { Abena } = await community(bridge);
  await happened(bridge, Abena!, "emailed", { on: "2026-05-11", note: "Asked whether the retry docs are clear now" });
  const page = await open(`/people/${Abena}`);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Everything held about them" }).click();
  const held = page.getByRole("region", { name: "Everything held" });
  for (const words of ["Abena", "abena@basalt.example", "Asked whether the retry docs are clear now", "Rust"])
    await held.getByText(words).first().waitFor();
  await expect.poll(() => held.evaluate((region) => region === document.activeElement), { message: "keys scroll it" }).toBe(true);
  const file = bridge.home.file("abena.json", "");
  await bridge.choose(file);
  await page.getByRole("button", { name: "Save as JSON" }).click();
  await expect.poll(() => readFileSync(file, "utf8")).toContain("Asked whether the retry docs are clear now");
  await page.keyboard.press("Escape");
  await page.getByRole("region", { name: "Journey" }).waitFor();
});
