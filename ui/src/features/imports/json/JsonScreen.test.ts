// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { start, see, until } from "../../../testing/screen";
import { fakeCore } from "../../../ipc/fake/core";
import type { JsonPreview } from "../../../ipc/gen";
import { remember } from "./current.svelte";

async function looking() {
  remember(null);
  const core = fakeCore({ people: 40, product: "Queues" });
  core.chooseFiles = async () => [{ grant: "fake-grant", name: "community.JSON" }];
  const shown = start(core);
  await screen.findByRole("heading", { name: "People" });
  await shown.user.keyboard("{Control>}i{/Control}");
  await see("Everything of a Hallway file, as JSON, 103 rows.");
  return shown;
}

const cells = (name: string) =>
  [...screen.getByRole("rowheader", { name }).parentElement!.querySelectorAll("td")].map((cell) =>
    cell.textContent?.trim(),
  );

test("a file that is called .json leads here by itself, and says what would become of every row", async () => {
  const { core } = await looking();
  expect(cells("People")).toEqual(["42", "38", "2", "1", "1"]);
  expect(cells("Something later")).toEqual(["1", "1", "0", "0", "0"]);
  await see("people[12].displayNameline 31 A person needs a name.");
  await see(
    "Hallway does not know 1 thing that stands in it, and leaves it out: people.favouriteColour (3).",
  );
  await see(/Priya Nair.*city:.*here “Goa”, in the file “Pune”/);
  expect(core.asked.some(({ cmd }) => cmd === "imports.preview" || cmd === "json.begin")).toBe(false);
});

test("what is here stays unless theirs is taken, and the button says so", async () => {
  const { user, core } = await looking();
  screen.getByRole("button", { name: /^Bring in 99 rows(?! and)/ });
  await user.click(screen.getByRole("radio", { name: "Take what the file says" }));
  await screen.findByRole("button", { name: /^Bring in 99 rows and replace 1/ });
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByRole("heading", { name: "Brought in 99 rows from community.json" });
  expect(core.asked.findLast(({ cmd }) => cmd === "json.begin")?.input).toEqual({
    file: "fake-grant",
    hash: "as it was",
    theirs: true,
  });
  await see("38 people among them");
  await user.click(screen.getByRole("button", { name: "Undo the import" }));
  await screen.findByRole("heading", { name: "The import was taken back" });
});

test("that somebody asked not to be written to stays, and the row and the summary say so", async () => {
  remember(null);
  const core = fakeCore({ people: 40, product: "Queues" });
  core.chooseFiles = async () => [{ grant: "fake-grant", name: "community.json" }];
  const answer = core.rpc.bind(core);
  core.rpc = async (cmd, input, id) => {
    const said = await answer(cmd, input, id);
    if (cmd !== "json.preview") return said;
    const value = said.value as JsonPreview;
    value.noes = 1;
    value.replaced = 0;
    value.differing = [
      {
        path: "contactPoints[0]",
        name: "priya@acme.example",
        differs: [{ field: "status", have: "opted_out", file: "ok" }],
        replaced: [],
        stays: "They opted out here: that stays.",
      },
    ];
    return said;
  };
  const { user } = start(core);
  await screen.findByRole("heading", { name: "People" });
  await user.keyboard("{Control>}i{/Control}");
  await see(/1 row here says that somebody asked not to be written to, and the file does not\. That stays/);
  await see("They opted out here: that stays.");
  await user.click(screen.getByRole("radio", { name: "Take what the file says" }));
  await screen.findByRole("button", { name: /^Bring in 99 rows(?! and)/ });
  await see("in the file “ok”; stays as it is here");
});

/** The preview of a file, of which the core says this as well. */
async function previewed(says: Partial<JsonPreview>) {
  remember(null);
  const core = fakeCore({ people: 40, product: "Queues" });
  core.chooseFiles = async () => [{ grant: "fake-grant", name: "community.json" }];
  const answer = core.rpc.bind(core);
  core.rpc = async (cmd, input, id) => {
    const said = await answer(cmd, input, id);
    if (cmd === "json.preview") Object.assign(said.value as JsonPreview, says);
    return said;
  };
  const shown = start(core);
  await screen.findByRole("heading", { name: "People" });
  await shown.user.keyboard("{Control>}i{/Control}");
  return shown;
}

