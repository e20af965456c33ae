// The people under headings, by what the list is sorted by: counted, passed over by keys, and kept by a view.
import type { Page } from "playwright-core";
import type { View } from "../../ui/src/ipc/gen";
import { begin, built } from "../support/programs";
import { axe, type Bridge, expect, onADay as test } from "./fixtures";
import { FROM_A, happened, someone } from "./people";
import { active, foot, grid, row } from "./seeing";

/** What stands on the lines that can be seen, from the top: headings with their counts, and names. */
function lines(page: Page): Promise<string[]> {
  return grid(page).evaluate((list) =>
    [...list.querySelectorAll("[role=row][data-index]")]
      .sort((a, b) => Number(a.getAttribute("aria-rowindex")) - Number(b.getAttribute("aria-rowindex")))
      .map((line) => {
        const heading = line.querySelector("[role=rowheader]");
        if (!heading) return line.querySelector("[data-open]")?.textContent ?? "";
        return [...heading.querySelectorAll(".strong, .num")].map((part) => part.textContent).join(" ");
      }),
  );
}

async function atStages(bridge: Bridge): Promise<void> {
  for (const name of ["Ana", "Bo"]) await happened(bridge, await someone(bridge, name), "first_success", { on: "2026-05-10" });
  await happened(bridge, await someone(bridge, "Cem"), "in_production", { on: "2026-05-01" });
  await someone(bridge, "Dee");
  await bridge.remember({ people: { query: { ...FROM_A, sort: "stage", descending: true }, view: "grouped" } });
}

test("each heading says what its people share and how many they are; keys and selections pass it over", async ({ bridge, open }) => {
  await atStages(bridge);
  const page = await open();
  await expect.poll(() => lines(page)).toEqual(["Scaling 1", "Cem", "Learning 2", expect.any(String), expect.any(String), "Not placed yet 1", "Dee"]);
  const [, , , first = "", second = ""] = await lines(page);
  await expect.poll(() => active(page)).toBe("Cem");
  await page.keyboard.press("j");
  await expect.poll(() => active(page)).toBe(first);
  await page.keyboard.press("k");
  await expect.poll(() => active(page)).toBe("Cem");
  await page.keyboard.press("End");
  await expect.poll(() => active(page)).toBe("Dee");
  // From the first to the last of a range, headings between them count for nothing.
  await row(page, "Cem").click();
  await row(page, second).click({ modifiers: ["Shift"] });
  await expect.poll(() => foot(page).innerText()).toContain("3 selected");
  await grid(page).getByRole("rowheader", { name: "Not placed yet" }).click();
  expect(await foot(page).innerText()).toContain("3 selected");
  await page.keyboard.press("Escape");
  // Whoever comes to another stage stands under its heading at once.
  await happened(bridge, (await bridge.rpc<{ rows: { id: string }[] }>("people.list", { query: { ...FROM_A, filter: { ...FROM_A.filter, text: "dee" } }, offset: 0, limit: 1 })).rows[0]!.id, "in_production", { on: "2026-05-02" });
  await page.reload();
  await expect.poll(() => lines(page)).toEqual(["Scaling 2", expect.any(String), expect.any(String), "Learning 2", expect.any(String), expect.any(String)]);
});

test("V goes from the list to the board to the headings, and a view keeps them", async ({ bridge, open }) => {
  await atStages(bridge);
  const page = await open();
  await expect.poll(async () => (await lines(page))[0]).toBe("Scaling 1");
  await page.keyboard.press("Control+s");
  await page.getByRole("textbox", { name: "Name" }).fill("By stage");
  await page.keyboard.press("Enter");
  const view = page.getByRole("group", { name: "Views" }).getByRole("button", { name: /By stage/ });
  await view.waitFor();
  expect((await bridge.rpc<View[]>("views.list")).map(({ layout }) => layout)).toEqual(["grouped"]);
  await grid(page).focus();
  await page.keyboard.press("v");
  await expect.poll(() => lines(page)).toEqual(["Cem", expect.any(String), expect.any(String), "Dee"]);
  await page.keyboard.press("v");
  await page.getByRole("group", { name: "Board" }).waitFor();
  await page.getByText("Changed").first().waitFor();
  await view.click();
  await expect.poll(async () => (await lines(page))[0]).toBe("Scaling 1");
  expect(await page.getByText("Changed").count()).toBe(0);
});

test("other orders have other headings, in both themes and at the smallest size", async ({ bridge, open }) => {
  await someone(bridge, "Ana", { organisation: "Basalt", country: "NG" });
  await someone(bridge, "Bo", { organisation: "Basalt" });
  await someone(bridge, "Cem", { country: "TR" });
  await bridge.remember({ people: { query: FROM_A, view: "grouped" } });
  const page = await open();
  await expect.poll(() => lines(page)).toEqual(["A 1", "Ana", "B 1", "Bo", "C 1", "Cem"]);
  const sort = (by: string) => page.getByRole("columnheader", { name: by }).getByRole("button").first().click();
  await sort("Organisation");
  await expect.poll(() => lines(page)).toEqual(["Basalt 2", "Ana", "Bo", "No organisation 1", "Cem"]);
  await sort("Country");
  await expect.poll(() => lines(page)).toEqual(["Nigeria 1", "Ana", "Türkiye 1", "Cem", "No country 1", "Bo"]);
  await sort("Last touch");
  await expect.poll(async () => (await lines(page))[0]).toBe("Nothing yet 3");
  await sort("Added");
  await expect.poll(async () => (await lines(page))[0]).toBe("May 3");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axe(page), colorScheme).toEqual([]);
  }
  await page.setViewportSize({ width: 960, height: 600 });
  await row(page, "Ana").waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(960);
});

test("20,000 people under headings: to the end and back, the heading of those in view stays above them", async ({ home, bridge, open }) => {
  const people = Array.from({ length: 20_000 }, (_, i) => `Person ${String(i + 1).padStart(5, "0")},Org ${String(i % 400).padStart(3, "0")}\n`);
  const file = home.file("everybody.csv", `Name,Organisation\n${people.join("")}`);
  const imported = begin(built("hallway-cli"), ["--file", home.workspace, "import", file, "--no-match"], home.env);
  expect(await imported.over(60_000), imported.said()).toBe(0);
  await bridge.remember({ people: { query: { ...FROM_A, sort: "organisation" }, view: "grouped" } });
  const page = await open();
  await expect.poll(async () => (await lines(page))[0]).toBe("Org 000 50");
  expect(await foot(page).innerText()).toContain("20,000 people");
  await page.keyboard.press("End");
  await expect.poll(async () => (await lines(page)).at(-1)).toMatch(/^Person /);
  const last = (await lines(page)).at(-1);
  await expect.poll(() => active(page)).toBe(last);
  // Their heading is far above, and is said at the top.
  await page.locator(".pin").getByText("Org 399").waitFor();
  await page.keyboard.press("Home");
  await expect.poll(async () => (await lines(page))[0]).toBe("Org 000 50");
  expect(await page.locator(".pin").count()).toBe(0);
  await grid(page).hover();
  for (let turn = 0; turn < 40; turn++) await page.mouse.wheel(0, 8_000);
  await expect.poll(async () => (await lines(page)).filter((line) => line === "").length).toBe(0);
  await expect.poll(() => page.locator(".pin").innerText()).toMatch(/^Org \d\d\d/);
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(3_000);
});
