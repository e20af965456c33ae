import { expect, test } from "vitest";
import type { PersonRow } from "../../ipc/gen";
import { asTable } from "./table";

const row: PersonRow = {
  id: "1",
  name: "林 美",
  organisation: "東京\t大学",
  country: "JP",
  city: null,
  stage: "build",
  confidence: "confirmed",
  stageIsNew: false,
  presence: "active",
  lastTouchOn: "2026-05-20",
  lastKind: "shared_prototype",
  nextOn: null,
  tags: ["Rust", "embedded"],
  doNotContact: false,
  teammate: false,
  addedAt: 0,
};

test("copied rows paste into a spreadsheet, one cell per column", () => {
  const [head, line] = asTable([row]).split("\n");
  expect(head).toBe("Name\tOrganisation\tStage\tCountry\tCity\tLast touch\tTags");
  expect(head!.split("\t")).toHaveLength(line!.split("\t").length);
  expect(line).toBe("林 美\t東京 大学\tBuilding\tJapan\t\t2026-05-20\tRust, embedded");
});

test("what looks like a formula stays text, also behind a tab that becomes a space; a number to call stays one", () => {
  const odd = { ...row, name: "=HYPERLINK(1)", organisation: "\t=1", city: "+44 20 7946 0958" };
  const [, line] = asTable([odd]).split("\n");
  expect(line).toBe("'=HYPERLINK(1)\t' =1\tBuilding\tJapan\t+44 20 7946 0958\t2026-05-20\tRust, embedded");
});
