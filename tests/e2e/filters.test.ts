// The filter as one types it and as one clicks it, views that stay, and lists of many: on the real core.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { List, ListOfPerson, OperationLine, View } from "../../ui/src/ipc/gen";
import { axe, onADay as test, type Bridge } from "./fixtures";
import { happened, someone, tagged } from "./people";
import { focused, names as namesShown, toast } from "./seeing";

/** Ana, Learning in Lagos, works with Rust and was talked to a month ago; Bo in Nairobi long ago; Cem elsewhere. */
async function africa(bridge: Bridge): Promise<Record<"ana" | "bo" | "cem", string>> {
  const ana = await someone(bridge, "Ana", { country: "NG", city: "Lagos" });
  const bo = await someone(bridge, "Bo", { country: "KE", city: "Nairobi" });
  const cem = await someone(bridge, "Cem", { country: "TR" });
  for (const who of [ana, bo, cem]) await happened(bridge, who, "first_success", { on: "2026-05-02" });
  await happened(bridge, ana, "conversation_in_person", { on: "2026-04-20" });
  await happened(bridge, bo, "conversation_in_person", { on: "2025-03-01" });
  await happened(bridge, cem, "conversation_in_person", { on: "2026-05-01" });
  await tagged(bridge, [ana, bo, cem], "rust", "stack");
  return { ana, bo, cem };
}

const U13 = "stage:learn region:africa stack:rust talked:90d";

test("the filter of a campaign is typed, and finds exactly those", async ({ bridge, open }) => {
  await africa(bridge);
  const page = await open();
  await page.keyboard.press("/");
  await page.keyboard.type(U13, { delay: 5 });
  await page.getByText("1 of 3 people").waitFor();
  expect(await namesShown(page)).toEqual(["Ana"]);
  const field = page.getByRole("combobox", { name: "Filter people" });
  expect(await field.inputValue()).toBe(U13);
  await page.getByRole("group", { name: "Active filters" }).getByRole("button", { name: /Region: Africa/ }).waitFor();
  // Once more without the days: Bo is found too.
  for (let n = 0; n < " talked:90d".length; n++) await page.keyboard.press("Backspace");
  await page.getByText("2 of 3 people").waitFor();
});

test("keys take what is offered, and Esc closes it before it clears", async ({ bridge, open }) => {
  await africa(bridge);
  const page = await open();
  const field = page.getByRole("combobox", { name: "Filter people" });
  await page.keyboard.press("/");
  await page.keyboard.type("reg");
  await page.getByRole("option", { name: /region:/ }).first().waitFor();
  await page.keyboard.press("Tab");
  expect(await field.inputValue()).toBe("region:");
  await page.keyboard.type("afri");
  await page.getByRole("option", { name: /^africa/ }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByText("2 of 3 people").waitFor();
  expect(await field.inputValue()).toBe("region:africa");
  await page.keyboard.type(" sta");
  await page.getByRole("option", { name: /^stage:/ }).first().waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("option").count()).toBe(0);
  expect(await field.inputValue()).toBe("region:africa sta");
  await page.keyboard.press("Escape");
  expect(await field.inputValue()).toBe("");
  await page.getByText("3 people").first().waitFor();
});

test("half a word that could become a field: those before it are grey, and the foot says so; meant as it stands, it is read", async ({ bridge, open }) => {
  await africa(bridge);
  const page = await open();
  await page.keyboard.press("/");
  await page.keyboard.type("an");
  await page.getByText("1 of 3 people").waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("addr");
  await page.getByRole("option", { name: /^address:/ }).waitFor();
  await page.getByText(/Still \d of 3 people, until the word is finished/).waitFor();
  expect(await page.getByRole("grid").evaluate((at) => at.closest(".outdated[inert]") !== null)).toBe(true);
  expect(await page.locator(".finds").count()).toBe(0);
  await page.keyboard.press("Escape");
  await page.getByText("0 of 3 people", { exact: true }).waitFor();
  await page.getByText("Nobody matches. 3 people are here without the filter.").waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("has:");
  await page.getByText("Nobody is looked for until the filter can be read").waitFor();
  await page.keyboard.type("email");
  await page.getByText("0 of 3 people", { exact: true }).waitFor();
});

