//! Who may be one person, in memory: made from the file, and renewed for those whom a commit concerned.
//!
//! Only people who share something are compared (blocking): an address, handle, slug or number; all words of a name; or an
//! organisation and the beginning of a word of the name. What many share is no trail: a block of more than
//! [`BLOCK`] people is not looked into, but whoever has the same name and organisation meets in a smaller one.
use super::{
    apart_from_each_other,
    forms::{is_of_a_role, plain_organisation, without_spaces},
    likeness::{Likeness, comparable, likeness},
};
use crate::{
    error::Result,
    id::Id,
    normal::ContactKind,
    store::{Derived, Tx},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
    sync::OnceLock,
};

/// As many people as a trail may lead to.
const BLOCK: usize = 200;
/// A name or a handle that more people have says nothing by itself.
const FEW: usize = 3;
/// As many as are suggested to be one at once.
const TOGETHER: usize = 5;

words! {
    /// A reason why people may be one, the strongest first.
    pub enum Hint {
        Address = "address", Handle = "handle", Phone = "phone",
        SameName = "same_name", NameWithin = "name_within", AlikeName = "alike_name",
        Organisation = "organisation", City = "city",
    }
}

/// People who may be one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub people: Vec<Id>,
    pub score: u32,
    pub why: BTreeSet<Hint>,
}

#[derive(Default)]
pub(super) struct Doubles {
    /// By slot; nobody where somebody was changed since, who has another slot then.
    entries: Vec<Option<Entry>>,
    slots: HashMap<Id, u32>,
    /// Trails and who is on them, as they were when everything was made: sorted. Those of people who are no longer in their
    /// slot lead nowhere.
    trails: Vec<(u64, u32)>,
    /// Those that came since.
    newer: HashMap<u64, Vec<u32>>,
    /// The lower id first.
    pairs: BTreeMap<(Id, Id), Pair>,
    partners: HashMap<Id, BTreeSet<Id>>,
    apart: BTreeSet<(Id, Id)>,
    groups: OnceLock<Vec<Group>>,
}

/// What of somebody is compared.
struct Entry {
    id: Id,
    /// As [`forms_of`] says them: of the row that stands for them first.
    names: Vec<Box<str>>,
    organisation: Option<u64>,
    city: Option<u64>,
    contacts: Vec<(u64, ContactKind)>,
    /// Addresses of theirs that are a desk's.
    desks: Vec<u64>,
}

/// Two who may be one.
#[derive(Debug, Clone, PartialEq)]
struct Pair {
    score: u32,
    why: BTreeSet<Hint>,
    /// It only counts while no more than a few are on this trail.
    if_few: Option<u64>,
}

/// Somebody as the file has them: a row of `person_state` and what hangs on it.
const PEOPLE: &str = "SELECT s.person, s.name, s.sort_organisation, s.city FROM person_state s";
const NAMES: &str = "SELECT root, display_name FROM people WHERE root <> id AND deleted_at IS NULL";
const CONTACTS: &str = "SELECT p.root, c.kind, c.value_norm FROM contact_points c JOIN people p ON p.id = c.person_id
   WHERE c.deleted_at IS NULL AND p.deleted_at IS NULL AND c.value_norm <> ''";

impl Derived for Doubles {
    fn make(tx: &Tx) -> Result<Doubles> {
        let mut doubles = Doubles::default();
        doubles.read(tx, None)?;
        let mut trails: Vec<(u64, u32)> = Vec::with_capacity(doubles.entries.len() * 7);
        for (slot, entry) in (0..).zip(&doubles.entries) {
            trails.extend(entry.iter().flat_map(Entry::trails).map(|trail| (trail, slot)));
        }
        trails.sort_unstable();
        trails.dedup();
        doubles.trails = trails;
        let mut pairs = BTreeMap::new();
        for block in doubles.trails.chunk_by(|a, b| a.0 == b.0).filter(|block| (2..=BLOCK).contains(&block.len())) {
            for (n, (_, one)) in block.iter().enumerate() {
                for (_, other) in &block[n + 1..] {
                    if let Some((key, pair)) = doubles.compared(*one, *other) {
                        pairs.insert(key, pair);
                    }
                }
            }
        }
        for (key, pair) in pairs {
            doubles.put(key, pair);
        }
        doubles.apart = apart_from_each_other(tx)?;
        Ok(doubles)
    }

