//! A file that was chosen: what kind it is, and its rows, whatever it is.
use super::{ImportRequest, layouts};
use crate::{
    error::{Error, Result, invalid},
    fields::FieldRow,
    normal::fold,
    store::{Access, Tx},
    transfer::{
        cards,
        csv::{ColumnDays, ColumnMapping, Columns, DayOrder, DaysSeen, Mapping, Record, Separator, Table, recognise},
        packed::{self, Packed},
        workbooks,
    },
    workspace,
};
use chrono::{Days, NaiveDate};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, Cursor, Read, Seek, SeekFrom},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// A workbook or a file of cards is read as a whole, so it may not be larger than this. CSV may be of any size.
const LARGEST_WHOLE: u64 = 64 * 1024 * 1024;

/// What a file of cards is recognised as.
pub(super) const CARDS: &str = "Address cards";

pub(crate) trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

/// A source that knows how far it has been read.
pub(crate) struct Measured {
    source: Box<dyn Source>,
    at: Arc<AtomicU64>,
}

impl Read for Measured {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        self.at.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
impl Seek for Measured {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.source.seek(to)?;
        self.at.store(at, Ordering::Relaxed);
        Ok(at)
    }
}

/// A file that was chosen, and what its columns mean.
pub(crate) struct Opened {
    pub name: String,
    pub hash: String,
    /// "LinkedIn Connections", "Google Contacts", "Outlook Contacts", "CSV", "Workbook" or "Address cards".
    pub layout: &'static str,
    /// How its bytes stand for text, or where in it the rows stand.
    pub encoding: String,
    /// What stands between cells; empty where nothing does.
    pub separator: String,
    /// The sheets of a workbook, and which of them was read.
    pub sheets: Vec<String>,
    pub sheet: Option<String>,
    /// What became of cards that are no rows, and of what they hold that is no cell. Sentences.
    pub remarks: Vec<String>,
    pub mapping: Mapping,
    /// Whether somebody said once what files of these headers mean, and it is taken over from there.
    pub remembered: bool,
    /// Whether its rows were cards.
    pub are_cards: bool,
    pub table: Table<Measured>,
    /// How many bytes there are, and how many of them were read since the last beginning.
    pub size: u64,
    pub at: Arc<AtomicU64>,
    said: BTreeMap<u32, DayOrder>,
    /// The same of another file with these columns.
    remembered_days: BTreeMap<u32, DayOrder>,
}

/// The rows of a file, as one that a table can be made of.
struct Rows {
    layout: &'static str,
    encoding: Option<String>,
    sheets: Vec<String>,
    sheet: Option<String>,
    remarks: Vec<String>,
    source: Box<dyn Source>,
}

impl Opened {
    pub fn open(tx: &Tx, input: &ImportRequest) -> Result<Opened> {
        let (name, source) = match tx.store().granted_text(&input.file) {
            Some((name, text)) => (name, Box::new(Cursor::new(text)) as Box<dyn Source>),
            None => file_at(&tx.store().granted(&input.file, Access::Read)?)?,
        };
        Opened::of(tx, name, source, input)
    }

    /// A file by its path, for an import that goes on.
    pub fn at(tx: &Tx, path: &Path, input: &ImportRequest) -> Result<Opened> {
        let (name, source) = file_at(path)?;
        Opened::of(tx, name, source, input)
    }

