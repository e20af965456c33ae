//! `undo`, `redo` and `history`.
use crate::{
    arguments::{Recent, UndoOf},
    days::clock,
    desk::{Answer, Desk, refused, understood},
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
    command: String,
    label: String,
    at: i64,
    undone: bool,
}

/// Takes back the newest thing that was done, or the one that was named.
pub fn undo(desk: &Desk, undo: &UndoOf) -> Result<Answer, Failure> {
    match undo.operation {
        Some(operation) => {
            turned(desk, "history.take_back", json!({ "operation": operation }), "Took back").map_err(|failure| {
                match failure.code {
                    "not_found" => stays(desk, operation).unwrap_or(failure),
                    _ => failure,
                }
            })
        }
        None => turned(desk, "history.undo", json!({}), "Took back"),
    }
}

/// Of a line of the history that cannot be taken back, why; nothing where there is no such line.
fn stays(desk: &Desk, operation: i64) -> Option<Failure> {
    // The page that ends before the next one begins with it, or nearly.
    let asked = json!({ "limit": 500, "before": operation.checked_add(1)?, "person": null });
    let lines: Vec<Line> = desk.call("history.recent", asked).ok()?;
    let Line { command, label, undone, .. } = lines.into_iter().find(|line| line.id == operation)?;
    let sentence = if undone {
        format!("“{label}” was taken back already. `hallway-cli redo` brings back what was taken back last.")
    } else {
        let why = match command.as_str() {
            "workspace.begin" => "the file begins with it, and nothing was there before",
            "backups.restore" => {
                "it put another file in place. What stood there is a backup: `hallway-cli restore` lists it"
            }
            "erase.run" | "postal_addresses.run_out" | "trash.empty" => "what it erased is gone for good",
            "exports.write" => "the file was written, and whoever has it has it",
            "suppressions.add" | "suppressions.import" | "returns.remember" => "who said no stays out of every mailing",
            _ => "the history says that it was done, and it is none of the changes that can be",
        };
        format!("“{label}” cannot be taken back: {why}.")
    };
    Some(refused("operation", sentence))
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
