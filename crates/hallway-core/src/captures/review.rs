//! The evening: lines that were only written down, and what was captured today, each looked at once more.
use super::{
    Capture, drafts,
    reading::{self, CaptureReading, ReadCapture},
};
use crate::{
    contact_points, doubles,
    error::{Result, invalid},
    id::Id,
    journey::engine::Stage,
    normal::ContactKind,
    people::{self, PersonId, PersonPick},
    rpc::Empty,
    store::{Subject, Tx},
    time::Now,
    workspace,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The longest line that is kept; more than that is a text, and no line.
const LONGEST: usize = 4_000;
/// As many lines as are kept at once.
const MOST: usize = 1_000;
/// As many as are read when nobody says how many, and at most: each is looked up among everybody.
const READ: u32 = 25;
const READ_AT_MOST: u32 = 2_000;

/// What is looked at again: lines that wait, and what was captured since an instant and is still there, with whom it is
/// about.
const TO_REVIEW: &str = "FROM captures c WHERE c.reviewed = 0 AND c.deleted_at IS NULL AND (c.touchpoint_id IS NULL OR c.created_at >= ?1
   AND EXISTS (SELECT 1 FROM touchpoints t WHERE t.id = c.touchpoint_id AND t.deleted_at IS NULL)
   AND EXISTS (SELECT 1 FROM people p JOIN people r ON r.id = p.root WHERE p.id = c.person_id AND p.deleted_at IS NULL AND r.deleted_at IS NULL))";

#[derive(Debug, Deserialize, TS)]
pub struct PastedLines {
    /// Lines, one below the other.
    pub text: String,
}

/// What became of pasted lines.
#[derive(Debug, Serialize, TS)]
pub struct LinesKept {
    /// Lines that wait now.
    pub lines: u32,
    /// Lines that were waiting already, or were captured word for word since yesterday.
    pub known: u32,
}

#[derive(Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ReviewOf {
    /// BCP 47; says which number comes first in 3/4.
    pub locale: Option<String>,
    /// So many at most, from the first; 25 when nothing is said.
    pub limit: Option<u32>,
}

#[derive(Debug, Serialize, TS)]
pub struct CaptureReview {
    /// Those that wait first, each in the order they were written down.
    pub lines: Vec<ReviewLine>,
    /// How many there are with those further down.
    pub total: u32,
    /// How many of them wait.
    pub waiting: u32,
}

/// A line to look at.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReviewLine {
    pub id: Id,
    pub text: String,
    /// Instant, ms UTC: when it was written down.
    pub at: i64,
    /// What it says, while it waits.
    pub reading: Option<CaptureReading>,
    /// Whom it was saved to.
    pub person: Option<PersonPick>,
    pub touchpoint: Option<Id>,
    /// The stage that was seen.
    pub observed: Option<Stage>,
    /// The note it was saved with, and what was promised in it.
    pub note: Option<String>,
    pub promised: Vec<Promised>,
    /// Their address, if they have one.
    pub email: Option<String>,
    /// Who may be the same person.
    pub twin: Option<PersonPick>,
}

/// What was promised in a line that is saved.
#[derive(Debug, Serialize, TS)]
pub struct Promised {
    /// `YYYY-MM-DD`.
    pub due: String,
    pub text: String,
}

#[derive(Debug, Deserialize, TS)]
pub struct CaptureId {
    pub id: Id,
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct Reword {
    pub id: Id,
    pub text: String,
    /// Who it is about, when somebody was chosen.
    pub picked: Option<Id>,
}

/// Writes lines down that wait for the evening. A line that is there already is not written twice.
pub fn lines(tx: &mut Tx, input: PastedLines) -> Result<LinesKept> {
    let lines: Vec<&str> = input.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return invalid("text", "There is no line in it. Write one line for each person.");
    }
    if lines.len() > MOST {
        return invalid("text", format!("At most {MOST} lines fit at once. Paste fewer."));
    }
    if lines.iter().any(|line| line.chars().count() > LONGEST) {
        return invalid(
            "text",
            format!("A line may have at most {LONGEST} characters. Write one line for each person."),
        );
    }
    let (mut kept, mut known) = (0, 0);
    let since = yesterday(tx)?;
    for line in lines {
        let there = tx.scalar::<i64>(
            "SELECT 1 FROM captures WHERE text = ?1 AND deleted_at IS NULL AND (touchpoint_id IS NULL OR created_at >= ?2) AND created_at >= ?3 LIMIT 1",
            (line, since, since - 60 * DAY),
        )?;
        if there.is_some() {
            known += 1;
            continue;
        }
        let row =
            Capture { id: tx.new_id(), text: line.to_owned(), person_id: None, touchpoint_id: None, reviewed: false };
        tx.insert(&row)?;
        tx.about(Subject::Row("captures", row.id), Some(kept as usize + 1), None)?;
        kept += 1;
    }
    Ok(LinesKept { lines: kept, known })
}

