//! People to CSV, in the two ways the world needs it.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::guard::{guarded, suspicious};

const PIECE: usize = 64 * 1024;

/// As many flagged cells as are named; the others are counted.
const FLAGGED_NAMED: usize = 200;

/// Whom the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportMode {
    /// Another program: every value exactly as it is, UTF-8 without a byte order mark.
    Program,
    /// Excel, LibreOffice, Numbers: values that start like a formula get an apostrophe (see the rule in
    /// [`guarded`](super::guarded)), UTF-8 with a byte order mark.
    Spreadsheet,
}

/// Writes records by RFC 4180: commas, CRLF after every record, quotes only where they are needed. Both modes end lines
/// with CRLF, since the RFC asks for it and every importer of the formats we know accepts it.
pub struct CsvWriter<W> {
    out: W,
    mode: ExportMode,
    pending: String,
    written: Written,
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Records, the header among them.
    pub records: u64,
    /// Bytes, the byte order mark among them.
    pub bytes: u64,
    /// Cells in a file for a program that a spreadsheet would run as a formula. They are written as they are.
    pub flagged_cells: u64,
    /// The first 200 of them.
    pub flagged: Vec<FlaggedCell>,
}

/// Where a flagged cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlaggedCell {
    /// The record's number, from 1, the header counted.
    pub row: u64,
    /// The cell's place in its record, from 0.
    pub column: usize,
}

impl<W: Write> CsvWriter<W> {
    /// Starts a file. Nothing reaches `out` before 64 KiB are pending or [`finish`](CsvWriter::finish) is called.
    pub fn new(out: W, mode: ExportMode) -> CsvWriter<W> {
        let pending = match mode {
            ExportMode::Program => String::new(),
            ExportMode::Spreadsheet => "\u{FEFF}".to_owned(),
        };
        CsvWriter { out, mode, pending, written: Written::default() }
    }

    /// Writes one record; the first one is the header.
    pub fn write<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) -> io::Result<()> {
        self.written.records += 1;
        let row = self.written.records;
        let start = self.pending.len();
        for (column, cell) in cells.into_iter().enumerate() {
            if column > 0 {
                self.pending.push(',');
            }
            let cell = cell.as_ref();
            match self.mode {
                ExportMode::Spreadsheet => self.push(&guarded(cell)),
                ExportMode::Program => {
                    if suspicious(cell) {
                        self.flag(FlaggedCell { row, column });
                    }
                    self.push(cell);
                }
            }
        }
        if self.pending.len() == start {
            // A line with nothing on it is no record to a reader.
            self.pending.push_str("\"\"");
        }
        self.pending.push_str("\r\n");
        if self.pending.len() < PIECE { Ok(()) } else { self.pass_on() }
    }

    /// Ends the file and tells what is in it.
    pub fn finish(mut self) -> io::Result<(W, Written)> {
        self.pass_on()?;
        self.out.flush()?;
        Ok((self.out, self.written))
    }

    fn push(&mut self, cell: &str) {
        // A byte order mark that belongs to the first cell would be taken for the file's own.
        let like_a_mark = self.written.bytes == 0 && self.pending.is_empty() && cell.starts_with('\u{FEFF}');
        // A spreadsheet may also cut at semicolons and tabs, and would take what stands behind one for a cell of its own.
        let cut = self.mode == ExportMode::Spreadsheet && cell.contains([';', '\t']);
        if like_a_mark || cut || cell.contains([',', '"', '\r', '\n']) {
            self.pending.push('"');
            self.pending.push_str(&cell.replace('"', "\"\""));
            self.pending.push('"');
        } else {
            self.pending.push_str(cell);
        }
    }

    fn flag(&mut self, cell: FlaggedCell) {
        self.written.flagged_cells += 1;
        if self.written.flagged.len() < FLAGGED_NAMED {
            self.written.flagged.push(cell);
        }
    }

    fn pass_on(&mut self) -> io::Result<()> {
        self.out.write_all(self.pending.as_bytes())?;
        self.written.bytes += self.pending.len() as u64;
        self.pending.clear();
        Ok(())
    }
}
