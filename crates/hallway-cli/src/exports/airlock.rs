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
    trust::Fix,
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
    fix: Option<Fix>,
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
    // Who is left out is looked at before there is a file; whose text is too long is said of the file as well.
    let named = |held: &&HeldBack| export.dry_run || held.people.iter().any(|one| one.column.is_some());
    let to_list = input["purpose"] == "list_mail";
    let left_out = airlock.left_out.iter().filter(named).map(|held| held.named(to_list));
    let mut warned = left_out.collect::<String>() + &in_doubt(&airlock.in_doubt);
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

/// As many people as are named of each reason.
const NAMED: usize = 10;

impl HeldBack {
    /// Whom it is about, by name, and the command that lets them in, where there is one.
    fn named(&self, to_list: bool) -> String {
        let named = self.people.iter().take(NAMED);
        let lines = named.map(|Held { person, column }| match column {
            Some(column) => format!("\n  {}: {column}", person.name),
            None => format!("\n  {}", person.name),
        });
        let mut text = format!("\n{} {}:{}", count(self.count), self.words, lines.collect::<String>());
        let more = self.count - self.people.len().min(NAMED) as u64;
        if more > 0 {
            text += &format!("\n  and {} more", count(more));
        }
        let command = match self.fix {
            Some(Fix::SetBasis) if to_list => {
                "If they signed up: `hallway-cli import FILE --signed-up \"the form on our page\" --signed-up-on 2026-05-03`, where a column of the file says yes."
            }
            Some(Fix::Merge) => "If they are one: `hallway-cli merge`. `hallway-cli doubles` lists who may be.",
            Some(Fix::LetIn) => "To let them in, leave --without out.",
            Some(Fix::Shorten) => "To let them in, leave that column out with --columns.",
            _ => return text,
        };
        text + "\n  " + command
    }
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