    fn renew(&mut self, tx: &Tx, people: &BTreeSet<Id>) -> Result<()> {
        self.groups.take();
        for id in people {
            self.take_out(*id);
        }
        let first = self.entries.len() as u32;
        self.read(tx, Some(people))?;
        for slot in first..self.entries.len() as u32 {
            let mut trails = self.entries[slot as usize].as_ref().map(Entry::trails).unwrap_or_default();
            trails.sort_unstable();
            trails.dedup();
            for trail in trails {
                let block = self.on(trail);
                if block.len() < BLOCK {
                    for other in block {
                        if let Some((key, pair)) = self.compared(slot, other) {
                            self.put(key, pair);
                        }
                    }
                }
                self.newer.entry(trail).or_default().push(slot);
            }
        }
        self.apart = apart_from_each_other(tx)?;
        Ok(())
    }
}

impl Doubles {
    /// Who may be one, the surest first.
    pub fn groups(&self) -> &[Group] {
        self.groups.get_or_init(|| self.grouped())
    }

    /// Groups with this person in them.
    pub fn of(&self, person: Id) -> Vec<Group> {
        self.groups().iter().filter(|group| group.people.contains(&person)).cloned().collect()
    }

    #[cfg(test)]
    pub(super) fn pairs(&self) -> Vec<(Id, Id)> {
        self.pairs.keys().copied().collect()
    }
    /// What comparing everybody with everybody finds.
    #[cfg(test)]
    pub(super) fn compared_with_everybody(&self) -> Vec<(Id, Id)> {
        let all = 0..self.entries.len() as u32;
        let pairs = all.clone().flat_map(|one| (one + 1..all.end).filter_map(move |other| self.compared(one, other)));
        let pairs: BTreeSet<(Id, Id)> = pairs.map(|(key, _)| key).collect();
        pairs.into_iter().collect()
    }

    fn read(&mut self, tx: &Tx, only: Option<&BTreeSet<Id>>) -> Result<()> {
        let each =
            |sql: &str, column: &str, take: &mut dyn FnMut(&rusqlite::Row) -> rusqlite::Result<()>| -> Result<()> {
                match only {
                    None => {
                        let mut query = tx.sql().prepare(sql)?;
                        let mut rows = query.query([])?;
                        while let Some(r) = rows.next()? {
                            take(r)?;
                        }
                    }
                    Some(people) => {
                        let word = if sql.contains("WHERE") { "AND" } else { "WHERE" };
                        let mut query = tx.sql().prepare_cached(&format!("{sql} {word} {column} = ?1"))?;
                        for person in people {
                            let mut rows = query.query([person])?;
                            while let Some(r) = rows.next()? {
                                take(r)?;
                            }
                        }
                    }
                }
                Ok(())
            };
        let (entries, slots) = (&mut self.entries, &mut self.slots);
        each(PEOPLE, "s.person", &mut |r| {
            let id: Id = r.get(0)?;
            slots.insert(id, entries.len() as u32);
            entries.push(Some(Entry {
                id,
                names: forms_of(r.get_ref(1)?.as_str()?).collect(),
                organisation: r.get_ref(2)?.as_str_or_null()?.map(|name| hashed(&plain_organisation(name))),
                city: r.get_ref(3)?.as_str_or_null()?.map(|city| hashed(&crate::normal::fold(city))),
                contacts: vec![],
                desks: vec![],
            }));
            Ok(())
        })?;
        let mut entry = |id: Id, add: &mut dyn FnMut(&mut Entry)| {
            if let Some(entry) = slots.get(&id).and_then(|slot| entries[*slot as usize].as_mut()) {
                add(entry);
            }
        };
        each(NAMES, "root", &mut |r| {
            let names: Vec<Box<str>> = forms_of(r.get_ref(1)?.as_str()?).collect();
            entry(r.get(0)?, &mut |entry| {
                for name in &names {
                    if !entry.names.contains(name) {
                        entry.names.push(name.clone());
                    }
                }
            });
            Ok(())
        })?;
        each(CONTACTS, "p.root", &mut |r| {
            let kind: ContactKind = r.get(1)?;
            if kind.identifies() || kind == ContactKind::Phone {
                let value = r.get_ref(2)?.as_str()?;
                let contact = (hashed(&(kind.key(), value)), kind);
                let desk = kind == ContactKind::Email && is_of_a_role(value);
                entry(r.get(0)?, &mut |entry| {
                    if !entry.contacts.contains(&contact) {
                        entry.contacts.push(contact);
                        entry.desks.extend(desk.then_some(contact.0));
                    }
                });
            }
            Ok(())
        })
    }

