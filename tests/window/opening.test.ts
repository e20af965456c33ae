// The window opens: on nothing, on a file, on what is no file of ours; and once for each file.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { begun, expect, test } from "./fixtures";

test("opens on the first-run page, and the file is there", async ({ home, start }) => {
  const app = await start();
  await app.see("Hallway");
  expect(await app.axe()).toEqual([]);
  expect(existsSync(home.workspace)).toBe(true);
});

test("opens the file that is named on the command line", async ({ home, start }) => {
  const file = home.file("team/events.hallway");
  const app = await start({ args: [file] });
  await app.see("Hallway");
  expect(existsSync(file)).toBe(true);
  expect(existsSync(home.workspace)).toBe(false);
});

test("says what is wrong with a file that is not one of ours, and leaves it as it was", async ({ home, start }) => {
  const diary = home.file("diary.hallway");
  writeFileSync(diary, "Dear diary, this is no workspace.");
  const app = await start({ args: [diary] });
  await app.see("is not a Hallway file");
  expect(await app.axe()).toEqual([]);
  expect(readFileSync(diary, "utf8")).toBe("Dear diary, this is no workspace.");
});

test("a second start finds the window that is open, and turns it to the file it names", async ({ home, start }) => {
  const app = await start();
  await begun(app, "Queues");

  expect(await app.again(home.workspace).over()).toBe(0);
  expect(await app.run("return location.hash")).toBe("#/people");

  const other = home.file("other.hallway");
  expect(await app.again(other).over()).toBe(0);
  await app.find("form");
  expect(existsSync(other)).toBe(true);
});

test("comes back where it was left, with the settings it had", async ({ start }) => {
  const app = await start();
  await app.see("Hallway");
  app.place(60, 40, 1100, 700);
  const where = "return [screenX, screenY, innerWidth, innerHeight].join()";
  await expect.poll(() => app.run(where)).toBe("60,40,1100,700");
  await app.run(`await window.__TAURI_INTERNALS__.invoke("write_settings", { settings: { theme: "dark" } })`);
  await app.leave();

  const again = await start();
  await again.see("Hallway");
  await expect.poll(() => again.run(where)).toBe("60,40,1100,700");
  expect(await again.run(`return window.__TAURI_INTERNALS__.invoke("read_settings")`)).toEqual({ theme: "dark" });
});
