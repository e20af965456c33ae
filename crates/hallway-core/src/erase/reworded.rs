//! Texts about others from which an erasure took words: which they are, and that no older file says those again.
use super::receipts;
use crate::{
    error::Result,
    id::Id,
    record::{Stored, Table, value_of},
    store::{Standing, Tx},
};

/// Where texts stand that were blanked or written anew: the table, the row, the column. They are kept with the numbers of
/// what went, as `touchpoints.note`, and hold no word of anybody's.
pub(super) fn of(tx: &Tx, erasure: Id) -> Result<Vec<(String, Id, String)>> {
    let mut query =
        tx.sql().prepare_cached("SELECT tbl, row_id FROM erased WHERE erasure = ?1 AND instr(tbl, '.') > 0")?;
    let rows: Vec<(String, Id)> =
        query.query_map([erasure], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let place = |(place, row): (String, Id)| {
        place.split_once('.').map(|(table, column)| (table.to_owned(), row, column.to_owned()))
    };
    Ok(rows.into_iter().filter_map(place).collect())
}

pub(super) fn put<'a>(tx: &Tx, erasure: Id, places: impl Iterator<Item = &'a (String, Id, String)>) -> Result<()> {
    receipts::put_erased(tx, erasure, places.map(|(table, row, column)| (place(table, column), *row)))
}

/// That a text which came from elsewhere was not taken.
pub(crate) const STAYS: &str = "Somebody was erased who was named in this text, so it stays as it reads here. If it is to say something else, edit it in its place.";

/// Puts the texts that an erasure reworded back into a row from elsewhere, as they read here, and says whether any was
/// another. Whoever is erased is named nowhere any more, so that nobody can tell whether a text of another file names them.
pub(crate) fn stay(tx: &Tx, table: &Table, row: &mut dyn Stored, here: &Standing) -> Result<bool> {
    let mut any = false;
    for (n, column) in table.columns.iter().enumerate().skip(1) {
        let differs = value_of(row.params()[n])? != here.values[n];
        if differs && receipts::was_erased(tx, &place(table.name, column), row.id())? {
            row.set(column, (&here.values[n]).into()).map_err(rusqlite::Error::from)?;
            any = true;
        }
    }
    if any {
        // What it is compared by follows from what it reads now.
        row.complete();
    }
    Ok(any)
}

fn place(table: &str, column: &str) -> String {
    format!("{table}.{column}")
}
