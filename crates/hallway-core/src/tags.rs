//! Words people are sorted by: topics, and what they work with.
use crate::{
    error::{Error, Result, invalid},
    id::Id,
    normal::fold,
    people::Person,
    record::Check,
    rpc::Empty,
    store::{Subject, Tx},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

words! {
    pub enum TagKind {
        Topic = "topic",
        /// Languages, databases, platforms: what somebody works with.
        Stack = "stack",
    }
}

record! {
    pub struct TagRow in "tags" as "tag", Trash,
    concerns Query("SELECT person_id FROM person_tags WHERE tag_id = ?1"), hangs on [] {
        pub id: Id,
        pub name: String,
        pub name_norm: String,
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
}

record! {
    pub struct PersonTag in "person_tags" as "tag", Joined, concerns Column("person_id"),
    hangs on ["person_id" -> "people", "tag_id" -> "tags"] {
        pub id: Id,
        pub person_id: Id,
        pub tag_id: Id,
    }
}
impl Check for PersonTag {}

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
    let tags = tx.cached("tags", || {
        let mut query = tx.sql().prepare_cached(
            "SELECT t.id, t.name, t.kind, n.people FROM tags t
             JOIN (SELECT pt.tag_id, count(*) AS people FROM person_tags pt JOIN person_state s ON s.person = pt.person_id GROUP BY pt.tag_id) n ON n.tag_id = t.id
             WHERE t.deleted_at IS NULL ORDER BY n.people DESC, t.name_norm",
        )?;
        Ok(query.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?.collect::<rusqlite::Result<Vec<(Id, String, TagKind, u32)>>>()?)
    })?;
    Ok(tags
        .iter()
        .map(|(id, name, kind, people)| Tag { id: *id, name: name.clone(), kind: *kind, people: *people })
        .collect())
}

/// Puts a tag on people, making it if there is none of that name and kind.
pub fn add(tx: &mut Tx, input: TagPeople) -> Result<Tag> {
    let tag = named(tx, &input.name, input.kind)?;
    for person in &input.people {
        tx.get::<Person>(*person)?;
        put_on(tx, *person, tag)?;
    }
    if let Some(first) = input.people.first() {
        tx.about(Subject::Person(*first), Some(input.people.len()), None)?;
    }
    let row: TagRow = tx.get(tag)?;
    let people = tx.scalar("SELECT count(*) FROM person_tags WHERE tag_id = ?1", [tag])?.unwrap_or(0);
    Ok(Tag { id: tag, name: row.name, kind: row.kind, people })
}

pub fn remove(tx: &mut Tx, input: UntagPerson) -> Result<Empty> {
    tx.remove::<PersonTag>(pair(input.person, input.tag)).map_err(|e| match e {
        Error::NotFound(_) => Error::NotFound("tag"),
        e => e,
    })?;
    tx.about(Subject::Person(input.person), None, None)?;
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
    tx.put(&PersonTag { id: pair(person, tag), person_id: person, tag_id: tag })
}

/// The tags somebody carries, what they work with first.
pub fn of(tx: &Tx, person: Id) -> Result<Vec<Tag>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT t.id, t.name, t.kind, (SELECT count(*) FROM person_tags n WHERE n.tag_id = t.id) FROM person_tags pt JOIN tags t ON t.id = pt.tag_id
         WHERE pt.person_id = ?1 AND t.deleted_at IS NULL ORDER BY t.kind, t.name_norm",
    )?;
    Ok(query
        .query_map([person], |r| Ok(Tag { id: r.get(0)?, name: r.get(1)?, kind: r.get(2)?, people: r.get(3)? }))?
        .collect::<rusqlite::Result<_>>()?)
}

fn pair(person: Id, tag: Id) -> Id {
    Id::derived("person_tags", &[&person.0, &tag.0])
}
