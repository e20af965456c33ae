import { expect, test } from "vitest";
import { goneLines, isSameName, pieces, receiptDetails, receiptWords, toType } from "./words";

test("a name is typed as it stands, give or take blanks and how its letters are made up", () => {
  expect(isSameName(" Ana  Souza ", "Ana Souza")).toBe(true);
  expect(isSameName("Łódź".normalize("NFD"), "Łódź")).toBe(true);
  expect(isSameName("ana souza", "Ana Souza")).toBe(false);
  expect(isSameName("", "")).toBe(false);
});

test("of several it is typed how many they are", () => {
  expect(toType(["Ana"])).toBe("Ana");
  expect(toType(["Ana", "Bo"])).toBe("2 people");
});

test("what there is most of stands first", () =>
  expect(
    goneLines([
      { table: "people", what: "person", count: 1 },
      { table: "touchpoints", what: "entry", count: 3 },
    ]),
  ).toEqual([
    { what: "Entries", count: 3 },
    { what: "Person", count: 1 },
  ]));

test("a text is cut where it names them, whatever the order of the places", () => {
  const spans = [
    [12, 15],
    [0, 3],
  ] as const;
  expect(pieces("Ana met Bo, Ana said", spans)).toEqual([
    { text: "Ana", named: true },
    { text: " met Bo, ", named: false },
    { text: "Ana", named: true },
    { text: " said", named: false },
  ]);
  expect(pieces("nobody", [])).toEqual([{ text: "nobody", named: false }]);
});

test("a receipt says what was decided", () => {
  const receipt = {
    id: "r",
    at: 0,
    why: "asked" as const,
    people: 1,
    gone: [{ table: "people", what: "person", count: 1 }],
    kept: [{ table: "touchpoints", row: "t", column: "note", place: "A note of what happened" }],
    blanked: 2,
    searched: "Texts about others were searched for their names.",
    outOfReach: "Out of its reach is what left before.",
    suppressed: 1,
    backups: ["a", "b"],
    finishedAt: 1,
    unfinished: null,
  };
  expect(receiptWords(receipt)).toBe("Erased 1 person");
  const emptied = {
    ...receipt,
    why: "trash" as const,
    people: 0,
    gone: [{ table: "t", what: "entry", count: 2 }],
  };
  expect(receiptWords(emptied)).toBe("The trash was emptied: 2 things");
  expect(receiptWords({ ...emptied, why: "ran_out" })).toBe("2 postal addresses came to their day");
  expect(receiptDetails(receipt)).toEqual([
    "Texts about others were searched for their names.",
    "The words that named them are blanked in 2 texts about others.",
    "By decision, 1 text about others still names them.",
    "1 address is never written to again; only a keyed hash is kept.",
    "2 backups were written anew without them.",
    "Out of its reach is what left before.",
  ]);
  const part = { ...receipt.kept[0]!, inPart: true };
  expect(receiptDetails({ ...receipt, kept: [...receipt.kept, part] })).toContain(
    "1 text about others stays as it is, in which only a part of their name stands, or where they worked.",
  );
  expect(receiptDetails({ ...receipt, why: "trash" })).toContain("1 text about others still names them.");
});
