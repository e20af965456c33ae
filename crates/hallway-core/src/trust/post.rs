//! Whom one may send something in the post: whoever gave an address for it, which is the basis, and has not asked for nothing
//! at all. A no to a newsletter is none to a parcel; an e-mail address is not needed for one.
use super::{
    LeftOut,
    told::{Asked, Who},
};
use crate::{error::Result, id::Id, store::Tx, workspace};
use std::collections::{HashMap, HashSet};

/// Why each of these people may not be sent anything by post; nothing of whoever may. Each once, by the row that stands for
/// them, in the order they are named first. Those in the trash are not answered.
pub(crate) fn by_post(tx: &Tx, people: &[Id]) -> Result<Vec<(Id, Option<LeftOut>)>> {
    let today = workspace::today(tx)?.to_string();
    Ok(told(tx, people)?.into_iter().map(|(root, told)| (root, told.left_out(&today))).collect())
}

/// Until which day, `YYYY-MM-DD`, each of these people may be sent something, if they may at all: on it the last of their
/// addresses is erased that lets them.
pub(super) fn until(tx: &Tx, people: &[Id]) -> Result<Vec<(Id, String)>> {
    Ok(told(tx, people)?.into_iter().filter_map(|(root, told)| Some((root, told.until()?))).collect())
}

/// What is known of whether somebody may be sent something.
#[derive(Default)]
struct Told {
    do_not_contact: bool,
    teammate: bool,
    /// Their addresses: when each was given, and the day on which it is erased.
    given: Vec<(String, String)>,
    /// The day of their newest no.
    said_no: Option<String>,
}

impl Told {
    fn left_out(&self, today: &str) -> Option<LeftOut> {
        // An address is gone on its day, whether or not it is erased already.
        let given = self.given.iter().filter(|(_, expires)| expires.as_str() > today).map(|(given, _)| given).max();
        // An address that is given after a no is a new word of theirs.
        let objected = self.said_no.as_ref().is_some_and(|no| given.is_none_or(|given| given <= no));
        match (self.do_not_contact, objected, self.teammate, given) {
            (true, ..) => Some(LeftOut::DoNotContact),
            (_, true, ..) => Some(LeftOut::Objected),
            (_, _, true, _) => Some(LeftOut::Teammate),
            (.., None) => Some(LeftOut::NoAddress),
            (.., Some(_)) => None,
        }
    }

    /// Nothing says otherwise before that day, since addresses only go.
    fn until(&self) -> Option<String> {
        let lets = |given: &String| self.said_no.as_ref().is_none_or(|no| given > no);
        let last = self.given.iter().filter(|(given, _)| lets(given)).map(|(_, expires)| expires).max();
        last.filter(|_| !self.do_not_contact && !self.teammate).cloned()
    }
}

fn told(tx: &Tx, people: &[Id]) -> Result<Vec<(Id, Told)>> {
    let asked = Asked::new(people)?;
    let who = Who::of(tx, &asked)?;
    let mut told: HashMap<Id, Told> = HashMap::new();
    asked.each(
        tx,
        "SELECT p.root, a.given_on, a.expires_on FROM people p JOIN postal_addresses a ON a.person_id = p.id
         WHERE a.deleted_at IS NULL AND p.deleted_at IS NULL",
        "p.root",
        "",
        &[],
        |r| {
            told.entry(r.get(0)?).or_default().given.push((r.get(1)?, r.get(2)?));
            Ok(())
        },
    )?;
    const OBJECTED: &str = "SELECT p.root, o.on_day FROM people p JOIN objections o ON o.person_id = p.id
         WHERE o.deleted_at IS NULL AND p.deleted_at IS NULL AND o.kind = 'email'";
    const TO_PARCELS: &str = "SELECT p.root, b.recorded_on FROM people p JOIN contact_points c ON c.person_id = p.id JOIN contact_bases b ON b.contact_point_id = c.id
         WHERE b.deleted_at IS NULL AND c.deleted_at IS NULL AND p.deleted_at IS NULL AND b.purpose = 'swag_post' AND b.basis = 'objected'";
    for noes in [OBJECTED, TO_PARCELS] {
        asked.each(tx, noes, "p.root", "", &[], |r| {
            let (root, day): (Id, Option<String>) = (r.get(0)?, r.get(1)?);
            let known = &mut told.entry(root).or_default().said_no;
            *known = known.take().max(day);
            Ok(())
        })?;
    }
    let mut seen = HashSet::with_capacity(people.len());
    let roots = people.iter().filter_map(|id| who.root(*id)).filter(|root| seen.insert(*root));
    Ok(roots
        .map(|root| {
            let (do_not_contact, teammate) = who.flags(root);
            (root, Told { do_not_contact, teammate, ..told.remove(&root).unwrap_or_default() })
        })
        .collect())
}

/// How a reason is called where a parcel is meant.
pub(crate) fn words(reason: LeftOut) -> &'static str {
    if reason == LeftOut::NoAddress { "no postal address, or one past its day" } else { reason.words() }
}
