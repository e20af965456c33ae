//! A filter from its text. Pure: what the workspace knows is handed in.
//!
//! `or` binds loosest, then `and`, which may be left out, then `not` and `-`. A word with a colon is a field if there is
//! one of that name; everything else is looked for in the text of people, as it stands.
use super::{
    fields::{About, Field, Takes},
    known::Known,
    near::nearest,
    tree::{Compare, Tree},
    values,
};

/// The longest text that is read, in bytes.
const LONGEST: usize = 8_000;
/// The most groups that may lie in each other.
pub const DEEPEST: usize = 40;
/// The most conditions one filter may have.
pub const MOST: usize = 200;

/// Why a text cannot be read, and where, in bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// A sentence that says what would be understood.
    pub message: String,
    pub from: usize,
    pub to: usize,
}

/// Reads a filter. `in_text` says whether somebody's text contains a word with a colon that is no field.
pub fn read(text: &str, known: &Known, in_text: &dyn Fn(&str) -> bool) -> Result<Tree, Fault> {
    if text.len() > LONGEST {
        let from = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let message = "This is longer than a filter can be. Shorten it, or keep it as two.".into();
        return Err(Fault { message, from, to: text.len() });
    }
    let mut reading = Reading { text, at: 0, open: 0, depth: 0, conditions: 0, known, in_text };
    let read = reading.any(About::People);
    let tree = read.map_err(|fault| Fault { message: shortened(&fault.message), ..fault })?.plain();
    if tree.depth() > DEEPEST {
        return fault("There are too many groups in groups.", 0, text.len());
    }
    Ok(tree)
}

/// A sentence in which no word that was typed is longer than one reads.
fn shortened(message: &str) -> String {
    const LONG: usize = 60;
    let mut said = String::with_capacity(message.len());
    let (mut within, mut quoted) = (0, false);
    for letter in message.chars() {
        quoted = letter == '“' || (quoted && letter != '”');
        let between = "“”".contains(letter) || (letter.is_whitespace() && !quoted);
        within = if between { 0 } else { within + 1 };
        match within {
            ..=LONG => said.push(letter),
            n if n == LONG + 1 => said.push('…'),
            _ => {}
        }
    }
    said
}

struct Reading<'a> {
    text: &'a str,
    at: usize,
    /// Brackets that are open.
    open: usize,
    depth: usize,
    conditions: usize,
    known: &'a Known,
    in_text: &'a dyn Fn(&str) -> bool,
}

/// A word that joins what stands beside it, or denies what follows.
#[derive(Clone, Copy, PartialEq)]
pub enum Word {
    And,
    Or,
    Not,
}

