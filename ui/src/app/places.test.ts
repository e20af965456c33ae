import { expect, test } from "vitest";
import { placeOf } from "./places";

test.each([
  ["/", { name: "people" }],
  ["/people", { name: "people" }],
  ["/people/0190", { name: "person", id: "0190", entry: null }],
  ["/people/0190/0191", { name: "person", id: "0190", entry: "0191" }],
  ["/import", { name: "import" }],
  ["/history", { name: "history", person: null, trash: false }],
  ["/history/trash", { name: "history", person: null, trash: true }],
  ["/history/of/0190", { name: "history", person: "0190", trash: false }],
  ["/settings", { name: "settings" }],
  ["/nowhere/else", { name: "people" }],
])("%s", (path, place) => expect(placeOf(path)).toEqual(place));
