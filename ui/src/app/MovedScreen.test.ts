// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { fakeCore } from "../ipc/fake/core";
import { go } from "../kit/route.svelte";
import { toasts } from "../kit/toasts.svelte";
import { see, show, until } from "../testing/screen";
import Shell from "./Shell.svelte";

const rows = () => [...document.querySelectorAll<HTMLElement>("[data-row]")];
const struck = () => rows().map((row) => row.querySelector(".settled") !== null);

async function moved() {
  const core = fakeCore({ people: 3, product: "Queues" });
  const priya = [...core.world.people.keys()][0]!;
  core.world.review = [priya];
  const shown = await show(Shell, {}, core);
  go("/moved");
  await see("Quarterly review");
  return { ...shown, at: rows().findIndex((row) => row.dataset["row"] === `review:${priya}`) };
}

test("says from where to where, since when, and why", async () => {
  await moved();
  const priya = rows().find((row) => row.textContent?.includes("Priya Nair"))!;
  expect(priya.textContent?.replace(/\s+/g, " ")).toMatch(
    /Priya Nair Learning → Building .*talked in person \(.*they told you\).*new/,
  );
});

test.each([
  ["{Enter}", "still_here", "Still here"],
  ["b", "step_back", "A step back"],
  ["q", "ask_them", "To be asked"],
])("the review is answered with %s", async (key, answer, words) => {
  const { user, core, at } = await moved();
  await user.keyboard("{End}");
  await until("it is meant", () => rows()[at] === document.activeElement);
  await user.keyboard(key);
  await until("it is settled", () => struck()[at] === true);
  expect(rows()[at]!.textContent).toContain(words);
  expect(core.asked.find(({ cmd }) => cmd === "journey.answer_review")?.input).toMatchObject({ answer });
  await user.keyboard("u");
  await until("it is asked again", () => struck()[at] === false);
});

test("all of them are accepted at once, and that is taken back at once", async () => {
  const core = fakeCore({ people: 60, product: "Queues" });
  const { user } = await show(Shell, {}, core);
  go("/moved");
  const all = await screen.findByRole("button", { name: /^Accept all \d+$/ });
  const many = Number(all.textContent!.match(/\d+/)![0]);
  expect(many).toBeGreaterThan(1);
  await user.click(all);
  await until("it is said", () =>
    toasts().some(({ text }) => text === `Accepted the moves of ${many} people`),
  );
  expect(screen.queryByRole("button", { name: /^Accept all/ })).toBeNull();
  await user.keyboard("{Control>}z{/Control}");
  await screen.findByRole("button", { name: `Accept all ${many}` });
});

test("what was shown counts as looked at when the place is left", async () => {
  const { core } = await moved();
  expect(core.asked.some(({ cmd }) => cmd === "journey.looked")).toBe(false);
  go("/settings");
  await until("it was looked at", () => core.asked.some(({ cmd }) => cmd === "journey.looked"));
});

test("says so when nobody moved and the review asks about nobody", async () => {
  const core = fakeCore({ people: 1, product: "Queues" });
  for (const someone of core.world.people.values()) someone.entries = [];
  const { user } = await show(Shell, {}, core);
  go("/moved");
  await see("Nobody has moved who waits for your word, and the quarterly review asks about nobody.");
  await user.keyboard("{Escape}");
  await screen.findByRole("heading", { level: 1, name: "Today" });
});
