// How every screen looks to those who need contrast, names and room.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { root } from "../support/programs";
import type { Kind } from "../../ui/src/ipc/gen";
import { axe, type Bridge, expect, inUse, onADay, test } from "./fixtures";
import { FROM_A, due, followUp, happened, reachable, someone, tagged, twoPairs } from "./people";
import { entry, foot, grid, row, todayRow } from "./seeing";

/** Someone about whom everything is known. */
async function ana(bridge: Bridge): Promise<string> {
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

type Open = (place?: string) => Promise<Page>;

const onList = async (bridge: Bridge, open: Open) => {
  await ana(bridge);
  const page = await open();
  await row(page, "Ana Souza").getByText("Runs it in production").or(row(page, "Ana Souza").getByText("Wrote to them")).waitFor();
  return page;
};
const onAna = async (bridge: Bridge, open: Open) => {
  const page = await open(`/people/${await ana(bridge)}`);
  await entry(page, "Since the summer").waitFor();
  return page;
};
const onPreview = async (bridge: Bridge, open: Open, alone = true) => {
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
async function morning(bridge: Bridge): Promise<string> {
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
const onToday = async (bridge: Bridge, open: Open) => {
  await morning(bridge);
  const page = await open("/today");
  await todayRow(page, "send the retry guide").waitFor();
  return page;
};

const screens: Record<string, (bridge: Bridge, open: Open) => Promise<Page>> = {
  "people under headings, with filters and a view that was changed": async (bridge, open) => {
    await ana(bridge);
    await bridge.rpc("views.save", { name: "Learners in Brazil", filter: "country:br stack:rust has:organisation", sort: "name", descending: false, layout: "grouped", columns: [] });
    const page = await open();
    await page.getByRole("group", { name: "Views" }).getByRole("button", { name: /Learners/ }).click();
    await page.getByRole("rowheader", { name: /^A/ }).waitFor();
    await page.getByRole("columnheader", { name: "Organisation" }).getByRole("button").first().click();
    await page.getByRole("button", { name: "Changed", exact: true }).waitFor();
    await page.getByRole("rowheader", { name: /Basalt/ }).waitFor();
    return page;
  },
  "the list without anybody": async (_, open) => {
    const page = await open();
    await page.getByText("Nobody here yet.").waitFor();
    return page;
  },
  "the list, with some selected and the peek pane": async (bridge, open) => {
    const page = await onList(bridge, open);
    for (const key of ["x", " "]) await page.keyboard.press(key);
    await page.getByRole("complementary", { name: "Peek" }).getByText("Since the summer").waitFor();
    return page;
  },
  "the list, filtered to nobody": async (bridge, open) => {
    const page = await onList(bridge, open);
    await page.getByRole("group", { name: "Filters" }).getByRole("button", { name: "Stage" }).click();
    await page.getByLabel("Learning").check();
    await page.getByText("Nobody matches.").waitFor();
    return page;
  },
  "the board, asking why": async (bridge, open) => {
    await ana(bridge);
    await bridge.remember({ people: { query: FROM_A, view: "board" } });
    const page = await open();
    await page.getByRole("option").filter({ hasText: "Bo" }).waitFor();
    await page.keyboard.press("Shift+ArrowRight");
    await page.getByRole("form", { name: /^Why/ }).waitFor();
    return page;
  },
  "the export, with whoever is left out unfolded": async (bridge, open) => {
    await ana(bridge);
    await reachable(bridge, await someone(bridge, "Cem"), "email", "cem@basalt.example");
    const page = await open("/export");
    await page.getByLabel("Mail to a list").check();
    await page.getByRole("button", { name: "1 unknown basis", exact: true }).click();
    await page.getByRole("button", { name: /^Say why one may write to these/ }).click();
    await page.getByRole("form", { name: /^Say why one may write/ }).waitFor();
    return page;
  },
  "what has left": async (_, open) => {
    const page = await open("/export/made");
    await page.getByText("No file has left yet.").waitFor();
    return page;
  },
  "the health of the lists": async (bridge, open) => {
    await ana(bridge);
    const page = await open("/lists/health");
    await page.getByRole("heading", { name: "Why one may write" }).waitFor();
    return page;
  },
  "everything held about somebody": async (bridge, open) => {
    const page = await open(`/people/${await ana(bridge)}/held`);
    await page.getByRole("heading", { name: "How to reach them" }).waitFor();
    return page;
  },
  "why one may write, being said": async (bridge, open) => {
    const page = await onAna(bridge, open);
    await page.getByRole("button", { name: /Say why one may write to ana/ }).click();
    await page.getByRole("dialog", { name: /^May one write to/ }).waitFor();
    return page;
  },
  "the question before somebody is erased": async (bridge, open) => {
    const page = await onAna(bridge, open);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Erase for good" }).click();
    await page.getByText("What will be gone").waitFor();
    return page;
  },
  "today": onToday,
  "today, with a row done and one being put off": async (bridge, open) => {
    const page = await onToday(bridge, open);
    await page.keyboard.press("Enter");
    await todayRow(page, "send the retry guide").getByText("Done").waitFor();
    for (const key of ["j", "z"]) await page.keyboard.press(key);
    await page.getByRole("dialog", { name: "Snooze until" }).waitFor();
    return page;
  },
  "today, with the form of a follow-up and the peek pane": async (bridge, open) => {
    const page = await onToday(bridge, open);
    for (const key of [" ", "f"]) await page.keyboard.press(key);
    await page.getByRole("form", { name: "Follow up with Ana Souza" }).waitFor();
    await page.getByRole("button", { name: "What it is, and what clears it" }).click();
    await page.getByLabel("What it is").selectOption("check_in");
    await page.getByRole("complementary", { name: "Peek" }).getByText("Since the summer").waitFor();
    return page;
  },
  "today, when nothing waits": async (_, open) => {
    const page = await open("/today");
    await page.getByText("Nothing is waiting.").last().waitFor();
    return page;
  },
  "moved, and the review": async (bridge, open) => {
    const id = await morning(bridge);
    await happened(bridge, id, "co_created", { on: "2026-05-19" });
    await happened(bridge, await someone(bridge, "Old friend"), "building_with_it", { on: "2024-01-10" });
    const page = await open("/moved");
    await page.getByRole("list", { name: "Quarterly review" }).getByText("Old friend").waitFor();
    return page;
  },
  "all follow-ups": async (bridge, open) => {
    await morning(bridge);
    const page = await open("/followups");
    await page.getByRole("list", { name: "Open follow-ups" }).getByText("slides for the meetup").waitFor();
    return page;
  },
  "keeping in touch": async (bridge, open) => {
    await morning(bridge);
    const page = await open("/followups/touch");
    await page.getByText("every 30 days").waitFor();
    await page.getByLabel("For a tag").selectOption({ label: "rust" });
    await page.getByRole("form", { name: "How often to be in touch" }).waitFor();
    return page;
  },
  "a person with something to come": async (bridge, open) => {
    const page = await open(`/people/${await morning(bridge)}`);
    await page.getByRole("region", { name: "Next" }).getByText("send the retry guide").waitFor();
    return page;
  },
  "someone new": async (bridge, open) => {
    const page = await onList(bridge, open);
    await page.keyboard.press("Control+n");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    return page;
  },
  "the export": async (bridge, open) => {
    const page = await onList(bridge, open);
    await page.keyboard.press("Control+e");
    await page.getByText("The 2 people the list shows").waitFor();
  await page.getByLabel("For myself").check();
    return page;
  },
  "a right click": async (bridge, open) => {
    const page = await onList(bridge, open);
    await row(page, "Bo").click({ button: "right" });
    await page.getByRole("menu").waitFor();
    return page;
  },
  "a person": onAna,
  "a person with a line open": async (bridge, open) => {
    const page = await onAna(bridge, open);
    await page.getByRole("button", { name: "Time zone: America/Recife. Edit" }).click();
    await page.keyboard.type("Lagoz");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    return page;
  },
  "the explanation": async (bridge, open) => {
    const page = await onAna(bridge, open);
    await page.keyboard.press(".");
    await page.getByText("Every move").waitFor();
    return page;
  },
  "a person as of a day": async (bridge, open) => {
    const page = await open(`/people/${await ana(bridge)}/on/2025-10-01`);
    await entry(page, "Since the summer").waitFor();
    return page;
  },
  "the stage picker": async (bridge, open) => {
    const page = await onAna(bridge, open);
    await page.keyboard.press("s");
    await page.keyboard.press("4");
    await page.getByLabel("It holds").waitFor();
    return page;
  },
  "logging, with everything that can be said": async (bridge, open) => {
    const page = await onAna(bridge, open);
    await page.keyboard.press("l");
    await page.getByRole("option").first().waitFor();
    // With the keys: the list of kinds may lie over the button.
    await page.getByRole("button", { name: "When, who else, what you saw" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("How you know").waitFor();
    return page;
  },
  "tagging": async (bridge, open) => {
    const page = await onAna(bridge, open);
    await page.keyboard.press("t");
    await page.getByRole("option").first().waitFor();
    return page;
  },
  "adding an address": async (bridge, open) => {
    const page = await onAna(bridge, open);
    await page.getByRole("button", { name: "Add a way to reach them" }).click();
    await page.getByRole("form", { name: "Add a way to reach them" }).waitFor();
    return page;
  },
  "the import before a file": async (_, open) => open("/import"),
  "the import preview": (bridge, open) => onPreview(bridge, open),
  "an import that was taken back": async (bridge, open) => {
    const page = await onPreview(bridge, open);
    await page.keyboard.press("Control+Enter");
    await page.getByRole("button", { name: "Undo the import" }).click();
    await page.getByRole("heading", { name: "The import was taken back" }).waitFor();
    return page;
  },
  "the menu of the file": async (bridge, open) => {
    const page = await onList(bridge, open);
    await page.getByRole("button", { name: "Hallway main" }).click();
    await page.getByRole("menu", { name: "Files" }).waitFor();
    return page;
  },
  "settings": async (bridge, open) => {
    await ana(bridge);
    const page = await open("/settings");
    await page.getByRole("heading", { name: "Backups" }).waitFor();
    return page;
  },
  "the doubles": async (bridge, open) => {
    await twoPairs(bridge);
    const page = await open("/doubles");
    await page.getByRole("columnheader", { name: "As one person" }).waitFor();
    return page;
  },
  "the rules of the journey, with whom they would move": async (bridge, open) => {
    await ana(bridge);
    const page = await open("/settings/journey");
    await page.getByLabel("Runs it in production: on").uncheck();
    await page.keyboard.press("Control+Enter");
    await page.getByText("This would move 1 person").waitFor();
    return page;
  },
  "the history": async (bridge, open) => {
    await ana(bridge);
    const page = await open("/history");
    await page.getByRole("button", { name: "Added Bo", exact: true }).click();
    await page.getByText("Made 1 person").waitFor();
    return page;
  },
  "the trash": async (bridge, open) => {
    await bridge.rpc("people.trash", { ids: [await ana(bridge)] });
    const page = await open("/history/trash");
    await page.getByRole("button", { name: /^Bring back Ana/ }).waitFor();
    return page;
  },
  "the search": async (bridge, open) => {
    await ana(bridge);
    const page = await open("/search/summer");
    await page.getByText("1 note, newest first").waitFor();
    return page;
  },
  "the list, by who comes close": async (bridge, open) => {
    const page = await onList(bridge, open);
    await page.keyboard.press("/");
    await page.keyboard.type("suoza");
    await page.getByText("This one comes close.").waitFor();
    return page;
  },
  "the command bar": async (bridge, open) => {
    const page = await onAna(bridge, open);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("s");
    await page.getByRole("option").filter({ hasText: "Ana Souza" }).first().waitFor();
    return page;
  },
  "the sheet of keys": async (bridge, open) => {
    const page = await onList(bridge, open);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    return page;
  },
};

onADay.for(Object.entries(screens))("accessible in light and dark: %s", async ([, show], { bridge, open }) => {
  await clean(await show(bridge, open));
});

test("accessible in light and dark: the first run, with what is missing said", async ({ page }) => {
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  await clean(page);
});

const foreign = test.extend<{ found: string | null }>({ found: "Not a file of Hallway at all.\n".repeat(200) });

foreign("accessible in light and dark: a file that cannot be opened", async ({ page }) => {
  await page.getByRole("button", { name: "Try again" }).waitFor();
  await clean(page);
});

/** Nothing serious in either theme, once what moves has come to rest. */
async function clean(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await axe(page), colorScheme).toEqual([]);
  }
}

const sizes: [string, BrowserContextOptions][] = [
  ["960 × 600", { viewport: { width: 960, height: 600 } }],
  ["1280 × 800", { viewport: { width: 1280, height: 800 } }],
  ["1920 × 1080", { viewport: { width: 1920, height: 1080 } }],
  // A window of 1280 × 800 at twice the size: half as much room, each dot four.
  ["1280 × 800 at 200 %", { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
];

for (const [name, screen] of sizes) {
  const sized = onADay.extend<{ screen: BrowserContextOptions }>({ screen });

  sized(`nothing is cut off or scrolls sideways at ${name}`, async ({ bridge, open }) => {
    await morning(bridge);
    const page = await onPreview(bridge, open, false);
    await fits(page, "the import preview");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+,");
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
    await fits(page, "settings");
    await page.getByRole("button", { name: "Rules of the journey" }).click();
    await page.getByLabel("Half-life").fill("100");
    await page.getByLabel("Half-life").press("Tab");
    await page.getByText("Not saved yet.").waitFor();
    await fits(page, "the rules of the journey");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+f");
    await page.keyboard.type("summer");
    await page.getByText("1 note, newest first").waitFor();
    await fits(page, "the search");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+1");
    await todayRow(page, "send the retry guide").waitFor();
    await fits(page, "today");
    await page.keyboard.press("f");
    await page.getByRole("form", { name: "Follow up with Ana Souza" }).waitFor();
    await fits(page, "today with the form of a follow-up");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "All follow-ups" }).click();
    await page.getByRole("list", { name: "Open follow-ups" }).getByText("slides for the meetup").waitFor();
    await fits(page, "all follow-ups");
    await page.keyboard.press("Control+2");
    await row(page, "Ana Souza").waitFor();
    await fits(page, "the list");
    await page.keyboard.press("v");
    await page.getByRole("group", { name: "Board" }).getByRole("option").filter({ hasText: "Ana Souza" }).waitFor();
    await fits(page, "the board");
    await page.keyboard.press("v");
    await row(page, "Ana Souza").waitFor();
    for (const key of ["x", " "]) await page.keyboard.press(key);
    await page.getByRole("complementary", { name: "Peek" }).getByText("Since the summer").waitFor();
    await fits(page, "the list with the peek pane");
    const [pane, line] = [await page.getByRole("complementary", { name: "Peek" }).boundingBox(), await foot(page).boundingBox()];
    expect(pane!.y + pane!.height, "the peek pane ends above the line below the list").toBeLessThanOrEqual(line!.y);
    await page.keyboard.press("Control+e");
    await page.getByLabel("For myself").check();
    await page.getByRole("form", { name: "Export" }).getByLabel("Organisation").waitFor();
    await fits(page, "the export");
    await page.getByLabel("Mail to a list").check();
    await page.getByText(/^Included \d+, left out/).waitFor();
    await fits(page, "the export, with whoever is left out");
    for (let layer = 0; layer < 3; layer++) await page.keyboard.press("Escape");
    await grid(page).focus();
    await page.keyboard.press("Enter");
    await entry(page, "Since the summer").waitFor();
    for (const key of ["l", "Escape", ".", "s", "3"]) await page.keyboard.press(key);
    await page.getByLabel("It holds").waitFor();
    await fits(page, "a person, explained, with the stage picker");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.getByRole("listbox", { name: "Commands and people" }).getByRole("option").first().waitFor();
    await fits(page, "the command bar");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await fits(page, "the sheet of keys");
  });
}

/** The page, and whatever scrolls in it, is no wider than the window; every button can be reached; nothing is cut off. */
async function fits(page: Page, where: string): Promise<void> {
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

/** The window of a file that cannot be opened, at twice the size. */
const smallForeign = foreign.extend<{ screen: BrowserContextOptions }>({ screen: sizes.at(-1)![1] });

smallForeign("a file that cannot be opened: every way on can be reached at 200 %", async ({ page }) => {
  await page.getByRole("button", { name: "Make a new file" }).waitFor();
  await fits(page, "the page of a file that cannot be opened");
});

test.extend<{ screen: BrowserContextOptions }>({ screen: sizes.at(-1)![1] })("the first run fits at 200 %", async ({ page }) => {
  await page.getByRole("button", { name: /^Open a file you already have/ }).scrollIntoViewIfNeeded();
  await fits(page, "the first run");
});

onADay("what happened last is read in full in the window as it comes, also beside the peek pane", async ({ bridge, open }) => {
  const kinds = await bridge.rpc<Kind[]>("touchpoints.kinds");
  for (const { key, label } of kinds) await happened(bridge, await someone(bridge, label), key, { on: "2026-05-01" });
  await bridge.remember({ people: { query: FROM_A } });
  const page = await open();
  await row(page, "3 weeks ago").first().waitFor();
  for (const beside of ["nothing", "the peek pane"]) {
    if (beside === "the peek pane") {
      await page.keyboard.press(" ");
      await page.getByRole("complementary", { name: "Peek" }).waitFor();
    }
    for (const key of ["Home", "End"]) {
      await page.keyboard.press(key);
      const cut = await grid(page).evaluate((list) =>
        [...list.querySelectorAll(".touch .cut")].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent),
      );
      // The one sentence among the labels is said in full by its title.
      expect(cut.filter((label) => label !== "Told them what became of their feedback"), beside).toEqual([]);
    }
  }
});

onADay("a tick that is not set is no brighter than its box, in the dark too", async ({ bridge, open }) => {
  const page = await onList(bridge, open);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.keyboard.press("Control+e");
  await page.getByText("The 2 people the list shows").waitFor();
  await page.getByLabel("For myself").check();
  const filled = (checked: boolean) =>
    page.getByRole("form", { name: "Export" }).evaluate((form, on) => {
      const all = [...form.querySelectorAll<HTMLInputElement>("input")].filter((one) => one.checked === on);
      return [...new Set(all.map((one) => getComputedStyle(one).backgroundColor))];
    }, checked);
  const panel = await page.getByRole("form", { name: "Export" }).evaluate((form) => getComputedStyle(form).backgroundColor);
  expect(await filled(false)).toEqual([panel]);
  expect(await filled(true)).not.toContain(panel);
});

const small = onADay.extend<{ screen: BrowserContextOptions }>({ screen: sizes[0]![1] });

small("the button of the export is in view without scrolling at 960 × 600", async ({ bridge, open }) => {
  const page = await onList(bridge, open);
  await page.keyboard.press("Control+e");
  await page.getByText("The 2 people the list shows").waitFor();
  await page.getByLabel("For myself").check();
  const inView = await page.getByRole("button", { name: /^Export 2 people/ }).evaluate((button) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    return button.contains(document.elementFromPoint(left + width / 2, top + height - 2));
  });
  expect(inView).toBe(true);
});

for (const [name, screen] of sizes.slice(0, 2)) {
  const wide = screen.viewport!.width >= 1100;
  const sized = onADay.extend<{ screen: BrowserContextOptions }>({ screen });

  sized(`what just happened is said in few words, out of the way, at ${name}`, async ({ bridge, open }) => {
    const long = "Wolfeschlegelsteinhausenbergerdorff Maximiliana-Theodora von und zu Hohenzollern née Llanfairpwllgwyngyll";
    const id = await someone(bridge, long);
    const page = await open(`/people/${id}`);
    await page.keyboard.press("t");
    await page.keyboard.type("vip");
    await page.getByRole("option", { name: "New: vip" }).first().click();
    const said = page.getByRole("status").getByText(/^Tagged /);
    await said.waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Add a way to reach them" }).click();
    await page.getByRole("form", { name: "Add a way to reach them" }).waitFor();
    const { lines, title, covered, high } = await said.evaluate((words) => {
      const toast = words.closest(".toast")!;
      const covered = [...document.querySelectorAll("a, button, input, select, textarea")].filter((one) => {
        const { left, top, width, height } = one.getBoundingClientRect();
        return !toast.contains(one) && toast.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      });
      return {
        lines: words.getBoundingClientRect().height / parseFloat(getComputedStyle(words).lineHeight),
        high: toast.getBoundingClientRect().height,
        title: words.parentElement!.title,
        covered: covered.map((one) => one.getAttribute("aria-label") ?? one.textContent),
      };
    });
    expect(lines).toBeLessThanOrEqual(2);
    expect(title).toContain(long);
    // Where the sidebar is folded there is no empty place: one line at the foot is what it may take.
    if (wide) expect(covered).toEqual([]);
    else expect(high).toBeLessThanOrEqual(32);
  });
}

onADay("no row of the sheet of keys is cut by the end of a column", async ({ bridge, open }) => {
  const page = await onList(bridge, open);
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sheet.waitFor();
  const cut = await sheet.evaluate((dialog) =>
    [...dialog.querySelectorAll("section, section .line")].filter((one) => one.getClientRects().length > 1).map((one) => one.textContent),
  );
  expect(cut).toEqual([]);
  expect(await sheet.getByText("Next row").locator("..").innerText()).toMatch(/J\s+or\s+↓/);
});

onADay("an ordinary name is read in full in the window as it comes", async ({ bridge, open }) => {
  const names = ["Abdülsamed Gençaslan", "Abraham Luevano Águila", "Adelardo Martorell", "Marie-Claire Dubois"];
  for (const name of names) await someone(bridge, name, { organisation: "Cooper & Sons", country: "DE" });
  const page = await open();
  await row(page, names[3]!).waitFor();
  const cut = await grid(page).evaluate((list) =>
    [...list.querySelectorAll(".name .cut, .country .cut, .stage *")].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow === "hidden").map((one) => one.textContent),
  );
  expect(cut).toEqual([]);
});

onADay("every choice has one height and one look", async ({ bridge, open }) => {
  const page = await onPreview(bridge, open);
  const heights = () =>
    page.getByRole("main").evaluate((main) => [...new Set([...main.querySelectorAll("select")].map((one) => one.getBoundingClientRect().height))]);
  expect((await heights()).toSorted()).toEqual([26, 28]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+2");
  await row(page, "Ana Souza").dblclick();
  await entry(page, "Since the summer").dblclick();
  await page.getByLabel("How you know").waitFor();
  expect((await heights()).toSorted()).toEqual([22, 28]);
});

inUse("below 1100 px the sidebar folds to signs that keep their names", async ({ page }) => {
  const places = page.getByRole("navigation", { name: "Places" });
  const people = places.getByRole("link", { name: "People" });
  await page.setViewportSize({ width: 1100, height: 700 });
  await people.waitFor();
  const width = async () => (await places.boundingBox())?.width ?? 0;
  expect(await width()).toBe(208);
  await page.setViewportSize({ width: 1099, height: 700 });
  await expect.poll(width).toBeLessThan(72);
  await people.waitFor();
  await places.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
});

onADay("the theme follows the system until one is chosen, and the choice stays", async ({ bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open("/settings");
  const dark = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(await dark()).toBe("light dark");
  await page.getByLabel("Dark").check();
  await expect.poll(dark).toBe("dark");
  await expect.poll(() => bridge.remembered()).toMatchObject({ theme: "dark" });
  await page.reload();
  await expect.poll(dark).toBe("dark");
  await page.getByLabel("As the system").check();
  await expect.poll(dark).toBe("light dark");
});

inUse("a column is made wider with the keyboard and the mouse, and stays so", async ({ bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open();
  const edge = page.getByRole("separator", { name: "Width of Name" });
  const head = page.getByRole("columnheader", { name: "Name" });
  const width = async () => Math.round((await head.boundingBox())?.width ?? 0);
  const before = await width();
  await edge.focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press("ArrowRight");
  await expect.poll(width).toBe(before + 40);
  await edge.hover();
  const { x = 0, y = 0 } = (await edge.boundingBox()) ?? {};
  await page.mouse.down();
  await page.mouse.move(x + 63, y + 4);
  await page.mouse.up();
  await expect.poll(width).toBeGreaterThan(before + 80);
  const set = await width();
  await expect.poll(async () => (await bridge.remembered()).people?.widths?.name).toBe(set);
  await page.reload();
  await row(page, "Ana").waitFor();
  expect(await width()).toBe(set);
  await edge.dblclick();
  await expect.poll(width).toBeLessThan(set);
});

test("the import preview of 1,284 rows is accessible and fits too", async ({ bridge, home, open }) => {
  await bridge.rpc("workspace.set_up", { product: "Queues", zone: "Europe/Berlin" });
  const file = home.file("people-107-locales.csv");
  copyFileSync(join(root, "tests/fixtures/people-107-locales.csv"), file);
  await bridge.choose(file);
  const page = await open("/import");
  await page.getByRole("button", { name: "Choose a file" }).click();
  await page.getByText("1,284 rows").waitFor();
  await page.getByRole("tab", { name: "New" }).click();
  await clean(page);
  await fits(page, "the preview");
});
