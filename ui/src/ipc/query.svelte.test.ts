// @vitest-environment happy-dom
import { flushSync } from "svelte";
import { afterEach, describe, expect, test, vi } from "vitest";
import { call, connect } from "./call";
import { fakeCore } from "./fake/core";
import type { Host } from "./host";
import { query, type Query } from "./query.svelte";
import type { PersonPick } from "./gen";

let undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo) one();
  undo = [];
});

/** A question mounted the way a component would. */
function mounted<V>(ask: () => Query<V>): Query<V> {
  let asked!: Query<V>;
  undo.push(
    $effect.root(() => {
      asked = ask();
    }),
  );
  flushSync();
  return asked;
}

describe("a mounted question", () => {
  test("is asked again after a write", async () => {
    undo.push(connect(fakeCore({ people: 3, product: "Queues" })));
    const info = mounted(() => query("workspace.info", () => ({})));
    await vi.waitFor(() => expect(info.value?.people).toBe(3));
    await call("people.create", { displayName: "Ada" });
    await vi.waitFor(() => expect(info.value?.people).toBe(4));
  });

  test("is asked again when another program wrote", async () => {
    const core = fakeCore({ people: 3, product: "Queues" });
    undo.push(connect(core));
    const info = mounted(() => query("workspace.info", () => ({})));
    await vi.waitFor(() => expect(info.value?.product).toBe("Queues"));
    core.world.product = "Streams";
    core.changedElsewhere();
    await vi.waitFor(() => expect(info.value?.product).toBe("Streams"));
  });

  test("that names what its answer is made of is asked again when that changed, and not otherwise", async () => {
    const core = fakeCore({ people: 3, product: "Queues" });
    const changes: Record<string, string[]> = { "people.create": ["people"], "fields.define": ["fields"] };
    const rpc: Host["rpc"] = async (cmd, ...more) => ({
      ...(await core.rpc(cmd, ...more)),
      changed: changes[cmd] ?? [],
    });
    const host = { ...core, rpc } satisfies Host;
    undo.push(connect(host));
    const asked = () => core.asked.filter(({ cmd }) => cmd === "filter.fields").length;
    const fields = mounted(() => query("filter.fields", () => ({}), ["fields"]));
    await vi.waitFor(() => expect(fields.value).toBeDefined());
    await call("people.create", { displayName: "Ada" });
    expect(asked()).toBe(1);
    await call("fields.define", { label: "Shirt", kind: "text", choices: [] });
    expect(asked()).toBe(2);
    core.changedElsewhere();
    expect(asked()).toBe(3);
  });

  test("never shows the answer to an older input", async () => {
    const answers = new Map<string, (people: PersonPick[]) => void>();
    const host = {
      ...fakeCore(),
      rpc: (_: string, input: unknown) =>
        new Promise<{ value: unknown; changed: string[] }>((answer) =>
          answers.set((input as { text: string }).text, (value) => answer({ value, changed: [] })),
        ),
    } satisfies Host;
    undo.push(connect(host));
    let text = $state("a");
    const found = mounted(() => query("people.matching", () => ({ text, limit: 8 })));
    text = "ab";
    flushSync();
    const named = (name: string) => [{ id: name, name, organisation: null, lastTouchOn: null, stage: null }];
    answers.get("ab")!(named("Abel"));
    answers.get("a")!(named("Ada"));
    await vi.waitFor(() => expect(found.value?.[0]?.name).toBe("Abel"));
    await Promise.resolve();
    expect(found.value?.[0]?.name).toBe("Abel");
  });

  test("keeps a failure as a sentence", async () => {
    undo.push(connect(fakeCore()));
    const page = mounted(() => query("people.page", () => ({ id: "nobody" })));
    await vi.waitFor(() => expect(page.failure?.message).toBe("This person is no longer here."));
  });
});
