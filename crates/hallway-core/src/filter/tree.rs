//! A filter as a tree, and the tree as text again.
use super::parse;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

words! {
    /// How something is held against what was said.
    pub enum Compare { Is = "=", Over = ">", AtLeast = ">=", Under = "<", AtMost = "<=", }
}

impl Compare {
    /// Whether two things that are in this order are as was asked.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Compare::Is => order.is_eq(),
            Compare::Over => order.is_gt(),
            Compare::AtLeast => order.is_ge(),
            Compare::Under => order.is_lt(),
            Compare::AtMost => order.is_le(),
        }
    }
    /// As it is written after the colon; nothing for is.
    fn sign(self) -> &'static str {
        if self == Compare::Is { "" } else { self.key() }
    }
}

/// What somebody must be to be found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(rename = "FilterTree")]
pub enum Tree {
    /// Every one of these. None at all is everybody.
    All {
        of: Vec<Tree>,
    },
    /// At least one of these.
    Any {
        of: Vec<Tree>,
    },
    Not {
        of: Box<Tree>,
    },
    /// Their text contains it, spaces included.
    Words {
        text: String,
    },
    /// A field is one of these values, or compares so with the one there is.
    Field {
        key: String,
        compare: Compare,
        values: Vec<String>,
    },
    /// So many entries are as the inner tree says, which asks about entries and not about people.
    Entries {
        of: Box<Tree>,
        compare: Compare,
        count: u32,
    },
}

impl Tree {
    /// Everybody.
    pub fn everybody() -> Tree {
        Tree::All { of: vec![] }
    }
    pub fn is_everybody(&self) -> bool {
        matches!(self, Tree::All { of } if of.is_empty())
    }

    /// The same, said as plainly as it can be: no group of one, no group in a group of its kind, nothing denied twice.
    #[must_use]
    pub fn plain(self) -> Tree {
        match self {
            Tree::All { of } => {
                let mut parts = Vec::new();
                for part in of {
                    match part.plain() {
                        Tree::All { of } => parts.extend(of),
                        part => parts.push(part),
                    }
                }
                if parts.len() == 1 { parts.remove(0) } else { Tree::All { of: parts } }
            }
            Tree::Any { of } => {
                let mut parts = Vec::new();
                for part in of {
                    match part.plain() {
                        Tree::Any { of } => parts.extend(of),
                        part => parts.push(part),
                    }
                }
                match parts.len() {
                    // One of none is nobody.
                    0 => Tree::Not { of: Box::new(Tree::everybody()) },
                    1 => parts.remove(0),
                    _ => Tree::Any { of: parts },
                }
            }
            Tree::Not { of } => match of.plain() {
                Tree::Not { of } => *of,
                of => Tree::Not { of: Box::new(of) },
            },
            Tree::Entries { of, compare, count } => Tree::Entries { of: Box::new(of.plain()), compare, count },
            leaf => leaf,
        }
    }

    /// How many groups lie in each other at most.
    pub fn depth(&self) -> usize {
        match self {
            Tree::All { of } | Tree::Any { of } => 1 + of.iter().map(Tree::depth).max().unwrap_or(0),
            Tree::Not { of } | Tree::Entries { of, .. } => 1 + of.depth(),
            Tree::Words { .. } | Tree::Field { .. } => 1,
        }
    }
    /// How many conditions there are.
    pub fn conditions(&self) -> usize {
        match self {
            Tree::All { of } | Tree::Any { of } => of.iter().map(Tree::conditions).sum(),
            Tree::Not { of } => of.conditions(),
            Tree::Entries { of, .. } => 1 + of.conditions(),
            Tree::Words { .. } | Tree::Field { .. } => 1,
        }
    }
    /// Whether some condition is about this field.
    pub fn mentions(&self, field: &str) -> bool {
        match self {
            Tree::All { of } | Tree::Any { of } => of.iter().any(|part| part.mentions(field)),
            Tree::Not { of } | Tree::Entries { of, .. } => of.mentions(field),
            Tree::Field { key, .. } => key == field,
            Tree::Words { .. } => false,
        }
    }

    /// The text that says it; reading it again gives the same tree.
    pub fn written(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, Within::Nothing);
        out
    }

    fn write(&self, out: &mut String, within: Within) {
        match self {
            Tree::All { of } if of.is_empty() && within != Within::Nothing => out.push_str("()"),
            Tree::All { of } => group(out, within == Within::Any || within == Within::Not, of, " ", Within::All),
            Tree::Any { of } => group(out, within == Within::All || within == Within::Not, of, " or ", Within::Any),
            Tree::Not { of } => {
                out.push('-');
                of.write(out, Within::Not);
            }
            // After a sign that denies, only a letter or a quote is denied.
            Tree::Words { text } if within == Within::Not && !text.starts_with(char::is_alphanumeric) => {
                quoted(out, text)
            }
            Tree::Words { text } => word(out, text),
            Tree::Field { key, compare, values } => {
                out.push_str(key);
                out.push(':');
                out.push_str(compare.sign());
                for (n, text) in values.iter().enumerate() {
                    if n > 0 {
                        out.push(',');
                    }
                    value(out, text);
                }
            }
            Tree::Entries { of, compare, count } => {
                let once = (*compare, *count) == (Compare::AtLeast, 1);
                out.push_str(if once { "touch(" } else { "count(" });
                of.write(out, Within::Nothing);
                out.push(')');
                if !once {
                    out.push_str(&format!(":{}{count}", compare.sign()));
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Within {
    Nothing,
    All,
    Any,
    Not,
}

fn group(out: &mut String, bracketed: bool, of: &[Tree], between: &str, within: Within) {
    if bracketed {
        out.push('(');
    }
    for (n, part) in of.iter().enumerate() {
        if n > 0 {
            out.push_str(between);
        }
        part.write(out, within);
    }
    if bracketed {
        out.push(')');
    }
}

fn word(out: &mut String, text: &str) {
    if parse::is_plain_word(text) { out.push_str(text) } else { quoted(out, text) }
}

fn value(out: &mut String, text: &str) {
    if parse::is_plain_value(text) { out.push_str(text) } else { quoted(out, text) }
}

/// A value as it is written after a colon or a comma.
pub fn value_written(text: &str) -> String {
    let mut out = String::new();
    value(&mut out, text);
    out
}

fn quoted(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push('"');
}
