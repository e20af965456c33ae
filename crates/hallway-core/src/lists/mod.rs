//! Lists of people: whoever a filter finds, or those who were put on it, each with when and why.
pub(crate) mod field;
pub(crate) mod name;
#[cfg(test)]
mod tests;

use crate::{
    error::{Error, Result, invalid},
    id::Id,
    people::{self, Count, PeopleFilter, PeopleQuery, PersonId, PersonPick, text},
    record::Check,
    rpc::Empty,
    store::{Subject, Tx},
    time, workspace,
};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::Arc};
use ts_rs::TS;

record! {
    /// A list of people: whoever a filter finds, or those who were put on it.
    pub struct ListRow in "lists" as "list", Held, concerns Nobody, hangs on [] {
        /// The list's own id.
        pub id: Id,
        /// As it is called.
        pub name: String,
        /// In the language of filters: it holds whoever this finds. Null: those who were put on it.
        pub filter: Option<String>,
        /// What it is for.
        pub note: Option<String>,
    }
}
impl Check for ListRow {
    fn check(&self) -> Result<()> {
        name::check(&self.name, "A list")
    }
}

record! {
    /// Somebody on a list.
    pub struct ListPerson in "list_people" as "place on a list", Joined, concerns Column("person_id"),
    hangs on ["list_id" -> "lists", "person_id" -> "people"] {
        /// Follows from the list and the person.
        pub id: Id,
        /// Which list.
        pub list_id: Id,
        /// Who is on it.
        pub person_id: Id,
        /// Why they were put on it.
        pub why: Option<String>,
        /// `YYYY-MM-DD`: when they were put on it.
        pub on_day: String,
    }
}
impl Check for ListPerson {
    fn check(&self) -> Result<()> {
        time::day("onDay", &self.on_day).map(drop)
    }
    fn complete(&mut self) {
        self.id = pair(self.list_id, self.person_id);
    }
}

/// A list as it is shown.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct List {
    pub id: Id,
    pub name: String,
    /// Whoever this finds is on it; none: those who were put on it.
    pub filter: Option<String>,
    pub note: Option<String>,
    /// How many people are on it; none when its filter cannot be read.
    pub count: Option<u32>,
    /// Why its filter cannot be read, and what to do.
    pub problem: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct NewList {
    pub name: String,
    /// Whoever this finds is on it; missing: those who are put on it.
    pub filter: Option<String>,
    pub note: Option<String>,
}

/// Only what is present changes; an empty note is none. A list of people who were put on it stays one.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(optional_fields)]
pub struct EditList {
    pub id: Id,
    pub name: Option<String>,
    pub filter: Option<String>,
    pub note: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
pub struct ListId {
    pub id: Id,
}

/// One of `list` and `name` is given: a name is a list of that name, made if there is none.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct AddToList {
    pub list: Option<Id>,
    pub name: Option<String>,
    pub people: Vec<Id>,
    pub why: Option<String>,
}

#[derive(Debug, Serialize, TS)]
pub struct AddedToList {
    pub list: ListRow,
    pub added: u32,
    /// They were on it before, and stay as they were.
    pub already: u32,
}

#[derive(Debug, Deserialize, TS)]
pub struct TakeOffList {
    pub list: Id,
    pub people: Vec<Id>,
}

/// Rows `offset … offset + limit` of a list, by name; at most 500 at once.
#[derive(Debug, Deserialize, TS)]
pub struct ListWindow {
    pub list: Id,
    pub offset: u32,
    pub limit: u32,
}

#[derive(Debug, Serialize, TS)]
pub struct ListRows {
    pub count: u32,
    pub rows: Vec<OnList>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OnList {
    pub person: PersonPick,
    /// `YYYY-MM-DD`: when they were put on it; none on a list that follows a filter.
    pub on_day: Option<String>,
    pub why: Option<String>,
}

/// Some of those on a list.
#[derive(Debug, Deserialize, TS)]
pub struct SomeOnList {
    pub list: Id,
    /// At most 500 are answered.
    pub people: Vec<Id>,
}

/// Since when somebody is on a list, and why.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlaceOnList {
    pub person: Id,
    /// `YYYY-MM-DD`
    pub on_day: String,
    pub why: Option<String>,
}

