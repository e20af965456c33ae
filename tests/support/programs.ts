// Programs that a test starts, each in a process group of its own, so that ending one ends all it started.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "./until";

/** The folder of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

export type Program = {
  /** Everything it printed so far: what it answered, then what it complained about. */
  said(): string;
  /** Waits for a line of its answers and returns the match. */
  line(pattern: RegExp, within?: number): Promise<RegExpMatchArray>;
  /** Waits until it ends by itself and returns its exit code; null when a signal ended it. */
  over(within?: number): Promise<number | null>;
  /** Ends it in the middle of whatever it does, as kill -9 does, and waits until it is gone. */
  kill(): Promise<void>;
  /** Ends it and everything it started, and waits until it is gone. */
  end(): Promise<void>;
};

const GRACE_MS = 3_000;
const running = new Set<number>();
process.on("exit", () => {
  for (const group of running) signal(group, "SIGKILL");
});

/** The path of a program of this workspace, as `make build` leaves it. */
export function built(name: string): string {
  const path = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug", name);
  if (!existsSync(path)) throw new Error(`${name} is not built yet. Run \`make build\` first.`);
  return path;
}

export function begin(command: string, args: string[], env: Record<string, string | undefined> = {}): Program {
  const child = spawn(command, args, {
    cwd: root,
    detached: true,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said.err += chunk.toString()));
  const gone = left(child, (error) => (said.err += `${command}: ${error.message}\n`));
  const group = child.pid;
  if (group !== undefined) running.add(group);

  return {
    said: () => said.out + said.err,
    line: (pattern, within) =>
      until(`a line like ${pattern} from ${command}`, () => {
        const match = said.out.match(pattern);
        if (!match && gone.yet) throw new Error(`${command} ended and had said:\n${said.out}${said.err}`);
        return match;
      }, within),
    async over(within) {
      await until(`${command} to end`, () => gone.yet, within);
      return child.exitCode;
    },
    async kill() {
      if (group !== undefined) signal(group, "SIGKILL");
      await gone.when;
    },
    async end() {
      if (group === undefined) return;
      signal(group, "SIGTERM");
      const patience = setTimeout(() => signal(group, "SIGKILL"), GRACE_MS);
      await gone.when;
      clearTimeout(patience);
      // The leader may be gone before the others of its group.
      signal(group, "SIGKILL");
      running.delete(group);
    },
  };
}

function left(child: ChildProcess, failed: (error: Error) => void) {
  const gone = { yet: false, when: Promise.resolve() };
  gone.when = new Promise((resolve) => {
    const over = () => {
      gone.yet = true;
      resolve();
    };
    child.once("exit", over);
    child.once("error", (error) => {
      failed(error);
      over();
    });
  });
  return gone;
}

/** Signals a whole group; one that is gone already needs no signal. */
function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
