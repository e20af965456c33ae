// How every screen looks to those who need contrast and names.
import type { Page } from "playwright-core";
import { type Bridge, onADay, test } from "./fixtures";
import { ana, onList, onAna, onPreview, morning, onToday, foreign, clean, type Open } from "./looking";
import { FROM_A, happened, reachable, someone, twoPairs } from "./people";
import { entry, row, todayRow } from "./seeing";

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
    await page.getByRole("button", { name: /^Say why one may write to th/ }).click();
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

foreign("accessible in light and dark: a file that cannot be opened", async ({ page }) => {
  await page.getByRole("button", { name: "Try again" }).waitFor();
  await clean(page);
});
