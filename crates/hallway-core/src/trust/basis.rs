//! On what basis one may write to somebody: said, seen, and said for many at once.
use super::{
    Basis, ContactBasis, LeftOut, Objection, Purpose, anew,
    bulk::NO_DAY,
    decide,
    suppressions::{self, SuppressedFor, suppressed_for},
    verdicts::judge,
};
use crate::{
    contact_points::{self, ContactPoint, ContactSource, ContactStatus},
    error::{Result, invalid},
    id::Id,
    normal::ContactKind,
    people::{self, text},
    rpc::Empty,
    store::{Subject, Tx},
    time, workspace,
};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use ts_rs::TS;

pub use super::bulk::{BasisOfMany, ForMany, PassedOver, SetBasisForMany, meant, set_for_many};

/// What is known of each way to reach somebody.
#[derive(Debug, Serialize, TS)]
pub struct BasisOf {
    pub points: Vec<PointTrust>,
    /// What they asked not to be used, newest first.
    pub objections: Vec<Objection>,
}

/// One way to reach somebody, and what for.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PointTrust {
    pub point: Id,
    pub kind: ContactKind,
    pub value: String,
    pub source: ContactSource,
    pub source_note: Option<String>,
    pub obtained_on: String,
    pub status: ContactStatus,
    /// Why it is on the suppression list, if it is.
    pub suppressed: Option<SuppressedFor>,
    /// One line for each purpose.
    pub purposes: Vec<PurposeTrust>,
    /// Everything that was said of it, what was said last first.
    pub said: Vec<ContactBasis>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PurposeTrust {
    pub purpose: Purpose,
    /// What was said last of this address.
    pub basis: Basis,
    pub evidence: Option<String>,
    pub recorded_on: Option<String>,
    /// Why they may not be written to for this; nothing when they may.
    pub left_out: Option<LeftOut>,
    /// The same in words.
    pub words: Option<String>,
}

/// Says on what basis one may write to one address. An opt-in that is dated after an objection ends it, takes the address off
/// the suppression list, and makes one that was opted out usable again, for what it was said of.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct SetBasis {
    pub point: Id,
    pub purposes: Vec<Purpose>,
    pub basis: Basis,
    /// What shows it, such as “signed up on our page”; an opt-in must say it, or name the entry that shows it.
    pub evidence: Option<String>,
    /// The entry that shows it.
    pub touchpoint: Option<Id>,
    /// `YYYY-MM-DD`; missing means today, but of an opt-in, which outweighs a no that came before it, it must be said.
    pub on: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct SayObjected {
    pub person: Id,
    /// On which kinds of channel; at least one.
    pub kinds: Vec<ContactKind>,
    /// `YYYY-MM-DD`; missing means today.
    pub on: Option<String>,
    /// How they said it.
    pub evidence: Option<String>,
}

/// On which bases one may write for a purpose.
#[derive(Debug, Serialize, TS)]
pub struct EnoughFor {
    pub purpose: Purpose,
    pub bases: Vec<Basis>,
}

/// What is enough for each purpose: said to whoever chooses, before a word is noted that does not help.
pub fn enough(_: &Tx, _: Empty) -> Result<Vec<EnoughFor>> {
    let of = |purpose: &Purpose| EnoughFor { purpose: *purpose, bases: decide::enough(*purpose).to_vec() };
    Ok(Purpose::ALL.iter().map(of).collect())
}

/// What is known of every way to reach somebody, and what one may write for.
pub fn of(tx: &Tx, input: people::PersonId) -> Result<BasisOf> {
    let person = people::root(tx, input.id)?;
    let mut points = Vec::new();
    let shown = contact_points::of(tx, person)?;
    let mut kinds: Vec<ContactKind> = shown.iter().map(|point| point.kind).collect();
    kinds.dedup();
    let mut judged = Vec::new();
    for kind in kinds {
        for purpose in Purpose::ALL {
            let addresses = judge(tx, &[person], kind, *purpose)?.pop().map(|judged| judged.addresses);
            judged.push((kind, *purpose, addresses.unwrap_or_default()));
        }
    }
    for point in shown {
        let theirs = judged.iter().filter(|(kind, ..)| *kind == point.kind);
        let mut rows = vec![point.id];
        let mut purposes = Vec::new();
        for (_, purpose, addresses) in theirs {
            let Some(address) = addresses.iter().find(|address| address.rows.contains(&point.id)) else { continue };
            rows.clone_from(&address.rows);
            purposes.push((*purpose, address));
        }
        let said = said(tx, &rows)?;
        let purposes = purposes
            .into_iter()
            .map(|(purpose, address)| {
                let basis = if address.facts.objected { Basis::Objected } else { address.facts.basis };
                let last = said.iter().find(|said| said.purpose == purpose && said.basis == basis);
                PurposeTrust {
                    purpose,
                    basis,
                    evidence: last.and_then(|said| said.evidence.clone()),
                    recorded_on: last
                        .map(|said| said.recorded_on.clone())
                        .or_else(|| address.objected_on.clone().filter(|_| address.facts.objected)),
                    left_out: address.left_out,
                    words: address.left_out.map(|left_out| left_out.words().to_owned()),
                }
            })
            .collect();
        points.push(PointTrust {
            point: point.id,
            kind: point.kind,
            suppressed: suppressed_for(tx, point.kind, &point.value)?,
            value: point.value,
            source: point.source,
            source_note: point.source_note,
            obtained_on: point.obtained_on,
            status: point.status,
            purposes,
            said,
        });
    }
    let objections = tx.find::<Objection>(
        "WHERE person_id IN (SELECT id FROM people WHERE root = ?1) AND deleted_at IS NULL ORDER BY on_day DESC, id DESC",
        [person],
    )?;
    Ok(BasisOf { points, objections })
}

