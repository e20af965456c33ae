//! Somebody is gone for good: their rows, what the history keeps of them, the bytes those stood in, and every backup that
//! has them. What stays is counts, a receipt, and that their addresses are never written to again.
//!
//! The rows go in one transaction, which also writes down the numbers of what went. What is left to do after that (the
//! file written anew, the backups) needs those numbers and no name, and is gone on with by whoever opens the file next.
mod again;
mod choices;
mod go;
mod look;
mod organisations;
mod ran_out;
mod receipts;
pub mod retention;
pub(crate) mod reworded;
#[cfg(test)]
mod tests;
mod trashed;

pub use look::{ErasePreview, GoneCount, NamedText, preview};
pub use organisations::OnlyTheirs;
pub use receipts::{ErasedFor, Receipt, StaysBy, receipts};
pub use trashed::{EmptyTrash, empty_trash, keep_up};

pub(crate) use again::{after_restore, go_on};
pub(crate) use receipts::was_erased;

use crate::{
    error::{Error, Result, invalid},
    id::Id,
    store::{Done, Store},
    time::Now,
};
use serde::Deserialize;
use ts_rs::TS;

words! {
    /// What becomes of the words by which somebody is named in a text about others.
    pub enum TheirWords {
        /// "…" stands in their place.
        Blank = "blank",
        Keep = "keep",
    }
}

/// A word on one text about others that names them.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields)]
pub struct WordOnText {
    pub table: String,
    pub row: Id,
    pub column: String,
    /// What becomes of the words that name them; not asked where a text is given.
    pub words: Option<TheirWords>,
    /// The whole text as it is to be instead.
    pub text: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct EraseRun {
    pub ids: Vec<Id>,
    /// A word on texts about others, one by one.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<WordOnText>>")]
    pub decisions: Vec<WordOnText>,
    /// What becomes of the texts that no decision is about. Without it every text needs one.
    pub others: Option<TheirWords>,
    /// Organisations that only they had, and that stay. The others go with them.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<Id>>")]
    pub organisations_kept: Vec<Id>,
}

/// Erases people for good.
///
/// # Errors
/// `busy` while another Hallway has the file open; `invalid` for `ids` while an import is under way, and for `decisions`
/// while a text about others waits for one. Nothing is changed then.
pub fn run(store: &Store, now: Now, input: EraseRun) -> Result<Done<Receipt>> {
    if input.ids.is_empty() {
        return invalid("ids", "Choose whom to erase.");
    }
    let done = go::people(store, now, &input, ErasedFor::Asked)?;
    let Some(erasure) = done.value else { return Err(Error::NotFound("person")) };
    let receipt = receipts::one(store, now, erasure)?;
    Ok(Done { value: receipt, changed: done.changed })
}
