import { expect, test } from "vitest";
import { languageCodes } from "./languages";

test("names in English or in the language itself, and codes, become codes once each", () => {
  expect(languageCodes("English, മലയാളം, pt-br, english")).toEqual({ codes: "en,ml,pt-BR" });
});

test("what is no language is named", () => {
  expect(languageCodes("English, Klingonese")).toEqual({ unknown: "Klingonese" });
});

test("nothing is nothing", () => {
  expect(languageCodes("  ")).toEqual({ codes: "" });
});
