// @vitest-environment happy-dom
import { screen } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { fakeCore, type FakeCore } from "../ipc/fake/core";
import { followUp } from "../ipc/fake/followups";
import type { FollowUp } from "../ipc/gen";
import { go } from "../kit/route.svelte";
import { toasts } from "../kit/toasts.svelte";
import { see, show, until } from "../testing/screen";
import Shell from "./Shell.svelte";

/** Priya, to whom a guide was promised for yesterday, and two more; nobody waits and nobody moved. */
function core(promises = 3): FakeCore {
  const from = fakeCore({ people: 3, product: "Queues" });
  const people = [...from.world.people.values()];
  for (const someone of people) someone.entries = [];
  for (let i = 0; i < promises; i++) {
    const due = ["2026-05-20", "2026-05-21", "2026-05-21"][i % 3]!;
    from.world.followUps.push(followUp(from.world, people[i % 3]!, { text: `send guide ${i + 1}`, due }));
  }
  return from;
}

async function today(from = core()) {
  const shown = await show(Shell, {}, from);
  go("/today");
  await see(from.world.followUps.length > 0 ? "send guide 1" : "Nothing is waiting.");
  return shown;
}

const rows = () => [...document.querySelectorAll<HTMLElement>("[data-row]")];
const words = () => rows().map((row) => row.textContent?.replace(/\s+/g, " ").trim() ?? "");
const active = () => rows().findIndex((row) => row.getAttribute("aria-current") === "true");
const asked = (from: FakeCore, cmd: string) => from.asked.filter((one) => one.cmd === cmd);
const struck = () => rows().map((row) => row.querySelector(".settled") !== null);
const waiting = () =>
  screen
    .getByRole("link", { name: /^Today/ })
    .querySelector(".count")
    ?.textContent?.trim() ?? "";

