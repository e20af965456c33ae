// Hostile text in every column and on every screen of the real window: nothing runs, nothing leaves, nothing is asked of
// the host. And liars beside it: a page without its policy that takes text for HTML is caught by the same looks.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Home } from "../support/folders";
import { built } from "../support/programs";
import { proved, times } from "../support/prove";
import { until } from "../support/until";
import type { App } from "./app";
import { expect, test } from "./fixtures";

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
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
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

    await fetch(`${listener.address}/control`);
    expect(listener.heard).toEqual(["/control"]);
    const listed = execFileSync(built("hallway-cli"), ["--file", home.workspace, "list"], { encoding: "utf8", env: { ...process.env, ...home.env }, maxBuffer: 1 << 28 });
    // The text itself says it; somebody of that name, alone on a line, would be its doing.
    expect(listed.split("\n").filter((line) => /^INTRUDER\b/.test(line))).toEqual([]);
    expect(seen.size, "texts that were shown as they are").toBeGreaterThan(texts.length / 2);
    proved("hostile text", `${texts.length} texts in ${columns} columns, ${screens} looks at the window: nothing ran, nothing left`);
  } finally {
    listener.close();
  }
}, times(300_000, 3_600_000));

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
