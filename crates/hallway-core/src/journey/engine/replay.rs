//! The one entry: from everything that is known about a person to where they stand on a day.

use chrono::NaiveDate;

use super::config::{Config, reaches};
use super::evidence::{Evidence, Pin, own_acts};
use super::explain;
use super::life::life;
use super::pins::{Course, follow};
use super::signs::{resets, signs};
use super::standing::{Answer, Standing};
use super::walk::{first_day_below, share_left};
use super::words::{Confidence, Stage};

/// Replays everything dated up to and including `as_of` by today's rules, with the pins in force that day.
///
/// The order of `evidence` does not matter, nor does an entry that is there twice. Evidence and pins dated later are
/// read only to say on which day they will change something.
///
/// Source: domain 3 and 2.8, as decided in decisions 9 to 14.
pub fn replay(config: &Config, evidence: &[Evidence], pins: &[Pin], as_of: NaiveDate) -> Standing {
    let acts = own_acts(config, evidence);
    let signs = signs(config, &acts, as_of);
    let resets = resets(&acts, as_of);
    let course = follow(config, &signs, &resets, pins, as_of);
    let life = life(config, &acts, as_of);

    let stage = course.shown();
    let confidence = confidence(config, &course, as_of);
    let presence = life.presence(config, as_of);
    let ring = life.ring(stage, presence.now, as_of);
    let involvement = life.involvement(as_of);
    let silence = life.silence(as_of);
    let near = explain::near(config, &course);
    let pin_to_come = pins.iter().map(|pin| pin.on_day).filter(|&day| day > as_of).min();
    let next_change_on = [
        confidence.changes_on,
        presence.changes_on,
        ring.changes_on,
        involvement.changes_on,
        silence.changes_on,
        near.changes_on,
        course.pinned.as_ref().and_then(|pinned| pinned.over_on()),
        life.first_to_come(),
        pin_to_come,
    ];

    Standing {
        stage,
        since: explain::since(&course.history, stage),
        confidence: confidence.now,
        presence: presence.now,
        ring: ring.now,
        involvement_level: involvement.now,
        scores: course.walk.scores(),
        evidence_stage: course.walk.stage,
        pinned: course.pinned.as_ref().map(|pinned| pinned.index),
        because: explain::because(&course.walk),
        near: near.now,
        last_sign_on: stage.and_then(|stage| explain::last_sign_on(&course.walk, stage)),
        last_act_on: life.last_act,
        could_come_next: explain::could_come_next(config, stage),
        reached: explain::reached(&course.history),
        review_suggestion: explain::review(&course, confidence.now),
        writing_reminders_silent_until: silence.now,
        next_change_on: next_change_on.into_iter().flatten().min(),
        history: course.history,
    }
}

/// The dot beside the shown stage. Discovery never fades.
fn confidence(config: &Config, course: &Course, as_of: NaiveDate) -> Answer<Confidence> {
    let Some(stage) = course.shown() else { return Answer { now: Confidence::Unplaced, changes_on: None } };
    if stage == Stage::Discover {
        return Answer { now: Confidence::Confirmed, changes_on: None };
    }
    let proof = config.strength.proof;
    let left = course.pinned.as_ref().map(|pinned| proof * share_left(config, (as_of - pinned.pin.on_day).num_days()));
    let points = left.unwrap_or_else(|| course.walk.score(stage));
    let below = |limit| match left {
        Some(left) => first_day_below(config, as_of, left, limit, |share| left * share),
        None => course.walk.first_day_below(stage, limit),
    };
    if reaches(points, config.fading) {
        Answer { now: Confidence::Confirmed, changes_on: below(config.fading) }
    } else if reaches(points, config.hold) {
        Answer { now: Confidence::Fading, changes_on: below(config.hold) }
    } else {
        Answer { now: Confidence::Stale, changes_on: None }
    }
}
