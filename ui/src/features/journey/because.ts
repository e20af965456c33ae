// The explanation of a stage in words: what was seen, when, by whom, and what they might do next.
import type { Piece, Standing, StageChange } from "../../ipc/gen";
import { knownDay, longDay, relativeDay, shortDay } from "../../kit/dates";
import { moveCauseWords } from "../../kit/moveWords";
import { inSentence, listed, observedByWords, pinUntilWords, stageName, stageNumber } from "../../kit/words";

/** A piece of a sentence. With `touchpoint` it leads to that entry. */
export type Part = { text: string; touchpoint?: string; soft?: boolean };

/**
 * What stands before the pieces. They speak for what the evidence says, so they are only the reason of the stage
 * that is shown while that is the same and nobody set it by hand.
 */
export function speaksFor({ stage, evidenceStage, pin, because }: Standing): string | null {
  if (because.length === 0) return null;
  if (stage !== evidenceStage) return `The evidence says ${stageName(evidenceStage)}:`;
  return pin ? "The evidence agrees:" : "Because:";
}

/** "Because talked in person (21 May, seen by you). Also: reported a bug (3 Apr, they told you)." */
export function because(standing: Standing, today: string): Part[] {
  const [first, ...others] = standing.because;
  if (!first) return [{ text: nothingSeen(standing), soft: true }];
  const parts: Part[] = [...evidence(first, today), { text: ". " }];
  if (others.length > 0) {
    parts.push({ text: "Also: " });
    others.forEach((piece, i) => {
      if (i > 0) parts.push({ text: ", " });
      parts.push(...evidence(piece, today));
    });
    parts.push({ text: "." });
  }
  return parts;
}

export function evidence(piece: Piece, today: string): Part[] {
  const day = knownDay(piece.onDay, piece.precision, today);
  const seen = piece.observedStage
    ? `${observedVerb(piece)} ${stageName(piece.observedStage)}`
    : observedByWords[piece.observedBy];
  return [
    { text: inSentence(piece.label), touchpoint: piece.touchpoint },
    { text: ` (${day}, ${seen})`, soft: true },
  ];
}

function observedVerb({ observedBy }: Piece): string {
  const verbs = {
    seen: "you saw",
    told: "they told you:",
    inferred: "second hand:",
    imported: "imported as",
  };
  return verbs[observedBy];
}

function nothingSeen(standing: Standing): string {
  if (standing.pin) return "Nothing they did is written down yet.";
  if (standing.stage) return "The evidence for it is no longer here.";
  return standing.presence === "none"
    ? "Nothing they did is written down yet. What you send or give never places anyone."
    : "What is written down does not place them yet.";
}

/** The person's own word, when one is in force: in theirs, or that they took a move back. */
export function ownWord(standing: Standing, today: string): string | null {
  const { pin } = standing;
  if (!pin) return null;
  const refused = tookBack(standing);
  if (refused) return `You took back the move to ${stageName(refused.to)}.`;
  const until =
    pin.until === "date" && pin.untilDay
      ? `until ${shortDay(pin.untilDay, today)}`
      : pinUntilWords[pin.until];
  const reason = pin.reason.trim().replace(/\.$/, "");
  return `You set this: “${reason}”. It holds ${until}.`;
}

/**
 * The move whose refusal the pin in force is. Taking a move back pins the stage before it on that day, and the log
 * goes back there at once; a pin of one's own on another day or at another stage is not that.
 */
function tookBack({ pin, history, asOf }: Standing): StageChange | undefined {
  const [last, before] = history.filter(({ onDay }) => onDay <= asOf);
  if (!pin || !last) return undefined;
  if (last.status === "refused") return last.from === pin.stage ? last : undefined;
  const goesBack = last.to === pin.stage && last.onDay === pin.on;
  return goesBack && before?.status === "refused" && before.from === pin.stage ? before : undefined;
}

/** The move that waits for a word. What somebody set or took back themselves is their word already. */
export function waits({ moved, pin }: Standing): StageChange | null {
  return pin ? null : moved;
}

/** A day of the journey no more exact than what happened on it: "12 Mar", or "March 2026" for an entry of that month. */
export function dayKnown(standing: Standing, day: string, today: string): string {
  const precision = precisionOf(standing, day);
  return precision ? knownDay(day, precision, today) : shortDay(day, today);
}

/** The same, written out. */
export function dayKnownInFull(standing: Standing, day: string, today: string): string {
  const precision = precisionOf(standing, day);
  return precision ? knownDay(day, precision, today) : longDay(day);
}

/** How exactly the day is known, when nothing that is known to the day stands on it. */
function precisionOf({ because, history }: Standing, day: string): "month" | "year" | null {
  let vague: "month" | "year" | null = null;
  for (const piece of [...because, ...history.flatMap((change) => change.because)]) {
    if (piece.onDay !== day || piece.precision === "unknown") continue;
    if (piece.precision !== "month" && piece.precision !== "year") return null;
    if (vague !== "month") vague = piece.precision;
  }
  return vague;
}

/** "What might come next for them: …" Never what we do. */
export function comingNext({ couldComeNext }: Standing): string | null {
  return couldComeNext.length > 0 ? listed(couldComeNext.map(inSentence), "or") : null;
}

/** What time has done, or what is nearly there. */
export function hints({ near, confidence, lastSignOn, reviewOn }: Standing, today: string): string[] {
  const said: string[] = [];
  if (near) said.push(`One more sign of ${stageName(near)} would do it.`);
  if ((confidence === "fading" || confidence === "stale") && lastSignOn) {
    said.push(`Last sign ${relativeDay(lastSignOn, today)}.`);
  }
  if (reviewOn) said.push(`Up for review on ${shortDay(reviewOn, today)}.`);
  return said;
}

/** "Moved from Learning to Building", "Placed at Discovery", "Back from Scaling to Building". */
export function move({ from, to }: Pick<StageChange, "from" | "to">): string {
  if (to === null) return from ? `No longer placed, was ${stageName(from)}` : "Not placed";
  if (from === null) return `Placed at ${stageName(to)}`;
  const back = stageNumber(to) < stageNumber(from);
  return `${back ? "Back" : "Moved on"} from ${stageName(from)} to ${stageName(to)}`;
}

const statuses: Record<StageChange["status"], string> = {
  applied: "",
  suggested: "waits for you",
  accepted: "you accepted it",
  refused: "you took it back",
};

/** Why a line stands in the history: "several signs together, you accepted it". `before` is the move before it. */
export function causeAndStatus(
  { cause, status, from, to }: StageChange,
  before: StageChange | undefined,
): string {
  if (before?.status === "refused" && from === before.to && to === before.from)
    return "you took the move before it back";
  if (cause === "pin") return moveCauseWords.pin;
  return [moveCauseWords[cause], statuses[status]].filter(Boolean).join(", ");
}
