//! What was written over, and what was taken out, of all that is held about somebody.
use super::{
    Particular, SubjectLine,
    held::Held,
    not_on_the_page,
    row::{Words, label},
};
use crate::{
    error::Result,
    id::Id,
    record::{Table, from_json},
    rpc::phrase,
    store::Tx,
};
use rusqlite::types::Value as Stored;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// One line of the history about somebody.
pub(crate) struct Line {
    #[cfg(test)]
    pub id: i64,
    pub operation: i64,
    pub op: String,
    pub table: String,
    pub row: Id,
    pub old: Map<String, Value>,
    pub new: Map<String, Value>,
}

/// Every line of the history that says something about them, the oldest first.
pub(crate) fn of(tx: &Tx, held: &Held) -> Result<Vec<Line>> {
    let mut lines: BTreeSet<i64> = BTreeSet::new();
    for person in &held.people {
        lines.extend(tx.column::<i64>("SELECT change FROM change_people WHERE person = ?1", [person])?);
    }
    let shared = held.shared.iter().filter(|(name, _)| {
        // What others use too has a history of its own, which is not about them.
        tx.store().tables().iter().any(|table| {
            table.name == **name
                && !matches!(table.concerns, crate::record::Concerns::Nobody)
                && table.life != crate::record::Life::Shared
        })
    });
    for (name, rows) in held.theirs.iter().chain(shared) {
        for row in rows {
            lines.extend(tx.column::<i64>("SELECT id FROM changes WHERE row_id = ?1 AND tbl = ?2", (row, name))?);
        }
    }
    let mut query =
        tx.sql().prepare_cached("SELECT id, operation, op, tbl, row_id, old, new FROM changes WHERE id = ?1")?;
    let mut found = Vec::with_capacity(lines.len());
    for id in lines {
        let mut rows = query.query([id])?;
        let Some(row) = rows.next()? else { continue };
        let object = |n: usize| -> Result<Map<String, Value>> {
            let text: Option<String> = row.get(n)?;
            Ok(text.map_or(Ok(Map::new()), |text| serde_json::from_str(&text))?)
        };
        found.push(Line {
            #[cfg(test)]
            id: row.get(0)?,
            operation: row.get(1)?,
            op: row.get(2)?,
            table: row.get(3)?,
            row: row.get(4)?,
            old: object(5)?,
            new: object(6)?,
        });
    }
    // A word that others use is settled for whoever carries it: what was written over there is not theirs.
    found.retain(|line| {
        let table = tx.store().tables().iter().find(|table| table.name == line.table);
        held.has(&line.table, line.row) || table.is_none_or(|table| table.life != crate::record::Life::Shared)
    });
    Ok(found)
}

/// The operations that made or changed something of theirs, in words, the oldest first. Whoever else they were about is
/// not named.
pub(super) fn lines(words: &Words, held: &Held, name: &str) -> Result<Vec<SubjectLine>> {
    let mut operations: BTreeMap<i64, Vec<Particular>> = BTreeMap::new();
    for (table, rows) in &held.theirs {
        let sql = format!("SELECT created_op FROM {table} WHERE id = ?1");
        for row in rows {
            if let Some(operation) = words.tx.scalar::<i64>(&sql, [row])? {
                operations.entry(operation).or_default();
            }
        }
    }
    for line in of(words.tx, held)? {
        let particulars = operations.entry(line.operation).or_default();
        let Some(table) = words.tx.store().tables().iter().find(|table| table.name == line.table) else { continue };
        let columns: BTreeSet<&String> = line.old.keys().chain(line.new.keys()).collect();
        for column in columns {
            let before = said(words, table, column, line.old.get(column))?;
            let after = said(words, table, column, line.new.get(column))?;
            let value = match (before, after) {
                (Some(before), Some(after)) => format!("{before} → {after}"),
                (Some(before), None) => format!("{before}, until then"),
                (None, Some(after)) => after,
                (None, None) => continue,
            };
            particulars.push(Particular { label: label(table.name, column), value });
        }
    }
    let mut lines = Vec::with_capacity(operations.len());
    for (operation, particulars) in operations {
        let mut query = words.tx.sql().prepare_cached(
            "SELECT command, coalesce(ended_at, at), note, undone_at IS NOT NULL FROM operations WHERE id = ?1",
        )?;
        let mut rows = query.query([operation])?;
        let Some(row) = rows.next()? else { continue };
        let (command, at): (String, i64) = (row.get(0)?, row.get(1)?);
        let (note, undone): (Option<String>, bool) = (row.get(2)?, row.get(3)?);
        let apart = command.starts_with("doubles.") && command.ends_with("apart");
        let who = if apart { format!("{name} and somebody else") } else { name.to_owned() };
        // What is done to a list is said of the list.
        let who = if command.starts_with("lists.") { "with others" } else { &who };
        let what = phrase(&command)
            .unwrap_or(&command)
            .replace("{people}", name)
            .replace("{who}", who)
            .replace("{n}", "several");
        let what = what.replace("{note}", &note.map_or_else(|| "a file".to_owned(), |note| format!("“{note}”")));
        let taken_back = if undone { ", taken back since" } else { "" };
        let text = format!("{}: {what}{taken_back}", words.day_of(at));
        lines.push(SubjectLine { text, of: None, typed: true, particulars });
    }
    Ok(lines)
}

/// A value as a line of the history keeps it, in words.
fn said(words: &Words, table: &Table, column: &str, kept: Option<&Value>) -> Result<Option<String>> {
    if not_on_the_page(table.name, column).is_some() {
        return Ok(None);
    }
    let Some(known) = table.shape.iter().find(|known| known.name == column) else { return Ok(None) };
    let value = match kept.map(from_json) {
        None | Some(Stored::Null) => return Ok(None),
        // JSON in one column is itself on the wire.
        Some(Stored::Text(text))
            if !(known.on_the_wire)().starts_with("string") && !(known.on_the_wire)().contains('"') =>
        {
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        }
        Some(Stored::Text(text)) => Value::String(text),
        Some(Stored::Integer(n)) if (known.on_the_wire)().starts_with("boolean") => Value::Bool(n != 0),
        Some(Stored::Integer(n)) => n.into(),
        Some(Stored::Real(x)) => x.into(),
        Some(Stored::Blob(id)) => id.as_slice().try_into().map_or(Value::Null, |id| Value::String(Id(id).to_string())),
    };
    words.said(table, known, &value)
}
