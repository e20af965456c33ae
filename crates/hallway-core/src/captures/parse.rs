//! The grammar of the line. Pure: a text and what it may name in, pieces out. Every letter that was typed is in exactly
//! one piece, and what is not understood is the note.
//!
//! A token begins a word. The words before the first one are the name; a comma, a colon or a dash of its own ends it too.
//! What may be said once counts the first time it is said; said again, it is note. A `\` before a token makes it note.
mod names;
mod signs;

pub use names::with_capitals;
pub(super) use signs::{end_of_word, trimmed};

use super::{
    contact::{self, phone},
    when::{self, Here},
};
use crate::{
    journey::engine::Stage,
    normal::{ContactKind, fold},
};
use names::{SMALL, is_aside, is_bullet, is_no_name, name_part, unescaped};
use signs::{is_last, is_mark, next_word, plain, quoted, value_at};

/// What a line may name.
pub struct Known<'a> {
    pub here: Here,
    /// Key and label of the kinds that are offered, in their order.
    pub kinds: &'a [(String, String)],
    /// What the workspace calls the stages, in their order.
    pub stages: &'a [(Stage, String)],
    /// The name of who was picked: a line that begins with it begins with them, whatever signs it has.
    pub picked: Option<&'a str>,
    /// Whether somebody here is called so, and whether an organisation is.
    pub is_person: &'a dyn Fn(&str) -> bool,
    pub is_organisation: &'a dyn Fn(&str) -> bool,
}

/// More words than these are no name of an organisation.
const WORDS_OF_ORGANISATION: usize = 6;

/// What a piece of a line means.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// As it would be written down: a name in small letters gets its capitals.
    Name(String),
    Organisation(String),
    /// What was seen of where they stand.
    Stage(Stage),
    Tag(String),
    /// A follow-up, with what was promised.
    Promise {
        due: when::Said,
        text: String,
    },
    Quote(String),
    /// −2 … +2.
    Mood(i8),
    /// Handed over.
    Item(String),
    Contact(ContactKind, String),
    /// The key of a kind.
    Kind(String),
    /// They wait for an answer.
    Waits,
    /// As the last entry.
    Same,
    Note,
}

/// A stretch of the line, in bytes, and what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub from: usize,
    pub to: usize,
    pub meaning: Meaning,
}

/// A line as its pieces, in the order they stand in. They touch, and nothing is between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub pieces: Vec<Piece>,
    /// What is left, with single spaces.
    pub note: String,
}

impl Line {
    pub fn name(&self) -> &str {
        self.pieces
            .iter()
            .find_map(|piece| match &piece.meaning {
                Meaning::Name(name) => Some(name.as_str()),
                _ => None,
            })
            .unwrap_or_default()
    }
}

/// What the words that are no token belong to.
enum Open {
    Name,
    /// The piece of that number.
    Promise(usize),
    Note,
}

/// Reads one line.
pub fn parse(text: &str, known: &Known) -> Line {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut name = Vec::new();
    let mut name_span = None;
    let mut open = Open::Name;
    let mut at = 0;
    if let Some((whole, to)) = known.picked.and_then(|picked| picked_name(text, picked)) {
        pieces.push(Piece { from: 0, to, meaning: Meaning::Name(whole.to_owned()) });
        (open, at) = (Open::Note, to);
    }
    while let Some(from) = next_word(text, at) {
        let to = end_of_word(text, from);
        let in_name = matches!(open, Open::Name);
        if let Some((meaning, to)) = token(text, from, to, known).filter(|(meaning, to)| {
            let said_before = |piece: &Piece| {
                std::mem::discriminant(&piece.meaning) == std::mem::discriminant(meaning) && once(meaning)
            };
            match meaning {
                Meaning::Same => !pieces.iter().any(said_before) && (in_name || is_last(text, *to)),
                Meaning::Mood(_) => is_last(text, *to),
                _ => !pieces.iter().any(said_before),
            }
        }) {
            open = if matches!(meaning, Meaning::Promise { .. }) { Open::Promise(pieces.len()) } else { Open::Note };
            pieces.push(Piece { from, to, meaning });
            at = to;
            continue;
        }
        let word = &text[from..to];
        at = to;
        match open {
            Open::Name if name.is_empty() && is_bullet(word) => {
                name_span = Some((name_span.map_or(from, |(from, _)| from), to));
            }
            Open::Name if is_no_name(word, !name.is_empty()) => open = Open::Note,
            Open::Name if !name.is_empty() && is_aside(&text[from..]) => open = Open::Note,
            Open::Name => {
                let (part, used, ends) = name_part(word, !name.is_empty());
                name_span = Some((name_span.map_or(from, |(from, _)| from), from + used));
                name.extend(Some(part).filter(|part| !part.is_empty()));
                at = from + used;
                if ends {
                    open = Open::Note;
                }
            }
            Open::Promise(number) => {
                if let Some(Piece { to: end, meaning: Meaning::Promise { text, .. }, .. }) = pieces.get_mut(number) {
                    if !text.is_empty() {
                        text.push(' ');
                    }
                    text.push_str(unescaped(word, known));
                    *end = to;
                }
            }
            Open::Note => {}
        }
    }
    if let Some(words) = known_name(&name, known) {
        name.truncate(words);
        let from = name_span.map_or(0, |(from, _)| from);
        name_span = Some((from, behind(text, from, &name)));
    }
    // A mark of a list before nobody’s name is a word like others.
    if let Some((from, to)) = name_span.filter(|_| !name.is_empty()) {
        pieces.insert(0, Piece { from, to, meaning: Meaning::Name(with_capitals(&name.join(" "))) });
    }
    with_the_note(text, pieces, known)
}

