// The tree of a filter's text, for whatever changes it by clicks. The text stays what is kept.
import { untrack } from "svelte";
import { call } from "../../ipc/call";
import type { FilterTree } from "../../ipc/gen";
import { asFailure } from "../../ipc/host";
import { attempt } from "../../kit/attempt";
import { complain } from "../../kit/toasts.svelte";
import { EVERYBODY } from "./tree";

export type Click = (tree: FilterTree) => FilterTree;

export type ClickedFilter = {
  readonly tree: FilterTree;
  /** Changes the tree, and with it the text. Clicks that follow each other quickly all count. */
  click(change: Click): void;
  /** The text was read where it was typed: it is the filter now, and need not be read again. */
  typed(text: string, tree: FilterTree): void;
};

/** `text` is read reactively. Call it while a component is being set up. */
export function clickedFilter(text: () => string, apply: (text: string) => void): ClickedFilter {
  let tree = $state.raw<FilterTree>(EVERYBODY);
  /** The text that the tree says, but for the clicks. */
  let said: string | null = null;
  /** What was clicked and is not in the text yet: it is meant for whatever is typed meanwhile, too. */
  let clicks: Click[] = [];
  /** The text that is being read. */
  let reading: string | null = null;
  /** Why the text has no tree. A click on it would put everybody in its place. */
  let fault: string | null = null;
  let turn = 0;

  $effect(() => {
    const now = text();
    if (now !== (reading ?? said)) untrack(() => void read(now));
  });

  async function read(wanted: string) {
    const mine = ++turn;
    reading = wanted;
    try {
      const { tree: whole, error } = await call("filter.read", { text: wanted });
      if (mine !== turn) return;
      if (whole) return understood(wanted, whole);
      fault = `${error?.message ?? "This filter cannot be read."} Mend the filter or clear it, then click again.`;
      said = wanted;
    } catch (thrown) {
      if (mine !== turn) return;
      // Not known, rather than not to be read: the next click asks again.
      fault = asFailure(thrown).message;
      said = null;
    }
    reading = null;
    tree = EVERYBODY;
    if (clicks.length > 0) refuse(fault);
  }

  function understood(wanted: string, whole: FilterTree) {
    turn++;
    reading = fault = null;
    said = wanted;
    tree = clicks.reduce((so, change) => change(so), whole);
    if (clicks.length > 0) void write();
  }

  function refuse(why: string) {
    clicks = [];
    // Anew, so that what was ticked does not stay ticked.
    tree = { ...tree };
    complain(why);
  }

  async function write() {
    const mine = ++turn;
    const written = await attempt(call("filter.write", { tree }));
    if (mine !== turn) return;
    clicks = [];
    if (!written) return read(text());
    said = written.text;
    apply(written.text);
  }

  return {
    get tree() {
      return tree;
    },
    click(change) {
      if (reading === null && said !== null && fault !== null) return refuse(fault);
      clicks.push(change);
      if (reading !== null) return;
      if (said === null) return void read(untrack(text));
      tree = change(tree);
      void write();
    },
    typed: understood,
  };
}
