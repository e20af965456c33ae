//! One thing kept in memory beside the file, and how it follows the commits. Knows no feature.
use super::{Tx, held};
use crate::{error::Result, id::Id};
use std::{
    any::Any,
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError, RwLock},
};

/// What can be made from the file alone, and renewed person by person.
pub trait Derived: Sized + Send + Sync + 'static {
    fn make(tx: &Tx) -> Result<Self>;
    /// Makes anew what there is of these people, who may be new, changed, gone, or just as they were.
    fn renew(&mut self, tx: &Tx, people: &BTreeSet<Id>) -> Result<()>;
}

/// More people than this are not renewed one by one: making everything anew takes no longer.
const RENEWED_AT_ONCE: usize = 1_000;

/// Readers renew, writers only say whom they concerned: a write costs nothing here, and because a reader renews from
/// its own picture of the file, what it answers from is exactly the state after one commit.
#[derive(Default)]
pub(super) struct Kept {
    /// With the commit it is true of.
    value: RwLock<Option<(i64, Box<dyn Any + Send + Sync>)>>,
    /// Whom the newest commits of this process concerned, by commit.
    concerned: Mutex<BTreeMap<i64, BTreeSet<Id>>>,
}

impl Kept {
    /// Asks what is kept, which is made or renewed first if it is older than `commit`, the one that `tx` sees.
    pub fn ask<T: Derived, R>(&self, tx: &Tx, commit: i64, ask: impl FnOnce(&T) -> R) -> Result<R> {
        if let Some((at, value)) = &*self.value.read().unwrap_or_else(PoisonError::into_inner)
            && *at >= commit
            && let Some(value) = value.downcast_ref()
        {
            return Ok(ask(value));
        }
        let mut slot = self.value.write().unwrap_or_else(PoisonError::into_inner);
        // Taken out while it is worked on, so that a renewal that fails leaves nothing half done.
        let kept = slot.take().and_then(|(at, value)| Some((at, value.downcast::<T>().ok()?)));
        let (at, value) = match kept {
            Some((at, value)) if at >= commit => (at, value),
            Some((at, mut value)) if let Some(people) = self.concerned_since(at, commit) => {
                value.renew(tx, &people)?;
                (commit, value)
            }
            _ => (commit, Box::new(T::make(tx)?)),
        };
        let answer = ask(&value);
        *slot = Some((at, value));
        Ok(answer)
    }

    /// Says whom a commit concerns that is about to be made.
    pub fn expect(&self, commit: i64, people: BTreeSet<Id>) {
        let mut concerned = held(&self.concerned);
        concerned.insert(commit, people);
        while concerned.len() > RENEWED_AT_ONCE
            || concerned.values().map(BTreeSet::len).sum::<usize>() > RENEWED_AT_ONCE
        {
            concerned.pop_first();
        }
    }

    /// Takes that back, since the commit failed.
    pub fn expect_no_longer(&self, commit: i64) {
        held(&self.concerned).remove(&commit);
    }

    /// Lets go of what is kept, since nobody can say what has changed.
    pub fn forget(&self) {
        *self.value.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Everybody whom the commits after `from`, up to `to`, concerned; nothing when one of them is not known here.
    fn concerned_since(&self, from: i64, to: i64) -> Option<BTreeSet<Id>> {
        let concerned = held(&self.concerned);
        let known = || concerned.range(from + 1..=to);
        (known().count() as i64 == to - from).then(|| known().flat_map(|(_, people)| people).copied().collect())
    }
}
