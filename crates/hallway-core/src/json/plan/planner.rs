//! What becomes of one row: whether it is taken, what stays of the one that is here, and why it is refused.
use super::{DifferingRow, FROM_US, HAS_PEOPLE, LIVING, Outcome, Plan, RefusedRow, default_direction, differences};
use crate::{
    erase::{reworded, was_erased},
    error::Result,
    fields::{FieldRow, FieldValueRow},
    filter,
    id::Id,
    journey::{Rules, engine::Direction},
    json::{
        arriving::{self, Arrival, Unfit, short, unfit},
        entities::Entity,
    },
    lists::ListRow,
    people::Person,
    record::{Record, Stored, value_of},
    store::{Standing, Tx},
    time::{self, Now},
    touchpoints::{Source, Touchpoint, TouchpointPerson},
    transfer::json::RawRow,
    trust::{self, Takes},
    views::ViewRow,
    workspace,
};
use chrono::{Days, NaiveDate};
use rusqlite::types::Value;
use std::collections::HashMap;

/// As many refused and differing rows as are shown.
const SHOWN: usize = 200;

pub(super) struct Planner<'a> {
    pub(super) tx: &'a Tx<'a>,
    pub(super) theirs: bool,
    pub(super) today: NaiveDate,
    /// Of the rules that will be in force.
    pub(super) version: u32,
    /// Fields that come with the file.
    pub(super) fields: HashMap<Id, FieldRow>,
    pub(super) plan: Plan,
}

