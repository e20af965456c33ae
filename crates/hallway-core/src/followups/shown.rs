//! Follow-ups as they are shown: by the row that stands for the person, with the day that counts.
use super::{Every, FollowUpKind, FollowUpRow, Status, Unless, open};
use crate::{
    error::Result,
    id::Id,
    journey,
    people::{self, PersonPick},
    store::Tx,
    time,
    trust::is_left_alone,
    workspace,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many settled ones of somebody are shown.
const SETTLED: u32 = 20;

/// The open ones without the columns that a follow-up has itself.
const OPEN_ONES: &str = "(SELECT followup, person, due_on, at AS minute FROM open_followups)";

#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FollowUp {
    pub id: Id,
    pub kind: FollowUpKind,
    pub text: String,
    pub person: Option<PersonPick>,
    /// They asked not to be written to, wherever they could be reached: what was promised is kept in person, and there is no
    /// check-in.
    pub left_alone: bool,
    /// The entry in which it was promised.
    pub touchpoint: Option<Id>,
    /// `YYYY-MM-DD`: what hangs on the last contact is worked out from it. Snoozing never moves it.
    pub due: String,
    /// Instant, ms UTC; only when the minute matters.
    pub at: Option<i64>,
    /// IANA: where that minute was said.
    pub zone: Option<String>,
    pub hidden_until: Option<String>,
    pub snoozes: u32,
    pub every: Option<Every>,
    pub unless: Option<Unless>,
    pub status: Status,
    pub settled_on: Option<String>,
    /// What cleared it, as a sentence.
    pub because: Option<String>,
    /// What was said when it ended.
    pub note: Option<String>,
    /// Whole days past due, by today or by the day it ended; negative days are to go.
    #[ts(type = "number")]
    pub late: i64,
}

#[derive(Debug, Deserialize, TS)]
pub struct FollowUpsOf {
    pub person: Id,
}

words! {
    pub enum FollowUpStatus { Open = "open", Settled = "settled", }
}

#[derive(Debug, Deserialize, TS)]
pub struct FollowUpWindow {
    pub status: FollowUpStatus,
    pub offset: u32,
    pub limit: u32,
}

#[derive(Debug, Serialize, TS)]
pub struct FollowUpRows {
    pub total: u32,
    pub rows: Vec<FollowUp>,
}

/// Somebody's: what is open, first what is due first; then what ended last.
pub fn of(tx: &Tx, input: FollowUpsOf) -> Result<Vec<FollowUp>> {
    let person = people::root(tx, input.person)?;
    let mut rows: Vec<FollowUpRow> = tx.find(
        &format!("f JOIN {OPEN_ONES} o ON o.followup = f.id WHERE o.person = ?1 ORDER BY o.due_on, o.minute, f.rid"),
        [person],
    )?;
    rows.extend(tx.find::<FollowUpRow>(
        "f WHERE f.person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND f.status <> 'open' AND f.deleted_at IS NULL
         ORDER BY f.settled_on DESC, f.updated_at DESC, f.rid DESC LIMIT ?2",
        (person, SETTLED),
    )?);
    rows.into_iter().map(|row| one(tx, row)).collect()
}

/// Everybody's, a window at a time: what is open by the day it shows, what ended from the newest.
pub fn list(tx: &Tx, input: FollowUpWindow) -> Result<FollowUpRows> {
    let limit = input.limit.clamp(1, 500);
    // Somebody in the trash takes theirs along.
    const SETTLED_THERE: &str = "f.status <> 'open' AND f.settled_on IS NOT NULL AND f.deleted_at IS NULL AND (f.person_id IS NULL OR EXISTS (
        SELECT 1 FROM people p JOIN people r ON r.id = p.root WHERE p.id = f.person_id AND p.deleted_at IS NULL AND r.deleted_at IS NULL))";
    let (total, rows): (Option<u32>, Vec<FollowUpRow>) = match input.status {
        FollowUpStatus::Open => (
            tx.scalar("SELECT count(*) FROM open_followups", [])?,
            tx.find(
                &format!("f JOIN {OPEN_ONES} o ON o.followup = f.id ORDER BY o.due_on, o.minute, f.rid LIMIT ?1 OFFSET ?2"),
                (limit, input.offset),
            )?,
        ),
        FollowUpStatus::Settled => (
            tx.scalar(&format!("SELECT count(*) FROM followups f WHERE {SETTLED_THERE}"), [])?,
            tx.find(
                &format!("f WHERE {SETTLED_THERE} ORDER BY f.settled_on DESC, f.updated_at DESC, f.rid DESC LIMIT ?1 OFFSET ?2"),
                (limit, input.offset),
            )?,
        ),
    };
    Ok(FollowUpRows {
        total: total.unwrap_or(0),
        rows: rows.into_iter().map(|row| one(tx, row)).collect::<Result<_>>()?,
    })
}

