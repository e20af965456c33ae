//! The different words of one column, numbered, so that a row keeps a number and a sort counts instead of comparing.
use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

/// The number of no word.
pub const BLANK: u32 = u32::MAX;

#[derive(Default)]
pub struct Words {
    numbers: HashMap<Arc<str>, u32>,
    words: Vec<Arc<str>>,
    /// By number, letters and digits alone.
    plain: Vec<Box<str>>,
    /// By number, how many rows keep it.
    kept: Vec<u32>,
    ranks: OnceLock<Vec<u32>>,
}

impl Words {
    /// The number of a word, which is new with a new word, for one more row to keep.
    pub fn number(&mut self, word: Option<&str>) -> u32 {
        let Some(word) = word else { return BLANK };
        if let Some(number) = self.numbers.get(word) {
            self.kept[*number as usize] += 1;
            return *number;
        }
        let (number, word) = (self.words.len() as u32, Arc::<str>::from(word));
        self.words.push(word.clone());
        self.plain.push(word.chars().filter(|letter| letter.is_alphanumeric()).collect());
        self.kept.push(1);
        self.numbers.insert(word, number);
        self.ranks.take();
        number
    }

    /// One row less keeps that number.
    pub fn let_go(&mut self, number: u32) {
        if number != BLANK {
            self.kept[number as usize] -= 1;
        }
    }

    /// How many rows keep the number of that word.
    pub fn rows_with(&self, word: &str) -> u32 {
        self.numbers.get(word).map_or(0, |number| self.kept[*number as usize])
    }

    /// The word of a number; none for [`BLANK`].
    pub fn word(&self, number: u32) -> Option<&str> {
        self.words.get(number as usize).map(|word| &**word)
    }

    /// The number of a word there is or was.
    pub fn known(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// Every word that a row keeps, with how many do.
    pub fn counted(&self) -> impl Iterator<Item = (&str, u32)> {
        self.words.iter().zip(&self.kept).filter(|(_, kept)| **kept > 0).map(|(word, kept)| (&**word, *kept))
    }

    /// The same of the words in whose letters and digits a text stands.
    pub fn counted_with<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a str, u32)> {
        let has = move |number: &usize| self.kept[*number] > 0 && self.plain[*number].contains(text);
        (0..self.words.len()).filter(has).map(move |number| (&*self.words[number], self.kept[number]))
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// By number, which place the word has among all, in the order of their bytes: the order of SQLite.
    pub fn ranks(&self) -> &[u32] {
        self.ranks.get_or_init(|| {
            let mut sorted: Vec<u32> = (0..self.words.len() as u32).collect();
            sorted.sort_unstable_by_key(|n| &self.words[*n as usize]);
            let mut ranks = vec![0; sorted.len()];
            for (rank, number) in sorted.into_iter().enumerate() {
                ranks[number as usize] = rank as u32;
            }
            ranks
        })
    }

    /// By number, whether the word is one of those.
    pub fn which(&self, wanted: impl Fn(&str) -> bool) -> Vec<bool> {
        self.words.iter().map(|word| wanted(word)).collect()
    }
}
