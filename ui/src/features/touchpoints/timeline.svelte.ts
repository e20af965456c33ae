// What happened with one person, newest first, read piece by piece as it is scrolled.
import { call, onChange } from "../../ipc/call";
import type { Failure, TimelineEntry } from "../../ipc/gen";
import { asFailure } from "../../ipc/host";

const PIECE = 50;

export type TimelineOfPerson = {
  readonly entries: readonly TimelineEntry[];
  readonly more: boolean;
  readonly read: boolean;
  readonly failure: Failure | null;
  /** Kept when the first piece is there, or could not be read. */
  readonly firstRead: Promise<void>;
  /** Reads the next piece, or waits for what is being read. */
  further(): Promise<void>;
};

export function timelineOf(
  person: () => string,
  {
    until = () => null,
    piece = PIECE,
  }: { /** Only what happened up to this day. */ until?: () => string | null; piece?: number } = {},
): TimelineOfPerson {
  let entries = $state.raw<readonly TimelineEntry[]>([]);
  let more = $state(false);
  let read = $state(false);
  let failure = $state.raw<Failure | null>(null);
  let turn = 0;
  let underWay: Promise<void> | null = null;
  let wasRead = () => {};
  const firstRead = new Promise<void>((kept) => (wasRead = kept));

  function ask(after: string | undefined, limit: number): Promise<void> {
    const reading = piecesOf(after, limit).finally(() => {
      if (underWay === reading) underWay = null;
    });
    return (underWay = reading);
  }

  async function piecesOf(after: string | undefined, limit: number): Promise<void> {
    const mine = ++turn;
    try {
      const answer = await call("touchpoints.timeline", {
        person: person(),
        limit,
        ...(until() ? { until: until()! } : {}),
        ...(after ? { after } : {}),
      });
      if (mine !== turn) return;
      entries = after ? [...entries, ...answer.entries] : answer.entries;
      more = answer.more;
      failure = null;
    } catch (thrown) {
      if (mine !== turn) return;
      failure = asFailure(thrown);
    } finally {
      if (mine === turn) {
        read = true;
        wasRead();
      }
    }
  }

  $effect(() => {
    person();
    until();
    void ask(undefined, piece);
  });
  // As much as was read is read again, so that nothing jumps.
  $effect(() => onChange(() => void ask(undefined, Math.max(piece, entries.length))));

  return {
    get entries() {
      return entries;
    },
    get more() {
      return more;
    },
    get read() {
      return read;
    },
    get failure() {
      return failure;
    },
    firstRead,
    async further() {
      const last = entries[entries.length - 1];
      if (underWay) await underWay;
      else if (more && last) await ask(last.cursor, piece);
    },
  };
}
