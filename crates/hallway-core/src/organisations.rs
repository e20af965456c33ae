//! Where people work or build. Made by writing its name at a person.
use crate::{
    error::{Result, invalid},
    id::Id,
    normal::fold,
    people::Match,
    record::Check,
    store::Tx,
};

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
    tx.column(
        "SELECT o.name FROM organisations o WHERE o.deleted_at IS NULL AND instr(o.name_norm, ?1) > 0
         ORDER BY (SELECT count(*) FROM people p WHERE p.organisation_id = o.id AND p.deleted_at IS NULL AND p.root = p.id) DESC, o.name_norm LIMIT ?2",
        (fold(&input.text), input.limit.min(50)),
    )
}
