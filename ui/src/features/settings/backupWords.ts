// How backups are spoken of: when they were made and why, how large they are, and what putting one back would change.
import type { Backup, Difference, KindDifference, Named, Why } from "../../ipc/gen";
import type { Words } from "../../ipc/file";
import { addDays, dayOf, instant, timeIn } from "../../kit/dates";
import { count, listed, people, plural } from "../../kit/words";

/** A backup that can be read, and so be put back. */
export type Readable = Backup & { people: number; touchpoints: number };

export function isReadable(backup: Backup): backup is Readable {
  return backup.people !== null && backup.touchpoints !== null;
}

export const whyWords: Record<Why, string> = {
  hour: "made by itself",
  import: "before an import",
  format: "before a new Hallway changed the file",
  restore: "before a backup was put back",
  asked: "made when you asked",
};

/** "today 14:02", "yesterday 09:30", "18 May 2026, 14:02". */
export function moment(at: number, now: { zone: string; today: string }): string {
  const [day, time] = [dayOf(at, now.zone), timeIn(now.zone, at)];
  if (time && day === now.today) return `today ${time}`;
  if (time && day === addDays(now.today, -1)) return `yesterday ${time}`;
  return instant(at, now.zone);
}

export function holds({ people: who, touchpoints }: Readable): string {
  return `${people(who)}, ${plural(touchpoints, "entry", "entries")}`;
}

/** "640 kB", "12.4 MB". */
export function size(bytes: number): string {
  const kilobytes = Math.ceil(bytes / 1000);
  return kilobytes < 1000 ? `${count(kilobytes)} kB` : `${count(Math.round(kilobytes / 100) / 10)} MB`;
}

/** What would be different, a sentence each; none when everything is as it is now. */
export function changes(difference: Difference): string[] {
  const { back, apart, together, gone, changed, kinds, trash, noesKept, keptApart } = difference;
  return [
    said(back, "in the backup and not here now would be here again"),
    said(apart, "merged with somebody since would stand by themselves again"),
    said(together, "by themselves now would be merged with somebody again"),
    said(gone, "here now and not in the backup would be gone"),
    said(changed, "would be as they were then"),
    ...kinds.flatMap((kind) => [
      some(kind, kind.back, "would be here again"),
      some(kind, kind.gone, "would be gone"),
      some(kind, kind.changed, "would be as before"),
    ]),
    trash > 0 ? `${plural(trash, "thing", "things")} in the trash would be as before.` : "",
    said(keptApart, "not to be contacted since then, or who objected, will be kept so"),
    noesKept > 0
      ? `What was said against writing to ${plural(noesKept, "address", "addresses")} since then stays.`
      : "",
  ].filter((sentence) => sentence !== "");
}

function some({ one, many }: KindDifference, n: number, what: string): string {
  return n > 0 ? `${plural(n, one, many)} ${what}.` : "";
}

function said(who: Named, what: string): string {
  if (who.count === 0) return "";
  const others = who.count - who.names.length;
  const names = others > 0 ? [...who.names, plural(others, "other", "others")] : who.names;
  return `${people(who.count)} ${what}: ${listed(names)}.`;
}

/** What is said when it has been put back. */
export function putBackWords(when: string, aside: string | null, was = "The damaged file"): Words {
  const text = `Put back the backup of ${when}`;
  return aside === null ? { text } : { text, details: `${was} is kept as ${aside}` };
}
