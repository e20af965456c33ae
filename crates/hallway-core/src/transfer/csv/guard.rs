//! The apostrophe that keeps a spreadsheet from running a cell as a formula, and how it comes off again.
//!
//! The rule, which makes the way out and back lossless for every text:
//!
//! - A text *starts like a formula* when its first character is one of `= + - @`, TAB, CR, LF, NUL or the full-width
//!   `＝ ＋ － ＠`, once spaces, quotation marks, apostrophes and invisible characters before it are passed over.
//!   Only that character counts, not the rest of the text: a pattern that stops at the first line end can be fooled.
//! - Writing puts one `'` before a text that starts like a formula, unless it is a plain number or a telephone number;
//!   and before every text that reading would take an apostrophe from. So `'=1` is written `''=1`.
//! - The same holds behind every semicolon, tab and line end in a text: a spreadsheet that cuts there, because that is the
//!   habit of its country, would take what follows for a cell.
//! - Reading takes one leading `'` (or U+200D, which other tools use) from a text when the rest starts like a formula.
//!
//! Reading does this only in files that come from a spreadsheet, see [`Table::from_spreadsheet`](super::Table).

use std::borrow::Cow;

/// A cell as a spreadsheet may safely open it.
pub fn guarded(cell: &str) -> String {
    if !cell.contains(CUTS) {
        return guarded_part(cell).into_owned();
    }
    let mut parts = cell.split_inclusive(CUTS);
    let first = parts.next().unwrap_or_default();
    // Behind each of these a spreadsheet of other habits begins a cell of its own.
    let (mut whole, mut at) = (first.to_owned(), first.len());
    for part in parts {
        // Whoever cuts at one sign alone reads on over the other: `-1` is a number, and `-1;-1+cmd|…` is none.
        let runs = [';', '\t'].iter().any(|sign| {
            let read = cell[at..].split([*sign, '\n', '\r']).next().unwrap_or_default();
            let mut behind = read.split_inclusive(CUTS).skip(1);
            suspicious(read) || behind.any(|part| matches!(guarded_part(part), Cow::Owned(_)))
        });
        at += part.len();
        match guarded_part(part) {
            Cow::Borrowed(part) if runs && starts_like_formula(part) => whole = whole + "'" + part,
            guarded => whole += &guarded,
        }
    }
    guarded_part(&whole).into_owned()
}

/// The cell that [`guarded`] was given, or that another careful tool meant.
pub fn unguarded(cell: &str) -> Cow<'_, str> {
    let cell = without_guard(cell).unwrap_or(cell);
    if !cell.split_inclusive(CUTS).skip(1).any(|part| without_guard(part).is_some()) {
        return cell.into();
    }
    let mut parts = cell.split_inclusive(CUTS);
    let first = parts.next().unwrap_or_default();
    parts.fold(first.to_owned(), |whole, part| whole + without_guard(part).unwrap_or(part)).into()
}

/// Where a spreadsheet that takes semicolons or tabs for separators cuts, and where it ends a record: the quotation marks
/// that say otherwise count for it only at the beginning of what it takes for a cell.
const CUTS: [char; 4] = [';', '\t', '\n', '\r'];

fn guarded_part(part: &str) -> Cow<'_, str> {
    let alone = part.strip_suffix(CUTS).unwrap_or(part);
    let formula = starts_like_formula(part) && !is_number_or_phone(alone);
    if formula || without_guard(part).is_some() { format!("'{part}").into() } else { part.into() }
}

/// A cell that may be a formula and is not meant for a spreadsheet: it stays as it is, but somebody should look.
/// `=…`, TAB and CR always; `+…`, `-…` and `@…` only with a call, a pipe or a reference in it, for names such as
/// `-=fAlC0n=-` and handles are common.
pub(super) fn suspicious(cell: &str) -> bool {
    match cell.chars().next() {
        Some('=' | '\t' | '\r') => true,
        Some('+' | '-' | '@') => cell.contains(['(', '|', '!']) && !is_number_or_phone(cell),
        _ => false,
    }
}

fn without_guard(cell: &str) -> Option<&str> {
    let rest = cell.strip_prefix(['\'', '\u{200D}'])?;
    starts_like_formula(rest).then_some(rest)
}

fn starts_like_formula(cell: &str) -> bool {
    let first = cell.trim_start_matches(|c| {
        matches!(
            c,
            ' ' | '\u{A0}' | '\u{3000}' | '"' | '\'' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
        )
    });
    first.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'])
}

/// `-12.5`, `+3 %`, `-1e-5`; `+44 20 7946 0958`, `+49 (0)30 123-45`, `+1-202-555-0100 ext. 12`. Nothing in these calls,
/// refers or runs, and an apostrophe would break the next program that reads the number.
fn is_number_or_phone(cell: &str) -> bool {
    let Some(rest) = cell.strip_prefix(['+', '-']) else { return false };
    is_number(rest) || (cell.starts_with('+') && is_phone(rest))
}

fn is_number(text: &str) -> bool {
    let text = text.strip_suffix('%').map_or(text, str::trim_end);
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    mantissa.starts_with(|c: char| c.is_ascii_digit()) && mantissa.split(['.', ',']).all(digits) && digits(exponent)
}

fn is_phone(text: &str) -> bool {
    let extension = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, extension) = text.split_at(extension);
    let extension = extension.trim_start_matches("ext").trim_start_matches('x').trim_start_matches(['.', ' ']);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    (5..=20).contains(&digits)
        && number.chars().all(|c| c.is_ascii_digit() || " ()-./".contains(c))
        && extension.len() <= 6
        && extension.bytes().all(|byte| byte.is_ascii_digit())
}
