// @vitest-environment happy-dom
import { screen, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { settings } from "../ipc/settings.svelte";
import { toasts } from "../kit/toasts.svelte";
import { field, foot, lastToast, people, text } from "../testing/people";
import { at, see, until } from "../testing/screen";

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

  test("has its own filter back by Esc in the field, and what was typed by the way back", async () => {
    const { user } = await kept();
    for (const [typed, reads] of [
      [" rust", true],
      [" region:nowhere", false],
    ] as const) {
      await user.type(field(), typed);
      await until("it is read", () =>
        reads ? text().endsWith("rust") : field().getAttribute("aria-invalid") === "true",
      );
      await user.keyboard("{Escape}");
      await until("its own filter", () => text() === "stage:learn" && field().value === "stage:learn");
      await until("it can be read", () => field().getAttribute("aria-invalid") === "false");
      expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Learners");
      expect(document.activeElement).toBe(field());
      expect(lastToast()).toBe("Filter put back as the view has it");
      toasts().at(-1)!.action!.run();
      await until("what was typed", () => field().value === `stage:learn${typed}`);
      expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Learners");
      await user.click(field());
      await user.keyboard("{Escape}");
      await until("its own filter again", () => field().value === "stage:learn");
    }
  });

  test("whose filter is taken away altogether is left: the heading does not claim it for everybody", async () => {
    const { user } = await kept();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Learners");
    await user.click(field());
    await user.keyboard("{Escape}");
    expect(document.activeElement?.getAttribute("role"), "nothing was changed, so it is left").toBe("grid");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Learners");
    await user.clear(field());
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

test("what is promised to those selected, and what they are tagged with, says for how many", async () => {
  const { user } = await people();
  await user.keyboard("xjx");
  await see("2 selected");
  await user.keyboard("f");
  await see("For 2 people: ");
  await screen.findByRole("button", { name: /^Add for 2/ });
  await user.keyboard("{Escape}");
  await until("it is closed", () => screen.queryByRole("dialog") === null);
  document.querySelector<HTMLElement>("[role=grid]")!.focus();
  await user.keyboard("t");
  await see("Tag 2 people");
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
