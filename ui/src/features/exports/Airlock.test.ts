// @vitest-environment happy-dom
import { screen, within } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import Shell from "../../app/Shell.svelte";
import { call } from "../../ipc/call";
import { type FakeCore, fakeCore } from "../../ipc/fake/core";
import { go, route } from "../../kit/route.svelte";
import { toasts } from "../../kit/toasts.svelte";
import { addressed as someone } from "../../testing/addressed";
import { see, show, until } from "../../testing/screen";
import { beginExport, decide } from "./airlock.svelte";

beforeEach(() => {
  decide({ without: [] });
  beginExport();
});

/** Ana opted in, Bo said yes in person, of Cem nothing is known, Dee's mail came back. */
async function begun() {
  const core = fakeCore({ product: "Queues" });
  someone(core.world, "Ana", "opted_in");
  someone(core.world, "Bo", "said_yes_in_person");
  const cem = someone(core.world, "Cem", null);
  someone(core.world, "Dee", "opted_in", { bounced: true });
  const shown = await show(Shell, {}, core);
  go("/people");
  await see("4 people");
  await shown.user.keyboard("{Control>}e{/Control}");
  const form = within(await screen.findByRole("form", { name: "Export" }));
  await form.findByText("The 4 people the list shows");
  return { ...shown, form, cem };
}
const purpose = () =>
  screen.queryAllByRole<HTMLInputElement>("radio").find(({ name, checked }) => name === "purpose" && checked);

/** Everybody in the list, to be exported for mail to a list. */
async function toAList(core: FakeCore, people: string) {
  const { user } = await show(Shell, {}, core);
  go("/people");
  await see(people);
  await user.keyboard("{Control>}e{/Control}");
  await screen.findByRole("form", { name: "Export" });
  await user.keyboard("1");
  return user;
}

test("what it is for comes first: nothing else is asked, and nothing leaves before that", async () => {
  const { user, form, core } = await begun();
  expect(purpose()).toBeUndefined();
  expect(form.queryByText("Columns")).toBeNull();
  await user.keyboard("{Enter}");
  await see("Say first what it is for.");
  expect(core.asked.some(({ cmd }) => cmd === "exports.write")).toBe(false);
});

test("a key says what for; who is in and who is left out stands there with the reasons", async () => {
  const { user, form } = await begun();
  await user.keyboard("1");
  await see("Included 1, left out 3");
  for (const reason of ["1 no opt-in", "1 unknown basis", "1 bounced"]) await see(reason);
  await until(
    "the file",
    () => form.queryByRole("button", { name: /^Export 1 person as CSV for a program/ }) !== null,
  );
  await user.selectOptions(form.getByLabelText(/^Template/), "mailchimp");
  await see("Export 1 person for Mailchimp");
});

test("a reason unfolds to its people, and whoever is opened there is come back from", async () => {
  const { user, form, cem } = await begun();
  await user.keyboard("1");
  await user.click(await form.findByRole("button", { name: "1 unknown basis" }));
  await user.click(await form.findByRole("button", { name: "Cem" }));
  await until("Cem's page", () => route() === `/people/${cem.person.id}`);
  go("/export");
  await see("Included 1, left out 3");
});

test("no button promises another address: the fold says who it is, and what there is to do", async () => {
  const { user, form } = await begun();
  await user.keyboard("1");
  const fold = await form.findByRole("button", { name: "1 bounced" });
  expect(form.queryByRole("button", { name: /another address/ })).toBeNull();
  await user.click(fold);
  await see("Open each, and write down another address of theirs.");
  form.getByRole("button", { name: "Dee" });
});

