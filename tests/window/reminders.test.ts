// What is due is told on the desktop: once, together, not in quiet hours, and not lost where nobody shows it.
import { until } from "../support/until";
import { type App, inFront, onScreen } from "./app";
import { begun, expect, test } from "./fixtures";

const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

function rpc<T>(app: App, cmd: string, input: object): Promise<T> {
  return app.run(
    `return (await window.__TAURI_INTERNALS__.invoke("rpc", { cmd: arguments[0], input: arguments[1], request: "" })).value`,
    cmd,
    input,
  );
}

/** Somebody who was promised something for yesterday. */
async function promised(app: App, name: string, text: string): Promise<string> {
  const { id: person } = await rpc<{ id: string }>(app, "people.create", { displayName: name });
  return (await rpc<{ id: string }>(app, "followups.add", { person, text, due: YESTERDAY })).id;
}

const told = (app: App, many: number) =>
  until(`${many} told`, async () => {
    const all = await app.desktop.notifications();
    return all.length >= many && all;
  });

test("what is due is told once, and a click opens it in the window", async ({ home, start }) => {
  home.file("config/org.hallway.desktop/outside.json", JSON.stringify({ quiet: null, stay: true }));
  const app = await start({ desktop: ["notifications", "tray"] });
  await begun(app, "Queues");
  const id = await promised(app, "Priya Nair", "send the <retry> guide");
  const [one] = await told(app, 1);
  expect(one?.summary).toBe("Priya Nair");
  expect(one?.body).toMatch(/^send the &lt;retry&gt; guide\nFor \d+ \w+$/);
  expect(one?.actions).toEqual(["default", "Open"]);
  await until("the icon to say so", async () => (await app.desktop.tray())?.label === "1");
  expect((await app.desktop.tray())?.menu).toContain("Today (1)");

  app.shut();
  await until("the window to be gone", () => !onScreen("Hallway"));
  await app.desktop.click(1);
  await until("the window in front", () => inFront() === "Hallway");
  await expect.poll(() => app.run("return location.hash")).toBe(`#/today/followup:${id}`);
  const focused = "return document.querySelector('[data-row][aria-current=true]')?.innerText ?? ''";
  await expect.poll(() => app.run(focused)).toContain("send the <retry> guide");
  await app.desktop.choose("Quit");
  await app.ended();

  // The next start knows what was told; what is new is told alone.
  const again = await start({ desktop: ["notifications"] });
  await again.find("main");
  await promised(again, "Tom Kowalski", "introduce him to Mira");
  const all = await told(again, 1);
  expect(all.map(({ summary }) => summary)).toEqual(["Tom Kowalski"]);
});

test("what falls in quiet hours is told after them, and several things together", async ({ home, start }) => {
  const minute = new Date().getHours() * 60 + new Date().getMinutes();
  const quiet = { from: (minute + 1_380) % 1_440, until: (minute + 60) % 1_440 };
  home.file("config/org.hallway.desktop/outside.json", JSON.stringify({ quiet }));
  const app = await start({ desktop: ["notifications", "tray"] });
  await begun(app, "Queues");
  await promised(app, "Priya Nair", "send the retry guide");
  await until("one to be counted", async () => (await app.desktop.tray())?.label === "1");
  await promised(app, "Tom Kowalski", "introduce him to Mira");
  // The second is counted after the first would have been told.
  await until("both to be counted", async () => (await app.desktop.tray())?.label === "2");
  expect(await app.desktop.notifications()).toEqual([]);

  await app.keys("Control+,");
  await app.click("label", "Quiet hours");
  const [one, ...more] = await told(app, 1);
  expect(one?.summary).toBe("2 things are due");
  expect(one?.body.split("\n").sort()).toEqual(["Priya Nair: send the retry guide", "Tom Kowalski: introduce him to Mira"]);
  expect(more).toEqual([]);
});

test("what nobody shows is not lost: it is said in the settings, and told when somebody does", async ({ home, start }) => {
  home.file("config/org.hallway.desktop/outside.json", JSON.stringify({ quiet: null }));
  const app = await start({ desktop: [] });
  await begun(app, "Queues");
  await promised(app, "Priya Nair", "send the retry guide");
  await until("a word that nobody shows it", () => app.said().includes("Nobody shows what is due"));
  await app.keys("Control+,");
  await app.see("Nothing here shows notifications just now.");
  expect(await app.axe()).toEqual([]);

  await app.desktop.begin("notifications");
  await promised(app, "Tom Kowalski", "introduce him to Mira");
  const [one] = await told(app, 1);
  expect(one?.body).toContain("Priya Nair: send the retry guide");
  await app.miss("Nothing here shows notifications just now.");
});
