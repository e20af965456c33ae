//! `open_followups`: what is open, with the day it is due and the day it shows. Derived, like everything about people.
use super::{Anchor, FollowUpRow};
use crate::{days, error::Result, id::Id, store::Tx, time, workspace};
use chrono::NaiveDate;

/// The newest living one of a series is its open one (I25), whatever undo brings back in whatever order.
pub(super) const OPEN: &str = "f.status = 'open' AND f.deleted_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM followups g WHERE g.series = f.series AND (g.nth, g.id) > (f.nth, f.id) AND g.deleted_at IS NULL)";

/// Makes somebody's anew. `person` stands for whoever was merged into them.
pub(crate) fn refresh(tx: &mut Tx, person: Id) -> Result<()> {
    let gone = tx.sql().prepare_cached("DELETE FROM open_followups WHERE person = ?1")?.execute([person])?;
    let rows: Vec<FollowUpRow> = tx.find(
        &format!(
            "f WHERE f.person_id IN (SELECT p.id FROM people p JOIN people r ON r.id = p.root
               WHERE p.root = ?1 AND p.deleted_at IS NULL AND r.deleted_at IS NULL) AND {OPEN}"
        ),
        [person],
    )?;
    if gone > 0 || !rows.is_empty() {
        tx.mark_changed("open_followups");
    }
    put(tx, Some(person), rows)
}

/// Makes those anew that are nobody's.
pub(crate) fn refresh_of_nobody(tx: &mut Tx) -> Result<()> {
    tx.sql().execute("DELETE FROM open_followups WHERE person IS NULL", [])?;
    let rows: Vec<FollowUpRow> = tx.find(&format!("f WHERE f.person_id IS NULL AND {OPEN}"), [])?;
    tx.mark_changed("open_followups");
    put(tx, None, rows)
}

fn put(tx: &mut Tx, person: Option<Id>, rows: Vec<FollowUpRow>) -> Result<()> {
    for row in rows {
        let Some((due, at)) = due(tx, &row)? else { continue };
        let due = due.to_string();
        let shown = row.hidden_until.clone().filter(|hidden| *hidden > due).unwrap_or_else(|| due.clone());
        tx.sql()
            .prepare_cached(
                "INSERT OR REPLACE INTO open_followups (followup, person, kind, due_on, shown_on, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((row.id, person, row.kind, due, shown, at))?;
    }
    Ok(())
}

/// The day an open one is due, and the instant when the minute matters. None when it hangs on the last contact and that
/// day would be after its last one.
pub(super) fn due(tx: &Tx, row: &FollowUpRow) -> Result<Option<(NaiveDate, Option<i64>)>> {
    let given = time::day("due", &row.due)?;
    let Some(every) = row.every.as_ref().map(|every| &every.0).filter(|every| every.anchor == Anchor::LastContact)
    else {
        return Ok(Some((given, row.at)));
    };
    let person = row.person_id.unwrap_or(Id([0; 16]));
    let root: Id = tx.scalar("SELECT root FROM people WHERE id = ?1", [person])?.unwrap_or(person);
    let settled = row.begun.as_deref().map(|day| time::day("begun", day)).transpose()?;
    let from = last_contact(tx, root)?.max(settled);
    let weekend = workspace::weekend(tx)?;
    let due = from.and_then(|from| every.after(from, 1, weekend)).unwrap_or(given);
    if every.until.as_ref().is_some_and(|until| due.to_string() > *until) {
        return Ok(None);
    }
    let at = match (row.at, &row.zone) {
        (Some(at), Some(zone)) => {
            let zone = time::zone("zone", zone)?;
            Some(days::instant(due, days::civil(at, zone).1, zone))
        }
        _ => None,
    };
    Ok(Some((due, at)))
}

/// The day of the newest contact with somebody in both directions.
pub(crate) fn last_contact(tx: &Tx, person: Id) -> Result<Option<NaiveDate>> {
    let day: Option<Option<String>> = tx.scalar(
        "SELECT max(t.on_day) FROM touchpoint_people tp JOIN touchpoints t ON t.id = tp.touchpoint_id
         WHERE tp.person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND tp.role <> 'about'
           AND t.direction = 'two_way' AND t.deleted_at IS NULL AND t.precision <> 'unknown'",
        [person],
    )?;
    day.flatten().map(|day| time::day("onDay", &day)).transpose()
}

/// Marks those with whom something is counted in business days from the last contact, after the weekend was changed.
pub(crate) fn concern_those_in_business_days(tx: &mut Tx) -> Result<()> {
    let people: Vec<Id> = tx.column(
        "SELECT DISTINCT o.person FROM open_followups o JOIN followups f ON f.id = o.followup
         WHERE o.person IS NOT NULL AND json_extract(f.every, '$.unit') = 'business_day' AND json_extract(f.every, '$.anchor') = 'last_contact'",
        [],
    )?;
    for person in people {
        tx.concern(person);
    }
    Ok(())
}