test("whom it is said of is seen by name, and left out one by one", async () => {
  const core = fakeCore({ product: "Queues" });
  const [cem, dee] = [someone(core.world, "Cem", null), someone(core.world, "Dee", null)];
  const { user } = await show(Shell, {}, core);
  go("/people");
  await see("2 people");
  await user.keyboard("{Control>}e{/Control}");
  await screen.findByText("The 2 people the list shows");
  await user.keyboard("1");
  await user.click(await screen.findByRole("button", { name: /^Say why one may write to these 2/ }));
  const form = within(await screen.findByRole("form", { name: "Say why one may write to these 2" }));
  expect(form.getByRole<HTMLInputElement>("checkbox", { name: "Cem" }).checked).toBe(true);
  const say = () => form.getByRole("button", { name: /^Say it for/ });
  await user.click(say());
  await see("Choose why one may write to them.");
  await user.click(form.getByRole("checkbox", { name: "Cem" }));
  await user.click(form.getByRole("checkbox", { name: "Dee" }));
  await user.click(say());
  await see("Tick at least one of them.");
  await user.click(form.getByRole("checkbox", { name: "Cem" }));
  expect(form.queryByText("Tick at least one of them."), "one is ticked").toBeNull();
  await user.click(say());
  await see("Choose why one may write to them.");
  await user.selectOptions(form.getByLabelText(/^Why one may write/), "opted_in");
  expect(form.queryByText("Choose why one may write to them."), "one was chosen").toBeNull();
  await user.type(form.getByLabelText("What shows it"), "signed up");
  await user.type(form.getByLabelText(/^Since/), "3 may");
  await user.click(form.getByRole("button", { name: /^Say it for 1 person/ }));
  await until("it is said", () => core.world.bases.length > 0);
  const about = core.asked.findLast(({ cmd }) => cmd === "basis.set_for_many")?.input;
  expect(about).toMatchObject({ whom: { ids: [cem.person.id] } });
  expect(JSON.stringify(about)).not.toContain(dee.person.id);
});

test("name and address stand in the file, notes only when they are ticked, and the line that stays says what left", async () => {
  const { user, form, core } = await begun();
  await user.keyboard("1");
  await see("Included 1, left out 3");
  const ticked = () => form.getAllByRole<HTMLInputElement>("checkbox").filter(({ checked }) => checked);
  expect(ticked()).toHaveLength(2);
  expect(form.getByLabelText<HTMLInputElement>("Notes").checked).toBe(false);
  await user.keyboard("{Enter}");
  await see("Written: people.csv");
  await see("Mail to a list, by e-mail: 1 person");
  await see("left out 3: 1 no opt-in, 1 unknown basis and 1 bounced");
  expect(core.asked.find(({ cmd }) => cmd === "exports.write")?.input).toMatchObject({
    purpose: "list_mail",
    channel: "email",
    template: "csv",
    columns: ["name", "email"],
  });
  await see("Template CSV for a program, columns Name, E-mail; 48 bytes");
  screen.getByRole("button", { name: /^Back to People/ });
  await user.click(screen.getByRole("button", { name: "Exports made" }));
  await until("what was made", () => route() === "/export/made");
  await see("Template CSV for a program, columns Name, E-mail; 48 bytes");
  expect(document.activeElement, "its keys scroll it").toBe(
    screen.getByRole("region", { name: "Exports made" }),
  );
  await see("SHA-256 000");
});

test("a program that writes to many is offered for mail to a list only", async () => {
  const { user, form } = await begun();
  const offered = () =>
    [...form.getByLabelText<HTMLSelectElement>(/^Template/).options].map(({ value }) => value);
  await user.keyboard("1");
  await until("the template", () => form.queryByLabelText(/^Template/) !== null);
  expect(offered()).toContain("listmonk");
  await user.keyboard("2");
  await until("another purpose", () => !offered().includes("listmonk"));
});

test("fast hands: the key, and Enter before the answer is there", async () => {
  const { user } = await begun();
  await user.keyboard("1{Enter}");
  await see("Written: people.csv");
});

test("when nobody may be in it, it says so and writes nothing", async () => {
  const { user, core } = await begun();
  await user.keyboard("3");
  await see("Included 0, left out 4");
  screen.getByRole("button", { name: /^Nobody to export/ });
  await user.keyboard("{Enter}");
  await see("Nobody may be in this file.");
  expect(core.asked.some(({ cmd }) => cmd === "exports.write")).toBe(false);
});

test("for oneself nobody is left out, and it is the plain table of what is shown", async () => {
  const { user, core } = await begun();
  await user.keyboard("6");
  await see("Export 4 people");
  await user.keyboard("{Enter}");
  await until("it is told", () => toasts().some(({ text }) => text.startsWith("Exported 4 people")));
  expect(core.asked.some(({ cmd }) => cmd === "exports.write")).toBe(false);
  await until("the people again", () => route() === "/people");
});

