//! What a filter asks of the list: sets of slots. What stands at a slot that nobody has says nothing.
use super::{
    PeopleIndex, Row,
    words::{BLANK, Words},
};
use crate::id::Id;

impl PeopleIndex {
    /// How many slots there are, those that nobody has included.
    pub fn slots(&self) -> usize {
        self.rows.len()
    }
    /// Another number whenever somebody came, or left their slot.
    pub fn membership(&self) -> u64 {
        self.membership
    }
    /// Everybody with their slot, by id.
    pub fn everybody(&self) -> impl Iterator<Item = (Id, u32)> {
        self.by_id.iter().map(|slot| (self.at(*slot).id, *slot))
    }
    pub fn slot_of(&self, id: Id) -> Option<u32> {
        let place = self.by_id.binary_search_by_key(&id, |slot| self.at(*slot).id).ok()?;
        Some(self.by_id[place])
    }
    /// How many people are in a set.
    pub fn count(&self, set: &[bool]) -> usize {
        self.by_name.iter().filter(|slot| set[**slot as usize]).count()
    }
    /// Those in a set, by name.
    pub fn named(&self, set: &[bool]) -> Vec<Id> {
        self.by_name.iter().filter(|slot| set[**slot as usize]).map(|slot| self.at(*slot).id).collect()
    }

    /// By slot, of whom it holds.
    pub fn which(&self, holds: impl Fn(&Row) -> bool) -> Vec<bool> {
        self.rows.iter().map(holds).collect()
    }
    /// By slot, whose text has each of these, folded; everybody for none.
    pub fn containing(&self, needles: &[String]) -> Vec<bool> {
        let mut found = self.texts.containing(&needles.iter().map(String::as_str).collect::<Vec<_>>());
        // Texts grow with who has one.
        found.resize(self.rows.len(), needles.is_empty());
        found
    }
    /// By slot, who carries one of these tags.
    pub fn carrying(&self, tags: impl Iterator<Item = Id>) -> Vec<bool> {
        let mut set = vec![false; self.rows.len()];
        for tag in tags {
            if let Some(tag) = self.tags.get(&tag) {
                for slot in &self.carriers[*tag as usize] {
                    set[*slot as usize] = true;
                }
            }
        }
        set
    }
    /// By slot, who works or builds at an organisation whose folded name is as is asked.
    pub fn at_organisations(&self, wanted: impl Fn(&str) -> bool) -> Vec<bool> {
        self.with_word(&self.organisations, |row| row.organisation, wanted)
    }
    /// By slot, who lives in a city whose folded name is as is asked.
    pub fn in_cities(&self, wanted: impl Fn(&str) -> bool) -> Vec<bool> {
        self.with_word(&self.cities, |row| row.city, wanted)
    }
    /// By slot, whose country is as is asked: a code, or the words that were given.
    pub fn in_countries(&self, wanted: impl Fn(&str) -> bool) -> Vec<bool> {
        self.with_word(&self.countries, |row| row.country, wanted)
    }
    /// By slot, whom one was last in touch with on a day, `YYYY-MM-DD`, that is as is asked; `never` says what no day is.
    pub fn last_touched(&self, wanted: impl Fn(&str) -> bool, never: bool) -> Vec<bool> {
        let days = self.days.which(wanted);
        self.which(|row| if row.last_touch == BLANK { never } else { days[row.last_touch as usize] })
    }

    fn with_word(&self, words: &Words, word: impl Fn(&Row) -> u32, wanted: impl Fn(&str) -> bool) -> Vec<bool> {
        let found = words.which(wanted);
        self.which(|row| found.get(word(row) as usize).copied().unwrap_or(false))
    }

    /// Organisations and cities that somebody has, in whose letters and digits a folded text stands, with how many do; and
    /// every country.
    pub fn organisations_with<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a str, u32)> {
        self.organisations.counted_with(text)
    }
    pub fn cities_with<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a str, u32)> {
        self.cities.counted_with(text)
    }
    pub fn country_counts(&self) -> impl Iterator<Item = (&str, u32)> {
        self.countries.counted()
    }

    /// Somebody who works or builds at an organisation of that folded name, and somebody who lives in a city of it: to read
    /// off how it is spelled.
    pub fn somebody_at(&self, organisation: &str) -> Option<Id> {
        self.somebody_with(self.organisations.known(organisation)?, |row| row.organisation)
    }
    pub fn somebody_in(&self, city: &str) -> Option<Id> {
        self.somebody_with(self.cities.known(city)?, |row| row.city)
    }
    fn somebody_with(&self, number: u32, word: impl Fn(&Row) -> u32) -> Option<Id> {
        self.by_name.iter().map(|slot| self.at(*slot)).find(|row| word(row) == number).map(|row| row.id)
    }
}
