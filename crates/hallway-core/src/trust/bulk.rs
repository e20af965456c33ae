//! On what basis one may write to many at once: "these 412 signed up on our page on 3 May".
use super::{
    Basis, ContactBasis, LeftOut, Purpose,
    basis::day,
    verdicts::{Address, judge},
};
use crate::{
    error::{Error, Result, invalid},
    id::Id,
    imports::Import,
    normal::ContactKind,
    people::{self, PeopleQuery, PersonPick, text},
    store::{Subject, Tx},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use ts_rs::TS;

/// Why an opt-in needs a day: it outweighs every no that was said before it.
pub(crate) const NO_DAY: &str = "Say since when: who unsubscribed before that day is written to again by it. A day that nobody is sure of is better too early than too late.";
/// As many people as are shown of each reason.
const SHOWN: usize = 50;

/// Whom it is about.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ForMany {
    /// The addresses that an import brought.
    Import(Id),
    Ids(Vec<Id>),
    Query(PeopleQuery),
}

/// Says on what basis one may write to many. Of somebody who was chosen it is the address one would use; of an import, the
/// addresses it brought.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct SetBasisForMany {
    pub whom: ForMany,
    /// Missing means e-mail.
    pub kind: Option<ContactKind>,
    pub purposes: Vec<Purpose>,
    pub basis: Basis,
    /// What shows it: "signed up on our page".
    pub evidence: String,
    /// `YYYY-MM-DD`; missing means today, but of an opt-in, which outweighs a no that came before it, it must be said.
    pub on: Option<String>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BasisOfMany {
    /// People of whom it is known now.
    pub people: u32,
    /// People of whom as much, or more, was known before.
    pub already: u32,
    pub passed_over: Vec<PassedOver>,
}

/// People of whom it was not said, and why.
#[derive(Debug, Serialize, TS)]
pub struct PassedOver {
    pub reason: LeftOut,
    pub words: String,
    pub count: u32,
    /// The first 50.
    pub people: Vec<PersonPick>,
}

/// The same, said of people in the place of a question: the list that answers it is at hand for who reads.
///
/// # Errors
/// `invalid` under `filter` when the question cannot be read.
pub fn meant(tx: &Tx, mut input: SetBasisForMany) -> Result<SetBasisForMany> {
    if let ForMany::Query(query) = &input.whom {
        input.whom = ForMany::Ids(people::found(tx, query)?.ids.clone());
    }
    Ok(input)
}

