// The twenty-second conversation, key by key: no more keys than the table of workflows allows.
import type { LineDraft } from "../../ui/src/ipc/gen";
import { axe, expect, inUse, onADay as test, serve } from "./fixtures";
import { about, chip, chips, hands, line, matches, savedLine } from "./capturing";
import { everyName, happened, reachable, someone } from "./people";
import { focused, row } from "./seeing";

test("U1: a new person at the booth, in 46 keys", async ({ bridge, page }) => {
  const { type, press, keys } = hands(page);
  await press("Control+Shift+Space");
  await type("priya nair @acme /4 retry docs unclear !mon");
  await press("Enter");
  expect(keys()).toBeLessThanOrEqual(46);
  await savedLine(page, "Captured Priya Nair");

  const priya = await about(bridge, "Priya Nair");
  expect(priya.page.organisation).toBe("Acme");
  expect(priya.entries).toMatchObject([
    { kind: "conversation_in_person", note: "retry docs unclear", source: "quick_capture", people: [{ observedStage: "build", observedBy: "told" }] },
  ]);
  expect(priya.followUps).toMatchObject([{ due: "2026-05-25", kind: "promise", touchpoint: priya.entries[0]!.id }]);
  expect(priya.page.standing.stage).toBe("build");
});

test("U2: a person one knows, in 25 keys", async ({ bridge, open }) => {
  await someone(bridge, "Priya Nair", { organisation: "Acme" });
  await someone(bridge, "Tom Prince");
  const page = await open();
  const { type, press, keys } = hands(page);
  await press("Control+Shift+Space");
  await type("pri");
  await press("Tab");
  await type("now in production");
  await press("Enter");
  expect(keys()).toBeLessThanOrEqual(25);
  await savedLine(page, "Captured Priya Nair");
  const priya = await about(bridge, "Priya Nair");
  expect(priya.entries.map(({ note }) => note)).toEqual(["now in production"]);
  expect((await everyName(bridge)).length).toBe(2);
});

test("U3: the next visitor with the line still open, in 38 keys; U9: stickers, in 15", async ({ bridge, page }) => {
  const first = hands(page);
  await first.press("Control+Shift+Space");
  await first.type("priya nair");
  await first.press("Enter");
  await savedLine(page, "Captured Priya Nair");

  const { type, press, keys } = hands(page);
  await type("tom kowalski @initech /2 kafka vs us");
  await press("Enter");
  expect(keys()).toBeLessThanOrEqual(38);
  await savedLine(page, "Captured Tom Kowalski");
  const tom = await about(bridge, "Tom Kowalski");
  expect(tom.page.organisation).toBe("Initech");
  expect(tom.entries).toMatchObject([{ note: "kafka vs us", people: [{ observedStage: "evaluate" }] }]);

  await page.keyboard.press("Escape");
  const again = hands(page);
  await again.press("Control+Shift+Space");
  await again.type("pri");
  await again.press("Tab");
  await again.type("*sticker");
  await again.press("Enter");
  expect(again.keys()).toBeLessThanOrEqual(15);
  await expect.poll(async () => (await about(bridge, "Priya Nair")).entries.map(({ kind, note }) => [kind, note])).toEqual([
    ["sent_swag", "sticker"],
    ["conversation_in_person", null],
  ]);
});

