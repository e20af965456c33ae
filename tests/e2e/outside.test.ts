// Others at work on the same file, and files that are none.
import { readFileSync } from "node:fs";
import { begin, built } from "../support/programs";
import { expect, inUse, serve, test } from "./fixtures";
import { happened, someone } from "./people";
import { foot, journey, names, row, standsAt } from "./seeing";

inUse("who another program adds, and what it logs, appears in the open list by itself", async ({ home, bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open();
  await row(page, "Ana").waitFor();
  const elsewhere = await serve(home);
  try {
    const bo = await someone(elsewhere.bridge, "Bo");
    await row(page, "Bo").waitFor();
    await happened(elsewhere.bridge, bo, "in_production");
    await row(page, "Bo").getByText("Scaling").waitFor();
    await elsewhere.bridge.rpc("history.undo");
    await row(page, "Bo").getByText("Nothing yet").waitFor();
  } finally {
    await elsewhere.end();
  }
});

inUse("the command line writes into the file that is open", async ({ home, bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open();
  await row(page, "Ana").waitFor();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  const added = begin(built("hallway-cli"), ["--file", home.workspace, "add", "Zoë"], home.env);
  expect(await added.over(), added.said()).toBe(0);
  await expect.poll(() => names(page)).toEqual(["Ana", "Zoë"]);
  await expect.poll(() => foot(page).innerText()).toContain("2 people");
});

inUse("one history: Ctrl Z takes back what the other program did last", async ({ home, bridge, open }) => {
  const id = await someone(bridge, "Ana");
  const page = await open(`/people/${id}`);
  await page.getByText("Nothing is written down yet.").waitFor();
  const elsewhere = await serve(home);
  try {
    await happened(elsewhere.bridge, id, "first_success");
    await standsAt(page, "Learning").waitFor();
    await page.keyboard.press("Control+z");
    await journey(page).getByText("Nothing they did is written down yet.").waitFor();
    expect(await elsewhere.bridge.rpc("people.page", { id })).toMatchObject({ standing: { stage: null } });
  } finally {
    await elsewhere.end();
  }
});

inUse("a field that is being typed in is left alone when its record changes elsewhere", async ({ home, bridge, open }) => {
  const id = await someone(bridge, "Ana");
  const page = await open(`/people/${id}`);
  await page.getByRole("button", { name: "Role: Add" }).click();
  await page.keyboard.type("Plat");
  const elsewhere = await serve(home);
  try {
    await elsewhere.bridge.rpc("people.edit", { id, city: "Recife" });
    await page.getByRole("button", { name: "City: Recife. Edit" }).waitFor();
    await page.keyboard.type("form engineer");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Role: Platform engineer. Edit" }).waitFor();
  } finally {
    await elsewhere.end();
  }
});

inUse("someone whom another program deleted is no longer shown as if they were there", async ({ home, bridge, open }) => {
  const id = await someone(bridge, "Ana");
  const page = await open(`/people/${id}`);
  await page.getByText("Nothing is written down yet.").waitFor();
  const elsewhere = await serve(home);
  try {
    await elsewhere.bridge.rpc("people.trash", { ids: [id] });
    await page.getByRole("button", { name: "Back to People" }).click();
    await page.getByText("Nobody here yet.").waitFor();
  } finally {
    await elsewhere.end();
  }
});

const foreign = [
  ["a text", "Not a file of Hallway at all.\n".repeat(200)],
  ["the beginning of a database", `SQLite format 3\0${"\0".repeat(600)}`],
] as const;

for (const [what, content] of foreign) {
  test.extend<{ found: string | null }>({ found: content })(`${what} in the file's place: the page says so, and it stays as it is`, async ({ home, open }) => {
    const page = await open();
    await page.getByRole("heading", { level: 1, name: /^This (is not a Hallway file|file is damaged)$/ }).waitFor();
    await page.getByText(`The file: ${home.workspace}`).waitFor();
    for (const way of ["Open another file", "Make a new file"]) await page.getByRole("button", { name: way }).waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("button", { name: "Try again" }).waitFor();
    expect(readFileSync(home.workspace, "utf8")).toBe(content);
  });
}
