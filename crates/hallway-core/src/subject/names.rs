//! What somebody is called, and where a text says it.
use super::held::Held;
use crate::{
    error::Result,
    normal::{fold, folded::Folded},
    search::unspaced,
    store::Tx,
};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// What somebody is called, and how they are reached, ready to be looked for.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Each name as its words, sorted: "Nair, Priya" is the same.
    words: BTreeSet<Vec<String>>,
    /// Names in a script without spaces, and whatever has no word in it.
    anywhere: BTreeSet<String>,
    /// Addresses, handles and numbers, as they are typed and as they are compared.
    addresses: BTreeSet<String>,
    /// All of them as they were typed.
    typed: BTreeSet<String>,
    /// What may mean them where it stands alone: the first and the last word of a name, where they work. As words that are
    /// sorted, and as it was typed.
    parts: BTreeMap<Vec<String>, String>,
    /// Only what means them and nobody else is looked for: no part of a name, and none with an ending.
    pub(super) surely: bool,
}

impl Names {
    /// All their names, those of before too, and all their addresses.
    pub fn of(tx: &Tx, held: &Held) -> Result<Names> {
        let mut names = Names::default();
        for person in &held.people {
            for name in tx.column::<String>("SELECT display_name FROM people WHERE id = ?1", [person])? {
                names.called(&name);
            }
            let before = "SELECT json_extract(old, '$.display_name') FROM changes WHERE row_id = ?1 AND tbl = 'people' AND op = 'update'
                 AND json_type(old, '$.display_name') = 'text'";
            for name in tx.column::<String>(before, [person])? {
                names.called(&name);
            }
        }
        for point in held.theirs.get("contact_points").into_iter().flatten() {
            for column in ["value", "value_norm"] {
                let sql = format!("SELECT {column} FROM contact_points WHERE id = ?1");
                for value in tx.column::<String>(&sql, [point])? {
                    names.reached_at(&value);
                }
            }
            let before = "SELECT json_extract(old, '$.value') FROM changes WHERE row_id = ?1 AND tbl = 'contact_points' AND op = 'update'
                 AND json_type(old, '$.value') = 'text'";
            for value in tx.column::<String>(before, [point])? {
                names.reached_at(&value);
            }
        }
        Ok(names)
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.anywhere.is_empty() && self.addresses.is_empty()
    }

    /// Looks for these as well.
    pub fn also(&mut self, other: &Names) {
        self.words.extend(other.words.iter().cloned());
        self.anywhere.extend(other.anywhere.iter().cloned());
        self.addresses.extend(other.addresses.iter().cloned());
        self.typed.extend(other.typed.iter().cloned());
        self.parts.extend(other.parts.iter().map(|(words, typed)| (words.clone(), typed.clone())));
    }
    /// Looks for no part of a name: where nobody decides, such a text stays as it is anyway.
    pub fn forget_parts(&mut self) {
        self.surely = true;
        self.parts.clear();
    }
    /// What means them where it stands alone, as it was typed.
    pub fn parts(&self) -> impl Iterator<Item = &String> {
        self.parts.values()
    }
    /// Looks for where they work as well, since nobody else does.
    pub fn works_at(&mut self, organisation: &str) {
        let mut words = words_of(&fold(organisation));
        words.sort();
        if words.concat().chars().count() > 2 {
            self.parts.insert(words, organisation.trim().to_owned());
        }
    }
    /// Takes these for what they were typed as, too.
    pub fn also_typed(&mut self, typed: impl IntoIterator<Item = String>) {
        self.typed.extend(typed);
    }
    /// Everything that is looked for, as it was typed: the names, the addresses, the parts of names.
    pub fn searched(&self) -> BTreeSet<String> {
        self.typed.iter().chain(self.parts.values()).map(|text| text.trim().to_owned()).collect()
    }
    pub fn typed(&self) -> impl Iterator<Item = &String> {
        self.typed.iter()
    }

    /// A name, and how it is written where its letters are not at hand: Björn is Bjoern, and Mueller may be Müller.
    fn called(&mut self, name: &str) {
        for written in written(name) {
            self.called_so(&written);
        }
        for word in words_of(&fold(name)) {
            // Michael is no Michal: it may mean somebody else, and is asked about.
            if let Some(drawn) = drawn_together(&word) {
                self.parts.insert(vec![drawn.clone()], drawn);
            }
        }
    }

