//! Who may be somebody that asked for no mail, under another address: they share name and organisation. It is asked, never
//! decided: two people may be called the same.
use super::suppressions::hex;
use crate::{error::Result, id::Id, normal::fold, store::Tx};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Whose word counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum By {
    /// They are not to be contacted, or objected.
    Themselves,
    /// Or an address of theirs was opted out.
    AnyAddress,
}

/// Somebody who asked for no mail.
#[derive(Debug)]
pub(crate) struct Asked {
    pub person: Id,
    pub name: String,
    /// Name and organisation, as they are compared.
    pub key: (String, String),
    organisation: Id,
}

/// Name and organisation, as they are compared.
pub(crate) fn key(name: &str, organisation: &str) -> (String, String) {
    (fold(name).trim().to_owned(), fold(organisation).trim().to_owned())
}

/// Everybody who asked for no mail and is known to work somewhere.
pub(crate) fn asked_for_none(tx: &Tx, by: By) -> Result<Vec<Asked>> {
    const WHO: &str = "SELECT root FROM people WHERE do_not_contact AND deleted_at IS NULL
         UNION SELECT p.root FROM objections o JOIN people p ON p.id = o.person_id WHERE o.kind = 'email' AND o.deleted_at IS NULL";
    const OPTED_OUT: &str = "UNION SELECT p.root FROM contact_points c JOIN people p ON p.id = c.person_id
         WHERE c.kind = 'email' AND c.status = 'opted_out' AND c.deleted_at IS NULL";
    let also = if by == By::AnyAddress { OPTED_OUT } else { "" };
    let sql = format!(
        "SELECT r.id, r.display_name, o.id, o.name FROM people r JOIN organisations o ON o.id = r.organisation_id
         WHERE r.deleted_at IS NULL AND r.root = r.id AND o.deleted_at IS NULL AND r.id IN ({WHO} {also}) ORDER BY r.rid"
    );
    let mut query = tx.sql().prepare_cached(&sql)?;
    let mut rows = query.query([])?;
    let mut asked = Vec::new();
    while let Some(r) = rows.next()? {
        let (name, organisation): (String, String) = (r.get(1)?, r.get(3)?);
        asked.push(Asked { person: r.get(0)?, key: key(&name, &organisation), name, organisation: r.get(2)? });
    }
    Ok(asked)
}

/// Those of these people who share name and organisation with somebody else who asked for no mail, and with whom.
pub(crate) fn alike(tx: &Tx, people: &[Id]) -> Result<Vec<(Id, Id)>> {
    let asked = asked_for_none(tx, By::AnyAddress)?;
    if asked.is_empty() {
        return Ok(vec![]);
    }
    let by: HashMap<(&str, Id), Id> =
        asked.iter().map(|one| ((one.key.0.as_str(), one.organisation), one.person)).collect();
    let there: HashSet<Id> = people.iter().copied().collect();
    // Only those are looked at who are where somebody is who asked.
    let organisations: BTreeSet<String> = asked.iter().map(|one| hex(&one.organisation.0)).collect();
    let mut query = tx.sql().prepare_cached(
        "SELECT p.id, p.display_name, p.organisation_id FROM json_each(?1) j CROSS JOIN people p ON p.organisation_id = unhex(j.value)
         WHERE p.deleted_at IS NULL AND p.root = p.id",
    )?;
    let mut rows = query.query([serde_json::to_string(&organisations)?])?;
    let mut found = HashMap::new();
    while let Some(r) = rows.next()? {
        let id: Id = r.get(0)?;
        if !there.contains(&id) {
            continue;
        }
        let name = fold(&r.get::<_, String>(1)?);
        if let Some(other) = by.get(&(name.trim(), r.get(2)?)).filter(|other| **other != id) {
            found.insert(id, *other);
        }
    }
    Ok(people.iter().filter_map(|id| Some((*id, *found.get(id)?))).collect())
}
