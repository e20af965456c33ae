//! What was noted is written anew.
use super::{
    Anchor, Every, FollowUp, FollowUpKind, FollowUpRow, Unless, fits, may_be_checked_on, repeat, set_minute, told,
};
use crate::{
    error::Result,
    id::Id,
    people,
    store::Tx,
    touchpoints::{Touchpoint, present},
};
use serde::Deserialize;
use ts_rs::TS;

/// Only what is present changes; a null empties.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct EditFollowUp {
    pub id: Id,
    pub kind: Option<FollowUpKind>,
    pub text: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[ts(optional, type = "Id | null")]
    pub person: Option<Option<Id>>,
    #[serde(default, deserialize_with = "present")]
    #[ts(optional, type = "Id | null")]
    pub touchpoint: Option<Option<Id>>,
    pub due: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[ts(optional, type = "number | null")]
    pub at: Option<Option<i64>>,
    #[serde(default, deserialize_with = "present")]
    #[ts(optional, type = "string | null")]
    pub zone: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    #[ts(optional, type = "Every | null")]
    pub every: Option<Option<Every>>,
    #[serde(default, deserialize_with = "present")]
    #[ts(optional, type = "Unless | null")]
    pub unless: Option<Option<Unless>>,
}

pub fn edit(tx: &mut Tx, input: EditFollowUp) -> Result<FollowUp> {
    let mut row: FollowUpRow = tx.get(input.id)?;
    let due = row.due.clone();
    row.kind = input.kind.unwrap_or(row.kind);
    if let Some(text) = input.text {
        row.text = text.trim().to_owned();
    }
    if let Some(person) = input.person {
        let person = person.map(|person| people::root(tx, person)).transpose()?;
        // Whoever was merged keeps what was theirs, so that they have it again when the merge is taken back.
        if person != root_of(tx, &row)? {
            row.person_id = person;
        }
    }
    if let Some(touchpoint) = input.touchpoint {
        if let Some(touchpoint) = touchpoint {
            tx.get::<Touchpoint>(touchpoint)?;
        }
        row.touchpoint_id = touchpoint;
    }
    let moved = input.due.is_some();
    row.due = input.due.unwrap_or(row.due);
    row.unless = input.unless.unwrap_or(row.unless);
    if row.kind == FollowUpKind::Promise && input.unless.is_none() {
        row.unless = None;
    }
    // A minute of another day is none of this one.
    let at = input.at.unwrap_or(row.at.filter(|_| !moved));
    let zone = input.zone.unwrap_or(row.zone.take());
    set_minute(tx, &mut row, at, zone)?;
    let (before, begun) = (row.every.take().map(|every| every.0), row.begun.take());
    let every = input.every.unwrap_or_else(|| before.clone());
    let goes_on = goes_on(before.as_ref(), every.as_ref(), row.due != due);
    repeat(&mut row, every);
    if goes_on {
        row.begun = begun;
    }
    fits(&row)?;
    if let Some(person) = root_of(tx, &row)?.filter(|_| row.kind == FollowUpKind::CheckIn) {
        may_be_checked_on(tx, &[person])?;
    }
    tx.put(&row)?;
    told(tx, row.id)
}

/// Whether a series is counted on from where it was. One that is moved, or comes in other steps, is counted from there;
/// the last contact, and the day it was settled, stay what they were.
fn goes_on(before: Option<&Every>, every: Option<&Every>, moved: bool) -> bool {
    match (before, every) {
        (Some(before), Some(every)) if before.anchor == every.anchor => {
            every.anchor == Anchor::LastContact || (!moved && (before.n, before.unit) == (every.n, every.unit))
        }
        _ => false,
    }
}

/// Whom it is about now, whoever they were merged into.
fn root_of(tx: &Tx, row: &FollowUpRow) -> Result<Option<Id>> {
    row.person_id.map_or(Ok(None), |person| tx.scalar("SELECT root FROM people WHERE id = ?1", [person]))
}