    fn called_so(&mut self, name: &str) {
        self.typed.insert(name.to_owned());
        let folded = fold(name);
        let mut words = words_of(&folded);
        if words.iter().any(|word| word.chars().any(unspaced)) {
            self.anywhere.insert(words.concat());
        } else if words.is_empty() {
            if !folded.trim().is_empty() {
                self.anywhere.insert(folded.trim().to_owned());
            }
        } else {
            if words.len() > 1 {
                // As one word: #HannaLindqvist.
                self.addresses.insert(words.concat());
                self.addresses.insert(words.iter().rev().map(String::as_str).collect());
                let mut typed = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
                for word in [typed.next(), typed.next_back()].into_iter().flatten() {
                    // A letter or two is a part of nobody's name alone.
                    if word.chars().count() > 2 {
                        self.parts.insert(words_of(&fold(word)), word.to_owned());
                    }
                }
            }
            words.sort();
            self.words.insert(words);
        }
    }

    fn reached_at(&mut self, value: &str) {
        let folded = fold(value).trim().to_owned();
        // A letter or two is nobody's address.
        if folded.chars().count() > 2 {
            self.typed.insert(value.to_owned());
            self.addresses.insert(folded);
        }
    }

    /// As [`places`](Names::places), and wherever one of their names stands alone that is none of these words.
    pub fn places_among(&self, text: &str, others: &BTreeSet<String>) -> Vec<(usize, usize)> {
        let alone = |word: &&String| word.chars().count() > 2 && !others.contains(*word);
        let alone = self.words.iter().flatten().filter(alone).map(std::slice::from_ref);
        self.places_of(text, self.words.iter().map(Vec::as_slice).chain(alone))
    }

    /// As [`places`](Names::places), and wherever a part of a name stands alone that others are not called by, also with an
    /// ending.
    pub fn places_in_part(&self, text: &str, others: &BTreeSet<String>) -> Vec<(usize, usize)> {
        let theirs = |words: &&Vec<String>| words.len() > 1 || words.iter().all(|word| !others.contains(word));
        let parts = || self.parts.keys().filter(theirs);
        let mut places = self.places_of(text, self.words.iter().chain(parts()).map(Vec::as_slice));
        let single = parts().filter(|words| words.len() == 1).flatten();
        // A name of one word has no part: its endings are asked about as well.
        let whole = self.words.iter().filter(|words| !self.surely && words.len() == 1).flatten();
        let stems: Vec<(&str, usize)> = single.chain(whole).map(|word| (stem(word), word.chars().count())).collect();
        places.extend(with_endings(text, &stems, others));
        apart(places)
    }

    /// Where a text names them, as bytes of the text, one after the other and none within another.
    pub fn places(&self, text: &str) -> Vec<(usize, usize)> {
        self.places_of(text, self.words.iter().map(Vec::as_slice))
    }

    fn places_of<'a>(&self, text: &str, mut names: impl Iterator<Item = &'a [String]> + Clone) -> Vec<(usize, usize)> {
        let folded = Folded::of(text);
        let one_of = |words: &[String]| words.iter().all(|word| folded.text.contains(word.as_str()));
        let mut places = Vec::new();
        if names.clone().any(one_of) {
            let words = words_in(&folded);
            for name in names.by_ref().filter(|name| one_of(name)) {
                for window in words.windows(name.len()) {
                    let mut said: Vec<&str> = window.iter().map(|(at, end)| &folded.text[*at..*end]).collect();
                    said.sort_unstable();
                    // What parts the words of a name is short: "Nair, Priya" and not "Nair. … Priya".
                    let near = window.windows(2).all(|two| folded.text[two[0].1..two[1].0].chars().count() <= 3);
                    if near && said.iter().eq(name) {
                        places.push((window[0].0, window[name.len() - 1].1));
                    }
                }
            }
        }
        for address in &self.addresses {
            places.extend(folded.text.match_indices(address.as_str()).filter_map(|(at, found)| {
                let end = at + found.len();
                let within = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
                let (before, after) = (folded.text[..at].chars().next_back(), folded.text[end..].chars().next());
                (!within(before) && !within(after)).then_some((at, end))
            }));
        }
        let mut places: Vec<(usize, usize)> =
            places.into_iter().map(|(at, end)| (folded.from[at], folded.end(end))).collect();
        if !self.anywhere.is_empty() {
            let squeezed = squeezed(&folded);
            for name in &self.anywhere {
                places.extend(squeezed.text.match_indices(name.as_str()).map(|(at, found)| {
                    let (from, to) = (squeezed.from[at], squeezed.end(at + found.len()));
                    (from, from + text[from..to].trim_end().len())
                }));
            }
        }
        apart(places)
    }
}

