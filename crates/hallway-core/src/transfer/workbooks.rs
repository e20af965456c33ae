//! Workbooks of Excel and its like (`.xlsx`) as CSV: one sheet, cell by cell, so that everything after it works on tables.
//!
//! A workbook may claim a cell a million rows down, and a small one may unpack to more than a computer holds. Cells are read
//! one by one, only what is there is kept, and how much that is has its limits.
use super::csv::{CsvWriter, ExportMode, MAX_COLUMNS};
use calamine::{DataRef, DataType, Reader, Xlsx, XlsxError, open_workbook_from_rs};
use std::{
    io::{self, Read, Seek, Write},
    thread,
};

/// As much as a workbook may hold once it is unpacked, and as a sheet may be as CSV, in bytes.
const LARGEST_UNPACKED: u64 = 512 * 1024 * 1024;
/// What the reader of a workbook may lay on its stack, in bytes: more than any sound one needs.
const STACK: usize = 16 * 1024 * 1024;

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
    #[error(
        "The workbook holds more than 512 MB once it is unpacked. Save the sheet as CSV, which may be of any size, and import that."
    )]
    TooLarge,
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
/// See [`Error`]. A workbook made to bring the reader down is unreadable, like a broken one: it is read by a worker of its
/// own, whose end is not ours.
pub fn read(source: impl Read + Seek + Send, wanted: Option<&str>) -> Result<Sheet, Error> {
    let broken = || Error::Unreadable("something in it makes no sense".into());
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || read_sheet(source, wanted));
        worker.map_err(|error| Error::Unreadable(error.to_string()))?.join().unwrap_or_else(|_| Err(broken()))
    })
}

/// Whether all that is packed stays within the limit: by what is in it, since what an archive says of itself may be a lie.
fn unpacks_within_limits(source: &mut (impl Read + Seek)) -> Result<(), Error> {
    let unreadable = |error: zip::result::ZipError| Error::Unreadable(error.to_string());
    let mut archive = zip::ZipArchive::new(&mut *source).map_err(unreadable)?;
    let mut left = LARGEST_UNPACKED;
    for n in 0..archive.len() {
        // A part that cannot be unpacked at all is met by whoever needs it.
        let Ok(part) = archive.by_index(n) else { continue };
        let unpacked = io::copy(&mut part.take(left + 1), &mut io::sink()).unwrap_or(0);
        left = left.checked_sub(unpacked).ok_or(Error::TooLarge)?;
    }
    source.rewind().map_err(|error| Error::Unreadable(error.to_string()))
}

/// What is written, up to the limit.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if (self.0.len() + bytes.len()) as u64 > LARGEST_UNPACKED {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn read_sheet(mut source: impl Read + Seek, wanted: Option<&str>) -> Result<Sheet, Error> {
    let unreadable = |error: XlsxError| Error::Unreadable(error.to_string());
    unpacks_within_limits(&mut source)?;
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
    let written = |error: io::Error| match error.kind() {
        io::ErrorKind::FileTooLarge => Error::TooLarge,
        _ => Error::Unreadable(error.to_string()),
    };
    // A sheet of diagrams has no cells to read.
    let Ok(mut reader) = workbook.worksheet_cells_reader(name) else { return Ok(None) };
    let mut out = CsvWriter::new(Bounded(Vec::new()), ExportMode::Program);
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
    Ok(any.then_some(csv.0))
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
    fn a_workbook_that_unpacks_to_more_than_it_should_is_refused_before_it_is_read() {
        let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        packed.start_file("xl/sharedStrings.xml", options).unwrap();
        let nothing = vec![b' '; 1024 * 1024];
        for _ in 0..=LARGEST_UNPACKED / nothing.len() as u64 {
            packed.write_all(&nothing).unwrap();
        }
        let packed = packed.finish().unwrap();
        assert!(packed.get_ref().len() < 4 * 1024 * 1024, "it looks harmless");
        assert_eq!(
            read(packed, None).unwrap_err().to_string(),
            "The workbook holds more than 512 MB once it is unpacked. Save the sheet as CSV, which may be of any size, and import that."
        );
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
