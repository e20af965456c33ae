//! `log` and `kinds`.
use crate::{
    arguments::Log,
    days::known_day,
    desk::{Answer, Desk, understood},
    explanation::{Standing, in_full, inside, step},
    people::today,
    table::table,
    whom::whom,
};
use hallway_core::{Failure, Id, touchpoints::Precision};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Kind {
    key: String,
    label: String,
    direction: String,
    on: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    label: String,
    on_day: String,
    precision: Precision,
    people: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

pub fn log(desk: &Desk, log: Log) -> Result<Answer, Failure> {
    let somebody = whom(desk, &log.whom)?;
    let by = [(log.seen, "seen"), (log.told, "told"), (log.inferred, "inferred")]
        .into_iter()
        .find(|(said, _)| *said)
        .map(|(_, key)| key);
    let mut people = vec![json!({ "person": somebody.id, "observedStage": log.stage, "observedBy": by })];
    for other in &log.others {
        people.push(json!({ "person": whom(desk, other)?.id, "role": "with", "observedBy": by }));
    }
    let before = standing(desk, somebody.id)?;
    let direction = log.talked.then_some("two_way");
    let input = json!({ "kind": log.kind.replace('-', "_"), "people": people, "on": log.on, "note": log.note, "needsAnswer": log.needs_answer, "direction": direction });
    let value: Value = desk.call("touchpoints.log", input).map_err(name_the_kinds)?;
    let entry: Entry = understood(value.clone())?;
    let after = standing(desk, somebody.id)?;
    let names: Vec<&str> = entry.people.iter().map(|person| person.name.as_str()).collect();
    let mut words = format!(
        "Logged: {} ({}, {}).",
        inside(&entry.label),
        names.join(", "),
        known_day(&entry.on_day, entry.precision, &today(desk)?)
    );
    if after.stage != before.stage {
        words += &format!("\n{}: {} {}", somebody.name, step(before.stage, after.stage), in_full(&after));
    }
    Ok(Answer::new(words, value))
}

pub fn kinds(desk: &Desk) -> Result<Answer, Failure> {
    let value: Value = desk.call("touchpoints.kinds", json!({}))?;
    let kinds: Vec<Kind> = understood(value.clone())?;
    let groups = [
        ("two_way", "Together"),
        ("from_them", "What they did"),
        ("between_them", "What they did for others"),
        ("from_us", "What you did for them"),
    ];
    let mut words = Vec::new();
    for (direction, heading) in groups {
        let rows: Vec<[String; 2]> = kinds
            .iter()
            .filter(|kind| kind.on && kind.direction == direction)
            .map(|kind| [kind.key.clone(), kind.label.clone()])
            .collect();
        if !rows.is_empty() {
            words.push(table([heading, ""], &rows));
        }
    }
    Ok(Answer::new(words.join("\n"), value))
}

fn standing(desk: &Desk, person: Id) -> Result<Standing, Failure> {
    desk.call("journey.standing", json!({ "person": person }))
}

fn name_the_kinds(failure: Failure) -> Failure {
    match failure.field.as_deref() {
        Some("kind") => Failure { message: format!("{} `hallway-cli kinds` lists them.", failure.message), ..failure },
        _ => failure,
    }
}
