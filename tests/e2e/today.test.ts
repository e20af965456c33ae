// The morning: what was promised, who waits, what came back, what moved; worked by keys, and the keys counted.
import type { Page } from "playwright-core";
import type { FollowUp, TimelineEntry } from "../../ui/src/ipc/gen";
import { seconds } from "../support/hands";
import { type Bridge, axe, expect, onADay as test } from "./fixtures";
import { due, followUp, happened, pageOf, someone } from "./people";
import { entry, journey, standsAt, struck, timeline, toast, todayRow, todayRows } from "./seeing";

/** Presses keys one by one and says how many there were. */
async function press(page: Page, ...keys: string[]): Promise<number> {
  for (const key of keys) await page.keyboard.press(key);
  return keys.length;
}

/** Somebody for each of these texts, promised for yesterday and before, the first the latest. */
async function promised(bridge: Bridge, texts: string[]): Promise<string[]> {
  const people: string[] = [];
  for (const [i, text] of texts.entries()) {
    const id = await someone(bridge, `Dev ${String.fromCharCode(65 + i)}`);
    people.push(id);
    await followUp(bridge, { person: id, text, due: due(i - texts.length) });
  }
  return people;
}

test("U5: twelve items are worked through with J, Enter, Z and Delete, in no more time than was promised", async ({ bridge, open }) => {
  await promised(bridge, Array.from({ length: 12 }, (_, i) => `thing ${i + 1}`));
  const page = await open("/today");
  await expect.poll(() => todayRows(page)).toHaveLength(12);
  // The first row is meant at once, and a row that is dealt with stays where it is.
  let keys = await press(page, "Enter");
  await expect.poll(() => struck(page)).toEqual([0]);
  expect(seconds(keys)).toBeLessThanOrEqual(2.1);
  for (let at = 1; at < 12; at++) {
    const [then, allowed] = at % 3 === 1 ? [["Z", "Z"], 2.4] : at % 3 === 2 ? [["Delete"], 2.1] : [["Enter"], 2.1];
    keys = await press(page, "j");
    if (then[0] === "Z") {
      keys += await press(page, "z");
      await page.getByRole("dialog", { name: "Snooze until" }).waitFor();
      keys += await press(page, "z");
    } else keys += await press(page, ...(then as string[]));
    await expect.poll(() => struck(page)).toEqual(Array.from({ length: at + 1 }, (_, i) => i));
    expect(seconds(keys), `row ${at}`).toBeLessThanOrEqual(allowed as number);
  }
  expect(await todayRows(page)).toHaveLength(12);
  const rows = await bridge.rpc<{ rows: FollowUp[]; total: number }>("followups.list", { status: "open", offset: 0, limit: 50 });
  // What was put off is still open, and due when it was due.
  expect(rows.rows.map(({ snoozes, hiddenUntil }) => [snoozes, hiddenUntil])).toEqual(Array.from({ length: rows.total }, () => [1, due(1)]));
  expect(rows.total).toBe(4);
  await page.keyboard.press("Control+2");
  await page.keyboard.press("Control+1");
  await page.getByText("Nothing is waiting.").last().waitFor();
});

test("U takes back the row it stands on, in any order, and the count at the side follows", async ({ bridge, open }) => {
  await promised(bridge, ["one", "two", "three"]);
  const page = await open("/today");
  const waiting = page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: /^Today/ });
  await waiting.getByText("3", { exact: true }).waitFor();
  // What is written is meant for a row that is to be seen and has the keys.
  await page.locator("li[data-row]:focus").waitFor();
  await press(page, "Enter", "j", "Delete", "j", "z");
  await page.getByRole("dialog", { name: "Snooze until" }).waitFor();
  await press(page, "c");
  await expect.poll(() => struck(page)).toEqual([0, 1, 2]);
  await press(page, "k", "k", "u");
  await expect.poll(() => struck(page)).toEqual([1, 2]);
  await waiting.getByText("1", { exact: true }).waitFor();
  await press(page, "j", "j", "u");
  await expect.poll(() => struck(page)).toEqual([1]);
  const inFile = () => bridge.rpc<{ rows: FollowUp[] }>("followups.list", { status: "open", offset: 0, limit: 9 });
  await expect
    .poll(async () => (await inFile()).rows.map(({ text, snoozes, hiddenUntil }) => [text, snoozes, hiddenUntil]))
    .toEqual([
      ["one", 0, null],
      ["three", 0, null],
    ]);
});

