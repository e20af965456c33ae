//! What left Hallway as a file: a line for each, without anybody's name or address.
use super::airlock::ExportPurpose;
use crate::{
    error::Result,
    id::Id,
    lists::ListRow,
    normal::ContactKind,
    record::{AsJson, Check},
    rpc::Empty,
    store::Tx,
    trust::{self, LeftOut},
};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

record! {
    /// A file that was written for somebody or something to read: what for, of whom in general, and how many. Nobody is named
    /// in it, so that it stays when somebody is erased.
    pub struct ExportMade in "exports_made" as "export", Trash, concerns Nobody,
    hangs on ["list_id" -> "lists"] {
        /// Its own id.
        pub id: Id,
        /// Instant, ms UTC: when it was written.
        pub at: i64,
        /// The list it was of.
        pub list_id: Option<Id>,
        /// The fields its filter asked for, or the filter of its list at that time; of a list without one, its name then. What
        /// somebody typed to look for is not kept.
        pub filter: Option<String>,
        /// What it was for.
        pub purpose: ExportPurpose,
        /// The channel on which people were to be written to.
        pub channel: ContactKind,
        /// In which shape it was written.
        pub template: String,
        /// The columns that were picked, by their keys.
        pub columns: AsJson<Vec<String>>,
        /// People in the file.
        pub included: u32,
        /// People left out, by reason.
        pub left_out: AsJson<BTreeMap<String, u32>>,
        /// The file's name, without its place.
        pub file_name: String,
        /// Its size in bytes.
        pub bytes: i64,
        /// Its SHA-256, as hexadecimal digits.
        pub sha256: String,
    }
}
impl Check for ExportMade {}

/// Every line that stands, for another state of the file.
pub(crate) fn lines(tx: &Tx) -> Result<Vec<ExportMade>> {
    tx.find("WHERE deleted_at IS NULL ORDER BY rid", [])
}

/// Writes those that this state does not have: whatever takes the place of the file, what left it has left.
pub(crate) fn carry(tx: &mut Tx, lines: &[ExportMade]) -> Result<()> {
    for line in lines {
        let there: Option<ExportMade> = tx.find_one("WHERE id = ?1", [line.id])?;
        if there.is_none() {
            let list = match line.list_id {
                Some(id) => tx.find_one::<ListRow>("WHERE id = ?1", [id])?,
                None => None,
            };
            tx.insert(&ExportMade { list_id: list.map(|list| list.id), ..line.clone() })?;
        }
    }
    Ok(())
}

/// A file that was written, as it is shown.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MadeExport {
    pub id: Id,
    pub at: i64,
    /// The list as it is called now, if it was of one.
    pub list: Option<String>,
    pub filter: Option<String>,
    pub purpose: ExportPurpose,
    pub channel: ContactKind,
    pub template: String,
    pub columns: Vec<String>,
    pub included: u32,
    /// The reason in words, and how many.
    pub left_out: Vec<(String, u32)>,
    pub file_name: String,
    pub bytes: i64,
    pub sha256: String,
}

/// As many as are shown: the newest.
const SHOWN: u32 = 500;

/// What left Hallway as a file, newest first.
pub fn made(tx: &Tx, _: Empty) -> Result<Vec<MadeExport>> {
    let rows: Vec<ExportMade> = tx.find("WHERE deleted_at IS NULL ORDER BY at DESC, rid DESC LIMIT ?1", [SHOWN])?;
    rows.into_iter().map(|row| shown(tx, row)).collect()
}

/// Why somebody is not in a file, as it stands behind a count.
pub(super) fn reason_words(reason: LeftOut, purpose: ExportPurpose) -> &'static str {
    match purpose {
        ExportPurpose::SwagPost => trust::post::words(reason),
        _ => reason.words(),
    }
}

pub(super) fn shown(tx: &Tx, row: ExportMade) -> Result<MadeExport> {
    let list = match row.list_id {
        Some(id) => tx.find_one::<ListRow>("WHERE id = ?1", [id])?.map(|list| list.name),
        None => None,
    };
    let in_words = |(key, count): (String, u32)| match LeftOut::from_key(&key) {
        Some(reason) => (reason_words(reason, row.purpose).to_owned(), count),
        None => (key, count),
    };
    let mut left_out: Vec<(String, u32)> = row.left_out.0.into_iter().map(in_words).collect();
    left_out.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(MadeExport {
        id: row.id,
        at: row.at,
        list,
        filter: row.filter,
        purpose: row.purpose,
        channel: row.channel,
        template: row.template,
        columns: row.columns.0,
        included: row.included,
        left_out,
        file_name: row.file_name,
        bytes: row.bytes,
        sha256: row.sha256,
    })
}

/// Files that left, and may be somewhere.
#[derive(Debug, Default, PartialEq, Serialize, TS)]
pub struct FilesThatLeft {
    pub count: u32,
    /// What the newest were called, at most five.
    pub newest: Vec<String>,
}

/// The files that were written from one instant on, and before another; ms UTC.
pub(crate) fn files_that_left(tx: &Tx, from: i64, before: Option<i64>) -> Result<FilesThatLeft> {
    let to = before.unwrap_or(i64::MAX);
    const THEN: &str = "FROM exports_made WHERE at >= ?1 AND at < ?2 AND deleted_at IS NULL";
    Ok(FilesThatLeft {
        count: tx.scalar(&format!("SELECT count(*) {THEN}"), [from, to])?.unwrap_or(0),
        newest: tx.column(&format!("SELECT file_name {THEN} ORDER BY at DESC, rid DESC LIMIT 5"), [from, to])?,
    })
}