test("of a name that nothing here has it is said, with what may have been meant", async ({ bridge, open }) => {
  await africa(bridge);
  const page = await open();
  await page.keyboard.press("/");
  await page.keyboard.type("stack:rsut");
  await page.getByText("stack: knows no “rsut”. Did you mean stack:rust?").waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("stack:rust");
  await page.getByText(/Did you mean/).waitFor({ state: "detached" });
});

test("a slip is underlined where it stands, and those of the words before it are grey until it can be read", async ({ bridge, open }) => {
  await africa(bridge);
  const page = await open();
  await page.keyboard.press("/");
  await page.keyboard.type("region:africa");
  await page.getByText("2 of 3 people").waitFor();
  const top = (await page.getByRole("grid").boundingBox())!.y;
  await page.keyboard.type(" stage:lern x");
  await expect.poll(() => page.locator(".wrong").textContent()).toBe("lern");
  await page.getByText(/stage: knows no “lern”/).waitFor();
  await page.getByText("Still 2 of 3 people, until the filter can be read").waitFor();
  expect((await namesShown(page)).sort()).toEqual(["Ana", "Bo"]);
  // They are seen, and nothing can be done with them.
  expect(await page.getByRole("grid").evaluate((at) => at.closest("[inert]") !== null)).toBe(true);
  await page.keyboard.press("Enter");
  expect(await page.getByRole("combobox", { name: "Filter people" }).evaluate((at) => at === document.activeElement)).toBe(true);
  expect((await page.getByRole("grid").boundingBox())!.y).toBe(top);
  expect(await page.getByRole("combobox", { name: "Filter people" }).inputValue()).toBe("region:africa stage:lern x");
});

test("Esc in the list lets go of the filter in words, and Undo or the way back brings it back", async ({ bridge, open }) => {
  await africa(bridge);
  const page = await open();
  const field = page.getByRole("combobox", { name: "Filter people" });
  await page.keyboard.press("/");
  await page.keyboard.type("region:africa");
  await page.getByText("2 of 3 people").waitFor();
  await page.keyboard.press("Enter");
  // Whoever is selected is let go first.
  await page.keyboard.press("Control+a");
  await page.getByText("2 selected").waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("2 of 3 people").waitFor();
  await page.keyboard.press("Escape");
  await toast(page, "Filter cleared").waitFor();
  await page.getByText("3 people", { exact: true }).waitFor();
  expect(await field.inputValue()).toBe("");
  await page.keyboard.press("Alt+ArrowLeft");
  await page.getByText("2 of 3 people").waitFor();
  await expect.poll(() => field.inputValue()).toBe("region:africa");
  // From a button above the list, Esc goes to the list.
  await page.getByRole("button", { name: "Stage" }).first().focus();
  await page.keyboard.press("Escape");
  expect(await focused(page)).toBe("People");
  expect(await field.inputValue()).toBe("region:africa");
  await page.keyboard.press("Escape");
  await page.getByRole("status").getByRole("button", { name: /^Undo/ }).click();
  await page.getByText("2 of 3 people").waitFor();
});

test("clicks write what one would type, and the board shows the same people", async ({ bridge, open }) => {
  await africa(bridge);
  const page = await open();
  const field = page.getByRole("combobox", { name: "Filter people" });
  const filters = page.getByRole("group", { name: "Filters" });
  await filters.getByRole("button", { name: "Stage" }).click();
  await page.getByRole("checkbox", { name: "Learning" }).check();
  await page.keyboard.press("Escape");
  await expect.poll(() => field.inputValue()).toBe("stage:learn");
  for (const [typed, choice] of [
    ["region", "Africa"],
    ["works", "rust"],
    ["talked", "90d"],
  ] as const) {
    await page.keyboard.press("Shift+F");
    await page.getByRole("combobox", { name: "Field" }).fill(typed);
    await page.keyboard.press("Enter");
    // The field of the value is no other than this one, once it stands there.
    await page.getByRole("combobox", { name: "Field" }).waitFor({ state: "detached" });
    const tick = page.getByRole("checkbox", { name: choice, exact: true });
    const value = page.getByRole("dialog", { name: "Filter" }).getByRole("combobox");
    await tick.or(value).first().waitFor();
    if (await tick.count()) await tick.check();
    else {
      await value.fill(choice);
      await page.keyboard.press("Enter");
      // It stays for the next one, as where one ticks.
      await page.getByRole("combobox", { name: "Field" }).waitFor();
    }
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  }
  await expect.poll(() => field.inputValue()).toBe(U13);
  await expect.poll(() => namesShown(page)).toEqual(["Ana"]);
  await page.getByRole("button", { name: "Board" }).click();
  await page.getByRole("listbox", { name: /Learning/ }).getByText("Ana").waitFor();
  expect(await page.getByRole("option").count()).toBe(1);
});

