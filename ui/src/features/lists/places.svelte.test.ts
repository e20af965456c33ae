// @vitest-environment happy-dom
import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { call, connect } from "../../ipc/call";
import { fakeCore } from "../../ipc/fake/core";
import { placesOf, type Places } from "./places.svelte";

let undo: (() => void)[] = [];
/** Whom it was asked about, question by question. */
let asked: string[][];
/** Lets the question that waits be answered; null: nothing waits. */
let release: (() => void) | null;
let ids: string[];
let list: string;
let places: Places;

beforeEach(async () => {
  asked = [];
  const core = fakeCore({ people: 9, product: "Queues" });
  const rpc = core.rpc;
  core.rpc = async (cmd, input, request) => {
    if (cmd === "lists.why") {
      asked.push((input as { people: string[] }).people);
      await new Promise<void>((go) => (release = go));
    }
    return rpc(cmd, input, request);
  };
  undo.push(connect(core));
  ids = [...core.world.people.keys()];
  ({ id: list } = await call("lists.create", { name: "Speakers" }));
  await call("lists.add", { list, people: ids, why: "They asked for it" });
  undo.push($effect.root(() => void (places = placesOf(() => list))));
  flushSync();
});
afterEach(() => {
  for (const one of undo) one();
  undo = [];
});

async function answered() {
  const before = asked.length;
  release!();
  await vi.waitFor(() => expect(places.of.get(asked[before - 1]![0]!)).toBeDefined());
}

test("whoever comes into view is asked about once, one question at a time", async () => {
  places.show(ids.slice(0, 3));
  places.show(ids.slice(1, 4));
  places.show(ids.slice(2, 5));
  expect(asked).toEqual([ids.slice(0, 3)]);
  await answered();
  expect(asked).toEqual([ids.slice(0, 3), ids.slice(3, 5)]);
  await answered();
  places.show(ids.slice(0, 5));
  expect(asked).toHaveLength(2);
  expect(places.of.get(ids[4]!)?.why).toBe("They asked for it");
});

test("after a change those in view are asked about anew, and the others when they come back", async () => {
  places.show(ids.slice(0, 2));
  await answered();
  places.show(ids.slice(2, 4));
  await answered();
  await call("lists.remove", { list, people: [ids[8]!] });
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  expect(asked[2]).toEqual(ids.slice(2, 4));
  release!();
  places.show(ids.slice(0, 2));
  await vi.waitFor(() => expect(asked[3]).toEqual(ids.slice(0, 2)));
});
