// The list of people: found, sorted, filtered, selected and acted on.
import { begin, built } from "../support/programs";
import { expect, inUse as test, onADay } from "./fixtures";
import { FROM_A, everyName, happened, pageOf, someone, tagged } from "./people";
import { active, foot, grid, names, row, toast } from "./seeing";

test("nobody yet: one sentence, and the key for the first person", async ({ page }) => {
  await page.getByText("Nobody here yet. Add the last developer you talked to.").waitFor();
  await page.keyboard.press("Control+n");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("Write a name first.").waitFor();
  await page.keyboard.type("Nguyễn Thị Hương");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Nimbus");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Nguyễn Thị Hương" }).waitFor();
  await page.keyboard.press("Escape");
  await row(page, "Nguyễn Thị Hương").getByText("Nimbus").waitFor();
  await expect.poll(() => foot(page).innerText()).toContain("1 person");
});

test("what was typed for someone new is still there after Esc", async ({ page }) => {
  await page.keyboard.press("Control+n");
  await page.keyboard.type("Half a na");
  await page.keyboard.press("Escape");
  await page.getByRole("form", { name: "New person" }).waitFor({ state: "detached" });
  await page.keyboard.press("Control+n");
  expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Half a na");
});

test("the filter loses no keystroke, however fast the hands and however late the answers", async ({ bridge, open }) => {
  for (const name of ["Priya Nair", "Prisca Mbeki", "Paulo Reis", "Rania Haddad"]) await someone(bridge, name);
  const page = await open();
  await row(page, "Rania Haddad").waitFor();
  // How the first letters are read is held until the last one is there.
  let release = () => {};
  const held = new Promise<void>((kept) => (release = kept));
  await page.route(/\/rpc\/filter\.read\b/, async (route) => {
    const { text } = route.request().postDataJSON() as { text: string };
    if (text === "p" || text === "pr") await held;
    await route.continue();
  });
  await page.keyboard.press("/");
  await page.keyboard.type("prisca mbeki");
  expect(await page.getByRole("combobox", { name: "Filter people" }).inputValue()).toBe("prisca mbeki");
  await expect.poll(() => names(page)).toEqual(["Prisca Mbeki"]);
  const late = page.waitForResponse((reply) => reply.request().postData()?.includes('"text":"pr"') ?? false);
  release();
  await late;
  await page.keyboard.type("xxx");
  await page.getByText("Nobody matches. 4 people are here without the filter.").waitFor();
  expect(await page.getByRole("combobox", { name: "Filter people" }).inputValue()).toBe("prisca mbekixxx");
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await expect.poll(() => names(page)).toHaveLength(4);
  expect(await page.getByRole("combobox", { name: "Filter people" }).inputValue()).toBe("");
});

const sorts = [
  ["Name", ["Ana", "Bo", "Cem"]],
  ["Organisation", ["Cem", "Ana", "Bo"]],
  ["Stage", ["Bo", "Cem", "Ana"]],
  ["Country", ["Bo", "Ana", "Cem"]],
  ["Last touch", ["Cem", "Ana", "Bo"]],
  ["Added", ["Bo", "Ana", "Cem"]],
] as const;

test.for(sorts)("a press on %s sorts by it, and another press turns it round", async ([heading, order], { bridge, open }) => {
  const cem = await someone(bridge, "Cem", { organisation: "Arc", country: "ZA" });
  const ana = await someone(bridge, "Ana", { organisation: "Basalt", country: "IT" });
  const bo = await someone(bridge, "Bo", { organisation: "Cobalt", country: "BR" });
  await happened(bridge, bo, "in_production", { on: "2025-01-10" });
  await happened(bridge, cem, "first_success", { on: "2025-03-10" });
  await happened(bridge, ana, "attended_talk", { on: "2025-02-10" });
  const page = await open();
  await row(page, "Ana").waitFor();
  // From another order, so that the first press is a change.
  await page.getByRole("columnheader", { name: heading === "Name" ? "Country" : "Name" }).getByRole("button").click();
  const head = page.getByRole("columnheader", { name: heading });
  await head.getByRole("button").click();
  await expect.poll(() => names(page)).toEqual(order);
  const way = await head.getAttribute("aria-sort");
  await head.getByRole("button").click();
  await expect.poll(() => names(page)).toEqual(order.toReversed());
  expect([way, await head.getAttribute("aria-sort")].toSorted()).toEqual(["ascending", "descending"]);
});

