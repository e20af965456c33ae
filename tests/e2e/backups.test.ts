// Backups on the real core: made, looked at, and what putting one back would change; and a file that is damaged.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import type { Backup } from "../../ui/src/ipc/gen";
import { axe, type Bridge, expect, inUse, onADay } from "./fixtures";
import { happened, pageOf, someone } from "./people";
import { inline, toast } from "./seeing";

const section = (page: Page) => page.getByRole("region", { name: "Backups" });

onADay("a backup is made when it is asked for, and not twice of the same", async ({ home, bridge, open }) => {
  await happened(bridge, await someone(bridge, "Ana"), "conversation_online");
  const page = await open("/settings");
  await section(page).getByText("None yet; Hallway makes one every hour in which something changed, and before every import.").waitFor();
  await section(page).getByRole("button", { name: "Make one now" }).click();
  await section(page).getByText("Made one with 1 person, 1 entry.").waitFor();
  await section(page).getByText("The newest good one: today 11:00").waitFor();
  const files = readdirSync(join(dirname(home.workspace), "backups"));
  expect(files.filter((name) => name.endsWith(".hallway"))).toHaveLength(1);
  await section(page).getByRole("button", { name: "Make one now" }).click();
  await section(page).getByText("The newest backup holds everything there is.").waitFor();
  expect(await section(page).getByRole("listitem").count()).toBe(1);
  await page.getByRole("button", { name: "Check the file" }).click();
  await page.getByText("The file is sound. The last good backup is of today 11:00.").waitFor();
});

/** Ana and Bo in a backup; then Ana is deleted, Bo edited and Eve added. */
async function changedSince(bridge: Bridge): Promise<Backup> {
  const [ana, bo] = [await someone(bridge, "Ana"), await someone(bridge, "Bo")];
  const made = await bridge.rpc<Backup>("backups.make");
  await bridge.rpc("people.trash", { ids: [ana] });
  await bridge.rpc("people.edit", { id: bo, city: "Lagos" });
  await happened(bridge, await someone(bridge, "Eve"), "conversation_online");
  return made;
}

inUse("what putting a backup back would change is said in sentences, and leaving it changes nothing", async ({ bridge, open }) => {
  await changedSince(bridge);
  const page = await open("/settings");
  await section(page).getByRole("button", { name: /^Put back the backup of/ }).press("Enter");
  const sheet = page.getByRole("dialog", { name: /^Put back the backup of today/ });
  for (const sentence of [
    "1 person in the backup and not here now would be here again: Ana.",
    "1 person here now and not in the backup would be gone: Eve.",
    "1 person would be as they were then: Bo.",
    "1 entry would be gone.",
    "What stands there now becomes a backup itself, so you can come back to it.",
  ])
    await sheet.getByText(sentence).waitFor();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await axe(page), colorScheme).toEqual([]);
  }
  await page.keyboard.press("Enter");
  await sheet.waitFor({ state: "detached" });
  expect(await bridge.rpc("workspace.info")).toMatchObject({ people: 2, touchpoints: 1 });
});

inUse("a browser says that only the window can put one back", async ({ bridge, open }) => {
  await changedSince(bridge);
  const page = await open("/settings");
  await section(page).getByRole("button", { name: /^Put back the backup of/ }).click();
  await page.getByRole("button", { name: "Put it back" }).click();
  await page.getByRole("alert").getByText("Only the window can do that.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

inUse("a backup that is not as it was made says so and cannot be put back", async ({ home, bridge, open }) => {
  const { name } = await changedSince(bridge);
  const file = join(dirname(home.workspace), "backups", name);
  writeFileSync(file, readFileSync(file).subarray(0, 50));
  const page = await open("/settings");
  await section(page).getByText("It is damaged: it is not as it was made, so it is not put back.").waitFor();
  expect(await section(page).getByRole("button", { name: /^Put back/ }).count()).toBe(0);
});

inUse("a file that turns out to be damaged while it is open says so on a page of its own", async ({ home, bridge, open }) => {
  const id = await someone(bridge, "Ana");
  const page = await open(`/people/${id}`);
  await inline(page, "City").click();
  await page.keyboard.type("Recife");
  await page.route("**/rpc/people.edit*", (route) =>
    route.fulfill({ status: 422, json: { code: "damaged", message: "The file is damaged: page 7.", field: null } }),
  );
  await bridge.rpc("backups.make");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "This file is damaged" }).waitFor();
  await page.getByText(`The file: ${home.workspace}`).waitFor();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await axe(page), colorScheme).toEqual([]);
  }
  await page.getByRole("button", { name: /^Put back the backup of today .* \(1 person\)$/ }).click();
  await toast(page, "Only the window can do that.").waitFor();
  await page.getByRole("button", { name: "Look at what can be read" }).waitFor();

  // What could not be saved is still there to be saved.
  await page.unroute("**/rpc/people.edit*");
  await page.getByRole("button", { name: "Try again" }).click();
  await inline(page, "City").getByText("draft").waitFor();
  await inline(page, "City").click();
  await page.keyboard.press("Enter");
  await inline(page, "City").getByText("Recife").waitFor();
  expect((await pageOf(bridge, id)).person.city).toBe("Recife");
});
