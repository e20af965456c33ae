// A home of its own for every test: nothing of the person who runs it is read or written.
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Home = {
  path: string;
  /** The environment that makes programs live here. */
  env: Record<string, string>;
  /** A file in this home; its folders are made. */
  file(name: string, content?: string): string;
  read(name: string): string;
  /** The file Hallway opens when none is named. */
  workspace: string;
  /** What the next open or save dialog answers; null is a person who changes their mind. */
  choose(path: string | null): void;
  remove(): void;
};

export function home(): Home {
  const path = mkdtempSync(join(tmpdir(), "hallway-test-"));
  const folder = (name: string) => {
    const made = join(path, name);
    mkdirSync(made, { recursive: true, mode: 0o700 });
    return made;
  };
  const answers = join(path, "answers");
  writeFileSync(answers, "");
  return {
    path,
    env: {
      HOME: path,
      XDG_DATA_HOME: folder("data"),
      XDG_CONFIG_HOME: folder("config"),
      XDG_CACHE_HOME: folder("cache"),
      XDG_STATE_HOME: folder("state"),
      XDG_RUNTIME_DIR: folder("run"),
      HALLWAY_FILE: "",
      HALLWAY_TEST_CHOOSE: answers,
    },
    file(name, content) {
      const at = join(path, name);
      mkdirSync(join(at, ".."), { recursive: true });
      if (content !== undefined) writeFileSync(at, content);
      return at;
    },
    read: (name) => readFileSync(join(path, name), "utf8"),
    workspace: join(path, "data", "hallway", "main.hallway"),
    choose: (chosen) => appendFileSync(answers, `${chosen ?? ""}\n`),
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
