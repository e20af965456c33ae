// What happened with someone: logged, corrected and deleted where it stands, as exactly as it is known.
import type { Timeline } from "../../ui/src/ipc/gen";
import { type Bridge, expect, onADay as test } from "./fixtures";
import { happened, pageOf, someone } from "./people";
import { chooseKind, entry, focused, foot, grid, journey, log, names, row, standsAt, timeline, toast } from "./seeing";

const entriesOf = async (bridge: Bridge, person: string) =>
  (await bridge.rpc<Timeline>("touchpoints.timeline", { person, limit: 50 })).entries;

test("nothing yet says which key begins", async ({ bridge, open }) => {
  const page = await open(`/people/${await someone(bridge, "Ana")}`);
  await page.getByText("Nothing is written down yet. Log the last conversation you remember: L").waitFor();
  await page.keyboard.press("l");
  await expect.poll(() => focused(page)).toBe("What happened?");
});

test("a note with two lines keeps both", async ({ bridge, open }) => {
  const page = await open(`/people/${await someone(bridge, "Ana")}`);
  await log(page, "talked in", "Talked in person");
  await page.keyboard.type("Uses Postgres as a queue");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("Wants fewer moving parts");
  await page.keyboard.press("Enter");
  await expect.poll(() => entry(page, "Talked in person").locator(".note").innerText()).toBe("Uses Postgres as a queue\nWants fewer moving parts");
});

test("a kind that does not exist and a day to come are each refused in a sentence, and the note stays", async ({ bridge, open }) => {
  const id = await someone(bridge, "Ana");
  const page = await open(`/people/${id}`);
  await page.keyboard.press("l");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.type("juggled");
  // Said while it is typed, before Enter asks for it.
  await page.getByText("Nothing is called that.").waitFor();
  await page.keyboard.press("Control+a");
  await chooseKind(page, "talked on", "Talked online");
  await page.keyboard.type("By chance");
  await page.getByRole("button", { name: "When, who else, what you saw" }).click();
  await page.getByLabel("When").fill("tomorrow");
  await page.getByText("That day is still to come. Write when it happened.").waitFor();
  await page.getByLabel("When").fill("2026-05-22");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("That day is still to come. Write when it happened.").waitFor();
  await page.getByLabel("When").fill("someday");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("Write a day like 2026-03-04").waitFor();
  expect(await page.getByLabel("Note", { exact: true }).inputValue()).toBe("By chance");
  expect(await entriesOf(bridge, id)).toEqual([]);
  await page.getByLabel("When").fill("12 mar");
  await page.getByText(/Thursday,? 12 March 2026/).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "March", exact: true }).waitFor();
  expect(await entriesOf(bridge, id)).toMatchObject([{ onDay: "2026-03-12", precision: "day", note: "By chance" }]);
});

const asKnown = [
  ["2026-03", "March", { onDay: "2026-03-01", precision: "month" }],
  ["2024", "Some time in 2024", { onDay: "2024-01-01", precision: "year" }],
  ["unknown", "Day not known", { precision: "unknown" }],
] as const;

test.for(asKnown)("when it was %s, no day is made up", async ([typed, heading, kept], { bridge, open }) => {
  const id = await someone(bridge, "Ana");
  const page = await open(`/people/${id}`);
  await log(page, "talked in", "Talked in person");
  await page.getByRole("button", { name: "When, who else, what you saw" }).click();
  await page.getByLabel("When").fill(typed);
  await page.getByRole("button", { name: "Log" }).last().click();
  await page.getByRole("heading", { name: heading }).waitFor();
  expect(await entry(page, "Talked in person").locator("time").innerText()).toBe("");
  expect(await entriesOf(bridge, id)).toMatchObject([kept]);
});

