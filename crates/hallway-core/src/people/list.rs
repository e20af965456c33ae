//! The list of people: filtered, sorted, counted exactly, and handed out a window at a time.
use super::index::{Found, PeopleIndex};
use crate::{
    error::Result,
    filter::{self, Tree},
    id::Id,
    journey::engine::{Confidence, Presence, Stage},
    store::Tx,
    workspace,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use ts_rs::TS;

/// The rows that are read from the file itself while the list is not in memory yet.
const BEGINNING: u32 = 1_000;

words! {
    #[derive(Default)]
    pub enum PeopleSort {
        #[default]
        Name = "name",
        Organisation = "organisation",
        Stage = "stage",
        Country = "country",
        LastTouch = "last_touch",
        Added = "added",
        /// The next day on which something is to come back to them.
        Next = "next",
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, TS, Default)]
#[serde(deny_unknown_fields)]
pub struct PeopleFilter {
    /// A filter, as `filter.read` reads it: any substring of name, organisation, handle, address, city, country or tag, in
    /// any script, and fields such as `stage:learn`. What cannot be read is refused under `filter`.
    pub text: String,
    /// Filters that must hold as well. Each is read by itself, so that no bracket and no `or` of one reaches into another.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub also: Vec<String>,
    /// When nobody is spelled as it was typed, whoever comes close. The answer says so.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub forgiving: bool,
}

impl PeopleFilter {
    fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.text).chain(&self.also).map(String::as_str)
    }

    /// Whether it asks for nothing.
    pub(super) fn is_everybody(&self) -> bool {
        self.texts().all(|text| text.trim().is_empty())
    }

    /// All that must hold of whoever is found.
    ///
    /// # Errors
    /// `invalid` under `filter` with the sentence that says what would be understood.
    pub fn tree(&self, tx: &Tx) -> Result<Tree> {
        let of = self.texts().map(|text| filter::understood(tx, text)).collect::<Result<_>>()?;
        Ok(Tree::All { of }.plain())
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, TS, Default)]
pub struct PeopleQuery {
    pub filter: PeopleFilter,
    pub sort: PeopleSort,
    pub descending: bool,
}

impl PeopleQuery {
    /// In which order of the file nothing is asked for but everybody.
    fn everybody(&self) -> Option<InFile> {
        let all = self.filter.is_everybody();
        match (self.sort, self.descending) {
            (PeopleSort::Name, false) if all => Some(InFile::ByName),
            (PeopleSort::LastTouch, true) if all => Some(InFile::HeardFromLast),
            _ => None,
        }
    }
}

/// The orders that the file has ready: a terminal asks for the first, and a window opens with the second.
enum InFile {
    ByName,
    HeardFromLast,
}

/// Rows `offset … offset + limit` of a query; at most 500 at once.
#[derive(Debug, Deserialize, TS)]
pub struct PeopleWindow {
    pub query: PeopleQuery,
    pub offset: u32,
    pub limit: u32,
}

/// Those who stand from one place of a query to before another, counted from 0.
#[derive(Debug, Deserialize, TS)]
pub struct PeopleStretch {
    pub query: PeopleQuery,
    pub from: u32,
    pub to: u32,
}

