//! Rows of text into a file of each shape.
mod cards;
mod markdown;
mod objects;
mod profiles;
mod sheet;

use super::template::{CardVersion, Shape};
use crate::{Now, transfer::csv::CsvWriter};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// What is written to, row by row. The headers come first.
pub(super) enum Out<W: Write> {
    Csv(CsvWriter<W>),
    Sheet(Box<sheet::Sheet<W>>),
    Objects(objects::Objects<W>),
    Markdown(markdown::Table<W>),
    Cards(cards::Cards<W>),
}

impl<W: Write + Send> Out<W> {
    pub fn begin(shape: Shape, headers: &[String], now: Now, to: W) -> io::Result<Out<W>> {
        Ok(match shape {
            Shape::Csv(mode) => {
                let mut csv = CsvWriter::new(to, mode);
                csv.write(headers)?;
                Out::Csv(csv)
            }
            Shape::Sheet => Out::Sheet(Box::new(sheet::Sheet::begin(headers, now, to)?)),
            Shape::Json => Out::Objects(objects::Objects::begin(headers, to)),
            Shape::Markdown => Out::Markdown(markdown::Table::begin(headers, to)?),
            Shape::Cards(version) => Out::Cards(cards::Cards::begin(version, headers, to)),
        })
    }

    /// One person.
    ///
    /// # Errors
    /// What the disk says; `InvalidInput` with a sentence for what a file of this shape cannot hold.
    pub fn row(&mut self, cells: &[String]) -> io::Result<()> {
        match self {
            Out::Csv(csv) => csv.write(cells),
            Out::Sheet(sheet) => sheet.row(cells),
            Out::Objects(objects) => objects.row(cells),
            Out::Markdown(table) => table.row(cells),
            Out::Cards(cards) => cards.row(cells),
        }
    }

    /// Ends the file. Tells how many cells a careless program could take for a formula.
    pub fn finish(self) -> io::Result<(W, u32)> {
        Ok(match self {
            Out::Csv(csv) => {
                let (to, written) = csv.finish()?;
                (to, written.flagged_cells as u32)
            }
            Out::Sheet(sheet) => (sheet.finish()?, 0),
            Out::Objects(objects) => (objects.finish()?, 0),
            Out::Markdown(table) => (table.finish()?, 0),
            Out::Cards(cards) => (cards.finish()?, 0),
        })
    }
}

/// Passes bytes on, and takes their fingerprint on the way.
pub(super) struct Fingerprinted<W> {
    to: W,
    hash: Sha256,
    pub bytes: u64,
}

impl<W: Write> Fingerprinted<W> {
    pub fn new(to: W) -> Fingerprinted<W> {
        Fingerprinted { to, hash: Sha256::new(), bytes: 0 }
    }
    /// SHA-256 of what went through, as hexadecimal digits.
    pub fn sha256(self) -> String {
        self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl<W: Write> Write for Fingerprinted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
