//! Lists of people: whoever a filter finds, or those who were put on it, each with when and why.
pub(crate) mod field;
mod found;
pub(crate) mod name;
mod places;
#[cfg(test)]
mod tests;

pub(crate) use found::{Found, counts, put_on};
pub use places::{
    AddToList, AddedToList, ListOfPerson, ListPerson, ListRows, ListWindow, OnList, PlaceOnList, SomeOnList,
    TakeOffList, add, of_person, on, people, remove, why,
};

use crate::{
    error::{Result, invalid},
    id::Id,
    people::text,
    record::Check,
    rpc::Empty,
    store::{Subject, Tx},
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
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

/// Every list by name, with how many people are on it now.
pub fn list(tx: &Tx, _: Empty) -> Result<Vec<List>> {
    let rows: Vec<ListRow> = tx.find("WHERE deleted_at IS NULL ORDER BY rid", [])?;
    let (finds, put_on) = (counts(tx)?, put_on(tx)?);
    let mut lists: Vec<List> = rows.into_iter().map(|row| shown(row, &finds, &put_on)).collect();
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

/// The living list of that name.
pub fn named(tx: &Tx, name: &str) -> Result<Option<ListRow>> {
    let folded = crate::normal::fold(name.trim());
    let lists: Vec<ListRow> = tx.find("WHERE deleted_at IS NULL ORDER BY rid", [])?;
    Ok(lists.into_iter().find(|list| crate::normal::fold(&list.name) == folded))
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

fn shown(row: ListRow, finds: &HashMap<String, Found>, put_on: &HashMap<Id, u32>) -> List {
    let Found { count, problem } = match &row.filter {
        Some(filter) => finds.get(filter).cloned().unwrap_or_default(),
        None => Found { count: Some(put_on.get(&row.id).copied().unwrap_or(0)), problem: None },
    };
    List { id: row.id, name: row.name, filter: row.filter, note: row.note, count, problem }
}
