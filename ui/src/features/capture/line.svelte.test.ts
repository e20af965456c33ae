// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from "vitest";
import { connect } from "../../ipc/call";
import { fakeCore, type FakeCore } from "../../ipc/fake/core";
import { hold, until } from "../../testing/screen";
import { Line } from "./line.svelte";

let core: FakeCore;
let onDisk: { key: string; text: string }[];
let letGo: () => void;

beforeEach(() => {
  core = fakeCore({ people: 3, product: "Queues" });
  onDisk = [];
  const rpc = core.rpc;
  core.rpc = async (cmd, input, request) => {
    const answer = await rpc(cmd, input, request);
    return cmd === "captures.draft"
      ? { ...answer, value: { ...(answer.value as object), unsaved: onDisk } }
      : answer;
  };
  letGo = connect(core);
});
afterEach(() => letGo());

test("what the other window could not save is said here as well, and is gone once it is saved there", async () => {
  const line = new Line();
  await line.open("");
  onDisk = [{ key: "1", text: "Ben Ola, said hello" }];
  await line.again();
  expect(line.unsaved.map(({ text }) => text)).toEqual(["Ben Ola, said hello"]);
  onDisk = [];
  await line.again();
  expect(line.unsaved).toEqual([]);
});

test("a line that was saved before the disk answered does not come back as the draft it was", async () => {
  const line = new Line();
  await core.rpc("captures.keep", { text: "Ben O" }, "");
  const answer = hold(core, "captures.draft");
  const open = line.open("");
  await until("it is asked for", () => core.asked.some(({ cmd }) => cmd === "captures.draft"));
  line.put("Ben Ola, said hello");
  const saving = line.save(line.text, null, false);
  line.put("");
  await saving;
  answer();
  await open;
  expect(line.text).toBe("");
  expect(line.unsaved).toEqual([]);
});

test("a line that was refused here keeps its reason, and goes when the other window let it go", async () => {
  const line = new Line();
  await line.open("");
  await line.save(", said hello", null, false);
  const because = line.unsaved[0]?.because;
  expect(because).toContain("Say who it was");
  onDisk = [{ key: "1", text: ", said hello" }];
  await line.again();
  expect(line.unsaved.map((one) => one.because)).toEqual([because]);
  onDisk = [];
  await line.again();
  expect(line.unsaved).toEqual([]);
});

test("a line that is on no disk stays in sight, whatever the disk says", async () => {
  const line = new Line();
  await line.open("");
  const rpc = core.rpc;
  core.rpc = async (cmd, input, request) => {
    if (cmd === "captures.save") throw { code: "disk_full", message: "The disk is full.", field: null };
    return rpc(cmd, input, request);
  };
  await line.save("Ben Ola, said hello", null, false);
  await line.again();
  expect(line.unsaved.map(({ because }) => because)).toEqual(["The disk is full."]);
});
