// The main job in the real window: bring people in, find one, log what happened, see the stage move, take it back, export.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { built, root } from "../support/programs";
import { until } from "../support/until";
import { begun, expect, test } from "./fixtures";

const whole = "[role=status]";

test("from a file to a list, with the stage that moves and the step that is taken back", async ({ home, start }) => {
  const app = await start();
  await begun(app, "Queues");

  const file = home.file("people-107-locales.csv");
  copyFileSync(join(root, "tests/fixtures/people-107-locales.csv"), file);
  home.choose(file);
  await app.keys("Control+i");
  await app.see("284 rows");
  await app.keys("Control+Enter");
  await app.see("people from people-107-locales.csv");
  await app.keys("Control+2");
  await app.find("[role=grid] [role=row]");

  await app.keys("/");
  await app.type("input[aria-label=\"Filter people\"]", "აკაკ");
  await app.see("1 of 1");
  await app.keys("Enter", "Enter");
  await app.find("h1", "აკაკი იაშვილი");

  await app.keys("l", ..."got it");
  await app.find("[role=option]", "Got it working");
  await app.keys("Enter", ..."First queue runs", "Enter");
  await app.find("[aria-current=step]", "Learning");
  await app.see("got it working");
  expect(await app.axe()).toEqual([]);

  await app.keys("Control+z");
  await app.find(whole, "Took back: Logged what happened with აკაკი იაშვილი");
  await until("the stage to be taken back", async () => (await app.all("[aria-current=step]")).length === 0);
  await app.keys("Control+Shift+z");
  await app.find("[aria-current=step]", "Learning");

  await app.keys("Escape");
  await app.find("[role=grid] [role=row]", "აკაკი იაშვილი");
  const csv = home.file("people.csv");
  home.choose(csv);
  await app.keys("Control+e");
  await app.see("What is it for?");
  await app.keys("6");
  await app.click("button", "Export 1 person");
  await until("the exported file", () => existsSync(csv));
  const [header = "", ...lines] = readFileSync(csv, "utf8").trimEnd().split("\r\n");
  expect(header.split(",")).toContain("Stage");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("Learning");
});

test("what the command line logs while the window is open stands in the window", async ({ home, start }) => {
  const app = await start();
  await begun(app, "Queues");
  const cli = (...args: string[]) =>
    execFileSync(built("hallway-cli"), ["--file", home.workspace, ...args], { encoding: "utf8", env: { ...process.env, ...home.env } });
  cli("add", "Priya Nair", "--organisation", "Acme");
  await app.find("[role=grid] [role=row]", "Priya Nair");
  cli("log", "Priya Nair", "shared_prototype", "--seen");
  await app.find("[role=grid] [role=row]", "Building");
  await app.keys("Control+z");
  await until("the stage to be taken back", async () => !(await (await app.find("[role=grid] [role=row]", "Priya Nair")).text()).includes("Building"));
});
