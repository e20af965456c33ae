// The cases are those of the core's own tests of the rule (`transfer/csv/tests/writing.rs`).
import { describe, expect, test } from "vitest";
import { guarded } from "./guard";

describe("a copied cell", () => {
  test.each([
    "=1+1",
    "=1+1\nfoo",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    " =1+1",
    "\u{A0}=1",
    "\u{200B}=1",
    '"=1',
    "'=1",
    "\u{200D}=1",
    "-_-",
    "@ada",
    "--2",
    "+1+1",
    "-1-1",
    "+44;=1",
  ])("never runs as a formula: %j", (cell) => expect(guarded(cell)).toBe(`'${cell}`));

  test.each([
    "",
    "Ada",
    "a=b",
    "-12.5",
    "+3 %",
    "-1e-5",
    "1,5",
    "-1,234.50",
    "+44 20 7946 0958",
    "+251790709660",
    "+49 (0)30 123-45",
    "+1-202-555-0100x1234",
    "+1 202 555 0100 ext. 12",
    "'quoted'",
    "it's",
    "2026-03-12",
    "👩\u{200D}💻",
  ])("stays as it is: %j", (cell) => expect(guarded(cell)).toBe(cell));

  test.each([
    ["'=1", "''=1"],
    ["''=1", "'''=1"],
    ["'tis", "'tis"],
    ["'+44 20 7946 0958", "''+44 20 7946 0958"],
  ])("keeps an apostrophe of its own: %j", (cell, out) => expect(guarded(cell)).toBe(out));
});
