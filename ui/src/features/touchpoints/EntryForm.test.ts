// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { fakeCore } from "../../ipc/fake/core";
import { entryOn } from "../../ipc/fake/world";
import { show, until } from "../../testing/screen";
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
  const rpc = core.rpc;
  let answer = () => {};
  const held = new Promise<void>((kept) => (answer = kept));
  core.rpc = async (cmd, input, request) => {
    if (cmd === "touchpoints.kinds") await held;
    return rpc(cmd, input, request);
  };
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
