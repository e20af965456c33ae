//! `undo`, `redo` and `history`.
use crate::{
    arguments::{Recent, UndoOf},
    days::clock,
    desk::{Answer, Desk, understood},
    people::zone,
    table::table,
    whom::whom,
};
use hallway_core::{Failure, Id};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Undone {
    label: String,
    notes: Vec<String>,
}

#[derive(Deserialize)]
struct Line {
    id: i64,
    label: String,
    at: i64,
    undone: bool,
}

/// Takes back the newest thing that was done, or the one that was named.
pub fn undo(desk: &Desk, undo: &UndoOf) -> Result<Answer, Failure> {
    match undo.operation {
        Some(operation) => turned(desk, "history.take_back", json!({ "operation": operation }), "Took back"),
        None => turned(desk, "history.undo", json!({}), "Took back"),
    }
}

pub fn redo(desk: &Desk) -> Result<Answer, Failure> {
    turned(desk, "history.redo", json!({}), "Brought back")
}

pub fn recent(desk: &Desk, recent: &Recent) -> Result<Answer, Failure> {
    // An id names also whoever lies in the trash, where no name is looked for.
    let person = match &recent.person {
        Some(said) => Some(match said.parse::<Id>() {
            Ok(id) => id,
            Err(_) => whom(desk, said)?.id,
        }),
        None => None,
    };
    let value: Value = desk.call("history.recent", json!({ "limit": recent.limit, "person": person }))?;
    let lines: Vec<Line> = understood(value.clone())?;
    let zone = zone(desk)?;
    let rows: Vec<[String; 4]> = lines
        .iter()
        .map(|line| {
            let undone = if line.undone { "taken back".into() } else { String::new() };
            [line.id.to_string(), clock(line.at, zone), line.label.clone(), undone]
        })
        .collect();
    Ok(Answer::new(table(["Number", "When", "What", ""], &rows), value))
}

fn turned(desk: &Desk, command: &str, input: Value, done: &str) -> Result<Answer, Failure> {
    let value: Value = desk.call(command, input)?;
    let Undone { label, notes } = understood(value.clone())?;
    let mut lines = vec![format!("{done}: {label}.")];
    lines.extend(notes);
    Ok(Answer::new(lines.join("\n"), value))
}
