//! A postal address whose day has come is erased: out of its row, of what the history keeps of it, and of every backup. What
//! stays is that one ran out, and whose it was.
use super::{EraseRun, ErasedFor, Receipt, TheirWords, go, look, receipts};
use crate::{
    error::Result,
    postal_addresses::past_their_day,
    store::{Done, Leaving, Store},
    subject::held::Held,
    time::Now,
};
use std::collections::BTreeSet;

/// Erases every address whose day has come. Nothing when there is none.
///
/// # Errors
/// `busy` while another Hallway has the file open; `invalid` for `ids` while an import is under way.
pub(super) fn addresses(store: &Store, now: Now) -> Result<Done<Option<Receipt>>> {
    if store.read(now, past_their_day)?.is_empty() {
        return Ok(Done { value: None, changed: Default::default() });
    }
    let done = go::whatever(store, now, ErasedFor::RanOut, |tx| {
        let (mut leaving, mut whose) = (Leaving::default(), BTreeSet::new());
        for (address, person, _) in past_their_day(tx)? {
            leaving.rows.entry("postal_addresses").or_default().insert(address);
            whose.insert(person);
        }
        look::with_children(tx, &mut leaving)?;
        Ok((
            Held::default(),
            leaving,
            EraseRun {
                ids: whose.into_iter().collect(),
                decisions: vec![],
                others: Some(TheirWords::Keep),
                organisations_kept: vec![],
            },
        ))
    })?;
    let receipt = done.value.map(|id| receipts::one(store, now, id)).transpose()?;
    Ok(Done { value: receipt, changed: done.changed })
}
