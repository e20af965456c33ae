// The tray: a menu and a count, a window that stays in it, and a start that begins there. Without a tray nothing is lost.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { until } from "../support/until";
import { type App, inFront, onScreen } from "./app";
import { begun, expect, test } from "./fixtures";

/** Ticks what the settings call so, and waits until it holds. */
async function tick(app: App, label: string): Promise<void> {
  await app.keys("Control+,");
  await app.click("label", label);
  await until(`“${label}” to hold`, async () =>
    app.run<boolean>("return [...document.querySelectorAll('label')].find((one) => one.innerText.includes(arguments[0])).control.checked", label),
  );
}

const icon = (app: App) => until("the icon in the tray", async () => app.desktop.tray());

test("the menu of the icon leads back to the window, to the line, to today, and out", async ({ start }) => {
  const app = await start({ desktop: ["tray"] });
  await begun(app, "Queues");
  const { status, menu } = await icon(app);
  expect(status).toBe("Active");
  expect(menu).toEqual(["Open Hallway", "Log a conversation", "Today", "Quit"]);
  await app.desktop.choose("Log a conversation");
  await until("the line in front", () => inFront() === "Log a conversation");
  await app.desktop.choose("Open Hallway");
  await until("the window in front", () => inFront() === "Hallway");
  await app.desktop.choose("Today");
  await expect.poll(() => app.run("return location.hash")).toBe("#/today");
  await app.desktop.choose("Quit");
  await app.ended();
});

test("a window that stays is hidden by its keys, saves what is typed, and comes back", async ({ home, start }) => {
  const app = await start({ desktop: ["tray"] });
  await begun(app, "Queues");
  await icon(app);
  await tick(app, "Stay in the tray");
  expect(await app.axe()).toEqual([]);
  await app.click("button", "You help developers use");
  await app.keys("End", ..." at night");
  app.shut();
  await until("the window to be gone", () => !onScreen("Hallway"));
  const saved = `return (await window.__TAURI_INTERNALS__.invoke("rpc", { cmd: "workspace.info", input: {}, request: "" })).value.product`;
  expect(await app.run(saved)).toBe("Queues at night");
  await app.desktop.choose("Log a conversation");
  await until("the line in front", () => inFront() === "Log a conversation");
  await app.desktop.choose("Open Hallway");
  await until("the window in front", () => inFront() === "Hallway");
  app.shut();
  await until("the window to be gone", () => !onScreen("Hallway"));
  // A second start finds it there.
  expect(await app.again(home.workspace).over()).toBe(0);
  await until("the window in front", () => inFront() === "Hallway");
  await app.desktop.choose("Quit");
  await app.ended();
});

test("without a tray the window says so, and closing it ends Hallway", async ({ home, start }) => {
  home.file("config/org.hallway.desktop/outside.json", JSON.stringify({ stay: true }));
  const app = await start();
  await begun(app, "Queues");
  await app.keys("Control+,");
  await app.see("This desktop shows no tray just now.");
  await app.see("Without an icon in the tray, closing the window ends Hallway.");
  await app.leave();
});

test("an icon that is not wanted goes, and comes back when it is", async ({ start }) => {
  const app = await start({ desktop: ["tray"] });
  await begun(app, "Queues");
  await icon(app);
  await app.keys("Control+,");
  await app.click("label", "Icon in the tray");
  await expect.poll(async () => (await icon(app)).status).toBe("Passive");
  await app.click("label", "Icon in the tray");
  await expect.poll(async () => (await icon(app)).status).toBe("Active");
});

test("what starts with the session begins in the tray, and with its window where there is none", async ({ home, start }) => {
  const app = await start({ desktop: ["tray"] });
  await begun(app, "Queues");
  await tick(app, "Start when I log in");
  const entry = await until("the entry", () => home.read("config/autostart/org.hallway.desktop.desktop"));
  expect(entry).toMatch(/^Exec=".*hallway" --hidden$/m);
  await app.leave();

  const hidden = await start({ args: ["--hidden"], desktop: ["tray"], hidden: true });
  await icon(hidden);
  expect(onScreen("Hallway")).toBe(false);
  await hidden.desktop.choose("Open Hallway");
  await until("the window in front", () => inFront() === "Hallway");
  await hidden.see("Nobody here yet.");
  await hidden.keys("Control+,");
  await hidden.click("label", "Start when I log in");
  await until("the entry to be gone", () => !existsSync(join(home.path, "config/autostart/org.hallway.desktop.desktop")));
  await hidden.click("label", "Icon in the tray");
  await hidden.leave();

  const shown = await start({ args: ["--hidden"], hidden: true });
  await until("the window on the screen", () => onScreen("Hallway"));
  await shown.leave();
});
