import { expect, test } from "vitest";
import { countryCode, namesLike, zonesLike } from "./geography";

const countries = [
  { code: "CI", name: "Côte d’Ivoire" },
  { code: "DE", name: "Germany" },
  { code: "NE", name: "Niger" },
  { code: "NG", name: "Nigeria" },
];

test("a country is known by its code or its whole name, accents or not", () => {
  expect(countryCode(countries, "cote d’ivoire")).toBe("CI");
  expect(countryCode(countries, "ng")).toBe("NG");
  expect(countryCode(countries, "Nig")).toBeNull();
});

test("names that begin with the text stand before those that hold it", () => {
  expect(namesLike(["Germany", "Algeria", "Nigeria", "Niger"], "ger")).toEqual([
    "Germany",
    "Algeria",
    "Nigeria",
    "Niger",
  ]);
});

test("a zone is found by its city", () => {
  expect(zonesLike("lagos")).toContain("Africa/Lagos");
});
