import { expect, test } from "vitest";
import type { Chip } from "../../ipc/gen";
import { asNote, withOrganisation, withoutChip, withPerson, withStage, withToken } from "./editing";

const chip = (text: string, words: string, what: Chip["what"] = "tag"): Chip => ({
  what,
  from: text.indexOf(words),
  to: text.indexOf(words) + words.length,
  label: words,
  stage: null,
  day: null,
  at: null,
  text: null,
  contact: null,
  mood: null,
  known: false,
  insteadOf: null,
});

test.each([
  ["pri", "pri", "Priya Nair, ", 12],
  ["pri @acme /4", "pri", "Priya Nair @acme /4", 11],
  ["pri, met today", "pri,", "Priya Nair, met today", 12],
])("who is picked takes the place of what was typed of %s", (text, name, edited, caret) => {
  expect(withPerson(text, chip(text, name, "person"), "Priya Nair")).toEqual({ text: edited, caret });
});

test("a chip that is taken off leaves no gap", () => {
  const text = "priya nair @acme #rust docs";
  expect(withoutChip(text, chip(text, "#rust")).text).toBe("priya nair @acme docs");
  expect(withoutChip(text, chip(text, "priya nair")).text).toBe("@acme #rust docs");
  expect(withoutChip("priya #rust", chip("priya #rust", "#rust")).text).toBe("priya");
});

test("a chip that is note keeps its words behind a backslash", () => {
  const text = "priya nair #rust docs";
  expect(asNote(text, chip(text, "#rust")).text).toBe("priya nair \\#rust docs");
});

test("a stage is set where it was said, or added", () => {
  const text = "priya nair /4 docs";
  expect(withStage(text, chip(text, "/4"), 2).text).toBe("priya nair /2 docs");
  expect(withStage("priya nair docs", undefined, 3).text).toBe("priya nair docs /3");
});

test("what is added stands before the mood, which counts at the end only", () => {
  expect(withToken("priya nair docs -1", "a@b.example")).toBe("priya nair docs a@b.example -1");
  expect(withToken("priya nair docs ", "#rust")).toBe("priya nair docs #rust");
});

test("an organisation of several words is quoted", () => {
  expect(withOrganisation("priya nair", undefined, "Blue Harbour")).toBe('priya nair @"Blue Harbour"');
  const text = "priya nair @acme docs";
  expect(withOrganisation(text, chip(text, "@acme"), "Globex")).toBe("priya nair @Globex docs");
});
