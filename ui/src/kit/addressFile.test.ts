import { expect, test } from "vitest";
import type { ImportColumn } from "../ipc/gen";
import { addressFile, columnsWords } from "./addressFile";

const column = (header: string, samples: string[], filled = 3): ImportColumn => ({
  index: 0,
  header,
  samples,
  filled,
  mapping: { target: "skip" },
  days: null,
  unread: null,
});

test("a file of addresses says how many rows have one, the first of them, and what else it holds", () => {
  const holds = addressFile({
    columns: [
      column("email", ["ana@basalt.example", "bo@basalt.example"]),
      column("active_subscription", ["true", "false"]),
      column("city", ["Lyon"]),
      column("empty", [], 0),
    ],
  });
  expect(holds.rows).toBe(3);
  expect(holds.first).toEqual(["ana@basalt.example", "bo@basalt.example"]);
  expect(columnsWords(holds.wants)).toBe("“active_subscription” (true, false)");
  expect(holds.others).toEqual(["city"]);
});

test("a file without an address says so", () => {
  expect(addressFile({ columns: [column("Name", ["Ana"])] }).rows).toBe(0);
});
