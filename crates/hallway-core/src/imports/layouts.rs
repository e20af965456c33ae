//! What the columns of a file mean, remembered by its headers: whoever said it once need not say it again.
use super::opened::hex;
use crate::{
    error::Result,
    rpc::Empty,
    store::Tx,
    transfer::csv::{ColumnMapping, DayOrder, Mapping, WHY_NOT},
};
use rusqlite::OptionalExtension;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What somebody said of files with these headers.
pub(super) struct Known {
    pub mapping: Mapping,
    pub days: BTreeMap<u32, DayOrder>,
}

#[derive(Debug, Deserialize, TS)]
pub struct Layout {
    /// As the preview names it.
    pub layout: String,
}

/// The name of a layout: its headers in their order. The column that says why rows were refused is not one of them, so
/// that such a file means what the file it came from did.
pub(super) fn key(headers: &[String]) -> String {
    let headers: Vec<&str> = headers.iter().map(String::as_str).filter(|header| *header != WHY_NOT).collect();
    hex(&Sha256::digest(headers.join("\u{1f}")))
}

pub(super) fn known(tx: &Tx, headers: &[String]) -> Result<Option<Known>> {
    let row: Option<(String, String)> = tx
        .sql()
        .prepare_cached("SELECT mapping, days FROM import_layouts WHERE headers = ?1")?
        .query_row([key(headers)], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let Some((mapping, days)) = row else { return Ok(None) };
    let (mapping, days): (Mapping, BTreeMap<u32, DayOrder>) =
        (serde_json::from_str(&mapping)?, serde_json::from_str(&days)?);
    Ok(Some(match headers.iter().position(|header| header == WHY_NOT) {
        None => Known { mapping, days },
        Some(at) => {
            let mut with = mapping;
            with.insert(at.min(with.len()), ColumnMapping::SKIP);
            let days = days.into_iter().map(|(n, order)| (n + u32::from(n as usize >= at), order)).collect();
            Known { mapping: with, days }
        }
    }))
}

/// Remembers what somebody said of files with these headers.
pub(super) fn remember(
    tx: &mut Tx,
    headers: &[String],
    mapping: &[ColumnMapping],
    days: &BTreeMap<u32, DayOrder>,
) -> Result<()> {
    let why = headers.iter().position(|header| header == WHY_NOT);
    let without: Vec<&ColumnMapping> =
        mapping.iter().enumerate().filter(|(n, _)| Some(*n) != why).map(|(_, mapping)| mapping).collect();
    let days: BTreeMap<u32, DayOrder> = days
        .iter()
        .filter(|(n, _)| Some(**n as usize) != why)
        .map(|(n, order)| (n - u32::from(why.is_some_and(|why| (*n as usize) > why)), *order))
        .collect();
    tx.sql().execute(
        "INSERT OR REPLACE INTO import_layouts (headers, mapping, days, used_at) VALUES (?1, ?2, ?3, ?4)",
        (key(headers), serde_json::to_string(&without)?, serde_json::to_string(&days)?, tx.now.0),
    )?;
    tx.mark_changed("import_layouts");
    Ok(())
}

/// Forgets what was said of files with these headers: the next one is recognised anew.
pub fn forget(tx: &mut Tx, input: Layout) -> Result<Empty> {
    tx.sql().execute("DELETE FROM import_layouts WHERE headers = ?1", [input.layout])?;
    tx.mark_changed("import_layouts");
    Ok(Empty {})
}
