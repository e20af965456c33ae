//! Whom a file would bring back who was erased elsewhere: of them nothing is here but their addresses on the suppression list.
//! It is known before the rows are looked at, since a person comes before the addresses they are told by.
use super::{
    Plan, Planner,
    heard::{each, each_with_times},
};
use crate::{
    contact_points::{ContactPoint, ContactStatus},
    erase::was_erased,
    error::Result,
    id::Id,
    json::entities::{Entity, Field},
    organisations::Organisation,
    people::Person,
    record::{Record, Stored, value_of},
    store::Tx,
    touchpoints::{Touchpoint, TouchpointPerson},
    transfer::json::Document,
    trust::{self, ErasedThere, Listed, suppressions::Suppression},
};
use rusqlite::types::{Value, ValueRef};
use std::{
    collections::{BTreeSet, HashMap},
    fs::File,
};

impl Planner<'_> {
    /// Remembers who is left out, under all their names, what happened with nobody else, and where nobody else works.
    pub(super) fn hear_who_was_erased(
        &mut self,
        document: &mut Document<File>,
        entities: &[Entity],
        source: Option<&str>,
    ) -> Result<()> {
        let tx = self.tx;
        if !trust::was_anybody_erased(tx)? {
            return Ok(());
        }
        let listed = Listed::new(tx)?;
        let mut gone: HashMap<Id, String> = HashMap::new();
        let mut there = ErasedThere::default();
        each(document, entities, source, |row: &Suppression| {
            there.see(row);
            Ok(())
        })?;
        each_with_times(document, entities, source, |point: &ContactPoint, times| {
            // By a number that several share, or an address that is not theirs any more, nobody is told.
            let is_theirs =
                point.kind.identifies() && point.status != ContactStatus::WrongPerson && times.deleted.is_none();
            if is_theirs
                && listed.has(point.kind, &point.value)
                && trust::was_erased_at(tx, &there, point.kind, &point.value)?
            {
                gone.entry(point.person_id).or_insert_with(|| point.value.trim().to_owned());
            }
            Ok(())
        })?;
        if gone.is_empty() {
            return Ok(());
        }
        self.with_their_other_names(document, entities, source, &mut gone)?;
        let mut workplaces = BTreeSet::new();
        let mut met = BTreeSet::new();
        each(document, entities, source, |person: &Person| {
            workplaces.extend(person.organisation_id.filter(|_| gone.contains_key(&person.id)));
            Ok(())
        })?;
        each(document, entities, source, |person: &Person| {
            if let Some(organisation) = person.organisation_id.filter(|_| !gone.contains_key(&person.id)) {
                workplaces.remove(&organisation);
            }
            Ok(())
        })?;
        each(document, entities, source, |part: &TouchpointPerson| {
            met.extend(gone.contains_key(&part.person_id).then_some(part.touchpoint_id));
            Ok(())
        })?;
        each(document, entities, source, |part: &TouchpointPerson| {
            if !gone.contains_key(&part.person_id) {
                met.remove(&part.touchpoint_id);
            }
            Ok(())
        })?;
        for (person, address) in gone {
            self.leaves_out(entities, Person::TABLE.name, person, Some(&address))?;
        }
        for organisation in workplaces {
            self.leaves_out(entities, Organisation::TABLE.name, organisation, None)?;
        }
        for touchpoint in met {
            self.leaves_out(entities, Touchpoint::TABLE.name, touchpoint, None)?;
        }
        Ok(())
    }

    /// Adds the rows of the file that turned out to be one of these, and whoever those turned out to be; and lets go of
    /// everybody who is here under one of their numbers.
    fn with_their_other_names(
        &self,
        document: &mut Document<File>,
        entities: &[Entity],
        source: Option<&str>,
        gone: &mut HashMap<Id, String>,
    ) -> Result<()> {
        let mut merged: Vec<(Id, Id)> = Vec::new();
        each(document, entities, source, |person: &Person| {
            merged.extend(person.merged_into.map(|into| (person.id, into)));
            Ok(())
        })?;
        // Each pair is one person, so that what is said of the one goes on to the other until nothing is new.
        let mut here: BTreeSet<Id> = BTreeSet::new();
        for id in merged.iter().flat_map(|(one, other)| [*one, *other]).chain(gone.keys().copied()) {
            if self.tx.is_there(&Person::TABLE, id)? {
                here.insert(id);
            }
        }
        loop {
            let before = (gone.len(), here.len());
            for (one, other) in merged.iter().flat_map(|(one, other)| [(one, other), (other, one)]) {
                if let Some(address) = gone.get(one).cloned() {
                    gone.entry(*other).or_insert(address);
                }
                if here.contains(one) {
                    here.insert(*other);
                }
            }
            if (gone.len(), here.len()) == before {
                break;
            }
        }
        gone.retain(|person, _| !here.contains(person));
        Ok(())
    }

    /// Remembers that a row is left out, and at which address whoever it is was erased.
    pub(super) fn leaves_out(&self, entities: &[Entity], table: &str, id: Id, address: Option<&str>) -> Result<()> {
        let n = entities.iter().position(|entity| entity.table.name == table).unwrap_or(usize::MAX);
        self.plan
            .scratch
            .prepare_cached("INSERT OR IGNORE INTO left_out (entity, id, address) VALUES (?1, ?2, ?3)")?
            .execute((n as i64, id, address))?;
        Ok(())
    }
}

impl Plan {
    /// Lets a row about somebody go of what it may name and need not, where that was erased or is left out: whoever worked
    /// there, or was promised something then, is not what went.
    pub(in crate::json) fn lets_go(
        &self,
        tx: &Tx,
        entities: &[Entity],
        entity: &Entity,
        row: &mut dyn Stored,
    ) -> Result<()> {
        let mut of_somebody = entity.table.name == Person::TABLE.name;
        for (column, _, parent) in entity.references() {
            of_somebody |= parent == Person::TABLE.name && value_of(row.params()[column])? != Value::Null;
        }
        let may_go = |field: &Field, parent: &str| of_somebody && field.may_be_null() && parent != Person::TABLE.name;
        for (column, field, parent) in entity.references().filter(|(_, field, parent)| may_go(field, parent)) {
            let Value::Blob(named) = value_of(row.params()[column])? else { continue };
            let (Ok(named), Some(nth)) =
                (named.try_into().map(Id), entities.iter().position(|entity| entity.table.name == parent))
            else {
                continue;
            };
            let gone = was_erased(tx, parent, named)? || self.is_left_out(nth, named)?.is_some();
            if gone && !tx.is_there(entities[nth].table, named)? {
                row.set(field.column.name, ValueRef::Null).map_err(rusqlite::Error::from)?;
            }
        }
        Ok(())
    }
}
