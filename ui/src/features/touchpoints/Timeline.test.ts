// @vitest-environment happy-dom
import { tick } from "svelte";
import { expect, test } from "vitest";
import { fakeCore } from "../../ipc/fake/core";
import { entryOn } from "../../ipc/fake/world";
import { see, show } from "../../testing/screen";
import Timeline from "./Timeline.svelte";

/** Someone with 120 entries, of which the first 50 are read. */
async function long() {
  const core = fakeCore({ people: 1, product: "Queues" });
  const [someone] = [...core.world.people.values()];
  const { person } = someone!;
  someone!.entries = Array.from({ length: 120 }, (_, i) =>
    entryOn(core.world, someone!, "emailed", `2026-01-${String((i % 28) + 1).padStart(2, "0")}`, {
      note: `Letter ${i}`,
    }),
  );
  const oldest = [...someone!.entries].sort((a, b) => a.cursor.localeCompare(b.cursor))[0]!;
  const props = { person: person.id, name: person.displayName, today: "2026-05-21" };
  const shown = await show(Timeline, props, core);
  await see("Reading older entries");
  return { ...shown, oldest };
}

test("an old entry is brought into view, also while the list is being read again", async () => {
  const { component, core, oldest } = await long();
  core.changedElsewhere();
  await (component as unknown as Timeline).show(oldest.id);
  expect(document.activeElement?.getAttribute("data-entry")).toBe(oldest.id);
});

test("looking for an entry that cannot be read ends, with the reason in its place", async () => {
  const { component, core, oldest } = await long();
  core.rpc = async () => {
    throw { code: "busy", message: "Another program is at work on the file.", field: null };
  };
  await (component as unknown as Timeline).show(oldest.id);
  await tick();
  await see("Another program is at work on the file.");
});
