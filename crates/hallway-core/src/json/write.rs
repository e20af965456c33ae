//! Everything in the file, as JSON, one row a line.
use super::{
    FORMAT, VERSION,
    entities::{Entity, Field},
};
use crate::{
    error::{Error, Result},
    exports::{file_error, written_whole},
    journey::StageChangeRow,
    postal_addresses::PostalAddress,
    record::{Life, Record, Table},
    store::{Access, Tx},
    workspace,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{BufWriter, Write};
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct JsonTo {
    /// A grant of the host.
    pub file: String,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JsonWritten {
    pub file_name: String,
    #[ts(type = "number")]
    pub bytes: u64,
    pub people: u32,
    pub touchpoints: u32,
    /// Postal addresses whose day has come, and which are not in it: they are erased when Hallway is next open for long enough.
    pub expired: u32,
}

/// Writes the whole workspace, or nothing: the trash and every setting are in it, the history is not.
pub fn export(tx: &Tx, input: JsonTo) -> Result<JsonWritten> {
    let path = tx.store().granted(&input.file, Access::Write)?;
    let failed = |source| file_error(&path, source);
    written_whole(&path, |file| {
        let mut out = Counted { to: BufWriter::with_capacity(1 << 16, file), bytes: 0 };
        let (mut people, mut touchpoints) = (0, 0);
        write!(out, "{{\"format\":\"{FORMAT}\",\"version\":{VERSION}").map_err(failed)?;
        for entity in Entity::all(tx)? {
            let rows = write_rows(tx, &entity, &mut out, &failed)?;
            match entity.table.name {
                "people" => people = rows,
                "touchpoints" => touchpoints = rows,
                _ => {}
            }
        }
        out.write_all(b"\n}\n").and_then(|()| out.flush()).map_err(failed)?;
        let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(JsonWritten { file_name, bytes: out.bytes, people, touchpoints, expired: expired(tx)? })
    })
}

fn write_rows(
    tx: &Tx,
    entity: &Entity,
    out: &mut impl Write,
    failed: &impl Fn(std::io::Error) -> Error,
) -> Result<u32> {
    let times: &[(&str, &str)] = if entity.table.trashes() {
        &[("created_at", "createdAt"), ("updated_at", "updatedAt"), ("deleted_at", "deletedAt")]
    } else {
        &[]
    };
    let people = entity.table.name == "people";
    let mut query = tx.sql().prepare(&selection(tx, entity, times, people)?)?;
    let mut rows = query.query([])?;
    let mut count = 0;
    write!(out, ",\n\"{}\":[", entity.name).map_err(failed)?;
    while let Some(row) = rows.next()? {
        out.write_all(if count == 0 { b"\n" } else { b",\n" }).map_err(failed)?;
        let mut object = Object { out: &mut *out, begun: false };
        for (field, value) in entity.fields.iter().zip((entity.table.to_wire)(row)?) {
            if !field.derived {
                object.put(&field.name, &value).map_err(failed)?;
            }
        }
        for (column, name) in times {
            object.put(name, &Value::from(row.get::<_, Option<i64>>(*column)?)).map_err(failed)?;
        }
        if people {
            let evidence = row.get::<_, Option<String>>("shown_evidence")?;
            let evidence: Value =
                evidence.map_or(Ok(Value::from(Vec::<Value>::new())), |e| serde_json::from_str(&e))?;
            object.put("stage", &Value::from(row.get::<_, Option<String>>("shown_stage")?)).map_err(failed)?;
            object.put("stageSince", &Value::from(row.get::<_, Option<String>>("shown_since")?)).map_err(failed)?;
            object.put("stageEvidence", &evidence).map_err(failed)?;
        }
        out.write_all(b"}").map_err(failed)?;
        count += 1;
    }
    out.write_all(if count == 0 { b"]" } else { b"\n]" }).map_err(failed)?;
    Ok(count)
}

/// The rows of one entity, by id. Moves are a log of which the newest says where somebody stands: they come as they were
/// recorded, since a clock that ran ahead made ids that are later than what came after them.
fn selection(tx: &Tx, entity: &Entity, times: &[(&str, &str)], people: bool) -> Result<String> {
    let name = entity.table.name;
    let columns = entity.table.columns.iter().copied().chain(times.iter().map(|(column, _)| *column));
    let mut columns: Vec<String> = columns.map(|column| format!("{name}.{column}")).collect();
    let mut from = name.to_owned();
    if people {
        columns.extend(["s.stage AS shown_stage".to_owned(), "s.since AS shown_since".to_owned()]);
        columns.push(
            "CASE WHEN s.stage IS NOT NULL THEN (SELECT c.evidence FROM people p JOIN stage_changes c ON c.person_id = p.id
               WHERE p.root = people.id AND c.voided_by IS NULL ORDER BY c.rid DESC LIMIT 1) END AS shown_evidence".to_owned(),
        );
        from += " LEFT JOIN person_state s ON s.person = people.id";
    }
    let mut left_out: Vec<String> = unseen(tx, entity)?.into_iter().collect();
    if name == PostalAddress::TABLE.name {
        left_out.push(format!("{name}.expires_on <= '{}'", workspace::today(tx)?));
    }
    let unseen = if left_out.is_empty() { String::new() } else { format!("WHERE NOT ({})", left_out.join(" OR ")) };
    let order = if name == StageChangeRow::TABLE.name { "rid" } else { "id" };
    Ok(format!("SELECT {} FROM {from} {unseen} ORDER BY {name}.{order}", columns.join(", ")))
}

/// How many postal addresses are past their day.
fn expired(tx: &Tx) -> Result<u32> {
    let today = workspace::today(tx)?.to_string();
    Ok(tx.scalar("SELECT count(*) FROM postal_addresses WHERE expires_on <= ?1", [today])?.unwrap_or(0))
}

/// True of a row that undo took away: only the history of this file could bring it back, and that stays here. Nothing
/// when there is no such row.
fn unseen(tx: &Tx, entity: &Entity) -> Result<Option<String>> {
    let name = entity.table.name;
    let mut reasons: Vec<String> = taken_back(tx, entity.table)?.into_iter().collect();
    for (_, field, parent) in entity.references().filter(|(_, field, parent)| !field.may_be_null() && *parent != name) {
        let Some(table) = tx.store().tables().iter().find(|table| table.name == parent) else { continue };
        if let Some(gone) = taken_back(tx, table)? {
            let Field { column, .. } = field;
            reasons
                .push(format!("EXISTS (SELECT 1 FROM {parent} WHERE {parent}.id = {name}.{} AND {gone})", column.name));
        }
    }
    Ok((!reasons.is_empty()).then(|| reasons.join(" OR ")))
}

/// True of a row of the table that was taken back, unless another row still names it: that one would be left naming nobody.
fn taken_back(tx: &Tx, table: &Table) -> Result<Option<String>> {
    let name = table.name;
    if table.life == Life::Entry {
        return Ok(Some(format!("{name}.voided_by IS NOT NULL")));
    }
    if !table.trashes() {
        return Ok(None);
    }
    let gone = |name: &str| {
        format!(
            "{name}.deleted_op = {name}.created_op AND EXISTS (SELECT 1 FROM operations o WHERE o.id = {name}.created_op AND o.undone_at IS NOT NULL)"
        )
    };
    if !tx.scalar::<bool>(&format!("SELECT EXISTS (SELECT 1 FROM {name} WHERE {})", gone(name)), [])?.unwrap_or(false) {
        return Ok(None);
    }
    let mut unseen = gone(name);
    for other in Entity::all(tx)? {
        for (_, field, _) in other.references().filter(|(_, field, parent)| *parent == name && field.may_be_null()) {
            let stands = if other.table.trashes() { format!(" AND NOT ({})", gone("k")) } else { String::new() };
            unseen += &format!(
                " AND NOT EXISTS (SELECT 1 FROM {} k WHERE k.{} = {name}.id{stands})",
                other.table.name, field.column.name
            );
        }
    }
    Ok(Some(unseen))
}

/// An object that is written field by field, in order.
struct Object<'a, W> {
    out: &'a mut W,
    begun: bool,
}

impl<W: Write> Object<'_, W> {
    fn put(&mut self, name: &str, value: &Value) -> std::io::Result<()> {
        self.out.write_all(if std::mem::replace(&mut self.begun, true) { b"," } else { b"{" })?;
        serde_json::to_writer(&mut *self.out, name)?;
        self.out.write_all(b":")?;
        Ok(serde_json::to_writer(&mut *self.out, value)?)
    }
}

/// Counts what is written.
struct Counted<W> {
    to: W,
    bytes: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}
