import { expect, test } from "vitest";
import { above } from "./toastPlace";

const box = { left: 500, right: 950, height: 40 };
const row = (top: number, height = 32, left = 48) => ({ left, right: 960, top, bottom: top + height });

test("it stands at the foot where nothing of what was done is", () => {
  expect(above(box, [], 3, 600)).toBe(3);
  expect(above(box, [row(132)], 36, 600)).toBe(36);
});

test("it stands above the row that changed, and above the next one where that changed too", () => {
  expect(above(box, [row(540)], 36, 600)).toBe(64);
  expect(above(box, [row(540), row(508)], 36, 600)).toBe(96);
});

test("what ends beside it, and a place with all that is in it, are not in its way", () => {
  expect(above(box, [{ ...row(560), right: 400 }], 3, 600)).toBe(3);
  expect(above(box, [row(84, 480)], 3, 600)).toBe(3);
});

test("where every row changed it stays at the foot", () => {
  const rows = Array.from({ length: 16 }, (_, i) => row(56 + i * 32));
  expect(above(box, rows, 36, 600)).toBe(36);
});