test("U4: an evening of lines from a phone, a key or two for each", async ({ bridge, open }) => {
  const tom = await someone(bridge, "Tom Kowalski", { organisation: "Initech" });
  const page = await open();
  await page.keyboard.press("Control+Shift+Space");
  const notes = ["priya nair @acme /4 retry docs", "tom kowalsky, kafka vs us", "ana ribeiro met at the door", "jo duarte"];
  await page.evaluate((text) => navigator.clipboard.writeText(text), notes.join("\n"));
  await page.keyboard.press("Control+v");
  await page.getByText("4 lines pasted: one person each?").waitFor();
  const { type, press, keys } = hands(page);
  await press("Enter");
  await page.getByRole("button", { name: "Go through them" }).click();
  const current = page.locator("li[aria-current=true]");
  await current.getByText("priya nair @acme /4 retry docs", { exact: true }).waitFor();

  await press("d");
  await current.getByText("Tom Kowalski, Initech").or(current.getByText("may be the same person")).first().waitFor();
  await press("m");
  await current.getByText("seen", { exact: false }).or(current.getByText("Initech")).first().waitFor();
  await press("d");
  await current.getByText("ana ribeiro met at the door", { exact: true }).waitFor();
  // The name runs on into the note: a comma ends it.
  await press("Enter");
  await page.keyboard.press("Home");
  for (let step = 0; step < "ana ribeiro".length; step++) await page.keyboard.press("ArrowRight");
  await type(",");
  await press("Enter");
  await current.getByText("New: Ana Ribeiro", { exact: true }).waitFor();
  await press("o");
  await type("Blue Harbour");
  await press("Enter");
  await current.getByText("Blue Harbour", { exact: true }).waitFor();
  await press("s");
  await press("3");
  await current.getByText("Learning · told you").waitFor();
  await press("e");
  await type("ana@harbour.example");
  await press("Enter");
  await current.getByText("E-mail ana@harbour.example").waitFor();
  await press("d");
  await current.getByText("jo duarte", { exact: true }).waitFor();
  await press("Delete");
  await page.getByText("Nothing waits.").waitFor();
  expect(keys(), "besides what was corrected, two keys a line").toBeLessThanOrEqual(18 + "Blue Harbourana@harbour.example,".length);

  expect(await everyName(bridge)).toEqual(["Ana Ribeiro", "Priya Nair", "Tom Kowalski"]);
  expect((await about(bridge, "Tom Kowalski")).page.person.id).toBe(tom);
  const ana = await about(bridge, "Ana Ribeiro");
  expect(ana.page).toMatchObject({ organisation: "Blue Harbour", contactPoints: [{ value: "ana@harbour.example", source: "they_gave_it" }] });
  expect(ana.entries).toMatchObject([{ note: "met at the door", people: [{ observedStage: "learn" }] }]);
  await page.keyboard.press("Control+z");
  await page.getByText("jo duarte", { exact: true }).waitFor();
});

test("what was captured today is put right with the same keys", async ({ bridge, open }) => {
  await bridge.rpc("captures.save", { text: "priya nair @acme, retry docs" });
  const page = await open("/review");
  const current = page.locator("li[aria-current=true]");
  await current.getByText("Priya Nair", { exact: true }).waitFor();
  await page.keyboard.press("s");
  await page.keyboard.press("4");
  await current.getByText("Building · told you").waitFor();
  await page.keyboard.press("e");
  await page.keyboard.type("priya@acme.example");
  await page.keyboard.press("Enter");
  await current.getByText("priya@acme.example").waitFor();
  await page.keyboard.press("o");
  await page.keyboard.type("Initech");
  await page.keyboard.press("Enter");
  await current.getByText("Initech", { exact: false }).first().waitFor();
  await page.keyboard.press("d");
  await page.getByText("Nothing waits.").waitFor();
  const priya = await about(bridge, "Priya Nair");
  expect(priya.page).toMatchObject({ organisation: "Initech", standing: { stage: "build" } });
});

test("a capture is taken back in one step, and its line is back in the field", async ({ bridge, page }) => {
  await page.keyboard.press("Control+Shift+Space");
  await page.keyboard.type("priya nair @acme /4 docs !mon send it");
  await page.keyboard.press("Enter");
  await savedLine(page, "Captured Priya Nair");
  await page.keyboard.press("Control+z");
  await expect.poll(() => line(page).inputValue()).toBe("priya nair @acme /4 docs !mon send it");
  expect(await everyName(bridge)).toEqual([]);
  await page.keyboard.press("Enter");
  await expect.poll(() => everyName(bridge)).toEqual(["Priya Nair"]);
});

test("a draft survives Esc, a reload and the end of the program", async ({ bridge, open, home, now }) => {
  const page = await open();
  await page.keyboard.press("Control+Shift+Space");
  await page.keyboard.type("priya nair @ac");
  await page.keyboard.press("Escape");
  await expect.poll(() => line(page).count()).toBe(0);
  await page.keyboard.press("Control+Shift+Space");
  await expect.poll(() => line(page).inputValue()).toBe("priya nair @ac");
  await page.keyboard.type("me");
  await expect.poll(async () => (await bridge.rpc<LineDraft>("captures.draft")).text).toBe("priya nair @acme");
  await page.reload();
  await page.getByRole("main").waitFor();
  await page.keyboard.press("Control+Shift+Space");
  await expect.poll(() => line(page).inputValue()).toBe("priya nair @acme");
  const other = await serve(home, now);
  expect((await other.bridge.rpc<LineDraft>("captures.draft")).text).toBe("priya nair @acme");
  await other.end();
});