describe("Today", () => {
  test("beside a promise to whoever asked not to be written to it says so", async () => {
    const from = core(2);
    const [first] = [...from.world.people.values()];
    first!.person.doNotContact = true;
    await today(from);
    expect(words()[0]).toContain("asked not to be written to");
    expect(words()[1]).not.toContain("asked not to be written to");
  });

  test("whoever is led to one of them stands on it, also when it is behind More", async () => {
    const from = core(20);
    await show(Shell, {}, from);
    const wanted = from.world.followUps[18]!;
    go(`/today/followup:${wanted.id}`);
    await until("it is the one that keys mean", () => words()[active()]?.includes(wanted.text) === true);
    go(`/today/followup:${from.world.followUps[0]!.id}`);
    await until("the other is", () => words()[active()]?.includes("send guide 1 ") === true);
  });

  test("E opens one that is about nobody, however many are open", async () => {
    const from = core(0);
    const nobodys = (more: Partial<FollowUp>) => from.world.followUps.push(followUp(from.world, null, more));
    for (let i = 0; i < 450; i++) nobodys({ due: "2026-05-01", hiddenUntil: "2026-06-30" });
    nobodys({ text: "order badges", due: "2026-05-20" });
    const last = from.world.followUps.at(-1)!;
    const { user } = await show(Shell, {}, from);
    go(`/today/followup:${last.id}`);
    await until("it is the one that keys mean", () => words()[active()]?.includes(last.text) === true);
    await user.keyboard("e");
    const form = await screen.findByRole("form", { name: "Edit this follow-up" });
    expect(form.querySelector<HTMLInputElement>("input.text")?.value).toBe("order badges");
  });

  test("says who, what, how late, and what one needs to know", async () => {
    const from = core();
    const priya = [...from.world.people.values()][0]!;
    priya.person.buildingNow = "Telemetry SDK in Rust";
    await today(from);
    expect(words()[0]).toMatch(/^Priya Nair send guide 1 .*builds Telemetry SDK in Rust.* 1 day late/);
    expect(screen.getByRole("heading", { name: "You promised" })).toBeTruthy();
    expect(document.querySelector(".bar")?.textContent).toMatch(/Thursday.* May/);
    expect(waiting()).toBe("3");
  });

  test("Enter does it; the row stays, struck through, and the keys go on from it", async () => {
    const { user, core: from } = await today();
    await user.keyboard("{Enter}");
    await until("the first is struck through", () => struck()[0] === true);
    expect(words()).toHaveLength(3);
    expect(active()).toBe(0);
    await until("the sidebar counts two", () => waiting() === "2");
    await user.keyboard("j{Enter}");
    await until("two are struck through", () => struck().join() === "true,true,false");
    expect(asked(from, "followups.done")).toHaveLength(2);
  });

  test("U takes back the row it stands on, whatever was done since", async () => {
    const { user, core: from } = await today();
    await user.keyboard("{Enter}j{Enter}");
    await until("two are struck through", () => struck().join() === "true,true,false");
    await user.keyboard("ku");
    await until("the first is back", () => struck().join() === "false,true,false");
    expect(from.world.followUps.map(({ status }) => status)).toEqual(["open", "done", "open"]);
    expect(toasts().at(-1)?.text).toContain("Took back");
    await user.keyboard("{Enter}");
    await until("it is done again", () => struck().join() === "true,true,false");
  });

  test("U takes back what was done here, and not what was done elsewhere a moment later", async () => {
    const { user, core: from } = await today();
    const rpc = from.rpc;
    from.rpc = async (cmd, input, request) => {
      const answer = await rpc(cmd, input, request);
      // The terminal was quicker than whoever asks for the newest change.
      if (cmd === "followups.done") await rpc("people.create", { displayName: "Ola Tegn" }, "");
      return answer;
    };
    await user.keyboard("{Enter}");
    await until("it is struck through", () => struck()[0] === true);
    await user.keyboard("u");
    await until("it is back", () => struck()[0] === false);
    expect(from.world.followUps[0]!.status).toBe("open");
    expect(toasts().at(-1)?.text).not.toContain("Ola");
  });

  test("fast hands: done and taken back before it was struck through, and pressed twice is done once", async () => {
    const { user, core: from } = await today();
    await user.keyboard("{Enter}{Enter}u");
    await until("it was taken back", () => asked(from, "history.take_back").length === 1);
    expect(asked(from, "followups.done")).toHaveLength(1);
    await until("nothing is struck through", () => !struck().includes(true));
    expect(from.world.followUps[0]!.status).toBe("open");
  });

  test("Ctrl Z brings the row back to life as well", async () => {
    const { user } = await today();
    await user.keyboard("{Enter}");
    await until("struck through", () => struck()[0] === true);
    await user.keyboard("{Control>}z{/Control}");
    await until("it is back", () => struck().join() === "false,false,false");
  });

  test("a row that was dealt with is gone when Today is left and entered again", async () => {
    const { user } = await today();
    await user.keyboard("{Enter}");
    await until("struck through", () => struck()[0] === true);
    go("/settings");
    await see("Theme");
    go("/today");
    await until("two rows", () => rows().length === 2);
  });

  test("a key that is held down does not go through the list", async () => {
    const { core: from } = await today();
    for (let i = 0; i < 5; i++)
      rows()[0]!.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", repeat: true, bubbles: true }));
    expect(asked(from, "followups.done")).toHaveLength(0);
  });

  test("Delete drops it", async () => {
    const { user, core: from } = await today();
    await user.keyboard("{Delete}");
    await until("dropped", () => words()[0]!.includes("Dropped"));
    expect(from.world.followUps[0]!.status).toBe("dropped");
  });

  test("more than twelve wait behind one key", async () => {
    const { user } = await today(core(20));
    expect(rows()).toHaveLength(12);
    await see("More (8)");
    await user.keyboard("m");
    await until("all twenty", () => rows().length === 20);
    await user.keyboard("m");
    await until("twelve again", () => rows().length === 12);
  });

  test("what is done makes no room for others before the list is left or shown whole", async () => {
    const { user } = await today(core(14));
    await see("More (2)");
    await user.keyboard("{Enter}");
    await until("the first is struck through", () => struck()[0] === true);
    expect(rows()).toHaveLength(12);
    await see("More (2)");
    go("/settings");
    await see("Theme");
    go("/today");
    await see("More (1)");
    expect(struck()).not.toContain(true);
  });

  test("nothing waiting offers somebody to greet", async () => {
    await today(core(0));
    await see("These have not heard from you yet:");
    expect(screen.getAllByRole("button", { name: /Priya Nair/ })).toHaveLength(1);
  });
});

