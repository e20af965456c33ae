// The file itself: what it is about, what was done to it, what goes in and out of it, and what outlives the page.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Timeline, WorkspaceInfo } from "../../ui/src/ipc/gen";
import { type Bridge, expect, inUse, onADay, serve, test } from "./fixtures";
import { FROM_A, everyName, happened, pageOf, someone } from "./people";
import { entry, focused, grid, inline, journey, log, names, row, standsAt, toast } from "./seeing";

const info = (bridge: Bridge) => bridge.rpc<WorkspaceInfo>("workspace.info");

inUse("what is being typed outlives the page: a line, a new person, an entry", async ({ bridge, open }) => {
  const id = await someone(bridge, "Ana");
  await happened(bridge, id, "emailed", { note: "About retries" });
  const page = await open(`/people/${id}`);
  await inline(page, "Role").click();
  await page.keyboard.type("Principal engi");
  await page.reload();
  await page.getByRole("button", { name: "Role: Add" }).getByText("draft").waitFor();
  expect((await pageOf(bridge, id)).person.roleTitle).toBeNull();

  await log(page, "talked in", "Talked in person");
  await page.keyboard.type("Half a sent");
  await page.reload();
  await expect.poll(() => page.getByLabel("Note", { exact: true }).inputValue()).toBe("Half a sent");
  await page.getByRole("button", { name: "Talked in person. Choose another" }).waitFor();
  await page.getByText("Your draft from before.").waitFor();
  await page.getByRole("button", { name: "Start over" }).click();
  await expect.poll(() => focused(page)).toBe("What happened?");
  await page.getByRole("form", { name: "Log what happened" }).getByRole("button", { name: "Close" }).click();
  await page.getByRole("form", { name: "Log what happened" }).waitFor({ state: "detached" });
  await page.reload();
  await entry(page, "About retries").waitFor();
  expect(await page.getByRole("form", { name: "Log what happened" }).count()).toBe(0);

  await entry(page, "About retries").dblclick();
  await page.getByRole("form", { name: "Edit this entry" }).getByLabel("Minutes").fill("20");
  await page.reload();
  await entry(page, "About retries").dblclick();
  await expect.poll(() => page.getByRole("form", { name: "Edit this entry" }).getByLabel("Minutes").inputValue()).toBe("20");
  await page.getByRole("button", { name: "Start from what is saved" }).click();
  await expect.poll(() => page.getByRole("form", { name: "Edit this entry" }).getByLabel("Minutes").inputValue()).toBe("");

  await page.keyboard.press("Control+2");
  await page.keyboard.press("Control+n");
  await page.keyboard.type("Zoë Œr");
  await page.reload();
  await row(page, "Ana").waitFor();
  await page.keyboard.press("Control+n");
  await expect.poll(() => page.getByRole("textbox", { name: "Name", exact: true }).inputValue()).toBe("Zoë Œr");
});

onADay("minutes and a mood that were written down can be taken away again", async ({ bridge, open }) => {
  const id = await someone(bridge, "Ana");
  await bridge.rpc("touchpoints.log", { kind: "conversation_online", people: [{ person: id }], note: "Call", minutes: 20, sentiment: 1 });
  const page = await open(`/people/${id}`);
  await entry(page, "Call").dblclick();
  const form = page.getByRole("form", { name: "Edit this entry" });
  await form.getByLabel("Minutes").fill("");
  await form.getByLabel("How it felt to them").selectOption("");
  await form.getByRole("button", { name: "Save" }).click();
  await toast(page, "Edited what happened with Ana").waitFor();
  const { entries } = await bridge.rpc<Timeline>("touchpoints.timeline", { person: id, limit: 5 });
  expect(entries).toMatchObject([{ note: "Call", minutes: null, sentiment: null }]);
});

inUse("in the history anything done lately is taken back, whatever came after it", async ({ bridge, open }) => {
  await bridge.remember({ people: { query: FROM_A } });
  for (const name of ["Ana", "Bo", "Cem"]) await someone(bridge, name);
  const page = await open("/history");
  await page.getByRole("button", { name: "Take back: Added Bo" }).click();
  await toast(page, "Took back: Added Bo").waitFor();
  await page.getByRole("button", { name: "Take back: Added Bo" }).waitFor({ state: "detached" });
  expect(await page.getByRole("button", { name: /^Take back: (Set up|Took back)/ }).count()).toBe(0);
  expect(await everyName(bridge)).toEqual(["Ana", "Cem"]);
  await page.keyboard.press("Control+2");
  await expect.poll(() => names(page)).toEqual(["Ana", "Cem"]);
});

onADay("only accepted stages are shown while that is ticked, and a move is a suggestion until then", async ({ bridge, open }) => {
  const id = await someone(bridge, "Ana");
  await happened(bridge, id, "first_success", { on: "2026-05-10" });
  const page = await open("/settings");
  await page.getByLabel("Show only stages I have accepted").check();
  await expect.poll(async () => (await info(bridge)).acceptedOnly).toBe(true);
  await page.keyboard.press("Control+2");
  await row(page, "Ana").getByText("Not placed yet").waitFor();
  await row(page, "Ana").dblclick();
  await journey(page).getByText("Is that right?").waitFor();
  await page.keyboard.press("a");
  await standsAt(page, "Learning").waitFor();
});

