// Keys for the whole desktop, as they are pressed, kept and shown. They are kept by their place on the keyboard.
import { keyLabel } from "../../kit/keyboard";

/** The chord of a key event like "Ctrl+Shift+Space"; null while only Ctrl, Shift and their like are held. */
export function keysPressed(event: KeyboardEvent): string | null {
  if (/^(Control|Shift|Alt|Meta|AltGraph)/.test(event.key) || event.code === "") return null;
  const held = [
    event.ctrlKey && "Ctrl",
    event.altKey && "Alt",
    event.shiftKey && "Shift",
    event.metaKey && "Super",
  ];
  return [...held.filter(Boolean), event.code].join("+");
}

/** Any others would be missing in every other program, such as Ctrl C. */
export function canBeTaken(keys: string): boolean {
  return /(Ctrl|Alt|Super)\+/.test(keys) && !/^Ctrl\+(Key|Digit)/.test(keys);
}

/** "Ctrl Shift Space". */
export function keyWords(keys: string): string {
  return keyLabel(keys.replace(/\b(Key|Digit)(?=[A-Z0-9]$)/, ""));
}
