// Where someone stands in the fake world: enough of the rules to give the screens something true to show.
import type { Stage, Standing, StageChange, TimelineEntry } from "../gen";
import { kinds } from "./kinds";
import { NOW, TODAY, type Someone } from "./world";

const ORDER: Stage[] = ["discover", "evaluate", "learn", "build", "scale"];
const rank = (stage: Stage | null) => (stage ? ORDER.indexOf(stage) : -1);
const days = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

function proof(entry: TimelineEntry, person: string): Stage | null {
  const kind = kinds.find(({ key }) => key === entry.kind);
  const observed = entry.people.find(({ id }) => id === person)?.observedStage ?? null;
  return rank(observed) > rank(kind?.proves ?? null) ? observed : (kind?.proves ?? null);
}

export function standing(someone: Someone, asOf = TODAY): Standing {
  const { id } = someone.person;
  const theirs = someone.entries
    .filter((entry) => entry.onDay <= asOf && entry.direction !== "from_us" && entry.precision !== "unknown")
    .sort((a, b) => a.onDay.localeCompare(b.onDay));
  let evidenceStage: Stage | null = null;
  let since: string | null = null;
  const reached: Standing["reached"] = [];
  for (const entry of theirs) {
    const reset = kinds.find(({ key }) => key === entry.kind)?.reset;
    const proves = proof(entry, id);
    if (reset && rank(evidenceStage) > rank(reset)) [evidenceStage, since] = [reset, entry.onDay];
    else if (proves && rank(proves) > rank(evidenceStage)) {
      // Those on the way were passed by, or seen on that day too.
      for (const stage of ORDER.slice(rank(evidenceStage) + 1, rank(proves) + 1))
        reached.push({ stage, on: entry.onDay, passed: stage !== proves });
      [evidenceStage, since] = [proves, entry.onDay];
    }
  }
  const seen = reached.filter(({ passed }) => !passed);
  const because = theirs
    .filter((entry) => proof(entry, id))
    .sort((a, b) => rank(proof(b, id)) - rank(proof(a, id)) || b.onDay.localeCompare(a.onDay))
    .slice(0, 3)
    .map((entry) => {
      const own = entry.people.find((person) => person.id === id);
      return {
        touchpoint: entry.id,
        kind: entry.kind,
        label: entry.label,
        onDay: entry.onDay,
        precision: entry.precision,
        observedBy: own?.observedBy ?? ("seen" as const),
        observedStage: own?.observedStage ?? null,
        proof: proof(entry, id) === evidenceStage,
      };
    });
  const last = theirs.at(-1)?.onDay ?? null;
  const silent = last ? days(last, asOf) : 0;
  const pin = someone.pin;
  const stage = pin ? pin.stage : evidenceStage;
  const moved: StageChange | null =
    !pin && since && days(since, asOf) < 10 && !someone.history.some((change) => change.onDay === since)
      ? {
          id: `${id}:${since}`,
          from: seen.at(-2)?.stage ?? null,
          to: evidenceStage,
          onDay: since,
          recordedAt: NOW,
          status: "applied",
          cause: "proof",
          because: because.slice(0, 1),
        }
      : null;
  const history: StageChange[] = seen.map(({ stage: to, on }, i) => ({
    id: `${id}:${on}:${to}`,
    from: seen[i - 1]?.stage ?? null,
    to,
    onDay: on,
    recordedAt: Date.parse(on),
    status: "applied",
    cause: "proof",
    because: [],
  }));
  return {
    asOf,
    stage,
    since: pin ? pin.on : since,
    confidence: !stage
      ? "unplaced"
      : silent <= 180 || stage === "discover"
        ? "confirmed"
        : silent <= 360
          ? "fading"
          : "stale",
    presence: !last ? "none" : silent <= 90 ? "active" : silent <= 365 ? "quiet" : "dormant",
    ring: rank(stage) >= 3 && silent <= 90 ? "primary" : stage && silent <= 365 ? "secondary" : "tertiary",
    involvement: null,
    moved,
    pin,
    evidenceStage,
    reached,
    because,
    reviewOn: null,
    near: stage === "evaluate" && silent < 60 ? "learn" : null,
    lastSignOn: last,
    couldComeNext:
      stage === "scale"
        ? ["organises a meetup", "helps another developer"]
        : ["runs it in production", "takes it to another team", "shows a prototype"],
    history: [...history, ...someone.history],
  };
}
