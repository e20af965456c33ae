// The capture line as a person finds it, and hands that count what they press.
import type { Locator, Page } from "playwright-core";
import type { CaptureReading, FollowUp, PersonPage, TimelineEntry } from "../../ui/src/ipc/gen";
import { type Hands, hands as handsOn } from "../support/hands";
import { expect, type Bridge } from "./fixtures";

export const line = (page: Page): Locator => page.getByRole("combobox", { name: "Capture a conversation" });
export const chips = (page: Page): Locator => page.getByRole("list", { name: "What the line says" });
export const chip = (page: Page, words: string | RegExp): Locator => chips(page).getByRole("button", { name: words });
export const matches = (page: Page): Locator => page.getByRole("listbox", { name: "People it may be about" }).getByRole("option");

/** Hands on the keyboard of this page. */
export const hands = (page: Page): Hands =>
  handsOn({ type: (text) => page.keyboard.type(text), press: (chord) => page.keyboard.press(chord) });

/** Somebody in the file, by name, with what happened and what is to follow. */
export async function about(
  bridge: Bridge,
  name: string,
): Promise<{ page: PersonPage; entries: TimelineEntry[]; followUps: FollowUp[] }> {
  const read = await bridge.rpc<CaptureReading>("captures.read", { text: name });
  if (!read.person) throw new Error(`Nobody is called ${name}.`);
  const person = read.person.id;
  const { entries } = await bridge.rpc<{ entries: TimelineEntry[] }>("touchpoints.timeline", { person, limit: 50 });
  return {
    page: await bridge.rpc("people.page", { id: person }),
    entries,
    followUps: await bridge.rpc("followups.of", { person }),
  };
}

/** Once the line is saved it is empty again, and the cursor is still in it. */
export async function savedLine(page: Page, words: string): Promise<void> {
  await page.getByText(words).first().waitFor();
  await expect.poll(() => line(page).inputValue()).toBe("");
  await expect.poll(() => line(page).evaluate((field) => field === document.activeElement)).toBe(true);
}
