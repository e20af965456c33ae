//! What is kept of an erasure: when, how many of what, what stays by decision, and which backups were written anew. No name.
use super::look::GoneCount;
use crate::{
    error::Result,
    exports::made::{FilesThatLeft, files_that_left},
    id::Id,
    numbers::plural,
    rpc::Empty,
    store::{Store, Tx, backups},
    time::Now,
};
use rusqlite::Row;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

words! {
    /// What an erasure was for.
    pub enum ErasedFor {
        /// Somebody decided on it.
        Asked = "asked",
        /// The trash was emptied.
        Trash = "trash",
        /// A postal address came to its day.
        RanOut = "ran_out",
    }
}

/// An erasure, as it can be shown to whoever asks for proof of it.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    pub id: Id,
    /// Instant, ms UTC.
    #[ts(type = "number")]
    pub at: i64,
    pub why: ErasedFor,
    pub people: u32,
    pub gone: Vec<GoneCount>,
    /// Texts about others in which their words stand still: by decision, or since nobody was asked.
    pub kept: Vec<StaysBy>,
    /// Texts about others in which their words were blanked or reworded.
    pub blanked: u32,
    /// For what texts about others were searched: a sentence without a name. Nothing where nobody went.
    pub searched: Option<String>,
    /// What left Hallway before it and may have them: a sentence. Nothing where nobody went.
    pub out_of_reach: Option<String>,
    /// Addresses that are never written to again.
    pub suppressed: u32,
    /// The backups that were written anew, by name.
    pub backups: Vec<String>,
    /// Instant, ms UTC: when nothing of it was left; null while something is.
    #[ts(type = "number | null")]
    pub finished_at: Option<i64>,
    /// What is left to do, and what the person can do about it: a sentence.
    pub unfinished: Option<String>,
}

/// Where a text stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StaysBy {
    pub table: String,
    pub row: Id,
    pub column: String,
    /// "A note of what happened".
    pub place: String,
    /// Only a part of their name stands in it, or where they work, and it may be about somebody else.
    #[serde(default, skip_serializing_if = "is_whole")]
    #[ts(optional, as = "Option<bool>")]
    pub in_part: bool,
}

fn is_whole(in_part: &bool) -> bool {
    !in_part
}

/// An erasure as the file keeps it.
#[derive(Debug, Clone)]
pub(super) struct Erasure {
    pub id: Id,
    pub at: i64,
    pub why: ErasedFor,
    pub people: u32,
    pub gone: Vec<GoneCount>,
    pub kept: Vec<StaysBy>,
    pub blanked: u32,
    pub suppressed: u32,
    pub backups: Vec<String>,
    /// The file may still hold bytes of it.
    pub traces: bool,
    pub finished_at: Option<i64>,
}

const COLUMNS: &str = "id, at, why, people, gone, kept, blanked, suppressed, backups, traces, finished_at";

impl Erasure {
    fn read(row: &Row) -> rusqlite::Result<Erasure> {
        fn list<T: serde::de::DeserializeOwned>(row: &Row, n: usize) -> rusqlite::Result<Vec<T>> {
            let crate::record::AsJson(list) = row.get(n)?;
            Ok(list)
        }
        Ok(Erasure {
            id: row.get(0)?,
            at: row.get(1)?,
            why: row.get(2)?,
            people: row.get(3)?,
            gone: list(row, 4)?,
            kept: list(row, 5)?,
            blanked: row.get(6)?,
            suppressed: row.get(7)?,
            backups: list(row, 8)?,
            traces: row.get(9)?,
            finished_at: row.get(10)?,
        })
    }

    pub fn put(&self, tx: &Tx) -> Result<()> {
        tx.sql()
            .prepare_cached(&format!(
                "INSERT OR REPLACE INTO erasures ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
            ))?
            .execute(rusqlite::params![
                self.id,
                self.at,
                self.why,
                self.people,
                serde_json::to_string(&self.gone)?,
                serde_json::to_string(&self.kept)?,
                self.blanked,
                self.suppressed,
                serde_json::to_string(&self.backups)?,
                self.traces,
                self.finished_at,
            ])?;
        Ok(())
    }
}

/// Every erasure, the newest first.
pub(super) fn all(tx: &Tx) -> Result<Vec<Erasure>> {
    let mut query = tx.sql().prepare_cached(&format!("SELECT {COLUMNS} FROM erasures ORDER BY at DESC, id DESC"))?;
    Ok(query.query_map([], Erasure::read)?.collect::<rusqlite::Result<_>>()?)
}

/// Those that something is left to do for.
pub(super) fn unfinished(tx: &Tx) -> Result<Vec<Erasure>> {
    Ok(all(tx)?.into_iter().filter(|erasure| erasure.finished_at.is_none()).collect())
}

