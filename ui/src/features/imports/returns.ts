// What is said of a file of those who left, before it is taken in and afterwards.
import type { PersonPick, ReturnLine, ReturnsDone, ReturnsPreview } from "../../ipc/gen";
import { count, listed, plural, returnOutcomeWords } from "../../kit/words";

const hashes = (n: number) => (n === 1 ? "a keyed hash" : "keyed hashes");

/** "412 unsubscribed: 398 known, 14 unknown and remembered only as keyed hashes". */
export function lineWords({ outcome, addresses, known, unknown, already }: ReturnLine): string {
  const more = unknown > 0 ? `, ${count(unknown)} unknown and remembered only as ${hashes(unknown)}` : "";
  const before = already > 0 ? `; of ${count(already)} it was known before` : "";
  return `${count(addresses)} ${returnOutcomeWords[outcome]}: ${count(known)} known${more}${before}`;
}

/** Of these nothing changes. */
export function subscribedWords(subscribed: number): string {
  return `${plural(subscribed, "still gets", "still get")} it`;
}

/** "Bo, Cem, Dee and 2 more" */
function firstOf(first: readonly PersonPick[], all: number): string {
  const names = first.slice(0, 3).map(({ name }) => name);
  const others = all - names.length;
  return listed(others > 0 ? [...names, `${count(others)} more`] : names);
}

/** "1 stopped; 1 stays, opted in anew: Bo": counted as it is, whoever stays by name. */
export function shortly(fileName: string, { ended, stay, stays }: ReturnsDone): string {
  const stopped = `${fileName}: ${count(ended)} stopped`;
  if (stay === 0) return stopped;
  return `${stopped}; ${count(stay)} ${stay === 1 ? "stays" : "stay"}, opted in anew: ${firstOf(stays, stay)}`;
}

/** What was ended, and for how many. */
export function endedWords({ ended, suppressed }: ReturnsDone): string {
  if (ended > 0) return `Mail ended to ${plural(ended, "address", "addresses")} of people here`;
  if (suppressed > 0) return `${plural(suppressed, "address is", "addresses are")} remembered`;
  return "Nothing was new";
}

/** What else became of a file that was taken in. */
export function leftFacts(looked: ReturnsPreview, { stay, stays }: ReturnsDone): string[] {
  const sum = (of: "unknown" | "already") => looked.outcomes.reduce((all, line) => all + line[of], 0);
  const [unknown, already] = [sum("unknown"), sum("already")];
  const { subscribed, unreadable } = looked;
  return [
    ...(unknown > 0
      ? [
          `${plural(unknown, "address is", "addresses are")} of nobody here, and remembered only as ${hashes(unknown)}`,
        ]
      : []),
    ...(already > 0 ? [`Of ${count(already)} it was known before`] : []),
    ...(stay > 0
      ? [`${count(stay)} opted in anew since, and ${stay === 1 ? "stays" : "stay"}: ${firstOf(stays, stay)}`]
      : []),
    ...(subscribed > 0 ? [`${subscribedWords(subscribed)}: nothing changed`] : []),
    ...(unreadable > 0
      ? [`${plural(unreadable, "row has", "rows have")} no address that can be read, and changed nothing`]
      : []),
  ];
}
