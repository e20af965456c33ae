//! `import`: a file looked at, accounted for row by row, and then brought in.
use crate::{
    arguments::Import,
    days::long_day,
    desk::{Answer, Desk, refused, understood},
    people::today,
    table::table,
};
use hallway_core::{
    Access, Failure,
    normal::fold,
    numbers::{count, people, plural},
    transfer::csv::{ColumnMapping, ImportColumn},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Preview {
    file_name: String,
    layout: String,
    encoding: String,
    separator: String,
    preamble_rows: u64,
    columns: Vec<ImportColumn>,
    unmapped: Vec<String>,
    rows: u64,
    longer_rows: u64,
    blank_rows: u64,
    new_people: u64,
    updates: u64,
    differs: u64,
    unchanged: u64,
    look: u64,
    skipped: u64,
    refused: u64,
    examples: Vec<Row>,
    already_imported: Option<String>,
}

#[derive(Deserialize)]
struct Row {
    row: u32,
    outcome: String,
    name: String,
    reason: Option<String>,
    column: Option<String>,
    differs: Vec<Differing>,
}

#[derive(Deserialize)]
struct Differing {
    field: String,
    have: String,
    file: String,
}

#[derive(Deserialize)]
struct Done {
    added: u64,
    updated: u64,
    differs: u64,
    unchanged: u64,
    skipped: u64,
    refused: u64,
    waiting: u64,
}

/// A mistyped name must not leave a new workspace behind.
pub fn readable(import: &Import) -> Result<(), Failure> {
    match std::fs::File::open(&import.csv) {
        Ok(_) => Ok(()),
        Err(error) => Err(refused("file", format!("{} could not be read: {error}", import.csv.display()))),
    }
}

pub fn import(desk: &Desk, import: Import) -> Result<Answer, Failure> {
    let mut request = json!({ "file": desk.grant(&import.csv, Access::Read)?, "matching": !import.no_match, "source": import.source, "decisions": {}, "overwrite": [] });
    if let Some(sheet) = &import.sheet {
        request["sheet"] = json!(sheet);
    }
    let mut value: Value = desk.call("imports.preview", request.clone())?;
    if !import.columns.is_empty() {
        request["mapping"] =
            json!(mapped(&understood::<Vec<ImportColumn>>(value["columns"].clone())?, &import.columns)?);
        value = desk.call("imports.preview", request.clone())?;
    }
    if let Some(decision) = &import.look {
        value = decide(desk, &mut request, value, decision)?;
    }
    let preview: Preview = understood(value.clone())?;
    let mut words = seen(&preview, &today(desk)?);
    let mut done = Value::Null;
    if import.dry_run {
        words += "\n\nNothing was written: this was a dry run.";
    } else {
        done = desk.call("imports.run", request)?;
        words += &format!("\n\n{}", written(&understood(done.clone())?));
    }
    Ok(Answer::new(words, json!({ "preview": value, "done": done })))
}

/// The recognised mapping, with what was said otherwise.
fn mapped(columns: &[ImportColumn], said: &[(String, ColumnMapping)]) -> Result<Vec<ColumnMapping>, Failure> {
    let mut mapping: Vec<ColumnMapping> = columns.iter().map(|column| column.mapping.clone()).collect();
    for (header, target) in said {
        let exact = || columns.iter().position(|column| column.header == *header);
        let alike = || columns.iter().position(|column| fold(&column.header).trim() == fold(header).trim());
        let Some(place) = exact().or_else(alike) else {
            let headers: Vec<&str> = columns.iter().map(|column| column.header.as_str()).collect();
            return Err(refused(
                "mapping",
                format!("There is no column “{header}” in this file. Its columns are: {}.", headers.join(", ")),
            ));
        };
        mapping[place] = target.clone();
    }
    Ok(mapping)
}

/// Gives every row that waits the same answer. A preview shows so many of them at a time, and an answer may make
/// others wait.
fn decide(desk: &Desk, request: &mut Value, mut preview: Value, decision: &str) -> Result<Value, Failure> {
    let mut decisions = Map::new();
    loop {
        let rows: Vec<Row> = understood(preview["examples"].clone())?;
        let before = decisions.len();
        decisions
            .extend(rows.iter().filter(|row| row.outcome == "look").map(|row| (row.row.to_string(), decision.into())));
        if decisions.len() == before {
            return Ok(preview);
        }
        request["decisions"] = decisions.clone().into();
        preview = desk.call("imports.preview", request.clone())?;
    }
}

fn seen(preview: &Preview, today: &str) -> String {
    let separated = match preview.separator.as_str() {
        "" => String::new(),
        "\t" => ", separated by tabs".to_owned(),
        separator => format!(", separated by “{separator}”"),
    };
    let mut blocks = vec![format!(
        "{}: {}, {}{separated}, {}.",
        preview.file_name,
        preview.layout,
        preview.encoding,
        plural(preview.rows, "row", "rows")
    )];
    if let Some(day) = &preview.already_imported {
        blocks.push(format!("This very file was imported before, on {}.", long_day(day, today)));
    }
    let columns: Vec<[String; 2]> = preview
        .columns
        .iter()
        .filter(|column| !column.mapping.is_skip())
        .map(|column| [column.header.clone(), goes_to(&column.mapping)])
        .collect();
    if !columns.is_empty() {
        blocks.push(table(["Column", "Goes to"], &columns).trim_end().to_owned());
    }
    if !preview.unmapped.is_empty() {
        blocks.push(format!(
            "Not imported: {}. Say where a column goes with --map \"Header=target\".",
            preview.unmapped.join(", ")
        ));
    }
    blocks.extend(aside(preview));
    let outcomes = [
        (preview.new_people, "new"),
        (preview.updates, "to fill in"),
        (preview.differs, "differing"),
        (preview.unchanged, "unchanged"),
        (preview.look, "to look at"),
        (preview.skipped, "skipped"),
        (preview.refused, "refused"),
    ];
    blocks.push(outcomes.iter().map(|(n, what)| format!("{} {what}", count(*n))).collect::<Vec<_>>().join(", ") + ".");
    blocks.extend(rows_of(preview, "look", "To look at", preview.look));
    blocks.extend(rows_of(preview, "refused", "Refused", preview.refused));
    blocks.extend(kept(preview));
    blocks.join("\n\n")
}

fn goes_to(mapping: &ColumnMapping) -> String {
    match mapping {
        ColumnMapping::Target(target) => target.label().to_owned(),
        ColumnMapping::Custom(label) => format!("“{label}”, a field of your own"),
    }
}

/// What stands in the file and belongs to nobody.
fn aside(preview: &Preview) -> Option<String> {
    let said = [
        (
            preview.preamble_rows,
            plural(preview.preamble_rows, "row stands before the header", "rows stand before the header"),
        ),
        (preview.blank_rows, plural(preview.blank_rows, "row is blank", "rows are blank")),
        (
            preview.longer_rows,
            format!(
                "{} more cells than the header, which are not imported",
                plural(preview.longer_rows, "row has", "rows have")
            ),
        ),
    ];
    let said: Vec<String> = said.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words).collect();
    (!said.is_empty()).then(|| format!("{}.", said.join("; ")))
}