/// Places in their order, one after the other and none within another.
fn apart(mut places: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    places.sort_unstable();
    let mut apart: Vec<(usize, usize)> = Vec::with_capacity(places.len());
    for (at, end) in places {
        match apart.last_mut() {
            Some(last) if at < last.1 => last.1 = last.1.max(end),
            _ => apart.push((at, end)),
        }
    }
    apart
}

/// What endings are put to: a longer word without the vowel at its end, Анна and Анны.
fn stem(word: &str) -> &str {
    match word.char_indices().next_back() {
        Some((at, 'a' | 'e' | 'i' | 'o' | 'u' | 'а' | 'е' | 'и' | 'й' | 'о' | 'у' | 'ы' | 'ь' | 'э' | 'ю' | 'я'))
            if word.chars().count() > 3 =>
        {
            &word[..at]
        }
        _ => word,
    }
}

/// Letters that an ending may have: “Lindqvists”, «Петровым». In Latin letters most of what is longer is another name, Priya
/// and Priyanka; behind a short one it is one: “Adas”.
fn ending(stem: &str, letters: usize) -> usize {
    match stem.is_ascii() {
        _ if letters < 4 => 1,
        true => 2,
        false => 3,
    }
}

/// Where a word of a text is one of these stems with an ending, and is written as names are: not with a small letter. A stem
/// comes with the letters of its whole word.
fn with_endings(text: &str, stems: &[(&str, usize)], others: &BTreeSet<String>) -> Vec<(usize, usize)> {
    let folded = Folded::of(text);
    if !stems.iter().any(|(stem, _)| folded.text.contains(stem)) {
        return vec![];
    }
    let ends = |word: &str| {
        let letters = word.chars().count();
        stems.iter().any(|(stem, whole)| word.starts_with(stem) && letters <= whole + ending(stem, *whole))
    };
    let found = words_in(&folded).into_iter().filter(|(at, end)| {
        let word = &folded.text[*at..*end];
        let small = text[folded.from[*at]..].chars().next().is_some_and(char::is_lowercase);
        !small && !others.contains(word) && ends(word)
    });
    found.map(|(at, end)| (folded.from[at], folded.end(end))).collect()
}

/// The text without the words that name somebody; "…" stands for each.
pub(crate) fn blanked(text: &str, spans: &[(usize, usize)]) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (from, to) in spans {
        out.push_str(&text[at..*from]);
        out.push('…');
        at = *to;
    }
    out + &text[at..]
}

fn words_in(folded: &Folded) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    for (at, letter) in folded.text.char_indices().filter(|(_, letter)| letter.is_alphanumeric()) {
        let end = at + letter.len_utf8();
        match words.last_mut() {
            Some(last) if last.1 == at => last.1 = end,
            _ => words.push((at, end)),
        }
    }
    words
}

/// Without anything between the letters.
fn squeezed(folded: &Folded) -> Folded {
    let mut squeezed = Folded { text: String::new(), from: Vec::new(), length: folded.length };
    for (at, letter) in folded.text.char_indices().filter(|(_, letter)| !letter.is_whitespace()) {
        squeezed.from.extend(std::iter::repeat_n(folded.from[at], letter.len_utf8()));
        squeezed.text.push(letter);
    }
    squeezed
}

pub(super) fn words_of(folded: &str) -> Vec<String> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A name as it may be written: itself, and with each of its words spelled out.
fn written(name: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for word in name.split_inclusive(char::is_whitespace) {
        let spelled = spelled_out(word).filter(|_| all.len() < 8);
        let with = |word: &str| all.iter().map(|before| format!("{before}{word}")).collect::<Vec<_>>();
        all = spelled.map(|spelled| with(&spelled)).into_iter().fold(with(word), |one, other| [one, other].concat());
    }
    all
}

/// A name with every letter that is a letter of its own in some languages written as the two that stand for it elsewhere;
/// nothing where there is none.
fn spelled_out(name: &str) -> Option<String> {
    let mut spelled = String::with_capacity(name.len());
    for letter in name.nfc() {
        spelled.push_str(match letter {
            'ä' | 'æ' => "ae",
            'ö' | 'ø' | 'œ' => "oe",
            'ü' => "ue",
            'å' => "aa",
            'Ä' | 'Æ' => "Ae",
            'Ö' | 'Ø' | 'Œ' => "Oe",
            'Ü' => "Ue",
            'Å' => "Aa",
            other => {
                spelled.push(other);
                continue;
            }
        });
    }
    let plain: String = name.nfc().collect();
    (spelled != plain).then_some(spelled)
}

/// The same the other way round, of a folded word that is long enough to be a part of a name.
fn drawn_together(word: &str) -> Option<String> {
    let drawn = word.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("aa", "a");
    (drawn != word && drawn.chars().count() > 2).then_some(drawn)
}
