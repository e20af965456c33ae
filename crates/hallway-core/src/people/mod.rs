//! The people themselves: who they are, and what one can do with them.
mod groups;
pub(crate) mod index;
mod list;
mod page;
pub mod state;
#[cfg(test)]
mod tests;

pub use groups::{PeopleAsked, PeopleGroup, groups};
pub use index::Found;
pub use list::{
    Chosen, PeopleFilter, PeopleQuery, PeopleRows, PeopleSort, PeopleStretch, PeopleWindow, PersonRow, Place, PlaceOf,
    among, found, ids, list, place,
};
pub use page::{PersonPage, page};

use crate::{
    countries::COUNTRIES,
    error::{Error, Result, invalid},
    id::Id,
    journey::engine::Stage,
    organisations,
    record::Check,
    rpc::Empty,
    store::{Store, Subject, Tx},
    time::Now,
};
use index::PeopleIndex;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use ts_rs::TS;

record! {
    /// Somebody. Only the name is ever required.
    pub struct Person in "people" as "person", Held, concerns Itself,
    hangs on ["organisation_id" -> "organisations", "merged_into" -> "people"] {
        /// The person's own id.
        pub id: Id,
        /// What they are called; at most 200 characters.
        pub display_name: String,
        /// How they are spoken of.
        pub pronouns: Option<String>,
        /// How the name is said.
        pub say_it_like: Option<String>,
        /// What they do where they work.
        pub role_title: Option<String>,
        /// Where they work or build.
        pub organisation_id: Option<Id>,
        /// ISO 3166-1 alpha-2, or the words that were given.
        pub country: Option<String>,
        /// Where they live.
        pub city: Option<String>,
        /// IANA.
        pub time_zone: Option<String>,
        /// BCP 47, comma-separated.
        pub languages: Option<String>,
        /// What they are building.
        pub building_now: Option<String>,
        /// What they are stuck on.
        pub challenges: Option<String>,
        /// Comma-separated of read, watch, listen, live, code, one_to_one.
        pub content_prefs: Option<String>,
        /// Comma-separated of public_credit, private_thanks, swag, money, early_access, introductions, none.
        pub appreciation_prefs: Option<String>,
        /// Whatever else is worth knowing.
        pub notes: Option<String>,
        /// Nobody is to write to them.
        pub do_not_contact: bool,
        /// Why not.
        pub do_not_contact_reason: Option<String>,
        /// One of us: not counted among developers.
        pub teammate: bool,
        /// The row that stands for this person since the two turned out to be one.
        pub merged_into: Option<Id>,
    }
}

impl Check for Person {
    fn check(&self) -> Result<()> {
        // I01, and the longest name a list can show.
        if self.display_name.trim().is_empty() {
            return invalid("displayName", "A person needs a name. Any name will do.");
        }
        if self.display_name.chars().count() > 200 {
            return invalid("displayName", "A name may have at most 200 characters. Put the rest into the notes.");
        }
        if let Some(zone) = &self.time_zone {
            crate::time::zone("timeZone", zone)?;
        }
        Ok(())
    }
}

