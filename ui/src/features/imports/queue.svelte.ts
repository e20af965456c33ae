// The files that were brought together: one is looked at, the others wait their turn, and what became of each is kept.
import { call, operationOf } from "../../ipc/call";
import type { ImportDone, ImportRequest, ImportRun, ReturnsDone, ReturnsPreview } from "../../ipc/gen";
import type { ChosenFile } from "../../ipc/host";
import { attempt } from "../../kit/attempt";
import { go } from "../../kit/route.svelte";
import { say } from "../../kit/toasts.svelte";
import { undoneWords } from "../../kit/words";
import { remember as keepEverything } from "./json/done.svelte";
import { doneWords as everythingWords } from "./json/words";
import { doneWords } from "./request";

/** A file whose people were imported. */
export type Imported = { from: string; result: ImportDone; request: ImportRequest | null };
/** A file that said who left. */
export type Returned = { from: string; result: ReturnsDone; looked: ReturnsPreview };
export type Finished = Imported | Returned;

let waiting = $state.raw<readonly ChosenFile[]>([]);
let finished = $state.raw<readonly Finished[]>([]);
/** What became of them was looked at and left: it is no longer what the place begins with. */
let left = $state(false);
/** Files that were dropped or pasted, until the import screen takes them up. */
let brought = $state.raw<readonly ChosenFile[] | null>(null);
/** They are to say who left a newsletter, and not to bring people in. */
let asReturned = $state(false);
let takingBack = $state(false);

export function nextFiles(): readonly ChosenFile[] {
  return waiting;
}
export function done(): readonly Finished[] {
  return finished;
}
/** Whether what became of them was looked at and left. Reactive. */
export function areLeft(): boolean {
  return left;
}
export function leaveResult(): void {
  left = true;
}
/** Back to what became of them. */
export function backToResult(): void {
  left = false;
}

/** Files from outside: they are looked at on the import screen. */
export function bring(files: readonly ChosenFile[], returned = false): void {
  if (files.length === 0) return;
  [brought, asReturned] = [files, returned];
  go("/import");
}
/** Those files, once. Reactive. */
export function takeBrought(): readonly ChosenFile[] | null {
  const files = brought;
  if (files !== null) brought = null;
  return files;
}

/** Whether the files at hand were brought to say who left. Reactive. */
export function areReturned(): boolean {
  return asReturned;
}
export function expectReturned(returned: boolean): void {
  asReturned = returned;
}

/** A new row of files; what became of earlier ones is no longer shown. */
export function queue(files: readonly ChosenFile[]): void {
  [waiting, finished] = [files, []];
}
/** The next file, which no longer waits. */
export function takeNext(): ChosenFile | null {
  const [next, ...others] = waiting;
  waiting = others;
  return next ?? null;
}
export function forgetAll(): void {
  [waiting, finished] = [[], []];
}

/** One is being taken back. */
export function isTakingBack(): boolean {
  return takingBack;
}

/** Takes back one import, once, however many buttons ask for it. */
export async function takeBack(operation: number): Promise<void> {
  if (takingBack) return;
  takingBack = true;
  try {
    const lately = await attempt(call("history.recent", { limit: 100 }));
    if (lately?.find(({ id }) => id === operation)?.undone) return;
    const taken = await attempt(call("history.take_back", { operation }));
    if (taken) {
      const again = operationOf(taken);
      say(undoneWords(taken.label), {
        ...(taken.notes.length > 0 ? { details: taken.notes.join("\n") } : {}),
        ...(again === null ? {} : { action: { label: "Put it back", run: () => void putBack(again) } }),
      });
    }
  } finally {
    takingBack = false;
  }
}

/** What was taken back stands again. */
async function putBack(operation: number): Promise<void> {
  const back = await attempt(call("history.take_back", { operation }));
  if (back) say(undoneWords(back.label), back.notes.length > 0 ? { details: back.notes.join("\n") } : {});
}

/** An import came to its end, whoever asked for it. */
export function finish(run: ImportRun, request: ImportRequest | null = run.request): void {
  if (run.phase === "taken_back") {
    say(
      `Took back what came in from ${run.fileName}`,
      run.notes.length > 0 ? { details: run.notes.join("\n") } : {},
    );
    return;
  }
  const { done } = run;
  if (done.kind === "table") keep({ from: run.fileName, result: done, request });
  else keepEverything(done);
  const { operation } = done;
  say(
    `${done.kind === "table" ? doneWords(done) : everythingWords(done)} from ${run.fileName}`,
    operation === null ? {} : { action: { label: "Undo", run: () => void takeBack(operation) } },
  );
}

/** Those who left, as a file says, are no longer written to. */
export function finishReturned(looked: ReturnsPreview, result: ReturnsDone): void {
  keep({ from: looked.fileName, result, looked });
}

function keep(one: Finished): void {
  [finished, left] = [[...finished, one], false];
}
