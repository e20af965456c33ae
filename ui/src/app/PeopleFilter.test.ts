// @vitest-environment happy-dom
import { fireEvent, screen, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import type { PeopleFilter } from "../ipc/gen";
import type { WindowSettings } from "../ipc/host";
import { fakeCore } from "../ipc/fake/core";
import { settings } from "../ipc/settings.svelte";
import { route } from "../kit/route.svelte";
import { dismiss, toasts } from "../kit/toasts.svelte";
import { field, foot, lastToast, people, text } from "../testing/people";
import { at, hold, see, show, start, until } from "../testing/screen";
import Shell from "./Shell.svelte";

describe("the filter field", () => {
  test("offers what could follow, and takes it by keys", async () => {
    const { user } = await people();
    await user.type(field(), "sta");
    await see("Stage");
    await user.keyboard("{Tab}");
    await until("the field is written", () => field().value === "stage:");
    await until("its values are offered", () => screen.queryAllByRole("option").length === 6);
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{Enter}");
    await until("the value is written", () => field().value === "stage:learn");
    await until("the list follows", () => text() === "stage:learn");
    expect(document.activeElement).toBe(field());
  });

  test("Esc closes what is offered first, then clears, then leaves", async () => {
    const { user } = await people();
    await user.type(field(), "priya stage:");
    await until("values are offered", () => screen.queryAllByRole("option").length > 0);
    await user.keyboard("{Escape}");
    expect(field().value).toBe("priya stage:");
    expect(screen.queryAllByRole("option")).toHaveLength(0);
    await user.keyboard("{Escape}");
    expect(field().value).toBe("");
    await see("40 people");
    await user.keyboard("{Escape}");
    expect(document.activeElement?.getAttribute("role")).toBe("grid");
  });

  test("greys the people of the words before while a filter cannot be read, and says what is wrong", async () => {
    const { user } = await people();
    await user.type(field(), "priya");
    await until("one is left", () => foot().includes("1 of 40 people"));
    await user.type(field(), " stage:lern");
    await see("stage: takes none, discover");
    expect(field().getAttribute("aria-invalid")).toBe("true");
    expect(document.querySelector(".wrong")?.textContent).toBe("lern");
    expect(foot()).toMatch(/Still 1 of 40 people, until the filter can be read/);
    expect(screen.getByRole("grid", { hidden: true }).closest(".outdated[inert]")).not.toBeNull();
    // “st” is in her tags, so it narrowed nothing; the field that is only half there did not either.
    expect(text()).toBe("priya st");
    expect(field().value).toBe("priya stage:lern");
    await user.keyboard("{Backspace}{Backspace}{Backspace}{Backspace}");
    await user.type(field(), "none");
    await until("it is understood", () => text() === "priya stage:none");
    expect(field().getAttribute("aria-invalid")).toBe("false");
    expect(foot()).not.toContain("until the filter can be read");
    expect(document.querySelector(".outdated")).toBeNull();
  });

  test("what is underlined follows the field where it scrolls without saying so", async () => {
    const { user } = await people();
    await user.type(field(), "priya stage:lern");
    await until("it is underlined", () => document.querySelector(".wrong")?.textContent === "lern");
    const behind = document.querySelector(".behind")!;
    field().scrollLeft = 30;
    await fireEvent.keyUp(field(), { key: "ArrowLeft" });
    field().setSelectionRange(3, 3);
    await fireEvent.keyUp(field(), { key: "ArrowLeft" });
    await until("by keys", () => behind.scrollLeft === 30);
    field().scrollLeft = 10;
    await fireEvent.wheel(field());
    await until("by the wheel", () => behind.scrollLeft === 10);
  });

  test("where nobody is seen while it cannot be read, the foot and the list say alike that nobody was looked for", async () => {
    const { user } = await people();
    await user.type(field(), "nobodyiscalledthis");
    await until("nobody is found", () => foot().includes("0 of 40 people"));
    await user.type(field(), " region:");
    await see("so nobody was looked for");
    expect(foot()).toContain("Nobody is looked for until the filter can be read");
    expect(foot()).not.toContain("Still");
  });

  test("what cannot be read yet is still there after a look at somebody", async () => {
    const { user } = await people();
    await user.type(field(), "stage:lern");
    await see("stage: takes none");
    at("/people/0190b8e0-0000-7000-8000-000000000001");
    await see("Because:");
    at("/people");
    await until("the field is there", () => field().value === "stage:lern");
  });

  test("Enter and what is pressed next wait for the last letters to be read, and are about the filter as it was typed", async () => {
    const { user, core } = await people();
    await user.type(field(), "priya");
    await until("the letters so far", () => text() === "priya");
    const answer = hold(core, "filter.read");
    await user.type(field(), " rust{Enter}{Control>}s{/Control}");
    expect(document.activeElement).toBe(field());
    expect(screen.queryByRole("textbox", { name: "Name" })).toBeNull();
    answer();
    await user.type(await screen.findByRole("textbox", { name: "Name" }), "Hers{Enter}");
    await until("kept", () => core.world.views[0]?.filter === "priya rust");
  });

  test("whatever follows an Enter that waits is for the list, and Esc lets go of all that waits", async () => {
    const { user, core } = await people();
    let answer = hold(core, "filter.read");
    await user.type(field(), "priya{Enter}{Control>}a{/Control}");
    answer();
    await until("she is selected", () => foot().includes("1 selected"));
    await user.keyboard("{Escape}");
    answer = hold(core, "filter.read");
    await user.type(field(), " x{Enter}{Escape}");
    answer();
    await until("it is read", () => text() === "priya x");
    expect(document.activeElement).toBe(field());
  });

  test("what is the field's own does not wait: the text can be selected, cut and pasted over while it is read", async () => {
    const { user, core } = await people();
    const answer = hold(core, "filter.read");
    await user.type(field(), "pri{Control>}a{/Control}");
    expect([field().selectionStart, field().selectionEnd]).toEqual([0, 3]);
    await user.paste("priya");
    expect(field().value).toBe("priya");
    answer();
    await until("it is read", () => text() === "priya");
  });

  test("says how many it finds beside what is typed", async () => {
    const { user } = await people();
    await user.type(field(), "priya");
    await until("the count", () => document.querySelector(".finds")?.textContent === "1");
  });
});

describe("filters by clicks", () => {
  test("write the same text as one types", async () => {
    const { user } = await people();
    const filters = screen.getByRole("group", { name: "Filters" });
    await user.click(within(filters).getByRole("button", { name: "Stage" }));
    await user.click(screen.getByRole("checkbox", { name: "Learning" }));
    await user.click(screen.getByRole("checkbox", { name: "Building" }));
    await until("the text", () => field().value === "stage:learn,build");
    await user.keyboard("{Escape}");
    await user.click(within(filters).getByRole("button", { name: "Last touch" }));
    await user.click(screen.getByRole("radio", { name: "In the last 90 days" }));
    await until("the text", () => field().value === "stage:learn,build last:90d");
    await user.keyboard("{Escape}");
    const chips = await screen.findByRole("group", { name: "Active filters" });
    expect(chips.textContent).toContain("Stage: Learning or Building");
    await user.click(within(chips).getByRole("button", { name: /Stage/ }));
    await until("the chip takes it out", () => field().value === "last:90d");
  });

  test("leave the words that were typed, and tick what was typed", async () => {
    const { user } = await people();
    await user.type(field(), "priya tag:rust");
    await until("applied", () => text() === "priya tag:rust");
    await user.click(
      within(screen.getByRole("group", { name: "Filters" })).getByRole("button", { name: "Tags" }),
    );
    const rust = await screen.findByRole<HTMLInputElement>("checkbox", { name: /Rust/ });
    await until("it is ticked", () => rust.checked);
    await user.click(rust);
    await until("it is out", () => field().value === "priya");
  });

  test("name every group of fields once", async () => {
    const { user } = await people();
    await user.keyboard("{Shift>}f{/Shift}");
    await until("the fields", () => screen.queryAllByRole("option").length > 10);
    const headings = [...document.querySelectorAll("[role=listbox] .heading")].map((one) => one.textContent);
    expect(headings.length).toBeGreaterThan(3);
    expect(headings).toEqual([...new Set(headings)]);
  });

  test("reach every other field, by keys", async () => {
    const { user } = await people();
    await user.keyboard("{Shift>}f{/Shift}");
    await until("a field is asked for", () => document.activeElement?.getAttribute("aria-label") === "Field");
    await user.keyboard("team{Enter}");
    await until("its values", () => screen.queryAllByRole("checkbox", { name: "Yes" }).length === 1);
    await user.click(screen.getByRole("checkbox", { name: "No" }));
    await until("the text", () => field().value === "teammate:no");
    await user.keyboard("{Escape}");
    await user.keyboard("{Shift>}f{/Shift}");
    await user.keyboard("organ{Enter}");
    await until(
      "its value is asked for",
      () => document.activeElement?.getAttribute("aria-label") === "Organisation",
    );
    await user.keyboard("Acme Labs{Enter}");
    await until("the text", () => field().value === 'teammate:no organisation:"Acme Labs"');
  });
});

describe("a filter that cannot be read", () => {
  const broken = async (view: "list" | "board") => {
    const filter: PeopleFilter = { text: "stage:lern" };
    const core = fakeCore({
      people: 40,
      product: "Queues",
      settings: { people: { view, query: { filter, sort: "name", descending: false } } },
    });
    at("/people");
    return show(Shell, {}, core);
  };

  test("shows nobody, on the list and on the board, and says what to do", async () => {
    for (const view of ["list", "board"] as const) {
      const { user, unmount } = await broken(view);
      await see("Change the filter above, or clear it. Nobody was changed.");
      expect(screen.getByRole("alert").textContent).toContain("stage: takes none");
      expect(document.body.textContent).not.toContain("Priya Nair");
      await user.click(screen.getByRole("button", { name: "Clear the filter" }));
      await see("40 people");
      unmount();
    }
  });

  test("is mended before anything is exported, kept as a view or made a list", async () => {
    const { user } = await people();
    await user.type(field(), "priya");
    await until("one is left", () => foot().includes("1 of 40 people"));
    await user.type(field(), " stage:lern");
    await until("it is red", () => field().getAttribute("aria-invalid") === "true");
    const acts = [
      () => user.keyboard("{Control>}e{/Control}"),
      () => user.keyboard("{Control>}s{/Control}"),
      () => user.click(screen.getByRole("button", { name: /^Export/ })),
      () => user.click(screen.getByRole("button", { name: /^Save this view/ })),
    ];
    for (const act of acts) {
      field().blur();
      await act();
      await until("it is said", () => lastToast()?.startsWith("Mend the filter first") === true);
      expect(document.activeElement).toBe(field());
      expect(route()).toBe("/people");
      expect(screen.queryByRole("textbox", { name: "Name" })).toBeNull();
      for (const { id } of toasts()) dismiss(id);
    }
  });

  test("is not replaced by a click, and what was ticked does not look as if it had been", async () => {
    const { user } = await broken("list");
    await see("Nobody was changed.");
    await user.click(
      within(screen.getByRole("group", { name: "Filters" })).getByRole("button", { name: "Stage" }),
    );
    const learning = screen.getByRole<HTMLInputElement>("checkbox", { name: "Learning" });
    await user.click(learning);
    await until("it is said", () => lastToast()?.includes("Mend the filter or clear it") === true);
    expect(text()).toBe("stage:lern");
    expect(learning.checked).toBe(false);
    await user.keyboard("{Escape}");
    await user.click(
      within(screen.getByRole("group", { name: "Filters" })).getByRole("button", { name: "Last touch" }),
    );
    const recent = screen.getByRole<HTMLInputElement>("radio", { name: "In the last 90 days" });
    await user.click(recent);
    expect(recent.checked).toBe(false);
    expect(text()).toBe("stage:lern");
  });
});

describe("what the window remembered before the filter was text", () => {
  test("is said in the text, once", async () => {
    const query = (filter: unknown) => ({ filter, sort: "name", descending: false });
    const before = {
      people: { query: query({ text: "", stages: ["learn", "none"], tags: [], lastTouch: "over90" }) },
    };
    const core = fakeCore({ people: 40, product: "Queues", settings: before as WindowSettings });
    start(core);
    await until("the text", () => text() === "stage:learn,none last:>90d");
    expect(settings().people?.query?.filter).toEqual({
      text: "stage:learn,none last:>90d",
    });
    expect(settings().people?.query?.sort).toBe("name");
  });

  test("is asked again, also when only the text of it said something", async () => {
    const filter = { text: "priya", stages: [], tags: [], lastTouch: "any" };
    const before = { people: { query: { filter, sort: "name", descending: false } } };
    start(fakeCore({ people: 40, product: "Queues", settings: before as WindowSettings }));
    await until("the rows", () => /of 40 people/.test(document.body.textContent ?? ""));
    expect(field().value).toBe("priya");
  });
});
