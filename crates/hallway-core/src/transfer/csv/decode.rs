//! Bytes to text: finds out how a file is encoded by reading it once, then decodes it piece by piece.

use std::io::{self, Read, Seek, SeekFrom};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, DecoderResult, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

const PIECE: usize = 64 * 1024;

/// As much text with letters outside ASCII as the guess among the old encodings looks at.
const GUESS_FROM: usize = 1024 * 1024;

/// Fewer stray bytes than these say nothing about the language: "René, Liège" is then taken for Czech.
const FEW: u64 = 4;

/// How the bytes of a file stand for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    /// The name people know: "UTF-8", "UTF-16LE", "windows-1252" …
    pub name: &'static str,
    /// The file begins with a byte order mark.
    pub bom: bool,
    /// What did not fit the encoding. In UTF-8 these bytes are read as Windows-1252, one by one; in UTF-16 each becomes
    /// U+FFFD. Nothing is left out.
    pub repaired: u64,
    how: &'static encoding_rs::Encoding,
}

impl Encoding {
    /// Reads the whole source once, because a file can be plain ASCII for a long time before the first "é".
    pub(super) fn of<R: Read + Seek>(source: &mut R) -> io::Result<Encoding> {
        source.rewind()?;
        let mut start = Vec::with_capacity(PIECE);
        source.by_ref().take(PIECE as u64).read_to_end(&mut start)?;
        let (how, bom) = match encoding_rs::Encoding::for_bom(&start) {
            Some((how, _)) => (how, true),
            None => (utf16_without_bom(&start).unwrap_or(UTF_8), false),
        };
        let known = |repaired| Encoding { name: how.name(), bom, repaired, how };
        if how != UTF_8 {
            return Ok(known(malformed(source, how, bom_len(how, bom))?));
        }
        let letters = Utf8Letters::of(source)?;
        // One old row pasted into a file of UTF-8 must not turn every other name into garbage.
        if letters.invalid == 0 || bom || letters.valid > letters.invalid {
            return Ok(known(letters.invalid));
        }
        let guess = if letters.invalid < FEW { WINDOWS_1252 } else { letters.guess };
        if malformed(source, guess, 0)? == 0 {
            return Ok(Encoding { name: guess.name(), bom, repaired: 0, how: guess });
        }
        // Windows-1252 has a letter for every byte, so this cannot fail.
        Ok(Encoding { name: WINDOWS_1252.name(), bom, repaired: 0, how: WINDOWS_1252 })
    }
}

/// The whole text of a source that is small enough for it.
pub(in crate::transfer) fn decoded<R: Read + Seek>(mut source: R) -> io::Result<String> {
    let encoding = Encoding::of(&mut source)?;
    let mut all = String::new();
    let mut text = Text::new(source, encoding)?;
    while text.more(&mut all)? {}
    Ok(all)
}

/// The text of a source, piece by piece, without its byte order mark.
pub(super) struct Text<R> {
    source: R,
    bytes: Vec<u8>,
    /// Bytes at the start of `bytes` that wait for the rest of their letter.
    waiting: usize,
    /// `None` for UTF-8, which is checked here so that stray bytes can be repaired.
    decoder: Option<Decoder>,
    ended: bool,
}

impl<R: Read + Seek> Text<R> {
    pub(super) fn new(mut source: R, encoding: Encoding) -> io::Result<Text<R>> {
        source.seek(SeekFrom::Start(bom_len(encoding.how, encoding.bom)))?;
        let decoder = (encoding.how != UTF_8).then(|| encoding.how.new_decoder_without_bom_handling());
        Ok(Text { source, bytes: vec![0; PIECE], waiting: 0, decoder, ended: false })
    }

    /// Appends the next piece. False means that the text has ended and nothing was appended.
    pub(super) fn more(&mut self, text: &mut String) -> io::Result<bool> {
        let before = text.len();
        while !self.ended && text.len() == before {
            let read = read_some(&mut self.source, &mut self.bytes[self.waiting..])?;
            self.ended = read == 0;
            let filled = self.waiting + read;
            self.waiting = match &mut self.decoder {
                Some(decoder) => {
                    decode(decoder, &self.bytes[..filled], text, self.ended);
                    0
                }
                None => {
                    let kept = repair_utf8(&self.bytes[..filled], text, self.ended);
                    self.bytes.copy_within(filled - kept..filled, 0);
                    kept
                }
            };
        }
        Ok(text.len() > before)
    }
}

fn decode(decoder: &mut Decoder, bytes: &[u8], text: &mut String, last: bool) {
    let mut rest = bytes;
    loop {
        text.reserve(decoder.max_utf8_buffer_length(rest.len()).unwrap_or(rest.len() * 3 + 16));
        let (result, read, _) = decoder.decode_to_string(rest, text, last);
        rest = &rest[read..];
        if result == CoderResult::InputEmpty {
            return;
        }
    }
}

