// What was done, of the file and of one person; what it changed; and the trash.
import { expect, inUse } from "./fixtures";
import { anaAndBo, everyName } from "./people";
import { toast } from "./seeing";

inUse("an operation is opened, read, and taken back whatever came after it", async ({ bridge, open }) => {
  const { ana } = await anaAndBo(bridge);
  await bridge.rpc("people.edit", { id: ana, city: "Lagos" });
  await bridge.rpc("people.edit", { id: ana, notes: "Likes tea" });
  const page = await open("/people");
  await page.keyboard.press("Control+h");
  await page.getByRole("heading", { name: "History" }).waitFor();
  const lines = page.getByRole("group", { name: "What was done" });
  await lines.getByRole("button", { name: "Edited Ana", exact: true }).nth(1).click();
  await lines.getByText("city: Lagos").waitFor();
  await lines.getByRole("button", { name: "Take back: Edited Ana" }).nth(1).click();
  await toast(page, "Took back: Edited Ana").waitFor();
  await lines.getByText("taken back").waitFor();
  const { person } = await bridge.rpc<{ person: { city: string | null; notes: string } }>("people.page", { id: ana });
  expect([person.city, person.notes]).toEqual([null, "Likes tea"]);
});

inUse("the history of one person tells only of them", async ({ bridge, open }) => {
  await anaAndBo(bridge);
  const page = await open("/people");
  await page.getByRole("row", { name: /Ana/ }).click();
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Journey" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("history of");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "History of Ana" }).waitFor();
  const lines = page.getByRole("group", { name: "What was done" });
  await lines.getByText("Added Ana").waitFor();
  expect(await lines.getByText("Logged what happened with Ana").count()).toBe(2);
  expect(await lines.getByText("Added Bo").count()).toBe(0);
  await page.keyboard.press("Escape");
  await page.getByRole("region", { name: "Journey" }).waitFor();
});

inUse("who was moved to the trash is brought back from it", async ({ bridge, open }) => {
  const { bo } = await anaAndBo(bridge);
  await bridge.rpc("people.trash", { ids: [bo] });
  const page = await open("/history/trash");
  await page.getByRole("button", { name: "Bring back Bo" }).click();
  await toast(page, "Brought back Bo").waitFor();
  await page.getByText("The trash is empty.").waitFor();
  expect(await everyName(bridge)).toEqual(["Ana", "Bo"]);
});