impl Reading<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }
    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }
    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }
    /// Whether nothing more comes in this group.
    fn at_end(&self) -> bool {
        match self.next() {
            None => true,
            Some(letter) => letter == ')' && self.open > 0,
        }
    }

    fn any(&mut self, about: About) -> Result<Tree, Fault> {
        let mut any: Vec<Tree> = Vec::new();
        let mut all: Vec<Tree> = Vec::new();
        loop {
            self.skip_space();
            if self.at_end() {
                break;
            }
            let from = self.at;
            match self.joining() {
                // What joins two things needs one before it; at the beginning it is a word like any other.
                Some((word @ (Word::And | Word::Or), to)) if !all.is_empty() => {
                    self.at = to;
                    self.skip_space();
                    if self.at_end() {
                        return self.nothing_after(from, to);
                    }
                    if word == Word::Or {
                        any.push(Tree::All { of: std::mem::take(&mut all) });
                    }
                }
                Some((Word::Not, to)) => {
                    self.at = to;
                    self.skip_space();
                    if !self.at_end() {
                        self.deeper(from)?;
                        let of = self.one(about)?;
                        self.depth -= 1;
                        all.push(Tree::Not { of: Box::new(of) });
                    } else if all.is_empty() {
                        self.at = from;
                        all.push(self.plain_word(from, about)?);
                    } else {
                        return self.nothing_after(from, to);
                    }
                }
                _ => all.push(self.one(about)?),
            }
        }
        any.push(Tree::All { of: all });
        Ok(Tree::Any { of: any })
    }

    fn nothing_after<T>(&self, from: usize, to: usize) -> Result<T, Fault> {
        let word = &self.text[from..to];
        fault(format!("Something has to come after “{word}”. To look for the word itself, write \"{word}\"."), from, to)
    }

    /// The joining word that stands here, and where it ends.
    fn joining(&self) -> Option<(Word, usize)> {
        joining(self.rest()).map(|(word, length)| (word, self.at + length))
    }

    fn deeper(&mut self, from: usize) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > DEEPEST { fault("There are too many groups in groups.", from, self.text.len()) } else { Ok(()) }
    }

    fn one(&mut self, about: About) -> Result<Tree, Fault> {
        let from = self.at;
        let mut letters = self.rest().chars();
        match letters.next() {
            Some('-') if letters.next().is_some_and(|c| c.is_alphanumeric() || "(\"“".contains(c)) => {
                self.at += 1;
                self.deeper(from)?;
                let of = self.one(about)?;
                self.depth -= 1;
                Ok(Tree::Not { of: Box::new(of) })
            }
            Some('(') => {
                self.at += 1;
                let tree = self.group(from, about)?;
                Ok(tree)
            }
            Some(sign @ ('"' | '“')) => {
                let text = self.phrase(sign)?;
                // Nothing between the quotes is nothing said.
                if text.trim().is_empty() { Ok(Tree::everybody()) } else { self.words(text, from, about) }
            }
            _ => self.bare(about),
        }
    }

    /// What stands between brackets, the first of which has been read.
    fn group(&mut self, from: usize, about: About) -> Result<Tree, Fault> {
        self.deeper(from)?;
        self.open += 1;
        let tree = self.any(about)?;
        self.open -= 1;
        self.depth -= 1;
        if self.next() != Some(')') {
            return fault("This “(” is not closed. Write “)” where the group ends.", from, from + 1);
        }
        self.at += 1;
        Ok(tree)
    }

    /// What stands between quotes.
    fn phrase(&mut self, sign: char) -> Result<String, Fault> {
        let from = self.at;
        match phrase(self.rest()) {
            Some((text, length)) => {
                self.at += length;
                Ok(text)
            }
            None => {
                fault("This quote is not closed. Write another one where the words end.", from, from + sign.len_utf8())
            }
        }
    }

    /// A word without quotes: a field, a count of entries, or words.
    fn bare(&mut self, about: About) -> Result<Tree, Fault> {
        let from = self.at;
        let head_to =
            self.rest().find(|c: char| c.is_whitespace() || ":()".contains(c)).map_or(self.text.len(), |n| from + n);
        let head = &self.text[from..head_to];
        match self.text[head_to..].chars().next() {
            Some('(') if counts_entries(head) && about == About::People => {
                self.at = head_to + 1;
                self.entries(from, head_to)
            }
            Some(':') if is_name(head) && !leads_out(head, &self.text[head_to + 1..]) => {
                match self.known.field(head, about) {
                    Some(field) => self.field(field, from, head_to + 1),
                    None => self.no_field(head, from, about),
                }
            }
            _ => self.plain_word(from, about),
        }
    }

    fn plain_word(&mut self, from: usize, about: About) -> Result<Tree, Fault> {
        let to = self.word_end(from, false);
        let word = &self.text[from..to];
        let letters = |text: &str| text.contains(char::is_alphanumeric);
        // One that closes nothing is a slip where a word ends with it or a group was to begin; in a sign like `:)` it is none.
        let unopened = match word.rfind(')').filter(|at| letters(&word[..*at])) {
            Some(at) => (word.matches(')').count() > word.matches('(').count()).then_some(at),
            None => word.starts_with(')').then_some(0),
        };
        if self.open == 0
            && let Some(bracket) = unopened
        {
            let from = from + bracket;
            return fault("There is no “(” to this “)”. Take it away, or put quotes around the word.", from, from + 1);
        }
        self.at = to;
        self.words(word.to_owned(), from, about)
    }

    fn word_end(&self, from: usize, value: bool) -> usize {
        from + word_length(&self.text[from..], self.open > 0, value)
    }

    /// Words that are no field: in the text of people, or the name of a kind of entry.
    fn words(&mut self, text: String, from: usize, about: About) -> Result<Tree, Fault> {
        self.count(from)?;
        match about {
            About::People => Ok(Tree::Words { text }),
            About::Entries => match self.known.field("kind", About::Entries) {
                Some(field) => {
                    let values =
                        values::kinds(self.known, &text).map_err(|message| Fault { message, from, to: self.at })?;
                    Ok(Tree::Field { key: field.key.to_string(), compare: Compare::Is, values })
                }
                None => fault("Entries are asked for by their fields.", from, self.at),
            },
        }
    }

    fn count(&mut self, from: usize) -> Result<(), Fault> {
        self.conditions += 1;
        if self.conditions > MOST {
            return fault("There are more conditions than one filter can have.", from, self.text.len());
        }
        Ok(())
    }

    fn no_field(&mut self, head: &str, from: usize, about: About) -> Result<Tree, Fault> {
        let head_to = from + head.len();
        let to = self.word_end(from, false);
        if self.known.anybodys && about == About::People && to > head_to + 1 {
            return self.somebodys_own(from, head_to + 1);
        }
        let near = nearest(head, self.known.names(about));
        if about == About::People && ((self.in_text)(&self.text[from..to]) || (near.is_none() && to == head_to + 1)) {
            return self.plain_word(from, about);
        }
        let meant = match near.and_then(|near| self.known.field(near, about)) {
            Some(field) => format!("Did you mean {}:?", field.key),
            None if about == About::Entries => {
                format!("Of entries one asks for {}.", listed(self.known.fields(about).map(|field| field.key.as_ref())))
            }
            None => "Fields are offered as you type.".into(),
        };
        let words = if about == About::People { " To look for the words themselves, put them in quotes." } else { "" };
        fault(format!("There is no field “{head}”. {meant}{words}"), from, head_to)
    }

    fn field(&mut self, field: &Field, from: usize, after: usize) -> Result<Tree, Fault> {
        self.count(from)?;
        self.at = after;
        let compare = self.compare();
        let written = self.listed(from, after, |reading| values::wanted(reading.known, field))?;
        if compare != Compare::Is && written.len() > 1 {
            return fault(format!("After “{}” comes one value.", compare.key()), from, self.at);
        }
        let mut values = Vec::new();
        for (text, from, to) in written {
            let read = values::read(self.known, field, compare, &text);
            values.extend(read.map_err(|message| Fault { message, from, to })?);
        }
        values.dedup();
        Ok(Tree::Field { key: field.key.to_string(), compare, values })
    }

    /// The values that stand behind a colon, each with its place; `wanted` says what one could write where none stands.
    fn listed(
        &mut self,
        from: usize,
        after: usize,
        wanted: impl Fn(&Self) -> String,
    ) -> Result<Vec<(String, usize, usize)>, Fault> {
        let mut written: Vec<(String, usize, usize)> = Vec::new();
        loop {
            let begin = self.at;
            let text = match self.next() {
                Some(sign @ ('"' | '“')) => self.phrase(sign)?,
                _ => {
                    self.at = self.word_end(begin, true);
                    self.text[begin..self.at].to_owned()
                }
            };
            if text.trim().is_empty() {
                return fault(wanted(self), from, self.at.max(after));
            }
            written.push((text, begin, self.at));
            if self.next() != Some(',') {
                return Ok(written);
            }
            self.at += 1;
        }
    }

    /// A field that some workspace has made itself, of which it says alone what may stand behind it.
    fn somebodys_own(&mut self, from: usize, after: usize) -> Result<Tree, Fault> {
        self.count(from)?;
        self.at = after;
        self.compare();
        self.listed(from, after, |_| "Write a value behind the colon.".into())?;
        Ok(Tree::Words { text: self.text[from..self.at].to_owned() })
    }

    fn compare(&mut self) -> Compare {
        let (compare, length) = compare(self.rest());
        self.at += length;
        compare
    }

    /// `touch(…)` or `count(…):>=2`, from behind the first bracket.
    fn entries(&mut self, from: usize, bracket: usize) -> Result<Tree, Fault> {
        self.count(from)?;
        let of = Box::new(self.group(bracket, About::Entries)?);
        if self.next() != Some(':') {
            return Ok(Tree::Entries { of, compare: Compare::AtLeast, count: 1 });
        }
        self.at += 1;
        let compare = self.compare();
        let begin = self.at;
        self.at = self.word_end(begin, true);
        let said = self.text[begin..self.at].trim().to_lowercase();
        let (compare, count) = match (said.as_str(), compare) {
            ("never" | "none", Compare::Is) => (compare, Some(0)),
            ("ever" | "any", Compare::Is) => (Compare::AtLeast, Some(1)),
            (digits, _) => {
                let digits =
                    Some(digits).filter(|d| !d.is_empty() && d.len() <= 6 && d.bytes().all(|b| b.is_ascii_digit()));
                (compare, digits.and_then(|d| d.parse().ok()))
            }
        };
        match count {
            Some(count) => Ok(Tree::Entries { of, compare, count }),
            None => fault("Say how many: count(…):>=2, count(…):0 or count(…):never.", begin, self.at.max(begin)),
        }
    }
}

