import { describe, expect, test } from "vitest";
import type { ImportPreview, ImportRequest } from "../../ipc/gen";
import {
  addsWords,
  againWords,
  choiceOf,
  decided,
  doneWords,
  importWords,
  mapped,
  mappingOf,
  overwriting,
  placeOf,
  readAs,
  rowsOf,
  separators,
  targetGroups,
  targetLabels,
} from "./request";

const request: ImportRequest = { file: "g", matching: true, source: "import", decisions: {}, overwrite: [] };

test("what a row adds is said as a list, each kind of thing once", () => {
  expect(addsWords(["role", "way to reach them", "tag", "tag"])).toBe(
    "the role, a way to reach them and 2 tags",
  );
});

test("cards are called cards, and the same file again says who would be added a second time", () => {
  const cards = { layout: "Address cards" };
  expect([
    rowsOf(cards, 2),
    placeOf(cards, 3),
    rowsOf({ layout: "CSV" }, 1),
    placeOf({ layout: "CSV" }, 3),
  ]).toEqual(["2 cards", "card 2", "1 row", "row 3"]);
  expect(againWords({ layout: "CSV" })).toBe("");
  expect(againWords({ layout: "CSV", addedAgain: 2 })).toBe(
    "2 rows without an address would be added a second time.",
  );
  expect(againWords({ layout: "CSV", addedAgain: 2, waitsAgain: 1 })).toBe(
    "2 rows without an address would be added a second time; one waits below, because somebody of that name came from it before.",
  );
});

describe("an import before it runs", () => {
  test("a row that waits is decided, and the same decision again takes it back", () => {
    const once = decided(request, 7, "skip");
    expect(once.decisions).toEqual({ 7: "skip" });
    expect(decided(once, 7, "new").decisions).toEqual({ 7: "new" });
    expect(decided(once, 7, "skip").decisions).toEqual({});
  });

  test("a row replaces only while it is chosen", () => {
    const replacing = overwriting(overwriting(request, 3, true), 3, true);
    expect(replacing.overwrite).toEqual([3]);
    expect(overwriting(replacing, 3, false).overwrite).toEqual([]);
  });

  test("what was said of one column stands when the next is chosen before the answer has come", () => {
    const columns = [0, 1].map((index) => ({ index, mapping: { target: "skip" } }));
    const shown = { columns } as ImportPreview;
    const both = mapped(mapped(request, shown, 0, { target: "name" }), shown, 1, { target: "email" });
    expect(both.mapping).toEqual([{ target: "name" }, { target: "email" }]);
  });

  test("a column keeps its place to go through the select", () => {
    expect(mappingOf(choiceOf({ custom: "T-shirt: size" }))).toEqual({ custom: "T-shirt: size" });
    expect(mappingOf(choiceOf({ target: "email" }))).toEqual({ target: "email" });
  });

  test("every place to go is offered once", () => {
    const offered = targetGroups.flatMap(({ targets }) => targets);
    expect([...offered, "skip"].sort()).toEqual(Object.keys(targetLabels).sort());
  });

  test("the button says what it will do", () => {
    expect(importWords({ newPeople: 380, updates: 20 })).toBe("Import 380 people and update 20");
    expect(importWords({ newPeople: 1, updates: 0 })).toBe("Import 1 person");
    expect(importWords({ newPeople: 0, updates: 3 })).toBe("Update 3 people");
    expect(importWords({ newPeople: 0, updates: 0 })).toBe("Nothing to import");
    expect(importWords({ newPeople: 0, updates: 0, unsubscribed: 2 })).toBe(
      "Take in 2 noes to the newsletter",
    );
    expect(importWords({ newPeople: 0, updates: 0, unsubscribed: 0 })).toBe("Nothing to import");
    expect(importWords({ newPeople: 1_200, updates: 4_000 })).toMatch(
      /^Import 1\D200 people and update 4\D000$/,
    );
  });

  test("and what was done", () => {
    expect(doneWords({ added: 380, updated: 20 })).toBe("Imported 380 people");
    expect(doneWords({ added: 0, updated: 1 })).toBe("Updated 1 person");
    expect(doneWords({ added: 0, updated: 0 })).toBe("Imported 0 people");
  });
});

test("what a text may be separated by is offered, with what it is separated by", () => {
  expect(separators(";").map(([sign]) => sign)).toEqual([",", ";", "\t", "|"]);
  expect(separators("^").at(-1)).toEqual(["^", "“^”"]);
});

test("another sheet, or another separator, starts with its own columns and without decisions", () => {
  const mapped = {
    ...request,
    mapping: [{ target: "name" as const }],
    decisions: { 7: "skip" as const },
    overwrite: [3],
  };
  expect(readAs(mapped, { sheet: "Prices" })).toEqual({ ...request, sheet: "Prices" });
  expect(readAs(mapped, { separator: ";" })).toEqual({ ...request, separator: ";" });
});
