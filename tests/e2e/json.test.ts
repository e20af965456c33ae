// Everything out as JSON, and in again: by hand, as somebody who moves to another computer does it.
import { readFileSync } from "node:fs";
import { axe, expect, inUse as test, serve } from "./fixtures";
import { home } from "../support/folders";
import { grid, row, toast } from "./seeing";

test("everything goes out and comes in again, in an empty file and in one with content", async ({ bridge, open, home: own }) => {
  const { id } = await bridge.rpc<{ id: string }>("people.create", { displayName: "Priya Nair", organisation: "Acme", city: "Pune" });
  await bridge.rpc("people.create", { displayName: "小林 葵 <b>=1+1</b>" });
  await bridge.rpc("touchpoints.log", { kind: "in_production", people: [{ person: id, observedBy: "seen" }] });
  const page = await open();
  const out = own.file("everything.json", "");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("as json");
  await bridge.choose(out);
  await page.keyboard.press("Enter");
  await toast(page, "Saved everything as everything.json").waitFor();
  const written = JSON.parse(readFileSync(out, "utf8")) as { people: { displayName: string }[] };
  expect(written.people.map(({ displayName }) => displayName)).toEqual(["Priya Nair", "小林 葵 <b>=1+1</b>"]);

  // The same file again changes nothing, and says so.
  await bridge.choose(out);
  await page.keyboard.press("Control+i");
  await page.getByText("Everything of a Hallway file").waitFor();
  await page.getByRole("button", { name: "Nothing to bring in" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Bring people in from a file" }).waitFor();

  // What differs is asked about once.
  await bridge.rpc("people.edit", { id, city: "Goa" });
  await bridge.choose(out);
  await page.keyboard.press("Control+i");
  await page.getByText("here “Goa”, in the file “Pune”").waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole("button", { name: "Nothing to bring in" }).waitFor();
  await page.getByRole("radio", { name: "Take what the file says" }).check();
  await page.getByRole("button", { name: "Replace 1 row" }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByRole("heading", { name: "Replaced 1 row from everything.json" }).waitFor();
  expect((await bridge.rpc<{ person: { city: string } }>("people.page", { id })).person.city).toBe("Pune");
  await page.keyboard.press("Control+z");
  await page.getByRole("heading", { name: "The import was taken back" }).waitFor();
  expect((await bridge.rpc<{ person: { city: string } }>("people.page", { id })).person.city).toBe("Goa");
});

test("on another computer the first file is this one", async ({ page, bridge, home: own }) => {
  const elsewhere = home();
  const other = await serve(elsewhere);
  const { id } = await other.bridge.rpc<{ id: string }>("people.create", { displayName: "Priya Nair" });
  await other.bridge.rpc("touchpoints.log", { kind: "in_production", people: [{ person: id, observedBy: "seen" }] });
  const file = own.file("elsewhere.json", "");
  await other.bridge.choose(file);
  const { grant } = await (await fetch(`${other.bridge.address}/host/choose_path`, { method: "POST", body: '{"purpose":"json"}' })).json() as { grant: string };
  await other.bridge.rpc("json.export", { file: grant });
  await other.end();
  elsewhere.remove();

  await bridge.choose(file);
  await page.keyboard.press("Control+i");
  await page.getByRole("row", { name: /^People 1 1 0 0 0$/ }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByRole("heading", { name: /^Brought in \d+ rows from elsewhere\.json/ }).waitFor();
  await page.getByRole("button", { name: "See them" }).click();
  await row(page, "Priya Nair").getByText("Scaling").waitFor();
  await page.keyboard.press("Control+z");
  await page.getByText("Nobody here yet.").waitFor();
});

test("what is refused is named with its place, and what is no such file says so", async ({ page, bridge, home: own }) => {
  const text = JSON.stringify({
    format: "hallway",
    version: 1,
    people: [{ id: "0197a000-0000-7000-8000-000000000001", displayName: "Good", colour: "red" }, { displayName: "No id" }],
  });
  await bridge.choose(own.file("half.json", text));
  await page.keyboard.press("Control+i");
  await page.getByText("people[1].id").waitFor();
  await page.getByText("people.colour (1)").waitFor();
  await page.getByRole("button", { name: "Bring in 1 row" }).click();
  await page.getByText("1 row refused").waitFor();
  await bridge.choose(own.file("other.json", '{"users":[]}'));
  await page.keyboard.press("Control+i");
  await page.getByRole("alert").getByText('does not begin with "format": "hallway"').waitFor();
  await page.keyboard.press("Control+2");
  await row(page, "Good").waitFor();
  expect(await grid(page).getAttribute("aria-rowcount")).toBe("2");
});
