//! The rows of a file, written so many at a time.
use super::{
    arriving::{self, Arrival},
    coming::JsonDone,
    entities::Entity,
    opened::Opened,
    plan::{Plan, default_direction, differences},
};
use crate::{
    error::{Error, Result},
    fields::{FieldRow, FieldValueRow},
    id::Id,
    people::Person,
    record::{Record, Stored, value_of},
    store::Tx,
    transfer::json::{Place, RawRow},
};
use rusqlite::types::Value;

/// How far it is. What was written before is found again by its id, so that going on after a pause writes nothing twice.
pub(super) struct Applying {
    plan: Plan,
    theirs: bool,
    /// Which entity, of those in their order.
    nth: usize,
    /// Rows that name others of their own entity are written after them, in further rounds.
    round: u32,
    place: Option<Place>,
    pub done: JsonDone,
    /// A row that was written, for the sentence of the operation.
    pub last: Option<(&'static str, Id)>,
}

impl Applying {
    pub fn new(plan: Plan, theirs: bool) -> Applying {
        let refused = plan.counts.iter().map(|count| count.refused).sum();
        let done = JsonDone { refused, ..JsonDone::default() };
        Applying { plan, theirs, nth: 0, round: 0, place: None, done, last: None }
    }

    /// Looks at no more than `most` rows and writes what is to be written of them. Returns whether there are more.
    pub fn slice(&mut self, tx: &mut Tx, file: &mut Opened, most: u32) -> Result<bool> {
        let Opened { document, entities, order, source, .. } = file;
        let mut left = most;
        while left > 0 {
            let Some(n) = order.get(self.nth).copied() else { return Ok(false) };
            let list = document.lists.iter().position(|list| list.name == entities[n].name);
            self.place = match list {
                None => None,
                Some(list) => document.rows(list, self.place, |raw| {
                    self.take(tx, &entities[n], n, &raw, source.as_deref())?;
                    left -= 1;
                    Ok::<_, Error>(left > 0)
                })?,
            };
            if self.place.is_none() {
                if self.round < self.plan.deepest(n)? {
                    self.round += 1;
                } else {
                    (self.nth, self.round) = (self.nth + 1, 0);
                }
            }
        }
        Ok(self.nth < order.len())
    }

    fn take(&mut self, tx: &mut Tx, entity: &Entity, n: usize, raw: &RawRow, source: Option<&str>) -> Result<()> {
        if self.plan.is_refused(n, raw.index)? {
            return Ok(());
        }
        let config = &self.plan.rules;
        let Ok(Arrival { mut row, times, .. }) =
            arriving::read(entity, raw.bytes, source, |given| default_direction(entity, config, given))
        else {
            return Ok(());
        };
        if self.plan.depth(n, row.id())? != self.round {
            return Ok(());
        }
        if let Some(value) = row.as_any().downcast_mut::<FieldValueRow>() {
            let field: Option<FieldRow> = tx.find_one("WHERE id = ?1", [value.field_id])?;
            if let Some(field) = field {
                value.read_as(&field)?;
            }
        }
        let row = row.as_ref();
        match tx.stands(entity.table, row.id())? {
            None => {
                tx.take_in(entity.table, row, times)?;
                self.done.new += 1;
                self.done.people += u32::from(entity.table.name == Person::TABLE.name);
            }
            Some(here) if differences(entity, row, &here, times.deleted)?.is_empty() => {
                self.done.same += 1;
                return Ok(());
            }
            Some(_) if self.theirs && !leads_back(tx, entity, row)? => {
                tx.take_over(entity.table, row, times.deleted)?;
                self.done.changed += 1;
            }
            Some(_) => {
                self.done.kept += 1;
                return Ok(());
            }
        }
        self.last = Some((entity.table.name, row.id()));
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
