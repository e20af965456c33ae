// What is done every day, key by key in the real window: no more keys than the table of workflows allows.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import type { CaptureReading, FollowUp, FollowUpRows, Person, Standing, TimelineEntry } from "../../ui/src/ipc/gen";
import { seconds } from "../support/hands";
import { built } from "../support/programs";
import { until } from "../support/until";
import type { App } from "./app";
import { begun, expect, hands, rpc, test } from "./fixtures";

const LINE = "[role=combobox][aria-label='Capture a conversation']";

/** A day so many days from this one, as the window counts them. */
async function day(app: App, days: number): Promise<string> {
  const { today } = await rpc<{ today: string }>(app, "workspace.info");
  return new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
}

const someone = async (app: App, displayName: string, organisation = ""): Promise<string> =>
  (await rpc<Person>(app, "people.create", { displayName, organisation })).id;

/** Somebody in the file, by their whole name, with what happened and what is to follow. */
async function about(app: App, name: string) {
  const { person } = await rpc<CaptureReading>(app, "captures.read", { text: name });
  if (!person) throw new Error(`Nobody is called ${name}.`);
  const { entries } = await rpc<{ entries: TimelineEntry[] }>(app, "touchpoints.timeline", { person: person.id, limit: 50 });
  const followUps = await rpc<FollowUp[]>(app, "followups.of", { person: person.id });
  return { person, entries, followUps };
}

/** The line that was typed is saved, and the cursor stands in an empty one. */
async function saved(app: App, name: string): Promise<void> {
  await app.see(`Captured ${name}`);
  await until("the line to be empty", () => app.run<boolean>("return document.activeElement.matches(arguments[0]) && document.activeElement.value === ''", LINE));
}

/** Which rows of Today are struck through, from 0. */
const struck = (app: App) =>
  app.run<number[]>("return [...document.querySelectorAll('li[data-row]')].flatMap((row, at) => row.querySelector('.settled') ? [at] : [])");

test("U1: a new person at the booth, in 46 keys", async ({ start }) => {
  const app = await start();
  await begun(app, "Queues");
  const { type, press, keys } = hands(app);
  await press("Control+Shift+Space");
  await app.find(LINE);
  await type("priya nair @acme /4 retry docs unclear !mon");
  await press("Enter");
  expect(keys()).toBeLessThanOrEqual(46);
  await saved(app, "Priya Nair");
  const { person, entries, followUps } = await about(app, "Priya Nair");
  expect(person).toMatchObject({ organisation: "Acme", stage: "build" });
  expect(entries).toMatchObject([{ note: "retry docs unclear", people: [{ observedStage: "build", observedBy: "told" }] }]);
  expect(followUps).toMatchObject([{ kind: "promise", touchpoint: entries[0]!.id }]);
  expect(new Date(followUps[0]!.due).getUTCDay(), "a Monday").toBe(1);
});

test("U2: a person one knows, in 25 keys", async ({ start }) => {
  const app = await start();
  await begun(app, "Queues");
  await someone(app, "Priya Nair", "Acme");
  await someone(app, "Tom Prince");
  const { type, press, keys } = hands(app);
  await press("Control+Shift+Space");
  await app.find(LINE);
  await type("pri");
  await press("Tab");
  await type("now in production");
  await press("Enter");
  expect(keys()).toBeLessThanOrEqual(25);
  await saved(app, "Priya Nair");
  expect((await about(app, "Priya Nair")).entries.map(({ note }) => note)).toEqual(["now in production"]);
  expect(await rpc(app, "workspace.info")).toMatchObject({ people: 2 });
});

test("U4: an evening of lines from a phone, one key for each thing that is missing", async ({ home, start }) => {
  const app = await start();
  await begun(app, "Queues");
  await someone(app, "Tom Kowalski", "Initech");
  const notes = ["priya nair @acme /4 retry docs", "tom kowalsky, kafka vs us", "ana ribeiro, met at the door", "jo duarte"];
  const file = home.file("notes.txt", notes.join("\n"));
  execFileSync(built("hallway-cli"), ["--file", home.workspace, "capture", "--from", file], { env: { ...process.env, ...home.env } });
  await app.keys("Control+k");
  await app.find("dialog [role=combobox]");
  await app.keys(..."evening lines");
  await app.find("[role=option]", "Go through the evening lines");
  await app.keys("Enter");
  const current = (words: string) => app.find("li[aria-current=true]", words);
  await current("priya nair @acme /4 retry docs");

  const { type, press, keys } = hands(app);
  await press("d");
  await current("may be the same person");
  await press("m");
  await current("Initech");
  await press("d");
  await current("New: Ana Ribeiro");
  await press("o");
  await app.find("#review-field");
  await type("Blue Harbour");
  await press("Enter");
  await current("Blue Harbour");
  await press("s");
  await press("3");
  await current("Learning · told you");
  await press("e");
  await app.find("#review-field");
  await type("ana@harbour.example");
  await press("Enter");
  await current("E-mail ana@harbour.example");
  await press("d");
  await current("jo duarte");
  await press("Delete");
  const words = "Blue Harbourana@harbour.example".length;
  expect(keys(), "besides what was corrected, two keys a line").toBeLessThanOrEqual(12 + words);

  const tom = await about(app, "Tom Kowalski");
  expect(tom.entries.map(({ note }) => note)).toEqual(["kafka vs us"]);
  const ana = await about(app, "Ana Ribeiro");
  expect(ana.person).toMatchObject({ organisation: "Blue Harbour", stage: "learn" });
  expect(await rpc(app, "workspace.info"), "nobody was made of the line that was dropped").toMatchObject({ people: 3 });
});

