// Import previews and exports without files.
import type {
  ColumnMapping,
  ExportColumn,
  Exported,
  ImportColumn,
  ImportPreview,
  ImportRequest,
  JsonPreview,
  JsonRequest,
  PreviewRow,
} from "../gen";
import { refuse } from "./desk";
import type { World } from "./world";

const columns: [string, string[], ColumnMapping][] = [
  ["Full name", ["Ines Prado", "小林 葵", "Tom Kowalski"], { target: "name" }],
  ["E-mail", ["ines@prado.example", "aoi@kobayashi.example", "tom@globex.example"], { target: "email" }],
  ["Company", ["Prado Lda", "", "Globex"], { target: "organisation" }],
  ["Talk", ["Queues that do not lie", "", "Retries 101"], { target: "skip" }],
  ["T-shirt size", ["M", "S", ""], { target: "skip" }],
];

export function previewed(world: World, request: ImportRequest): ImportPreview {
  if (request.hash !== undefined && request.hash !== world.importHash)
    refuse("invalid", "The file has changed since it was looked at. Look at it again.", "file");
  const shown: ImportColumn[] = columns.map(([header, samples, mapping], index) => ({
    index,
    header,
    samples,
    filled: 412 - index * 40,
    mapping: request.mapping?.[index] ?? mapping,
    unread: null,
    days:
      index === 3 && world.importDays
        ? { ...world.importDays, order: request.days?.[3] ?? world.importDays.order }
        : null,
  }));
  const decided = Object.keys(request.decisions).length;
  const candidate = [...world.people.values()][3];
  const pick = candidate
    ? {
        id: candidate.person.id,
        name: candidate.person.displayName,
        organisation: candidate.organisation,
        lastTouchOn: "2026-05-02",
        stage: "evaluate" as const,
      }
    : null;
  const examples: PreviewRow[] = [
    ...Array.from({ length: 30 }, (_, i): PreviewRow => ({
      row: i + 2,
      outcome: "new",
      name: ["Ines Prado", "小林 葵", "Олег Гнатюк"][i % 3]!,
      detail: ["Prado Lda, ines@prado.example", "aoi@kobayashi.example", ""][i % 3]!,
      reason: null,
      column: null,
      candidate: null,
      fills: ["name", "email", "organisation"],
      differs: [],
    })),
    {
      row: 40,
      outcome: "update",
      name: "Tom Kowalski",
      detail: "Globex, tom@globex.example",
      reason: null,
      column: null,
      candidate: pick,
      fills: ["email"],
      differs: [{ field: "Organisation", have: "Initech", file: "Globex" }],
    },
    {
      row: 41,
      outcome: "unchanged",
      name: "Priya Nair",
      detail: "Acme",
      reason: null,
      column: null,
      candidate: pick,
      fills: [],
      differs: [],
    },
    {
      row: 77,
      outcome: "look",
      name: "T. Kowalski",
      detail: "tom@globex.example",
      reason: "The address tom@globex.example belongs to someone with another name.",
      column: "E-mail",
      candidate: pick,
      fills: [],
      differs: [],
    },
    {
      row: 78,
      outcome: "look",
      name: "Team Globex",
      detail: "tom@globex.example",
      reason: "The address tom@globex.example belongs to someone with another name.",
      column: "E-mail",
      candidate: pick,
      fills: [],
      differs: [],
    },
    {
      row: 102,
      outcome: "refused",
      name: "",
      detail: "",
      reason: "There is no name and no address in this row. Write one of them, and import the file again.",
      column: "Full name",
      candidate: null,
      fills: [],
      differs: [],
    },
  ];
  return {
    fileName: "meetup.csv",
    layout: "CSV",
    layoutKey: "fake-layout",
    remembered: false,
    encoding: "UTF-8",
    separator: ";",
    sheets: [],
    sheet: null,
    preambleRows: 1,
    columns: shown,
    unmapped: shown
      .filter(({ mapping }) => "target" in mapping && mapping.target === "skip")
      .map(({ header }) => header),
    rows: 417,
    longerRows: 0,
    blankRows: 0,
    skipped: 0,
    newPeople: request.matching ? 380 : 414,
    updates: request.matching ? 20 : 0,
    differs: 0,
    unchanged: request.matching ? 14 : 0,
    look: request.matching ? Math.max(0, 2 - decided) : 0,
    refused: 1,
    examples: request.matching
      ? examples
      : examples.filter(({ outcome }) => outcome === "new" || outcome === "refused"),
    alreadyImported: null,
    hash: world.importHash,
  };
}

export const exportColumns: ExportColumn[] = [
  { key: "name", label: "Name", chosen: true, personal: false },
  { key: "organisation", label: "Organisation", chosen: true, personal: false },
  { key: "email", label: "E-mail", chosen: true, personal: false },
  { key: "stage", label: "Stage", chosen: true, personal: true },
  { key: "country", label: "Country", chosen: true, personal: false },
  { key: "tags", label: "Tags", chosen: false, personal: true },
  { key: "postal_address", label: "Postal address", chosen: false, personal: true },
  { key: "notes", label: "Notes", chosen: false, personal: true },
  { key: "phone", label: "Phone", chosen: false, personal: true },
];

export function exported(rows: number): Exported {
  return { rows, fileName: "people.csv", bytes: rows * 96, flagged: 0 };
}

export function jsonPreviewed(world: World, request: JsonRequest): JsonPreview {
  if (request.hash !== undefined && request.hash !== world.importHash)
    refuse(
      "invalid",
      "The file has changed since you looked at it. Look at it again, then import it.",
      "file",
    );
  return {
    fileName: "community.json",
    hash: world.importHash,
    entities: [
      { name: "people", rows: 42, new: 38, same: 2, differs: 1, refused: 1 },
      { name: "contactPoints", rows: 60, new: 60, same: 0, differs: 0, refused: 0 },
      { name: "somethingLater", rows: 1, new: 1, same: 0, differs: 0, refused: 0 },
    ],
    new: 99,
    same: 2,
    differs: 1,
    replaced: 1,
    refused: 1,
    erased: 2,
    leftOut: [],
    refusals: [
      {
        path: "people[12].displayName",
        line: 31,
        reason: "A person needs a name. Any name will do.",
      },
    ],
    differing: [
      {
        path: "people[3]",
        name: "Priya Nair",
        differs: [{ field: "city", have: "Goa", file: "Pune" }],
        replaced: ["city"],
      },
    ],
    unknown: [["people.favouriteColour", 3]],
    theirs: request.theirs ?? false,
  };
}
