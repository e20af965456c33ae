// Turning the window to another file, and what must be put away before.
import { theHost, turn } from "./call";
import type { AnotherFile } from "./host";
import { changeSettings, flushSettings, settings } from "./settings.svelte";

/**
 * Nothing happens when the person changes their mind. Rejects with a `Failure`; the file that was open then still is.
 * When it is kept, the page is about to start anew on the other file.
 */
export async function turnTo(file: AnotherFile): Promise<void> {
  leaveField();
  const name = await turn(() => theHost().openFile(file));
  if (name === null) return;
  showEverybody();
  await flushSettings();
  history.replaceState(null, "", "#/people");
  location.reload();
}

/** Moves the open file; answers with its new name, or null when the person changed their mind. */
export async function moveFile(): Promise<string | null> {
  leaveField();
  return theHost().moveFile();
}

/** A field that is edited where it stands saves when it is left. */
function leaveField(): void {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.blur();
}

/** A filter names tags of the file it was made on, so it would find nobody in another. */
function showEverybody(): void {
  const { query, ...people } = settings().people ?? {};
  if (!query) return;
  const filter = { text: "", stages: [], tags: [], lastTouch: "any" as const };
  changeSettings({ people: { ...people, query: { ...query, filter } } });
}
