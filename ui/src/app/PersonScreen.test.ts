// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { fakeCore } from "../ipc/fake/core";
import { point } from "../ipc/fake/world";
import { go } from "../kit/route.svelte";
import { hold, see, show, until } from "../testing/screen";
import Shell from "./Shell.svelte";

const core = () => {
  const query = {
    filter: { text: "" },
    sort: "name" as const,
    descending: false,
  };
  return fakeCore({ people: 3, product: "Queues", settings: { people: { query } } });
};

/** The page of the first of three people, from A. */
async function first(from = core()) {
  const names = [...from.world.people.values()].map(({ person }) => person);
  names.sort((a, b) => a.displayName.localeCompare(b.displayName));
  const shown = await show(Shell, {}, from);
  go(`/people/${names[0]!.id}`);
  await see("1 of 3");
  return { ...shown, people: names };
}

const note = () => screen.queryByLabelText<HTMLTextAreaElement>("Note")?.value;
const heading = (name: string) =>
  until(`the page of ${name}`, () => document.querySelector("h1")?.textContent === name);

test("keys that come before somebody is read are meant for them", async () => {
  const from = core();
  const answer = hold(from, "people.page");
  const { user, people } = await first(from);
  await user.keyboard("{Alt>}{ArrowDown}{ArrowDown}{/Alt}");
  await see("3 of 3");
  await user.keyboard("e");
  answer();
  await until(
    "the name is edited",
    () => (document.activeElement as HTMLInputElement).value === people[2]!.displayName,
  );
});

describe("what is being logged", () => {
  async function begun() {
    const shown = await first();
    await shown.user.keyboard("l");
    await until("the kind is asked for", () => document.activeElement?.getAttribute("role") === "combobox");
    await shown.user.keyboard("bug{Enter}");
    await until("the note is asked for", () => document.activeElement?.getAttribute("aria-label") === "Note");
    await shown.user.keyboard("It stalls");
    return shown;
  }

  test("is kept for the person it is about while others are looked at, and is nobody else's", async () => {
    const { user, people } = await begun();
    await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
    await see("2 of 3");
    await heading(people[1]!.displayName);
    expect(note()).toBeUndefined();
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    await see("1 of 3");
    await until("the note is there again", () => note() === "It stalls");
    await screen.findByRole("button", { name: "Reported a bug. Choose another" });
  });

  test("two people have a draft each", async () => {
    const { user, core, people } = await begun();
    await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
    await see("2 of 3");
    await heading(people[1]!.displayName);
    await user.keyboard("l");
    await until("the kind is asked for", () => document.activeElement?.getAttribute("role") === "combobox");
    await user.keyboard("bug{Enter}");
    await until("the note is asked for", () => document.activeElement?.getAttribute("aria-label") === "Note");
    await user.keyboard("It hangs");
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    await until("the first note", () => note() === "It stalls");
    await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
    await until("the second note", () => note() === "It hangs");
    await user.click(screen.getByRole("button", { name: /^Log ⏎$/ }));
    await until("it is logged", () => core.asked.some(({ cmd }) => cmd === "touchpoints.log"));
    expect(core.asked.find(({ cmd }) => cmd === "touchpoints.log")?.input).toMatchObject({
      note: "It hangs",
      people: [{ person: people[1]!.id }],
    });
  });

  test.each([
    ["Esc", "{Escape}{Escape}"],
    ["the list", "{Control>}2{/Control}"],
    ["the settings", "{Control>},{/Control}"],
  ])("is kept when the page is left by %s", async (_, keys) => {
    const { user, people } = await begun();
    await user.keyboard(keys);
    await until("another place", () => !location.hash.includes(people[0]!.id));
    go(`/people/${people[0]!.id}`);
    await until("the note is there again", () => note() === "It stalls");
  });

  test("is kept although no kind was chosen, and is taken up where it was left", async () => {
    const { user, core } = await first();
    await user.keyboard("l");
    await until("the kind is asked for", () => document.activeElement?.getAttribute("role") === "combobox");
    await user.keyboard("It stalls at night{Escape}");
    await until("the form is closed", () => screen.queryByLabelText("Note") === null);
    await user.keyboard("l");
    const asked = await screen.findByRole<HTMLInputElement>("combobox", { name: "What happened?" });
    expect(asked.value).toBe("It stalls at night");
    await see("Your draft from before.");
    await until("it has the focus", () => document.activeElement === asked);
    await user.keyboard("{Enter}");
    await until("it is the note", () => note() === "It stalls at night");
    await user.keyboard("{Enter}");
    await until("it is logged", () => core.asked.some(({ cmd }) => cmd === "touchpoints.log"));
  });

  test("a day without a note is kept too", async () => {
    const { user, people } = await first();
    await user.keyboard("l");
    await user.click(await screen.findByRole("button", { name: "When, who else, what you saw" }));
    await user.type(screen.getByLabelText(/^When/), "yesterday");
    go(`/people/${people[1]!.id}`);
    await see("2 of 3");
    go(`/people/${people[0]!.id}`);
    await user.click(await screen.findByRole("button", { name: "When, who else, what you saw" }));
    expect(screen.getByLabelText<HTMLInputElement>(/^When/).value).toBe("yesterday");
  });
});

test("which address to use first is said only where there is a choice", async () => {
  const from = core();
  const priya = [...from.world.people.values()].find(({ person }) => person.displayName === "Priya Nair")!;
  priya.contactPoints = [
    point(from.world, priya, { kind: "email", value: "one@acme.example", isPrimary: true }),
    point(from.world, priya, { kind: "github", value: "priyan", isPrimary: true }),
  ];
  await show(Shell, {}, from);
  go(`/people/${priya.person.id}`);
  await see("one@acme.example");
  expect(document.body.textContent).not.toContain("Use this first");
  priya.contactPoints.push(point(from.world, priya, { kind: "email", value: "two@acme.example" }));
  from.changedElsewhere();
  await see("two@acme.example");
  expect(screen.getAllByText(/Use this first/)).toHaveLength(1);
});

test("the ring is explained in words", async () => {
  const { user } = await first();
  await user.keyboard(".");
  await see(/Ring: (primary|secondary|tertiary)\. \p{Lu}/u);
});