/// The numbers of what went: the table, the row.
pub(super) fn erased(tx: &Tx, erasure: Id) -> Result<Vec<(String, Id)>> {
    let mut query =
        tx.sql().prepare_cached("SELECT tbl, row_id FROM erased WHERE erasure = ?1 AND instr(tbl, '.') = 0")?;
    Ok(query.query_map([erasure], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

/// Whether a row was erased from this file, and is not here again.
pub(crate) fn was_erased(tx: &Tx, table: &str, row: Id) -> Result<bool> {
    Ok(tx.sql().prepare_cached("SELECT 1 FROM erased WHERE tbl = ?1 AND row_id = ?2")?.exists((table, row))?)
}

pub(super) fn put_erased(tx: &Tx, erasure: Id, rows: impl IntoIterator<Item = (String, Id)>) -> Result<()> {
    let mut put =
        tx.sql().prepare_cached("INSERT OR REPLACE INTO erased (tbl, row_id, erasure) VALUES (?1, ?2, ?3)")?;
    for (table, row) in rows {
        put.execute((table, row, erasure))?;
    }
    Ok(())
}

pub fn receipts(tx: &Tx, _: Empty) -> Result<Vec<Receipt>> {
    all(tx)?.into_iter().map(|erasure| shown(tx, erasure)).collect()
}

pub(super) fn one(store: &Store, now: Now, id: Id) -> Result<Receipt> {
    store.read(now, |tx| {
        let erasure = all(tx)?.into_iter().find(|erasure| erasure.id == id);
        shown(tx, erasure.ok_or(crate::Error::NotFound("receipt"))?)
    })
}

fn shown(tx: &Tx, erasure: Erasure) -> Result<Receipt> {
    let unfinished = match erasure.finished_at {
        Some(_) => None,
        None => Some(left_to_do(tx, &erasure)),
    };
    let out_of_reach = if erasure.people > 0 { Some(out_of_reach(tx, erasure.at)?) } else { None };
    Ok(Receipt {
        id: erasure.id,
        at: erasure.at,
        why: erasure.why,
        people: erasure.people,
        gone: erasure.gone,
        kept: erasure.kept,
        blanked: erasure.blanked,
        searched: match erasure.why {
            _ if erasure.people == 0 => None,
            ErasedFor::Asked => Some(SEARCHED.to_owned()),
            ErasedFor::Trash => Some(SEARCHED_BY_ITSELF.to_owned()),
            ErasedFor::RanOut => None,
        },
        out_of_reach,
        suppressed: erasure.suppressed,
        backups: erasure.backups,
        finished_at: erasure.finished_at,
        unfinished,
    })
}

/// What is said of the search, which is the same for everybody.
const SEARCHED: &str = "Texts about others were searched for their names, also as one word, for the first and the last word of each alone (of three letters or more), also with an ending of up to three letters, for their addresses and handles, and for organisations that only they had; names also with ä, ö, ü, å, æ and ø spelled out, and where two letters may stand for one of those, as a part of a name. What such a text said before it was edited was searched for whole names, addresses and handles; for the rest only where its words were taken out.";

/// What is said of it where the trash was emptied, and nobody was asked.
const SEARCHED_BY_ITSELF: &str = "Texts about others were searched for their whole names, addresses and handles, and not for a part of a name: nobody was asked about any of those, so they stay.";

/// When they came is gone with them, so that every file counts that left before.
fn out_of_reach(tx: &Tx, at: i64) -> Result<String> {
    let FilesThatLeft { count, newest } = files_that_left(tx, 0, Some(at))?;
    let older = u64::from(count).saturating_sub(newest.len() as u64);
    let files = match (newest.join(", "), older) {
        (_, 0) if count == 0 => String::new(),
        (named, 0) => format!(" through the export ({named})"),
        (named, older) => format!(" through the export ({named} and {})", plural(older, "older one", "older ones")),
    };
    Ok(format!("Out of its reach is what left before{files}: look through it where it went."))
}

fn left_to_do(tx: &Tx, erasure: &Erasure) -> String {
    let path = tx.store().path();
    let aside = backups::set_aside_of(path);
    if erasure.traces {
        return "They are gone from every page, but the file could not be written anew yet. Free some space if the disk is \
                full, and close other windows of this file: it goes on when Hallway is opened next."
            .into();
    }
    if !aside.is_empty() {
        return format!(
            "They are gone from the file and its backups. Files that were set aside may still have them: {}. Delete those when you no longer need them.",
            aside.join(", ")
        );
    }
    "They are gone from the file, but not yet from every backup. It goes on when Hallway is opened next; a backup that cannot be read is let go of by its age.".into()
}
