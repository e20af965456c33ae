//! The people in memory, as the list needs them: found by any part of their text, and in order already.
//!
//! Made from `person_state` and `person_tags`, and renewed for those whom a commit concerned. What SQL would answer
//! stands beside it in the tests, and both must agree.
mod answers;
mod asked;
pub(crate) mod close;
mod groups;
mod texts;
mod words;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

use crate::{
    error::Result,
    filter::days::{DayNumber, NO_DAY, number_of},
    id::Id,
    journey::engine::{Confidence, Presence, Ring},
    normal::fold,
    store::{Derived, Tx},
};
pub use answers::Found;
use close::Vocabulary;
pub use groups::Group;
use std::{
    cmp::Ordering,
    collections::{BTreeSet, HashMap},
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering as Order},
    },
};
use texts::Texts;
use words::Words;

/// Everybody in the list. A slot is a number that somebody keeps until something about them changes.
#[derive(Default)]
pub struct PeopleIndex {
    /// By slot; those of people who left wait in `free`.
    rows: Vec<Row>,
    free: Vec<u32>,
    /// Slots by id.
    by_id: Vec<u32>,
    texts: Texts,
    organisations: Words,
    countries: Words,
    /// Folded.
    cities: Words,
    /// Days of the last touch.
    days: Words,
    tags: HashMap<Id, u32>,
    /// By tag, the slots of those who carry it, rising.
    carriers: Vec<Vec<u32>>,
    /// Slots by folded name, then id.
    by_name: Vec<u32>,
    /// Slots by the time they were added, then id.
    by_added: Vec<u32>,
    /// Made by the first who types something that nobody is spelled like.
    vocabulary: OnceLock<Vocabulary>,
    /// Another number whenever somebody came, or left their slot.
    membership: u64,
}

/// What the list knows of somebody by itself.
pub struct Row {
    id: Id,
    organisation: u32,
    country: u32,
    city: u32,
    last_touch: u32,
    /// 0 is not placed yet.
    pub stage_rank: u8,
    pub confidence: Confidence,
    pub presence: Presence,
    pub ring: Ring,
    /// A move waits for a word.
    pub moved: bool,
    pub do_not_contact: bool,
    pub teammate: bool,
    /// The day they came to their stage.
    pub since: DayNumber,
    pub added_at: i64,
    tags: Vec<u32>,
}

const COLUMNS: &str = "person, search, sort_organisation, country, last_touch_on, stage_rank, added_at,
    city, since, confidence, presence, ring, moved IS NOT NULL, do_not_contact, teammate";

/// A number that no state of any list had before.
fn new_membership() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Order::Relaxed) + 1
}

impl Derived for PeopleIndex {
    fn make(tx: &Tx) -> Result<PeopleIndex> {
        let mut index = PeopleIndex::default();
        let mut query = tx.sql().prepare_cached(&format!("SELECT {COLUMNS} FROM person_state ORDER BY person"))?;
        let mut rows = query.query([])?;
        while let Some(r) = rows.next()? {
            let (row, text) = index.row(r)?;
            index.texts.put(index.rows.len() as u32, text);
            index.rows.push(row);
        }
        index.hang_tags(tx)?;
        index.settle_in();
        index.membership = new_membership();
        Ok(index)
    }

    fn heeds(table: &str) -> bool {
        // It is made of the state of people, which every change to somebody makes anew, and of who carries what.
        ["person_state", "people", "person_tags", "tags"].contains(&table)
    }
    fn people(&self) -> usize {
        self.by_id.len()
    }

    fn renew(&mut self, tx: &Tx, people: &BTreeSet<Id>) -> Result<()> {
        if people.len() > ONE_BY_ONE {
            return self.renew_many(tx, people);
        }
        let mut state = tx.sql().prepare_cached(&format!("SELECT {COLUMNS} FROM person_state WHERE person = ?1"))?;
        for id in people {
            let before = self.take_out(*id);
            let mut after = None;
            let mut rows = state.query([id])?;
            if let Some(r) = rows.next()? {
                let (mut row, text) = self.row(r)?;
                row.tags = self.tags_of(tx, *id)?;
                after = Some(self.put_in(row, text));
            }
            if before != after {
                self.membership = new_membership();
            }
        }
        if self.texts.has_many_gaps() {
            self.texts = self.texts.moved(self.by_name.iter().map(|slot| (*slot, *slot)));
        }
        Ok(())
    }
}

/// More people than this are taken out together and put in together: each alone moves all that stand behind them.
const ONE_BY_ONE: usize = 100;

impl PeopleIndex {
    fn tags_of(&mut self, tx: &Tx, id: Id) -> Result<Vec<u32>> {
        let tags: Vec<Id> = tx.column("SELECT DISTINCT tag_id FROM person_tags WHERE person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL)", [id])?;
        Ok(tags.into_iter().map(|tag| self.tag(tag)).collect())
    }

