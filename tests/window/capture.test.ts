// The capture line in its own window: brought up by keys over another program, and by a second start.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LineDraft } from "../../ui/src/ipc/gen";
import { built, begin, type Program, root } from "../support/programs";
import { until } from "../support/until";
import { type App, inFront, onScreen, xdotool } from "./app";
import { begun, expect, rpc, test } from "./fixtures";

const TITLE = "Log a conversation";
const OTHER = "Another program";

/** Another program, with a window that takes keys and is in front. */
async function another(): Promise<Program> {
  const asks = { title: OTHER, kind: "Tables", endings: ["csv"], several: false, save_as: "a.csv", folder: null };
  const program = begin(built("hallway"), ["--dialog", JSON.stringify(asks)], { NO_AT_BRIDGE: "1" });
  const window = await until("another program", () => xdotool("search", "--onlyvisible", "--name", `^${OTHER}$`));
  xdotool("windowactivate", "--sync", window);
  return program;
}

/** Waits until the line was drawn where nobody sees it, and stands ready. */
async function ready(app: App): Promise<void> {
  await app.lookAt("capture");
  await app.find("main");
  await until("the line to be put away after it was drawn", () => app.run<boolean>("return document.visibilityState === 'hidden'"));
}

const typed = (app: App) => app.run<string>("const field = document.activeElement; return field.value ?? field.textContent");

test("keys bring up the line over another program, which has the focus again after Esc", async ({ start }) => {
  const app = await start();
  await begun(app, "Queues");
  await ready(app);
  const other = await another();
  try {
    for (const word of ["Priya", "Tom"]) {
      xdotool("key", "ctrl+shift+space");
      await until("the line in front", () => inFront() === TITLE);
      xdotool("type", "--delay", "30", word);
      await expect.poll(() => typed(app)).toContain(word);
      expect(await app.axe()).toEqual([]);
      xdotool("key", "Escape");
      await until("the other program in front again", () => inFront() === OTHER);
      expect(onScreen(TITLE)).toBe(false);
    }
  } finally {
    await other.end();
  }
});

test("a line is saved while the window is in the tray, grows with what it shows, and is in the list after that", async ({ home, start }) => {
  home.file("config/org.hallway.desktop/outside.json", JSON.stringify({ stay: true }));
  const app = await start({ desktop: ["tray"] });
  await begun(app, "Queues");
  await ready(app);
  await until("the icon in the tray", () => app.desktop.tray());
  app.shut();
  await until("the window to be gone", () => !onScreen("Hallway"));
  const other = await another();
  try {
    xdotool("key", "ctrl+shift+space");
    await until("the line in front", () => inFront() === TITLE);
    const low = await app.run<number>("return innerHeight");
    xdotool("type", "--delay", "30", "priya nair @acme");
    await app.see("New: Priya Nair");
    await until("room for what it shows", async () => {
      const [high, page] = await app.run<[number, number]>("return [innerHeight, document.querySelector('main').scrollHeight]");
      return high > low && high >= page;
    });
    xdotool("key", "Return");
    await until("the line to be empty again", async () => (await typed(app)) === "");
    xdotool("key", "Escape");
    await until("the other program in front again", () => inFront() === OTHER);
  } finally {
    await other.end();
  }
  expect(await app.again().over()).toBe(0);
  await until("the window in front", () => inFront() === "Hallway");
  await app.lookAt("main");
  await app.run("location.hash = '#/people'");
  await app.find("[role=grid] [role=row]", "Priya Nair");
});

test("a second start brings up the line, for a key that the desktop binds", async ({ start }) => {
  const app = await start({ env: { XDG_SESSION_TYPE: "wayland" } });
  await begun(app, "Queues");
  await ready(app);
  const other = await another();
  try {
    xdotool("key", "ctrl+shift+space");
    expect(await app.again("--capture").over()).toBe(0);
    await until("the line in front", () => inFront() === TITLE);
    xdotool("key", "Escape");
    await until("the other program in front again", () => inFront() === OTHER);
    // Where no keys can be taken, it says so and what to bind instead.
    await app.lookAt("main");
    await app.keys("Control+,");
    await app.see("This desktop lets no program take keys for itself");
    await app.see("hallway --capture");
  } finally {
    await other.end();
  }
});

