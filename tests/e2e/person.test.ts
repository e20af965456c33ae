// One person: every line edited where it stands, in any script, and nothing typed is ever lost.
import type { Page } from "playwright-core";
import { expect, inUse as test, onADay } from "./fixtures";
import { FROM_A, happened, pageOf, reachable, someone, tagged } from "./people";
import { entry, focused, inline, row, toast } from "./seeing";

test("a press opens a line, Enter saves it, and the focus stays on it", async ({ bridge, open }) => {
  const id = await someone(bridge, "Priya Nair");
  const page = await open(`/people/${id}`);
  await inline(page, "Builds").click();
  await page.keyboard.type("A queue for festivals");
  await page.keyboard.press("Enter");
  await toast(page, "Edited Priya Nair").waitFor();
  await page.getByRole("button", { name: "Builds: A queue for festivals. Edit" }).waitFor();
  await expect.poll(() => focused(page)).toBe("Builds: A queue for festivals. Edit");
  expect((await pageOf(bridge, id)).person.buildingNow).toBe("A queue for festivals");
});

test("Esc leaves a line as it was and keeps what was typed for the next time", async ({ bridge, open }) => {
  const id = await someone(bridge, "Priya Nair");
  const page = await open(`/people/${id}`);
  await inline(page, "Role").click();
  await page.keyboard.type("Principal engi");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Role: Add" }).getByText("draft").waitFor();
  expect((await pageOf(bridge, id)).person.roleTitle).toBeNull();
  await page.keyboard.press("Enter");
  expect(await page.getByRole("textbox", { name: "Role" }).inputValue()).toBe("Principal engi");
  await page.getByText("Your draft from before.").waitFor();
  await page.keyboard.press("End");
  await page.keyboard.type("neer");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Role: Principal engineer. Edit" }).waitFor();
});

test("E edits the name, the window's title follows, and Ctrl Z gives the old one back", async ({ bridge, open }) => {
  const id = await someone(bridge, "Tom K.");
  const page = await open(`/people/${id}`);
  await page.getByRole("heading", { level: 1, name: "Tom K." }).waitFor();
  await page.keyboard.press("e");
  expect(await focused(page)).toBe("Name");
  await page.keyboard.type("Tom Kowalski");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Tom Kowalski" }).waitFor();
  await expect.poll(() => page.title()).toBe("Tom Kowalski · Hallway");
  await page.keyboard.press("Control+z");
  await page.getByRole("heading", { level: 1, name: "Tom K." }).waitFor();
});

test("a person without a name is refused in a sentence, and the old name stays", async ({ bridge, open }) => {
  const id = await someone(bridge, "Tom");
  const page = await open(`/people/${id}`);
  await inline(page, "Name").click();
  await page.keyboard.press("Delete");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("A person needs a name.").waitFor();
  await page.keyboard.press("Escape");
  await inline(page, "Name").waitFor();
  expect((await pageOf(bridge, id)).person.displayName).toBe("Tom");
});

test("a time zone nobody knows is refused under its field, and can be mended there", async ({ bridge, open }) => {
  const id = await someone(bridge, "Priya Nair");
  const page = await open(`/people/${id}`);
  await inline(page, "Time zone").click();
  await page.keyboard.type("Lagoz");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("Write a zone like Africa/Lagos; a city finds it.").waitFor();
  const field = page.getByRole("combobox", { name: "Time zone" });
  expect(await field.inputValue()).toBe("Lagoz");
  expect(await field.getAttribute("aria-invalid")).toBe("true");
  await field.fill("lagos");
  await page.getByRole("option", { name: "Africa/Lagos" }).click();
  await page.getByText(/\d\d:\d\d there/).waitFor();
  expect((await pageOf(bridge, id)).person.timeZone).toBe("Africa/Lagos");
});

const refused = [
  ["Country", "Atlantis", "There is no country “Atlantis” here. Choose one from the list."],
  ["Languages", "Klingonish", "“Klingonish” is no language we know."],
] as const;

test.for(refused)("%s: what is not one is refused under its field, and the text stays", async ([label, typed, sentence], { bridge, open }) => {
  const id = await someone(bridge, "Priya Nair");
  const page = await open(`/people/${id}`);
  await inline(page, label).click();
  await page.keyboard.type(typed);
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText(sentence).waitFor();
  expect(await page.locator("input:focus").inputValue()).toBe(typed);
});

