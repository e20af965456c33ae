//! What the index is asked: who matches a query and in which order, whom a picker offers, how many carry a tag.
use super::{
    PeopleIndex, Row,
    close::{Vocabulary, close},
    words::{BLANK, Words},
};
use crate::{
    id::Id,
    journey::engine::Stage,
    normal::fold,
    people::{PeopleQuery, PeopleSort},
};
use memchr::memmem::Finder;
use std::cmp::Reverse;

/// The rank of the last stage; nobody placed yet has 0.
const FURTHEST: u8 = Stage::ALL.len() as u8;

/// Whom a query matches, in its order.
#[derive(Debug, PartialEq)]
pub struct Found {
    pub ids: Vec<Id>,
    /// Nobody is spelled as it was typed; these come close.
    pub close: bool,
}

impl PeopleIndex {
    /// How many people there are.
    pub fn len(&self) -> usize {
        self.by_name.len()
    }

    /// How many people carry a tag.
    pub fn carriers(&self, tag: Id) -> usize {
        self.tags.get(&tag).map_or(0, |tag| self.carriers[*tag as usize].len())
    }

    /// How many people work or build at an organisation of that folded name.
    pub fn people_at(&self, organisation: &str) -> u32 {
        self.organisations.rows_with(organisation)
    }

    /// Everybody of those named, by slot, in the order of a query.
    pub fn found(&self, query: &PeopleQuery, (named, close): (Vec<bool>, bool)) -> Found {
        let slots = self.in_order(query, &named);
        Found { ids: self.ids(&slots), close }
    }

    /// Who has these slots.
    pub fn ids(&self, slots: &[u32]) -> Vec<Id> {
        slots.iter().map(|slot| self.at(*slot).id).collect()
    }

    /// The same by their slots. Ties are broken by name, and by the id at last, so that a list never reorders itself; who
    /// has nothing to sort by comes last either way.
    pub fn in_order(&self, query: &PeopleQuery, named: &[bool]) -> Vec<u32> {
        let order = if query.sort == PeopleSort::Added { &self.by_added } else { &self.by_name };
        let mut slots: Vec<u32> = order.iter().copied().filter(|slot| named[*slot as usize]).collect();
        let down = query.descending;
        match query.sort {
            PeopleSort::Added if down => slots.reverse(),
            PeopleSort::Name if down => {
                slots.reverse();
                // Namesakes stay in the order of their ids.
                for namesakes in slots.chunk_by_mut(|a, b| self.texts.name(*a) == self.texts.name(*b)) {
                    namesakes.reverse();
                }
            }
            // What comes next is not kept here: whoever asks for it sorts by the days themselves.
            PeopleSort::Added | PeopleSort::Name | PeopleSort::Next => {}
            PeopleSort::Stage => {
                let last = FURTHEST;
                let bucket = |row: &Row| if down { last - row.stage_rank } else { row.stage_rank };
                slots = self.dealt(slots, last as usize + 1, |row| bucket(row).into());
            }
            PeopleSort::Organisation => slots = self.by_word(slots, &self.organisations, down, |row| row.organisation),
            PeopleSort::Country => slots = self.by_word(slots, &self.countries, down, |row| row.country),
            PeopleSort::LastTouch => slots = self.by_word(slots, &self.days, down, |row| row.last_touch),
        }
        slots
    }

    /// People whose text contains every word: names that begin with it first, then names that contain it, then whom one
    /// met last, then by name.
    pub fn picks(&self, text: &str, limit: usize) -> Vec<Id> {
        let needle = fold(text);
        let words: Vec<&str> = needle.split_whitespace().collect();
        if words.is_empty() || limit == 0 {
            return vec![];
        }
        self.picked(&needle, &self.texts.containing(&words), limit)
    }

    /// Everybody of that folded name, in the order of their ids.
    pub fn named_exactly(&self, folded: &str) -> Vec<Id> {
        let name = |slot: &u32| self.texts.name(*slot);
        let from = self.by_name.partition_point(|slot| name(slot) < folded.as_bytes());
        self.by_name[from..]
            .iter()
            .take_while(|slot| name(slot) == folded.as_bytes())
            .map(|slot| self.at(*slot).id)
            .collect()
    }

    /// Whom somebody may have meant who typed what nobody is spelled like, in the same order.
    pub fn close_picks(&self, text: &str, limit: usize) -> Vec<Id> {
        let needle = fold(text);
        self.close(&needle).filter(|_| limit > 0).map_or(vec![], |found| self.picked(&needle, &found, limit))
    }

    fn picked(&self, needle: &str, found: &[bool], limit: usize) -> Vec<Id> {
        let (within, days) = (Finder::new(needle), self.days.ranks());
        let mut picks: Vec<(u8, Reverse<Option<u32>>, usize)> = Vec::new();
        for (place, slot) in self.by_name.iter().enumerate().filter(|(_, slot)| found[**slot as usize]) {
            let class = match within.find(self.texts.name(*slot)) {
                Some(0) => 0,
                Some(_) => 1,
                None => 2,
            };
            let day = days.get(self.at(*slot).last_touch as usize).copied();
            picks.push((class, Reverse(day), place));
        }
        if picks.len() > limit {
            picks.select_nth_unstable(limit - 1);
            picks.truncate(limit);
        }
        picks.sort_unstable();
        picks.into_iter().map(|(_, _, place)| self.at(self.by_name[place]).id).collect()
    }

    /// By slot, whose text nearly has these folded words; nobody when none has.
    pub fn close(&self, folded: &str) -> Option<Vec<bool>> {
        close(self.vocabulary(), &self.texts, folded)
    }
    /// Before anybody asks who comes close.
    pub fn get_close_ready(&self) {
        self.vocabulary();
    }
    fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| Vocabulary::of(&self.texts, self.by_name.iter().copied()))
    }

    fn by_word(&self, slots: Vec<u32>, words: &Words, descending: bool, word: impl Fn(&Row) -> u32) -> Vec<u32> {
        let (ranks, blank) = (words.ranks(), words.len());
        self.dealt(slots, blank + 1, |row| match word(row) {
            BLANK => blank,
            word if descending => blank - 1 - ranks[word as usize] as usize,
            word => ranks[word as usize] as usize,
        })
    }

    /// Slots by bucket; within a bucket they keep their order.
    fn dealt(&self, slots: Vec<u32>, buckets: usize, bucket: impl Fn(&Row) -> usize) -> Vec<u32> {
        let mut next = vec![0; buckets + 1];
        for slot in &slots {
            next[bucket(self.at(*slot)) + 1] += 1;
        }
        for n in 1..next.len() {
            next[n] += next[n - 1];
        }
        let mut dealt = vec![0; slots.len()];
        for slot in slots {
            let place = &mut next[bucket(self.at(slot))];
            dealt[*place] = slot;
            *place += 1;
        }
        dealt
    }
}
