// Somebody was erased: what the window remembers of them goes as well, before anything else can keep it.
import { isFiltered, peopleQuery } from "../features/people/question";
import { call } from "../ipc/call";
import { changeSettings, flushSettings, settings } from "../ipc/settings.svelte";
import { dropDrafts } from "../kit/drafts";
import { leaveView } from "./openedView";

/** So many erasures are kept in mind, since one window may open several files. */
const IN_MIND = 20;

/**
 * The filter that found them may be their name, and so may what is half typed for somebody or something new; what is half
 * typed about them may say more. What is half typed about others stays.
 */
export async function forgetTyped(ids: readonly string[]): Promise<void> {
  dropDrafts((of) => /^(people|lists|views)\.(new|filter)\b/.test(of) || ids.some((id) => of.includes(id)));
  if (isFiltered(peopleQuery().filter)) leaveView();
  await flushSettings();
}

/**
 * The same when somebody was erased whom nobody erased here: thirty days were over, another program did it, or this window
 * was closed meanwhile. Nobody says any more who it was.
 */
export async function forgetErased(): Promise<void> {
  const receipts = await call("erase.receipts", {});
  const newest = receipts.find(({ why }) => why !== "ran_out")?.id;
  const known = settings().erased ?? [];
  if (newest === undefined || known.includes(newest)) return;
  changeSettings({ erased: [newest, ...known].slice(0, IN_MIND) });
  await forgetTyped([]);
}
