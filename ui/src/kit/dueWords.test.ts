import { describe, expect, test } from "vitest";
import type { Every } from "../ipc/gen";
import { shortDay } from "./dates";
import { dueWords, everyWords, settledWords, snoozedWords } from "./dueWords";

test.each([
  ["2026-05-21", "today"],
  ["2026-05-20", "1 day late"],
  ["2026-05-19", "2 days late"],
  ["2026-04-30", "3 weeks late"],
  ["2026-05-22", "tomorrow"],
  ["2026-05-25", "in 4 days"],
  ["2026-06-18", "in 4 weeks"],
])("due on %s is said as “%s” on 21 May", (due, words) => expect(dueWords(due, "2026-05-21")).toBe(words));

test("how often it was put off is counted in words", () => {
  expect([0, 1, 2, 3, 4].map(snoozedWords)).toEqual([
    "",
    "snoozed once",
    "snoozed twice",
    "snoozed three times",
    "snoozed 4 times",
  ]);
});

describe("how it comes back", () => {
  const every = (more: Partial<Every>) =>
    everyWords({ n: 1, unit: "week", anchor: "due", until: null, count: null, ...more }, "2026-05-21");

  test("is said with its number", () => {
    expect(every({})).toBe("every week");
    expect(every({ n: 6, unit: "business_day" })).toBe("every 6 business days");
  });

  test("names what it counts from, unless that is the day itself", () => {
    expect(every({ n: 6, anchor: "last_contact" })).toBe("every 6 weeks from when you last talked");
    expect(every({ anchor: "done" })).toBe("every week from the day it is done");
  });

  test("says where it ends", () => {
    expect(every({ until: "2026-06-12" })).toBe(`every week, until ${shortDay("2026-06-12", "2026-05-21")}`);
    expect(every({ count: 5 })).toBe("every week, 5 times in all");
  });
});

test("what cleared by itself says why", () => {
  expect(settledWords({ status: "auto_cleared", because: "They replied on 3 May" })).toBe(
    "They replied on 3 May",
  );
  expect(settledWords({ status: "dropped", because: null })).toBe("Dropped");
});
