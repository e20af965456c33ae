import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { doneWords, entityWord, entityWords, importWords, replacedOf, toDo } from "./words";

const documented = [
  ...readFileSync(`${import.meta.dirname}/../../../../../docs/json.md`, "utf8").matchAll(/^### `(\w+)`$/gm),
].map(([, name]) => name);

test("everything a file of Hallway can hold has a word a person knows it by", () => {
  expect(documented.length).toBeGreaterThan(15);
  expect(documented.filter((name) => !(name! in entityWords))).toEqual([]);
});

test("what nobody put into words is called as it is in the file, with spaces", () => {
  expect(entityWord({ name: "somethingLater" })).toBe("Something later");
});

test("a no at an address that does not come in is taken whichever side is taken", () => {
  const preview = { new: 0, replaced: 0, noesTaken: 0, suppressed: 1 };
  for (const theirs of [true, false]) {
    expect(toDo(preview, theirs)).toBe(1);
    expect(importWords(preview, theirs)).toBe("Take 1 no");
  }
  expect(importWords({ ...preview, noesTaken: 2 }, false)).toBe("Take 3 noes");
  expect(importWords({ ...preview, new: 2, noesTaken: 2 }, true)).toBe("Bring in 2 rows and take 1 no");
});

test("and it is no row that was replaced", () => {
  expect(replacedOf({ changed: 10, noesTaken: 0 })).toBe(10);
  expect(doneWords({ new: 0, changed: 10, noesTaken: 0, suppressed: 1 })).toBe("Replaced 10 rows");
  expect(doneWords({ new: 0, changed: 0, noesTaken: 0, suppressed: 1 })).toBe("Took 1 no");
});