/// Lines that wait, and what was captured since yesterday and nobody has looked at again.
pub fn review(tx: &Tx, input: ReviewOf) -> Result<CaptureReview> {
    let mut query = tx.sql().prepare_cached(&format!(
        "SELECT c.id, c.text, c.created_at, c.person_id, c.touchpoint_id {TO_REVIEW}
         ORDER BY c.touchpoint_id IS NOT NULL, c.created_at, c.rid LIMIT ?2"
    ))?;
    type Row = (Id, String, i64, Option<Id>, Option<Id>);
    let limit = input.limit.unwrap_or(READ).clamp(1, READ_AT_MOST);
    let rows: Vec<Row> = query
        .query_map((yesterday(tx)?, limit), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut lines = Vec::with_capacity(rows.len());
    for (id, text, at, person, touchpoint) in rows {
        let mut line = ReviewLine {
            id,
            text,
            at,
            reading: None,
            person: None,
            touchpoint,
            observed: None,
            note: None,
            promised: Vec::new(),
            email: None,
            twin: None,
        };
        match touchpoint {
            None => {
                // Whoever was chosen may have been deleted since.
                let picked = person.and_then(|id| people::root(tx, id).ok());
                let asked = ReadCapture {
                    text: line.text.clone(),
                    locale: input.locale.clone(),
                    picked,
                    someone_new: None,
                    written: Some(Now(at)),
                };
                let reading = reading::read(tx, asked)?;
                line.person = reading.person.clone();
                line.twin = reading.near.and_then(|near| reading.people.iter().find(|pick| pick.id == near)).cloned();
                line.reading = Some(reading);
            }
            Some(touchpoint) => {
                let Some(person) = person.and_then(|id| people::root(tx, id).ok()) else { continue };
                line.person = people::pick(tx, person)?;
                line.observed = tx
                    .scalar::<Option<Stage>>(
                        "SELECT max(observed_stage) FROM touchpoint_people WHERE touchpoint_id = ?1",
                        [touchpoint],
                    )?
                    .flatten();
                line.note = tx
                    .scalar::<Option<String>>("SELECT note FROM touchpoints WHERE id = ?1", [touchpoint])?
                    .flatten()
                    .filter(|note| !note.is_empty());
                line.promised = promised(tx, touchpoint)?;
                let contacts = contact_points::of(tx, person)?;
                line.email = contacts.into_iter().find(|c| c.kind == ContactKind::Email).map(|c| c.value);
                let twins = doubles::of(tx, PersonId { id: person })?;
                line.twin =
                    twins.into_iter().next().and_then(|twin| twin.people.into_iter().find(|pick| pick.id != person));
            }
        }
        lines.push(line);
    }
    let ToReview { lines: waiting, entries } = self::waiting(tx, Empty {})?;
    Ok(CaptureReview { lines, total: waiting + entries, waiting })
}

fn promised(tx: &Tx, touchpoint: Id) -> Result<Vec<Promised>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT due, text FROM followups WHERE touchpoint_id = ?1 AND deleted_at IS NULL ORDER BY due, rid",
    )?;
    let rows = query.query_map([touchpoint], |r| Ok(Promised { due: r.get(0)?, text: r.get(1)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How much waits for a second look.
#[derive(Debug, Serialize, TS)]
pub struct ToReview {
    /// Lines that were only written down.
    pub lines: u32,
    /// What was captured since yesterday.
    pub entries: u32,
}

/// How many lines [`review`] would show, if it showed all of them.
pub fn waiting(tx: &Tx, _: Empty) -> Result<ToReview> {
    let sql = format!("SELECT coalesce(sum(c.touchpoint_id IS NULL), 0), count(c.touchpoint_id) {TO_REVIEW}");
    let row = |r: &rusqlite::Row| Ok(ToReview { lines: r.get(0)?, entries: r.get(1)? });
    Ok(tx.sql().prepare_cached(&sql)?.query_row([yesterday(tx)?], row)?)
}

/// Writes a waiting line anew, or says whom it is about.
pub fn reword(tx: &mut Tx, input: Reword) -> Result<Empty> {
    let mut line = waiting_line(tx, input.id)?;
    if input.text.trim().is_empty() {
        return invalid("text", "Write who it was, or drop the line.");
    }
    line.text = input.text.trim().to_owned();
    line.person_id = input.picked.map(|id| people::root(tx, id)).transpose()?;
    tx.put(&line)?;
    tx.about(Subject::Row("captures", line.id), None, None)?;
    Ok(Empty {})
}

/// What was captured was looked at again.
pub fn done(tx: &mut Tx, input: CaptureId) -> Result<Empty> {
    let mut line: Capture = tx.get(input.id)?;
    if line.touchpoint_id.is_none() {
        return invalid("id", "This line still waits. Save it, or drop it.");
    }
    line.reviewed = true;
    tx.put(&line)?;
    if let Some(person) = line.person_id {
        tx.about(Subject::Person(person), None, None)?;
    }
    Ok(Empty {})
}

/// Drops a waiting line. Undo brings it back.
pub fn drop(tx: &mut Tx, input: CaptureId) -> Result<Empty> {
    let line = waiting_line(tx, input.id)?;
    tx.trash::<Capture>(line.id)?;
    drafts::forget_text(tx, &line.text)?;
    tx.about(Subject::Row("captures", line.id), None, None)?;
    Ok(Empty {})
}

/// A line that waits; what was saved, or dropped, does not.
pub(super) fn waiting_line(tx: &Tx, id: Id) -> Result<Capture> {
    let line: Capture = tx.get(id)?;
    if line.touchpoint_id.is_some() {
        return invalid("id", "This line was saved. Change the entry it became.");
    }
    Ok(line)
}

const DAY: i64 = 86_400_000;

/// The instant at which yesterday began, as the workspace counts.
fn yesterday(tx: &Tx) -> Result<i64> {
    let zone = workspace::zone(tx)?;
    let day = Now(tx.now.0 - DAY).day_in(zone);
    Ok(crate::days::instant(day, chrono::NaiveTime::MIN, zone))
}