test("started for one line alone, Hallway shows nothing else and ends with it", async ({ home, start }) => {
  const app = await start({ args: ["--capture"], hidden: true });
  await until("the line in front", () => inFront() === TITLE);
  expect(onScreen("Hallway")).toBe(false);
  await app.lookAt("capture");
  await app.find("main input, main textarea");
  xdotool("key", "Escape");
  await app.ended();
  expect(home.read("data/hallway/main.hallway").length).toBeGreaterThan(0);
});

test("a file that cannot be opened is named in the line, and the way to the window", async ({ home, start }) => {
  const diary = home.file("diary.hallway");
  writeFileSync(diary, "Dear diary, this is no workspace.");
  const app = await start({ args: [diary] });
  await app.see("is not a Hallway file");
  await ready(app);
  const other = await another();
  try {
    xdotool("key", "ctrl+shift+space");
    await until("the line in front", () => inFront() === TITLE);
    await app.see("is not a Hallway file");
    expect(await app.axe()).toEqual([]);
    xdotool("key", "Return");
    await until("the window in front", () => inFront() === "Hallway");
    expect(onScreen(TITLE)).toBe(false);
  } finally {
    await other.end();
  }
});

test("in the window's own program the keys show the line, too", async ({ start }) => {
  const app = await start();
  await begun(app, "Queues");
  await ready(app);
  xdotool("windowactivate", "--sync", xdotool("search", "--onlyvisible", "--name", "^Hallway$"));
  xdotool("key", "ctrl+shift+space");
  await app.lookAt("main");
  // In the page, or over it: while keys are taken, the toolkit may count the window as left.
  const inPage = () => app.all("[role=combobox][aria-label='Capture a conversation']");
  await until("the line", async () => inFront() === TITLE || (await inPage()).length > 0);
});

test("keys that another program has are said once and in the settings, and others can be chosen", async ({ home, start }) => {
  const taker = begin("python3", [join(root, "tests/support/takekeys.py")]);
  try {
    await taker.line(/^taken$/m);
    const app = await start();
    await begun(app, "Queues");
    await app.see("Ctrl Shift Space belongs to another program");
    await app.keys("Control+,");
    await app.see("Another program has Ctrl Shift Space already. Choose other keys.");
    await app.click("button", "Other keys");
    await app.find("input[readonly]");
    xdotool("key", "ctrl+alt+k");
    await app.see("These keys bring up a line over any other program");
    await ready(app);
    const other = await another();
    try {
      xdotool("key", "ctrl+alt+k");
      await until("the line in front", () => inFront() === TITLE);
      xdotool("key", "Escape");
      await until("the other program in front again", () => inFront() === OTHER);
    } finally {
      await other.end();
    }
    expect(JSON.parse(home.read("config/org.hallway.desktop/outside.json")).shortcut).toBe("Ctrl+Alt+KeyK");

    await app.lookAt("main");
    await app.click("button", "Switch off");
    await app.see("Off: the line comes up only in this window");
    await app.leave();
    // The next start says nothing of keys that are switched off.
    const again = await start();
    await again.see("Nobody here yet.");
    await again.keys("Control+,");
    await again.see("Off: the line comes up only in this window");
    await again.miss("belongs to another program");
  } finally {
    await taker.end();
  }
});

test("what is typed in the line stays when the program ends by a click on its window, a moment later", async ({ start }) => {
  const app = await start();
  await begun(app, "Queues");
  await ready(app);
  const other = await another();
  const line = "priya nair @acme retry docs unclear";
  try {
    // Over the other program: in front of its own window the line may stand in the page.
    xdotool("key", "ctrl+shift+space");
    await until("the line in front", () => inFront() === TITLE);
    xdotool("type", "--delay", "5", line);
    // It is to be seen, and not yet on the disk: that is put off while one types.
    await until("the line to be seen", async () => (await typed(app)) === line);
    await app.leave();
  } finally {
    await other.end();
  }
  const again = await start();
  await again.find("main");
  expect((await rpc<LineDraft>(again, "captures.draft")).text).toBe(line);
  await again.keys("Control+Shift+Space");
  await until("the line as it was left", async () => (await again.all(`[aria-label='Capture a conversation']`)).length > 0);
  await expect.poll(() => typed(again)).toContain("retry docs unclear");
});