inUse("kill -9 while typing loses nothing that was on the screen for a quarter of a second", async ({ home, browser }) => {
  /** Types until the program is killed; answers with what was lost of that which had stood there long enough. */
  const lost = async (keeping: boolean): Promise<string> => {
    const { bridge, kill } = await serve(home);
    await bridge.rpc("workspace.set_up", { product: "Queues", zone: "Europe/Berlin" });
    const page = await browser.newPage();
    if (!keeping) await page.route(/captures\.keep/, (route) => route.fulfill({ json: { value: {}, changed: [] } }));
    await page.goto(`${bridge.address}/#/people`);
    await page.getByRole("main").waitFor();
    await page.keyboard.press("Control+Shift+Space");
    await line(page).waitFor();
    const typed = "priya nair @acme /4 retry docs unclear, wants a guide about batches";
    const shown: number[] = [];
    let killed = Infinity;
    const death = bridge.rpc("captures.read", { text: "x" }).then(async () => {
      // Somewhere in the middle: once enough of it stands there.
      while (shown.length < 30) await page.evaluate(() => new Promise((frame) => requestAnimationFrame(frame)));
      killed = Date.now();
      await kill();
    });
    for (const letter of typed) {
      if (killed !== Infinity) break;
      await page.keyboard.type(letter);
      await page.evaluate(() => new Promise((frame) => requestAnimationFrame(frame)));
      shown.push(Date.now());
    }
    await death;
    await page.close();
    const later = await serve(home);
    const { text } = await later.bridge.rpc<LineDraft>("captures.draft");
    await later.bridge.rpc("captures.keep", { text: "" });
    await later.end();
    const old = shown.filter((at) => at < killed - 250).length;
    expect(old, "some of it had stood there long enough").toBeGreaterThan(5);
    expect(typed.startsWith(text)).toBe(true);
    return typed.slice(text.length, Math.max(text.length, old));
  };
  expect(await lost(true)).toBe("");
  expect(await lost(false), "a line that is not kept is lost, and this notices it").not.toBe("");
});

test("fast hands lose no keystroke, whoever answers late", async ({ bridge, open }) => {
  await someone(bridge, "Priya Nair", { organisation: "Acme" });
  const page = await open();
  let answer = (): void => undefined;
  const typed = new Promise<void>((done) => (answer = done));
  await page.route(/captures\.read/, (route) => typed.then(() => route.continue()).catch(() => undefined));
  await page.keyboard.press("Control+Shift+Space");
  await line(page).waitFor();
  await page.keyboard.type("pri");
  await page.keyboard.press("Tab");
  await page.keyboard.type("retry docs, and then some");
  await page.keyboard.press("Enter");
  await page.keyboard.type("tom kowalski");
  await page.keyboard.press("Enter");
  answer();
  await expect.poll(() => everyName(bridge)).toEqual(["Priya Nair", "Tom Kowalski"]);
  await expect
    .poll(async () => (await about(bridge, "Priya Nair")).entries.map(({ note }) => note))
    .toEqual(["retry docs, and then some"]);
});

