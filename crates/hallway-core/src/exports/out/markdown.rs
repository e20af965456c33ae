//! A table in a text: every cell is read as it was typed, whatever signs it holds.
use std::io::{self, Write};

pub struct Table<W>(W);

impl<W: Write> Table<W> {
    pub fn begin(headers: &[String], to: W) -> io::Result<Table<W>> {
        let mut table = Table(to);
        table.row(headers)?;
        table.0.write_all("|".as_bytes())?;
        for _ in headers {
            table.0.write_all(b" --- |")?;
        }
        table.0.write_all(b"\n")?;
        Ok(table)
    }

    pub fn row(&mut self, cells: &[String]) -> io::Result<()> {
        self.0.write_all(b"|")?;
        for cell in cells {
            write!(self.0, " {} |", plain(cell))?;
        }
        self.0.write_all(b"\n")
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.0.flush()?;
        Ok(self.0)
    }
}

/// Signs of Markdown as signs, and line ends as what a table has for them.
fn plain(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut letters = cell.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' | '\n' => text.push_str("<br>"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#' | '!' | '$' => {
                text.push('\\');
                text.push(letter);
            }
            letter if letter.is_control() => text.push(' '),
            letter => text.push(letter),
        }
    }
    text
}
