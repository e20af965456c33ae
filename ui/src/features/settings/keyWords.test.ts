// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { canBeTaken, keysPressed, keyWords } from "./keyWords";

const press = (code: string, key: string, held: KeyboardEventInit = {}) =>
  keysPressed(new KeyboardEvent("keydown", { code, key, ...held }));

test("keys are kept by their place, whatever is written on them", () => {
  expect(press("Space", " ", { ctrlKey: true, shiftKey: true })).toBe("Ctrl+Shift+Space");
  expect(press("KeyK", "л", { altKey: true })).toBe("Alt+KeyK");
  expect(press("F9", "F9", { metaKey: true })).toBe("Super+F9");
  expect(press("ShiftLeft", "Shift", { ctrlKey: true, shiftKey: true })).toBeNull();
});

test("keys that every program needs cannot be taken", () => {
  expect(["Ctrl+Shift+Space", "Alt+KeyK", "Super+F9"].every(canBeTaken)).toBe(true);
  expect(["KeyK", "Shift+KeyK", "F9", "Ctrl+KeyC", "Ctrl+Digit1"].some(canBeTaken)).toBe(false);
});

test("keys are shown as they are called", () => {
  expect(keyWords("Ctrl+Shift+Space")).toBe("Ctrl Shift Space");
  expect(keyWords("Alt+KeyK")).toBe("Alt K");
  expect(keyWords("Ctrl+Digit1")).toBe("Ctrl 1");
});
