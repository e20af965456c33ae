//! What is kept in memory beside the file, and how it follows the commits. Knows no feature.
use super::{Tx, held};
use crate::{error::Result, id::Id};
use std::{
    any::{Any, TypeId},
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError, RwLock},
};

/// What can be made from the file alone, and renewed person by person.
pub trait Derived: Sized + Send + Sync + 'static {
    fn make(tx: &Tx) -> Result<Self>;
    /// Makes anew what there is of these people, who may be new, changed, gone, or just as they were.
    fn renew(&mut self, tx: &Tx, people: &BTreeSet<Id>) -> Result<()>;
}

/// More people than this are not renewed one by one: making everything anew takes no longer.
const RENEWED_AT_ONCE: usize = 1_000;

/// While batches go in, what is kept may lag behind them by so many people: else whoever reads meanwhile would make
/// everything anew at every key.
const LAGS_BEHIND: usize = 20_000;

/// Readers renew, writers only say whom they concerned: a write costs nothing here, and because a reader renews from
/// its own picture of the file, what it answers from is exactly the state after one commit.
#[derive(Default)]
pub(super) struct Kept {
    /// One of each kind. Whoever asks one of them does not wait for another.
    values: Mutex<HashMap<TypeId, Arc<Slot>>>,
    /// Whom the newest commits of this process concerned, by commit.
    concerned: Mutex<BTreeMap<i64, BTreeSet<Id>>>,
    /// Which of the commits were batches of something that goes on, and how many people each concerned.
    batches: Mutex<BTreeMap<i64, usize>>,
}

/// What is known of the commits since something was made.
enum Since {
    /// All whom they concerned.
    Everybody(BTreeSet<Id>),
    /// Whom those concerned that were no batches; the batches may be waited for.
    Own(BTreeSet<Id>),
    Unknown,
}

/// Something that is kept, with the commit it is true of.
type Slot = RwLock<Option<(i64, Box<dyn Any + Send + Sync>)>>;

impl Kept {
    /// Asks what is kept, which is made or renewed first if it is older than `commit`, the one that `tx` sees.
    pub fn ask<T: Derived, R>(&self, tx: &Tx, commit: i64, ask: impl FnOnce(&T) -> R) -> Result<R> {
        let slot = held(&self.values).entry(TypeId::of::<T>()).or_default().clone();
        if let Some((at, value)) = &*slot.read().unwrap_or_else(PoisonError::into_inner)
            && *at >= commit
            && let Some(value) = value.downcast_ref()
        {
            return Ok(ask(value));
        }
        let mut slot = slot.write().unwrap_or_else(PoisonError::into_inner);
        // Taken out while it is worked on, so that a renewal that fails leaves nothing half done.
        let kept = slot.take().and_then(|(at, value)| Some((at, value.downcast::<T>().ok()?)));
        let (at, value) = match kept {
            Some((at, value)) if at >= commit => (at, value),
            Some((at, mut value)) => match self.since(at, commit) {
                Since::Everybody(people) => {
                    value.renew(tx, &people)?;
                    (commit, value)
                }
                Since::Own(people) => {
                    value.renew(tx, &people)?;
                    (at, value)
                }
                Since::Unknown => (commit, Box::new(T::make(tx)?)),
            },
            None => (commit, Box::new(T::make(tx)?)),
        };
        let answer = ask(&value);
        *slot = Some((at, value));
        Ok(answer)
    }

    /// Whether an answer needs no more than a renewal; not so while it is being made, either.
    pub fn is_at_hand<T: Derived>(&self, commit: i64) -> bool {
        let slot = held(&self.values).get(&TypeId::of::<T>()).cloned();
        let Some(Ok(kept)) = slot.as_ref().map(|slot| slot.try_read()) else { return false };
        kept.as_ref().is_some_and(|(at, _)| *at >= commit || !matches!(self.since(*at, commit), Since::Unknown))
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

    /// Says that a commit about to be made is a batch, and how many people it concerns.
    pub fn expect_batch(&self, commit: i64, people: usize) {
        held(&self.batches).insert(commit, people);
    }

    /// Takes that back, since the commit failed.
    pub fn expect_no_longer(&self, commit: i64) {
        held(&self.concerned).remove(&commit);
        held(&self.batches).remove(&commit);
    }

    /// The last batch is in: whoever reads now wants all of them.
    pub fn batches_are_in(&self) {
        held(&self.batches).clear();
    }

    /// Lets go of what is kept, since nobody can say what has changed.
    pub fn forget(&self) {
        let slots: Vec<Arc<Slot>> = held(&self.values).values().cloned().collect();
        for slot in slots {
            *slot.write().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    /// What is known of the commits after `from`, up to `to`.
    fn since(&self, from: i64, to: i64) -> Since {
        let (concerned, batches) = (held(&self.concerned), held(&self.batches));
        let known = || concerned.range(from + 1..=to);
        let commits = (to - from) as usize;
        if known().count() == commits {
            return Since::Everybody(known().flat_map(|(_, people)| people).copied().collect());
        }
        let waited_for = || batches.range(from + 1..=to);
        let own = || known().filter(|(commit, _)| !batches.contains_key(commit));
        let lag: usize = waited_for().map(|(_, people)| people).sum();
        if waited_for().count() + own().count() == commits && lag < LAGS_BEHIND {
            return Since::Own(own().flat_map(|(_, people)| people).copied().collect());
        }
        Since::Unknown
    }
}
