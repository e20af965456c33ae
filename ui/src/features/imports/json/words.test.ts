import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { entityWord, entityWords } from "./words";

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
