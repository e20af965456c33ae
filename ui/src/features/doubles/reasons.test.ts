import { expect, test } from "vitest";
import { keyOf, mainReason, reasonWords, sureness } from "./reasons";

test("a suggestion is named by its strongest reason", () => {
  const why = [
    { why: "address" as const, shared: "tom@acme.example" },
    { why: "same_name" as const, shared: null },
  ];
  expect(mainReason({ people: [], score: 90, why })).toBe("Same e-mail address");
  expect(mainReason({ people: [], score: 90, why: [] })).toBe("");
  expect(why.map(reasonWords)).toEqual(["Same e-mail address", "Same name"]);
});

test("how sure it is, is a word", () => {
  expect([100, 85, 84, 60, 59, 1].map(sureness)).toEqual([
    "Very likely",
    "Very likely",
    "Likely",
    "Likely",
    "Perhaps",
    "Perhaps",
  ]);
});

test("the same people have the same key in any order", () => {
  expect(keyOf([{ id: "b" }, { id: "a" }])).toBe(keyOf([{ id: "a" }, { id: "b" }]));
});
