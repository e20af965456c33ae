// @vitest-environment happy-dom
import { flushSync } from "svelte";
import { afterEach, expect, test, vi } from "vitest";
import { connect } from "../../ipc/call";
import { fakeCore } from "../../ipc/fake/core";
import type { Timeline, TimelineEntry, TimelineOf } from "../../ipc/gen";
import type { Answer, Host } from "../../ipc/host";
import { timelineOf, type TimelineOfPerson } from "./timeline.svelte";

let undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo) one();
  undo = [];
});

type Asked = TimelineOf & { answer(ids: string[], more: boolean): void; refuse(): void };

/** A timeline that is read two entries at a time, each piece answered by hand. */
function reading() {
  const asked: Asked[] = [];
  const core = fakeCore();
  const host: Host = {
    ...core,
    rpc: (_, input) =>
      new Promise<Answer>((kept, broken) => {
        const entry = (id: string) => ({ id, cursor: id }) as TimelineEntry;
        asked.push({
          ...(input as TimelineOf),
          answer: (ids, more) =>
            kept({ value: { entries: ids.map(entry), more } satisfies Timeline, changed: [] }),
          refuse: () =>
            broken({ code: "busy", message: "Another program is at work on the file.", field: null }),
        });
      }),
  };
  undo.push(connect(host));
  let timeline!: TimelineOfPerson;
  undo.push(
    $effect.root(() => {
      timeline = timelineOf(() => "p", { piece: 2 });
    }),
  );
  flushSync();
  const ids = () => timeline.entries.map(({ id }) => id);
  return { timeline, asked, ids, refresh: core.changedElsewhere };
}

/** Whether a promise is kept once everything that was already decided has happened. */
async function isKept(promise: Promise<void>): Promise<boolean> {
  let kept = false;
  void promise.then(() => (kept = true));
  await new Promise((later) => setTimeout(later));
  return kept;
}

test("asking for more while everything is read again waits for that, instead of coming back at once", async () => {
  const { timeline, asked, ids, refresh } = reading();
  asked[0]!.answer(["a", "b"], true);
  await timeline.firstRead;
  refresh();
  expect(asked).toHaveLength(2);
  const further = timeline.further();
  expect(await isKept(further)).toBe(false);
  expect(asked).toHaveLength(2);
  asked[1]!.answer(["new", "a"], true);
  await further;
  expect(ids()).toEqual(["new", "a"]);
  const next = timeline.further();
  expect(asked[2]).toMatchObject({ after: "a", limit: 2 });
  asked[2]!.answer(["b"], false);
  await next;
  expect(ids()).toEqual(["new", "a", "b"]);
  expect(await isKept(timeline.further())).toBe(true);
  expect(asked).toHaveLength(3);
});

test("a piece that cannot be read ends the waiting and says why", async () => {
  const { timeline, asked, ids } = reading();
  asked[0]!.answer(["a", "b"], true);
  await timeline.firstRead;
  const further = timeline.further();
  asked[1]!.refuse();
  await further;
  expect(timeline.failure?.message).toBe("Another program is at work on the file.");
  expect(ids()).toEqual(["a", "b"]);
  expect(timeline.more).toBe(true);
});

test("a piece that a newer reading overtook is not added to it", async () => {
  const { timeline, asked, ids, refresh } = reading();
  asked[0]!.answer(["a", "b"], true);
  await timeline.firstRead;
  const further = timeline.further();
  refresh();
  asked[1]!.answer(["c", "d"], false);
  await further;
  asked[2]!.answer(["a", "b"], true);
  await vi.waitFor(() => expect(timeline.more).toBe(true));
  expect(ids()).toEqual(["a", "b"]);
});
