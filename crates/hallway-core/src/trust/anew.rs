//! A new opt-in at an address that was refused for everything: opted out, or on the suppression list. It ends the no for what
//! it was said of, and for no more than that.
use super::{Basis, ContactBasis, Purpose, stays::opted_out_on, suppressions, verdicts::judge};
use crate::{
    contact_points::{self, ContactPoint, ContactStatus},
    error::Result,
    id::Id,
    store::Tx,
};

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
        for purpose in Purpose::ALL.iter().filter(|purpose| **purpose != LEAST && !purposes.contains(purpose)) {
            stays_refused(tx, person, point, *purpose, &day)?;
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
