//! Rows that leave for good: they, what the history keeps of them, and the bytes they stood in. Knows no feature: what
//! leaves is said by whoever asks.
use super::{Store, Tx, held, open, space};
use crate::{
    error::{Error, Result},
    id::Id,
    record::{Table, from_json, value_of},
};
use rusqlite::{limits::Limit, types::Value as Stored};
use serde_json::{Map, Value as Json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::TryLockError,
};

/// A file larger than this is written anew by way of the disk instead of memory, in bytes.
const IN_MEMORY: i64 = 256 << 20;

/// What leaves.
#[derive(Debug, Default)]
pub(crate) struct Leaving {
    /// The rows, by table: with every row there is that cannot be without one of them.
    pub rows: BTreeMap<&'static str, BTreeSet<Id>>,
}

impl Leaving {
    fn has(&self, table: &str, id: Id) -> bool {
        self.rows.get(table).is_some_and(|rows| rows.contains(&id))
    }
    /// Every row, whatever its table; ids are of one row each, but for those that follow from what they join.
    fn ids(&self) -> BTreeSet<Id> {
        self.rows.values().flatten().copied().collect()
    }
}

/// What becomes of a text of the history about a row that stays.
pub(crate) enum Reworded {
    Stays,
    /// It reads so from now on.
    Reads(String),
    /// What something is called or known by: no change to or from it is remembered, since undo would write it over what it
    /// is called now. Of a whole row that is to come back whole, it reads so.
    Goes(String),
}

/// Says what becomes of a text: of the table, the row, the column, the text.
pub(crate) type Reword<'a> = dyn Fn(&str, Id, &str, &str) -> Reworded + 'a;

