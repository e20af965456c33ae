// Every main screen with the sample community, light and dark, from the real core, into docs/screens.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";
import { root } from "../support/programs";
import { until } from "../support/until";
import type { App } from "../window/app";
import { rpc, test } from "../window/fixtures";

const folder = join(root, "docs", "screens");
const contacts = join(root, "tests", "shots", "meetup.csv");

async function go(app: App, path: string, landmark: string): Promise<void> {
  await app.run("location.hash = arguments[0]", path);
  await app.see(landmark);
}

/** A picture once two looks in a row see the same. The file stands where it would on anybody's computer. */
async function picture(app: App, name: string): Promise<void> {
  let before = "";
  await app.run(
    `const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
     while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace(arguments[0], "/home/you/.local/share");`,
    join(app.home.path, "data"),
  );
  await until("the page to come to rest", async () => {
    const now = await app.run<string>("await new Promise(requestAnimationFrame); return document.documentElement.outerHTML");
    const rests = now === before;
    before = now;
    return rests;
  });
  await app.screenshot(join(folder, `${name}.png`));
}

describe.each(["light", "dark"])("%s", (theme) => {
  test("every main screen", async ({ home, start }) => {
    mkdirSync(folder, { recursive: true });
    home.file("config/org.hallway.desktop/settings.json", JSON.stringify({ theme }));
    const app = await start();
    const shoot = (name: string) => picture(app, `${name}-${theme}`);

    await app.find("form");
    await shoot("first-run");

    await rpc(app, "workspace.set_up", { product: "Queues", zone: "Europe/Berlin" });
    await rpc(app, "sample.load", {});
    await app.run("location.hash = '#/people'; location.reload()");
    await app.find("[role=grid] [role=row]");
    await shoot("people");
    await app.keys("ArrowDown", "Space");
    await shoot("people-peek");
    await app.keys("Escape", "Control+k");
    await shoot("commands");
    await app.keys("Escape");

    const query = { filter: { text: "stage:build" }, sort: "last_touch", descending: true };
    const { rows } = await rpc<{ rows: { id: string; name: string }[] }>(app, "people.list", { query, offset: 0, limit: 1 });
    const person = rows[0];
    if (!person) throw new Error("Nobody in the sample community is building.");
    const { rows: several } = await rpc<{ rows: { id: string; name: string }[] }>(app, "people.list", { query: { ...query, filter: { text: "" } }, offset: 0, limit: 6 });
    const today = (await rpc<{ today: string }>(app, "workspace.info", {})).today;
    const day = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
    const follow = (who: number, text: string, days: number, kind = "promise") => rpc(app, "followups.add", { person: several[who]?.id, text, due: day(days), kind });
    await follow(0, "send the retry guide", 0);
    await follow(1, "introduce them to Ada about Kafka", -2);
    await follow(2, "“Your cache eviction post”", -6, "reply_check");
    await rpc(app, "followups.add", { person: person.id, text: "send the benchmark", due: day(3) });
    await go(app, "#/today", "retry guide");
    await shoot("today");
    await go(app, "#/followups", "benchmark");
    await shoot("followups");
    await go(app, "#/moved", "Moved");
    await shoot("moved");

    await app.click("nav button", "Capture");
    await app.find(".capture input");
    await app.run(
      `const field = document.querySelector(".capture input");
       field.value = arguments[0];
       field.dispatchEvent(new Event("input", { bubbles: true }));`,
      "priya nair @acme /4 retry docs unclear #rust !mon send the retry guide",
    );
    await app.see("Building · told you");
    await shoot("capture");
    await rpc(app, "captures.keep", { text: "" });
    await rpc(app, "captures.lines", { text: "tom kowalski @initech /2 kafka vs us\nana ribeiro, met again at the door !fri\nmei lin *sticker" });
    await app.run("location.reload()");
    await go(app, "#/review", "tom kowalski");
    await shoot("review");
    await go(app, "#/help", "The capture line");
    await shoot("help");

    await go(app, `#/people/${person.id}`, person.name);
    await shoot("person");
    await app.keys(".");
    await shoot("person-explained");

    await go(app, "#/import", "Import");
    await shoot("import");
    home.choose(contacts);
    await app.click("main button", "Choose");
    await app.see("meetup.csv");
    await shoot("import-preview");

    await app.keys("Escape", "Control+2");
    await app.find("[role=grid] [role=row]");
    await app.type("input[aria-label='Filter people']", "stage:learn,build talked:1y");
    await app.see("of 60 people");
    await app.keys("Enter", "v");
    await app.find("[role=listbox] [role=option]");
    await shoot("board");
    await app.keys("v");
    await app.find("[role=grid] [role=row]");
    await shoot("groups");
    await app.keys("v");
    await app.find("[role=grid] [role=row]");
    const signedUp = { filter: { text: "stage:learn -stack:rust" }, sort: "name", descending: false };
    const opted = { purposes: ["list_mail"], basis: "opted_in", evidence: "Signed up on our page", on: day(-30) };
    await rpc(app, "basis.set_for_many", { whom: { query: signedUp }, ...opted });
    await app.keys("Control+e");
    await app.see("What is it for?");
    await app.keys("1");
    await app.see("left out");
    await shoot("export");
    const here = await rpc<{ id: string }[]>(app, "people.matching", { text: "a", limit: 5 });
    await rpc(app, "lists.add", { name: "Newsletter", people: here.map(({ id }) => id), why: "Asked at the booth" });
    await rpc(app, "lists.create", { name: "Learners in Africa", filter: "stage:learn region:africa" });
    await go(app, "#/lists", "Learners in Africa");
    await shoot("lists");
    await go(app, "#/lists/health", "Health");
    await shoot("list-health");
    await go(app, `#/people/${person.id}/held`, person.name);
    await shoot("held");

    await rpc(app, "people.edit", { id: person.id, city: "Lisbon" });
    await rpc(app, "backups.make", {});
    await go(app, "#/history", "Edited");
    await app.click("button", `Edited ${person.name}`);
    await app.see("Lisbon");
    await shoot("history");
    await rpc(app, "people.trash", { ids: rows.map(({ id }) => id) });
    await go(app, "#/history/trash", "Bring back");
    await shoot("trash");

    await go(app, "#/settings", "Settings");
    await app.see("Put back");
    await shoot("settings");
  });
});
