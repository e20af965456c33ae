// @vitest-environment happy-dom
import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import Shell from "../../app/Shell.svelte";
import { fakeCore } from "../../ipc/fake/core";
import { point } from "../../ipc/fake/world";
import { shortDay } from "../../kit/dates";
import { go } from "../../kit/route.svelte";
import { see, show, until } from "../../testing/screen";

const day = (on: string) => shortDay(on, "2026-05-21");

/** On the page of somebody with an address of which nothing is known. */
async function onAna() {
  const core = fakeCore({ people: 1, product: "Queues" });
  const [ana] = [...core.world.people.values()];
  ana!.contactPoints = [point(core.world, ana!, { value: "ana@basalt.example" })];
  const shown = await show(Shell, {}, core);
  go(`/people/${ana!.person.id}`);
  const line = () => screen.findByRole("button", { name: /Say why one may write to ana@basalt\.example$/ });
  await line();
  return { ...shown, line, ana: ana! };
}
const panel = () => within(screen.getByRole("dialog", { name: "May one write to ana@basalt.example" }));

test("an address says that nothing is known; a yes in person is said where it stands, with a day", async () => {
  const { user, line } = await onAna();
  await see("Not known why one may write");
  await user.click(await line());
  await user.selectOptions(panel().getByLabelText(/^Why one may write/), "said_yes_in_person");
  expect(panel().getByLabelText<HTMLInputElement>("A message of their own").checked).toBe(true);
  expect(panel().getByLabelText<HTMLInputElement>("Mail to a list").checked).toBe(false);
  await user.type(panel().getByLabelText("What shows it"), "asked her at the booth");
  await user.type(panel().getByLabelText(/^Since/), "3 may");
  await user.keyboard("{Enter}");
  await see(`May write: said yes in person, ${day("2026-05-03")}`);
  expect(screen.queryByRole("dialog")).toBeNull();
  await user.click(await line());
  await see("Said yes in person, for a message of their own: asked her at the booth");
});

test("an opt-in is taken to be for the list as well, unless it is ticked otherwise", async () => {
  const { user, line } = await onAna();
  await user.click(await line());
  await user.selectOptions(panel().getByLabelText(/^Why one may write/), "opted_in");
  expect(panel().getByLabelText<HTMLInputElement>("Mail to a list").checked).toBe(true);
  await user.click(panel().getByLabelText("A message of their own"));
  await user.click(panel().getByRole("button", { name: /^Save/ }));
  await see(
    "Say since when they signed up. A no of theirs stays, unless the opt-in is newer and something shows it.",
  );
  await user.type(panel().getByLabelText(/^Since/), "today");
  await user.click(panel().getByRole("button", { name: /^Save/ }));
  await see("Say what shows that they opted in, such as “signed up on our page”.");
  await user.type(panel().getByLabelText(/^What shows it/), "signed up on our page");
  await user.click(panel().getByRole("button", { name: /^Save/ }));
  await see(`May write to a list: opted in, ${day("2026-05-21")}`);
});

test("a reason that is not enough for what is ticked says so beside it, and what would be", async () => {
  const { user, line } = await onAna();
  await user.click(await line());
  await user.selectOptions(panel().getByLabelText(/^Why one may write/), "public_work_one_to_one");
  const words = "not enough for this: it takes “opted in” or “uses what we make”";
  expect(panel().queryByText(words)).toBeNull();
  await user.click(panel().getByLabelText("Mail to a list"));
  await see(words);
  await user.selectOptions(panel().getByLabelText(/^Why one may write/), "opted_in");
  await until("it is enough", () => panel().queryByText(words) === null);
});

test("nothing chosen, and a day to come, are said under their fields and nothing is sent", async () => {
  const { user, line, core } = await onAna();
  await user.click(await line());
  await user.click(panel().getByRole("button", { name: /^Save/ }));
  await see("Choose why one may write.");
  await user.type(panel().getByLabelText("What shows it"), "at the booth");
  expect(panel().queryByText("Choose why one may write."), "it is not about that").not.toBeNull();
  await user.selectOptions(panel().getByLabelText(/^Why one may write/), "opted_in");
  expect(panel().queryByText("Choose why one may write."), "one was chosen").toBeNull();
  await user.type(panel().getByLabelText(/^Since/), "tomorrow{Enter}");
  await until(
    "it is said, and once",
    () => panel().queryAllByText(/That day is still to come\./).length === 1,
  );
  expect(panel().getByRole("alert").textContent).toContain("That day is still to come.");
  expect(core.asked.some(({ cmd }) => cmd === "basis.set")).toBe(false);
});

