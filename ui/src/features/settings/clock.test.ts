import { expect, test } from "vitest";
import { clock, minutes } from "./clock";

test("an hour of the day is read as people write it, and nothing else is", () => {
  for (const [text, at] of [
    ["8", 480],
    ["08:00", 480],
    ["20.30", 1230],
    ["2030", 1230],
    [" 0:05 ", 5],
    ["23:59", 1439],
  ] as const)
    expect(minutes(text), text).toBe(at);
  for (const text of ["24:00", "8:60", "eight", "", "8:5", "-1"]) expect(minutes(text), text).toBeNull();
});

test("an hour that is written is read again", () => {
  for (let at = 0; at < 1440; at += 7) expect(minutes(clock(at))).toBe(at);
});