fn rows_of(preview: &Preview, outcome: &str, heading: &str, all: u64) -> Option<String> {
    let rows: Vec<&Row> = preview.examples.iter().filter(|row| row.outcome == outcome).collect();
    let mut lines = vec![format!("{heading}:")];
    for row in &rows {
        let column = row.column.as_ref().map(|column| format!(", column “{column}”")).unwrap_or_default();
        let name = if row.name.is_empty() { String::new() } else { format!(" ({})", row.name) };
        lines.push(format!("  row {}{name}{column}: {}", row.row, row.reason.as_deref().unwrap_or_default()));
    }
    let more = all.saturating_sub(rows.len() as u64);
    if more > 0 {
        lines.push(format!("  and {} more", count(more)));
    }
    (!rows.is_empty()).then(|| lines.join("\n"))
}

/// Where the file says something else than what is here, what is here is kept.
fn kept(preview: &Preview) -> Option<String> {
    let lines: Vec<String> = preview
        .examples
        .iter()
        .flat_map(|row| {
            row.differs.iter().map(move |differing| {
                format!(
                    "  row {} ({}), {}: here “{}”, in the file “{}”",
                    row.row, row.name, differing.field, differing.have, differing.file
                )
            })
        })
        .collect();
    (!lines.is_empty()).then(|| format!("Kept as it is here, though the file differs:\n{}", lines.join("\n")))
}

fn written(done: &Done) -> String {
    let mut words = format!(
        "Added {}, filled in {}; {} differing and kept as they were, {} unchanged, {} skipped, {} refused.",
        people(done.added),
        count(done.updated),
        count(done.differs),
        count(done.unchanged),
        count(done.skipped),
        count(done.refused)
    );
    if done.waiting > 0 {
        words += &format!(
            "\n{} left out: look at them above, then import the file again with --look new to add them as new people, or with --look skip to leave them.",
            plural(done.waiting, "row waits and was", "rows wait and were")
        );
    }
    words
}
