import { describe, expect, test } from "vitest";
import { inPlace } from "./inPlace";

/** Rows written as "group:key". */
const groups = ["promised", "moved"];
const held = (before: string, now: string, stays = "") =>
  inPlace(before.split(" ").filter(Boolean), now.split(" ").filter(Boolean), {
    key: (row) => row,
    group: (row) => row.split(":")[0]!,
    groups,
    stays: (row) => stays.split(" ").includes(row),
  }).join(" ");

describe("a row that was dealt with", () => {
  test("stays where it stood", () => {
    expect(held("promised:a promised:b promised:c", "promised:a promised:c", "promised:b")).toBe(
      "promised:a promised:b promised:c",
    );
  });

  test("stays first when it was first, also when it was alone in its group", () => {
    expect(held("promised:a promised:b", "promised:b", "promised:a")).toBe("promised:a promised:b");
    expect(held("promised:a moved:b", "moved:b", "promised:a")).toBe("promised:a moved:b");
    expect(held("promised:a moved:b", "promised:a", "moved:b")).toBe("promised:a moved:b");
  });

  test("keeps its neighbours when several went one after the other", () => {
    const all = "promised:a promised:b promised:c promised:d";
    expect(held(all, "promised:d", "promised:a promised:b promised:c")).toBe(all);
  });

  test("stands before whoever moved up into the list", () => {
    expect(held("promised:a promised:b", "promised:b promised:new", "promised:a")).toBe(
      "promised:a promised:b promised:new",
    );
  });

  test("is gone when it may not stay", () => {
    expect(held("promised:a promised:b", "promised:b")).toBe("promised:b");
  });

  test("that came back is the row it is now", () => {
    expect(held("promised:a promised:b", "promised:a promised:b", "promised:a")).toBe(
      "promised:a promised:b",
    );
  });
});