/// A list somebody is on.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListOfPerson {
    pub id: Id,
    pub name: String,
    /// It follows a filter: nobody is put on it or taken off it by hand.
    pub live: bool,
    pub on_day: Option<String>,
    pub why: Option<String>,
}

/// Every list by name, with how many people are on it now.
pub fn list(tx: &Tx, _: Empty) -> Result<Vec<List>> {
    let rows: Vec<ListRow> = tx.find("WHERE deleted_at IS NULL ORDER BY rid", [])?;
    let counts = counts(tx)?;
    let mut lists = rows.into_iter().map(|row| shown(tx, row, &counts)).collect::<Result<Vec<_>>>()?;
    lists.sort_by_cached_key(|list| crate::normal::fold(&list.name));
    Ok(lists)
}

/// Makes a list, of whoever a filter finds, or an empty one that people are put on.
///
/// # Errors
/// `invalid` under `name` when there is one of that name, under `filter` for a filter that cannot be read.
pub fn create(tx: &mut Tx, input: NewList) -> Result<ListRow> {
    let filter = input.filter.map(|filter| crate::filter::kept(tx, &filter)).transpose()?;
    let row = made(tx, &input.name, filter, text(input.note))?;
    tx.about(Subject::Row("lists", row.id), None, None)?;
    Ok(row)
}

/// # Errors
/// As [`create`]; `invalid` under `filter` for a list of people who were put on it.
pub fn edit(tx: &mut Tx, input: EditList) -> Result<ListRow> {
    let mut row: ListRow = tx.get(input.id)?;
    if let Some(name) = input.name {
        row.name = name.trim().to_owned();
        unlike(tx, &row)?;
    }
    if let Some(filter) = input.filter {
        if row.filter.is_none() {
            return invalid(
                "filter",
                format!("“{}” holds the people you put on it. Make another list for a filter.", row.name),
            );
        }
        row.filter = Some(crate::filter::kept(tx, &filter)?);
    }
    if input.note.is_some() {
        row.note = text(input.note);
    }
    tx.put(&row)?;
    tx.about(Subject::Row("lists", row.id), None, None)?;
    Ok(row)
}

pub fn trash(tx: &mut Tx, input: ListId) -> Result<Empty> {
    tx.trash::<ListRow>(input.id)?;
    tx.about(Subject::Row("lists", input.id), None, None)?;
    Ok(Empty {})
}

/// Puts people on a list. Whoever is on it already stays as they are, with when and why.
///
/// # Errors
/// `invalid` under `people` when nobody is named, under `list` for a list that follows a filter.
pub fn add(tx: &mut Tx, input: AddToList) -> Result<AddedToList> {
    let people = people::roots(tx, &input.people)?;
    if people.is_empty() {
        return invalid("people", "Choose somebody first.");
    }
    let list = match (input.list, input.name) {
        (Some(id), _) => tx.get::<ListRow>(id)?,
        (None, Some(name)) => match named(tx, &name)? {
            Some(known) => known,
            None => made(tx, &name, None, None)?,
        },
        (None, None) => return invalid("list", "Choose a list, or name a new one."),
    };
    by_hand(&list)?;
    let (why, on_day) = (text(input.why), workspace::today(tx)?.to_string());
    let mut added = 0;
    for person in &people {
        if places(tx, list.id, *person)?.is_empty() {
            let id = pair(list.id, *person);
            tx.insert(&ListPerson {
                id,
                list_id: list.id,
                person_id: *person,
                why: why.clone(),
                on_day: on_day.clone(),
            })?;
            added += 1;
        }
    }
    tx.about(Subject::Row("lists", list.id), Some(added), None)?;
    Ok(AddedToList { list, added: added as u32, already: (people.len() - added) as u32 })
}

