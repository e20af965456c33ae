//! A text folded, with the way back to what was typed.
use super::fold;

/// A text as it is compared, and where each of its bytes came from.
pub(crate) struct Folded {
    pub text: String,
    /// For each byte of `text`, where the letter it is of begins.
    pub from: Vec<usize>,
    /// Of the text before it was folded, in bytes.
    pub length: usize,
}

impl Folded {
    pub fn of(text: &str) -> Folded {
        let mut folded = Folded { text: String::new(), from: Vec::new(), length: text.len() };
        for (at, letter) in text.char_indices() {
            if letter.is_ascii() {
                folded.from.push(at);
                folded.text.push(if letter.is_whitespace() { ' ' } else { letter.to_ascii_lowercase() });
                continue;
            }
            let one = if letter.is_whitespace() { " ".to_owned() } else { fold(letter.encode_utf8(&mut [0; 4])) };
            folded.from.extend(std::iter::repeat_n(at, one.len()));
            folded.text += &one;
        }
        folded
    }

    /// Where what ends at this byte of the folded text ends in the text itself.
    pub fn end(&self, at: usize) -> usize {
        self.from.get(at).copied().unwrap_or(self.length)
    }
}