/// The name of who was picked at the beginning of a line, and where it ends with the sign behind it.
fn picked_name<'a>(text: &str, picked: &'a str) -> Option<(&'a str, usize)> {
    let rest = text.strip_prefix(picked).filter(|_| !picked.trim().is_empty())?;
    let behind = rest.strip_prefix([',', ':']).unwrap_or(rest);
    (behind.is_empty() || behind.len() < rest.len() || behind.starts_with(char::is_whitespace))
        .then(|| (picked, text.len() - behind.len()))
}

/// How many of the words before the note are the whole name of somebody who is here, where more follow that are no name:
/// “Pedro Alves runs it”. “Ana Maria Lopez” is not Ana Maria.
fn known_name(name: &[&str], known: &Known) -> Option<usize> {
    let has_capitals = |words: &[&str]| words.iter().any(|word| word.chars().any(char::is_uppercase));
    if name.len() < 3 || (known.is_person)(&name.join(" ")) {
        return None;
    }
    (2..name.len()).rev().find(|words| {
        let (first, rest) = name.split_at(*words);
        let runs_on = match has_capitals(first) {
            true => !rest[0].chars().next().is_some_and(char::is_uppercase),
            // In small letters alone a name may have as many words.
            false => rest.len() > 2,
        };
        runs_on && !SMALL.contains(&rest[0]) && (known.is_person)(&first.join(" "))
    })
}

/// Where these words end, of which nothing but space is between.
fn behind(text: &str, from: usize, words: &[&str]) -> usize {
    words.iter().fold(from, |at, word| text[at..].find(word).map_or(at, |n| at + n + word.len()))
}

/// What a line says once.
fn once(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Organisation(_) | Meaning::Stage(_) | Meaning::Kind(_) | Meaning::Waits | Meaning::Same)
}

/// Fills what is between the pieces with note.
fn with_the_note(text: &str, pieces: Vec<Piece>, known: &Known) -> Line {
    let mut all: Vec<Piece> = Vec::with_capacity(pieces.len() * 2 + 1);
    let mut note: Vec<&str> = Vec::new();
    let mut at = 0;
    let end = Piece { from: text.len(), to: text.len(), meaning: Meaning::Note };
    for piece in pieces.into_iter().chain([end]) {
        if piece.from > at {
            note.extend(text[at..piece.from].split_whitespace().map(|word| unescaped(word, known)));
            all.push(Piece { from: at, to: piece.from, meaning: Meaning::Note });
        }
        at = piece.to;
        if piece.to > piece.from {
            all.push(piece);
        }
    }
    Line { pieces: all, note: note.join(" ") }
}