test("people appear while one types, with where they work and when they were seen; the arrows choose", async ({ bridge, open }) => {
  const acme = await someone(bridge, "Priya Nair", { organisation: "Acme" });
  await happened(bridge, acme, "conversation_online", { on: "2026-05-14" });
  const globex = await someone(bridge, "Priya Nair", { organisation: "Globex" });
  const page = await open();
  await page.keyboard.press("Control+Shift+Space");
  await page.keyboard.type("priya nair");
  await expect.poll(() => matches(page).allInnerTexts().then((rows) => rows.map((row) => row.replaceAll("\n", " ")))).toEqual([
    expect.stringContaining("Acme · seen 7 days ago"),
    expect.stringContaining("Globex"),
  ]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await chip(page, /Priya Nair Globex/).waitFor();
  await page.keyboard.type("hello");
  await page.keyboard.press("Enter");
  await savedLine(page, "Captured Priya Nair");
  const { entries } = await bridge.rpc<{ entries: unknown[] }>("touchpoints.timeline", { person: globex, limit: 9 });
  expect(entries).toMatchObject([{ note: "hello" }]);
  // Somebody else of that name, said outright.
  await page.keyboard.type("priya nair @initech");
  await page.keyboard.press("Control+Enter");
  await savedLine(page, "who is new here");
  expect(await everyName(bridge)).toEqual(["Priya Nair", "Priya Nair", "Priya Nair"]);
});

test("somebody near is offered and not assumed", async ({ bridge, open }) => {
  const tom = await someone(bridge, "Tom Kowalski", { organisation: "Initech" });
  await reachable(bridge, tom, "email", "tom@initech.example");
  const page = await open();
  await page.keyboard.press("Control+Shift+Space");
  await page.keyboard.type("thomas k tom@initech.example");
  await matches(page).filter({ hasText: "the same person?" }).waitFor();
  await page.keyboard.press("Tab");
  await chip(page, /Tom Kowalski/).waitFor();
  expect(await line(page).inputValue()).toBe("Tom Kowalski, tom@initech.example");
  await page.keyboard.press("Enter");
  await savedLine(page, "Captured Tom Kowalski");
  expect(await everyName(bridge)).toEqual(["Tom Kowalski"]);
});

test("Tab walks the chips, which are corrected, made note and taken off", async ({ page }) => {
  await page.keyboard.press("Control+Shift+Space");
  await page.keyboard.type("priya nair @acme /4 #rust docs");
  await chip(page, "Building").waitFor();
  await page.keyboard.press("Tab");
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("Priya Nair");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("2");
  await chip(page, "Evaluation").waitFor();
  expect(await line(page).inputValue()).toBe("priya nair @acme /2 #rust docs");
  await chip(page, "rust").press("\\");
  await expect.poll(() => chips(page).innerText()).toContain("#rust docs");
  await chip(page, "Acme").press("F2");
  await page.keyboard.type("@globex");
  await chip(page, "Globex").waitFor();
  expect(await line(page).inputValue()).toBe("priya nair @globex /2 \\#rust docs");
  await chip(page, "Globex").press("Delete");
  await expect.poll(() => line(page).inputValue()).toBe("priya nair /2 \\#rust docs");
  // After the last chip Tab leaves.
  await chip(page, "Evaluation").focus();
  await page.keyboard.press("Tab");
  expect(await focused(page)).not.toBe("Organisation");
  expect(await chips(page).evaluate((list) => list.contains(document.activeElement))).toBe(false);
});

test("whoever types on with the focus on a chip types into the line, and Enter saves it from there", async ({ bridge, page }) => {
  await page.keyboard.press("Control+Shift+Space");
  await page.keyboard.type("priya ramanathan");
  await chip(page, "Priya Ramanathan").waitFor();
  await page.keyboard.press("Tab");
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("Priya Ramanathan");
  await page.getByText("take off").waitFor();
  await page.keyboard.type(", asked about 4 retries");
  expect(await line(page).inputValue()).toBe("priya ramanathan, asked about 4 retries");
  await page.keyboard.press("Tab");
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("Priya Ramanathan");
  await page.keyboard.press("Enter");
  await savedLine(page, "Captured Priya Ramanathan");
  expect((await about(bridge, "Priya Ramanathan")).entries.map(({ note }) => note)).toEqual(["asked about 4 retries"]);
});

test("a line that cannot be saved stays where it is, and says why", async ({ bridge, page }) => {
  await page.keyboard.press("Control+Shift+Space");
  await page.keyboard.type("@acme /4");
  await chip(page, "Building").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Not saved yet").waitFor();
  expect(await line(page).inputValue()).toBe("@acme /4");
  await page.keyboard.press("Home");
  await page.keyboard.type("priya ");
  await page.keyboard.press("Enter");
  await savedLine(page, "Captured Priya");
  await expect.poll(() => bridge.rpc<LineDraft>("captures.draft")).toEqual({ text: "", unsaved: [] });
});

test("a line that a full disk refused waits in sight, and can be put back", async ({ bridge, page }) => {
  let full = true;
  await page.route(/captures\.save/, (route) =>
    full ? route.fulfill({ status: 422, json: { code: "disk_full", message: "The disk is full.", field: null } }) : route.continue(),
  );
  await page.keyboard.press("Control+Shift+Space");
  await page.keyboard.type("priya nair @acme");
  await page.keyboard.press("Enter");
  await page.keyboard.type("tom kowalski");
  const strip = page.getByRole("alert").filter({ hasText: "Not saved yet" });
  await strip.getByText("The disk is full.").waitFor();
  full = false;
  await page.keyboard.press("Enter");
  await expect.poll(() => everyName(bridge)).toEqual(["Tom Kowalski"]);
  await strip.getByText("priya nair @acme").waitFor();
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => line(page).inputValue()).toBe("priya nair @acme");
  await page.keyboard.press("Enter");
  await expect.poll(() => everyName(bridge)).toEqual(["Priya Nair", "Tom Kowalski"]);
  expect(await strip.count()).toBe(0);
});

