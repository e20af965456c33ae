// Who may know whom: features know the kit and the wire, a feature meets another only through its link or picker.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = dirname(fileURLToPath(import.meta.url));

const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => /\.(ts|svelte)$/.test(file) && !/\.test\.ts$|^testing\//.test(file));

/** Every import between files of the page, as paths from `src`. */
const imports = files.flatMap((file) =>
  [...readFileSync(join(root, file), "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map(([, to]) => ({
    from: file,
    to: normalize(join(dirname(file), to!)).replaceAll("\\", "/"),
  })),
);

const featureOf = (path: string) => /^features\/([^/]+)\//.exec(path)?.[1];
const breaking = (rule: (edge: { from: string; to: string }) => boolean) =>
  imports.filter(rule).map(({ from, to }) => `${from} imports ${to}`);

describe("the directions of imports", () => {
  test("there is something to look at", () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  test("a feature knows neither the app nor the inside of another feature", () => {
    expect(
      breaking(({ from, to }) => {
        const own = featureOf(from);
        if (!own) return false;
        if (to.startsWith("app/")) return true;
        const other = featureOf(to);
        return other !== undefined && other !== own && !/(Link|Picker)\.svelte$/.test(to);
      }),
    ).toEqual([]);
  });

  test("the kit knows no feature and not the app", () => {
    expect(breaking(({ from, to }) => from.startsWith("kit/") && /^(features|app)\//.test(to))).toEqual([]);
  });

  test("the wire knows nothing but itself", () => {
    expect(breaking(({ from, to }) => from.startsWith("ipc/") && !to.startsWith("ipc/"))).toEqual([]);
  });

  test("one file knows the window it runs in", () => {
    const knowing = files.filter((file) => /"@tauri-apps\//.test(readFileSync(join(root, file), "utf8")));
    expect(knowing).toEqual(["ipc/tauri.ts"]);
  });

  test("no file draws a line through the text of one declaration, which the window on Linux drops", () => {
    const several = /text-decoration:\s*[a-z-]+\s+\S/;
    expect(files.filter((file) => several.test(readFileSync(join(root, file), "utf8")))).toEqual([]);
  });

  test("no file sets HTML from text", () => {
    expect(files.filter((file) => /\{@html|innerHTML/.test(readFileSync(join(root, file), "utf8")))).toEqual(
      [],
    );
  });
});
