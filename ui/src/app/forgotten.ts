// Somebody was erased: what the window remembers of them goes as well, before anything else can keep it.
import { isFiltered, peopleQuery } from "../features/people/question";
import { flushSettings } from "../ipc/settings.svelte";
import { dropDrafts } from "../kit/drafts";
import { leaveView } from "./openedView";

/** The filter that found them may be their name, and half a filter or half an entry may say more. */
export async function forgetTyped(ids: readonly string[]): Promise<void> {
  dropDrafts((of) => /^(people|lists)\.filter /.test(of) || ids.some((id) => of.includes(id)));
  if (isFiltered(peopleQuery().filter)) leaveView();
  await flushSettings();
}