test("a view is kept, and is there again after a new start", async ({ bridge, open }) => {
  await africa(bridge);
  const page = await open();
  await page.keyboard.press("/");
  await page.keyboard.type("region:africa");
  await page.getByText("2 of 3 people").waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+s");
  await page.getByRole("textbox", { name: "Name" }).fill("Africa");
  await page.keyboard.press("Enter");
  const views = page.getByRole("group", { name: "Views" });
  await views.getByRole("button", { name: /Africa/ }).waitFor();
  await page.getByRole("link", { name: /People/ }).click();
  await page.getByText("3 people").first().waitFor();
  await page.reload();
  await views.getByRole("button", { name: /Africa/ }).click();
  await page.getByText("2 of 3 people").waitFor();
  await page.getByRole("heading", { name: "Africa" }).waitFor();
  const [view] = await bridge.rpc<View[]>("views.list", {});
  expect(view).toMatchObject({ name: "Africa", filter: "region:africa", layout: "list", count: 2 });
});

test("Enter on a list that is there puts them on it; Enter on a new one, and Tab, go to why", async ({ bridge, open }) => {
  const { ana } = await africa(bridge);
  await bridge.rpc("lists.create", { name: "Beta" });
  const page = await open();
  await page.getByText("3 people", { exact: true }).waitFor();
  await page.getByRole("grid", { name: "People" }).focus();
  for (const [typed, goesOn, why] of [
    ["Beta", null, ""],
    ["Speakers", "Tab", "Asked for a slot"],
    ["Testers", "Enter", "Wrote in"],
  ] as const) {
    await page.getByText("Ana", { exact: true }).click({ modifiers: ["Control"] });
    await page.keyboard.press("+");
    await page.keyboard.type(typed);
    await page.getByRole("option", { name: goesOn ? `New: ${typed}` : typed }).waitFor();
    if (goesOn) {
      await page.keyboard.press(goesOn);
      await page.keyboard.type(why);
    }
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Add to a list" }).waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
  }
  const on = await bridge.rpc<ListOfPerson[]>("lists.of_person", { id: ana });
  expect(on.map(({ name, why }) => [name, why])).toEqual([
    ["Beta", null],
    ["Speakers", "Asked for a slot"],
    ["Testers", "Wrote in"],
  ]);
});

test("what a view is saved as comes before Save, for the Tab key too", async ({ bridge, open }) => {
  await africa(bridge);
  const page = await open();
  await page.getByText("3 people", { exact: true }).waitFor();
  await page.keyboard.press("Control+s");
  await page.keyboard.type("Everybody I know");
  const stops: string[] = [];
  for (let n = 0; n < 3; n++) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(() => (document.activeElement?.closest("label, button")?.textContent ?? "").trim()));
  }
  expect(stops).toEqual(["A view in the sidebar", "Save ⏎", "Cancel Esc"]);
});

test("three thousand people go on a list in one step, and come off it in one", async ({ bridge, open, home }) => {
  const lines = Array.from({ length: 3_000 }, (_, n) => `Person ${n}`).join("\n");
  const file = home.file("people.csv", `Name\n${lines}\n`);
  const grant = await bridge.grant(file);
  await bridge.rpc("imports.run", { file: grant, matching: false, source: "import" });
  const page = await open();
  await page.getByText("3,000 people").first().waitFor();
  await page.keyboard.press("Control+a");
  await page.getByText("3,000 selected").waitFor();
  await page.keyboard.press("+");
  await page.getByRole("combobox", { name: "List" }).fill("Everybody");
  await page.keyboard.press("Tab");
  await page.keyboard.type("They came");
  await page.keyboard.press("Enter");
  await page.getByText("Put 3,000 people on the list “Everybody”").first().waitFor();
  const [list] = await bridge.rpc<List[]>("lists.list", {});
  expect(list).toMatchObject({ name: "Everybody", count: 3_000 });
  await page.keyboard.press("Control+z");
  await page.getByText(/Took back: Put 3,000 people/).waitFor();
  expect(await bridge.rpc<List[]>("lists.list", {})).toEqual([]);
  const [undone] = await bridge.rpc<OperationLine[]>("history.recent", { limit: 1 });
  expect(undone).toMatchObject({ command: "lists.add", undone: true });
});