onADay("stage, tag and last touch filter together; each chip takes one away, and one press takes all", async ({ bridge, open }) => {
  const [ana, bo, cem, dee] = await Promise.all(["Ana", "Bo", "Cem", "Dee"].map((name) => someone(bridge, name)));
  await happened(bridge, ana!, "building_with_it", { on: "2026-05-10" });
  await happened(bridge, bo!, "building_with_it", { on: "2026-01-10" });
  await happened(bridge, cem!, "building_with_it", { on: "2026-05-11" });
  await tagged(bridge, [ana!, bo!, dee!], "rust", "stack");
  const page = await open();
  const chips = page.getByRole("group", { name: "Active filters" });

  await page.getByRole("group", { name: "Filters" }).getByRole("button", { name: "Stage" }).click();
  await page.getByLabel("Building").check();
  await page.keyboard.press("Escape");
  await expect.poll(() => foot(page).innerText()).toContain("3 of 4 people");
  await page.getByRole("button", { name: "Tags" }).click();
  await page.getByRole("dialog").getByLabel("rust").check();
  await page.keyboard.press("Escape");
  await expect.poll(() => foot(page).innerText()).toContain("2 of 4 people");
  await page.getByRole("group", { name: "Filters" }).getByRole("button", { name: "Last touch" }).click();
  await page.getByLabel("In the last 30 days").check();
  await page.keyboard.press("Escape");
  await expect.poll(() => names(page)).toEqual(["Ana"]);
  expect(await foot(page).innerText()).toContain("1 of 4 people");

  await chips.getByRole("button", { name: "Building" }).click();
  await chips.getByRole("button", { name: "rust" }).click();
  await expect.poll(async () => (await names(page)).toSorted()).toEqual(["Ana", "Cem"]);
  await chips.getByRole("button", { name: "Clear filters" }).click();
  await expect.poll(() => names(page)).toHaveLength(4);
  await chips.waitFor({ state: "detached" });
});

test("the sidebar counts who stands where, and a press shows them", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  await someone(bridge, "Bo");
  await happened(bridge, ana, "in_production");
  const page = await open();
  await row(page, "Bo").waitFor();
  const scaling = page.getByRole("navigation").getByRole("button", { name: "Scaling" });
  await expect.poll(() => scaling.innerText()).toMatch(/1$/);
  await scaling.click();
  await expect.poll(() => names(page)).toEqual(["Ana"]);
  await scaling.click();
  await expect.poll(() => names(page)).toHaveLength(2);
});

test("filter and order are still there after the window was closed", async ({ bridge, open }) => {
  for (const name of ["Ana", "Bo", "Anton"]) await someone(bridge, name);
  const page = await open();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await page.keyboard.press("/");
  await page.keyboard.type("an");
  await expect.poll(() => names(page)).toEqual(["Ana", "Anton"]);
  await expect.poll(() => bridge.remembered()).toMatchObject({ people: { query: { filter: { text: "an" }, sort: "name" } } });
  await page.reload();
  await expect.poll(() => names(page)).toEqual(["Ana", "Anton"]);
  expect(await page.getByRole("combobox", { name: "Filter people" }).inputValue()).toBe("an");
});

test("X selects, T tags all of them, and one Ctrl Z takes the tag off again", async ({ bridge, open }) => {
  for (const name of ["Ana", "Bo", "Cem"]) await someone(bridge, name);
  const page = await open();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await expect.poll(() => names(page)).toEqual(["Ana", "Bo", "Cem"]);
  await grid(page).focus();
  for (const key of ["x", "j", "j", "x"]) await page.keyboard.press(key);
  await expect.poll(() => foot(page).innerText()).toContain("2 selected");
  await page.keyboard.press("t");
  await page.keyboard.type("meetup");
  await page.getByRole("option", { name: "New: meetup" }).filter({ hasText: "topic" }).click();
  await toast(page, /^Tagged .+ and one other with “.+”$/).waitFor();
  await page.keyboard.press("Escape");
  await row(page, "Ana").getByText("meetup").waitFor();
  await row(page, "Cem").getByText("meetup").waitFor();
  expect(await row(page, "Bo").getByText("meetup").count()).toBe(0);
  await page.keyboard.press("Control+z");
  await toast(page, /^Took back: Tagged/).waitFor();
  await expect.poll(() => grid(page).getByText("meetup").count()).toBe(0);
  expect(await foot(page).innerText(), "those selected stay selected").toContain("2 selected");
});

