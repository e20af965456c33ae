//! What was promised and what is to come back: noted, kept, put off, let go.
mod calendar;
mod clear;
mod every;
pub(crate) mod open;
mod reminders;
mod settle;
mod shown;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod years;

pub use calendar::{Calendar, calendar};
pub(crate) use clear::{bring_back, clear};
pub use every::{Anchor, Every, Unit};
pub use reminders::{Reminder, Reminders, Told, reminded, reminders};
pub use settle::{DoneWith, NotReplied, done, drop, not_replied, reopen, replied};
pub(crate) use shown::whom;
pub use shown::{FollowUp, FollowUpRows, FollowUpStatus, FollowUpWindow, FollowUpsOf, list, of};

use crate::{
    days,
    error::{Error, Result, invalid},
    id::Id,
    people::{self, Count, text},
    record::{AsJson, Check},
    store::{Subject, Tx},
    time,
    touchpoints::{Touchpoint, present},
    workspace,
};
use serde::Deserialize;
use ts_rs::TS;

words! {
    /// What is to be done.
    pub enum FollowUpKind {
        /// Something was promised: it stays until it is kept or dropped.
        Promise = "promise",
        /// To hear how they are doing.
        CheckIn = "check_in",
        /// To see whether they replied.
        ReplyCheck = "reply_check",
        /// A day that passes whether one is ready or not.
        Deadline = "deadline",
    }
}
words! {
    /// What makes it needless.
    pub enum Unless { TheyReply = "they_reply", StageMoves = "stage_moves", }
}
words! {
    pub enum Status { Open = "open", Done = "done", Dropped = "dropped", AutoCleared = "auto_cleared", }
}

record! {
    /// Something to come back to.
    pub struct FollowUpRow in "followups" as "follow-up", Trash,
    concerns Column("person_id"),
    hangs on ["person_id" -> "people", "touchpoint_id" -> "touchpoints"] {
        /// The follow-up's own id.
        pub id: Id,
        /// What is to be done.
        pub kind: FollowUpKind,
        /// What there is to do.
        pub text: String,
        /// For whom.
        pub person_id: Option<Id>,
        /// The entry in which it was promised.
        pub touchpoint_id: Option<Id>,
        /// `YYYY-MM-DD` as given; snoozing never moves it.
        pub due: String,
        /// Instant, ms UTC; only when the minute matters.
        pub at: Option<i64>,
        /// IANA: where that minute was said.
        pub zone: Option<String>,
        /// `YYYY-MM-DD`: it does not show before that day.
        pub hidden_until: Option<String>,
        /// How often it was put off.
        pub snoozes: u32,
        /// How it comes again.
        pub every: Option<AsJson<Every>>,
        /// The first of those that repeat; the newest of a series is its open one.
        pub series: Option<Id>,
        /// Which of the series, from 1.
        pub nth: u32,
        /// `YYYY-MM-DD`: the day a series is counted from.
        pub begun: Option<String>,
        /// What makes it needless.
        pub unless: Option<Unless>,
        /// Open, or how it ended.
        pub status: Status,
        /// `YYYY-MM-DD`: when it ended.
        pub settled_on: Option<String>,
        /// The touchpoint or the move that cleared it.
        pub cleared_by: Option<Id>,
        /// What was said when it ended.
        pub note: Option<String>,
    }
}

impl Check for FollowUpRow {
    fn check(&self) -> Result<()> {
        if self.text.trim().is_empty() {
            return invalid("text", "Say in a few words what there is to do.");
        }
        if self.kind == FollowUpKind::Promise && self.unless.is_some() {
            return invalid(
                "unless",
                "A promise stays until you keep it or drop it. Make it a check-in if it may clear by itself.",
            );
        }
        time::day("due", &self.due)?;
        for (field, day) in
            [("hiddenUntil", &self.hidden_until), ("begun", &self.begun), ("settledOn", &self.settled_on)]
        {
            if let Some(day) = day {
                time::day(field, day)?;
            }
        }
        if let Some(zone) = &self.zone {
            time::zone("zone", zone)?;
        }
        if self.at.is_some() != self.zone.is_some() {
            return invalid("zone", "A minute needs the time zone it is counted in, and a time zone its minute.");
        }
        self.every.as_ref().map_or(Ok(()), |every| every.0.check())
    }
}

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

#[derive(Debug, Deserialize, TS)]
pub struct FollowUpId {
    pub id: Id,
}

#[derive(Debug, Deserialize, TS)]
pub struct Snooze {
    pub id: Id,
    /// `YYYY-MM-DD`: it shows again on that day.
    pub until: String,
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
    let kind = input.kind.unwrap_or(FollowUpKind::Promise);
    let person_id = input.person.map(|person| people::root(tx, person)).transpose()?;
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
    fits(tx, &row)?;
    tx.insert(&row)?;
    Ok(row.id)
}

