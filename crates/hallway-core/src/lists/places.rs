//! Who is on a list: put there with when and why, or found by its filter.
use super::{
    ListRow,
    found::{found, has},
    made, named,
};
use crate::{
    error::{Error, Result, invalid},
    id::Id,
    people::{self, Count, PersonId, PersonPick, text},
    record::Check,
    store::{Subject, Tx},
    time, workspace,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

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

/// One of `list` and `name` is given: a name is a list of that name, made if there is none; with `newList` it has to be made.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields)]
pub struct AddToList {
    pub list: Option<Id>,
    pub name: Option<String>,
    pub people: Vec<Id>,
    pub why: Option<String>,
    /// A list of that name that is there already is not meant, and refused.
    pub new_list: Option<bool>,
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

/// Puts people on a list. Whoever is on it already stays as they are, with when and why.
///
/// # Errors
/// `invalid` under `people` when nobody is named, under `list` for a list that follows a filter, under `name` for a new one that
/// is called like another.
pub fn add(tx: &mut Tx, input: AddToList) -> Result<AddedToList> {
    let people = people::roots(tx, &input.people)?;
    if people.is_empty() {
        return invalid("people", "Choose somebody first.");
    }
    let list = match (input.list, input.name) {
        (Some(id), _) => tx.get::<ListRow>(id)?,
        (None, Some(name)) => match named(tx, &name)? {
            Some(known) if input.new_list != Some(true) => known,
            _ => made(tx, &name, None, None)?,
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
            Some(filter) => match has(tx, filter, person) {
                Ok(has) => has.then_some((None, None)),
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
        return tx.cached_long(&format!("on list {}", list.id), || {
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
    tx.cached_long(&format!("on list {} on {}", list.id, workspace::today(tx)?), || Ok(found.ids.clone()))
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

fn pair(list: Id, person: Id) -> Id {
    Id::derived("list_people", &[&list.0, &person.0])
}
