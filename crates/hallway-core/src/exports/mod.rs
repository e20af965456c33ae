//! People as a file: what a list shows, for oneself; and whoever may be written to, for the program that writes to them.
//!
//! [`people`] is the plain table of what is shown, for oneself: nobody is written to with it, so nobody is held back, and
//! whether they may be contacted is a column of it. What leaves Hallway to write to people goes through the airlock
//! ([`airlock`]), in the shape of a template, and leaves a line in [`made`].
mod airlock;
mod cells;
mod limits;
pub(crate) mod made;
mod out;
mod template;
mod templates;
mod whole;
mod write;

#[cfg(test)]
mod tests;

pub use airlock::{
    Airlock, ExportPurpose, ExportShape, HeldBack, HeldPerson, InDoubt, InIt, Included, LookAt, LookCloser,
    LookFurther, LookThrough, Whom, included, left_out, left_out_by_name, look,
};
pub use cells::columns;
pub use made::{ExportMade, MadeExport, made};
pub(crate) use made::{carry, lines};
pub use template::{AskTemplates, Reach, TemplateShown, templates};
pub(crate) use whole::{file_error, written_whole};
pub use write::{ExportWritten, WriteExport, write};

use crate::{
    error::{Error, Result, invalid},
    id::Id,
    people::{self, PeopleQuery},
    rpc::Empty,
    store::{Access, Tx},
    transfer::csv::{CsvWriter, ExportMode},
};
use cells::Cells;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeSet, HashMap},
    io::{BufWriter, Write},
};
use template::Shape;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ExportPeople {
    pub query: PeopleQuery,
    /// Only these, in the order of the query; missing means everybody it matches.
    pub ids: Option<Vec<Id>>,
    /// A grant of the host.
    pub file: String,
    pub mode: ExportMode,
    /// Keys of [`ExportColumn`]; missing means those chosen by default.
    pub columns: Option<Vec<String>>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportColumn {
    pub key: String,
    pub label: String,
    /// Whether it is in the file unless somebody says otherwise. Notes never are.
    pub chosen: bool,
    /// It says more of somebody than a file that leaves Hallway needs: it is in one only when it was picked by hand.
    pub personal: bool,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    pub rows: u32,
    pub file_name: String,
    pub bytes: u64,
    /// Cells a careless program could take for a formula: written as they are, counted here.
    pub flagged: u32,
}

/// Writes what a list shows as a table for oneself, whole or not at all.
pub fn people(tx: &Tx, input: ExportPeople) -> Result<Exported> {
    let path = tx.store().granted(&input.file, Access::Write)?;
    let known = columns(tx, Empty {})?;
    let columns: Vec<ExportColumn> = match &input.columns {
        None => known.into_iter().filter(|c| c.chosen).collect(),
        Some(keys) => keys.iter().map(|key| named(&known, key).cloned()).collect::<Result<_>>()?,
    };
    if columns.is_empty() {
        return invalid("columns", "Choose at least one column.");
    }
    let matched = people::found(tx, &input.query)?;
    let wanted: Option<BTreeSet<Id>> = input.ids.map(|ids| ids.into_iter().collect());
    let keys: Vec<String> = columns.iter().map(|column| column.key.clone()).collect();
    let cells = Cells::new(tx, &keys, HashMap::new())?.with_phones(Shape::Csv(input.mode).phones());

    written_whole(&path, |file| {
        let failed = |source| file_error(&path, source);
        let mut writer = CsvWriter::new(BufWriter::new(file), input.mode);
        writer.write(columns.iter().map(|c| c.label.as_str())).map_err(failed)?;
        let mut rows = 0;
        for id in matched.ids.iter().filter(|id| wanted.as_ref().is_none_or(|w| w.contains(id))) {
            let row = cells.of(*id);
            let cells = columns.iter().map(|column| row.cell(&column.key)).collect::<Result<Vec<_>>>()?;
            writer.write(&cells).map_err(failed)?;
            rows += 1;
        }
        let (mut file, written) = writer.finish().map_err(failed)?;
        file.flush().map_err(failed)?;
        let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Exported { rows, file_name, bytes: written.bytes, flagged: written.flagged_cells as u32 })
    })
}

/// The column of that key.
fn named<'c>(known: &'c [ExportColumn], key: &str) -> Result<&'c ExportColumn> {
    known
        .iter()
        .find(|column| column.key == key)
        .ok_or_else(|| Error::Invalid { field: "columns".into(), message: format!("There is no column “{key}”.") })
}
