import { expect, test } from "vitest";
import type { Stage } from "../../ipc/gen";
import { STAGES } from "../../kit/words";
import { fieldToMend, fitting, foretold, newKind, numberTyped, proving } from "./rules";

test("what would move is said in one sentence", () => {
  const people = { people: [] };
  expect(foretold({ moved: 14, up: 9, toReview: 5, ...people })).toBe(
    "This would move 14 people: 9 up, 5 back, which you are asked about.",
  );
  expect(foretold({ moved: 1, up: 0, toReview: 1, ...people })).toBe(
    "This would move 1 person: 1 back, which you are asked about.",
  );
  expect(foretold({ moved: 0, up: 0, toReview: 0, ...people })).toBe("This moves nobody.");
});

test("a kind of one's own has a key nobody else has, in whatever script it is called", () => {
  const first = newKind("Taught a class ", "from_them", []);
  expect([first.key, first.label, first.on, first.points_to]).toEqual([
    "taught_a_class",
    "Taught a class",
    true,
    null,
  ]);
  expect(newKind("Taught: a Class", "from_them", [first]).key).toBe("taught_a_class_2");
  expect(newKind("教えた", "from_them", []).key).toBe("kind");
});

test("a stage needs a strength, and a proof points at least as far as it proves", () => {
  const kind = newKind("Taught", "from_them", []);
  expect(fitting({ ...kind, proves: "build" })).toMatchObject({ points_to: "build", strength: "strong" });
  expect(fitting({ ...kind, points_to: "scale", strength: "weak" })).toMatchObject({
    proves: null,
    strength: "weak",
  });
  expect(fitting({ ...kind, strength: "weak" }).strength).toBeNull();
});

test("a sign that counts as a proof proves its stage, and what proves nothing is no proof", () => {
  const kind = fitting({ ...newKind("Taught", "from_them", []), points_to: "discover", strength: "proof" });
  expect(kind.proves).toBe("discover");
  expect(proving(kind, null)).toMatchObject({ points_to: "discover", strength: "strong", proves: null });
});

test("a number that is none leaves the one before", () => {
  expect([
    numberTyped("90", 180),
    numberTyped("", 180),
    numberTyped("x", 180),
    numberTyped("-3", 180),
  ]).toEqual([90, 180, 180, 180]);
});

test("a refusal leads to the field that it is about", () => {
  const enter = Object.fromEntries(STAGES.map((stage) => [stage, 60])) as Record<Stage, number>;
  const [first, second] = STAGES;
  expect(fieldToMend("Choose a half-life between 30 and 720 days.", { enter })).toBe("half_life_days");
  expect(fieldToMend("Let people be quiet before they are dormant.", { enter })).toBe("quiet_days");
  expect(
    fieldToMend("Ask for more than nothing to enter a stage.", { enter: { ...enter, [second!]: 0 } }),
  ).toBe(`enter.${second}`);
  expect(
    fieldToMend("Let one proof be enough to enter any stage.", { enter: { ...enter, [first!]: 900 } }),
  ).toBe(`enter.${first}`);
  expect(fieldToMend("“Came to enter a talk” can be switched off, but not taken out.", { enter })).toBeNull();
});
