//! The filter language: whom to look for, as a line of text or as a tree, and whom that finds.
//!
//! `stage:learn region:africa stack:rust talked:90d -tag:vendor "retry docs"`. Text becomes a tree (`parse.rs`, pure) and
//! a tree text again (`tree.rs`); every field is declared once (`fields/`), where later works register theirs; whom a tree
//! finds is answered from memory (`answer.rs`): the list of people, what is kept beside it (`particulars.rs`), whom one may
//! write to (`reach.rs`), and what happened as columns (`entries.rs`). A plain evaluator that shares no code with these agrees with them in the tests.
mod answer;
mod complete;
pub(crate) mod days;
mod entries;
pub mod fields;
mod known;
mod near;
mod parse;
mod particulars;
mod places;
mod reach;
mod slips;
mod tree;
mod values;
mod whom;
mod wire;
mod words;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use answer::asking_list;
pub use answer::{Asking, asking};
pub use known::Known;
pub use parse::Fault;
pub use tree::{Compare, Tree};
pub use whom::{Whom, whom};
pub use wire::{
    Completion, FieldChoice, FieldTakes, FilterFault, FilterField, FilterReading, FilterText, ReadFilter, WriteFilter,
    fields, read, write,
};

use crate::{
    error::{Error, Result},
    id::Id,
    normal::fold,
    people::index::PeopleIndex,
    store::Tx,
};

/// Reads a filter in this workspace; a text that is none says why, and where, in bytes.
///
/// # Errors
/// Only those of the file.
pub fn tried(tx: &Tx, text: &str) -> Result<std::result::Result<Tree, Fault>> {
    let known = Known::of(tx)?;
    let asked = std::cell::RefCell::new(None);
    // Somebody may be called so.
    let in_text = |word: &str| match somebody_has(tx, &fold(word)) {
        Ok(has) => has,
        Err(error) => {
            *asked.borrow_mut() = Some(error);
            false
        }
    };
    let read = parse::read(text, &known, &in_text);
    match asked.into_inner() {
        Some(error) => Err(error),
        None => Ok(read),
    }
}

/// Whether somebody's text has this, folded.
fn somebody_has(tx: &Tx, needle: &str) -> Result<bool> {
    if tx.derived_is_at_hand::<PeopleIndex>() {
        return tx.derived(|index: &PeopleIndex| index.containing(&[needle.to_owned()]).contains(&true));
    }
    // One look through the file is less than making the list of it.
    let there: Option<u32> = tx.scalar("SELECT 1 FROM person_state WHERE instr(search, ?1) > 0 LIMIT 1", [needle])?;
    Ok(there.is_some())
}

/// A filter as it is kept, which says the same whoever comes and goes: words that are words only because somebody's text
/// has them are put in quotes.
///
/// # Errors
/// As [`understood`].
pub fn kept(tx: &Tx, text: &str) -> Result<String> {
    let text = text.trim();
    let tree = understood(tx, text)?;
    let always = parse::read(text, &*Known::of(tx)?, &|_| false);
    Ok(if always.as_ref() == Ok(&tree) { text.to_owned() } else { tree.written() })
}

/// The tree of a text.
///
/// # Errors
/// `invalid` under `filter` with the sentence that says what would be understood.
pub fn understood(tx: &Tx, text: &str) -> Result<Tree> {
    tried(tx, text)?.map_err(|fault| Error::Invalid { field: "filter".into(), message: fault.message })
}

/// Whether a text is a filter in some workspace, if not in this one: its fields, kinds of entry and names of stages may come
/// with the file the text is in, or have gone since it was typed, which is said where it is shown.
///
/// # Errors
/// As [`understood`].
pub fn could_be_kept(text: &str) -> Result<()> {
    match parse::read(text.trim(), &Known::anybodys(), &|_| true) {
        Ok(_) => Ok(()),
        Err(fault) => Err(Error::Invalid { field: "filter".into(), message: fault.message }),
    }
}

/// Everybody a tree finds, by name.
///
/// # Errors
/// `invalid` under `filter` when it asks for a field that is no more.
pub fn found(tx: &Tx, tree: &Tree) -> Result<Vec<Id>> {
    whom(tx, tree, false, |index, whom| index.named(&whom.set))
}

/// How many people a tree finds.
///
/// # Errors
/// As [`found`].
pub fn count(tx: &Tx, tree: &Tree) -> Result<u32> {
    whom(tx, tree, false, |_, whom| whom.count)
}

/// The filter that looks for every word of a text as it stands, whatever else it would say.
pub fn plain_words(text: &str) -> String {
    let words = text.split_whitespace().map(|word| Tree::Words { text: word.to_owned() });
    Tree::All { of: words.collect() }.written()
}
