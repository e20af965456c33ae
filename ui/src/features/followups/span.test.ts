import { expect, test } from "vitest";
import { everySpan, longestFor, parseSpan, spanWords } from "./span";

test.each([
  ["6 weeks", 42],
  ["6w", 42],
  ["every 6 weeks", 42],
  ["1 month", 30],
  ["10", 10],
  ["2 years", 730],
  ["0 weeks", null],
  ["", null],
  ["often", null],
])("“%s” is %s days", (typed, days) => expect(parseSpan(typed)).toBe(days));

test.each([
  [42, "6 weeks"],
  [7, "1 week"],
  [10, "10 days"],
  [365, "1 year"],
])("%s days are said as “%s”, which means the same again", (days, words) => {
  expect(spanWords(days)).toBe(words);
  expect(parseSpan(words)).toBe(days);
});

test("the longest is half as long again when it is not said", () => {
  expect(longestFor(42)).toBe(63);
  expect(longestFor(7)).toBe(14);
  expect(longestFor(10)).toBe(15);
});

test("how often is said without a one", () => {
  expect(everySpan(7)).toBe("every week");
  expect(everySpan(42)).toBe("every 6 weeks");
});
