//! `export`: the people that match, as a CSV file.
use crate::{
    arguments::Export,
    desk::{Answer, Desk, refused, understood},
    people::query,
};
use hallway_core::{
    Access, Failure,
    normal::fold,
    numbers::{people, plural},
};
use serde::Deserialize;
use serde_json::{Value, json};

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

pub fn export(desk: &Desk, export: Export) -> Result<Answer, Failure> {
    if export.csv.exists() && !export.replace {
        return Err(refused(
            "file",
            format!("{} is there already. Add --replace to write over it.", export.csv.display()),
        ));
    }
    let mut input = json!({ "query": query(desk, &export.which)?, "file": desk.grant(&export.csv, Access::Write)?, "mode": export.reader });
    if !export.columns.is_empty() {
        let known: Vec<Column> = desk.call("exports.columns", json!({}))?;
        input["columns"] =
            export.columns.iter().map(|said| key(&known, said)).collect::<Result<Vec<&str>, _>>()?.into();
    }
    let value: Value = desk.call("exports.people", input)?;
    let exported: Exported = understood(value.clone())?;
    let mut words = format!("Wrote {} to {}.", people(exported.rows), export.csv.display());
    if exported.flagged > 0 {
        words += &format!(
            "\n{} could be taken for a formula and stands there as it is. For a spreadsheet, write the file with --for spreadsheet.",
            plural(exported.flagged, "cell", "cells")
        );
    }
    Ok(Answer::new(words, value))
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
