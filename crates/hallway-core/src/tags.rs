//! Words people are sorted by: topics, and what they work with.
use crate::{
    error::{Error, Result, invalid},
    id::Id,
    normal::fold,
    people,
    record::Check,
    rpc::Empty,
    store::{Subject, Tx},
};
use serde::{Deserialize, Serialize};
use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
};
use ts_rs::TS;

words! {
    pub enum TagKind {
        Topic = "topic",
        /// Languages, databases, platforms: what somebody works with.
        Stack = "stack",
    }
}

record! {
    /// A word people are sorted by.
    pub struct TagRow in "tags" as "tag", Shared,
    concerns Query("SELECT person_id FROM person_tags WHERE tag_id = ?1"), hangs on [] {
        /// The tag's own id.
        pub id: Id,
        /// As written.
        pub name: String,
        /// As compared.
        pub name_norm: String,
        /// A topic, or what somebody works with.
        pub kind: TagKind,
    }
}
impl Check for TagRow {
    fn check(&self) -> Result<()> {
        if self.name.trim().is_empty() {
            return invalid("name", "A tag needs a name.");
        }
        Ok(())
    }
    fn complete(&mut self) {
        self.name_norm = fold(&self.name);
    }
}

record! {
    /// A tag on a person.
    pub struct PersonTag in "person_tags" as "tag on somebody", Joined, concerns Column("person_id"),
    hangs on ["person_id" -> "people", "tag_id" -> "tags"] {
        /// Follows from the person and the tag.
        pub id: Id,
        /// Who carries it.
        pub person_id: Id,
        /// Which tag.
        pub tag_id: Id,
    }
}
impl Check for PersonTag {
    fn complete(&mut self) {
        self.id = pair(self.person_id, self.tag_id);
    }
}
impl PersonTag {
    pub(crate) fn of(person_id: Id, tag_id: Id) -> PersonTag {
        PersonTag { id: pair(person_id, tag_id), person_id, tag_id }
    }
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Tag {
    pub id: Id,
    pub name: String,
    pub kind: TagKind,
    /// How many living people carry it.
    pub people: u32,
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TagPeople {
    pub people: Vec<Id>,
    pub name: String,
    pub kind: TagKind,
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UntagPerson {
    pub person: Id,
    pub tag: Id,
}

/// Every tag somebody carries, most carried first.
pub fn list(tx: &Tx, _: Empty) -> Result<Vec<Tag>> {
    let mut tags = counted(tx, tx.find("WHERE deleted_at IS NULL ORDER BY name_norm, rid", [])?)?;
    tags.retain(|tag| tag.people > 0);
    // Sorting is stable: those carried by as many stay in the order of their names.
    tags.sort_by_key(|tag| Reverse(tag.people));
    Ok(tags)
}

/// Puts a tag on people, making it if there is none of that name and kind.
pub fn add(tx: &mut Tx, input: TagPeople) -> Result<Tag> {
    let tag = named(tx, &input.name, input.kind)?;
    let people = people::roots(tx, &input.people)?;
    for person in &people {
        put_on(tx, *person, tag)?;
    }
    if let Some(first) = people.first() {
        tx.about(Subject::Person(*first), Some(people.len()), None)?;
    }
    let row: TagRow = tx.get(tag)?;
    let people = tx
        .scalar(
            "SELECT count(DISTINCT r.id) FROM person_tags t JOIN people p ON p.id = t.person_id JOIN people r ON r.id = p.root
             WHERE t.tag_id = ?1 AND p.deleted_at IS NULL AND r.deleted_at IS NULL",
            [tag],
        )?
        .unwrap_or(0);
    Ok(Tag { id: tag, name: row.name, kind: row.kind, people })
}

pub fn remove(tx: &mut Tx, input: UntagPerson) -> Result<Empty> {
    let person = people::root(tx, input.person)?;
    let carried = carried(tx, person, input.tag)?;
    if carried.is_empty() {
        return Err(Error::NotFound("tag"));
    }
    for row in carried {
        tx.remove::<PersonTag>(row)?;
    }
    tx.about(Subject::Person(person), None, None)?;
    Ok(Empty {})
}

/// The tag of that name and kind, made if there is none.
pub fn named(tx: &mut Tx, name: &str, kind: TagKind) -> Result<Id> {
    let name = name.trim();
    let name_norm = fold(name);
    if let Some(id) = tx.scalar(
        "SELECT id FROM tags WHERE name_norm = ?1 AND kind = ?2 AND deleted_at IS NULL ORDER BY rid LIMIT 1",
        (&name_norm, kind),
    )? {
        return Ok(id);
    }
    let row = TagRow { id: tx.new_id(), name: name.into(), name_norm, kind };
    tx.insert(&row)?;
    Ok(row.id)
}

/// Puts a tag on somebody who may already carry it. Returns whether that is new.
pub fn put_on(tx: &mut Tx, person: Id, tag: Id) -> Result<bool> {
    let new = carried(tx, person, tag)?.is_empty();
    if new {
        tx.insert(&PersonTag::of(person, tag))?;
    }
    Ok(new)
}

/// The rows that put a tag on somebody: one for each row that is them.
fn carried(tx: &Tx, person: Id, tag: Id) -> Result<Vec<Id>> {
    tx.column(
        "SELECT id FROM person_tags WHERE person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND tag_id = ?2",
        (person, tag),
    )
}

/// The tags somebody carries, what they work with first.
pub fn of(tx: &Tx, person: Id) -> Result<Vec<TagRow>> {
    tx.find(
        "WHERE deleted_at IS NULL AND id IN (SELECT tag_id FROM person_tags WHERE person_id IN
           (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL)) ORDER BY kind, name_norm",
        [person],
    )
}

/// Every tag there is, read once by whoever asks about everybody: there are few of them, and to look each up again for
/// everybody who carries it takes three times as long.
pub(crate) struct EveryTag {
    /// In the order of [`of`].
    tags: Vec<TagRow>,
    places: HashMap<Id, usize>,
}

impl EveryTag {
    pub fn read(tx: &Tx) -> Result<EveryTag> {
        let tags: Vec<TagRow> = tx.find("WHERE deleted_at IS NULL ORDER BY kind, name_norm", [])?;
        let places = tags.iter().enumerate().map(|(place, tag)| (tag.id, place)).collect();
        Ok(EveryTag { tags, places })
    }

    /// [`of`] somebody with whom no other row was merged.
    pub fn of_one_row(&self, tx: &Tx, person: Id) -> Result<Vec<&TagRow>> {
        let ids: Vec<Id> = tx.column("SELECT tag_id FROM person_tags WHERE person_id = ?1", [person])?;
        let places: BTreeSet<usize> = ids.iter().filter_map(|id| self.places.get(id).copied()).collect();
        Ok(places.into_iter().filter_map(|place| self.tags.get(place)).collect())
    }
}

/// Tags, with how many living people carry each.
pub(crate) fn counted(tx: &Tx, rows: Vec<TagRow>) -> Result<Vec<Tag>> {
    let people = people::carriers(tx, rows.iter().map(|row| row.id))?;
    Ok(rows
        .into_iter()
        .zip(people)
        .map(|(row, people)| Tag { id: row.id, name: row.name, kind: row.kind, people })
        .collect())
}

fn pair(person: Id, tag: Id) -> Id {
    Id::derived("person_tags", &[&person.0, &tag.0])
}