test("an objection takes two presses, is shown plainly, and stands over a yes that comes after it", async () => {
  const { user, line } = await onAna();
  await user.click(await line());
  await user.click(panel().getByRole("button", { name: "Note that they asked for no e-mail" }));
  await user.type(panel().getByLabelText("How they said it"), "wrote back: please stop");
  await user.click(panel().getByRole("button", { name: /^Note it/ }));
  await see(`May not write: asked not to, ${day("2026-05-21")}`);
  await user.click(await line());
  await see(`Asked not to be written to by e-mail on ${day("2026-05-21")}: wrote back: please stop`);
  await user.selectOptions(panel().getByLabelText(/^Why one may write/), "said_yes_in_person");
  await user.click(panel().getByRole("button", { name: /^Save/ }));
  await see(`on ${day("2026-05-21")}. Only an opt-in of theirs that is dated after that day ends it.`);
  await user.keyboard("{Escape}");
  await user.keyboard("{Control>}z{/Control}");
  await see("Not known why one may write");
});

test("an opt-in that ends a no says that the no stays at another address, as long as it does", async () => {
  const { user, line, ana, core } = await onAna();
  ana.contactPoints.push(point(core.world, ana, { value: "ana@old.example" }));
  core.changedElsewhere();
  await see("ana@old.example");
  await user.click(await line());
  await user.click(panel().getByRole("button", { name: "Note that they asked for no e-mail" }));
  await user.type(panel().getByLabelText("When"), "3 may{Enter}");
  await until("it is noted", () => screen.queryByRole("dialog") === null);
  await user.click(await line());
  await user.selectOptions(panel().getByLabelText(/^Why one may write/), "opted_in");
  await user.type(panel().getByLabelText("What shows it"), "signed up anew");
  await user.type(panel().getByLabelText(/^Since/), "today{Enter}");
  const words = "That is so of this address only. One still may not write to ana@old.example: asked not to.";
  await see(words);
  const said = screen.getByText(words);
  expect(said.closest("dd")?.textContent, "beside the address it was ended at").toContain("ana@basalt");
  expect(said.getAttribute("role")).toBe("status");
  await user.keyboard("{Control>}z{/Control}");
  await until("the no is back", () => screen.queryByText(words) === null);
});

test("an opt-in that ends nothing says nothing of other addresses", async () => {
  const { user, line, ana, core } = await onAna();
  ana.contactPoints.push(point(core.world, ana, { value: "ana@old.example", status: "opted_out" }));
  core.changedElsewhere();
  await see("ana@old.example");
  await user.click(await line());
  await user.selectOptions(panel().getByLabelText(/^Why one may write/), "opted_in");
  await user.type(panel().getByLabelText("What shows it"), "signed up on our page");
  await user.type(panel().getByLabelText(/^Since/), "today{Enter}");
  await see(`May write, also to a list: opted in, ${day("2026-05-21")}`);
  expect(document.body.textContent).not.toContain("this address only");
});

test("from saying yes to saying no and back the keyboard goes on in the first field", async () => {
  const { user, line } = await onAna();
  await user.click(await line());
  await user.click(panel().getByRole("button", { name: "Note that they asked for no e-mail" }));
  await until("in what opened", () => document.activeElement === panel().getByLabelText("How they said it"));
  await user.type(panel().getByLabelText("When"), "tomorrow{Enter}");
  await see("That day is still to come.");
  await user.type(panel().getByLabelText("How they said it"), "on the phone");
  expect(panel().queryByRole("alert"), "it is not about that").not.toBeNull();
  await user.clear(panel().getByLabelText("When"));
  expect(panel().queryByRole("alert"), "the day was changed").toBeNull();
  await user.click(panel().getByRole("button", { name: "Back" }));
  await until(
    "in the form of before",
    () => document.activeElement === panel().getByLabelText(/^Why one may write/),
  );
});

test("a profile is quiet until one asks, through what is behind its three dots", async () => {
  const { user, ana, core } = await onAna();
  ana.contactPoints.push(point(core.world, ana, { kind: "github", value: "ana-basalt" }));
  core.changedElsewhere();
  await see("ana-basalt");
  expect(screen.queryByRole("button", { name: /write to ana-basalt$/ })).toBeNull();
  await user.click(screen.getByRole("button", { name: "More about ana-basalt" }));
  await user.click(await screen.findByRole("button", { name: "May one write to it" }));
  await until(
    "the panel is there",
    () => screen.queryByRole("dialog", { name: "May one write to ana-basalt" }) !== null,
  );
});
