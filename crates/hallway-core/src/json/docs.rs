//! The tables of `docs/json.md`, read off the records, so that they say what the code does.
use super::{
    FOR_READERS, LEFT_OUT,
    entities::{Entity, Field},
};
use crate::{
    error::Result,
    record::{Life, wire_name},
    store::Tx,
};

/// Every entity of the file with its fields, and what is not in it, as Markdown.
///
/// # Errors
/// Those of reading the file whose records these are.
pub fn for_readers(tx: &Tx) -> Result<String> {
    let mut out = String::new();
    for entity in Entity::all(tx)? {
        out += &format!("\n### `{}`\n\n{}\n\n", entity.name, entity.table.says.trim());
        out += "| field | type | meaning |\n|---|---|---|\n";
        for field in entity.fields.iter().filter(|field| !field.derived) {
            out += &line(&field.name, &type_of(field), field.column.says);
        }
        if entity.table.trashes() {
            out += &line("createdAt", "number", "Instant, ms UTC: when it was written down.");
            out += &line("updatedAt", "number", "Instant, ms UTC: when it was changed last.");
            let trash = match entity.table.life {
                Life::Shared => "Instant, ms UTC: since when nobody uses it.",
                _ => "Instant, ms UTC: since when it lies in the trash.",
            };
            out += &line("deletedAt", "number or null", trash);
        }
        if entity.table.name == "people" {
            for (name, of, says) in FOR_READERS {
                out += &line(name, of, &format!("{says} For readers: it is worked out anew and not read."));
            }
        }
    }
    out += "\n### Not in the file\n\n| what | why |\n|---|---|\n";
    for (what, why) in LEFT_OUT {
        let what = match what.split_once('.') {
            None => wire_name(what),
            Some(("*", column)) => format!("{} of every entity", wire_name(column)),
            Some((table, column)) => format!("{}.{}", wire_name(table), wire_name(column)),
        };
        out += &format!("| `{what}` | {why} |\n");
    }
    Ok(out)
}

fn line(name: &str, of: &str, says: &str) -> String {
    format!("| `{name}` | {of} | {} |\n", says.trim())
}

/// A type in words: "text or null", "one of ok, bounced", "id of people".
fn type_of(field: &Field) -> String {
    let (of, null) = match field.of.strip_suffix(" | null") {
        Some(of) => (of, " or null"),
        None => (field.of.as_str(), ""),
    };
    let of = match (of, field.names) {
        (_, Some(table)) => format!("id of `{}`", wire_name(table)),
        ("string", _) if field.column.name == "id" => "id".to_owned(),
        ("string", _) => "text".to_owned(),
        ("boolean", _) => "true or false".to_owned(),
        ("number", _) => "number".to_owned(),
        (of, _) if of.starts_with('"') => {
            format!("one of {}", of.split(" | ").map(|word| word.trim_matches('"')).collect::<Vec<_>>().join(", "))
        }
        (of, _) if of.starts_with("Array<") => "list of text".to_owned(),
        _ => "object".to_owned(),
    };
    of + null
}
