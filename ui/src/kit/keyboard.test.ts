// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { chordOf, keyLabel } from "./keyboard";

const press = (key: string, more: KeyboardEventInit = {}) => new KeyboardEvent("keydown", { key, ...more });

describe("the chord of a key", () => {
  test("letters name their Shift, signs do not", () => {
    expect(chordOf(press("Z", { shiftKey: true, ctrlKey: true }))).toBe("Ctrl+Shift+z");
    expect(chordOf(press("?", { shiftKey: true }))).toBe("?");
    expect(chordOf(press("ArrowDown", { shiftKey: true }))).toBe("Shift+ArrowDown");
  });

  test("a Cyrillic keyboard reaches X by its place", () => {
    expect(chordOf(press("ч", { code: "KeyX" }))).toBe("x");
  });

  test("keys are written the way keyboards are labelled", () => {
    expect(keyLabel("Alt+ArrowUp")).toBe("Alt ↑");
    expect(keyLabel("Ctrl+Shift+z")).toBe("Ctrl Shift Z");
    expect(keyLabel(" ")).toBe("Space");
    expect(keyLabel("x")).toBe("X");
  });
});
