// @vitest-environment happy-dom
import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import Shell from "../../app/Shell.svelte";
import { parcelsTo } from "../../ipc/fake/addresses";
import { fakeCore } from "../../ipc/fake/core";
import { blankPerson, point } from "../../ipc/fake/world";
import type { HealthReport } from "../../ipc/gen";
import { shortDay } from "../../kit/dates";
import { go, route } from "../../kit/route.svelte";
import { toasts } from "../../kit/toasts.svelte";
import { peopleQuery } from "../people/question";
import { see, show, until } from "../../testing/screen";

function core() {
  const made = fakeCore({ product: "Queues" });
  for (const name of ["Ana", "Bo"]) {
    const one = blankPerson(made.world, name);
    one.contactPoints = [point(made.world, one, { value: `${name}@basalt.example` })];
    made.world.people.set(one.person.id, one);
  }
  return made;
}

test("an import of which nothing is known is mended where it stands, and it says who was passed over", async () => {
  const from = core();
  const [ana] = [...from.world.people.values()];
  from.world.objections.push({
    id: "o",
    personId: ana!.person.id,
    kind: "email",
    onDay: "2026-05-01",
    evidence: null,
  });
  from.world.importsWithoutBasis = [
    { import: "i", fileName: "signups.csv", on: "2026-05-03", addresses: 2, withoutBasis: 2 },
  ];
  const { user } = await show(Shell, {}, from);
  go("/lists/health");
  await see("Of 2 people with an e-mail address, a basis is known of 0.");
  expect(document.activeElement, "its keys scroll it").toBe(
    screen.getByRole("region", { name: "List health" }),
  );
  await see(`signups.csv ${shortDay("2026-05-03", "2026-05-21")}: 2 of 2 addresses`);
  await user.click(screen.getByRole("button", { name: "Say it for these 2 of signups.csv" }));
  const form = within(await screen.findByRole("form", { name: "Say why one may write to these 2" }));
  expect(document.activeElement, "the keyboard goes on in it").toBe(
    form.getByLabelText(/^Why one may write/),
  );
  await user.selectOptions(form.getByLabelText(/^Why one may write/), "opted_in");
  await user.click(form.getByRole("button", { name: /^Say it for 2 people/ }));
  await see("Say what shows it, such as “signed up on our page”.");
  await user.type(form.getByLabelText(/^What shows it/), "signed up on our page");
  await user.type(form.getByLabelText(/^Since/), "3 may{Enter}");
  await until("it is told", () =>
    toasts().some(({ text }) => text.endsWith("Passed over: 1 asked not to (Ana)")),
  );
  await see("a basis is known of 1.");
  expect(screen.queryByRole("form", { name: /^Say why/ })).toBeNull();
});

test("the counts of those who are not written to lead to who they are", async () => {
  const from = core();
  const [ana] = [...from.world.people.values()];
  ana!.contactPoints[0]!.status = "bounced";
  await from.rpc("basis.objected", { person: ana!.person.id, kinds: ["email"], on: "2026-05-03" }, "");
  const { user } = await show(Shell, {}, from);
  go("/lists/health");
  await user.click(await screen.findByRole("button", { name: "Show whose 1 address bounced" }));
  await until("the filter", () => peopleQuery().filter.text === "bounced:yes");
  expect(route()).toBe("/people");
});

test("whoever was not met for long is let go by a tick, and taken back with one key", async () => {
  const from = core();
  const { user } = await show(Shell, {}, from);
  go("/lists/health");
  await user.click(await screen.findByRole("checkbox", { name: "Tick Ana" }));
  await user.click(screen.getByRole("button", { name: "Move 1 person to the trash" }));
  await until("it is told", () => toasts().some(({ text }) => text.includes("to the trash")));
  await until("she is gone from it", () => screen.queryByRole("checkbox", { name: "Tick Ana" }) === null);
  await user.keyboard("{Control>}z{/Control}");
  await screen.findByRole("checkbox", { name: "Tick Ana" });
  await user.keyboard("{Escape}");
  await until("the lists", () => route() === "/lists");
});