/// Says on what basis one may write to many, in one step. What somebody asked for, and what is on the suppression list, stays
/// as it is.
///
/// # Errors
/// `invalid` without evidence, without a purpose, for a day to come, for an opt-in of no day, or for an objection, which is
/// each person's own.
pub fn set_for_many(tx: &mut Tx, input: SetBasisForMany) -> Result<BasisOfMany> {
    let Some(evidence) = text(Some(input.evidence.clone())) else {
        return invalid("evidence", "Say what shows it, such as “signed up on our page”.");
    };
    if input.purposes.is_empty() {
        return invalid("purposes", "Say what for: one message, a list, a parcel, an introduction.");
    }
    if input.basis == Basis::Unknown {
        return invalid("basis", "Say why one may write to them.");
    }
    if input.basis == Basis::Objected {
        return invalid("basis", "An objection is each person's own. Write it down on their page.");
    }
    if input.basis == Basis::OptedIn && text(input.on.clone()).is_none() {
        return invalid("on", NO_DAY);
    }
    let on = day(tx, input.on.clone())?;
    let kind = input.kind.unwrap_or(ContactKind::Email);
    let (ids, only) = whom(tx, &input.whom, kind)?;
    let mut set = HashSet::new();
    let mut already = HashSet::new();
    let mut passed: BTreeMap<Id, LeftOut> = BTreeMap::new();
    let mut order = Vec::new();
    for purpose in &input.purposes {
        for judged in judge(tx, &ids, kind, *purpose)? {
            let theirs: Vec<&Address> = match &only {
                Some(points) => judged
                    .addresses
                    .iter()
                    .filter(|address| address.rows.iter().any(|row| points.contains(row)))
                    .collect(),
                None => judged.best().into_iter().collect(),
            };
            if theirs.is_empty() {
                passed.insert(judged.person, judged.without_address());
            }
            for address in theirs {
                if let Some(reason) = stands_against(address) {
                    passed.insert(judged.person, reason);
                } else if address.facts.basis <= input.basis && address.facts.basis != Basis::Unknown {
                    already.insert(judged.person);
                } else {
                    if set.insert(judged.person) {
                        order.push(judged.person);
                    }
                    for row in &address.rows {
                        tx.insert(&ContactBasis {
                            id: tx.new_id(),
                            contact_point_id: *row,
                            purpose: *purpose,
                            basis: input.basis,
                            evidence: Some(evidence.clone()),
                            touchpoint_id: None,
                            recorded_on: on.clone(),
                        })?;
                    }
                }
            }
        }
    }
    if let Some(first) = order.first() {
        tx.about(Subject::Person(*first), Some(order.len()), None)?;
    }
    already.retain(|person| !set.contains(person));
    passed.retain(|person, _| !set.contains(person) && !already.contains(person));
    let mut by_reason: BTreeMap<LeftOut, Vec<Id>> = BTreeMap::new();
    for (person, reason) in passed {
        by_reason.entry(reason).or_default().push(person);
    }
    let mut passed_over = Vec::new();
    for (reason, people) in by_reason {
        let mut shown = Vec::new();
        for person in people.iter().take(SHOWN) {
            shown.extend(people::pick(tx, *person)?);
        }
        passed_over.push(PassedOver {
            reason,
            words: reason.words().to_owned(),
            count: people.len() as u32,
            people: shown,
        });
    }
    Ok(BasisOfMany { people: set.len() as u32, already: already.len() as u32, passed_over })
}

/// What no word said for many changes.
fn stands_against(address: &Address) -> Option<LeftOut> {
    use LeftOut::*;
    match address.left_out? {
        reason @ (DoNotContact | Objected | Suppressed | OptedOut | Bounced | WrongPerson | NoReplyAddress) => {
            Some(reason)
        }
        // A teammate's basis may be known; that they are one keeps them off lists.
        Teammate | NoAddress | SourceForbids | UnknownBasis | NoOptIn | CooledDown | SameAddress | ByHand
        | AddressNotTaken | TextTooLong => address.facts.no_reply.then_some(NoReplyAddress),
    }
}

/// The people, and the contact points it is limited to.
fn whom(tx: &Tx, whom: &ForMany, kind: ContactKind) -> Result<(Vec<Id>, Option<HashSet<Id>>)> {
    match whom {
        ForMany::Ids(ids) => Ok((ids.clone(), None)),
        ForMany::Query(query) => Ok((people::found(tx, query)?.ids.to_vec(), None)),
        ForMany::Import(import) => {
            let import: Import = tx.get(*import)?;
            let brought = brought_by(tx, import.id, kind)?;
            if brought.is_empty() {
                return Err(Error::Invalid {
                    field: "whom".into(),
                    message: format!(
                        "{} brought no address of that kind. Choose the people in the list instead.",
                        import.file_name
                    ),
                });
            }
            let mut people: Vec<Id> = brought.values().copied().collect();
            people.sort();
            people.dedup();
            Ok((people, Some(brought.into_keys().collect())))
        }
    }
}

/// The living contact points of a kind that an import brought, and whose they are.
fn brought_by(tx: &Tx, import: Id, kind: ContactKind) -> Result<HashMap<Id, Id>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT c.id, c.person_id FROM contact_points c WHERE c.kind = ?2 AND c.deleted_at IS NULL
           AND c.created_op = (SELECT created_op FROM imports WHERE id = ?1)",
    )?;
    Ok(query.query_map((import, kind), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}
