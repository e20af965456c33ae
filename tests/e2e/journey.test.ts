// Where someone stands, why, and the person's own word on it.
import { expect, onADay as test } from "./fixtures";
import { FROM_A, happened, pageOf, someone } from "./people";
import { entry, focused, journey, log, row, standsAt, toast } from "./seeing";

/** Two kinds of signs, close together: Learning, as a suggestion. */
async function suggested(bridge: Parameters<typeof someone>[0]): Promise<string> {
  const id = await someone(bridge, "Ana");
  await happened(bridge, id, "hands_on_workshop", { on: "2026-05-01" });
  await happened(bridge, id, "asked_how_to", { on: "2026-05-19", note: "How do retries work" });
  return id;
}

test("a suggested move counts at once, is marked new, and A accepts it", async ({ bridge, open }) => {
  const id = await suggested(bridge);
  const page = await open();
  await row(page, "Ana").getByText("new", { exact: true }).waitFor();
  await row(page, "Ana").click();
  await page.keyboard.press("Enter");
  await journey(page).getByText("Moved on from Evaluation to Learning.").waitFor();
  await standsAt(page, "Learning").waitFor();
  await page.keyboard.press("a");
  await toast(page, "Accepted the move of Ana").waitFor();
  await journey(page).getByText("Is that right?").waitFor({ state: "detached" });
  await standsAt(page, "Learning").waitFor();
  expect((await pageOf(bridge, id)).standing.history[0]).toMatchObject({ to: "learn", status: "accepted" });
  await page.keyboard.press("Control+z");
  await journey(page).getByText("Moved on from Evaluation to Learning.").waitFor();
});

test("U takes a move back: the old stage stands again, and what the evidence says is told apart from it", async ({ bridge, open }) => {
  const id = await suggested(bridge);
  const page = await open(`/people/${id}`);
  await standsAt(page, "Learning").waitFor();
  await page.keyboard.press("u");
  await toast(page, "Took back the move of Ana").waitFor();
  await standsAt(page, "Evaluation").waitFor();
  await journey(page).getByText("You took back the move to Learning.").waitFor();
  await journey(page).getByText("The evidence says Learning:").waitFor();
  expect(await journey(page).innerText()).not.toMatch(/Because:|Is that right/);
  await page.keyboard.press("Control+z");
  await standsAt(page, "Learning").waitFor();
});

test("nobody is asked whether their own word is right, also on the day of the move itself", async ({ bridge, open }) => {
  const id = await someone(bridge, "Ana");
  await happened(bridge, id, "attended_talk", { on: "2026-03-12" });
  await happened(bridge, id, "opened_pr");
  const page = await open(`/people/${id}`);
  await journey(page).getByText("Moved on from Discovery to Learning.").waitFor();
  await page.keyboard.press("u");
  await standsAt(page, "Discovery").waitFor();
  await journey(page).getByText("You took back the move to Learning.").waitFor();
  await journey(page).getByText("The evidence says Learning: opened a pull request").waitFor();
  expect(await journey(page).getByText("Is that right?").count()).toBe(0);
  expect(await journey(page).getByText("Because:").count()).toBe(0);
  await page.keyboard.press(".");
  await page.getByRole("region", { name: "Explanation" }).getByText("you took the move before it back").waitFor();
});

test("a stage reached in a month is not given a day", async ({ bridge, open }) => {
  const id = await someone(bridge, "Ana");
  await happened(bridge, id, "first_success", { on: "2026-03" });
  const page = await open(`/people/${id}`);
  await standsAt(page, "Learning").getByText("since March 2026").waitFor();
  await page.keyboard.press(".");
  const explained = page.getByRole("region", { name: "Explanation" });
  await explained.getByText("since March 2026").waitFor();
  expect(await journey(page).innerText()).not.toMatch(/1 Mar\b/);
});

