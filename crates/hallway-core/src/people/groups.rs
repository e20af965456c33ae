//! A list under its headings: how many people stand under each, in the order of the list.
#[cfg(test)]
mod tests;

use super::{
    PeopleQuery, PeopleSort,
    index::{Group, PeopleIndex},
    list::{by_next, listed, next_days},
};
use crate::{error::Result, id::Id, journey::engine::Stage, store::Tx, workspace};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct PeopleAsked {
    pub query: PeopleQuery,
}

/// People who stand together in a list, since what it is sorted by says the same of them.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PeopleGroup {
    /// A stage's word, an organisation's name, a country as it is kept, a month such as `2026-05`, or the first letter of a
    /// name; none of whom nothing of the kind is known.
    pub key: Option<String>,
    pub count: u32,
}

/// The groups of a query, as its rows follow each other; together they are everybody it finds.
///
/// # Errors
/// `invalid` under `filter` when its filter cannot be read.
pub fn groups(tx: &Tx, input: PeopleAsked) -> Result<Vec<PeopleGroup>> {
    let query = &input.query;
    if query.sort == PeopleSort::Stage && query.filter.is_everybody() && !tx.derived_is_at_hand::<PeopleIndex>() {
        return by_stage(tx, query.descending);
    }
    let groups =
        tx.cached(&format!("groups {} {}", workspace::today(tx)?, serde_json::to_string(query)?), || made(tx, query))?;
    Ok(Arc::unwrap_or_clone(groups))
}

/// Told without the list in memory, which takes longer to make: a window opens with it.
fn by_stage(tx: &Tx, descending: bool) -> Result<Vec<PeopleGroup>> {
    let mut query =
        tx.sql().prepare_cached("SELECT stage, count(*) FROM person_state GROUP BY stage_rank ORDER BY stage_rank")?;
    let group = |r: &rusqlite::Row| {
        let stage: Option<Stage> = r.get(0)?;
        Ok(PeopleGroup { key: stage.map(|stage| stage.key().to_owned()), count: r.get(1)? })
    };
    let mut groups = query.query_map([], group)?.collect::<rusqlite::Result<Vec<_>>>()?;
    if descending {
        groups.reverse();
    }
    Ok(groups)
}

fn made(tx: &Tx, query: &PeopleQuery) -> Result<Vec<PeopleGroup>> {
    if query.sort == PeopleSort::Next {
        return by_month_of_next(tx, query);
    }
    let zone = workspace::zone(tx)?;
    let groups = listed(tx, query, |index, slots, _| index.groups(query.sort, &slots, zone))?;
    let mut spelled = tx.sql().prepare_cached("SELECT organisation FROM person_state WHERE person = ?1")?;
    let mut spell = |Group { key, first, count }| {
        let key = match key {
            // The list knows it folded: as whoever stands first has it.
            Some(folded) if query.sort == PeopleSort::Organisation => {
                let name: Option<Option<String>> = spelled.query_row([first], |r| r.get(0)).optional()?;
                Some(name.flatten().unwrap_or(folded))
            }
            key => key,
        };
        Ok(PeopleGroup { key, count })
    };
    groups.into_iter().map(&mut spell).collect()
}

/// By the month in which something comes back to them.
fn by_month_of_next(tx: &Tx, query: &PeopleQuery) -> Result<Vec<PeopleGroup>> {
    let days = next_days(tx)?;
    let mut ids: Vec<Id> = listed(tx, query, |index, slots, _| index.ids(&slots))?;
    by_next(&days, &mut ids, query.descending);
    let mut groups: Vec<PeopleGroup> = Vec::new();
    for id in ids {
        let month = days.get(&id).and_then(|day| day.get(..7));
        match groups.last_mut() {
            Some(last) if last.key.as_deref() == month => last.count += 1,
            _ => groups.push(PeopleGroup { key: month.map(str::to_owned), count: 1 }),
        }
    }
    Ok(groups)
}
