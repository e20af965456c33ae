//! One person once: rows that are the same person are made one, parted again, or told apart for good.
//!
//! Nothing that was typed is rewritten. A row that is merged says so (`merged_into`), blanks of the one that stands for
//! the person are filled in the open, and everything else is read through `people.root`
//! ([ADR 7](../../../../docs/adr/0007-one-person-is-read-by-root.md)).
mod beside;
mod fill;
mod forms;
mod index;
mod likeness;
mod said;
mod suggest;
#[cfg(test)]
mod tests;

pub use beside::{Beside, BesideRow, Side, beside};
pub use index::Hint;
pub(crate) use said::whom;
pub use suggest::{DoublesWindow, Reason, Suggestion, Suggestions, list, of};

use crate::{
    error::{Error, Result, invalid},
    id::Id,
    people::{self, Person, PersonId, PersonIds, PersonPick},
    record::Check,
    store::{Subject, Tx},
};
use serde::Serialize;
use std::collections::BTreeSet;
use ts_rs::TS;

record! {
    /// Two people who look like one and are two: an unordered pair, the smaller id first.
    pub struct ToldApart in "told_apart" as "word that two are not the same", Joined,
    concerns Query("SELECT one FROM told_apart WHERE id = ?1 UNION SELECT other FROM told_apart WHERE id = ?1"),
    hangs on ["one" -> "people", "other" -> "people"] {
        /// Follows from the pair.
        pub id: Id,
        /// The one with the smaller id.
        pub one: Id,
        /// The other one.
        pub other: Id,
    }
}
impl Check for ToldApart {
    fn check(&self) -> Result<()> {
        if self.one == self.other {
            return invalid("other", "Nobody is told apart from themselves. Name two people.");
        }
        Ok(())
    }
    fn complete(&mut self) {
        *self = ToldApart::of(self.one, self.other);
    }
}

impl ToldApart {
    fn of(a: Id, b: Id) -> ToldApart {
        let (one, other) = (a.min(b), a.max(b));
        ToldApart { id: Id::derived("told_apart", &[&one.0, &other.0]), one, other }
    }
}

/// Who stands for somebody now, and which rows are them.
#[derive(Debug, Serialize, TS)]
pub struct Merged {
    pub id: Id,
    pub name: String,
    pub merged: Vec<Id>,
}

/// Makes people one. The one who was added first stands for them; what is blank there is filled from the others, in the
/// order they were added, and the stricter word wins: whoever asked not to be contacted under one name asked under all.
///
/// # Errors
/// `invalid` under `ids` for fewer than two different people.
pub fn merge(tx: &mut Tx, input: PersonIds) -> Result<Merged> {
    let rows = by_age(tx, &people::roots(tx, &input.ids)?)?;
    let Some((survivor, others)) = rows.split_first().filter(|(_, others)| !others.is_empty()) else {
        return invalid("ids", "Choose at least two people. These are one already.");
    };
    // Whoever is made one is no longer two.
    for row in apart_among(tx, &rows)? {
        tx.remove::<ToldApart>(row)?;
    }
    let mut whole: Person = tx.get(*survivor)?;
    for other in others {
        let mut row: Person = tx.get(*other)?;
        fill::blanks(&mut whole, &row);
        row.merged_into = Some(*survivor);
        tx.put(&row)?;
    }
    tx.put(&whole)?;
    tx.about(Subject::Person(*survivor), Some(rows.len()), None)?;
    Ok(Merged { id: *survivor, name: whole.display_name, merged: others.to_vec() })
}

/// Takes one row out of whom it was merged into, with everything that hangs on it. What was filled from it is blank again,
/// unless another row says it too or somebody has written there since.
///
/// # Errors
/// `invalid` under `id` when they are not merged into anybody.
pub fn separate(tx: &mut Tx, input: PersonId) -> Result<Merged> {
    let mut row: Person = tx.get(input.id)?;
    let Some(mut from) = row.merged_into.take() else {
        return invalid("id", format!("{} is not merged into anybody.", row.display_name));
    };
    tx.put(&row)?;
    // What was filled from this row may have been handed on. Where they lead back to each other, each is seen to once.
    let mut seen = BTreeSet::new();
    while seen.insert(from) {
        fill::again(tx, from)?;
        match tx.find_one::<Person>("WHERE id = ?1", [from])?.and_then(|person| person.merged_into) {
            Some(next) => from = next,
            None => break,
        }
    }
    tx.about(Subject::Person(row.id), Some(2), None)?;
    Ok(Merged { id: row.id, name: row.display_name, merged: vec![] })
}