test("A and U work in the peek pane too", async ({ bridge, open }) => {
  await suggested(bridge);
  const page = await open();
  await row(page, "Ana").click();
  await page.keyboard.press(" ");
  await standsAt(page, "Learning").waitFor();
  await page.keyboard.press("u");
  await standsAt(page, "Evaluation").waitFor();
  await row(page, "Ana").getByText("Evaluation").waitFor();
});

test("S and 4 set a stage by hand, with a reason, until the next proof", async ({ bridge, open }) => {
  const id = await suggested(bridge);
  const page = await open(`/people/${id}`);
  await standsAt(page, "Learning").waitFor();
  await page.keyboard.press("s");
  await page.getByRole("dialog", { name: "Stage of Ana" }).waitFor();
  await page.keyboard.press("4");
  await expect.poll(() => page.getByRole("radio", { name: "Building" }).getAttribute("aria-checked")).toBe("true");

  // Without a reason it is not saved.
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("Say in a few words why: you will want to know it later.").waitFor();
  await page.keyboard.type("Showed me the branch.");
  await page.keyboard.press("Enter");
  await toast(page, "Set the stage of Ana").waitFor();
  await standsAt(page, "Building").waitFor();
  await journey(page).getByText("You set this: “Showed me the branch”. It holds until the next proof.").waitFor();

  await page.keyboard.press("s");
  await page.getByRole("button", { name: "Follow the evidence again" }).click();
  await standsAt(page, "Learning").waitFor();
});

test("a stage that holds until a date needs a day to come", async ({ bridge, open }) => {
  const id = await suggested(bridge);
  const page = await open(`/people/${id}`);
  await standsAt(page, "Learning").waitFor();
  await page.keyboard.press("s");
  await page.keyboard.press("2");
  await page.keyboard.type("They said so");
  await page.getByLabel("It holds").selectOption("until a date");
  await page.getByLabel("Until", { exact: true }).fill("2026-05-01");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("Write a day to come, like 2027-01-31.").waitFor();
  await page.getByLabel("Until", { exact: true }).fill("2026-09-01");
  await page.keyboard.press("Enter");
  await journey(page).getByText("You set this: “They said so”. It holds until 1 Sept.").waitFor();
});

test("Esc in the stage picker changes nothing and gives the focus back", async ({ bridge, open }) => {
  const id = await suggested(bridge);
  const page = await open(`/people/${id}`);
  await standsAt(page, "Learning").waitFor();
  await page.keyboard.press("s");
  await page.keyboard.press("5");
  await page.keyboard.type("No, wait");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await expect.poll(() => focused(page)).toBe("Ana");
  expect((await pageOf(bridge, id)).standing.pin).toBeNull();
});

