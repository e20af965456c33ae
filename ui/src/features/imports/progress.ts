// An import under way, in words.
import type { ImportRun } from "../../ipc/gen";
import { count, percent as inPercent, plural } from "../../kit/words";
import type { Pace } from "./running.svelte";

/** "2 minutes left". */
export function leftWords(seconds: number): string {
  return seconds < 90
    ? `${plural(seconds, "second", "seconds")} left`
    : `${plural(Math.ceil(seconds / 60), "minute", "minutes")} left`;
}

export function percent(share: number): string {
  return inPercent(Math.floor(Math.min(1, Math.max(0, share)) * 100));
}

/** What it is at: "12,400 rows, 4,300 a second, 2 minutes left". */
export function progressWords(run: ImportRun, pace: Pace): string {
  if (run.phase === "backup") return "Making a backup of the file first";
  if (run.phase === "taking_back") return "Taking back what came in";
  if (run.phase === "placing")
    return ["Working out where people stand", ...(pace.left === null ? [] : [leftWords(pace.left)])].join(
      ", ",
    );
  const words = [plural(run.rows, "row", "rows")];
  if (pace.rows !== null) words.push(`${count(pace.rows)} a second`);
  if (pace.left !== null) words.push(leftWords(pace.left));
  return words.join(", ");
}

/** What the sidebar says in one line. */
export function quietWords(run: ImportRun): string {
  switch (run.phase) {
    case "backup":
      return "Backup first";
    case "taking_back":
      return "Taking back";
    case "interrupted":
      return "Interrupted";
    case "elsewhere":
      return `Elsewhere, ${plural(run.rows, "row", "rows")}`;
    default:
      return percent(run.share);
  }
}
