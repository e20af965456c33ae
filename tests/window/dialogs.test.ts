// The dialogs of the system, driven by mouse and keys as WebDriver cannot, and what they must not do to an open file.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { built } from "../support/programs";
import { until } from "../support/until";
import { xdotool } from "./app";
import { begun, expect, test } from "./fixtures";

/** The dialog with this title, in front. */
async function dialog(title: string): Promise<string> {
  const [found = ""] = (
    await until(`the dialog “${title}”`, () => xdotool("search", "--onlyvisible", "--name", `^${title}$`))
  ).split("\n");
  xdotool("windowactivate", "--sync", found);
  return found;
}

/** Types a whole path into the dialog that has the focus, and takes it. */
function answer(path: string): void {
  xdotool("key", "--clearmodifiers", "ctrl+a");
  xdotool("type", "--clearmodifiers", "--delay", "4", path);
  xdotool("key", "Return");
}

const gone = (title: string) =>
  until(`the dialog “${title}” to be gone`, () => {
    try {
      return xdotool("search", "--onlyvisible", "--name", `^${title}$`) === "";
    } catch {
      return true;
    }
  });

test("a file is imported and another is exported through the real dialogs", async ({ home, start }) => {
  const app = await start({ env: { HALLWAY_TEST_CHOOSE: "" } });
  await begun(app, "Queues");
  const csv = home.file("meetup.csv", "Name,E-mail\nMira Lund,mira@example.org\nJonas Weiß,jonas@example.org\n");
  await app.keys("Control+i");
  await dialog("Choose a file to import");
  answer(csv);
  await app.see("2 rows");
  await app.keys("Control+Enter");
  await app.see("Imported 2 people");
  await app.keys("Control+2");
  await app.find("[role=grid] [role=row]", "Jonas Weiß");

  await app.keys("Control+e");
  await app.see("What is it for?");
  await app.keys("6");
  await app.click("button", "Export 2 people");
  await dialog("Export as");
  const out = home.file("out.csv");
  answer(out);
  await until("the exported file", () => existsSync(out));
  expect(readFileSync(out, "utf8")).toContain("jonas@example.org");
});

test("a dialog that lists the folder of the open file costs nothing of what is written after it", async ({ home, start }) => {
  const app = await start({ env: { HALLWAY_TEST_CHOOSE: "" } });
  await begun(app, "Queues");
  const cli = (...line: string[]) =>
    execFileSync(built("hallway-cli"), ["--file", home.workspace, ...line], { encoding: "utf8", env: { ...process.env, ...home.env } });
  const add = (name: string) =>
    app.run(`await window.__TAURI_INTERNALS__.invoke("rpc", { cmd: "people.create", input: { displayName: ${JSON.stringify(name)} }, request: "" })`);
  await add("Before");
  // It walks through the folder, looks at what is there, and is left without an answer.
  await app.keys("Control+i");
  await dialog("Choose a file to import");
  xdotool("type", "--clearmodifiers", "--delay", "4", `${dirname(home.workspace)}/`);
  await until("the folder to be listed", () => xdotool("search", "--onlyvisible", "--name", "^Choose a file to import$"));
  xdotool("key", "Escape");
  xdotool("key", "Escape");
  await gone("Choose a file to import");

  expect(cli("list")).toContain("Before");
  await add("Zed Lost");
  expect(cli("list")).toContain("Zed Lost");
  cli("add", "From the terminal");
  await app.keys("Control+2");
  await app.find("[role=grid] [role=row]", "From the terminal");
  await app.leave();
  for (const name of ["Before", "Zed Lost", "From the terminal"]) expect(cli("list")).toContain(name);
  expect(cli("doctor")).toContain("The file is sound.");
});
