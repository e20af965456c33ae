//! What was written down about people, found by its words: what was said with them, and what is kept about them.
mod marks;
mod near;

pub(crate) use marks::unspaced;
#[cfg(test)]
mod tests;

use crate::{error::Result, id::Id, journey, people::Match, store::Tx, touchpoints::Precision, workspace};
use chrono::{DateTime, NaiveDate};
use marks::{Wanted, cut};
use rusqlite::OptionalExtension;
use serde::Serialize;
use ts_rs::TS;

/// Of a word that is everywhere, so many of the notes written last are looked at, to find those of the newest days.
const LOOKED_AT: u32 = 1_000;
/// From so many letters on the last word may be unfinished. Shorter ones begin too many words.
const UNFINISHED: usize = 5;

#[derive(Debug, Serialize, TS)]
pub struct Notes {
    /// Newest first.
    pub notes: Vec<Note>,
    /// There are more than these.
    pub more: bool,
    /// Words that stand in no note, each with the one that was looked for in its place; empty when every word stands somewhere.
    pub instead: Vec<Instead>,
}

/// A word that stands in no note, and the nearest that does.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Instead {
    pub typed: String,
    pub taken: String,
}

words! {
    /// What of a person is prose.
    pub enum Prose { Notes = "notes", BuildingNow = "building_now", Challenges = "challenges", }
}

/// Something written down in which every word occurs.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// The entry in which it stands; null when it stands on the person's page, in `prose`.
    pub touchpoint: Option<Id>,
    pub prose: Option<Prose>,
    pub person: Id,
    pub name: String,
    /// How many more people were there.
    pub others: u32,
    /// The key of the kind of entry; null for `prose`.
    pub kind: Option<String>,
    /// "Talked in person", "Notes".
    pub label: String,
    /// The day it happened; for `prose`, the day the person was edited last.
    pub on_day: String,
    pub precision: Precision,
    /// The text around the first of the words, piece by piece.
    pub text: Vec<NotePiece>,
}

#[derive(Debug, PartialEq, Serialize, TS)]
pub struct NotePiece {
    pub text: String,
    /// It is one of the words.
    pub marked: bool,
}

/// Notes that contain every word, newest first. The last word may be unfinished once it has five letters. When there are
/// none, words that stand nowhere are taken for the nearest that do.
pub fn notes(tx: &Tx, input: Match) -> Result<Notes> {
    let limit = input.limit.clamp(1, 200) as usize;
    let found = with_all(tx, &input.text, limit)?;
    if !found.notes.is_empty() {
        return Ok(found);
    }
    for (text, instead) in near::instead(tx, &input.text)? {
        let close = with_all(tx, &text, limit)?;
        if !close.notes.is_empty() {
            return Ok(Notes { instead, ..close });
        }
    }
    Ok(found)
}

/// Notes that contain every word as it is spelled.
fn with_all(tx: &Tx, text: &str, limit: usize) -> Result<Notes> {
    let nothing = Notes { notes: vec![], more: false, instead: vec![] };
    let Some(expression) = expression(text) else { return Ok(nothing) };
    let wanted = Wanted::of(text);
    let mut places = entries(tx, &expression)?;
    places.extend(people(tx, &expression)?);
    places.sort_by(|a, b| b.when.cmp(&a.when));
    let mut notes = Vec::new();
    for place in places {
        if notes.len() > limit {
            break;
        }
        notes.extend(match place.what {
            What::Entry(id) => entry(tx, id, &wanted)?,
            What::Person(id) => person(tx, id, place.when.day, &wanted)?,
        });
    }
    let more = notes.len() > limit;
    notes.truncate(limit);
    Ok(Notes { notes, more, instead: vec![] })
}

struct Place {
    what: What,
    when: When,
}

enum What {
    Entry(Id),
    Person(Id),
}

/// In the order of a timeline: unknown days last, then by day, by minute, and by what was written down last.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct When {
    known: bool,
    day: NaiveDate,
    at: i64,
    rid: i64,
}

