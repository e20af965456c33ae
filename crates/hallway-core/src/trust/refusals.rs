//! What was said against a way to reach somebody, by whichever row says it: asked before the rows that say so are gone.
use super::{
    Objection, Purpose, carried,
    suppressions::{SuppressedFor, suppress_since},
};
use crate::{
    contact_points::{ContactPoint, ContactStatus},
    error::Result,
    id::Id,
    normal::ContactKind,
    people::Person,
    store::{Tx, in_the_trash},
    workspace,
};
use std::collections::BTreeMap;

/// A rule that the tests switch off, to see that they notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Forgets {
    OthersWithTheAddress,
    WhatLeaves,
    BackupsPutBack,
    WhomElseItConcerns,
}

#[cfg(test)]
thread_local! {
    pub(super) static FORGETS: std::cell::Cell<Option<Forgets>> = const { std::cell::Cell::new(None) };
}

#[cfg(test)]
pub(super) fn keeps(rule: Forgets) -> bool {
    FORGETS.with(|off| off.get() != Some(rule))
}
#[cfg(not(test))]
pub(super) const fn keeps(_: Forgets) -> bool {
    true
}

/// A no: why the address is to be on the suppression list, and `YYYY-MM-DD`, since when.
pub(crate) type Refusal = (SuppressedFor, String);

/// The no that stands against a way to reach somebody, if there is one: it was opted out, they said no at this address, or
/// whoever it belongs to objected to its kind or is not to be contacted, by any row that is them.
///
/// An address of which it is known that it is somebody else's does not follow from whose it was taken for.
pub(crate) fn refusal(tx: &Tx, point: &ContactPoint) -> Result<Option<Refusal>> {
    Ok(first(&noes(tx, point)?))
}

/// What was said no to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SaidNoTo {
    /// They opted out.
    Everything,
    Purpose(Purpose),
    /// Its kind of channel.
    Kind,
    /// They are not to be contacted.
    Contact,
}

/// Every no that stands against a way to reach somebody: `YYYY-MM-DD`, since when.
pub(super) type Noes = BTreeMap<SaidNoTo, String>;

pub(super) fn noes(tx: &Tx, point: &ContactPoint) -> Result<Noes> {
    let mut noes = Noes::new();
    if !keeps(Forgets::WhatLeaves) {
        return Ok(noes);
    }
    let today = workspace::today(tx)?.to_string();
    if point.status == ContactStatus::OptedOut {
        noes.insert(SaidNoTo::Everything, today.clone());
    }
    let mut said = tx.sql().prepare_cached(
        "SELECT b.purpose, max(b.recorded_on) FROM contact_bases b WHERE b.contact_point_id = ?1 AND b.basis = 'objected' AND b.deleted_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM contact_bases o WHERE o.contact_point_id = b.contact_point_id AND o.purpose = b.purpose
             AND o.basis = 'opted_in' AND o.deleted_at IS NULL AND o.recorded_on > b.recorded_on
             AND (trim(coalesce(o.evidence, '')) <> '' OR o.touchpoint_id IS NOT NULL))
         GROUP BY b.purpose",
    )?;
    let mut rows = said.query([point.id])?;
    while let Some(row) = rows.next()? {
        noes.insert(SaidNoTo::Purpose(row.get(0)?), row.get(1)?);
    }
    if point.status == ContactStatus::WrongPerson {
        return Ok(noes);
    }
    const THEM: &str = "(SELECT id FROM people WHERE root = (SELECT root FROM people WHERE id = ?1))";
    let objected: Option<String> = tx
        .scalar::<Option<String>>(
            &format!(
                "SELECT max(on_day) FROM objections WHERE person_id IN {THEM} AND kind = ?2 AND deleted_at IS NULL"
            ),
            (point.person_id, point.kind),
        )?
        .flatten();
    noes.extend(objected.map(|day| (SaidNoTo::Kind, day)));
    let apart: Option<bool> = tx.scalar(
        &format!("SELECT EXISTS (SELECT 1 FROM people WHERE id IN {THEM} AND do_not_contact)"),
        [point.person_id],
    )?;
    if apart == Some(true) {
        noes.insert(SaidNoTo::Contact, today);
    }
    Ok(noes)
}

/// The no that is named of several, and the newest day of them.
pub(super) fn first(noes: &Noes) -> Option<Refusal> {
    let reason = match noes.keys().next()? {
        SaidNoTo::Everything => SuppressedFor::Unsubscribed,
        SaidNoTo::Purpose(_) | SaidNoTo::Kind => SuppressedFor::Objected,
        SaidNoTo::Contact => SuppressedFor::ByHand,
    };
    Some((reason, noes.values().max()?.clone()))
}

/// Addresses by kind and normal form: as one was typed, and every no against it, by whichever rows.
pub(super) type Refused = BTreeMap<(ContactKind, String), (String, Noes)>;

