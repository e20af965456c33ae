//! Something to come back to is noted: one, or one for each of many people.
use super::{
    Every, FollowUp, FollowUpKind, FollowUpRow, Status, Unless, fits, may_be_checked_on, repeat, set_minute, told,
};
use crate::{
    error::{Result, invalid},
    id::Id,
    people::{self, Count},
    store::{Subject, Tx},
    touchpoints::{Touchpoint, present},
};
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct NewFollowUp {
    /// A promise when nothing is said.
    pub kind: Option<FollowUpKind>,
    pub text: String,
    pub person: Option<Id>,
    pub touchpoint: Option<Id>,
    /// `YYYY-MM-DD`.
    pub due: String,
    /// Instant, ms UTC, when the minute matters; its day in `zone` is then the due day.
    #[ts(optional, type = "number | null")]
    pub at: Option<i64>,
    /// IANA; the workspace's when only `at` is given.
    pub zone: Option<String>,
    pub every: Option<Every>,
    /// A reply check clears when they reply, unless this is null.
    #[serde(default, deserialize_with = "present")]
    #[ts(optional, type = "Unless | null")]
    pub unless: Option<Option<Unless>>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct FollowUpForEach {
    pub people: Vec<Id>,
    pub text: String,
    /// `YYYY-MM-DD`.
    pub due: String,
    pub kind: Option<FollowUpKind>,
}

/// Notes something to come back to.
pub fn add(tx: &mut Tx, input: NewFollowUp) -> Result<FollowUp> {
    let id = put_new(tx, input)?;
    told(tx, id)
}

/// Writes a new follow-up and says nothing of it, for whoever writes more in the same step.
pub(crate) fn put_new(tx: &mut Tx, input: NewFollowUp) -> Result<Id> {
    let person = input.person.map(|person| people::root(tx, person)).transpose()?;
    if let Some(person) = person.filter(|_| input.kind == Some(FollowUpKind::CheckIn)) {
        may_be_checked_on(tx, &[person])?;
    }
    put(tx, input, person)
}

fn put(tx: &mut Tx, input: NewFollowUp, person_id: Option<Id>) -> Result<Id> {
    let kind = input.kind.unwrap_or(FollowUpKind::Promise);
    if let Some(touchpoint) = input.touchpoint {
        tx.get::<Touchpoint>(touchpoint)?;
    }
    let implied = (kind == FollowUpKind::ReplyCheck && person_id.is_some()).then_some(Unless::TheyReply);
    let mut row = FollowUpRow {
        id: tx.new_id(),
        kind,
        text: input.text.trim().to_owned(),
        person_id,
        touchpoint_id: input.touchpoint,
        due: input.due,
        at: None,
        zone: None,
        hidden_until: None,
        snoozes: 0,
        every: None,
        series: None,
        nth: 1,
        begun: None,
        unless: input.unless.unwrap_or(implied),
        status: Status::Open,
        settled_on: None,
        cleared_by: None,
        note: None,
    };
    set_minute(tx, &mut row, input.at, input.zone)?;
    repeat(&mut row, input.every);
    fits(&row)?;
    tx.insert(&row)?;
    Ok(row.id)
}

/// One for each of these people, in one step.
pub fn for_each(tx: &mut Tx, input: FollowUpForEach) -> Result<Count> {
    let people = people::roots(tx, &input.people)?;
    if people.is_empty() {
        return invalid("people", "Choose somebody first.");
    }
    if input.kind == Some(FollowUpKind::CheckIn) {
        may_be_checked_on(tx, &people)?;
    }
    for person in &people {
        let each = NewFollowUp {
            kind: input.kind,
            text: input.text.clone(),
            due: input.due.clone(),
            ..NewFollowUp::default()
        };
        put(tx, each, Some(*person))?;
    }
    tx.about(Subject::Person(people[0]), Some(people.len()), None)?;
    Ok(Count { people: people.len() as u32 })
}
