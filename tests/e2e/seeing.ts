// Where on the page a person looks, by the words they would use for it, and the one thing they do most.
import type { Locator, Page } from "playwright-core";

/** Answers the first questions of a new file, puts the line away that comes up then, and goes to the empty list. */
export async function begin(page: Page, product = "Queues"): Promise<void> {
  await page.keyboard.type(product);
  await page.keyboard.press("Enter");
  await toPeople(page);
}

/** From the line that a new file begins with to the list. */
export async function toPeople(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: "Capture a conversation" }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+2");
  await page.getByText("Add the last developer you talked to.").or(grid(page)).first().waitFor();
}

/** The list of people. */
export const grid = (page: Page): Locator => page.getByRole("grid", { name: "People" });

/** A person's row in the list. */
export const row = (page: Page, name: string): Locator => grid(page).getByRole("row").filter({ hasText: name });

/** The names in the list that can be seen, from the top. */
export function names(page: Page): Promise<string[]> {
  return grid(page).evaluate((list) =>
    [...list.querySelectorAll("[role=row][data-index]")]
      .sort((a, b) => Number(a.getAttribute("aria-rowindex")) - Number(b.getAttribute("aria-rowindex")))
      .map((found) => found.querySelector("[data-open]")?.textContent ?? ""),
  );
}

/** The row that keys mean. */
export function active(page: Page): Promise<string | null> {
  return grid(page).evaluate((list) => {
    const id = list.getAttribute("aria-activedescendant");
    return (id && document.getElementById(id)?.querySelector("[data-open]")?.textContent) ?? null;
  });
}

/** The line below the list: how many there are, and what can be done with those selected. */
export const foot = (page: Page): Locator => page.getByRole("main").locator("footer");

/** What the corner of the window says just now. */
export const toast = (page: Page, words: string | RegExp): Locator => page.getByRole("status").getByText(words);

/** Where someone stands and why, on their page or in the peek pane. */
export const journey = (page: Page): Locator => page.getByRole("region", { name: "Journey" });

/** The stage someone stands at. */
export const standsAt = (page: Page, stage: string): Locator => journey(page).locator("[aria-current=step]").filter({ hasText: stage });

/** What happened, newest first. */
export const timeline = (page: Page): Locator => page.getByRole("region", { name: "Timeline" });

/** An entry of the timeline, by words in it. */
export const entry = (page: Page, words: string): Locator => timeline(page).locator("li[data-entry]").filter({ hasText: words });

/** A value that is edited where it stands. */
export const inline = (page: Page, label: string): Locator => page.getByRole("button", { name: new RegExp(`^${label}: `) });

/** Logs with L and the first letters of what happened; the note is next. */
export async function log(page: Page, typed: string, kind: string): Promise<void> {
  await page.keyboard.press("l");
  await chooseKind(page, typed, kind);
}

export async function chooseKind(page: Page, typed: string, kind: string): Promise<void> {
  await page.keyboard.type(typed);
  await page.getByRole("option", { name: kind }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: `${kind}. Choose another` }).waitFor();
}

/** What has the focus: its label, or what it is. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    return at?.getAttribute("aria-label") ?? at?.getAttribute("role") ?? at?.tagName.toLowerCase() ?? "nothing";
  });
}

/** A row of Today or of those who moved, by words in it. */
export const todayRow = (page: Page, words: string): Locator => page.getByRole("main").locator("li[data-row]").filter({ hasText: words });

/** The rows of Today from the top, in words. */
export function todayRows(page: Page): Promise<string[]> {
  return page.locator("li[data-row]").evaluateAll((rows) => rows.map((row) => row.textContent?.replace(/\s+/g, " ").trim() ?? ""));
}

/** Which rows of Today are struck through, from 0. */
export function struck(page: Page): Promise<number[]> {
  return page.locator("li[data-row]").evaluateAll((rows) => rows.flatMap((row, at) => (row.querySelector(".settled") ? [at] : [])));
}
