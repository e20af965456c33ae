//! What a preview says of a file: its columns, its rows by what would become of them, and what has to be said first.
use crate::{days::long_day, table::table};
use hallway_core::{
    numbers::{count, plural},
    transfer::csv::{ColumnMapping, ImportColumn},
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Preview {
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
    pub look: u64,
    skipped: u64,
    pub refused: u64,
    examples: Vec<Row>,
    already_imported: Option<String>,
    remembered: bool,
    #[serde(default)]
    remarks: Vec<String>,
    #[serde(default)]
    added_again: u64,
    #[serde(default)]
    waits_again: u64,
    #[serde(default)]
    held_back: u64,
    /// The program whose file of who left it is.
    #[serde(default)]
    pub returns_of: Option<String>,
    #[serde(default)]
    pub stops: Vec<Stop>,
}

/// What an import would stop at.
#[derive(Deserialize)]
pub(super) struct Stop {
    pub field: String,
    pub message: String,
}

#[derive(Deserialize)]
pub(super) struct Row {
    pub row: u32,
    pub outcome: String,
    name: String,
    pub reason: Option<String>,
    column: Option<String>,
    differs: Vec<Differing>,
    #[serde(default)]
    notes: Vec<String>,
}

#[derive(Deserialize)]
struct Differing {
    field: String,
    have: String,
    file: String,
}

impl Preview {
    /// "3 rows", "one card".
    fn rows(&self, n: u64) -> String {
        if self.are_cards() { plural(n, "card", "cards") } else { plural(n, "row", "rows") }
    }
    fn are_cards(&self) -> bool {
        self.layout == "Address cards"
    }
    /// Where a row stands: the first card is in the second row of the table they become.
    fn place(&self, row: u32) -> String {
        if self.are_cards() { format!("card {}", row.saturating_sub(1)) } else { format!("row {row}") }
    }
}

/// A preview in words; `tried` when nothing comes after it, so that it also says what an import would say of its rows.
pub(super) fn seen(preview: &Preview, today: &str, tried: bool) -> String {
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
        preview.rows(preview.rows)
    )];
    blocks.extend(preview.remarks.iter().cloned());
    if let Some(day) = &preview.already_imported {
        blocks.push(format!("This very file was imported before, on {}.{}", long_day(day, today), again(preview)));
    }
    if preview.remembered {
        blocks.push("Where its columns go is remembered from a file like it.".to_owned());
    }
    let columns: Vec<[String; 2]> = preview
        .columns
        .iter()
        .filter(|column| !column.mapping.is_skip() && (column.filled > 0 || !preview.are_cards()))
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
    blocks.extend(preview.columns.iter().filter_map(|column| {
        let unread = column.unread.as_ref()?;
        Some(format!(
            "{} no day in “{}” that can be read, such as “{}”. What stands there goes to the notes.",
            if unread.rows == 1 {
                "One row has".to_owned()
            } else {
                format!("{} rows have", count(unread.rows.into()))
            },
            column.header,
            unread.example
        ))
    }));
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
    blocks.extend(rows_of(preview, "skipped", "Left out; --let-in-erased lets them in", preview.skipped));
    blocks.extend(rows_of(preview, "refused", "Refused", preview.refused));
    blocks.extend(kept(preview));
    if tried {
        blocks.extend(held_back(preview.held_back));
        blocks.extend(noted(preview));
    }
    blocks.join("\n\n")
}

/// Rows that would be added a second time, since they have no address to tell anybody by.
fn again(preview: &Preview) -> String {
    match (preview.added_again, preview.waits_again) {
        (0, _) => String::new(),
        (rows, 0) => format!(" {} without an address would be added a second time.", preview.rows(rows)),
        (rows, waits) => format!(
            " {} without an address would be added a second time; {} because somebody of that name came from it before.",
            preview.rows(rows),
            if waits == 1 { "one waits".to_owned() } else { format!("{} wait", count(waits)) },
        ),
    }
}

/// What is said of rows of which a text is not added.
pub(super) fn held_back(rows: u64) -> Option<String> {
    let whose = plural(rows, "row", "rows");
    (rows > 0).then(|| {
        format!(
            "Something of {whose} is not added: somebody was erased who was named in what stands here, and no file brings those words back."
        )
    })
}

/// What an import would say of rows although they come in.
fn noted(preview: &Preview) -> Option<String> {
    let of = |row: &Row| -> Vec<String> {
        let place = preview.place(row.row);
        row.notes.iter().map(|note| format!("  {place} ({}): {note}", row.name)).collect()
    };
    let lines: Vec<String> = preview.examples.iter().flat_map(of).collect();
    (!lines.is_empty()).then(|| format!("To be known, though they come in:\n{}", lines.join("\n")))
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
        let place = preview.place(row.row);
        lines.push(format!("  {place}{name}{column}: {}", row.reason.as_deref().unwrap_or_default()));
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
                let place = preview.place(row.row);
                format!(
                    "  {place} ({}), {}: here “{}”, in the file “{}”",
                    row.name, differing.field, differing.have, differing.file
                )
            })
        })
        .collect();
    (!lines.is_empty()).then(|| format!("Kept as it is here, though the file differs:\n{}", lines.join("\n")))
}
