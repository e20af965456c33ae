// The calendar file: where the person wants it, written again whenever a promise changes, and said when it cannot be.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { until } from "../support/until";
import type { App } from "./app";
import { begun, expect, test } from "./fixtures";

const rpc = (app: App, cmd: string, input: object) =>
  app.run<{ id: string }>(
    `return (await window.__TAURI_INTERNALS__.invoke("rpc", { cmd: arguments[0], input: arguments[1], request: "" })).value`,
    cmd,
    input,
  );

const holds = (path: string, words: string | RegExp) =>
  until(`${words} in the calendar`, () => {
    const text = existsSync(path) ? readFileSync(path, "utf8") : "";
    return typeof words === "string" ? text.includes(words) : words.test(text);
  });

test("the calendar file follows what is promised, and says when it cannot", async ({ home, start }) => {
  const app = await start();
  await begun(app, "Queues");
  await rpc(app, "followups.add", { text: "send the retry guide", due: "2031-05-21" });
  const path = home.file("calendars/promises.ics");
  // A calendar program knows its files by the ending.
  home.choose(path.replace(/\.ics$/, ""));
  await app.keys("Control+,");
  await app.click("button", "Keep a calendar file");
  await app.see("promises.ics");
  await holds(path, "send the retry guide");
  const { id } = await rpc(app, "followups.add", { text: "introduce Tom to Mira", due: "2031-06-02" });
  await holds(path, "introduce Tom to Mira");
  await rpc(app, "followups.done", { id });
  await holds(path, /STATUS:(CANCELLED|COMPLETED)/);

  // Its folder is away, as a disk that was unplugged.
  renameSync(dirname(path), `${dirname(path)}-away`);
  await rpc(app, "followups.add", { text: "ask about the outage", due: "2031-06-03" });
  await app.see("could not be written");
  expect(await app.axe()).toEqual([]);
  mkdirSync(dirname(path));
  await rpc(app, "followups.add", { text: "thank Mira", due: "2031-06-04" });
  await app.miss("could not be written");
  await holds(path, "ask about the outage");
  await app.leave();

  // What was changed while Hallway was not there is in it at the next start.
  rmSync(path);
  const again = await start();
  await holds(path, "thank Mira");
  await again.see("Nobody here yet.");
  await again.keys("Control+,");
  await again.click("button", "Stop keeping it");
  await again.see("Keep a calendar file");
});

test("a file that moves takes its calendar along", async ({ home, start }) => {
  const app = await start();
  await begun(app, "Queues");
  const [path, moved] = [home.file("promises.ics"), home.file("elsewhere/people.hallway")];
  home.choose(path);
  home.choose(moved);
  await app.keys("Control+,");
  await app.click("button", "Keep a calendar file");
  await app.see("promises.ics");
  await app.click("button", "Move this file");
  await app.see("The file is now people");
  await app.see("promises.ics");
  await rpc(app, "followups.add", { text: "send the retry guide", due: "2031-05-21" });
  await holds(path, "send the retry guide");
});
