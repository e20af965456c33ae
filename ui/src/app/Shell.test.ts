// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { changeSettings } from "../ipc/settings.svelte";
import { toasts } from "../kit/toasts.svelte";
import { at, see, show, until } from "../testing/screen";
import Shell from "./Shell.svelte";

const shell = async () => {
  at("/people");
  const shown = await show(Shell, {});
  await see("Priya Nair");
  return shown;
};
const PRIYA = "/people/0190b8e0-0000-7000-8000-000000000001";
const activeRow = () => document.querySelector(".row.active")?.getAttribute("aria-rowindex");
const lastToast = () => toasts().at(-1)?.text;

describe("the list of people", () => {
  test("names everyone exactly and moves by J and K", async () => {
    const { user } = await shell();
    await see("40 people");
    expect(activeRow()).toBe("2");
    await user.keyboard("jj");
    expect(activeRow()).toBe("4");
    await user.keyboard("k");
    expect(activeRow()).toBe("3");
  });

  test("narrows with every letter and says how many are left", async () => {
    const { user } = await shell();
    await user.keyboard("/");
    await until(
      "the field has the focus",
      () => document.activeElement?.getAttribute("aria-label") === "Filter people",
    );
    await user.keyboard("priya acme");
    await see("1 of 40 people");
    expect(screen.getByRole<HTMLInputElement>("combobox", { name: "Filter people" }).value).toBe(
      "priya acme",
    );
    await user.keyboard("{Escape}");
    await see("40 people");
  });

  test("says so when nobody matches, with the way back", async () => {
    const { user } = await shell();
    await user.type(screen.getByRole("combobox", { name: "Filter people" }), "zzzz");
    await see("Nobody matches. 40 people are here without the filter.");
    await user.click(screen.getByRole("button", { name: "Clear the filter" }));
    await see("40 people");
  });

  test("selects, trashes, and undo brings them back", async () => {
    const { user } = await shell();
    await user.keyboard("xjx");
    await see("2 selected");
    await user.keyboard("{Delete}");
    await see("38 people");
    await until("the toast", () => lastToast() === "Moved 2 people to the trash");
    await user.keyboard("{Control>}z{/Control}");
    await see("40 people");
    expect(lastToast()).toBe("Took back: Moved 2 people to the trash");
  });

  test("shows what another program wrote, and keeps the selection", async () => {
    const { user, core } = await shell();
    await user.keyboard("x");
    await see("1 selected");
    const priya = [...core.world.people.values()][0]!;
    priya.person.displayName = "Priya N. Nair";
    core.changedElsewhere();
    await see("Priya N. Nair");
    await see("1 selected");
  });

  test("peeks at the row and follows it", async () => {
    const { user } = await shell();
    await user.keyboard(" ");
    await see("Last entries");
    await see("Telemetry SDK in Rust");
    await user.keyboard("{Escape}");
    await until("the pane is closed", () => !document.body.textContent?.includes("Last entries"));
  });

  test("single letters do nothing while they are switched off", async () => {
    const { user } = await shell();
    changeSettings({ singleLetterKeys: false });
    await user.keyboard("x");
    await user.keyboard("{ArrowDown}");
    expect(activeRow()).toBe("3");
    expect(document.body.textContent).not.toContain("1 selected");
  });
});

describe("a new person", () => {
  test("needs a name, then opens", async () => {
    const { user } = await shell();
    await user.keyboard("{Control>}n{/Control}");
    await until(
      "the name has the focus",
      () => document.activeElement?.getAttribute("aria-label") === "Name",
    );
    await user.keyboard("{Enter}");
    await see("Write a name first.");
    await user.keyboard("Zoë Œ{Enter}");
    await until("the page of the person", () => location.hash.startsWith("#/people/0190"));
    await see("Nothing is written down yet.");
    await until("the toast", () => lastToast() === "Added Zoë Œ");
  });
});

