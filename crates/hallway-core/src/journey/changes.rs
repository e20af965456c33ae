//! The log of moves: what the engine saw, and the person's own word on it.
use super::{
    JOURNEY, PinUntil, Standing, config,
    engine::{self, Applies, Cause, Stage},
    standing::{self, Piece},
    told, write_pin,
};
use crate::{
    error::{Result, invalid},
    followups,
    id::Id,
    people,
    record::{AsJson, Check},
    store::Tx,
    time, workspace,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

words! {
    pub enum MoveStatus {
        /// One proof, a reset or a pin did it.
        Applied = "applied",
        /// Several signs did it: it counts at once, and waits for a word.
        Suggested = "suggested",
        Accepted = "accepted",
        /// The person's word against it: truth.
        Refused = "refused",
    }
}

words! {
    pub enum MoveCause {
        Proof = "proof", Signs = "signs", Reset = "reset", Pin = "pin",
        /// A pin came to its end.
        PinEnded = "pin_ended",
        /// The rules were changed.
        Rules = "rules",
        /// What is known of the past changed: something was entered late, corrected or taken back.
        Recalculated = "recalculated",
    }
}

record! {
    /// A move from one stage to another, with what it was seen in and what the person said to it.
    pub struct StageChangeRow in "stage_changes" as "move", Entry, concerns Column("person_id"), hangs on [] {
        /// The move's own id.
        pub id: Id,
        /// Who moved.
        pub person_id: Id,
        /// Always journey.
        pub axis: String,
        /// Where they stood before; null is not placed.
        pub from_stage: Option<Stage>,
        /// Where they stood after.
        pub to_stage: Option<Stage>,
        /// `YYYY-MM-DD`: since when.
        pub on_day: String,
        /// Instant, ms UTC: when it was noticed.
        pub recorded_at: i64,
        /// What was said to it: applied and suggested wait for a word; refused is a word against it.
        pub status: MoveStatus,
        /// What brought it about.
        pub cause: MoveCause,
        /// Ids of the touchpoints it was seen in.
        pub evidence: AsJson<Vec<Id>>,
        /// The version of the rules that saw it.
        pub config_version: u32,
    }
}
impl Check for StageChangeRow {
    fn check(&self) -> Result<()> {
        time::day("onDay", &self.on_day).map(drop)
    }
}

/// One recorded move.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StageChange {
    pub id: Id,
    pub from: Option<Stage>,
    pub to: Option<Stage>,
    pub on_day: String,
    pub recorded_at: i64,
    pub status: MoveStatus,
    pub cause: MoveCause,
    pub because: Vec<Piece>,
}

#[derive(Debug, Deserialize, TS)]
pub struct ChangeId {
    pub id: Id,
}

/// The person agrees with a move.
pub fn accept(tx: &mut Tx, input: ChangeId) -> Result<Standing> {
    let row = agreed(tx, input.id)?;
    told(tx, people::root(tx, row.person_id)?)
}

/// Writes it down.
pub(super) fn agreed(tx: &mut Tx, id: Id) -> Result<StageChangeRow> {
    let mut row = answerable(tx, id)?;
    row.status = MoveStatus::Accepted;
    tx.put(&row)?;
    Ok(row)
}

/// The person disagrees: the stage before it stands again, until a proof contradicts it.
pub fn take_back(tx: &mut Tx, input: ChangeId) -> Result<Standing> {
    let mut row = answerable(tx, input.id)?;
    row.status = MoveStatus::Refused;
    tx.put(&row)?;
    followups::bring_back(tx, row.id)?;
    let today = workspace::today(tx)?;
    // A pin dated before what it answers would not outlast it.
    let on = time::day("onDay", &row.on_day)?.max(today);
    let config = config(tx)?;
    let moved = row.to_stage.map_or("Not placed yet", |stage| config.1.names.at(stage));
    let person = people::root(tx, row.person_id)?;
    write_pin(tx, person, row.from_stage, on, PinUntil::Proof, None, &format!("You took back the move to {moved}."))?;
    told(tx, person)
}

