// One typed way to ask the core for something, and one place that knows what to do after a write.
import type { Rpc } from "./gen";
import { asFailure, type Answer, type Host } from "./host";

export type Command = keyof Rpc;
export type Input<K extends Command> = Parameters<Rpc[K]>[0];
export type Value<K extends Command> = ReturnType<Rpc[K]>;

let host: Host | null = null;
const underWay = new Set<Promise<unknown>>();
const listeners = new Set<(change: Change) => void>();

/** `by` is the command that wrote, or null when another program did. */
export type Change = { tables: string[]; by: Command | null };

/** Called once, before anything is shown. Returns how to let go of the host. */
export function connect(to: Host): () => void {
  host = to;
  const stop = to.onChanged((notice) => announce({ tables: notice.tables, by: null }));
  return () => {
    stop();
    host = null;
  };
}

export function theHost(): Host {
  if (!host) throw new Error("The page asked for something before it was connected to a host.");
  return host;
}

/** Rejects with a `Failure`. A write also sets every mounted query to ask again. */
export async function call<K extends Command>(cmd: K, input: Input<K>): Promise<Value<K>> {
  let asked: Promise<Answer> | undefined;
  try {
    asked = theHost().rpc(cmd, input);
    if (ABOUT_SOMEONE.test(cmd)) underWay.add(asked);
    const { value, changed } = await asked;
    if (changed.length > 0) announce({ tables: changed, by: cmd });
    return value as Value<K>;
  } catch (thrown) {
    throw asFailure(thrown);
  } finally {
    if (asked) underWay.delete(asked);
  }
}

/** What is answered in a moment. Imports and checks take their time, and nothing waits for them. */
const ABOUT_SOMEONE = /^(people|contact_points|tags|fields|touchpoints|journey)\./;

/** Kept once everything asked about people before now is answered, one way or the other. */
export async function answered(): Promise<void> {
  await Promise.allSettled([...underWay]);
}

export function onChange(heard: (change: Change) => void): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

function announce(change: Change): void {
  for (const heard of [...listeners]) heard(change);
}
