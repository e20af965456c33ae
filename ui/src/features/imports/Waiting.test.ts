// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import Shell from "../../app/Shell.svelte";
import { connect, call } from "../../ipc/call";
import { fakeCore, type FakeCore } from "../../ipc/fake/core";
import type { Phase } from "../../ipc/gen";
import { go } from "../../kit/route.svelte";
import { toasts } from "../../kit/toasts.svelte";
import { see, show, until } from "../../testing/screen";
import { forgetAll } from "./queue.svelte";

const request = {
  file: "fake-grant",
  matching: true,
  source: "import" as const,
  decisions: {},
  overwrite: [],
};
const kept = "Kept, because something was added to them since: Ana.";

/** A window that opens on an import that was left at this. */
async function leftAt(
  phase: Phase,
): Promise<{ core: FakeCore; user: Awaited<ReturnType<typeof show>>["user"] }> {
  forgetAll();
  const core = fakeCore({ people: 3, product: "Queues" });
  const disconnect = connect(core);
  await call("imports.begin", request);
  disconnect();
  const at = core.world.importing!;
  at.stopped = phase === "taking_back";
  at.run = { ...at.run, phase, rows: 104, notes: [kept] };
  const { user } = await show(Shell, {}, core);
  return { core, user };
}
const told = (text: string) => toasts().find((toast) => toast.text === text);
const tookBack = "Took back what came in from meetup.csv";

test("an interrupted import that is taken back says whom it kept, and why", async () => {
  const { user } = await leftAt("interrupted");
  await see("The import of meetup.csv was interrupted after 104 rows.");
  await user.click(screen.getByRole("button", { name: "Take it back" }));
  await until("it is told", () => told(tookBack) !== undefined);
  expect(told(tookBack)?.details).toBe(kept);
  expect(screen.queryByRole("region", { name: "An import was interrupted" })).toBeNull();
});

test("one that was being taken back when the window was reloaded says so as well", async () => {
  await leftAt("taking_back");
  await until("it is told", () => told(tookBack) !== undefined);
  expect(told(tookBack)?.details).toBe(kept);
});

test("one that was at work when the window was reloaded says how it ended", async () => {
  await leftAt("rows");
  await until("it is told", () => told("Imported 380 people from meetup.csv") !== undefined);
  expect(told("Imported 380 people from meetup.csv")?.action?.label).toBe("Undo");
});

test("the rows that were refused are saved as well where the import was interrupted and gone on with", async () => {
  const { core, user } = await leftAt("interrupted");
  await user.click(await screen.findByRole("button", { name: "Go on" }));
  await until("it is told", () => told("Imported 380 people from meetup.csv") !== undefined);
  go("/import");
  await user.click(await screen.findByRole("button", { name: /^Save \d+ rows to mend$/ }));
  await until("they are saved", () => core.asked.some(({ cmd }) => cmd === "imports.save_refused"));
  expect(core.asked.findLast(({ cmd }) => cmd === "imports.save_refused")?.input).toMatchObject({ request });
});
