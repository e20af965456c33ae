//! `capture`: one line about somebody, saved as what it says; or many lines, kept for the evening.
use crate::{
    arguments::Capture,
    days::{ago, short_day},
    desk::{Answer, Desk, refused, understood},
    people::today,
};
use hallway_core::{Failure, error::in_words, numbers::count};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::Read;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reading {
    chips: Vec<Chip>,
    note: String,
    person: Option<Pick>,
    people: Vec<Pick>,
    near: Option<String>,
    problem: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Chip {
    what: String,
    label: String,
    known: bool,
    instead_of: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pick {
    id: String,
    name: String,
    organisation: Option<String>,
    last_touch_on: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Saved {
    person: Pick,
    new: bool,
}

#[derive(Deserialize)]
struct Kept {
    lines: u64,
    known: u64,
}

pub fn capture(desk: &Desk, capture: &Capture) -> Result<Answer, Failure> {
    if let Some(file) = &capture.from {
        return keep(desk, file);
    }
    let text = capture.line.join(" ");
    let mut input = json!({ "text": text, "locale": locale(), "someoneNew": capture.new });
    let reading: Reading = desk.call("captures.read", input.clone())?;
    if capture.dry_run {
        if let Some(problem) = &reading.problem {
            return Err(refused("text", problem.clone()));
        }
        let who = match &reading.person {
            Some(person) => format!("{}, who is here already", person.name),
            None => format!("{}, somebody new", named(&reading)),
        };
        let words = format!("This would be saved with {who}.{}", understood_as(&reading, desk)?);
        return Ok(Answer::new(words, desk.call("captures.read", input)?));
    }
    if let Some(person) = &reading.person {
        // What was said here is what is saved, whoever comes meanwhile.
        input["picked"] = json!(person.id);
    }
    let saved: Result<Value, Failure> = desk.call("captures.save", input);
    if saved.as_ref().is_err_and(|failure| failure.code == "invalid") {
        // It stands in the terminal still, and the window need not offer it.
        let _: Value = desk.call("captures.let_go", json!({ "text": text }))?;
    }
    let value = saved?;
    let saved: Saved = understood(value.clone())?;
    let is_new = if saved.new { ", who is new here" } else { "" };
    let mut words = format!("Captured {}{is_new}.{}", saved.person.name, understood_as(&reading, desk)?);
    if let Some(near) = reading.people.iter().find(|pick| Some(&pick.id) == reading.near.as_ref()).filter(|_| saved.new)
    {
        words +=
            &format!("\n{} may be the same person. `hallway-cli merge` makes two one.", described(near, &today(desk)?));
    }
    Ok(Answer::new(words, value))
}

/// Keeps the lines of a file for the evening; `-` is what comes in.
fn keep(desk: &Desk, file: &str) -> Result<Answer, Failure> {
    let unread = |e: std::io::Error| refused("from", format!("{file} could not be read: {}", in_words(&e)));
    let bytes = if file == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(unread)?;
        bytes
    } else {
        std::fs::read(file).map_err(unread)?
    };
    let Ok(text) = String::from_utf8(bytes) else {
        return Err(refused("from", format!("{file} is not a text in UTF-8. Save it as one and try again.")));
    };
    let value: Value = desk.call("captures.lines", json!({ "text": text.trim_start_matches('\u{feff}') }))?;
    let kept: Kept = understood(value.clone())?;
    let lines = |n: u64| if n == 1 { "1 line".to_owned() } else { format!("{} lines", count(n)) };
    let mut words = format!("Kept {} for the evening.", lines(kept.lines));
    if kept.known > 0 {
        words += &format!(" {} {} here already.", lines(kept.known), if kept.known == 1 { "was" } else { "were" });
    }
    words += " The window shows them under Review.";
    Ok(Answer::new(words, value))
}

/// What the line says beside the name, a line each.
fn understood_as(reading: &Reading, desk: &Desk) -> Result<String, Failure> {
    let mut lines = Vec::new();
    for chip in &reading.chips {
        let label = &chip.label;
        lines.push(match chip.what.as_str() {
            "person" => match &reading.person {
                Some(person) if chip.known => match described(person, &today(desk)?) {
                    known if known == person.name => continue,
                    known => known,
                },
                _ => continue,
            },
            "organisation" => match &chip.instead_of {
                Some(before) => format!("At {label}, until now at {before}"),
                None => format!("At {label}"),
            },
            "stage" => format!("{label}, as they told you"),
            "tag" => format!("#{label}"),
            "follow_up" => format!("To do: {label}"),
            "quote" => format!("“{label}”"),
            "mood" => format!("Mood: {label}"),
            "item" => format!("Handed over: {label}"),
            "contact" => format!("To reach them: {label}"),
            "same" => format!("As before: {label}"),
            "waiting" => label.clone(),
            _ => format!("What happened: {label}"),
        });
    }
    if !reading.note.is_empty() {
        lines.push(format!("Note: {}", reading.note));
    }
    Ok(lines.iter().map(|line| format!("\n  {line}")).collect())
}

fn named(reading: &Reading) -> &str {
    reading.chips.iter().find(|chip| chip.what == "person").map_or("somebody", |chip| chip.label.as_str())
}

/// “Priya Nair, Acme, seen 5 days ago (16 May)”.
fn described(pick: &Pick, today: &str) -> String {
    let mut words = pick.name.clone();
    if let Some(organisation) = &pick.organisation {
        words += &format!(", {organisation}");
    }
    if let Some(day) = &pick.last_touch_on {
        words += &format!(", seen {} ({})", ago(day, today), short_day(day, today));
    }
    words
}

/// The locale of the terminal: it says which number comes first in 3/4.
pub fn locale() -> String {
    let said = |name| std::env::var(name).ok().filter(|locale| !locale.is_empty());
    said("LC_ALL").or_else(|| said("LC_TIME")).or_else(|| said("LANG")).unwrap_or_default()
}