impl Person {
    /// Somebody of whom only the name is known.
    pub fn new(id: Id, display_name: &str) -> Person {
        Person {
            id,
            display_name: display_name.to_owned(),
            pronouns: None,
            say_it_like: None,
            role_title: None,
            organisation_id: None,
            country: None,
            city: None,
            time_zone: None,
            languages: None,
            building_now: None,
            challenges: None,
            content_prefs: None,
            appreciation_prefs: None,
            notes: None,
            do_not_contact: false,
            do_not_contact_reason: None,
            teammate: false,
            merged_into: None,
        }
    }
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct NewPerson {
    pub display_name: String,
    pub organisation: Option<String>,
    pub country: Option<String>,
    pub city: Option<String>,
}

/// Only the fields that are present change; an empty text empties the field. `organisation` is a name.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(optional_fields)]
pub struct EditPerson {
    pub id: Id,
    pub display_name: Option<String>,
    pub pronouns: Option<String>,
    pub say_it_like: Option<String>,
    pub role_title: Option<String>,
    pub organisation: Option<String>,
    pub country: Option<String>,
    pub city: Option<String>,
    pub time_zone: Option<String>,
    pub languages: Option<String>,
    pub building_now: Option<String>,
    pub challenges: Option<String>,
    pub content_prefs: Option<String>,
    pub appreciation_prefs: Option<String>,
    pub notes: Option<String>,
    pub do_not_contact: Option<bool>,
    pub do_not_contact_reason: Option<String>,
    pub teammate: Option<bool>,
}

#[derive(Debug, Deserialize, TS)]
pub struct PersonId {
    pub id: Id,
}
#[derive(Debug, Deserialize, TS)]
pub struct PersonIds {
    pub ids: Vec<Id>,
}
#[derive(Debug, Serialize, TS)]
pub struct Count {
    pub people: u32,
}
#[derive(Debug, Serialize, TS)]
pub struct Country {
    pub code: String,
    pub name: String,
}

/// A text to look for, and how many answers are wanted.
#[derive(Debug, Deserialize, TS)]
pub struct Match {
    pub text: String,
    pub limit: u32,
}

/// A person as a picker shows them.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonPick {
    pub id: Id,
    pub name: String,
    pub organisation: Option<String>,
    pub last_touch_on: Option<String>,
    pub stage: Option<Stage>,
}

pub fn create(tx: &mut Tx, input: NewPerson) -> Result<Person> {
    let mut person = Person::new(tx.new_id(), input.display_name.trim());
    person.check()?;
    person.organisation_id = organisations::named(tx, input.organisation.as_deref().unwrap_or_default())?;
    person.country = country(input.country);
    person.city = text(input.city);
    tx.insert(&person)?;
    tx.about(Subject::Person(person.id), None, None)?;
    Ok(person)
}

/// The row that stands for somebody: their own, or the one they were merged into.
///
/// # Errors
/// `not_found` when there is none, or they lie in the trash.
pub fn root(tx: &Tx, id: Id) -> Result<Id> {
    tx.scalar(
        "SELECT r.id FROM people p JOIN people r ON r.id = p.root WHERE p.id = ?1 AND p.deleted_at IS NULL AND r.deleted_at IS NULL",
        [id],
    )?
    .ok_or(Error::NotFound("person"))
}

/// For each row that was merged into another, the row that stands for it.
pub(crate) fn merged(tx: &Tx) -> Result<HashMap<Id, Id>> {
    Ok(tx
        .sql()
        .prepare_cached("SELECT id, root FROM people WHERE merged_into IS NOT NULL AND deleted_at IS NULL")?
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?)
}

/// The rows that stand for these people, each once, in the order they are named first.
///
/// # Errors
/// As [`root`].
pub(crate) fn roots(tx: &Tx, ids: &[Id]) -> Result<Vec<Id>> {
    let mut seen = BTreeSet::new();
    let mut roots = Vec::with_capacity(ids.len());
    for id in ids {
        let root = root(tx, *id)?;
        if seen.insert(root) {
            roots.push(root);
        }
    }
    Ok(roots)
}

pub fn edit(tx: &mut Tx, input: EditPerson) -> Result<Person> {
    let mut person: Person = tx.get(root(tx, input.id)?)?;
    macro_rules! take {
        ($($field:ident),*) => { $(if input.$field.is_some() { person.$field = text(input.$field); })* };
    }
    take!(
        pronouns,
        say_it_like,
        role_title,
        city,
        time_zone,
        languages,
        building_now,
        challenges,
        content_prefs,
        appreciation_prefs,
        notes,
        do_not_contact_reason
    );
    if let Some(name) = input.display_name {
        person.display_name = name.trim().to_owned();
    }
    if input.country.is_some() {
        person.country = country(input.country);
    }
    if let Some(name) = input.organisation {
        person.organisation_id = organisations::named(tx, name.trim())?;
    }
    person.do_not_contact = input.do_not_contact.unwrap_or(person.do_not_contact);
    person.teammate = input.teammate.unwrap_or(person.teammate);
    tx.put(&person)?;
    tx.about(Subject::Person(person.id), None, None)?;
    Ok(person)
}

