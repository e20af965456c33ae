//! A file as a table: a header, and the rows below it, as often as they are asked for.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek};

use super::Error;
use super::decode::{Encoding, Text};
use super::dialect::Dialect;
use super::guard::unguarded;
use super::records::{Record, Records};

/// As much of a file as is looked at to find out how it is cut, in bytes of UTF-8.
const START: usize = 256 * 1024;

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separator(u8);

impl Separator {
    /// The sign itself, or "tab". Letters, digits, quotes and the ends of lines part nothing.
    pub fn said(text: &str) -> Option<Separator> {
        match text.as_bytes() {
            [byte] if (byte.is_ascii_punctuation() && *byte != b'"') || *byte == b'\t' => Some(Separator(*byte)),
            _ => ["tab", "\\t"].contains(&text.to_lowercase().as_str()).then_some(Separator(b'\t')),
        }
    }
}

/// A file that can be read as a table. Only its start is kept in memory.
pub struct Table<R> {
    source: R,
    encoding: Encoding,
    dialect: Dialect,
    headers: Vec<String>,
    header_row: Option<u64>,
    samples: Vec<Record>,
    from_spreadsheet: bool,
}

impl<R: Read + Seek> Table<R> {
    /// Finds out how a source is encoded and cut. Reads it once to the end, since the first letter outside ASCII may
    /// stand anywhere.
    pub fn open(source: R) -> Result<Table<R>, Error> {
        Table::open_with(source, None, None)
    }

    /// Like [`open`](Table::open), for a file of which somebody has said what parts its cells.
    pub fn open_cut(source: R, separator: Option<Separator>) -> Result<Table<R>, Error> {
        Table::open_with(source, None, separator)
    }

    /// Like [`open`](Table::open), for a file known to come from a spreadsheet, or not to; see
    /// [`from_spreadsheet`](Table::from_spreadsheet).
    pub fn open_as(source: R, from_spreadsheet: bool) -> Result<Table<R>, Error> {
        Table::open_with(source, Some(from_spreadsheet), None)
    }

    fn open_with(
        mut source: R,
        from_spreadsheet: Option<bool>,
        separator: Option<Separator>,
    ) -> Result<Table<R>, Error> {
        let encoding = Encoding::of(&mut source)?;
        let (start, cut) = start_of(&mut source, encoding)?;
        let dialect = Dialect::of(&start, cut, separator.map(|Separator(byte)| byte));
        let mut table = Table {
            source,
            encoding,
            dialect,
            headers: Vec::new(),
            header_row: None,
            samples: dialect.samples(&start, cut),
            from_spreadsheet: from_spreadsheet.unwrap_or(encoding.bom || dialect.separator_line),
        };
        table.read_header()?;
        let samples = std::mem::take(&mut table.samples);
        let fit = |record| fitted(record, table.headers.len(), table.from_spreadsheet);
        table.samples = samples.into_iter().map(fit).collect();
        Ok(table)
    }

    /// How the bytes stand for text.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What stands between cells: a comma, a semicolon, a tab, a bar, or whatever a `sep=` line names.
    pub fn separator(&self) -> char {
        char::from(self.dialect.separator)
    }

    /// One name per column, each different: blank headers are called "Column 3", the second "Email" is "Email (2)".
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The row of the header, as [`Record::row`] counts, or `None` when the file begins with people at once.
    pub fn header_row(&self) -> Option<u64> {
        self.header_row
    }

    /// How many rows stand above the header: notes and blank lines.
    pub fn preamble_rows(&self) -> u64 {
        self.dialect.preamble as u64
    }

    /// The first rows below the header, to recognise the columns by.
    pub fn samples(&self) -> &[Record] {
        &self.samples
    }

    /// Whether apostrophes before formulas are taken off: so for files with a byte order mark or a `sep=` line. Our files
    /// for programs have neither and are read as they are.
    pub fn from_spreadsheet(&self) -> bool {
        self.from_spreadsheet
    }

    /// The rows below the header, from the first one, each time this is called. Blank rows are among them.
    pub fn rows(&mut self) -> Result<Rows<&mut R>, Error> {
        let (width, from_spreadsheet) = (self.headers.len(), self.from_spreadsheet);
        let above = self.above();
        Rows::below(self.records()?, above, width, from_spreadsheet)
    }

