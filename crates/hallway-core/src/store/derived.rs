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
    /// Whether a change of that table can change it.
    fn heeds(_table: &str) -> bool {
        true
    }
    /// Of how many people it knows something; nobody for what cannot say.
    fn people(&self) -> usize {
        0
    }
    /// As many people are renewed; of more, making everything anew takes no longer.
    fn renewed_at_once(&self) -> usize {
        RENEWED_AT_ONCE.max(self.people() / RENEWED_SHARE)
    }
}

/// So many people, or such a share of all, are renewed and not made anew with everybody else.
const RENEWED_AT_ONCE: usize = 1_000;
const RENEWED_SHARE: usize = 8;
/// Of as many people, and of as many commits, it is kept in mind whom they concerned.
const PEOPLE_IN_MIND: usize = 200_000;
const COMMITS_IN_MIND: usize = 1_000;

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
    concerned: Mutex<BTreeMap<i64, Concerned>>,
    /// Which of the commits were batches of something that goes on, and how many people each concerned.
    batches: Mutex<BTreeMap<i64, usize>>,
}

/// What a commit changed.
struct Concerned {
    /// Nothing is known of the people any more once there were too many.
    people: Option<BTreeSet<Id>>,
    tables: BTreeSet<&'static str>,
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
            Some((at, mut value)) => match self.since::<T>(at, commit) {
                Since::Everybody(people) if people.len() <= value.renewed_at_once() => {
                    value.renew(tx, &people)?;
                    (commit, value)
                }
                Since::Own(people) => {
                    value.renew(tx, &people)?;
                    (at, value)
                }
                Since::Everybody(_) | Since::Unknown => (commit, Box::new(T::make(tx)?)),
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
        let Some((at, value)) = kept.as_ref() else { return false };
        *at >= commit
            || match self.since::<T>(*at, commit) {
                Since::Everybody(people) => {
                    value.downcast_ref::<T>().is_some_and(|value| people.len() <= value.renewed_at_once())
                }
                Since::Own(_) => true,
                Since::Unknown => false,
            }
    }

    /// Says whom a commit concerns that is about to be made, and which tables it changes.
    pub fn expect(&self, commit: i64, people: BTreeSet<Id>, tables: BTreeSet<&'static str>) {
        let mut concerned = held(&self.concerned);
        concerned.insert(commit, Concerned { people: Some(people), tables });
        while concerned.len() > COMMITS_IN_MIND {
            concerned.pop_first();
        }
        let mut in_mind: usize = concerned.values().filter_map(|one| one.people.as_ref()).map(BTreeSet::len).sum();
        for one in concerned.values_mut() {
            if in_mind <= PEOPLE_IN_MIND {
                break;
            }
            in_mind -= one.people.take().map_or(0, |people| people.len());
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

    /// What is known of the commits after `from`, up to `to`, that can have changed such a thing.
    fn since<T: Derived>(&self, from: i64, to: i64) -> Since {
        let (concerned, batches) = (held(&self.concerned), held(&self.batches));
        let known = || concerned.range(from + 1..=to);
        let commits = (to - from) as usize;
        // The people of those that it heeds; nothing when they are not in mind any more.
        let people_of = |all: &mut dyn Iterator<Item = &Concerned>| -> Option<BTreeSet<Id>> {
            let mut people = BTreeSet::new();
            for one in all.filter(|one| one.tables.iter().any(|table| T::heeds(table))) {
                people.extend(one.people.as_ref()?);
            }
            Some(people)
        };
        let everybody = || people_of(&mut known().map(|(_, one)| one)).filter(|_| known().count() == commits);
        let waited_for = || batches.range(from + 1..=to);
        if waited_for().next().is_none() {
            return everybody().map_or(Since::Unknown, Since::Everybody);
        }
        if let Some(people) = everybody().filter(|people| people.len() <= RENEWED_AT_ONCE) {
            return Since::Everybody(people);
        }
        let own = || known().filter(|(commit, _)| !batches.contains_key(commit)).map(|(_, one)| one);
        let lag: usize = waited_for().map(|(_, people)| people).sum();
        if waited_for().count() + own().count() == commits
            && lag < LAGS_BEHIND
            && let Some(people) = people_of(&mut own())
        {
            return Since::Own(people);
        }
        everybody().map_or(Since::Unknown, Since::Everybody)
    }
}