/// A move one can still say something about: the newest one that stands.
fn answerable(tx: &Tx, id: Id) -> Result<StageChangeRow> {
    let row: StageChangeRow = tx.get(id)?;
    if newest(tx, people::root(tx, row.person_id)?)?.is_none_or(|n| n.id != id) {
        return invalid("id", "Something newer has moved them since. Look at the newest move.");
    }
    if !matches!(row.status, MoveStatus::Applied | MoveStatus::Suggested) {
        return invalid("id", "You have already said what you think of this move.");
    }
    Ok(row)
}

/// Writes down the moves the replay made that the log does not know yet. Returns the one that waits for a word.
/// `new_rules` says that the rules are others than those the person was placed by: then whatever they say now is one move,
/// and one that leads back waits for a word.
pub fn record_moves(
    tx: &mut Tx,
    person: Id,
    replay: &engine::Standing,
    today: NaiveDate,
    new_rules: bool,
) -> Result<Option<Id>> {
    let last = newest(tx, person)?;
    let known = last.as_ref().and_then(|l| l.to_stage);
    if replay.stage != known {
        // What the replay did after it last stood where the log ends; if it never stood there, the past has changed.
        let stood = replay.history.iter().rposition(|m| m.to == known).map(|n| n + 1);
        // Everybody begins not placed, before the first move.
        let begin = if last.is_none() || known.is_none() { stood.or(Some(0)) } else { stood };
        match begin.filter(|_| !new_rules) {
            Some(n) if n < replay.history.len() => {
                for step in &replay.history[n..] {
                    append(tx, person, step.from, step)?;
                }
            }
            _ => {
                // A stage set by hand on the very day it answers is the person's word, and not a correction of the past.
                let (status, cause) = match replay.pinned {
                    _ if new_rules && replay.stage > known => (MoveStatus::Applied, MoveCause::Rules),
                    _ if new_rules => (MoveStatus::Suggested, MoveCause::Rules),
                    Some(_) => (MoveStatus::Accepted, MoveCause::Pin),
                    None => (MoveStatus::Applied, MoveCause::Recalculated),
                };
                let row = StageChangeRow {
                    id: tx.new_id(),
                    person_id: person,
                    axis: JOURNEY.into(),
                    from_stage: known,
                    to_stage: replay.stage,
                    on_day: today.to_string(),
                    recorded_at: tx.now.0,
                    status,
                    cause,
                    evidence: AsJson(replay.because.iter().map(|p| Id(p.id)).collect()),
                    config_version: config(tx)?.0,
                };
                tx.insert(&row)?;
            }
        }
    }
    news(tx, person)
}

/// The newest move of somebody, while it waits for a word.
pub fn news(tx: &Tx, person: Id) -> Result<Option<Id>> {
    Ok(newest(tx, person)?.filter(waits).map(|row| row.id))
}

/// Those who are still there and whom an operation moved.
pub fn moved_by(tx: &Tx, operation: i64) -> Result<Vec<Id>> {
    tx.column(
        "SELECT DISTINCT p.root FROM stage_changes s JOIN people p ON p.id = s.person_id
         WHERE s.created_op = ?1 AND s.voided_by IS NULL AND p.deleted_at IS NULL",
        [operation],
    )
}

/// Whether a move of somebody that an operation caused still stands.
pub fn was_moved_by(tx: &Tx, person: Id, operation: i64) -> Result<bool> {
    const MOVED: &str = "SELECT 1 FROM stage_changes WHERE person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND created_op = ?2 AND voided_by IS NULL LIMIT 1";
    Ok(tx.scalar::<i64>(MOVED, (person, operation))?.is_some())
}

fn append(tx: &mut Tx, person: Id, from: Option<Stage>, step: &engine::Move) -> Result<()> {
    let rules = config(tx)?;
    let (proven, cause) = match step.cause {
        Cause::Proof => (true, MoveCause::Proof),
        Cause::Signs => (false, MoveCause::Signs),
        Cause::Reset => (true, MoveCause::Reset),
        Cause::Pin => (true, MoveCause::Pin),
        Cause::PinEnded => (false, MoveCause::PinEnded),
    };
    let status = match (cause, rules.1.applies) {
        // The person said so themselves.
        (MoveCause::Pin, _) => MoveStatus::Accepted,
        (MoveCause::Proof, _) if written_just_now(tx, step)? => MoveStatus::Accepted,
        (_, Applies::All) => MoveStatus::Applied,
        (_, Applies::Proofs) if proven => MoveStatus::Applied,
        (_, Applies::Proofs | Applies::Nothing) => MoveStatus::Suggested,
    };
    let row = StageChangeRow {
        id: tx.new_id(),
        person_id: person,
        axis: JOURNEY.into(),
        from_stage: from,
        to_stage: step.to,
        on_day: step.on.to_string(),
        recorded_at: tx.now.0,
        status,
        cause,
        evidence: AsJson(step.because.iter().map(|p| Id(p.id)).collect()),
        config_version: rules.0,
    };
    tx.insert(&row)
}

