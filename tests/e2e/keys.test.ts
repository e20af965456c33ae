// Every key of the table of commands, pressed where it means something.
import type { Page } from "playwright-core";
import { commands } from "../../ui/src/app/commands";
import type { CommandLine } from "../../ui/src/kit/keyboard";
import { type Bridge, expect, onADay as test } from "./fixtures";
import { chip, line, matches } from "./capturing";
import { FROM_A, anaAndBo, due, followUp, happened, reachable, someone, twoPairs } from "./people";
import { active, entry, focused, foot, log, toast, todayRow } from "./seeing";

const table: readonly CommandLine[] = commands;

/** A command: where it is pressed, what is pressed before it, and what is seen after it. */
type Case = { at?: "people" | "board" | "Ana" | "Bo" | "settings" | "rules" | "import" | "doubles" | "three" | "today" | "full" | "moved" | "line" | "chip" | "bug" | "review" | "export" | "lists"; before?: string[]; then: (page: Page) => Promise<unknown> };

const dialog = (name: string | RegExp) => (page: Page) => page.getByRole("dialog", { name }).waitFor();
const form = (name: string) => (page: Page) => page.getByRole("form", { name }).waitFor();
const title = (name: string) => (page: Page) => page.getByRole("heading", { level: 1, name }).waitFor();
const says = (words: string) => (page: Page) => toast(page, words).waitFor();
const on = (name: string) => (page: Page) => expect.poll(() => active(page)).toBe(name);
const below = (words: string) => (page: Page) => expect.poll(() => foot(page).innerText()).toContain(words);
const focus = (label: string) => (page: Page) => expect.poll(() => focused(page)).toBe(label);
const onEntry = (words: string) => (page: Page) =>
  expect.poll(() => entry(page, words).evaluate((one) => one === document.activeElement)).toBe(true);
const picked = (name: string) => (page: Page) =>
  expect.poll(() => page.getByRole("radio", { name, exact: false }).getAttribute("aria-checked")).toBe("true");
const onCard = (name: string) => (page: Page) =>
  expect.poll(() => page.evaluate(() => document.getElementById(document.activeElement?.getAttribute("aria-activedescendant") ?? "")?.textContent)).toContain(name);
const asOf = (day: RegExp) => (page: Page) => page.getByRole("region", { name: "Looking back" }).getByText(day).waitFor();
const meant = (names: string) => (page: Page) =>
  page.getByRole("list", { name: "Who may be one" }).locator("[aria-current=true]").filter({ hasText: names }).waitFor();
const onRow = (words: string) => (page: Page) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.matches("[data-row]") && document.activeElement.textContent)).toContain(words);
const onList = (name: string) => (page: Page) => expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain(name);
const becomes = (row: string, words: string | RegExp) => (page: Page) => todayRow(page, row).getByText(words, { exact: true }).waitFor();
const reads = (text: string) => (page: Page) => expect.poll(() => line(page).inputValue()).toBe(text);
const reviewed = (text: string) => (page: Page) =>
  page.locator("li[aria-current=true]").getByText(text, { exact: true }).waitFor();
const whatFor = (purpose: string) => (page: Page) =>
  expect.poll(() => page.getByRole("radio", { name: purpose }).isChecked()).toBe(true);
const stagePicked = (name: string): Case => ({ at: "Ana", before: ["s"], then: picked(name) });

