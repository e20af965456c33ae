//! Who comes close, when nobody is spelled as it was typed: a letter or two wrong, missing, too many, or swapped.
use super::texts::Texts;
use std::collections::HashMap;

/// Words this short have too many neighbours to be compared by how they begin.
const SHORT: usize = 4;
/// From this length on, two slips are forgiven instead of one.
const LONG: usize = 6;
/// No word anybody would mistype is longer.
pub(crate) const LONGEST: usize = 40;

/// The different words of all texts, and who has them.
pub struct Vocabulary {
    numbers: HashMap<Box<str>, u32>,
    entries: Vec<Entry>,
}

struct Entry {
    letters: Box<[char]>,
    mask: u32,
    /// Slots, in no order; nobody is left of a word that is no longer there.
    carriers: Vec<u32>,
}

impl Vocabulary {
    pub fn of(texts: &Texts, slots: impl Iterator<Item = u32>) -> Vocabulary {
        let mut vocabulary = Vocabulary { numbers: HashMap::new(), entries: Vec::new() };
        for slot in slots {
            vocabulary.put(slot, texts.of(slot));
        }
        vocabulary
    }

    pub fn put(&mut self, slot: u32, text: &[u8]) {
        for word in worth_keeping(text) {
            let number = match self.numbers.get(word) {
                Some(number) => *number,
                None => {
                    let letters: Box<[char]> = word.chars().collect();
                    let entry = Entry { mask: mask(&letters), letters, carriers: Vec::new() };
                    self.entries.push(entry);
                    self.numbers.insert(word.into(), self.entries.len() as u32 - 1);
                    self.entries.len() as u32 - 1
                }
            };
            let carriers = &mut self.entries[number as usize].carriers;
            // Whoever says a word twice says it once.
            if carriers.last() != Some(&slot) {
                carriers.push(slot);
            }
        }
    }

    pub fn take_out(&mut self, slot: u32, text: &[u8]) {
        for word in worth_keeping(text) {
            if let Some(number) = self.numbers.get(word) {
                self.entries[*number as usize].carriers.retain(|other| *other != slot);
            }
        }
    }

    /// Who has a word that is at most so many slips away from this one, or begins so.
    fn near(&self, word: &str, slips: usize) -> impl Iterator<Item = u32> {
        let letters: Vec<char> = word.chars().collect();
        let wanted = mask(&letters);
        let begins = letters.len() >= SHORT;
        self.entries
            .iter()
            // Every letter that is nowhere in the other word is a slip of its own.
            .filter(move |entry| (wanted & !entry.mask).count_ones() as usize <= slips)
            .filter(move |entry| slips_between(&letters, &entry.letters, begins) <= slips)
            .flat_map(|entry| entry.carriers.iter().copied())
    }
}

/// By slot, whose text has every word of the query as it stands or nearly so; with as few slips as it takes. Nobody
/// when not even that finds anybody.
pub fn close(vocabulary: &Vocabulary, texts: &Texts, folded: &str) -> Option<Vec<bool>> {
    let words: Vec<&str> = words_of(folded).collect();
    // What is left of “C++” is in every text; a slip in so little cannot be told from another word.
    if words.iter().all(|word| forgiven(word) == 0) {
        return None;
    }
    let exact: Vec<Vec<bool>> = words.iter().map(|word| texts.containing(&[word])).collect();
    for slips in 1..=2 {
        let mut found: Option<Vec<bool>> = None;
        for (word, exact) in words.iter().zip(&exact) {
            let mut has = exact.clone();
            for slot in vocabulary.near(word, slips.min(forgiven(word))) {
                has[slot as usize] = true;
            }
            found = Some(match found {
                Some(before) => before.iter().zip(&has).map(|(a, b)| *a && *b).collect(),
                None => has,
            });
        }
        if let Some(found) = found.filter(|found| found.contains(&true)) {
            return Some(found);
        }
    }
    None
}

/// How many slips a word of this length may have. A number is what it is.
pub(crate) fn forgiven(word: &str) -> usize {
    let letters = word.chars().count();
    if letters < 3 || word.chars().all(char::is_numeric) {
        0
    } else if letters < LONG {
        1
    } else {
        2
    }
}

/// The words of a folded text.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn worth_keeping(text: &[u8]) -> impl Iterator<Item = &str> {
    // The texts were text before they were bytes.
    words_of(std::str::from_utf8(text).unwrap_or_default()).filter(|word| (3..=LONGEST).contains(&word.len()))
}

/// One bit for each letter that occurs; the rarer letters share.
pub(crate) fn mask(letters: &[char]) -> u32 {
    letters.iter().fold(0, |mask, letter| {
        mask | match letter {
            'a'..='z' => 1 << (*letter as u32 - 'a' as u32),
            other => 1 << (26 + *other as u32 % 6),
        }
    })
}

/// How many letters must be changed, put in, left out or swapped with their neighbour to make one word the other (the
/// optimal string alignment distance), or, with `begins`, the beginning of the other.
pub(crate) fn slips_between(word: &[char], other: &[char], begins: bool) -> usize {
    let width = word.len();
    let other = if begins { &other[..other.len().min(width + 2)] } else { other };
    let mut before_last: Vec<usize> = vec![0; width + 1];
    let mut last: Vec<usize> = (0..=width).collect();
    let mut row = last.clone();
    let mut fewest = width;
    for (y, theirs) in other.iter().enumerate() {
        row[0] = y + 1;
        for (x, ours) in word.iter().enumerate() {
            let mut slips = (last[x + 1] + 1).min(row[x] + 1).min(last[x] + usize::from(ours != theirs));
            if x > 0 && y > 0 && *ours == other[y - 1] && word[x - 1] == *theirs {
                slips = slips.min(before_last[x - 1] + 1);
            }
            row[x + 1] = slips;
        }
        fewest = fewest.min(row[width]);
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    if begins { fewest } else { last[width] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slips(word: &str, other: &str, begins: bool) -> usize {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        slips_between(&letters(word), &letters(other), begins)
    }

    /// The definition, word for word: the last letters are the same, or one of four things happened to them.
    fn by_definition(a: &[char], b: &[char]) -> usize {
        match (a, b) {
            ([], rest) | (rest, []) => rest.len(),
            ([front @ .., x], [begin @ .., y]) => {
                let mut fewest = by_definition(front, begin) + usize::from(x != y);
                fewest = fewest.min(by_definition(front, b) + 1).min(by_definition(a, begin) + 1);
                if let ([f @ .., u], [g @ .., v]) = (front, begin)
                    && (u, x) == (y, v)
                {
                    fewest = fewest.min(by_definition(f, g) + 1);
                }
                fewest
            }
        }
    }

    #[test]
    fn each_of_the_four_slips_is_one() {
        for other in ["priya", "prija", "pria", "priyaa", "pirya"] {
            assert_eq!(slips("priya", other, false), usize::from(other != "priya"), "{other}");
        }
        assert_eq!((slips("kowlas", "kowalski", true), slips("kowlas", "kowalski", false)), (1, 3));
    }

    proptest! {
        #[test]
        fn slips_are_counted_as_they_are_defined(a in "[abé]{0,6}", b in "[abé]{0,6}") {
            let (letters, others): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            prop_assert_eq!(slips_between(&letters, &others, false), by_definition(&letters, &others));
            let beginnings = (0..=others.len()).map(|end| by_definition(&letters, &others[..end]));
            let fewest = beginnings.min().unwrap_or_default();
            // Beyond two slips nobody asks.
            prop_assert_eq!(slips_between(&letters, &others, true).min(3), fewest.min(3));
        }
    }
}
