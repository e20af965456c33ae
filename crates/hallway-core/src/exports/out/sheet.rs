//! A workbook with one sheet in which every cell is text.
use crate::{Now, transfer::csv::guarded};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use std::io::{self, Write};

/// As many rows as a sheet has, the header among them.
const ROWS: u32 = 1_048_576;
/// The longest text a cell holds, in UTF-16 units.
const LONGEST: usize = 32_767;

pub struct Sheet<W> {
    to: W,
    book: Workbook,
    rows: u32,
    /// What Excel itself writes for a text that somebody began with an apostrophe: it stays a text when it is edited.
    text: Format,
}

impl<W: Write + Send> Sheet<W> {
    pub fn begin(headers: &[String], now: Now, to: W) -> io::Result<Sheet<W>> {
        let mut book = Workbook::new();
        let made = ExcelDateTime::from_timestamp(now.0 / 1_000).map_err(failed)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let bold = Format::new().set_bold();
        let sheet = book.add_worksheet().set_name("People").map_err(failed)?;
        for (column, header) in (0..).zip(headers) {
            sheet.write_string_with_format(0, column, header, &bold).map_err(failed)?;
            sheet.set_column_width(column, 24).map_err(failed)?;
        }
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        Ok(Sheet { to, book, rows: 1, text: Format::new().set_quote_prefix() })
    }

    pub fn row(&mut self, cells: &[String]) -> io::Result<()> {
        if self.rows == ROWS {
            return Err(refused("A workbook holds 1,048,575 people. Choose fewer, or a CSV file."));
        }
        let sheet = self.book.worksheet_from_index(0).map_err(failed)?;
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            if cell.encode_utf16().count() > LONGEST {
                return Err(refused(
                    "A cell of a workbook holds 32,767 characters, and one of these texts is longer. Leave the column out, or choose a CSV file.",
                ));
            }
            if guarded(cell) == *cell {
                sheet.write_string(self.rows, column, cell).map_err(failed)?;
            } else {
                sheet.write_string_with_format(self.rows, column, cell, &self.text).map_err(failed)?;
            }
        }
        self.rows += 1;
        Ok(())
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.to.write_all(&self.book.save_to_buffer().map_err(failed)?)?;
        self.to.flush()?;
        Ok(self.to)
    }
}

fn failed(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

fn refused(sentence: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, sentence)
}
