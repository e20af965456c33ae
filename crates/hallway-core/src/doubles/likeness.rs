//! How much two names are like one person's: pure, and without knowing anything of either but the name.
use super::forms::are_one_given_name;
use crate::normal::words;
use strsim::{jaro_winkler, osa_distance};

/// How sure Jaro–Winkler has to be (Winkler 1990; 1 is equal) to call two spellings of a word alike. "jon" and "john" are
/// 0.93, "maria" and "mario" 0.92, "stefan" and "stephan" 0.89, "anna" and "anne" 0.88.
const ALIKE: f64 = 0.88;
/// In a word of so many letters one that is another, missing or too many is a slip wherever it stands: Jaro–Winkler holds
/// the first ones dear, and "kosta" is 0.87 to "costa".
const LONG_ENOUGH: usize = 5;

/// What two names have in common, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// The same words after folding, in any order and in any script.
    Same,
    /// The words of one are words, or the first letters of words, of the other.
    Within,
    /// Spelled alike.
    Alike,
    Different,
}

/// A name in the form in which names are compared: folded, in Latin letters, its words in order.
pub(super) fn comparable(name: &str) -> String {
    // In Latin letters a sign may stand where there was none ("ol'ga"), and several words for one.
    let mut latin: Vec<String> = words(name).iter().flat_map(|word| words(&latin(word))).collect();
    latin.sort_unstable();
    latin.join(" ")
}

/// A folded word in Latin letters, as far as they are known.
fn latin(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let latin = any_ascii::any_ascii(word).to_ascii_lowercase();
    if latin.chars().any(char::is_alphanumeric) { latin } else { word.to_owned() }
}

/// Compares two names that [`comparable`] made.
pub(super) fn likeness(a: &str, b: &str) -> Likeness {
    if a.is_empty() || b.is_empty() {
        return Likeness::Different;
    }
    if a == b {
        return Likeness::Same;
    }
    let (few, many): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (few, many) = if few.len() <= many.len() { (few, many) } else { (many, few) };
    if is_within(&few, many.clone()) {
        return Likeness::Within;
    }
    // Whole names are alike only if each word is: "anna nowak" is not "anna novotny".
    let alike = few.len() == many.len() && (every_word_alike(&few, many.clone()) || short_within(&few, many));
    if alike { Likeness::Alike } else { Likeness::Different }
}

/// Whether each of the few words is one of the many, or the first letter of one, and at least one is a whole word.
fn is_within(few: &[&str], mut many: Vec<&str>) -> bool {
    let mut whole = false;
    let mut initials = Vec::new();
    for word in few {
        match many.iter().position(|other| other == word) {
            Some(at) => {
                many.swap_remove(at);
                whole |= word.chars().nth(1).is_some();
            }
            None => initials.push(*word),
        }
    }
    whole
        && initials.into_iter().all(|word| {
            // Either of the two may be the one with the first letter alone.
            let at = many.iter().position(|other| {
                let (short, long) = if word.len() <= other.len() { (word, *other) } else { (*other, word) };
                short.chars().nth(1).is_none() && long.starts_with(short)
            });
            at.map(|at| many.swap_remove(at)).is_some()
        })
}

fn every_word_alike(few: &[&str], mut many: Vec<&str>) -> bool {
    few.iter().all(|word| {
        let near = |other: &&str| jaro_winkler(word, other);
        let best = (0..many.len()).max_by(|a, b| near(&many[*a]).total_cmp(&near(&many[*b])));
        best.map(|at| many.swap_remove(at)).is_some_and(|other| is_alike(word, other))
    })
}

/// Whether a word is the same, and each of the others is alike or another form of the same given name: "bob jones" and
/// "robert jones".
fn short_within(few: &[&str], mut many: Vec<&str>) -> bool {
    let others: Vec<&&str> = few
        .iter()
        .filter(|word| match many.iter().position(|other| other == *word) {
            Some(at) => {
                many.swap_remove(at);
                false
            }
            None => true,
        })
        .collect();
    others.len() < few.len()
        && others.into_iter().all(|word| {
            let at = many.iter().position(|other| are_one_given_name(word, other) || is_alike(word, other));
            at.map(|at| many.swap_remove(at)).is_some()
        })
}

fn is_alike(word: &str, other: &str) -> bool {
    let letters = word.chars().count().min(other.chars().count());
    jaro_winkler(word, other) >= ALIKE || (letters >= LONG_ENOUGH && osa_distance(word, other) <= 1)
}

#[cfg(test)]
mod tests {
    use super::{Likeness::*, *};

    #[test]
    fn names_are_compared_whatever_their_order_script_and_spelling() {
        for (one, other, wanted) in [
            ("Tom Kowalski", "Kowalski, Tom", Same),
            ("Łukasz Żak", "lukasz zak", Same),
            ("Ольга Петрова", "Olga Petrova", Same),
            ("Γιώργος", "giorgos", Same),
            ("Tom Kowalski", "Tom K.", Within),
            ("T. Kowalski", "Tom Kowalski", Within),
            ("Tom", "Tom Kowalski", Within),
            ("Ana María López", "Ana López", Within),
            ("Jonathan Smith", "Jonathon Smith", Alike),
            ("Katarzyna Nowak", "Katarzyna Nowack", Alike),
            ("Dimitra Kosta", "Dimitra Costa", Alike),
            ("Stefan Meier", "Stephan Meyer", Alike),
            ("Robert Jones", "Bob Jones", Alike),
            ("José García López", "Pepe García López", Alike),
            ("Саша Петрова", "Alexandra Petrova", Alike),
            ("Bob", "Robert", Different),
            ("Bob Jones", "Bill Jones", Different),
            ("Tom Kowalski", "Eve Kowalski", Different),
            ("Iris Vogel", "Idris Vogt", Different),
            ("Anna Nowak", "Anna Novotny", Different),
            ("T K", "Tom Kowalski", Different),
            ("", "Tom", Different),
            ("-_-", "^_^", Different),
            ("林 美", "林 美", Same),
        ] {
            let (a, b) = (comparable(one), comparable(other));
            assert_eq!((likeness(&a, &b), likeness(&b, &a)), (wanted, wanted), "{one} and {other}: {a}, {b}");
        }
    }
}