/// Appends UTF-8, reading bytes that are not as Windows-1252. Returns how many bytes at the end wait for more.
fn repair_utf8(bytes: &[u8], text: &mut String, last: bool) -> usize {
    let mut rest = bytes;
    loop {
        let error = match std::str::from_utf8(rest) {
            Ok(valid) => {
                text.push_str(valid);
                return 0;
            }
            Err(error) => error,
        };
        let (valid, tail) = rest.split_at(error.valid_up_to());
        text.push_str(&String::from_utf8_lossy(valid));
        let stray = match error.error_len() {
            None if !last => return tail.len(),
            None => tail.len(),
            Some(len) => len,
        };
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(&tail[..stray]).0);
        rest = &tail[stray..];
    }
}

/// What a pass over a source finds out about the letters outside ASCII.
struct Utf8Letters {
    valid: u64,
    invalid: u64,
    guess: &'static encoding_rs::Encoding,
}

impl Utf8Letters {
    fn of<R: Read + Seek>(source: &mut R) -> io::Result<Utf8Letters> {
        source.rewind()?;
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        let mut found = Utf8Letters { valid: 0, invalid: 0, guess: WINDOWS_1252 };
        let (mut piece, mut waiting, mut fed) = (vec![0; PIECE], 0, 0);
        loop {
            let read = read_some(source, &mut piece[waiting..])?;
            let (fresh, filled) = (waiting, waiting + read);
            if fed < GUESS_FROM && !piece[fresh..filled].is_ascii() {
                detector.feed(&piece[fresh..filled], false);
                fed += read;
            }
            let kept = found.count(&piece[..filled], read == 0);
            if read == 0 {
                break;
            }
            piece.copy_within(filled - kept..filled, 0);
            waiting = kept;
        }
        detector.feed(&[], true);
        found.guess = detector.guess(None, Utf8Detection::Deny);
        Ok(found)
    }

    /// Returns how many bytes at the end wait for more.
    fn count(&mut self, bytes: &[u8], last: bool) -> usize {
        let mut rest = bytes;
        loop {
            let (valid, error) = match std::str::from_utf8(rest) {
                Ok(valid) => (valid.as_bytes(), None),
                Err(error) => (&rest[..error.valid_up_to()], Some(error)),
            };
            // Every letter outside ASCII has exactly one byte that starts with the bits 11.
            self.valid += valid.iter().filter(|byte| **byte >= 0xC0).count() as u64;
            let Some(error) = error else { return 0 };
            let tail = &rest[valid.len()..];
            let stray = match error.error_len() {
                None if !last => return tail.len(),
                None => tail.len(),
                Some(len) => len,
            };
            self.invalid += stray as u64;
            rest = &tail[stray..];
        }
    }
}

/// UTF-16 without a byte order mark shows by its first two letters, which are ASCII in every header seen so far, and by
/// the zeros between most others. Text in which NUL is only a stray character does not look like that.
fn utf16_without_bom(start: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let units = start.len() / 2;
    let zeros = |parity: usize| start.iter().skip(parity).step_by(2).take(units).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let ascii = |letter: &[u8]| letter.iter().all(|byte| *byte != 0 && byte.is_ascii());
    match start {
        [a, 0, b, 0, ..] if ascii(&[*a, *b]) && odd * 4 >= units && even * 20 <= units => Some(UTF_16LE),
        [0, a, 0, b, ..] if ascii(&[*a, *b]) && even * 4 >= units && odd * 20 <= units => Some(UTF_16BE),
        _ => None,
    }
}

/// How often the bytes from `skip` on do not fit the encoding.
fn malformed<R: Read + Seek>(source: &mut R, how: &'static encoding_rs::Encoding, skip: u64) -> io::Result<u64> {
    source.seek(SeekFrom::Start(skip))?;
    let mut decoder = how.new_decoder_without_bom_handling();
    let (mut piece, mut text, mut found) = (vec![0; PIECE], vec![0; PIECE * 4], 0);
    loop {
        let read = read_some(source, &mut piece)?;
        let mut rest = &piece[..read];
        loop {
            let (result, used, _) = decoder.decode_to_utf8_without_replacement(rest, &mut text, read == 0);
            rest = &rest[used..];
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => found += 1,
            }
        }
        if read == 0 {
            return Ok(found);
        }
    }
}

fn bom_len(how: &'static encoding_rs::Encoding, bom: bool) -> u64 {
    match (bom, how == UTF_8) {
        (false, _) => 0,
        (true, true) => 3,
        (true, false) => 2,
    }
}

fn read_some<R: Read>(source: &mut R, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match source.read(into) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
