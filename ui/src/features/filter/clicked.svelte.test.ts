// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { connect } from "../../ipc/call";
import { fakeCore, type FakeCore } from "../../ipc/fake/core";
import { dismiss, toasts } from "../../kit/toasts.svelte";
import { clickedFilter, type ClickedFilter } from "./clicked.svelte";
import { chosen, toggled } from "./tree";

let core: FakeCore;
let text = $state("");
let filter: ClickedFilter;
let letGo: () => void;
/** Answers that are held back, by command, until they are let through or fail. */
let held: Map<string, ((fail?: boolean) => void)[]>;

function hold(cmd: string) {
  held.set(cmd, []);
}
const release = (cmd: string, fail = false) =>
  held
    .get(cmd)!
    .splice(0)
    .forEach((go) => go(fail));
const asks = (cmd: string) => core.asked.filter((one) => one.cmd === cmd).length;
const tick = (key: string, value: string) => filter.click((tree) => toggled(tree, key, value));

beforeEach(() => {
  text = "";
  held = new Map();
  core = fakeCore({ people: 3, product: "Queues" });
  const rpc = core.rpc;
  core.rpc = async (cmd, input, request) => {
    const answer = rpc(cmd, input, request);
    const waits = held.get(cmd);
    if (waits && (await new Promise<boolean | undefined>((go) => waits.push(go))))
      throw { code: "busy", message: "Another program is writing. Try again in a moment.", field: null };
    return answer;
  };
  const disconnect = connect(core);
  const stop = $effect.root(() => {
    filter = clickedFilter(
      () => text,
      (to) => (text = to),
    );
  });
  letGo = () => (stop(), disconnect());
});
afterEach(() => {
  letGo();
  for (const { id } of toasts()) dismiss(id);
});

test("a click on a filter that cannot be read leaves it as it is, and says why", async () => {
  text = "stage:lern";
  await vi.waitFor(() => expect(asks("filter.read")).toBe(1));
  await vi.waitFor(() => {
    tick("stage", "learn");
    expect(toasts().at(-1)?.text).toContain("stage: takes none");
  });
  expect(text).toBe("stage:lern");
  expect(asks("filter.write")).toBe(0);
});

test("a click that could not be written is not shown as if it had been", async () => {
  text = "stage:learn";
  await vi.waitFor(() => expect(chosen(filter.tree, "stage")).toEqual(["learn"]));
  hold("filter.write");
  tick("stage", "build");
  expect(chosen(filter.tree, "stage")).toEqual(["learn", "build"]);
  await vi.waitFor(() => expect(held.get("filter.write")).toHaveLength(1));
  release("filter.write", true);
  await vi.waitFor(() => expect(chosen(filter.tree, "stage")).toEqual(["learn"]));
  expect(toasts().at(-1)?.text).toContain("Another program is writing.");
  expect(text).toBe("stage:learn");
});

test("a click that is still being written is made on what was typed meanwhile", async () => {
  text = "priya";
  await vi.waitFor(() => expect(filter.tree.is).toBe("words"));
  hold("filter.write");
  tick("stage", "learn");
  await vi.waitFor(() => expect(held.get("filter.write")).toHaveLength(1));
  text = "tag:rust";
  await vi.waitFor(() => expect(held.get("filter.write")).toHaveLength(2));
  release("filter.write");
  await vi.waitFor(() => expect(text).toBe("tag:rust stage:learn"));
});

test("what was read where it was typed is not read again", async () => {
  await vi.waitFor(() => expect(asks("filter.read")).toBe(1));
  filter.typed("stage:learn", { is: "field", key: "stage", compare: "=", values: ["learn"] });
  text = "stage:learn";
  tick("stage", "build");
  await vi.waitFor(() => expect(text).toBe("stage:learn,build"));
  expect(asks("filter.read")).toBe(1);
});
