//! Where people work or build. Made by writing its name at a person.
use crate::{
    error::{Result, invalid},
    id::Id,
    normal::fold,
    people::{self, Match},
    record::Check,
    store::Tx,
};
use std::cmp::Reverse;

record! {
    /// Where people work or build.
    pub struct Organisation in "organisations" as "organisation", Shared,
    concerns Query("SELECT id FROM people WHERE organisation_id = ?1"), hangs on [] {
        /// The organisation's own id.
        pub id: Id,
        /// As written.
        pub name: String,
        /// As compared.
        pub name_norm: String,
        /// What kind of organisation it is, in a word.
        pub kind: Option<String>,
        /// Its page.
        pub website: Option<String>,
        /// ISO 3166-1 alpha-2, or the words that were given.
        pub country: Option<String>,
    }
}
impl Check for Organisation {
    fn check(&self) -> Result<()> {
        if self.name.trim().is_empty() {
            return invalid("organisation", "An organisation needs a name.");
        }
        Ok(())
    }
    fn complete(&mut self) {
        self.name_norm = fold(&self.name);
    }
}

/// The organisation of that name, made if there is none. Blank means none.
pub fn named(tx: &mut Tx, name: &str) -> Result<Option<Id>> {
    if name.trim().is_empty() {
        return Ok(None);
    }
    let name_norm = fold(name);
    // The same name written otherwise is the same organisation, but the exact spelling wins if it is there.
    let found = tx.scalar(
        "SELECT id FROM organisations WHERE name_norm = ?1 AND deleted_at IS NULL ORDER BY name = ?2 DESC, rid LIMIT 1",
        (&name_norm, name),
    )?;
    if found.is_some() {
        return Ok(found);
    }
    let row = Organisation { id: tx.new_id(), name: name.into(), name_norm, kind: None, website: None, country: None };
    tx.insert(&row)?;
    Ok(Some(row.id))
}

/// The organisation of exactly that spelling, made if there is none: what an import needs to give back what it got.
pub fn spelled(tx: &mut Tx, name: &str) -> Result<Option<Id>> {
    if name.trim().is_empty() {
        return Ok(None);
    }
    let name_norm = fold(name);
    let found = tx.scalar(
        "SELECT id FROM organisations WHERE name_norm = ?1 AND name = ?2 AND deleted_at IS NULL ORDER BY rid LIMIT 1",
        (&name_norm, name),
    )?;
    if found.is_some() {
        return Ok(found);
    }
    let row = Organisation { id: tx.new_id(), name: name.into(), name_norm, kind: None, website: None, country: None };
    tx.insert(&row)?;
    Ok(Some(row.id))
}

/// Names that contain the text, most people first.
pub fn suggest(tx: &Tx, input: Match) -> Result<Vec<String>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT name_norm, name FROM organisations WHERE deleted_at IS NULL AND instr(name_norm, ?1) > 0 ORDER BY name_norm, rid",
    )?;
    let found: Vec<(String, String)> =
        query.query_map([fold(&input.text)], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let people = people::people_at(tx, found.iter().map(|(folded, _)| folded.as_str()))?;
    let mut names: Vec<(u32, String)> = people.into_iter().zip(found.into_iter().map(|(_, name)| name)).collect();
    // Sorting is stable: those with as many people stay in the order of their names.
    names.sort_by_key(|(people, _)| Reverse(*people));
    names.truncate(input.limit.min(50) as usize);
    Ok(names.into_iter().map(|(_, name)| name).collect())
}
