//! Words and quotes of a line, in the signs of every keyboard.

/// The value behind a sign: a word, or words in quotes.
pub(super) fn value_at(text: &str, from: usize, to: usize) -> Option<(String, usize)> {
    if text[from..].chars().next().map(plain) == Some('"') {
        return quoted(text, from);
    }
    let value = trimmed(&text[from..to]);
    let begins = value.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '.' || !c.is_ascii());
    (begins && value.chars().any(|c| c.is_alphanumeric() || !c.is_ascii())).then(|| (value.to_owned(), to))
}

/// Words in quotes, and where they end. Quotes that are not closed go to the end of the line.
pub(super) fn quoted(text: &str, from: usize) -> Option<(String, usize)> {
    let opening = text[from..].chars().next()?;
    let closing: &[char] = match opening {
        '“' | '"' | '＂' => &['"', '”', '＂'],
        '„' => &['“', '”', '"'],
        '«' => &['»'],
        '»' => &['«'],
        '「' => &['」'],
        '『' => &['』'],
        _ => return None,
    };
    let begin = from + opening.len_utf8();
    let inner = &text[begin..];
    let ends_a_word = |at: usize, sign: char| !inner[at + sign.len_utf8()..].starts_with(char::is_alphanumeric);
    let close = inner.char_indices().find(|(at, sign)| closing.contains(sign) && ends_a_word(*at, *sign));
    let (inside, to) = match close {
        Some((at, sign)) => {
            let to = begin + at + sign.len_utf8();
            let signs = text[to..].len() - text[to..].trim_start_matches([',', '.', ';', ':']).len();
            (&inner[..at], to + signs)
        }
        None => (inner.trim_end(), text.trim_end().len()),
    };
    let words = inside.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some((words, to))
}

/// Signs of other keyboards as those of the grammar.
pub(in crate::captures) fn plain(sign: char) -> char {
    match sign {
        '＠' => '@',
        '＃' => '#',
        '！' => '!',
        '／' => '/',
        '＊' => '*',
        '＆' => '&',
        '＝' => '=',
        '＋' => '+',
        '−' | '－' => '-',
        '“' | '„' | '«' | '»' | '「' | '『' | '＂' => '"',
        sign => sign,
    }
}

/// Marks of direction and other letters nobody sees.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Without the signs that end a phrase.
pub(in crate::captures) fn trimmed(word: &str) -> &str {
    word.trim_end_matches([',', ';', ':', '.', '!', '?', ')', '，', '。', '、', '،', '؛', '！', '？'])
}

pub(super) fn is_last(text: &str, to: usize) -> bool {
    text[to..].trim().is_empty()
}

pub(super) fn next_word(text: &str, at: usize) -> Option<usize> {
    text[at..].find(|c: char| !c.is_whitespace()).map(|n| at + n)
}

pub(in crate::captures) fn end_of_word(text: &str, from: usize) -> usize {
    text[from..].find(char::is_whitespace).map_or(text.len(), |n| from + n)
}
