//! Where somebody stands, as facts a screen or a terminal can put into words.
use super::{
    JOURNEY, PinUntil,
    changes::{self, StageChange},
    config,
    engine::{self, Confidence, ObservedBy, Presence, Ring, Stage},
    pins, shown_of,
};
use crate::{
    error::Result,
    id::Id,
    people,
    store::Tx,
    time,
    touchpoints::{Part, Precision},
    workspace,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StandingOf {
    pub person: Id,
    /// `YYYY-MM-DD`: evidence up to that day as known today, today's rules, pins in force that day.
    #[ts(optional)]
    pub as_of: Option<String>,
}

/// One piece of evidence, as the explanation names it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Piece {
    pub touchpoint: Id,
    pub kind: String,
    pub label: String,
    pub on_day: String,
    pub precision: Precision,
    pub observed_by: ObservedBy,
    pub observed_stage: Option<Stage>,
    /// It shows the stage by itself.
    pub proof: bool,
}

#[derive(Debug, Serialize, TS)]
pub struct Reached {
    pub stage: Stage,
    /// The day on which they were first there, or further on.
    pub on: String,
    /// It was not seen for itself: on that day they were further on already.
    pub passed: bool,
}

/// A pin in force.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "Pin")]
pub struct PinShown {
    pub id: Id,
    pub stage: Option<Stage>,
    pub on: String,
    pub until: PinUntil,
    pub until_day: Option<String>,
    pub reason: String,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    pub as_of: String,
    pub stage: Option<Stage>,
    pub since: Option<String>,
    pub confidence: Confidence,
    pub presence: Presence,
    pub ring: Ring,
    /// 1 leading … 4 exploring.
    pub involvement: Option<u8>,
    /// The newest move, while it waits to be accepted or taken back.
    pub moved: Option<StageChange>,
    pub pin: Option<PinShown>,
    /// What the evidence says; differs from `stage` while a pin is in force, and where only accepted stages are shown.
    pub evidence_stage: Option<Stage>,
    pub reached: Vec<Reached>,
    /// At most three pieces: newest proof first, then newest.
    pub because: Vec<Piece>,
    /// `YYYY-MM-DD`: when a stage that has grown stale is looked through next.
    pub review_on: Option<String>,
    /// One more sign of this stage would do it.
    pub near: Option<Stage>,
    pub last_sign_on: Option<String>,
    /// What they might do next, as phrases ("runs it in production"): never what we do.
    pub could_come_next: Vec<String>,
    /// Every recorded change, newest first.
    pub history: Vec<StageChange>,
}

pub fn standing(tx: &Tx, input: StandingOf) -> Result<Standing> {
    let person = people::root(tx, input.person)?;
    let today = workspace::today(tx)?;
    let as_of = match input.as_of.as_deref().map(str::trim).filter(|d| !d.is_empty()) {
        Some(day) => time::day("asOf", day)?,
        None => today,
    };
    let replay = shown_of(tx, person, as_of)?;
    let pin = replay.pinned.map(|n| -> Result<PinShown> {
        let pin = pins(tx, person)?.swap_remove(n);
        Ok(PinShown {
            id: pin.id,
            stage: pin.stage,
            on: pin.on_day,
            until: pin.until,
            until_day: pin.until_day,
            reason: pin.reason,
        })
    });
    let moved = if as_of == today { changes::waiting(tx, person)? } else { None };
    let stale = replay.confidence == Confidence::Stale && replay.pinned.is_none();
    let review_on = stale.then(|| -> Result<String> { Ok(config(tx)?.1.review.next_after(as_of).to_string()) });
    Ok(Standing {
        as_of: as_of.to_string(),
        stage: replay.stage,
        since: replay.since.map(|d| d.to_string()),
        confidence: replay.confidence,
        presence: replay.presence,
        ring: replay.ring,
        involvement: replay.involvement_level,
        moved,
        pin: pin.transpose()?,
        evidence_stage: replay.evidence_stage,
        reached: reached(&replay.reached),
        because: replay.because.iter().map(|p| piece(tx, person, p)).collect::<Result<_>>()?,
        review_on: review_on.transpose()?,
        near: replay.near,
        last_sign_on: replay.last_sign_on.map(|d| d.to_string()),
        could_come_next: replay.could_come_next,
        history: changes::history(tx, person, JOURNEY)?,
    })
}

fn reached(steps: &[engine::Reached]) -> Vec<Reached> {
    let passed = |nth: usize| steps.get(nth + 1).is_some_and(|next| next.on == steps[nth].on);
    let shown = |(nth, step): (usize, &engine::Reached)| Reached {
        stage: step.stage,
        on: step.on.to_string(),
        passed: passed(nth),
    };
    steps.iter().enumerate().map(shown).collect()
}

pub(super) fn piece(tx: &Tx, person: Id, piece: &engine::Piece) -> Result<Piece> {
    Ok(named(tx, person, Id(piece.id))?.map_or_else(
        || Piece {
            touchpoint: Id(piece.id),
            kind: piece.kind.clone(),
            label: piece.kind.clone(),
            on_day: piece.on_day.to_string(),
            precision: Precision::Day,
            observed_by: piece.observed_by,
            observed_stage: None,
            proof: piece.proof,
        },
        |named| Piece { proof: piece.proof, ..named },
    ))
}

/// A touchpoint as a piece of somebody's evidence; nothing when it is no longer here.
pub(super) fn named(tx: &Tx, person: Id, touchpoint: Id) -> Result<Option<Piece>> {
    let config = config(tx)?;
    let mut query = tx.sql().prepare_cached(
        "SELECT t.kind, t.on_day, t.precision, tp.role, tp.observed_stage, tp.observed_by, tp.incentivised FROM touchpoints t
         JOIN touchpoint_people tp ON tp.touchpoint_id = t.id
         WHERE t.id = ?1 AND t.deleted_at IS NULL AND tp.person_id IN (SELECT id FROM people WHERE root = ?2 AND deleted_at IS NULL)",
    )?;
    let mut rows = query.query((touchpoint, person))?;
    let mut named: Option<(Piece, Part)> = None;
    while let Some(r) = rows.next()? {
        let part = Part { role: r.get(3)?, observed_stage: r.get(4)?, observed_by: r.get(5)?, incentivised: r.get(6)? };
        let part = named.as_ref().map_or(part, |(_, other)| other.and(part));
        let kind: String = r.get(0)?;
        let piece = Piece {
            touchpoint,
            label: config.1.kind(&kind).map_or_else(|| kind.clone(), |k| k.label.clone().into_owned()),
            kind,
            on_day: r.get(1)?,
            precision: r.get(2)?,
            observed_by: part.observed_by,
            observed_stage: part.observed_stage,
            proof: false,
        };
        named = Some((piece, part));
    }
    Ok(named.map(|(piece, _)| piece))
}
