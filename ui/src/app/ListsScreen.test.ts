// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { fakeCore } from "../ipc/fake/core";
import { settings } from "../ipc/settings.svelte";
import { go, route } from "../kit/route.svelte";
import { toasts } from "../kit/toasts.svelte";
import { at, hold, see, show, until } from "../testing/screen";
import Shell from "./Shell.svelte";

const lastToast = () => toasts().at(-1)?.text;
const foot = () => document.querySelector("footer")?.textContent?.replace(/\s+/g, " ") ?? "";

/** Three people on Beta, and Learners, which follows a filter. */
async function lists() {
  const core = fakeCore({ people: 40, product: "Queues" });
  const ids = [...core.world.people.keys()].slice(0, 3);
  const { value } = await core.rpc("lists.add", { name: "Beta", people: ids, why: "Wrote in" }, "");
  const live = await core.rpc("lists.create", { name: "Learners", filter: "stage:learn" }, "");
  at("/lists");
  const shown = await show(Shell, {}, core);
  await see("2 lists");
  return {
    ...shown,
    beta: (value as { list: { id: string } }).list.id,
    learners: (live.value as { id: string }).id,
  };
}

describe("the lists", () => {
  test("without one says what they are for, with the way to the first", async () => {
    at("/people");
    const { user, core } = await show(Shell, {});
    await user.keyboard("{Control>}3{/Control}");
    await see("A list is for people who belong together");
    await user.keyboard("{Control>}n{/Control}");
    await until("a name", () => document.activeElement?.getAttribute("aria-label") === "Name");
    await user.keyboard("{Enter}");
    await see("A list needs a name.");
    await user.keyboard("Speakers{Enter}");
    await see("Nobody is on it yet.");
    expect([...core.world.lists.values()][0]).toMatchObject({ name: "Speakers", filter: null });
  });

  test("say how many are on each, and by what", async () => {
    const { core } = await lists();
    const found = await core.rpc("filter.read", { text: "stage:learn" }, "");
    await see(new RegExp(`Learners ?${(found.value as { count: number }).count} ?people`));
    await see(/follows a filter ?stage:learn/);
    await see(/Beta ?3 ?people ?by hand/);
  });

  test("a file of one is made at the lists, and Esc leads back to it", async () => {
    const { user, beta } = await lists();
    go(`/lists/${beta}`);
    await see("Wrote in");
    await user.keyboard("{Control>}e{/Control}");
    await screen.findByRole("form", { name: "Export" });
    expect(screen.getByRole("link", { current: "page", name: /^Lists/ })).toBeTruthy();
    await user.keyboard("{Escape}");
    await until("the list", () => route() === `/lists/${beta}`);
  });

  test("are moved through by J and K, renamed and trashed by keys, and come back", async () => {
    const { user } = await lists();
    await until(
      "the first has the focus",
      () => document.activeElement?.textContent?.includes("Beta") === true,
    );
    await user.keyboard("j");
    expect(document.activeElement?.textContent).toContain("Learners");
    await user.keyboard("ke");
    await until("a name", () => document.activeElement?.getAttribute("aria-label") === "Name of the list");
    await user.keyboard("Alpha{Enter}");
    await see("Alpha");
    await until("the focus is back", () => document.activeElement?.textContent?.includes("Alpha") === true);
    await user.keyboard("{Delete}");
    await see("1 list");
    expect(lastToast()).toBe("Took away the list “Alpha”");
    await user.keyboard("{Control>}z{/Control}");
    await see("2 lists");
  });

  test("a new one can follow a filter", async () => {
    const { user, core } = await lists();
    await user.keyboard("{Control>}n{/Control}");
    await user.click(await screen.findByRole("radio", { name: "Whoever a filter finds" }));
    const filter = () => screen.findByRole<HTMLInputElement>("combobox", { name: "Filter of the list" });
    await user.type(await filter(), "stage:lern");
    const typed = await filter();
    await until("it is red", () => typed.getAttribute("aria-invalid") === "true");
    await user.type(screen.getByRole("textbox", { name: "Name" }), "Ind{Enter}");
    await until("it is said", () => lastToast()?.startsWith("Mend the filter first") === true);
    expect(document.activeElement).toBe(typed);
    await user.clear(typed);
    await user.type(typed, "country:IN");
    await until("it can be read", () => typed.getAttribute("aria-invalid") === "false");
    // A press beside the panel leaves it, and loses nothing that was typed.
    await user.click(screen.getByRole("heading", { name: "Lists" }));
    await until("it is left", () => screen.queryByRole("form", { name: "New list" }) === null);
    await user.keyboard("{Control>}n{/Control}");
    expect((await filter()).value).toBe("country:IN");
    await user.keyboard("{End}ia{Enter}");
    await until("made", () => [...core.world.lists.values()].some(({ filter }) => filter === "country:IN"));
    await until("it is open", () => document.title.startsWith("India"));
  });

  test("made by Enter in its filter follows the filter as it was typed, however late that is read", async () => {
    const { user, core } = await lists();
    await user.keyboard("{Control>}n{/Control}");
    await user.type(screen.getByRole("textbox", { name: "Name" }), "India");
    await user.click(await screen.findByRole("radio", { name: "Whoever a filter finds" }));
    const answer = hold(core, "filter.read");
    await user.type(screen.getByRole("combobox", { name: "Filter of the list" }), "country:IN{Enter}");
    answer();
    await until("made", () => [...core.world.lists.values()].some(({ filter }) => filter === "country:IN"));
  });
});

