//! A JSON object of lists, read a row at a time: however large the file is, no more of it than one row is in memory.
//!
//! First the outline: which lists there are and where they begin. Then the rows of one list after the other, as often
//! and in whatever order they are asked for. A row is a stretch of bytes whose brackets close; whether it says anything
//! is for the reader of the row. No input panics, none hangs, and nothing is read deeper than a counter counts.
use memchr::{memchr_iter, memchr2};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

/// Longer than any row of real people, in bytes.
pub const MAX_ROW_BYTES: usize = 4 * 1024 * 1024;
/// As many lists, and other entries beside them, as a file may have.
const MAX_ENTRIES: usize = 1_000;
/// The longest name of an entry, and the longest entry that is no list.
const MAX_ENTRY_BYTES: usize = 64 * 1024;

/// Why a file cannot be read as a whole. The texts are meant for people.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The disk, or whatever the bytes come from, failed.
    #[error("The file could not be read: {0}.")]
    Io(#[from] io::Error),
    #[error("The file ends in the middle, at line {0}: part of it is missing. Get a whole copy of it.")]
    Ends(u64),
    #[error("Line {line} is not JSON: {what}.")]
    NotJson { line: u64, what: &'static str },
    #[error("This is not JSON text in UTF-8. Save it as UTF-8 and choose it again.")]
    NotText,
    #[error("It has “{0}” twice. Put both into one.")]
    Twice(String),
    #[error("It has more than a thousand entries, so this is no list of people.")]
    TooMany,
}

/// A list of the file, and where it begins.
#[derive(Debug, Clone)]
pub struct List {
    pub name: String,
    pub rows: u64,
    at: Place,
}

/// Where a row begins, so that reading can go on there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Place {
    offset: u64,
    line: u64,
    row: u64,
}

/// A file of lists, whose outline is known.
pub struct Document<R> {
    from: Bytes<R>,
    pub lists: Vec<List>,
    /// What stands beside the lists: its name, and its bytes.
    pub others: Vec<(String, Vec<u8>)>,
}

/// One row as it stands in the file.
pub struct RawRow<'a> {
    /// Counted from 0.
    pub index: u64,
    pub line: u64,
    /// Where its first byte stands in the file.
    pub offset: u64,
    /// Nothing when it is longer than [`MAX_ROW_BYTES`].
    pub bytes: Option<&'a [u8]>,
}

impl<R: Read + Seek> Document<R> {
    /// Reads the outline, which means all of the file once.
    ///
    /// # Errors
    /// The [`Fault`] of a file that is not one whole JSON object.
    pub fn open(source: R) -> Result<Self, Fault> {
        let mut from = Bytes { from: BufReader::with_capacity(1 << 18, source), offset: 0, line: 1 };
        from.skip_mark()?;
        let (mut lists, mut others): (Vec<List>, Vec<(String, Vec<u8>)>) = (Vec::new(), Vec::new());
        from.expect(b'{', "it must begin with an object")?;
        let mut next = from.first()?;
        while next != b'}' {
            if lists.len() + others.len() >= MAX_ENTRIES {
                return Err(Fault::TooMany);
            }
            let line = from.line;
            let mut name = Vec::new();
            if next != b'"' || !from.value(&mut name, MAX_ENTRY_BYTES)? {
                return Err(Fault::NotJson { line, what: "a name in quotes belongs here" });
            }
            let Ok(name) = serde_json::from_slice::<String>(&name) else {
                return Err(Fault::NotJson { line, what: "this name is not text" });
            };
            if lists.iter().any(|list| list.name == name) || others.iter().any(|(other, _)| *other == name) {
                return Err(Fault::Twice(name.chars().take(80).collect()));
            }
            from.expect(b':', "a colon belongs after a name")?;
            if from.first()? == b'[' {
                from.take()?;
                let at = Place { offset: from.offset, line: from.line, row: 0 };
                let rows = from.skip_rows()?;
                lists.push(List { name, rows, at });
            } else {
                let mut bytes = Vec::new();
                from.value(&mut bytes, MAX_ENTRY_BYTES)?;
                others.push((name, bytes));
            }
            next = from.after_comma(b'}')?;
        }
        from.take()?;
        from.nothing_more()?;
        Ok(Document { from, lists, others })
    }

