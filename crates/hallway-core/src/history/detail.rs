//! What one operation did, row by row.
use crate::{
    contact_points::source_words, error::Result, exports::ExportMade, id::Id, record::Life, store::Tx, trust::Purpose,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct DetailOf {
    #[ts(type = "number")]
    pub operation: i64,
}

/// What an operation did, row by row.
#[derive(Debug, Serialize, TS)]
pub struct Detail {
    /// At most 200.
    pub changes: Vec<ChangeLine>,
    /// Rows it made, by what they are called: `("person", 3)`.
    pub made: Vec<(String, u32)>,
}

/// One thing that was written over or taken out.
#[derive(Debug, Serialize, TS)]
pub struct ChangeLine {
    /// Whom or what it is about.
    pub subject: String,
    /// Which field; null when the whole row was taken out or brought back.
    pub field: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// What one operation did: what each field was and became, and what it made.
pub fn detail(tx: &Tx, input: DetailOf) -> Result<Detail> {
    let mut query = tx.sql().prepare_cached(
        "SELECT op, tbl, row_id, old, new FROM changes WHERE operation = ?1 AND op <> 'insert' ORDER BY id LIMIT ?2",
    )?;
    type Row = (String, String, Id, Option<String>, Option<String>);
    let rows: Vec<Row> = query
        .query_map((input.operation, LINES), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut changes = Vec::new();
    for (op, table, id, old, new) in rows {
        let object = |text: Option<String>| -> Result<serde_json::Map<String, Json>> {
            Ok(text.map_or(Ok(Default::default()), |text| serde_json::from_str(&text))?)
        };
        let (old, new) = (object(old)?, object(new)?);
        let subject = subject_of(tx, &table, id, &old)?;
        if op == "remove"
            && let Some((field, name)) = joined_with(tx, &table, &old)?
        {
            changes.push(ChangeLine { subject, field: Some(field.into()), before: name, after: None });
            continue;
        }
        if op == "remove" {
            changes.push(ChangeLine { subject, field: None, before: Some(noun(tx, &table).into()), after: None });
            continue;
        }
        for (column, after) in &new {
            let before = old.get(column).unwrap_or(&Json::Null);
            let (field, before, after) = match column.as_str() {
                "deleted_at" if after.is_null() => (None, None, Some(noun(tx, &table).to_owned())),
                "deleted_at" => (None, Some(noun(tx, &table).to_owned()), None),
                // What is made from another column says nothing new.
                name if name.ends_with("_norm") || name == "norm_version" => continue,
                name => (Some(spelled(name)), shown(tx, &table, name, before)?, shown(tx, &table, name, after)?),
            };
            changes.push(ChangeLine { subject: subject.clone(), field, before, after });
        }
    }
    let joined = tx
        .sql()
        .prepare_cached(BY_NAME)?
        .query_map((input.operation, LINES.saturating_sub(changes.len() as u32)), |r| {
            Ok(ChangeLine { subject: r.get(0)?, field: r.get(1)?, before: None, after: r.get(2)? })
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    changes.extend(joined);
    for file in tx.find::<ExportMade>("WHERE created_op = ?1", [input.operation])? {
        changes.push(ChangeLine {
            subject: format!("“{}”", file.file_name),
            field: Some("for".into()),
            before: None,
            after: Some(file.purpose.writes().map_or("yourself", Purpose::words).to_owned()),
        });
    }
    let mut made = Vec::new();
    // Where there are more lines than are shown, it is counted how many there are.
    let said_by_name: &[&str] =
        if changes.len() < LINES as usize { &["person_tags", "list_people", "exports_made"] } else { &[] };
    for table in
        tx.store().tables().iter().filter(|table| table.life != Life::Entry && !said_by_name.contains(&table.name))
    {
        let sql = format!("SELECT count(*) FROM {} WHERE created_op = ?1", table.name);
        let count: u32 = tx.scalar(&sql, [input.operation])?.unwrap_or(0);
        if count > 0 {
            made.push((table.noun.to_owned(), count));
        }
    }
    Ok(Detail { changes, made })
}

/// As many lines as a detail has.
const LINES: u32 = 200;

/// Whom an operation tagged and whom it put on a list, and with what.
const BY_NAME: &str = "SELECT p.display_name, 'tag', t.name FROM person_tags j JOIN people p ON p.id = j.person_id JOIN tags t ON t.id = j.tag_id
      WHERE j.created_op = ?1
    UNION ALL SELECT p.display_name, 'list', l.name FROM list_people j JOIN people p ON p.id = j.person_id JOIN lists l ON l.id = j.list_id
      WHERE j.created_op = ?1 LIMIT ?2";

/// What a row joined somebody with: which field that is, and the name of the tag or the list.
fn joined_with(
    tx: &Tx,
    table: &str,
    old: &serde_json::Map<String, Json>,
) -> Result<Option<(&'static str, Option<String>)>> {
    let (field, column, name) = match table {
        "person_tags" => ("tag", "tag_id", "SELECT name FROM tags WHERE id = ?1"),
        "list_people" => ("list", "list_id", "SELECT name FROM lists WHERE id = ?1"),
        _ => return Ok(None),
    };
    let id = old.get(column).and_then(|joined| joined["id"].as_str()).map(str::parse::<Id>);
    Ok(Some((
        field,
        match id {
            Some(Ok(id)) => tx.scalar(name, [id])?,
            _ => None,
        },
    )))
}

/// Whom or what a row is about, by the name it has now.
fn subject_of(tx: &Tx, table: &str, id: Id, old: &serde_json::Map<String, Json>) -> Result<String> {
    let named = |sql: &str, id: Id| tx.scalar::<String>(sql, [id]);
    let whose = old.get("person_id").and_then(|person| person["id"].as_str()).and_then(|id| id.parse::<Id>().ok());
    let name = match (table, whose) {
        ("people", _) => named("SELECT display_name FROM people WHERE id = ?1", id)?,
        (_, Some(person)) => named("SELECT display_name FROM people WHERE id = ?1", person)?,
        ("contact_points", _) => named(
            "SELECT p.display_name || ', ' || c.value FROM contact_points c JOIN people p ON p.id = c.person_id WHERE c.id = ?1",
            id,
        )?,
        ("touchpoints", _) => named(
            "SELECT group_concat(p.display_name, ', ') FROM touchpoint_people t JOIN people p ON p.id = t.person_id WHERE t.touchpoint_id = ?1",
            id,
        )?,
        ("lists" | "views", _) => named(&format!("SELECT '“' || name || '”' FROM {table} WHERE id = ?1"), id)?,
        ("settings", _) => named("SELECT replace(key, '_', ' ') FROM settings WHERE id = ?1", id)?,
        (table, _) => tx
            .store()
            .tables()
            .iter()
            .find(|known| known.name == table && known.columns.contains(&"person_id"))
            .map(|known| {
                format!(
                    "SELECT display_name FROM people WHERE id = (SELECT person_id FROM {} WHERE id = ?1)",
                    known.name
                )
            })
            .map(|sql| named(&sql, id))
            .transpose()?
            .flatten(),
    };
    Ok(name.unwrap_or_else(|| noun(tx, table).to_owned()))
}

fn noun(tx: &Tx, table: &str) -> &'static str {
    tx.store().tables().iter().find(|known| known.name == table).map_or("row", |known| known.noun)
}

/// `building_now` as a person reads it.
pub(crate) fn spelled(column: &str) -> String {
    // A page calls it so.
    if column == "role_title" {
        return "role".to_owned();
    }
    column.trim_end_matches("_id").replace('_', " ")
}

/// Whether a column says one word out of a list.
fn says_a_word_of_a_list(tx: &Tx, table: &str, column: &str) -> bool {
    let known = tx.store().tables().iter().find(|known| known.name == table);
    let column = known.and_then(|known| known.shape.iter().find(|one| one.name == column));
    column.is_some_and(|column| (column.on_the_wire)().contains('"'))
}

fn shown(tx: &Tx, table: &str, column: &str, value: &Json) -> Result<Option<String>> {
    Ok(match value {
        Json::Null => None,
        Json::String(word) if says_a_word_of_a_list(tx, table, column) => Some(match (column, word.as_str()) {
            ("status", "ok") => "works".to_owned(),
            _ => source_words(table, column, word).map_or_else(|| word.replace('_', " "), str::to_owned),
        }),
        Json::String(text) => Some(text.clone()),
        Json::Number(n) if column == "do_not_contact" || column == "teammate" || column.starts_with("is_") => {
            Some(if n.as_i64() == Some(0) { "no" } else { "yes" }.to_owned())
        }
        Json::Object(id) if column == "organisation_id" || column == "merged_into" => {
            let name = if column == "merged_into" {
                "SELECT display_name FROM people WHERE id = ?1"
            } else {
                "SELECT name FROM organisations WHERE id = ?1"
            };
            match id.get("id").and_then(Json::as_str).map(str::parse::<Id>) {
                Some(Ok(id)) => tx.scalar(name, [id])?,
                _ => None,
            }
        }
        Json::Object(other) => other
            .get("real")
            .and_then(Json::as_str)
            .and_then(|bits| bits.parse().ok())
            .map(|bits| f64::from_bits(bits).to_string()),
        other => Some(other.to_string()),
    })
}
