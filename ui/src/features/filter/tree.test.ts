import { describe, expect, test } from "vitest";
import type { FilterTree } from "../../ipc/gen";
import {
  chosen,
  EVERYBODY,
  joined,
  oneOf,
  only,
  parts,
  said,
  spoken,
  toggled,
  without,
  type Fields,
} from "./tree";

const words = (text: string): FilterTree => ({ is: "words", text });
const not = (of: FilterTree): FilterTree => ({ is: "not", of });

const fields = [
  {
    key: "stage",
    label: "Stage",
    takes: "choice",
    choices: [
      { key: "learn", label: "Learning" },
      { key: "build", label: "Building" },
    ],
  },
  { key: "last", label: "Last touch", takes: "day", choices: [] },
  { key: "kind", label: "Kind", takes: "choice", choices: [] },
].map((field) => ({ group: "person", aliases: [], examples: [], ...field })) as unknown as Fields;

describe("what a menu does to a filter", () => {
  test("one value, then another beside it, then off again", () => {
    const one = toggled(EVERYBODY, "stage", "learn");
    expect(one).toEqual(oneOf("stage", ["learn"]));
    const two = toggled(one, "stage", "build");
    expect(two).toEqual(oneOf("stage", ["learn", "build"]));
    expect(toggled(two, "stage", "learn")).toEqual(oneOf("stage", ["build"]));
    expect(toggled(one, "stage", "learn")).toEqual(EVERYBODY);
  });

  test("tags must all be there, each said by itself", () => {
    const both = toggled(toggled(EVERYBODY, "tag", "Rust", "every"), "tag", "docs", "every");
    expect(parts(both)).toEqual([oneOf("tag", ["Rust"]), oneOf("tag", ["docs"])]);
    expect(chosen(both, "tag")).toEqual(["Rust", "docs"]);
  });

  test("a value that was typed in other letters is the same value", () => {
    expect(toggled(oneOf("tag", ["rust"]), "tag", "Rust", "every")).toEqual(EVERYBODY);
  });

  test("what was said otherwise stays as it is", () => {
    const rest: FilterTree[] = [words("acme"), not(oneOf("stage", ["learn"]))];
    const tree = toggled(joined(rest), "stage", "learn");
    expect(parts(tree)).toEqual([...rest, oneOf("stage", ["learn"])]);
    expect(chosen(joined(rest), "stage")).toEqual([]);
    expect(toggled(tree, "stage", "learn")).toEqual(joined(rest));
  });

  test("one answer replaces the one before", () => {
    const over: FilterTree = { is: "field", key: "last", compare: ">", values: ["90d"] };
    const tree = only(joined([words("a"), oneOf("last", ["30d"])]), "last", over);
    expect(parts(tree)).toEqual([words("a"), over]);
    expect(only(tree, "last", null)).toEqual(words("a"));
  });

  test("a chip goes, and the words stay", () => {
    const tree = joined([words("a b"), oneOf("stage", ["learn"]), words("c")]);
    expect(parts(without(tree, 1))).toEqual([words("a b"), words("c")]);
    expect(parts(spoken(tree))).toEqual([words("a b"), words("c")]);
    expect(without(oneOf("stage", ["learn"]), 0)).toEqual(EVERYBODY);
  });
});

describe("what a chip says", () => {
  test.each<[FilterTree, string]>([
    [oneOf("stage", ["learn", "build"]), "Stage: Learning or Building"],
    [not(oneOf("stage", ["learn"])), "Not Stage: Learning"],
    [oneOf("last", ["90d"]), "Last touch: within 90 days"],
    [{ is: "field", key: "last", compare: ">", values: ["1y"] }, "Last touch: more than 1 year ago"],
    [oneOf("last", ["never"]), "Last touch: never"],
    [oneOf("last", ["2026-03"]), "Last touch: 2026-03"],
    [{ is: "any", of: [words("a"), words("b")] }, "“a” or “b”"],
    [
      { is: "entries", of: oneOf("kind", ["attended_talk"]), compare: ">=", count: 2 },
      "Happened (at least 2): Kind: attended_talk",
    ],
    [{ is: "entries", of: oneOf("kind", ["x"]), compare: "=", count: 0 }, "Never: Kind: x"],
    [oneOf("gone", ["1"]), "gone: 1"],
  ])("%j", (tree, words) => expect(said(tree, fields)).toBe(words));
});
