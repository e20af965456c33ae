//! What a person with a file would notice, and what no file may do.

mod broken_files;
mod days;
mod layouts;
mod locales;
mod people;
mod reading;
mod returns;
mod round_trip;
mod writing;

use std::io::Cursor;
use std::path::PathBuf;

use super::*;

/// A table of bytes that must be readable.
fn table(bytes: impl AsRef<[u8]>) -> Table<Cursor<Vec<u8>>> {
    Table::open(Cursor::new(bytes.as_ref().to_vec())).expect("a readable table")
}

/// The rows below the header.
fn rows(table: &mut Table<Cursor<Vec<u8>>>) -> Vec<Record> {
    table.rows().expect("rows").map(|row| row.expect("a row")).collect()
}

/// Headers and cells, as the simplest way to say what a file holds.
fn read(bytes: impl AsRef<[u8]>) -> (Vec<String>, Vec<Vec<String>>) {
    let mut table = table(bytes);
    let cells = rows(&mut table).into_iter().map(|row| row.cells).collect();
    (table.headers().to_vec(), cells)
}

/// The people in a file, mapped as recognised.
fn people(bytes: impl AsRef<[u8]>) -> Vec<Result<Option<ImportedPerson>, Refusal>> {
    let mut table = table(bytes);
    let mapping = recognise(table.headers(), table.samples()).mapping;
    let columns = Columns::new(table.headers(), &mapping, table.samples());
    rows(&mut table).iter().map(|row| person_from(&columns, row)).collect()
}

/// The only person in a file.
fn person(bytes: impl AsRef<[u8]>) -> ImportedPerson {
    let found = people(bytes);
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().and_then(Result::ok).flatten().expect("a person")
}

/// What is wrong with the only row of a file.
fn refusal(bytes: impl AsRef<[u8]>) -> Refusal {
    let found = people(bytes);
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().and_then(Result::err).expect("a refusal")
}

fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
