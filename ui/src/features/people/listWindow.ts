// The rows of a list that are in view, fetched page by page. An answer to an older question is never shown.
import type { Heading } from "./grouped";
import { asFailure } from "../../ipc/host";
import type { Failure } from "../../ipc/gen";

export const PAGE = 100;
const MOST_IN_FLIGHT = 2;
/** Rows are asked for when so many are left before they come into view. */
const AHEAD = 50;

export type Rows<Row> = {
  count: number;
  total: number;
  close: boolean;
  rows: Row[];
  /** The headings they stand under, where the list has some. */
  headings?: readonly Heading[];
};
export type Fetch<Row> = (offset: number, limit: number) => Promise<Rows<Row>>;

export type ListWindow<Row> = {
  /** A new question (filter, sort). What is shown stays until its first answer is there, and goes when there is none. */
  ask(fetch: Fetch<Row>): void;
  /** The rows in view; what is missing of them is fetched, and what comes next where they move. */
  need(first: number, last: number): void;
  /** The file changed: the same question again, with what is shown left in place. */
  refresh(): void;
  row(index: number): Row | undefined;
  /** Where a row stands among those that are here, or -1. */
  find(is: (row: Row) => boolean): number;
  count(): number;
  total(): number;
  headings(): readonly Heading[];
  /** Nobody is spelled as it was typed; these come close. */
  close(): boolean;
  /** The answer to the newest question is here, at least in part. */
  settled(): boolean;
  /** What is in view is as the file is now. */
  fresh(): boolean;
  failure(): Failure | null;
};

/** `changed` is called whenever something else would be shown. */
export function listWindow<Row>(changed: () => void): ListWindow<Row> {
  let fetch: Fetch<Row> | null = null;
  /** Counts the questions. Rows belong to one of them. */
  let question = 0;
  let answered = 0;
  /** Counts the refreshes. A page of an older one is shown but fetched again when needed. */
  let freshness = 0;
  let pages = new Map<number, { rows: Row[]; freshness: number }>();
  let inFlight = new Set<number>();
  let [first, last] = [0, 0];
  /** Whether the rows in view last moved down the list (1) or up (-1). */
  let towards = 0;
  let [count, total] = [0, 0];
  let close = false;
  let headings: readonly Heading[] = [];
  let failure: Failure | null = null;

  function load(): void {
    if (!fetch) return;
    const settled = answered === question;
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
      if (inFlight.size >= MOST_IN_FLIGHT) return;
      const here = pages.get(page);
      if (settled && here?.freshness === freshness) continue;
      // Rows past the end may come back after a change, so the first of them is asked for once.
      if (settled && page > 0 && page * PAGE >= count) continue;
      if (!inFlight.has(page)) void request(page, fetch);
    }
    if (!settled || towards === 0 || inFlight.size >= MOST_IN_FLIGHT) return;
    const next = Math.floor((towards > 0 ? last + AHEAD : first - AHEAD) / PAGE);
    if (next < 0 || next * PAGE >= count || pages.has(next) || inFlight.has(next)) return;
    void request(next, fetch);
  }

  async function request(page: number, from: Fetch<Row>): Promise<void> {
    const [mine, asOf] = [question, freshness];
    const flight = inFlight;
    flight.add(page);
    try {
      const answer = await from(page * PAGE, PAGE);
      if (mine !== question) return;
      if (answered !== mine) {
        pages = new Map();
        answered = mine;
      }
      pages.set(page, { rows: answer.rows, freshness: asOf });
      ({ count, total, close, headings = [] } = answer);
      failure = null;
    } catch (thrown) {
      if (mine !== question) return;
      failure = asFailure(thrown);
      // Nobody is shown, and nothing done to anybody, under a question that has no answer.
      if (answered !== mine) {
        pages = new Map();
        count = total = 0;
        close = false;
        headings = [];
      }
      changed();
      return;
    } finally {
      flight.delete(page);
    }
    changed();
    load();
  }

  return {
    ask(next) {
      fetch = next;
      question++;
      inFlight = new Set();
      [first, last] = [0, Math.min(last - first, PAGE - 1)];
      towards = 0;
      load();
    },
    need(from, to) {
      if (from !== first) towards = Math.sign(from - first);
      [first, last] = [Math.max(0, from), Math.max(0, to)];
      load();
    },
    refresh() {
      freshness++;
      inFlight = new Set();
      failure = null;
      load();
    },
    row: (index) => pages.get(Math.floor(index / PAGE))?.rows[index % PAGE],
    find(is) {
      for (const [page, { rows }] of pages) {
        const at = rows.findIndex(is);
        if (at >= 0) return page * PAGE + at;
      }
      return -1;
    },
    count: () => count,
    total: () => total,
    headings: () => headings,
    close: () => close,
    settled: () => answered === question && question > 0,
    fresh() {
      if (answered !== question || failure) return failure !== null;
      for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
        if (page > 0 && page * PAGE >= count) continue;
        if (pages.get(page)?.freshness !== freshness) return false;
      }
      return true;
    },
    failure: () => failure,
  };
}