#[derive(Debug, Serialize, TS)]
pub struct PeopleRows {
    /// People the query matches, exactly.
    pub count: u32,
    /// People in the file.
    pub total: u32,
    /// Nobody is spelled as it was typed; these come close.
    pub close: bool,
    pub rows: Vec<PersonRow>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonRow {
    pub id: Id,
    pub name: String,
    pub organisation: Option<String>,
    pub country: Option<String>,
    pub city: Option<String>,
    pub stage: Option<Stage>,
    pub confidence: Confidence,
    /// A suggested move waits to be accepted or taken back.
    pub stage_is_new: bool,
    pub presence: Presence,
    pub last_touch_on: Option<String>,
    pub last_kind: Option<String>,
    /// `YYYY-MM-DD`: when something is to come back to them next.
    pub next_on: Option<String>,
    /// Names, what they work with first.
    pub tags: Vec<String>,
    pub do_not_contact: bool,
    pub teammate: bool,
    pub added_at: i64,
}

#[derive(Debug, Deserialize, TS)]
pub struct PlaceOf {
    pub query: PeopleQuery,
    pub id: Id,
}

/// People somebody chose in a list, and what the list asks for.
#[derive(Debug, Deserialize, TS)]
pub struct Chosen {
    pub query: PeopleQuery,
    pub ids: Vec<Id>,
}

/// Where somebody stands in a list: "3 of 38", and who is before and after.
#[derive(Debug, Serialize, TS)]
pub struct Place {
    pub index: Option<u32>,
    pub count: u32,
    pub previous: Option<Id>,
    pub next: Option<Id>,
}

pub fn list(tx: &Tx, input: PeopleWindow) -> Result<PeopleRows> {
    let limit = input.limit.min(500);
    if let Some(order) = input.query.everybody()
        && input.offset < BEGINNING
        && !tx.derived_is_at_hand::<PeopleIndex>()
    {
        return beginning(tx, &order, input.offset, limit);
    }
    let found = found(tx, &input.query)?;
    let ids = &found.ids;
    let from = (input.offset as usize).min(ids.len());
    let to = (from + limit as usize).min(ids.len());
    let total = tx.derived(PeopleIndex::len)?;
    Ok(PeopleRows { count: ids.len() as u32, total: total as u32, close: found.close, rows: rows(tx, &ids[from..to])? })
}

/// The beginning of everybody, told without the list in memory, which takes longer to make than to read this far.
fn beginning(tx: &Tx, order: &InFile, offset: u32, limit: u32) -> Result<PeopleRows> {
    let total = tx.scalar("SELECT count(*) FROM person_state", [])?.unwrap_or(0);
    let ids: Vec<Id> = match order {
        InFile::ByName => {
            tx.column("SELECT person FROM person_state ORDER BY sort_name, person LIMIT ?1 OFFSET ?2", [limit, offset])?
        }
        InFile::HeardFromLast => heard_from_last(tx, offset, limit)?,
    };
    Ok(PeopleRows { count: total, total, close: false, rows: rows(tx, &ids)? })
}

/// Whom nobody was in touch with comes last, by name: asked for apart, both orders are those of the index.
fn heard_from_last(tx: &Tx, offset: u32, limit: u32) -> Result<Vec<Id>> {
    let mut ids: Vec<Id> = tx.column(
        "SELECT person FROM person_state WHERE last_touch_on IS NOT NULL ORDER BY last_touch_on DESC, sort_name, person LIMIT ?1 OFFSET ?2",
        [limit, offset],
    )?;
    let missing = limit - ids.len() as u32;
    if missing > 0 {
        let touched: u32 =
            tx.scalar("SELECT count(*) FROM person_state WHERE last_touch_on IS NOT NULL", [])?.unwrap_or(0);
        ids.extend(tx.column::<Id>(
            "SELECT person FROM person_state WHERE last_touch_on IS NULL ORDER BY sort_name, person LIMIT ?1 OFFSET ?2",
            [missing, offset.saturating_sub(touched)],
        )?);
    }
    Ok(ids)
}

fn rows(tx: &Tx, ids: &[Id]) -> Result<Vec<PersonRow>> {
    let mut row = tx.sql().prepare_cached(
        "SELECT s.person, s.name, s.organisation, s.country, s.city, s.stage, s.confidence, c.status IS 'suggested', s.presence, s.last_touch_on, s.last_kind, s.tags, s.do_not_contact, s.teammate, s.added_at,
           (SELECT min(o.shown_on) FROM open_followups o WHERE o.person = s.person)
         FROM person_state s LEFT JOIN stage_changes c ON c.id = s.moved WHERE s.person = ?1",
    )?;
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        rows.extend(row.query_map([id], person_row)?.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    Ok(rows)
}

/// Who stands from one place of a query to another, in its order: as many as there are, since ids are small.
///
/// # Errors
/// `invalid` under `filter` when its filter cannot be read.
pub fn ids(tx: &Tx, input: PeopleStretch) -> Result<Vec<Id>> {
    let ids = &found(tx, &input.query)?.ids;
    let to = (input.to as usize).min(ids.len());
    Ok(ids[(input.from as usize).min(to)..to].to_vec())
}

/// Which of those somebody chose a query still finds. Whoever was merged, moved to the trash or filtered away since is
/// left out, so that nothing is done to people who are not shown.
pub fn among(tx: &Tx, input: Chosen) -> Result<Vec<Id>> {
    let chosen: HashSet<Id> = input.ids.iter().copied().collect();
    let found = found(tx, &input.query)?;
    let shown: HashSet<Id> = found.ids.iter().copied().filter(|id| chosen.contains(id)).collect();
    Ok(input.ids.into_iter().filter(|id| shown.contains(id)).collect())
}

pub fn place(tx: &Tx, input: PlaceOf) -> Result<Place> {
    let ids = &found(tx, &input.query)?.ids;
    let id = super::root(tx, input.id).unwrap_or(input.id);
    let index = ids.iter().position(|other| *other == id);
    let at = |n: Option<usize>| n.and_then(|n| ids.get(n)).copied();
    Ok(Place {
        index: index.map(|n| n as u32),
        count: ids.len() as u32,
        previous: at(index.and_then(|n| n.checked_sub(1))),
        next: at(index.map(|n| n + 1)),
    })
}

/// Every person the query matches, in its order. Kept until the next change, so that scrolling asks only for rows.
pub fn found(tx: &Tx, query: &PeopleQuery) -> Result<Arc<Found>> {
    let today = workspace::today(tx)?;
    tx.cached_long(&format!("people {today} {}", serde_json::to_string(query)?), || {
        let mut found = listed(tx, query, |index, slots, close| Found { ids: index.ids(&slots), close })?;
        if query.sort == PeopleSort::Next {
            by_next(&next_days(tx)?, &mut found.ids, query.descending);
        }
        Ok(found)
    })
}

/// Asks the list with everybody the query matches, by their slots in its order, and whether they only come close. What
/// comes next is not known there: those who are sorted by it are in the order of names.
pub(super) fn listed<R>(
    tx: &Tx,
    query: &PeopleQuery,
    ask: impl FnOnce(&PeopleIndex, Vec<u32>, bool) -> R,
) -> Result<R> {
    let tree = query.filter.tree(tx)?;
    filter::whom(tx, &tree, query.filter.forgiving, |index, whom| {
        ask(index, index.in_order(query, &whom.set), whom.close)
    })
}

/// When something comes back to somebody next, for whoever waits for something.
pub(super) fn next_days(tx: &Tx) -> Result<HashMap<Id, String>> {
    let mut query = tx
        .sql()
        .prepare_cached("SELECT person, min(shown_on) FROM open_followups WHERE person IS NOT NULL GROUP BY person")?;
    Ok(query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

/// By the day on which something is to come back to them; whoever waits for nothing comes last either way. Those of one day
/// stay in the order they came in.
pub(super) fn by_next(days: &HashMap<Id, String>, ids: &mut [Id], descending: bool) {
    ids.sort_by(|a, b| match (days.get(a), days.get(b)) {
        (Some(a), Some(b)) if descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
}

fn person_row(r: &rusqlite::Row) -> rusqlite::Result<PersonRow> {
    let tags: Option<String> = r.get(11)?;
    Ok(PersonRow {
        id: r.get(0)?,
        name: r.get(1)?,
        organisation: r.get(2)?,
        country: r.get(3)?,
        city: r.get(4)?,
        stage: r.get(5)?,
        confidence: r.get(6)?,
        stage_is_new: r.get(7)?,
        presence: r.get(8)?,
        last_touch_on: r.get(9)?,
        last_kind: r.get(10)?,
        tags: tags.map(|t| t.split('\u{1f}').map(str::to_owned).collect()).unwrap_or_default(),
        do_not_contact: r.get(12)?,
        teammate: r.get(13)?,
        added_at: r.get(14)?,
        next_on: r.get(15)?,
    })
}
