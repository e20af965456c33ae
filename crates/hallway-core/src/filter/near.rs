//! What somebody may have meant who wrote a word that is not known. Pure.
use strsim::osa_distance;

/// The word of these that is nearest, if one is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = plain(written);
    let letters = written.chars().count();
    // A slip in so little is another word.
    let most = match letters {
        0..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    known
        .into_iter()
        .map(|word| (osa_distance(&written, &plain(word)), word))
        .filter(|(slips, word)| *slips <= most && *slips < word.chars().count().max(2) - 1)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, word)| word)
}

/// Letters and digits only, folded: however a word of more than one part is written, it is the same.
pub fn plain(text: &str) -> String {
    crate::normal::fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_or_two_is_near_and_another_word_is_not() {
        let known = ["stage", "region", "stack", "added"];
        assert_eq!(nearest("stgae", known), Some("stage"));
        assert_eq!(nearest("Regoin", known), Some("region"));
        assert_eq!(nearest("stak", known), Some("stack"));
        for far in ["anna", "foo", "st", "", "event"] {
            assert_eq!(nearest(far, known), None, "{far}");
        }
    }
}
