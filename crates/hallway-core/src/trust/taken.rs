//! What a row from elsewhere says against writing to somebody: it is taken also where what is here is kept, unless it was
//! ended here since. And words that would end whatever anybody says from now on.
use super::{
    Basis, ContactBasis, Objection,
    said::Said,
    suppressions::{self, SuppressedFor, Suppression},
};
use crate::{
    contact_points::{ContactPoint, ContactStatus},
    error::Result,
    id::Id,
    normal::ContactKind,
    people::Person,
    record::Stored,
    store::Tx,
    time::Now,
    workspace,
};
use chrono::NaiveDate;
use rusqlite::types::Value;

/// A no that a row from elsewhere says.
pub(crate) enum Takes {
    /// The row that is here, with the no beside it.
    Row(Box<dyn Stored>),
    /// It is said at an address that the row here does not say.
    Address(Elsewhere),
}

/// An address at which somebody opted out elsewhere, and `YYYY-MM-DD`, when they had at the latest.
pub(crate) struct Elsewhere {
    kind: ContactKind,
    value: String,
    value_norm: String,
    on: String,
}

impl Elsewhere {
    /// Puts it on the suppression list. Returns whether it was not on it.
    pub fn suppress(&self, tx: &mut Tx) -> Result<bool> {
        let known = suppressions::knows(tx, self.kind, &self.value, &self.on)?;
        suppressions::suppress_since(tx, self.kind, &self.value, SuppressedFor::Unsubscribed, &self.on, 1)?;
        Ok(!known)
    }
    /// Whether a row says this address.
    pub fn is_said_by(&self, row: &mut dyn Stored) -> bool {
        let says = |point: &ContactPoint| (point.kind, &point.value_norm) == (self.kind, &self.value_norm);
        matches!(Said::by(row), Some(Said::At(point)) if says(point))
    }
}

/// The no of a row from elsewhere that says another address than the same row here, unless it is known, or they opted in at
/// that address after it.
pub(crate) fn elsewhere(tx: &Tx, row: &mut dyn Stored, updated: Option<i64>) -> Result<Option<Elsewhere>> {
    let Some(Said::At(theirs)) = Said::by(row) else { return Ok(None) };
    if theirs.status != ContactStatus::OptedOut || theirs.value.trim().is_empty() {
        return Ok(None);
    }
    let (kind, norm) = (theirs.kind, &theirs.value_norm);
    let here: Option<ContactPoint> = tx.find_one("WHERE id = ?1", [theirs.id])?;
    if here.is_none_or(|here| (here.kind, &here.value_norm) == (kind, norm)) {
        return Ok(None);
    }
    let today = workspace::today(tx)?.to_string();
    let zone = workspace::zone(tx)?;
    let on = updated.map_or(today.clone(), |at| Now(at).day_in(zone).to_string()).min(today);
    const SAYS_OTHERWISE: &str = "SELECT EXISTS (SELECT 1 FROM contact_points c WHERE c.kind = ?1 AND c.value_norm = ?2 AND c.deleted_at IS NULL
         AND (c.status = 'opted_out' OR EXISTS (SELECT 1 FROM contact_bases b WHERE b.contact_point_id = c.id AND b.basis = 'opted_in'
           AND b.purpose = 'list_mail' AND b.recorded_on > ?3 AND b.deleted_at IS NULL
           AND (trim(coalesce(b.evidence, '')) <> '' OR b.touchpoint_id IS NOT NULL))))";
    let known = tx.scalar::<bool>(SAYS_OTHERWISE, (kind, norm, &on))? == Some(true)
        || suppressions::knows(tx, kind, &theirs.value, &on)?;
    Ok((!known).then(|| Elsewhere { kind, value: theirs.value.clone(), value_norm: norm.clone(), on }))
}

/// The row that is here, with the no beside it that the same row says elsewhere. Nothing when it says none, or what is here is
/// newer. `updated` is when the row was changed last where it comes from, an instant; `deleted` since when it lies in the
/// trash there.
pub(crate) fn takes(
    tx: &Tx,
    row: &mut dyn Stored,
    updated: Option<i64>,
    deleted: Option<i64>,
) -> Result<Option<Takes>> {
    fn boxed<R: Stored>(row: R) -> Takes {
        Takes::Row(Box::new(row))
    }
    // Who opted out has done so, also where the row lies in the trash.
    if let Some(no) = elsewhere(tx, row, updated)? {
        return Ok(Some(Takes::Address(no)));
    }
    Ok(match (Said::by(row), deleted) {
        (Some(Said::Listed(theirs)), _) => suppression(tx, theirs)?.map(boxed),
        (Some(Said::Of(theirs)), None) => person(tx, theirs, updated)?.map(boxed),
        (Some(Said::At(theirs)), None) => point(tx, theirs, updated)?.map(boxed),
        (Some(Said::Word(theirs)), None) => word(tx, theirs)?.map(boxed),
        (Some(Said::No(theirs)), None) => objection(tx, theirs)?.map(boxed),
        _ => None,
    })
}

fn person(tx: &Tx, theirs: &Person, updated: Option<i64>) -> Result<Option<Person>> {
    let here: Option<Person> = tx.find_one("WHERE id = ?1", [theirs.id])?;
    let Some(here) = here.filter(|here| theirs.do_not_contact && !here.do_not_contact) else { return Ok(None) };
    if was_ended(tx, "people", here.id, "do_not_contact", Value::Integer(1), updated)? {
        return Ok(None);
    }
    let why = theirs.do_not_contact_reason.clone().or(here.do_not_contact_reason);
    Ok(Some(Person { do_not_contact: true, do_not_contact_reason: why, ..here }))
}

