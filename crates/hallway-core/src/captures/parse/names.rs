//! Which words are a name, and how one is written.
use super::{Known, signs::plain, token};

/// A name's word, how many bytes it takes with the sign behind it, and whether it is the last one.
pub(super) fn name_part(word: &str, begun: bool) -> (&str, usize, bool) {
    if begun && matches!(word, "-" | "–" | "—" | "|" | "·") {
        return ("", word.len(), true);
    }
    // Where nobody puts spaces a comma stands within.
    match word.char_indices().find(|(_, sign)| [',', '，', '、', '،', ';', '；', '؛', '：'].contains(sign)) {
        Some((at, sign)) => (&word[..at], at + sign.len_utf8(), true),
        None => match word.strip_suffix(':') {
            Some(part) => (part, word.len(), true),
            None => (word, word.len(), false),
        },
    }
}

/// Whether a word is part of no name: it looks like a token, a number or an address, and is none.
pub(super) fn is_no_name(word: &str, begun: bool) -> bool {
    let sign = word.chars().next().map(plain).is_some_and(|first| "@#!/*&=+\"<>{}[]\\$%^~_".contains(first));
    let number = begun && word.starts_with(|c: char| c.is_ascii_digit());
    sign || number || word.contains("://") || word.contains('@')
}

/// Whether a text begins with brackets that say something beside a name: “(Initech): kafka vs us”. Those within a name,
/// as in “Robert (Bob) Smith”, are a part of it.
pub(super) fn is_aside(text: &str) -> bool {
    let Some((_, behind)) = text.strip_prefix(['(', '（']).and_then(|inner| inner.split_once([')', '）'])) else {
        return false;
    };
    let behind = behind.trim_start();
    behind.is_empty() || behind.starts_with([',', ':', ';', '-', '–', '—', '，', '：', '；'])
}

/// What stands before an item of a list: `-`, `•`, `1.`, `[ ]`.
pub(super) fn is_bullet(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')']);
    let numbered = number.len() < word.len() && !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    numbered || word.chars().all(|c| "-–—•◦▪*·>[]()".contains(c))
}

/// A word without the `\` that makes it no token.
pub(super) fn unescaped<'a>(word: &'a str, known: &Known) -> &'a str {
    match word.strip_prefix('\\') {
        Some(rest) if token(rest, 0, rest.len(), known).is_some() => rest,
        _ => word,
    }
}

/// Words of a name that stay small.
pub(super) const SMALL: &[&str] = &[
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "do", "dos", "das", "du", "la", "le", "el", "al",
    "bin", "ibn", "bint", "ben", "e", "y", "zu", "zur", "ter", "ten", "af", "av", "och", "und",
];

/// A name that was typed in small letters, with its capitals. Whoever wrote one capital meant them all.
pub fn with_capitals(name: &str) -> String {
    if name.chars().any(char::is_uppercase) {
        return name.to_owned();
    }
    let capital = |word: &str| {
        let mut letters = word.chars();
        // A letter whose capital is two, such as ß, or another letter's, such as µ, stays as it is.
        let Some(first) = letters.next() else { return String::new() };
        let mut large = first.to_uppercase();
        let large =
            large.next().filter(|one| large.next().is_none() && one.to_lowercase().eq([first])).unwrap_or(first);
        std::iter::once(large).chain(letters).collect()
    };
    let words = name.split(' ').enumerate().map(|(n, word)| {
        let is_handle = word.chars().any(|c| c.is_ascii_digit() || c == '_' || c == '@')
            || word.trim_end_matches('.').contains('.');
        if is_handle || (n > 0 && SMALL.contains(&word)) {
            return word.to_owned();
        }
        let parts: Vec<String> = word
            .split('-')
            .map(|part| match part.split_once(['\'', '’']) {
                // O’Brien and D’Angelo, and not Ada’S.
                Some((first, rest)) if first.chars().count() == 1 => {
                    let sign = &part[first.len()..part.len() - rest.len()];
                    format!("{}{sign}{}", capital(first), capital(rest))
                }
                _ => capital(part),
            })
            .collect();
        parts.join("-")
    });
    words.collect::<Vec<_>>().join(" ")
}