/// Ways to reach somebody that may have a no against them.
pub(super) const CANDIDATES: &str = "(status = 'opted_out'
   OR id IN (SELECT contact_point_id FROM contact_bases WHERE basis = 'objected' AND deleted_at IS NULL)
   OR person_id IN (SELECT id FROM people WHERE root IN (
        SELECT root FROM people WHERE do_not_contact
        UNION SELECT p.root FROM objections o JOIN people p ON p.id = o.person_id WHERE o.deleted_at IS NULL)))";

/// Every way to reach somebody that stands in the file, or lies in its trash, and has a no against it: by kind and normal
/// form, as it was typed, and what was said no to.
pub(super) fn refused(tx: &Tx) -> Result<Refused> {
    let candidates: Vec<ContactPoint> =
        tx.find(&format!("WHERE (deleted_at IS NULL OR {}) AND {CANDIDATES}", in_the_trash("contact_points")), [])?;
    let mut refused = Refused::new();
    for point in candidates {
        let noes = noes(tx, &point)?;
        if noes.is_empty() {
            continue;
        }
        let (_, known) = refused.entry((point.kind, point.value_norm)).or_insert_with(|| (point.value, Noes::new()));
        for (no, day) in noes {
            let newest = known.entry(no).or_default();
            *newest = std::mem::take(newest).max(day);
        }
    }
    Ok(refused)
}

/// What another state of this file knows of who said no.
pub(crate) struct Known {
    list: carried::Everything,
    said: Refused,
    /// Who is not to be contacted, and who objected: also somebody without an address, and whatever else they are sent.
    people: Vec<Person>,
    objections: Vec<Objection>,
}

impl Known {
    pub fn of(tx: &Tx) -> Result<Known> {
        Ok(Known {
            list: carried::Everything::of(tx)?,
            said: refused(tx)?,
            people: tx.find("WHERE do_not_contact", [])?,
            objections: tx.find("WHERE deleted_at IS NULL", [])?,
        })
    }

    /// Writes the suppression list of the other state into this one, a backup; of two words on one address the newer holds.
    pub fn carry_list(&self, tx: &mut Tx) -> Result<()> {
        self.list.carry(tx, false)
    }

    /// The same for one that takes the place of the file, and of every no that this state does not say, its suppression: the
    /// rows that say it may not be here, and putting back a backup is no way around what somebody said.
    pub fn carry(&self, tx: &mut Tx) -> Result<()> {
        self.list.carry(tx, true)?;
        let here = refused(tx)?;
        for (address, (value, noes)) in self.said.iter().filter(|_| keeps(Forgets::BackupsPutBack)) {
            // One that is older here may have been ended here.
            let says = |no: &SaidNoTo, day: &String| {
                here.get(address).and_then(|(_, here)| here.get(no)).is_some_and(|here| here >= day)
            };
            let left: Noes =
                noes.iter().filter(|(no, day)| !says(no, day)).map(|(no, day)| (*no, day.clone())).collect();
            if let Some((reason, day)) = first(&left).filter(|_| !value.trim().is_empty()) {
                suppress_since(tx, address.0, value, reason, &day, 1)?;
            }
        }
        self.carry_people(tx)
    }

    /// Whoever is here and was not to be contacted is not to be, and whoever objected has.
    fn carry_people(&self, tx: &mut Tx) -> Result<()> {
        for theirs in self.people.iter().filter(|_| keeps(Forgets::BackupsPutBack)) {
            let here: Option<Person> = tx.find_one("WHERE id = ?1", [theirs.id])?;
            if let Some(here) = here.filter(|here| !here.do_not_contact) {
                let do_not_contact_reason = theirs.do_not_contact_reason.clone().or(here.do_not_contact_reason);
                tx.put(&Person { do_not_contact: true, do_not_contact_reason, ..here })?;
            }
        }
        for theirs in self.objections.iter().filter(|_| keeps(Forgets::BackupsPutBack)) {
            let whose: Option<Person> = tx.find_one("WHERE id = ?1", [theirs.person_id])?;
            let known: Option<Objection> = tx.find_one("WHERE id = ?1", [theirs.id])?;
            if whose.is_some() && known.is_none_or(|known| known.on_day < theirs.on_day) {
                tx.put(theirs)?;
            }
        }
        Ok(())
    }
}

/// People who are not to be contacted, each row that stands for one.
pub(super) const NOT_TO_BE_CONTACTED: &str = "SELECT DISTINCT root FROM people WHERE do_not_contact";

/// The addresses of somebody on one kind of channel, also those they have no more: `?1` is who, `?2` the kind.
pub(super) fn addresses_of(tx: &Tx, root: Id, kind: ContactKind) -> Result<Vec<String>> {
    if !keeps(Forgets::OthersWithTheAddress) {
        return Ok(vec![]);
    }
    tx.column(
        &format!(
            "SELECT contact_points.value_norm FROM contact_points JOIN people p ON p.id = contact_points.person_id
             WHERE p.root = ?1 AND contact_points.kind = ?2 AND contact_points.status <> 'wrong_person'
               AND (contact_points.deleted_at IS NULL OR {})",
            in_the_trash("contact_points")
        ),
        (root, kind),
    )
}
