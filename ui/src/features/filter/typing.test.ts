import { describe, expect, test } from "vitest";
import { fault, offered, taken, wantsMore, type Reading } from "./typing";

const reading = (more: Partial<Reading>): Reading =>
  ({ tree: null, tidy: "", count: null, error: null, completions: [], ...more }) as Reading;
const offer = (insert: string, from: number, to: number) => ({ label: insert, note: "", insert, from, to });

describe("what is offered while one types", () => {
  test("what could become of the word, at the caret", () => {
    const read = reading({ completions: [offer("stage:learn", 0, 9)] as Reading["completions"] });
    expect(offered(read, "stage:lea", 9)).toHaveLength(1);
    expect(offered(read, "stage:lea rust", 14)).toHaveLength(0);
  });

  test("nothing after a space, but what follows a colon or a comma", () => {
    const at = (text: string) =>
      offered(
        reading({ completions: [offer("learn", text.length, text.length)] as Reading["completions"] }),
        text,
        text.length,
      );
    expect(at("rust ")).toHaveLength(0);
    expect(at("")).toHaveLength(0);
    expect(at("stage:")).toHaveLength(1);
    expect(at("stage:build,")).toHaveLength(1);
  });

  test("not what stands there already", () => {
    const read = reading({ completions: [offer("learn", 6, 11)] as Reading["completions"] });
    expect(offered(read, "stage:learn", 11)).toHaveLength(0);
  });

  test("taking one leaves what stands around it, and the caret behind it", () => {
    expect(taken("a st b", offer("stage:", 2, 4) as never)).toEqual({ text: "a stage: b", caret: 8 });
    expect(wantsMore(offer("stage:", 0, 0) as never)).toBe(true);
    expect(wantsMore(offer("learn", 0, 0) as never)).toBe(false);
  });

  test("a word that can still become something is not called wrong; once the caret leaves it, it is", () => {
    const read = reading({ error: { message: "No.", from: 6, to: 7 } });
    expect(fault(read, 7, true)).toBeNull();
    expect(fault(read, 7, false)?.message).toBe("No.");
    expect(fault(read, 9, true)?.message).toBe("No.");
    expect(fault(read, null, true)?.message).toBe("No.");
  });
});