pub fn trash(tx: &mut Tx, input: PersonIds) -> Result<Count> {
    // With the row that stands for them go all the others that are them.
    let roots = roots(tx, &input.ids)?;
    for id in &roots {
        tx.trash::<Person>(*id)?;
    }
    if let Some(first) = roots.first() {
        tx.about(Subject::Person(*first), Some(roots.len()), None)?;
    }
    Ok(Count { people: roots.len() as u32 })
}

/// Reads the list of people into memory before anybody asks for it.
pub fn get_ready(store: &Store, now: Now) -> Result<()> {
    store.read(now, |tx| tx.derived(|_: &PeopleIndex| ()))
}

/// Gets ready to find names that are nearly spelled so. The first line that is captured about somebody new would wait for
/// it: most of a second among 100,000 people.
pub fn get_close_names_ready(store: &Store, now: Now) -> Result<()> {
    store.read(now, |tx| tx.derived(|index: &PeopleIndex| index.get_close_ready()))
}

/// People whose name or particulars contain every word of the text; names that begin with it first.
pub fn matching(tx: &Tx, input: Match) -> Result<Vec<PersonPick>> {
    let limit = input.limit.min(50) as usize;
    picks(tx, tx.derived(|index: &PeopleIndex| index.picks(&input.text, limit))?)
}

/// Everybody who is called exactly so, but for case and accents; in the order of their ids.
pub(crate) fn named_exactly(tx: &Tx, name: &str) -> Result<Vec<Id>> {
    let folded = crate::normal::fold(name);
    if folded.is_empty() {
        return Ok(vec![]);
    }
    tx.derived(|index: &PeopleIndex| index.named_exactly(&folded))
}

fn picks(tx: &Tx, ids: Vec<Id>) -> Result<Vec<PersonPick>> {
    let mut picks = Vec::with_capacity(ids.len());
    for id in ids {
        picks.extend(pick(tx, id)?);
    }
    Ok(picks)
}

/// Whom somebody may have meant who typed what nobody is spelled like.
pub fn close(tx: &Tx, input: Match) -> Result<Vec<PersonPick>> {
    let limit = input.limit.min(50) as usize;
    picks(tx, tx.derived(|index: &PeopleIndex| index.close_picks(&input.text, limit))?)
}

/// How many people there are at each organisation, by its folded name.
pub(crate) fn people_at<'a>(tx: &Tx, organisations: impl IntoIterator<Item = &'a str>) -> Result<Vec<u32>> {
    tx.derived(|index: &PeopleIndex| organisations.into_iter().map(|name| index.people_at(name)).collect())
}

/// How many living people carry each of these tags.
pub(crate) fn carriers(tx: &Tx, tags: impl IntoIterator<Item = Id>) -> Result<Vec<u32>> {
    tx.derived(|index: &PeopleIndex| tags.into_iter().map(|tag| index.carriers(tag) as u32).collect())
}

/// One person as a picker shows them.
pub fn pick(tx: &Tx, id: Id) -> Result<Option<PersonPick>> {
    let mut query = tx.sql().prepare_cached(
        "SELECT person, name, organisation, last_touch_on, stage FROM person_state WHERE person = ?1",
    )?;
    let mut rows = query.query_map([id], |r| {
        Ok(PersonPick {
            id: r.get(0)?,
            name: r.get(1)?,
            organisation: r.get(2)?,
            last_touch_on: r.get(3)?,
            stage: r.get(4)?,
        })
    })?;
    Ok(rows.next().transpose()?)
}

pub fn countries(_: &Tx, _: Empty) -> Result<Vec<Country>> {
    Ok(COUNTRIES.iter().map(|(code, name)| Country { code: (*code).into(), name: (*name).into() }).collect())
}

/// Blank is none; anything else is kept as typed, without the space around it.
pub(crate) fn text(input: Option<String>) -> Option<String> {
    input.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty())
}

fn country(input: Option<String>) -> Option<String> {
    text(input).map(|t| crate::countries::code_of(&t).map_or(t, str::to_owned))
}
