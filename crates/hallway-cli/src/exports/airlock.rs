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
    let seen: Value = desk.call("exports.look", input.clone())?;
    let airlock: Airlock = understood(seen.clone())?;
    if export.dry_run {
        let left_out: Vec<(String, u64)> = airlock.left_out.into_iter().map(|held| (held.words, held.count)).collect();
        let words = summary(airlock.included, &left_out) + &in_doubt(&airlock.in_doubt);
        return Ok(Answer::new(words, seen));
    }
    let out = free(export)?;
    let Some(template) = &export.template else {
        return Err(refused("template", "Say in which shape with --template, for example --template csv."));
    };
    input["template"] = template.as_str().into();
    if !export.columns.is_empty() {
        let known: Vec<Column> = desk.call("exports.columns", json!({}))?;
        let columns = export.columns.iter().map(|said| key(&known, said)).collect::<Result<Vec<&str>, _>>()?;
        input["columns"] = columns.into();
    }
    input["file"] = desk.grant(out, Access::Write)?.into();
    let written: Value = desk.call("exports.write", input)?;
    let made: Made = understood(written["made"].clone())?;
    // What it says of the file, not what was seen before: somebody may have written in between.
    let mut words = summary(made.included, &made.left_out) + &in_doubt(&airlock.in_doubt);
    words += &format!("\nWrote {} to {}.\nSHA-256 {}", people(made.included), out.display(), made.sha256);
    if let Some(flagged) = written["flagged"].as_u64().filter(|flagged| *flagged > 0) {
        words += &format!(
            "\n{} could be taken for a formula and stands there as it is. For a spreadsheet, choose --template csv_spreadsheet.",
            plural(flagged, "cell", "cells")
        );
    }
    Ok(Answer::new(words, written))
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