    /// The rows below the header, with the source they come from: for whoever reads on later.
    pub fn into_rows(self) -> Result<Rows<R>, Error> {
        let (width, above) = (self.headers.len(), self.above());
        let text = Text::new(self.source, self.encoding)?;
        let mut records = Records::of_source(text, self.dialect.separator);
        if self.dialect.separator_line {
            records.skip_separator_line()?;
        }
        Rows::below(records, above, width, self.from_spreadsheet)
    }

    /// How many records stand above the first row.
    fn above(&self) -> usize {
        self.dialect.preamble + usize::from(self.dialect.header)
    }

    fn records(&mut self) -> Result<Records<&mut R>, Error> {
        let text = Text::new(&mut self.source, self.encoding)?;
        let mut records = Records::of_source(text, self.dialect.separator);
        if self.dialect.separator_line {
            records.skip_separator_line()?;
        }
        Ok(records)
    }

    fn read_header(&mut self) -> Result<(), Error> {
        let Dialect { preamble, header, .. } = self.dialect;
        let widest = self.samples.iter().map(|record| record.cells.len()).max().unwrap_or(0);
        let from_spreadsheet = self.from_spreadsheet;
        let mut records = self.records()?;
        for _ in 0..preamble {
            records.next()?;
        }
        let first = records.next()?.filter(|record| !record.is_blank()).ok_or(Error::Empty)?;
        let cells = match (header, from_spreadsheet) {
            (false, _) => vec![String::new(); widest.max(first.cells.len())],
            (true, true) => first.cells.iter().map(|cell| unguarded(cell).into_owned()).collect(),
            (true, false) => first.cells,
        };
        self.header_row = header.then_some(first.row);
        self.headers = distinct(cells);
        Ok(())
    }
}

/// The rows of a [`Table`], one at a time. Nothing comes after an error.
pub struct Rows<R> {
    records: Records<R>,
    width: usize,
    from_spreadsheet: bool,
    ended: bool,
}

impl<R: Read + Seek> Rows<R> {
    /// How much of the source was read and not yet given out, in bytes of UTF-8.
    pub fn ahead(&self) -> usize {
        self.records.ahead()
    }

    fn below(mut records: Records<R>, above: usize, width: usize, from_spreadsheet: bool) -> Result<Rows<R>, Error> {
        for _ in 0..above {
            records.next()?;
        }
        Ok(Rows { records, width, from_spreadsheet, ended: false })
    }
}

impl<R: Read + Seek> Iterator for Rows<R> {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.records.next().transpose();
        self.ended = !matches!(next, Some(Ok(_)));
        next.map(|record| record.map(|record| fitted(record, self.width, self.from_spreadsheet)))
    }
}

/// A record as wide as the header at least, without the apostrophes of a spreadsheet.
fn fitted(mut record: Record, width: usize, from_spreadsheet: bool) -> Record {
    record.width = width;
    record.missing = width.saturating_sub(record.cells.len());
    if record.missing > 0 {
        record.cells.resize(width, String::new());
    }
    if from_spreadsheet {
        for cell in &mut record.cells {
            if let Some(bare) = Some(unguarded(cell)).filter(|bare| bare.len() < cell.len()) {
                *cell = bare.into_owned();
            }
        }
    }
    record
}

fn start_of<R: Read + Seek>(source: &mut R, encoding: Encoding) -> Result<(String, bool), Error> {
    let mut text = Text::new(source, encoding)?;
    let mut start = String::new();
    while start.len() < START {
        if !text.more(&mut start)? {
            return Ok((start, false));
        }
    }
    Ok((start, true))
}

/// Headers that are all different and never blank, so that a column can be named. The first of its name keeps it.
fn distinct(cells: Vec<String>) -> Vec<String> {
    let mut taken: HashSet<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
    let mut next: HashMap<&str, u32> = HashMap::new();
    let mut headers = Vec::with_capacity(cells.len());
    for (index, cell) in cells.iter().enumerate() {
        let header = match (cell.trim(), next.get_mut(cell.trim())) {
            ("", _) => free(&format!("Column {}", index + 1), &mut 1, &taken),
            (name, Some(number)) => free(name, number, &taken),
            (name, None) => {
                next.insert(name, 2);
                name.to_owned()
            }
        };
        taken.insert(header.clone());
        headers.push(header);
    }
    headers
}

/// The first of `Email`, `Email (2)`, `Email (3)` … that is not taken, from `number` on.
fn free(name: &str, number: &mut u32, taken: &HashSet<String>) -> String {
    loop {
        let candidate = if *number == 1 { name.to_owned() } else { format!("{name} ({number})") };
        *number += 1;
        if !taken.contains(&candidate) {
            return candidate;
        }
    }
}
