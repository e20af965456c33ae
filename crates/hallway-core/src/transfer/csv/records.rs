//! Text to records: what the quotes, separators and line ends say.
//!
//! The reader is our own, small as it is, because three things are needed that parsers of CSV do not tell: blank lines
//! count, so that a row has the number the spreadsheet shows; a quotation mark that never closes costs its own row and
//! not the rest of the file; and no row can grow without bound. On sound files it agrees with the `csv` crate, which
//! the tests hold it to.

use std::io::{Read, Seek};

use super::decode::Text;
use super::{Error, MAX_COLUMNS, MAX_ROW_BYTES};

const DROP_FROM: usize = 64 * 1024;

/// One row of a file, as it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The number a spreadsheet shows beside the row: every record counts, from 1, also the header, notes above it and
    /// blank lines. A cell of several lines is still one row. A `sep=` line does not count, as no spreadsheet shows it.
    pub row: u64,
    /// As long as the header is wide, or longer when the row is.
    pub cells: Vec<String>,
    /// How many cells the header asks for.
    pub width: usize,
    /// How many of those the row did not have; they stand empty in `cells`.
    pub missing: usize,
    /// Set when the row cannot be trusted.
    pub damage: Option<Damage>,
}

/// What can be wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// A quotation mark opens a cell and nothing closes it. The row ends at its line end, its quotes stay in the text.
    OpenQuote,
    /// More than [`MAX_COLUMNS`] cells; the others are not in `cells`.
    TooManyCells,
}

impl Record {
    /// Nothing in it but spaces: such rows are counted, and import nobody.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// The cells beyond the header that have something in them. No column names them, so they are counted, not imported.
    pub fn extra(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().skip(self.width).map(String::as_str).filter(|cell| !cell.trim().is_empty())
    }
}

/// The records of a text, one after the other.
pub(super) struct Records<R> {
    text: Option<Text<R>>,
    buffer: String,
    /// Where in `buffer` the next record starts.
    start: usize,
    separator: u8,
    row: u64,
}

impl<R: Read + Seek> Records<R> {
    pub(super) fn of_source(text: Text<R>, separator: u8) -> Records<R> {
        Records { text: Some(text), buffer: String::new(), start: 0, separator, row: 0 }
    }

    pub(super) fn of_text(text: &str, separator: u8) -> Records<R> {
        Records { text: None, buffer: text.to_owned(), start: 0, separator, row: 0 }
    }

    /// How much of the text was read ahead, in bytes of UTF-8.
    pub(super) fn ahead(&self) -> usize {
        self.buffer.len() - self.start
    }

    /// Passes over the `sep=` line without counting it.
    pub(super) fn skip_separator_line(&mut self) -> Result<(), Error> {
        self.next()?;
        self.row = 0;
        Ok(())
    }

    pub(super) fn next(&mut self) -> Result<Option<Record>, Error> {
        // Dropping what was read after every record would move the rest of the buffer once per row.
        if self.start == self.buffer.len() || self.start >= DROP_FROM {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        if self.start == self.buffer.len() && !self.more()? {
            return Ok(None);
        }
        self.row += 1;
        let (end, found) = match self.parse(true)? {
            Some(sound) => sound,
            None => match self.parse(false)? {
                Some((end, found)) => (end, Found { damage: Some(Damage::OpenQuote), ..found }),
                None => return Err(Error::RowTooLong { row: self.row }),
            },
        };
        self.start = end;
        let Found { cells, damage } = found;
        Ok(Some(Record { row: self.row, width: cells.len(), cells, missing: 0, damage }))
    }

    /// Appends to the buffer. False at the end of the text.
    fn more(&mut self) -> Result<bool, Error> {
        match &mut self.text {
            Some(text) => Ok(text.more(&mut self.buffer)?),
            None => Ok(false),
        }
    }

    /// Reads the record at the start of the buffer; returns where it ends, after its line end. `None` when it has a
    /// quotation mark that does not close, or one that closes within another cell, lines later.
    fn parse(&mut self, quotes: bool) -> Result<Option<(usize, Found)>, Error> {
        let mut found = Found { cells: Vec::new(), damage: None };
        let mut cell = String::new();
        let mut at = self.start;
        let mut place = Place::Start;
        loop {
            if at == self.buffer.len() {
                if self.buffer.len() - self.start > MAX_ROW_BYTES {
                    return match place {
                        Place::Quoted { .. } => Ok(None),
                        _ => Err(Error::RowTooLong { row: self.row }),
                    };
                }
                if self.more()? {
                    continue;
                }
                if let Place::Quoted { .. } = place {
                    return Ok(None);
                }
                found.push(cell);
                return Ok(Some((at, found)));
            }
            let rest = &self.buffer.as_bytes()[at..];
            let byte = rest[0];
            match place {
                Place::Start if quotes && byte == b'"' => {
                    place = Place::Quoted { lines: false };
                    at += 1;
                }
                Place::Quoted { lines } => {
                    let len = rest.iter().position(|byte| *byte == b'"').unwrap_or(rest.len());
                    let lines = lines || rest[..len].iter().any(|byte| matches!(byte, b'\r' | b'\n'));
                    cell.push_str(&self.buffer[at..at + len]);
                    at += len;
                    place = Place::Quoted { lines };
                    if at < self.buffer.len() {
                        at += 1;
                        place = Place::AfterQuote { lines };
                    }
                }
                Place::AfterQuote { lines } if byte == b'"' => {
                    cell.push('"');
                    at += 1;
                    place = Place::Quoted { lines };
                }
                Place::AfterQuote { lines: true } if !self.ends_cell(byte) => return Ok(None),
                _ if byte == self.separator => {
                    found.push(std::mem::take(&mut cell));
                    at += 1;
                    place = Place::Start;
                }
                _ if byte == b'\n' || byte == b'\r' => {
                    if byte == b'\r' && at + 1 == self.buffer.len() {
                        // Whether a line feed follows decides where the record ends.
                        self.more()?;
                    }
                    let pair = self.buffer[at..].starts_with("\r\n");
                    if !matches!((&place, found.cells.is_empty()), (Place::Start, true)) {
                        found.push(cell);
                    }
                    return Ok(Some((at + if pair { 2 } else { 1 }, found)));
                }
                _ => {
                    let len = rest.iter().position(|byte| self.ends_cell(*byte)).unwrap_or(rest.len());
                    cell.push_str(&self.buffer[at..at + len]);
                    at += len;
                    place = Place::Plain;
                }
            }
        }
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.separator || byte == b'\n' || byte == b'\r'
    }
}

struct Found {
    cells: Vec<String>,
    damage: Option<Damage>,
}

impl Found {
    fn push(&mut self, cell: String) {
        if self.cells.len() < MAX_COLUMNS {
            self.cells.push(cell);
        } else {
            self.damage = Some(Damage::TooManyCells);
        }
    }
}

/// Where in a cell the reader is. `lines` says that the quotes hold a line end.
enum Place {
    Start,
    Plain,
    Quoted { lines: bool },
    AfterQuote { lines: bool },
}