fn fault<T>(message: impl Into<String>, from: usize, to: usize) -> Result<T, Fault> {
    Err(Fault { message: message.into(), from, to })
}

/// “a, b or c”.
pub fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// The joining word a text begins with, and its length. Written small or large; with one capital it is a name.
pub fn joining(text: &str) -> Option<(Word, usize)> {
    let word: &str = text.split(|c: char| !c.is_alphabetic()).next()?;
    let joining = match word {
        "and" | "AND" => Word::And,
        "or" | "OR" => Word::Or,
        "not" | "NOT" => Word::Not,
        _ => return None,
    };
    let ends = text[word.len()..].chars().next().is_none_or(|c| c.is_whitespace() || "()\"“".contains(c));
    ends.then_some((joining, word.len()))
}

/// What stands between the quotes a text begins with, and how long it is with them; nothing when they are not closed.
pub fn phrase(text: &str) -> Option<(String, usize)> {
    let sign = text.chars().next()?;
    let end = if sign == '"' { '"' } else { '”' };
    let mut said = String::new();
    let mut letters = text[sign.len_utf8()..].char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => match letters.clone().next() {
                Some((_, escaped @ ('"' | '\\' | '”'))) => {
                    letters.next();
                    said.push(escaped);
                }
                _ => said.push('\\'),
            },
            letter if letter == end => return Some((said, sign.len_utf8() + at + letter.len_utf8())),
            letter => said.push(letter),
        }
    }
    None
}

