//! How a follow-up ends, and how it comes again.
use super::{Anchor, FollowUp, FollowUpId, FollowUpRow, NewFollowUp, Status, newer, open_one, put_new, shown, told};
use crate::{
    days,
    error::{Result, invalid},
    id::Id,
    people::text,
    record::AsJson,
    store::Tx,
    time,
    touchpoints::{self, Attendee, LogTouchpoint},
    workspace,
};
use serde::Deserialize;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct DoneWith {
    pub id: Id,
    /// What came of it.
    #[ts(optional)]
    pub note: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
pub struct NotReplied {
    pub id: Id,
    /// `YYYY-MM-DD`: look again on that day.
    #[ts(optional)]
    pub again: Option<String>,
}

/// It is done. One that repeats comes again.
pub fn done(tx: &mut Tx, input: DoneWith) -> Result<FollowUp> {
    let row = open_one(tx, input.id)?;
    let id = settle(tx, row, Status::Done, input.note, None)?;
    told(tx, id)
}

/// It is let go, with whatever would have come after it.
pub fn drop(tx: &mut Tx, input: FollowUpId) -> Result<FollowUp> {
    let row = open_one(tx, input.id)?;
    let id = settle(tx, row, Status::Dropped, None, None)?;
    told(tx, id)
}

/// It is open after all, and from now on it does not clear by itself. Of a series, the next one goes.
pub fn reopen(tx: &mut Tx, input: FollowUpId) -> Result<FollowUp> {
    let mut row: FollowUpRow = tx.get(input.id)?;
    if row.status == Status::Open {
        return invalid("id", "That is open already.");
    }
    let later: Vec<FollowUpRow> =
        tx.find("WHERE series = ?1 AND (nth, id) > (?2, ?3) AND deleted_at IS NULL", (row.series, row.nth, row.id))?;
    if later.iter().any(|later| later.status != Status::Open) {
        return invalid("id", "This repeats, and a later one is settled too. Open that one.");
    }
    for later in later {
        tx.trash::<FollowUpRow>(later.id)?;
    }
    if row.status == Status::AutoCleared {
        row.unless = None;
    }
    row.status = Status::Open;
    (row.settled_on, row.cleared_by, row.note) = (None, None, None);
    tx.put(&row)?;
    told(tx, row.id)
}

/// They replied: that is logged as theirs, and the check is done. Whatever else waited for a reply clears by itself.
pub fn replied(tx: &mut Tx, input: DoneWith) -> Result<FollowUp> {
    let row = open_one(tx, input.id)?;
    let Some(person) = row.person_id else {
        return invalid("id", "Nobody is named here who could have replied. Mark it as done.");
    };
    let note = text(input.note);
    touchpoints::log(tx, LogTouchpoint::new("replied", vec![Attendee::new(person)], note.clone()))?;
    let id = settle(tx, row, Status::Done, note, None)?;
    told(tx, id)
}

/// They did not reply. The check is done, and another one may take its place.
pub fn not_replied(tx: &mut Tx, input: NotReplied) -> Result<FollowUp> {
    let row = open_one(tx, input.id)?;
    let again = match input.again {
        Some(day) => {
            if time::day("again", &day)? <= workspace::today(tx)? {
                return invalid("again", "Choose a day after today.");
            }
            Some(NewFollowUp {
                kind: Some(row.kind),
                text: row.text.clone(),
                person: row.person_id,
                touchpoint: row.touchpoint_id,
                due: day,
                unless: Some(row.unless),
                ..NewFollowUp::default()
            })
        }
        None => None,
    };
    let mut id = settle(tx, row, Status::Done, Some("They did not reply.".into()), None)?;
    if let Some(again) = again {
        id = put_new(tx, again)?;
    }
    told(tx, id)
}

/// Settles an open one, in whatever way, and writes the next of its series.
pub(super) fn settle(
    tx: &mut Tx,
    mut row: FollowUpRow,
    status: Status,
    note: Option<String>,
    cleared_by: Option<Id>,
) -> Result<Id> {
    let today = workspace::today(tx)?;
    // What hung on the last contact was due when that said so.
    row.due = shown::due_of(tx, &row)?;
    row.status = status;
    row.settled_on = Some(today.to_string());
    row.note = text(note);
    row.cleared_by = cleared_by;
    tx.put(&row)?;
    if status != Status::Dropped && newer(tx, &row)? == 0 {
        come_again(tx, &row)?;
    }
    Ok(row.id)
}

fn come_again(tx: &mut Tx, row: &FollowUpRow) -> Result<()> {
    let Some(AsJson(every)) = &row.every else { return Ok(()) };
    let (today, due) = (workspace::today(tx)?, time::day("due", &row.due)?);
    let begun = row.begun.as_deref().map_or(Ok(due), |day| time::day("begun", day))?;
    let Some(next) = every.next(begun, due, today, row.nth, workspace::weekend(tx)?) else { return Ok(()) };
    let at = match (row.at, &row.zone) {
        (Some(at), Some(zone)) => {
            let zone = time::zone("zone", zone)?;
            Some(days::instant(next, days::civil(at, zone).1, zone))
        }
        _ => None,
    };
    let begun = match every.anchor {
        Anchor::Due => row.begun.clone(),
        Anchor::Done => None,
        Anchor::LastContact => Some(today.to_string()),
    };
    tx.insert(&FollowUpRow {
        id: tx.new_id(),
        due: next.to_string(),
        at,
        hidden_until: None,
        snoozes: 0,
        nth: row.nth + 1,
        begun,
        status: Status::Open,
        settled_on: None,
        cleared_by: None,
        note: None,
        ..row.clone()
    })
}
