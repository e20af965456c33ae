// What a line says of itself before and after it is saved, and in the evening.
import { chip, line, savedLine } from "./capturing";
import { expect, onADay as test } from "./fixtures";
import { happened, pageOf, someone } from "./people";
import { standsAt, toast } from "./seeing";

test("a stage that takes nobody back says so, before and after; one that was written down is not asked about again", async ({ bridge, open }) => {
  const priya = await someone(bridge, "Priya Nair", { organisation: "Acme" });
  await happened(bridge, priya, "building_with_it", { on: "2026-05-12" });
  const page = await open();
  await page.keyboard.press("Control+Shift+Space");
  await page.keyboard.type("priya nair /2 looks at others again");
  await page.getByText("Stays at Building: one mention of Evaluation takes nobody back.").waitFor();
  await page.keyboard.press("Enter");
  await savedLine(page, "Captured Priya Nair");
  await page.getByRole("dialog", { name: "Capture" }).getByText("Stays at Building").first().waitFor();

  await page.keyboard.type("tom kowalski /3 first queue runs");
  await page.keyboard.press("Enter");
  await savedLine(page, "Captured Tom Kowalski");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+1");
  const moved = page.getByRole("list", { name: "Moved" });
  await moved.getByText("Priya Nair").waitFor();
  expect(await moved.getByText("Tom Kowalski").count(), "whoever wrote it knows it").toBe(0);
});

test("a name that runs on is asked about, and a comma answers", async ({ page }) => {
  await page.keyboard.press("Control+Shift+Space");
  await page.keyboard.type("ana ribeiro met at the door yesterday");
  const hint = page.getByText("A long name: is the rest a note? A comma ends the name.");
  await hint.waitFor();
  await page.keyboard.press("Home");
  for (let step = 0; step < "ana ribeiro".length; step++) await page.keyboard.press("ArrowRight");
  await page.keyboard.type(",");
  await chip(page, "New: Ana Ribeiro").waitFor();
  await hint.waitFor({ state: "detached" });
  expect(await line(page).inputValue()).toBe("ana ribeiro, met at the door yesterday");
});

test("in the evening a saved line shows its note and what was promised, and M says what is so", async ({ bridge, open }) => {
  const tom = await someone(bridge, "Tom Kowalski", { organisation: "Initech" });
  await bridge.rpc("captures.save", { text: "priya nair @acme, retry docs unclear !mon send the guide" });
  await bridge.rpc("captures.lines", { text: "tom kowalski, kafka vs us" });
  const page = await open("/review");
  const current = page.locator("li[aria-current=true]");
  await current.getByText("tom kowalski, kafka vs us").waitFor();
  await page.keyboard.press("m");
  await toast(page, "This line is about Tom Kowalski already.").waitFor();
  await page.keyboard.press("j");
  await current.getByText("Mon 25 May: send the guide").waitFor();
  await current.getByText("retry docs unclear", { exact: true }).waitFor();
  await page.keyboard.press("m");
  await toast(page, "Nobody else here looks like Priya Nair.").waitFor();
  expect((await pageOf(bridge, tom)).person.displayName).toBe("Tom Kowalski");
});

test("the page of somebody who was just captured asks nothing about the stage one wrote down", async ({ bridge, open }) => {
  const saved = await bridge.rpc<{ person: { id: string } }>("captures.save", { text: "priya nair /4 showed a prototype" });
  const page = await open(`/people/${saved.person.id}`);
  await standsAt(page, "Building").waitFor();
  expect(await page.getByText("Is that right?").count()).toBe(0);
});