test("a line from right to left", async ({ bridge, page }) => {
  await page.keyboard.press("Control+Shift+Space");
  await page.keyboard.type("محمد الفاسي @أطلس /3 يبني خط بيانات !mon");
  await chip(page, "أطلس").waitFor();
  await chip(page, "Learning").waitFor();
  expect(await line(page).evaluate((field) => getComputedStyle(field).direction)).toBe("rtl");
  await page.keyboard.press("Enter");
  await savedLine(page, "Captured محمد الفاسي");
  const { entries } = await about(bridge, "محمد الفاسي");
  expect(entries).toMatchObject([{ note: "يبني خط بيانات" }]);
  await page.keyboard.press("Escape");
  await row(page, "محمد الفاسي").waitFor();
});

test("pasted lines can also be one line", async ({ page }) => {
  await page.keyboard.press("Control+Shift+Space");
  await page.evaluate(() => navigator.clipboard.writeText("priya nair\n@acme"));
  await page.keyboard.press("Control+v");
  await page.getByRole("button", { name: "One line" }).click();
  await expect.poll(() => line(page).inputValue()).toBe("priya nair @acme");
});

test("Esc leaves pasted lines out, and not what stood in the line", async ({ page }) => {
  await page.keyboard.press("Control+Shift+Space");
  await page.keyboard.type("tom");
  await page.evaluate(() => navigator.clipboard.writeText("priya nair\nana ribeiro"));
  await page.keyboard.press("Control+v");
  await page.getByText("2 lines pasted: one person each?").waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("2 lines pasted").waitFor({ state: "detached" });
  await page.keyboard.type(" k");
  await expect.poll(() => line(page).inputValue()).toBe("tom k");
});

test("the help shows how its own examples are read, and puts one into the line", async ({ page }) => {
  await page.keyboard.press("F1");
  const help = page.getByRole("region", { name: "Help" });
  await help.getByText("Mon 25 May: send the guide").waitFor();
  await help.getByRole("row", { name: /^eom/ }).getByText("Fri 29 May").waitFor();
  await help.getByText("Take back the last change").waitFor();
  await help.getByRole("button", { name: /^tom kowalski/ }).click();
  await expect.poll(() => line(page).inputValue()).toBe("tom kowalski, runs it in production now");
  await chip(page, "Tom Kowalski").waitFor();
});

for (const colorScheme of ["light", "dark"] as const) {
  test.extend({ screen: { colorScheme } })(`the line, the review and the help, ${colorScheme}, break no rule of accessibility`, async ({ bridge, open }) => {
    await someone(bridge, "Priya Nair", { organisation: "Acme" });
    await bridge.rpc("captures.save", { text: "tom k @initech /2 kafka" });
    await bridge.rpc("captures.lines", { text: "priya n @acme /3\n@nobody" });
    const page = await open("/review");
    await page.getByText("Written down, not saved yet").waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("Control+Shift+Space");
    await page.keyboard.type("priya @acme /4 docs #rust !mon write \"great\"");
    await chip(page, "Building").waitFor();
    await matches(page).first().waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("F1");
    await page.getByRole("region", { name: "Help" }).getByText("Mon 25 May: send the guide").waitFor();
    expect(await axe(page)).toEqual([]);
  });
}
