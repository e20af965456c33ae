import { describe, expect, test } from "vitest";
import { rowIn, slotsFor } from "./slots";

const view = { scrolled: 0, height: 320, rowHeight: 32, count: 100_000, spare: 4 };
const rows = (at: typeof view) => {
  const slots = slotsFor(at);
  return Array.from({ length: slots.size }, (_, slot) => rowIn(slot, slots));
};

describe("the slots of a virtual list", () => {
  test("show every row in view, each once", () => {
    const shown = rows({ ...view, scrolled: 32 * 5_000 + 7 });
    expect(new Set(shown).size).toBe(shown.length);
    for (let row = 5_000; row <= 5_010; row++) expect(shown).toContain(row);
  });

  test("change in one slot when the list moves by one row", () => {
    const before = rows({ ...view, scrolled: 32 * 500 });
    const after = rows({ ...view, scrolled: 32 * 501 });
    expect(after.filter((row, slot) => row !== before[slot])).toHaveLength(1);
  });

  test("end with the last row", () => {
    expect(Math.max(...rows({ ...view, scrolled: 32 * 100_000 }))).toBe(99_999);
  });

  test("are no more than there are rows", () => {
    expect(rows({ ...view, count: 3 }).sort()).toEqual([0, 1, 2]);
    expect(rows({ ...view, count: 0 })).toEqual([]);
  });
});
