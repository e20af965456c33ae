import { describe, expect, test } from "vitest";
import type { Piece, Standing, StageChange } from "../../ipc/gen";
import {
  because,
  causeAndStatus,
  comingNext,
  dayKnown,
  hints,
  move,
  ownWord,
  speaksFor,
  waits,
  type Part,
} from "./because";

const today = "2026-05-21";
const piece = (label: string, onDay: string, more: Partial<Piece> = {}): Piece => ({
  touchpoint: label,
  kind: label,
  label,
  onDay,
  precision: "day",
  observedBy: "seen",
  observedStage: null,
  proof: false,
  ...more,
});
const standing = (more: Partial<Standing>): Standing => ({
  asOf: today,
  stage: "build",
  since: "2026-04-20",
  confidence: "confirmed",
  presence: "active",
  ring: "primary",
  involvement: null,
  moved: null,
  pin: null,
  evidenceStage: "build",
  reached: [],
  because: [],
  reviewOn: null,
  near: null,
  lastSignOn: null,
  couldComeNext: [],
  history: [],
  ...more,
});
const pin = {
  id: "p",
  stage: null,
  on: today,
  until: "proof" as const,
  untilDay: null,
  reason: "",
};
const change = (more: Partial<StageChange>): StageChange => ({
  id: JSON.stringify(more),
  from: null,
  to: null,
  onDay: today,
  recordedAt: 0,
  status: "applied",
  cause: "recalculated",
  because: [],
  ...more,
});
const read = (parts: Part[]) => parts.map((part) => part.text).join("");

describe("the explanation of a stage", () => {
  test("names each piece with its day and who saw it", () => {
    const said = because(
      standing({
        because: [
          piece("Showed a demo or prototype", "2026-05-12"),
          piece("Helped another developer", "2026-04-20", { observedBy: "told" }),
          piece("Reported a bug", "2026-04-03", { observedBy: "imported" }),
        ],
      }),
      today,
    );
    expect(read(said)).toMatch(
      /^showed a demo or prototype \(.*12.*, seen by you\)\. Also: helped another developer/,
    );
    expect(read(said)).toMatch(/reported a bug \(.*, imported\)\.$/);
    expect(said.filter((part) => part.touchpoint).map((part) => part.touchpoint)).toHaveLength(3);
  });

  test("an observed stage says who observed it", () => {
    const talked = piece("Talked in person", "2026-05-20", { observedBy: "told", observedStage: "build" });
    expect(read(because(standing({ because: [talked] }), today))).toContain("they told you: Building");
  });

  test("a month is not made more exact than it is", () => {
    const vague = piece("Reported a bug", "2025-03-01", { precision: "month" });
    expect(read(because(standing({ because: [vague] }), today))).toContain("March 2025");
  });

  test("someone whom only we wrote to is told apart from someone who is new", () => {
    const words = read(because(standing({ stage: null, presence: "none" }), today));
    expect(words).toContain("What you send or give never places anyone.");
  });

  test("a stage set by hand says why in the person's words, and the evidence for another stage stands beside it", () => {
    const own = standing({
      evidenceStage: "learn",
      because: [piece("Opened a pull request", today)],
      pin: { ...pin, stage: "build", reason: "Saw their demo at the meetup." },
    });
    expect(ownWord(own, today)).toBe(
      "You set this: “Saw their demo at the meetup”. It holds until the next proof.",
    );
    expect(speaksFor(own)).toBe("The evidence says Learning:");
    expect(speaksFor({ ...own, evidenceStage: "build" })).toBe("The evidence agrees:");
    expect(speaksFor({ ...own, pin: null, evidenceStage: "build" })).toBe("Because:");
  });

  const wentBack = [
    ["on another day, as a pin", change({ from: "learn", to: "discover", cause: "pin", status: "accepted" })],
    ["on the day of the move, as the past worked out again", change({ from: "learn", to: "discover" })],
  ] as const;
  test.each(wentBack)(
    "a move taken back %s is the person's own word, and nobody asks about it",
    (_, back) => {
      const refused = change({ from: "discover", to: "learn", cause: "proof", status: "refused" });
      const own = standing({
        stage: "discover",
        evidenceStage: "learn",
        moved: back,
        pin: { ...pin, stage: "discover", reason: "Words of the core that nobody reads here" },
        history: [back, refused],
      });
      expect(ownWord(own, today)).toBe("You took back the move to Learning.");
      expect(waits(own)).toBeNull();
      expect(waits({ ...own, pin: null })).toBe(back);
      expect(causeAndStatus(back, refused)).toBe("you took the move before it back");
    },
  );

  test("a stage set later, after a move was taken back, is told by its reason", () => {
    const own = standing({
      stage: "discover",
      pin: { ...pin, stage: "discover", on: "2026-05-21", reason: "They only watch" },
      history: [
        change({ from: "learn", to: "discover", onDay: "2026-05-02", cause: "pin", status: "accepted" }),
        change({ from: "discover", to: "learn", onDay: "2026-05-01", status: "refused" }),
      ],
    });
    expect(ownWord(own, today)).toContain("“They only watch”");
  });

  test("what is only known by its month reaches a stage in that month, not on its first day", () => {
    const vague = piece("Got it working", "2026-03-01", { precision: "month" });
    expect(dayKnown(standing({ because: [vague] }), "2026-03-01", today)).toBe("March 2026");
    const both = standing({ because: [vague, piece("Reported a bug", "2026-03-01")] });
    expect(dayKnown(both, "2026-03-01", today)).toMatch(/^(1 Mar|Mar 1)$/);
  });

  test("what comes next is theirs to do, joined with or", () => {
    expect(
      comingNext(standing({ couldComeNext: ["Runs it in production", "Took it to another team"] })),
    ).toBe("runs it in production or took it to another team");
  });

  test("nearness and fading are said in words, not numbers", () => {
    const words = hints(standing({ near: "learn", confidence: "fading", lastSignOn: "2025-10-21" }), today);
    expect(words).toEqual(["One more sign of Learning would do it.", "Last sign 7 months ago."]);
  });

  test("a move reads as what happened", () => {
    expect(move({ from: null, to: "discover" })).toBe("Placed at Discovery");
    expect(move({ from: "learn", to: "build" })).toBe("Moved on from Learning to Building");
    expect(move({ from: "scale", to: "build" })).toBe("Back from Scaling to Building");
  });
});
