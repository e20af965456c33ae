// The explanation of a stage in words: what was seen, when, by whom, and what they might do next.
import type { MoveCause, Piece, Standing, StageChange } from "../../ipc/gen";
import { knownDay, relativeDay, shortDay } from "../../kit/dates";
import { inSentence, listed, observedByWords, pinUntilWords, stageName, stageNumber } from "../../kit/words";

/** A piece of a sentence. With `touchpoint` it leads to that entry. */
export type Part = { text: string; touchpoint?: string; soft?: boolean };

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

/** What a pin says, when there is one. */
export function pinned({ pin, evidenceStage }: Standing, today: string): string | null {
  if (!pin) return null;
  const until =
    pin.until === "date" && pin.untilDay
      ? `until ${shortDay(pin.untilDay, today)}`
      : pinUntilWords[pin.until];
  const reason = pin.reason.trim() ? ` because ${pin.reason.trim().replace(/[.\s]+$/, "")}` : "";
  const yours = `you pinned ${stageName(pin.stage)}${reason}, ${until}.`;
  if (evidenceStage === pin.stage) return `The evidence agrees; ${yours}`;
  return `The evidence says ${stageName(evidenceStage)}; ${yours}`;
}

/** "What might come next for them: …" Never what we do. */
export function comingNext({ couldComeNext }: Standing): string | null {
  return couldComeNext.length > 0 ? listed(couldComeNext.map(inSentence), "or") : null;
}

/** What time has done, or what is nearly there. */
export function hints({ near, confidence, lastSignOn }: Standing, today: string): string[] {
  const said: string[] = [];
  if (near) said.push(`One more sign of ${stageName(near)} would do it.`);
  if ((confidence === "fading" || confidence === "stale") && lastSignOn) {
    said.push(`Last sign ${relativeDay(lastSignOn, today)}.`);
  }
  return said;
}

/** "Moved from Learning to Building", "Placed at Discovery", "Back from Scaling to Building". */
export function move({ from, to }: Pick<StageChange, "from" | "to">): string {
  if (to === null) return from ? `No longer placed, was ${stageName(from)}` : "Not placed";
  if (from === null) return `Placed at ${stageName(to)}`;
  const back = stageNumber(to) < stageNumber(from);
  return `${back ? "Back" : "Moved on"} from ${stageName(from)} to ${stageName(to)}`;
}

const causes: Record<MoveCause, string> = {
  proof: "one thing shows it by itself",
  signs: "several signs together",
  reset: "they stopped, chose something else, or the project ended",
  pin: "you pinned it",
  pin_ended: "the pin ended",
  recalculated: "worked out again after an older entry changed",
};

const statuses: Record<StageChange["status"], string> = {
  applied: "",
  suggested: "waits for you",
  accepted: "you accepted it",
  refused: "you took it back",
};

/** Why a line stands in the history: "at the review, you accepted it". */
export function causeAndStatus({ cause, status }: StageChange): string {
  return [causes[cause], statuses[status]].filter(Boolean).join(", ");
}
