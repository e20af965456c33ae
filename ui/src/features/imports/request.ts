// What is asked of an import, step by step: the mapping, the decisions, what may be replaced.
import type {
  ColumnMapping,
  DayOrder,
  ImportColumn,
  ImportDone,
  ImportPreview,
  ImportRequest,
  ImportTarget,
  Outcome,
  RowDecision,
  Saved,
} from "../../ipc/gen";
import { longDay } from "../../kit/dates";
import { contactKindWords, count, listed, people, plural, tagKindWords } from "../../kit/words";

export const targetLabels: Record<ImportTarget, string> = {
  skip: "Leave out",
  name: "Name",
  first_name: "First name",
  middle_name: "Middle name",
  last_name: "Last name",
  nickname: "Nickname",
  pronouns: "Pronouns",
  organisation: "Organisation",
  role_title: "Role",
  city: "City",
  country: "Country",
  languages: "Languages",
  time_zone: "Time zone",
  newsletter: "Newsletter (yes or no)",
  signed_up_on: "Newsletter since (a day)",
  met_on: "Met on",
  last_met: "Last met (in person)",
  last_spoke: "Last talked (online)",
  last_talked: "Last contacted (by us)",
  last_heard: "Last heard from them",
  said: "What was said (an entry)",
  building_now: "Builds",
  challenges: "Stuck on",
  stack: `${tagKindWords.stack} (tags)`,
  tags: `${tagKindWords.topic} (tags)`,
  notes: "Notes",
  ...contactKindWords,
  other: "Another way to reach them",
};

export const targetGroups: readonly { label: string; targets: readonly ImportTarget[] }[] = [
  { label: "Name", targets: ["name", "first_name", "middle_name", "last_name", "nickname", "pronouns"] },
  { label: "Newsletter", targets: ["email", "newsletter", "signed_up_on"] },
  {
    label: "About",
    targets: ["organisation", "role_title", "city", "country", "time_zone", "languages", "met_on"],
  },
  { label: "What happened", targets: ["last_met", "last_spoke", "last_talked", "last_heard", "said"] },
  { label: "Work", targets: ["building_now", "challenges", "stack", "tags", "notes"] },
  {
    label: "How to reach them",
    targets: [
      "phone",
      "website",
      "github",
      "gitlab",
      "linkedin",
      "mastodon",
      "bluesky",
      "x",
      "reddit",
      "discord",
      "slack",
      "matrix",
      "irc",
      "rss",
      "other",
    ],
  },
];

/** The value of a select: a target, or a custom field by its label. */
export function choiceOf(mapping: ColumnMapping): string {
  return "custom" in mapping ? `custom:${mapping.custom}` : mapping.target;
}

export function mappingOf(choice: string): ColumnMapping {
  return choice.startsWith("custom:") ? { custom: choice.slice(7) } : { target: choice as ImportTarget };
}

/** One column sent elsewhere. What was said of the others stands, also while its preview is still on the way. */
export function mapped(
  request: ImportRequest,
  preview: ImportPreview,
  index: number,
  mapping: ColumnMapping,
): ImportRequest {
  return {
    ...request,
    mapping: preview.columns.map((column, at) =>
      column.index === index ? mapping : (request.mapping?.[at] ?? column.mapping),
    ),
  };
}

/** Which number comes first in the days of a column. */
export function daysSaid(request: ImportRequest, index: number, order: DayOrder): ImportRequest {
  return { ...request, days: { ...request.days, [index]: order } };
}

/** The columns whose days could be either of two, and nobody has said which. */
export function unsaidDays(preview: ImportPreview): ImportColumn[] {
  return preview.columns.filter(({ days }) => days !== null && days.order === null);
}

/** A day such as 03/04/2024, read the one way and the other, as its own words: "3 April 2024". */
export function eitherDay(example: string, order: DayOrder): string {
  const [first, second, year] = (/(\d{1,2})\D+(\d{1,2})\D+(\d{2,4})/.exec(example) ?? [])
    .slice(1)
    .map(Number);
  if (first === undefined || second === undefined || year === undefined) return example;
  const [day, month] = order === "day_first" ? [first, second] : [second, first];
  const full = year < 100 ? (year < 70 ? 2000 : 1900) + year : year;
  return longDay(`${full}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`);
}

/** Where those signed up who want the newsletter, and since when; nothing typed says nothing. */
export function signedUp(request: ImportRequest, evidence: string, on: string): ImportRequest {
  const { newsletter: _, ...others } = request;
  if (evidence.trim() === "") return others;
  return { ...others, newsletter: { evidence: evidence.trim(), ...(on ? { on } : {}) } };
}

/** Deciding the same thing again takes the decision back. */
export function decided(request: ImportRequest, row: number, decision: RowDecision): ImportRequest {
  const { [row]: before, ...others } = request.decisions;
  return { ...request, decisions: before === decision ? others : { ...others, [row]: decision } };
}

