//! A new opt-in at an address that was refused for everything: opted out, or on the suppression list. It ends the no for what
//! it was said of, and for no more than that.
use super::{
    Basis, ContactBasis, Purpose,
    hashed::Hashed,
    said::Said,
    stays::{OptedIn, opted_out_on},
    suppressions::{self, SuppressedFor, Suppression},
    verdicts::judge,
};
use crate::{
    contact_points::{self, ContactPoint, ContactStatus},
    error::Result,
    id::Id,
    record::Stored,
    store::Tx,
};

/// What stays refused of everything that was, once they say yes to these. Not parcels: a no to mail is none to a parcel, so
/// nothing was refused of them.
fn rest(yes: &[Purpose]) -> impl Iterator<Item = Purpose> + '_ {
    let stays = |purpose: &Purpose| ![LEAST, Purpose::SwagPost].contains(purpose) && !yes.contains(purpose);
    Purpose::ALL.iter().copied().filter(stays)
}

/// Whoever says yes to something may be written to one message as well, on whatever basis there is for that; anything else
/// they said no to with the rest stays refused until they say yes to it.
const LEAST: Purpose = Purpose::OneToOne;

/// Takes an address off the suppression list and makes it usable again, wherever it stands, since they opted in anew for
/// these purposes on that day.
pub(super) fn ends_what_was_refused(
    tx: &mut Tx,
    person: Id,
    point: &ContactPoint,
    purposes: &[Purpose],
    on: &str,
) -> Result<()> {
    let mut opted_out: Vec<ContactPoint> =
        tx.find("WHERE kind = ?1 AND value_norm = ?2 AND status = 'opted_out'", (point.kind, &point.value_norm))?;
    let mut refused_on = suppressions::since(tx, point.kind, &point.value)?;
    for row in &opted_out {
        refused_on = refused_on.max(Some(opted_out_on(tx, row)?));
    }
    suppressions::lift(tx, point.kind, &point.value, on)?;
    for row in &mut opted_out {
        row.status = ContactStatus::Ok;
        tx.put(row)?;
    }
    if let Some(day) = refused_on {
        tx.forget_cached();
        for purpose in rest(purposes) {
            stays_refused(tx, person, point, purpose, &day)?;
        }
    }
    Ok(())
}

/// A no to everything that a row from elsewhere ends: at which contact points, and `YYYY-MM-DD`, of which day it is.
pub(crate) struct Ends {
    points: Vec<Id>,
    refused_on: String,
    /// What the yes is to that ends it, beside [`LEAST`].
    to: Purpose,
}

/// What was refused here for everything and would be no more, once a row from elsewhere is written over the one that is here.
pub(crate) fn ends(tx: &Tx, row: &mut dyn Stored, hashed: &mut Hashed) -> Result<Option<Ends>> {
    let to = Purpose::ListMail;
    match Said::by(row) {
        Some(Said::At(theirs)) => {
            let here: Option<ContactPoint> = tx.find_one("WHERE id = ?1 AND status = 'opted_out'", [theirs.id])?;
            let Some(here) = here.filter(|_| theirs.status != ContactStatus::OptedOut) else { return Ok(None) };
            Ok(Some(Ends { points: vec![here.id], refused_on: opted_out_on(tx, &here)?, to }))
        }
        Some(Said::Listed(theirs)) => {
            let here: Option<Suppression> = tx.find_one("WHERE id = ?1 AND lifted_on IS NULL", [theirs.id])?;
            let ended = |here: &Suppression| here.reason != SuppressedFor::Bounced && theirs.lifted_on.is_some();
            let Some(here) = here.filter(ended) else { return Ok(None) };
            let points = hashed.points_of(tx, &here)?;
            Ok(Some(Ends { points, refused_on: here.on_day.max(theirs.on_day.clone()), to }))
        }
        _ => Ok(None),
    }
}

/// Writes down that what somebody had said yes to before stays refused, where a row from elsewhere ended a no to everything:
/// a yes opens what it was said of, and nothing else.
pub(crate) fn narrow(tx: &mut Tx, ends: &Ends, opted_in: OptedIn) -> Result<()> {
    tx.forget_cached();
    for id in &ends.points {
        let Some(point) = tx.find_one::<ContactPoint>("WHERE id = ?1", [id])? else { continue };
        let person = tx.scalar("SELECT root FROM people WHERE id = ?1", [point.person_id])?.unwrap_or(point.person_id);
        for purpose in rest(&[ends.to]) {
            if opted_in(*id, purpose)?.is_none_or(|on| on <= ends.refused_on) {
                stays_refused(tx, person, &point, purpose, &ends.refused_on)?;
            }
        }
    }
    Ok(())
}

fn stays_refused(tx: &mut Tx, person: Id, point: &ContactPoint, purpose: Purpose, day: &str) -> Result<()> {
    let judged = judge(tx, &[person], point.kind, purpose)?;
    let mut addresses = judged.iter().flat_map(|judged| &judged.addresses);
    if addresses.any(|address| address.rows.contains(&point.id) && address.facts.objected) {
        return Ok(());
    }
    let mut rows = contact_points::twins(tx, person, point)?;
    rows.push(point.clone());
    for row in rows {
        tx.insert(&ContactBasis {
            id: tx.new_id(),
            contact_point_id: row.id,
            purpose,
            basis: Basis::Objected,
            evidence: Some("They had said no to everything here, and have said yes to something else since".to_owned()),
            touchpoint_id: None,
            recorded_on: day.to_owned(),
        })?;
    }
    Ok(())
}
