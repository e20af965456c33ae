//! What is on disk before anybody reads it: the line that is being typed, and lines that are being saved. None of it is
//! in the history, since nothing was done yet.
use crate::{error::Result, id::Id, rpc::Empty, store::Tx};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The line that is being typed.
const LINE: &str = "line";

#[derive(Debug, Deserialize, TS)]
pub struct KeepDraft {
    /// What stands in the line now; empty when nothing does.
    pub text: String,
}

#[derive(Debug, Serialize, TS)]
pub struct LineDraft {
    /// What stood in the line when it was last seen.
    pub text: String,
    /// Lines whose saving did not come to its end.
    pub unsaved: Vec<UnsavedLine>,
}

/// A line that is on disk and nowhere else.
#[derive(Debug, Serialize, TS)]
pub struct UnsavedLine {
    pub key: String,
    pub text: String,
}

#[derive(Debug, Deserialize, TS)]
pub struct LetGo {
    pub text: String,
}

/// Keeps what stands in the line, whatever happens to the machine.
pub fn keep(tx: &mut Tx, input: KeepDraft) -> Result<Empty> {
    if input.text.is_empty() {
        forget(tx, LINE)?
    } else {
        put(tx, LINE, &input.text)?
    }
    Ok(Empty {})
}

/// A line that was not saved needs no keeping: it stands in the line again, or is not wanted.
pub fn let_go(tx: &mut Tx, input: LetGo) -> Result<Empty> {
    forget(tx, &key_of(&input.text))?;
    Ok(Empty {})
}

/// What stood in the line, and what was not saved.
pub fn draft(tx: &Tx, _: Empty) -> Result<LineDraft> {
    let text: Option<String> = tx.scalar("SELECT text FROM unsaved_lines WHERE key = ?1", [LINE])?;
    let mut query = tx.sql().prepare_cached("SELECT key, text FROM unsaved_lines WHERE key <> ?1 ORDER BY at, key")?;
    let unsaved = query
        .query_map([LINE], |r| Ok(UnsavedLine { key: r.get(0)?, text: r.get(1)? }))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(LineDraft { text: text.unwrap_or_default(), unsaved })
}

/// A line of these, for whoever looks through every text of the file.
pub(crate) struct NotSaved {
    /// Follows from its key.
    pub id: Id,
    key: String,
    pub text: String,
}

/// Every line that is on disk and nowhere else.
pub(crate) fn not_saved(tx: &Tx) -> Result<Vec<NotSaved>> {
    let mut query = tx.sql().prepare_cached("SELECT key, text FROM unsaved_lines ORDER BY at, key")?;
    let line = |r: &rusqlite::Row| {
        let (key, text): (String, String) = (r.get(0)?, r.get(1)?);
        Ok(NotSaved { id: Id::derived("unsaved_lines", &[b"key", key.as_bytes()]), key, text })
    };
    Ok(query.query_map([], line)?.collect::<rusqlite::Result<_>>()?)
}

/// Writes another text in the place of one of them.
pub(crate) fn write_anew(tx: &mut Tx, line: Id, text: &str) -> Result<()> {
    for one in not_saved(tx)?.into_iter().filter(|one| one.id == line) {
        forget(tx, &one.key)?;
        let key = if one.key == LINE { one.key } else { key_of(text) };
        put(tx, &key, text)?;
        tx.mark_changed("unsaved_lines");
    }
    Ok(())
}

/// The key under which a line is kept while it is saved: the same line is kept once.
pub(super) fn key_of(text: &str) -> String {
    Id::derived("unsaved_lines", &[text.as_bytes()]).to_string()
}

pub(super) fn put(tx: &Tx, key: &str, text: &str) -> Result<()> {
    tx.sql()
        .prepare_cached("INSERT OR REPLACE INTO unsaved_lines (key, text, at) VALUES (?1, ?2, ?3)")?
        .execute((key, text, tx.now.0))?;
    Ok(())
}

/// A line was saved, or dropped: it needs no keeping, and neither does the draft it came from.
pub(super) fn forget_text(tx: &Tx, text: &str) -> Result<()> {
    forget(tx, &key_of(text))?;
    tx.sql()
        .prepare_cached("DELETE FROM unsaved_lines WHERE key = ?1 AND trim(text) = trim(?2)")?
        .execute((LINE, text))?;
    Ok(())
}

fn forget(tx: &Tx, key: &str) -> Result<()> {
    tx.sql().prepare_cached("DELETE FROM unsaved_lines WHERE key = ?1")?.execute([key])?;
    Ok(())
}
