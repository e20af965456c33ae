//! A walk through the evidence day by day: points that decay, a stage that rises at once and falls only by a reset.

use std::cmp::Ordering;

use chrono::{Days, NaiveDate};

use super::config::{ByStage, Config, EPSILON, reaches};
use super::signs::{Reset, Sign};
use super::standing::Piece;
use super::words::{Cause, Stage};

const STAGES: usize = Stage::ALL.len();

/// One person's walk up to the end of `day`. Cheap to copy, since a pin needs to know where the walk would lead without
/// what was known when it was set.
#[derive(Clone)]
pub(super) struct Walk<'a> {
    config: &'a Config,
    signs: &'a [Sign<'a>],
    day: NaiveDate,
    pub stage: Option<Stage>,
    /// The newest change of `stage`, unless a pin brought it down since.
    pub step: Option<Step<'a>>,
    /// Points of full proofs, decayed to `day`.
    proofs: [f64; STAGES],
    /// Points of everything else by kind, decayed to `day`, not yet capped.
    others: Vec<(&'a str, [f64; STAGES])>,
    /// Signs before this place say nothing about the stage: a reset or a pin came after them.
    mute_before: [usize; STAGES],
}

/// A change of the walk's stage.
#[derive(Clone, Copy)]
pub(super) struct Step<'a> {
    pub on: NaiveDate,
    pub cause: Cause,
    pub because: Reason<'a>,
}

/// The piece of evidence behind a step.
#[derive(Clone, Copy)]
pub(super) enum Reason<'a> {
    Sign(&'a Sign<'a>, Stage),
    Reset(&'a Reset<'a>),
}

/// What one day brings: its resets, deepest first, and its signs as a range of all.
#[derive(Clone, Copy)]
pub(super) struct Today<'a> {
    pub date: NaiveDate,
    pub resets: &'a [Reset<'a>],
    pub first_sign: usize,
    pub past_signs: usize,
}