inUse("a copy is a whole file, and the one that is open stays open", async ({ home, bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open("/settings");
  const copy = home.file("kept/copy.hallway");
  await bridge.choose(copy);
  await page.getByRole("button", { name: "Save a copy" }).click();
  await toast(page, "Saved a copy as copy.hallway").waitFor();
  expect(existsSync(copy)).toBe(true);
  await someone(bridge, "Bo");
  const kept = await serve(home, null, copy);
  try {
    expect(await everyName(kept.bridge)).toEqual(["Ana"]);
  } finally {
    await kept.end();
  }
  expect(await info(bridge)).toMatchObject({ people: 2, path: home.workspace });
});

test("a file with people in it is not asked what it is about; one line in the list does", async ({ bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open();
  await row(page, "Ana").waitFor();
  await page.getByRole("button", { name: "Say it in the settings" }).click();
  await inline(page, "You help developers use").click();
  await page.keyboard.type("Queues");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "You help developers use: Queues. Edit" }).waitFor();
  await page.keyboard.press("Control+2");
  await row(page, "Ana").waitFor();
  expect(await page.getByText("What do you help developers use?").count()).toBe(0);
});

inUse("undoing an import takes back the import, not what was done after it", async ({ home, bridge, open }) => {
  await bridge.choose(home.file("meetup.csv", "Name\nMira Lund\nJonas Weiß\n"));
  const page = await open("/import");
  await page.getByRole("button", { name: "Choose a file" }).click();
  await page.getByRole("button", { name: "Import 2 people" }).click();
  await page.getByRole("heading", { name: "Imported 2 people from meetup.csv" }).waitFor();
  await someone(bridge, "Ana");
  await page.getByRole("button", { name: "Undo the import" }).click();
  await page.getByRole("heading", { name: "The import was taken back" }).waitFor();
  expect(await everyName(bridge)).toEqual(["Ana"]);
  await page.getByRole("button", { name: "Another file" }).waitFor();

  // Done again with a key, it is here again, and the page knows.
  await page.keyboard.press("Control+Shift+z");
  await page.getByRole("button", { name: "Undo the import" }).waitFor();
  expect(await everyName(bridge)).toEqual(["Ana", "Jonas Weiß", "Mira Lund"]);
});

inUse("a file that changes between the look and the import is looked at again", async ({ home, bridge, open }) => {
  const file = home.file("meetup.csv", "Name\nMira Lund\nJonas Weiß\n");
  await bridge.choose(file);
  const page = await open("/import");
  await page.getByRole("button", { name: "Choose a file" }).click();
  await page.getByRole("button", { name: "Import 2 people" }).waitFor();
  writeFileSync(file, "Name\nMira Lund\nJonas Weiß\nAmara Diallo\n");
  await page.keyboard.press("Control+Enter");
  await page.getByText("The file has changed since you looked at it. This is how it is now.").waitFor();
  expect(await info(bridge)).toMatchObject({ people: 0 });
  await page.getByRole("button", { name: "Import 3 people" }).click();
  await page.getByRole("heading", { name: "Imported 3 people from meetup.csv" }).waitFor();
});

inUse("a row that was decided stays in sight, however many of its kind stand before it", async ({ home, bridge, open }) => {
  const id = await someone(bridge, "Ana Souza");
  await bridge.rpc("contact_points.add", { person: id, kind: "email", value: "team@basalt.example", source: "they_gave_it" });
  const rows = (from: number, to: number, address: string) =>
    Array.from({ length: to - from }, (_, i) => `Person ${from + i},${address}\n`).join("");
  await bridge.choose(home.file("long.csv", `Name,E-mail\n${rows(1, 301, "")}${rows(301, 1_201, "team@basalt.example")}`));
  const page = await open("/import");
  await page.getByRole("button", { name: "Choose a file" }).click();
  await page.getByRole("tab", { name: "Look at these" }).click();
  await page.getByText("700 more rows like these.").waitFor();
  const first = page.getByRole("group", { name: "Who is Person 301", exact: true });
  await first.getByRole("button", { name: "Someone new" }).click();
  await expect.poll(() => first.getByRole("button", { name: "Someone new" }).getAttribute("aria-pressed")).toBe("true");
  await page.getByRole("tab", { name: "Look at these 899" }).waitFor();
});

inUse("columns that were chosen on another file are not asked of this one", async ({ home, bridge, open }) => {
  await someone(bridge, "Ana");
  await bridge.remember({ exports: { columns: ["name", "field:of-another-file"] } });
  const page = await open();
  await row(page, "Ana").waitFor();
  await page.keyboard.press("Control+e");
  await page.getByLabel("For myself").check();
  const csv = home.file("out/people.csv", "");
  await bridge.choose(csv);
  await page.getByRole("button", { name: "Export 1 person" }).click();
  await toast(page, "Exported 1 person to people.csv").waitFor();
  expect(readFileSync(csv, "utf8").trimEnd().split("\r\n")).toEqual(["Name", "Ana"].map((cell) => expect.stringContaining(cell)));
});

inUse("the head of the sidebar names the file and offers another", async ({ home, bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open();
  const head = page.getByRole("navigation", { name: "Places" }).getByRole("button", { name: "Hallway main" });
  expect(await head.getAttribute("title")).toBe(home.workspace);
  await head.press("Enter");
  await page.getByRole("menuitem", { name: "Open another file" }).waitFor();
  await page.keyboard.press("Enter");
  await toast(page, "Only the window can open another file.").waitFor();
  await expect.poll(() => head.evaluate((one) => one === document.activeElement)).toBe(true);
  await grid(page).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Ana" }).waitFor();
});
