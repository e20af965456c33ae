// The rules of the journey as a person edits them, and what a change of them would do, in words.
import type { Direction, FourC, Preset, RuleKind, RulesPreview, RuleSet } from "../../ipc/gen";
import { count, people, STAGES } from "../../kit/words";

export const presets: readonly { key: Preset; label: string; about: string }[] = [
  { key: "library", label: "API or library", about: "What Hallway comes with." },
  {
    key: "hardware",
    label: "Hardware or slow adoption",
    about: "Evidence says half as much after a year, and nobody is dormant for two.",
  },
  {
    key: "community",
    label: "Community of practice",
    about: "For a group without a product: taking part and leading count, and the stages are called so.",
  },
];

type NumberOf = "half_life_days" | "quiet_days" | "dormant_days" | "fading" | "hold" | "kind_cap";

export const numbers: readonly { key: NumberOf; label: string; unit: string; about: string }[] = [
  {
    key: "half_life_days",
    label: "Half-life",
    unit: "days",
    about: "After so long evidence says half as much. 30 to 720.",
  },
  { key: "quiet_days", label: "Quiet after", unit: "days", about: "Without anything of theirs." },
  { key: "dormant_days", label: "Dormant after", unit: "days", about: "Without anything of theirs." },
  { key: "fading", label: "Fading below", unit: "points", about: "A proof is worth 100 on its day." },
  { key: "hold", label: "Stale below", unit: "points", about: "Then the review looks at it." },
  {
    key: "kind_cap",
    label: "Most of one kind",
    unit: "points",
    about: "However often it happens. Proofs count in full.",
  },
];

/** A whole number as it is typed, or what it was. */
export function numberTyped(text: string, before: number): number {
  const typed = Number(text.trim());
  return text.trim() !== "" && Number.isFinite(typed) && typed >= 0 ? Math.round(typed) : before;
}

/** What a refusal of the core is about, by the words of its sentence, as the field is called here. */
const faults: readonly [RegExp, NumberOf | "enter"][] = [
  [/a half-life/, "half_life_days"],
  [/be quiet before/, "quiet_days"],
  [/to enter (a|any) stage/, "enter"],
  [/before it is stale/, "hold"],
  [/and the cap/, "kind_cap"],
];

/** The field to mend, by its key, for points to enter with the stage behind it; null where the refusal is about no field of this page. */
export function fieldToMend(refusal: string, { enter }: Pick<RuleSet, "enter">): string | null {
  const field = faults.find(([words]) => words.test(refusal))?.[1] ?? null;
  if (field !== "enter") return field;
  // Nothing at all, or more than a proof is worth: the one that is furthest off.
  const nothing = STAGES.find((stage) => enter[stage] <= 0);
  return `enter.${nothing ?? [...STAGES].sort((a, b) => enter[b] - enter[a])[0]}`;
}

export function same(one: RuleSet, other: RuleSet): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** "This would move 14 people: 9 up, 5 back, which you are asked about." They stand there meanwhile, as after any move. */
export function foretold({ moved, up, toReview }: RulesPreview): string {
  if (moved === 0) return "This moves nobody.";
  const ways = [
    up > 0 ? `${count(up)} up` : "",
    toReview > 0 ? `${count(toReview)} back, which you are asked about` : "",
  ];
  return `This would move ${people(moved)}: ${ways.filter(Boolean).join(", ")}.`;
}

/** The groups of kinds, in the order of the picker, with what is theirs first. */
export const directions: readonly { key: Direction; label: string; four_c: FourC }[] = [
  { key: "two_way", label: "Together", four_c: "communication" },
  { key: "from_them", label: "What they did", four_c: "communication" },
  { key: "between_them", label: "What they did for others", four_c: "communication" },
  { key: "from_us", label: "What you did for them", four_c: "communication" },
];

/** A kind of one's own: it says nothing about a stage until it is told what. */
export function newKind(label: string, direction: Direction, kinds: readonly RuleKind[]): RuleKind {
  const base =
    label
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_+|_+$/g, "")
      .slice(0, 40) || "kind";
  let key = base;
  for (let n = 2; kinds.some((kind) => kind.key === key); n++) key = `${base}_${n}`;
  return {
    key,
    label: label.trim(),
    comes_next: "",
    direction,
    four_c: "communication",
    channel_class: direction === "between_them" ? "word_of_mouth" : "engagement",
    weight: 0,
    points_to: null,
    strength: null,
    proves: null,
    resets_to: null,
    participates: false,
    silences_days: null,
    on: true,
  };
}

/** Changing one thing about a kind changes what goes with it: no stage without a strength, no proof beyond the stage. */
export function fitting(kind: RuleKind): RuleKind {
  const order = ["discover", "evaluate", "learn", "build", "scale"] as const;
  const rank = (stage: RuleKind["proves"]) => (stage === null ? -1 : order.indexOf(stage));
  const points_to = rank(kind.proves) > rank(kind.points_to) ? kind.proves : kind.points_to;
  const strength = points_to === null ? null : (kind.strength ?? "strong");
  // A sign that counts as a proof proves the stage it points to; what proves nothing is a strong sign at most.
  return {
    ...kind,
    points_to,
    strength,
    proves: strength === "proof" ? (kind.proves ?? points_to) : kind.proves,
  };
}

/** The same kind proving another stage, or nothing any more. */
export function proving(kind: RuleKind, proves: RuleKind["proves"]): RuleKind {
  const strength = proves === null && kind.strength === "proof" ? "strong" : kind.strength;
  return fitting({ ...kind, proves, strength });
}
