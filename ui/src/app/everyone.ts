// Everybody whom a question finds, however many: asked for in pieces.
import { call } from "../ipc/call";
import type { PeopleQuery } from "../ipc/gen";

const PIECE = 500;

export async function everyone(query: PeopleQuery): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const { rows, count } = await call("people.list", { query, offset: ids.length, limit: PIECE });
    ids.push(...rows.map(({ id }) => id));
    if (rows.length === 0 || ids.length >= count) return [...new Set(ids)];
  }
}
