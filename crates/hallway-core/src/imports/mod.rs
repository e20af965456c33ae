//! People from a file: a preview that says what would happen to every row, then the same in batches, as one operation that
//! can be taken back.
mod apply;
mod earlier;
mod known;
mod layouts;
mod noted;
mod opened;
mod plan;
mod planned;
mod preview;
mod refused;
mod rows;
#[cfg(test)]
mod tests;
mod under_way;

use crate::{
    contact_points::ContactSource,
    error::{Result, invalid},
    id::Id,
    numbers::{count, people},
    record::Check,
    store::Tx,
    transfer::csv::{DayOrder, Mapping},
};
pub use layouts::{Layout, forget};
pub use preview::{ImportPreview, PreviewRow, Stop, preview};
pub use refused::{RefusedTo, Saved, save_refused};
pub(crate) use under_way::{Bringing, Opening, Request, start, through};
pub use under_way::{Brought, ImportId, ImportRun, Phase, Resume, begin, cancel, resume, run, step, under_way};

pub(crate) use opened::Opened;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What rows from the clipboard are called.
const PASTED: &str = "Pasted rows";

record! {
    /// What came from a file, and when: the answer to "where did you get my data".
    pub struct Import in "imports" as "import", Trash, concerns Nobody, hangs on [] {
        /// The import's own id.
        pub id: Id,
        /// The name of the file.
        pub file_name: String,
        /// SHA-256 of its bytes.
        pub file_hash: String,
        /// What it was recognised as.
        pub layout: String,
        /// How many rows it had.
        pub rows: u32,
        /// Of these: new people.
        pub added: u32,
        /// Of these: people who were here, and of whom it knew more.
        pub updated: u32,
        /// Of these: people of whom it knew nothing new.
        pub unchanged: u32,
        /// Of these: left out.
        pub skipped: u32,
        /// Of these: not to be read.
        pub refused: u32,
    }
}
impl Check for Import {}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportRequest {
    /// A grant of the host.
    pub file: String,
    /// One entry per column; missing means as recognised.
    #[ts(optional)]
    pub mapping: Option<Mapping>,
    /// Of the file that was looked at: decisions name its rows, so another file is refused.
    #[ts(optional)]
    pub hash: Option<String>,
    /// Which sheet of a workbook; missing means the first with something in it.
    #[ts(optional)]
    pub sheet: Option<String>,
    /// false: every row is somebody new.
    pub matching: bool,
    /// Where the addresses in it came from.
    pub source: ContactSource,
    /// For rows that wait, by row number.
    #[serde(default)]
    pub decisions: BTreeMap<u32, RowDecision>,
    /// Rows whose differing values replace what is here.
    #[serde(default)]
    pub overwrite: Vec<u32>,
    /// Which number comes first in days such as 03/04/2024, by column.
    #[serde(default)]
    #[ts(optional, type = "Record<number, DayOrder>")]
    pub days: BTreeMap<u32, DayOrder>,
    /// Where those signed up of whom a column says that they want the newsletter.
    #[serde(default)]
    #[ts(optional)]
    pub newsletter: Option<SignedUp>,
    /// What stands between the cells of a text; missing means whatever parts its rows most evenly.
    #[serde(default)]
    #[ts(optional)]
    pub separator: Option<String>,
}

/// What shows that somebody signed up: a basis is nothing without it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SignedUp {
    /// "the form on our page".
    pub evidence: String,
    /// `YYYY-MM-DD`, for rows that say no day of their own: it is never today by silence, because an opt-in outweighs every
    /// no that came before it.
    #[ts(optional)]
    pub on: Option<String>,
}

/// What to do with a row that shares an address with somebody of another name.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowDecision {
    New,
    /// The candidate that was shown.
    Same,
    Skip,
}

/// A row that came in, and what is to be known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct NotedRow {
    /// As a spreadsheet numbers it.
    pub row: u32,
    pub name: String,
    /// A sentence.
    pub note: String,
}

/// A field that says one thing here and another in the file.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Differing {
    pub field: String,
    pub have: String,
    pub file: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ImportDone {
    pub rows: u32,
    pub added: u32,
    pub updated: u32,
    /// Said something else than what is here, which stayed.
    pub differs: u32,
    pub unchanged: u32,
    pub skipped: u32,
    pub refused: u32,
    /// Rows that still wait for a decision and were left out.
    pub waiting: u32,
    /// Rows that came in with an address on the suppression list, which is never written to.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub suppressed: u32,
    /// People who are new to the newsletter by what a column says, and who are opted out by it.
    #[serde(default, skip_serializing_if = "is_none")]
    #[ts(optional, as = "Option<u32>")]
    pub subscribed: u32,
    #[serde(default, skip_serializing_if = "is_none")]
    #[ts(optional, as = "Option<u32>")]
    pub unsubscribed: u32,
    /// Rows of which a text was not added: an erasure took words out of what stands here in its place.
    #[serde(default, rename = "heldBack", skip_serializing_if = "is_none")]
    #[ts(optional, as = "Option<u32>")]
    pub held_back: u32,
    /// The first 50 rows of which something is to be known although they came in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<NotedRow>>")]
    pub noted: Vec<NotedRow>,
    /// What to take back to undo it; null when nothing was written.
    #[ts(type = "number | null")]
    pub operation: Option<i64>,
}

fn is_none(count: &u32) -> bool {
    *count == 0
}

/// Rows from the clipboard, to be looked at like a file.
#[derive(Debug, Deserialize, TS)]
pub struct Pasted {
    pub text: String,
}

#[derive(Debug, Serialize, TS)]
pub struct PastedAs {
    /// To be named in a request, as a grant of the host is.
    pub file: String,
    pub name: String,
}

/// Takes rows from the clipboard.
///
/// # Errors
/// `invalid` for `text` when there is nothing in it.
pub fn paste(tx: &Tx, input: Pasted) -> Result<PastedAs> {
    if input.text.trim().is_empty() {
        return invalid("text", "There is nothing on the clipboard. Copy rows in a spreadsheet, and paste them here.");
    }
    Ok(PastedAs { file: tx.store().grant_text(PASTED, input.text), name: PASTED.into() })
}

/// Whom an import brought: "1,095 people", "1,095 people and news of 10", "news of one person".
pub(crate) fn whom(tx: &Tx, import: Id) -> Result<Option<String>> {
    let Some(row) = tx.find_one::<Import>("WHERE id = ?1", [import])? else {
        // It is under way, or was cancelled.
        return Ok(Some("a part".to_owned()));
    };
    Ok(Some(match (row.added, row.updated) {
        (added, 0) => people(added.into()),
        (0, updated) => format!("news of {}", people(updated.into())),
        (added, updated) => format!("{} and news of {}", people(added.into()), count(updated.into())),
    }))
}

/// The name of the table that brought a row of people. Rows that came with a whole workspace, which brings its own imports
/// in the same operation, came from none of these.
pub(crate) fn brought(tx: &Tx, person: Id) -> Result<Option<String>> {
    tx.scalar(
        "SELECT i.file_name FROM people p JOIN operations o ON o.id = p.created_op AND o.command = 'imports.run'
           JOIN imports i ON i.created_op = o.id WHERE p.id = ?1",
        [person],
    )
}