/// One for each of these people, in one step.
pub fn for_each(tx: &mut Tx, input: FollowUpForEach) -> Result<Count> {
    let people = people::roots(tx, &input.people)?;
    if people.is_empty() {
        return invalid("people", "Choose somebody first.");
    }
    for person in &people {
        let each = NewFollowUp {
            kind: input.kind,
            text: input.text.clone(),
            person: Some(*person),
            due: input.due.clone(),
            ..NewFollowUp::default()
        };
        put_new(tx, each)?;
    }
    tx.about(Subject::Person(people[0]), Some(people.len()), None)?;
    Ok(Count { people: people.len() as u32 })
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
    fits(tx, &row)?;
    tx.put(&row)?;
    told(tx, row.id)
}

/// Puts it off. The due day stays what it was (I24).
pub fn snooze(tx: &mut Tx, input: Snooze) -> Result<FollowUp> {
    let mut row = open_one(tx, input.id)?;
    let until = time::day("until", &input.until)?;
    if until <= workspace::today(tx)? {
        return invalid("until", "Choose a day after today, so that it can come back.");
    }
    row.hidden_until = Some(until.to_string());
    row.snoozes += 1;
    tx.put(&row)?;
    told(tx, row.id)
}

/// What is still open, and the newest of its series.
fn open_one(tx: &Tx, id: Id) -> Result<FollowUpRow> {
    let row: FollowUpRow = tx.get(id)?;
    if row.status != Status::Open {
        return invalid("id", "That is settled already. Open it again first.");
    }
    if newer(tx, &row)? > 0 {
        return invalid("id", "This repeats, and a later one has taken its place.");
    }
    Ok(row)
}

/// How many living ones of the same series come after this one.
fn newer(tx: &Tx, row: &FollowUpRow) -> Result<u32> {
    Ok(tx
        .scalar(
            "SELECT count(*) FROM followups WHERE series = ?1 AND (nth, id) > (?2, ?3) AND deleted_at IS NULL",
            (row.series, row.nth, row.id),
        )?
        .unwrap_or(0))
}

fn set_minute(tx: &Tx, row: &mut FollowUpRow, at: Option<i64>, zone: Option<String>) -> Result<()> {
    (row.at, row.zone) = (at, None);
    if let Some(at) = at {
        let zone = match text(zone) {
            Some(zone) => time::zone("zone", &zone)?,
            None => workspace::zone(tx)?,
        };
        row.zone = Some(zone.name().to_owned());
        row.due = days::civil(at, zone).0.to_string();
    }
    time::day("due", &row.due).map(std::mem::drop)
}

/// Makes a follow-up the first of a series, or takes it out of one.
fn repeat(row: &mut FollowUpRow, every: Option<Every>) {
    row.begun = every.as_ref().filter(|every| every.anchor == Anchor::Due).map(|_| row.due.clone());
    if row.series.is_none() {
        row.series = every.as_ref().map(|_| row.id);
    }
    row.every = every.map(AsJson);
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

/// What only makes sense with somebody, has somebody.
fn fits(tx: &Tx, row: &FollowUpRow) -> Result<()> {
    if row.person_id.is_none() && row.unless.is_some() {
        return invalid("person", "Say whose reply or move would clear it.");
    }
    if row.person_id.is_none() && row.every.as_ref().is_some_and(|every| every.0.anchor == Anchor::LastContact) {
        return invalid("person", "Say whom you want to stay in touch with.");
    }
    if let Some(person) = row.person_id
        && row.kind == FollowUpKind::CheckIn
    {
        let asked_not_to: Option<String> = tx.scalar(
            "SELECT r.display_name FROM people p JOIN people r ON r.id = p.root WHERE p.id = ?1 AND r.do_not_contact",
            [person],
        )?;
        if let Some(name) = asked_not_to {
            return invalid("person", format!("{name} asked not to be contacted, so there is no check-in with them."));
        }
    }
    Ok(())
}

/// Ends a write about one follow-up: says what it was about, and answers how it stands now.
fn told(tx: &mut Tx, id: Id) -> Result<FollowUp> {
    tx.about(Subject::Row("followups", id), None, None)?;
    people::state::refresh_concerned(tx)?;
    let row = tx.get(id)?;
    shown::one(tx, row)
}

/// A living follow-up, whatever its state.
pub(crate) fn row(tx: &Tx, id: Id) -> Result<FollowUpRow> {
    tx.find_one("WHERE id = ?1 AND deleted_at IS NULL", [id])?.ok_or(Error::NotFound("follow-up"))
}
