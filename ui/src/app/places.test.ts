import { expect, test } from "vitest";
import { placeOf } from "./places";

test.each([
  ["/", { name: "people" }],
  ["/people", { name: "people" }],
  ["/people/0190", { name: "person", id: "0190", entry: null, on: null }],
  ["/people/0190/0191", { name: "person", id: "0190", entry: "0191", on: null }],
  ["/doubles", { name: "doubles", chosen: null }],
  ["/doubles/of/0190,0191", { name: "doubles", chosen: ["0190", "0191"] }],
  ["/doubles/of/0190", { name: "doubles", chosen: null }],
  ["/import", { name: "import" }],
  ["/import/json", { name: "import_json" }],
  ["/history", { name: "history", person: null, trash: false }],
  ["/history/trash", { name: "history", person: null, trash: true }],
  ["/history/of/0190", { name: "history", person: "0190", trash: false }],
  ["/people/0190/on/2026-03-04", { name: "person", id: "0190", entry: null, on: "2026-03-04" }],
  ["/people/0190/on/soon", { name: "person", id: "0190", entry: null, on: null }],
  ["/search/re%20try", { name: "search", text: "re try" }],
  ["/search/100%", { name: "search", text: "100%" }],
  ["/review", { name: "review" }],
  ["/help", { name: "help" }],
  ["/settings", { name: "settings", part: null }],
  ["/settings/journey", { name: "settings", part: "journey" }],
  ["/nowhere/else", { name: "people" }],
])("%s", (path, place) => expect(placeOf(path)).toEqual(place));
