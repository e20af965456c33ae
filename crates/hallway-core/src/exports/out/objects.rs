//! A JSON list of objects; what is empty is left out.
use std::io::{self, Write};

pub struct Objects<W> {
    to: W,
    keys: Vec<String>,
    first: bool,
}

impl<W: Write> Objects<W> {
    pub fn begin(keys: &[String], to: W) -> Objects<W> {
        Objects { to, keys: keys.to_vec(), first: true }
    }

    pub fn row(&mut self, cells: &[String]) -> io::Result<()> {
        self.to.write_all(if self.first { b"[\n" } else { b",\n" })?;
        self.first = false;
        // One by one, so that they stand in the order of the columns.
        let mut between: &[u8] = b"{";
        for (key, cell) in self.keys.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            self.to.write_all(between)?;
            serde_json::to_writer(&mut self.to, key)?;
            self.to.write_all(b":")?;
            serde_json::to_writer(&mut self.to, cell)?;
            between = b",";
        }
        self.to.write_all(if between == b"{" { b"{}" } else { b"}" })
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.to.write_all(if self.first { b"[]\n" } else { b"\n]\n" })?;
        self.to.flush()?;
        Ok(self.to)
    }
}
