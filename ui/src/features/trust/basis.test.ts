import { expect, test } from "vitest";
import type { EnoughFor, PointTrust, Purpose, PurposeTrust } from "../../ipc/gen";
import { dayTyped, shortDay } from "../../kit/dates";
import { basisLine, endedNoes, isShown, notEnough, reasonsFor, stillRefused } from "./basis";

const TODAY = "2026-05-21";
const all: readonly Purpose[] = ["one_to_one", "list_mail", "swag_post", "recruiting_intro", "sales_intro"];

function trust(
  lines: Partial<Record<Purpose, Partial<PurposeTrust>>>,
  more: Partial<PointTrust> = {},
): PointTrust {
  return {
    point: "p",
    kind: "email",
    value: "ana@basalt.example",
    source: "they_gave_it",
    sourceNote: null,
    obtainedOn: "2026-05-01",
    status: "ok",
    suppressed: null,
    said: [],
    ...more,
    purposes: all.map((purpose) => ({
      purpose,
      basis: "unknown" as const,
      evidence: null,
      recordedOn: null,
      leftOut: "unknown_basis" as const,
      words: "unknown basis",
      ...lines[purpose],
    })),
  };
}
const day = (on: string) => shortDay(on, TODAY);
const may = { leftOut: null, words: null };

test.each([
  [
    "a yes in person says since when",
    trust({ one_to_one: { basis: "said_yes_in_person", recordedOn: TODAY, ...may } }),
    `May write: said yes in person, ${day("2026-05-21")}`,
  ],
  [
    "one word for both stands once",
    trust({
      one_to_one: { basis: "opted_in", recordedOn: "2026-05-03", ...may },
      list_mail: { basis: "opted_in", recordedOn: "2026-05-03", ...may },
    }),
    `May write, also to a list: opted in, ${day("2026-05-03")}`,
  ],
  [
    "two words stand beside each other",
    trust({
      one_to_one: { basis: "they_wrote_first", recordedOn: "2025-11-02", ...may },
      list_mail: { basis: "opted_in", recordedOn: "2026-05-03", ...may },
    }),
    `May write: wrote first, ${day("2025-11-02")}; to a list: opted in, ${day("2026-05-03")}`,
  ],
  [
    "only a list",
    trust({ list_mail: { basis: "opted_in", recordedOn: "2026-05-03", ...may } }),
    `May write to a list: opted in, ${day("2026-05-03")}`,
  ],
  [
    "only the post",
    trust({ swag_post: { basis: "said_yes_in_person", recordedOn: TODAY, ...may } }),
    `Only for something in the post: said yes in person, ${day("2026-05-21")}`,
  ],
  ["nothing is known", trust({}), "Not known why one may write"],
  [
    "an objection says when",
    trust({
      one_to_one: { basis: "objected", leftOut: "objected", words: "asked not to", recordedOn: "2026-05-03" },
    }),
    `May not write: asked not to, ${day("2026-05-03")}`,
  ],
  [
    "an address that bounced says so, whatever its basis",
    trust({ one_to_one: { basis: "opted_in", recordedOn: TODAY, leftOut: "bounced", words: "bounced" } }),
    "May not write: bounced",
  ],
  [
    "the suppression list stands over everything",
    trust({ one_to_one: { basis: "opted_in", ...may } }, { suppressed: "unsubscribed" }),
    "May not write: on the suppression list (unsubscribed)",
  ],
])("%s", (_, point, words) => expect(basisLine(point, TODAY).text).toBe(words));

test("a profile says nothing until something is known of it", () => {
  expect(isShown(trust({}, { kind: "github" }))).toBe(false);
  expect(isShown(trust({ one_to_one: { basis: "objected", leftOut: "objected" } }, { kind: "github" }))).toBe(
    true,
  );
  expect(isShown(trust({}))).toBe(true);
});

test.each([
  ["", { on: TODAY }],
  ["3 may", { on: "2026-05-03" }],
  ["yesterday", { on: "2026-05-20" }],
  ["2026-03", { problem: "Write the day, like 3 may or 2026-05-03." }],
  ["tomorrow", { problem: "That day is still to come. Write when it was said." }],
])("the day “%s”", (text, read) => expect(dayTyped(text, TODAY)).toEqual(read));

const enough: readonly EnoughFor[] = [
  { purpose: "list_mail", bases: ["opted_in", "existing_user"] },
  { purpose: "sales_intro", bases: ["opted_in", "said_yes_in_person"] },
];

test("where it is settled what it is for, only what is enough for it can be chosen", () => {
  expect(reasonsFor(["list_mail"], enough)).toEqual(["opted_in", "existing_user"]);
  expect(reasonsFor(null, enough)).toContain("public_work_one_to_one");
  expect(reasonsFor(["list_mail"], [])).toContain("public_work_one_to_one");
});

test("a reason that is not enough says what would be", () => {
  expect(notEnough("public_work_one_to_one", "list_mail", enough)).toBe(
    "not enough for this: it takes “opted in” or “uses what we make”",
  );
  expect(notEnough("opted_in", "list_mail", enough)).toBeNull();
  expect(notEnough("unknown", "list_mail", enough)).toBeNull();
  expect(notEnough("", "list_mail", enough)).toBeNull();
});

test("where a no was ended, the addresses are named at which it stays", () => {
  const no = (leftOut: PurposeTrust["leftOut"], words: string) => ({ list_mail: { leftOut, words } });
  const at = (value: string, lines: Parameters<typeof trust>[0], more: Partial<PointTrust> = {}) =>
    trust(lines, { point: value, value, ...more });
  const before = at("new@x.example", no("objected", "asked not to"));
  const now = at("new@x.example", { list_mail: { basis: "opted_in", ...may } });
  const ended = endedNoes(before, now, ["list_mail", "one_to_one"]);
  expect(ended).toEqual(["list_mail"]);
  const old = at("old@x.example", no("opted_out", "opted out"));
  const older = at("older@x.example", no("suppressed", "on the suppression list"));
  const phone = at("+1", no("objected", "asked not to"), { kind: "phone" });
  const bounced = at("gone@x.example", no("bounced", "bounced"));
  expect(stillRefused(now, [now, old, phone, bounced], ended)).toBe(
    "That is so of this address only. One still may not write to old@x.example: opted out.",
  );
  expect(stillRefused(now, [now, old, older], ended)).toBe(
    "That is so of this address only. One still may not write to old@x.example or older@x.example.",
  );
  expect(stillRefused(now, [now, phone, bounced], ended), "nothing of the kind is refused").toBeNull();
  expect(stillRefused(before, [before, old], ended), "the no is back").toBeNull();
  expect(stillRefused(now, [now, old], []), "nothing was ended").toBeNull();
});
