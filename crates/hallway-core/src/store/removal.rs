//! Rows that an operation made and that were taken back for good, out of the file: nobody can see them, and nothing brings
//! them back. What an undo or a redo may still need stays.
use super::{Leaving, Tx};
use crate::{error::Result, id::Id, record::Life};
use serde_json::Value as Json;
use std::collections::{BTreeSet, HashSet};

/// How far it is. The default is the beginning.
#[derive(Debug, Default, Clone)]
pub(crate) struct Removal {
    /// Tables that are done, the last one first: what names others goes before those.
    tables: usize,
    reached: i64,
    /// The rows that the history of others speaks of.
    spoken_of: Option<HashSet<Id>>,
}

impl Tx<'_> {
    /// Takes the next so many of them out. False when it was the last piece.
    ///
    /// A row stays that another one names, in whatever state that is, and one that a line of the history speaks of: it may
    /// come back with what is undone or done again.
    pub(crate) fn remove_what_was_taken_back(&mut self, operation: i64, at: &mut Removal, rows: u32) -> Result<bool> {
        let tables = self.store().tables();
        let Some(table) = tables.iter().rev().nth(at.tables) else { return Ok(false) };
        let spoken_of = match at.spoken_of.take() {
            Some(known) => known,
            None => self.spoken_of_since(operation)?,
        };
        let gone = match table.life {
            Life::Trash | Life::Held | Life::Shared => "t.deleted_at IS NOT NULL",
            Life::Joined => "TRUE",
            Life::Entry => "t.voided_by IS NOT NULL",
        };
        let mut free = String::new();
        for other in tables {
            for (column, _) in self.references(other)?.iter().filter(|(_, parent)| parent == table.name) {
                free += &format!(" AND NOT EXISTS (SELECT 1 FROM {} r WHERE r.{column} = t.id)", other.name);
            }
        }
        let name = table.name;
        let found: Vec<(i64, Id)> = self
            .sql()
            .prepare_cached(&format!(
                "SELECT t.rid, t.id FROM {name} t WHERE t.created_op = ?1 AND t.rid > ?2 AND {gone}
                   AND NOT EXISTS (SELECT 1 FROM changes c WHERE c.row_id = t.id AND c.tbl = '{name}') {free}
                 ORDER BY t.rid LIMIT ?3"
            ))?
            .query_map((operation, at.reached, rows), |r| Ok((r.get(0)?, r.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        match found.last() {
            Some((last, _)) => at.reached = *last,
            None => (at.tables, at.reached) = (at.tables + 1, 0),
        }
        let ids: BTreeSet<Id> = found.into_iter().map(|(_, id)| id).filter(|id| !spoken_of.contains(id)).collect();
        at.spoken_of = Some(spoken_of);
        if !ids.is_empty() {
            let mut leaving = Leaving::default();
            leaving.rows.insert(name, ids);
            self.forget_derived(tables, &leaving)?;
            for id in leaving.rows.values().flatten() {
                self.delete_row(table, *id)?;
            }
        }
        Ok(true)
    }

    /// Every id in the history of what was done since an operation began, its own lines apart. Nothing before it could speak
    /// of what it made.
    fn spoken_of_since(&self, operation: i64) -> Result<HashSet<Id>> {
        fn collect(value: &Json, into: &mut HashSet<Id>) {
            match value {
                Json::String(text) => into.extend(text.parse::<Id>().ok()),
                Json::Array(all) => all.iter().for_each(|one| collect(one, into)),
                Json::Object(all) => all.values().for_each(|one| collect(one, into)),
                _ => {}
            }
        }
        let mut found = HashSet::new();
        let mut query = self.sql().prepare(
            "SELECT row_id, coalesce(old, 'null'), coalesce(new, 'null') FROM changes WHERE operation > ?1
             UNION ALL SELECT p.person, 'null', 'null' FROM changes c JOIN change_people p ON p.change = c.id WHERE c.operation > ?1",
        )?;
        let mut rows = query.query([operation])?;
        while let Some(row) = rows.next()? {
            found.insert(row.get(0)?);
            for n in [1, 2] {
                collect(&serde_json::from_str(row.get_ref(n)?.as_str().map_err(rusqlite::Error::from)?)?, &mut found);
            }
        }
        Ok(found)
    }
}