describe("one list", () => {
  test("shows who is on it with why, and takes off those selected in one step", async () => {
    const { user, beta } = await lists();
    at(`/lists/${beta}`);
    await until("three", () => foot().includes("3 people"));
    await see("Wrote in");
    await user.keyboard("xjx{Delete}");
    await until("one is left", () => foot().includes("1 person"));
    expect(lastToast()).toBe("Took 2 people off the list “Beta”");
    await user.keyboard("{Control>}z{/Control}");
    await until("all are back", () => foot().includes("3 people"));
  });

  test("leads to a person and on to the next one of the list, and back", async () => {
    const { user, beta } = await lists();
    at(`/lists/${beta}`);
    await until("three", () => foot().includes("3 people"));
    await user.keyboard("{Enter}");
    await see("1 of 3");
    await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
    await see("2 of 3");
    await user.keyboard("{Escape}");
    await until("the list again", () => document.title.startsWith("Beta"));
  });

  test("that follows a filter is changed there, and shown in People", async () => {
    const { user, core, learners } = await lists();
    at(`/lists/${learners}`);
    const field = await screen.findByRole<HTMLInputElement>("combobox", { name: "Filter of the list" });
    await user.type(field, " country:IN");
    await user.click(await screen.findByRole("button", { name: "Save the filter" }));
    await until("kept", () => core.world.lists.get(learners)?.filter === "stage:learn country:IN");
    await user.type(field, " stage:lern");
    await until("it is red", () => field.getAttribute("aria-invalid") === "true");
    screen.getByRole("button", { name: /^Export/ }).focus();
    await user.keyboard("{Control>}e{/Control}");
    await until("it is said", () => lastToast()?.startsWith("Mend the filter first") === true);
    expect(document.activeElement).toBe(field);
    expect(route()).toBe(`/lists/${learners}`);
    await user.type(field, "{Backspace>11/}");
    await until("it can be read", () => field.getAttribute("aria-invalid") === "false");
    await user.click(screen.getByRole("button", { name: "Show in People" }));
    await until("People", () => settings().people?.query?.filter.text === "stage:learn country:IN");
  });

  test("whose filter cannot be read any more says so, and nobody is lost", async () => {
    const { core, learners } = await lists();
    core.world.lists.get(learners)!.filter = "gone:yes";
    at(`/lists/${learners}`);
    await see("There is no field “gone”.");
    await see("Change the filter above. Nobody was taken off the list.");
  });

  test("that is no longer here leads back to the others", async () => {
    await lists();
    at("/lists/0190b8e0-0000-7000-8000-000000009999");
    await see("This list is no longer here.");
  });
});
