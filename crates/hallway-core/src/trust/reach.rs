//! Of everybody at once: for which purposes one may write to them, by e-mail or in the post, and whether an address of theirs is on the
//! suppression list. Answered for a few as for all, so that it can be kept in memory and follow each change.
use super::{
    Purpose,
    decide::{Facts, PEACE_DAYS, decide},
    listed, post,
    refusals::{Forgets, keeps},
    told::{Asked, holders, kinds_of, said},
    verdicts::judge,
};
use crate::{days::days_after, error::Result, id::Id, normal::ContactKind, store::Tx};
use chrono::NaiveDate;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

/// What one may do with somebody.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Reach {
    /// One bit for each purpose; see [`bit`].
    may: u8,
    /// The same for as long as they are left in peace.
    in_peace: u8,
    /// The day on which they chose something else last.
    chose_other_on: Option<String>,
    /// Until when something may be sent to them by post, if it may.
    by_post_until: Option<String>,
    /// An address of theirs is on the suppression list.
    pub suppressed: bool,
}

impl Reach {
    /// For which purposes, on a day whose peace began at [`peace_from`]: one bit for each.
    pub fn may(&self, today: &str, peace_from: &str) -> u8 {
        let in_peace = self.chose_other_on.as_deref().is_some_and(|day| day >= peace_from);
        let by_mail = if in_peace { self.in_peace } else { self.may };
        let by_post = self.by_post_until.as_deref().is_some_and(|until| until > today);
        by_mail | if by_post { bit(Purpose::SwagPost) } else { 0 }
    }
}

/// The bit of a purpose.
pub(crate) fn bit(purpose: Purpose) -> u8 {
    1 << purpose as u8
}

/// Whoever chose something else on that day or later is left in peace today.
pub(crate) fn peace_from(today: NaiveDate) -> String {
    days_after(today, -PEACE_DAYS).unwrap_or_default().to_string()
}

/// What one may do with these people, or with everybody; of whom nothing is said, one may do nothing.
pub(crate) fn reach(tx: &Tx, people: Option<&BTreeSet<Id>>) -> Result<BTreeMap<Id, Reach>> {
    let mut found: BTreeMap<Id, Reach> = BTreeMap::new();
    let these: Option<Vec<Id>> = people.map(|people| people.iter().copied().collect());
    for purpose in Purpose::ALL.iter().filter(|purpose| **purpose != Purpose::SwagPost) {
        let asked = match &these {
            Some(these) => these.clone(),
            // Only of whom something was said may anybody be written to.
            None => tx.column(
                "SELECT DISTINCT p.root FROM contact_bases b JOIN contact_points c ON c.id = b.contact_point_id JOIN people p ON p.id = c.person_id
                 WHERE b.purpose = ?1 AND b.deleted_at IS NULL AND c.kind = 'email' AND c.deleted_at IS NULL AND p.deleted_at IS NULL",
                [*purpose],
            )?,
        };
        for judged in judge(tx, &asked, ContactKind::Email, *purpose)? {
            let may = |in_peace: bool| {
                judged.addresses.iter().any(|address| {
                    let facts = Facts { cooled_down: in_peace && address.chose_since, ..address.facts };
                    decide(&facts, *purpose).is_none()
                })
            };
            if may(false) {
                let theirs = found.entry(judged.person).or_default();
                theirs.may |= bit(*purpose);
                theirs.in_peace |= if may(true) { bit(*purpose) } else { 0 };
                theirs.chose_other_on = judged.chose_other_on.clone();
            }
        }
    }
    let by_post = match &these {
        Some(these) => these.clone(),
        None => tx.column(
            "SELECT DISTINCT p.root FROM postal_addresses a JOIN people p ON p.id = a.person_id WHERE a.deleted_at IS NULL",
            [],
        )?,
    };
    for (root, until) in post::until(tx, &by_post)? {
        found.entry(root).or_default().by_post_until = Some(until);
    }
    for root in suppressed(tx, these.as_deref())? {
        found.entry(root).or_default().suppressed = true;
    }
    Ok(found)
}