test("a full stop explains: what counted, who saw it, and every move", async ({ bridge, open }) => {
  const id = await suggested(bridge);
  const page = await open(`/people/${id}`);
  await standsAt(page, "Learning").waitFor();
  await page.keyboard.press(".");
  const explained = page.getByRole("region", { name: "Explanation" });
  await explained.getByRole("button", { name: "asked how to do something" }).waitFor();
  expect(await explained.innerText()).toContain("(19 May, they told you)");
  await expect.poll(() => explained.getByRole("list").innerText()).toMatch(
    /19 May\s+Moved on from Evaluation to Learning\s+several signs together, waits for you[\s\S]*1 May\s+Placed at Evaluation/,
  );
  // A piece of evidence leads to its entry.
  await explained.getByRole("button", { name: "asked how to do something" }).click();
  await expect.poll(() => entry(page, "How do retries work").evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press(".");
  await explained.waitFor({ state: "detached" });
});

test("looking back: the stage, its reason and what had happened by a day, which stays in the path, and nothing can be changed", async ({ bridge, open }) => {
  const id = await suggested(bridge);
  const other = await someone(bridge, "Bo");
  await happened(bridge, id, "in_production", { on: "2026-05-20", note: "Live since yesterday" });
  await bridge.remember({ people: { query: FROM_A } });
  const page = await open(`/people/${id}`);
  await standsAt(page, "Scaling").waitFor();
  await entry(page, "Live since yesterday").waitFor();
  await page.keyboard.press("b");
  const back = page.getByRole("region", { name: "Looking back" });
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest("label")?.textContent)).toContain("As of");
  await page.keyboard.type("2026-02-30");
  await page.keyboard.press("Enter");
  await back.getByRole("alert").getByText("2026-02-30 is not in the calendar.").waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("19 may");
  await page.keyboard.press("Enter");
  await back.getByText(/Tuesday,? 19 May 2026, by what is known today and by today’s rules/).waitFor();
  await standsAt(page, "Learning").waitFor();
  await expect.poll(() => entry(page, "Live since yesterday").count()).toBe(0);
  await page.keyboard.press(".");
  await page.getByRole("region", { name: "Explanation" }).getByText("Learning", { exact: true }).waitFor();
  expect(await page.getByRole("region", { name: "Explanation" }).getByText("Scaling").count()).toBe(0);

  // Keys that would change something mean nothing here.
  for (const key of ["s", "l", "t", "e", "a", "u"]) await page.keyboard.press(key);
  expect(await page.getByRole("dialog").count()).toBe(0);
  expect(await page.getByRole("form").count()).toBe(0);
  expect(await page.getByRole("button", { name: "Change S" }).count()).toBe(0);
  expect(await page.getByRole("textbox").count()).toBe(1);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("change the stage");
  await page.getByText("Nothing and nobody is called that").waitFor();
  expect(await page.getByRole("option", { name: "Change the stage" }).count()).toBe(0);
  await page.keyboard.press("Escape");

  // From move to move, to another person and back, on the same day.
  await page.keyboard.press("[");
  await page.keyboard.press("[");
  await standsAt(page, "Evaluation").waitFor();
  const day = new URL(page.url()).hash.split("/").at(-1)!;
  await page.keyboard.press("]");
  await standsAt(page, "Learning").waitFor();
  await page.keyboard.press("[");
  await standsAt(page, "Evaluation").waitFor();
  await page.keyboard.press("Alt+ArrowDown");
  await page.getByRole("heading", { level: 1, name: "Bo" }).waitFor();
  expect(page.url()).toContain(`/people/${other}/on/${day}`);
  await page.getByText("Nothing had happened by then, as far as is known.").waitFor();
  await page.keyboard.press("Alt+ArrowUp");
  await standsAt(page, "Evaluation").waitFor();
  await page.reload();
  await standsAt(page, "Evaluation").waitFor();
  await page.keyboard.press("Escape");
  await standsAt(page, "Scaling").waitFor();
  await entry(page, "Live since yesterday").waitFor();
  expect(page.url()).toMatch(new RegExp(`/people/${id}$`));
  await page.keyboard.press("s");
  await page.getByRole("dialog").waitFor();
});

test("a stage fades with time and says when the last sign was", async ({ bridge, open }) => {
  const id = await someone(bridge, "Ana");
  await happened(bridge, id, "in_production", { on: "2025-09-21" });
  const page = await open(`/people/${id}`);
  await standsAt(page, "Scaling").getByText("fading").waitFor();
  await journey(page).getByText("Last sign 8 months ago.").waitFor();
});

test("they chose something else: back at once, without a word of blame, and the history keeps both", async ({ bridge, open }) => {
  const id = await someone(bridge, "Ana");
  await happened(bridge, id, "first_success", { on: "2026-04-01" });
  const page = await open(`/people/${id}`);
  await standsAt(page, "Learning").waitFor();
  await log(page, "chose some", "Chose something else");
  await page.keyboard.press("Enter");
  await standsAt(page, "Evaluation").waitFor();
  await page.keyboard.press(".");
  await page.getByRole("region", { name: "Explanation" }).getByText("Back from Learning to Evaluation").waitFor();
});
