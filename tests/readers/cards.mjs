// Reads address cards with ical.js, and says as JSON every property of each: its name, its parameters, what it says.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

// A semicolon that was said to separate nothing; this reader leaves the sign before it where it stands.
const plain = (value) => (Array.isArray(value) ? value.map(plain) : value.replaceAll("\\;", ";"));

function cards(text) {
  const parsed = ICAL.parse(text);
  return (Array.isArray(parsed[0]) ? parsed : [parsed]).map(([, properties]) =>
    properties.map(([name, parameters, , ...values]) => [name.toUpperCase(), parameters, values.map(plain)]),
  );
}

process.stdout.write(JSON.stringify(process.argv.slice(2).map((path) => cards(readFileSync(path, "utf8")))));