test("country by its name, languages in theirs, organisation new: one line says who this is", async ({ bridge, open }) => {
  const id = await someone(bridge, "Priya Nair");
  const page = await open(`/people/${id}`);
  for (const [label, typed] of [["Country", "india"], ["City", "Kochi"], ["Languages", "ml, English"], ["Organisation", "Nimbus"]] as const) {
    await inline(page, label).click();
    await page.keyboard.type(typed);
    await page.keyboard.press("Enter");
    await toast(page, "Edited Priya Nair").waitFor();
    await page.locator("input:focus").waitFor({ state: "detached" });
  }
  await page.getByText("Kochi, India").waitFor();
  await page.getByText("മലയാളം, English").first().waitFor();
  expect(await pageOf(bridge, id)).toMatchObject({ organisation: "Nimbus", person: { country: "IN", languages: "ml,en" } });
});

test("an address is added with where it came from; one that is none is refused and kept", async ({ bridge, open }) => {
  const id = await someone(bridge, "Priya Nair");
  const page = await open(`/people/${id}`);
  await page.getByText("No address or handle yet.").waitFor();
  await page.getByRole("button", { name: "Add a way to reach them" }).click();
  const form = page.getByRole("form", { name: "Add a way to reach them" });
  await form.getByLabel("E-mail", { exact: true }).fill("priya at nimbus");
  await page.keyboard.press("Enter");
  await form.getByRole("alert").getByText("“priya at nimbus” is not an e-mail address.").waitFor();
  expect(await form.getByLabel("E-mail", { exact: true }).inputValue()).toBe("priya at nimbus");
  await form.getByLabel("E-mail", { exact: true }).fill("priya@nimbus.example");
  await form.getByLabel("Where it came from").selectOption("From a colleague");
  await form.getByLabel("What it was given for").fill("the workshop list");
  await page.keyboard.press("Enter");
  await page.getByText("From a colleague · the workshop list").waitFor();
  await form.waitFor({ state: "detached" });
  await inline(page, "E-mail").getByText("priya@nimbus.example").waitFor();
});