fn point(tx: &Tx, theirs: &ContactPoint, updated: Option<i64>) -> Result<Option<ContactPoint>> {
    let status = ContactStatus::OptedOut;
    let news = |here: &ContactPoint| {
        theirs.status == status
            && here.status != status
            && (theirs.kind, &theirs.value_norm) == (here.kind, &here.value_norm)
    };
    let here: Option<ContactPoint> = tx.find_one("WHERE id = ?1", [theirs.id])?;
    let Some(here) = here.filter(news) else { return Ok(None) };
    let said = Value::Text(status.key().to_owned());
    if was_ended(tx, "contact_points", here.id, "status", said, updated)? || opted_in_after(tx, here.id, updated)? {
        return Ok(None);
    }
    Ok(Some(ContactPoint { status, ..here }))
}

/// Whether they opted in here, by what shows it, on a day after the one on which the other row was changed last: the no in
/// it cannot be later.
fn opted_in_after(tx: &Tx, point: Id, updated: Option<i64>) -> Result<bool> {
    let Some(updated) = updated else { return Ok(false) };
    let day = Now(updated).day_in(workspace::zone(tx)?).to_string();
    const AFTER: &str = "SELECT EXISTS (SELECT 1 FROM contact_bases WHERE contact_point_id = ?1 AND basis = 'opted_in'
         AND purpose = 'list_mail' AND recorded_on > ?2 AND deleted_at IS NULL
         AND (trim(coalesce(evidence, '')) <> '' OR touchpoint_id IS NOT NULL))";
    Ok(tx.scalar::<bool>(AFTER, (point, day))? == Some(true))
}

/// Whether a column of a row said a no here, and said it no more from that instant on: it was written over, or taken back.
fn was_ended(tx: &Tx, table: &str, row: Id, column: &str, no: Value, since: Option<i64>) -> Result<bool> {
    const ENDED: &str = "SELECT EXISTS (SELECT 1 FROM changes c JOIN operations o ON o.id = c.operation
         WHERE c.row_id = ?1 AND c.tbl = ?2 AND c.op = 'update' AND (
           o.undone_at IS NULL AND o.at >= ?5 AND json_extract(c.old, ?3) = ?4 AND json_extract(c.new, ?3) <> ?4
           OR o.undone_at >= ?5 AND json_extract(c.new, ?3) = ?4))";
    let since = since.unwrap_or(i64::MIN);
    Ok(tx.scalar::<bool>(ENDED, (row, table, format!("$.{column}"), no, since))? == Some(true))
}

fn word(tx: &Tx, theirs: &ContactBasis) -> Result<Option<ContactBasis>> {
    let news = |here: &ContactBasis| {
        (theirs.contact_point_id, theirs.purpose, theirs.basis)
            == (here.contact_point_id, here.purpose, Basis::Objected)
            && match here.basis {
                Basis::Objected => theirs.recorded_on > here.recorded_on,
                _ => theirs.recorded_on >= here.recorded_on,
            }
    };
    let here: Option<ContactBasis> = tx.find_one("WHERE id = ?1 AND deleted_at IS NULL", [theirs.id])?;
    Ok(here.filter(news).map(|here| ContactBasis {
        basis: Basis::Objected,
        recorded_on: theirs.recorded_on.clone(),
        evidence: theirs.evidence.clone().or(here.evidence),
        ..here
    }))
}

fn objection(tx: &Tx, theirs: &Objection) -> Result<Option<Objection>> {
    let news = |here: &Objection| {
        (here.person_id, here.kind) == (theirs.person_id, theirs.kind) && here.on_day < theirs.on_day
    };
    let here: Option<Objection> = tx.find_one("WHERE id = ?1 AND deleted_at IS NULL", [theirs.id])?;
    Ok(here.filter(news).map(|here| Objection { on_day: theirs.on_day.clone(), ..here }))
}

/// The newest no counts, for the graver reason. What stands here is not lifted with it.
fn suppression(tx: &Tx, theirs: &Suppression) -> Result<Option<Suppression>> {
    let Some(here) = tx.find_one::<Suppression>("WHERE id = ?1", [theirs.id])? else { return Ok(None) };
    let lifted_on = theirs.lifted_on.clone().filter(|_| here.lifted_on.is_some());
    let both = here.with(&Suppression { lifted_on, ..theirs.clone() });
    let says_more = both.on_day > here.on_day || both.lifted_on.is_none() && both.reason != here.reason;
    Ok(says_more.then_some(both))
}

/// An opt-in, or what ends a suppression, that is dated on a day to come: it would outweigh every no until then. The field
/// that says so.
pub(crate) fn ahead_of_its_day(row: &mut dyn Stored, today: NaiveDate) -> Option<&'static str> {
    let today = today.to_string();
    match Said::by(row)? {
        Said::Word(word) => (word.basis == Basis::OptedIn && word.recorded_on > today).then_some("recordedOn"),
        Said::Listed(row) => row.lifted_on.as_ref().is_some_and(|day| *day > today).then_some("liftedOn"),
        _ => None,
    }
}