const cases: Record<string, Case> = {
  "app.commands": { then: dialog("All commands") },
  "app.capture": { then: focus("Capture a conversation") },
  "app.help": { then: title("Help") },
  "app.search": { then: focus("Filter people") },
  "app.search_all": { then: focus("Search people and notes") },
  "app.today": { then: title("Today") },
  "app.people": { at: "settings", then: title("People") },
  "app.lists": { then: title("Lists") },
  "app.doubles": { then: title("Doubles") },
  "app.back": { before: ["Control+h"], then: title("People") },
  "app.forward": { before: ["Control+h", "Alt+ArrowLeft"], then: title("History") },
  "app.import": { then: title("Import") },
  "app.history": { then: title("History") },
  "app.settings": { then: title("Settings") },
  "app.open_file": { then: says("Only the window can open another file.") },
  "app.undo": { before: ["Delete"], then: says("Took back: Moved Ana to the trash") },
  "app.redo": { before: ["Delete", "Control+z"], then: says("Done again: Moved Ana to the trash") },
  "app.shortcuts": { then: dialog("Keyboard shortcuts") },
  "app.close": { before: [" "], then: (page) => page.getByRole("complementary", { name: "Peek" }).waitFor({ state: "detached" }) },

  "capture.save": { at: "line", then: (page) => page.getByText("Captured An, who is new here.").first().waitFor() },
  "capture.new": { at: "line", then: (page) => page.getByText("Captured An, who is new here.").first().waitFor() },
  "capture.pick": { at: "line", then: reads("Ana, ") },
  "capture.match_next": { at: "line", then: (page) => page.getByRole("option", { name: "Ana", selected: true }).waitFor() },
  "capture.match_previous": { at: "line", then: (page) => page.getByRole("option", { name: "Ana", selected: true }).waitFor() },
  "capture.chip_off": { at: "chip", then: reads("ana") },
  "capture.chip_note": { at: "chip", then: reads("ana \\#rust") },
  "entry.waits": { at: "bug", then: (page) => page.getByLabel("They wait for an answer", { exact: false }).and(page.locator(":checked")).waitFor() },
  "entry.talked": { at: "bug", then: (page) => page.getByLabel("You talked", { exact: false }).and(page.locator(":checked")).waitFor() },
  "review.next": { at: "review", then: reviewed("dee, hello") },
  "review.previous": { at: "review", before: ["j"], then: reviewed("annie ana@sol.example") },
  "review.done": { at: "review", then: reviewed("dee, hello") },
  "review.email": { at: "review", then: (page) => page.getByLabel("Their e-mail").waitFor() },
  "review.organisation": { at: "review", then: (page) => page.getByLabel("Where they work").waitFor() },
  "review.stage": { at: "review", then: (page) => page.getByRole("group", { name: "The stage you saw" }).waitFor() },
  "review.same": { at: "review", then: reviewed("Ana, ana@sol.example") },
  "review.correct": { at: "review", then: (page) => page.getByLabel("The line", { exact: true }).waitFor() },
  "review.drop": { at: "review", then: reviewed("dee, hello") },

  "people.new": { then: form("New person") },
  "people.view": { then: (page) => page.getByRole("group", { name: "Board" }).waitFor() },
  "people.export": { then: form("Export") },
  "people.filter": { then: dialog("Filter") },
  "people.save_view": { then: form("Save this view") },

  "lists.new": { at: "lists", then: form("New list") },
  "lists.next": { at: "lists", then: onList("Beta") },
  "lists.previous": { at: "lists", before: ["j"], then: onList("Alpha") },
  "lists.open": { at: "lists", then: (page) => page.getByText("Nobody is on it yet.").waitFor() },
  "lists.edit": { at: "lists", then: focus("Name of the list") },
  "lists.trash": { at: "lists", then: says("Took away the list “Alpha”") },

  "list.next": { then: on("Bo") },
  "list.previous": { before: ["End"], then: on("Person 29") },
  "list.extend_down": { then: below("2 selected") },
  "list.extend_up": { before: ["j", "j"], then: below("2 selected") },
  "list.page_down": { then: (page) => expect.poll(() => active(page)).toMatch(/^Person (1\d|2[0-5])$/) },
  "list.page_up": { before: ["End"], then: (page) => expect.poll(() => active(page)).toMatch(/^Person (0\d|1\d)$/) },
  "list.first": { before: ["j", "j"], then: on("Ana") },
  "list.last": { then: on("Person 30") },
  "list.select": { then: below("1 selected") },
  "list.select_all": { then: below("32 selected") },
  "list.open": { then: title("Ana") },
  "list.peek": { then: (page) => page.getByRole("complementary", { name: "Peek" }).waitFor() },
  "list.edit": { then: focus("Name") },
  "list.tag": { then: dialog("Tag") },
  "list.add_to_list": { then: dialog("Add to a list") },
  "list.log": { then: form("Log what happened") },
  "list.follow_up": { then: form("Follow up with Ana") },
  "list.stage": { then: dialog("Stage of Ana") },
  "list.merge": { before: ["x", "j", "x"], then: title("Are these one person?") },
  "list.copy": { then: (page) => expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Name\t[^]*\nAna\t/) },
  "list.trash": { then: says("Moved Ana to the trash") },

  "board.right": { at: "board", then: onCard("Ana") },
  "board.left": { at: "board", before: ["ArrowRight"], then: onCard("Bo") },
  "board.move_right": { at: "board", then: form("Why Bo stands at Discovery") },
  "board.move_left": { at: "board", before: ["ArrowRight"], then: form("Why Ana stands at Evaluation") },

  "person.next": { at: "Ana", then: title("Bo") },
  "person.previous": { at: "Bo", then: title("Ana") },
  "person.log": { at: "Ana", then: focus("What happened?") },
  "person.follow_up": { at: "Ana", then: form("Follow up with Ana") },
  "person.stage": { at: "Ana", then: dialog("Stage of Ana") },
  "person.explain": { at: "Ana", then: (page) => page.getByRole("region", { name: "Explanation" }).waitFor() },
  "person.look_back": { at: "Ana", then: asOf(/^Write a day/) },
  "person.look_earlier": { at: "Ana", then: asOf(/10 May 2026/) },
  "person.look_later": { at: "Ana", before: ["[", "["], then: asOf(/10 May 2026/) },
  "person.accept": { at: "Ana", then: says("Accepted the move of Ana") },
  "person.take_back": { at: "Ana", then: says("Took back the move of Ana") },
  "person.edit": { at: "Ana", then: focus("Name") },
  "person.merge": { at: "Ana", then: dialog("Merge with somebody") },
  "person.tag": { at: "Ana", then: dialog("Tag") },
  "person.add_to_list": { at: "Ana", then: dialog("Add to a list") },
  "person.trash": { at: "Ana", before: ["j"], then: (page) => entry(page, "It runs").waitFor({ state: "detached" }) },
  "person.entry_next": { at: "Ana", then: onEntry("It runs") },
  "person.entry_previous": { at: "Ana", before: ["j", "j"], then: onEntry("It runs") },

  "stage.discover": stagePicked("Discovery"),
  "stage.evaluate": stagePicked("Evaluation"),
  "stage.learn": stagePicked("Learning"),
  "stage.build": stagePicked("Building"),
  "stage.scale": stagePicked("Scaling"),
  "stage.none": stagePicked("Not placed yet"),

  "today.next": { at: "today", then: onRow("asked how to batch") },
  "today.previous": { at: "today", before: ["j", "j"], then: onRow("asked how to batch") },
  "today.first": { at: "today", before: ["j", "j"], then: onRow("send the guide") },
  "today.last": { at: "today", then: onRow("the demo") },
  "today.do": { at: "today", then: becomes("send the guide", "Done") },
  "today.replied": { at: "today", before: ["j", "j"], then: form("What they said") },
  "today.not_replied": { at: "today", before: ["j", "j"], then: dialog("Look again") },
  "today.snooze": { at: "today", then: dialog("Snooze until") },
  "today.drop": { at: "today", then: becomes("send the guide", "Dropped") },
  "today.take_back": { at: "today", before: ["Delete"], then: (page) => toast(page, /^Took back: Dropped/).waitFor() },
  "today.accept": { at: "today", before: ["j", "j", "j"], then: becomes("Bo", "Accepted") },
  "today.step_back": { at: "moved", before: ["End"], then: becomes("Old friend", "A step back") },
  "today.ask": { at: "moved", before: ["End"], then: becomes("Old friend", "To be asked") },
  "today.log": { at: "today", then: form("Log what happened") },
  "today.follow_up": { at: "today", then: form("Follow up with Ana") },
  "today.edit": { at: "today", then: form("Edit this follow-up") },
  "today.open": { at: "today", then: title("Ana") },
  "today.peek": { at: "today", then: (page) => page.getByRole("complementary", { name: "Peek" }).waitFor() },
  "today.more": { at: "full", then: (page) => page.getByRole("button", { name: "Fewer" }).waitFor() },

  "day.tomorrow": { at: "today", before: ["z"], then: becomes("send the guide", /^Until /) },
  "day.monday": { at: "today", before: ["z"], then: becomes("send the guide", /^Until /) },
  "day.week": { at: "today", before: ["z"], then: becomes("send the guide", /^Until /) },
  "day.fortnight": { at: "today", before: ["j", "j", "n"], then: becomes("cache post", "No reply") },

  "doubles.same": { at: "doubles", then: says("Merged Sol Ana into Ana Sol") },
  "doubles.different": { at: "doubles", then: says("Said that Ana Sol and Sol Ana are not the same") },
  "doubles.leave_out": { at: "three", then: (page) => page.getByText("Left out, and not decided on: Ana C.").waitFor() },
  "doubles.next": { at: "doubles", then: meant("Cem Kaya and Kaya Cem") },
  "doubles.previous": { at: "doubles", before: ["j"], then: meant("Ana Sol and Sol Ana") },
  "doubles.take_back": { at: "doubles", before: ["m"], then: says("Took back: Merged Sol Ana into Ana Sol") },
  "export.list_mail": { at: "export", then: whatFor("Mail to a list") },
  "export.one_to_one": { at: "export", then: whatFor("A message of their own") },
  "export.swag_post": { at: "export", then: whatFor("Something in the post") },
  "export.recruiting_intro": { at: "export", then: whatFor("An introduction to recruiting") },
  "export.sales_intro": { at: "export", then: whatFor("An introduction to sales") },
  "export.for_myself": { at: "export", then: whatFor("For myself") },
  "rules.look": { at: "rules", then: (page) => page.getByText("This moves nobody.").waitFor() },

  "import.run": { at: "import", then: (page) => page.getByRole("heading", { name: "Imported 1 person from one.csv" }).waitFor() },
};

