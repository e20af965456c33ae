//! What was promised and what is to come back: noted, kept, put off, let go.
mod calendar;
mod clear;
mod edit;
mod every;
mod noted;
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
pub use edit::{EditFollowUp, edit};
pub use every::{Anchor, Every, Unit};
pub(crate) use noted::put_new;
pub use noted::{FollowUpForEach, NewFollowUp, add, for_each};
pub use reminders::{Reminder, Reminders, Told, reminded, reminders};
pub use settle::{DoneWith, NotReplied, done, drop, not_replied, reopen, replied};
pub(crate) use shown::whom;
pub use shown::{FollowUp, FollowUpRows, FollowUpStatus, FollowUpWindow, FollowUpsOf, list, of};

use crate::{
    days,
    error::{Error, Result, invalid},
    id::Id,
    people::{self, text},
    record::{AsJson, Check},
    store::{Subject, Tx},
    time, trust, workspace,
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

/// Shows again what was put off. That it was put off stays counted.
pub(crate) fn show_again(tx: &mut Tx, id: Id) -> Result<()> {
    let mut row = open_one(tx, id)?;
    row.hidden_until = None;
    tx.put(&row)?;
    tx.about(Subject::Row("followups", row.id), None, None)
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

/// What only makes sense with somebody, has somebody.
fn fits(row: &FollowUpRow) -> Result<()> {
    if row.person_id.is_none() && row.unless.is_some() {
        return invalid("person", "Say whose reply or move would clear it.");
    }
    if row.person_id.is_none() && row.every.as_ref().is_some_and(|every| every.0.anchor == Anchor::LastContact) {
        return invalid("person", "Say whom you want to stay in touch with.");
    }
    Ok(())
}

/// Nobody is checked on who is left alone (I21).
fn may_be_checked_on(tx: &Tx, people: &[Id]) -> Result<()> {
    let alone = trust::left_alone_among(tx, people)?;
    let Some(first) = people.iter().find(|person| alone.contains(person)) else { return Ok(()) };
    let who: people::Person = tx.get(*first)?;
    let asked = if who.do_not_contact { "to be contacted" } else { "to be written to, wherever you could reach them" };
    invalid("person", format!("{} asked not {asked}, so there is no check-in with them.", who.display_name))
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
