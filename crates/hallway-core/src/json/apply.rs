//! The rows of a file, written.
use super::{
    coming::JsonDone,
    entities::Entity,
    plan::{Plan, differences},
    rows::Unit,
};
use crate::{
    erase::reworded,
    error::Result,
    fields::{FieldRow, FieldValueRow},
    id::Id,
    people::Person,
    record::{Record, Stored, value_of},
    store::{Subject, Times, Tx},
    touchpoints::Touchpoint,
    trust::{self, Takes},
};
use rusqlite::types::Value;

/// What every row of one batch has in common.
pub(super) struct Writing<'a> {
    pub entities: &'a [Entity],
    pub plan: &'a Plan,
    pub theirs: bool,
    pub done: &'a mut JsonDone,
    /// Whom the rows of the suppression list are about.
    pub hashed: trust::Hashed,
    /// A row that was written.
    pub last: Option<Subject>,
}

impl Writing<'_> {
    /// Writes what is to be written of rows that come in together.
    pub fn write(&mut self, tx: &mut Tx, unit: &mut Unit) -> Result<()> {
        if self.nobody_is_left(tx, unit)? {
            self.done.refused += unit.len() as u32;
            return Ok(());
        }
        for (n, row, times) in unit {
            self.take(tx, *n, row.as_mut(), *times)?;
        }
        Ok(())
    }

    /// Whether it is something that happened, of which everybody who was there has gone from here since it was looked at.
    fn nobody_is_left(&self, tx: &Tx, unit: &Unit) -> Result<bool> {
        let Some(((n, touchpoint, times), parts)) = unit.split_first() else { return Ok(false) };
        let happened = self.entities[*n].table.name == Touchpoint::TABLE.name && times.deleted.is_none();
        if !happened || tx.is_there(self.entities[*n].table, touchpoint.id())? {
            return Ok(false);
        }
        for (n, part, _) in parts {
            if self.everything_is_there(tx, &self.entities[*n], part.as_ref(), Some(touchpoint.id()))? {
                return Ok(false);
            }
        }
        const SOMEBODY: &str = "SELECT EXISTS (SELECT 1 FROM touchpoint_people WHERE touchpoint_id = ?1)";
        Ok(tx.scalar::<bool>(SOMEBODY, [touchpoint.id()])? != Some(true))
    }

    /// Whether every row it names is here, beside one that comes with it. It was when the file was looked at, and somebody
    /// may have taken something back since.
    fn everything_is_there(&self, tx: &Tx, entity: &Entity, row: &dyn Stored, comes: Option<Id>) -> Result<bool> {
        for (column, _, parent) in entity.references() {
            let Value::Blob(named) = value_of(row.params()[column])? else { continue };
            let Ok(named) = named.try_into().map(Id) else { continue };
            let Some(parent) = self.entities.iter().find(|entity| entity.table.name == parent) else { continue };
            if comes != Some(named) && !tx.is_there(parent.table, named)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn take(&mut self, tx: &mut Tx, n: usize, row: &mut dyn Stored, times: Times) -> Result<()> {
        let entity = &self.entities[n];
        self.plan.lets_go(tx, self.entities, entity, row)?;
        if !self.everything_is_there(tx, entity, row, None)? {
            self.done.refused += 1;
            return Ok(());
        }
        let here = tx.stands(entity.table, row.id())?;
        // Before anything is read by what it says.
        let reworded = match &here {
            Some(here) => reworded::stay(tx, entity.table, row, here)?,
            None => false,
        };
        if let Some(value) = row.as_any().downcast_mut::<FieldValueRow>() {
            let field: Option<FieldRow> = tx.find_one("WHERE id = ?1", [value.field_id])?;
            if let Some(field) = field {
                value.read_as(&field)?;
            }
        }
        match here {
            None => {
                tx.take_in(entity.table, row, times)?;
                self.done.new += 1;
                self.done.people += u32::from(entity.table.name == Person::TABLE.name);
            }
            Some(here) if !reworded && differences(entity, row, &here, times.deleted)?.is_empty() => {
                self.done.same += 1;
                return Ok(());
            }
            Some(here) if self.theirs && !leads_back(tx, entity, row)? => {
                let mut deleted = times.deleted;
                self.done.reworded += u32::from(reworded);
                let opted_in = |point, purpose| self.plan.opted_in(point, purpose);
                let elsewhere = trust::elsewhere(tx, row, times.updated)?;
                let stays = trust::stays(tx, row, &mut deleted, &opted_in)?;
                self.done.noes += u32::from(stays.is_some());
                // Where the address that is here stays, the no at theirs is taken all the same.
                if let Some(no) = elsewhere.filter(|no| stays.is_some() && !no.is_said_by(row)) {
                    self.done.suppressed += u32::from(no.suppress(tx)?);
                }
                if differences(entity, row, &here, deleted)?.is_empty() {
                    self.done.kept += 1;
                    return Ok(());
                }
                let ends = trust::ends(tx, row, &mut self.hashed)?;
                tx.take_over(entity.table, row, deleted)?;
                if let Some(ends) = ends {
                    trust::narrow(tx, &ends, &opted_in)?;
                }
                self.done.changed += 1;
            }
            Some(here) => match trust::takes(tx, row, times.updated, times.deleted)? {
                // A no is taken whatever is kept.
                Some(Takes::Row(no)) => {
                    tx.take_over(entity.table, no.as_ref(), here.deleted_at)?;
                    self.done.noes_taken += 1;
                    self.done.changed += 1;
                }
                Some(Takes::Address(no)) => {
                    self.done.suppressed += u32::from(no.suppress(tx)?);
                    self.done.kept += 1;
                    return Ok(());
                }
                None => {
                    self.done.kept += 1;
                    return Ok(());
                }
            },
        }
        self.last = Some(Subject::Row(entity.table.name, row.id()));
        Ok(())
    }
}

/// Whether a row would name another of its entity that names it, over however many others.
fn leads_back(tx: &Tx, entity: &Entity, row: &dyn Stored) -> Result<bool> {
    for (n, field, _) in entity.references().filter(|(_, _, parent)| *parent == entity.table.name) {
        let Value::Blob(onto) = value_of(row.params()[n])? else { continue };
        let (table, column) = (entity.table.name, field.column.name);
        let back = tx.scalar::<bool>(
            &format!(
                "WITH RECURSIVE chain (id) AS (SELECT ?1 UNION SELECT t.{column} FROM chain JOIN {table} t ON t.id = chain.id WHERE t.{column} IS NOT NULL)
                 SELECT EXISTS (SELECT 1 FROM chain WHERE id = ?2)"
            ),
            (onto, row.id()),
        )?;
        if back == Some(true) {
            return Ok(true);
        }
    }
    Ok(false)
}
