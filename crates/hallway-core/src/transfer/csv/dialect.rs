//! Finds out how a file is cut into cells, and which of its rows is the header.

use std::io;

use super::header_words::meaning;
use super::layouts::is_of_a_program;
use super::records::{Record, Records};
use super::returns::recognise_returns;
use crate::normal::looks_like_email;

/// In the order in which a tie is decided.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// As many records as are looked at to tell separators apart.
const LOOKED_AT: usize = 60;

/// As many records as are kept to recognise columns by. A column of days may need many to prove its order.
const SAMPLES: usize = 2_000;

/// A header stands among the first records or nowhere.
const HEADER_WITHIN: usize = 30;

/// How a file is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub separator: u8,
    /// The first line is `sep=…`, which Excel writes and hides.
    pub separator_line: bool,
    /// How many records stand above the header, or above the first row when there is no header.
    pub preamble: usize,
    pub header: bool,
}

impl Dialect {
    /// From the start of a text. `cut` says that the text goes on, so that its last record cannot be trusted; `said` is the
    /// separator, where somebody has said it.
    pub(super) fn of(start: &str, cut: bool, said: Option<u8>) -> Dialect {
        let line = separator_line(start);
        let candidates = match said.or(line) {
            Some(one) => vec![one],
            None => outside_quotes(start),
        };
        let mut best: Option<(Fit, Dialect)> = None;
        for separator in candidates {
            let records = first_records(start, separator, line.is_some(), cut, LOOKED_AT);
            let (preamble, header) = header_of(&records);
            let fit = Fit::of(&records, preamble);
            if best.as_ref().is_none_or(|(other, _)| fit > *other) {
                best = Some((fit, Dialect { separator, separator_line: line.is_some(), preamble, header }));
            }
        }
        best.map_or(Dialect { separator: b',', separator_line: false, preamble: 0, header: true }, |(_, dialect)| {
            dialect
        })
    }

    /// The records that stand below the header at the start of a text.
    pub(super) fn samples(&self, start: &str, cut: bool) -> Vec<Record> {
        let above = self.preamble + usize::from(self.header);
        first_records(start, self.separator, self.separator_line, cut, SAMPLES).into_iter().skip(above).collect()
    }
}

/// How well a separator fits, the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// Headers whose words are known.
    words: usize,
    /// Of a thousand rows, those as wide as the header; 0 when the separator separates nothing there. What would stand above
    /// the header counts as a row: a separator that finds its header far down has cut the rows before it wrongly.
    even_rows: usize,
    width: usize,
}

impl Fit {
    fn of(records: &[Record], preamble: usize) -> Fit {
        let (above, below) = records.split_at(preamble.min(records.len()));
        let Some((header, rows)) = below.split_first() else { return Fit { words: 0, even_rows: 0, width: 0 } };
        let width = header.cells.len();
        let filled = |rows: &[Record]| rows.iter().filter(|row| !row.is_blank()).count();
        let even =
            rows.iter().filter(|row| !row.is_blank() && row.cells.len() == width && row.damage.is_none()).count();
        let even_rows = match (width, filled(above) + filled(rows)) {
            (0 | 1, _) => 0,
            (_, 0) => 1000,
            (_, all) => even * 1000 / all,
        };
        Fit { words: known_words(header), even_rows, width: if even_rows == 0 { 0 } else { width } }
    }
}

/// The separators without those that stand within quoted cells alone: what stands within one cell parts nothing. A quote
/// opens a cell at its beginning alone.
fn outside_quotes(start: &str) -> Vec<u8> {
    let (mut within, mut outside) = ([false; SEPARATORS.len()], [false; SEPARATORS.len()]);
    let (mut quoted, mut before) = (false, b'\n');
    for byte in start.bytes() {
        let parts = SEPARATORS.iter().position(|separator| *separator == byte);
        match byte {
            b'"' if quoted => quoted = false,
            // Twice within a cell is one of its own.
            b'"' if before == b'"' || before == b'\n' || before == b'\r' || SEPARATORS.contains(&before) => {
                quoted = true
            }
            _ => {}
        }
        if let Some(nth) = parts {
            if quoted { within[nth] = true } else { outside[nth] = true }
        }
        before = byte;
    }
    let parts = |nth: &usize| outside[*nth] || !within[*nth];
    (0..SEPARATORS.len()).filter(parts).map(|nth| SEPARATORS[nth]).collect()
}