test("those selected are meant before all that are shown", async () => {
  const { user } = await begun();
  await user.keyboard("{Escape}");
  await until("the list", () => route() === "/people");
  document.querySelector<HTMLElement>("[role=grid]")!.focus();
  await user.keyboard("x");
  await see("1 selected");
  await user.keyboard("{Control>}e{/Control}");
  await see("The 1 person selected");
  await user.keyboard("6");
  await see("Export 1 person for a spreadsheet");
  await user.click(screen.getByLabelText("The 4 people the list shows"));
  await see("Export 4 people");
});

test("who may be somebody that asked for no mail is pointed at, and left out with one click", async () => {
  const core = fakeCore({ product: "Queues" });
  const ana = someone(core.world, "Ana", "opted_in");
  someone(core.world, "Bo", "opted_in");
  core.world.alike.add(ana.person.id);
  const user = await toAList(core, "2 people");
  await see("1 in it shares name and organisation with somebody who asked for no mail: Ana");
  expect(screen.getByRole("button", { name: "Ana" })).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Leave them out" }));
  await see("Included 1, left out 1");
  expect(document.activeElement, "the keyboard goes on where the answer is").toBe(
    screen.getByRole("region", { name: "Who is in it" }),
  );
  await user.click(screen.getByRole("button", { name: "1 left out by hand" }));
  await see("Ana");
  await user.click(screen.getByRole("button", { name: "Let them in" }));
  await see("Included 2, left out 0");
});

test("who was left out by hand stays so in the next file of the same people, and of no others", async () => {
  const core = fakeCore({ product: "Queues" });
  const ana = someone(core.world, "Ana", "opted_in");
  someone(core.world, "Bo", "opted_in");
  core.world.alike.add(ana.person.id);
  const { user } = await show(Shell, {}, core);
  const begin = async () => {
    go("/people");
    await see("2 people");
    document.querySelector<HTMLElement>("[role=grid]")!.focus();
    await user.keyboard("{Control>}e{/Control}");
    await screen.findByRole("form", { name: "Export" });
  };
  await begin();
  await user.keyboard("1");
  await user.click(await screen.findByRole("button", { name: "Leave them out" }));
  await see("Included 1, left out 1");
  await user.click(screen.getByRole("button", { name: /^Export 1 person/ }));
  await see("Written: people.csv");
  await user.click(screen.getByRole("button", { name: "Another export" }));
  await screen.findByRole("form", { name: "Export" });
  await user.keyboard("1");
  await see("Included 1, left out 1");
  screen.getByRole("button", { name: "1 left out by hand" });
  await user.keyboard("{Escape}");
  await begin();
  await user.keyboard("1");
  await see("Included 1, left out 1");
  await user.keyboard("{Escape}");
  await until("the list", () => route() === "/people");
  await see("2 people");
  document.querySelector<HTMLElement>("[role=grid]")!.focus();
  await user.keyboard("x");
  await see("1 selected");
  await user.keyboard("{Control>}e{/Control}");
  await see("The 1 person selected");
  await user.keyboard("1");
  await see("Included 1, left out 0");
  await user.click(screen.getByLabelText("The 2 people the list shows"));
  await see("Included 2, left out 0");
});

test("who is in it is seen by name and address, and left out one by one", async () => {
  const core = fakeCore({ product: "Queues" });
  for (const name of ["Ana", "Bo", "Cem"]) someone(core.world, name, "opted_in");
  const user = await toAList(core, "3 people");
  await user.click(await screen.findByRole("button", { name: "3 in it" }));
  const list = within(await screen.findByRole("list", { name: "In it" }));
  await list.findByText("cem@basalt.example");
  await user.click(list.getByRole("button", { name: "Leave Bo out" }));
  await see("Included 2, left out 1");
  await until("Bo is gone", () => list.queryByText("Bo") === null);
  const cem = list.getByRole("button", { name: "Leave Cem out" });
  expect(document.activeElement, "the keyboard goes on at the next").toBe(cem);
  await user.keyboard("{Enter}");
  await see("Included 1, left out 2");
  const ana = list.getByRole("button", { name: "Leave Ana out" });
  expect(document.activeElement, "at the one before, where nobody is next").toBe(ana);
  screen.getByRole("button", { name: "2 left out by hand" });
  expect(screen.queryByLabelText("Find who is in it"), "one sees it at a glance").toBeNull();
});

