//! `undo`, `redo` and `history`.
use crate::{
    arguments::Recent,
    days::clock,
    desk::{Answer, Desk, understood},
    people::zone,
    table::table,
};
use hallway_core::Failure;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Undone {
    label: String,
    notes: Vec<String>,
}

#[derive(Deserialize)]
struct Line {
    label: String,
    at: i64,
    undone: bool,
}

pub fn undo(desk: &Desk) -> Result<Answer, Failure> {
    turned(desk, "history.undo", "Took back")
}

pub fn redo(desk: &Desk) -> Result<Answer, Failure> {
    turned(desk, "history.redo", "Brought back")
}

pub fn recent(desk: &Desk, recent: Recent) -> Result<Answer, Failure> {
    let value: Value = desk.call("history.recent", json!({ "limit": recent.limit }))?;
    let lines: Vec<Line> = understood(value.clone())?;
    let zone = zone(desk)?;
    let rows: Vec<[String; 3]> = lines
        .iter()
        .map(|line| {
            [clock(line.at, zone), line.label.clone(), if line.undone { "taken back".into() } else { String::new() }]
        })
        .collect();
    Ok(Answer::new(table(["When", "What", ""], &rows), value))
}

fn turned(desk: &Desk, command: &str, done: &str) -> Result<Answer, Failure> {
    let value: Value = desk.call(command, json!({}))?;
    let Undone { label, notes } = understood(value.clone())?;
    let mut lines = vec![format!("{done}: {label}.")];
    lines.extend(notes);
    Ok(Answer::new(lines.join("\n"), value))
}
