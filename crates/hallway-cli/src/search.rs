//! `search`: people by any part of their text, and what was written down by its words.
use crate::{
    arguments::Search,
    days::known_day,
    desk::{Answer, Desk, understood},
    people::{COLUMNS, cells, today},
    table::table,
};
use hallway_core::{
    Failure,
    filter::plain_words,
    numbers::{count, people},
    touchpoints::Precision,
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Notes {
    notes: Vec<Note>,
    more: bool,
    instead: Vec<Instead>,
}

#[derive(Deserialize)]
struct Instead {
    typed: String,
    taken: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Note {
    name: String,
    others: u32,
    label: String,
    on_day: String,
    precision: Precision,
    text: Vec<Piece>,
}

#[derive(Deserialize)]
struct Piece {
    text: String,
}

pub fn search(desk: &Desk, search: Search) -> Result<Answer, Failure> {
    let text = search.text.join(" ");
    let people = |text: &str| {
        let filter = json!({ "text": text, "forgiving": true });
        let query = json!({ "filter": filter, "sort": "last_touch", "descending": true });
        desk.call("people.list", json!({ "query": query, "offset": 0, "limit": search.limit.min(500) }))
    };
    // What is no filter may be words of a note all the same.
    let found: Value = match people(&text) {
        Err(failure) if failure.field.as_deref() == Some("filter") => people(&plain_words(&text))?,
        found => found?,
    };
    let notes: Value = desk.call("search.notes", json!({ "text": text, "limit": search.limit.min(200) }))?;
    let notes_found: Notes = understood(notes.clone())?;
    let words = format!("{}\n\n{}", whom(desk, &found, &notes_found)?, said(desk, notes_found)?);
    Ok(Answer::new(words, json!({ "people": found, "notes": notes })))
}

fn whom(desk: &Desk, found: &Value, notes: &Notes) -> Result<String, Failure> {
    let rows: Vec<_> = understood(found["rows"].clone())?;
    let today = today(desk)?;
    let table = table(COLUMNS, &rows.iter().map(|row| cells(row, &today)).collect::<Vec<_>>());
    let matched = found["count"].as_u64().unwrap_or(0);
    // Of notes that were found it is not said that nobody has the word.
    let (nobody, but) = match (notes.notes.len(), notes.instead.is_empty()) {
        (0, _) => ("Nobody", ""),
        (_, false) => ("No person", ""),
        (1, true) => ("No person", ", but a note says it"),
        (_, true) => ("No person", ", but notes say it"),
    };
    Ok(match (matched, found["close"] == true) {
        (0, _) => format!("{nobody} is spelled so or comes close{but}."),
        (_, true) => format!("{nobody} is spelled so{but}. These people come close:\n{table}"),
        (_, false) if (rows.len() as u64) < matched => {
            format!("{table}\nThe first {} of {}.", count(rows.len() as u64), people(matched))
        }
        (_, false) => format!("{table}\n{}.", people(matched)),
    })
}

fn said(desk: &Desk, Notes { notes, more, instead }: Notes) -> Result<String, Failure> {
    if notes.is_empty() {
        return Ok("No note says it.".to_owned());
    }
    let today = today(desk)?;
    let mut lines = Vec::new();
    if !instead.is_empty() {
        let quoted = |words: Vec<&str>, last: &str| {
            words.into_iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(last)
        };
        let (typed, taken) = instead.iter().map(|one| (one.typed.as_str(), one.taken.as_str())).unzip();
        lines.push(format!("Nothing has {}. Showing {}.", quoted(typed, " or "), quoted(taken, " and ")));
    }
    lines.push(match (notes.len(), more) {
        (1, false) => "1 note:".to_owned(),
        (n, more) => format!("{}{} notes, newest first:", count(n as u64), if more { "+" } else { "" }),
    });
    lines.extend(notes.iter().map(|note| {
        let others = match note.others {
            0 => String::new(),
            1 => " and 1 other".to_owned(),
            n => format!(" and {} others", count(n.into())),
        };
        let day = known_day(&note.on_day, note.precision, &today);
        let text: String = note.text.iter().map(|piece| piece.text.as_str()).collect();
        format!("{}{others}, {day}: {}\n  {text}", note.name, note.label)
    }));
    Ok(lines.join("\n"))
}