test("an address is corrected in place, marked as bounced, and removed with a way back", async ({ bridge, open }) => {
  const id = await someone(bridge, "Priya Nair");
  await reachable(bridge, id, "email", "priya@nimbus.example");
  const page = await open(`/people/${id}`);
  await inline(page, "E-mail").click();
  await page.keyboard.type("nonsense");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("“nonsense” is not an e-mail address.").waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("priya.nair@nimbus.example");
  await page.keyboard.press("Enter");
  await inline(page, "E-mail").getByText("priya.nair@nimbus.example").waitFor();

  await page.getByRole("button", { name: "More about priya.nair@nimbus.example" }).click();
  await page.getByLabel("Does it work").selectOption("Bounced");
  await page.keyboard.press("Escape");
  await page.getByText("They gave it to you · bounced").waitFor();

  await page.getByRole("button", { name: "More about priya.nair@nimbus.example" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Move to the trash" }).click();
  await page.getByText("No address or handle yet.").waitFor();
  await page.keyboard.press("Control+z");
  await inline(page, "E-mail").getByText("priya.nair@nimbus.example").waitFor();
});

test("an address opens in the person's own program, unless they want no mail", async ({ bridge, open }) => {
  const id = await someone(bridge, "Priya Nair");
  await reachable(bridge, id, "email", "priya@nimbus.example");
  const page = await open(`/people/${id}`);
  await inline(page, "E-mail").hover();
  await page.getByRole("button", { name: "Open priya@nimbus.example" }).click();
  await expect.poll(() => bridge.links()).toEqual(["mailto:priya@nimbus.example"]);
  await page.getByLabel("Do not contact").check();
  await page.getByRole("button", { name: "Open priya@nimbus.example" }).waitFor({ state: "detached" });
});

test("do not contact keeps its reason, and the list says it", async ({ bridge, open }) => {
  const id = await someone(bridge, "Priya Nair");
  const page = await open(`/people/${id}`);
  await page.getByLabel("Do not contact").check();
  await inline(page, "Why not").click();
  await page.keyboard.type("Asked for quiet in March");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Why not: Asked for quiet in March. Edit" }).waitFor();
  expect(await pageOf(bridge, id)).toMatchObject({ person: { doNotContact: true, doNotContactReason: "Asked for quiet in March" } });
  await page.keyboard.press("Escape");
  await row(page, "Priya Nair").getByText("do not contact").waitFor();
});

test("tags go on with T and off with a press, and come back with Ctrl Z", async ({ bridge, open }) => {
  const id = await someone(bridge, "Priya Nair");
  await tagged(bridge, [await someone(bridge, "Bo")], "Rust", "stack");
  const page = await open(`/people/${id}`);
  await page.getByRole("heading", { level: 1, name: "Priya Nair" }).waitFor();
  await page.keyboard.press("t");
  await page.keyboard.type("rus");
  await page.getByRole("option", { name: "Rust" }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("list", { name: "Works with" }).getByText("Rust").waitFor();
  await page.keyboard.type("docs");
  await page.getByRole("option", { name: "New: docs" }).filter({ hasText: "topic" }).click();
  await page.getByRole("list", { name: "Topics" }).getByText("docs").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Take Rust off" }).click();
  await toast(page, /^Took a tag off Priya Nair: “.+”$/).waitFor();
  await page.getByRole("list", { name: "Works with" }).waitFor({ state: "detached" });
  await page.keyboard.press("Control+z");
  await page.getByRole("list", { name: "Works with" }).getByText("Rust").waitFor();
});

onADay("own fields are made where they are needed, and each kind takes what it holds", async ({ bridge, open }) => {
  const id = await someone(bridge, "Priya Nair");
  const page = await open(`/people/${id}`);
  const form = page.getByRole("form", { name: "New field" });
  const define = async (label: string, kind: string, choices?: string) => {
    await page.getByRole("button", { name: "Make a new field" }).click();
    await form.getByLabel("Name of the field").fill(label);
    await form.getByLabel("Holds").selectOption(kind);
    if (choices) await form.getByLabel("Choices, with commas between").fill(choices);
    await form.getByRole("button", { name: "Make it" }).click();
    await form.waitFor({ state: "detached" });
  };
  await define("Shirt", "Choice", "S, M, L");
  await define("Seats", "Number");
  await define("Renewal", "Date");

  await page.getByLabel("Shirt").selectOption("M");
  await inline(page, "Seats").click();
  await page.keyboard.type("a few");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("“a few” is not a number.").waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("12");
  await page.keyboard.press("Enter");
  await inline(page, "Seats").getByText("12").waitFor();
  await inline(page, "Renewal").click();
  await page.keyboard.type("yesterday");
  await page.keyboard.press("Enter");
  await inline(page, "Renewal").getByText("2026-05-20").waitFor();
  const held = (await pageOf(bridge, id)).fields.map(({ label, value }) => [label, value]);
  expect(Object.fromEntries(held)).toEqual({ Shirt: "M", Seats: "12", Renewal: "2026-05-20" });
});

test("two preferences ticked faster than they are saved are both kept", async ({ bridge, open }) => {
  const id = await someone(bridge, "Priya Nair");
  const page = await open(`/people/${id}`);
  let release = () => {};
  const held = new Promise<void>((kept) => (release = kept));
  await page.route(/\/rpc\/people\.edit\b/, async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole("button", { name: "Likes: Add" }).click();
  await page.getByLabel("Code samples").check();
  await page.getByLabel("Reading").check();
  release();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Likes: Reading, Code samples. Edit" }).waitFor();
  await expect.poll(async () => (await pageOf(bridge, id)).person.contentPrefs).toBe("read,code");
  await page.getByRole("button", { name: "Likes: Reading, Code samples. Edit" }).click();
  await page.getByRole("checkbox", { name: "Reading" }).uncheck();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Likes: Code samples. Edit" }).waitFor();
});

test("a person moved to the trash makes room for the next, and comes back with Ctrl Z", async ({ bridge, open }) => {
  await someone(bridge, "Ana");
  const id = await someone(bridge, "Bo");
  const page = await open(`/people/${id}`);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Move to the trash" }).click();
  await page.getByRole("heading", { level: 1, name: "Ana" }).waitFor();
  await page.getByText("1 of 1").waitFor();
  await page.keyboard.press("Control+z");
  await toast(page, "Took back: Moved Bo to the trash").waitFor();
  await page.getByText("of 2").waitFor();
});

const hostile = [
  ["markup", `<img src=x onerror="window.ran=true"><script>window.ran=true</script>`],
  ["right to left, and letters that turn the direction", "\u202Eevil\u202C שלום العربية"],
  ["emoji in families and flags", "👩‍👩‍👧‍👦 🏳️‍🌈 🇺🇳 e\u0301"],
  ["a word without an end", "W".repeat(3_000)],
  ["a formula", `=HYPERLINK("https://example.org","x")`],
] as const;

test.for(hostile)("text stays text: %s", async ([, text], { bridge, open }) => {
  const id = await someone(bridge, text.slice(0, 200), { organisation: text.slice(0, 100) });
  await happened(bridge, id, "conversation_online", { note: text });
  await bridge.rpc("people.edit", { id, notes: text });
  const page = await open(`/people/${id}`);
  await expect.poll(() => page.getByRole("region", { name: "Timeline" }).locator(".note").innerText()).toBe(text);
  expect(await inline(page, "Notes").locator("[dir=auto]").innerText()).toBe(text);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "no sideways scroll").toBe(true);
  await page.keyboard.press("Escape");
  await expect.poll(() => row(page, "").locator("[data-open]").first().textContent()).toBe(text.slice(0, 200));
  await page.keyboard.press("Control+k");
  await page.keyboard.type(text.slice(0, 6));
  await page.getByRole("option").first().waitFor();
  expect(await page.evaluate(() => "ran" in window), "a script ran").toBe(false);
});

const ways: [string, (page: Page) => Promise<unknown>][] = [
  ["a key that leads elsewhere", (page) => page.keyboard.press("Control+2")],
  ["a press elsewhere", (page) => page.getByRole("navigation").getByText("People", { exact: true }).click()],
  ["the next person", (page) => page.keyboard.press("Alt+ArrowDown")],
  ["the way back", (page) => page.goBack()],
];

test.for(ways)("a field that is left by %s is saved", async ([, leave], { bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  await someone(bridge, "Bo");
  await bridge.remember({ people: { query: FROM_A } });
  const page = await open();
  await row(page, "Ana").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("1 of 2").waitFor();
  for (const [label, typed] of [["City", "Cork"], ["Country", "Ireland"]] as const) {
    await inline(page, label).click();
    await page.keyboard.type(typed);
    if (label === "City") await page.keyboard.press("Enter");
  }
  await leave(page);
  await toast(page, "Edited Ana").waitFor();
  await expect.poll(async () => (await pageOf(bridge, ana)).person.country).toBe("IE");
  expect((await pageOf(bridge, ana)).person.city).toBe("Cork");
});

test("a field that cannot be saved says so when its place is left, and keeps what was typed", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  const page = await open(`/people/${ana}`);
  await inline(page, "Country").click();
  await page.keyboard.type("Irland");
  await page.keyboard.press("Control+2");
  await toast(page, "Country: There is no country “Irland” here. Choose one from the list.").waitFor();
  await row(page, "Ana").waitFor();
  await page.keyboard.press("Enter");
  await inline(page, "Country").getByText("draft").waitFor();
});

onADay("S pressed far down a page opens the stages where they can be read", async ({ bridge, open }) => {
  const ana = await someone(bridge, "Ana");
  for (let n = 0; n < 30; n++) await happened(bridge, ana, "attended_talk", { on: "2026-04-01", note: `Talk ${n}` });
  const page = await open(`/people/${ana}`);
  await page.setViewportSize({ width: 960, height: 600 });
  await entry(page, "Talk 29").waitFor();
  await page.getByRole("region", { name: "Ana" }).evaluate((one) => (one.scrollTop = one.scrollHeight));
  await page.keyboard.press("s");
  const stages = page.getByRole("dialog", { name: "Stage of Ana" });
  await expect.poll(async () => (await stages.boundingBox())?.y).toBeGreaterThan(0);
  expect(await stages.evaluate((panel) => {
    const { x, y } = panel.querySelector("[role=radio]")!.getBoundingClientRect();
    return panel.contains(document.elementFromPoint(x + 10, y + 5));
  })).toBe(true);
});
