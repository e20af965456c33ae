//! Rows that were refused, or still wait, as a file to be mended: the same columns, and before them why each was not
//! imported. Fed back, it means what the file it came from did.
use super::{
    ImportRequest,
    earlier::Again,
    layouts,
    opened::Opened,
    plan::{Apart, Planner},
    planned::Outcome,
    preview::repeated_in,
};
use crate::{
    error::Result,
    exports::{file_error, written_whole},
    store::{Access, Done, Memory, Store, Tx},
    time::Now,
    transfer::csv::{CsvWriter, ExportMode, WHY_NOT, person_from},
};
use serde::{Deserialize, Serialize};
use std::{fs, io::BufWriter};
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct RefusedTo {
    /// As it was imported, or is about to be.
    pub request: ImportRequest,
    /// A grant of the host to write to.
    pub to: String,
    /// By which operation its rows came in, if any did: those are not saved.
    #[serde(default)]
    #[ts(optional, type = "number")]
    pub operation: Option<i64>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    pub rows: u32,
    pub file_name: String,
}

/// Saves the rows of a file that are refused or wait, each with its reason, and remembers what its columns mean.
pub fn save_refused(store: &Store, now: Now, input: RefusedTo) -> Result<Done<Saved>> {
    let to = store.granted(&input.to, Access::Write)?;
    let failed = |source| file_error(&to, source);
    let write = |tx: &Tx, into: &mut fs::File| {
        let mut file = Opened::open(tx, &input.request)?;
        let (columns, _) = file.columns(tx)?;
        let repeated = repeated_in(&input.request, &mut file, &columns)?;
        let headers = file.table.headers().to_vec();
        let why = headers.iter().position(|header| header == WHY_NOT);
        let again = Again::but_for(tx, &file.hash, input.operation)?;
        let mut planner = Planner::previewing(tx, &input.request, again, Apart::of(tx)?, repeated)?;
        let mut out = CsvWriter::new(BufWriter::new(into), ExportMode::Spreadsheet);
        let own = |cells: &[String]| -> Vec<String> {
            cells.iter().enumerate().filter(|(n, _)| Some(*n) != why).map(|(_, cell)| cell.clone()).collect()
        };
        out.write([WHY_NOT.to_owned()].into_iter().chain(own(&headers))).map_err(failed)?;
        let mut rows = 0;
        file.each_record(|record| {
            let Some(planned) = planner.plan(tx, person_from(&columns, record), record)? else { return Ok(()) };
            if matches!(planned.outcome, Outcome::Refused | Outcome::Look) {
                rows += 1;
                let reason = planned.reason.unwrap_or_default();
                out.write([reason].into_iter().chain(own(&record.cells))).map_err(failed)?;
            }
            Ok(())
        })?;
        out.finish().map_err(failed)?;
        Ok((rows, headers, file.mapping.clone(), file.days()))
    };
    let (rows, headers, mapping, days) = store.read(now, |tx| written_whole(&to, |into| write(tx, into)))?;
    let changed = store
        .write("imports.remember", Memory::Recorded, now, |tx| layouts::remember(tx, &headers, &mapping, &days))?
        .changed;
    let file_name = to.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Done { value: Saved { rows, file_name }, changed })
}