test("of many in it one is found by name; Enter there writes no file", async () => {
  const core = fakeCore({ product: "Queues" });
  for (let i = 1; i <= 60; i++) someone(core.world, `Ana ${i}`, "opted_in");
  const user = await toAList(core, "60 people");
  await user.click(await screen.findByRole("button", { name: "60 in it" }));
  await see("and 10 others: write a name to find them.");
  await user.type(screen.getByLabelText("Find who is in it"), "ana 57{Enter}");
  await user.click(await screen.findByRole("button", { name: "Leave Ana 57 out" }));
  await see("Included 59, left out 1");
  await see("Nobody in it is found by that.");
  expect(core.asked.some(({ cmd }) => cmd === "exports.write")).toBe(false);
  await user.clear(screen.getByLabelText("Find who is in it"));
  await see("and 9 others: write a name to find them.");
});

test("whoever is left out is named to the last, however many they are", async () => {
  const core = fakeCore({ product: "Queues" });
  for (let i = 1; i <= 60; i++) someone(core.world, `Ana ${i}`, null);
  const user = await toAList(core, "60 people");
  await see("Included 0, left out 60");
  await user.click(await screen.findByRole("button", { name: /^60 / }));
  await see("and 10 others");
  expect(screen.queryByRole("button", { name: "Ana 57" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "show them" }));
  await screen.findByRole("button", { name: "Ana 57" });
  expect(screen.queryByRole("button", { name: "show them" })).toBeNull();
  const named = screen.getAllByRole("button", { name: /^Ana \d+$/ });
  expect(document.activeElement, "the keyboard goes on at the first of them").toBe(named[50]);
});

test("in the line of what left a template and its columns are called as where one chooses them", async () => {
  const { user, form } = await begun();
  await user.keyboard("1");
  await see("Included 1, left out 3");
  const label = [...form.getByLabelText<HTMLSelectElement>(/^Template/).options]
    .find(({ value }) => value === "csv_spreadsheet")!
    .textContent.trim();
  await user.selectOptions(form.getByLabelText(/^Template/), "csv_spreadsheet");
  await user.click(form.getByLabelText(/\(tags\)$/));
  await user.click(form.getByRole("button", { name: /^Export 1 person/ }));
  await see("Written: people.csv");
  await see(`Template ${label}, columns Name, E-mail, Topics (tags)`);
});

test("the way back from a list's file says that it leads to the list", async () => {
  const { user } = await begun();
  const { id } = await call("lists.create", { name: "Booth", filter: "" });
  beginExport();
  go(`/export/list/${id}`);
  await screen.findByText(/of the list “Booth”$/);
  await user.keyboard("1");
  await see("Included 1, left out 3");
  await user.keyboard("{Enter}");
  await user.click(await screen.findByRole("button", { name: /^Back to the list/ }));
  await until("the list", () => route() === `/lists/${id}`);
});

test("something in the post asks for no channel: it goes to a postal address", async () => {
  const { user, form } = await begun();
  await user.keyboard("3");
  await see("It goes by post: whoever gave an address is in it.");
  expect(form.queryByLabelText("Written to by")).toBeNull();
  await see("Nothing in it says where the parcels go.");
  await user.click(form.getByRole("button", { name: "Add the postal address" }));
  expect(form.getByLabelText("Postal address")).toHaveProperty("checked", true);
  expect(form.queryByText("Nothing in it says where the parcels go.")).toBeNull();
});

test("for oneself it is said how many have an address that is not in the file", async () => {
  const core = fakeCore({ product: "Queues" });
  const ana = someone(core.world, "Ana", "opted_in");
  const bo = someone(core.world, "Bo", "opted_in");
  someone(core.world, "Cem", "opted_in");
  ana.contactPoints[0]!.status = "bounced";
  const { user } = await show(Shell, {}, core);
  go("/people");
  await see("3 people");
  await user.keyboard("{Control>}e{/Control}");
  await screen.findByRole("form", { name: "Export" });
  await user.keyboard("6");
  await see("1 person has an address that was opted out, or that bounced.");
  bo.contactPoints[0]!.status = "opted_out";
  await call("people.edit", { id: bo.person.id, city: "Oslo" });
  await see("2 people have an address that was opted out, or that bounced.");
  for (const box of screen.getAllByRole("checkbox", { name: "E-mail" })) await user.click(box);
  await until("nothing is said of addresses", () => screen.queryByText(/Such an address/) === null);
});
