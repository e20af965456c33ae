import { expect, test } from "vitest";
import { columnAt, columnBeside, columnsOf, stagesAsked } from "./board.svelte";

test("a filter of stages leaves their columns, in the order of the journey", () => {
  expect(columnsOf(["build", "none"])).toEqual(["none", "build"]);
  expect(columnsOf([])).toHaveLength(6);
});

test("adopting can be one column of two stages, under a filter too", () => {
  expect(columnsOf([], true)).toEqual(["none", "discover", "evaluate", "learn", "build"]);
  expect(columnsOf(["scale"], true)).toEqual(["build"]);
  expect(stagesAsked("build", [], true)).toEqual(["build", "scale"]);
  expect(stagesAsked("build", ["scale", "learn"], true)).toEqual(["scale"]);
  expect(stagesAsked("build", [], false)).toEqual(["build"]);
});

test("beside the last column there is none", () => {
  expect(columnBeside(["none", "learn", "scale"], "learn", 1)).toBe("scale");
  expect(columnBeside(["none", "learn", "scale"], "none", -1)).toBeNull();
  expect(columnBeside(["none", "learn"], "learn", 1)).toBeNull();
});

test("a card is dropped where the pointer is, and nowhere when it is far away", () => {
  const boxes = [
    { stage: "none", left: 0, right: 100 },
    { stage: "discover", left: 108, right: 200 },
  ] as const;
  expect(columnAt(boxes, 50)).toBe("none");
  expect(columnAt(boxes, 107)).toBe("discover");
  expect(columnAt(boxes, 230)).toBe("discover");
  expect(columnAt(boxes, 260)).toBeNull();
  expect(columnAt([], 10)).toBeNull();
});
