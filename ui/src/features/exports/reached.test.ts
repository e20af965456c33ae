// @vitest-environment happy-dom
import { screen, within } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import Shell from "../../app/Shell.svelte";
import { fakeCore } from "../../ipc/fake/core";
import { newId, point } from "../../ipc/fake/world";
import { go } from "../../kit/route.svelte";
import { addressed as someone } from "../../testing/addressed";
import { see, show, until } from "../../testing/screen";
import { beginExport, decide } from "./airlock.svelte";

beforeEach(() => {
  decide({ without: [] });
  beginExport();
});

/** Ana and Bo, who wrote first by every way they gave. */
async function onTheTelephone() {
  const core = fakeCore({ product: "Queues" });
  for (const name of ["Ana", "Bo"]) {
    const made = someone(core.world, name, null);
    made.contactPoints.push(point(core.world, made, { kind: "phone", value: `+49 30 12345${name.length}` }));
    for (const { id } of made.contactPoints)
      core.world.bases.push({
        id: newId(core.world),
        contactPointId: id,
        purpose: "one_to_one",
        basis: "they_wrote_first",
        evidence: null,
        touchpointId: null,
        recordedOn: "2026-05-03",
      });
  }
  const shown = await show(Shell, {}, core);
  go("/people");
  await see("2 people");
  await shown.user.keyboard("{Control>}e{/Control}");
  const form = within(await screen.findByRole("form", { name: "Export" }));
  await shown.user.keyboard("2");
  await see("Included 2, left out 0");
  const ticked = () =>
    form
      .getAllByRole<HTMLInputElement>("checkbox")
      .filter(({ checked }) => checked)
      .map((box) => box.closest("label")!.textContent.trim());
  const by = (channel: string) => shown.user.selectOptions(form.getByLabelText("Written to by"), channel);
  return { ...shown, form, ticked, by };
}

test("the columns follow the channel, and what was picked by hand stays and is warned of", async () => {
  const { user, form, core, ticked, by } = await onTheTelephone();
  await until("name and address", () => ticked().join() === "Name,E-mail");
  await by("phone");
  await until("name and number", () => ticked().join() === "Name,Phone");
  expect(form.queryByRole("status"), "it says where to call").toBeNull();
  await by("email");
  await until("name and address again", () => ticked().join() === "Name,E-mail");
  await user.click(form.getByLabelText("Organisation"));
  await by("phone");
  await see("Nothing in it says how to reach them by phone.");
  expect(ticked(), "what was picked stays").toEqual(["Name", "Organisation", "E-mail"]);
  await user.click(form.getByRole("button", { name: "Add Phone" }));
  await until("nothing is warned of", () => form.queryByText(/Nothing in it says/) === null);
  await user.keyboard("{Enter}");
  await see("Written: people.csv");
  const asked = core.asked.find(({ cmd }) => cmd === "exports.write")!.input;
  expect(asked).toMatchObject({ channel: "phone", columns: ["name", "organisation", "email", "phone"] });
});

test("fast hands: another channel, and Enter before its columns are there", async () => {
  const { user, form, core } = await onTheTelephone();
  const select = form.getByLabelText<HTMLSelectElement>("Written to by");
  select.value = "phone";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await user.click(form.getByRole("button", { name: /^Export/ }));
  await see("Written: people.csv");
  expect(core.asked.find(({ cmd }) => cmd === "exports.write")!.input).toMatchObject({
    channel: "phone",
    columns: ["name", "phone"],
  });
});

test("whose text a program would cut is named before the file is written, with what there is to do", async () => {
  const core = fakeCore({ product: "Queues" });
  const ana = someone(core.world, "Ana", "opted_in");
  someone(core.world, "Bo", "opted_in");
  ana.person.notes = "n".repeat(256);
  const { user } = await show(Shell, {}, core);
  go("/people");
  await see("2 people");
  await user.keyboard("{Control>}e{/Control}");
  const form = within(await screen.findByRole("form", { name: "Export" }));
  await user.keyboard("1");
  await user.selectOptions(await form.findByLabelText(/^Template/), "mailchimp");
  await see("Included 2, left out 0");
  await user.click(form.getByLabelText("Notes"));
  await see("Included 1, left out 1");
  await user.click(form.getByRole("button", { name: "1 text longer than the program takes" }));
  await see("Untick that column below, and they are in it; or open each and make the text shorter.");
  const row = form.getByRole("button", { name: "Ana" }).closest("li")!;
  expect(row.textContent).toContain("Notes");
  await user.click(form.getByLabelText("Notes"));
  await see("Included 2, left out 0");
});

test("the line of a file says of whom it was, also when its list is gone", async () => {
  const core = fakeCore({ product: "Queues" });
  const line = (list: string | null, filter: string | null) => ({
    id: newId(core.world),
    at: 0,
    list,
    filter,
    purpose: "for_myself" as const,
    channel: "email" as const,
    template: "csv",
    columns: ["name"],
    included: 2,
    leftOut: [],
    fileName: "people.csv",
    bytes: 48,
    sha256: "0".repeat(64),
  });
  core.world.exportsMade.push(
    line("Britons", "country:GB"),
    line("Beta", 'list:"Beta"'),
    line(null, "country:FR"),
    line(null, 'list:"Beta round"'),
    line(null, null),
  );
  await show(Shell, {}, core);
  go("/export/made");
  for (const words of [
    "For myself: 2 people of the list “Britons” (country:GB).",
    "For myself: 2 people of the list “Beta”.",
    "For myself: 2 people of country:FR.",
    "For myself: 2 people of those on the list “Beta round”.",
    "For myself: 2 people of whoever was chosen by hand.",
  ])
    await see(words);
});
