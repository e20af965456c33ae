//! Follow-ups as a calendar (RFC 5545) that a calendar program can subscribe to. What is settled stays for a while as
//! cancelled, so that it goes from calendars that remember it.
use super::{Anchor, FollowUpRow, Status, open};
use crate::{
    days::days_after,
    error::Result,
    id::Id,
    rpc::Empty,
    store::Tx,
    time,
    trust::{left_alone, not_left_alone},
    workspace,
};
use chrono::{DateTime, NaiveDate};
use serde::Serialize;
use ts_rs::TS;

/// What is settled is told as cancelled for so many days.
const REMEMBERED: i64 = 30;
/// A line is at most so many octets long, without its end.
const LINE: usize = 75;
/// What has a minute takes a quarter of an hour, so that a calendar can draw it.
const QUARTER: i64 = 15 * 60 * 1000;

#[derive(Debug, Serialize, TS)]
pub struct Calendar {
    /// The whole file.
    pub text: String,
    /// How many follow-ups are in it.
    pub followups: u32,
}

pub fn calendar(tx: &Tx, _: Empty) -> Result<Calendar> {
    let from = days_after(workspace::today(tx)?, -REMEMBERED).map(|day| day.to_string());
    // Whoever is left alone is checked on by nobody (I21).
    let mut rows: Vec<FollowUpRow> = tx.find(
        &format!("f WHERE f.id IN (SELECT o.followup FROM open_followups o WHERE {})", not_left_alone("?1")),
        [left_alone(tx)?.json()],
    )?;
    rows.extend(tx.find::<FollowUpRow>(
        "f WHERE f.settled_on >= ?1 AND f.status <> 'open' AND f.deleted_at IS NULL AND (f.person_id IS NULL OR EXISTS (
           SELECT 1 FROM people p JOIN people r ON r.id = p.root WHERE p.id = f.person_id AND p.deleted_at IS NULL AND r.deleted_at IS NULL))",
        [from],
    )?);
    let mut dated = Vec::new();
    for row in rows {
        let (due, at) = match row.status {
            Status::Open => open::due(tx, &row)?.unwrap_or((time::day("due", &row.due)?, row.at)),
            _ => (time::day("due", &row.due)?, row.at),
        };
        dated.push((due, at, row));
    }
    dated.sort_by_key(|(due, at, row)| (*due, *at, row.id));
    let mut text = String::new();
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hallway//Follow-ups//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Hallway",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
    ] {
        put(&mut text, line);
    }
    for (due, at, row) in &dated {
        event(tx, &mut text, *due, *at, row)?;
    }
    put(&mut text, "END:VCALENDAR");
    Ok(Calendar { text, followups: dated.len() as u32 })
}

fn event(tx: &Tx, text: &mut String, due: NaiveDate, at: Option<i64>, row: &FollowUpRow) -> Result<()> {
    let (created, touched): (i64, i64) = tx
        .sql()
        .prepare_cached("SELECT created_at, updated_at FROM followups WHERE id = ?1")?
        .query_row([row.id], |r| Ok((r.get(0)?, r.get(1)?)))?;
    let changed = touched.max(moved_at(tx, row)?.unwrap_or(touched));
    let name: Option<String> = tx.scalar(
        "SELECT r.display_name FROM people p JOIN people r ON r.id = p.root WHERE p.id = ?1",
        [row.person_id.unwrap_or(Id([0; 16]))],
    )?;
    let summary = name.map_or_else(|| row.text.clone(), |name| format!("{} ({name})", row.text));
    put(text, "BEGIN:VEVENT");
    put(text, &format!("UID:{}@hallway", row.id));
    put(text, &format!("DTSTAMP:{}", utc(changed)));
    put(text, &format!("CREATED:{}", utc(created)));
    put(text, &format!("LAST-MODIFIED:{}", utc(changed)));
    // It only ever rises: the seconds since it was made.
    put(text, &format!("SEQUENCE:{}", ((changed - created) / 1000).clamp(0, i64::from(i32::MAX))));
    match at {
        Some(at) => {
            put(text, &format!("DTSTART:{}", utc(at)));
            put(text, &format!("DTEND:{}", utc(at + QUARTER)));
        }
        None => {
            put(text, &format!("DTSTART;VALUE=DATE:{}", due.format("%Y%m%d")));
            put(text, &format!("DTEND;VALUE=DATE:{}", days_after(due, 1).unwrap_or(due).format("%Y%m%d")));
        }
    }
    put(text, &format!("SUMMARY:{}", escaped(&summary)));
    put(text, &format!("CATEGORIES:{}", escaped(&row.kind.key().replace('_', " "))));
    put(text, if row.status == Status::Open { "STATUS:CONFIRMED" } else { "STATUS:CANCELLED" });
    put(text, "TRANSP:TRANSPARENT");
    put(text, "END:VEVENT");
    Ok(())
}

/// What hangs on the last contact is changed by whatever changes an entry with them.
fn moved_at(tx: &Tx, row: &FollowUpRow) -> Result<Option<i64>> {
    if row.every.as_ref().is_none_or(|every| every.0.anchor != Anchor::LastContact) || row.status != Status::Open {
        return Ok(None);
    }
    let at: Option<Option<i64>> = tx.scalar(
        "SELECT max(t.updated_at) FROM touchpoint_people tp JOIN touchpoints t ON t.id = tp.touchpoint_id
         WHERE tp.person_id IN (SELECT id FROM people WHERE root = (SELECT root FROM people WHERE id = ?1))",
        [row.person_id],
    )?;
    Ok(at.flatten())
}

fn utc(at: i64) -> String {
    DateTime::from_timestamp_millis(at).unwrap_or_default().format("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as RFC 5545 writes it: 3.3.11.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            // No other control character may stand in a text.
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Writes one line, folded: 3.1.
fn put(text: &mut String, line: &str) {
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > LINE {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(letter);
        length += letter.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_folded_between_letters_and_comes_back_whole() {
        let line = format!("SUMMARY:{}", "größer 索引 🦀 ".repeat(20));
        let mut text = String::new();
        put(&mut text, &line);
        assert!(text.split("\r\n").all(|line| line.len() <= LINE));
        assert!(text.split("\r\n").count() > 3);
        assert_eq!(text.replace("\r\n ", ""), format!("{line}\r\n"));
    }

    #[test]
    fn what_has_a_meaning_in_a_calendar_is_escaped() {
        assert_eq!(escaped("a;b,c\\d\r\ne\u{7}f\tg"), "a\\;b\\,c\\\\d\\nef\tg");
    }
}