    /// Renews many people in one walk along each order. Whoever stays keeps their slot.
    fn renew_many(&mut self, tx: &Tx, people: &BTreeSet<Id>) -> Result<()> {
        let before: Vec<(Id, Option<u32>)> = people.iter().map(|id| (*id, self.slot_of(*id))).collect();
        let mut out = vec![false; self.rows.len()];
        for slot in before.iter().filter_map(|(_, slot)| *slot) {
            out[slot as usize] = true;
        }
        for order in [&mut self.by_id, &mut self.by_name, &mut self.by_added].into_iter().chain(&mut self.carriers) {
            order.retain(|slot| !out[*slot as usize]);
        }
        for slot in before.iter().filter_map(|(_, slot)| *slot) {
            self.rows[slot as usize].tags.clear();
            self.forget(slot);
        }
        let mut state = tx.sql().prepare_cached(&format!("SELECT {COLUMNS} FROM person_state WHERE person = ?1"))?;
        let (mut into, mut free) = (Vec::new(), Vec::new());
        let mut tagged: BTreeSet<u32> = BTreeSet::new();
        for (id, slot) in before {
            let mut rows = state.query([id])?;
            let Some(r) = rows.next()? else {
                free.extend(slot);
                continue;
            };
            let (mut row, text) = self.row(r)?;
            row.tags = self.tags_of(tx, id)?;
            let new = slot.or_else(|| self.free.pop()).unwrap_or(self.rows.len() as u32);
            if slot.is_none() {
                self.membership = new_membership();
            }
            for tag in &row.tags {
                self.carriers[*tag as usize].push(new);
                tagged.insert(*tag);
            }
            self.fill(new, row, text);
            into.push(new);
        }
        if !free.is_empty() {
            self.membership = new_membership();
            self.free.extend(free);
        }
        for tag in tagged {
            self.carriers[tag as usize].sort_unstable();
        }
        // What stays is in order, and so is what comes once it is sorted: the sort only joins them.
        let with = |mut order: Vec<u32>, compare: &dyn Fn(&u32, &u32) -> Ordering| {
            let mut into = into.clone();
            into.sort_by(compare);
            order.extend(into);
            order.sort_by(compare);
            order
        };
        let (by_id, by_name, by_added) =
            (std::mem::take(&mut self.by_id), std::mem::take(&mut self.by_name), std::mem::take(&mut self.by_added));
        let by_id = with(by_id, &|a, b| self.at(*a).id.cmp(&self.at(*b).id));
        let by_name = with(by_name, &|a, b| self.cmp_name(*a, *b));
        let by_added = with(by_added, &|a, b| self.cmp_added(*a, *b));
        (self.by_id, self.by_name, self.by_added) = (by_id, by_name, by_added);
        if self.texts.has_many_gaps() {
            self.texts = self.texts.moved(self.by_name.iter().map(|slot| (*slot, *slot)));
        }
        Ok(())
    }

