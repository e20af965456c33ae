import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { heldWords, lineWords, particularWords } from "./heldWords";

/** Every entity of which rows are about somebody, and every column of it, as docs/json.md lists them from the records. */
const entities = [
  "people",
  "contactPoints",
  "contactBases",
  "objections",
  "postalAddresses",
  "personTags",
  "fieldValues",
  "touchpoints",
  "touchpointPeople",
  "captures",
  "followups",
  "cadences",
  "setAside",
  "stageChanges",
  "stagePins",
  "listPeople",
];
type Column = { entity: string; field: string; type: string };
const docs = readFileSync(`${import.meta.dirname}/../../../../docs/json.md`, "utf8");
const columns: Column[] = entities.flatMap((entity) => {
  const section = new RegExp("^### `" + entity + "`$([^]*?)^###", "m").exec(docs)?.[1] ?? "";
  const rows = [...section.matchAll(/^\| `(\w+)` \| ([^|]+) \|.*$/gm)];
  return rows
    .filter(([row]) => !row.includes("For readers:"))
    .map(([, field = "", type = ""]) => ({ entity, field, type }));
});

/** What the page never says: numbers of rows, what stands in the words themselves, and what is made from something else. */
const notSaid = new Set([
  "id",
  "personId",
  "mergedInto",
  "axis",
  "configVersion",
  "series",
  "nth",
  "clearedBy",
  "key",
  "deletedAt",
  "createdAt",
  "updatedAt",
]);

/** The label that the core gives a column: a word of its own for some, the name of the column for the others. */
function coreLabel({ entity, field }: Column): string {
  const own: Record<string, string> = {
    displayName: "Name",
    roleTitle: "Role",
    challenges: "Stuck on",
    contentPrefs: "Likes to",
    appreciationPrefs: "Likes to be thanked by",
    source: "Came from",
    sourceNote: "More about that",
    isPrimary: "The one to use first",
    recordedOn: "Known since",
    basis: "Whether one may write",
    direction: "Who to whom",
    obtainedOn: "Since",
    expiresOn: "Deleted on",
    observedBy: "How that is known",
    incentivised: "Was rewarded for it",
    raw: "Value",
    touchpointId: "In",
  };
  if (entity === "contactPoints" && field === "status") return "Whether it works";
  if (entity === "postalAddresses" && field === "purpose") return "Given for";
  const spelled = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/ id$/, "");
  return own[field] ?? spelled.charAt(0).toUpperCase() + spelled.slice(1);
}

const said = columns.filter(({ field }) => !notSaid.has(field));

test("the columns are found in the docs", () => {
  expect(said.length).toBeGreaterThan(70);
  for (const entity of entities)
    expect(
      columns.some((one) => one.entity === entity),
      entity,
    ).toBe(true);
});

test.each(said.map((column) => [`${column.entity}.${column.field}`, column] as const))(
  "%s has a word, and each of its choices too",
  (_, column) => {
    const label = coreLabel(column);
    expect(heldWords, `a word for “${label}”`).toHaveProperty([label]);
    const choices = /^one of (.+?)(?: or null)?$/.exec(column.type)?.[1]?.split(", ") ?? [];
    for (const choice of choices) {
      const key = choice.replaceAll("_", " ");
      // The core says these two in other words.
      const value = { ok: "it does", form: "written down in the window" }[key] ?? key;
      const { values, say } = heldWords[label]!;
      const word = say ? say(value) : values && (values[choice] ?? values[value]);
      expect(word, `a word for “${label}: ${value}”`).toBeTruthy();
      if (say) expect(word).not.toBe(value);
      expect(particularWords({ label, value }).value).not.toMatch(/_/);
    }
    const { say } = heldWords[label]!;
    if (column.type.startsWith("number") && !/At$|^at$|^sentiment$/.test(column.field))
      expect(say?.("30"), "a number with its unit").toMatch(/^30 [a-z]+$/);
  },
);

test("a choice is said by its word, also what it was and what it became", () => {
  const words = (label: string, value: string) => {
    const one = particularWords({ label, value });
    return `${one.label}: ${one.value}`;
  };
  expect(words("Purpose", "list mail")).toBe("For: Mail to a list");
  expect(words("Whether one may write", "public work one to one")).toBe(
    "Whether one may write: Public work, one to one",
  );
  expect(words("Observed stage", "build")).toBe("Stage they were seen in: Building");
  expect(words("Status", "open → auto cleared")).toBe("What became of it: Open → Cleared by itself");
  expect(words("Status", "open, until then")).toBe("What became of it: Open, until then");
  expect(words("Likes to", "live, one to one")).toBe("Likes: Live sessions, One to one");
  expect(words("Languages", "en, ml")).toBe("Languages: English, മലയാളം");
  expect(words("Sentiment", "-1")).toBe("Mood: Annoyed");
  expect(words("Minutes", "40")).toBe("Took: 40 minutes");
  expect(words("Ideal days", "30")).toBe("As one would like it, every: 30 days");
  expect(words("Snoozes", "1")).toBe("Snoozed: 1 time");
  expect(words("Every", "anchor last_contact, n 2, unit week, until 12 June 2026")).toBe(
    "Comes again: Every 2 weeks from when you last talked, until 12 June 2026",
  );
});

const line = (text: string, of: string | null, typed = true) =>
  lineWords({ text, of, typed, particulars: [] });

test("what somebody typed stays as it is", () => {
  expect(particularWords({ label: "Note", value: "list mail → open" })).toEqual({
    label: "Note",
    value: "list mail → open",
  });
  expect(particularWords({ label: "Role", value: "Lead of the forge" })).toEqual({
    label: "Role",
    value: "Lead of the forge",
  });
  expect(particularWords({ label: "Role", value: "with" })).toEqual({
    label: "Their part",
    value: "Was there",
  });
  expect(particularWords({ label: "T-shirt", value: "M" })).toEqual({ label: "T-shirt", value: "M" });
  expect(line("Pinboard", "personTags")).toBe("Pinboard");
  expect(line("Discord", "listPeople")).toBe("Discord");
  expect(line("Place on a list", "listPeople")).toBe("Place on a list");
  expect(line("Move", "personTags")).toBe("Move");
  expect(line("Promise: send slides", "captures")).toBe("Promise: send slides");
  expect(line("Deadline: Friday", null)).toBe("Deadline: Friday");
});

test("a line begins with a word of the product", () => {
  expect(line("Reply check: the guide", "followups")).toBe("Did they reply? the guide");
  expect(line("Promise: send the guide", "followups")).toBe("You promised: send the guide");
  expect(line("Put aside, answer", "setAside")).toBe("Put aside, answering them");
  expect(line("Contact basis", "contactBases", false)).toBe("Whether one may write to them");
  expect(line("Phone", "objections", false)).toBe("Asked not to be written to: Phone");
});