    /// The rows of a list, from its beginning or from a place in it. `each` says whether to go on; the answer is where
    /// it stopped, or nothing at the end.
    ///
    /// # Errors
    /// A [`Fault`] when the file is no longer what its outline says, and whatever `each` fails with.
    pub fn rows<E: From<Fault>>(
        &mut self,
        list: usize,
        from: Option<Place>,
        mut each: impl FnMut(RawRow) -> Result<bool, E>,
    ) -> Result<Option<Place>, E> {
        let Some(list) = self.lists.get(list) else { return Ok(None) };
        let begin = from.unwrap_or(list.at);
        self.from.go(begin)?;
        let (mut index, mut bytes) = (begin.row, Vec::new());
        let mut next = self.from.first()?;
        while next != b']' {
            let (line, offset) = (self.from.line, self.from.offset);
            bytes.clear();
            let whole = self.from.value(&mut bytes, MAX_ROW_BYTES)?;
            let on = each(RawRow { index, line, offset, bytes: whole.then_some(bytes.as_slice()) })?;
            index += 1;
            next = self.from.after_comma(b']')?;
            if !on && next != b']' {
                return Ok(Some(Place { offset: self.from.offset, line: self.from.line, row: index }));
            }
        }
        Ok(None)
    }
}

impl<R: Read + Seek> Document<R> {
    /// The bytes of one row, by where it was seen to stand.
    ///
    /// # Errors
    /// When the file has become shorter, or cannot be read.
    pub fn row_at(&mut self, offset: u64, length: usize) -> Result<Vec<u8>, Fault> {
        // Past the buffer, which would be filled anew for each of them: who reads a list goes to its place first.
        let source = self.from.from.get_mut();
        source.seek(SeekFrom::Start(offset))?;
        let mut bytes = vec![0; length.min(MAX_ROW_BYTES)];
        source.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// The bytes of the file, and where in it one is.
struct Bytes<R> {
    from: BufReader<R>,
    offset: u64,
    line: u64,
}

impl<R: Read + Seek> Bytes<R> {
    fn go(&mut self, to: Place) -> Result<(), Fault> {
        self.from.seek(SeekFrom::Start(to.offset))?;
        (self.offset, self.line) = (to.offset, to.line);
        Ok(())
    }

    /// Passes over the mark that some editors put at the beginning, and refuses what is in another encoding.
    fn skip_mark(&mut self) -> Result<(), Fault> {
        let start = self.from.fill_buf()?;
        if start.starts_with(b"\xef\xbb\xbf") {
            self.pass(3);
        } else if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") || start.starts_with(b"\0") {
            return Err(Fault::NotText);
        }
        Ok(())
    }

    fn pass(&mut self, count: usize) {
        self.from.consume(count);
        self.offset += count as u64;
    }

    /// The next byte that is not space, which stays where it is.
    fn first(&mut self) -> Result<u8, Fault> {
        loop {
            let Some(byte) = self.from.fill_buf()?.first().copied() else { return Err(Fault::Ends(self.line)) };
            match byte {
                b' ' | b'\t' | b'\r' => {}
                b'\n' => self.line += 1,
                byte => return Ok(byte),
            }
            self.pass(1);
        }
    }

    fn take(&mut self) -> Result<u8, Fault> {
        let byte = self.first()?;
        self.pass(1);
        Ok(byte)
    }

    fn expect(&mut self, byte: u8, otherwise: &'static str) -> Result<(), Fault> {
        match self.take()? {
            found if found == byte => Ok(()),
            _ => Err(Fault::NotJson { line: self.line, what: otherwise }),
        }
    }

    /// What follows a value: after a comma the next one, else the end, which stays where it is.
    fn after_comma(&mut self, end: u8) -> Result<u8, Fault> {
        let next = self.first()?;
        if next == end {
            return Ok(end);
        }
        self.expect(b',', "a comma belongs between two entries")?;
        match self.first()? {
            next if next == end => Err(Fault::NotJson { line: self.line, what: "nothing follows the last comma" }),
            next => Ok(next),
        }
    }

    fn nothing_more(&mut self) -> Result<(), Fault> {
        match self.first() {
            Err(Fault::Ends(_)) => Ok(()),
            Err(fault) => Err(fault),
            Ok(_) => Err(Fault::NotJson { line: self.line, what: "something follows after the end" }),
        }
    }

    /// Passes over the rows of a list and its end.
    fn skip_rows(&mut self) -> Result<u64, Fault> {
        let (mut rows, mut nothing) = (0, Vec::new());
        let mut next = self.first()?;
        while next != b']' {
            self.value(&mut nothing, 0)?;
            rows += 1;
            next = self.after_comma(b']')?;
        }
        self.take()?;
        Ok(rows)
    }

    /// Passes over one value and keeps its bytes, if they are not more than `most`. Returns whether they are kept.
    fn value(&mut self, kept: &mut Vec<u8>, most: usize) -> Result<bool, Fault> {
        let first = self.first()?;
        let plain = !matches!(first, b'"' | b'{' | b'[');
        if plain && matches!(first, b'}' | b']' | b',' | b':') {
            return Err(Fault::NotJson { line: self.line, what: "a value is missing" });
        }
        let (mut depth, mut text, mut escaped, mut length) = (0_u64, false, false, 0_usize);
        loop {
            let chunk = self.from.fill_buf()?;
            if chunk.is_empty() {
                return Err(Fault::Ends(self.line));
            }
            let (mut n, mut over) = (0, false);
            while n < chunk.len() && !over {
                if plain {
                    over = matches!(chunk[n], b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n');
                    n += usize::from(!over);
                } else if escaped {
                    escaped = false;
                    n += 1;
                } else if text {
                    match memchr2(b'"', b'\\', &chunk[n..]) {
                        None => n = chunk.len(),
                        Some(at) => {
                            n += at + 1;
                            escaped = chunk[n - 1] == b'\\';
                            text = escaped;
                            over = !text && depth == 0;
                        }
                    }
                } else {
                    match chunk[n] {
                        b'"' => text = true,
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' => {
                            depth -= 1;
                            over = depth == 0;
                        }
                        _ => {}
                    }
                    n += 1;
                }
            }
            length += n;
            if length <= most {
                kept.extend_from_slice(&chunk[..n]);
            }
            self.line += memchr_iter(b'\n', &chunk[..n]).count() as u64;
            self.pass(n);
            if over {
                return Ok(length <= most);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn outline(text: &str) -> Result<Vec<(String, u64)>, Fault> {
        let document = Document::open(Cursor::new(text.as_bytes().to_vec()))?;
        Ok(document.lists.into_iter().map(|list| (list.name, list.rows)).collect())
    }

    fn rows(text: &str, list: usize) -> Vec<(u64, u64, String)> {
        let mut document = Document::open(Cursor::new(text.as_bytes().to_vec())).expect("an outline");
        let mut rows = Vec::new();
        let end = document.rows::<Fault>(list, None, |row| {
            rows.push((row.index, row.line, String::from_utf8_lossy(row.bytes.expect("bytes")).into_owned()));
            Ok(true)
        });
        assert!(end.expect("rows").is_none());
        rows
    }

    #[test]
    fn lists_are_found_wherever_they_stand() {
        let text = "\u{feff} {\"format\": \"x\", \"b\" : [ {\"t\":\"]}\\\\\\\"[\"} , 2,\n[[1],{}] ], \"n\":{\"a\":[1]}, \"a\":[]}\n\n";
        assert_eq!(outline(text).expect("an outline"), [("b".to_owned(), 3), ("a".to_owned(), 0)]);
        assert_eq!(
            rows(text, 0),
            [(0, 1, "{\"t\":\"]}\\\\\\\"[\"}".to_owned()), (1, 1, "2".to_owned()), (2, 2, "[[1],{}]".to_owned())]
        );
        let document = Document::open(Cursor::new(text.as_bytes().to_vec())).expect("an outline");
        assert_eq!(
            document.others,
            [("format".to_owned(), b"\"x\"".to_vec()), ("n".to_owned(), b"{\"a\":[1]}".to_vec())]
        );
    }

    #[test]
    fn reading_goes_on_where_it_stopped() {
        let text = "{\"a\":[1, 2,\n3],\"b\":[4]}";
        let mut document = Document::open(Cursor::new(text.as_bytes().to_vec())).expect("an outline");
        let (mut seen, mut place, mut slices) = (Vec::new(), None, 0);
        loop {
            place = document
                .rows::<Fault>(0, place, |row| {
                    seen.push((row.index, row.line));
                    Ok(false)
                })
                .expect("rows");
            slices += 1;
            if place.is_none() {
                break;
            }
        }
        assert_eq!((seen, slices), (vec![(0, 1), (1, 1), (2, 2)], 3));
    }

    #[test]
    fn what_is_no_whole_object_is_refused_in_a_sentence() {
        for (text, said) in [
            ("", "ends in the middle, at line 1"),
            ("[1]", "begin with an object"),
            ("{\"a\":[1]", "ends in the middle"),
            ("{\"a\":[1}", "a comma belongs"),
            ("{\"a\":[,]}", "a value is missing"),
            ("{\"a\":[1,]}", "last comma"),
            ("{\"a\":[1 2]}", "a comma belongs"),
            ("{\"a\" [1]}", "a colon belongs"),
            ("{a:[1]}", "a name in quotes"),
            ("{\"\\ud800\":[1]}", "this name is not text"),
            ("{\"a\":[],\"a\":[]}", "“a” twice"),
            ("{\"a\":[]} x", "something follows"),
        ] {
            let fault = outline(text).expect_err(text).to_string();
            assert!(fault.contains(said), "{text}: {fault}");
        }
        let wide = Document::open(Cursor::new("{}".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()));
        assert!(wide.is_err());
        let marked = Document::open(Cursor::new(b"\xff\xfe{\0}\0".to_vec()));
        assert!(matches!(marked, Err(Fault::NotText)));
    }

    #[test]
    fn every_place_to_stop_short_is_noticed() {
        let text = "{\"format\":\"hallway\",\"a\":[{\"b\":\"c\\\"\"},[1,{}],-2.5e3,null],\"d\":[]}";
        for end in 0..text.len() {
            assert!(outline(&text[..end]).is_err(), "{}", &text[..end]);
        }
        assert!(outline(text).is_ok());
    }

    #[test]
    fn a_row_that_is_too_long_is_passed_over_and_counted() {
        let text = format!("{{\"a\":[\"{}\",2]}}", "x".repeat(MAX_ROW_BYTES));
        let mut document = Document::open(Cursor::new(text.into_bytes())).expect("an outline");
        let mut kept = Vec::new();
        document
            .rows::<Fault>(0, None, |row| {
                kept.push(row.bytes.is_some());
                Ok(true)
            })
            .expect("rows");
        assert_eq!(kept, [false, true]);
    }

    #[test]
    fn depth_is_only_counted() {
        let deep = 1_000_000;
        let text = format!("{{\"a\":[{}{}]}}", "[".repeat(deep), "]".repeat(deep));
        assert_eq!(outline(&text).expect("an outline"), [("a".to_owned(), 1)]);
    }
}