test("U5: twelve items of a morning, each in no more time than was promised", async ({ start }) => {
  const app = await start();
  await begun(app, "Queues");
  for (let n = 1; n <= 12; n++) {
    const person = await someone(app, `Dev ${n}`);
    await rpc(app, "followups.add", { person, text: `thing ${n}`, due: await day(app, n - 13) });
  }
  await app.keys("Control+1");
  await app.find("li[data-row]", "thing 12");
  for (let at = 0; at < 12; at++) {
    const { press, keys } = hands(app);
    if (at > 0) await press("j");
    if (at % 3 === 1) {
      await press("z");
      await app.find("[role=dialog][aria-label='Snooze until']");
      await press("z");
    } else await press(at % 3 === 2 ? "Delete" : "Enter");
    await until(`row ${at} to be struck through`, async () => (await struck(app)).length === at + 1);
    expect(seconds(keys()), `row ${at}`).toBeLessThanOrEqual(at % 3 === 1 ? 2.4 : 2.1);
  }
  const { rows } = await rpc<FollowUpRows>(app, "followups.list", { status: "open", offset: 0, limit: 50 });
  expect(rows.map(({ snoozes }) => snoozes), "only what was put off is still open").toEqual([1, 1, 1, 1]);
  // What was put off is not lost from sight.
  await app.click("button", "Later");
  await app.find("ul[aria-label=Later] li", "thing 2");
});

test("U12: why somebody stands there: a key explains, arrows lead through it, a key takes it back", async ({ start }) => {
  const app = await start();
  await begun(app, "Queues");
  const person = await someone(app, "Ana");
  const log = async (kind: string, on: string, note: string) => rpc(app, "touchpoints.log", { kind, on, note, people: [{ person }] });
  await log("hands_on_workshop", await day(app, -49), "A workshop");
  await log("building_with_it", await day(app, -9), "Showed the repository");
  await app.run("location.hash = arguments[0]", `#/people/${person}`);
  await app.find("[aria-current=step]", "Building");
  const { press, keys } = hands(app);
  await press(".");
  await app.find("[role=region][aria-label=Explanation]");
  await press("ArrowDown");
  await until("the entry that counted", () => app.run<boolean>("return document.activeElement.textContent.includes('Showed the repository')"));
  await press("u");
  await app.see("You took back the move to Building.");
  // Three looks and the keys.
  expect(3 * 1.35 + keys() * 0.28).toBeLessThanOrEqual(15);
  const standing = await rpc<Standing>(app, "journey.standing", { person });
  expect(standing.stage).not.toBe("build");
});

test("U13: a filter becomes the file of a campaign, and everyone left out is named with the reason", async ({ home, start }) => {
  const app = await start();
  await begun(app, "Queues");
  const lately = await day(app, -12);
  for (const [name, country, optedIn] of [
    ["Abena", "GH", true],
    ["Babajide", "NG", true],
    ["Chipo", "ZW", false],
    ["Hans", "DE", true],
  ] as const) {
    const { id: person } = await rpc<Person>(app, "people.create", { displayName: name, country });
    await rpc(app, "tags.add", { people: [person], name: "Rust", kind: "stack" });
    for (const kind of ["conversation_in_person", "first_success"]) await rpc(app, "touchpoints.log", { kind, on: lately, people: [{ person }] });
    const { id } = await rpc<{ id: string }>(app, "contact_points.add", { person, kind: "email", value: `${name.toLowerCase()}@basalt.example`, source: "they_gave_it" });
    if (optedIn) await rpc(app, "basis.set", { point: id, purposes: ["list_mail"], basis: "opted_in", on: lately, evidence: "The form at the booth" });
  }
  const csv = home.file("newsletter.csv");
  home.choose(csv);
  const { type, press, keys } = hands(app);
  await press("/");
  await type("stage:learn region:africa stack:rust talked:90d");
  await app.see("3 of 4");
  await press("Control+e");
  await app.see("What is it for?");
  await press("1");
  await app.see("Included 2, left out 1");
  await app.find("[aria-label='Left out'] button", "unknown basis");
  await press("Enter");
  await until("the file", () => existsSync(csv));
  await app.see("Written: newsletter.csv");
  expect(readFileSync(csv, "utf8").replace(/^\uFEFF/, "")).toBe("Name,E-mail\r\nAbena,abena@basalt.example\r\nBabajide,babajide@basalt.example\r\n");
  // Ninety seconds: three looks, and the keys.
  expect(keys()).toBeLessThanOrEqual(60);
  expect(seconds(keys()) + 3 * 1.35).toBeLessThanOrEqual(90);
  await app.see("left out 1");
});
