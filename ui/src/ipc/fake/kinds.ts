// The kinds of touchpoints the fake core knows: a shorter table than the real one.
import type { Direction, Kind, RuleSet, Stage } from "../gen";

const kind = (
  key: string,
  label: string,
  direction: Direction,
  pointsTo: Stage | null = null,
  proves: Stage | null = null,
  reset: Stage | null = null,
): Kind => ({
  key,
  label,
  direction,
  fourC: "communication",
  evidence: direction !== "from_us",
  pointsTo,
  proves,
  reset,
  on: true,
});

export const kinds: Kind[] = [
  kind("read_content", "Read or watched something", "from_them", "discover"),
  kind("followed_starred", "Followed or starred", "from_them", "discover", "discover"),
  kind("attended_talk", "Came to a talk", "from_them", "discover", "discover"),
  kind("conversation_in_person", "Talked in person", "two_way", "discover", "discover"),
  kind("conversation_online", "Talked online", "two_way", "discover", "discover"),
  kind("replied", "Replied to us", "from_them", "discover", "discover"),
  kind("asked_if_it_fits", "Asked whether it fits", "from_them", "evaluate", "evaluate"),
  kind("compared_options", "Is comparing options", "from_them", "evaluate", "evaluate"),
  kind("asked_how_to", "Asked how to do something", "from_them", "learn", "evaluate"),
  kind("hands_on_workshop", "Did a hands-on workshop", "from_them", "learn", "evaluate"),
  kind("first_success", "Got it working", "from_them", "learn", "learn"),
  kind("reported_bug", "Reported a bug", "from_them", "build", "learn"),
  kind("answered_question", "Helped another developer", "between_them", "build", "learn"),
  kind("opened_pr", "Opened a pull request", "from_them", "build", "learn"),
  kind("shared_prototype", "Showed a demo or prototype", "from_them", "build", "build"),
  kind("organised_meetup", "Organised a meetup", "between_them", "scale", "learn"),
  kind("co_created", "Made something with us", "two_way", "scale", "learn"),
  kind("in_production", "Runs it in production", "from_them", "scale", "scale"),
  kind("took_it_to_team", "Took it to another team", "between_them", "scale", "scale"),
  kind("stopped_using", "Stopped using it", "from_them", null, null, "evaluate"),
  kind("emailed", "Wrote to them", "from_us"),
  kind("sent_resource", "Sent a resource", "from_us"),
  kind("gave_help", "Solved something for them", "from_us"),
  kind("thanked", "Thanked them", "from_us"),
  kind("invited", "Invited them", "from_us"),
];

/** Rules in the form of those in a file. */
export const rules: RuleSet = {
  half_life_days: 180,
  enter: { discover: 30, evaluate: 100, learn: 100, build: 100, scale: 100 },
  hold: 25,
  fading: 50,
  kind_cap: 90,
  quiet_days: 90,
  dormant_days: 365,
  strength: { proof: 100, strong: 60, weak: 35 },
  confidence: { seen: 1, told: 1, inferred: 0.6, imported: 0.6 },
  incentivised: 0.5,
  review: "quarterly",
  applies: "proofs",
  names: {
    discover: "Discovery",
    evaluate: "Evaluation",
    learn: "Learning",
    build: "Building",
    scale: "Scaling",
  },
  kinds: [],
};