/// Remembers that people who look like one are not the same.
///
/// # Errors
/// `invalid` under `ids` for fewer than two different people.
pub fn tell_apart(tx: &mut Tx, input: PersonIds) -> Result<Apart> {
    let people = people::roots(tx, &input.ids)?;
    if people.len() < 2 {
        return invalid("ids", "Choose at least two people. These are one already.");
    }
    let known = apart_from_each_other(tx)?;
    let mut pairs = 0;
    for (n, one) in people.iter().enumerate() {
        for other in &people[n + 1..] {
            let row = ToldApart::of(*one, *other);
            if !known.contains(&(row.one, row.other)) && tx.put(&row)? {
                pairs += 1;
                tx.concern(row.one);
                tx.concern(row.other);
            }
        }
    }
    tx.about(Subject::Person(people[0]), Some(people.len()), None)?;
    Ok(Apart { pairs })
}

/// How many pairs were told apart, or no longer are.
#[derive(Debug, Serialize, TS)]
pub struct Apart {
    pub pairs: u32,
}

/// Takes "not the same" back, so that these people may be suggested as one again.
///
/// # Errors
/// `not_found` when nobody said so.
pub fn no_longer_apart(tx: &mut Tx, input: PersonIds) -> Result<Apart> {
    let people = people::roots(tx, &input.ids)?;
    let rows = apart_among(tx, &people)?;
    if rows.is_empty() {
        return Err(Error::NotFound("word that they are not the same"));
    }
    for row in &rows {
        tx.remove::<ToldApart>(*row)?;
    }
    tx.about(Subject::Person(people[0]), Some(people.len()), None)?;
    Ok(Apart { pairs: rows.len() as u32 })
}

/// A row that is somebody, beside the one that stands for them.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Also {
    pub id: Id,
    pub name: String,
    pub organisation: Option<String>,
    /// Instant, ms UTC.
    pub added_at: i64,
    /// What it says otherwise than the row that stands for them, which is shown: field and value.
    pub otherwise: Vec<(String, String)>,
}

/// Whom somebody is told apart from.
pub fn told_apart(tx: &Tx, input: PersonId) -> Result<Vec<PersonPick>> {
    let person = people::root(tx, input.id)?;
    let mut picks = Vec::new();
    for (one, other) in apart_from_each_other(tx)? {
        if one == person || other == person {
            picks.extend(people::pick(tx, if one == person { other } else { one })?);
        }
    }
    Ok(picks)
}

/// The rows that were merged into somebody, in the order they were added.
pub fn also(tx: &Tx, person: &Person) -> Result<Vec<Also>> {
    let rows: Vec<Person> =
        tx.find("WHERE root = ?1 AND id <> ?1 AND deleted_at IS NULL ORDER BY created_at, id", [person.id])?;
    rows.into_iter()
        .map(|row| {
            let name_of = |id: Option<Id>| -> Result<Option<String>> {
                id.map_or(Ok(None), |id| {
                    tx.scalar("SELECT name FROM organisations WHERE id = ?1 AND deleted_at IS NULL", [id])
                })
            };
            let organisation = name_of(row.organisation_id)?;
            let mut otherwise = fill::otherwise(person, &row);
            if let Some(name) = organisation.clone().filter(|_| row.organisation_id != person.organisation_id) {
                otherwise.insert(0, ("organisation".into(), name));
            }
            let added_at = tx.scalar("SELECT created_at FROM people WHERE id = ?1", [row.id])?.unwrap_or_default();
            Ok(Also { id: row.id, name: row.display_name, organisation, added_at, otherwise })
        })
        .collect()
}

/// These people in the order they were added: the first of them stands for all when they are one.
pub(crate) fn by_age(tx: &Tx, people: &[Id]) -> Result<Vec<Id>> {
    let mut aged: Vec<(i64, Id)> = Vec::with_capacity(people.len());
    for id in people {
        aged.push((tx.scalar("SELECT created_at FROM people WHERE id = ?1", [id])?.unwrap_or_default(), *id));
    }
    aged.sort_unstable();
    Ok(aged.into_iter().map(|(_, id)| id).collect())
}

/// Every pair that is told apart, as the people they are now, the smaller id first.
pub(crate) fn apart_from_each_other(tx: &Tx) -> Result<BTreeSet<(Id, Id)>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT p.root, q.root FROM told_apart t JOIN people p ON p.id = t.one JOIN people q ON q.id = t.other",
    )?;
    let pairs = query.query_map([], |r| Ok((r.get::<_, Id>(0)?, r.get::<_, Id>(1)?)))?;
    pairs.map(|pair| pair.map(|(a, b)| (a.min(b), a.max(b))).map_err(Error::from)).collect()
}

/// The words that two of these people are not the same.
fn apart_among(tx: &Tx, people: &[Id]) -> Result<Vec<Id>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT t.id, p.root, q.root FROM told_apart t JOIN people p ON p.id = t.one JOIN people q ON q.id = t.other ORDER BY t.rid",
    )?;
    let rows: Vec<(Id, Id, Id)> =
        query.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
    Ok(rows.into_iter().filter(|(_, a, b)| people.contains(a) && people.contains(b)).map(|(id, _, _)| id).collect())
}
