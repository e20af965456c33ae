//! The index of words follows what was written: once in a write, at its end.
use super::{Store, Tx};
use crate::error::{Error, Result};
use rusqlite::{Connection, TransactionBehavior};

/// Indexes what is due, in the transaction that is open. Rising, and one by one with plain statements: the index keeps such
/// rows in memory and goes to the disk with all of them at once.
///
/// # Errors
/// Whatever the disk says; the transaction must then not be kept.
pub(super) fn index_what_is_due(conn: &Connection) -> Result<()> {
    let mut due = conn.prepare_cached("SELECT place, indexed FROM words_due ORDER BY place")?;
    let mut rows = due.query([])?;
    let mut any = false;
    while let Some(row) = rows.next()? {
        let (place, indexed): (i64, Option<String>) = (row.get(0)?, row.get(1)?);
        if let Some(text) = indexed {
            conn.prepare_cached("INSERT INTO notes (notes, rowid, note) VALUES ('delete', ?1, ?2)")?
                .execute((place, text))?;
        }
        let about = if place > 0 { "entry" } else { "person" };
        let mut told = conn.prepare_cached("SELECT note FROM noted WHERE about = ?1 AND rid = ?2")?;
        let mut told = told.query((about, place.abs()))?;
        if let Some(told) = told.next()? {
            let text: String = told.get(0)?;
            conn.prepare_cached("INSERT INTO notes (rowid, note) VALUES (?1, ?2)")?.execute((place, text))?;
        }
        any = true;
    }
    drop(rows);
    if any {
        conn.prepare_cached("DELETE FROM words_due")?.execute([])?;
    }
    Ok(())
}

/// Indexes what another program wrote into the file. Whoever is writing just now does it themselves.
pub(super) fn index_what_was_left(conn: &mut Connection) -> Result<()> {
    let left: bool = conn.query_row("SELECT EXISTS (SELECT 1 FROM words_due)", [], |r| r.get(0))?;
    if !left {
        return Ok(());
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    index_what_is_due(&tx)?;
    Ok(tx.commit()?)
}

impl Tx<'_> {
    /// Every word of the index, and in how many places it stands.
    ///
    /// # Errors
    /// Whatever the file says.
    pub(crate) fn each_word_of_notes(&self, mut with: impl FnMut(&str, u32)) -> Result<()> {
        let conn = self.sql();
        // The words are seen through a table of the connection's own: even one that may only look may have that.
        let only_looks: bool = conn.pragma_query_value(None, "query_only", |r| r.get(0))?;
        conn.pragma_update(None, "query_only", false)?;
        let made = conn
            .execute_batch("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of_notes USING fts5vocab(main, notes, row)");
        conn.pragma_update(None, "query_only", only_looks)?;
        made?;
        let mut words = conn.prepare("SELECT term, doc FROM temp.words_of_notes")?;
        let mut rows = words.query([])?;
        while let Some(row) = rows.next()? {
            with(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, row.get(1)?);
        }
        Ok(())
    }
}

impl Store {
    /// Whether the index of words finds what the notes say, and nothing else. Writers wait while it looks.
    ///
    /// # Errors
    /// `missing_file` and `replaced_file`; `busy` when somebody has been writing for half a minute.
    pub(crate) fn words_are_indexed(&self) -> Result<bool> {
        // A read of a file that is not at its name looks through the writer, and would wait here for itself.
        if let Some(place) = &self.place {
            place.at_its_name()?;
        }
        let mut conn = self.writer_before_long()?;
        index_what_was_left(&mut conn)?;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match tx.execute("INSERT INTO notes (notes, rank) VALUES ('integrity-check', 1)", []).map_err(Error::from) {
            Ok(_) => Ok(true),
            Err(Error::Damaged(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
