// @vitest-environment happy-dom
import { screen, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import Shell from "../../app/Shell.svelte";
import { fakeCore } from "../../ipc/fake/core";
import { blankPerson, entryOn, type Someone } from "../../ipc/fake/world";
import type { ErasePreview } from "../../ipc/gen";
import { go, route } from "../../kit/route.svelte";
import { see, show, until } from "../../testing/screen";

/** On Ana's page; Bo's note names her. */
async function onAna({ named = true } = {}) {
  const core = fakeCore({ product: "Queues" });
  const [ana, bo] = [blankPerson(core.world, "Ana Souza"), blankPerson(core.world, "Bo")];
  for (const one of [ana, bo]) core.world.people.set(one.person.id, one);
  if (named)
    bo.entries.push(entryOn(core.world, bo, "replied", "2026-05-03", { note: "Ana Souza told him of it" }));
  const shown = await show(Shell, {}, core);
  go(`/people/${ana.person.id}`);
  await shown.user.click(await screen.findByRole("button", { name: "More" }));
  await shown.user.click(await screen.findByRole("menuitem", { name: "Erase for good" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Erase for good" }));
  await see("Erase Ana Souza for good");
  return { ...shown, dialog, ana };
}
const isThere = (core: ReturnType<typeof fakeCore>, name: string) =>
  [...core.world.people.values()].some(({ person }) => person.displayName === name);

test("it says what will be gone, and Esc leaves everything as it is", async () => {
  const { user, core } = await onAna();
  await see("2 backups that have them are written anew without them.");
  await see("Line of the history 3");
  await user.keyboard("{Escape}");
  await until("it is closed", () => screen.queryByRole("dialog") === null);
  expect(isThere(core, "Ana Souza")).toBe(true);
});

test("it asks for a word on each text about others, and for the name as it stands", async () => {
  const { user, core, dialog } = await onAna();
  const name = dialog.getByLabelText(/^Type Ana Souza/);
  expect(document.activeElement, "one reads from the top, since there is something to decide on").toBe(
    dialog.getByRole("heading", { name: "Erase Ana Souza for good" }),
  );
  await see("Their addresses that nobody else here has go on the suppression list, each as a keyed hash");
  const scrolled = vi.spyOn(Element.prototype, "scrollIntoView");
  await user.type(name, "ana souza{Enter}");
  await see("Decide first about 1 text that still names them.");
  const first = dialog.getByLabelText("Put … for the words that name them");
  expect(document.activeElement).toBe(first);
  expect(scrolled.mock.contexts).toContain(first.closest("li"));
  expect(dialog.getByRole("alert").closest(".buttons")?.textContent).toContain("Erase for good");
  expect(name.getAttribute("aria-invalid")).toBe("false");
  await user.click(dialog.getByLabelText("Put … for the words that name them"));
  await user.click(dialog.getByRole("button", { name: "Erase for good" }));
  await see("Type “Ana Souza” as it stands here.");
  expect(document.activeElement).toBe(name);
  expect(name.getAttribute("aria-invalid")).toBe("true");
  expect(core.asked.some(({ cmd }) => cmd === "erase.run")).toBe(false);
  await user.clear(name);
  await user.type(name, "Ana Souza{Enter}");
  await see("Erased 1 person");
  await see("The words that named them are blanked in 1 text about others.");
  expect(isThere(core, "Ana Souza")).toBe(false);
  expect(isThere(core, "Bo")).toBe(true);
  await user.keyboard("{Escape}");
  await until("the people", () => route() === "/people");
});

test("a text can be written anew, and nothing is sent while it is empty", async () => {
  const { user, core, dialog } = await onAna();
  await user.click(dialog.getByLabelText("Write it anew"));
  const text = dialog.getByRole("textbox", { name: /, as it is to read$/ });
  await user.clear(text);
  await user.type(dialog.getByLabelText(/^Type Ana Souza/), "Ana Souza{Enter}");
  await see("Decide first about 1 text that still names them.");
  await user.type(text, "A friend told him of it");
  await user.click(dialog.getByRole("button", { name: "Erase for good" }));
  await see("Erased 1 person");
  const sent = core.asked.find(({ cmd }) => cmd === "erase.run")!.input as { decisions: unknown[] };
  expect(sent.decisions).toEqual([expect.objectContaining({ text: "A friend told him of it" })]);
});

test("what may be about somebody else is never blanked with all the others: it waits for its own word", async () => {
  const core = fakeCore({ product: "Queues" });
  const [ana, bo, cem] = ["Ana Souza", "Bo", "Cem"].map((name) => blankPerson(core.world, name)) as [
    Someone,
    Someone,
    Someone,
  ];
  for (const one of [ana, bo, cem]) core.world.people.set(one.person.id, one);
  bo.entries.push(entryOn(core.world, bo, "replied", "2026-05-03", { note: "Ana Souza told him of it" }));
  cem.entries.push(entryOn(core.world, cem, "replied", "2026-05-04", { note: "Ana Souza, or another Ana?" }));
  const rpc = core.rpc;
  core.rpc = async (cmd, input, request) => {
    const answer = await rpc(cmd, input, request);
    if (cmd === "erase.preview")
      for (const text of (answer.value as ErasePreview).named)
        if (text.about.includes("Cem")) Object.assign(text, { inPart: true, words: ["Ana"] });
    return answer;
  };
  const { user } = await show(Shell, {}, core);
  go(`/people/${ana.person.id}`);
  await user.click(await screen.findByRole("button", { name: "More" }));
  await user.click(await screen.findByRole("menuitem", { name: "Erase for good" }));
  await see("2 texts about others name them: decide each");
  await see("“Ana” alone: it may be about somebody else");
  expect(screen.queryByRole("button", { name: "Blank all" })).toBeNull();
  const chosen = (label: string) =>
    screen.getAllByRole<HTMLInputElement>("radio", { name: label }).map(({ checked }) => checked);
  await user.click(screen.getByRole("button", { name: "Blank those that surely name them" }));
  expect(chosen("Put … for the words that name them")).toEqual([true, false]);
  await user.type(screen.getByLabelText(/^Type Ana Souza/), "Ana Souza{Enter}");
  await see("Decide first about 1 text that still names them.");
  expect(core.asked.some(({ cmd }) => cmd === "erase.run")).toBe(false);
  await user.click(screen.getByRole("button", { name: "Keep all" }));
  expect(chosen("Keep it as it is")).toEqual([true, true]);
  await user.click(screen.getByRole("button", { name: "Blank those that surely name them" }));
  expect(chosen("Put … for the words that name them")).toEqual([true, false]);
  expect(chosen("Keep it as it is")).toEqual([false, true]);
  await user.click(screen.getByRole("button", { name: "Erase for good" }));
  await see("Erased 1 person");
  const sent = core.asked.find(({ cmd }) => cmd === "erase.run")!.input as { decisions: { words: string }[] };
  expect(sent.decisions.map(({ words }) => words)).toEqual(["blank", "keep"]);
});

test("where only they were goes with them, unless it is to stay", async () => {
  const core = fakeCore({ product: "Queues" });
  const [ana, bo] = [blankPerson(core.world, "Ana Souza"), blankPerson(core.world, "Bo")];
  for (const one of [ana, bo]) core.world.people.set(one.person.id, one);
  [ana.organisation, bo.organisation] = ["Souza Consulting", "Acme"];
  const { user } = await show(Shell, {}, core);
  go(`/people/${ana.person.id}`);
  await user.click(await screen.findByRole("button", { name: "More" }));
  await user.click(await screen.findByRole("menuitem", { name: "Erase for good" }));
  await see("Organisation 1");
  const tick = await screen.findByRole<HTMLInputElement>("checkbox", {
    name: "Erase “Souza Consulting” with them",
  });
  expect(tick.checked).toBe(true);
  expect(screen.queryByRole("checkbox", { name: /Acme/ })).toBeNull();
  await user.click(tick);
  await user.type(screen.getByLabelText(/^Type Ana Souza/), "Ana Souza{Enter}");
  await see("Erased 1 person");
  const sent = core.asked.find(({ cmd }) => cmd === "erase.run")!.input as { organisationsKept: unknown[] };
  expect(sent.organisationsKept).toHaveLength(1);
});

test("the receipt stands in the history, without a name", async () => {
  const { user, dialog } = await onAna();
  await user.click(dialog.getByLabelText("Keep it as it is"));
  await user.type(dialog.getByLabelText(/^Type Ana Souza/), "Ana Souza{Enter}");
  await see("By decision, 1 text about others still names them.");
  await user.keyboard("{Escape}");
  go("/history/erased");
  await see("Erased 1 person");
  const receipts = screen.getByRole("list", { name: "Receipts" });
  expect(receipts.textContent).not.toContain("Ana");
});

test("while an import is under way nothing can be typed, and a sentence says why", async () => {
  const core = fakeCore({ people: 1, product: "Queues" });
  const [id] = [...core.world.people.keys()];
  const { user } = await show(Shell, {}, core);
  const rpc = core.rpc;
  core.rpc = async (cmd, input, request) => {
    const answer = await rpc(cmd, input, request);
    if (cmd === "erase.preview") Object.assign(answer.value as object, { notNow: "An import is under way." });
    return answer;
  };
  go(`/people/${id}`);
  await screen.findByRole("button", { name: "More" });
  await user.keyboard("{Control>}k{/Control}");
  await user.keyboard("erase this{Enter}");
  await see("An import is under way.");
  expect(screen.getByLabelText<HTMLInputElement>(/^Type Priya Nair/).disabled).toBe(true);
});

test("the field for the name is wholly in sight when it has the focus", async () => {
  const shown = vi.spyOn(HTMLElement.prototype, "scrollIntoView");
  const { dialog } = await onAna({ named: false });
  const name = dialog.getByLabelText(/^Type Ana Souza/);
  await until("nothing else is asked", () => document.activeElement === name);
  expect(shown.mock.contexts).toContain(name);
  expect(shown).toHaveBeenLastCalledWith({ block: "nearest" });
  shown.mockRestore();
});
