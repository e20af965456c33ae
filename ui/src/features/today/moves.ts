// Moves and the review, as rows like those of Today.
import type { Move, PersonPick, ReviewItem } from "../../ipc/gen";
import { knownDay, relativeDay, shortDay } from "../../kit/dates";
import { inSentence, listed, observedByWords, stageName } from "../../kit/words";
import type { Row } from "./rows";

const nothing = {
  due: null,
  late: null,
  hiddenUntil: null,
  snoozes: 0,
  followup: null,
  touchpoint: null,
  context: { lastSaid: null, building: null },
};

function shown({ id, name, organisation, stage }: PersonPick): NonNullable<Row["person"]> {
  return { id, name, organisation, stage, confidence: stage ? "confirmed" : "unplaced", leftAlone: false };
}

export function moveRow({ person, change, waiting, new: isNew }: Move, today: string): Row {
  const because = listed(
    change.because.map(
      ({ label, onDay, precision, observedBy }) =>
        `${inSentence(label)} (${knownDay(onDay, precision, today)}, ${observedByWords[observedBy]})`,
    ),
  );
  return {
    ...nothing,
    key: `move:${change.id}`,
    kind: "moved",
    person: shown(person),
    text: shortDay(change.onDay, today),
    change: change.id,
    move: { from: change.from, to: change.to, because },
    waiting,
    isNew,
  };
}

export function reviewRow({ person, stage, to, lastSignOn }: ReviewItem, today: string): Row {
  const last = lastSignOn ? `last sign ${relativeDay(lastSignOn, today)}` : "no sign any more";
  return {
    ...nothing,
    key: `review:${person.id}`,
    kind: "review",
    person: { ...shown(person), confidence: "stale" },
    text: `still at ${stageName(stage)}, or back at ${stageName(to)}?`,
    change: null,
    move: null,
    because: last,
  };
}
