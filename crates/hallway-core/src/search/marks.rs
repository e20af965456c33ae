//! Where the words of a search stand in a text, and the piece of the text worth showing. Knows no file.
use super::{NotePiece, UNFINISHED};
use crate::normal::{fold, folded::Folded};

/// How much of a text is shown, and how much of that before the first word, in letters.
const SHOWN: usize = 200;
const BEFORE: usize = 60;

/// A letter of a script that puts no space between words. The index cuts those into pairs (migration 5 has the same list).
pub fn unspaced(letter: char) -> bool {
    matches!(letter, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAD9}' | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{323AF}')
}

/// A word as the index has it, and whether it ends in a single letter, with which a pair may begin.
pub fn in_pairs(word: &str) -> (String, bool) {
    let letters: Vec<char> = word.chars().collect();
    let mut spaced = String::new();
    let mut single = false;
    for run in letters.chunk_by(|a, b| unspaced(*a) == unspaced(*b)) {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        single = unspaced(run[0]) && run.len() == 1;
        if unspaced(run[0]) && run.len() > 1 {
            let pairs: Vec<String> = run.windows(2).map(|pair| pair.iter().collect()).collect();
            spaced += &pairs.join(" ");
        } else {
            spaced.extend(run);
        }
    }
    (spaced, single)
}

/// The words of a search, folded.
pub struct Wanted(Vec<Word>);

struct Word {
    text: String,
    /// It is found inside a word, too.
    anywhere: bool,
    /// A word that begins so is meant as well.
    unfinished: bool,
}

impl Wanted {
    pub fn of(text: &str) -> Wanted {
        let folded = fold(text);
        let last_typed = folded.split_whitespace().last().map_or(0, |word| word.chars().count());
        let mut words: Vec<Word> = Vec::new();
        for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let letters: Vec<char> = word.chars().collect();
            words.extend(letters.chunk_by(|a, b| unspaced(*a) == unspaced(*b)).map(|run| Word {
                text: run.iter().collect(),
                anywhere: unspaced(run[0]),
                unfinished: false,
            }));
        }
        if let Some(last) = words.last_mut() {
            last.unfinished = last_typed >= UNFINISHED;
        }
        Wanted(words)
    }

    /// How many of the words are in a text.
    pub fn in_text(&self, text: &str) -> usize {
        let folded = Folded::of(text);
        self.0.iter().filter(|word| places(&folded, word).next().is_some()).count()
    }

    /// The text with most of the words in it.
    pub fn best(&self, texts: impl Iterator<Item = String>) -> Option<String> {
        let mut texts: Vec<String> = texts.collect();
        if texts.len() < 2 {
            return texts.pop();
        }
        texts
            .into_iter()
            .enumerate()
            .max_by_key(|(n, text)| (self.in_text(text), std::cmp::Reverse(*n)))
            .map(|(_, text)| text)
    }
}

/// Where a word stands in the text, as bytes of the text before it was folded.
fn places<'a>(folded: &'a Folded, word: &'a Word) -> impl Iterator<Item = (usize, usize)> + 'a {
    let within = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() && !unspaced(letter));
    folded.text.match_indices(&word.text).filter_map(move |(at, found)| {
        let (before, after) = (folded.text[..at].chars().next_back(), folded.text[at + found.len()..].chars().next());
        let whole = word.anywhere || (!within(before) && (word.unfinished || !within(after)));
        let end = if word.unfinished && !word.anywhere {
            let rest = &folded.text[at..];
            at + rest.find(|letter: char| !within(Some(letter))).unwrap_or(rest.len())
        } else {
            at + found.len()
        };
        whole.then(|| (folded.from[at], folded.end(end)))
    })
}

/// The piece of a text around the first of the words, which are marked.
pub fn cut(text: &str, wanted: &Wanted) -> Vec<NotePiece> {
    let folded = Folded::of(text);
    let mut places: Vec<(usize, usize)> = wanted.0.iter().flat_map(|word| places(&folded, word)).collect();
    places.sort_unstable();
    let first = places.first().map_or(0, |place| place.0);
    let from = beginning(text, first);
    let to = text[from..].char_indices().nth(SHOWN).map_or(text.len(), |(n, _)| from + n);
    let mut pieces = Vec::new();
    let mut put = |text: &str, marked| {
        let text: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        if !text.is_empty() {
            pieces.push(NotePiece { text, marked });
        }
    };
    if from > 0 {
        put("… ", false);
    }
    let mut at = from;
    for (start, end) in places.into_iter().filter(|place| place.1 <= to) {
        if start >= at {
            put(&text[at..start], false);
            put(&text[start..end], true);
            at = end;
        }
    }
    put(&text[at..to], false);
    if to < text.len() {
        put("…", false);
    }
    pieces
}

/// Where to begin, so that the first word is seen with what stands before it: at the start, or behind a space.
fn beginning(text: &str, first: usize) -> usize {
    let Some((near, _)) = text[..first].char_indices().rev().nth(BEFORE - 1) else { return 0 };
    if near == 0 {
        return 0;
    }
    text[near..first].find(char::is_whitespace).map_or(near, |space| {
        let after = near + space;
        after + text[after..].chars().next().map_or(0, char::len_utf8)
    })
}