test("while the tag box is open and empty, Ctrl Z takes back the tag that was just put on, as the toast says", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  const page = await open();
  await row(page, "Ana").waitFor();
  await page.keyboard.press("t");
  await page.keyboard.type("rust");
  await page.getByRole("option", { name: /New: rust/ }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Added rust").waitFor();
  await expect.poll(async () => (await pageOf(bridge, ana)).tags.length).toBe(1);
  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await pageOf(bridge, ana)).tags.length).toBe(0);
  await page.getByText("Added rust").waitFor({ state: "detached" });
  // What is typed there is still its own.
  await page.keyboard.type("g");
  await page.keyboard.press("Control+z");
  expect(await page.getByRole("combobox", { name: "Tag" }).inputValue()).toBe("");
});

test("a comma makes two tags, the one that is there stays what it is, and list and file call them alike", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  await tagged(bridge, [await someone(bridge, "Bo")], "Rust", "stack");
  const page = await open();
  await row(page, "Ana").click();
  await page.keyboard.press("t");
  await page.keyboard.type("vip, 🦀 crab, rust");
  await page.getByRole("option", { name: "vip, 🦀 crab and rust" }).filter({ hasText: "topics" }).click();
  await page.getByText("Added vip, 🦀 crab, rust").waitFor();
  const { tags } = await pageOf(bridge, ana);
  expect(tags.map(({ name, kind }) => `${name} ${kind}`).toSorted()).toEqual(["Rust stack", "vip topic", "🦀 crab topic"]);
  await page.keyboard.press("Escape");
  await page.getByRole("columnheader", { name: "Tags" }).waitFor();
  await page.keyboard.press("Control+e");
  const file = page.getByRole("form", { name: "Export" });
  await file.getByLabel("For myself").check();
  await file.getByLabel("Works with (tags)").waitFor();
  await file.getByLabel("Topics (tags)").waitFor();
});

test("Delete moves someone to the trash, and Undo in the corner brings them back", async ({ bridge, open }) => {
  for (const name of ["Ana", "Bo", "Cem"]) await someone(bridge, name);
  const page = await open();
  await row(page, "Bo").click();
  await page.keyboard.press("Delete");
  await toast(page, "Moved Bo to the trash").waitFor();
  await expect.poll(async () => (await names(page)).toSorted()).toEqual(["Ana", "Cem"]);
  await expect.poll(() => foot(page).innerText()).toContain("2 people");
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await toast(page, "Took back: Moved Bo to the trash").waitFor();
  await row(page, "Bo").waitFor();
  expect(await everyName(bridge)).toEqual(["Ana", "Bo", "Cem"]);
});

test("Shift selects a stretch, Ctrl A all, and Esc nobody", async ({ bridge, open }) => {
  for (const name of ["Ana", "Bo", "Cem", "Dee"]) await someone(bridge, name);
  const page = await open();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await expect.poll(() => names(page)).toEqual(["Ana", "Bo", "Cem", "Dee"]);
  await row(page, "Ana").click();
  await row(page, "Cem").click({ modifiers: ["Shift"] });
  await expect.poll(() => foot(page).innerText()).toContain("3 selected");
  await page.keyboard.press("Control+a");
  await expect.poll(() => foot(page).innerText()).toContain("4 selected");
  await page.keyboard.press("Escape");
  await expect.poll(() => foot(page).innerText()).toContain("4 people");
});

test("Space peeks, J moves on with the pane open, Esc closes it", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana", { organisation: "Basalt" });
  await someone(bridge, "Bo");
  await happened(bridge, ana, "first_success", { note: "Queue runs on a laptop" });
  const page = await open();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await row(page, "Ana").click();
  await page.keyboard.press(" ");
  const peek = page.getByRole("complementary", { name: "Peek" });
  await peek.getByText("Queue runs on a laptop").waitFor();
  await peek.locator("[aria-current=step]").getByText("Learning").waitFor();
  await page.keyboard.press("j");
  await peek.getByRole("heading", { name: "Bo" }).waitFor();
  await peek.getByText("Nothing is written down yet.").waitFor();
  await page.keyboard.press("Escape");
  await peek.waitFor({ state: "detached" });
  expect(await active(page)).toBe("Bo");
});

