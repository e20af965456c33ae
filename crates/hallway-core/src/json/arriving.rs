//! One row of a file, read as what its entity is, or refused with the field and the reason.
use super::{
    FOR_READERS,
    entities::{Entity, Field},
};
use crate::{
    error::{Error, Result},
    id::Id,
    record::{Misfit, Stored, value_of},
    store::Times,
};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

/// What a field is when nothing is said of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unsaid {
    Word(&'static str),
    Number(i64),
    /// It follows from the rest of its row: how, in words.
    Made(&'static str),
}
use Unsaid::{Made, Number, Word};

/// What the fields are that may be left out, beside those that are null, no or empty then. `docs/json.md` shows it.
const DEFAULTS: &[(&str, &str, Unsaid)] = &[
    ("contact_points", "status", Word("ok")),
    ("contact_points", "source", Word("import")),
    ("postal_addresses", "source", Word("import")),
    ("postal_addresses", "expires_on", Made("ninety days after `givenOn`")),
    ("tags", "kind", Word("topic")),
    ("fields", "key", Made("made from the label")),
    ("fields", "kind", Word("text")),
    ("touchpoints", "precision", Word("day")),
    ("touchpoints", "direction", Made("as the kind goes")),
    ("touchpoints", "source", Word("import")),
    ("touchpoint_people", "role", Word("by")),
    ("touchpoint_people", "observed_by", Word("imported")),
    ("stage_changes", "axis", Word("journey")),
    ("stage_pins", "axis", Word("journey")),
    ("followups", "kind", Word("promise")),
    ("followups", "snoozes", Number(0)),
    ("followups", "nth", Number(1)),
    ("followups", "status", Word("open")),
    ("views", "filter", Word("")),
    ("views", "sort", Word("name")),
    ("views", "layout", Word("list")),
    // Always the same, so that the file says the same when it is imported again.
    ("views", "position", Number(AT_THE_END)),
];

/// The place of a view behind all that were made here. Among several the order of the file decides.
const AT_THE_END: i64 = 1_000_000;

/// Fields that are objects: one as it may be written, which is also what a refusal shows.
pub(super) const OBJECTS: &[(&str, &str, &str)] = &[
    ("followups", "every", r#"{"n":2,"unit":"week","anchor":"due"}"#),
    ("journey_configs", "config", r#"{"half_life_days":90}"#),
    ("exports_made", "left_out", r#"{"no_opt_in":2}"#),
];

/// Instants beyond this are no time of anything: the 275,760th year.
const LAST_INSTANT: i64 = 8_640_000_000_000_000;

/// A row that could be read.
pub(super) struct Arrival {
    pub row: Box<dyn Stored>,
    pub times: Times,
    /// Fields that mean nothing here.
    pub unknown: Vec<String>,
}

/// Why a row is refused: under which field, and a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unfit {
    pub field: Option<String>,
    pub reason: String,
}

pub(super) fn unfit<T>(field: impl Into<Option<String>>, reason: impl Into<String>) -> Result<T, Unfit> {
    Err(Unfit { field: field.into(), reason: reason.into() })
}

impl From<Error> for Unfit {
    fn from(error: Error) -> Self {
        let field = match &error {
            Error::Invalid { field, .. } => Some(field.clone()),
            _ => None,
        };
        Unfit { field, reason: error.to_string() }
    }
}

/// What a field is when it is left out, where it may be.
pub(super) fn default_of(entity: &Entity, field: &Field) -> Option<Value> {
    if let Some(unsaid) = unsaid(entity, field) {
        return Some(match unsaid {
            Word(word) => word.into(),
            Number(number) => number.into(),
            // `complete` makes it, or whoever reads the row has filled it in.
            Made(_) => "".into(),
        });
    }
    match field.of.as_str() {
        of if of.ends_with("| null") => Some(Value::Null),
        "boolean" => Some(false.into()),
        of if of.starts_with("Array<") => Some(Value::Array(vec![])),
        // Counts by name.
        of if of.starts_with("{ [key") => Some(Value::Object(Map::new())),
        _ => None,
    }
}

/// What stands in [`DEFAULTS`] of a field.
pub(super) fn unsaid(entity: &Entity, field: &Field) -> Option<Unsaid> {
    let of = |(table, name, _): &&(&str, &str, Unsaid)| *table == entity.table.name && *name == field.column.name;
    DEFAULTS.iter().find(of).map(|(_, _, unsaid)| *unsaid)
}

/// Whether the id of a row is made from its other fields, whatever the file says.
pub(super) fn makes_its_id(entity: &Entity) -> bool {
    entity.fields.iter().any(|field| field.column.name == "id" && field.column.says.trim().starts_with("Follows from"))
}

/// Whether a row is refused without this field.
pub(super) fn is_needed(entity: &Entity, field: &Field) -> bool {
    match field.column.name {
        "id" => !makes_its_id(entity),
        _ => !field.derived && default_of(entity, field).is_none(),
    }
}

/// Reads one row. `source` is what the ids of another program belong to; `fill` may add what follows from other rows.
pub(super) fn read(
    entity: &Entity,
    bytes: Option<&[u8]>,
    source: Option<&str>,
    fill: impl FnOnce(&mut Map<String, Value>),
) -> Result<Arrival, Unfit> {
    let Some(bytes) = bytes else {
        return unfit(None, "It is longer than 4 MB, so it is no row of people.");
    };
    let Fields(mut given) = match serde_json::from_slice(bytes) {
        Ok(fields) => fields,
        Err(e) if e.is_data() => return unfit(None, format!("{}.", sentence(&e.to_string()))),
        Err(e) => return unfit(None, format!("This is not JSON: {e}.")),
    };
    fill(&mut given);
    let external = given.remove("externalId");
    let given_id = given.remove("id").filter(|id| !id.is_null());
    let id = match (given_id, &external) {
        (Some(Value::String(text)), _) => match text.parse::<Id>() {
            Ok(id) => Some(id),
            Err(_) => {
                return unfit(
                    "id".to_owned(),
                    format!("“{}” is not a UUID. Leave the id out and give an externalId instead.", short(&text)),
                );
            }
        },
        (Some(_), _) => return unfit("id".to_owned(), "An id is a UUID as text."),
        (None, Some(external)) => Some(derived(entity.table.name, external, source)?),
        (None, None) => None,
    };
    const NONE: Id = Id([0; 16]);
    for (_, field, parent) in entity.references() {
        if let Some(Value::Object(named)) = given.get(&field.name) {
            let Some(external) = named.get("externalId").filter(|_| named.len() == 1) else {
                return unfit(field.name.clone(), "Write an id, or {\"externalId\": …}.");
            };
            let id = derived(parent, external, source).map_err(|e| Unfit { field: Some(field.name.clone()), ..e })?;
            given.insert(field.name.clone(), id.to_string().into());
        }
    }
    let times = match entity.table.trashes() {
        true => Times {
            created: instant(&mut given, "createdAt")?,
            updated: instant(&mut given, "updatedAt")?,
            deleted: instant(&mut given, "deletedAt")?,
        },
        false => Times::default(),
    };
    let (mut missing, mut nested) = (None, Vec::new());
    let parsed = (entity.table.from_wire)(&mut |column| {
        let Some(n) = entity.fields.iter().position(|field| field.column.name == column) else { return Value::Null };
        let field = &entity.fields[n];
        if column == "id" {
            return id.unwrap_or(NONE).to_string().into();
        }
        if field.derived {
            return blank(field);
        }
        match given.remove(&field.name) {
            Some(value) if !value.is_null() => {
                if has_fields(&value) {
                    nested.push((n, value.clone()));
                }
                value
            }
            said => default_of(entity, field).unwrap_or_else(|| {
                if said.is_none() && missing.is_none() {
                    missing = Some(field.name.clone());
                }
                Value::Null
            }),
        }
    });
    let mut row = match parsed {
        Ok(row) => row,
        Err(Misfit { column, found }) => return Err(misfit(entity, column, &found, missing)),
    };
    row.complete();
    if row.id() == NONE {
        return unfit(
            "id".to_owned(),
            "It has neither an id nor an externalId, so it could not be told from others when it is imported again. Give it one.",
        );
    }
    row.check()?;
    let mut unknown: Vec<String> = given.keys().cloned().collect();
    if entity.table.name == "people" {
        unknown.retain(|name| !FOR_READERS.iter().any(|(known, ..)| known == name));
    }
    for (n, given) in nested {
        if let Ok(rusqlite::types::Value::Text(text)) = value_of(row.params()[n])
            && let Ok(kept) = serde_json::from_str(&text)
        {
            unknown_inside(&entity.fields[n].name, &given, &kept, &mut unknown);
        }
    }
    Ok(Arrival { row, times, unknown })
}

fn has_fields(value: &Value) -> bool {
    value.is_object() || value.as_array().is_some_and(|list| list.iter().any(Value::is_object))
}

/// Names the fields of a value within a row that mean nothing here, since they did not outlast being read.
fn unknown_inside(path: &str, given: &Value, kept: &Value, unknown: &mut Vec<String>) {
    match (given, kept) {
        (Value::Object(given), Value::Object(kept)) => {
            for (name, value) in given {
                let path = format!("{path}.{name}");
                match kept.get(name) {
                    Some(kept) => unknown_inside(&path, value, kept, unknown),
                    None => unknown.push(path),
                }
            }
        }
        (Value::Array(given), Value::Array(kept)) => {
            for (n, value) in given.iter().enumerate().filter(|(_, value)| value.is_object()) {
                let same = kept.iter().find(|one| !value["key"].is_null() && one["key"] == value["key"]);
                if let Some(kept) = same.or(kept.get(n)) {
                    unknown_inside(path, value, kept, unknown);
                }
            }
        }
        _ => {}
    }
}

/// The id of a row that only another program has a name for.
fn derived(table: &str, external: &Value, source: Option<&str>) -> Result<Id, Unfit> {
    let text = match external {
        Value::String(text) if !text.is_empty() => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return unfit("externalId".to_owned(), "An externalId is a text or a number."),
    };
    let Some(source) = source else {
        return unfit(
            "externalId".to_owned(),
            "The file does not say what its external ids belong to. Give it a \"source\" beside \"format\".",
        );
    };
    Ok(Id::derived(table, &[source.as_bytes(), text.as_bytes()]))
}

fn instant(given: &mut Map<String, Value>, name: &str) -> Result<Option<i64>, Unfit> {
    match given.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_i64().filter(|at| (-LAST_INSTANT..=LAST_INSTANT).contains(at)) {
            Some(at) => Ok(Some(at)),
            None => unfit(name.to_owned(), format!("{} is not an instant in milliseconds since 1970.", shown(&value))),
        },
    }
}

/// What stands in a column that is worked out afterwards.
fn blank(field: &Field) -> Value {
    match field.of.as_str() {
        "string" => "".into(),
        "number" => 0.into(),
        _ => Value::Null,
    }
}

fn misfit(entity: &Entity, column: &str, found: &Value, missing: Option<String>) -> Unfit {
    let field = entity.fields.iter().find(|field| field.column.name == column);
    let name = field.map_or_else(|| column.to_owned(), |field| field.name.clone());
    let wanted = field.map_or_else(String::new, |field| wanted(entity, field));
    let reason = match missing {
        Some(missing) if missing == name => format!("This is missing. Write {wanted}."),
        _ => format!("{} does not belong here. Write {wanted}.", shown(found)),
    };
    Unfit { field: Some(name), reason }
}

/// What a field takes, for a sentence.
fn wanted(entity: &Entity, field: &Field) -> String {
    let of = field.of.strip_suffix(" | null").unwrap_or(&field.of);
    match (of, field.names) {
        (_, Some(_)) => "the id of a row".to_owned(),
        ("string", _) => "a text".to_owned(),
        ("boolean", _) => "true or false".to_owned(),
        ("number", _) => "a whole number".to_owned(),
        (of, _) if of.starts_with('"') => {
            let words: Vec<&str> = of.split(" | ").map(|word| word.trim_matches('"')).collect();
            format!("one of {}", words.join(", "))
        }
        (of, _) if of.starts_with("Array<") => "a list".to_owned(),
        _ => match object(entity, field) {
            Some(object) => format!("an object like {object}; docs/json.md says what may stand in it"),
            None => "an object".to_owned(),
        },
    }
}

/// One as it may be written, of a field that is an object.
pub(super) fn object(entity: &Entity, field: &Field) -> Option<&'static str> {
    let of = |(table, name, _): &&(&str, &str, &str)| *table == entity.table.name && *name == field.column.name;
    OBJECTS.iter().find(of).map(|(_, _, object)| *object)
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::String(text) => format!("“{}”", short(text)),
        other => short(&other.to_string()),
    }
}

/// A text from outside, no longer than a sentence bears.
pub(super) fn short(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn sentence(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// An object in which no name stands twice.
struct Fields(Map<String, Value>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Once;
        impl<'de> Visitor<'de> for Once {
            type Value = Fields;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("an object with the fields of a row")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Map::new();
                while let Some(name) = map.next_key::<String>()? {
                    let value = map.next_value()?;
                    if fields.insert(name.clone(), value).is_some() {
                        return Err(serde::de::Error::custom(format!("it has “{}” twice", short(&name))));
                    }
                }
                Ok(Fields(fields))
            }
        }
        from.deserialize_map(Once)
    }
}