describe("every key that help names", () => {
  const DAY = ["r", "n", "z", "{Delete}", "u", "a", "b", "q", "l", "f", "e", "o"];

  test("R on a promise writes down that they replied, and the promise stays", async () => {
    const { user, core: from } = await today();
    await user.keyboard("r");
    await screen.findByRole("form", { name: "What they said" });
    await user.keyboard("thanks, tomorrow is fine{Enter}");
    await until("it is logged", () => asked(from, "touchpoints.log").length === 1);
    const person = from.world.followUps[0]!.person!.id;
    expect(asked(from, "touchpoints.log")[0]!.input).toEqual({
      kind: "replied",
      direction: "two_way",
      people: [{ person }],
      note: "thanks, tomorrow is fine",
    });
    expect(from.world.followUps[0]!.status).toBe("open");
    expect(struck()).not.toContain(true);
  });

  test.each(DAY)("%s does something on a promise, or says why not", async (key) => {
    const { user, core: from } = await today();
    const newest = () => toasts().at(-1)?.id ?? 0;
    const before = newest();
    await user.keyboard(key);
    await until(
      "something is seen or said",
      () =>
        newest() > before || document.querySelector("form, [role=dialog]") !== null || rows().length === 0,
    );
    expect(from.world.followUps).toHaveLength(3);
  });

  test("what means nothing says what does, and is no command to choose", async () => {
    const { user } = await today();
    await user.keyboard("n");
    await until("it says why", () =>
      /this row asks neither\. Here ⏎ is done\./.test(toasts().at(-1)?.text ?? ""),
    );
    await user.keyboard("{Control>}k{/Control}");
    await screen.findByRole("dialog", { name: "All commands" });
    expect(screen.queryByText("No: they did not reply, or did not move")).toBeNull();
    expect(screen.getByText("They replied")).toBeTruthy();
  });

  test("one that is about nobody says so", async () => {
    const from = core(0);
    from.world.followUps.push(followUp(from.world, null, { text: "send guide 1", due: "2026-05-20" }));
    const { user } = await today(from);
    await user.keyboard("o");
    await until("it says why", () => toasts().at(-1)?.text === "This row is about nobody.");
    await user.keyboard("r");
    await until("it says why", () => /Nobody is named here/.test(toasts().at(-1)?.text ?? ""));
  });
});

describe("snoozing", () => {
  test.each([
    ["z", "2026-05-22"],
    ["x", "2026-05-25"],
    ["c", "2026-05-28"],
  ])("Z, then %s, puts it off until %s", async (key, day) => {
    const { user, core: from } = await today();
    await user.keyboard("z");
    await screen.findByRole("dialog", { name: "Snooze until" });
    await user.keyboard(key);
    await until("snoozed", () => struck()[0] === true);
    expect(from.world.followUps[0]).toMatchObject({ hiddenUntil: day, snoozes: 1, due: "2026-05-20" });
    await until("the row has the keys again", () => document.activeElement === rows()[0]);
  });

  test("any other day is typed in words", async () => {
    const { user, core: from } = await today();
    await user.keyboard("z");
    await screen.findByRole("dialog", { name: "Snooze until" });
    await user.keyboard("2w{Enter}");
    await until("snoozed", () => struck()[0] === true);
    expect(from.world.followUps[0]).toMatchObject({ hiddenUntil: "2026-06-04" });
  });

  test("words that mean no day say so and stay", async () => {
    const { user, core: from } = await today();
    await user.keyboard("z");
    await screen.findByRole("dialog", { name: "Snooze until" });
    await user.keyboard("never{Enter}");
    await see("Write a day like mon");
    expect(asked(from, "followups.snooze")).toHaveLength(0);
  });

  test("after three times it is asked whether to do it, drop it or leave it", async () => {
    const from = core();
    from.world.followUps[0]!.snoozes = 3;
    const { user } = await today(from);
    await see("snoozed three times");
    await user.keyboard("z");
    await see("Snoozed three times. Do it now, drop it, or leave it?");
    await until("doing it is offered", () => document.activeElement?.textContent === "Do it now");
    await user.keyboard("{Delete}");
    await until("dropped", () => words()[0]!.includes("Dropped"));
  });
});

