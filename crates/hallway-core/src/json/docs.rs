//! The tables of `docs/json.md`, read off the records, so that they say what the code does.
use super::{
    FOR_READERS, LEFT_OUT,
    arriving::{Unsaid, default_of, is_needed, object, unsaid},
    entities::{Entity, Field},
};
use crate::{
    error::Result,
    followups::{Anchor, Unit},
    journey::engine::Config,
    record::{Life, wire_name},
    store::Tx,
    trust::LeftOut,
};
use serde_json::Value;

/// What an entity asks for beyond its fields one by one: the table, a field that is needed because of it where one would
/// do, a sentence.
pub(super) const BESIDE: &[(&str, Option<&str>, &str)] = &[
    ("touchpoints", None, "Each needs a row of `touchpointPeople` that says who was there."),
    ("stage_pins", None, "One that ends with a `date` needs its `untilDay`."),
    ("followups", None, "Where `at` is given, `zone` is needed, and the other way round; a promise has no `unless`."),
    ("cadences", Some("personId"), "Either `personId` or `tagId` is needed, and never both."),
    ("lists", None, "A list with a `filter` has no rows of `listPeople`."),
];

/// Every entity of the file with its fields, and what is not in it, as Markdown.
///
/// # Errors
/// Those of reading the file whose records these are.
pub fn for_readers(tx: &Tx) -> Result<String> {
    let mut out = String::new();
    for entity in Entity::all(tx)? {
        out += &format!("\n### `{}`\n\n{}", entity.name, entity.table.says.trim());
        for (_, _, says) in BESIDE.iter().filter(|(table, ..)| *table == entity.table.name) {
            out += &format!(" {says}");
        }
        out += "\n\n| field | type | left out | meaning |\n|---|---|---|---|\n";
        for field in entity.fields.iter().filter(|field| !field.derived) {
            out += &line(&field.name, &type_of(field), &left_out(&entity, field), field.column.says);
        }
        if entity.table.trashes() {
            let now = "the time of the import";
            out += &line("createdAt", "number", now, "Instant, ms UTC: when it was written down.");
            out += &line("updatedAt", "number", "`createdAt`", "Instant, ms UTC: when it was changed last.");
            let trash = match entity.table.life {
                Life::Shared => "Instant, ms UTC: since when nobody uses it.",
                _ => "Instant, ms UTC: since when it lies in the trash.",
            };
            out += &line("deletedAt", "number or null", "null", trash);
        }
        if entity.table.name == "people" {
            for (name, of, says) in FOR_READERS {
                out += &line(name, of, "", &format!("{says} For readers: it is worked out anew and not read."));
            }
        }
        for field in &entity.fields {
            if let Some(object) = object(&entity, field) {
                out += &format!("\n{}\n", shape(&entity, field, object));
            }
        }
    }
    out += &kinds();
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

fn line(name: &str, of: &str, left_out: &str, says: &str) -> String {
    format!("| `{name}` | {of} | {left_out} | {} |\n", says.trim())
}

/// What a field is when a row does not have it, in words.
fn left_out(entity: &Entity, field: &Field) -> String {
    if is_needed(entity, field) {
        return match field.column.name {
            "id" => "**needed**, or an `externalId`".to_owned(),
            _ => "**needed**".to_owned(),
        };
    }
    match (unsaid(entity, field), default_of(entity, field)) {
        (Some(Unsaid::Made(how)), _) => how.to_owned(),
        (_, Some(Value::String(word))) if word.is_empty() => "empty".to_owned(),
        (_, Some(Value::String(word))) => format!("`{word}`"),
        (_, Some(Value::Array(_) | Value::Object(_))) => "empty".to_owned(),
        (_, Some(value)) => value.to_string(),
        (_, None) => "made".to_owned(),
    }
}

/// What a field that is an object may be, in words.
fn shape(entity: &Entity, field: &Field, object: &str) -> String {
    let begins = format!("`{}` is an object like `{object}`.", field.name);
    match (entity.table.name, field.column.name) {
        // It is too much to be written by hand, and nobody has to.
        ("journey_configs", "config") => format!(
            "{begins} `hallway-cli --json rules` prints the whole one that is in force, under `rules`; a file that \
             was exported has every version. `{{}}` is the one that ships. Whoever writes `kinds` writes all of them: \
             a kind that is not among them is none."
        ),
        ("exports_made", "left_out") => {
            let reasons = words(LeftOut::ALL.iter().map(|reason| reason.key()));
            format!("{begins} It counts people by the reason: {reasons}.")
        }
        ("followups", "every") => format!(
            "{begins} `n` is a number from 1 to 1000, `unit` is {}, and `anchor`, from which it is counted, {}: the first due day, \
             the day it was done, or the newest contact. It may have `until`, the last day on which it is due, and `count`, how \
             often in all.",
            words(Unit::ALL.iter().map(|unit| unit.key())),
            words(Anchor::ALL.iter().map(|anchor| anchor.key())),
        ),
        _ => begins,
    }
}

/// `a`, `b` or `c`.
fn words<'a>(keys: impl Iterator<Item = &'a str>) -> String {
    let mut keys: Vec<String> = keys.map(|key| format!("`{key}`")).collect();
    let last = keys.pop().unwrap_or_default();
    if keys.is_empty() { last } else { format!("{} or {last}", keys.join(", ")) }
}

/// The kinds of entry that ship, by the keys that a file names them by.
fn kinds() -> String {
    let mut out = "\n### Kinds of touchpoints\n\nThose of the newest row of `journeyConfigs`, in the file or in the workspace. As long as \
        nobody has changed them, they are these:\n\n| `kind` | what happened | `direction` |\n|---|---|---|\n"
        .to_owned();
    for kind in &Config::default().kinds {
        out += &format!("| `{}` | {} | `{}` |\n", kind.key, kind.label, kind.direction.key());
    }
    out
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