/// Whether this very stage was written down in the line that is being saved: that is no news to whoever wrote it.
fn written_just_now(tx: &mut Tx, step: &engine::Move) -> Result<bool> {
    let Some(piece) = &step.because else { return Ok(false) };
    let operation = tx.operation()?;
    let written: Option<i64> = tx.scalar(
        "SELECT 1 FROM touchpoints t JOIN operations o ON o.id = t.created_op JOIN touchpoint_people tp ON tp.touchpoint_id = t.id
         WHERE t.id = ?1 AND o.id = ?2 AND o.command = 'captures.save' AND tp.observed_stage = ?3 LIMIT 1",
        (Id(piece.id), operation, step.to),
    )?;
    Ok(written.is_some())
}

/// The moves an operation caused no longer stand, since it is taken back.
pub fn void(tx: &mut Tx, operation: i64) -> Result<()> {
    tx.sql()
        .execute("UPDATE stage_changes SET voided_by = ?1 WHERE created_op = ?1 AND voided_by IS NULL", [operation])?;
    Ok(())
}

/// They stand again, since it is brought back.
pub fn unvoid(tx: &mut Tx, operation: i64) -> Result<()> {
    tx.sql().execute("UPDATE stage_changes SET voided_by = NULL WHERE voided_by = ?1", [operation])?;
    Ok(())
}

/// The stage the person accepted last, on or before a day, and since when; not placed since that day if there is none.
pub(super) fn accepted(tx: &Tx, person: Id, by: NaiveDate) -> Result<(Option<Stage>, NaiveDate)> {
    let row: Option<StageChangeRow> = tx.find_one(
        "WHERE person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND axis = ?2 AND voided_by IS NULL AND status = 'accepted' AND on_day <= ?3 ORDER BY rid DESC LIMIT 1",
        (person, JOURNEY, by.to_string()),
    )?;
    row.map_or(Ok((None, by)), |row| Ok((row.to_stage, time::day("onDay", &row.on_day)?)))
}

/// The newest move, while it waits for a word.
pub(super) fn waiting(tx: &Tx, person: Id) -> Result<Option<StageChange>> {
    newest(tx, person)?.filter(waits).map(|row| shown(tx, row)).transpose()
}

fn waits(row: &StageChangeRow) -> bool {
    matches!(row.status, MoveStatus::Applied | MoveStatus::Suggested) && row.cause != MoveCause::Pin
}

/// Every recorded move that stands, newest first.
pub(super) fn history(tx: &Tx, person: Id, axis: &str) -> Result<Vec<StageChange>> {
    tx.find::<StageChangeRow>(
        "WHERE person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND axis = ?2 AND voided_by IS NULL ORDER BY rid DESC",
        (person, axis),
    )?
    .into_iter()
    .map(|row| shown(tx, row))
    .collect()
}

/// The stage the log ends with.
pub(super) fn known(tx: &Tx, person: Id) -> Result<Option<Stage>> {
    Ok(newest(tx, person)?.and_then(|last| last.to_stage))
}

fn newest(tx: &Tx, person: Id) -> Result<Option<StageChangeRow>> {
    tx.find_one("WHERE person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND axis = ?2 AND voided_by IS NULL ORDER BY rid DESC LIMIT 1", (person, JOURNEY))
}

pub(super) fn shown(tx: &Tx, row: StageChangeRow) -> Result<StageChange> {
    let person = people::root(tx, row.person_id)?;
    let mut because = Vec::new();
    for touchpoint in row.evidence.0 {
        because.extend(standing::named(tx, person, touchpoint)?);
    }
    Ok(StageChange {
        id: row.id,
        from: row.from_stage,
        to: row.to_stage,
        on_day: row.on_day,
        recorded_at: row.recorded_at,
        status: row.status,
        cause: row.cause,
        because,
    })
}