test("those selected in the list get their basis at once", async () => {
  const from = core();
  const { user } = await show(Shell, {}, from);
  go("/people");
  await see("2 people");
  document.querySelector<HTMLElement>("[role=grid]")!.focus();
  await user.keyboard("x");
  await see("1 selected");
  await user.keyboard("{Control>}k{/Control}");
  await user.keyboard("write to many{Enter}");
  await see("Why one may write to the 1 person selected");
  const form = within(screen.getByRole("form"));
  await user.selectOptions(form.getByLabelText(/^Why one may write/), "opted_in");
  await user.type(form.getByLabelText("What shows it"), "signed up{Enter}");
  await see(
    "Say since when they signed up. A no of theirs stays, unless the opt-in is newer and something shows it.",
  );
  expect(from.asked.some(({ cmd }) => cmd === "basis.set_for_many")).toBe(false);
  await user.type(form.getByLabelText(/^Since/), "3 may{Enter}");
  await see("Said for 1 person.");
});

test("without anybody, and without an address of anybody, it says what is so", async () => {
  const { unmount } = await show(Shell, {}, fakeCore({ product: "Queues" }));
  go("/lists/health");
  await see("There is nobody here yet, teammates apart");
  unmount();
  const from = fakeCore({ product: "Queues" });
  for (const name of ["Ana", "Bo", "Cy"]) {
    const one = blankPerson(from.world, name);
    from.world.people.set(one.person.id, one);
  }
  const rpc = from.rpc;
  from.rpc = async (cmd, input, request) => {
    const answer = await rpc(cmd, input, request);
    if (cmd !== "health.report") return answer;
    const report = answer.value as HealthReport;
    report.withoutAddress = [
      ["objected", 1],
      ["no_address", 2],
    ];
    report.purposes.find(({ purpose }) => purpose === "swag_post")!.may = 1;
    return answer;
  };
  await show(Shell, {}, from);
  go("/lists/health");
  await see("None of the 3 people here has an e-mail address");
  await see("3 (1 asked for none)");
  const [, parcels, ...more] = screen.getAllByRole("row");
  expect(
    within(parcels!)
      .getAllByRole("cell")
      .map(({ textContent }) => textContent),
  ).toEqual(["1", "0"]);
  expect(more).toEqual([]);
});

test("an address that should be gone is named with whose it is, and none is said to be none", async () => {
  const from = core();
  const [ana] = [...from.world.people.values()];
  const { unmount } = await show(Shell, {}, from);
  go("/lists/health");
  await see("None: each is deleted on its day");
  unmount();
  ana!.postalAddresses = [parcelsTo(from.world, ana!, { expiresOn: "2026-05-03" })];
  const { user } = await show(Shell, {}, from);
  go("/lists/health");
  await see("1 address should be gone by now.");
  const list = within(await screen.findByRole("list", { name: "Postal addresses past their day" }));
  await user.click(list.getByRole("button", { name: "Ana" }));
  expect(route()).toBe(`/people/${ana!.person.id}`);
});

test("the addresses of a file are suppressed once it was asked, with whose they are", async () => {
  const from = core();
  from.world.tellsNobody = true;
  const { user } = await show(Shell, {}, from);
  go("/lists/health");
  const suppress = () => from.asked.filter(({ cmd }) => cmd === "suppressions.import");
  await user.click(await screen.findByRole("button", { name: "Add a file to the suppression list" }));
  const asked = within(await screen.findByRole("dialog", { name: "Never write to these addresses" }));
  await see("rows have an address: ");
  expect(document.body.textContent?.match(/Nothing takes this back/g)).toHaveLength(1);
  await user.click(asked.getByRole("button", { name: /^Cancel/ }));
  await until("the question is gone", () => screen.queryByRole("dialog") === null);
  expect(suppress()).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Add a file to the suppression list" }));
  await user.click(await screen.findByRole("button", { name: /^Never write to these \d+$/ }));
  await until("it is done", () => toasts().some(({ text }) => text.endsWith("will never be written to")));
  expect(suppress()).toHaveLength(1);
  expect(toasts().at(-1)?.action).toBeUndefined();
});

test("a file of a newsletter is taken in as what came back instead", async () => {
  const from = core();
  from.world.returns.subscribed = 1200;
  const { user } = await show(Shell, {}, from);
  go("/lists/health");
  await user.click(await screen.findByRole("button", { name: "Add a file to the suppression list" }));
  await see("412 unsubscribed, 1,200 are still written to.");
  expect(screen.queryByRole("button", { name: /^Never write to/ })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Take it in as what came back" }));
  await see("unsubscribed.csv says who left");
  expect(from.asked.some(({ cmd }) => cmd === "suppressions.import")).toBe(false);
});
