//! What was said against writing to people and stands in this file and not in another state of it: it is carried over into
//! whatever takes the place of the file, and is said before that.
use super::{
    Objection,
    refusals::{CANDIDATES, refused},
    suppressions,
};
use crate::{
    error::Result,
    id::Id,
    normal::ContactKind,
    people::Person,
    record::Record,
    store::{Tx, in_the_trash},
};
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeSet;

/// What stays as it is here, whatever the other state says.
#[derive(Debug, Default)]
pub(crate) struct NoesBeyond {
    /// At so many addresses.
    pub addresses: u32,
    /// Whoever is there too and is not to be contacted, or objected since: by the row that stands for them here.
    pub people: BTreeSet<Id>,
    /// The rows of people that say nothing else than they do there.
    pub else_the_same: BTreeSet<Id>,
    /// The objections that will be there.
    pub objections: BTreeSet<Id>,
}

/// What stays beyond another state of this file, which may be of an older format.
pub(crate) fn noes_beyond(tx: &Tx, then: &Connection) -> Result<NoesBeyond> {
    let has = |table: &str| -> Result<bool> {
        Ok(then.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?1")?.exists([table])?)
    };
    let mut beyond = NoesBeyond { addresses: addresses(tx, then, has("suppressions")?)?, ..NoesBeyond::default() };
    let root = |id: Id| tx.scalar::<Id>("SELECT root FROM people WHERE id = ?1", [id]);
    let mut may_then = then.prepare("SELECT NOT do_not_contact FROM people WHERE id = ?1")?;
    for person in tx.find::<Person>("WHERE do_not_contact", [])? {
        if may_then.query_row([person.id], |r| r.get::<_, bool>(0)).optional()? == Some(true) {
            if said_beside(tx.sql(), person.id)? == said_beside(then, person.id).unwrap_or_default() {
                beyond.else_the_same.insert(person.id);
            }
            beyond.people.extend(root(person.id)?);
        }
    }
    let mut is_there = then.prepare("SELECT 1 FROM people WHERE id = ?1")?;
    let mut said_then = match has(Objection::TABLE.name)? {
        true => Some(then.prepare("SELECT on_day FROM objections WHERE id = ?1 AND deleted_at IS NULL")?),
        false => None,
    };
    for objection in tx.find::<Objection>("WHERE deleted_at IS NULL", [])? {
        let day = match &mut said_then {
            Some(said) => said.query_row([objection.id], |r| r.get::<_, String>(0)).optional()?,
            None => None,
        };
        if day.is_none_or(|day| day < objection.on_day) && is_there.exists([objection.person_id])? {
            beyond.people.extend(root(objection.person_id)?);
            beyond.objections.insert(objection.id);
        }
    }
    Ok(beyond)
}

/// What a row of a person says but whether one may write to them, as JSON.
fn said_beside(conn: &Connection, person: Id) -> Result<String> {
    let columns = Person::TABLE.columns.iter().filter(|column| !column.starts_with("do_not_contact"));
    // An id is a blob, which JSON has no word for.
    let columns: Vec<String> = columns.map(|column| format!("quote({column})")).collect();
    let sql = format!("SELECT json_array({}) FROM people WHERE id = ?1", columns.join(", "));
    Ok(conn.query_row(&sql, [person], |r| r.get(0))?)
}

/// What said no before words and objections were kept.
const AT_FIRST: &str = "(status = 'opted_out' OR person_id IN (SELECT id FROM people WHERE do_not_contact))";

fn addresses(tx: &Tx, then: &Connection, keeps_words: bool) -> Result<u32> {
    let addresses = format!(
        "SELECT DISTINCT kind, value_norm FROM contact_points WHERE (deleted_at IS NULL OR {}) AND {}",
        in_the_trash("contact_points"),
        if keeps_words { CANDIDATES } else { AT_FIRST }
    );
    let said_then: BTreeSet<(ContactKind, String)> =
        then.prepare(&addresses)?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let listed = |conn: &Connection| -> Result<BTreeSet<Id>> {
        let mut query = conn.prepare("SELECT id FROM suppressions WHERE lifted_on IS NULL AND reason <> 'bounced'")?;
        Ok(query.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
    };
    let listed_then = if keeps_words { listed(then)? } else { BTreeSet::new() };
    let mut beyond = listed(tx.sql())?.difference(&listed_then).count() as u32;
    for (address, (value, _)) in refused(tx)? {
        // One that is on the list as well is counted there.
        if !said_then.contains(&address) && suppressions::since(tx, address.0, &value)?.is_none() {
            beyond += 1;
        }
    }
    Ok(beyond)
}