fn entries(tx: &Tx, expression: &str) -> Result<Vec<Place>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT t.id, t.precision <> 'unknown', t.on_day, coalesce(t.at, 0), t.rid
         FROM (SELECT rowid AS place FROM notes WHERE notes MATCH ?1 AND rowid > 0 ORDER BY rowid DESC LIMIT ?2) n
         JOIN touchpoints t ON t.rid = n.place WHERE t.deleted_at IS NULL",
    )?;
    let rows = query.query_map((expression, LOOKED_AT), |r| {
        let when = When { known: r.get(1)?, day: day(&r.get::<_, String>(2)?), at: r.get(3)?, rid: r.get(4)? };
        Ok(Place { what: What::Entry(r.get(0)?), when })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn people(tx: &Tx, expression: &str) -> Result<Vec<Place>> {
    let zone = workspace::zone(tx)?;
    let mut query = tx.sql().prepare_cached(
        "SELECT p.id, p.updated_at, p.rid
         FROM (SELECT -rowid AS rid FROM notes WHERE notes MATCH ?1 AND rowid < 0 ORDER BY rowid LIMIT ?2) n
         JOIN people p ON p.rid = n.rid WHERE p.deleted_at IS NULL",
    )?;
    let rows = query.query_map((expression, LOOKED_AT), |r| {
        let at: i64 = r.get(1)?;
        let day = DateTime::from_timestamp_millis(at).unwrap_or_default().with_timezone(&zone).date_naive();
        Ok(Place { what: What::Person(r.get(0)?), when: When { known: true, day, at, rid: -r.get::<_, i64>(2)? } })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Nothing when nobody who is still here was there.
fn entry(tx: &Tx, id: Id, wanted: &Wanted) -> Result<Option<Note>> {
    let mut there = tx.sql().prepare_cached(
        "SELECT s.person, s.name FROM touchpoint_people tp JOIN people p ON p.id = tp.person_id AND p.deleted_at IS NULL
         JOIN person_state s ON s.person = p.root WHERE tp.touchpoint_id = ?1 GROUP BY s.person ORDER BY min(tp.rid)",
    )?;
    let people: Vec<(Id, String)> =
        there.query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let others = people.len().saturating_sub(1) as u32;
    let Some((person, name)) = people.into_iter().next() else { return Ok(None) };
    let mut query =
        tx.sql().prepare_cached("SELECT kind, on_day, precision, note, quote FROM touchpoints WHERE id = ?1")?;
    type Row = (String, String, Precision, Option<String>, Option<String>);
    let (kind, on_day, precision, note, quote): Row =
        query.query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))?;
    let quote = quote.map(|said| format!("“{said}”"));
    let text = wanted.best([note, quote].into_iter().flatten()).unwrap_or_default();
    let label = journey::config(tx)?.1.kind(&kind).map_or_else(|| kind.clone(), |k| k.label.clone().into_owned());
    Ok(Some(Note {
        touchpoint: Some(id),
        prose: None,
        person,
        name,
        others,
        kind: Some(kind),
        label,
        on_day,
        precision,
        text: cut(&text, wanted),
    }))
}

fn person(tx: &Tx, id: Id, edited: NaiveDate, wanted: &Wanted) -> Result<Option<Note>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT s.person, s.name, p.notes, p.building_now, p.challenges FROM people p JOIN person_state s ON s.person = p.root WHERE p.id = ?1",
    )?;
    type Row = (Id, String, [Option<String>; 3]);
    let row: Option<Row> =
        query.query_row([id], |r| Ok((r.get(0)?, r.get(1)?, [r.get(2)?, r.get(3)?, r.get(4)?]))).optional()?;
    let Some((person, name, texts)) = row else { return Ok(None) };
    let said = texts.into_iter().zip(Prose::ALL).filter_map(|(text, prose)| Some((*prose, text?)));
    let Some((prose, text)) = said.max_by_key(|(prose, text)| (wanted.in_text(text), std::cmp::Reverse(*prose))) else {
        return Ok(None);
    };
    Ok(Some(Note {
        touchpoint: None,
        prose: Some(prose),
        person,
        name,
        others: 0,
        kind: None,
        label: match prose {
            Prose::Notes => "Notes",
            Prose::BuildingNow => "Builds",
            Prose::Challenges => "Stuck on",
        }
        .into(),
        on_day: edited.to_string(),
        precision: Precision::Day,
        text: cut(&text, wanted),
    }))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

/// What a person typed, as words for the index: quoted, so that nothing in it is an operator.
pub(crate) fn expression(text: &str) -> Option<String> {
    // A control character, such as one that ends the text for the index, is no part of a word.
    let between = |c: char| c.is_whitespace() || c.is_control() || c == '"';
    let words: Vec<&str> = text.split(between).filter(|w| w.chars().any(char::is_alphanumeric)).collect();
    let last = words.len().checked_sub(1)?;
    let quoted = words.iter().enumerate().map(|(n, word)| {
        let (spaced, single) = marks::in_pairs(word);
        let unfinished = n == last && !word.ends_with(marks::unspaced) && word.chars().count() >= UNFINISHED;
        let begins = if single || unfinished { "*" } else { "" };
        let spelled = spellings(&spaced, unfinished).into_iter().map(|word| format!("\"{word}\"{begins}"));
        format!("({})", spelled.collect::<Vec<_>>().join(" OR "))
    });
    Some(quoted.collect::<Vec<_>>().join(" AND "))
}

/// As many places of one word as are spelled either way; in a longer one all of the others are spelled alike.
const EITHER: usize = 3;

/// A word as it is written with ß and with ss: the index has it as it stands, and nobody knows how that is. `unfinished`
/// says that an s at its end may be the first half of one.
fn spellings(word: &str, unfinished: bool) -> Vec<String> {
    let word = word.to_lowercase().replace('ß', "ss");
    let places: Vec<usize> = word.match_indices("ss").map(|(at, _)| at).take(EITHER).collect();
    let mut spelled: Vec<String> = (0..1 << places.len())
        .map(|chosen| {
            let mut spelled = word.clone();
            for (_, at) in places.iter().enumerate().rev().filter(|(n, _)| chosen & (1 << n) != 0) {
                spelled.replace_range(*at..at + 2, "ß");
            }
            spelled
        })
        .collect();
    if unfinished && word.ends_with('s') && !word.ends_with("ss") {
        spelled.push(format!("{}ß", &word[..word.len() - 1]));
    }
    spelled
}
