//! Whom one may send something in the post: whoever gave an address for it, which is the basis, and has not asked for nothing
//! at all. A no to a newsletter is none to a parcel; an e-mail address is not needed for one.
use super::{LeftOut, told::Asked};
use crate::{error::Result, id::Id, store::Tx, workspace};
use std::collections::{HashMap, HashSet};

/// Why each of these people may not be sent anything by post; nothing of whoever may. Each once, by the row that stands for
/// them, in the order they are named first. Those in the trash are not answered.
pub(crate) fn by_post(tx: &Tx, people: &[Id]) -> Result<Vec<(Id, Option<LeftOut>)>> {
    let asked = Asked::new(people)?;
    let mut roots: HashMap<Id, Id> = HashMap::new();
    let mut flags: HashMap<Id, (bool, bool)> = HashMap::new();
    asked.each(
        tx,
        "SELECT p.id, p.root, p.do_not_contact, p.teammate FROM people p JOIN people r ON r.id = p.root
         WHERE p.deleted_at IS NULL AND r.deleted_at IS NULL",
        "p.root",
        "",
        &[],
        |r| {
            let root: Id = r.get(1)?;
            roots.insert(r.get(0)?, root);
            let theirs = flags.entry(root).or_default();
            theirs.0 |= r.get::<_, bool>(2)?;
            theirs.1 |= r.get::<_, bool>(3)?;
            Ok(())
        },
    )?;
    // An address is gone on its day, whether or not it is erased already.
    let today = workspace::today(tx)?.to_string();
    let given_on = newest(
        tx,
        &asked,
        "SELECT p.root, a.given_on FROM people p JOIN postal_addresses a ON a.person_id = p.id
         WHERE a.deleted_at IS NULL AND p.deleted_at IS NULL AND a.expires_on > ?2",
        &[&today],
    )?;
    let mut said_no = newest(
        tx,
        &asked,
        "SELECT p.root, o.on_day FROM people p JOIN objections o ON o.person_id = p.id
         WHERE o.deleted_at IS NULL AND p.deleted_at IS NULL AND o.kind = 'email'",
        &[],
    )?;
    let to_parcels = newest(
        tx,
        &asked,
        "SELECT p.root, b.recorded_on FROM people p JOIN contact_points c ON c.person_id = p.id JOIN contact_bases b ON b.contact_point_id = c.id
         WHERE b.deleted_at IS NULL AND c.deleted_at IS NULL AND p.deleted_at IS NULL AND b.purpose = 'swag_post' AND b.basis = 'objected'",
        &[],
    )?;
    for (root, day) in to_parcels {
        let known = said_no.entry(root).or_default();
        *known = std::mem::take(known).max(day);
    }
    let mut seen = HashSet::with_capacity(people.len());
    let mut answers = Vec::with_capacity(people.len());
    for root in people.iter().filter_map(|id| roots.get(id)).copied() {
        if !seen.insert(root) {
            continue;
        }
        let (do_not_contact, teammate) = flags.get(&root).copied().unwrap_or_default();
        let given = given_on.get(&root);
        // An address that is given after a no is a new word of theirs.
        let objected = said_no.get(&root).is_some_and(|no| given.is_none_or(|given| given <= no));
        let left_out = match (do_not_contact, objected, teammate, given) {
            (true, ..) => Some(LeftOut::DoNotContact),
            (_, true, ..) => Some(LeftOut::Objected),
            (_, _, true, _) => Some(LeftOut::Teammate),
            (.., None) => Some(LeftOut::NoAddress),
            (.., Some(_)) => None,
        };
        answers.push((root, left_out));
    }
    Ok(answers)
}

/// How a reason is called where a parcel is meant.
pub(crate) fn words(reason: LeftOut) -> &'static str {
    if reason == LeftOut::NoAddress { "no postal address, or one past its day" } else { reason.words() }
}

/// By person, the newest of some days.
fn newest(tx: &Tx, asked: &Asked, sql: &str, params: &[&dyn rusqlite::ToSql]) -> Result<HashMap<Id, String>> {
    let mut days: HashMap<Id, String> = HashMap::new();
    asked.each(tx, sql, "p.root", "", params, |r| {
        let (root, day): (Id, String) = (r.get(0)?, r.get(1)?);
        let known = days.entry(root).or_default();
        *known = std::mem::take(known).max(day);
        Ok(())
    })?;
    Ok(days)
}