    fn of(tx: &Tx, name: String, mut source: Box<dyn Source>, input: &ImportRequest) -> Result<Opened> {
        let unreadable = |source| Error::File { context: format!("{name} could not be read"), source };
        let mut hash = Sha256::new();
        let size = io::copy(&mut source, &mut hash).map_err(unreadable)?;
        source.rewind().map_err(unreadable)?;
        let hash = hex(&hash.finalize());
        if input.hash.as_ref().is_some_and(|seen| *seen != hash) {
            return invalid("file", "The file has changed since you looked at it. Look at it again, then import it.");
        }
        let mut start = Vec::new();
        source.by_ref().take(512).read_to_end(&mut start).map_err(unreadable)?;
        source.rewind().map_err(unreadable)?;
        let mut rows =
            rows_of(source, &start, size, input.sheet.as_deref()).map_err(|message| named(&name, &message))?;
        let size = rows.source.seek(SeekFrom::End(0)).map_err(unreadable)?;
        rows.source.rewind().map_err(unreadable)?;
        let at = Arc::new(AtomicU64::new(0));
        let source = Measured { source: rows.source, at: Arc::clone(&at) };
        // What is no text is cut already.
        let separator = input.separator.as_deref().filter(|_| rows.encoding.is_none()).map(separator).transpose()?;
        let table = Table::open_cut(source, separator).map_err(|e| named(&name, &e.to_string()))?;
        let layout = recognise(table.headers(), table.samples());
        let known = layouts::known(tx, table.headers())?;
        let remembered = input.mapping.is_none() && known.is_some();
        let (said, remembered_days) = match (&input.mapping, known) {
            (Some(mapping), known) => (Some(mapping.clone()), known.map(|k| k.days).unwrap_or_default()),
            (None, Some(known)) => (Some(known.mapping), known.days),
            (None, None) => (None, BTreeMap::new()),
        };
        let mapping = match said {
            Some(mapping) => {
                (0..table.headers().len()).map(|n| mapping.get(n).cloned().unwrap_or(ColumnMapping::SKIP)).collect()
            }
            None => with_own_fields(tx, table.headers(), layout.mapping)?,
        };
        let is_csv = rows.encoding.is_none();
        Ok(Opened {
            name,
            hash,
            layout: if is_csv || (layout.name != "CSV" && rows.layout != CARDS) { layout.name } else { rows.layout },
            separator: if is_csv { table.separator().to_string() } else { String::new() },
            encoding: rows.encoding.unwrap_or_else(|| table.encoding().name.to_owned()),
            sheets: rows.sheets,
            sheet: rows.sheet,
            remarks: rows.remarks,
            mapping,
            remembered,
            are_cards: rows.layout == CARDS,
            table,
            size,
            at,
            said: input.days.clone(),
            remembered_days,
        })
    }

    /// Where the columns go, with the days of each as the whole column shows them. Reads every row when there are days.
    pub fn columns(&mut self, tx: &Tx) -> Result<(Columns, Vec<Option<ColumnDays>>)> {
        let dated: Vec<FieldRow> = tx.find("WHERE deleted_at IS NULL AND kind = 'date'", [])?;
        let takes_day = |mapping: &ColumnMapping| match mapping {
            ColumnMapping::Target(target) => target.takes_day(),
            ColumnMapping::Custom(label) => dated.iter().any(|field| fold(&field.label) == fold(label)),
        };
        let mut seen: Vec<Option<DaysSeen>> =
            self.mapping.iter().map(|mapping| takes_day(mapping).then(DaysSeen::default)).collect();
        if seen.iter().any(Option::is_some) {
            self.each_record(|record| {
                for (seen, cell) in seen.iter_mut().zip(&record.cells) {
                    if let Some(seen) = seen {
                        seen.see(cell);
                    }
                }
                Ok(())
            })?;
        }
        let order = |(index, seen): (usize, &Option<DaysSeen>)| {
            // What somebody says of this file comes first, then what the file itself proves, then what was said of another one.
            let (seen, index) = (seen.as_ref()?, index as u32);
            let remembered = || self.remembered_days.get(&index).copied();
            self.said.get(&index).copied().or(seen.order()).or_else(remembered)
        };
        let orders: Vec<Option<DayOrder>> = seen.iter().enumerate().map(order).collect();
        let columns = Columns::ordered(self.table.headers(), &self.mapping, &orders).until(latest(tx)?);
        let columns = if self.are_cards { columns.of_cards() } else { columns };
        let days = seen.into_iter().zip(orders).map(|(seen, order)| {
            let DaysSeen { ambiguous, example, .. } = seen?;
            Some(ColumnDays { order, ambiguous, example: example? })
        });
        Ok((columns, days.collect()))
    }

    /// What was said of the order of days, by column: of this file, else of another one with the same columns.
    pub fn days(&self) -> BTreeMap<u32, DayOrder> {
        self.remembered_days.iter().chain(&self.said).map(|(column, order)| (*column, *order)).collect()
    }

    pub fn each_record(&mut self, mut f: impl FnMut(&Record) -> Result<()>) -> Result<()> {
        let name = self.name.clone();
        for record in self.table.rows().map_err(|e| named(&name, &e.to_string()))? {
            f(&record.map_err(|e| named(&name, &e.to_string()))?)?;
        }
        Ok(())
    }
}

/// The last day on which something can have happened, as when it is logged: tomorrow, since somewhere it is that already.
pub(super) fn latest(tx: &Tx) -> Result<NaiveDate> {
    let today = workspace::today(tx)?;
    Ok(today.checked_add_days(Days::new(1)).unwrap_or(today))
}