/// How long a word or a value without quotes is. Brackets within it belong to it.
pub fn word_length(text: &str, in_brackets: bool, value: bool) -> usize {
    let mut nested = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => nested += 1,
            ')' if nested > 0 => nested -= 1,
            ')' if in_brackets => return at,
            ',' if value => return at,
            letter if letter.is_whitespace() => return at,
            _ => {}
        }
    }
    text.len()
}

/// The sign a text begins with, and its length.
pub fn compare(text: &str) -> (Compare, usize) {
    [
        (">=", Compare::AtLeast),
        ("≥", Compare::AtLeast),
        ("<=", Compare::AtMost),
        ("≤", Compare::AtMost),
        (">", Compare::Over),
        ("<", Compare::Under),
        ("=", Compare::Is),
    ]
    .into_iter()
    .find(|(sign, _)| text.starts_with(sign))
    .map_or((Compare::Is, 0), |(sign, compare)| (compare, sign.len()))
}

/// What counts entries when a bracket follows.
pub fn counts_entries(head: &str) -> bool {
    ["touch", "count", "entry", "entries"].contains(&head.to_lowercase().as_str())
}

/// Whether a word before a colon could be the name of a field. A time is none.
pub fn is_name(head: &str) -> bool {
    head.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c)) && head.contains(char::is_alphabetic)
}

/// Whether a colon belongs to an address or to code, and to no field.
pub fn leads_out(head: &str, rest: &str) -> bool {
    const SCHEMES: [&str; 10] = ["mailto", "tel", "sms", "geo", "urn", "xmpp", "sip", "matrix", "magnet", "acct"];
    // One letter is a drive.
    rest.starts_with("//")
        || rest.starts_with(':')
        || head.chars().count() < 2
        || SCHEMES.contains(&head.to_lowercase().as_str())
}

/// Whether a word is read as itself when no quotes are around it.
pub fn is_plain_word(text: &str) -> bool {
    let field = || match text.split_once(':') {
        Some((head, rest)) => is_name(head) && !leads_out(head, rest),
        None => false,
    };
    !text.is_empty()
        && !text.starts_with(['"', '“', '-'])
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "()".contains(c))
        // A quote ends a word that joins.
        && joining(text).is_none()
        && !field()
}

/// Whether a value is read as itself when no quotes are around it.
pub fn is_plain_value(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(['"', '“', '<', '>', '=', '≤', '≥', ':', '/'])
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "(),".contains(c))
}

/// Whether values of a field are in an order, so that one can be over another.
pub fn is_in_order(takes: &Takes) -> bool {
    matches!(takes, Takes::Ordered(_) | Takes::Day(_) | Takes::Number)
}
