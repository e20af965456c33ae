// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { Receipt } from "../ipc/gen";
import { fakeCore } from "../ipc/fake/core";
import { settings } from "../ipc/settings.svelte";
import { draft, keepDraft } from "../kit/drafts";
import { at, see, show } from "../testing/screen";
import Shell from "./Shell.svelte";

const receipt = (id: string, why: Receipt["why"]): Receipt => ({
  id,
  at: 0,
  why,
  people: why === "ran_out" ? 0 : 1,
  gone: [],
  kept: [],
  blanked: 0,
  searched: null,
  outOfReach: null,
  suppressed: 0,
  backups: [],
  finishedAt: 0,
  unfinished: null,
});
const field = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Filter people" });

/** The list of people, narrowed to somebody's name. */
async function narrowed() {
  at("/people");
  const core = fakeCore({ people: 40, product: "Queues" });
  const shown = await show(Shell, {}, core);
  await see("Priya Nair");
  await shown.user.type(field(), "priya");
  await see("of 40 people");
  return shown;
}

test("what was typed for somebody new, a new list or a view is forgotten as well, and what is about others stays", async () => {
  const { core } = await narrowed();
  const may = [
    "people.new /f",
    "people.new.organisation /f",
    "lists.new /f",
    "lists.new.follows /f",
    "views.new /f",
  ];
  for (const of of may) keepDraft(of, "Priya Nair");
  const others = ["somebody.notes", "lists.note beta", "lists.name beta", "views.name mine"];
  for (const of of others) keepDraft(of, "half a note");
  core.world.receipts.unshift(receipt("one", "asked"));
  core.changedElsewhere();
  await expect.poll(() => may.filter((of) => draft(of) !== undefined)).toEqual([]);
  expect(others.map(draft)).toEqual(others.map(() => "half a note"));
});

test("a name that was typed is forgotten when its thirty days in the trash are over, or another program erased it", async () => {
  const { core } = await narrowed();
  core.world.receipts.unshift(receipt("one", "trash"));
  core.changedElsewhere();
  await expect.poll(() => field().value).toBe("");
  await expect.poll(async () => (await core.readSettings())?.people?.query?.filter.text ?? "").toBe("");
  expect(settings().erased).toEqual(["one"]);
});

test("it is forgotten once, and stays when an address ran out", async () => {
  const { core, user } = await narrowed();
  core.world.receipts.unshift(receipt("one", "ran_out"));
  core.changedElsewhere();
  await expect.poll(() => core.asked.filter(({ cmd }) => cmd === "erase.receipts").length).toBe(2);
  expect(field().value).toBe("priya");
  core.world.receipts.unshift(receipt("two", "asked"));
  core.changedElsewhere();
  await expect.poll(() => field().value).toBe("");
  await user.type(field(), "priya");
  core.changedElsewhere();
  await expect.poll(() => core.asked.filter(({ cmd }) => cmd === "erase.receipts").length).toBe(4);
  expect(field().value).toBe("priya");
});

test("it is forgotten at the start when somebody was erased while the window was closed", async () => {
  at("/people");
  const core = fakeCore({ people: 40, product: "Queues" });
  await core.writeSettings({
    people: { query: { filter: { text: "priya" }, sort: "name", descending: false } },
    erased: ["before"],
  });
  core.world.receipts.unshift(receipt("one", "asked"), receipt("before", "asked"));
  await show(Shell, {}, core);
  await see("40 people");
  await expect.poll(() => field().value).toBe("");
  expect(settings().erased).toEqual(["one", "before"]);
});