test("Enter opens, Alt ↓ and Alt ↑ walk on in the order of the list, and Esc comes back to where they stood", async ({ bridge, open }) => {
  for (const name of ["Cem", "Ana", "Dee", "Bo"]) await someone(bridge, name);
  const page = await open();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await expect.poll(() => names(page)).toEqual(["Ana", "Bo", "Cem", "Dee"]);
  await row(page, "Ana").click();
  await page.keyboard.press("Enter");
  const shown = (name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
  await shown("Ana");
  for (const [key, name, at] of [["ArrowDown", "Bo", 2], ["ArrowDown", "Cem", 3], ["ArrowUp", "Bo", 2]] as const) {
    await page.keyboard.press(`Alt+${key}`);
    await shown(name);
    await page.getByText(`${at} of 4`).waitFor();
  }
  await page.keyboard.press("Escape");
  await expect.poll(() => active(page)).toBe("Bo");
});

test("a right click on a row offers its commands with their keys", async ({ bridge, open }) => {
  await someone(bridge, "Ana");
  const page = await open();
  await row(page, "Ana").click({ button: "right" });
  const menu = page.getByRole("menu", { name: "Ana" });
  expect(await menu.getByRole("menuitem", { name: "Log what happened" }).innerText()).toMatch(/L$/);
  await menu.getByRole("menuitem", { name: "Move to the trash" }).click();
  await toast(page, "Moved Ana to the trash").waitFor();
  await page.getByText("Nobody here yet.").waitFor();
});

test("rows are copied as a table that a spreadsheet takes", async ({ bridge, open }) => {
  await someone(bridge, "Ana", { organisation: "Basalt" });
  await someone(bridge, "=cmd()", { organisation: "Cobalt" });
  const page = await open();
  await row(page, "Ana").click();
  await page.keyboard.press("Control+a");
  await expect.poll(() => foot(page).innerText()).toContain("2 selected");
  await page.keyboard.press("Control+c");
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).split("\n").map((line) => line.split("\t").slice(0, 2));
  expect(lines.toSorted()).toEqual([["'=cmd()", "Cobalt"], ["Ana", "Basalt"], ["Name", "Organisation"]]);
});

test("20,000 people: to the end and back, counted exactly, on a page that stays small", async ({ home, bridge, open }) => {
  const people = Array.from({ length: 20_000 }, (_, i) => `Person ${String(i + 1).padStart(5, "0")},Org ${i % 400}\n`);
  const file = home.file("everybody.csv", `Name,Organisation\n${people.join("")}`);
  const imported = begin(built("hallway-cli"), ["--file", home.workspace, "import", file, "--no-match"], home.env);
  expect(await imported.over(60_000), imported.said()).toBe(0);
  expect(await bridge.rpc("workspace.info")).toMatchObject({ people: 20_000 });

  const page = await open();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await row(page, "Person 00001").waitFor();
  const nodes = () => page.evaluate(() => document.querySelectorAll("*").length);
  expect(await foot(page).innerText()).toContain("20,000 people");
  expect(await nodes()).toBeLessThan(3_000);

  await page.keyboard.press("End");
  await row(page, "Person 20000").waitFor();
  expect(await active(page)).toBe("Person 20000");
  await page.keyboard.press("PageUp");
  await expect.poll(() => active(page)).toMatch(/^Person 199\d\d$/);
  await page.keyboard.press("Home");
  await row(page, "Person 00001").waitFor();

  // All of them, and the next key at once means all of them.
  await page.keyboard.press("Control+a");
  await page.keyboard.press("t");
  await page.getByRole("dialog", { name: "Tag" }).getByText("Tag 20,000 people").waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => foot(page).innerText()).toContain("20,000 selected");
  await page.keyboard.press("Escape");

  // With the wheel, past everybody: the rows in view are filled wherever it stops.
  await grid(page).hover();
  for (let turn = 0; turn < 40; turn++) {
    await page.mouse.wheel(0, 8_000);
    expect(await nodes()).toBeLessThan(3_000);
  }
  await expect.poll(async () => (await names(page)).filter((name) => name === "")).toEqual([]);
  const [first = ""] = await names(page);
  expect(Number(first.slice(-5))).toBeGreaterThan(5_000);

  await page.keyboard.press("/");
  await page.keyboard.type("person 1234");
  await expect.poll(() => foot(page).innerText()).toContain("12 of 20,000 people");
}, 90_000);

