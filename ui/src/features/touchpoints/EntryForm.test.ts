// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { fakeCore } from "../../ipc/fake/core";
import { entryOn } from "../../ipc/fake/world";
import { toasts } from "../../kit/toasts.svelte";
import { hold, show, until } from "../../testing/screen";
import EntryForm from "./EntryForm.svelte";
import type { EntryText } from "./entryText";

/** An entry about Priya, opened to be corrected. */
function opened() {
  const core = fakeCore({ people: 1, product: "Queues" });
  const [someone] = [...core.world.people.values()];
  const { id, displayName: name } = someone!.person;
  const entry = entryOn(core.world, someone!, "conversation_in_person", "2026-05-01", {
    note: "Call",
    minutes: 20,
  });
  someone!.entries = [entry];
  const keep = vi.fn<(text: EntryText | undefined) => void>();
  return {
    core,
    keep,
    props: { subjects: [{ id, name }], today: "2026-05-21", entry, keep, done: () => undefined },
  };
}

test("what is typed before the kinds are read stays", async () => {
  const { core, props } = opened();
  const answer = hold(core, "touchpoints.kinds");
  const { user } = await show(EntryForm, props, core);
  await user.clear(screen.getByLabelText("Minutes"));
  await user.type(screen.getByLabelText("Note"), " about retries");
  answer();
  await screen.findByRole("button", { name: "Talked in person. Choose another" });
  await user.click(screen.getByRole("button", { name: /^Save/ }));
  await until("it is saved", () => core.asked.some(({ cmd }) => cmd === "touchpoints.edit"));
  expect(core.asked.find(({ cmd }) => cmd === "touchpoints.edit")?.input).toMatchObject({
    kind: "conversation_in_person",
    note: "Call about retries",
    minutes: null,
  });
});

test("what is typed and saved before the kinds are read is a draft at once, and is saved once they are", async () => {
  const { core, keep, props } = opened();
  const answer = hold(core, "touchpoints.kinds");
  const { user } = await show(EntryForm, props, core);
  await user.clear(screen.getByLabelText("Minutes"));
  await until("a draft", () => keep.mock.lastCall?.[0]?.minutes === "");
  await user.click(screen.getByRole("button", { name: /^Save/ }));
  expect(screen.queryByRole("alert")).toBeNull();
  answer();
  await until("it is saved", () => core.asked.some(({ cmd }) => cmd === "touchpoints.edit"));
  expect(core.asked.find(({ cmd }) => cmd === "touchpoints.edit")?.input).toMatchObject({
    kind: "conversation_in_person",
    minutes: null,
  });
});

test("an entry that is only looked at leaves no draft", async () => {
  const { core, keep, props } = opened();
  const { user } = await show(EntryForm, props, core);
  await screen.findByRole("button", { name: "Talked in person. Choose another" });
  expect(keep.mock.calls.every(([text]) => text === undefined)).toBe(true);
  await user.type(screen.getByLabelText("Note"), "!");
  await until("a draft", () => keep.mock.lastCall?.[0]?.note === "Call!");
  await user.type(screen.getByLabelText("Note"), "{Backspace}");
  await until("no draft", () => keep.mock.lastCall?.[0] === undefined);
});

test("that they wait, and that you talked, stand in sight and have keys; what cannot be said is told", async () => {
  const core = fakeCore({ people: 1, product: "Queues" });
  const [someone] = [...core.world.people.values()];
  const { id, displayName: name } = someone!.person;
  const props = { subjects: [{ id, name }], today: "2026-05-21", done: () => undefined };
  const { user } = await show(EntryForm, props, core);
  await user.keyboard("{Alt>}t{/Alt}");
  expect(toasts().at(-1)?.text).toBe("Say first what happened.");
  await user.click(await screen.findByRole("combobox", { name: "What happened?" }));
  await user.keyboard("asked how{Enter}");
  await screen.findByRole("button", { name: "Asked how to do something. Choose another" });
  await user.keyboard("how to batch{Alt>}w{/Alt}{Alt>}t{/Alt}");
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: /They wait for an answer/ }).checked).toBe(
    true,
  );
  await user.keyboard("{Enter}");
  await until("it is logged", () => core.asked.some(({ cmd }) => cmd === "touchpoints.log"));
  expect(core.asked.find(({ cmd }) => cmd === "touchpoints.log")?.input).toMatchObject({
    kind: "asked_how_to",
    note: "how to batch",
    needsAnswer: true,
    direction: "two_way",
  });
});

test("nobody waits for an answer to what you did", async () => {
  const core = fakeCore({ people: 1, product: "Queues" });
  const [someone] = [...core.world.people.values()];
  const { id, displayName: name } = someone!.person;
  const { user } = await show(
    EntryForm,
    { subjects: [{ id, name }], today: "2026-05-21", done: () => undefined },
    core,
  );
  await user.click(await screen.findByRole("combobox", { name: "What happened?" }));
  await user.keyboard("wrote to{Enter}");
  await screen.findByRole("button", { name: "Wrote to them. Choose another" });
  expect(screen.queryByRole("checkbox", { name: /They wait/ })).toBeNull();
  await user.keyboard("{Alt>}w{/Alt}");
  expect(toasts().at(-1)?.text).toContain("nobody waits for an answer to it");
});