    /// A row without its tags, and its text.
    fn row<'r>(&mut self, r: &'r rusqlite::Row) -> rusqlite::Result<(Row, &'r [u8])> {
        let text = r.get_ref(1)?.as_str()?.as_bytes();
        let row = Row {
            id: r.get(0)?,
            organisation: self.organisations.number(r.get_ref(2)?.as_str_or_null()?),
            country: self.countries.number(r.get_ref(3)?.as_str_or_null()?),
            last_touch: self.days.number(r.get_ref(4)?.as_str_or_null()?),
            stage_rank: r.get(5)?,
            added_at: r.get(6)?,
            city: self.cities.number(r.get_ref(7)?.as_str_or_null()?.map(fold).as_deref()),
            since: r.get_ref(8)?.as_str_or_null()?.map_or(NO_DAY, number_of),
            confidence: r.get(9)?,
            presence: r.get(10)?,
            ring: r.get(11)?,
            moved: r.get(12)?,
            do_not_contact: r.get(13)?,
            teammate: r.get(14)?,
            tags: Vec::new(),
        };
        Ok((row, text))
    }

    fn tag(&mut self, id: Id) -> u32 {
        let next = self.carriers.len() as u32;
        let tag = *self.tags.entry(id).or_insert(next);
        if tag == next {
            self.carriers.push(Vec::new());
        }
        tag
    }

    /// Reads who carries what, while the slots are still in the order of ids, as the links are.
    fn hang_tags(&mut self, tx: &Tx) -> Result<()> {
        let merged = super::merged(tx)?;
        let mut query = tx.sql().prepare_cached("SELECT person_id, tag_id FROM person_tags ORDER BY person_id")?;
        let mut links = query.query([])?;
        let mut next = 0;
        while let Some(r) = links.next()? {
            let person: Id = r.get(0)?;
            let slot = match merged.get(&person) {
                Some(root) => self.rows.binary_search_by_key(root, |row| row.id).ok(),
                None => {
                    while self.rows.get(next).is_some_and(|row| row.id < person) {
                        next += 1;
                    }
                    self.rows.get(next).is_some_and(|row| row.id == person).then_some(next)
                }
            };
            // Whoever lies in the trash keeps their tags, and carries none here.
            if let Some(slot) = slot {
                let tag = self.tag(r.get(1)?);
                let tags = &mut self.rows[slot].tags;
                if !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
        }
        Ok(())
    }

    /// Gives everybody a slot in the order of names, so that a walk along the names is a walk through memory.
    fn settle_in(&mut self) {
        // The first letters settle most comparisons without a look at the names.
        let mut order: Vec<(u64, u32)> =
            (0..self.rows.len() as u32).map(|slot| (first_letters(self.texts.name(slot)), slot)).collect();
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| self.cmp_name(a.1, b.1)));
        self.texts = self.texts.moved((0..).zip(&order).map(|(new, (_, old))| (*old, new)));
        self.by_id = vec![0; order.len()];
        for (new, (_, old)) in (0..).zip(&order) {
            self.by_id[*old as usize] = new;
        }
        let mut rows: Vec<Option<Row>> = std::mem::take(&mut self.rows).into_iter().map(Some).collect();
        self.rows = order.iter().filter_map(|(_, old)| rows[*old as usize].take()).collect();
        self.by_name = (0..self.rows.len() as u32).collect();
        // Ids hold the time they were made at, so this is nearly in order.
        self.by_added = self.by_id.clone();
        let rows = &self.rows;
        self.by_added.sort_by_key(|slot| added(&rows[*slot as usize]));
        for (slot, row) in (0..).zip(&self.rows) {
            for tag in &row.tags {
                self.carriers[*tag as usize].push(slot);
            }
        }
    }

    /// Takes somebody out, and says which slot they leave.
    fn take_out(&mut self, id: Id) -> Option<u32> {
        let Ok(place) = self.by_id.binary_search_by_key(&id, |slot| self.at(*slot).id) else { return None };
        let slot = self.by_id.remove(place);
        let place = self.by_name.binary_search_by(|other| self.cmp_name(*other, slot));
        cut(&mut self.by_name, place);
        let place = self.by_added.binary_search_by(|other| self.cmp_added(*other, slot));
        cut(&mut self.by_added, place);
        for tag in std::mem::take(&mut self.rows[slot as usize].tags) {
            let carriers = &mut self.carriers[tag as usize];
            let place = carriers.binary_search(&slot);
            cut(carriers, place);
        }
        self.forget(slot);
        self.free.push(slot);
        Some(slot)
    }

    /// Lets go of the words and the text of a slot.
    fn forget(&mut self, slot: u32) {
        if let Some(vocabulary) = self.vocabulary.get_mut() {
            vocabulary.take_out(slot, self.texts.of(slot));
        }
        let Row { organisation, country, city, last_touch, .. } = *self.at(slot);
        self.organisations.let_go(organisation);
        self.countries.let_go(country);
        self.cities.let_go(city);
        self.days.let_go(last_touch);
        self.texts.take_out(slot);
    }

    /// Puts a row and its text at a slot.
    fn fill(&mut self, slot: u32, row: Row, text: &[u8]) {
        match self.rows.get_mut(slot as usize) {
            Some(free) => *free = row,
            None => self.rows.push(row),
        }
        self.texts.put(slot, text);
        if let Some(vocabulary) = self.vocabulary.get_mut() {
            vocabulary.put(slot, text);
        }
    }

    /// Puts somebody in, and says in which slot: the one that was left last.
    fn put_in(&mut self, row: Row, text: &[u8]) -> u32 {
        let slot = self.free.pop().unwrap_or(self.rows.len() as u32);
        let id = row.id;
        for tag in &row.tags {
            let carriers = &mut self.carriers[*tag as usize];
            carriers.insert(carriers.partition_point(|other| *other < slot), slot);
        }
        self.fill(slot, row, text);
        let place = self.by_id.partition_point(|other| self.at(*other).id < id);
        self.by_id.insert(place, slot);
        let place = self.by_name.partition_point(|other| self.cmp_name(*other, slot).is_lt());
        self.by_name.insert(place, slot);
        let place = self.by_added.partition_point(|other| self.cmp_added(*other, slot).is_lt());
        self.by_added.insert(place, slot);
        slot
    }

    fn at(&self, slot: u32) -> &Row {
        &self.rows[slot as usize]
    }
    fn cmp_name(&self, a: u32, b: u32) -> Ordering {
        self.texts.name(a).cmp(self.texts.name(b)).then_with(|| self.at(a).id.cmp(&self.at(b).id))
    }
    fn cmp_added(&self, a: u32, b: u32) -> Ordering {
        added(self.at(a)).cmp(&added(self.at(b)))
    }
}

fn added(row: &Row) -> (i64, Id) {
    (row.added_at, row.id)
}

/// The first eight bytes of a name, as a number that is in their order.
fn first_letters(name: &[u8]) -> u64 {
    let mut letters = [0; 8];
    let count = name.len().min(8);
    letters[..count].copy_from_slice(&name[..count]);
    u64::from_be_bytes(letters)
}

/// Takes what was found out of a list.
fn cut(list: &mut Vec<u32>, place: std::result::Result<usize, usize>) {
    if let Ok(place) = place {
        list.remove(place);
    }
}
