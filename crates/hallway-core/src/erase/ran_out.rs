//! A postal address whose day has come is erased: out of its row, of what the history keeps of it, and of every backup. What
//! stays is that one ran out, and whose it was.
use super::{EraseRun, ErasedFor, Receipt, TheirWords, go, look, receipts};
use crate::{
    error::Result,
    id::Id,
    postal_addresses::past_their_day,
    store::{Done, Leaving, Memory, Store, Subject},
    subject::held::Held,
    time::Now,
};

/// Erases every address whose day has come. Nothing when there is none.
///
/// # Errors
/// `busy` while another Hallway has the file open; `invalid` for `ids` while an import is under way.
pub(super) fn addresses(store: &Store, now: Now) -> Result<Done<Option<Receipt>>> {
    let mut whose: Vec<Id> = Vec::new();
    for (_, person, _) in store.read(now, past_their_day)? {
        if !whose.contains(&person) {
            whose.push(person);
        }
    }
    let Some((first, others)) = whose.split_first() else {
        return Ok(Done { value: None, changed: Default::default() });
    };
    let mut done = go::whatever(store, now, ErasedFor::RanOut, |tx| {
        let mut leaving = Leaving::default();
        for (address, ..) in past_their_day(tx)? {
            leaving.rows.entry("postal_addresses").or_default().insert(address);
        }
        look::with_children(tx, &mut leaving)?;
        Ok((
            Held::default(),
            leaving,
            EraseRun {
                ids: vec![*first],
                decisions: vec![],
                others: Some(TheirWords::Keep),
                organisations_kept: vec![],
            },
        ))
    })?;
    if done.value.is_some() {
        // Each of them has a line of their own, and none names anybody else.
        for person in others {
            let line = store.write("postal_addresses.run_out", Memory::Recorded, now, |tx| {
                tx.operation()?;
                tx.about(Subject::Person(*person), None, None)
            })?;
            done.changed.extend(line.changed);
        }
    }
    let receipt = done.value.map(|id| receipts::one(store, now, id)).transpose()?;
    Ok(Done { value: receipt, changed: done.changed })
}
