//! Telephone numbers as people read them.
use super::{ContactKind, contact};

/// Calling codes of two digits (ITU-T E.164); 1 and 7 have one, all others three.
const TWO_DIGITS: [&str; 44] = [
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51",
    "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90",
    "91", "92", "93", "94", "95", "98",
];

/// A number in spaced international form, `+49 301 234 567`: the calling code, then groups of three, and the last of
/// four rather than one digit alone. None for what is no single international number; read again, it is the same number.
pub fn spaced_phone(text: &str) -> Option<String> {
    let text = text.trim();
    let one = text.matches('+').count() == 1 && text.starts_with('+');
    if !one || !text.chars().all(|letter| letter.is_ascii_digit() || " +()-.\u{a0}".contains(letter)) {
        return None;
    }
    let number = contact(ContactKind::Phone, text);
    let digits = number.strip_prefix('+')?;
    if !(7..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let code = match digits.get(..2)? {
        code if code.starts_with(['1', '7']) => 1,
        code if TWO_DIGITS.contains(&code) => 2,
        _ => 3,
    };
    let (code, mut rest) = digits.split_at(code);
    let mut spaced = format!("+{code}");
    while !rest.is_empty() {
        let (group, more) = rest.split_at(if rest.len() == 4 { 4 } else { rest.len().min(3) });
        spaced = spaced + " " + group;
        rest = more;
    }
    Some(spaced)
}
