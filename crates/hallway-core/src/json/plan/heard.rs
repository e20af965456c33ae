//! The rows of one entity of the file, read once before all of them are looked at.
use crate::{
    error::{Error, Result},
    json::{
        arriving::{self, Arrival},
        entities::Entity,
    },
    record::Record,
    store::Times,
    transfer::json::Document,
};
use std::fs::File;

/// Every row of a record that can be read.
pub(super) fn each<R: Record>(
    document: &mut Document<File>,
    entities: &[Entity],
    source: Option<&str>,
    mut see: impl FnMut(&R) -> Result<()>,
) -> Result<()> {
    each_with_times(document, entities, source, |row, _| see(row))
}

/// The same, with when it was made and trashed.
pub(super) fn each_with_times<R: Record>(
    document: &mut Document<File>,
    entities: &[Entity],
    source: Option<&str>,
    mut see: impl FnMut(&R, Times) -> Result<()>,
) -> Result<()> {
    let Some(entity) = entities.iter().find(|entity| entity.table.name == R::TABLE.name) else { return Ok(()) };
    let Some(list) = document.lists.iter().position(|list| list.name == entity.name) else { return Ok(()) };
    document.rows(list, None, |raw| {
        if let Ok(Arrival { mut row, times, .. }) = arriving::read(entity, raw.bytes, source, |_| ())
            && let Some(row) = row.as_any().downcast_ref::<R>()
        {
            see(row, times)?;
        }
        Ok::<_, Error>(true)
    })?;
    Ok(())
}