/// Everything that was said of an address, what was said last first.
fn said(tx: &Tx, rows: &[Id]) -> Result<Vec<ContactBasis>> {
    let mut said: Vec<(i64, ContactBasis)> = Vec::new();
    for row in rows {
        let bases: Vec<ContactBasis> =
            tx.find("WHERE contact_point_id = ?1 AND deleted_at IS NULL ORDER BY created_at, id", [row])?;
        for basis in bases {
            let at: i64 = tx.scalar("SELECT created_at FROM contact_bases WHERE id = ?1", [basis.id])?.unwrap_or(0);
            said.push((at, basis));
        }
    }
    said.sort_by_key(|(at, basis)| Reverse((*at, basis.id)));
    // What is shown as one was said of each of its rows.
    let mut shown: Vec<ContactBasis> = Vec::new();
    for (_, basis) in said {
        let twin = |other: &ContactBasis| {
            (other.purpose, other.basis, &other.evidence, &other.recorded_on)
                == (basis.purpose, basis.basis, &basis.evidence, &basis.recorded_on)
        };
        if !shown.iter().any(twin) {
            shown.push(basis);
        }
    }
    Ok(shown)
}

/// Says on what basis one may write to one address.
///
/// # Errors
/// `invalid` when they asked not to be written to and this is no opt-in dated after it, and for an opt-in without what shows
/// it, or of no day.
pub fn set(tx: &mut Tx, input: SetBasis) -> Result<BasisOf> {
    let point: ContactPoint = tx.get(input.point)?;
    let person = people::root(tx, point.person_id)?;
    let dated = text(input.on.clone()).is_some();
    let on = day(tx, input.on)?;
    let evidence = text(input.evidence);
    if input.purposes.is_empty() {
        return invalid("purposes", "Say what for: one message, a list, a parcel, an introduction.");
    }
    let opt_in = input.basis == Basis::OptedIn;
    let claims = !matches!(input.basis, Basis::Unknown | Basis::Objected);
    if claims {
        let mut against: Option<(String, LeftOut)> =
            suppressions::since(tx, point.kind, &point.value)?.map(|day| (day, LeftOut::Suppressed));
        let mut opted_out = false;
        for purpose in &input.purposes {
            for address in judge(tx, &[person], point.kind, *purpose)?.into_iter().flat_map(|judged| judged.addresses) {
                if !address.rows.contains(&point.id) {
                    continue;
                }
                opted_out |= address.facts.status == ContactStatus::OptedOut;
                if address.facts.objected {
                    against = against.max(address.objected_on.map(|day| (day, LeftOut::Objected)));
                }
            }
        }
        if let Some((day, why)) = &against
            && (!opt_in || on <= *day)
        {
            let what = if *why == LeftOut::Suppressed {
                "This address has been on the suppression list since"
            } else {
                "They asked not to be written to here on"
            };
            return invalid(
                "basis",
                format!("{what} {day}. Only an opt-in of theirs that is dated after that day ends it."),
            );
        }
        if opted_out && !opt_in {
            return invalid("basis", "They opted out at this address. Only a new opt-in of theirs ends that.");
        }
        if (against.is_some() || opted_out) && evidence.is_none() && input.touchpoint.is_none() {
            return invalid("evidence", "They had asked not to be written to. Say what shows that they opted in anew.");
        }
        if against.is_some() || opted_out {
            anew::ends_what_was_refused(tx, person, &point, &input.purposes, &on)?;
        }
    }
    if opt_in && evidence.is_none() && input.touchpoint.is_none() {
        return invalid("evidence", "Say what shows that they opted in, such as “signed up on our page”.");
    }
    if opt_in && !dated {
        return invalid("on", NO_DAY);
    }
    let mut rows = contact_points::twins(tx, person, &point)?;
    rows.push(point);
    for purpose in input.purposes {
        for row in &rows {
            tx.insert(&ContactBasis {
                id: tx.new_id(),
                contact_point_id: row.id,
                purpose,
                basis: input.basis,
                evidence: evidence.clone(),
                touchpoint_id: input.touchpoint,
                recorded_on: on.clone(),
            })?;
        }
    }
    tx.about(Subject::Person(person), None, None)?;
    tx.forget_cached();
    of(tx, people::PersonId { id: person })
}

/// Writes down that somebody does not want to be written to on some kinds of channel.
///
/// # Errors
/// `invalid` when no kind is named, or the day is still to come.
pub fn objected(tx: &mut Tx, input: SayObjected) -> Result<BasisOf> {
    let person = people::root(tx, input.person)?;
    if input.kinds.is_empty() {
        return invalid("kinds", "Say on which channel they do not want to be written to.");
    }
    let on_day = day(tx, input.on)?;
    let evidence = text(input.evidence);
    for kind in input.kinds {
        tx.insert(&Objection {
            id: tx.new_id(),
            person_id: person,
            kind,
            on_day: on_day.clone(),
            evidence: evidence.clone(),
        })?;
    }
    tx.about(Subject::Person(person), None, None)?;
    tx.forget_cached();
    of(tx, people::PersonId { id: person })
}

/// A day that has come: today if none is said.
pub(crate) fn day(tx: &Tx, on: Option<String>) -> Result<String> {
    let today = workspace::today(tx)?;
    let Some(on) = text(on) else { return Ok(today.to_string()) };
    if time::day("on", &on)? > today {
        return invalid("on", "That day is still to come.");
    }
    Ok(on)
}
