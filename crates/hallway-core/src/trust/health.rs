//! How healthy the lists are (R29): of how many it is known why they may be written to, and what stands against it. Counted
//! over everybody who is not a teammate and has an e-mail address; of those without one it is said how many they are, and why
//! else they are not written to.
use super::{Basis, LeftOut, Purpose, decide::enough, post::by_post, suppressions, verdicts::judge};
use crate::{
    contact_points::ContactSource,
    error::Result,
    id::Id,
    normal::{self, ContactKind},
    rpc::Empty,
    store::Tx,
    time::Now,
    workspace,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HealthReport {
    /// The day it is counted on.
    pub on: String,
    /// People with an e-mail address, teammates apart.
    pub people: u32,
    /// Of these, by purpose: a basis is known, and they may be written to. Of something in the post it is whoever gave a postal
    /// address, also without an e-mail address.
    pub purposes: Vec<PurposeHealth>,
    /// People without an e-mail address, teammates apart, by what stands against mail to them; of most it is just that.
    pub without_address: Vec<(LeftOut, u32)>,
    /// People of whom a basis for anything is known.
    pub with_basis: u32,
    /// From 20 people on, the share of them in percent; below, only the count says something.
    pub with_basis_percent: Option<f64>,
    /// Addresses; one that several people have is one.
    pub bounced: u32,
    pub opted_out: u32,
    /// People who asked not to be written to by e-mail, whatever for and at whichever address, or without one: they are left out of
    /// everything.
    pub objected_to_all: u32,
    /// People who asked it for some purposes, or at some of their addresses, and are left out of those.
    pub objected_to_some: u32,
    /// Addresses of people here that are on the suppression list; one that several people have is one.
    pub suppressed_here: u32,
    /// Addresses on the suppression list, whoever has them.
    pub suppressed: u32,
    pub sources: Vec<SourceHealth>,
    /// Imports that brought addresses of which no basis is known, the newest first.
    pub imports: Vec<ImportHealth>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PurposeHealth {
    pub purpose: Purpose,
    pub words: String,
    /// They may be written to.
    pub may: u32,
    /// The others, by reason.
    pub left_out: Vec<(LeftOut, u32)>,
}

/// Addresses by where they came from.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceHealth {
    pub source: ContactSource,
    pub addresses: u32,
    pub without_basis: u32,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportHealth {
    /// To say on what basis, for all of them at once: `basis.set_for_many`.
    pub import: Id,
    pub file_name: String,
    pub on: String,
    pub addresses: u32,
    pub without_basis: u32,
}

/// Below this many, a percentage says more than is known.
const ENOUGH: u32 = 20;

pub fn report(tx: &Tx, _: Empty) -> Result<HealthReport> {
    let people: Vec<Id> = tx.column(
        "SELECT p.id FROM people p WHERE p.deleted_at IS NULL AND p.root = p.id
           AND NOT EXISTS (SELECT 1 FROM people q WHERE q.root = p.id AND q.deleted_at IS NULL AND q.teammate)
           AND EXISTS (SELECT 1 FROM people q JOIN contact_points c ON c.person_id = q.id
             WHERE q.root = p.id AND q.deleted_at IS NULL AND c.kind = 'email' AND c.deleted_at IS NULL)",
        [],
    )?;
    let without: Vec<Id> = tx.column(
        "SELECT p.id FROM people p WHERE p.deleted_at IS NULL AND p.root = p.id
           AND NOT EXISTS (SELECT 1 FROM people q WHERE q.root = p.id AND q.deleted_at IS NULL AND q.teammate)
           AND NOT EXISTS (SELECT 1 FROM people q JOIN contact_points c ON c.person_id = q.id
             WHERE q.root = p.id AND q.deleted_at IS NULL AND c.kind = 'email' AND c.deleted_at IS NULL)",
        [],
    )?;
    // A parcel needs no e-mail address.
    let mut to_post = people.clone();
    to_post.extend(tx.column::<Id>(
        "SELECT DISTINCT p.root FROM postal_addresses a JOIN people p ON p.id = a.person_id JOIN people r ON r.id = p.root
         WHERE a.deleted_at IS NULL AND p.deleted_at IS NULL AND r.deleted_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM people q WHERE q.root = p.root AND q.deleted_at IS NULL AND q.teammate)",
        [],
    )?);
    let mut with_basis: BTreeSet<Id> = BTreeSet::new();
    let mut points_with_basis: BTreeSet<Id> = BTreeSet::new();
    // Addresses at which a basis would let somebody be written to.
    let mut points_to_say: BTreeSet<Id> = BTreeSet::new();
    let mut wants_no_contact: BTreeSet<Id> = BTreeSet::new();
    let (mut bounced, mut opted_out, mut suppressed) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    // Who asked not to be written to for anything so far, and who for something.
    let mut objected_to_all: BTreeSet<Id> = people.iter().copied().collect();
    let mut objected: BTreeSet<Id> = BTreeSet::new();
    let mut purposes = Vec::new();
    for purpose in Purpose::ALL {
        let mut left_out: BTreeMap<LeftOut, u32> = BTreeMap::new();
        let mut may = 0;
        for judged in judge(tx, &people, ContactKind::Email, *purpose)? {
            match judged.best().map(|best| best.left_out) {
                Some(None) => may += 1,
                Some(Some(reason)) => *left_out.entry(reason).or_default() += 1,
                None => *left_out.entry(judged.without_address()).or_default() += 1,
            }
            if !judged.addresses.iter().all(|address| address.facts.objected) {
                objected_to_all.remove(&judged.person);
            }
            for address in &judged.addresses {
                let norm = || normal::contact(ContactKind::Email, &address.value);
                if enough(*purpose).contains(&address.facts.basis) {
                    with_basis.insert(judged.person);
                }
                if !matches!(address.facts.basis, Basis::Unknown) || address.facts.objected {
                    points_with_basis.extend(&address.rows);
                }
                match address.facts.status {
                    crate::contact_points::ContactStatus::Bounced => drop(bounced.insert(norm())),
                    crate::contact_points::ContactStatus::OptedOut => drop(opted_out.insert(norm())),
                    _ => {}
                }
                if address.facts.objected {
                    objected.insert(judged.person);
                }
                if address.facts.do_not_contact {
                    wants_no_contact.insert(judged.person);
                } else if !address.listed && !address.facts.objected && !address.facts.no_reply {
                    points_to_say.extend(&address.rows);
                }
                if address.listed {
                    suppressed.insert(norm());
                }
            }
        }
        if *purpose == Purpose::SwagPost {
            (may, left_out) = (0, BTreeMap::new());
            for (_, reason) in by_post(tx, &to_post)? {
                match reason {
                    None => may += 1,
                    Some(reason) => *left_out.entry(reason).or_default() += 1,
                }
            }
        }
        purposes.push(PurposeHealth {
            purpose: *purpose,
            words: purpose.words().to_owned(),
            may,
            left_out: left_out.into_iter().collect(),
        });
    }
    // Whoever is not to be contacted at all asked for that of everything.
    objected_to_all.extend(wants_no_contact);
    let mut without_address: BTreeMap<LeftOut, u32> = BTreeMap::new();
    for judged in judge(tx, &without, ContactKind::Email, Purpose::ListMail)? {
        let reason = judged.without_address();
        *without_address.entry(reason).or_default() += 1;
        if matches!(reason, LeftOut::DoNotContact | LeftOut::Objected) {
            objected_to_all.insert(judged.person);
        }
    }
    points_to_say.retain(|point| !points_with_basis.contains(point));
    let count = people.len() as u32;
    let share = f64::from(with_basis.len() as u32) * 100.0 / f64::from(count.max(1));
    Ok(HealthReport {
        on: workspace::today(tx)?.to_string(),
        people: count,
        purposes,
        without_address: without_address.into_iter().collect(),
        with_basis: with_basis.len() as u32,
        with_basis_percent: (count >= ENOUGH).then_some(share),
        bounced: bounced.len() as u32,
        opted_out: opted_out.len() as u32,
        objected_to_all: objected_to_all.len() as u32,
        objected_to_some: objected.difference(&objected_to_all).count() as u32,
        suppressed_here: suppressed.len() as u32,
        suppressed: suppressions::count(tx, Empty {})?.addresses,
        sources: sources(tx, &points_with_basis)?,
        imports: imports(tx, &points_to_say)?,
    })
}

fn sources(tx: &Tx, known: &BTreeSet<Id>) -> Result<Vec<SourceHealth>> {
    let mut by_source: BTreeMap<ContactSource, (u32, u32)> = BTreeMap::new();
    let mut query = tx.sql().prepare_cached(
        "SELECT c.id, c.source FROM contact_points c JOIN people p ON p.id = c.person_id
         WHERE c.kind = 'email' AND c.deleted_at IS NULL AND p.deleted_at IS NULL",
    )?;
    let mut rows = query.query([])?;
    while let Some(r) = rows.next()? {
        let counts = by_source.entry(r.get(1)?).or_default();
        counts.0 += 1;
        counts.1 += u32::from(!known.contains(&r.get(0)?));
    }
    Ok(by_source
        .into_iter()
        .map(|(source, (addresses, without_basis))| SourceHealth { source, addresses, without_basis })
        .collect())
}

fn imports(tx: &Tx, to_say: &BTreeSet<Id>) -> Result<Vec<ImportHealth>> {
    let zone = workspace::zone(tx)?;
    let mut query = tx.sql().prepare_cached(
        "SELECT i.id, i.file_name, i.created_at, c.id FROM imports i JOIN contact_points c ON c.created_op = i.created_op
           JOIN people p ON p.id = c.person_id
         WHERE i.deleted_at IS NULL AND c.kind = 'email' AND c.deleted_at IS NULL AND p.deleted_at IS NULL
           AND i.created_op IN (SELECT id FROM operations WHERE command = 'imports.run')",
    )?;
    let mut rows = query.query([])?;
    let mut found: HashMap<Id, (i64, ImportHealth)> = HashMap::new();
    while let Some(r) = rows.next()? {
        let (import, at): (Id, i64) = (r.get(0)?, r.get(2)?);
        let entry = match found.entry(import) {
            std::collections::hash_map::Entry::Occupied(counted) => counted.into_mut(),
            std::collections::hash_map::Entry::Vacant(free) => free.insert((
                at,
                ImportHealth {
                    import,
                    file_name: r.get(1)?,
                    on: Now(at).day_in(zone).to_string(),
                    addresses: 0,
                    without_basis: 0,
                },
            )),
        };
        entry.1.addresses += 1;
        entry.1.without_basis += u32::from(to_say.contains(&r.get(3)?));
    }
    let mut imports: Vec<(i64, ImportHealth)> =
        found.into_values().filter(|(_, import)| import.without_basis > 0).collect();
    imports.sort_by_key(|(at, import)| std::cmp::Reverse((*at, import.import)));
    Ok(imports.into_iter().map(|(_, import)| import).collect())
}
