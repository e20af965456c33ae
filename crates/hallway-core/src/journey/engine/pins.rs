//! The course of the shown stage: the walk through the evidence, with pins laid over it.
//!
//! A pin hides the walk; it does not stop it. From the pin's day a second walk runs along, for which everything up to
//! that day says nothing above the pinned stage. When the pin ends, for whatever reason, the second walk goes on alone.
//! A newer pin ends the one before, so what an older one has silenced stays silent: adding evidence can then never
//! lower the shown stage, however many pins there are.

use chrono::NaiveDate;

use super::config::Config;
use super::evidence::{Pin, Until};
use super::signs::{Reset, Sign};
use super::standing::{Move, Piece};
use super::walk::{Reason, Today, Walk, piece};
use super::words::{Cause, Stage};

/// Where the course has led by the end of its last day.
pub(super) struct Course<'a> {
    /// What the evidence says.
    pub walk: Walk<'a>,
    /// The pin in force.
    pub pinned: Option<Pinned<'a>>,
    /// Every change of the shown stage.
    pub history: Vec<Move>,
}

/// A pin in force.
pub(super) struct Pinned<'a> {
    /// Its place in the list of pins.
    pub index: usize,
    pub pin: &'a Pin,
    /// The walk that goes on when the pin ends.
    afterwards: Walk<'a>,
}

/// Follows the shown stage up to and including `as_of`.
pub(super) fn follow<'a>(
    config: &'a Config,
    signs: &'a [Sign<'a>],
    resets: &'a [Reset<'a>],
    pins: &'a [Pin],
    as_of: NaiveDate,
) -> Course<'a> {
    let pins = newest_of_each_day(pins, as_of);
    let mut course = Course { walk: Walk::new(config, signs), pinned: None, history: Vec::new() };
    let (mut sign, mut reset, mut pin) = (0, 0, 0);
    loop {
        let coming = [
            signs.get(sign).map(Sign::day),
            resets.get(reset).map(|reset| reset.act.evidence.on_day),
            pins.get(pin).map(|(_, pin)| pin.on_day),
            course.pinned.as_ref().and_then(Pinned::over_on),
        ];
        let Some(date) = coming.into_iter().flatten().filter(|&date| date <= as_of).min() else { break };
        let past_signs = sign + signs[sign..].iter().take_while(|sign| sign.day() == date).count();
        let past_resets = reset + resets[reset..].iter().take_while(|reset| reset.act.evidence.on_day == date).count();
        let today = Today { date, resets: &resets[reset..past_resets], first_sign: sign, past_signs };
        let set_today = pins.get(pin).filter(|(_, pin)| pin.on_day == date);

        course.live(&today, &signs[sign..past_signs], set_today.copied());

        (sign, reset, pin) = (past_signs, past_resets, pin + usize::from(set_today.is_some()));
    }
    course.walk.age_to(as_of);
    course
}

impl<'a> Course<'a> {
    /// The stage to show.
    pub fn shown(&self) -> Option<Stage> {
        self.pinned.as_ref().map_or(self.walk.stage, |pinned| pinned.pin.stage)
    }

    fn live(&mut self, today: &Today<'a>, signs: &'a [Sign<'a>], set_today: Option<(usize, &'a Pin)>) {
        let before = self.shown();
        let mut why = None;
        if self.pinned.as_ref().and_then(Pinned::over_on).is_some_and(|over| over <= today.date) {
            self.unpin();
            why = Some((Cause::PinEnded, None));
        }
        self.walk.live(today);
        if let Some(pinned) = &mut self.pinned {
            pinned.afterwards.live(today);
        }
        if let Some((cause, reason)) = self.pinned.as_ref().and_then(|pinned| pinned.contradicted(today, signs)) {
            self.unpin();
            why = Some((cause, Some(reason)));
        }
        if let Some((index, pin)) = set_today {
            self.unpin();
            let mut afterwards = self.walk.clone();
            afterwards.mute_above(pin.stage, today.past_signs);
            self.pinned = Some(Pinned { index, pin, afterwards });
            why = Some((Cause::Pin, None));
        }
        if self.shown() != before {
            let (cause, because) = self.reason(today, why);
            self.history.push(Move { on: today.date, from: before, to: self.shown(), cause, because });
        }
    }

    fn unpin(&mut self) {
        if let Some(pinned) = self.pinned.take() {
            self.walk = pinned.afterwards;
        }
    }

    /// Why the shown stage changed today: a pin set today; else the evidence of today; else the end of a pin, with the
    /// evidence that had been leading elsewhere meanwhile.
    fn reason(&self, today: &Today<'a>, why: Option<(Cause, Option<Piece>)>) -> (Cause, Option<Piece>) {
        let step = self.walk.step.as_ref();
        match (why, step) {
            (Some((Cause::Pin, _)), _) => (Cause::Pin, None),
            (_, Some(step)) if step.on == today.date => (step.cause, Some(step.because.piece())),
            (Some((cause, Some(reason))), _) => (cause, Some(reason)),
            (_, step) => (Cause::PinEnded, step.map(|step| step.because.piece())),
        }
    }
}

impl Pinned<'_> {
    /// The first day on which a pin with a date is no longer in force.
    pub fn over_on(&self) -> Option<NaiveDate> {
        match self.pin.until {
            Until::Date(last) => last.max(self.pin.on_day).succ_opt(),
            Until::Proof | Until::Good => None,
        }
    }

    /// What of a later day ends a pin that lasts until the next proof. Its own day never comes here, since a pin is set
    /// at the end of its day. A reset beats a proof of the same day.
    fn contradicted(&self, today: &Today, signs: &[Sign]) -> Option<(Cause, Piece)> {
        if self.pin.until != Until::Proof {
            return None;
        }
        if let Some(reset) = today.resets.first().filter(|reset| Some(reset.target) < self.pin.stage) {
            return Some((Cause::Reset, Reason::Reset(reset).piece()));
        }
        let heard = |sign: &Sign| match (sign.full_proof_of(), today.ceiling()) {
            (Some(stage), Some(ceiling)) => Some(stage.min(ceiling)),
            (stage, _) => stage,
        };
        let proof = signs.iter().rev().max_by_key(|sign| heard(sign))?;
        let stage = heard(proof).filter(|&stage| Some(stage) > self.pin.stage)?;
        Some((Cause::Proof, piece(proof, stage)))
    }
}

/// The pins up to `as_of` with their places, oldest first; of those set on one day only the last was meant.
fn newest_of_each_day(pins: &[Pin], as_of: NaiveDate) -> Vec<(usize, &Pin)> {
    let mut pins: Vec<_> = pins.iter().enumerate().filter(|(_, pin)| pin.on_day <= as_of).collect();
    pins.sort_by_key(|&(index, pin)| (pin.on_day, std::cmp::Reverse(index)));
    pins.dedup_by_key(|(_, pin)| pin.on_day);
    pins
}
