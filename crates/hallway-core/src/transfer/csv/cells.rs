//! Several values in one cell.

use crate::normal::{ContactKind, contact, fold, looks_like_email};

/// How Google joins several values in one cell.
const GOOGLE: &str = " ::: ";

/// Labels of Google's that are known to land in a column of values.
const GOOGLE_LABELS: [&str; 6] = ["home", "main", "mobile", "obsolete", "other", "work"];

/// Groups that Google makes for everybody; they say nothing about a person.
const GOOGLE_GROUPS: [&str; 5] = ["* myContacts", "* starred", "* friends", "* family", "* coworkers"];

/// The names in a cell of tags, topics or labels, each once: `rust, wasm`, `rust;wasm`, `"VIP","Blog"`,
/// `Rustaceans ::: * myContacts`. The groups that Google makes for everybody are nobody's tags and are left out.
pub fn split_names(cell: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let google = cell.contains(GOOGLE) && !cell.contains('"');
    let parts = if google { cell.split(GOOGLE).map(str::to_owned).collect() } else { split_list(cell) };
    for part in parts {
        let part = part.trim();
        if part.is_empty() || GOOGLE_GROUPS.contains(&part) || names.iter().any(|name| fold(name) == fold(part)) {
            continue;
        }
        names.push(part.to_owned());
    }
    names
}

/// The names in one cell, so that [`split_names`] finds them again.
pub fn join_names<N: AsRef<str>>(names: impl IntoIterator<Item = N>) -> String {
    let names = names.into_iter().map(|name| {
        let name = name.as_ref();
        let quoted = name.contains([',', ';', '|', '\r', '\n', '"']);
        if quoted { format!("\"{}\"", name.replace('"', "\"\"")) } else { name.to_owned() }
    });
    names.collect::<Vec<_>>().join(", ")
}

/// The values in a cell of one kind of contact point. What is no e-mail address comes back as the error.
pub(super) fn split_contacts(kind: ContactKind, cell: &str) -> Result<Vec<&str>, &str> {
    let values = cell.split(GOOGLE).filter(|value| !value.trim().is_empty());
    if kind != ContactKind::Email {
        return Ok(values.collect());
    }
    let mut addresses = Vec::new();
    for value in values {
        if looks_like_email(value) {
            addresses.push(value);
        } else if !is_google_label(value) {
            let several: Vec<&str> =
                value.split([',', ';', '\n', ' ']).map(str::trim).filter(|part| !part.is_empty()).collect();
            if several.len() < 2 || !several.iter().all(|part| looks_like_email(part)) {
                return Err(value);
            }
            addresses.extend(several);
        }
    }
    Ok(addresses)
}

/// Whether two values of a kind reach the same person or page.
pub(super) fn same_contact(kind: ContactKind, a: &str, b: &str) -> bool {
    contact(kind, a) == contact(kind, b)
}

fn is_google_label(value: &str) -> bool {
    value.starts_with("* ") || GOOGLE_LABELS.contains(&value.trim().to_lowercase().as_str())
}

/// Parts between commas, semicolons, bars and line ends, except within double quotes.
fn split_list(cell: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    let mut letters = cell.chars().peekable();
    while let Some(letter) = letters.next() {
        let Some(part) = parts.last_mut() else { break };
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                part.push('"');
            }
            '"' if quoted || part.trim().is_empty() => quoted = !quoted,
            ',' | ';' | '|' | '\r' | '\n' if !quoted => parts.push(String::new()),
            letter => part.push(letter),
        }
    }
    parts
}
