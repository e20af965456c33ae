// The file is taken away or replaced while the window is open: writing stops with a sentence, and what was typed stays.
import { copyFileSync, readFileSync, renameSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { built } from "../support/programs";
import { until } from "../support/until";
import { begun, expect, test } from "./fixtures";

const typed = "return document.querySelector(\"form[aria-label='New person'] input\")?.value ?? null";

test("a file that is moved away is missed, what was typed stays, and put back it is saved", async ({ home, start }) => {
  const app = await start();
  await begun(app, "Queues");
  const away = home.file("away.hallway");
  renameSync(home.workspace, away);
  await app.find("[role=alert]", "is no longer there");
  await app.keys("Control+n");
  await app.find("form[aria-label='New person'] input");
  await app.keys(..."Priya Nair", "Enter");
  await app.see("Nothing more is written");
  expect(await app.run(typed)).toBe("Priya Nair");
  expect(await app.axe()).toEqual([]);
  renameSync(away, home.workspace);
  await until("the notice to be gone", async () => (await app.all(".looking")).length === 0);
  await app.find("form[aria-label='New person'] input");
  await app.keys("Enter");
  await app.find("h1", "Priya Nair");
});

test("a file that another one replaces is not written any more, and neither is the other", async ({ home, start }) => {
  const other = home.file("other.hallway");
  execFileSync(built("hallway-cli"), ["--file", other, "add", "Eve"], { env: { ...process.env, ...home.env } });
  const app = await start();
  await begun(app, "Queues");
  copyFileSync(other, `${home.workspace}.fresh`);
  renameSync(`${home.workspace}.fresh`, home.workspace);
  await app.find("[role=alert]", "put in the place of");
  await app.keys("Control+n");
  await app.find("form[aria-label='New person'] input");
  await app.keys(..."Priya Nair", "Enter");
  await app.see("Save a copy of what is open");
  expect(await app.run(typed)).toBe("Priya Nair");
  expect(readFileSync(home.workspace).equals(readFileSync(other))).toBe(true);
});
