// Hands on a keyboard, in a browser and in the real window alike, that count what they press: the table of workflows says
// how many keys each may take.

export type Keyboard = {
  /** Types a text, key by key. */
  type(text: string): Promise<void>;
  /** Presses a key, or several at once: `Control+Shift+Space`. */
  press(chord: string): Promise<void>;
};

export type Hands = Keyboard & {
  /** As many as were pressed. A chord of several keys counts as two, as in the table. */
  keys(): number;
};

export function hands(on: Keyboard): Hands {
  let pressed = 0;
  return {
    keys: () => pressed,
    async type(text) {
      pressed += [...text].length;
      await on.type(text);
    },
    async press(chord) {
      pressed += chord.length > 1 && chord.includes("+") ? 2 : 1;
      await on.press(chord);
    },
  };
}

/** Seconds for one decision and these keys, by the keystroke-level model at 40 words a minute. */
export const seconds = (keys: number): number => 1.35 + 0.28 * keys;
