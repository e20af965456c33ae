//! From acts to signs and resets: what each act says about each stage, in an order that does not depend on when it was
//! typed.

use chrono::NaiveDate;

use super::config::{Config, EPSILON};
use super::evidence::Act;
use super::words::Stage;

/// An act that gives points.
#[derive(Clone, Copy)]
pub(super) struct Sign<'a> {
    pub act: Act<'a>,
    /// The highest stage it gives a proof's points to, before its confidence.
    proves: Option<Stage>,
    /// The highest stage it gives any points to.
    points_to: Option<Stage>,
    proof_points: f64,
    base_points: f64,
    confidence: f64,
}

/// An act that takes the person back to a stage.
#[derive(Clone, Copy)]
pub(super) struct Reset<'a> {
    pub act: Act<'a>,
    pub target: Stage,
}

impl Sign<'_> {
    pub fn day(&self) -> NaiveDate {
        self.act.evidence.on_day
    }

    /// Points it gives to `stage` on its own day: `g(e, s)` of domain 3.2.
    pub fn points(&self, stage: Stage) -> f64 {
        if Some(stage) <= self.proves {
            self.proof_points * self.confidence
        } else if Some(stage) <= self.points_to {
            self.base_points * self.confidence
        } else {
            0.0
        }
    }

    /// The highest stage it proves beyond doubt.
    pub fn full_proof_of(&self) -> Option<Stage> {
        self.proves.filter(|_| self.confidence >= 1.0 - EPSILON)
    }

    /// Whether it proves `stage` beyond doubt.
    pub fn proves_fully(&self, stage: Stage) -> bool {
        self.full_proof_of() >= Some(stage)
    }

    fn counts_once_with(&self, other: &Self) -> bool {
        let about = |sign: &Self| (sign.day(), sign.act.evidence.observed_stage);
        about(self) == about(other) && self.act.kind.key == other.act.kind.key
    }
}

/// What an observation is worth, from 0 to 1.
pub(super) fn worth(config: &Config, act: &Act) -> f64 {
    let rewarded = if act.evidence.incentivised { config.incentivised } else { 1.0 };
    config.confidence.of(act.evidence.observed_by) * rewarded
}

/// The signs up to and including `as_of`, oldest first. Of one kind, day and observed stage only the strongest is left.
pub(super) fn signs<'a>(config: &Config, acts: &[Act<'a>], as_of: NaiveDate) -> Vec<Sign<'a>> {
    let mut signs: Vec<_> =
        acts.iter().filter(|act| act.evidence.on_day <= as_of).filter_map(|act| sign(config, act)).collect();
    signs.sort_by(|a, b| {
        let (this, that) = (a.act.evidence, b.act.evidence);
        (this.on_day, &a.act.kind.key, this.observed_stage)
            .cmp(&(that.on_day, &b.act.kind.key, that.observed_stage))
            .then(b.confidence.total_cmp(&a.confidence))
            .then((this.observed_by, this.id).cmp(&(that.observed_by, that.id)))
    });
    signs.dedup_by(|later, first| later.counts_once_with(first));
    signs
}

/// The resets up to and including `as_of`, oldest first, on one day the deepest first.
pub(super) fn resets<'a>(acts: &[Act<'a>], as_of: NaiveDate) -> Vec<Reset<'a>> {
    let mut resets: Vec<_> = acts
        .iter()
        .filter(|act| act.kind.on && act.evidence.on_day <= as_of)
        .filter_map(|act| act.kind.resets_to.map(|target| Reset { act: *act, target }))
        .collect();
    resets.sort_by_key(|reset| (reset.act.evidence.on_day, reset.target, &*reset.act.kind.key, reset.act.evidence.id));
    resets
}

fn sign<'a>(config: &Config, act: &Act<'a>) -> Option<Sign<'a>> {
    let Act { kind, evidence } = *act;
    if !kind.on || kind.resets_to.is_some() {
        return None;
    }
    let (proves, points_to) = match evidence.observed_stage {
        Some(seen) => (Some(seen), Some(seen)),
        None => (kind.proves, kind.points_to),
    };
    points_to.or(proves)?;
    Some(Sign {
        act: *act,
        proves,
        points_to,
        proof_points: config.strength.proof,
        base_points: kind.strength.map_or(0.0, |strength| config.strength.of(strength)),
        confidence: worth(config, act),
    })
}
