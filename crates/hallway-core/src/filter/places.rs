//! Whoever something is kept of beside the list, by numbers of its own, and which number they have in the list.
use crate::{id::Id, people::index::PeopleIndex};
use std::{
    collections::HashMap,
    hash::{BuildHasher, Hasher},
    sync::{Arc, Mutex, PoisonError},
};

/// The number of nobody.
pub const NOBODY: u32 = u32::MAX;

#[derive(Default)]
pub struct Places {
    numbers: HashMap<Id, u32, ByChance>,
    /// The numbers in the list, and of which state of it and how many people that is true.
    paired: Mutex<Option<Paired>>,
}

struct Paired {
    membership: u64,
    people: usize,
    slots: Arc<[u32]>,
}

impl Places {
    /// Somebody's number, which is new with somebody new.
    pub fn number(&mut self, id: Id) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(id).or_insert(next)
    }
    pub fn known(&self, id: Id) -> Option<u32> {
        self.numbers.get(&id).copied()
    }
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// For each number here, the number in the list; [`NOBODY`] for who is not in it.
    pub fn paired(&self, index: &PeopleIndex) -> Arc<[u32]> {
        let mut paired = self.paired.lock().unwrap_or_else(PoisonError::into_inner);
        let (membership, people) = (index.membership(), self.numbers.len());
        if let Some(known) = &*paired
            && (known.membership, known.people) == (membership, people)
        {
            return known.slots.clone();
        }
        let mut pairs = vec![NOBODY; self.numbers.len()];
        for (id, slot) in index.everybody() {
            if let Some(number) = self.numbers.get(&id) {
                pairs[*number as usize] = slot;
            }
        }
        let slots: Arc<[u32]> = pairs.into();
        *paired = Some(Paired { membership, people, slots: slots.clone() });
        slots
    }
}

/// The last bytes of an id are chance already.
#[derive(Default, Clone, Copy)]
pub struct ByChance;
pub struct Chance(u64);

impl BuildHasher for ByChance {
    type Hasher = Chance;
    fn build_hasher(&self) -> Chance {
        Chance(0)
    }
}
impl Hasher for Chance {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        let mut last = [0; 8];
        let from = bytes.len().saturating_sub(8);
        last[..bytes.len() - from].copy_from_slice(&bytes[from..]);
        // An odd factor mixes what a hash map looks at, which is both ends.
        self.0 = (self.0 ^ u64::from_le_bytes(last)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