test("snoozing reads words, says the day it understood, and keeps the day it is due", async ({ bridge, open }) => {
  await promised(bridge, ["send the guide"]);
  const page = await open("/today");
  await todayRow(page, "send the guide").getByText("1 day late").waitFor();
  await press(page, "z");
  const dialog = page.getByRole("dialog", { name: "Snooze until" });
  await dialog.waitFor();
  await page.keyboard.type("2w");
  await dialog.getByText(/Thursday,? 4 June 2026/).waitFor();
  await press(page, "Enter");
  await expect.poll(() => struck(page)).toEqual([0]);
  await page.goto(`${bridge.address}/#/followups`);
  const row = page.getByRole("list", { name: "Open follow-ups" }).getByRole("listitem");
  await row.getByText("snoozed once, until 4 Jun").waitFor();
  await row.getByText("1 day late").waitFor();
});

test("whoever put it off three times is asked whether to do it, drop it or leave it", async ({ bridge, open }) => {
  const [id] = await promised(bridge, ["send the guide"]);
  const [made] = await bridge.rpc<FollowUp[]>("followups.of", { person: id });
  for (let day = 1; day <= 3; day++) await bridge.rpc("followups.snooze", { id: made!.id, until: due(day) });
  const page = await open("/followups");
  const row = page.getByRole("list", { name: "Open follow-ups" }).getByRole("listitem");
  await row.getByText("snoozed three times, until 24 May").waitFor();
  await press(page, "z");
  const dialog = page.getByRole("dialog", { name: "Snooze until" });
  await dialog.getByText("Snoozed three times. Do it now, drop it, or leave it?").waitFor();
  await press(page, "Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await row.getByText("Dropped").count()).toBe(0);
  await press(page, "z");
  await dialog.waitFor();
  await press(page, "Delete");
  await row.getByText("Dropped").waitFor();
});

test("U7: a reply came: R, a line if one likes, Enter; everything that waited for it stops", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  for (const text of ["“Your cache post”", "the invitation"]) await followUp(bridge, { person: ana, text, kind: "reply_check", due: due(-1) });
  const page = await open("/today");
  await page.getByRole("heading", { name: "Did they reply?" }).waitFor();
  const keys = await press(page, "r", "Enter");
  expect(keys).toBeLessThanOrEqual(3);
  await expect.poll(() => struck(page)).toEqual([0, 1]);
  await press(page, "o");
  await entry(page, "Replied to us").waitFor();
  expect(await bridge.rpc<FollowUp[]>("followups.of", { person: ana }).then((all) => all.filter(({ status }) => status === "open"))).toEqual([]);
});

test("R on a promise is an exchange too: whoever was to reply has replied, and the promise stays", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  await followUp(bridge, { person: ana, text: "send the guide", due: due(-2) });
  await followUp(bridge, { person: ana, text: "“Your cache post”", kind: "reply_check", due: due(-1) });
  const page = await open("/today");
  await todayRow(page, "send the guide").waitFor();
  await press(page, "r", "Enter");
  await todayRow(page, "“Your cache post”").waitFor({ state: "detached" });
  const all = await bridge.rpc<FollowUp[]>("followups.of", { person: ana });
  expect(all.map(({ kind, status }) => `${kind} ${status}`).toSorted()).toEqual(["promise open", "reply_check auto_cleared"]);
  await press(page, "Control+z");
  await todayRow(page, "“Your cache post”").waitFor();
});

test("N: no reply; it is looked at again on the day that is chosen, or rests", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  await followUp(bridge, { person: ana, text: "“Your cache post”", kind: "reply_check", due: due(-1) });
  const page = await open("/today");
  await todayRow(page, "cache post").waitFor();
  await press(page, "n");
  await page.getByRole("dialog", { name: "Look again" }).waitFor();
  await press(page, "c");
  await todayRow(page, "cache post").getByText("No reply").waitFor();
  const again = (await bridge.rpc<FollowUp[]>("followups.of", { person: ana })).filter(({ status }) => status === "open");
  expect(again.map((one) => one.due)).toEqual([due(7)]);
});

test("they wait for an answer: Enter, what was answered, Enter; their page says so and they wait no more", async ({ bridge, open }) => {
  const chidi = await someone(bridge, "Chidi");
  await bridge.rpc<TimelineEntry>("touchpoints.log", { kind: "asked_how_to", people: [{ person: chidi }], note: "How to batch writes", needsAnswer: true, on: due(-1) });
  const page = await open("/today");
  const waiting = page.getByRole("list", { name: "They are waiting on you" }).getByRole("listitem");
  await waiting.getByText("Chidi").waitFor();
  await press(page, "Enter");
  await page.getByRole("form", { name: "What you answered" }).waitFor();
  await page.keyboard.type("Pointed at the guide");
  await press(page, "Enter");
  await waiting.getByText("Answered").waitFor();
  await press(page, "o");
  await entry(page, "Pointed at the guide").waitFor();
  expect(await timeline(page).getByText("they wait for an answer").count()).toBe(0);
});