describe("a reply", () => {
  const waitingForReplies = () => {
    const from = core(0);
    const [priya, other] = [...from.world.people.values()];
    for (const [someone, text] of [
      [priya, "first"],
      [priya, "second"],
      [other, "third"],
    ] as const)
      from.world.followUps.push(
        followUp(from.world, someone!, { kind: "reply_check", text: `send guide 1, ${text}` }),
      );
    return from;
  };

  test("R, a line if one likes, Enter: logged, and all their timers stop in their places", async () => {
    const from = waitingForReplies();
    const { user } = await today(from);
    await user.keyboard("r");
    await until("the line has the focus", () => document.activeElement?.tagName === "INPUT");
    await user.keyboard("thanks{Enter}");
    await until("both of hers are settled", () => struck().slice(0, 3).join() === "true,true,false");
    const priya = [...from.world.people.values()][0]!;
    expect(priya.entries.at(-1)).toMatchObject({ kind: "replied", note: "thanks" });
    await user.keyboard("u");
    await until("both are back", () => struck().slice(0, 3).join() === "false,false,false");
  });

  test("N asks when to look again", async () => {
    const from = waitingForReplies();
    const { user } = await today(from);
    await user.keyboard("n");
    await screen.findByRole("dialog", { name: "Look again" });
    await user.keyboard("c");
    await until("settled", () => struck()[0] === true);
    expect(asked(from, "followups.not_replied")[0]?.input).toMatchObject({ again: "2026-05-28" });
  });

  test("N and Delete let it rest", async () => {
    const from = waitingForReplies();
    const { user } = await today(from);
    await user.keyboard("n");
    await screen.findByRole("dialog", { name: "Look again" });
    await user.keyboard("{Delete}");
    await until("settled", () => struck()[0] === true);
    expect(asked(from, "followups.not_replied")[0]?.input).not.toHaveProperty("again");
  });

  test("the line that was begun is kept when it is left", async () => {
    const { user } = await today(waitingForReplies());
    await user.keyboard("r");
    await until("the line has the focus", () => document.activeElement?.tagName === "INPUT");
    await user.keyboard("they sa{Escape}");
    await until("the row has the keys again", () => document.activeElement === rows()[0]);
    await user.keyboard("r");
    await until("it is there again", () => (document.activeElement as HTMLInputElement).value === "they sa");
  });
});

describe("a move", () => {
  const moved = () => fakeCore({ people: 3, product: "Queues" });
  const open = async (from: FakeCore) => {
    const shown = await show(Shell, {}, from);
    go("/today");
    const isMove = (row: HTMLElement) => row.dataset["row"]!.startsWith("move:");
    await until("a move is there", () => rows().some(isMove));
    const at = rows().findIndex(isMove);
    for (let i = 0; i < at; i++) await shown.user.keyboard("j");
    await until("the move is meant", () => active() === at);
    return { ...shown, at };
  };

  test("A accepts it", async () => {
    const { user, core: from, at } = await open(moved());
    await user.keyboard("a");
    await until("accepted", () => words()[at]!.includes("Accepted"));
    expect(asked(from, "journey.accept")).toHaveLength(1);
  });

  test("N says that it is not so, and U takes that back: U has one meaning", async () => {
    const { user, core: from, at } = await open(moved());
    await user.keyboard("u");
    await user.keyboard("n");
    await until("not so", () => words()[at]!.includes("Not so"));
    expect(asked(from, "journey.take_back")).toHaveLength(1);
    await user.keyboard("u");
    await until("it waits again", () => struck()[at] === false);
    expect(asked(from, "history.take_back")).toHaveLength(1);
  });
});

describe("from a row", () => {
  test("O opens the person", async () => {
    const { user, core: from } = await today();
    await user.keyboard("o");
    await until("her page", () => location.hash === `#/people/${[...from.world.people.keys()][0]}`);
  });

  test("F adds a follow-up for the person, due on the next business day unless a day is typed", async () => {
    const { user, core: from } = await today();
    await user.keyboard("f");
    await screen.findByRole("form", { name: "Follow up with Priya Nair" });
    await user.keyboard("ask how it went{Enter}");
    await until("added", () => asked(from, "followups.add").length === 1);
    expect(asked(from, "followups.add")[0]?.input).toMatchObject({
      text: "ask how it went",
      due: "2026-05-22",
      person: [...from.world.people.keys()][0],
    });
    await until("the row has the keys again", () => document.activeElement === rows()[0]);
  });

  test("E edits it where it stands", async () => {
    const { user, core: from } = await today();
    await user.keyboard("e");
    await screen.findByRole("form", { name: "Edit this follow-up" });
    await user.keyboard("{Control>}a{/Control}send the other guide{Enter}");
    await see("send the other guide");
    expect(asked(from, "followups.edit")[0]?.input).not.toHaveProperty("due");
  });

  test("Space peeks at the person, and Esc closes it", async () => {
    const { user } = await today();
    await user.keyboard(" ");
    await see("Last entries");
    await user.keyboard("{Escape}");
    await until("closed", () => !document.body.textContent?.includes("Last entries"));
  });
});
