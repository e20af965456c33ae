// Turning the window to another file or another state of this one, closing it, and what must be put away before.
import { answered, theHost, turn } from "./call";
import type { AnotherFile } from "./host";
import { changeSettings, flushSettings, settings } from "./settings.svelte";

const WORDS = "said after the start";

/** What is said once the page has started anew. */
export type Words = { text: string; details?: string };

/**
 * Nothing happens when the person changes their mind. Rejects with a `Failure`; the file that was open then still is.
 * When it is kept, the page is about to start anew on the other file.
 */
export async function turnTo(file: AnotherFile): Promise<void> {
  leaveField();
  const name = await turn(() => theHost().openFile(file));
  if (name !== null) await startAnew();
}

/**
 * Puts a backup in the place of the file. `words` says so afterwards, and is told where a damaged file was set aside.
 * Rejects with a `Failure`; the file is then where it was.
 */
export async function putBack(name: string, words: (aside: string | null) => Words): Promise<void> {
  leaveField();
  let aside: string | null = null;
  const done = await turn(async () => {
    aside = await theHost().restoreBackup(name);
    return name;
  });
  if (done === null) return;
  sessionStorage.setItem(WORDS, JSON.stringify(words(aside)));
  await startAnew();
}

/** Opens a damaged file only to be looked at. */
export async function lookAt(): Promise<void> {
  const done = await turn(async () => {
    await theHost().lookAtFile();
    return "";
  });
  if (done !== null) await startAnew();
}

/** What the page that was here before wanted to be said, once. */
export function wordsOfBefore(): Words | null {
  const kept = sessionStorage.getItem(WORDS);
  sessionStorage.removeItem(WORDS);
  return kept === null ? null : (JSON.parse(kept) as Words);
}

/** Moves the open file; answers with its new name, or null when the person changed their mind. */
export async function moveFile(): Promise<string | null> {
  leaveField();
  return theHost().moveFile();
}

/** Kept once everything that was typed and set is saved, and the window may go. */
export async function putAway(): Promise<void> {
  leaveField();
  await answered();
  await flushSettings();
}

async function startAnew(): Promise<void> {
  showEverybody();
  await flushSettings();
  history.replaceState(null, "", "#/");
  location.reload();
}

/** A field that is edited where it stands saves when it is left. */
function leaveField(): void {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.blur();
}

/** A filter names tags, lists and fields of the file it was made on, and a view is one of its own. */
function showEverybody(): void {
  const { query, opened: _, ...people } = settings().people ?? {};
  if (!query) return;
  const filter = { text: "" };
  changeSettings({ people: { ...people, query: { ...query, filter } } });
}
