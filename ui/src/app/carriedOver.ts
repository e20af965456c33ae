// Before the filter was text, the window remembered stages, tags and the last touch beside it: said in the text, once.
import { lastTouchPart, type LastTouch } from "../features/filter/lastTouch";
import { oneOf } from "../features/filter/tree";
import { filterOf } from "../features/people/question";
import { call } from "../ipc/call";
import type { FilterTree } from "../ipc/gen";
import { changeSettings, settings } from "../ipc/settings.svelte";

type Before = { text?: string; stages?: string[]; tags?: string[]; lastTouch?: LastTouch };

export async function carryOver(): Promise<void> {
  const query = settings().people?.query;
  const { text = "", stages = [], tags = [], lastTouch = "any" } = (query?.filter ?? {}) as Before;
  if (!query || (stages.length === 0 && tags.length === 0 && lastTouch === "any")) return;
  const named = new Map(
    tags.length > 0 ? (await call("tags.list", {})).map(({ id, name }) => [id, name]) : [],
  );
  const touched = lastTouchPart(lastTouch);
  const tree: FilterTree = {
    is: "all",
    of: [
      ...text
        .split(/\s+/)
        .filter(Boolean)
        .map((word): FilterTree => ({ is: "words", text: word })),
      ...(stages.length > 0 ? [oneOf("stage", stages)] : []),
      // A tag of another file, or one that is gone, finds nobody by its id either.
      ...tags.flatMap((id) => (named.has(id) ? [oneOf("tag", [named.get(id)!])] : [])),
      ...(touched ? [touched] : []),
    ],
  };
  const written = await call("filter.write", { tree });
  changeSettings({ people: { ...settings().people, query: { ...query, filter: filterOf(written.text) } } });
}
