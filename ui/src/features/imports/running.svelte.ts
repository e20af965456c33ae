// The import that is under way, whatever place is shown: asked for step by step, and told seldom.
import { announce, call, onChange, quietly, type Change } from "../../ipc/call";
import type { ImportId, ImportRequest, ImportRun, JsonRequest } from "../../ipc/gen";
import { asFailure } from "../../ipc/host";
import { complain } from "../../kit/toasts.svelte";

/** How often what is on the screen is asked again while batches go in: at first soon, then ever more seldom. */
const TOLD_AFTER_MS = 1_000;
const TOLD_AT_LEAST_EVERY_MS = 30_000;
/** How often an import of another program is looked at. */
const LOOK_EVERY_MS = 2_000;

export type Pace = {
  /** Rows a second, once that can be said. */
  rows: number | null;
  /** Seconds that are left. */
  left: number | null;
};

let run = $state.raw<ImportRun | null>(null);
let pace = $state.raw<Pace>({ rows: null, left: null });
/** Steps are being asked for. */
let driven = false;
let watching = false;

/** The import of this file that is under way, waits for a word, or runs elsewhere. */
export function underWay(): ImportRun | null {
  return run;
}
export function howFast(): Pace {
  return pace;
}

/** This window is at work on it. */
export function atWork(): boolean {
  return run !== null && ["backup", "rows", "placing", "taking_back"].includes(run.phase);
}

/** Begins an import and sees it through. Rejects with a `Failure` when it cannot begin. */
export async function begin(request: ImportRequest): Promise<ImportRun> {
  return drive(await call("imports.begin", request));
}

/** The same for everything of a workspace. */
export async function beginEverything(request: JsonRequest): Promise<ImportRun> {
  return drive(await call("json.begin", request));
}

/** Goes on with one that was interrupted. */
export async function goOn(id: string, file?: string): Promise<ImportRun> {
  return drive(await call("imports.resume", file === undefined ? { id } : { id, file }));
}

/** Takes back what came in. Returns how that ended, unless somebody else drives it: they see the end. */
export async function cancel(id: string): Promise<ImportRun | null> {
  const drives = () => driven && run?.id === id;
  const driver = drives();
  const stopped = await call("imports.cancel", { id });
  if (drives()) run = stopped;
  // Where its driver has seen its end meanwhile there is nothing left to ask for; one that was stopped is driven again.
  else if (!driver || run?.id === id) return drive(stopped);
  return null;
}

/** Looks whether something is under way here: at the start, and after a reload. Returns what it saw to its end. */
export async function lookForOne(): Promise<ImportRun | null> {
  if (driven) return null;
  const found = await call("imports.under_way", {}).catch(() => null);
  if (driven) return null;
  run = found;
  // What is being taken back goes on so, whoever began that: it was said once, and is not asked again.
  if (found?.phase === "taking_back")
    return goOn(found.id).catch(() => {
      // It cannot just now: then it waits for a word after all.
      if (!driven && run?.id === found.id) run = { ...found, phase: "interrupted" };
      return null;
    });
  if (found && atWork()) return drive(found).catch(() => null);
  if (found?.phase === "elsewhere") watch();
  return null;
}

async function drive(begun: ImportRun): Promise<ImportRun> {
  run = begun;
  driven = true;
  pace = { rows: null, left: null };
  const teller = seldom();
  let mark: { at: number; rows: number; share: number } | null = null;
  try {
    while (run.phase !== "done" && run.phase !== "taken_back") {
      const answer: { value: ImportRun; changed: string[] } = await quietly("imports.step", {
        id: begun.id,
      } satisfies ImportId);
      run = answer.value;
      teller.tell(answer.changed);
      if (run.phase !== "rows" && run.phase !== "placing") continue;
      const now = performance.now();
      mark ??= { at: now, rows: run.rows, share: run.share };
      pace = paceOf(run, now - mark.at, run.rows - mark.rows, run.share - mark.share) ?? pace;
    }
    return run;
  } catch (thrown) {
    // It waits in the file, whole rows only, and can go on.
    complain(`The import stopped: ${asFailure(thrown).message}`);
    run = { ...run, phase: "interrupted" };
    throw thrown;
  } finally {
    driven = false;
    if (run.phase !== "interrupted") run = null;
    teller.end();
  }
}

/** How fast it is, once a second of it was seen. */
export function paceOf(
  { share }: Pick<ImportRun, "share">,
  took: number,
  rows: number,
  more: number,
): Pace | null {
  if (took < 1_000 || more <= 0) return null;
  return { rows: Math.round((rows * 1_000) / took), left: Math.ceil((took * (1 - share)) / more / 1_000) };
}

/** Tells what changed, but not after each of a thousand batches. */
function seldom() {
  let waiting = new Set<string>();
  let next = performance.now() + TOLD_AFTER_MS;
  let gap = TOLD_AFTER_MS;
  const say = () => {
    if (waiting.size === 0) return;
    const change: Change = { tables: [...waiting], by: "imports.step" };
    waiting = new Set();
    announce(change);
  };
  return {
    tell(tables: string[]) {
      for (const table of tables) waiting.add(table);
      if (performance.now() < next) return;
      gap = Math.min(gap * 2, TOLD_AT_LEAST_EVERY_MS);
      next = performance.now() + gap;
      say();
    },
    end: say,
  };
}

/** Another program imports into this file: its line is kept true until it is done. */
function watch() {
  if (watching) return;
  watching = true;
  const again = async () => {
    const found = driven ? null : await call("imports.under_way", {}).catch(() => null);
    if (!driven) run = found;
    if (found?.phase === "elsewhere") setTimeout(() => void again(), LOOK_EVERY_MS);
    else watching = false;
  };
  setTimeout(() => void again(), LOOK_EVERY_MS);
}

/** Follows imports that nobody here began for as long as the window stands, and tells how they end. Returns how to stop. */
export function followImports(ended: (run: ImportRun) => void): () => void {
  const look = async () => {
    const seen = await lookForOne();
    if (seen) ended(seen);
  };
  void look();
  return onChange(({ by }) => {
    if (by === null && !driven && !watching) void look();
  });
}
