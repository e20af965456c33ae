//! Workbooks of Excel and its like (`.xlsx`) as CSV: one sheet, cell by cell, so that everything after it works on tables.
//!
//! A workbook may claim a cell a million rows down. Cells are read one by one and only what is there is kept.
use super::csv::{CsvWriter, ExportMode, MAX_COLUMNS};
use calamine::{DataRef, DataType, Reader, Xlsx, XlsxError, open_workbook_from_rs};
use std::{
    io::{Read, Seek},
    panic::{AssertUnwindSafe, catch_unwind},
};

/// One sheet of a workbook.
#[derive(Debug, PartialEq)]
pub struct Sheet {
    /// The names of all sheets, in their order.
    pub sheets: Vec<String>,
    /// The one that was read.
    pub name: String,
    /// Its cells as CSV in UTF-8, rows and columns where they stand in the sheet.
    pub csv: Vec<u8>,
}

/// Why a workbook cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "The workbook could not be read: {0}. Open it in a spreadsheet, save it once more as .xlsx or CSV, and import that."
    )]
    Unreadable(String),
    #[error("The workbook has no sheet {0}. Choose another one.")]
    NoSuchSheet(String),
    #[error(
        "Every sheet of the workbook is empty. Choose a file with a header row and one person in each row below it."
    )]
    Empty,
}

/// Whether a file that begins so is a workbook: they are archives, as nothing else that holds a table is.
pub fn is_workbook(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04")
}

/// Reads the sheet of that name, else the first one with something in it.
///
/// # Errors
/// See [`Error`]. A workbook made to bring the reader down is unreadable, like a broken one.
pub fn read(source: impl Read + Seek, wanted: Option<&str>) -> Result<Sheet, Error> {
    catch_unwind(AssertUnwindSafe(|| read_sheet(source, wanted)))
        .unwrap_or_else(|_| Err(Error::Unreadable("something in it makes no sense".into())))
}

fn read_sheet(source: impl Read + Seek, wanted: Option<&str>) -> Result<Sheet, Error> {
    let unreadable = |error: XlsxError| Error::Unreadable(error.to_string());
    let mut workbook: Xlsx<_> = open_workbook_from_rs(source).map_err(unreadable)?;
    let sheets = workbook.sheet_names();
    if let Some(wanted) = wanted {
        if !sheets.iter().any(|name| name == wanted) {
            return Err(Error::NoSuchSheet(wanted.to_owned()));
        }
        let csv = cells(&mut workbook, wanted)?.unwrap_or_default();
        return Ok(Sheet { name: wanted.to_owned(), sheets, csv });
    }
    for name in &sheets {
        if let Some(csv) = cells(&mut workbook, name)? {
            return Ok(Sheet { name: name.clone(), sheets, csv });
        }
    }
    Err(Error::Empty)
}

/// None for a sheet without a word in it.
fn cells<R: Read + Seek>(workbook: &mut Xlsx<R>, name: &str) -> Result<Option<Vec<u8>>, Error> {
    let unreadable = |error: XlsxError| Error::Unreadable(error.to_string());
    let written = |error: std::io::Error| Error::Unreadable(error.to_string());
    // A sheet of diagrams has no cells to read.
    let Ok(mut reader) = workbook.worksheet_cells_reader(name) else { return Ok(None) };
    let mut out = CsvWriter::new(Vec::new(), ExportMode::Program);
    let (mut row, mut at, mut any) = (Vec::<String>::new(), 0, false);
    while let Some(cell) = reader.next_cell().map_err(unreadable)? {
        let (line, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if text.is_empty() || column as usize >= MAX_COLUMNS {
            continue;
        }
        any = true;
        // Rows come in their order; one that does not is read where it comes.
        while at < line {
            out.write(row.drain(..)).map_err(written)?;
            at += 1;
        }
        if row.len() <= column as usize {
            row.resize(column as usize + 1, String::new());
        }
        row[column as usize] = text;
    }
    out.write(row).map_err(written)?;
    let (csv, _) = out.finish().map_err(written)?;
    Ok(any.then_some(csv))
}

/// A cell as its sheet shows it, near enough: a day as `2026-05-21`, a whole number without a point.
fn text_of(cell: &DataRef) -> String {
    match cell {
        DataRef::DateTime(when) if !when.is_duration() => match when.as_datetime() {
            Some(day) if day.time() == chrono::NaiveTime::MIN => day.date().to_string(),
            Some(instant) => instant.format("%Y-%m-%d %H:%M").to_string(),
            None => String::new(),
        },
        DataRef::Error(_) | DataRef::Empty => String::new(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        other => other.as_string().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    const PEOPLE: &[u8] = include_bytes!("../../../../tests/fixtures/people.xlsx");

    fn lines(sheet: &Sheet) -> Vec<String> {
        String::from_utf8(sheet.csv.clone()).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_sheet_is_read_cell_by_cell_where_it_stands() {
        let sheet = read(Cursor::new(PEOPLE), None).unwrap();
        assert_eq!(
            (sheet.name.as_str(), sheet.sheets.as_slice()),
            ("People", ["Cover", "People", "Prices"].map(String::from).as_slice())
        );
        assert_eq!(
            lines(&sheet),
            [
                "Met at the meetup",
                "\"\"",
                "Name,E-mail,Met on,T-shirt,Coming",
                "Priya Nair,priya@acme.example,2026-05-20,43,yes",
                "小林 葵,aoi@kobayashi.example,2026-05-20 18:30,41.5,no",
                "\"\"",
                "\"Zoë \"\"Z\"\" Müller\",zoe@example.org",
            ]
        );
        let other = read(Cursor::new(PEOPLE), Some("Prices")).unwrap();
        assert_eq!(lines(&other), ["Thing,Price", "Sticker,0.25"]);
    }

    #[test]
    fn what_is_no_workbook_and_a_sheet_that_is_not_there_are_refused_in_words() {
        assert!(is_workbook(PEOPLE) && !is_workbook(b"Name,Email"));
        let refused = read(Cursor::new(PEOPLE), Some("Nowhere")).unwrap_err();
        assert_eq!(refused.to_string(), "The workbook has no sheet Nowhere. Choose another one.");
        assert!(matches!(read(Cursor::new(b"PK\x03\x04 and nothing"), None), Err(Error::Unreadable(_))));
    }

    #[test]
    fn two_thousand_damaged_workbooks_are_refused_or_read_and_nothing_breaks() {
        let mut seed = 7_u64;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (seed >> 33) as usize % below
        };
        let (mut read_well, mut refused) = (0, 0);
        for _ in 0..2_000 {
            let mut bytes = PEOPLE.to_vec();
            for _ in 0..1 + next(8) {
                let at = next(bytes.len());
                bytes[at] = next(256) as u8;
            }
            if next(4) == 0 {
                bytes.truncate(next(bytes.len()));
            }
            match read(Cursor::new(bytes), None) {
                Ok(_) => read_well += 1,
                Err(error) => {
                    assert!(error.to_string().ends_with('.'));
                    refused += 1;
                }
            }
        }
        assert!(read_well > 0 && refused > 0, "{read_well} read, {refused} refused");
    }
}