test("whoever is selected is to be seen: another filter, a merge or the trash lets go of the others", async ({ bridge, open }) => {
  for (const name of ["Ana", "Bo", "Cem", "Siobhan"]) await someone(bridge, name);
  await bridge.remember({ people: { query: FROM_A } });
  const page = await open();
  await expect.poll(() => active(page)).toBe("Ana");
  for (const key of ["x", "j", "x", "m"]) await page.keyboard.press(key);
  await page.getByRole("columnheader", { name: "As one person" }).waitFor();
  await page.keyboard.press("m");
  await toast(page, "Merged Bo into Ana").waitFor();
  await page.keyboard.press("Control+2");
  await expect.poll(() => names(page)).toEqual(["Ana", "Cem", "Siobhan"]);
  await foot(page).getByText("1 selected").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("siobhan");
  await expect.poll(() => names(page)).toEqual(["Siobhan"]);
  await page.keyboard.press("Enter");
  await foot(page).getByText("1 of 3 people").waitFor();
  expect(await page.getByRole("checkbox", { name: "Select everyone in the list" }).isChecked()).toBe(false);
  await page.keyboard.press("Delete");
  await toast(page, "Moved Siobhan to the trash").waitFor();
  expect(await everyName(bridge)).toEqual(["Ana", "Cem"]);
});

test("Esc takes away the words that narrow the list, after what lies above it", async ({ bridge, open }) => {
  for (const name of ["Ana", "Bo"]) await someone(bridge, name);
  const page = await open();
  await page.keyboard.press("/");
  await page.keyboard.type("an");
  await page.keyboard.press("Enter");
  await expect.poll(() => names(page)).toEqual(["Ana"]);
  await page.keyboard.press("x");
  await foot(page).getByText("1 selected").waitFor();
  await page.keyboard.press("Escape");
  await foot(page).getByText("1 of 2 people").waitFor();
  await page.keyboard.press("Escape");
  await foot(page).getByText(/^2 people/).waitFor();
  expect(await page.getByRole("combobox", { name: "Filter people" }).inputValue()).toBe("");
});

test("the filters are worked by keys: arrows and Enter, and the first tag that was found", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  const bo = await someone(bridge, "Bo");
  await happened(bridge, ana, "first_success");
  await tagged(bridge, [bo], "rust", "stack");
  await tagged(bridge, [ana], "sql", "stack");
  const page = await open();
  const filters = page.getByRole("group", { name: "Filters" });
  await filters.getByRole("button", { name: "Stage" }).click();
  for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  await expect.poll(() => names(page)).toEqual(["Ana"]);
  await page.keyboard.press("Enter");
  await expect.poll(() => names(page)).toHaveLength(2);
  await page.keyboard.press("Escape");
  await filters.getByRole("button", { name: "Tags" }).click();
  await page.keyboard.type("sql");
  await page.getByRole("dialog").getByLabel("sql").waitFor();
  await page.keyboard.press("Enter");
  await expect.poll(() => names(page)).toEqual(["Ana"]);
});

test("fast hands: keys that come before the rows are meant for them, and nobody unseen goes to the trash", async ({ bridge, open }) => {
  for (const name of ["Ana", "Bo", "Cem"]) await someone(bridge, name);
  const page = await open();
  await row(page, "Ana").waitFor();
  await page.keyboard.press("Control+,");
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  let release: () => void = () => undefined;
  const released = new Promise<void>((go) => (release = go));
  await page.route("**/rpc/people.list*", async (route) => {
    await released;
    await route.continue();
  });
  await page.keyboard.press("Escape");
  await grid(page).waitFor();
  for (const key of ["Delete", "ArrowDown", "ArrowDown", "ArrowUp", "Enter"]) await page.keyboard.press(key);
  release();
  await page.getByRole("heading", { level: 1, name: "Bo" }).waitFor();
  expect((await bridge.rpc<unknown[]>("people.matching", { text: "ana", limit: 1 })).length).toBe(1);
});