/// Takes people off a list; whoever is not on it is passed over. Returns how many were.
///
/// # Errors
/// `invalid` under `list` for a list that follows a filter.
pub fn remove(tx: &mut Tx, input: TakeOffList) -> Result<Count> {
    let list: ListRow = tx.get(input.list)?;
    by_hand(&list)?;
    let mut off = 0;
    for person in people::roots(tx, &input.people)? {
        let places = places(tx, list.id, person)?;
        off += usize::from(!places.is_empty());
        for place in places {
            tx.remove::<ListPerson>(place)?;
        }
    }
    tx.about(Subject::Row("lists", list.id), Some(off), None)?;
    Ok(Count { people: off as u32 })
}

/// The lists somebody is on, by name.
pub fn of_person(tx: &Tx, input: PersonId) -> Result<Vec<ListOfPerson>> {
    let person = people::root(tx, input.id)?;
    let mut lists = Vec::new();
    for list in tx.find::<ListRow>("WHERE deleted_at IS NULL ORDER BY rid", [])? {
        let place = match &list.filter {
            Some(filter) => match found(tx, filter) {
                Ok(found) => found.ids.contains(&person).then_some((None, None)),
                // It is said where the list is shown.
                Err(Error::Invalid { .. }) => None,
                Err(other) => return Err(other),
            },
            None => place(tx, list.id, person)?.map(|place| (Some(place.on_day), place.why)),
        };
        if let Some((on_day, why)) = place {
            lists.push(ListOfPerson { id: list.id, name: list.name, live: list.filter.is_some(), on_day, why });
        }
    }
    lists.sort_by_cached_key(|list| crate::normal::fold(&list.name));
    Ok(lists)
}

/// Who is on a list, by name, each with when and why.
///
/// # Errors
/// `invalid` under `filter` for a list whose filter cannot be read.
pub fn people(tx: &Tx, input: ListWindow) -> Result<ListRows> {
    let list: ListRow = tx.get(input.list)?;
    let ids = on(tx, &list)?;
    let from = (input.offset as usize).min(ids.len());
    let to = (from + input.limit.min(500) as usize).min(ids.len());
    let mut rows = Vec::with_capacity(to - from);
    for id in &ids[from..to] {
        let Some(person) = people::pick(tx, *id)? else { continue };
        let place = if list.filter.is_none() { place(tx, list.id, *id)? } else { None };
        let (on_day, why) = place.map_or((None, None), |place| (Some(place.on_day), place.why));
        rows.push(OnList { person, on_day, why });
    }
    Ok(ListRows { count: ids.len() as u32, rows })
}

/// Since when those of some people who were put on a list are on it, and why.
pub fn why(tx: &Tx, input: SomeOnList) -> Result<Vec<PlaceOnList>> {
    let mut places = Vec::new();
    for id in input.people.iter().take(500) {
        if let Some(place) = place(tx, input.list, *id)? {
            places.push(PlaceOnList { person: *id, on_day: place.on_day, why: place.why });
        }
    }
    Ok(places)
}

/// Everybody on a list, by name, each once.
///
/// # Errors
/// `invalid` under `filter` when its filter cannot be read.
pub fn on(tx: &Tx, list: &ListRow) -> Result<Arc<Vec<Id>>> {
    let Some(filter) = &list.filter else {
        return tx.cached(&format!("on list {}", list.id), || {
            tx.column(
                "SELECT s.person FROM (SELECT DISTINCT p.root FROM list_people l JOIN people p ON p.id = l.person_id
                   WHERE l.list_id = ?1 AND p.deleted_at IS NULL) r
                 JOIN person_state s ON s.person = r.root ORDER BY s.sort_name, s.person",
                [list.id],
            )
        });
    };
    let found = found(tx, filter)?;
    // A filter speaks of days: tomorrow it may find others.
    tx.cached(&format!("on list {} on {}", list.id, workspace::today(tx)?), || Ok(found.ids.clone()))
}

