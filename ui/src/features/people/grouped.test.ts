import { describe, expect, test } from "vitest";
import { grouped, headingWords, type Heading } from "./grouped";

const headings: Heading[] = [
  { key: "A", count: 2, sort: "name" },
  { key: "B", count: 1, sort: "name" },
  { key: null, count: 3, sort: "name" },
];

/** What stands on each line: a heading by its key, or the number of a person. */
const all = (of: ReturnType<typeof grouped>) =>
  Array.from({ length: of.lines }, (_, at) => {
    const line = of.line(at);
    return "person" in line ? line.person : `${line.heading.key} ${line.heading.count}`;
  });

describe("a list under headings", () => {
  test("has a line for each heading and each person", () => {
    expect(all(grouped(headings, 6))).toEqual(["A 2", 0, 1, "B 1", 2, "null 3", 3, 4, 5]);
  });

  test("finds the line of a person, and the heading over a line", () => {
    const of = grouped(headings, 6);
    expect([0, 1, 2, 3, 5].map(of.lineOf)).toEqual([1, 2, 4, 6, 8]);
    expect([0, 2, 3, 8].map((at) => of.headingOver(at)?.key)).toEqual(["A", "A", "B", null]);
  });

  test("says whom a stretch of lines needs, headings or not at its ends", () => {
    const of = grouped(headings, 6);
    expect(of.peopleIn(0, 8)).toEqual([0, 5]);
    expect(of.peopleIn(2, 4)).toEqual([1, 2]);
    expect(of.peopleIn(3, 3)).toEqual([2, 2]);
  });

  test("is a plain list without headings", () => {
    const of = grouped([], 3);
    expect(all(of)).toEqual([0, 1, 2]);
    expect([of.lineOf(2), of.headingOver(1)]).toEqual([2, null]);
    expect(of.peopleIn(0, 2)).toEqual([0, 2]);
    expect(grouped([], 0).lines).toBe(0);
    expect(grouped(headings, 0).lines).toBe(0);
  });

  test("holds everybody, though somebody came or went since the headings were counted", () => {
    expect(all(grouped(headings, 7))).toEqual(["A 2", 0, 1, "B 1", 2, "null 4", 3, 4, 5, 6]);
    expect(all(grouped(headings, 3))).toEqual(["A 2", 0, 1, "B 1", 2]);
  });

  test("goes there and back for every person of a long list", () => {
    const many = Array.from({ length: 400 }, (_, n) => ({
      key: `${n}`,
      count: (n % 7) + 1,
      sort: "name" as const,
    }));
    const people = many.reduce((sum, { count }) => sum + count, 0);
    const of = grouped(many, people);
    expect(of.lines).toBe(people + 400);
    for (let person = 0; person < people; person++) expect(of.line(of.lineOf(person))).toEqual({ person });
  });
});

test("a heading is said in the words of what the list is sorted by", () => {
  const say = (key: string | null, sort: Heading["sort"]) =>
    headingWords({ key, count: 1, sort }, "2026-05-21");
  expect(say("build", "stage")).toBe("Building");
  expect(say(null, "stage")).toBe("Not placed yet");
  expect(say("NG", "country")).toBe("Nigeria");
  expect(say(null, "country")).toBe("No country");
  expect(say("2025-11", "last_touch")).toBe("November 2025");
  expect(say(null, "last_touch")).toBe("Nothing yet");
  expect(say("Acme GmbH", "organisation")).toBe("Acme GmbH");
  expect(say("林", "name")).toBe("林");
});
