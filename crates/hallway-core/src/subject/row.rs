//! One row, and what its columns say, in words.
use super::not_on_the_page;
use crate::{
    Now,
    contact_points::source_words,
    countries,
    error::Result,
    history::spelled,
    id::Id,
    journey,
    record::{Column, Table},
    store::Tx,
    subject::page::Particular,
    time, workspace,
};
use chrono::DateTime;
use chrono_tz::Tz;
use serde_json::Value;

/// A row as it stands in the file, in the trash or not.
pub(super) struct Row {
    pub table: &'static Table,
    pub id: Id,
    /// The columns of the record, in their order, as on the wire.
    pub values: Vec<Value>,
    pub created_op: i64,
    /// Instants, ms UTC; of what is no part of another row.
    pub created_at: Option<i64>,
    pub updated_at: Option<i64>,
    pub deleted_at: Option<i64>,
}

impl Row {
    pub fn read(tx: &Tx, table: &'static Table, id: Id) -> Result<Option<Row>> {
        let times = if table.trashes() { "created_at, updated_at, deleted_at" } else { "NULL, NULL, NULL" };
        let sql = format!("SELECT {}, created_op, {times} FROM {} WHERE id = ?1", table.column_list(), table.name);
        let mut query = tx.sql().prepare_cached(&sql)?;
        let mut rows = query.query([id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let n = table.columns.len();
        Ok(Some(Row {
            table,
            id,
            values: (table.to_wire)(row)?,
            created_op: row.get(n)?,
            created_at: row.get(n + 1)?,
            updated_at: row.get(n + 2)?,
            deleted_at: row.get(n + 3)?,
        }))
    }

    pub fn value(&self, column: &str) -> &Value {
        let n = self.table.columns.iter().position(|known| *known == column);
        n.and_then(|n| self.values.get(n)).unwrap_or(&Value::Null)
    }
    pub fn text(&self, column: &str) -> Option<&str> {
        self.value(column).as_str().filter(|text| !text.is_empty())
    }
    pub fn named(&self, column: &str) -> Option<Id> {
        self.text(column).and_then(|id| id.parse().ok())
    }
}

/// Columns that hold several words of a list, with commas between them.
const WORDS_IN_A_ROW: &[&str] = &["content_prefs", "appreciation_prefs", "languages"];

/// Says what columns say, as a person reads it.
pub(super) struct Words<'a> {
    pub tx: &'a Tx<'a>,
    zone: Tz,
}

impl<'a> Words<'a> {
    pub fn new(tx: &'a Tx<'a>) -> Result<Words<'a>> {
        Ok(Words { tx, zone: workspace::zone(tx)? })
    }

    /// "20 May 2026"; anything else as it is.
    pub fn day(&self, text: &str) -> String {
        time::day("", text).map_or_else(|_| text.to_owned(), |day| day.format("%-d %B %Y").to_string())
    }
    pub fn day_of(&self, at: i64) -> String {
        Now(at).day_in(self.zone).format("%-d %B %Y").to_string()
    }
    fn minute(&self, at: i64) -> String {
        let at = DateTime::from_timestamp_millis(at).unwrap_or_default().with_timezone(&self.zone);
        at.format("%-d %B %Y, %H:%M").to_string()
    }

    /// What a row is called: by itself, or by what it joins to somebody.
    pub fn name(&self, table: &str, id: Id) -> Result<Option<String>> {
        let of = |sql: &str| self.tx.scalar::<Option<String>>(sql, [id]);
        Ok(match table {
            // That a row is about them goes without saying, and whoever else it names is not theirs to read.
            "people" => None,
            "fields" => of("SELECT label FROM fields WHERE id = ?1")?.flatten(),
            "touchpoints" => self.happened(id)?,
            table => {
                let Some(known) = self.tx.store().tables().iter().find(|known| known.name == table) else {
                    return Ok(None);
                };
                let column = ["name", "label", "value", "text", "file_name"].iter().find(|c| known.columns.contains(c));
                match column {
                    Some(column) => of(&format!("SELECT {column} FROM {table} WHERE id = ?1"))?.flatten(),
                    None => None,
                }
            }
        })
    }

