import { describe, expect, test } from "vitest";
import { dateLocale, dayOf, daysBetween, knownDay, parseWhen, relativeDay, timeIn } from "./dates";

const today = "2026-05-21"; // a Thursday

describe("a day as it is typed", () => {
  test.each([
    ["", {}],
    ["  now ", {}],
    ["today", { on: "2026-05-21" }],
    ["Yesterday", { on: "2026-05-20" }],
    ["tomorrow", { on: "2026-05-22" }],
    ["2026-03-04", { on: "2026-03-04" }],
    ["2026/3/4", { on: "2026-03-04" }],
    ["2026-03", { on: "2026-03" }],
    ["2026", { on: "2026" }],
    ["12 mar", { on: "2026-03-12" }],
    ["12th of March", { on: "2026-03-12" }],
    ["March 12, 2024", { on: "2024-03-12" }],
    ["12 mar 2024", { on: "2024-03-12" }],
    ["mar 2024", { on: "2024-03" }],
    ["march", { on: "2026-03" }],
    ["3d ago", { on: "2026-05-18" }],
    ["3 days ago", { on: "2026-05-18" }],
    ["2w ago", { on: "2026-05-07" }],
    ["a week ago", { on: "2026-05-14" }],
    ["3 months ago", { on: "2026-02-21" }],
    ["1 year ago", { on: "2025-05-21" }],
    ["monday", { on: "2026-05-18" }],
    ["last thursday", { on: "2026-05-14" }],
    ["unknown", { unknownDay: true }],
  ])("%j", (typed, expected) => {
    expect(parseWhen(typed, today)).toEqual(expected);
  });

  test("without a year it is the latest one that has been", () => {
    expect(parseWhen("30 dec", today)).toEqual({ on: "2025-12-30" });
    expect(parseWhen("december", today)).toEqual({ on: "2025-12" });
    expect(parseWhen("29 feb", today)).toEqual({ on: "2024-02-29" });
  });

  test("months are counted back to a day that exists", () => {
    expect(parseWhen("1 month ago", "2026-03-31")).toEqual({ on: "2026-02-28" });
    expect(parseWhen("4 months ago", "2026-03-31")).toEqual({ on: "2025-11-30" });
  });

  test.each(["31 feb 2026", "2026-13", "2026-02-30", "mayor", "soon", "40 mar"])(
    "%j is refused in words",
    (typed) => {
      const parsed = parseWhen(typed, today);
      expect("problem" in parsed && parsed.problem).toMatch(/Write a day like/);
    },
  );
});

describe("a day as it is shown", () => {
  test("near days count days, far ones weeks, months and years", () => {
    expect(relativeDay("2026-05-21", today)).toBe("today");
    expect(relativeDay("2026-05-20", today)).toBe("yesterday");
    expect(relativeDay("2026-05-10", today)).toBe("11 days ago");
    expect(relativeDay("2026-04-30", today)).toBe("3 weeks ago");
    expect(relativeDay("2025-10-21", today)).toBe("7 months ago");
    expect(relativeDay("2020-05-21", today)).toBe("6 years ago");
    expect(relativeDay("2026-05-23", today)).toBe("in 2 days");
  });

  test("it is no more exact than it is known", () => {
    expect(knownDay("2026-03-01", "month", today)).toBe("March 2026");
    expect(knownDay("2026-01-01", "year", today)).toBe("2026");
    expect(knownDay("2026-01-01", "unknown", today)).toBe("day not known");
  });

  test.each([
    ["en-US-u-va-posix", "12 March 2026 at 15:06"],
    ["en", "12 March 2026 at 15:06"],
    ["de-DE", "12 March 2026 at 15:06"],
    ["en-GB", "12 March 2026 at 15:06"],
    ["en-US", "March 12, 2026 at 3:06 PM"],
  ])("on a system that speaks %s it is %s", (locale, written) => {
    const format = new Intl.DateTimeFormat(dateLocale(locale), {
      dateStyle: "long",
      timeStyle: "short",
      timeZone: "UTC",
    });
    expect(format.format(Date.UTC(2026, 2, 12, 15, 6)).replace(/\s/g, " ")).toBe(written);
  });

  test("a change of clocks does not lose a day", () => {
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
  });

  test("the time elsewhere needs a zone that exists", () => {
    expect(timeIn("Asia/Kolkata", Date.UTC(2026, 4, 21, 9, 2))).toBe("14:32");
    expect(timeIn("Asia/Nowhere", 0)).toBeNull();
  });

  test("an instant is on the day its zone has then, one zone after the other", () => {
    const at = Date.UTC(2026, 4, 21, 23, 30);
    for (let n = 0; n < 2; n++) {
      expect(dayOf(at, "UTC")).toBe("2026-05-21");
      expect(dayOf(at, "Asia/Kolkata")).toBe("2026-05-22");
    }
  });
});
