import { describe, expect, test, vi } from "vitest";
import { listWindow, PAGE, type Rows } from "./listWindow";

type Asked = {
  offset: number;
  limit: number;
  answer: (rows: Rows<string>) => void;
  fail: (why: unknown) => void;
};

/** A core that answers when the test says so. */
function slowCore() {
  const asked: Asked[] = [];
  const fetch = (offset: number, limit: number) =>
    new Promise<Rows<string>>((answer, fail) => asked.push({ offset, limit, answer, fail }));
  return { asked, fetch };
}

const rows = (from: number, of: string, count = 1_000): Rows<string> => ({
  count,
  total: 1_000,
  close: false,
  rows: Array.from({ length: Math.max(0, Math.min(PAGE, count - from)) }, (_, i) => `${of}${from + i}`),
});

const settle = () => vi.waitFor(() => undefined);

describe("the rows of a list", () => {
  test("only the pages in view are fetched", async () => {
    const { asked, fetch } = slowCore();
    const list = listWindow<string>(() => undefined);
    list.ask(fetch);
    list.need(0, 30);
    asked[0]!.answer(rows(0, "a"));
    await settle();
    list.need(505, 540);
    expect(asked.map((a) => a.offset)).toEqual([0, 500]);
    asked[1]!.answer(rows(500, "a"));
    await settle();
    expect(list.row(510)).toBe("a510");
    expect(list.row(700)).toBeUndefined();
  });

  test("an answer to an older question never shows", async () => {
    const older = slowCore();
    const newer = slowCore();
    const list = listWindow<string>(() => undefined);
    list.ask(older.fetch);
    list.ask(newer.fetch);
    newer.asked[0]!.answer(rows(0, "new", 7));
    older.asked[0]!.answer(rows(0, "old"));
    await settle();
    expect(list.row(0)).toBe("new0");
    expect(list.count()).toBe(7);
  });

  test("what is shown stays until the new question is answered", async () => {
    const before = slowCore();
    const after = slowCore();
    const list = listWindow<string>(() => undefined);
    list.ask(before.fetch);
    before.asked[0]!.answer(rows(0, "a"));
    await settle();
    list.ask(after.fetch);
    expect(list.row(3)).toBe("a3");
    expect(list.settled()).toBe(false);
    after.asked[0]!.answer(rows(0, "b"));
    await settle();
    expect(list.row(3)).toBe("b3");
    expect(list.settled()).toBe(true);
  });

  test("nobody is shown under a question that failed, and the next one is answered", async () => {
    const before = slowCore();
    const broken = slowCore();
    const after = slowCore();
    const list = listWindow<string>(() => undefined);
    list.ask(before.fetch);
    before.asked[0]!.answer(rows(0, "a"));
    await settle();
    list.ask(broken.fetch);
    broken.asked[0]!.fail({ code: "invalid", message: "Close the quote.", field: "filter" });
    await settle();
    expect([list.row(0), list.count(), list.total(), list.settled()]).toEqual([undefined, 0, 0, false]);
    expect(list.failure()?.message).toBe("Close the quote.");
    list.ask(after.fetch);
    after.asked[0]!.answer(rows(0, "b"));
    await settle();
    expect([list.row(0), list.failure()]).toEqual(["b0", null]);
  });

  test("a refresh that fails leaves what it shows", async () => {
    const { asked, fetch } = slowCore();
    const list = listWindow<string>(() => undefined);
    list.ask(fetch);
    asked[0]!.answer(rows(0, "a"));
    await settle();
    list.refresh();
    asked[1]!.fail({ code: "busy", message: "Another program is writing.", field: null });
    await settle();
    expect([list.row(0), list.count(), list.settled()]).toEqual(["a0", 1_000, true]);
  });

  test("a refresh fetches what is in view again and keeps it meanwhile", async () => {
    const { asked, fetch } = slowCore();
    const list = listWindow<string>(() => undefined);
    list.ask(fetch);
    asked[0]!.answer(rows(0, "a"));
    await settle();
    list.refresh();
    expect(list.row(0)).toBe("a0");
    asked[1]!.answer(rows(0, "b", 999));
    await settle();
    expect(list.row(0)).toBe("b0");
    expect(list.count()).toBe(999);
  });

  test("a fast scroll skips the pages that were only passed", async () => {
    const { asked, fetch } = slowCore();
    const list = listWindow<string>(() => undefined);
    list.ask(fetch);
    asked[0]!.answer(rows(0, "a"));
    await settle();
    for (let at = 100; at <= 900; at += 100) list.need(at, at + 30);
    expect(asked.map((a) => a.offset)).toEqual([0, 100, 200]);
    asked[1]!.answer(rows(100, "a"));
    await settle();
    expect(asked.map((a) => a.offset)).toEqual([0, 100, 200, 900]);
  });

  test("rows are there before they come into view, in the direction of the scroll", async () => {
    const { asked, fetch } = slowCore();
    const list = listWindow<string>(() => undefined);
    list.ask(fetch);
    list.need(0, 30);
    asked[0]!.answer(rows(0, "a"));
    await settle();
    list.need(22, 52);
    expect(asked.map((a) => a.offset)).toEqual([0, 100]);
    asked[1]!.answer(rows(100, "a"));
    await settle();
    list.need(550, 580);
    asked[2]!.answer(rows(500, "a"));
    await settle();
    list.need(547, 577);
    expect(asked.map((a) => a.offset)).toEqual([0, 100, 500, 600, 400]);
  });

  test("a failure is kept as a sentence and a refresh tries again", async () => {
    const { asked, fetch } = slowCore();
    const list = listWindow<string>(() => undefined);
    list.ask(fetch);
    asked[0]!.fail({ code: "busy", message: "Another program is writing.", field: null });
    await settle();
    expect(list.failure()?.message).toBe("Another program is writing.");
    list.refresh();
    asked[1]!.answer(rows(0, "a"));
    await settle();
    expect(list.failure()).toBeNull();
    expect(list.row(0)).toBe("a0");
  });
});