    fn put(&mut self, key: (Id, Id), pair: Pair) {
        self.partners.entry(key.0).or_default().insert(key.1);
        self.partners.entry(key.1).or_default().insert(key.0);
        self.pairs.insert(key, pair);
    }

    fn take_out(&mut self, id: Id) {
        let Some(slot) = self.slots.remove(&id) else { return };
        self.entries[slot as usize] = None;
        for other in self.partners.remove(&id).unwrap_or_default() {
            self.pairs.remove(&(id.min(other), id.max(other)));
            if let Some(partners) = self.partners.get_mut(&other) {
                partners.remove(&id);
            }
        }
    }

    /// Whoever is on a trail now.
    fn on(&self, trail: u64) -> Vec<u32> {
        let begin = self.trails.partition_point(|(known, _)| *known < trail);
        let then = self.trails[begin..].iter().take_while(|(known, _)| *known == trail).map(|(_, slot)| *slot);
        let since = self.newer.get(&trail).into_iter().flatten().copied();
        then.chain(since).filter(|slot| self.entries[*slot as usize].is_some()).collect()
    }

    fn compared(&self, one: u32, other: u32) -> Option<((Id, Id), Pair)> {
        let (one, other) = (self.entries[one as usize].as_ref()?, self.entries[other as usize].as_ref()?);
        let pair = Entry::compared(one, other)?;
        Some(((one.id.min(other.id), one.id.max(other.id)), pair))
    }

    /// Pairs that stand, and where three or more are all pairs of each other, together.
    fn grouped(&self) -> Vec<Group> {
        let stands = |key: &(Id, Id), pair: &Pair| {
            !self.apart.contains(key) && pair.if_few.is_none_or(|trail| self.on(trail).len() <= FEW)
        };
        let mut pairs: Vec<(&(Id, Id), &Pair)> = self.pairs.iter().filter(|(key, pair)| stands(key, pair)).collect();
        pairs.sort_by_key(|(key, pair)| (std::cmp::Reverse(pair.score), **key));
        let standing: HashMap<(Id, Id), &Pair> = pairs.iter().map(|(key, pair)| (**key, *pair)).collect();
        let mut taken: BTreeSet<(Id, Id)> = BTreeSet::new();
        let mut groups = Vec::new();
        for (key, pair) in pairs {
            if taken.contains(key) {
                continue;
            }
            let mut group = Group { people: vec![key.0, key.1], score: pair.score, why: pair.why.clone() };
            for third in self.partners.get(&key.0).into_iter().flatten() {
                if group.people.len() == TOGETHER {
                    break;
                }
                let with: Option<Vec<((Id, Id), &Pair)>> = group
                    .people
                    .iter()
                    .map(|known| {
                        let key = (*known.min(third), *known.max(third));
                        standing.get(&key).filter(|_| known != third && !taken.contains(&key)).map(|pair| (key, *pair))
                    })
                    .collect();
                if let Some(with) = with {
                    group.people.push(*third);
                    group.why.extend(with.iter().flat_map(|(_, pair)| pair.why.iter().copied()));
                }
            }
            for (n, one) in group.people.iter().enumerate() {
                taken.extend(group.people[n + 1..].iter().map(|other| (*one.min(other), *one.max(other))));
            }
            groups.push(group);
        }
        groups
    }
}

