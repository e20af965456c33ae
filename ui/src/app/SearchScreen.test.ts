// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { fakeCore, type FakeCore } from "../ipc/fake/core";
import type { Notes } from "../ipc/gen";
import { at, see, show, until } from "../testing/screen";
import Shell from "./Shell.svelte";

const found = () => screen.queryAllByRole("option");

test("what cannot be read as a filter says why, and whoever was found before is not taken for an answer", async () => {
  at("/search");
  const { user } = await show(Shell, {});
  const field = await screen.findByRole<HTMLInputElement>("combobox", { name: "Search people and notes" });
  await user.type(field, "priya");
  await until("somebody is found", () => found().length > 0);
  field.select();
  await user.paste("priya stgae:learn");
  await see("There is no field “stgae”");
  expect(found()).toHaveLength(0);
  await user.clear(field);
  await user.type(field, "priya");
  await until("somebody is found again", () => found().length > 0);
  expect(screen.queryByRole("alert")).toBeNull();
});

/** A core whose notes have “kubernetes”, which is found for a slip in it. */
function withASlip(): FakeCore {
  const core = fakeCore({ people: 3, product: "Queues" });
  const rpc = core.rpc;
  const someone = [...core.world.people.keys()][0]!;
  const note = {
    touchpoint: "t1",
    prose: null,
    person: someone,
    name: "Priya Nair",
    others: 0,
    kind: "replied",
    label: "Replied to us",
    onDay: "2026-05-20",
    precision: "day",
    text: [{ text: "Moves to Kubernetes", marked: false }],
  } as const;
  core.rpc = (async (cmd, input, request) => {
    if (cmd !== "search.notes") return rpc(cmd, input, request);
    const { text } = input as { text: string };
    const instead = text === "kubernetes" ? [] : [{ typed: text, taken: "kubernetes" }];
    const value: Notes = { notes: [{ ...note, text: [...note.text] }], more: false, instead };
    return { ...(await rpc(cmd, input, request)), value };
  }) as FakeCore["rpc"];
  return core;
}

test("a word that stands in no note is said with the one that was taken for it, and Enter opens no such note by itself", async () => {
  at("/search");
  const { user } = await show(Shell, {}, withASlip());
  const field = await screen.findByRole<HTMLInputElement>("combobox", { name: "Search people and notes" });
  await user.type(field, "kuberntes");
  await see("Nothing has “kuberntes”. Showing “kubernetes”.");
  await until("the note is there", () => found().length > 0);
  await user.keyboard("{Enter}");
  expect(location.hash).toContain("/search");
  await user.keyboard("{ArrowDown}{Enter}");
  await until("the note is opened", () => location.hash.endsWith("/t1"));
});

test("the command bar says it as well, and of a word that is found it says nothing", async () => {
  const { user } = await show(Shell, {}, withASlip());
  await user.keyboard("{Control>}k{/Control}");
  await user.keyboard("kuberntes");
  await see("Nothing has “kuberntes”. Showing “kubernetes”.");
  await user.keyboard("{Control>}a{/Control}kubernetes");
  await see("What was said");
  expect(screen.queryByText(/Nothing has/)).toBeNull();
});