test("a move is accepted with A or refused with N from its row; U takes back what was said to it", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  await happened(bridge, ana, "first_success", { on: due(-1) });
  const bo = await someone(bridge, "Bo");
  await happened(bridge, bo, "in_production", { on: due(-1) });
  const page = await open("/today");
  const moved = page.getByRole("list", { name: "Moved" });
  await moved.getByText("Ana").waitFor();
  const first = (await todayRows(page))[0]!.includes("Ana") ? "Ana" : "Bo";
  await press(page, "a");
  await todayRow(page, first).getByText("Accepted").waitFor();
  const second = first === "Ana" ? "Bo" : "Ana";
  await press(page, "j", "u", "n");
  await todayRow(page, second).getByText("Not so").waitFor();
  const page2 = await pageOf(bridge, second === "Bo" ? bo : ana);
  expect(page2.standing.stage).toBeNull();
  await press(page, "u");
  await todayRow(page, second).getByText("right").waitFor();
});

test("U12: why somebody stands there: one key explains, arrows lead through what was seen, one key takes it back", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  await happened(bridge, ana, "hands_on_workshop", { on: "2026-04-02" });
  await happened(bridge, ana, "building_with_it", { on: "2026-05-12", note: "Showed the repository" });
  const page = await open(`/people/${ana}`);
  await standsAt(page, "Building").waitFor();
  let keys = await press(page, ".");
  await page.getByRole("region", { name: "Explanation" }).waitFor();
  keys += await press(page, "ArrowDown");
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("Showed the repository");
  keys += await press(page, "u");
  await journey(page).getByText("You took back the move to Building.").first().waitFor();
  // Three looks and the keys.
  expect(3 * 1.35 + keys * 0.28).toBeLessThanOrEqual(15);
});

test("more than twelve wait behind More, and nothing waiting offers somebody to greet", async ({ bridge, open }) => {
  await promised(bridge, Array.from({ length: 15 }, (_, i) => `thing ${i + 1}`));
  const page = await open("/today");
  await page.getByRole("button", { name: "More (3)" }).waitFor();
  expect(await todayRows(page)).toHaveLength(12);
  await press(page, "m");
  await expect.poll(() => todayRows(page)).toHaveLength(15);
});

test("F on a person: two words, a day in words, Enter; it stands on their page and in the list of all", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  await someone(bridge, "Bo");
  const page = await open(`/people/${ana}`);
  await press(page, "f");
  await page.getByRole("form", { name: "Follow up with Ana" }).waitFor();
  await page.keyboard.type("send the guide");
  await press(page, "Tab");
  await page.keyboard.type("mon");
  await page.getByText(/Monday,? 25 May 2026/).waitFor();
  await press(page, "Enter");
  const next = page.getByRole("region", { name: "Next" });
  await next.getByText("send the guide").waitFor();
  await next.getByText("in 4 days").waitFor();
  // Done from where it stands, by its keys.
  await next.getByRole("listitem").click();
  await press(page, "Enter");
  await next.getByText("Done").waitFor();
  await press(page, "u");
  await next.getByText("in 4 days").waitFor();
  await press(page, "e");
  await page.getByRole("form", { name: "Edit this follow-up" }).waitFor();
  await press(page, "Control+a");
  await page.keyboard.type("send both guides");
  await press(page, "Enter");
  await next.getByText("send both guides").waitFor();
  await page.goto(`${bridge.address}/#/followups`);
  await page.getByRole("list", { name: "Open follow-ups" }).getByText("send both guides").waitFor();
});

test("a follow-up that was begun is kept when the page is left, and found again", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  const page = await open(`/people/${ana}`);
  await press(page, "f");
  await page.getByRole("form", { name: "Follow up with Ana" }).waitFor();
  await page.keyboard.type("send the gui");
  await page.keyboard.press("Control+2");
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor();
  await page.reload();
  await page.goto(`${bridge.address}/#/people/${ana}`);
  await expect.poll(() => page.getByLabel("What there is to do").inputValue()).toBe("send the gui");
  await page.getByRole("button", { name: "Start over" }).click();
  await expect.poll(() => page.getByLabel("What there is to do").inputValue()).toBe("");
});

test("one follow-up for everybody who is selected, taken back in one step", async ({ bridge, open }) => {
  for (const name of ["Ana", "Bo", "Cem"]) await someone(bridge, name);
  const page = await open("/people");
  await page.getByText("3 people").first().waitFor();
  await press(page, "x", "j", "x", "f");
  await page.getByRole("form", { name: "Follow up with 2 people" }).waitFor();
  await page.keyboard.type("tell them about the beta");
  await press(page, "Enter");
  await page.getByRole("form").waitFor({ state: "detached" });
  await expect.poll(async () => (await bridge.rpc<{ total: number }>("followups.list", { status: "open", offset: 0, limit: 9 })).total).toBe(2);
  await press(page, "Control+z");
  await expect.poll(async () => (await bridge.rpc<{ total: number }>("followups.list", { status: "open", offset: 0, limit: 9 })).total).toBe(0);
});

