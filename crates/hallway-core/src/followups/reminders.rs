//! What is due to be told outside the window, once each. A reminder is known by its follow-up and the day it shows, or by
//! its minute: whatever the clock or the zone does in between, one that was told is not told again, and one that was not
//! told waits until somebody asks.
use crate::{
    days::{days_after, instant},
    error::Result,
    id::Id,
    rpc::Empty,
    store::Tx,
    time,
    trust::{left_alone, not_left_alone},
    workspace,
};
use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// When no minute is known, it is told at nine.
const NINE: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).expect("a time of day");
/// A minute of another zone may be on another day here; no zone is further away.
const ELSEWHERE: i64 = 2;

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Reminders {
    /// Due by now and not told yet, oldest first.
    pub due: Vec<Reminder>,
    /// Instant, ms UTC: when the next one is due; nothing when none is.
    #[ts(type = "number | null")]
    pub next_at: Option<i64>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Reminder {
    /// To be said back once it is told.
    pub key: String,
    pub followup: Id,
    /// Whom it is about, by name.
    pub person: Option<String>,
    pub text: String,
    pub due: String,
    #[ts(type = "number | null")]
    pub at: Option<i64>,
}

#[derive(Debug, Deserialize, TS)]
pub struct Told {
    pub keys: Vec<String>,
}

pub fn reminders(tx: &Tx, _: Empty) -> Result<Reminders> {
    let zone = workspace::zone(tx)?;
    let today = tx.now.day_in(zone);
    let near = days_after(today, ELSEWHERE).unwrap_or(today);
    let mut due = Vec::new();
    let mut next_at: Option<i64> = None;
    let mut weigh = |found: Vec<(i64, Reminder)>, due: &mut Vec<(i64, Reminder)>| {
        for (at, reminder) in found {
            if at <= tx.now.0 {
                due.push((at, reminder));
            } else {
                next_at = Some(next_at.map_or(at, |known| known.min(at)));
            }
        }
    };
    weigh(untold(tx, None, near, zone)?, &mut due);
    // Beyond that, the first day on which anything shows, and what a minute may bring before it.
    let later: Option<Option<String>> =
        tx.scalar("SELECT min(shown_on) FROM open_followups WHERE shown_on > ?1", [near.to_string()])?;
    if let Some(first) = later.flatten() {
        let first = time::day("shownOn", &first)?;
        weigh(untold(tx, Some(near), days_after(first, ELSEWHERE).unwrap_or(first), zone)?, &mut due);
    }
    due.sort_by(|a, b| (a.0, &a.1.key).cmp(&(b.0, &b.1.key)));
    Ok(Reminders { due: due.into_iter().map(|(_, reminder)| reminder).collect(), next_at })
}

/// What shows after one day and up to another and was not told yet, with the instant at which it is to be told.
fn untold(tx: &Tx, after: Option<NaiveDate>, until: NaiveDate, zone: Tz) -> Result<Vec<(i64, Reminder)>> {
    let alone = left_alone(tx)?;
    let mut query = tx.sql().prepare_cached(&format!(
        "SELECT o.followup, s.name, f.text, o.due_on, o.shown_on, o.at FROM open_followups o JOIN followups f ON f.id = o.followup
         LEFT JOIN person_state s ON s.person = o.person
         WHERE o.shown_on > ?1 AND o.shown_on <= ?2 AND {}",
        not_left_alone("?3")
    ))?;
    let mut told = tx.sql().prepare_cached("SELECT 1 FROM reminders_told WHERE key = ?1")?;
    let after = after.map(|day| day.to_string()).unwrap_or_default();
    let mut rows = query.query((after, until.to_string(), alone.json()))?;
    let mut found = Vec::new();
    while let Some(r) = rows.next()? {
        let (followup, due, shown, at): (Id, String, String, Option<i64>) =
            (r.get(0)?, r.get(3)?, r.get(4)?, r.get(5)?);
        // Put off to another day, the minute does not matter any more.
        let (tell, key) = match at.filter(|_| shown == due) {
            Some(at) => (at, format!("{followup}@{at}")),
            None => (instant(time::day("shownOn", &shown)?, NINE, zone), format!("{followup}@{shown}")),
        };
        if !told.exists([&key])? {
            found.push((tell, Reminder { key, followup, person: r.get(1)?, text: r.get(2)?, due, at }));
        }
    }
    Ok(found)
}

/// Remembers that these were told. It is no act of anybody's, so the history does not know of it.
pub fn reminded(tx: &mut Tx, input: Told) -> Result<Empty> {
    let mut remember = tx.sql().prepare_cached("INSERT OR IGNORE INTO reminders_told (key, at) VALUES (?1, ?2)")?;
    for key in &input.keys {
        remember.execute((key, tx.now.0))?;
    }
    tx.mark_changed("reminders_told");
    Ok(Empty {})
}