/// The separator that a first line `sep=;` names, with or without quotes around it.
fn separator_line(start: &str) -> Option<u8> {
    let line = start.split(['\r', '\n']).next()?;
    let line = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).unwrap_or(line);
    let (word, named) = line.split_at_checked(4)?;
    match (word.eq_ignore_ascii_case("sep="), named.as_bytes()) {
        (true, [separator]) if separator.is_ascii() && !separator.is_ascii_alphanumeric() && *separator != b'"' => {
            Some(*separator)
        }
        (true, b"\\t") => Some(b'\t'),
        _ => None,
    }
}

fn first_records(start: &str, separator: u8, separator_line: bool, cut: bool, most: usize) -> Vec<Record> {
    let mut records = Records::<io::Empty>::of_text(start, separator);
    let mut found = Vec::new();
    if separator_line && records.skip_separator_line().is_err() {
        return found;
    }
    while found.len() < most {
        match records.next() {
            Ok(Some(record)) => found.push(record),
            // The start of a text is shorter than the longest row, so there is nothing else that could go wrong here.
            Ok(None) | Err(_) => {
                if cut && found.len() > 1 {
                    found.pop();
                }
                break;
            }
        }
    }
    found
}

/// How many records stand above the header, and whether there is one. Found by what the cells say, never by counting
/// lines: files are saved again without the notes that stood above.
fn header_of(records: &[Record]) -> (usize, bool) {
    let start = &records[..records.len().min(HEADER_WITHIN)];
    if let Some(above) = start.iter().position(|record| is_known(&record.cells)) {
        return (above, true);
    }
    let words: Vec<usize> = start.iter().map(known_words).collect();
    let most = words.iter().copied().max().unwrap_or(0);
    if most >= 2 {
        return (words.iter().position(|found| *found == most).unwrap_or(0), true);
    }
    let filled = |record: &Record| record.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let rows = records.iter().filter(|record| !record.is_blank()).count();
    let a_table = records.iter().filter(|record| filled(record) >= 2).count() * 2 > rows;
    let above = start.iter().position(|record| filled(record) >= if a_table { 2 } else { 1 }).unwrap_or(0);
    let is_data =
        start.get(above).is_some_and(|first| words[above] == 0 && first.cells.iter().any(|cell| is_value(cell)));
    (above, !is_data)
}

/// As many cells as are known headers; none where something in the row is what stands below a header.
fn known_words(record: &Record) -> usize {
    if record.cells.iter().any(|cell| looks_like_email(cell.trim()) || is_instant(cell.trim())) {
        return 0;
    }
    record.cells.iter().filter(|cell| cell.len() <= 60 && meaning(cell).is_some()).count()
}

/// Whether a row is the header of a file that a program is known to write.
fn is_known(cells: &[String]) -> bool {
    is_of_a_program(cells) || recognise_returns("", cells).is_some()
}

/// `2026-11-02T10:00:00.000Z`, `2024-01-02 10:00:00.1 +0000 UTC`: a day and a time of it.
fn is_instant(cell: &str) -> bool {
    const SHAPE: &[u8] = b"0000-00-00 00:00";
    cell.len() >= SHAPE.len()
        && cell.bytes().zip(SHAPE).all(|(is, shape)| match shape {
            b'0' => is.is_ascii_digit(),
            b' ' => matches!(is, b' ' | b'T' | b't'),
            other => is == *other,
        })
}

/// Nobody calls a column `ada@example.org`.
fn is_value(cell: &str) -> bool {
    let cell = cell.trim();
    looks_like_email(cell) || cell.starts_with("https://") || cell.starts_with("http://")
}
