// @vitest-environment happy-dom
import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { fakeCore } from "../../ipc/fake/core";
import { see, show, until } from "../../testing/screen";
import ListPicker from "./ListPicker.svelte";

async function picking() {
  const core = fakeCore({ people: 2, product: "Queues" });
  const [person] = [...core.world.people.keys()];
  await core.rpc("lists.create", { name: "Speakers" }, "");
  let closed = false;
  const shown = await show(
    ListPicker,
    { people: [person!], anchor: { x: 0, y: 0 }, close: () => void (closed = true) },
    core,
  );
  await see("Speakers");
  const list = (name: string) => [...core.world.lists.values()].find((list) => list.name === name);
  return { ...shown, closed: () => closed, on: (name: string) => [...(list(name)?.people.values() ?? [])] };
}
const field = () => screen.getByRole("combobox", { name: "List" });
const reason = () => screen.getByLabelText<HTMLInputElement>(/^Why, if you like/);
const marked = () => document.querySelector("[role=option][aria-selected=true]")?.textContent?.trim();
/** The keys that are named beside the reason, and on the button. */
const keys = () => ({
  reason: reason().closest("label")!.querySelector("kbd")!.textContent,
  adds: !within(screen.getByRole("button", { name: /^Add/ }))
    .getByText("⏎")
    .classList.contains("unmeant"),
});

test("Enter on a list that is there adds at once", async () => {
  const { user, on, closed } = await picking();
  await user.type(field(), "speak");
  await until("it is meant", () => marked()?.startsWith("Speakers") === true);
  expect(keys()).toEqual({ reason: "Tab", adds: true });
  await user.keyboard("{Enter}");
  await until("they are on it", () => closed() && on("Speakers").length === 1);
});

test("Enter on a new list goes on to the reason, and from there adds them with it", async () => {
  const { user, on, closed } = await picking();
  await user.type(field(), "Beta");
  await until("it is meant", () => marked() === "New: Beta");
  expect(keys()).toEqual({ reason: "⏎", adds: false });
  await user.keyboard("{Enter}");
  await until("the reason is asked for", () => document.activeElement === reason());
  expect(closed()).toBe(false);
  expect(on("Beta")).toHaveLength(0);
  await until("Enter adds from there", () => keys().adds);
  await user.keyboard("Asked at the booth{Enter}");
  await until("they are on it", () => closed() && on("Beta")[0]?.why === "Asked at the booth");
});

test("of a list that is there and a new one, the keys that are named are those of the one that is meant", async () => {
  const { user, on } = await picking();
  await user.type(field(), "speak");
  await until("it is meant", () => marked()?.startsWith("Speakers") === true);
  await user.keyboard("{ArrowDown}");
  await until("the new one is meant", () => marked() === "New: speak");
  expect(keys()).toEqual({ reason: "⏎", adds: false });
  await user.keyboard("{Enter}");
  await until("the reason is asked for", () => document.activeElement === reason());
  await user.keyboard("{Enter}");
  await until("without a reason", () => on("speak").length === 1);
  expect(on("speak")[0]?.why).toBeNull();
});
