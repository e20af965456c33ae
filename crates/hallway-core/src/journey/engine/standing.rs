//! What comes out of a replay: where a person stands on a day, and the facts that explain it.

use chrono::NaiveDate;

use super::config::ByStage;
use super::evidence::EvidenceId;
use super::words::{Cause, Confidence, ObservedBy, Presence, Ring, Stage};

/// Where a person stands at the end of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The stage to show; `None` is "not placed yet".
    pub stage: Option<Stage>,
    /// The day the shown stage last changed to this one.
    pub since: Option<NaiveDate>,
    /// How much of the evidence for the shown stage is left. While pinned, the pin's day counts as one full proof.
    pub confidence: Confidence,
    /// How lately they did something of their own.
    pub presence: Presence,
    /// How close they are to the community; reads the shown stage.
    pub ring: Ring,
    /// From 1, leading, to 4, exploring; `None` when nothing of theirs weighs anything within a year.
    pub involvement_level: Option<u8>,
    /// Points of each stage on the day, never shown.
    pub scores: ByStage,
    /// Every change of the shown stage, oldest first, at most one a day.
    pub history: Vec<Move>,
    /// The stage the evidence gives; differs from `stage` only while a pin is in force.
    pub evidence_stage: Option<Stage>,
    /// The pin in force, as its place in the list of pins.
    pub pinned: Option<usize>,
    /// At most three pieces that speak for `evidence_stage`: the reset that set it, the newest proof, then the newest.
    pub because: Vec<Piece>,
    /// The stage one more sign would reach. Silent while pinned.
    pub near: Option<Stage>,
    /// The day of the newest sign of the shown stage.
    pub last_sign_on: Option<NaiveDate>,
    /// The day of the newest act of their own.
    pub last_act_on: Option<NaiveDate>,
    /// At most three things they might do that would speak for the next stage ("runs it in production").
    pub could_come_next: Vec<String>,
    /// The shown stage and those below it, each with the day this climb first reached it.
    pub reached: Vec<Reached>,
    /// The stage a review would leave them at: one step back when stale, else the shown one.
    pub review_suggestion: Option<Stage>,
    /// Up to and including this day nobody is reminded to write to them. `None` when that is over.
    pub writing_reminders_silent_until: Option<NaiveDate>,
    /// The next day on which anything above but the points changes without anybody writing anything down.
    pub next_change_on: Option<NaiveDate>,
}

/// One change of the shown stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The day of the change.
    pub on: NaiveDate,
    /// The stage shown until then.
    pub from: Option<Stage>,
    /// The stage shown from then on.
    pub to: Option<Stage>,
    /// What kind of reason it was.
    pub cause: Cause,
    /// The piece of evidence that did it; `None` when a pin did.
    pub because: Option<Piece>,
}

/// One piece of evidence as the explanation names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The touchpoint.
    pub id: EvidenceId,
    /// The key of its kind.
    pub kind: String,
    /// The day it happened.
    pub on_day: NaiveDate,
    /// Who saw it.
    pub observed_by: ObservedBy,
    /// Whether it proves by itself the stage it is named for.
    pub proof: bool,
}

/// A stage and the day it was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The stage.
    pub stage: Stage,
    /// The first day of this climb on which the person was shown there or beyond.
    pub on: NaiveDate,
}

/// An answer, and the next day on which time alone makes it another one.
pub(super) struct Answer<T> {
    pub now: T,
    pub changes_on: Option<NaiveDate>,
}

impl Move {
    /// Whether one full proof did it; then the move is applied without asking.
    pub fn by_proof(&self) -> bool {
        self.cause == Cause::Proof
    }

    /// Whether a reset did it.
    pub fn by_reset(&self) -> bool {
        self.cause == Cause::Reset
    }
}
