// One typed way to ask the core for something, and one place that knows what to do after a write.
import type { Failure, Rpc } from "./gen";
import { asFailure, type Answer, type Host } from "./host";

export type Command = keyof Rpc;
export type Input<K extends Command> = Parameters<Rpc[K]>[0];
export type Value<K extends Command> = ReturnType<Rpc[K]>;

let host: Host | null = null;
/** Whether the page stays, once that is known; null while nothing is about to replace it. */
let turning: Promise<boolean> | null = null;
/** Two dialogs at once would be one too many. */
let asking = false;
const underWay = new Set<Promise<unknown>>();
const listeners = new Set<(change: Change) => void>();
const alarmed = new Set<(failure: Failure) => void>();

/** `by` is the command that wrote, or null when another program did. */
export type Change = { tables: string[]; by: Command | null };

/** Called once, before anything is shown. Returns how to let go of the host. */
export function connect(to: Host): () => void {
  host = to;
  const stop = to.onChanged((notice) => announce({ tables: notice.tables, by: null }));
  return () => {
    stop();
    host = null;
    turning = null;
  };
}

export function theHost(): Host {
  if (!host) throw new Error("The page asked for something before it was connected to a host.");
  return host;
}

/** Rejects with a `Failure`. A write also sets every mounted query to ask again. */
export async function call<K extends Command>(cmd: K, input: Input<K>): Promise<Value<K>> {
  const { value, changed, operation } = await quietly(cmd, input);
  if (operation !== null && typeof value === "object" && value !== null) operations.set(value, operation);
  if (changed.length > 0) announce({ tables: changed, by: cmd });
  return value;
}

/** Which operation an answer came of: known for as long as somebody has the answer. */
const operations = new WeakMap<object, number>();

/** The operation that takes back what this answer came of; null when there is none. */
export function operationOf(answer: unknown): number | null {
  return typeof answer === "object" && answer !== null ? (operations.get(answer) ?? null) : null;
}

/** As `call`, but nobody is told what changed: whoever asks for step after step tells it when it is worth telling. */
export async function quietly<K extends Command>(
  cmd: K,
  input: Input<K>,
): Promise<{ value: Value<K>; changed: string[]; operation: number | null }> {
  if (turning && !(await turning)) return new Promise(() => undefined);
  let asked: Promise<Answer> | undefined;
  try {
    asked = theHost().rpc(cmd, input, crypto.randomUUID());
    if (SOON_ANSWERED.test(cmd)) underWay.add(asked);
    const { value, changed, operation = null } = await asked;
    return { value: value as Value<K>, changed, operation };
  } catch (thrown) {
    const failure = asFailure(thrown);
    // What is damaged there is the backup, and is said where it was chosen.
    if (failure.code === "damaged" && cmd !== "backups.difference")
      for (const heard of [...alarmed]) heard(failure);
    throw failure;
  } finally {
    if (asked) underWay.delete(asked);
  }
}

/** What is answered in a moment. Imports and checks take their time, and nothing waits for them. */
const SOON_ANSWERED =
  /^(people|views|lists|contact_points|tags|fields|touchpoints|captures|followups|cadences|today|journey|history|doubles\.(?!list)|workspace\.(set_up|show))/;

/** Kept once everything of that kind is answered, one way or the other. */
export async function answered(): Promise<void> {
  while (underWay.size > 0) await Promise.allSettled([...underWay]);
}

/**
 * Opens another file once everything is answered, and holds back whatever the page asks meanwhile. What it asks means
 * nothing in another file: once that is open, nothing is asked or answered any more. Null leaves everything as it is.
 */
export async function turn(open: () => Promise<string | null>): Promise<string | null> {
  if (asking) return null;
  asking = true;
  let opened: string | null = null;
  let stay: (stays: boolean) => void = () => undefined;
  try {
    await answered();
    turning = new Promise<boolean>((kept) => (stay = kept));
    opened = await open();
  } finally {
    asking = false;
    if (opened === null) turning = null;
    stay(opened === null);
  }
  return opened;
}

export function onChange(heard: (change: Change) => void): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

/** The open file turned out to be damaged. */
export function onDamaged(heard: (failure: Failure) => void): () => void {
  alarmed.add(heard);
  return () => alarmed.delete(heard);
}

export function announce(change: Change): void {
  for (const heard of [...listeners]) heard(change);
}
