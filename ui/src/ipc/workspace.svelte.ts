// The open file: its name, zone, day, and what could be taken back. Read again after every change.
import { call, onChange, type Command } from "./call";
import type { WorkspaceInfo } from "./gen";

/** These say what they did themselves, or say it on their page. */
const SPEAK_FOR_THEMSELVES: readonly Command[] = [
  "history.undo",
  "history.redo",
  "history.take_back",
  "imports.begin",
  "imports.step",
  "imports.run",
  "imports.save_refused",
  "imports.forget",
  "returns.apply",
  "suppressions.import",
  "workspace.set_up",
  "workspace.show_only_accepted",
  "sample.load",
  "sample.remove",
  "journey.bring_up_to_date",
];

let info = $state.raw<WorkspaceInfo | null>(null);
let asked = 0;

/** Null only before the file is open. */
export function workspace(): WorkspaceInfo | null {
  return info;
}

/** The day it is in the zone of the file: what "today" and "3 weeks ago" count from. */
export function today(): string {
  return info?.today ?? "1970-01-01";
}

export async function readWorkspace(): Promise<WorkspaceInfo> {
  const turn = ++asked;
  const answer = await call("workspace.info", {});
  if (turn === asked) info = answer;
  return answer;
}

/** Keeps it fresh. `did` hears the words of each change the person just made. */
export function watchWorkspace(did: (label: string) => void): () => void {
  // The change notice of the host may arrive before the answer to the write, so it must not count as said.
  let said = info?.undo?.id ?? 0;
  return onChange(({ by }) => {
    readWorkspace().then(
      ({ undo }) => {
        if (!by || !undo || undo.id <= said) return;
        said = undo.id;
        if (!SPEAK_FOR_THEMSELVES.includes(by)) did(undo.label);
      },
      // The question that could not be answered here is answered, or refused in words, where it was asked.
      () => undefined,
    );
  });
}
