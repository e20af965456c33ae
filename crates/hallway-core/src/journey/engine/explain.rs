//! The facts of the explanation (domain 3.4): why this stage, since when, how close the next is, what might come.

use chrono::NaiveDate;

use super::config::{Config, reaches};
use super::pins::Course;
use super::signs::Sign;
use super::standing::{Answer, Move, Piece, Reached};
use super::walk::{Reason, Walk, piece};
use super::words::{Confidence, Stage, Strength};

/// Nobody reads more.
const PIECES: usize = 3;
/// The share of a stage's points from which one more sign would do it: 80 of 100.
const NEAR: f64 = 0.8;

/// The day of the last change, for a person who is placed.
pub(super) fn since(history: &[Move], stage: Option<Stage>) -> Option<NaiveDate> {
    history.last().filter(|_| stage.is_some()).map(|change| change.on)
}

/// The pieces that speak for the walk's stage: the reset that brought the person there, the newest proof, then the
/// newest.
pub(super) fn because(walk: &Walk) -> Vec<Piece> {
    let Some(stage) = walk.stage else { return Vec::new() };
    let reset = walk.step.as_ref().and_then(|step| match step.because {
        Reason::Reset(_) => Some(step.because.piece()),
        Reason::Sign(..) => None,
    });
    let proof = walk.speaking_for(stage).find(|sign| sign.proves_fully(stage));
    let led = |sign: &&Sign| proof.is_some_and(|proof| std::ptr::eq(proof, *sign));
    let newest = walk.speaking_for(stage).filter(|sign| !led(sign));
    let signs = proof.into_iter().chain(newest).map(|sign| piece(sign, stage));
    reset.into_iter().chain(signs).take(PIECES).collect()
}

/// The day of the newest sign that speaks for `stage`.
pub(super) fn last_sign_on(walk: &Walk, stage: Stage) -> Option<NaiveDate> {
    walk.speaking_for(stage).next().map(Sign::day)
}

/// The next stage, if one more sign would reach it. While pinned one more sign would not.
pub(super) fn near(config: &Config, course: &Course) -> Answer<Option<Stage>> {
    let walk = &course.walk;
    let enough = |stage| NEAR * config.enter.at(stage);
    let next = next_above(walk.stage)
        .filter(|_| course.pinned.is_none())
        .filter(|&stage| reaches(walk.score(stage), enough(stage)));
    Answer { now: next, changes_on: next.and_then(|stage| walk.first_day_below(stage, enough(stage))) }
}

/// What would speak for the stage after the shown one: what proves it first, then what comes closest to proving it.
pub(super) fn could_come_next(config: &Config, shown: Option<Stage>) -> Vec<String> {
    let Some(next) = next_above(shown) else { return Vec::new() };
    let mut kinds: Vec<_> = config
        .kinds
        .iter()
        .filter(|kind| kind.on && kind.points_to == Some(next) && !kind.comes_next.is_empty())
        .collect();
    kinds.sort_by_key(|kind| {
        let strength = kind.strength.unwrap_or(Strength::Weak);
        (std::cmp::Reverse(kind.proves), strength)
    });
    kinds.into_iter().take(PIECES).map(|kind| kind.comes_next.to_string()).collect()
}

/// The shown stage and those below it, with the day each was reached. Climbing past a stage reaches it; a fall forgets
/// the stages above.
pub(super) fn reached(history: &[Move]) -> Vec<Reached> {
    let mut reached: Vec<Reached> = Vec::with_capacity(Stage::ALL.len());
    for change in history {
        reached.retain(|step| Some(step.stage) <= change.to);
        let passed = Stage::ALL.iter().copied().filter(|&stage| Some(stage) > change.from && Some(stage) <= change.to);
        reached.extend(passed.map(|stage| Reached { stage, on: change.on }));
    }
    reached
}

/// The stage after a review: one step back from a stale one, but not below Evaluation for those who ever reached
/// Learning.
pub(super) fn review(course: &Course, confidence: Confidence) -> Option<Stage> {
    let shown = course.shown()?;
    if course.pinned.is_some() || confidence != Confidence::Stale {
        return Some(shown);
    }
    let has_learned = course.history.iter().any(|change| change.to >= Some(Stage::Learn));
    let floor = if has_learned { Stage::Evaluate } else { Stage::Discover };
    Some(shown.previous().unwrap_or(shown).max(floor))
}

fn next_above(stage: Option<Stage>) -> Option<Stage> {
    match stage {
        Some(stage) => stage.next(),
        None => Some(Stage::Discover),
    }
}
