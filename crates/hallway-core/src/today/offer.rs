//! When nothing waits, somebody to thank or to greet.
use super::groups;
use crate::{
    days::days_after,
    error::Result,
    id::Id,
    journey::{self, engine::Direction},
    people::{self, PersonPick},
    store::Tx,
    trust::left_alone,
};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeSet;
use ts_rs::TS;

words! {
    pub enum OfferKind {
        /// They helped somebody a while ago, and nobody thanked them.
        Thank = "thank",
        /// One met them lately, and they have not heard from us since.
        Greet = "greet",
    }
}

#[derive(Debug, Serialize, TS)]
pub struct Offer {
    pub kind: OfferKind,
    pub people: Vec<PersonPick>,
}

/// So many are offered.
const OFFERED: usize = 3;
/// Whom one met in the last so many days.
const MET: i64 = 30;
/// Help within so many days is still worth a word.
const HELPED: i64 = 365;

pub(super) fn offer(tx: &Tx, today: NaiveDate) -> Result<Option<Offer>> {
    let ago = |days: i64| days_after(today, -days).unwrap_or(today);
    let alone = left_alone(tx)?;
    let helped = groups::unthanked(tx, ago(HELPED), ago(groups::THANK + 1), OFFERED, &BTreeSet::new(), &alone)?;
    if let Some(offer) = made(tx, OfferKind::Thank, helped.into_iter().map(|(person, _)| person))? {
        return Ok(Some(offer));
    }
    // Whoever was met last and not written to since: the last thing between us is that we met.
    let config = journey::config(tx)?;
    let met: Vec<&str> =
        config.1.kinds.iter().filter(|kind| kind.direction == Direction::TwoWay).map(|kind| &*kind.key).collect();
    let people: Vec<Id> = tx.column(
        "SELECT person FROM person_state WHERE last_touch_on >= ?1 AND last_kind IN (SELECT value FROM json_each(?2))
           AND NOT teammate AND person NOT IN (SELECT unhex(j.value) FROM json_each(?4) j) ORDER BY last_touch_on DESC, sort_name LIMIT ?3",
        (ago(MET).to_string(), serde_json::to_string(&met)?, OFFERED as i64, alone.json()),
    )?;
    made(tx, OfferKind::Greet, people.into_iter())
}

fn made(tx: &Tx, kind: OfferKind, people: impl Iterator<Item = Id>) -> Result<Option<Offer>> {
    let mut offered = Vec::new();
    for person in people.take(OFFERED) {
        offered.extend(people::pick(tx, person)?);
    }
    Ok((!offered.is_empty()).then_some(Offer { kind, people: offered }))
}
