//! The one table of what can be asked: each field once, with its names, what it takes, and how it is answered.
//!
//! Later works add theirs by a slice of [`Field`] of their own and its name in [`FIELDS`]. An answer is a set over
//! everybody, by the numbers people have in the list in memory: [`Asking::which`] asks the list itself,
//! [`Asking::of_particulars`] and [`Asking::reach`] what is kept beside it, [`Asking::entries`] what happened, and
//! [`Asking::rows`] the file.
pub mod beside;
mod choices;
mod entries;
pub mod own;
mod people;
mod trust;

pub use super::answer::Asking;
use super::{
    days::Way,
    known::Known,
    tree::{Compare, Tree},
};
use crate::{error::Result, id::Id, store::Tx};
pub use entries::there;
use std::borrow::Cow;

/// Every field, by who made it. Registering one is a line in a slice of these.
pub const FIELDS: &[&[Field]] = &[
    people::FIELDS,
    beside::FIELDS,
    trust::FIELDS,
    entries::OF_PEOPLE,
    entries::OF_ENTRIES,
    crate::lists::field::FIELDS,
];

/// For each number, whether whoever has it is found: people by their number in the list, entries by their place.
pub type Set = Vec<bool>;

/// What a field says something about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum About {
    People,
    /// What happened; between the brackets of `touch(…)`.
    Entries,
}

words! {
    /// Under which heading a field is offered.
    pub enum Group {
        Person = "person", Place = "place", Journey = "journey", Reach = "reach", FollowUps = "follow_ups",
        Happened = "happened", Entry = "entry", Lists = "lists", Own = "own",
    }
}

/// What can be said after a field's colon.
#[derive(Clone, Copy)]
pub enum Takes {
    /// One of these.
    Choice(Choices),
    /// One of these, which stand in an order.
    Ordered(Choices),
    /// One of these, or whatever people wrote instead.
    Open(Choices),
    /// A kind of entry, by its key, its name or a word of it.
    Kind,
    Day(Way),
    Number,
    /// A part of a text.
    Text,
    /// A name the workspace has given: what it has is offered, what it has not finds nobody.
    Name(Names),
    YesNo,
}
pub type Choices = fn(&Known, &Field) -> Vec<Choice>;
/// The names there are, with how many people each finds where that is known without asking. Those in whose letters and
/// digits what was typed, which comes third, does not stand may be left out.
pub type Names = fn(&Asking, &Field, &str) -> Result<Vec<(String, Option<u32>)>>;

/// One of the things a field can be.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub key: String,
    pub label: String,
    /// How else it is written.
    pub also: Vec<String>,
}

impl Choice {
    pub fn new(key: &str, label: &str) -> Choice {
        Choice { key: key.to_owned(), label: label.to_owned(), also: vec![] }
    }
    #[must_use]
    pub fn also(mut self, name: &str) -> Choice {
        self.also.push(name.to_owned());
        self
    }
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [self.key.as_str(), self.label.as_str()].into_iter().chain(self.also.iter().map(String::as_str))
    }
}

/// Something that can be asked.
pub struct Field {
    /// How it is written before the colon; never changes.
    pub key: Cow<'static, str>,
    /// How else it may be written.
    pub aliases: &'static [&'static str],
    /// What a window calls it.
    pub label: Cow<'static, str>,
    pub group: Group,
    pub about: About,
    pub takes: Takes,
    /// Filters that use it, each of which is understood.
    pub examples: &'static [&'static str],
    pub answer: Answer,
    /// Where the answer is kept.
    pub kept: Kept,
    /// For what is a filter itself, as a list may be: the tree a value stands for, or nothing when `answer` answers it.
    pub stands_for: Option<StandsFor>,
    /// A field of the workspace's own making.
    pub own: Option<Own>,
}
pub type Answer = fn(&Asking, &Asked) -> Result<Set>;
pub type StandsFor = fn(&Tx, &str) -> Result<Option<Tree>>;

/// Where an answer is kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kept {
    /// In the list in memory: to count a choice costs next to nothing.
    List,
    /// In the file: what can be chosen is offered without its count.
    File,
    /// In memory beside the list; see [`Asking::of_particulars`].
    Particulars,
    /// With whom one may write to; see [`Asking::reach`].
    Reach,
    /// With what happened; see [`Asking::entries`].
    Entries,
}

/// A field of the workspace's own making.
pub struct Own {
    pub id: Id,
    pub choices: Vec<String>,
}

/// What is asked of a field.
pub struct Asked<'a> {
    pub field: &'a Field,
    pub compare: Compare,
    pub values: &'a [String],
}

impl Field {
    /// A field of people that ships.
    pub const fn of_people(
        key: &'static str,
        label: &'static str,
        group: Group,
        takes: Takes,
        examples: &'static [&'static str],
        answer: Answer,
    ) -> Field {
        Field {
            key: Cow::Borrowed(key),
            aliases: &[],
            label: Cow::Borrowed(label),
            group,
            about: About::People,
            takes,
            examples,
            answer,
            kept: Kept::List,
            stands_for: None,
            own: None,
        }
    }
    /// A field of entries that ships.
    pub const fn of_entries(
        key: &'static str,
        label: &'static str,
        takes: Takes,
        examples: &'static [&'static str],
        answer: Answer,
    ) -> Field {
        let mut field = Field::of_people(key, label, Group::Entry, takes, examples, answer);
        field.about = About::Entries;
        field.kept = Kept::Entries;
        field
    }
    /// Says that the answer is kept beside the list.
    #[must_use]
    pub const fn kept(mut self, kept: Kept) -> Field {
        self.kept = kept;
        self
    }
    #[must_use]
    pub const fn also(mut self, aliases: &'static [&'static str]) -> Field {
        self.aliases = aliases;
        self
    }
    /// Says that its values stand for trees.
    #[must_use]
    pub const fn standing_for(mut self, tree: StandsFor) -> Field {
        self.stands_for = Some(tree);
        self
    }
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.key.as_ref()).chain(self.aliases.iter().copied())
    }
    /// What can be chosen, for what takes a choice.
    pub fn choices(&self, known: &Known) -> Vec<Choice> {
        match self.takes {
            Takes::Choice(choices) | Takes::Ordered(choices) | Takes::Open(choices) => choices(known, self),
            Takes::Kind => known.kinds(),
            Takes::YesNo => vec![Choice::new("yes", "Yes"), Choice::new("no", "No")],
            Takes::Day(_) | Takes::Number | Takes::Text | Takes::Name(_) => vec![],
        }
    }
    /// Whether counting each of its choices costs next to nothing.
    pub fn is_cheap(&self) -> bool {
        matches!(self.group, Group::Person | Group::Place | Group::Journey | Group::Reach)
    }
}

impl Asked<'_> {
    /// Whether a word is one of the values.
    pub fn has(&self, word: &str) -> bool {
        self.values.iter().any(|value| value == word)
    }
    /// Whether yes and no are asked for.
    pub fn yes_no(&self) -> (bool, bool) {
        (self.has("yes"), self.has("no"))
    }
}
