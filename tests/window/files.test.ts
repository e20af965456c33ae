// One window, several files: open, new, move, those of before; and a file that is damaged.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readdirSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { built } from "../support/programs";
import { until } from "../support/until";
import type { App } from "./app";
import { begun, expect, test } from "./fixtures";

/** Does what the command bar calls so. */
async function command(app: App, words: string): Promise<void> {
  await app.keys("Control+k");
  await app.find("[role=combobox]");
  await app.keys(...words);
  await app.find("[role=option]", words);
  await app.keys("Enter");
}

async function someone(app: App, name: string): Promise<void> {
  await app.keys("Control+n");
  await app.find("form[aria-label='New person'] input");
  await app.keys(...name, "Enter");
  await app.find("h1", name);
  await app.keys("Control+2");
}

test("a new file, and back to the one of before", async ({ home, start }) => {
  const app = await start();
  await begun(app, "Queues");
  await someone(app, "Priya Nair");
  const team = home.file("team.hallway");
  home.choose(team);
  await command(app, "Make a new file");
  await begun(app, "Ferrite");
  expect(existsSync(team)).toBe(true);
  await app.miss("Priya Nair");

  await app.click("button[aria-haspopup=menu]", "Hallway");
  await app.click("[role=menuitem]", "main");
  await app.find("[role=region][aria-label=Today]");
  await command(app, "Go to People");
  await app.see("1 person");
});

test("a file that is moved takes everything along and is found there the next time", async ({ home, start }) => {
  const app = await start();
  await begun(app, "Queues");
  await someone(app, "Priya Nair");
  const moved = home.file("elsewhere/people.hallway");
  home.choose(moved);
  await command(app, "Move this file");
  await app.see("The file is now people");
  expect(existsSync(home.workspace)).toBe(false);
  await someone(app, "Tom Kowalski");
  await app.leave();

  const again = await start();
  await again.find("[role=region][aria-label=Today]");
  await again.keys("Control+2");
  await again.see("2 people");
  expect(existsSync(home.workspace)).toBe(false);
});

test("what is no file of ours leaves the open one as it is", async ({ home, start }) => {
  const app = await start();
  await begun(app, "Queues");
  const diary = home.file("diary.hallway", "Dear diary");
  home.choose(diary);
  await app.keys("Control+o");
  await app.see("is not a Hallway file");
  await app.see("Nobody here yet.");
  expect(readFileSync(diary, "utf8")).toBe("Dear diary");
});

test("what is being typed is saved when the window closes", async ({ start }) => {
  const app = await start();
  await begun(app, "Queues");
  await someone(app, "Priya Nair");
  await app.find("[role=grid] [role=row]", "Priya Nair");
  await app.keys("j", "Enter");
  await app.find("h1", "Priya Nair");
  await app.keys("e", "End", ..." Rao");
  await app.leave();
  const again = await start();
  await again.find("[role=region][aria-label=Today]");
  await again.keys("Control+2");
  await again.find("[role=grid] [role=row]", "Priya Nair Rao");
});

test("a damaged file is set aside and the newest backup stands in its place", async ({ home, start }) => {
  const app = await start();
  await begun(app, "Queues");
  await someone(app, "Priya Nair");
  await app.leave();
  execFileSync(built("hallway-cli"), ["--file", home.workspace, "backup"], { env: { ...process.env, ...home.env } });
  const bytes = readFileSync(home.workspace);
  writeFileSync(home.workspace, bytes.map((byte, n) => (n < 100 ? byte : byte ^ 0x5a)));

  const again = await start();
  await again.see("This file is damaged");
  expect(await again.axe()).toEqual([]);
  await again.click("button", "Put back the backup");
  await again.find("[role=region][aria-label=Today]");
  await again.keys("Control+2");
  await again.find("[role=grid] [role=row]", "Priya Nair");
  const aside = await until("the damaged file, set aside", () =>
    readdirSync(dirname(home.workspace)).find((name) => name.includes("-damaged-")),
  );
  expect(readFileSync(join(dirname(home.workspace), aside)).length).toBe(bytes.length);
});
