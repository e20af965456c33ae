// Prints the copyright file of the package: Hallway's own licence, and that of everything built into it, taken from
// the packages themselves as the lock files pin them.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

const LICENCE_FILE = /^(licen[cs]e|copying|copyright|notice|unlicense)/i;

/** The packages below those that are shipped; what only builds or tests them is not in the programs. */
function crates() {
  const options = ["metadata", "--format-version", "1", "--locked", "--filter-platform", "x86_64-unknown-linux-gnu"];
  const metadata = JSON.parse(execFileSync("cargo", options, { maxBuffer: 1 << 28 }));
  const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
  const packages = new Map(metadata.packages.map((found) => [found.id, found]));
  const shipped = new Set();
  const next = metadata.packages.filter(({ name, source }) => !source && /^hallway(-cli)?$/.test(name)).map(({ id }) => id);
  while (next.length > 0) {
    const id = next.pop();
    if (shipped.has(id)) continue;
    shipped.add(id);
    for (const { pkg, dep_kinds } of nodes.get(id).deps) {
      if (dep_kinds.some(({ kind }) => kind === null)) next.push(pkg);
    }
  }
  return [...shipped].map((id) => packages.get(id)).filter(({ source }) => source).map((found) => ({
    name: found.name, version: found.version, licence: found.license ?? "see below", authors: found.authors,
    folder: dirname(found.manifest_path),
  }));
}

/** What the built page is made of. */
function modules() {
  return ["svelte", "@lucide/svelte", "@fontsource-variable/inter", "@tauri-apps/api"].map((name) => {
    const folder = join("node_modules", name);
    const { version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return { name, version, licence: license, authors: [author?.name ?? author].filter(Boolean), folder };
  });
}

function texts(folder) {
  const named = existsSync(folder) ? readdirSync(folder).filter((name) => LICENCE_FILE.test(name)).sort() : [];
  return named.map((name) => {
    try {
      return readFileSync(join(folder, name), "utf8").trim();
    } catch {
      return ""; // A folder of that name.
    }
  }).filter(Boolean);
}

const found = [...crates(), ...modules()].sort((a, b) => (a.name < b.name ? -1 : 1));
const licences = new Map();
for (const one of found) {
  for (const text of texts(one.folder)) licences.set(text, [...(licences.get(text) ?? []), `${one.name} ${one.version}`]);
}

const rule = `\n${"=".repeat(100)}\n`;
const own = ["NOTICE", "LICENSE-MIT", "LICENSE-APACHE"].map((name) => readFileSync(name, "utf8").trim());
const list = found.map(({ name, version, licence, authors }) =>
  `${name} ${version}: ${licence}${authors.length > 0 ? ` (${authors.join(", ")})` : ""}`);
const theirs = [...licences].map(([text, names]) => `The licence of ${names.join(", ")}:\n\n${text}`);
process.stdout.write([
  ...own, `Built into the programs, beside Hallway's own code, are:\n\n${list.join("\n")}`, ...theirs,
].join(`\n${rule}\n`) + "\n");
