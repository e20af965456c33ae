//! Whom the filters of lists and views find now, and how many were put on the others.
use crate::{
    error::{Error, Result},
    filter,
    id::Id,
    people::{self, PeopleFilter, PeopleQuery},
    store::Tx,
    workspace,
};
use std::{collections::HashMap, sync::Arc};

/// How many people a filter finds, or why it cannot be read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub count: Option<u32>,
    pub problem: Option<String>,
}

impl Found {
    fn of(tx: &Tx, filter: &str) -> Result<Found> {
        match filter::understood(tx, filter).and_then(|tree| filter::count(tx, &tree)) {
            Ok(count) => Ok(Found { count: Some(count), problem: None }),
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
pub(super) fn found(tx: &Tx, filter: &str) -> Result<Arc<people::Found>> {
    let filter = PeopleFilter { text: filter.to_owned(), ..PeopleFilter::default() };
    people::found(tx, &PeopleQuery { filter, ..PeopleQuery::default() })
}

/// Whether a filter finds somebody.
///
/// # Errors
/// As [`found`].
pub(super) fn has(tx: &Tx, filter: &str, person: Id) -> Result<bool> {
    let tree = filter::understood(tx, filter)?;
    filter::whom(tx, &tree, false, |index, whom| {
        index.slot_of(person).is_some_and(|slot| whom.set.get(slot as usize).copied().unwrap_or(false))
    })
}

/// How many people were put on each list and are on it now; of a list that nobody is on, nothing.
pub(crate) fn put_on(tx: &Tx) -> Result<Arc<HashMap<Id, u32>>> {
    tx.cached("put on lists", || {
        let mut query = tx.sql().prepare_cached(
            "SELECT l.list_id, count(DISTINCT p.root) FROM list_people l JOIN people p ON p.id = l.person_id
             JOIN person_state s ON s.person = p.root WHERE p.deleted_at IS NULL GROUP BY l.list_id",
        )?;
        Ok(query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    })
}
