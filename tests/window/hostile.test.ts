// Hostile text in every column and on every screen of the real window: nothing runs, nothing leaves, nothing is asked of
// the host. And liars beside it: a page without its policy that takes text for HTML is caught by the same looks.
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Home } from "../support/folders";
import { built } from "../support/programs";
import { proved, times } from "../support/prove";
import { until } from "../support/until";
import { type App, inFront } from "./app";
import { expect, rpc, test } from "./fixtures";

type Hostile = { people: string[]; texts: string[]; columns: number; lists: string[] };

/** Somebody outside, who must hear nothing. */
async function outside() {
  const heard: string[] = [];
  const server = createServer((request, reply) => {
    heard.push(request.url ?? "");
    reply.setHeader("access-control-allow-origin", "*").end("window.ran = 1");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { heard, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

function hostile(home: Home, address: string, payloads: number): Hostile {
  const made = execFileSync(built("hallway-hostile"), ["--file", home.workspace, "--payloads", String(payloads), "--outside", address], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return JSON.parse(made) as Hostile;
}

function cli(home: Home, file: string, ...line: string[]): string {
  const env = { ...process.env, ...home.env };
  return execFileSync(built("hallway-cli"), ["--file", file, ...line], { encoding: "utf8", env, maxBuffer: 1 << 28 });
}

/** A cell of a table as its file writes it. */
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** What text must never become: elements that load or run, handlers, and links that are no links. Empty when all is well. */
const taken = `
  const found = [];
  if (window.ran) found.push("a script ran");
  const elements = "script:not([src^='/']):not([type='module']), iframe, object, embed, base, form[action], link[href^='http'], img[src^='http'], video, audio, source, math, animate, portal, isindex, marquee, meta[http-equiv='refresh'], style:not([data-vite-dev-id]):not(:empty)";
  for (const element of document.querySelectorAll(elements)) {
    if (element.tagName === "STYLE" && !/127\\.0\\.0\\.1|@import/.test(element.textContent)) continue;
    found.push("an element: " + element.outerHTML.slice(0, 120));
  }
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) found.push("a handler: " + element.outerHTML.slice(0, 120));
      if (/^(href|src|action|formaction|xlink:href)$/i.test(name) && !/^(#|\\.?\\/|https:\\/\\/|mailto:|tel:|data:image\\/|data:,$|tauri:)/i.test(value) && value !== "")
        found.push("a link: " + value.slice(0, 120));
      if (name === "style" && /127\\.0\\.0\\.1/.test(value)) found.push("a style: " + value.slice(0, 120));
    }
  }
  return found;`;

const settled = (app: App) =>
  app.run(`await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));`);

async function go(app: App, hash: string, ready: string): Promise<void> {
  await app.run("location.hash = arguments[0]", hash);
  await app.find(ready);
  await settled(app);
  expect(await app.run("return location.hash"), "the window is where it was asked to be").toBe(hash);
}

async function cleanly(app: App, where: string): Promise<void> {
  expect(await app.run<string[]>(taken), where).toEqual([]);
}

/** Nobody outside was asked for anything, and nobody was added by a text. */
async function unheard(home: Home, { address, heard }: { address: string; heard: string[] }): Promise<void> {
  await fetch(`${address}/control`);
  expect(heard).toEqual(["/control"]);
  // The text itself says it; somebody of that name, alone on a line, would be its doing.
  expect(cli(home, home.workspace, "list").split("\n").filter((line) => /^INTRUDER\b/.test(line))).toEqual([]);
}

test("hostile text in every column runs nowhere in the window", async ({ home, start }) => {
  const listener = await outside();
  try {
    const { people, texts, columns, lists } = hostile(home, listener.address, times(56, 500));
    const app = await start();
    await go(app, "#/people", "[role=grid] [role=row]");
    let screens = 0;
    const look = async (where: string) => {
      screens += 1;
      await cleanly(app, where);
    };
    const seen = new Set<string>();

    // The list, from the first to the last, with the peek open.
    await app.keys("j", "Space");
    for (let row = 0; row < people.length; row += 12) {
      await settled(app);
      await look(`the list from ${row}`);
      await app.keys(..."j".repeat(12));
    }
    await app.keys("Escape");

    // Everybody's page, all of it, and why they stand where they stand.
    for (const id of people) {
      await go(app, `#/people/${id}`, "h1");
      await until("the entries", async () => (await app.all("main li, main article, main [role=listitem]")).length > 0);
      await app.run("document.querySelectorAll('details').forEach((one) => (one.open = true)); document.querySelector('main')?.scrollTo(0, 1e6)");
      await settled(app);
      const shown = await app.run<string>("return document.body.innerText");
      for (const text of texts) if (shown.includes(text)) seen.add(text);
      await look(`the page of ${id}`);
    }
    await app.keys(".");
    await settled(app);
    await look("the explanation");
    await app.keys("Escape");
    // Every other place of the window, all of each.
    for (const place of [
      ...["today", "moved", "followups", "followups/settled", "followups/touch", "review", "doubles", `doubles/of/${people[0]},${people[1]}`],
      ...["lists", ...lists.map((id) => `lists/${id}`), "lists/health", "export", `export/list/${lists[0]}`, "export/made", "help"],
      ...people.slice(0, 3).flatMap((id) => [`people/${id}/held`, `people/${id}/on/2026-01-05`, `history/of/${id}`]),
      ...["history", "history/trash", "history/erased", "settings", "settings/journey", `search/${encodeURIComponent("onerror")}`],
    ]) {
      await go(app, `#/${place}`, "main h1, main [role=region], main [role=grid], main h2");
      await until(`everything of ${place}`, async () => !(await app.run<boolean>("return Boolean(document.querySelector('[aria-busy=true]'))")));
      await app.run("document.querySelectorAll('details').forEach((one) => (one.open = true)); document.querySelector('main')?.scrollTo(0, 1e6)");
      await settled(app);
      await look(place);
    }

    // Board and headings, and what opens over somebody: forms, pickers, the two who may be one, the last question.
    await go(app, "#/people", "[role=grid]");
    for (const layout of ["the board", "the headings"]) {
      await app.keys("v");
      await settled(app);
      await look(layout);
    }
    await app.keys("v");
    // Somebody else for each, since what was begun with one is kept.
    const opens = [
      ["log", "l", "form[aria-label='Log what happened']", "on"],
      ["follow up", "f", "form[aria-label^='Follow up with']", ""],
      ["stage", "s", "[role=dialog][aria-label^='Stage of']", ""],
      ["tag", "t", "[role=dialog][aria-label='Tag'] [role=combobox]", "on"],
      ["list", "+", "[role=dialog][aria-label='Add to a list'] [role=combobox]", "on"],
      ["merge", "m", "[role=dialog] [role=combobox], dialog [role=combobox]", "on"],
      ["edit", "e", "main input, main textarea", ""],
    ] as const;
    for (const [n, [what, key, opened, typed]] of opens.entries()) {
      await go(app, `#/people/${people[n + 3]}`, "h1");
      await until("the entries", async () => (await app.all("main li, main article, main [role=listitem]")).length > 0);
      await app.keys(key);
      await app.find(opened);
      if (typed) await app.keys(...typed);
      await settled(app);
      await look(`the form of ${what}`);
      await app.keys("Escape", "Escape");
      await settled(app);
    }
    for (const [what, opened] of [
      ["Erase this person", "dialog[aria-label='Erase for good']"],
      ["Add where parcels go", "form[aria-label='Add where parcels go']"],
    ] as const) {
      await go(app, `#/people/${people[2]}`, "h1");
      await app.keys("Control+k");
      await app.find("[role=combobox]");
      await app.keys(...what, "Enter");
      await settled(app);
      await app.find(opened);
      await look(what);
      await app.keys("Escape", "Escape");
    }

    // The line, in the page and in its own window, and whom it may be about.
    await app.keys("Control+Shift+Space");
    await settled(app);
    await app.keys(..."onerror");
    await settled(app);
    await look("the captured line");
    await app.keys("Escape");

    // What is searched, suggested and chosen among.
    await go(app, "#/people", "[role=grid]");
    await app.keys("Control+k");
    await app.find("[role=combobox]");
    await app.keys(..."onerror");
    await settled(app);
    await look("the command bar");
    await app.keys("Escape", "/");
    await app.keys(..."<img");
    await settled(app);
    await look("the search");

    // A file that is brought in.
    const rows = texts.slice(0, 60).map((text, n) => [text, `p${n}@acme.example`, text].map(cell).join(","));
    home.choose(home.file("img src=x onerror=window.ran=1 .csv", ["Name,E-mail,<img src=x onerror=window.ran=1>", ...rows].join("\n")));
    await app.keys("Control+i");
    await app.find("table, [role=table], [role=grid]");
    await settled(app);
    await look("the preview of an import");

    // One that was broken off and cannot go on, since the place of its file says something else; it was above every place.
    const waits = "[role=region][aria-label='An import was interrupted']";
    await app.click(`${waits} button`, "Go on");
    await until("why it cannot go on", () => app.run<boolean>(`return document.querySelector("${waits}").innerText.includes("Choose the file")`));
    await look("an import that cannot go on");
    await app.click(`${waits} button`, "Take it back");
    await until("it is taken back", async () => (await app.all(waits)).length === 0);

    await unheard(home, listener);
    expect(seen.size, "texts that were shown as they are").toBeGreaterThan(texts.length / 2);
    proved("hostile text", `${texts.length} texts in ${columns} columns, ${screens} looks at the window: nothing ran, nothing left`);
  } finally {
    listener.close();
  }
}, times(300_000, 3_600_000));

/** Hostile, and short enough to be a file's name, too. */
const NAMED = "<img src=x onerror=window.ran=1>";

test("nor does it where something comes in, is asked about before it is done, or cannot be opened", async ({ home, start }) => {
  const listener = await outside();
  try {
    const { people, texts } = hostile(home, listener.address, 56);
    let app = await start();
    let screens = 0;
    /** Looks once one of these texts really stands in what the selector finds: a look at an empty screen means nothing. */
    const look = async (where: string, css: string, any = texts) => {
      const stands = `return [...document.querySelectorAll(arguments[0])]
        .some((one) => one.checkVisibility() && arguments[1].some((text) => one.textContent.includes(text)))`;
      await until(`hostile text in ${where}`, () => app.run<boolean>(stands, css, any));
      await settled(app);
      screens += 1;
      await cleanly(app, where);
    };
    // Before anything else comes in, the import that was broken off is taken back, and that is over.
    await go(app, "#/people", "[role=grid] [role=row]");
    await app.click("[role=region][aria-label='An import was interrupted'] button", "Take it back");
    await look("what was taken back", ".toast");
    // A backup, and one who is not in it and stands where an entry put them, since the others stand where somebody said.
    await rpc(app, "backups.make");
    const { id: mover } = await rpc<{ id: string }>(app, "people.create", { displayName: NAMED, organisation: NAMED });
    await rpc(app, "touchpoints.log", { kind: "first_success", people: [{ person: mover, observedBy: "seen" }] });

    // Everything as JSON, of which some says something else than what is here, two rows cannot be, and one field is unknown.
    cli(home, home.workspace, "export", home.file("all.json"));
    const all = JSON.parse(home.read("all.json")) as Record<"people" | "touchpoints", Record<string, unknown>[]>;
    texts.slice(0, 8).forEach((text, n) => Object.assign(all.people[n]!, { displayName: text }));
    Object.assign(all.people[8]!, { [NAMED]: 1 });
    Object.assign(all.people[9]!, { id: NAMED });
    Object.assign(all.touchpoints[0]!, { precision: NAMED });
    home.choose(home.file(`${NAMED}.json`, JSON.stringify(all)));
    await app.keys("Control+i");
    await look("everything: what is refused for its id", "[aria-labelledby=json-refused] .bad", [`“${NAMED}” is not a UUID`]);
    await look("everything: what is refused for a word", "[aria-labelledby=json-refused] .bad", [`“${NAMED}” does not belong here`]);
    await look("everything: what is unknown", "[aria-label='The file'] .warn bdi", [NAMED]);
    await look("everything: what differs", "[aria-labelledby=json-differ] bdi");
    await look("everything: its file", ".bar", [NAMED]);
    await app.keys("Escape");

    // Those who left a newsletter: somebody who is here, somebody who opted in since, and what is no address.
    for (const [n, person] of people.slice(0, 2).entries()) {
      const way = { person, kind: "email", value: `left${n}@acme.example`, source: "they_gave_it" };
      const { id: point } = await rpc<{ id: string }>(app, "contact_points.add", way);
      if (n === 1) await rpc(app, "basis.set", { point, purposes: ["list_mail"], basis: "opted_in", evidence: NAMED, on: new Date().toISOString().slice(0, 10) });
    }
    const left = [...texts, "left0@acme.example", "left1@acme.example"]
      .map((address) => [address, NAMED, "2020-01-02 10:00:00", NAMED].map(cell).join(","));
    const returned = ["Email Address,First Name,UNSUB_TIME,UNSUB_REASON", ...left].join("\n");
    home.choose(home.file(`unsubscribed ${NAMED}.csv`, returned));
    await app.keys("Control+i");
    await look("who left: the file", "main .middle h2", [NAMED]);
    await look("who left: the first of them", "main .middle > p.soft bdi");
    await look("who left: who opted in since", "[aria-label='What would happen'] bdi");
    await look("who left: what is no address", "main .middle > p.warn bdi");
    await app.keys("Control+Enter");
    await look("what became of who left", "[aria-label='What became of it']");

    // A card that is moved by keys on the board, and why.
    await go(app, "#/people", "[role=grid]");
    await app.keys("v");
    await app.find("[role=group][aria-label=Board] [role=option]");
    await app.keys("Shift+ArrowRight");
    await look("who is moved", "form[aria-label^='Why ']");
    await app.keys(...NAMED);
    const reason = `return document.querySelector("form[aria-label^='Why '] input").value === arguments[0]`;
    await until("the reason", () => app.run<boolean>(reason, NAMED));
    await app.keys("Enter");
    await app.see("Set the stage of");
    await look("what is said of the move", ".toast");
    await look("the board after the move", "[role=group][aria-label=Board] [role=option]");
    await app.keys("v", "v");

    // Whom a change of the rules would move: where no kind of entry counts, whoever stands where one put them.
    await go(app, "#/settings/journey", "table input[type=checkbox]");
    await app.run("for (const on of document.querySelectorAll('table input[type=checkbox]:checked')) on.click()");
    await app.find("[role=region][aria-label='Changes of the rules']");
    await app.keys("Control+Enter");
    await look("whom the rules would move", "[aria-label='Who would move']", [NAMED]);
    await app.click("[role=region][aria-label='Changes of the rules'] button", "Discard");

    // What the backup would change if it were put back: two are gone since, one is new, one lives elsewhere.
    await rpc(app, "people.trash", { ids: people.slice(10, 12) });
    await rpc(app, "people.edit", { id: people[12], city: "Recife" });
    await go(app, "#/settings", "button[aria-label^='Put back the backup']");
    await app.click("button[aria-label^='Put back the backup']");
    await look("who would be here again", "dialog li");
    await look("who would be gone", "dialog li", [NAMED]);
    await app.close();

    // The line in a window of its own: as it was left standing, whom it may be about, and what it says.
    app = await start({ args: ["--capture"], hidden: true });
    await until("the line in front", () => inFront() === "Log a conversation");
    await app.lookAt("capture");
    await look("the line that was left standing", "[aria-label='What the line says']");
    await app.keys("Control+a", ..."onerror");
    await look("whom a line may be about", "#capture-people [role=option]");
    await app.keys("Control+a", ..."Ana &", ...NAMED);
    await look("what a line says", "[aria-label='What the line says']", ["onerror=window.ran=1>"]);
    await app.close();

    // A file that is damaged when it is opened, and has a backup.
    const damaged = home.file(`${NAMED}.hallway`);
    copyFileSync(home.workspace, damaged);
    cli(home, damaged, "backup");
    writeFileSync(damaged, readFileSync(damaged).map((byte, n) => (n < 100 ? byte : byte ^ 0x5a)));
    app = await start({ args: [damaged] });
    await app.see("This file is damaged");
    await app.find("button", "Put back the backup");
    await look("a damaged file", "main .path", [NAMED]);

    await unheard(home, listener);
    proved("hostile text, asked about", `${screens} looks at previews, questions, the line's own window and a damaged file: nothing ran, nothing left`);
  } finally {
    listener.close();
  }
});

/** A place in the page that takes text for HTML, as no place of ours does. */
const sink = `
  for (const text of arguments[0]) {
    const place = document.createElement("div");
    document.body.append(place);
    place.innerHTML = text;
  }
  // An image that cannot be loaded either, after all the others: whatever they would have run has had its turn.
  await new Promise((turn) => {
    const last = new Image();
    last.onerror = turn;
    last.src = "x" + Math.random();
  });`;

test("a page that takes text for HTML is caught, and its policy still lets nothing run", async ({ home, start }) => {
  const listener = await outside();
  try {
    const { texts } = hostile(home, listener.address, 56);
    const harmless = texts.filter((text) => !/http-equiv|<base|location/.test(text));
    const app = await start();
    await go(app, "#/people", "[role=grid] [role=row]");
    await app.run(sink, harmless);
    expect(await app.run("return window.ran ?? null"), "the policy holds").toBeNull();
    await fetch(`${listener.address}/control`);
    expect(listener.heard).toEqual(["/control"]);
    expect(await app.run<string[]>(taken), "the look at the page").not.toEqual([]);
  } finally {
    listener.close();
  }
});

test("without the policy the same text runs, and is caught", async ({ home, start }) => {
  const listener = await outside();
  try {
    const { texts } = hostile(home, listener.address, 56);
    const harmless = texts.filter((text) => !/http-equiv|<base|location/.test(text));
    const app = await start({ env: { HALLWAY_TEST_NO_POLICY: "1" } });
    await go(app, "#/people", "[role=grid] [role=row]");
    await app.run(sink, harmless);
    await until("the text to run", () => app.run<boolean>("return Boolean(window.ran)"));
    await until("the text to reach somebody outside", () => listener.heard.length > 0);
    proved("hostile text, caught", `without the policy a sink of HTML runs it, and ${listener.heard.length} requests left`);
  } finally {
    listener.close();
  }
});
