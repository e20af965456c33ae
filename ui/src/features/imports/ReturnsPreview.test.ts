// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import { fakeCore } from "../../ipc/fake/core";
import type { PersonPick } from "../../ipc/gen";
import { wishFor } from "../../kit/wish.svelte";
import { toasts } from "../../kit/toasts.svelte";
import { see, show, until } from "../../testing/screen";
import ImportScreen from "./ImportScreen.svelte";
import { forgetAll } from "./queue.svelte";
import ReturnsPreview from "./ReturnsPreview.svelte";

beforeEach(forgetAll);

/** A file is chosen that says who left a newsletter. */
async function looked(anew: readonly string[] = []) {
  const core = fakeCore({ people: 3, product: "Queues" });
  core.world.returns.optedInSince = anew.length;
  core.world.returns.optedInAnew = anew.map(
    (name, i) => ({ id: `${i}`, name, organisation: null }) as PersonPick,
  );
  const rpc = core.rpc;
  core.rpc = async (cmd, input, request) => {
    const answer = await rpc(cmd, input, request);
    if (cmd === "imports.preview") Object.assign(answer.value as object, { returnsOf: "Mailchimp" });
    return answer;
  };
  const shown = await show(ImportScreen, { seeThem: () => undefined }, core);
  await shown.user.click(screen.getByRole("button", { name: /^Choose a file/ }));
  await see("unsubscribed.csv says who left");
  return { ...shown, core };
}

test("a file of those who left says what would happen, and one button does it", async () => {
  const { user, core } = await looked();
  await see("412 unsubscribed: 398 known, 14 unknown and remembered only as keyed hashes");
  expect(core.asked.some(({ cmd }) => cmd === "returns.apply")).toBe(false);
  await user.click(screen.getByRole("button", { name: "Stop writing to these 412" }));
  await until("it is told", () => toasts().some(({ text }) => text === "unsubscribed.csv: 398 stopped"));
  expect(core.asked.find(({ cmd }) => cmd === "returns.apply")?.input).toMatchObject({ hash: "as it was" });
  await see("Mail ended to 398 addresses of people here, from unsubscribed.csv");
  await see("14 addresses are of nobody here, and remembered only as keyed hashes");
});

test("the key of the import does it as well, and the page says what became of it, with a way back", async () => {
  const { user, core } = await looked(["Bo"]);
  const [line] = core.world.returns.outcomes;
  Object.assign(line!, { addresses: 2, known: 1, unknown: 1 });
  Object.assign(core.world.returns, { rows: 3, subscribed: 1 });
  core.changedElsewhere();
  await see("2 unsubscribed: 1 known, 1 unknown and remembered only as a keyed hash");
  await see("1 still gets it: nothing changes");
  const operation = 77;
  let undone = false;
  const rpc = core.rpc;
  core.rpc = async (cmd, input, request) => {
    if (cmd === "history.take_back") {
      undone = true;
      core.changedElsewhere();
      return { value: { label: "Ended mail", notes: [] }, changed: [], operation: null } as never;
    }
    const answer = await rpc(cmd, input, request);
    if (cmd === "returns.apply")
      Object.assign(answer.value as object, { ended: 1, suppressed: 2, operation });
    if (cmd === "history.recent") answer.value = [{ id: operation, undone }] as never;
    return answer;
  };
  await user.keyboard("{Control>}{Enter}{/Control}");
  await see("Mail ended to 1 address of people here, from unsubscribed.csv");
  for (const fact of [
    "1 address is of nobody here, and remembered only as a keyed hash",
    "1 opted in anew since, and stays: Bo",
    "1 still gets it: nothing changed",
  ])
    await see(fact);
  expect(document.activeElement).toBe(screen.getByRole("heading", { name: /^Mail ended to 1 address/ }));
  await user.click(screen.getByRole("button", { name: "Undo what it ended" }));
  await see("What unsubscribed.csv ended was taken back");
  expect(screen.queryByRole("button", { name: "Undo what it ended" })).toBeNull();
});

test("where nothing is new in it, the key does nothing", async () => {
  const { user, core } = await looked();
  core.world.returns.outcomes[0]!.already = 412;
  core.changedElsewhere();
  await see("Nothing is new in it");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(core.asked.some(({ cmd }) => cmd === "returns.apply")).toBe(false);
});

test("it is brought in as people only by whoever asks for that", async () => {
  const { user, core } = await looked();
  expect(core.asked.some(({ cmd }) => cmd === "imports.begin")).toBe(false);
  await user.click(screen.getByRole("button", { name: "bring them in as people" }));
  await see("Match against people already here");
});

test("a file of addresses from which one mail came back says so, and speaks of one", async () => {
  const core = fakeCore({ people: 3, product: "Queues" });
  const rpc = core.rpc;
  core.rpc = async (cmd, input, request) => {
    const answer = await rpc(cmd, input, request);
    const { outcomes } = answer.value as { outcomes?: object[] };
    if (cmd === "returns.preview" && outcomes)
      Object.assign(answer.value as object, {
        outcomes: [{ ...outcomes[0], outcome: "bounced", addresses: 1, already: 0, words: "1 bounced" }],
      });
    return answer;
  };
  await show(ReturnsPreview, { file: "grant", leave: () => undefined }, core);
  await see("says whose address is dead");
  screen.getByRole("button", { name: "Stop writing to this one" });
});

test("who opted in anew is named, stays, and is counted; a tick stops them too", async () => {
  const { user, core } = await looked(["Bo"]);
  await see("1 opted in anew since: stays, Bo");
  await user.click(screen.getByRole("button", { name: "Stop writing to these 412" }));
  await until("it is told", () =>
    toasts().some(({ text }) => text === "unsubscribed.csv: 398 stopped; 1 stays, opted in anew: Bo"),
  );
  expect(core.asked.find(({ cmd }) => cmd === "returns.apply")?.input).not.toHaveProperty("stopOptedIn");
});

test("with the tick nobody stays", async () => {
  const { user, core } = await looked(["Bo"]);
  await user.click(await screen.findByLabelText("Stop these too"));
  await see("1 opted in anew since, and is stopped too, Bo");
  await user.click(screen.getByRole("button", { name: "Stop writing to these 412" }));
  await until("it is told", () => toasts().some(({ text }) => text === "unsubscribed.csv: 398 stopped"));
  expect(core.asked.find(({ cmd }) => cmd === "returns.apply")?.input).toMatchObject({ stopOptedIn: true });
});

test("a file that does not say who left says what was looked for, and has two ways on", async () => {
  const core = fakeCore({ people: 3, product: "Queues" });
  core.world.tellsNobody = true;
  wishFor("returns");
  const { user } = await show(ImportScreen, { seeThem: () => undefined }, core);
  await see("meetup.csv does not say who left");
  await see("a column “Status” in which stands “unsubscribed”");
  await user.click(screen.getByRole("button", { name: "Never write to its addresses" }));
  await see("Nothing takes this back");
  await user.click(screen.getByRole("button", { name: /^Cancel/ }));
  await user.click(screen.getByRole("button", { name: "Import as people" }));
  await see("Match against people already here");
});

test("a file of whatever program is looked at for who left where that was asked for", async () => {
  wishFor("returns");
  await show(ImportScreen, { seeThem: () => undefined });
  await see("unsubscribed.csv says who left");
});
