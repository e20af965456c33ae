import { describe, expect, test } from "vitest";
import type { Difference, Named } from "../../ipc/gen";
import { changes, moment, size } from "./backupWords";

const nobody: Named = { count: 0, names: [] };
const same: Difference = {
  back: nobody,
  apart: nobody,
  together: nobody,
  gone: nobody,
  changed: nobody,
  kinds: [],
  trash: 0,
  noesKept: 0,
  keptApart: nobody,
};

describe("what putting a backup back would change", () => {
  test("names those it is about, and counts the others", () => {
    expect(
      changes({
        apart: { count: 1, names: ["Adele"] },
        together: { count: 1, names: ["Bea"] },
        back: { count: 3, names: ["Ada", "Bo", "Cem"] },
        gone: { count: 12, names: ["Dee", "Eve", "Fay", "Gil", "Hal"] },
        changed: { count: 1, names: ["Ida"] },
        kinds: [
          { one: "entry", many: "entries", back: 2, gone: 1, changed: 3 },
          { one: "tag", many: "tags", back: 0, gone: 1, changed: 0 },
        ],
        trash: 4,
        noesKept: 1,
        keptApart: { count: 2, names: ["Jo", "Kim"] },
      }),
    ).toEqual([
      "3 people in the backup and not here now would be here again: Ada, Bo and Cem.",
      "1 person merged with somebody since would stand by themselves again: Adele.",
      "1 person by themselves now would be merged with somebody again: Bea.",
      "12 people here now and not in the backup would be gone: Dee, Eve, Fay, Gil, Hal and 7 others.",
      "1 person would be as they were then: Ida.",
      "2 entries would be here again.",
      "1 entry would be gone.",
      "3 entries would be as before.",
      "1 tag would be gone.",
      "4 things in the trash would be as before.",
      "2 people not to be contacted since then, or who objected, will be kept so: Jo and Kim.",
      "What was said against writing to 1 address since then stays.",
    ]);
  });

  test("one of many is one other", () => {
    const back = { count: 6, names: ["A", "B", "C", "D", "E"] };
    expect(changes({ ...same, back })).toEqual([
      "6 people in the backup and not here now would be here again: A, B, C, D, E and 1 other.",
    ]);
  });

  test("is nothing when everything is the same", () => {
    expect(changes(same)).toEqual([]);
  });
});

test("a moment is said from the day it is, in the zone of the file", () => {
  const now = { zone: "Europe/Berlin", today: "2026-05-21" };
  expect(moment(Date.UTC(2026, 4, 21, 12, 2), now)).toBe("today 14:02");
  expect(moment(Date.UTC(2026, 4, 20, 22, 30), now)).toBe("today 00:30");
  expect(moment(Date.UTC(2026, 4, 20, 12, 2), now)).toBe("yesterday 14:02");
  expect(moment(Date.UTC(2026, 4, 3, 12, 2), now)).toContain("2026");
});

test("sizes are said as file managers do", () => {
  expect([size(200), size(640_000), size(999_600), size(12_400_000)]).toEqual([
    "1 kB",
    "640 kB",
    "1 MB",
    "12.4 MB",
  ]);
});
