// Reads what leaves Hallway with papaparse and ical.js, and says as JSON what it found.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import Papa from "papaparse";

function table(text) {
  // Left to itself it guesses what stands between cells, and takes a semicolon within one for that.
  const { data, errors } = Papa.parse(text.replace(/^\uFEFF/, ""), { delimiter: ",", skipEmptyLines: false });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data.at(-1)?.length === 1 && data.at(-1)[0] === "" ? data.slice(0, -1) : data;
}

// A semicolon that was said to separate nothing; this reader leaves the sign before it where it stands.
const plain = (text) => text.replaceAll("\\;", ";");

// Three cards make a list of cards, one is a card by itself.
function cards(text) {
  const parsed = ICAL.parse(text);
  return (Array.isArray(parsed[0]) ? parsed : [parsed]).map((card) => {
    const component = new ICAL.Component(card);
    return ["fn", "email", "note"].map((name) => plain(component.getFirstPropertyValue(name) ?? ""));
  });
}

const read = (path) => (path.endsWith(".csv") ? table : cards)(readFileSync(path, "utf8"));
process.stdout.write(JSON.stringify(process.argv.slice(2).map(read)));