/// Those of these people, or of everybody, who have an address on the suppression list.
pub(super) fn suppressed(tx: &Tx, people: Option<&[Id]>) -> Result<HashSet<Id>> {
    if listed::standing(tx)?.is_empty() {
        return Ok(HashSet::new());
    }
    let asked = people.map_or(Ok(Asked::everybody()), Asked::new)?;
    let mut points: Vec<(Id, ContactKind, String, Id)> = Vec::new();
    asked.each(
        tx,
        "SELECT c.id, c.kind, c.value, p.root FROM people p JOIN contact_points c ON c.person_id = p.id
         WHERE c.deleted_at IS NULL AND p.deleted_at IS NULL",
        "p.root",
        "",
        &[],
        |r| {
            points.push((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?));
            Ok(())
        },
    )?;
    let found = listed::among(tx, points.iter().map(|(id, kind, value, _)| (*id, *kind, value.as_str())))?;
    Ok(points.iter().filter(|(id, ..)| found.contains_key(id)).map(|(.., root)| *root).collect())
}

/// Who said no of which address, or of which mail comes back: it holds for others who have the address, and is kept to know
/// whom a change of it concerns.
pub(crate) struct Refused {
    /// On which kind of channel; on all of them when none is named.
    only: Option<ContactKind>,
    by: HashMap<Id, BTreeSet<OfAddress>>,
    standing: Arc<listed::Standing>,
}

/// An address, and whether what was said of it is a no of theirs.
type OfAddress = (ContactKind, String, bool);

impl Refused {
    pub fn of(tx: &Tx, only: Option<ContactKind>) -> Result<Refused> {
        Ok(Refused { only, by: by(tx, &Asked::everybody(), only)?, standing: listed::standing(tx)? })
    }

    /// Whoever has, or had, an address of which somebody said no.
    pub fn holders(&self, tx: &Tx) -> Result<BTreeSet<Id>> {
        holders_of(tx, self.by.values().flatten().filter(|(.., no)| *no))
    }

    /// Follows a change that concerned these people. Returns whose reach it may have changed: them, and whoever has an address
    /// of which one of them says no, or said it before; nothing when that is everybody.
    pub fn follow(&mut self, tx: &Tx, people: &BTreeSet<Id>) -> Result<Option<BTreeSet<Id>>> {
        let these: Vec<Id> = people.iter().copied().collect();
        let asked = Asked::new(&these)?;
        if !asked.is_few() || self.standing != listed::standing(tx)? {
            return Ok(None);
        }
        let now = by(tx, &asked, self.only)?;
        let mut concerned: BTreeSet<Id> = people.iter().chain(now.keys()).copied().collect();
        let before: Vec<BTreeSet<OfAddress>> = concerned.iter().filter_map(|root| self.by.remove(root)).collect();
        if keeps(Forgets::WhomElseItConcerns) {
            concerned.extend(holders_of(tx, before.iter().chain(now.values()).flatten())?);
        }
        self.by.extend(now);
        Ok(Some(concerned))
    }
}

fn by(tx: &Tx, asked: &Asked, only: Option<ContactKind>) -> Result<HashMap<Id, BTreeSet<OfAddress>>> {
    let mut by: HashMap<Id, BTreeSet<OfAddress>> = HashMap::new();
    for kind in only.map_or_else(|| kinds_of(tx, asked), |only| Ok(vec![only]))? {
        for said in said(tx, asked, kind)?.1 {
            let no = said.is_no();
            by.entry(said.root).or_default().insert((kind, said.norm, no));
        }
    }
    Ok(by)
}

fn holders_of<'a>(tx: &Tx, addresses: impl Iterator<Item = &'a OfAddress>) -> Result<BTreeSet<Id>> {
    let mut by_kind: BTreeMap<ContactKind, BTreeSet<&str>> = BTreeMap::new();
    for (kind, norm, _) in addresses {
        by_kind.entry(*kind).or_default().insert(norm);
    }
    let mut found = BTreeSet::new();
    for (kind, norms) in by_kind {
        found.extend(holders(tx, kind, norms)?);
    }
    Ok(found)
}
