import { afterEach, describe, expect, test, vi } from "vitest";
import { httpHost } from "./http";

const reply = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const answering = (...replies: (Response | Error)[]) => {
  const fetched = vi.fn<typeof fetch>(async () => {
    const next = replies.shift() ?? reply(200, null);
    if (next instanceof Error) throw next;
    return next;
  });
  vi.stubGlobal("fetch", fetched);
  return fetched;
};

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the bridge over HTTP", () => {
  test("a call goes to its own path and brings back the value and what changed", async () => {
    const fetched = answering(reply(200, { value: { id: "1" }, changed: ["people"] }));
    const answer = await httpHost().rpc("people.edit", { id: "1" }, "a7");
    expect(answer).toEqual({ value: { id: "1" }, changed: ["people"] });
    expect(fetched).toHaveBeenCalledWith(
      "/rpc/people.edit?request=a7",
      expect.objectContaining({ method: "POST", body: '{"id":"1"}' }),
    );
  });

  test("a refusal is the failure itself", async () => {
    const failure = { code: "invalid", message: "A person needs a name.", field: "displayName" };
    answering(reply(422, failure));
    await expect(httpHost().rpc("people.create", {}, "a8")).rejects.toEqual(failure);
  });

  test("no answer is said in a sentence", async () => {
    answering(new TypeError("fetch failed"));
    await expect(httpHost().start()).rejects.toMatchObject({
      code: "internal",
      message: expect.stringContaining("everything saved so far is safe"),
    });
  });

  test("a browser has one file, and says so", async () => {
    const host = httpHost();
    expect(await host.recentFiles()).toEqual([]);
    await expect(host.openFile({ which: "chosen" })).rejects.toMatchObject({
      message: "Only the window can open another file.",
    });
    await expect(host.moveFile()).rejects.toMatchObject({ message: "Only the window can move the file." });
    for (const asked of [host.restoreBackup("main.hallway"), host.lookAtFile()])
      await expect(asked).rejects.toMatchObject({ message: "Only the window can do that." });
  });

  test("the backups are those the core lists", async () => {
    const fetched = answering(reply(200, { value: [{ name: "main.hallway" }], changed: [] }));
    expect(await httpHost().listBackups()).toEqual([{ name: "main.hallway" }]);
    expect(fetched).toHaveBeenCalledWith(
      expect.stringMatching(/^\/rpc\/backups\.list\?request=/),
      expect.objectContaining({ method: "POST" }),
    );
  });

  test("a change is heard once, when the revision moves", async () => {
    vi.useFakeTimers();
    const at = (revision: number) => reply(200, { tables: ["*"], revision });
    answering(at(4), at(4), new TypeError("away"), at(5), at(5));
    const heard = vi.fn();
    const stop = httpHost().onChanged(heard);
    await vi.advanceTimersByTimeAsync(2_100);
    stop();
    expect(heard).toHaveBeenCalledExactlyOnceWith({ tables: ["*"], revision: 5 });
  });
});
