// @vitest-environment happy-dom
import { fireEvent, screen, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import type { PeopleFilter } from "../ipc/gen";
import type { WindowSettings } from "../ipc/host";
import { fakeCore } from "../ipc/fake/core";
import { settings } from "../ipc/settings.svelte";
import { toasts } from "../kit/toasts.svelte";
import { at, hold, see, show, start, until } from "../testing/screen";
import Shell from "./Shell.svelte";

const people = async () => {
  at("/people");
  const shown = await show(Shell, {});
  await see("40 people");
  return shown;
};
const field = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Filter people" });
const text = () => settings().people?.query?.filter.text ?? "";
const lastToast = () => toasts().at(-1)?.text;
const foot = () => document.querySelector("footer")?.textContent?.replace(/\s+/g, " ") ?? "";

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

describe("the board", () => {
  test("finds words that have a bracket in them", async () => {
    const { user, core } = await people();
    await core.rpc("people.create", { displayName: "foo(bar baz" }, "w1");
    await user.click(screen.getByRole("button", { name: "Board" }));
    await user.type(field(), "foo(bar");
    await until(
      "the column",
      () => screen.queryAllByRole("region", { name: "Not placed yet, 1 person" }).length === 1,
    );
    expect(screen.getAllByRole("region", { name: /, 0 people/ })).toHaveLength(5);
  });
});

describe("a view", () => {
  const kept = async () => {
    const shown = await people();
    const { user } = shown;
    await user.type(field(), "stage:learn");
    await until("applied", () => text() === "stage:learn");
    await user.keyboard("{Control>}s{/Control}");
    await until("a name is asked for", () => document.activeElement?.getAttribute("aria-label") === "Name");
    await user.keyboard("Learners{Enter}");
    await until("it is in the sidebar", () => screen.queryAllByRole("group", { name: "Views" }).length === 1);
    return shown;
  };
  const link = () =>
    within(screen.getByRole("group", { name: "Views" })).getByRole("button", { name: /Learners/ });

  test("is kept by a key and a name, and opened again with all of it", async () => {
    const { user, core } = await kept();
    const count = await core.rpc(
      "people.list",
      {
        query: {
          filter: { text: "stage:learn" },
          sort: "name",
          descending: false,
        },
        offset: 0,
        limit: 1,
      },
      "",
    );
    expect(link().textContent).toContain(String((count.value as { count: number }).count));
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Learners");
    await user.click(screen.getByRole("link", { name: /People/ }));
    await see("40 people");
    expect(text()).toBe("");
    await user.click(screen.getByRole("button", { name: "Board" }));
    await user.click(link());
    await until("the filter is back", () => text() === "stage:learn");
    expect(settings().people?.view).toBe("list");
  });

  test("that was changed says so, and is saved, or put back", async () => {
    const { user, core } = await kept();
    await user.type(field(), " rust");
    await see("Changed");
    expect(link().textContent).toContain("changed");
    await user.click(screen.getByRole("button", { name: "Changed" }));
    await user.click(await screen.findByRole("menuitem", { name: "Back to as it was" }));
    await until("put back", () => text() === "stage:learn");
    await user.type(field(), " rust");
    await see("Changed");
    await user.keyboard("{Control>}s{/Control}");
    await until("saved", () => core.world.views[0]?.filter === "stage:learn rust");
    await until("it is as it was kept", () => !document.body.textContent?.includes("Save changes"));
  });

  test("whose filter is taken away altogether is left: the heading does not claim it for everybody", async () => {
    const { user } = await kept();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Learners");
    await user.click(field());
    await user.keyboard("{Escape}");
    await see("40 people");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("People");
    expect(document.body.textContent).not.toContain("Changed");
  });

  test("of a name that is taken is refused under the field", async () => {
    const { user } = await kept();
    await user.type(field(), " rust");
    await see("Changed");
    await user.click(screen.getByRole("button", { name: "Changed" }));
    await user.click(await screen.findByRole("menuitem", { name: "Save as new" }));
    await user.keyboard("learners{Enter}");
    await see("There is a view “Learners” already. Choose another name.");
    await user.keyboard("{Escape}");
    await until("the form is closed", () => screen.queryAllByRole("form").length === 0);
  });

  test("goes to the trash from the sidebar, and comes back", async () => {
    const { user } = await kept();
    await user.pointer({ keys: "[MouseRight]", target: link() });
    await user.click(await screen.findByRole("menuitem", { name: "Move to the trash" }));
    await until("gone", () => screen.queryAllByRole("group", { name: "Views" }).length === 0);
    await until("the toast", () => lastToast() === "Took away the view “Learners”");
    await user.keyboard("{Control>}z{/Control}");
    await until("back", () => screen.queryAllByRole("group", { name: "Views" }).length === 1);
  });

  test("can be a list of whoever it finds now", async () => {
    const { user, core } = await people();
    await user.type(field(), "stage:learn");
    await until("applied", () => text() === "stage:learn");
    const found = Number(/(\d+) of 40/.exec(foot())?.[1]);
    await user.keyboard("{Control>}s{/Control}");
    await user.click(await screen.findByRole("radio", { name: `A list of these ${found} people` }));
    await user.type(screen.getByRole("textbox", { name: "Name" }), "Now{Enter}");
    await until("the list", () => [...core.world.lists.values()][0]?.people.size === found);
    expect(lastToast()).toBe(`Put ${found} people on the list “Now”`);
  });
});

describe("lists from where people are", () => {
  test("plus puts those selected on a new list, with why, in one step", async () => {
    const { user, core } = await people();
    await user.keyboard("xjx");
    await see("2 selected");
    await user.keyboard("+");
    await until("a list is asked for", () => document.activeElement?.getAttribute("aria-label") === "List");
    await user.keyboard("Beta{Tab}");
    await user.keyboard("Asked at the booth{Enter}");
    await until("the toast", () => lastToast() === "Put 2 people on the list “Beta”");
    expect([...[...core.world.lists.values()][0]!.people.values()].map(({ why }) => why)).toEqual([
      "Asked at the booth",
      "Asked at the booth",
    ]);
    await user.keyboard("{Control>}z{/Control}");
    await until("taken back", () => core.world.lists.size === 0);
  });

  test("a person says which lists they are on, and comes off one", async () => {
    const { user, core } = await people();
    const [id] = [...core.world.people.keys()];
    await core.rpc("lists.add", { name: "Beta", people: [id], why: "Wrote in" }, "");
    await core.rpc("lists.create", { name: "All Priyas", filter: "priya" }, "");
    at(`/people/${id}`);
    await see("Because:");
    const lists = await screen.findByRole("list", { name: "Lists" });
    expect(lists.textContent).toMatch(/All Priyas.*by its filter.*Beta.*Wrote in/s);
    await user.click(within(lists).getByRole("button", { name: "Take off Beta" }));
    await until("the toast", () => lastToast() === "Took 1 person off the list “Beta”");
  });
});

describe("people under headings", () => {
  const headings = () =>
    [...document.querySelectorAll("[role=rowheader]")].map((one) =>
      one.textContent?.replace(/\s+/g, " ").trim(),
    );
  /** The row that keys mean, in the list that has the focus. */
  const active = () => {
    const id = document.activeElement?.getAttribute("aria-activedescendant");
    return id ? document.getElementById(id)?.querySelector("[data-open]")?.textContent : undefined;
  };

  test("V goes from the list to the board to the headings, which keys pass over", async () => {
    const { user } = await people();
    await user.keyboard("v");
    await until("the board", () => screen.queryByRole("group", { name: "Board" }) !== null);
    await user.keyboard("v");
    await until("headings", () => headings().length > 0);
    expect(settings().people?.view).toBe("grouped");
    const rows = [...document.querySelectorAll("[data-index]")].sort(
      (a, b) => Number(a.getAttribute("data-index")) - Number(b.getAttribute("data-index")),
    );
    const lines = rows.map((row) => row.querySelector("[data-open]")?.textContent ?? null);
    expect(lines[0]).toBeNull();
    const names = lines.filter((name) => name !== null);
    await user.keyboard("{Home}");
    expect(active()).toBe(names[0]);
    for (const name of names.slice(1, 5)) {
      await user.keyboard("j");
      expect(active()).toBe(name);
    }
    await user.keyboard("{Control>}a{/Control}");
    await until("all of them", () => foot().includes("40 selected"));
    await user.keyboard("v");
    await until("the list", () => headings().length === 0);
    expect(foot()).toContain("40 selected");
  });

  test("a view is kept under headings, and opened under them", async () => {
    const { user, core } = await people();
    await user.click(screen.getByRole("button", { name: "Groups" }));
    await until("headings", () => headings().length > 0);
    await user.keyboard("{Control>}s{/Control}");
    await until("a name is asked for", () => document.activeElement?.getAttribute("aria-label") === "Name");
    await user.keyboard("By month{Enter}");
    await until("kept", () => core.world.views[0]?.layout === "grouped");
    await user.click(screen.getByRole("button", { name: "List" }));
    await see("Changed");
    await until("no headings", () => headings().length === 0);
    await user.click(
      within(screen.getByRole("group", { name: "Views" })).getByRole("button", { name: /By month/ }),
    );
    await until("headings", () => headings().length > 0);
  });
});
