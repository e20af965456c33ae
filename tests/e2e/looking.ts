// What is looked at: the screens that several tests begin on, and what must be so on each.
import type { BrowserContextOptions, Page } from "playwright-core";
import { axe, type Bridge, expect, test } from "./fixtures";
import { FROM_A, due, followUp, happened, reachable, someone, tagged } from "./people";
import { entry, grid, row, todayRow } from "./seeing";

/** Someone about whom everything is known. */
export async function ana(bridge: Bridge): Promise<string> {
  await bridge.remember({ people: { query: FROM_A } });
  const id = await someone(bridge, "Ana Souza", { organisation: "Basalt", country: "BR", city: "Recife" });
  await bridge.rpc("people.edit", {
    id,
    pronouns: "she/her",
    timeZone: "America/Recife",
    languages: "pt-BR,en",
    buildingNow: "A queue for festivals",
    doNotContact: true,
    doNotContactReason: "Asked for quiet",
  });
  await reachable(bridge, id, "email", "ana@basalt.example");
  await tagged(bridge, [id], "rust", "stack");
  await tagged(bridge, [id], "docs");
  await bridge.rpc("fields.define", { label: "Shirt", kind: "choice", choices: ["S", "M"] });
  await happened(bridge, id, "in_production", { on: "2025-09-01", note: "Since the summer" });
  await happened(bridge, id, "hands_on_workshop", { on: "2026-05-01" });
  await happened(bridge, id, "emailed", { on: "2026-05-02" });
  await someone(bridge, "Bo");
  return id;
}

export type Open = (place?: string) => Promise<Page>;

export const onList = async (bridge: Bridge, open: Open) => {
  await ana(bridge);
  const page = await open();
  await row(page, "Ana Souza").getByText("Runs it in production").or(row(page, "Ana Souza").getByText("Wrote to them")).waitFor();
  return page;
};
export const onAna = async (bridge: Bridge, open: Open) => {
  const page = await open(`/people/${await ana(bridge)}`);
  await entry(page, "Since the summer").waitFor();
  return page;
};
export const onPreview = async (bridge: Bridge, open: Open, alone = true) => {
  if (alone) await ana(bridge);
  await bridge.choose(
    bridge.home.file("list.csv", "Name,E-mail,Sticker,City\nCem,cem@example.org,yes,İzmir\nAna Lima,ana@basalt.example,,\nDee,not an address,,\nAna Souza,ana@basalt.example,,Olinda\n"),
  );
  const page = await open("/import");
  await page.getByRole("button", { name: "Choose a file" }).click();
  await page.getByRole("tab", { name: "Look at these" }).waitFor();
  return page;
};

/** A morning on which something waits in every group, with names and texts that are hard to lay out. */
export async function morning(bridge: Bridge): Promise<string> {
  const id = await ana(bridge);
  const long = await someone(bridge, "Wolfeschlegelsteinhausenbergerdorff Maximiliana-Theodora von und zu Hohenzollern");
  const layla = await someone(bridge, "ليلى المريني", { organisation: "نور" });
  await followUp(bridge, { person: id, text: "send the retry guide", due: due(-2) });
  await followUp(bridge, { person: long, text: "hear how the migration of all their festivals to the new queue went, and whether the guide was of any help", due: due(0) });
  await followUp(bridge, { person: layla, text: "“Your cache post”, sent on Friday", kind: "reply_check", due: due(-1) });
  await followUp(bridge, { text: "slides for the meetup", kind: "deadline", due: due(0) });
  await bridge.rpc("touchpoints.log", { kind: "asked_how_to", people: [{ person: layla }], note: "كيف أجمع الكتابات؟", needsAnswer: true, on: due(-1) });
  await happened(bridge, layla, "answered_question", { on: due(-3) });
  await bridge.rpc("cadences.set", { person: long, idealDays: 30, longestDays: 45 });
  return id;
}
export const onToday = async (bridge: Bridge, open: Open) => {
  await morning(bridge);
  const page = await open("/today");
  await todayRow(page, "send the retry guide").waitFor();
  return page;
};

export const foreign = test.extend<{ found: string | null }>({ found: "Not a file of Hallway at all.\n".repeat(200) });

/** Nothing serious in either theme, once what moves has come to rest. */
export async function clean(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await axe(page), colorScheme).toEqual([]);
  }
}

export const sizes: [string, BrowserContextOptions][] = [
  ["960 × 600", { viewport: { width: 960, height: 600 } }],
  ["1280 × 800", { viewport: { width: 1280, height: 800 } }],
  ["1920 × 1080", { viewport: { width: 1920, height: 1080 } }],
  // A window of 1280 × 800 at twice the size: half as much room, each dot four.
  ["1280 × 800 at 200 %", { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
];

/** The page, and whatever scrolls in it, is no wider than the window; every button can be reached; nothing is cut off. */
export async function fits(page: Page, where: string): Promise<void> {
  const cut = await page.evaluate(() => {
    const said = (one: Element) => `${one.tagName.toLowerCase()} “${(one.getAttribute("aria-label") ?? one.textContent ?? "").trim().slice(0, 40)}”`;
    const wide = [document.documentElement, ...document.querySelectorAll("*")].filter((one) => {
      // A table of columns is moved sideways on its own where there is no room for all of them.
      if (one.matches("[role=grid], .scroll")) return false;
      const scrolls = one === document.documentElement || /auto|scroll/.test(getComputedStyle(one).overflowX);
      return scrolls && one.scrollWidth > one.clientWidth + 1;
    });
    const out = [...document.querySelectorAll("button, input, select, a[href]")].filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      if (width === 0 || one.closest("[role=grid], .scroll")) return false;
      return getComputedStyle(one).visibility === "visible" && (left < -1 || right > innerWidth + 1);
    });
    // What is clipped here cannot be scrolled to.
    const frame = [document.body, ...document.querySelectorAll("#app, #app > *, main")];
    const below = frame.filter((one) => getComputedStyle(one).overflowY !== "auto" && one.scrollHeight > one.clientHeight + 1);
    if (document.documentElement.scrollHeight > innerHeight + 1) below.push(document.documentElement);
    return [...wide.map((one) => `scrolls sideways: ${said(one)}`), ...below.map((one) => `cut off below: ${said(one)}`), ...out.map((one) => `out of the window: ${said(one)}`)];
  });
  expect(cut, where).toEqual([]);
}
