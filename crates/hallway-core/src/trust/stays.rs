//! What was refused here, when a row from elsewhere would be written over the one that says so: the stricter word stays, and
//! only an opt-in that is dated after it ends it. What else the row says is taken as it comes.
use super::{
    Basis, ContactBasis, Objection, Purpose, refusal,
    said::Said,
    suppressions::{self, Suppression, SuppressionKey},
};
use crate::{
    contact_points::{ContactPoint, ContactStatus},
    error::Result,
    id::Id,
    people::Person,
    record::Stored,
    store::Tx,
    time::Now,
    workspace,
};

/// The newest day on which a file says that somebody opted in at a contact point for a purpose, with what shows it.
pub(crate) type OptedIn<'a> = &'a dyn Fn(Id, Purpose) -> Result<Option<String>>;

/// Puts back into a row from elsewhere what must stay of the one that is here, and answers what that is: a sentence.
/// `deleted` is since when the row lies in the trash, where it comes from.
pub(crate) fn stays(
    tx: &Tx,
    row: &mut dyn Stored,
    deleted: &mut Option<i64>,
    opted_in: OptedIn,
) -> Result<Option<&'static str>> {
    match Said::by(row) {
        Some(Said::Of(theirs)) => person(tx, theirs),
        Some(Said::At(theirs)) => point(tx, theirs, opted_in),
        Some(Said::Word(theirs)) => word(tx, theirs, deleted),
        Some(Said::No(theirs)) => objection(tx, theirs, deleted),
        Some(Said::Listed(theirs)) => suppression(tx, theirs),
        Some(Said::Key(theirs)) => key(tx, theirs),
        None => Ok(None),
    }
}

fn key(tx: &Tx, theirs: &mut SuppressionKey) -> Result<Option<&'static str>> {
    let Some(here) = tx.find_one::<SuppressionKey>("WHERE id = ?1", [theirs.id])? else { return Ok(None) };
    // With another secret nobody would find again what was hashed with it.
    let same = theirs.secret == here.secret;
    theirs.secret = here.secret;
    Ok((!same).then_some("The key stays as it is here: the suppression list is hashed with it."))
}

fn person(tx: &Tx, theirs: &mut Person) -> Result<Option<&'static str>> {
    let here: Option<Person> = tx.find_one("WHERE id = ?1", [theirs.id])?;
    let Some(here) = here.filter(|here| here.do_not_contact && !theirs.do_not_contact) else { return Ok(None) };
    theirs.do_not_contact = true;
    theirs.do_not_contact_reason = here.do_not_contact_reason;
    Ok(Some("Nobody is to write to them: that stays. On their page you can say otherwise."))
}

fn point(tx: &Tx, theirs: &mut ContactPoint, opted_in: OptedIn) -> Result<Option<&'static str>> {
    let Some(here) = tx.find_one::<ContactPoint>("WHERE id = ?1", [theirs.id])? else { return Ok(None) };
    if refusal(tx, &here)?.is_none() {
        return Ok(None);
    }
    let mut stays = None;
    // Another address in its place would leave nothing that says what was refused at this one.
    if (theirs.person_id, theirs.kind, &theirs.value_norm) != (here.person_id, here.kind, &here.value_norm) {
        (theirs.person_id, theirs.kind) = (here.person_id, here.kind);
        (theirs.value, theirs.value_norm) = (here.value.clone(), here.value_norm.clone());
        theirs.norm_version = here.norm_version;
        stays = Some(
            "They asked not to be written to at the address that is here, so it stays. Add the other one on their page.",
        );
    }
    if here.status == ContactStatus::OptedOut
        && theirs.status != ContactStatus::OptedOut
        && opted_in(here.id, Purpose::ListMail)?.is_none_or(|on| opted_out_on(tx, &here).map_or(true, |day| on <= day))
    {
        theirs.status = ContactStatus::OptedOut;
        stays = Some("They opted out here: that stays. Only an opt-in of theirs that is dated after it ends it.");
    }
    Ok(stays)
}

/// `YYYY-MM-DD`: the newest day on which an address was opted out. Where no word has a day, that is when its row was
/// changed last, since it cannot have been later.
pub(super) fn opted_out_on(tx: &Tx, here: &ContactPoint) -> Result<String> {
    const SAID: &str = "SELECT max(recorded_on) FROM contact_bases WHERE contact_point_id = ?1 AND basis = 'objected' AND deleted_at IS NULL";
    let said: Option<String> = tx.scalar::<Option<String>>(SAID, [here.id])?.flatten();
    if let Some(day) = said.max(suppressions::since(tx, here.kind, &here.value)?) {
        return Ok(day);
    }
    changed_on(tx, here.id)
}

/// `YYYY-MM-DD`: when a way to reach somebody was changed last.
pub(super) fn changed_on(tx: &Tx, point: Id) -> Result<String> {
    let at: i64 = tx.scalar("SELECT updated_at FROM contact_points WHERE id = ?1", [point])?.unwrap_or(tx.now.0);
    Ok(Now(at).day_in(workspace::zone(tx)?).to_string())
}

const A_NO: &str =
    "They asked not to be written to: that stays. Only an opt-in of theirs that is dated after it ends it.";

fn word(tx: &Tx, theirs: &mut ContactBasis, deleted: &mut Option<i64>) -> Result<Option<&'static str>> {
    let here: Option<ContactBasis> = tx.find_one("WHERE id = ?1 AND deleted_at IS NULL", [theirs.id])?;
    let Some(here) = here.filter(|here| here.basis == Basis::Objected) else { return Ok(None) };
    let was = (theirs.contact_point_id, theirs.purpose, theirs.basis, theirs.recorded_on.clone(), *deleted);
    // A later day of the same no is a no as well; that of another word says nothing of it.
    let later = Some(was.3.clone()).filter(|_| was.2 == Basis::Objected).unwrap_or_default();
    (theirs.contact_point_id, theirs.purpose, theirs.basis) = (here.contact_point_id, here.purpose, here.basis);
    theirs.recorded_on = here.recorded_on.max(later);
    *deleted = None;
    let is = (theirs.contact_point_id, theirs.purpose, theirs.basis, theirs.recorded_on.clone(), *deleted);
    Ok((is != was).then_some(A_NO))
}

fn objection(tx: &Tx, theirs: &mut Objection, deleted: &mut Option<i64>) -> Result<Option<&'static str>> {
    let here: Option<Objection> = tx.find_one("WHERE id = ?1 AND deleted_at IS NULL", [theirs.id])?;
    let Some(here) = here else { return Ok(None) };
    let was = (theirs.person_id, theirs.kind, theirs.on_day.clone(), *deleted);
    (theirs.person_id, theirs.kind) = (here.person_id, here.kind);
    theirs.on_day = here.on_day.max(was.2.clone());
    *deleted = None;
    let is = (theirs.person_id, theirs.kind, theirs.on_day.clone(), *deleted);
    Ok((is != was).then_some(A_NO))
}

fn suppression(tx: &Tx, theirs: &mut Suppression) -> Result<Option<&'static str>> {
    let Some(here) = tx.find_one::<Suppression>("WHERE id = ?1", [theirs.id])? else { return Ok(None) };
    let both = here.with(theirs);
    let stays = both != *theirs;
    *theirs = both;
    Ok(stays.then_some("The address is on the suppression list here: that stays. Only an opt-in of theirs that is dated after it ends it."))
}
