// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from "vitest";
import { call, connect } from "../../ipc/call";
import { fakeCore, type FakeCore } from "../../ipc/fake/core";
import { dismiss, toasts } from "../../kit/toasts.svelte";
import { begin, cancel, lookForOne, underWay } from "./running.svelte";

const request = {
  file: "fake-grant",
  matching: true,
  source: "import" as const,
  decisions: {},
  overwrite: [],
};

let core: FakeCore;
let disconnect: () => void;

beforeEach(() => {
  core = fakeCore({ people: 3 });
  disconnect = connect(core);
});
afterEach(() => {
  disconnect();
  for (const toast of toasts()) dismiss(toast.id);
});

test("a taking back that was interrupted goes on without being asked again", async () => {
  const run = await call("imports.begin", request);
  await call("imports.cancel", { id: run.id });
  await lookForOne();
  expect(core.asked.map(({ cmd }) => cmd)).toContain("imports.resume");
  expect(core.world.importing).toBeNull();
  expect(underWay()).toBeNull();
  expect(toasts()).toEqual([]);
});

test("a taking back that cannot go on just now waits for a word", async () => {
  const run = await call("imports.begin", request);
  await call("imports.cancel", { id: run.id });
  const answer = core.rpc.bind(core);
  core.rpc = (cmd, input, id) =>
    cmd === "imports.resume"
      ? Promise.reject({ code: "busy", message: "The file is busy.", field: null })
      : answer(cmd, input, id);
  await lookForOne();
  expect(underWay()?.phase).toBe("interrupted");
  core.rpc = answer;
  await cancel(run.id);
  expect(underWay()).toBeNull();
});

test("a cancel that is answered after the import has ended asks for nothing more", async () => {
  const answer = core.rpc.bind(core);
  let letGo = () => {};
  const ended = new Promise<void>((resolve) => (letGo = resolve));
  let cancelled: Promise<unknown> | undefined;
  core.rpc = async (cmd, input, id) => {
    if (cmd === "imports.step") cancelled ??= cancel(underWay()!.id);
    const answered = await answer(cmd, input, id);
    if (cmd === "imports.cancel") await ended;
    return answered;
  };
  expect((await begin(request)).phase).toBe("taken_back");
  letGo();
  await cancelled;
  expect(core.asked.filter(({ cmd }) => cmd === "imports.cancel")).toHaveLength(1);
  expect(underWay()).toBeNull();
  expect(toasts()).toEqual([]);
});
