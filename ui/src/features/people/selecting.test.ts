// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { connect } from "../../ipc/call";
import { fakeCore, type FakeCore } from "../../ipc/fake/core";
import type { PeopleQuery, PersonRow } from "../../ipc/gen";
import { leaveList, list, selectNobody, turnToList } from "./list.svelte";
import { everybody, filterOf } from "./question";
import { selecting, type Selecting } from "./selecting";

const PEOPLE = 1_200;
let core: FakeCore;
let query: PeopleQuery;
let selection: Selecting;
let disconnect: () => void;
/** The page of people that is asked for waits until it is let through; null: nothing waits. */
let waiting: ((fail?: boolean) => void)[] | null;
/** Whether the rows in view are those of the filter. */
let settled: boolean;
let inView: PersonRow[];

beforeEach(() => {
  leaveList();
  waiting = null;
  settled = true;
  inView = [];
  query = everybody;
  core = fakeCore({ people: PEOPLE, product: "Queues" });
  const rpc = core.rpc;
  core.rpc = async (cmd, input, request) => {
    const answer = await rpc(cmd, input, request);
    if (
      cmd === "people.list" &&
      waiting &&
      (await new Promise<boolean | undefined>((go) => waiting!.push(go)))
    )
      throw { code: "busy", message: "Another program is writing.", field: null };
    return answer;
  };
  disconnect = connect(core);
  selection = selecting({ row: (index) => inView[index], settled: () => settled }, () => query);
});
afterEach(() => disconnect());

/** Everybody is being selected; what is asked for them waits. */
function underWay(): Promise<void> {
  waiting = [];
  return selection.range(0, PEOPLE - 1);
}
/** Waits until it is asked for. */
async function next() {
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
}
function release(fail = false) {
  const all = waiting!;
  waiting = null;
  for (const go of all) go(fail);
}
const howMany = () => list().selected.size;

test("a range takes in whoever is not in view", async () => {
  await selection.range(PEOPLE - 1, 0);
  expect(howMany()).toBe(PEOPLE);
  await selection.range(3, 5);
  expect(howMany()).toBe(PEOPLE);
});

test("a range is given up when another filter is asked for", async () => {
  const done = underWay();
  await next();
  query = { ...everybody, filter: filterOf("priya") };
  release();
  await done;
  expect(howMany()).toBe(0);
});

test("a range is given up when another list is shown, whose own selection stays", async () => {
  const done = underWay();
  await next();
  turnToList("list 1", null);
  release();
  await done;
  expect(howMany()).toBe(0);
  turnToList(null, null);
  expect(howMany()).toBe(0);
});

test("a range is given up when the list is left, and when nobody is to be selected", async () => {
  let done = underWay();
  await next();
  selectNobody();
  release();
  await done;
  expect(howMany()).toBe(0);
  done = underWay();
  await next();
  selection.leave();
  release();
  await done;
  expect(howMany()).toBe(0);
});

test("another order takes in the same people", async () => {
  const done = underWay();
  await next();
  query = { ...everybody, sort: "name", descending: false };
  inView = Array.from({ length: PEOPLE }, () => ({ id: "somebody else" }) as PersonRow);
  release();
  await done;
  expect(howMany()).toBe(PEOPLE);
  expect(list().selected.has("somebody else")).toBe(false);
});

test("a range that fails selects nobody, and what waited for it is not done", async () => {
  const done = underWay();
  await next();
  const acted = vi.fn();
  selection.once(acted);
  release(true);
  await done;
  expect(howMany()).toBe(0);
  expect(acted).not.toHaveBeenCalled();
});

test("what is done while a range is being read is done to all of it", async () => {
  const done = underWay();
  await next();
  let to = 0;
  selection.once(() => (to = howMany()));
  expect(to).toBe(0);
  release();
  await done;
  expect(to).toBe(PEOPLE);
});

test("who is taken away while a range is being read is not selected", async () => {
  const done = underWay();
  await next();
  const [gone] = [...core.world.people.keys()];
  await core.rpc("people.trash", { ids: [gone] }, "");
  await selection.keepTheShown();
  release();
  await done;
  expect(list().selected.has(gone!)).toBe(false);
});

test("until the filter is answered, nobody who is still seen is selected", async () => {
  inView = [{ id: "of the filter before" } as PersonRow];
  settled = false;
  selection.toggle(0);
  await selection.range(0, 0);
  expect(howMany()).toBe(0);
  settled = true;
  selection.toggle(0);
  expect(howMany()).toBe(1);
});