/// A token at a word, and where it ends.
fn token(text: &str, from: usize, to: usize, known: &Known) -> Option<(Meaning, usize)> {
    // Keyboards of right-to-left scripts put a mark before a sign.
    let from = from + text[from..to].find(|c| !is_mark(c))?;
    let word = &text[from..to];
    let first = word.chars().next()?;
    let rest = &word[first.len_utf8()..];
    let after_sign = from + first.len_utf8();
    let value = |meaning: fn(String) -> Meaning| {
        let (value, to) = value_at(text, after_sign, to)?;
        Some((meaning(value), to))
    };
    match plain(first) {
        '"' => {
            let (value, to) = quoted(text, from)?;
            Some((Meaning::Quote(value), to))
        }
        '@' => match contact::mastodon(rest) {
            Some(handle) => Some((Meaning::Contact(ContactKind::Mastodon, handle.to_owned()), to)),
            None if trimmed(rest).contains('@') => None,
            None => value(Meaning::Organisation)
                .map(|(meaning, to)| longer(text, after_sign, known).unwrap_or((meaning, to))),
        },
        '#' if trimmed(rest).chars().all(|c| c.is_ascii_digit()) => None,
        '#' if rest.starts_with('#') => None,
        '#' => value(Meaning::Tag),
        '*' if rest.starts_with('*') => None,
        '*' => value(Meaning::Item),
        '/' => stage(trimmed(rest), known.stages).map(|stage| (Meaning::Stage(stage), to)),
        '&' => kind(trimmed(rest), known.kinds).map(|kind| (Meaning::Kind(kind), to)),
        '=' if rest.is_empty() => Some((Meaning::Same, to)),
        // What is owed to them, and not promised yet: an answer.
        '!' if matches!(rest.trim_matches(is_mark), "?" | "？") => Some((Meaning::Waits, to)),
        '!' => promise(text, after_sign, rest, &known.here),
        '+' | '-' => match trimmed(rest) {
            "1" | "2" if rest.len() == 1 => {
                let mood = if rest == "1" { 1 } else { 2 };
                is_last(text, to).then_some((Meaning::Mood(if plain(first) == '+' { mood } else { -mood }), to))
            }
            _ => None,
        }
        .or_else(|| phone(text, from).map(|to| (Meaning::Contact(ContactKind::Phone, text[from..to].to_owned()), to))),
        _ => contact::at(text, from, to).map(|(kind, value, to)| (Meaning::Contact(kind, value), to)),
    }
}

/// An organisation of several words that is here, without quotes.
fn longer(text: &str, from: usize, known: &Known) -> Option<(Meaning, usize)> {
    if text[from..].chars().next().map(plain) == Some('"') {
        return None;
    }
    let mut to = end_of_word(text, from);
    let mut found = None;
    for _ in 1..WORDS_OF_ORGANISATION {
        // A sign behind a word ends the name.
        if trimmed(&text[from..to]).len() < to - from {
            break;
        }
        let Some(next) = next_word(text, to) else { break };
        to = end_of_word(text, next);
        let name = trimmed(&text[from..to]);
        if (known.is_organisation)(name) {
            found = Some((Meaning::Organisation(name.to_owned()), to));
        }
    }
    found
}

/// `!`, and the day that follows it, if one does.
fn promise(text: &str, after_sign: usize, rest: &str, here: &Here) -> Option<(Meaning, usize)> {
    let only = |due| Meaning::Promise { due, text: String::new() };
    let next = when::Said { day: here.next_business_day(), time: None };
    if rest.is_empty() {
        return Some((only(next), after_sign));
    }
    if !rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    Some(match when::read_beginning(&text[after_sign..], here) {
        Some((due, used)) => (only(due), after_sign + used),
        // No day: what follows is the promise itself.
        None => (only(next), after_sign),
    })
}

/// A stage by its number, or by at least three letters of its name: what it is called everywhere, or in this workspace.
fn stage(word: &str, stages: &[(Stage, String)]) -> Option<Stage> {
    if let ([digit @ b'1'..=b'5'], true) = (word.as_bytes(), word.len() == 1) {
        return stages.get(usize::from(digit - b'1')).map(|(stage, _)| *stage);
    }
    let said = fold(word);
    if said.chars().count() < 3 {
        return None;
    }
    // “Discover” and “Discovery” are one word for two people.
    let named = |(stage, name): &&(Stage, String)| fold(name).starts_with(&said) || stage.key().starts_with(&said);
    let mut found = stages.iter().filter(named).map(|(stage, _)| *stage);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The kind somebody means: its key, its label, a word of its key, the beginning of one, a word of its label. The first
/// in the order of the journey, when several are called so.
fn kind(word: &str, kinds: &[(String, String)]) -> Option<String> {
    let said = fold(word).replace(['-', '_'], " ");
    if said.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return None;
    }
    let key = |key: &str| key.replace('_', " ");
    let within = |all: &str| all.split(' ').any(|one| one == said);
    let begins = |all: &str| said.chars().count() > 2 && all.split(' ').any(|one| one.starts_with(&said));
    type Called<'a> = &'a dyn Fn(&(String, String)) -> bool;
    let tests: [Called; 5] = [
        &|(k, label)| key(k) == said || fold(label) == said,
        &|(k, _)| within(&key(k)),
        &|(k, _)| begins(&key(k)) || key(k).contains(&format!(" {said}")),
        &|(_, label)| within(&fold(label)),
        &|(_, label)| begins(&fold(label)),
    ];
    tests.iter().find_map(|test| kinds.iter().find(|kind| test(kind))).map(|(key, _)| key.clone())
}

/// Whether a word of a note was meant as a kind, and is none.
pub(super) fn is_unknown_kind(word: &str) -> bool {
    let word = trimmed(word);
    let begins = word.chars().next().map(plain) == Some('&');
    begins && word.chars().skip(1).filter(|c| c.is_alphabetic()).count() > 1
}
