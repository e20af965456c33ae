// Reads what Hallway wrote with papaparse and the JSON of this engine, and says as JSON what it found.
import { readFileSync } from "node:fs";
import Papa from "papaparse";

function rows(path) {
  const { data, errors } = Papa.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""), { skipEmptyLines: false });
  if (errors.length > 0) throw new Error(`${path}: ${JSON.stringify(errors)}`);
  // What ends with a line break has, to this reader, one empty line more.
  return data.at(-1)?.length === 1 && data.at(-1)[0] === "" ? data.slice(0, -1) : data;
}

const read = (path) => (path.endsWith(".csv") ? rows(path) : JSON.parse(readFileSync(path, "utf8")));
process.stdout.write(JSON.stringify(process.argv.slice(2).map(read)));
