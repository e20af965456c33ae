import { expect, test } from "vitest";
import { chosenOf } from "./chosen";

const column = (key: string, chosen: boolean) => ({ key, label: key, chosen, personal: false });
const columns = [
  column("name", true),
  column("email", true),
  column("notes", false),
  column("field:shirt", false),
];

test.each([
  ["nothing is remembered: the usual ones", undefined, ["name", "email"]],
  ["those that were chosen, as this file orders them", ["notes", "name"], ["name", "notes"]],
  ["a field of another file is not asked for", ["name", "field:badge"], ["name"]],
  ["nothing is left of another file: the usual ones", ["field:badge"], ["name", "email"]],
  ["every box was cleared: that is an answer too", [], []],
])("%s", (_, remembered, chosen) => expect(chosenOf(columns, remembered)).toEqual(chosen));