export function overwriting(request: ImportRequest, row: number, replace: boolean): ImportRequest {
  const others = request.overwrite.filter((other) => other !== row);
  return { ...request, overwrite: replace ? [...others, row] : others };
}

export function countOf(preview: ImportPreview, outcome: Outcome): number {
  const counts: Record<Outcome, number> = {
    new: preview.newPeople,
    update: preview.updates,
    differs: preview.differs,
    unchanged: preview.unchanged,
    look: preview.look,
    skipped: preview.skipped,
    refused: preview.refused,
  };
  return counts[outcome];
}

/** What was done: "Imported 380 people", or "Updated 3 people" when nobody is new. */
export function doneWords({ added, updated }: Pick<ImportDone, "added" | "updated">): string {
  return added === 0 && updated > 0 ? `Updated ${people(updated)}` : `Imported ${people(added)}`;
}

type ToImport = Pick<ImportPreview, "newPeople" | "updates"> & Partial<Pick<ImportPreview, "unsubscribed">>;

/** What the button does: "Import 380 people and update 20". */
export function importWords(preview: ToImport): string {
  const { newPeople, updates } = preview;
  if (newPeople > 0 && updates > 0) return `Import ${people(newPeople)} and update ${count(updates)}`;
  if (newPeople > 0) return `Import ${people(newPeople)}`;
  if (updates > 0) return `Update ${people(updates)}`;
  const noes = noesOf(preview);
  if (noes > 0) return `Take in ${plural(noes, "no", "noes")} to the newsletter`;
  return "Nothing to import";
}

/** Rows that say a no to the newsletter that is not known yet: it is taken whatever becomes of the row. */
export function noesOf({ unsubscribed = 0 }: Pick<ToImport, "unsubscribed">): number {
  return unsubscribed;
}

/** Another sheet of the workbook, or a text cut otherwise: its columns and rows are others, so nothing said about the last
    holds. */
export function readAs(
  { mapping: _, days: __, ...request }: ImportRequest,
  as: Pick<ImportRequest, "sheet" | "separator">,
): ImportRequest {
  return { ...request, ...as, decisions: {}, overwrite: [] };
}

/** What may stand between the cells of a text, by what one chooses; what does, also where it is none of the usual. */
export function separators(now: string): [sign: string, words: string][] {
  const usual: [string, string][] = [
    [",", "commas"],
    [";", "semicolons"],
    ["\t", "tabs"],
    ["|", "bars"],
  ];
  return usual.some(([sign]) => sign === now) ? usual : [...usual, [now, `“${now}”`]];
}

/** What a file of rows to be mended is called: "meetup to mend.csv". */
export function mendName(from: string): string {
  return `${from.replace(/\.[^.]*$/, "")} to mend.csv`;
}

export function savedWords({ rows, fileName }: Saved): string {
  return `Saved ${plural(rows, "row", "rows")} to ${fileName}, each with its reason. Mend them there, and import that file.`;
}

/** "a way to reach them, 2 tags and the role": what a row adds to somebody, each kind of thing once. */
export function addsWords(fills: readonly string[]): string {
  const several: Record<string, string> = {
    "way to reach them": "ways to reach them",
    tag: "tags",
    entry: "entries",
    "custom field": "fields",
  };
  const kinds = [...new Set(fills)];
  return listed(
    kinds.map((kind) => {
      const n = fills.filter((one) => one === kind).length;
      const many = several[kind];
      if (!many) return `the ${kind}`;
      return n > 1 ? `${count(n)} ${many}` : `${kind === "entry" ? "an" : "a"} ${kind}`;
    }),
  );
}

/** "3 rows", or "3 cards" of a file of cards. */
export function rowsOf({ layout }: Pick<ImportPreview, "layout">, rows: number): string {
  return layout === "Address cards" ? plural(rows, "card", "cards") : plural(rows, "row", "rows");
}

/** Where a row stands: the first card is in the second row of the table that cards become. */
export function placeOf({ layout }: Pick<ImportPreview, "layout">, row: number): string {
  return layout === "Address cards" ? `card ${row - 1}` : `row ${row}`;
}

/** What is to be known when the very same file comes again: who has no address to be told by. */
export function againWords(preview: Pick<ImportPreview, "layout" | "addedAgain" | "waitsAgain">): string {
  const { addedAgain = 0, waitsAgain = 0 } = preview;
  if (addedAgain === 0) return "";
  const again = `${rowsOf(preview, addedAgain)} without an address would be added a second time`;
  if (waitsAgain === 0) return `${again}.`;
  const wait = waitsAgain === 1 ? "one waits" : `${count(waitsAgain)} wait`;
  return `${again}; ${wait} below, because somebody of that name came from it before.`;
}