test("everyday words find a kind, and what was seen oneself is written down as seen", async ({ bridge, open }) => {
  const id = await someone(bridge, "Ana");
  const page = await open(`/people/${id}`);
  await log(page, "coffee", "Talked in person");
  await page.keyboard.press("Enter");
  await entry(page, "Talked in person").waitFor();
  await log(page, "pr", "Opened a pull request");
  await page.keyboard.press("Enter");
  await entry(page, "Opened a pull request").waitFor();
  const known = (await entriesOf(bridge, id)).map(({ kind, people }) => [kind, people[0]!.observedBy]);
  expect(known.toSorted()).toEqual([["conversation_in_person", "seen"], ["opened_pr", "told"]]);
});

test("Tab goes from the button that shows more to what it shows", async ({ bridge, open }) => {
  const page = await open(`/people/${await someone(bridge, "Ana")}`);
  await log(page, "talked in", "Talked in person");
  await page.getByRole("button", { name: "When, who else, what you saw" }).click();
  await page.getByLabel("When").waitFor();
  await page.keyboard.press("Tab");
  expect(await page.getByLabel("When").evaluate((one) => one === document.activeElement)).toBe(true);
});

test("what is typed and not saved is still there after Esc, and on another visit", async ({ bridge, open }) => {
  const id = await someone(bridge, "Ana");
  const page = await open(`/people/${id}`);
  await log(page, "talked in", "Talked in person");
  await page.keyboard.type("Half a thou");
  await page.keyboard.press("Escape");
  await page.getByRole("form", { name: "Log what happened" }).waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await row(page, "Ana").click();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.getByLabel("Note", { exact: true }).inputValue()).toBe("Half a thou");
});

test("J walks the entries, E corrects one, Esc leaves it, Delete removes it, and Ctrl Z brings it back", async ({ bridge, open }) => {
  const id = await someone(bridge, "Ana");
  await happened(bridge, id, "conversation_online", { on: "2026-05-02", note: "Asked about retries" });
  await happened(bridge, id, "first_success", { on: "2026-05-10", note: "It runs" });
  const page = await open(`/people/${id}`);
  await entry(page, "It runs").waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("e");
  const form = page.getByRole("form", { name: "Edit this entry" });
  await expect.poll(() => form.getByLabel("Note", { exact: true }).inputValue()).toBe("Asked about retries");
  await form.getByLabel("Note", { exact: true }).fill("Asked about retries and ordering");
  await page.keyboard.press("Enter");
  await toast(page, "Edited what happened with Ana").waitFor();
  await entry(page, "Asked about retries and ordering").waitFor();
  expect(await entriesOf(bridge, id)).toMatchObject([{ note: "It runs" }, { note: "Asked about retries and ordering", onDay: "2026-05-02" }]);

  await entry(page, "It runs").click();
  await page.keyboard.press("Delete");
  await toast(page, "Moved what happened with Ana to the trash").waitFor();
  await entry(page, "It runs").waitFor({ state: "detached" });
  await standsAt(page, "Discovery").waitFor();
  await page.keyboard.press("Control+z");
  await entry(page, "It runs").waitFor();
  await standsAt(page, "Learning").waitFor();
});

test("an entry's day and kind are corrected, and where someone stands follows", async ({ bridge, open }) => {
  const id = await someone(bridge, "Ana");
  await happened(bridge, id, "conversation_online", { on: "2026-05-02", note: "Call" });
  const page = await open(`/people/${id}`);
  await entry(page, "Call").dblclick();
  await page.getByRole("button", { name: "Talked online. Choose another" }).click();
  await chooseKind(page, "runs it", "Runs it in production");
  await page.getByLabel("When").fill("2026-04");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "April", exact: true }).waitFor();
  await standsAt(page, "Scaling").waitFor();
  expect(await journey(page).innerText()).toContain("runs it in production (April 2026, they told you)");
});

