//! When a word stands in no note: the nearest word that does, by the slips that are forgiven in a name as well. The words of
//! all notes are read from their index when they are first asked for, and follow what is written down since.
use super::{Instead, UNFINISHED, unspaced, with_all};
use crate::{
    error::Result,
    id::Id,
    normal::fold,
    people::index::close::{LONGEST, forgiven, mask, slips_between},
    store::{Derived, Tx},
};
use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
    ops::Range,
};

/// In a word this short a slip cannot be told from another word.
const SHORTEST: usize = 4;
/// Of more words nobody mistypes one without seeing it, and each is looked up.
const WORDS: usize = 12;
/// As many of the nearest words are tried, until one stands in a note that has the other words too.
const TRIED: usize = 5;

/// A word of the line, by its place in it.
struct Typed {
    at: Range<usize>,
    /// It may be unfinished.
    last: bool,
}

/// The line with each word that stands in no note replaced by the nearest that does, the nearest first; nothing when every
/// word stands somewhere, or none comes near.
pub(super) fn instead(tx: &Tx, text: &str) -> Result<Vec<(String, Vec<Instead>)>> {
    let words = words_of(text);
    if words.len() > WORDS {
        return Ok(vec![]);
    }
    let mut missing = Vec::new();
    for typed in words {
        let word = &text[typed.at.clone()];
        if can_be_meant(word) && with_all(tx, word, 1)?.notes.is_empty() {
            missing.push(typed);
        }
    }
    if missing.is_empty() {
        return Ok(vec![]);
    }
    let nearest: Vec<Vec<String>> = tx.derived(|vocabulary: &Vocabulary| {
        missing.iter().map(|typed| vocabulary.nearest(&fold(&text[typed.at.clone()]), typed.last)).collect()
    })?;
    let tries = nearest.iter().map(Vec::len).min().unwrap_or(0);
    Ok((0..tries)
        .map(|n| {
            let (mut line, mut instead) = (text.to_owned(), Vec::new());
            for (typed, nearest) in missing.iter().zip(&nearest) {
                instead.push(Instead { typed: text[typed.at.clone()].to_owned(), taken: nearest[n].clone() });
            }
            for (typed, instead) in missing.iter().zip(&instead).rev() {
                line.replace_range(typed.at.clone(), &instead.taken);
            }
            (line, instead)
        })
        .collect())
}

/// The words of a line, each without what stands around it, but for those that were put in quotes, which are meant as they
/// stand.
fn words_of(text: &str) -> Vec<Typed> {
    let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    let quoted = |at: usize| {
        let before = quotes.iter().filter(|quote| **quote < at).count();
        before % 2 == 1 && before < quotes.len()
    };
    let mut words = Vec::new();
    for word in text.split(|letter: char| letter.is_whitespace() || letter == '"') {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        if bare.is_empty() {
            continue;
        }
        // Both are parts of the text.
        let from = bare.as_ptr() as usize - text.as_ptr() as usize;
        words.push(Typed { at: from..from + bare.len(), last: false });
    }
    if let Some(last) = words.last_mut() {
        last.last = text[last.at.clone()].chars().count() >= UNFINISHED;
    }
    words.retain(|word| !quoted(word.at.start));
    words
}

/// Whether a word can be a slip: no number, none of a script that puts no space between words, nor several in one.
fn can_be_meant(word: &str) -> bool {
    let letters = word.chars().count();
    (SHORTEST..=LONGEST).contains(&letters)
        && word.chars().all(|letter| letter.is_alphanumeric() && !unspaced(letter))
        && forgiven(word) > 0
}

/// The different words of all notes.
struct Vocabulary {
    numbers: HashMap<Box<str>, u32>,
    words: Vec<Word>,
}

struct Word {
    /// As the index has it.
    text: Box<str>,
    /// As it is compared.
    letters: Box<[char]>,
    mask: u32,
    /// In about how many notes it stands.
    notes: u32,
}

impl Vocabulary {
    fn put(&mut self, text: &str, notes: u32) {
        // No word that is worth it is shorter, or longer in any script.
        if !(SHORTEST - 1..=LONGEST * 4).contains(&text.len()) || text.contains(unspaced) {
            return;
        }
        match self.numbers.get(text) {
            Some(number) => self.words[*number as usize].notes += notes,
            None => {
                let letters: Box<[char]> = fold(text).chars().collect();
                self.numbers.insert(text.into(), self.words.len() as u32);
                self.words.push(Word { text: text.into(), mask: mask(&letters), letters, notes });
            }
        }
    }

    /// The nearest words: as few slips as it takes, whole words before beginnings, and what is written often first.
    fn nearest(&self, word: &str, unfinished: bool) -> Vec<String> {
        let letters: Vec<char> = word.chars().collect();
        let (wanted, most) = (mask(&letters), forgiven(word));
        // The folded form of what is typed may be another word in the index: a stroke through a letter stays there.
        let mut near: Vec<(usize, bool, Reverse<u32>, &Word)> = Vec::new();
        for other in &self.words {
            // Every letter that is nowhere in the other word is a slip of its own.
            if (wanted & !other.mask).count_ones() as usize > most {
                continue;
            }
            // So is every letter that one word has more than the other.
            let (ours, theirs) = (letters.len(), other.letters.len());
            if theirs + most < ours || (!unfinished && theirs > ours + most) {
                continue;
            }
            let whole = if theirs > ours + most { usize::MAX } else { slips_between(&letters, &other.letters, false) };
            let begun = if unfinished { slips_between(&letters, &other.letters, true) } else { whole };
            if whole.min(begun) <= most {
                near.push((whole.min(begun), begun < whole, Reverse(other.notes), other));
            }
        }
        near.sort_by(|a, b| (a.0, a.1, a.2, &a.3.text).cmp(&(b.0, b.1, b.2, &b.3.text)));
        near.into_iter().take(TRIED).map(|(.., word)| word.text.to_string()).collect()
    }
}

impl Derived for Vocabulary {
    fn heeds(table: &str) -> bool {
        ["touchpoints", "people"].contains(&table)
    }
    fn make(tx: &Tx) -> Result<Vocabulary> {
        let mut vocabulary = Vocabulary { numbers: HashMap::new(), words: Vec::new() };
        tx.each_word_of_notes(|word, notes| vocabulary.put(word, notes))?;
        Ok(vocabulary)
    }
    /// A word that nobody says any more is looked for once in vain, and the next one is taken.
    fn renew(&mut self, tx: &Tx, people: &BTreeSet<Id>) -> Result<()> {
        const THEM: &str = "(SELECT id FROM people WHERE root = (SELECT root FROM people WHERE id = ?1))";
        let mut said = tx.sql().prepare_cached(&format!(
            "SELECT t.note, t.quote, NULL FROM touchpoint_people tp JOIN touchpoints t ON t.id = tp.touchpoint_id
             WHERE tp.person_id IN {THEM} AND (t.note IS NOT NULL OR t.quote IS NOT NULL)
             UNION ALL SELECT notes, building_now, challenges FROM people WHERE id IN {THEM}"
        ))?;
        for person in people {
            let mut rows = said.query([person])?;
            while let Some(row) = rows.next()? {
                for column in 0..3 {
                    let Some(text) = row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from)? else {
                        continue;
                    };
                    for word in text.split(|letter: char| !letter.is_alphanumeric()) {
                        let word = word.to_lowercase();
                        // How often it is said was counted when everything was read.
                        if !self.numbers.contains_key(word.as_str()) {
                            self.put(&word, 1);
                        }
                    }
                }
            }
        }
        Ok(())
    }
}
