//! People in and out of CSV: reading whatever the world calls CSV, and writing files that survive the way back.
//!
//! Reading goes bytes → text ([`decode`]) → records ([`records`]) → a table with a header ([`table`]) → people
//! ([`people`]), one record at a time, so that a file of a gigabyte needs no more memory than a small one. What the
//! columns mean is recognised in [`layouts`] and can be said otherwise in a [`Mapping`].
//!
//! Invariants, each with a test: no input panics; no cell is dropped without a word; `read(write(x)) == x` in both
//! modes of [`CsvWriter`]. There is no clock, no database and no file system in here.

mod cells;
mod dates;
mod decode;
mod dialect;
mod guard;
mod header_words;
mod layouts;
mod mapping;
mod newsletter;
mod people;
mod reading;
mod records;
mod returns;
mod survey;
mod table;
mod write;

use std::io;

pub use cells::{join_names, split_names};
pub use dates::{Day, DayOrder, DayPrecision, DaysSeen, day_order, is_ambiguous, parse_day};
pub use decode::Encoding;
pub(in crate::transfer) use decode::decoded;
pub use guard::{guarded, unguarded};
pub use layouts::{Layout, recognise};
pub use mapping::{ColumnDays, ColumnMapping, ImportColumn, ImportTarget, Mapping, UnreadDays};
pub use people::{Columns, Happened, ImportedCountry, ImportedPerson, ImportedTouch, MetOn, Refusal, Unread};
pub use reading::person_from;
pub use records::{Damage, Record};
pub use returns::{CameBack, Returned, Returns, recognise_returns, returns_of};
pub use survey::Survey;
pub use table::{Rows, Separator, Table};
pub use write::{CsvWriter, ExportMode, FlaggedCell, Written};

/// Longer than any row of real people, in bytes of UTF-8. It keeps memory bounded when a file is no table at all.
pub const MAX_ROW_BYTES: usize = 4 * 1024 * 1024;

/// As many columns as the widest spreadsheet has.
pub const MAX_COLUMNS: usize = 16_384;

/// The header of the column that says, in a file of rows that were refused, why each of them was. It is never imported.
pub const WHY_NOT: &str = "Why it was not imported";

/// Why a file cannot be read as a table. The texts are meant for people.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The disk, or whatever the bytes come from, failed.
    #[error("The file could not be read: {0}.")]
    Io(#[from] io::Error),
    /// Not one row with something in it.
    #[error("The file has no rows. Choose a file with a header row and one person in each row below it.")]
    Empty,
    /// A row above [`MAX_ROW_BYTES`].
    #[error("Row {row} is longer than 4 MB, so this does not look like a table. Save it as CSV and import it again.")]
    RowTooLong {
        /// As a spreadsheet numbers it; see [`Record::row`].
        row: u64,
    },
}

#[cfg(test)]
mod tests;