/// A column that is called like an own field goes there, where nothing better is known.
fn with_own_fields(tx: &Tx, headers: &[String], mut mapping: Vec<ColumnMapping>) -> Result<Vec<ColumnMapping>> {
    let own: Vec<FieldRow> = tx.find("WHERE deleted_at IS NULL", [])?;
    for (header, mapping) in headers.iter().zip(&mut mapping).filter(|(_, mapping)| mapping.is_skip()) {
        if let Some(field) = own.iter().find(|field| fold(&field.label) == fold(header)) {
            *mapping = ColumnMapping::Custom(field.label.clone());
        }
    }
    Ok(mapping)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn file_at(path: &Path) -> Result<(String, Box<dyn Source>)> {
    let file = File::open(path)
        .map_err(|source| Error::File { context: format!("{} could not be read", path.display()), source })?;
    Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), Box::new(file)))
}

/// What kind of file it is, told from how it begins and not from its name.
fn rows_of(source: Box<dyn Source>, start: &[u8], size: u64, sheet: Option<&str>) -> Result<Rows, String> {
    if let Some(sentence) = no_table(start) {
        return Err(sentence.to_owned());
    }
    let whole = workbooks::is_workbook(start) || cards::are_cards(start);
    if whole && size > LARGEST_WHOLE {
        return Err("This file is larger than 64 MB. Save it as CSV, which may be of any size, and import that.".into());
    }
    let mut file = BufReader::new(source);
    let unpacked = if workbooks::is_workbook(start) { packed::look(&mut file) } else { Packed::Workbook };
    file.rewind().map_err(|error| error.to_string())?;
    match unpacked {
        Packed::Connections(bytes) => {
            let source = Box::new(Cursor::new(bytes));
            return Ok(Rows { layout: "CSV", encoding: None, sheets: vec![], sheet: None, remarks: vec![], source });
        }
        Packed::Files => return Err(PACKED.to_owned()),
        Packed::Workbook => {}
    }
    if workbooks::is_workbook(start) {
        let read = workbooks::read(file, sheet).map_err(|e| e.to_string())?;
        return Ok(Rows {
            layout: "Workbook",
            encoding: Some(format!("sheet “{}”", read.name)),
            sheets: read.sheets,
            sheet: Some(read.name),
            remarks: vec![],
            source: Box::new(Cursor::new(read.csv)),
        });
    }
    if cards::are_cards(start) {
        let read = cards::read(file).map_err(|e| e.to_string())?;
        return Ok(Rows {
            layout: CARDS,
            encoding: Some("vCard".into()),
            sheets: vec![],
            sheet: None,
            remarks: read.remarks,
            source: Box::new(Cursor::new(read.csv)),
        });
    }
    let source = file.into_inner();
    Ok(Rows { layout: "CSV", encoding: None, sheets: vec![], sheet: None, remarks: vec![], source })
}

const PACKED: &str = "This is a compressed file. Unpack it, and choose the file inside.";

/// What people pick by mistake, by how it begins, and what to say then.
fn no_table(start: &[u8]) -> Option<&'static str> {
    const PICTURE: &str = "This is a picture, not a table. Choose a spreadsheet, an address book or a CSV file.";
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
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    if text.starts_with(b"{") && text.windows(8).any(|word| word == b"\"format\"") {
        return Some("This is JSON. Give it a name that ends with .json, and choose it again.");
    }
    if is_web_page(text) {
        return Some(
            "This is a web page (HTML) and no workbook, whatever it is called. Open it in a spreadsheet, save it as .xlsx or CSV, and choose that.",
        );
    }
    KNOWN.iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, sentence)| *sentence)
}

/// Many programs write a table of HTML and call it .xls.
fn is_web_page(text: &[u8]) -> bool {
    const TAGS: [&str; 9] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<table",
        "<meta",
        "<style",
        "urn:schemas-microsoft-com:office",
        "<div",
    ];
    let lower = String::from_utf8_lossy(text).replace('\0', "").to_ascii_lowercase();
    lower.trim_start_matches(|c: char| !c.is_ascii() || c.is_whitespace()).starts_with('<')
        && TAGS.iter().any(|tag| lower.contains(tag))
}

fn separator(said: &str) -> Result<Separator> {
    match Separator::said(said) {
        Some(separator) => Ok(separator),
        None => invalid("separator", format!("“{said}” parts no cells. Say one sign, such as , or ; or |, or tab.")),
    }
}

pub(super) fn named(name: &str, message: &str) -> Error {
    Error::Invalid { field: "file".into(), message: format!("{name}: {message}") }
}