impl Entry {
    /// What leads from somebody to others who may be them.
    fn trails(&self) -> Vec<u64> {
        let mut trails: Vec<u64> = self.contacts.iter().map(|(contact, _)| *contact).collect();
        for name in &self.names {
            trails.extend(self.trail_of_name(name));
            let Some(organisation) = self.organisation else { continue };
            trails.push(hashed(&("name at", organisation, name)));
            for word in name.split(' ') {
                let beginning: String = word.chars().take(3).collect();
                trails.push(hashed(&("word at", organisation, beginning)));
            }
        }
        trails
    }

    /// A name of one word is many people's, but for one in a script that writes no spaces.
    fn trail_of_name(&self, name: &str) -> Option<u64> {
        (name.contains(' ') || name.starts_with('=')).then(|| hashed(&("name", name)))
    }

    /// Whether two may be one, how sure that is, and why. Points add up: what only one person has counts most.
    fn compared(one: &Entry, other: &Entry) -> Option<Pair> {
        let (mut like, mut both) = (Likeness::Different, None);
        for a in &one.names {
            for b in &other.names {
                let found = likeness(a, b);
                if found < like {
                    (like, both) = (found, one.trail_of_name(a));
                }
            }
        }
        let mut why = BTreeSet::new();
        let (mut handle, mut address) = (None, None);
        for (contact, kind) in one.contacts.iter().filter(|contact| other.contacts.contains(contact)) {
            why.insert(match kind {
                ContactKind::Email => {
                    // A desk is many people's.
                    if !one.desks.contains(contact) {
                        address = address.or(Some(*contact));
                    }
                    Hint::Address
                }
                ContactKind::Phone => Hint::Phone,
                _ => {
                    handle = Some(*contact);
                    Hint::Handle
                }
            });
        }
        let same = |a: Option<u64>, b: Option<u64>| a.is_some() && a == b;
        let organisation = same(one.organisation, other.organisation);
        let elsewhere = !organisation && one.organisation.is_some() && other.organisation.is_some();
        let city = same(one.city, other.city);
        let own = why.contains(&Hint::Address) || why.contains(&Hint::Handle);
        let if_few = match like {
            // A team shares an address, and few people do; a handle is one person's, whatever they are called.
            Likeness::Different => match handle.or(address) {
                Some(trail) => Some(trail),
                None => return None,
            },
            _ if own || organisation || why.contains(&Hint::Phone) => None,
            // Nothing but the name: only if it is a rare one, and nothing speaks against it.
            Likeness::Same if !elsewhere => match both {
                Some(name) => Some(name),
                None => return None,
            },
            _ => return None,
        };
        // Two who are called otherwise may share an address: that is worth a look, and no more.
        let only_address = like == Likeness::Different && handle.is_none();
        let points = [
            (own && !only_address, 50),
            (only_address, 25),
            (why.contains(&Hint::Address) && why.contains(&Hint::Handle), 5),
            (why.contains(&Hint::Phone), 20),
            (like == Likeness::Same, 40),
            (like == Likeness::Within, 25),
            (like == Likeness::Alike, 20),
            (organisation, 25),
            (city, 10),
        ];
        let score = points.iter().filter(|(holds, _)| *holds).map(|(_, points)| points).sum::<u32>().min(100);
        why.extend(match like {
            Likeness::Same => Some(Hint::SameName),
            Likeness::Within => Some(Hint::NameWithin),
            Likeness::Alike => Some(Hint::AlikeName),
            Likeness::Different => None,
        });
        why.extend(organisation.then_some(Hint::Organisation));
        why.extend(city.then_some(Hint::City));
        Some(Pair { score, why, if_few })
    }
}

/// A name in the forms in which it is compared: as [`comparable`], and as one word where a script writes no spaces.
fn forms_of(name: &str) -> impl Iterator<Item = Box<str>> {
    [Some(comparable(name)), without_spaces(name)].into_iter().flatten().map(String::into_boxed_str)
}

fn hashed<T: Hash + ?Sized>(what: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}