test("whoever has waited longer than the longest shows up under Losing touch, and logging takes them out", async ({ bridge, open }) => {
  const jo = await someone(bridge, "Jo");
  await happened(bridge, jo, "conversation_online", { on: "2026-03-01" });
  const page = await open(`/people/${jo}`);
  await page.getByRole("button", { name: "Say how often" }).click();
  await page.keyboard.type("6 weeks");
  await press(page, "Enter");
  await page.getByText("every 6 weeks, at the longest 9 weeks").waitFor();
  await press(page, "Control+1");
  const losing = page.getByRole("list", { name: "Losing touch" }).getByRole("listitem");
  await losing.getByText("Jo").waitFor();
  await press(page, "End", "Enter");
  await page.getByRole("option", { name: "Talked online" }).waitFor();
  await page.keyboard.type("talked online");
  await press(page, "Enter", "Enter");
  await losing.getByText("Logged").waitFor();
  await press(page, "u");
  await losing.getByRole("button", { name: /^Log/ }).waitFor();
});

test("a helper nobody thanked is thanked with one key", async ({ bridge, open }) => {
  const mei = await someone(bridge, "Mei");
  await happened(bridge, mei, "answered_question", { on: due(-2), note: "Helped Tom with retries" });
  const page = await open("/today");
  const thank = page.getByRole("list", { name: "Thank" }).getByRole("listitem");
  await thank.getByText("Mei").waitFor();
  await press(page, "End", "Enter");
  await thank.getByText("Thanked").waitFor();
  await toast(page, /Thanked|thanked/).waitFor();
  expect((await pageOf(bridge, mei)).gave).toBe(1);
});

test("the review: still here, a step back, or ask them; each taken back on its own", async ({ bridge, open }) => {
  const names = ["Ana", "Bo", "Cem"];
  const ids: string[] = [];
  for (const name of names) {
    const id = await someone(bridge, name);
    ids.push(id);
    await happened(bridge, id, "building_with_it", { on: "2024-01-10" });
  }
  // Nobody has to say anything to moves that are that old.
  for (const id of ids) {
    const { moved } = (await pageOf(bridge, id)).standing;
    if (moved) await bridge.rpc("journey.accept", { id: moved.id });
  }
  const page = await open("/moved");
  const review = page.getByRole("list", { name: "Quarterly review" });
  await review.getByText("Ana").waitFor();
  await press(page, "Enter", "j", "b", "j", "q");
  await expect.poll(() => struck(page)).toEqual([0, 1, 2]);
  const at = async (id: string) => (await pageOf(bridge, id)).standing.stage;
  const rows = await todayRows(page);
  const id = (row: number) => ids[names.findIndex((name) => rows[row]!.startsWith(name))]!;
  expect(await at(id(0))).toBe("build");
  expect(await at(id(1))).toBe("learn");
  expect((await bridge.rpc<FollowUp[]>("followups.of", { person: id(2) })).map(({ kind }) => kind)).toEqual(["check_in"]);
  await press(page, "k", "u");
  await expect.poll(() => struck(page)).toEqual([0, 2]);
  expect(await at(id(1))).toBe("build");
});

test("Moved says who moved and why, what is new since one looked last, and every move on wish", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  await happened(bridge, ana, "first_success", { on: due(-1) });
  const page = await open("/moved");
  const row = todayRow(page, "Ana");
  await row.getByText("new", { exact: true }).waitFor();
  await row.getByText(/got it working \(20 May, they told you\)/).waitFor();
  await page.keyboard.press("Control+1");
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  await page.getByRole("button", { name: "Moved" }).click();
  await row.waitFor();
  expect(await row.getByText("new", { exact: true }).count()).toBe(0);
  await press(page, "a");
  await row.getByText("Accepted").waitFor();
  await press(page, "m");
  await expect.poll(async () => (await todayRows(page)).filter((words) => words.includes("Ana")).length).toBeGreaterThan(0);
});

test("Today is read by whoever does not see it: lists with names, a row that is current, and how many wait", async ({ bridge, open }) => {
  await promised(bridge, ["one", "two"]);
  const page = await open("/today");
  await page.getByRole("list", { name: "You promised" }).waitFor();
  await page.getByRole("status").getByText("2 waiting").waitFor();
  await press(page, "j");
  expect(await page.locator("[aria-current=true][data-row]").textContent()).toContain("two");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-current"))).toBe("true");
  await press(page, "Enter");
  await page.getByRole("status").getByText("1 waiting").waitFor();
  expect(await axe(page)).toEqual([]);
});