test("several people at one touchpoint: each page says who else was there, and only what they did counts for them", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  const bo = await someone(bridge, "Bo Lindqvist");
  const page = await open(`/people/${ana}`);
  await log(page, "helped another", "Helped another developer");
  await page.keyboard.type("Explained acks over lunch");
  await page.getByRole("button", { name: "When, who else, what you saw" }).click();
  await page.getByLabel("Add someone who was there").fill("lindq");
  await page.getByRole("option", { name: "Bo Lindqvist" }).click();
  await page.getByLabel("What Bo Lindqvist did").waitFor();
  await page.getByLabel("Note", { exact: true }).press("Enter");
  await entry(page, "Explained acks over lunch").getByText("with Bo Lindqvist").waitFor();
  await standsAt(page, "Learning").waitFor();
  await page.keyboard.press("Alt+ArrowDown");
  await page.getByRole("heading", { level: 1, name: "Bo Lindqvist" }).waitFor();
  await entry(page, "Explained acks over lunch").getByText("with Ana").waitFor();
  expect(await journey(page).locator("[aria-current=step]").count(), "Bo was helped, and placed nowhere by it").toBe(0);
  expect((await pageOf(bridge, bo)).standing.stage).toBeNull();
});

test("those selected in the list are logged together, once", async ({ bridge, open }) => {
  const [ana] = [await someone(bridge, "Ana"), await someone(bridge, "Bo"), await someone(bridge, "Cem")];
  const page = await open();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await expect.poll(() => names(page)).toEqual(["Ana", "Bo", "Cem"]);
  await grid(page).focus();
  for (const key of ["x", "j", "x", "l"]) await page.keyboard.press(key);
  await page.getByRole("dialog", { name: "Log what happened" }).waitFor();
  await chooseKind(page, "came to an", "Came to an event");
  await page.keyboard.type("Stayed to the end");
  await page.keyboard.press("Enter");
  await toast(page, /^Logged what happened with/).waitFor();
  await row(page, "Ana").getByText("Came to an event").waitFor();
  await row(page, "Bo").getByText("Came to an event").waitFor();
  await row(page, "Cem").getByText("Nothing yet").waitFor();
  expect(await foot(page).innerText()).toContain("2 selected");
  const [entry] = await entriesOf(bridge, ana!);
  expect(entry?.people.map(({ name }) => name).toSorted()).toEqual(["Ana", "Bo"]);
  await page.keyboard.press("Control+z");
  await row(page, "Ana").getByText("Nothing yet").waitFor();
  await row(page, "Bo").getByText("Nothing yet").waitFor();
});

test("what you did for them is counted as given and places nobody", async ({ bridge, open }) => {
  const page = await open(`/people/${await someone(bridge, "Ana")}`);
  await log(page, "sent a res", "Sent a resource");
  await page.keyboard.press("Enter");
  await page.getByText("You gave 1, asked 0").waitFor();
  expect(await journey(page).innerText()).toContain("What you send or give never places anyone.");
  expect(await journey(page).locator("[aria-current=step]").count()).toBe(0);
});

test("a long timeline is read as it is scrolled, to its oldest entry", async ({ bridge, open }) => {
  const id = await someone(bridge, "Ana");
  for (let at = 1; at <= 120; at++) {
    const on = new Date(Date.UTC(2026, 0, at)).toISOString().slice(0, 10);
    await happened(bridge, id, "conversation_online", { on, note: `Call ${at}` });
  }
  const page = await open(`/people/${id}`);
  await entry(page, "Call 120").waitFor();
  expect(await timeline(page).locator("li[data-entry]").count()).toBeLessThan(120);
  await expect
    .poll(async () => {
      await page.mouse.move(500, 500);
      await page.mouse.wheel(0, 4_000);
      return timeline(page).locator("li[data-entry]").count();
    })
    .toBe(120);
  await timeline(page).locator("li[data-entry]").last().getByText("Call 1", { exact: true }).waitFor();
});

test("a sentence where the kind is asked becomes the note of a talk, and says so first", async ({ bridge, open }) => {
  const id = await someone(bridge, "Ana");
  const page = await open(`/people/${id}`);
  await page.keyboard.press("l");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.type("She wants webhooks");
  await page.getByText("takes it as the note of “Talked in person”.").waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Talked in person. Choose another" }).waitFor();
  expect(await page.getByLabel("Note", { exact: true }).inputValue()).toBe("She wants webhooks");
  await page.keyboard.press("Enter");
  await entry(page, "She wants webhooks").getByText("Talked in person").waitFor();
});
