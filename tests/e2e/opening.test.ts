// The first page, in a browser on the real core.
import { axe, expect, test } from "./fixtures";
import { toPeople } from "./seeing";

test("the first page asks what this is about, in either theme", async ({ page }) => {
  await page.getByRole("heading", { name: "Who you meet, what was said, and where they stand." }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await axe(page)).toEqual([]);
});

test("the sample community is there after the first run, and after opening the file again", async ({ page, bridge }) => {
  await page.getByLabel("What do you help developers use?").fill("Queues");
  await page.getByLabel("A sample community").check();
  await page.getByRole("button", { name: "Begin" }).click();
  await toPeople(page);
  await page.getByRole("grid").waitFor();
  const { people } = await bridge.rpc<{ people: number }>("workspace.info");
  expect(people).toBe(60);
  await page.reload();
  await page.getByRole("grid").waitFor();
});

test("a time zone that was refused is red until a good one is chosen", async ({ page }) => {
  await page.getByLabel("What do you help developers use?").fill("Queues");
  const zone = page.getByRole("combobox", { name: "Your time zone" });
  await zone.fill("Lagos city");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("Choose a zone like Europe/Berlin; a city finds it.").waitFor();
  await zone.fill("lagos");
  await page.getByRole("option", { name: "Africa/Lagos" }).click();
  await page.getByRole("alert").waitFor({ state: "detached" });
  expect(await zone.getAttribute("aria-invalid")).toBe("false");
});
