//! New rows of whatever table: also those that were made elsewhere and keep the times they were made at.
use super::Tx;
use crate::{
    error::Result,
    id::Id,
    record::{Concerns, Life, Stored, Table, to_json, value_of},
};
use rusqlite::types::Value;
use serde_json::json;
use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

/// When a row was made and changed last, and since when it lies in the trash: instants, ms UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Times {
    pub created: Option<i64>,
    pub updated: Option<i64>,
    pub deleted: Option<i64>,
}

/// What stands under an id.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The columns of the record, in their order.
    pub values: Vec<Value>,
    pub deleted_at: Option<i64>,
}

impl Tx<'_> {
    /// The row of that id, alive or in the trash. What undo took away counts as nothing: nobody can see it, and once
    /// something new is done nothing brings it back.
    pub fn stands(&self, table: &Table, id: Id) -> Result<Option<Standing>> {
        let Some(values) = self.raw(table, id)? else { return Ok(None) };
        if self.taken_back(table, id)? {
            return Ok(None);
        }
        let deleted_at = match table.trashes() {
            true => self.scalar(&format!("SELECT deleted_at FROM {} WHERE id = ?1", table.name), [id])?.flatten(),
            false => None,
        };
        Ok(Some(Standing { values, deleted_at }))
    }

    /// Whether something [`stands`](Tx::stands) under the id.
    pub fn is_there(&self, table: &Table, id: Id) -> Result<bool> {
        let there = self.scalar::<i64>(&format!("SELECT 1 FROM {} WHERE id = ?1", table.name), [id])?;
        Ok(there.is_some() && !self.taken_back(table, id)?)
    }

    fn taken_back(&self, table: &Table, id: Id) -> Result<bool> {
        let gone = match table.life {
            Life::Trash | Life::Held | Life::Shared => "t.deleted_op = t.created_op AND o.undone_at IS NOT NULL",
            Life::Joined => "o.undone_at IS NOT NULL",
            Life::Entry => "t.voided_by IS NOT NULL",
        };
        let name = table.name;
        let sql = format!("SELECT {gone} FROM {name} t JOIN operations o ON o.id = t.created_op WHERE t.id = ?1");
        Ok(self.scalar::<Option<bool>>(&sql, [id])?.flatten().unwrap_or(false))
    }

    /// Writes a new row of whatever table. Times that are not said are now.
    pub(super) fn insert_row(&mut self, table: &Table, row: &dyn Stored, times: Times) -> Result<()> {
        row.check()?;
        let op = self.operation()?;
        let id = row.id();
        let created = times.created.unwrap_or(self.now.0);
        let updated = times.updated.unwrap_or(created);
        let deleted_op = times.deleted.map(|_| op);
        let mut params = row.params();
        params.push(&op);
        if table.trashes() {
            params.extend([&created as &dyn rusqlite::ToSql, &updated, &times.deleted, &deleted_op]);
        }
        if table.chain().is_some() {
            params.push(&id);
        }
        self.sql().prepare_cached(insertion(table))?.execute(params.as_slice())?;
        self.mark_changed(table.name);
        let chained = table.chain().and_then(|chain| table.columns.iter().position(|c| *c == chain));
        if let Some(n) = chained
            && value_of(row.params()[n])? != Value::Null
        {
            self.follow_chain(table, id)?;
        }
        match table.concerns {
            Concerns::Itself => self.concern(id),
            Concerns::Column(name) => {
                let column = table.columns.iter().position(|c| *c == name);
                match column.map(|n| value_of(row.params()[n])).transpose()? {
                    Some(Value::Blob(person)) => {
                        if let Ok(person) = person.try_into() {
                            self.concern(Id(person));
                        }
                    }
                    _ => self.touches_of_nobody(table, id),
                }
            }
            // What hangs on a row that is here concerns whomever that does; any other row that is new is not yet joined to anybody.
            Concerns::Query(_) if !table.parents.is_empty() => drop(self.people_of(table, id)?),
            Concerns::Query(_) | Concerns::Nobody => {}
        }
        Ok(())
    }

    /// Writes a row that was made elsewhere, where nothing [`stands`](Tx::stands) under its id.
    pub fn take_in(&mut self, table: &Table, row: &dyn Stored, times: Times) -> Result<()> {
        row.check()?;
        let (id, op, now) = (row.id(), self.operation()?, self.now.0);
        let created = times.created.unwrap_or(now);
        let updated = times.updated.unwrap_or(created);
        let deleted_op = times.deleted.map(|_| op);
        if self.raw(table, id)?.is_some() {
            // What undo left here is the same row, made once more: it is no longer what redo would bring back.
            self.ends_redo()?;
            let times_too = match table.life {
                Life::Trash | Life::Held | Life::Shared => ", deleted_at = NULL, deleted_op = NULL",
                Life::Joined => "",
                Life::Entry => ", voided_by = NULL",
            };
            let sql = format!("UPDATE {} SET created_op = ?2{times_too} WHERE id = ?1", table.name);
            self.sql().prepare_cached(&sql)?.execute((id, op))?;
            self.mark_changed(table.name);
            self.people_of(table, id)?;
            self.write_over(table, row)?;
            let trashed: Option<bool> = self.scalar(
                "SELECT json_type(new, '$.deleted_at') <> 'null' FROM changes WHERE row_id = ?1 AND tbl = ?2 AND op = 'update'
                   AND json_type(new, '$.deleted_at') IS NOT NULL ORDER BY id DESC LIMIT 1",
                (id, table.name),
            )?;
            if trashed == Some(true) && times.deleted.is_none() {
                // It had been put into the trash before its making was taken back.
                self.trash_line(table, id, Some(now), None)?;
            }
            if table.trashes() {
                let sql = format!(
                    "UPDATE {} SET created_at = ?2, updated_at = ?3, deleted_at = ?4, deleted_op = ?5 WHERE id = ?1",
                    table.name
                );
                self.sql().prepare_cached(&sql)?.execute((id, created, updated, times.deleted, deleted_op))?;
            }
        } else {
            self.insert_row(table, row, times)?;
        }
        if times.deleted.is_some() && table.trashes() {
            self.trash_line(table, id, None, times.deleted)?;
        }
        Ok(())
    }

    /// Writes a row from elsewhere over the one that [`stands`](Tx::stands) under its id.
    pub fn take_over(&mut self, table: &Table, row: &dyn Stored, deleted: Option<i64>) -> Result<()> {
        row.check()?;
        let Some(here) = self.stands(table, row.id())? else { return Ok(()) };
        self.write_over(table, row)?;
        if table.trashes() && here.deleted_at.is_some() != deleted.is_some() {
            let op = self.operation()?;
            self.trash_line(table, row.id(), here.deleted_at, deleted)?;
            let sql =
                format!("UPDATE {} SET deleted_at = ?2, deleted_op = ?3, updated_at = ?4 WHERE id = ?1", table.name);
            self.sql().prepare_cached(&sql)?.execute((row.id(), deleted, deleted.map(|_| op), self.now.0))?;
            self.mark_changed(table.name);
        }
        Ok(())
    }

    /// The columns that differ, remembered as for any other write.
    fn write_over(&mut self, table: &Table, row: &dyn Stored) -> Result<()> {
        let Some(old) = self.raw(table, row.id())? else { return Ok(()) };
        let mut writes = Vec::new();
        for (n, column) in table.columns.iter().enumerate().skip(1) {
            let new = value_of(row.params()[n])?;
            if new != old[n] {
                writes.push((*column, old[n].clone(), new));
            }
        }
        self.overwrite(table, row.id(), &writes)
    }

    fn trash_line(&mut self, table: &Table, id: Id, old: Option<i64>, new: Option<i64>) -> Result<()> {
        let people = self.people_of(table, id)?;
        let value = |at: Option<i64>| json!({ "deleted_at": to_json(&at.map_or(Value::Null, Value::Integer)) });
        let op = self.operation()?;
        self.line(op, "update", table.name, id, Some(&value(old)), Some(&value(new)), &people)
    }
}

/// True of a row that lies in the trash. What undo took away does not: that has the operation that made it to thank for
/// it, which is taken back; what came in from elsewhere already lay there when it was made here.
pub(crate) fn in_the_trash(name: &str) -> String {
    format!(
        "{name}.deleted_at IS NOT NULL AND ({name}.deleted_op <> {name}.created_op
           OR NOT EXISTS (SELECT 1 FROM operations made WHERE made.id = {name}.created_op AND made.undone_at IS NOT NULL))"
    )
}

/// The statement that writes a new row of a table: made once, since an import asks for it a million times.
fn insertion(table: &Table) -> &'static str {
    static MADE: LazyLock<Mutex<HashMap<&'static str, &'static str>>> = LazyLock::new(Mutex::default);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.entry(table.name).or_insert_with(|| {
        let mut columns = table.columns.to_vec();
        columns.push("created_op");
        if table.trashes() {
            columns.extend(["created_at", "updated_at", "deleted_at", "deleted_op"]);
        }
        if table.chain().is_some() {
            columns.push("root");
        }
        let marks = (1..=columns.len()).map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ");
        // There are as many as there are tables.
        format!("INSERT INTO {} ({}) VALUES ({marks})", table.name, columns.join(", ")).leak()
    })
}