describe("a person", () => {
  const open = async () => {
    const shown = await shell();
    await shown.user.keyboard("{Enter}");
    await see("Because:");
    return shown;
  };

  test("is explained with what was seen", async () => {
    await open();
    await see(/Because: ?talked in person \(.*they told you: Building\)/);
    await see("1 of 40");
    await see("Her work");
  });

  test("accepts a move with A", async () => {
    const { user } = await open();
    await see("Is that right?");
    await user.keyboard("a");
    await until("the question is gone", () => !document.body.textContent?.includes("Is that right?"));
  });

  test("is logged with a kind, a note and Enter", async () => {
    const { user, core } = await open();
    await user.keyboard("l");
    await until("the kind is asked for", () => document.activeElement?.getAttribute("role") === "combobox");
    await user.keyboard("bug{Enter}");
    await until("the note is asked for", () => document.activeElement?.getAttribute("aria-label") === "Note");
    await user.keyboard("It stalls{Enter}");
    await see("It stalls");
    const logged = core.asked.find(({ cmd }) => cmd === "touchpoints.log");
    expect(logged?.input).toMatchObject({
      kind: "reported_bug",
      note: "It stalls",
      people: [{ role: "by" }],
    });
  });

  test("gets a stage with S, a digit and a reason", async () => {
    const { user } = await open();
    await user.keyboard("s5");
    await until("the reason is asked for", () => document.activeElement?.tagName === "INPUT");
    await user.keyboard("two clusters{Enter}");
    await see("You set this: “two clusters”. It holds until the next proof.");
  });

  test("leads on to the next one with Alt", async () => {
    const { user } = await open();
    await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
    await see("2 of 40");
  });
});

describe("the sheets above", () => {
  test("the command bar finds a person by any part of the name", async () => {
    const { user } = await shell();
    await user.keyboard("{Control>}k{/Control}");
    await until("the bar", () => document.activeElement?.getAttribute("role") === "combobox");
    await user.keyboard("riya nai");
    await until(
      "Priya is offered",
      () => screen.queryAllByRole("option", { name: /Priya Nair/ }).length === 1,
    );
    await user.keyboard("{Enter}");
    await see("Because:");
  });

  test.each(["unsubscribed", "unsubscribe", "bounced", "opt-out", "opted out"])(
    "the command bar knows where whoever is %s stands, and how they are brought in",
    async (typed) => {
      const { user } = await shell();
      await user.keyboard("{Control>}k{/Control}");
      await until("the bar", () => document.activeElement?.getAttribute("role") === "combobox");
      await user.keyboard(typed);
      const offered = (name: RegExp) => screen.queryByRole("option", { name }) !== null;
      await until("they can be brought in", () => offered(/^Bring in who unsubscribed or bounced/));
      expect(offered(/^Go to list health/)).toBe(true);
      await user.click(screen.getByRole("option", { name: /^Go to the suppression list/ }));
      await until("it is led there", () => document.activeElement?.textContent === "Not written to");
    },
  );

  test.each([
    ["basis", "/people", /^Say why one may write to many/],
    ["newsletter", "/people", /^Say why one may write to many/],
    ["delete", PRIYA, /^Erase this person for good/],
    ["gdpr", PRIYA, /^Erase this person for good/],
  ])("%s in the command bar, at %s, finds what is called otherwise", async (typed, place, name) => {
    const { user } = await shell();
    at(place);
    await see(place === PRIYA ? "Because:" : "40 people");
    await user.keyboard("{Control>}k{/Control}");
    await until("the bar", () => document.activeElement?.getAttribute("role") === "combobox");
    await user.keyboard(typed);
    await until("it is offered", () => screen.queryByRole("option", { name }) !== null);
  });

  test("the sheet of shortcuts closes with Esc", async () => {
    const { user } = await shell();
    await user.keyboard("?");
    await see("Changing a stage");
    await user.keyboard("{Escape}");
    await until("it is closed", () => !document.body.textContent?.includes("Changing a stage"));
  });
});
