import { expect, test } from "vitest";
import type { TimelineEntry } from "../../ipc/gen";
import { months } from "./months";

const on = (onDay: string, precision: TimelineEntry["precision"] = "day") =>
  ({ onDay, precision }) as TimelineEntry;

test("entries stand under their month, and vague days under headings of their own", () => {
  const grouped = months(
    [
      on("2026-05-20"),
      on("2026-05-02"),
      on("2025-12-01"),
      on("2025-01-01", "year"),
      on("2024-01-01", "unknown"),
    ],
    "2026-05-21",
  );
  expect(grouped.map(({ heading, entries }) => [heading, entries.length])).toEqual([
    ["May", 2],
    ["December 2025", 1],
    ["Some time in 2025", 1],
    ["Day not known", 1],
  ]);
});