/// The living list of that name.
pub fn named(tx: &Tx, name: &str) -> Result<Option<ListRow>> {
    let folded = crate::normal::fold(name.trim());
    let lists: Vec<ListRow> = tx.find("WHERE deleted_at IS NULL ORDER BY rid", [])?;
    Ok(lists.into_iter().find(|list| crate::normal::fold(&list.name) == folded))
}

/// How many people a filter finds, or why it cannot be read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub count: Option<u32>,
    pub problem: Option<String>,
}

impl Found {
    fn of(tx: &Tx, filter: &str) -> Result<Found> {
        match found(tx, filter) {
            Ok(found) => Ok(Found { count: Some(found.ids.len() as u32), problem: None }),
            Err(Error::Invalid { message, .. }) => Ok(Found { count: None, problem: Some(message) }),
            Err(other) => Err(other),
        }
    }
}

/// What the filters of all views and lists find now, by their text. The sidebar asks after every change.
pub(crate) fn counts(tx: &Tx) -> Result<Arc<HashMap<String, Found>>> {
    let today = workspace::today(tx)?;
    tx.cached(&format!("counts of views and lists {today}"), || {
        let filters: Vec<String> = tx.column(
            "SELECT filter FROM views WHERE deleted_at IS NULL UNION
             SELECT filter FROM lists WHERE deleted_at IS NULL AND filter IS NOT NULL",
            [],
        )?;
        filters.into_iter().map(|filter| Ok((filter.clone(), Found::of(tx, &filter)?))).collect()
    })
}

/// Whom a filter finds, by name.
///
/// # Errors
/// `invalid` under `filter` when it cannot be read.
pub(crate) fn found(tx: &Tx, filter: &str) -> Result<Arc<people::Found>> {
    let filter = PeopleFilter { text: filter.to_owned(), ..PeopleFilter::default() };
    people::found(tx, &PeopleQuery { filter, ..PeopleQuery::default() })
}

fn made(tx: &mut Tx, name: &str, filter: Option<String>, note: Option<String>) -> Result<ListRow> {
    let row = ListRow { id: tx.new_id(), name: name.trim().to_owned(), filter, note };
    row.check()?;
    unlike(tx, &row)?;
    tx.insert(&row)?;
    Ok(row)
}

/// A list is asked for by its name.
fn unlike(tx: &Tx, row: &ListRow) -> Result<()> {
    let others: Vec<String> = tx.column("SELECT name FROM lists WHERE id <> ?1 AND deleted_at IS NULL", [row.id])?;
    name::unlike(&row.name, others.iter().map(String::as_str), "a list")
}

fn by_hand(list: &ListRow) -> Result<()> {
    if list.filter.is_some() {
        return invalid(
            "list",
            format!("“{}” holds whoever its filter finds. Change the filter, or choose another list.", list.name),
        );
    }
    Ok(())
}

/// The rows that put somebody on a list: one for each row that is them.
fn places(tx: &Tx, list: Id, person: Id) -> Result<Vec<Id>> {
    tx.column(
        "SELECT id FROM list_people WHERE list_id = ?1 AND person_id IN (SELECT id FROM people WHERE root = ?2 AND deleted_at IS NULL)",
        (list, person),
    )
}

/// How somebody came onto a list first.
fn place(tx: &Tx, list: Id, person: Id) -> Result<Option<ListPerson>> {
    tx.find_one(
        "WHERE list_id = ?1 AND person_id IN (SELECT id FROM people WHERE root = ?2 AND deleted_at IS NULL) ORDER BY on_day, rid LIMIT 1",
        (list, person),
    )
}

fn shown(tx: &Tx, row: ListRow, counts: &HashMap<String, Found>) -> Result<List> {
    let Found { count, problem } = match &row.filter {
        Some(filter) => counts.get(filter).cloned().unwrap_or_default(),
        None => Found { count: Some(on(tx, &row)?.len() as u32), problem: None },
    };
    Ok(List { id: row.id, name: row.name, filter: row.filter, note: row.note, count, problem })
}

fn pair(list: Id, person: Id) -> Id {
    Id::derived("list_people", &[&list.0, &person.0])
}
