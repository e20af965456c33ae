//! Who moved: what waits for a word, and what is new since somebody last looked.
use super::changes::{self, StageChange, StageChangeRow};
use crate::{
    error::Result,
    id::Id,
    people::{self, Count, PersonPick},
    rpc::Empty,
    store::{Subject, Tx},
    time,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The page by which "since last looked at" is remembered.
const PAGE: &str = "moved";
/// Moves that stand, of people who are there and are not ours.
const STANDING: &str =
    "FROM stage_changes c JOIN people p ON p.id = c.person_id JOIN person_state s ON s.person = p.root
    WHERE p.deleted_at IS NULL AND c.voided_by IS NULL AND NOT s.teammate AND c.on_day >= ?1";

/// Those that wait are few, and known by the state of their people.
const WAITING: &str = "FROM person_state s JOIN stage_changes c ON c.id = s.moved
    WHERE s.moved IS NOT NULL AND NOT s.teammate AND c.on_day >= ?1";

words! {
    pub enum MoveFilter {
        /// Those that wait to be accepted or taken back.
        Waiting = "waiting",
        All = "all",
    }
}

#[derive(Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct MovesWindow {
    /// `YYYY-MM-DD`: moves of that day and later.
    pub since: Option<String>,
    /// Those that wait, when nothing is said.
    pub status: Option<MoveFilter>,
    pub offset: u32,
    pub limit: u32,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Moves {
    pub total: u32,
    /// How many of those that wait are new since somebody last looked.
    pub new: u32,
    /// Instant, ms UTC: when that was.
    #[ts(type = "number | null")]
    pub looked_at: Option<i64>,
    pub rows: Vec<Move>,
}

#[derive(Debug, Serialize, TS)]
pub struct Move {
    pub person: PersonPick,
    pub change: StageChange,
    /// It can be accepted or taken back.
    pub waiting: bool,
    /// Nobody has looked since it was noticed.
    pub new: bool,
}

/// Moves, newest first, a window at a time.
pub fn moves(tx: &Tx, input: MovesWindow) -> Result<Moves> {
    let since = input.since.as_deref().map(|day| time::day("since", day)).transpose()?;
    let since = since.map(|day| day.to_string()).unwrap_or_default();
    let standing = if input.status == Some(MoveFilter::All) { STANDING } else { WAITING };
    let total: Option<u32> = tx.scalar(&format!("SELECT count(*) {standing}"), [&since])?;
    let looked_at: Option<i64> = tx.scalar("SELECT at FROM looked WHERE page = ?1", [PAGE])?;
    let new: Option<u32> = tx.scalar(
        "SELECT count(*) FROM person_state s JOIN stage_changes c ON c.id = s.moved WHERE s.moved IS NOT NULL AND NOT s.teammate AND c.recorded_at > ?1",
        [looked_at.unwrap_or(i64::MIN)],
    )?;
    let ids: Vec<Id> = tx.column(
        &format!("SELECT c.id {standing} ORDER BY c.rid DESC LIMIT ?2 OFFSET ?3"),
        (&since, input.limit.clamp(1, 500), input.offset),
    )?;
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let row: StageChangeRow = tx.get(id)?;
        let person = people::root(tx, row.person_id)?;
        let Some(pick) = people::pick(tx, person)? else { continue };
        let waiting = changes::news(tx, person)? == Some(id);
        let new = waiting && looked_at.is_none_or(|looked| row.recorded_at > looked);
        rows.push(Move { person: pick, change: changes::shown(tx, row)?, waiting, new });
    }
    Ok(Moves { total: total.unwrap_or(0), new: new.unwrap_or(0), looked_at, rows })
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AcceptAll {
    /// Instant, ms UTC: the newest that was seen. What was noticed after it goes on waiting.
    #[ts(type = "number")]
    pub seen: i64,
}

/// The person agrees with every move that waits: after an import there are many. One step, which is taken back as one.
pub fn accept_all(tx: &mut Tx, input: AcceptAll) -> Result<Count> {
    let waiting: Vec<Id> =
        tx.column(&format!("SELECT c.id {WAITING} AND c.recorded_at <= ?2 ORDER BY c.rid"), ("", input.seen))?;
    for id in &waiting {
        changes::agreed(tx, *id)?;
    }
    if let Some(first) = waiting.first() {
        let row: StageChangeRow = tx.get(*first)?;
        let person = people::root(tx, row.person_id)?;
        tx.about(Subject::Person(person), Some(waiting.len()), None)?;
    }
    people::state::refresh_concerned(tx)?;
    Ok(Count { people: waiting.len() as u32 })
}

/// What is new begins anew. It is no act of anybody's, so the history does not know of it.
pub fn looked(tx: &mut Tx, _: Empty) -> Result<Empty> {
    tx.sql().execute("INSERT OR REPLACE INTO looked (page, at) VALUES (?1, ?2)", (PAGE, tx.now.0))?;
    tx.mark_changed("looked");
    Ok(Empty {})
}