test("what an erasure took out of a text stays out, and the page says so before", async () => {
  await previewed({ reworded: 2 });
  await see(/2 rows here named somebody who was erased, and the file says something else there\. Each stays/);
});

test("whoever was erased elsewhere is named with the reason for which they are left out", async () => {
  const reason =
    "Ada Moss is left out: whoever had ada@acme.example was erased, and is not brought back by a file.";
  await previewed({ erased: 3, leftOut: [{ path: "people[4]", line: 12, reason }] });
  await see(/3 rows are left out: what they say was erased for good/);
  await see(reason);
});

test("a no of the file is taken also when what is here is kept, and the page says so before", async () => {
  const { user } = await previewed({ noesTaken: 1 });
  await see(/1 row in the file says that somebody asked not to be written to\. That is taken/);
  await screen.findByRole("button", { name: /^Bring in 99 rows and take 1 no/ });
  await user.click(screen.getByRole("radio", { name: "Take what the file says" }));
  await screen.findByRole("button", { name: /^Bring in 99 rows and replace 1/ });
});

test("a file that changed meanwhile is looked at again, and nothing is written", async () => {
  const { user, core } = await looking();
  core.world.importHash = "changed";
  await user.click(screen.getByRole("button", { name: /^Bring in 99 rows/ }));
  await see("The file has changed since you looked at it. This is how it is now.");
  expect(core.world.people.size).toBe(40);
  await user.click(screen.getByRole("button", { name: /^Bring in 99 rows/ }));
  await screen.findByRole("heading", { name: /^Brought in/ });
});

test("it is left with Escape, and found again when one comes back", async () => {
  const { user } = await looking();
  await user.keyboard("{Control>}2{/Control}");
  await screen.findByRole("heading", { name: "People" });
  history.back();
  await see("Everything of a Hallway file");
  await user.keyboard("{Escape}");
  await screen.findByRole("heading", { name: "Bring people in from a file" });
  await until("it is forgotten", () => location.hash === "#/import");
});

test("a file that is refused as a whole says why", async () => {
  remember(null);
  const core = fakeCore({ people: 40, product: "Queues" });
  core.chooseFiles = async () => [{ grant: "fake-grant", name: "other.json" }];
  const rpc = core.rpc.bind(core);
  const message = 'other.json: This JSON is of the format "orbit", not of Hallway\'s.';
  core.rpc = async (cmd, input, request) => {
    if (cmd === "json.preview") throw { code: "invalid", message, field: "file" };
    return rpc(cmd, input, request);
  };
  const { user } = start(core);
  await screen.findByRole("heading", { name: "People" });
  await user.keyboard("{Control>}i{/Control}");
  expect((await screen.findByRole("alert")).textContent).toBe(message);
  expect(screen.getByRole<HTMLButtonElement>("button", { name: /^Looking at it/ }).disabled).toBe(true);
});

test("it comes in step by step under the eyes, and can be stopped", async () => {
  const { core, user } = await looking();
  const answer = core.rpc.bind(core);
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  let steps = 0;
  core.rpc = async (cmd, input, id) => {
    if (cmd === "imports.step" && ++steps > 2) await held;
    return answer(cmd, input, id);
  };
  await user.click(screen.getByRole("button", { name: /^Bring in 99 rows/ }));
  await screen.findByRole("heading", { name: "Importing community.json" });
  expect(await screen.findByRole("progressbar", { name: "How much of the file is in" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: /Bring in/ })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Cancel and take it back" }));
  await screen.findByRole("heading", { name: "Taking back community.json" });
  letGo();
  await see("Took back what came in from community.json");
  await screen.findByRole("heading", { name: "Bring people in from a file" });
});
