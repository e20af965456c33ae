//! `import` of a JSON file: everything of a workspace.
use super::{followed, in_terminal};
use crate::{
    arguments::Import,
    desk::{Desk, refused, understood},
    table::table,
};
use hallway_core::{
    Access, Failure,
    numbers::{count, plural},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Preview {
    file_name: String,
    hash: String,
    entities: Vec<Entity>,
    differs: u64,
    refused: u64,
    refusals: Vec<Refused>,
    #[serde(default)]
    erased: u64,
    #[serde(default)]
    left_out: Vec<Refused>,
    differing: Vec<Differing>,
    unknown: Vec<(String, u64)>,
    theirs: bool,
}

#[derive(Deserialize)]
struct Entity {
    name: String,
    rows: u64,
    new: u64,
    same: u64,
    differs: u64,
    refused: u64,
}

#[derive(Deserialize)]
struct Refused {
    path: String,
    line: u64,
    reason: String,
}

#[derive(Deserialize)]
struct Differing {
    path: String,
    name: String,
    differs: Vec<Field>,
    replaced: Vec<String>,
    stays: Option<String>,
}

#[derive(Deserialize)]
struct Field {
    field: String,
    have: String,
    file: String,
}

#[derive(Deserialize)]
pub(super) struct Done {
    new: u64,
    changed: u64,
    kept: u64,
    same: u64,
    refused: u64,
    #[serde(default)]
    noes: u64,
    #[serde(default)]
    reworded: u64,
    #[serde(default, rename = "noesTaken")]
    noes_taken: u64,
    #[serde(default)]
    suppressed: u64,
    #[serde(default)]
    erased: u64,
}

/// What became of it in words, and as the value of the wire.
pub fn import(desk: &Desk, import: &Import, file: &Path) -> Result<(String, Value), Failure> {
    let table = import.sheet.is_some()
        || import.separator.is_some()
        || import.signed_up.is_some()
        || !import.columns.is_empty()
        || import.no_match
        || import.source.is_some()
        || import.look.is_some()
        || !import.days.is_empty()
        || import.save_refused.is_some();
    if table {
        return Err(refused(
            "file",
            "A JSON file says itself what everything in it is: --sheet, --separator, --map, --days, --no-match, --source, --signed-up, --look and --save-refused are for tables.",
        ));
    }
    let mut request = json!({ "file": desk.grant(file, Access::Read)? });
    if let Some(keep) = &import.keep {
        request["theirs"] = json!(keep == "theirs");
    }
    let value: Value = desk.call("json.preview", request.clone())?;
    let preview: Preview = understood(value.clone())?;
    let mut words = seen(&preview);
    let mut done = Value::Null;
    if import.dry_run {
        words += "\n\nNothing was written: this was a dry run.";
    } else {
        request["hash"] = json!(preview.hash);
        let run = desk.call("json.begin", request).map_err(|failure| in_terminal(&failure))?;
        done = followed(desk, run)?.done;
        words += &format!("\n\n{}", written(&understood(done.clone())?));
    }
    Ok((words, json!({ "preview": value, "done": done })))
}

fn seen(preview: &Preview) -> String {
    let rows: u64 = preview.entities.iter().map(|entity| entity.rows).sum();
    let mut blocks =
        vec![format!("{}: everything of a Hallway file, {}.", preview.file_name, plural(rows, "row", "rows"))];
    let lines: Vec<[String; 6]> = preview
        .entities
        .iter()
        .map(|entity| {
            let Entity { name, rows, new, same, differs, refused } = entity;
            let [rows, new, same, differs, refused] = [rows, new, same, differs, refused].map(|n| count(*n));
            [name.clone(), rows, new, same, differs, refused]
        })
        .collect();
    if !lines.is_empty() {
        let heads = ["In the file", "Rows", "New", "Same", "Differ", "Refused"];
        blocks.push(table(heads, &lines).trim_end().to_owned());
    }
    if !preview.unknown.is_empty() {
        let names: Vec<String> =
            preview.unknown.iter().map(|(name, times)| format!("{name} ({})", count(*times))).collect();
        blocks.push(format!("Unknown, and left out: {}.", names.join(", ")));
    }
    let refused = placed(&preview.refusals);
    blocks.extend(listed("Refused", refused, preview.refused.saturating_sub(preview.refusals.len() as u64)));
    if preview.erased > 0 {
        let mut lines = vec![erased(preview.erased)];
        lines.extend(placed(&preview.left_out).iter().map(|line| format!("  {line}")));
        blocks.push(lines.join("\n"));
    }
    // What stays whatever is taken is no part of what the file replaces.
    let is_replaced = |row: &Differing, field: &Field| preview.theirs && row.replaced.contains(&field.field);
    let (mut replaced, mut kept) = (vec![], vec![]);
    for row in &preview.differing {
        for field in &row.differs {
            let Field { field: name, have, file } = field;
            let line = format!("{} ({}), {name}: here {}, in the file {}", row.path, row.name, said(have), said(file));
            if is_replaced(row, field) { replaced.push(line) } else { kept.push(line) }
        }
        kept.extend(row.stays.iter().map(|stays| format!("{} ({}): {stays}", row.path, row.name)));
    }
    let more = preview.differs.saturating_sub(preview.differing.len() as u64);
    let (of_replaced, of_kept) = if preview.theirs { (more, 0) } else { (0, more) };
    blocks.extend(listed("Replaced by what the file says", replaced, of_replaced));
    blocks.extend(listed("Kept as it is here, though the file differs", kept, of_kept));
    blocks.join("\n\n")
}

/// Rows with their places in the file.
fn placed(rows: &[Refused]) -> Vec<String> {
    let line = |row: &Refused| if row.line > 0 { format!(" (line {})", row.line) } else { String::new() };
    rows.iter().map(|row| format!("{}{}: {}", row.path, line(row), row.reason)).collect()
}

fn erased(rows: u64) -> String {
    format!("{} left out: whoever or whatever it is about was erased for good.", plural(rows, "row is", "rows are"))
}

fn said(text: &str) -> String {
    if text.is_empty() { "nothing".to_owned() } else { format!("“{text}”") }
}

/// Lines under what they are, and how many more there are like them.
fn listed(heading: &str, lines: Vec<String>, more: u64) -> Option<String> {
    if lines.is_empty() && more == 0 {
        return None;
    }
    let mut text = format!("{heading}:");
    for line in lines {
        text += &format!("\n  {line}");
    }
    if more > 0 {
        text += &format!("\n  and {} more", count(more));
    }
    Some(text)
}

pub(super) fn written(done: &Done) -> String {
    let mut words = format!(
        "Brought in {}; {} replaced, {} kept as they were, {} the same, {} refused.",
        plural(done.new, "row", "rows"),
        count(done.changed.saturating_sub(done.noes_taken)),
        count(done.kept),
        count(done.same),
        count(done.refused)
    );
    if done.noes_taken > 0 {
        words += &format!(
            "\n{} now that somebody asked not to be written to, as in the file: a no is taken whatever is kept.",
            plural(done.noes_taken, "row says", "rows say")
        );
    }
    if done.suppressed > 0 {
        words += &format!(
            "\n{} on the suppression list now: somebody opted out there in the file, and it does not come in.",
            plural(done.suppressed, "address is", "addresses are")
        );
    }
    if done.noes > 0 {
        words += &format!(
            "\n{} that somebody asked not to be written to, as before: no file ends that.",
            plural(done.noes, "row says still", "rows say still")
        );
    }
    if done.reworded > 0 {
        words += &format!(
            "\n{} as here where somebody who was erased was named: no file brings those words back.",
            plural(done.reworded, "row reads", "rows read")
        );
    }
    if done.erased > 0 {
        words += &format!("\n{}", erased(done.erased));
    }
    if done.kept > done.noes + done.reworded {
        words += "\nTo take what the file says instead, import it again with --keep theirs.";
    }
    words
}
