//! The same as JSON: every row whole, its history, and the page in words beside it.
use super::{
    held::{self, Held, Rows},
    history, named, page,
    row::Row,
};
use crate::{
    contact_points::ContactPoint,
    error::{Error, Result},
    exports::{file_error, written_whole},
    id::Id,
    people::PersonId,
    record::{Record, wire_name},
    store::{Access, Tx},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::io::Write;
use ts_rs::TS;

/// What the file says of itself.
const FORMAT: &str = "hallway-subject";
const VERSION: u32 = 1;

#[derive(Debug, Deserialize, TS)]
pub struct SubjectTo {
    pub id: Id,
    /// A grant of the host.
    pub file: String,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SubjectWritten {
    pub file_name: String,
    #[ts(type = "number")]
    pub bytes: u64,
}

/// Writes everything held about somebody as JSON, or nothing.
///
/// # Errors
/// `not_found` when there is no such person; whatever the disk says.
pub fn write(tx: &Tx, input: SubjectTo) -> Result<SubjectWritten> {
    let path = tx.store().granted(&input.file, Access::Write)?;
    let text = serde_json::to_vec_pretty(&whole(tx, input.id)?)?;
    written_whole(&path, |file| {
        file.write_all(&text).and_then(|()| file.write_all(b"\n")).map_err(|source| file_error(&path, source))
    })?;
    let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(SubjectWritten { file_name, bytes: text.len() as u64 + 1 })
}

/// Everything held about somebody, as JSON.
pub(crate) fn whole(tx: &Tx, person: Id) -> Result<Value> {
    let people = held::everyone_they_are(tx, person)?;
    if people.is_empty() {
        return Err(Error::NotFound("person"));
    }
    let held = Held::of(tx, &people)?;
    let mut history = Vec::new();
    for line in history::of(tx, &held)? {
        history.push(json!({
            "at": tx.scalar::<i64>("SELECT at FROM operations WHERE id = ?1", [line.operation])?,
            "what": line.op, "of": wire_name(&line.table), "id": line.row, "before": line.old, "after": line.new,
        }));
    }
    let elsewhere: Vec<Value> = named::of(tx, &held)?
        .into_iter()
        .map(|found| json!({ "of": wire_name(found.table), "id": found.row, "field": found.column, "text": found.whole }))
        .collect();
    Ok(json!({
        "format": FORMAT,
        "version": VERSION,
        "writtenAt": tx.now.0,
        "inWords": page::page(tx, PersonId { id: people[0] })?,
        "theirs": rows(tx, &held.theirs)?,
        "onTheSuppressionList": suppressed(tx, &held)?,
        "sharedWithOthers": rows(tx, &held.shared)?,
        "history": history,
        "namedElsewhere": elsewhere,
    }))
}

/// What the suppression list says of their addresses: it knows no person, so that it is none of their rows.
fn suppressed(tx: &Tx, held: &Held) -> Result<Vec<Value>> {
    let table = &ContactPoint::TABLE;
    let mut said = Vec::new();
    for id in held.theirs.get(table.name).into_iter().flatten() {
        let Some(row) = Row::read(tx, table, *id)? else { continue };
        for listed in page::suppressions_of(tx, &row)? {
            said.push(json!({
                "contactPoint": id, "reason": listed.reason, "onDay": listed.on_day, "liftedOn": listed.lifted_on,
            }));
        }
    }
    Ok(said)
}

/// The rows whole, by the name of their list in the JSON of everything.
fn rows(tx: &Tx, rows: &Rows) -> Result<Map<String, Value>> {
    let mut lists = Map::new();
    for table in tx.store().tables() {
        let mut list = Vec::new();
        for id in rows.get(table.name).into_iter().flatten() {
            let Some(row) = Row::read(tx, table, *id)? else { continue };
            let mut object: Map<String, Value> =
                table.columns.iter().map(|column| wire_name(column)).zip(row.values).collect();
            if table.trashes() {
                object.insert("createdAt".into(), row.created_at.into());
                object.insert("updatedAt".into(), row.updated_at.into());
                object.insert("deletedAt".into(), row.deleted_at.into());
            }
            list.push(Value::Object(object));
        }
        if !list.is_empty() {
            lists.insert(wire_name(table.name), list.into());
        }
    }
    Ok(lists)
}
