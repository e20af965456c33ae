//! What happened, in memory: twelve bytes an entry and person, made when it is first asked for, and renewed for those
//! whom a commit concerned.
use super::{
    days::{self, DayNumber, DayTest, NO_DAY},
    fields::Set,
    places::{ByChance, NOBODY, Places},
    words::Words,
};
use crate::{
    error::Result,
    id::Id,
    journey::engine::{Direction, Role},
    people::{self, index::PeopleIndex},
    store::{Derived, Tx},
    touchpoints::{Intent, Precision},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Places that hold nothing any more; when there are more of them than this and than a quarter, the rest moves together.
const GAPS_KEPT: usize = 1 << 16;

#[derive(Default)]
pub struct Entries {
    places: Places,
    /// By number of a person, where theirs begin and how many there are.
    spans: Vec<(u32, u32)>,
    days: Vec<DayNumber>,
    kinds: Vec<u16>,
    marks: Vec<Marks>,
    /// Where in the file it stands, by which the index of words knows its note.
    rids: Vec<u32>,
    /// For each place in the file at which a person's row stands, their number; by it the index of words knows what was
    /// written at themselves.
    rows: Vec<u32>,
    words: Words,
    kind_numbers: HashMap<String, u16>,
    gaps: usize,
}

/// The small particulars of an entry.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct Marks(u16);

impl Marks {
    fn of(
        direction: Direction,
        role: Role,
        intent: Option<Intent>,
        sentiment: Option<i8>,
        waits: bool,
        paid: bool,
    ) -> Marks {
        let intent = intent.map_or(0, |intent| intent as u16 + 1);
        let mood = sentiment.map_or(0, |mood| (mood.clamp(-2, 2) + 3) as u16);
        Marks(
            direction as u16
                | (role as u16) << 2
                | intent << 4
                | mood << 7
                | u16::from(waits) << 10
                | u16::from(paid) << 11,
        )
    }
    pub fn direction(self) -> usize {
        usize::from(self.0 & 3)
    }
    pub fn role(self) -> usize {
        usize::from(self.0 >> 2 & 3)
    }
    /// 0 when nothing was said.
    pub fn intent(self) -> usize {
        usize::from(self.0 >> 4 & 7)
    }
    pub fn mood(self) -> Option<i8> {
        let mood = self.0 >> 7 & 7;
        (mood > 0).then(|| mood as i8 - 3)
    }
    pub fn waits(self) -> bool {
        self.0 >> 10 & 1 == 1
    }
    pub fn paid(self) -> bool {
        self.0 >> 11 & 1 == 1
    }
    /// What two rows of one person at one entry say together: the strongest part, and rewarded only if both were.
    fn and(self, other: Marks) -> Marks {
        let role = self.role().min(other.role()) as u16;
        let paid = u16::from(self.paid() && other.paid());
        Marks(self.0 & !(3 << 2) & !(1 << 11) | role << 2 | paid << 11)
    }
}

struct Entry {
    day: DayNumber,
    kind: u16,
    marks: Marks,
    rid: u32,
}

impl Entries {
    fn kind_number(&mut self, kind: &str) -> u16 {
        if let Some(number) = self.kind_numbers.get(kind) {
            return *number;
        }
        let next = self.kind_numbers.len() as u16;
        self.kind_numbers.insert(kind.to_owned(), next);
        next
    }

    /// Reads the columns of an entry that begin at `from`: kind, day, precision, direction, intent, mood, waits, place.
    fn entry(&mut self, r: &rusqlite::Row, from: usize) -> rusqlite::Result<Entry> {
        let kind = r.get_ref(from)?.as_str()?;
        let precision: Precision = r.get(from + 2)?;
        let day =
            if precision == Precision::Unknown { NO_DAY } else { days::number_of(r.get_ref(from + 1)?.as_str()?) };
        let marks = Marks::of(r.get(from + 3)?, Role::By, r.get(from + 4)?, r.get(from + 5)?, r.get(from + 6)?, false);
        Ok(Entry { day, kind: self.kind_number(kind), marks, rid: r.get(from + 7)? })
    }

    fn part(marks: Marks, role: Role, paid: bool) -> Marks {
        Marks(marks.0 & !(3 << 2) | (role as u16) << 2 | u16::from(paid) << 11)
    }

    /// Gives somebody these entries in the place of those they had.
    fn put(&mut self, number: u32, entries: impl ExactSizeIterator<Item = Entry>) {
        if self.spans.len() <= number as usize {
            self.spans.resize(number as usize + 1, (0, 0));
        }
        self.gaps += self.spans[number as usize].1 as usize;
        self.spans[number as usize] = (self.days.len() as u32, entries.len() as u32);
        for entry in entries {
            self.days.push(entry.day);
            self.kinds.push(entry.kind);
            self.marks.push(entry.marks);
            self.rids.push(entry.rid);
        }
    }

    fn move_together(&mut self) {
        let (mut days, mut kinds, mut marks, mut rids) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for span in &mut self.spans {
            let (from, to) = (span.0 as usize, (span.0 + span.1) as usize);
            span.0 = days.len() as u32;
            days.extend_from_slice(&self.days[from..to]);
            kinds.extend_from_slice(&self.kinds[from..to]);
            marks.extend_from_slice(&self.marks[from..to]);
            rids.extend_from_slice(&self.rids[from..to]);
        }
        (self.days, self.kinds, self.marks, self.rids, self.gaps) = (days, kinds, marks, rids, 0);
    }

    // ---- asking ----

    pub fn len(&self) -> usize {
        self.days.len()
    }
    pub fn on_days(&self, test: &DayTest) -> Set {
        match (test.stretches.as_slice(), test.never) {
            ([(from, to)], false) => self.days.iter().map(|day| *day >= *from && *day <= *to).collect(),
            _ => self.days.iter().map(|day| test.holds(*day)).collect(),
        }
    }
    /// Entries of the kinds that are as was asked, by their key.
    pub fn of_kinds(&self, wanted: impl Fn(&str) -> bool) -> Set {
        let mut kinds = vec![false; self.kind_numbers.len()];
        for (kind, number) in &self.kind_numbers {
            kinds[usize::from(*number)] = wanted(kind);
        }
        self.kinds.iter().map(|kind| kinds[usize::from(*kind)]).collect()
    }
    /// Whoever has an entry in whose words this is found, or of whom it is written down themselves.
    ///
    /// # Errors
    /// Whatever the file says.
    pub fn whose_words(&self, tx: &Tx, index: &PeopleIndex, expression: &str) -> Result<Set> {
        let places = self.words.of(tx, expression)?;
        let mut found =
            self.by_person(index, false, |from, to| self.rids[from..to].iter().any(|rid| places.has_entry(*rid)));
        let pairs = self.places.paired(index);
        for (rid, number) in self.rows.iter().enumerate() {
            if *number != NOBODY && places.has_person(rid as u32) && pairs[*number as usize] != NOBODY {
                found[pairs[*number as usize] as usize] = true;
            }
        }
        Ok(found)
    }
    pub fn marked(&self, wanted: impl Fn(Marks) -> bool) -> Set {
        self.marks.iter().map(|marks| wanted(*marks)).collect()
    }
    /// Everybody of whose entries so many are found as was asked.
    pub fn whose(&self, index: &PeopleIndex, found: &[bool], asked: impl Fn(u32) -> bool) -> Set {
        let of_none = asked(0);
        self.by_person(index, of_none, |from, to| asked(found[from..to].iter().map(|is| u32::from(*is)).sum()))
    }
    /// Everybody the days of whose entries that are found are as was asked.
    pub fn whose_days(&self, index: &PeopleIndex, found: &[bool], test: &DayTest) -> Set {
        if !test.asks_the_newest() {
            if test.never && test.stretches.is_empty() {
                return self.by_person(index, true, |from, to| {
                    !found[from..to].iter().zip(&self.days[from..to]).any(|(is, day)| *is && *day != NO_DAY)
                });
            }
            if !test.never {
                let on = self.on_days(test);
                return self.by_person(index, false, |from, to| {
                    found[from..to].iter().zip(&on[from..to]).any(|(is, on)| *is && *on)
                });
            }
        }
        let mut days: Vec<DayNumber> = Vec::new();
        self.by_person(index, test.never, |from, to| {
            days.clear();
            let known = found[from..to].iter().zip(&self.days[from..to]).filter(|(is, day)| **is && **day != NO_DAY);
            days.extend(known.map(|(_, day)| *day));
            test.holds_of(&days)
        })
    }
    /// Everybody the first day of whose entries that are found is as was asked.
    pub fn whose_first(&self, index: &PeopleIndex, found: &[bool], test: &DayTest) -> Set {
        self.by_person(index, test.never, |from, to| {
            let known = found[from..to].iter().zip(&self.days[from..to]).filter(|(is, day)| **is && **day != NO_DAY);
            test.holds(known.map(|(_, day)| *day).min().unwrap_or(NO_DAY))
        })
    }

    #[cfg(test)]
    pub(super) fn words(&self) -> &Words {
        &self.words
    }
    fn stands_at(&mut self, rid: u32, number: u32) {
        if self.rows.len() <= rid as usize {
            self.rows.resize(rid as usize + 1, NOBODY);
        }
        self.rows[rid as usize] = number;
    }

    fn by_person(&self, index: &PeopleIndex, of_none: bool, mut holds: impl FnMut(usize, usize) -> bool) -> Set {
        let pairs = self.places.paired(index);
        let mut set = vec![of_none; index.slots()];
        for ((from, count), slot) in self.spans.iter().zip(pairs.iter()) {
            if *slot != NOBODY && *count > 0 {
                set[*slot as usize] = holds(*from as usize, (*from + *count) as usize);
            }
        }
        set
    }
}

const COLUMNS: &str = "t.kind, t.on_day, t.precision, t.direction, t.intent, t.sentiment, t.needs_answer, t.rid";

impl Derived for Entries {
    fn make(tx: &Tx) -> Result<Entries> {
        let mut made = Entries { words: Words::as_of(tx), ..Entries::default() };
        let merged = people::merged(tx)?;
        // Two walks through the file in its order, and not a look for each person at each entry.
        let mut numbers: HashMap<Id, u32, ByChance> = HashMap::default();
        let mut entries: Vec<Entry> = Vec::new();
        let mut query = tx
            .sql()
            .prepare_cached(&format!("SELECT t.id, {COLUMNS} FROM touchpoints t WHERE t.deleted_at IS NULL"))?;
        let mut rows = query.query([])?;
        while let Some(r) = rows.next()? {
            numbers.insert(r.get(0)?, entries.len() as u32);
            entries.push(made.entry(r, 1)?);
        }
        // Person, entry and part, in the order of the file; of whoever is several rows, apart.
        let several: BTreeSet<Id> = merged.values().copied().collect();
        let mut together: BTreeMap<u32, BTreeMap<u32, Marks>> = BTreeMap::new();
        let mut parts: Vec<(u32, u32, Marks)> = Vec::new();
        let mut query =
            tx.sql().prepare_cached("SELECT touchpoint_id, person_id, role, incentivised FROM touchpoint_people")?;
        let mut rows = query.query([])?;
        while let Some(r) = rows.next()? {
            let Some(entry) = numbers.get(&r.get(0)?) else { continue };
            let person: Id = r.get(1)?;
            let person = merged.get(&person).copied().unwrap_or(person);
            let marks = Entries::part(entries[*entry as usize].marks, r.get(2)?, r.get(3)?);
            let number = made.places.number(person);
            if !merged.is_empty() && several.contains(&person) {
                together
                    .entry(number)
                    .or_default()
                    .entry(*entry)
                    .and_modify(|known| *known = known.and(marks))
                    .or_insert(marks);
            } else {
                parts.push((number, *entry, marks));
            }
        }
        let mut query = tx.sql().prepare_cached("SELECT rid, root FROM people WHERE deleted_at IS NULL")?;
        let mut rows = query.query([])?;
        while let Some(r) = rows.next()? {
            let number = made.places.number(r.get(1)?);
            made.stands_at(r.get(0)?, number);
        }
        for (number, of_them) in together {
            parts.extend(of_them.into_iter().map(|(entry, marks)| (number, entry, marks)));
        }
        // Dealt out, so that those of one person lie together.
        let mut next = vec![0_u32; made.places.len() + 1];
        for (number, _, _) in &parts {
            next[*number as usize + 1] += 1;
        }
        for n in 1..next.len() {
            next[n] += next[n - 1];
        }
        made.spans = next.windows(2).map(|w| (w[0], w[1] - w[0])).collect();
        made.days = vec![NO_DAY; parts.len()];
        made.kinds = vec![0; parts.len()];
        made.marks = vec![Marks::default(); parts.len()];
        made.rids = vec![0; parts.len()];
        for (number, entry, marks) in parts {
            let place = next[number as usize] as usize;
            next[number as usize] += 1;
            let Entry { day, kind, rid, .. } = entries[entry as usize];
            (made.days[place], made.kinds[place], made.marks[place], made.rids[place]) = (day, kind, marks, rid);
        }
        Ok(made)
    }

    fn renew(&mut self, tx: &Tx, people: &BTreeSet<Id>) -> Result<()> {
        let mut query = tx.sql().prepare_cached(&format!(
            "SELECT t.id, {COLUMNS}, tp.role, tp.incentivised FROM touchpoint_people tp JOIN touchpoints t ON t.id = tp.touchpoint_id
             WHERE tp.person_id IN (SELECT id FROM people WHERE root = ?1 AND deleted_at IS NULL) AND t.deleted_at IS NULL"
        ))?;
        let mut standing = tx.sql().prepare_cached("SELECT rid, deleted_at IS NULL FROM people WHERE root = ?1")?;
        let mut written: Vec<i64> = Vec::new();
        for person in people {
            let mut rows = standing.query([person])?;
            while let Some(r) = rows.next()? {
                let number = if r.get(1)? { self.places.number(*person) } else { NOBODY };
                let rid: u32 = r.get(0)?;
                self.stands_at(rid, number);
                written.push(-i64::from(rid));
            }
            let mut of_them: BTreeMap<Id, Entry> = BTreeMap::new();
            let mut rows = query.query([person])?;
            while let Some(r) = rows.next()? {
                let mut entry = self.entry(r, 1)?;
                entry.marks = Entries::part(entry.marks, r.get(9)?, r.get(10)?);
                match of_them.entry(r.get(0)?) {
                    std::collections::btree_map::Entry::Occupied(mut known) => {
                        let marks = known.get().marks.and(entry.marks);
                        known.get_mut().marks = marks;
                    }
                    std::collections::btree_map::Entry::Vacant(place) => {
                        place.insert(entry);
                    }
                }
            }
            if of_them.is_empty() && self.places.known(*person).is_none() {
                continue;
            }
            written.extend(of_them.values().map(|entry| i64::from(entry.rid)));
            let number = self.places.number(*person);
            self.put(number, of_them.into_values());
        }
        self.words.renew(tx, &written);
        if self.gaps > GAPS_KEPT && self.gaps > self.days.len() / 4 {
            self.move_together();
        }
        Ok(())
    }

    fn heeds(table: &str) -> bool {
        ["people", "touchpoints", "touchpoint_people"].contains(&table)
    }
    fn people(&self) -> usize {
        self.places.len()
    }
}
