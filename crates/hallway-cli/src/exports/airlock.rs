//! A file that writes to people: what for comes first, and whoever is left out has a reason.
use super::{Column, free, key};
use crate::{
    arguments::{Export, Which},
    desk::{Answer, Desk, refused, understood},
    lists,
    people::query,
};
use hallway_core::{
    Access, Failure,
    numbers::{count, people, plural},
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Template {
    key: String,
    list_mail_only: bool,
    columns: Vec<Offered>,
    reach: Option<Reach>,
}

#[derive(Deserialize)]
struct Offered {
    key: String,
    chosen: bool,
}

#[derive(Deserialize)]
struct Reach {
    columns: Vec<String>,
    missing: String,
    add: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Airlock {
    included: u64,
    left_out: Vec<HeldBack>,
    in_doubt: Vec<InDoubt>,
}

#[derive(Deserialize)]
struct InDoubt {
    words: String,
    count: u64,
    people: Vec<Person>,
}

#[derive(Deserialize)]
struct Person {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct HeldBack {
    words: String,
    count: u64,
    people: Vec<Held>,
}

#[derive(Deserialize)]
struct Held {
    person: Person,
    column: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Made {
    included: u64,
    left_out: Vec<(String, u64)>,
    sha256: String,
}

pub fn export(desk: &Desk, export: &Export) -> Result<Answer, Failure> {
    let mut input = json!({
        "whom": whom(desk, export)?,
        "purpose": purpose(desk, export)?,
        "channel": export.channel.as_deref().unwrap_or("email"),
    });
    if !export.without.is_empty() {
        input["whom"]["without"] = json!(export.without);
    }
    let picked = picked(desk, export)?;
    let mut look = input.clone();
    if let Some(template) = &export.template {
        look["shape"] = json!({ "template": template });
        if let Some(columns) = &picked {
            look["shape"]["columns"] = json!(columns);
        }
    }
    let seen: Value = desk.call("exports.look", look)?;
    let airlock: Airlock = understood(seen.clone())?;
    let mut warned = too_long(&airlock.left_out) + &in_doubt(&airlock.in_doubt);
    if let Some(template) = &export.template {
        warned += &unreached(desk, &input, template, picked.as_deref())?;
    }
    if export.dry_run {
        let left_out: Vec<(String, u64)> = airlock.left_out.into_iter().map(|held| (held.words, held.count)).collect();
        return Ok(Answer::new(summary(airlock.included, &left_out) + &warned, seen));
    }
    let out = free(export)?;
    let Some(template) = &export.template else {
        return Err(refused("template", "Say in which shape with --template, for example --template csv."));
    };
    input["template"] = template.as_str().into();
    if let Some(columns) = picked {
        input["columns"] = columns.into();
    }
    input["file"] = desk.grant(out, Access::Write)?.into();
    let written: Value = desk.call("exports.write", input)?;
    let made: Made = understood(written["made"].clone())?;
    // What it says of the file, not what was seen before: somebody may have written in between.
    let mut words = summary(made.included, &made.left_out) + &warned;
    words += &format!("\nWrote {} to {}.\nSHA-256 {}", people(made.included), out.display(), made.sha256);
    if let Some(flagged) = written["flagged"].as_u64().filter(|flagged| *flagged > 0) {
        words += &format!(
            "\n{} could be taken for a formula and stands there as it is. For a spreadsheet, choose --template csv_spreadsheet.",
            plural(flagged, "cell", "cells")
        );
    }
    Ok(Answer::new(words, written))
}

/// The columns that were said, by their keys; none when it is left to the template.
fn picked(desk: &Desk, export: &Export) -> Result<Option<Vec<String>>, Failure> {
    if export.columns.is_empty() {
        return Ok(None);
    }
    let known: Vec<Column> = desk.call("exports.columns", json!({}))?;
    let keys = export.columns.iter().map(|said| key(&known, said).map(str::to_owned));
    Ok(Some(keys.collect::<Result<_, _>>()?))
}

/// That nothing in the file says where people are written to, if nothing does.
fn unreached(desk: &Desk, input: &Value, template: &str, picked: Option<&[String]>) -> Result<String, Failure> {
    let asked = json!({ "purpose": input["purpose"], "channel": input["channel"] });
    let templates: Vec<Template> = desk.call("exports.templates", asked)?;
    let Some(template) = templates.into_iter().find(|known| known.key == template) else { return Ok(String::new()) };
    let Some(reach) = template.reach else { return Ok(String::new()) };
    let chosen: Vec<String> = match picked {
        Some(picked) => picked.to_vec(),
        None => template.columns.into_iter().filter(|column| column.chosen).map(|column| column.key).collect(),
    };
    if chosen.iter().any(|key| reach.columns.contains(key)) {
        return Ok(String::new());
    }
    Ok(match reach.add {
        Some(add) => format!("\n{} Pick that column as well: --columns {},{add}", reach.missing, chosen.join(",")),
        None => format!("\n{}", reach.missing),
    })
}

/// Of whom a text is too long for the program that reads the file, and which one.
fn too_long(left_out: &[HeldBack]) -> String {
    let lines = left_out.iter().filter(|held| held.people.iter().any(|one| one.column.is_some())).map(|held| {
        let of = |Held { person, column }: &Held| {
            column.as_ref().map(|column| format!("\n  {}: {column}", person.name)).unwrap_or_default()
        };
        let more = held.count - held.people.len() as u64;
        let tail = if more > 0 { format!("\n  and {} more", count(more)) } else { String::new() };
        format!("\n{} {}:{}{tail}", count(held.count), held.words, held.people.iter().map(of).collect::<String>())
    });
    lines.collect()
}

/// Who is meant: a list by itself when nothing else is asked, so that the line that is kept of the file says which.
fn whom(desk: &Desk, export: &Export) -> Result<Value, Failure> {
    let Which { text, filters, lists, stages, tags, last, sort, desc } = &export.which;
    match &lists[..] {
        [list]
            if text.is_empty()
                && filters.is_empty()
                && stages.is_empty()
                && tags.is_empty()
                && last == "any"
                && sort == "name"
                && !desc =>
        {
            Ok(json!({ "list": lists::id(desk, list)? }))
        }
        _ => Ok(json!({ "query": query(desk, &export.which)? })),
    }
}

/// What was said, or what the template is for and nothing else.
fn purpose(desk: &Desk, export: &Export) -> Result<String, Failure> {
    if let Some(purpose) = &export.purpose {
        return Ok(purpose.clone());
    }
    let templates: Vec<Template> = desk.call("exports.templates", json!({}))?;
    let template = templates.iter().find(|template| Some(&template.key) == export.template.as_ref());
    match template {
        Some(template) if template.list_mail_only => Ok("list_mail".to_owned()),
        _ => Err(refused(
            "purpose",
            "Say what the file is for with --purpose: for_myself when nobody is written to with it, else one_to_one, list_mail, swag_post, recruiting_intro or sales_intro.",
        )),
    }
}

/// "Included 84, left out 31: 22 no opt-in, 4 teammate …"
fn summary(included: u64, left_out: &[(String, u64)]) -> String {
    let reasons: Vec<String> = left_out.iter().map(|(words, held)| format!("{} {words}", count(*held))).collect();
    let because = if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join(", ")) };
    let all = left_out.iter().map(|(_, held)| held).sum();
    format!("Included {}, left out {}{because}.", count(included), count(all))
}

/// Who is in it and may have asked for no mail all the same.
fn in_doubt(doubts: &[InDoubt]) -> String {
    let lines = doubts.iter().map(|InDoubt { words, count: all, people }| {
        let named: Vec<String> =
            people.iter().map(|Person { id, name }| format!("\n  {name} (--without {id})")).collect();
        let more = all - people.len() as u64;
        let tail = if more > 0 { format!("\n  and {} more", count(more)) } else { String::new() };
        format!("\n{words}:{}{tail}", named.concat())
    });
    lines.collect()
}
