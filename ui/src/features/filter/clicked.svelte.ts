// The tree of a filter's text, for whatever changes it by clicks. The text stays what is kept.
import { call } from "../../ipc/call";
import type { FilterTree } from "../../ipc/gen";
import { attempt } from "../../kit/attempt";
import { EVERYBODY } from "./tree";

export type ClickedFilter = {
  readonly tree: FilterTree;
  /** Changes the tree, and with it the text. Clicks that follow each other quickly all count. */
  click(change: (tree: FilterTree) => FilterTree): void;
};

/** `text` is read reactively. Call it while a component is being set up. */
export function clickedFilter(text: () => string, apply: (text: string) => void): ClickedFilter {
  let tree = $state.raw<FilterTree>(EVERYBODY);
  /** The text that the tree says. */
  let said: string | null = null;
  let turn = 0;
  /** What was clicked while a text is being read, whose tree it is meant for; null when none is. */
  let held: ((tree: FilterTree) => FilterTree)[] | null = null;

  $effect(() => {
    const wanted = text();
    if (wanted === said) return;
    const mine = ++turn;
    held ??= [];
    void attempt(call("filter.read", { text: wanted })).then((read) => {
      if (mine !== turn) return;
      const clicks = held ?? [];
      held = null;
      if (!read) return;
      said = wanted;
      tree = read.tree ?? EVERYBODY;
      for (const change of clicks) click(change);
    });
  });

  function click(change: (tree: FilterTree) => FilterTree) {
    if (held) {
      held.push(change);
      return;
    }
    tree = change(tree);
    const mine = ++turn;
    void attempt(call("filter.write", { tree })).then((written) => {
      if (mine !== turn || !written) return;
      said = written.text;
      apply(written.text);
    });
  }

  return {
    get tree() {
      return tree;
    },
    click,
  };
}
