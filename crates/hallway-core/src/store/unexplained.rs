//! What changed in the file that nobody did: rows that say something else than in a backup, although no line of the
//! history says why. A failing disk that turns a letter into another one leaves every page in order, and no check of
//! pages notices it; this one does, for whatever is as old as the backup.
use super::{SCHEMA_VERSION, Tx, backups};
use crate::{error::Result, id::Id, record::Table};
use rusqlite::{Connection, types::Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// The rows of the file that differ from the backup and that nobody changed since, with their tables. None when the two
/// are not of one history, or not of one format.
pub(crate) fn unexplained(tx: &Tx, backup: &Path) -> Result<Vec<(&'static str, Id)>> {
    let before = backups::opened(backup)?;
    let format: i64 = before.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    let Some(newest) = shared_history(tx.sql(), &before)? else { return Ok(vec![]) };
    if format != SCHEMA_VERSION {
        return Ok(vec![]);
    }
    let explained = explained(tx, &before, newest)?;
    let mut found = Vec::new();
    for table in tx.store().tables() {
        for id in differing(table, tx.sql(), &before)? {
            if !explained.contains(&(table.name.to_owned(), id)) {
                found.push((table.name, id));
            }
        }
    }
    Ok(found)
}

/// The newest operation of the backup, if the file has it too.
fn shared_history(here: &Connection, before: &Connection) -> Result<Option<i64>> {
    let newest: (i64, i64) = before.query_row(
        "SELECT coalesce(max(id), 0), coalesce((SELECT at FROM operations ORDER BY id DESC LIMIT 1), 0) FROM operations",
        [],
        |r| Ok((r.get(0)?, r.get(1)?)),
    )?;
    let known = here.prepare("SELECT 1 FROM operations WHERE id = ?1 AND at = ?2")?.exists(newest)?;
    Ok(known.then_some(newest.0))
}

/// Rows that an operation wrote since, or one that was taken back or brought back since.
fn explained(tx: &Tx, before: &Connection, newest: i64) -> Result<BTreeSet<(String, Id)>> {
    let undone = |conn: &Connection| -> Result<BTreeMap<i64, i64>> {
        let mut query = conn.prepare("SELECT id, undone_at FROM operations WHERE undone_at IS NOT NULL")?;
        Ok(query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    };
    let (now, then) = (undone(tx.sql())?, undone(before)?);
    let mut turned: BTreeSet<i64> =
        now.keys().chain(then.keys()).filter(|op| now.get(op) != then.get(op)).copied().collect();
    // What was under way in the backup went on, or was taken back, under the number it had.
    let mut under_way = before.prepare("SELECT operation FROM import_runs WHERE operation IS NOT NULL")?;
    turned.extend(under_way.query_map([], |r| r.get::<_, i64>(0))?.collect::<rusqlite::Result<Vec<_>>>()?);
    let mut explained = BTreeSet::new();
    let mut take = |sql: &str, value: i64| -> Result<()> {
        let mut query = tx.sql().prepare_cached(sql)?;
        let mut rows = query.query([value])?;
        while let Some(row) = rows.next()? {
            explained.insert((row.get(0)?, row.get(1)?));
        }
        Ok(())
    };
    take("SELECT DISTINCT tbl, row_id FROM changes WHERE operation > ?1", newest)?;
    for operation in turned {
        take("SELECT DISTINCT tbl, row_id FROM changes WHERE operation = ?1", operation)?;
    }
    Ok(explained)
}

/// Rows that both have and that do not say the same.
fn differing(table: &Table, here: &Connection, before: &Connection) -> Result<Vec<Id>> {
    // In the order they lie in, so that both files are read once from beginning to end.
    let sql = format!("SELECT rid, {} FROM {} ORDER BY rid", table.column_list(), table.name);
    let (mut here, mut before) = (here.prepare(&sql)?, before.prepare(&sql)?);
    let (mut here, mut before) = (here.query([])?, before.query([])?);
    let mut differing = Vec::new();
    let row = |rows: &mut rusqlite::Rows| -> Result<Option<(i64, Vec<Value>)>> {
        let Some(row) = rows.next()? else { return Ok(None) };
        let values = (1..=table.columns.len()).map(|n| row.get(n)).collect::<rusqlite::Result<_>>()?;
        Ok(Some((row.get(0)?, values)))
    };
    let (mut one, mut other) = (row(&mut here)?, row(&mut before)?);
    while let (Some((rid, now)), Some((old_rid, then))) = (&one, &other) {
        // A row that left its table and came back has another place: that has a line of its own.
        if rid == old_rid
            && now[0] == then[0]
            && now != then
            && let Value::Blob(id) = &now[0]
            && let Ok(id) = id.as_slice().try_into()
        {
            differing.push(Id(id));
        }
        let (next, next_other) = (rid <= old_rid, old_rid <= rid);
        if next {
            one = row(&mut here)?;
        }
        if next_other {
            other = row(&mut before)?;
        }
    }
    Ok(differing)
}
