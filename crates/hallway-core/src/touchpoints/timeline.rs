//! One person's timeline, newest first, a page at a time.
use super::{Intent, Precision, Source, parts};
use crate::{
    error::{Error, Result, invalid},
    id::Id,
    journey::{
        self,
        engine::{Direction, ObservedBy, Role, Stage},
    },
    store::Tx,
    time,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct TimelineOf {
    pub person: Id,
    /// The last entry's cursor; nothing for the first page.
    #[ts(optional)]
    pub after: Option<String>,
    pub limit: u32,
    /// `YYYY-MM-DD`: only what happened up to that day. What happened nobody knows when is then left out.
    #[ts(optional)]
    pub until: Option<String>,
}

#[derive(Debug, Serialize, TS)]
pub struct Timeline {
    pub entries: Vec<TimelineEntry>,
    pub more: bool,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelineEntry {
    pub id: Id,
    /// Its place in the list, for the next page.
    pub cursor: String,
    pub kind: String,
    pub label: String,
    pub direction: Direction,
    pub on_day: String,
    pub precision: Precision,
    pub at: Option<i64>,
    pub zone: Option<String>,
    pub intent: Option<Intent>,
    pub note: Option<String>,
    pub quote: Option<String>,
    pub sentiment: Option<i8>,
    pub minutes: Option<u32>,
    pub needs_answer: bool,
    pub source: Source,
    pub people: Vec<TimelinePerson>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelinePerson {
    pub id: Id,
    pub name: String,
    pub role: Role,
    pub observed_stage: Option<Stage>,
    pub observed_by: ObservedBy,
    pub incentivised: bool,
}

const COLUMNS: &str = "t.id, t.kind, t.direction, t.on_day, t.precision, t.at, t.zone, t.intent, t.note, t.quote, t.sentiment, t.minutes, t.needs_answer, t.source, t.rid";
/// Unknown days come last, whatever day they are filed under.
const PLACE: &str = "(t.precision <> 'unknown', t.on_day, coalesce(t.at, 0), t.rid)";

pub fn timeline(tx: &Tx, input: TimelineOf) -> Result<Timeline> {
    let limit = input.limit.clamp(1, 500) as usize;
    let (known, day, at, rid) = match &input.after {
        Some(cursor) => parse(cursor)?,
        None => (2, String::new(), 0, 0),
    };
    let until = input.until.as_deref().map(|day| time::day("until", day)).transpose()?.map(|day| day.to_string());
    let mut query = tx.sql().prepare_cached(&format!(
        "SELECT {COLUMNS} FROM touchpoints t
         WHERE t.id IN (SELECT touchpoint_id FROM touchpoint_people WHERE person_id IN (SELECT id FROM people
             WHERE root = (SELECT root FROM people WHERE id = ?1) AND deleted_at IS NULL))
           AND t.deleted_at IS NULL AND {PLACE} < (?2, ?3, ?4, ?5)
           AND (?7 IS NULL OR (t.precision <> 'unknown' AND t.on_day <= ?7))
         ORDER BY t.precision <> 'unknown' DESC, t.on_day DESC, coalesce(t.at, 0) DESC, t.rid DESC LIMIT ?6"
    ))?;
    let rows = query.query_map(rusqlite::params![input.person, known, day, at, rid, limit as i64 + 1, until], read)?;
    let mut entries = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let more = entries.len() > limit;
    entries.truncate(limit);
    for entry in &mut entries {
        complete(tx, entry)?;
    }
    Ok(Timeline { entries, more })
}

pub(super) fn entry(tx: &Tx, id: Id) -> Result<TimelineEntry> {
    let mut query = tx
        .sql()
        .prepare_cached(&format!("SELECT {COLUMNS} FROM touchpoints t WHERE t.id = ?1 AND t.deleted_at IS NULL"))?;
    let mut entry = query.query_map([id], read)?.next().transpose()?.ok_or(Error::NotFound("touchpoint"))?;
    complete(tx, &mut entry)?;
    Ok(entry)
}

fn read(r: &rusqlite::Row) -> rusqlite::Result<TimelineEntry> {
    let (kind, on_day, precision, at, rid): (String, String, Precision, Option<i64>, i64) =
        (r.get(1)?, r.get(3)?, r.get(4)?, r.get(5)?, r.get(14)?);
    let known = i32::from(precision != Precision::Unknown);
    Ok(TimelineEntry {
        id: r.get(0)?,
        cursor: format!("{known}|{on_day}|{}|{rid}", at.unwrap_or(0)),
        label: kind.clone(),
        kind,
        direction: r.get(2)?,
        on_day,
        precision,
        at,
        zone: r.get(6)?,
        intent: r.get(7)?,
        note: r.get(8)?,
        quote: r.get(9)?,
        sentiment: r.get(10)?,
        minutes: r.get(11)?,
        needs_answer: r.get(12)?,
        source: r.get(13)?,
        people: vec![],
    })
}

fn complete(tx: &Tx, entry: &mut TimelineEntry) -> Result<()> {
    if let Some(kind) = journey::config(tx)?.1.kind(&entry.kind) {
        entry.label = kind.label.clone().into_owned();
    }
    for (id, part) in parts::at(tx, entry.id)? {
        let name: Option<String> = tx.scalar("SELECT display_name FROM people WHERE id = ?1", [id])?;
        entry.people.push(TimelinePerson {
            id,
            name: name.unwrap_or_default(),
            role: part.role,
            observed_stage: part.observed_stage,
            observed_by: part.observed_by,
            incentivised: part.incentivised,
        });
    }
    Ok(())
}

fn parse(cursor: &str) -> Result<(i32, String, i64, i64)> {
    let parts: Vec<&str> = cursor.split('|').collect();
    match parts.as_slice() {
        [known, day, at, rid] => match (known.parse(), at.parse(), rid.parse()) {
            (Ok(known), Ok(at), Ok(rid)) => Ok((known, (*day).to_owned(), at, rid)),
            _ => invalid("after", "That place in the timeline is not known. Ask from the beginning."),
        },
        _ => invalid("after", "That place in the timeline is not known. Ask from the beginning."),
    }
}