impl Planner<'_> {
    pub(super) fn look(&mut self, entities: &[Entity], n: usize, raw: &RawRow, source: Option<&str>) -> Result<()> {
        self.plan.counts[n].rows += 1;
        let entity = &entities[n];
        let config = &self.plan.rules;
        let read = arriving::read(entity, raw.bytes, source, |given| default_direction(entity, config, given));
        let decided = match read {
            Ok(arrival) => self.decide(entities, n, raw, arrival)?,
            Err(unfit) => Err(unfit),
        };
        match decided {
            Ok(Outcome::New) => self.plan.counts[n].new += 1,
            Ok(Outcome::Same) => self.plan.counts[n].same += 1,
            Ok(Outcome::Differs) => self.plan.counts[n].differs += 1,
            Ok(Outcome::Erased) => {
                self.plan.erased += 1;
                self.passes_over(n, raw.index)?;
            }
            Err(unfit) => self.refuse(entities, n, raw.index, raw.line, &unfit)?,
        }
        Ok(())
    }

    pub(super) fn refuse(&mut self, entities: &[Entity], n: usize, row: u64, line: u64, why: &Unfit) -> Result<()> {
        self.plan.counts[n].refused += 1;
        self.passes_over(n, row)?;
        if self.plan.refused.len() < SHOWN {
            let field = why.field.as_ref().map(|field| format!(".{field}")).unwrap_or_default();
            self.plan.refused.push(RefusedRow {
                path: format!("{}[{row}]{field}", entities[n].name),
                line: line as u32,
                reason: why.reason.clone(),
            });
        }
        Ok(())
    }

    /// Says that a row is not taken.
    pub(super) fn passes_over(&mut self, n: usize, row: u64) -> Result<()> {
        self.plan
            .scratch
            .prepare_cached("INSERT OR IGNORE INTO refused (entity, row) VALUES (?1, ?2)")?
            .execute((n as i64, row as i64))?;
        Ok(())
    }

    pub(super) fn decide(
        &mut self,
        entities: &[Entity],
        n: usize,
        raw: &RawRow,
        arrival: Arrival,
    ) -> Result<std::result::Result<Outcome, Unfit>> {
        let entity = &entities[n];
        let Arrival { mut row, times, unknown } = arrival;
        self.plan.lets_go(self.tx, entities, entity, row.as_mut())?;
        let id = row.id();
        let here = self.tx.stands(entity.table, id)?;
        if here.is_none() {
            if was_erased(self.tx, entity.table.name, id)? {
                return Ok(Ok(Outcome::Erased));
            }
            if let Some(address) = self.plan.is_left_out(n, id)? {
                self.say_who_is_left_out(entity, raw, row.as_mut(), address);
                return Ok(Ok(Outcome::Erased));
            }
        }
        let mut marks = if times.deleted.is_none() { LIVING } else { 0 };
        let mut onto = None;
        for (column, field, parent) in entity.references() {
            let Value::Blob(named) = value_of(row.params()[column])? else { continue };
            let Ok(named) = named.try_into().map(Id) else { continue };
            if parent == entity.table.name {
                onto = Some(named);
                continue;
            }
            let nth = entities.iter().position(|entity| entity.table.name == parent).unwrap_or(usize::MAX);
            if self.plan.known(nth, named)?.is_none() && !self.is_here(entities, nth, named)? {
                if was_erased(self.tx, parent, named)? {
                    return Ok(Ok(Outcome::Erased));
                }
                if self.plan.is_left_out(nth, named)?.is_some() {
                    self.leaves_out(entities, entity.table.name, id, None)?;
                    return Ok(Ok(Outcome::Erased));
                }
                let reason = format!(
                    "There is no {} {named}, neither in the file nor here. Put it into the file, or correct the id.",
                    entities.get(nth).map_or("row", |entity| entity.table.noun)
                );
                return Ok(unfit(field.name.clone(), reason));
            }
        }
        if let Some(field) = trust::ahead_of_its_day(row.as_mut(), self.today) {
            return Ok(unfit(
                field.to_owned(),
                "That day has not come yet, and nobody can have said it then. Correct it.",
            ));
        }
        // Before anything is judged by what this row will say.
        let differs = match &here {
            Some(here) => differences(entity, row.as_ref(), here, times.deleted)?,
            None => vec![],
        };
        let reworded = match &here {
            Some(here) => reworded::stay(self.tx, entity.table, row.as_mut(), here)?,
            None => false,
        };
        if let Err(unfit) = self.admit(entities, row.as_mut(), times.created, here.as_ref(), &mut marks)? {
            return Ok(Err(unfit));
        }
        let new = self
            .plan
            .scratch
            .prepare_cached("INSERT OR IGNORE INTO known (entity, id, row, marks) VALUES (?1, ?2, ?3, ?4)")?
            .execute((n as i64, id, raw.index as i64, marks))?;
        if new == 0 {
            return Ok(unfit("id".to_owned(), "Another row above has the same id. Keep one of them."));
        }
        if let Some(onto) = onto {
            self.plan
                .scratch
                .prepare_cached("INSERT INTO chained (entity, id, row, line, onto) VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute((n as i64, id, raw.index as i64, raw.line as i64, onto))?;
        }
        if let Some(part) = row.as_any().downcast_ref::<TouchpointPerson>() {
            let length = raw.bytes.map_or(0, <[u8]>::len) as i64;
            self.plan
                .scratch
                .prepare_cached("INSERT INTO parts (touchpoint, row, offset, length) VALUES (?1, ?2, ?3, ?4)")?
                .execute((part.touchpoint_id, raw.index as i64, raw.offset as i64, length))?;
        }
        for name in unknown {
            let name = format!("{}.{}", entity.name, short(&name));
            if self.plan.unknown.len() < SHOWN || self.plan.unknown.contains_key(&name) {
                *self.plan.unknown.entry(name).or_default() += 1;
            }
        }
        let Some(here) = here else { return Ok(Ok(Outcome::New)) };
        if differs.is_empty() {
            return Ok(Ok(Outcome::Same));
        }
        self.plan.reworded += u32::from(reworded);
        let elsewhere = trust::elsewhere(self.tx, row.as_mut(), times.updated)?;
        let no = trust::takes(self.tx, row.as_mut(), times.updated, times.deleted)?;
        self.plan.noes_taken += u32::from(matches!(no, Some(Takes::Row(_))));
        let mut deleted = times.deleted;
        let opted_in = |point, purpose| self.plan.opted_in(point, purpose);
        let stays = trust::stays(self.tx, row.as_mut(), &mut deleted, &opted_in)?;
        self.plan.noes += u32::from(stays.is_some());
        // Where theirs is taken, so is their address with the no at it, unless the one that is here stays.
        let apart = elsewhere.filter(|no| !self.theirs || stays.is_some() && !no.is_said_by(row.as_mut()));
        self.plan.suppressed += u32::from(apart.is_some());
        let stay: Vec<&str> = stays.into_iter().chain(reworded.then_some(reworded::STAYS)).collect();
        let replaced = differences(entity, row.as_ref(), &here, deleted)?;
        self.plan.replaced += u32::from(!replaced.is_empty());
        // Where something stays is shown, however far down it stands.
        if self.plan.differing.len() < SHOWN
            || (!stay.is_empty() && (self.plan.noes + self.plan.reworded) as usize <= SHOWN)
        {
            let name = self.name_of(entity, &here)?;
            let path = format!("{}[{}]", entity.name, raw.index);
            let stays = (!stay.is_empty()).then(|| stay.join(" "));
            let replaced = replaced.into_iter().map(|one| one.field).collect();
            self.plan.differing.push(DifferingRow { path, name, differs, replaced, stays });
        }
        Ok(Ok(Outcome::Differs))
    }

    fn say_who_is_left_out(&mut self, entity: &Entity, raw: &RawRow, row: &mut dyn Stored, address: Option<String>) {
        let (Some(address), Some(person)) = (address, row.as_any().downcast_ref::<Person>()) else { return };
        if self.plan.left_out.len() < SHOWN {
            self.plan.left_out.push(RefusedRow {
                path: format!("{}[{}]", entity.name, raw.index),
                line: raw.line as u32,
                reason: format!(
                    "{} is left out: whoever had {address} was erased, and is not brought back by a file. If they came back themselves, add them anew; they are not written to even then. Texts about others that name them come in as they are.",
                    person.display_name
                ),
            });
        }
    }

    pub(super) fn is_here(&self, entities: &[Entity], nth: usize, id: Id) -> Result<bool> {
        match entities.get(nth) {
            Some(entity) => Ok(self.tx.stands(entity.table, id)?.is_some()),
            None => Ok(false),
        }
    }

    /// The rules of typing that look at other rows.
    pub(super) fn admit(
        &mut self,
        entities: &[Entity],
        row: &mut dyn Stored,
        created: Option<i64>,
        here: Option<&Standing>,
        marks: &mut u32,
    ) -> Result<std::result::Result<(), Unfit>> {
        // What is here stays unless theirs is taken, so that what hangs on it is judged by what will stand.
        let taken = here.is_none() || self.theirs;
        if let Some(rules) = row.as_any().downcast_ref::<Rules>() {
            if taken && rules.version >= self.version {
                (self.version, self.plan.rules) = (rules.version, rules.config.0.clone());
            }
        } else if let Some(field) = row.as_any().downcast_ref::<FieldRow>() {
            if taken {
                self.fields.insert(field.id, field.clone());
            }
        } else if let Some(filter) = filter_of(row) {
            // Not in the record's own check: one that cannot be read any more must not keep what stands here from being moved.
            if let Err(error) = filter::could_be_kept(&filter) {
                return Ok(Err(error.into()));
            }
        } else if let Some(touchpoint) = row.as_any().downcast_ref::<Touchpoint>() {
            let Some(kind) = self.plan.rules.kind(&touchpoint.kind) else {
                let reason = format!("There is no kind “{}” among the rules of the journey.", short(&touchpoint.kind));
                return Ok(unfit("kind".to_owned(), reason));
            };
            if (kind.direction == Direction::FromUs) != (touchpoint.direction == Direction::FromUs) {
                let reason = format!("“{}” cannot go that way. Choose another kind or direction.", kind.label);
                return Ok(unfit("direction".to_owned(), reason));
            }
            let day = time::day("onDay", &touchpoint.on_day)?;
            if self.is_to_come(day, touchpoint, created)? {
                return Ok(unfit("onDay".to_owned(), "That day has not come yet. Log things when they have happened."));
            }
            if taken && touchpoint.direction == Direction::FromUs && self.was_seen_in(touchpoint.id)? {
                let reason = "Here somebody’s stage was seen in it, and what we do says nothing about where they stand. Take the stage out here, then import the file again.";
                return Ok(unfit("direction".to_owned(), reason));
            }
            let nth = entities.iter().find(|entity| entity.table.name == Touchpoint::TABLE.name);
            let direction = nth.and_then(|entity| entity.table.columns.iter().position(|name| *name == "direction"));
            let from_us = match (here, direction) {
                (Some(here), Some(n)) if !taken => here.values[n] == Value::Text(Direction::FromUs.key().to_owned()),
                _ => touchpoint.direction == Direction::FromUs,
            };
            if from_us {
                *marks |= FROM_US;
            }
        } else if let Some(part) = row.as_any().downcast_ref::<TouchpointPerson>() {
            let touchpoints = entities.iter().position(|entity| entity.table.name == Touchpoint::TABLE.name);
            let marks = self.plan.known(touchpoints.unwrap_or(usize::MAX), part.touchpoint_id)?;
            let from_us = match marks {
                Some(marks) => marks & FROM_US != 0,
                None => self
                    .tx
                    .scalar::<bool>(
                        "SELECT direction = 'from_us' FROM touchpoints WHERE id = ?1",
                        [part.touchpoint_id],
                    )?
                    .unwrap_or(false),
            };
            if from_us && part.observed_stage.is_some() {
                let reason =
                    "That was something we did, so it says nothing about where they stand. Leave the stage out.";
                return Ok(unfit("observedStage".to_owned(), reason));
            }
            self.plan
                .scratch
                .prepare_cached("UPDATE known SET marks = marks | ?3 WHERE entity = ?1 AND id = ?2")?
                .execute((touchpoints.unwrap_or_default() as i64, part.touchpoint_id, HAS_PEOPLE))?;
        } else if let Some(value) = row.as_any().downcast_mut::<FieldValueRow>() {
            let field = match self.fields.get(&value.field_id) {
                Some(field) => Some(field.clone()),
                None => self.tx.find_one::<FieldRow>("WHERE id = ?1", [value.field_id])?,
            };
            if let Some(field) = field
                && let Err(error) = value.read_as(&field)
            {
                return Ok(Err(Unfit { field: Some("raw".to_owned()), reason: error.to_string() }));
            }
        }
        Ok(Ok(()))
    }

    /// Whether nobody can have logged that day yet. What our own files hold is taken as it is: what was logged when its day
    /// had come by another clock, and what was once imported from a table that spoke of a day to come.
    pub(super) fn is_to_come(&self, day: NaiveDate, touchpoint: &Touchpoint, created: Option<i64>) -> Result<bool> {
        let after = |today: NaiveDate| today.checked_add_days(Days::new(1)).is_some_and(|tomorrow| day > tomorrow);
        let Some(created) = created else { return Ok(after(self.today)) };
        let then = Now(created).day_in(workspace::zone(self.tx)?);
        Ok(after(self.today) && touchpoint.source != Source::Import && after(then))
    }

    /// Whether a touchpoint that is here says at which stage somebody was seen (I03).
    pub(super) fn was_seen_in(&self, touchpoint: Id) -> Result<bool> {
        let sql =
            "SELECT EXISTS (SELECT 1 FROM touchpoint_people WHERE touchpoint_id = ?1 AND observed_stage IS NOT NULL)";
        Ok(self.tx.scalar(sql, [touchpoint])?.unwrap_or(false))
    }
}

/// The filter of a view or of a list that has one.
fn filter_of(row: &mut dyn Stored) -> Option<String> {
    if let Some(view) = row.as_any().downcast_ref::<ViewRow>() {
        return Some(view.filter.clone());
    }
    row.as_any().downcast_ref::<ListRow>()?.filter.clone()
}