impl Tx<'_> {
    /// Takes rows out for good, with every line of the history about them, and lets go of them whatever names them and
    /// stays. Nothing brings them back. `reword` is asked for each text that the history keeps of other rows.
    pub(crate) fn erase(&mut self, leaving: &Leaving, reword: &Reword) -> Result<()> {
        self.sql().execute_batch("PRAGMA defer_foreign_keys = ON")?;
        let tables = self.store().tables();
        for person in leaving.rows.get("people").into_iter().flatten() {
            self.concern(*person);
        }
        self.let_go_of(tables, leaving)?;
        self.forget_derived(tables, leaving)?;
        for table in tables {
            for id in leaving.rows.get(table.name).into_iter().flatten() {
                self.people_of(table, *id)?;
                self.delete_row(table, *id)?;
            }
        }
        self.erase_lines(tables, leaving, reword)?;
        self.erase_subjects(leaving, reword)?;
        self.forget_samples()
    }

    /// Writes a text over another one that nothing shall remember, and the form in which it is compared. Of a list of texts
    /// each stands in a line of its own.
    ///
    /// # Errors
    /// `invalid` when the row may not say that, if it `must_be_fit`.
    pub(crate) fn reword(&mut self, table: &Table, id: Id, column: &str, text: &str, must_be_fit: bool) -> Result<()> {
        self.people_of(table, id)?;
        let wire = table.out_of_lines(column, text);
        let stored = wire.as_str().map_or_else(|| wire.to_string(), str::to_owned);
        let mut writes = vec![(column.to_owned(), Stored::Text(stored))];
        let sql = format!("SELECT {} FROM {} WHERE id = ?1", table.column_list(), table.name);
        let says = self.sql().prepare_cached(&sql)?.query_row([id], |row| (table.to_wire)(row))?;
        let anew = (table.from_wire)(&mut |name| {
            let n = table.columns.iter().position(|known| *known == name);
            if name == column { wire.clone() } else { n.map_or(Json::Null, |n| says[n].clone()) }
        });
        if let Ok(mut row) = anew {
            row.complete();
            if must_be_fit {
                row.check()?;
            }
            for (n, name) in table.columns.iter().enumerate().filter(|(_, name)| name.starts_with(column)) {
                if name.ends_with("_norm") {
                    writes.push(((*name).to_owned(), value_of(row.params()[n])?));
                }
            }
        }
        let writes: Vec<(&str, Stored)> = writes.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        self.set_columns(table, id, &writes)
    }

    /// The columns of a table that name rows of others: what its record says it hangs on, and what the file insists on.
    pub(crate) fn references(&self, table: &Table) -> Result<Vec<(String, String)>> {
        let mut references: Vec<(String, String)> = self
            .sql()
            .prepare_cached("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?1)")?
            .query_map([table.name], |r| Ok((r.get(0)?, r.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (column, parent) in table.parents {
            if !references.iter().any(|(known, _)| known == column) {
                references.push(((*column).to_owned(), (*parent).to_owned()));
            }
        }
        Ok(references)
    }

    /// Rows that stay and name one that leaves name nothing from now on.
    fn let_go_of(&mut self, tables: &'static [Table], leaving: &Leaving) -> Result<()> {
        for table in tables {
            for (column, parent) in &self.references(table)? {
                for id in leaving.rows.get(parent.as_str()).into_iter().flatten() {
                    let naming: Vec<Id> =
                        self.column(&format!("SELECT id FROM {} WHERE {column} = ?1", table.name), [id])?;
                    for row in naming.into_iter().filter(|row| !leaving.has(table.name, *row)) {
                        self.people_of(table, row)?;
                        self.set_columns(table, row, &[(column.as_str(), Stored::Null)])?;
                    }
                }
            }
        }
        Ok(())
    }

    /// What was worked out from them, wherever the file says that it hangs on them.
    pub(super) fn forget_derived(&mut self, tables: &'static [Table], leaving: &Leaving) -> Result<()> {
        let derived: Vec<String> =
            self.column("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", [])?;
        for name in derived.iter().filter(|name| !tables.iter().any(|table| table.name == **name)) {
            let named: Vec<(String, String)> = self
                .sql()
                .prepare("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?1)")?
                .query_map([name], |r| Ok((r.get(0)?, r.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            for (column, parent) in named {
                for id in leaving.rows.get(parent.as_str()).into_iter().flatten() {
                    self.sql().prepare_cached(&format!("DELETE FROM {name} WHERE {column} = ?1"))?.execute([id])?;
                }
            }
        }
        Ok(())
    }

    fn erase_lines(&mut self, tables: &'static [Table], leaving: &Leaving, reword: &Reword) -> Result<()> {
        let ids = leaving.ids();
        let mut concerned = BTreeSet::new();
        for person in leaving.rows.get("people").into_iter().flatten() {
            concerned.extend(self.column::<i64>("SELECT change FROM change_people WHERE person = ?1", [person])?);
            self.sql().prepare_cached("DELETE FROM change_people WHERE person = ?1")?.execute([person])?;
        }
        let mut gone: Vec<i64> = Vec::new();
        let mut other: Vec<(i64, Option<String>, Option<String>)> = Vec::new();
        let mut query = self.sql().prepare("SELECT id, op, tbl, row_id, old, new FROM changes")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (id, op, name, row_id): (i64, String, String, Id) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            if leaving.has(&name, row_id) {
                gone.push(id);
                continue;
            }
            let texts: [Option<String>; 2] = [row.get(4)?, row.get(5)?];
            let mut parts: Vec<Option<Map<String, Json>>> = Vec::with_capacity(2);
            for text in &texts {
                parts.push(text.as_deref().map(serde_json::from_str).transpose()?);
            }
            let names_them = |part: &Option<Map<String, Json>>| {
                part.iter().flatten().any(|(_, value)| matches!(from_json(value), Stored::Blob(b) if known(&ids, &b)))
            };
            let stands = tables.iter().find(|table| table.name == name).map_or(Ok(None), |table| {
                self.scalar::<i64>(&format!("SELECT 1 FROM {} WHERE id = ?1", table.name), [row_id])
            })?;
            let naming = parts.iter().any(names_them);
            // Of a row that is nowhere any more, the line was all there was; of a whole row that joined them to another,
            // nothing is left to join.
            if stands.is_none() && (naming || concerned.contains(&id)) || op != "update" && naming {
                gone.push(id);
                continue;
            }
            let mut differs = naming;
            let mut leave: BTreeSet<String> = BTreeSet::new();
            for part in parts.iter_mut().flatten() {
                part.retain(|_, value| !matches!(from_json(value), Stored::Blob(b) if known(&ids, &b)));
                for (column, value) in part.iter_mut() {
                    let Json::String(text) = value else { continue };
                    match reword(&name, row_id, column, text) {
                        Reworded::Stays => continue,
                        Reworded::Goes(_) if op == "update" => {
                            // With the form in which it is compared, or the text of which this is the form.
                            let stem = column.strip_suffix("_norm").unwrap_or(column);
                            leave.extend([stem.to_owned(), format!("{stem}_norm")]);
                        }
                        Reworded::Reads(new) | Reworded::Goes(new) => *value = new.into(),
                    }
                    differs = true;
                }
            }
            for part in parts.iter_mut().flatten() {
                part.retain(|column, _| !leave.contains(column));
            }
            if !differs {
                continue;
            }
            if let [Some(old), Some(new)] = &mut parts[..] {
                // What is known of one side only says nothing of what was changed.
                old.retain(|column, _| new.contains_key(column));
                let kept: BTreeSet<String> = old.keys().cloned().collect();
                new.retain(|column, _| kept.contains(column));
            }
            if parts.iter().flatten().all(Map::is_empty) {
                gone.push(id);
                continue;
            }
            let text = |part: &Option<Map<String, Json>>| part.clone().map(|part| Json::Object(part).to_string());
            other.push((id, text(&parts[0]), text(&parts[1])));
        }
        drop(rows);
        drop(query);
        if keeps(Protection::History) {
            for id in gone {
                self.sql().prepare_cached("DELETE FROM change_people WHERE change = ?1")?.execute([id])?;
                self.sql().prepare_cached("DELETE FROM changes WHERE id = ?1")?.execute([id])?;
            }
            for (id, old, new) in other {
                self.sql()
                    .prepare_cached("UPDATE changes SET old = ?2, new = ?3 WHERE id = ?1")?
                    .execute((id, old, new))?;
            }
        }
        Ok(())
    }

    /// Operations stay, with their counts; they are about nobody any more.
    fn erase_subjects(&mut self, leaving: &Leaving, reword: &Reword) -> Result<()> {
        // One look at them all, however many leave.
        let ids = leaving.ids();
        let mut about_them: Vec<i64> = Vec::new();
        let mut query = self.sql().prepare("SELECT id, subject FROM operations WHERE subject IS NOT NULL")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            if ids.contains(&row.get(1)?) {
                about_them.push(row.get(0)?);
            }
        }
        drop(rows);
        for id in about_them {
            self.sql()
                .prepare_cached("UPDATE operations SET subject = NULL, subject_tbl = NULL WHERE id = ?1")?
                .execute([id])?;
        }
        let mut noted = Vec::new();
        let mut query = self.sql().prepare("SELECT id, note FROM operations WHERE note IS NOT NULL")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (id, note): (i64, String) = (row.get(0)?, row.get(1)?);
            match reword("operations", Id([0; 16]), "note", &note) {
                Reworded::Stays => {}
                Reworded::Reads(note) | Reworded::Goes(note) => noted.push((id, note)),
            }
        }
        drop(rows);
        for (id, note) in noted {
            self.sql().execute("UPDATE operations SET note = ?2 WHERE id = ?1", (id, note))?;
        }
        self.mark_changed("operations");
        Ok(())
    }

    /// What SQLite has seen in the indexes, to choose its ways by, are values as they stand there. It looks again by itself.
    fn forget_samples(&self) -> Result<()> {
        let there = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat4')";
        if self.scalar(there, [])? == Some(true) && (keeps(Protection::Samples)) {
            self.sql().execute("DELETE FROM sqlite_stat4", [])?;
        }
        Ok(())
    }
}

fn known(ids: &BTreeSet<Id>, bytes: &[u8]) -> bool {
    bytes.try_into().is_ok_and(|id| ids.contains(&Id(id)))
}

impl Store {
    /// Does something while no other process has the file open.
    ///
    /// # Errors
    /// `busy` when one has.
    pub(crate) fn alone<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let Some(lock) = &self.lock else { return work() };
        let outcome = match lock.try_lock() {
            Ok(()) => work(),
            Err(TryLockError::WouldBlock) => Err(Error::Busy),
            Err(TryLockError::Error(source)) => {
                Err(Error::File { context: "The lock beside the file could not be taken".into(), source })
            }
        };
        // Whoever asks for more than it has loses what it has.
        open::shared(lock)?;
        outcome
    }

    /// Writes the whole file anew, from what is in it, and takes in the log until nothing is left there. What was deleted
    /// is zeroed where it lay; but a page that was divided once keeps, between what is in it, bytes of what went to the
    /// other half, and those of nobody any more are gone only when the page is.
    ///
    /// Returns whether nothing is left: not so while somebody reads.
    pub(crate) fn leaves_no_trace(&self) -> Result<bool> {
        if self.looking() {
            return Err(Error::Looking);
        }
        let writer = self.writer_before_long()?;
        held(&self.readers).clear();
        if keeps(Protection::Pages) {
            let number = |pragma: &str| writer.query_row(&format!("PRAGMA {pragma}"), [], |r| r.get::<_, i64>(0));
            let large = number("page_count")? * number("page_size")? > IN_MEMORY;
            writer.flush_prepared_statement_cache();
            writer.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
            let way = |to: &str| writer.execute_batch(&format!("PRAGMA temp_store = {to}"));
            if large {
                way("FILE")?;
            }
            // A file of before that could be said takes it up with its new pages.
            let done = writer.execute_batch(space::GIVES_BACK).and_then(|()| writer.execute_batch("VACUUM"));
            if large {
                way("MEMORY")?;
            }
            writer.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
            done?;
        }
        let mut left = 0;
        if keeps(Protection::Log) {
            left = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |r| r.get::<_, i64>(0))?;
        }
        if let Some(place) = &self.place {
            place.wrote(&writer)?;
        }
        Ok(left == 0)
    }
}

/// What keeps bytes of whoever was erased from staying behind. The tests switch each off, and must then find some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protection {
    History,
    Samples,
    Pages,
    Log,
    Lines,
    Backups,
}

#[cfg(test)]
thread_local! {
    pub(crate) static OFF: std::cell::RefCell<Vec<Protection>> = const { std::cell::RefCell::new(Vec::new()) };
}

#[cfg(test)]
pub(crate) fn keeps(protection: Protection) -> bool {
    OFF.with(|off| !off.borrow().contains(&protection))
}
#[cfg(not(test))]
pub(crate) const fn keeps(_: Protection) -> bool {
    true
}