test("every command with a key is pressed below", () => {
  expect(Object.keys(cases).toSorted()).toEqual(table.filter(({ keys }) => keys.length > 0).map(({ id }) => id).toSorted());
});

const presses = table.flatMap(({ id, label, keys }) => keys.map((key) => [key, label, id] as const));

test.for(presses)("%s: %s (%s)", async ([key, , id], { bridge, open }) => {
  const { at = "people", before = [], then } = cases[id]!;
  const page = await arrive(at, bridge, open);
  for (const earlier of before) await page.keyboard.press(earlier);
  await page.keyboard.press(key.replace("Ctrl+", "Control+"));
  await then(page);
});

async function arrive(at: NonNullable<Case["at"]>, bridge: Bridge, open: (place?: string) => Promise<Page>): Promise<Page> {
  await bridge.remember({ people: { query: FROM_A } });
  const { ana, bo } = await anaAndBo(bridge);
  if (at === "Ana" || at === "Bo") {
    const page = await open(`/people/${at === "Ana" ? ana : bo}`);
    await (at === "Ana" ? entry(page, "Call") : page.getByText("Nothing is written down yet.")).waitFor();
    await page.getByText("of 2").waitFor();
    return page;
  }
  if (at === "today" || at === "full") {
    for (let i = 0; i < (at === "full" ? 13 : 1); i++) await followUp(bridge, { person: ana, text: "send the guide", due: due(-1) });
    await bridge.rpc("touchpoints.log", { kind: "replied", people: [{ person: bo }], note: "asked how to batch", needsAnswer: true, on: due(-2) });
    await followUp(bridge, { person: bo, text: "the cache post", kind: "reply_check", due: due(-1) });
    await followUp(bridge, { person: bo, text: "the demo", kind: "deadline", due: due(0) });
    const page = await open("/today");
    await onRow("send the guide")(page);
    return page;
  }
  if (at === "line" || at === "chip") {
    const page = await open();
    await expect.poll(() => active(page)).toBe("Ana");
    await page.keyboard.press("Control+Shift+Space");
    await page.keyboard.type(at === "line" ? "an" : "ana #rust");
    if (at === "line") await matches(page).filter({ hasText: "Ana" }).waitFor();
    else await chip(page, "rust").focus();
    return page;
  }
  if (at === "bug") {
    const page = await open(`/people/${ana}`);
    await entry(page, "Call").waitFor();
    await log(page, "bug", "Reported a bug");
    return page;
  }
  if (at === "review") {
    await reachable(bridge, ana, "email", "ana@sol.example");
    await bridge.rpc("captures.lines", { text: "annie ana@sol.example\ndee, hello" });
    const page = await open("/review");
    await reviewed("annie ana@sol.example")(page);
    return page;
  }
  if (at === "moved") {
    await happened(bridge, await someone(bridge, "Old friend"), "in_production", { on: "2024-01-10" });
    const page = await open("/moved");
    await page.getByRole("list", { name: "Quarterly review" }).getByText("Old friend").waitFor();
    return page;
  }
  if (at === "import") {
    await bridge.choose(bridge.home.file("one.csv", "Name\nCem\n"));
    const page = await open("/import");
    await page.getByRole("button", { name: "Choose a file" }).click();
    await page.getByRole("button", { name: "Import 1 person" }).waitFor();
    return page;
  }
  if (at === "export") {
    const page = await open("/export");
    await page.getByText("The 2 people the list shows").waitFor();
    return page;
  }
  if (at === "lists") {
    for (const name of ["Alpha", "Beta"]) await bridge.rpc("lists.create", { name });
    const page = await open("/lists");
    await onList("Alpha")(page);
    return page;
  }
  if (at === "board") {
    await bridge.remember({ people: { query: FROM_A, view: "board" } });
    const page = await open();
    await onCard("Bo")(page);
    return page;
  }
  if (at === "three") {
    const three = [];
    for (const name of ["Ana A", "Ana B", "Ana C"]) three.push((await bridge.rpc<{ id: string }>("people.create", { displayName: name })).id);
    const page = await open(`/doubles/of/${three.join(",")}`);
    await page.getByRole("button", { name: "Leave Ana C out" }).waitFor();
    return page;
  }
  if (at === "doubles") {
    await twoPairs(bridge);
    const page = await open("/doubles");
    await page.getByRole("columnheader", { name: "As one person" }).waitFor();
    return page;
  }
  if (at === "rules") {
    const page = await open("/settings/journey");
    await page.getByLabel("Half-life").fill("181");
    await page.getByLabel("Half-life").press("Tab");
    return page;
  }
  if (at === "settings") return open("/settings");
  const others = Array.from({ length: 30 }, (_, i) => `Person ${String(i + 1).padStart(2, "0")}\n`);
  const file = await bridge.grant(bridge.home.file("others.csv", `Name\n${others.join("")}`));
  await bridge.rpc("imports.run", { file, matching: false, source: "import", decisions: {}, overwrite: [] });
  const page = await open();
  await expect.poll(() => active(page)).toBe("Ana");
  return page;
}
