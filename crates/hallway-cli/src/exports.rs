//! `export`: the people that match, as a CSV file, or everything, as JSON; or whoever may be written to.
mod airlock;

use crate::{
    arguments::{Export, Which},
    desk::{Answer, Desk, is_a_name, refused, understood},
    people::query,
};
use hallway_core::{
    Access, Failure,
    normal::fold,
    numbers::{count, people, plural},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;

#[derive(Deserialize)]
struct Column {
    key: String,
    label: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Exported {
    rows: u64,
    flagged: u64,
}

#[derive(Deserialize)]
struct Written {
    people: u64,
    touchpoints: u64,
    bytes: u64,
    expired: u64,
}

pub fn export(desk: &Desk, export: Export) -> Result<Answer, Failure> {
    if export.template.is_some() || export.purpose.is_some() || export.channel.is_some() || export.dry_run {
        return airlock::export(desk, &export);
    }
    let out = free(&export)?;
    if is_json(out) {
        return everything(desk, &export, out);
    }
    let mode = export.reader.as_deref().unwrap_or("program");
    let mut input =
        json!({ "query": query(desk, &export.which)?, "file": desk.grant(out, Access::Write)?, "mode": mode });
    if !export.columns.is_empty() {
        let known: Vec<Column> = desk.call("exports.columns", json!({}))?;
        input["columns"] =
            export.columns.iter().map(|said| key(&known, said)).collect::<Result<Vec<&str>, _>>()?.into();
    }
    let value: Value = desk.call("exports.people", input)?;
    let exported: Exported = understood(value.clone())?;
    let mut words = format!("Wrote {} to {}.", people(exported.rows), out.display());
    if !export.which.lists.is_empty() {
        words +=
            "\nIt is for yourself: nobody was left out of it. To write to them, say what for: --purpose list_mail.";
    }
    if exported.flagged > 0 {
        words += &format!(
            "\n{} could be taken for a formula and stands there as it is. For a spreadsheet, write the file with --for spreadsheet.",
            plural(exported.flagged, "cell", "cells")
        );
    }
    Ok(Answer::new(words, value))
}

/// The file to write, which may be there only when it is to be written over.
fn free(export: &Export) -> Result<&Path, Failure> {
    let Some(out) = export.out.as_deref().or(export.to.as_deref()) else {
        return Err(refused("file", "Name the file to write."));
    };
    is_a_name(out)?;
    if out.exists() && !export.replace {
        return Err(refused("file", format!("{} is there already. Add --replace to write over it.", out.display())));
    }
    Ok(out)
}

/// Whether a file is meant as JSON, by how its name ends.
pub fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

/// A choice of people or columns would make a file that is not everything, and looks as if it were.
fn everything(desk: &Desk, export: &Export, out: &Path) -> Result<Answer, Failure> {
    let Which { text, filters, lists, stages, tags, last, sort, desc } = &export.which;
    let chosen = !(text.is_empty()
        && filters.is_empty()
        && lists.is_empty()
        && stages.is_empty()
        && tags.is_empty()
        && export.columns.is_empty())
        || (last != "any" || sort != "name" || *desc || export.reader.is_some());
    if chosen {
        return Err(refused(
            "file",
            "A JSON file holds everything there is. Leave the choice of people and columns out, or name a file that ends with .csv.",
        ));
    }
    let value: Value = desk.call("json.export", json!({ "file": desk.grant(out, Access::Write)? }))?;
    let written: Written = understood(value.clone())?;
    let words = format!(
        "Wrote everything to {}: {}, {}, trash included, {} bytes.",
        out.display(),
        people(written.people),
        plural(written.touchpoints, "touchpoint", "touchpoints"),
        count(written.bytes)
    ) + &left_out(written.expired);
    Ok(Answer::new(words, value))
}

/// What is said of postal addresses that are past their day.
fn left_out(expired: u64) -> String {
    match expired {
        0 => String::new(),
        1 => " One postal address is past its day and was left out.".into(),
        many => format!(" {} postal addresses are past their day and were left out.", count(many)),
    }
}

/// A column by its key, or by its label.
fn key<'a>(known: &'a [Column], said: &str) -> Result<&'a str, Failure> {
    let wanted = fold(said.trim());
    let by_label = || known.iter().find(|column| fold(&column.label) == wanted);
    match known.iter().find(|column| column.key == said.trim()).or_else(by_label) {
        Some(column) => Ok(&column.key),
        None => {
            let all: Vec<&str> = known
                .iter()
                .map(
                    |column| if column.key.starts_with("field:") { column.label.as_str() } else { column.key.as_str() },
                )
                .collect();
            Err(refused("columns", format!("There is no column “{}”. Choose from: {}.", said.trim(), all.join(", "))))
        }
    }
}
