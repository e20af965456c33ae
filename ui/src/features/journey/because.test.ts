import { describe, expect, test } from "vitest";
import type { Piece, Standing } from "../../ipc/gen";
import { because, comingNext, hints, move, pinned, type Part } from "./because";

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
  near: null,
  lastSignOn: null,
  couldComeNext: [],
  history: [],
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

  test("a pin against the evidence says both", () => {
    const words = pinned(
      standing({
        evidenceStage: "learn",
        pin: { id: "p", stage: "build", on: today, until: "proof", untilDay: null, reason: "she demoed it." },
      }),
      today,
    );
    expect(words).toBe(
      "The evidence says Learning; you pinned Building because she demoed it, until the next proof.",
    );
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