    /// "Got it working, 20 May 2026".
    fn happened(&self, id: Id) -> Result<Option<String>> {
        let mut query =
            self.tx.sql().prepare_cached("SELECT kind, on_day, precision FROM touchpoints WHERE id = ?1")?;
        let mut rows = query.query([id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let (kind, day, precision): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Some(format!("{}, {}", self.kind(&kind)?, self.known_day(&day, &precision))))
    }

    pub fn kind(&self, key: &str) -> Result<String> {
        let config = journey::config(self.tx)?;
        Ok(config.1.kind(key).map_or_else(|| key.to_owned(), |kind| kind.label.clone().into_owned()))
    }
    /// A day as exactly as it is known.
    pub fn known_day(&self, day: &str, precision: &str) -> String {
        let known = time::day("", day).ok();
        match (precision, known) {
            ("month", Some(day)) => day.format("%B %Y").to_string(),
            ("year", Some(day)) => day.format("%Y").to_string(),
            ("unknown", _) => format!("some day ({})", self.day(day)),
            _ => self.day(day),
        }
    }

    /// One column, when it says anything a reader does not see by another.
    pub fn particular(&self, row: &Row, n: usize) -> Result<Option<Particular>> {
        let column = &row.table.shape[n];
        if not_on_the_page(row.table.name, column.name).is_some() {
            return Ok(None);
        }
        let value = self.said(row.table, column, &row.values[n])?;
        Ok(value.map(|value| Particular { label: label(row.table.name, column.name), value }))
    }

    /// A value of the wire, as a person reads it; nothing for what says nothing.
    pub fn said(&self, table: &Table, column: &Column, value: &Value) -> Result<Option<String>> {
        let parent = table.parents.iter().find(|(name, _)| *name == column.name).map(|(_, parent)| *parent);
        Ok(match value {
            Value::Null | Value::Bool(false) => None,
            Value::Bool(true) => Some("yes".into()),
            Value::String(text) if text.is_empty() => None,
            Value::String(text) => match (parent, text.parse::<Id>()) {
                (Some(parent), Ok(id)) => self.name(parent, id)?,
                // The number of a row says nothing.
                (None, Ok(_)) => None,
                _ if column.name == "country" => {
                    Some(countries::name_of(text).map_or_else(|| text.clone(), str::to_owned))
                }
                _ if table.name == "touchpoints" && column.name == "kind" => Some(self.kind(text)?),
                _ if WORDS_IN_A_ROW.contains(&column.name) => Some(text.replace('_', " ").replace(',', ", ")),
                // Words that say something only beside the others of their list.
                _ if (column.name, text.as_str()) == ("status", "ok") => Some("it does".into()),
                _ if (column.name, text.as_str()) == ("source", "form") => Some("written down in the window".into()),
                _ if let Some(words) = source_words(table.name, column.name, text) => Some(words.to_owned()),
                // A word out of a list.
                _ if (column.on_the_wire)().contains('"') => Some(text.replace('_', " ")),
                _ => Some(self.day(text)),
            },
            Value::Number(n) if n.as_i64() == Some(0) && column.name == "snoozes" => None,
            Value::Number(n) => match n.as_i64() {
                Some(at) if column.name == "at" || column.name.ends_with("_at") => Some(self.minute(at)),
                _ => Some(n.to_string()),
            },
            Value::Array(ids) => {
                let mut said = Vec::new();
                for one in ids {
                    match one.as_str().map(str::parse::<Id>) {
                        // Evidence, which is what happened.
                        Some(Ok(id)) => said.extend(self.happened(id)?),
                        _ => said.push(one.as_str().map_or_else(|| one.to_string(), str::to_owned)),
                    }
                }
                (!said.is_empty()).then(|| said.join("; "))
            }
            Value::Object(parts) => {
                let parts = parts.iter().filter(|(_, part)| !part.is_null());
                let said: Vec<String> = parts
                    .map(|(name, part)| {
                        let part = part.as_str().map_or_else(|| part.to_string(), |text| self.day(text));
                        format!("{name} {part}")
                    })
                    .collect();
                (!said.is_empty()).then(|| said.join(", "))
            }
        })
    }
}

/// What stands before a value: the words of the screens, or the column's name.
pub(super) fn label(table: &str, column: &str) -> String {
    let words = match (table, column) {
        (_, "display_name") => "Name",
        (_, "role_title") => "Role",
        ("people", "challenges") => "Stuck on",
        ("people", "content_prefs") => "Likes to",
        ("people", "appreciation_prefs") => "Likes to be thanked by",
        (_, "source") => "Came from",
        (_, "source_note") => "More about that",
        ("contact_points", "is_primary") => "The one to use first",
        ("contact_points", "status") => "Whether it works",
        ("contact_bases", "recorded_on") => "Known since",
        ("contact_bases", "basis") => "Whether one may write",
        ("touchpoints", "direction") => "Who to whom",
        ("touchpoint_people", "role") => "Their part",
        (_, "obtained_on") => "Since",
        ("postal_addresses", "purpose") => "Given for",
        ("postal_addresses", "expires_on") => "Deleted on",
        (_, "observed_by") => "How that is known",
        (_, "incentivised") => "Was rewarded for it",
        (_, "raw") => "Value",
        (_, "touchpoint_id") => "In",
        _ => {
            let spelled = spelled(column);
            let mut letters = spelled.chars();
            return letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
        }
    };
    words.to_owned()
}
