//! How often somebody is to be heard from.
#[cfg(test)]
mod tests;

use crate::{
    days::days_after,
    error::{Result, invalid},
    followups::open::last_contact,
    id::Id,
    people::{self, PersonPick},
    record::{Check, Record},
    rpc::Empty,
    store::{Subject, Tx},
    tags::{TagKind, TagRow},
    time::Now,
    workspace,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

record! {
    /// How often one wants to be in touch with somebody, or with everybody who carries a tag.
    pub struct CadenceRow in "cadences" as "cadence", Trash,
    concerns Column("person_id"),
    hangs on ["person_id" -> "people", "tag_id" -> "tags"] {
        /// The cadence's own id.
        pub id: Id,
        /// With whom; it stands over what their tags say.
        pub person_id: Option<Id>,
        /// With everybody who carries this tag.
        pub tag_id: Option<Id>,
        /// Days between contacts, as one would like it.
        pub ideal_days: u32,
        /// Days without a contact after which one has lost touch.
        pub longest_days: u32,
    }
}
impl Check for CadenceRow {
    fn check(&self) -> Result<()> {
        if self.person_id.is_some() == self.tag_id.is_some() {
            return invalid("person", "Say whether this is for one person or for a tag.");
        }
        if !(1..=3650).contains(&self.ideal_days) {
            return invalid("idealDays", "Say after how many days, from 1 to 3650.");
        }
        if self.longest_days < self.ideal_days || self.longest_days > 3650 {
            return invalid("longestDays", "The longest wait cannot be shorter than the one you aim for.");
        }
        Ok(())
    }
}

/// A cadence as it is shown.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Cadence {
    pub id: Id,
    pub person: Option<PersonPick>,
    pub tag: Option<CadenceTag>,
    pub ideal_days: u32,
    pub longest_days: u32,
}

#[derive(Debug, Serialize, TS)]
pub struct CadenceTag {
    pub id: Id,
    pub name: String,
    pub kind: TagKind,
}

/// One of `person` and `tag` is given.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct SetCadence {
    pub person: Option<Id>,
    pub tag: Option<Id>,
    pub ideal_days: u32,
    pub longest_days: u32,
}

#[derive(Debug, Deserialize, TS)]
pub struct CadenceId {
    pub id: Id,
}

#[derive(Debug, Deserialize, TS)]
pub struct CadenceOf {
    pub person: Id,
}

/// Every cadence: those of tags by name, then those of people.
pub fn list(tx: &Tx, _: Empty) -> Result<Vec<Cadence>> {
    let rows: Vec<CadenceRow> = tx.find("WHERE deleted_at IS NULL ORDER BY rid", [])?;
    let mut shown = rows.into_iter().map(|row| shown(tx, row)).collect::<Result<Vec<_>>>()?;
    shown.retain(|cadence| cadence.person.is_some() || cadence.tag.is_some());
    let name = |cadence: &Cadence| match (&cadence.tag, &cadence.person) {
        (Some(tag), _) => (0, tag.name.clone()),
        (None, person) => (1, person.as_ref().map(|person| person.name.clone()).unwrap_or_default()),
    };
    shown.sort_by_key(name);
    Ok(shown)
}

/// The one that counts for somebody: their own, else the shortest that their tags say.
pub fn of(tx: &Tx, input: CadenceOf) -> Result<Option<Cadence>> {
    let person = people::root(tx, input.person)?;
    counting(tx, person)?.map(|(row, _)| shown(tx, row)).transpose()
}

/// Says how often one wants to be in touch with somebody, or with everybody who carries a tag.
pub fn set(tx: &mut Tx, input: SetCadence) -> Result<Cadence> {
    let person_id = input.person.map(|person| people::root(tx, person)).transpose()?;
    if let Some(tag) = input.tag {
        tx.get::<TagRow>(tag)?;
    }
    let known: Option<CadenceRow> = match (person_id, input.tag) {
        (Some(person), None) => own(tx, person)?.map(|(row, _)| row),
        (None, tag) => tx.find_one("WHERE tag_id = ?1 AND deleted_at IS NULL ORDER BY rid LIMIT 1", [tag])?,
        _ => None,
    };
    let row = CadenceRow {
        id: known.as_ref().map_or_else(|| tx.new_id(), |known| known.id),
        person_id: known.and_then(|known| known.person_id).or(person_id),
        tag_id: input.tag,
        ideal_days: input.ideal_days,
        longest_days: input.longest_days,
    };
    tx.put(&row)?;
    about(tx, &row)?;
    shown(tx, row)
}

pub fn remove(tx: &mut Tx, input: CadenceId) -> Result<Empty> {
    let row: CadenceRow = tx.get(input.id)?;
    tx.trash::<CadenceRow>(row.id)?;
    about(tx, &row)?;
    Ok(Empty {})
}

fn about(tx: &mut Tx, row: &CadenceRow) -> Result<()> {
    let subject = match (row.person_id, row.tag_id) {
        (Some(person), _) => Subject::Person(person),
        (None, Some(tag)) => Subject::Row("tags", tag),
        (None, None) => return Ok(()),
    };
    tx.about(subject, None, None)
}

