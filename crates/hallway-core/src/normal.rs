//! Normal forms: what two spellings of one name, address or handle have in common.
//!
//! Values are kept as they were typed; a normal form stands beside them, for matching, searching and suppression only.
//! Anything that changes the result of [`contact`] or [`fold`] must raise [`VERSION`], because normal forms are stored.

mod address;
pub(crate) mod folded;
mod names;
mod phones;

use caseless::Caseless;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

pub use address::{contact, contact_by, looks_like_email};
pub use names::{given_and_family, whole_name};
pub use phones::spaced_phone;

/// The version of the normal forms below; it is stored with every one of them.
pub const VERSION: u32 = 1;

/// The ways to reach somebody, or to find them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    Email,
    Phone,
    Website,
    Github,
    Gitlab,
    Linkedin,
    Mastodon,
    Bluesky,
    X,
    Reddit,
    Discord,
    Slack,
    Matrix,
    Irc,
    Rss,
    Other,
}

impl ContactKind {
    /// Every kind, in the order people are shown them.
    pub const ALL: [ContactKind; 16] = [
        ContactKind::Email,
        ContactKind::Phone,
        ContactKind::Website,
        ContactKind::Github,
        ContactKind::Gitlab,
        ContactKind::Linkedin,
        ContactKind::Mastodon,
        ContactKind::Bluesky,
        ContactKind::X,
        ContactKind::Reddit,
        ContactKind::Discord,
        ContactKind::Slack,
        ContactKind::Matrix,
        ContactKind::Irc,
        ContactKind::Rss,
        ContactKind::Other,
    ];

    /// Whether two people of one name who share such a value are one person. An address, a handle or a slug is one
    /// person's; a telephone number is often a whole office's, a website a whole team's.
    pub fn identifies(self) -> bool {
        !matches!(self, ContactKind::Phone | ContactKind::Website | ContactKind::Rss | ContactKind::Other)
    }

    /// The word for this kind in the file, in JSON and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            ContactKind::Email => "email",
            ContactKind::Phone => "phone",
            ContactKind::Website => "website",
            ContactKind::Github => "github",
            ContactKind::Gitlab => "gitlab",
            ContactKind::Linkedin => "linkedin",
            ContactKind::Mastodon => "mastodon",
            ContactKind::Bluesky => "bluesky",
            ContactKind::X => "x",
            ContactKind::Reddit => "reddit",
            ContactKind::Discord => "discord",
            ContactKind::Slack => "slack",
            ContactKind::Matrix => "matrix",
            ContactKind::Irc => "irc",
            ContactKind::Rss => "rss",
            ContactKind::Other => "other",
        }
    }

    /// The kind a [`key`](ContactKind::key) stands for.
    pub fn from_key(key: &str) -> Option<ContactKind> {
        ContactKind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The name of this kind on screen and in the header of an exported file.
    pub fn label(self) -> &'static str {
        match self {
            ContactKind::Email => "E-mail",
            ContactKind::Phone => "Phone",
            ContactKind::Website => "Website",
            ContactKind::Github => "GitHub",
            ContactKind::Gitlab => "GitLab",
            ContactKind::Linkedin => "LinkedIn",
            ContactKind::Mastodon => "Mastodon",
            ContactKind::Bluesky => "Bluesky",
            ContactKind::X => "X",
            ContactKind::Reddit => "Reddit",
            ContactKind::Discord => "Discord",
            ContactKind::Slack => "Slack",
            ContactKind::Matrix => "Matrix",
            ContactKind::Irc => "IRC",
            ContactKind::Rss => "RSS",
            ContactKind::Other => "Other",
        }
    }
}

/// The form of a text that search and name agreement compare: no case, no accents, single spaces.
///
/// Accents of Latin, Greek, Cyrillic, Arabic and Hebrew go; vowel signs of Indic scripts, tone marks of Thai and the
/// voicing of kana stay, because without them the words are other words. Folding a folded text changes nothing.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        let mut folded = single_spaces(text);
        folded.make_ascii_lowercase();
        return folded;
    }
    let mut folded = String::with_capacity(text.len());
    // Full case folding turns ß into ss by itself.
    for letter in text.nfkd().filter(|letter| !is_accent(*letter)).default_case_fold() {
        match letter {
            // Letters that Unicode does not take apart, though people leave the stroke out when they type.
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            letter if is_invisible(letter) => {}
            letter => folded.push(letter),
        }
    }
    // Case folding can bring composed letters back, and Hangul must be syllables again to be found by substring.
    let composed: String = folded.nfkd().filter(|letter| !is_accent(*letter)).nfc().collect();
    single_spaces(&composed)
}

/// Whether two names can be the same person's: the same words after folding, in any order, or one name's words within
/// the other's. Names without a word, such as `-_-`, agree only with themselves; an empty name agrees with nothing.
///
/// Letters with an umlaut or a stroke are also written with an e or doubled: Jörg is Joerg, and Jorg.
pub fn names_agree(a: &str, b: &str) -> bool {
    let both = |name| words(name).into_iter().zip(words(&spelled_out(name))).collect::<Vec<_>>();
    let (a, b) = (both(a), both(b));
    let (few, mut many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let alike = |one: &(String, String), other: &(String, String)| one.0 == other.0 || one.1 == other.1;
    !few.is_empty()
        && few.iter().all(|word| match many.iter().position(|other| alike(other, word)) {
            Some(at) => {
                many.swap_remove(at);
                true
            }
            None => false,
        })
}

/// A name as it is written where these letters are not at hand.
fn spelled_out(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len() + 4);
    for letter in name.nfc() {
        match letter {
            'ä' | 'Ä' => out.push_str("ae"),
            'ö' | 'Ö' | 'ø' | 'Ø' => out.push_str("oe"),
            'ü' | 'Ü' => out.push_str("ue"),
            'å' | 'Å' => out.push_str("aa"),
            letter => out.push(letter),
        }
    }
    out
}

/// The words of a name, folded. Apostrophes join (`O'Brien`), every other sign parts (`Jean-Luc`, `An, Hyun Jun`).
pub(crate) fn words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let joined: String = folded.chars().filter(|c| !matches!(c, '\'' | '’' | 'ʼ' | '`')).collect();
    let words: Vec<String> = joined
        .split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if words.is_empty() && !folded.is_empty() { vec![folded] } else { words }
}

fn single_spaces(text: &str) -> String {
    let mut single = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !single.is_empty() {
            single.push(' ');
        }
        single.push_str(word);
    }
    single
}

/// Marks that people leave out when they search: overlays, Hebrew and Arabic points, and what stands above or below a
/// letter. Nukta (7), kana voicing (8), virama (9) and the South-East Asian vowels and tones are part of the word.
fn is_accent(c: char) -> bool {
    matches!(canonical_combining_class(c), 1 | 10..=36 | 200..=240)
}

/// Soft hyphen, Arabic stretching, joiners, direction marks, variation selectors and the byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{640}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests;