/// One as it is shown.
pub(super) fn one(tx: &Tx, row: FollowUpRow) -> Result<FollowUp> {
    let person = match row.person_id {
        Some(id) => match tx.scalar::<Id>("SELECT root FROM people WHERE id = ?1", [id])? {
            Some(root) => people::pick(tx, root)?,
            None => None,
        },
        None => None,
    };
    let (due, at) = match row.status {
        Status::Open => open::due(tx, &row)?.map_or((row.due.clone(), row.at), |(due, at)| (due.to_string(), at)),
        _ => (row.due.clone(), row.at),
    };
    let by = match &row.settled_on {
        Some(day) => time::day("settledOn", day)?,
        None => workspace::today(tx)?,
    };
    let late = (by - time::day("due", &due)?).num_days();
    let because = match row.cleared_by {
        Some(by) => because(tx, by)?,
        None => None,
    };
    let left_alone = match &person {
        Some(person) => is_left_alone(tx, person.id)?,
        None => false,
    };
    Ok(FollowUp {
        id: row.id,
        kind: row.kind,
        text: row.text,
        person,
        left_alone,
        touchpoint: row.touchpoint_id,
        due,
        at,
        zone: row.zone,
        hidden_until: row.hidden_until,
        snoozes: row.snoozes,
        every: row.every.map(|every| every.0),
        unless: row.unless,
        status: row.status,
        settled_on: row.settled_on,
        because,
        note: row.note,
        late,
    })
}

/// The day an open one counts as due.
pub(super) fn due_of(tx: &Tx, row: &FollowUpRow) -> Result<String> {
    Ok(open::due(tx, row)?.map_or_else(|| row.due.clone(), |(due, _)| due.to_string()))
}

/// What cleared one, as a sentence. Nothing when that is not there any more.
fn because(tx: &Tx, by: Id) -> Result<Option<String>> {
    let config = journey::config(tx)?;
    let touchpoint: Option<(String, String)> = {
        let mut query =
            tx.sql().prepare_cached("SELECT kind, on_day FROM touchpoints WHERE id = ?1 AND deleted_at IS NULL")?;
        query.query_map([by], |r| Ok((r.get(0)?, r.get(1)?)))?.next().transpose()?
    };
    if let Some((kind, on_day)) = touchpoint {
        let label = config.1.kind(&kind).map_or(kind.clone(), |kind| kind.label.clone().into_owned());
        return Ok(Some(format!("{label} on {}.", spoken(&on_day)?)));
    }
    let Some(change) = tx.find_one::<journey::StageChangeRow>("WHERE id = ?1 AND voided_by IS NULL", [by])? else {
        return Ok(None);
    };
    let to = change.to_stage.map_or("Not placed yet", |stage| config.1.names.at(stage));
    Ok(Some(format!("Moved to {to} on {}.", spoken(&change.on_day)?)))
}

/// `2026-05-20` as 20 May 2026.
fn spoken(day: &str) -> Result<String> {
    let day: NaiveDate = time::day("onDay", day)?;
    Ok(day.format("%-d %B %Y").to_string())
}

/// What a sentence of the history calls one: its words, and for whom.
pub(crate) fn whom(tx: &Tx, id: Id) -> Result<Option<String>> {
    tx.scalar(
        "SELECT iif(f.text GLOB '“*”', f.text, '“' || f.text || '”') || coalesce(' for ' || p.display_name, '') FROM followups f
         LEFT JOIN people p ON p.id = f.person_id WHERE f.id = ?1",
        [id],
    )
}