impl<'a> Walk<'a> {
    pub fn new(config: &'a Config, signs: &'a [Sign<'a>]) -> Self {
        Self {
            config,
            signs,
            day: signs.first().map_or(NaiveDate::MIN, Sign::day),
            stage: None,
            step: None,
            proofs: [0.0; STAGES],
            others: Vec::new(),
            mute_before: [0; STAGES],
        }
    }

    /// Lives through one day. The resets of a day come before its signs, and a stage may use all signs of the day.
    pub fn live(&mut self, today: &Today<'a>) {
        self.age_to(today.date);
        if let Some(deepest) = today.resets.first() {
            self.turn_back(deepest, today);
        }
        if today.first_sign < today.past_signs {
            for sign in &self.signs[today.first_sign..today.past_signs] {
                self.hear(sign, today.ceiling());
            }
            self.climb(today);
        }
    }

    /// Lets the points decay up to a later day.
    pub fn age_to(&mut self, day: NaiveDate) {
        let left = self.left_after((day - self.day).num_days());
        self.day = self.day.max(day);
        for points in self.proofs.iter_mut().chain(self.others.iter_mut().flat_map(|(_, points)| points)) {
            *points *= left;
        }
    }

    /// Makes the signs before `past_signs` say nothing above `limit`, and brings the stage down to it.
    pub fn mute_above(&mut self, limit: Option<Stage>, past_signs: usize) {
        for &stage in Stage::ALL.iter().filter(|&&stage| Some(stage) > limit) {
            let nth = stage as usize;
            self.proofs[nth] = 0.0;
            self.others.iter_mut().for_each(|(_, points)| points[nth] = 0.0);
            self.mute_before[nth] = past_signs;
        }
        if self.stage > limit {
            self.stage = limit;
            self.step = None;
        }
    }

    /// Points of a stage on the walk's day: `S(s, t)` of domain 3.2.
    pub fn score(&self, stage: Stage) -> f64 {
        self.score_later(stage, 1.0)
    }

    /// Points of every stage on the walk's day.
    pub fn scores(&self) -> ByStage {
        ByStage {
            discover: self.score(Stage::Discover),
            evaluate: self.score(Stage::Evaluate),
            learn: self.score(Stage::Learn),
            build: self.score(Stage::Build),
            scale: self.score(Stage::Scale),
        }
    }

    /// The first day after the walk's own on which the points of `stage` are below `limit`, if nothing else happens.
    pub fn first_day_below(&self, stage: Stage, limit: f64) -> Option<NaiveDate> {
        if limit <= EPSILON {
            return None;
        }
        let nth = stage as usize;
        let uncapped = self.proofs[nth] + self.others.iter().map(|(_, points)| points[nth]).sum::<f64>();
        first_day_below(self.config, self.day, uncapped, limit, |left| self.score_later(stage, left))
    }

    /// The signs that still say something about `stage`, newest first, on one day by kind.
    pub fn speaking_for(&self, stage: Stage) -> impl Iterator<Item = &'a Sign<'a>> {
        let audible = &self.signs[self.mute_before[stage as usize]..];
        audible.chunk_by(|a, b| a.day() == b.day()).rev().flatten().filter(move |sign| sign.points(stage) > 0.0)
    }

    fn turn_back(&mut self, reset: &'a Reset<'a>, today: &Today<'a>) {
        let above = self.stage > Some(reset.target);
        self.mute_above(Some(reset.target), today.past_signs);
        if above {
            self.step = Some(Step { on: today.date, cause: Cause::Reset, because: Reason::Reset(reset) });
        }
    }

    fn hear(&mut self, sign: &Sign<'a>, ceiling: Option<Stage>) {
        let kind = &*sign.act.kind.key;
        for &stage in Stage::ALL.iter().filter(|&&stage| ceiling.is_none_or(|ceiling| stage <= ceiling)) {
            let points = sign.points(stage);
            if sign.proves_fully(stage) {
                self.proofs[stage as usize] += points;
            } else if points > 0.0 {
                let place = self.others.iter().position(|(other, _)| *other == kind).unwrap_or_else(|| {
                    self.others.push((kind, [0.0; STAGES]));
                    self.others.len() - 1
                });
                self.others[place].1[stage as usize] += points;
            }
        }
    }

    fn climb(&mut self, today: &Today<'a>) {
        let entered =
            Stage::ALL.iter().rev().copied().find(|&stage| reaches(self.score(stage), self.config.enter.at(stage)));
        let Some(stage) = entered.filter(|&stage| Some(stage) > self.stage) else { return };
        let heard = &self.signs[self.mute_before[stage as usize]..today.past_signs];
        let strongest = heard.iter().filter(|sign| sign.points(stage) > 0.0).max_by(|a, b| self.outranks(a, b, stage));
        self.stage = Some(stage);
        if let Some(sign) = strongest {
            let alone = sign.proves_fully(stage) && reaches(self.points_left(sign, stage), self.config.enter.at(stage));
            let cause = if alone { Cause::Proof } else { Cause::Signs };
            self.step = Some(Step { on: today.date, cause, because: Reason::Sign(sign, stage) });
        }
    }

    /// A proof before any other sign, then the most points after decay, then the newest, then by kind and id.
    fn outranks(&self, a: &Sign<'a>, b: &Sign<'a>, stage: Stage) -> Ordering {
        let (ours, theirs) = (self.points_left(a, stage), self.points_left(b, stage));
        let by_points = if (ours - theirs).abs() <= EPSILON { Ordering::Equal } else { ours.total_cmp(&theirs) };
        let name = |sign: &Sign<'a>| (&*sign.act.kind.key, sign.act.evidence.id);
        a.proves_fully(stage)
            .cmp(&b.proves_fully(stage))
            .then(by_points)
            .then(a.day().cmp(&b.day()))
            .then_with(|| name(b).cmp(&name(a)))
    }

    fn points_left(&self, sign: &Sign<'a>, stage: Stage) -> f64 {
        sign.points(stage) * self.left_after((self.day - sign.day()).num_days())
    }

    fn score_later(&self, stage: Stage, left: f64) -> f64 {
        let nth = stage as usize;
        let others = self.others.iter().map(|(_, points)| (points[nth] * left).min(self.config.kind_cap));
        self.proofs[nth] * left + others.sum::<f64>()
    }

    fn left_after(&self, days: i64) -> f64 {
        share_left(self.config, days)
    }
}

impl Today<'_> {
    /// The stage above which this day's signs say nothing, since a reset of the day beats them.
    pub fn ceiling(&self) -> Option<Stage> {
        self.resets.first().map(|reset| reset.target)
    }
}

impl Reason<'_> {
    pub fn piece(&self) -> Piece {
        match *self {
            Self::Sign(sign, stage) => piece(sign, stage),
            Self::Reset(reset) => Piece {
                id: reset.act.evidence.id,
                kind: reset.act.kind.key.to_string(),
                on_day: reset.act.evidence.on_day,
                observed_by: reset.act.evidence.observed_by,
                proof: false,
            },
        }
    }
}

/// The sign as a piece of the explanation of `stage`.
pub(super) fn piece(sign: &Sign, stage: Stage) -> Piece {
    Piece {
        id: sign.act.evidence.id,
        kind: sign.act.kind.key.to_string(),
        on_day: sign.day(),
        observed_by: sign.act.evidence.observed_by,
        proof: sign.proves_fully(stage),
    }
}

/// The share of any points that is left after so many days. None is lost by going back in time.
pub(super) fn share_left(config: &Config, days: i64) -> f64 {
    let half_lives = days.max(0) as f64 / f64::from(config.half_life_days.max(1));
    (-half_lives).exp2()
}

/// The first day after `day` on which `points_at` falls below `limit`. It takes the share left, never rises with
/// the days, and is at most `uncapped` times the share.
pub(super) fn first_day_below(
    config: &Config,
    day: NaiveDate,
    uncapped: f64,
    limit: f64,
    points_at: impl Fn(f64) -> f64,
) -> Option<NaiveDate> {
    let half_lives = (uncapped / limit).log2().max(0.0);
    let mut below = (half_lives * f64::from(config.half_life_days.max(1))).ceil() as i64 + 1;
    let mut above = 0;
    while below - above > 1 {
        let middle = above + (below - above) / 2;
        if reaches(points_at(share_left(config, middle)), limit) { above = middle } else { below = middle }
    }
    day.checked_add_days(Days::new(below.unsigned_abs()))
}