fn shown(tx: &Tx, row: CadenceRow) -> Result<Cadence> {
    let person = match row.person_id {
        Some(person) => match tx.scalar::<Id>("SELECT root FROM people WHERE id = ?1", [person])? {
            Some(root) => people::pick(tx, root)?,
            None => None,
        },
        None => None,
    };
    let tag: Option<TagRow> = tx.find_one("WHERE id = ?1 AND deleted_at IS NULL", [row.tag_id])?;
    Ok(Cadence {
        id: row.id,
        person,
        tag: tag.map(|tag| CadenceTag { id: tag.id, name: tag.name, kind: tag.kind }),
        ideal_days: row.ideal_days,
        longest_days: row.longest_days,
    })
}

// ---- who is waited for too long ----

/// Whether of any tag it is said how often to be in touch.
pub(crate) fn any_of_tags(tx: &Tx) -> Result<bool> {
    let any: Option<u32> =
        tx.scalar("SELECT 1 FROM cadences WHERE tag_id IS NOT NULL AND deleted_at IS NULL LIMIT 1", [])?;
    Ok(any.is_some())
}

/// Makes anew when one has lost touch with somebody. Of whom no way to write to them is left that they did not refuse, that
/// also follows from what others said of their addresses: they are left out where it is asked for.
pub(crate) fn refresh(tx: &mut Tx, person: Id) -> Result<()> {
    let gone = tx.sql().prepare_cached("DELETE FROM in_touch WHERE person = ?1")?.execute([person])?;
    if gone > 0 {
        tx.mark_changed("in_touch");
    }
    let reached: Option<i64> = tx.scalar(
        "SELECT added_at FROM person_state WHERE person = ?1 AND NOT do_not_contact AND NOT teammate",
        [person],
    )?;
    let Some(added) = reached else { return Ok(()) };
    let Some((cadence, made)) = counting(tx, person)? else { return Ok(()) };
    let last = last_contact(tx, person)?;
    // With somebody one never talked to, the wait begins when it was said that one wants to.
    let from = match last {
        Some(day) => day,
        None => Now(made.max(added)).day_in(workspace::zone(tx)?),
    };
    let after = |days: u32| days_after(from, i64::from(days)).unwrap_or(from).to_string();
    tx.mark_changed("in_touch");
    tx.sql()
        .prepare_cached("INSERT INTO in_touch (person, last_on, ideal_on, lost_on) VALUES (?1, ?2, ?3, ?4)")?
        .execute((person, last.map(|day| day.to_string()), after(cadence.ideal_days), after(cadence.longest_days)))?;
    Ok(())
}

/// Makes it anew for everybody who carries a tag of which something else is said now. Of whom something is said by
/// name, that write concerned them.
pub(crate) fn refresh_those_of_tags(tx: &mut Tx) -> Result<()> {
    let mut people: BTreeSet<Id> = BTreeSet::new();
    for cadence in tx.touched_of_nobody(CadenceRow::TABLE.name) {
        // A file that came in may say that it was of another tag until now.
        people.extend(tx.column::<Id>(
            "SELECT p.root FROM person_tags t JOIN people p ON p.id = t.person_id WHERE t.tag_id IN (
               SELECT tag_id FROM cadences WHERE id = ?1
               UNION SELECT g.id FROM changes c JOIN tags g ON lower(hex(g.id)) = replace(json_extract(c.old, '$.tag_id.id'), '-', '')
                 WHERE c.row_id = ?1 AND c.tbl = 'cadences' AND json_type(c.old, '$.tag_id.id') = 'text')",
            [cadence],
        )?);
    }
    for person in people {
        refresh(tx, person)?;
    }
    Ok(())
}

/// The cadence that counts for somebody, and when it was said, ms UTC.
fn counting(tx: &Tx, person: Id) -> Result<Option<(CadenceRow, i64)>> {
    if let Some(own) = own(tx, person)? {
        return Ok(Some(own));
    }
    first(
        tx,
        "SELECT c.id, c.created_at FROM cadences c JOIN tags g ON g.id = c.tag_id AND g.deleted_at IS NULL
         WHERE c.deleted_at IS NULL AND c.tag_id IN (SELECT tag_id FROM person_tags WHERE person_id IN
           (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL)) ORDER BY c.longest_days, c.rid LIMIT 1",
        person,
    )
}

fn own(tx: &Tx, person: Id) -> Result<Option<(CadenceRow, i64)>> {
    first(
        tx,
        "SELECT c.id, c.created_at FROM cadences c WHERE c.deleted_at IS NULL AND c.person_id IN
           (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) ORDER BY c.longest_days, c.rid LIMIT 1",
        person,
    )
}

fn first(tx: &Tx, sql: &str, person: Id) -> Result<Option<(CadenceRow, i64)>> {
    let found: Option<(Id, i64)> =
        tx.sql().prepare_cached(sql)?.query_map([person], |r| Ok((r.get(0)?, r.get(1)?)))?.next().transpose()?;
    found.map(|(id, made)| Ok((tx.get::<CadenceRow>(id)?, made))).transpose()
}
