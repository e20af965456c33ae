//! What the rows of a table say of the newsletter, one address each: a yes is an opt-in for mail to a list, a no ends it.
//!
//! A yes that is said for many ends no no, whichever way it was said: only a word on the person's page does. A no is taken
//! from whoever says it.
use super::{
    Basis, ContactBasis, LeftOut, Objection, Purpose,
    no_reply::is_nobodys,
    refusal,
    suppressions::{Listed, SuppressedFor},
};
use crate::{
    contact_points::{self, ContactPoint, ContactStatus},
    error::Result,
    id::Id,
    normal::{self, ContactKind},
    store::{Tx, in_the_trash},
};

const KIND: ContactKind = ContactKind::Email;

/// What stands against taking it from a table that somebody signed up with this address, whoever has it.
pub(crate) fn stands_against(tx: &Tx, listed: &Listed, address: &str) -> Result<Option<LeftOut>> {
    let norm = normal::contact(KIND, address);
    if listed.has(KIND, address) {
        return Ok(Some(LeftOut::Suppressed));
    }
    let rows: Vec<ContactPoint> = tx.find(
        &format!("WHERE value_norm = ?1 AND kind = ?2 AND (deleted_at IS NULL OR {})", in_the_trash("contact_points")),
        (&norm, KIND),
    )?;
    for row in &rows {
        match refusal(tx, row)? {
            Some((SuppressedFor::ByHand, _)) => return Ok(Some(LeftOut::DoNotContact)),
            Some((SuppressedFor::Objected, _)) => return Ok(Some(LeftOut::Objected)),
            Some(_) => return Ok(Some(LeftOut::OptedOut)),
            None if row.status == ContactStatus::Bounced => return Ok(Some(LeftOut::Bounced)),
            None => {}
        }
    }
    Ok(is_nobodys(KIND, &norm).then_some(LeftOut::NoReplyAddress))
}

/// Whether it is known that somebody opted in for mail to a list at an address of theirs.
pub(crate) fn is_subscribed(tx: &Tx, person: Id, norm: &str) -> Result<bool> {
    Ok(tx.scalar::<bool>(
        "SELECT EXISTS (SELECT 1 FROM people p JOIN contact_points c ON c.person_id = p.id JOIN contact_bases b ON b.contact_point_id = c.id
           WHERE p.root = ?1 AND c.kind = 'email' AND c.value_norm = ?2 AND c.deleted_at IS NULL
             AND b.purpose = 'list_mail' AND b.basis = 'opted_in' AND b.deleted_at IS NULL)",
        (person, norm),
    )? == Some(true))
}

/// Whether an address of somebody is opted out.
pub(crate) fn is_opted_out(tx: &Tx, person: Id, norm: &str) -> Result<bool> {
    Ok(tx.scalar::<bool>(
        "SELECT EXISTS (SELECT 1 FROM people p JOIN contact_points c ON c.person_id = p.id
           WHERE p.root = ?1 AND c.kind = 'email' AND c.value_norm = ?2 AND c.deleted_at IS NULL AND c.status = 'opted_out')",
        (person, norm),
    )? == Some(true))
}

/// Whether somebody objected to e-mail, and has not opted in to mail to a list since, with what shows it.
pub(crate) fn objects(tx: &Tx, person: Id) -> Result<bool> {
    Ok(tx.scalar::<bool>(
        "SELECT EXISTS (SELECT 1 FROM people p JOIN objections o ON o.person_id = p.id
           WHERE p.root = ?1 AND o.kind = 'email' AND o.deleted_at IS NULL AND NOT EXISTS (
             SELECT 1 FROM people q JOIN contact_points c ON c.person_id = q.id JOIN contact_bases b ON b.contact_point_id = c.id
             WHERE q.root = ?1 AND c.kind = 'email' AND c.deleted_at IS NULL AND b.purpose = 'list_mail' AND b.basis = 'opted_in'
               AND b.deleted_at IS NULL AND b.recorded_on > o.on_day
               AND (trim(coalesce(b.evidence, '')) <> '' OR b.touchpoint_id IS NOT NULL)))",
        [person],
    )? == Some(true))
}

/// Takes it that somebody wants no newsletter, of whom it is not known at which address.
pub(crate) fn objected(tx: &mut Tx, person: Id, evidence: &str, on: &str) -> Result<()> {
    tx.insert(&Objection {
        id: tx.new_id(),
        person_id: person,
        kind: KIND,
        on_day: on.to_owned(),
        evidence: Some(evidence.to_owned()),
    })
}

/// Takes it that somebody signed up, on that day, by what shows it. Returns whether that is new.
pub(crate) fn signed_up(tx: &mut Tx, person: Id, point: &ContactPoint, evidence: &str, on: &str) -> Result<bool> {
    if is_subscribed(tx, person, &point.value_norm)? {
        return Ok(false);
    }
    for row in rows(tx, person, point)? {
        tx.insert(&word(tx, row.id, Basis::OptedIn, evidence, on))?;
    }
    tx.concern(person);
    Ok(true)
}

/// Takes it that somebody wants no newsletter at an address.
pub(crate) fn said_no(tx: &mut Tx, person: Id, point: &ContactPoint, evidence: &str, on: &str) -> Result<()> {
    for mut row in rows(tx, person, point)? {
        tx.insert(&word(tx, row.id, Basis::Objected, evidence, on))?;
        if row.status != ContactStatus::OptedOut {
            row.status = ContactStatus::OptedOut;
            tx.put(&row)?;
        }
    }
    tx.concern(person);
    Ok(())
}

fn word(tx: &Tx, point: Id, basis: Basis, evidence: &str, on: &str) -> ContactBasis {
    ContactBasis {
        id: tx.new_id(),
        contact_point_id: point,
        purpose: Purpose::ListMail,
        basis,
        evidence: Some(evidence.to_owned()),
        touchpoint_id: None,
        recorded_on: on.to_owned(),
    }
}

/// Every row of theirs that says this address.
fn rows(tx: &Tx, person: Id, point: &ContactPoint) -> Result<Vec<ContactPoint>> {
    let mut rows = contact_points::twins(tx, person, point)?;
    rows.push(point.clone());
    Ok(rows)
}