test("a list says who is on it and why, and leads on from person to person", async ({ bridge, open }) => {
  const { ana, bo, cem } = await africa(bridge);
  await bridge.rpc("lists.add", { name: 'The "retry" list', people: [ana, bo], why: "Asked at the booth" });
  const page = await open("/lists");
  await page.getByRole("link", { name: /The "retry" list\s+2 people/ }).press("Enter");
  await page.getByText("Asked at the booth").first().waitFor();
  await page.getByRole("grid", { name: 'The "retry" list' }).getByRole("row", { name: /Bo/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("1 of 2").waitFor();
  await page.keyboard.press("Alt+ArrowDown");
  await page.getByText("2 of 2").waitFor();
  await page.keyboard.press("Escape");
  // Whoever is not to be seen yet is not taken off.
  await page.getByRole("grid").getByRole("row", { name: /Bo/ }).waitFor();
  await page.keyboard.press("Delete");
  await page.getByText("1 person").first().waitFor();
  expect(await bridge.rpc<ListOfPerson[]>("lists.of_person", { id: bo })).toEqual([]);
  expect(await bridge.rpc<ListOfPerson[]>("lists.of_person", { id: cem })).toEqual([]);
});

test("the field, views and lists have names and contrast in both themes", async ({ bridge, open }) => {
  const { ana, bo } = await africa(bridge);
  await bridge.rpc("views.save", { name: "Africa", filter: "region:africa", sort: "name", descending: false, layout: "list" });
  const { list } = await bridge.rpc<{ list: { id: string } }>("lists.add", { name: "Beta", people: [ana, bo], why: "Asked" });
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await open();
    await page.emulateMedia({ colorScheme });
    await page.keyboard.press("/");
    await page.keyboard.type("region:africa sta");
    await page.getByRole("option").first().waitFor();
    expect(await axe(page), `what is offered, ${colorScheme}`).toEqual([]);
    await page.keyboard.type("ge:lern x");
    await page.getByText(/knows no “lern”/).waitFor();
    expect(await axe(page), `what is wrong, ${colorScheme}`).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("group", { name: "Views" }).getByRole("button").click();
    await page.getByText("2 of 3 people").waitFor();
    await page.keyboard.press("Control+s");
    await page.getByRole("form", { name: "Save this view" }).waitFor();
    expect(await axe(page), `a view, ${colorScheme}`).toEqual([]);
    await page.goto(page.url().replace(/#.*/, "#/lists"));
    await page.getByRole("link", { name: /Beta/ }).waitFor();
    expect(await axe(page), `the lists, ${colorScheme}`).toEqual([]);
    await page.goto(page.url().replace(/#.*/, `#/lists/${list.id}`));
    await page.getByText("Asked").first().waitFor();
    await page.keyboard.press("x");
    await page.keyboard.press("+");
    await page.getByRole("dialog", { name: "Add to a list" }).waitFor();
    expect(await axe(page), `one list, ${colorScheme}`).toEqual([]);
    await page.goto(page.url().replace(/#.*/, "#/help"));
    await page.getByRole("heading", { name: "Filters" }).waitFor();
    expect(await axe(page), `help, ${colorScheme}`).toEqual([]);
    await page.close();
  }
}, 60_000);

test("fast hands: a field is chosen before the fields are there", async ({ bridge, open }) => {
  await africa(bridge);
  const page = await open();
  await page.getByText("3 people").first().waitFor();
  const release = await held(page, /rpc\/filter\.fields/, () => true);
  await page.keyboard.press("Shift+F");
  await page.getByRole("combobox", { name: "Field" }).waitFor();
  await page.keyboard.type("region");
  await page.keyboard.press("Enter");
  release();
  await page.getByRole("checkbox", { name: "Africa", exact: true }).waitFor();
});

test("fast hands: a click that is still being written is made on what is typed meanwhile", async ({ bridge, open }) => {
  await africa(bridge);
  const page = await open();
  await page.getByText("3 people").first().waitFor();
  const release = await held(page, /rpc\/filter\.write/, () => true);
  await page.getByRole("group", { name: "Filters" }).getByRole("button", { name: "Stage" }).click();
  await page.getByRole("checkbox", { name: "Learning" }).check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await page.keyboard.type("region:africa");
  await page.getByText("2 of 3 people").waitFor();
  release();
  const field = page.getByRole("combobox", { name: "Filter people" });
  await expect.poll(() => field.inputValue()).toBe("region:africa stage:learn");
});

test("fast hands: a completion that was offered for half the word is taken for all of it", async ({ bridge, open }) => {
  await someone(bridge, "Ana", { city: "Berlin" });
  await someone(bridge, "Bo", { city: "Bergen" });
  const page = await open();
  await page.getByText("2 people").first().waitFor();
  await page.keyboard.press("Shift+F");
  await page.keyboard.type("city");
  await page.keyboard.press("Enter");
  await page.getByRole("combobox", { name: "City" }).pressSequentially("be");
  const berlin = page.getByRole("option", { name: /^berlin/i });
  await berlin.waitFor();
  const release = await held(page, /rpc\/filter\.read/, (asked) => (asked as { text: string }).text === "city:ber");
  await page.keyboard.type("r");
  await berlin.click();
  release();
  const field = page.getByRole("combobox", { name: "Filter people" });
  await expect.poll(() => field.inputValue()).toMatch(/^city:berlin$/i);
});

test("a view whose filter cannot be read shows nobody, and keys do nothing to anybody", async ({ bridge, open }) => {
  await africa(bridge);
  await bridge.remember({ people: { query: { filter: { text: "stage:lern" }, sort: "name", descending: false } } });
  const page = await open();
  await page.getByText("Change the filter above, or clear it. Nobody was changed.").waitFor();
  expect(await page.getByRole("grid").count()).toBe(0);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  // A click on it is refused, since it would put everybody in its place.
  await page.getByRole("group", { name: "Filters" }).getByRole("button", { name: "Stage" }).click();
  const learning = page.getByRole("checkbox", { name: "Learning" });
  await learning.click();
  await page.getByRole("status").getByText("Mend the filter or clear it").waitFor();
  expect(await learning.isChecked()).toBe(false);
  await page.keyboard.press("Escape");
  expect(await page.getByRole("combobox", { name: "Filter people" }).inputValue()).toBe("stage:lern");
  expect(await axe(page)).toEqual([]);
  await page.getByRole("main").getByRole("button", { name: "Clear the filter" }).click();
  await page.getByText("3 people").first().waitFor();
  expect((await namesShown(page)).toSorted()).toEqual(["Ana", "Bo", "Cem"]);
});

test("at the smallest size every part of a campaign's filter is in view, beside what was changed of its view", async ({ bridge, open }) => {
  await africa(bridge);
  await bridge.rpc("views.save", { name: "Campaign", filter: U13, sort: "name", descending: false, layout: "list", columns: [] });
  const page = await open();
  await page.setViewportSize({ width: 960, height: 600 });
  await page.getByRole("group", { name: "Views" }).getByRole("button", { name: /Campaign/ }).click();
  await page.keyboard.press("v");
  const changed = page.getByRole("button", { name: "Changed", exact: true });
  await changed.waitFor();
  const chips = page.getByRole("group", { name: "Active filters" }).getByRole("button");
  await expect.poll(() => chips.count()).toBe(5);
  const edge = (await changed.boundingBox())!.x;
  for (const chip of await chips.all()) {
    const box = (await chip.boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(edge);
    const within = await chip.evaluate((one) => one.getBoundingClientRect().right <= one.parentElement!.getBoundingClientRect().right);
    expect(within, await chip.innerText()).toBe(true);
  }
  await changed.click();
  await page.getByRole("menuitem", { name: "Back to as it was" }).click();
  await changed.waitFor({ state: "detached" });
});

/** Holds back what is asked of the core, where it is `meant`, until it is released. */
async function held(page: Page, url: RegExp, meant: (asked: object) => boolean): Promise<() => void> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((go) => (release = go));
  await page.route(url, async (route) => {
    if (meant(route.request().postDataJSON() as object)) await released;
    await route.continue();
  });
  return release;
}
