//! What was done, in words, and how it is taken back.
use crate::{
    error::{Error, Result},
    id::Id,
    imports, journey,
    numbers::{self, people},
    rpc::{Empty, phrase},
    store::{Settled, Tx},
    touchpoints,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One user action, in words: "Edited Priya Nair", "Imported 412 people from meetup.csv".
#[derive(Debug, Clone, Serialize, TS)]
pub struct OperationLine {
    #[ts(type = "number")]
    pub id: i64,
    pub command: String,
    pub label: String,
    pub at: i64,
    pub undone: bool,
}

/// What was taken back or brought back, and what of it could not be seen: sentences.
#[derive(Debug, Serialize, TS)]
pub struct Undone {
    pub label: String,
    pub notes: Vec<String>,
}

#[derive(Debug, Deserialize, TS)]
pub struct Recent {
    pub limit: u32,
}

pub fn undo(tx: &mut Tx, _: Empty) -> Result<Undone> {
    let Some(operation) = tx.newest_standing()? else { return Err(Error::Nothing("take back")) };
    taken_back(tx, operation)
}

#[derive(Debug, Deserialize, TS)]
pub struct TakeBack {
    #[ts(type = "number")]
    pub operation: i64,
}

/// Takes back one operation, whichever it is.
///
/// # Errors
/// `not_found` when it is taken back already, or cannot be.
pub fn take_back(tx: &mut Tx, input: TakeBack) -> Result<Undone> {
    taken_back(tx, input.operation)
}

pub(crate) fn taken_back(tx: &mut Tx, operation: i64) -> Result<Undone> {
    let label = line(tx, operation)?.label;
    let settled = tx.take_back(operation)?;
    journey::void(tx, operation)?;
    undone(tx, label, &settled)
}

pub fn redo(tx: &mut Tx, _: Empty) -> Result<Undone> {
    let Some(operation) = tx.newest_undone()? else { return Err(Error::Nothing("bring back")) };
    let settled = tx.bring_back(operation)?;
    journey::unvoid(tx, operation)?;
    let label = line(tx, operation)?.label;
    undone(tx, label, &settled)
}

fn undone(tx: &mut Tx, label: String, settled: &Settled) -> Result<Undone> {
    let mut notes = notes(tx, settled)?;
    notes.extend(touchpoints::keep_somebody(tx, settled.operation)?);
    Ok(Undone { label, notes })
}

/// The newest operations, newest first.
pub fn recent(tx: &Tx, input: Recent) -> Result<Vec<OperationLine>> {
    tx.column::<i64>("SELECT id FROM operations ORDER BY id DESC LIMIT ?1", [input.limit.min(500)])?
        .into_iter()
        .map(|op| line(tx, op))
        .collect()
}

/// One operation in words. The names are looked up now, so that an erased person leaves none behind.
pub fn line(tx: &Tx, operation: i64) -> Result<OperationLine> {
    type Row = (String, i64, bool, Option<String>, Option<Id>, Option<i64>, Option<String>);
    let (command, at, undone, table, subject, count, note): Row = tx.sql().query_row(
        "SELECT command, at, undone_at IS NOT NULL, subject_tbl, subject, count, note FROM operations WHERE id = ?1",
        [operation],
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?, r.get(6)?)),
    )?;
    let subject = match (table.as_deref(), subject) {
        (Some("people"), Some(id)) => tx.scalar::<String>("SELECT display_name FROM people WHERE id = ?1", [id])?,
        (Some("imports"), Some(id)) => imports::whom(tx, id)?,
        _ => None,
    };
    let who = match (subject, count) {
        (Some(whom), _) if table.as_deref() == Some("imports") => whom,
        (Some(name), Some(n)) if n > 2 => format!("{name} and {} others", numbers::count(n as u64 - 1)),
        (Some(name), Some(2)) => format!("{name} and one other"),
        (Some(name), _) => name,
        (None, Some(n)) if n > 1 => people(n as u64),
        (None, _) => "somebody".to_owned(),
    };
    let label = phrase(&command)
        .unwrap_or(&command)
        .replace("{who}", &who)
        .replace("{n}", &numbers::count(count.unwrap_or(0) as u64))
        .replace("{note}", &note.map_or_else(|| "a file".to_owned(), |n| format!("“{n}”")));
    Ok(OperationLine { id: operation, command, label, at, undone })
}

fn notes(tx: &Tx, settled: &Settled) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    if !settled.overwritten.is_empty() {
        let fields: Vec<String> =
            settled.overwritten.iter().map(|(_, column)| column.trim_end_matches("_id").replace('_', " ")).collect();
        notes.push(format!("Changed again since, so it stays as it is: {}.", fields.join(", ")));
    }
    let mut names = Vec::new();
    for id in settled.stayed.iter().take(20) {
        names.extend(tx.scalar::<String>("SELECT display_name FROM people WHERE id = ?1", [id])?);
    }
    if !names.is_empty() {
        let more = settled.stayed.len() - names.len();
        let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
        notes.push(format!("Kept, because something was added to them since: {}{tail}.", names.join(", ")));
    }
    Ok(notes)
}
