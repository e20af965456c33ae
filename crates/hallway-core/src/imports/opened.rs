//! A file that was chosen: what kind it is, and its rows, whatever it is.
use super::ImportRequest;
use crate::{
    error::{Error, Result, invalid},
    store::{Access, Tx},
    transfer::{
        cards,
        csv::{self, ColumnMapping, Columns, Mapping, Record, Table, recognise},
        workbooks,
    },
};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{BufReader, Cursor, Read, Seek},
    path::Path,
};

/// A workbook or a file of cards is read as a whole, so it may not be larger than this. CSV may be of any size.
const LARGEST_WHOLE: u64 = 64 * 1024 * 1024;

pub(super) trait Source: Read + Seek {}
impl<T: Read + Seek> Source for T {}

/// A file that was chosen, and what its columns mean.
pub(super) struct Opened {
    pub name: String,
    pub hash: String,
    /// "LinkedIn Connections", "Google Contacts", "CSV", "Workbook" or "Address cards".
    pub layout: &'static str,
    /// How its bytes stand for text, or where in it the rows stand.
    pub encoding: String,
    /// What stands between cells; empty where nothing does.
    pub separator: String,
    /// The sheets of a workbook, and which of them was read.
    pub sheets: Vec<String>,
    pub sheet: Option<String>,
    pub mapping: Mapping,
    pub table: Table<Box<dyn Source>>,
}

/// The rows of a file, as one that a table can be made of.
struct Rows {
    layout: &'static str,
    encoding: Option<String>,
    sheets: Vec<String>,
    sheet: Option<String>,
    source: Box<dyn Source>,
}

impl Opened {
    pub fn open(tx: &Tx, input: &ImportRequest) -> Result<Opened> {
        let path = tx.store().granted(&input.file, Access::Read)?;
        let unreadable = |source| Error::File { context: format!("{} could not be read", path.display()), source };
        let mut file = File::open(&path).map_err(unreadable)?;
        let mut hash = Sha256::new();
        let size = std::io::copy(&mut file, &mut hash).map_err(unreadable)?;
        file.rewind().map_err(unreadable)?;
        let hash: String = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        if input.hash.as_ref().is_some_and(|seen| *seen != hash) {
            return invalid("file", "The file has changed since you looked at it. Look at it again, then import it.");
        }
        let mut start = Vec::new();
        file.by_ref().take(512).read_to_end(&mut start).map_err(unreadable)?;
        file.rewind().map_err(unreadable)?;
        let rows = rows_of(file, &start, size, input.sheet.as_deref()).map_err(|message| named(&path, &message))?;
        let table = Table::open(rows.source).map_err(|e| unusable(&path, e))?;
        let layout = recognise(table.headers(), table.samples());
        let mapping = match &input.mapping {
            Some(mapping) => {
                (0..table.headers().len()).map(|n| mapping.get(n).cloned().unwrap_or(ColumnMapping::SKIP)).collect()
            }
            None => layout.mapping,
        };
        let is_csv = rows.encoding.is_none();
        Ok(Opened {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            hash,
            layout: if is_csv || layout.name != "CSV" { layout.name } else { rows.layout },
            separator: if is_csv { table.separator().to_string() } else { String::new() },
            encoding: rows.encoding.unwrap_or_else(|| table.encoding().name.to_owned()),
            sheets: rows.sheets,
            sheet: rows.sheet,
            mapping,
            table,
        })
    }

    pub fn each_row(&mut self, mut f: impl FnMut(&Record, &Columns) -> Result<()>) -> Result<()> {
        let columns = Columns::new(self.table.headers(), &self.mapping, self.table.samples());
        let path = Path::new(&self.name).to_owned();
        for record in self.table.rows().map_err(|e| unusable(&path, e))? {
            f(&record.map_err(|e| unusable(&path, e))?, &columns)?;
        }
        Ok(())
    }
}

/// What kind of file it is, told from how it begins and not from its name.
fn rows_of(file: File, start: &[u8], size: u64, sheet: Option<&str>) -> Result<Rows, String> {
    if let Some(sentence) = no_table(start) {
        return Err(sentence.to_owned());
    }
    let whole = workbooks::is_workbook(start) || cards::are_cards(start);
    if whole && size > LARGEST_WHOLE {
        return Err("This file is larger than 64 MB. Save it as CSV, which may be of any size, and import that.".into());
    }
    let file = BufReader::new(file);
    if workbooks::is_workbook(start) {
        let read = workbooks::read(file, sheet).map_err(|e| e.to_string())?;
        return Ok(Rows {
            layout: "Workbook",
            encoding: Some(format!("sheet “{}”", read.name)),
            sheets: read.sheets,
            sheet: Some(read.name),
            source: Box::new(Cursor::new(read.csv)),
        });
    }
    if cards::are_cards(start) {
        let csv = cards::read(file).map_err(|e| e.to_string())?;
        return Ok(Rows {
            layout: "Address cards",
            encoding: Some("vCard".into()),
            sheets: vec![],
            sheet: None,
            source: Box::new(Cursor::new(csv)),
        });
    }
    Ok(Rows { layout: "CSV", encoding: None, sheets: vec![], sheet: None, source: Box::new(file) })
}

/// What people pick by mistake, by how it begins, and what to say then.
fn no_table(start: &[u8]) -> Option<&'static str> {
    const PICTURE: &str = "This is a picture, not a table. Choose a spreadsheet, an address book or a CSV file.";
    const PACKED: &str = "This is a compressed file. Unpack it, and choose the file inside.";
    const KNOWN: &[(&[u8], &str)] = &[
        (b"\x89PNG", PICTURE),
        (b"\xff\xd8\xff", PICTURE),
        (b"GIF8", PICTURE),
        (b"%PDF", "This is a PDF, which holds pages and no table. Choose the file it was made from."),
        (
            b"\xd0\xcf\x11\xe0",
            "This is a workbook of an old kind. Open it in a spreadsheet, save it as .xlsx or CSV, and choose that.",
        ),
        (b"SQLite format 3\0", "This is a database. If it is a Hallway file, open it instead of importing it."),
        (b"\x1f\x8b", PACKED),
        (b"7z\xbc\xaf", PACKED),
        (b"\x7fELF", "This is a program, not a table. Choose a spreadsheet, an address book or a CSV file."),
    ];
    KNOWN.iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, sentence)| *sentence)
}

pub(super) fn unusable(path: &Path, e: csv::Error) -> Error {
    named(path, &e.to_string())
}

fn named(path: &Path, message: &str) -> Error {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Error::Invalid { field: "file".into(), message: format!("{name}: {message}") }
}
