//! What would become of every row of a file. Nothing is written: what is known of the file's own rows stands in a
//! scratch database that is nobody's file, so that a large one needs no more memory than a small one.
mod chains;
mod differing;
mod gone;
mod heard;
mod opted_in;
mod planner;

pub(super) use differing::differences;

use planner::Planner;

use super::{entities::Entity, opened::Opened};
use crate::{
    error::Result,
    id::Id,
    imports::Differing,
    journey::{
        self,
        engine::{Config, Direction},
    },
    record::Record,
    store::Tx,
    touchpoints::{Touchpoint, TouchpointPerson},
    trust::Purpose,
    workspace,
};
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use ts_rs::TS;

/// The longest chain of rows of one entity that name each other, such as people who were merged into others.
const LONGEST_CHAIN: u32 = 64;

/// What is known of a row of the file that may be named by another.
const FROM_US: u32 = 1;
const LIVING: u32 = 2;
const HAS_PEOPLE: u32 = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    New,
    Same,
    Differs,
    /// It was erased from here, or whoever it is elsewhere, or it hangs on what was: it is left out.
    Erased,
}

/// The rows of one entity by what would become of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct EntityCount {
    /// `contactPoints`: as it stands in the file.
    pub name: String,
    pub rows: u32,
    pub new: u32,
    /// Here already, and the same.
    pub same: u32,
    /// Here already, and something else is said.
    pub differs: u32,
    pub refused: u32,
}

/// A row that is not taken, and why.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RefusedRow {
    /// `people[12].displayName`: where in the file it stands.
    pub path: String,
    pub line: u32,
    pub reason: String,
}

/// A row that is here and says something else than the file.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DifferingRow {
    pub path: String,
    /// Whom or what it is about.
    pub name: String,
    pub differs: Vec<Differing>,
    /// The fields of these that say what the file says once theirs is taken.
    pub replaced: Vec<String>,
    /// What of it stays also when theirs is taken, because somebody asked for it: in sentences.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stays: Option<String>,
}

pub(super) struct Plan {
    pub counts: Vec<EntityCount>,
    pub refused: Vec<RefusedRow>,
    pub differing: Vec<DifferingRow>,
    /// How many rows that are here would say something else once theirs is taken.
    pub replaced: u32,
    /// How many rows that are here would say a no of the file though what is here is kept.
    pub noes_taken: u32,
    /// How many rows say a no at an address that is not taken: it goes on the suppression list.
    pub suppressed: u32,
    /// How many rows would take back that somebody asked not to be written to, which stays.
    pub noes: u32,
    /// How many rows have a text that stays as an erasure left it.
    pub reworded: u32,
    /// How many rows are left out because they were erased from here, or whoever they are about elsewhere.
    pub erased: u32,
    /// Who is left out since they were erased elsewhere, at most 200.
    pub left_out: Vec<RefusedRow>,
    /// `people.favouriteColour`, and how many rows have it.
    pub unknown: BTreeMap<String, u32>,
    /// The rules of the journey that will be in force.
    pub rules: Config,
    scratch: Connection,
}

/// Looks at every row, in the order in which they can be written: whom a row names comes before it.
pub(super) fn plan(tx: &Tx, file: &mut Opened, theirs: bool) -> Result<Plan> {
    let scratch = Connection::open("")?;
    scratch.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
         CREATE TABLE known (entity INTEGER, id BLOB, row INTEGER, marks INTEGER, PRIMARY KEY (entity, id)) WITHOUT ROWID;
         CREATE TABLE refused (entity INTEGER, row INTEGER, PRIMARY KEY (entity, row)) WITHOUT ROWID;
         CREATE TABLE chained (entity INTEGER, id BLOB, row INTEGER, line INTEGER, onto BLOB, depth INTEGER, PRIMARY KEY (entity, id)) WITHOUT ROWID;
         CREATE INDEX chained_onto ON chained (entity, onto);
         CREATE TABLE opted_in (point BLOB, purpose TEXT, on_day TEXT, PRIMARY KEY (point, purpose)) WITHOUT ROWID;
         CREATE TABLE left_out (entity INTEGER, id BLOB, address TEXT, PRIMARY KEY (entity, id)) WITHOUT ROWID;
         CREATE TABLE parts (touchpoint BLOB, row INTEGER, offset INTEGER, length INTEGER, PRIMARY KEY (touchpoint, row)) WITHOUT ROWID;
         BEGIN;",
    )?;
    let rules = journey::config(tx)?;
    let mut planner = Planner {
        tx,
        theirs,
        today: workspace::today(tx)?,
        version: rules.0,
        fields: HashMap::new(),
        plan: Plan {
            counts: vec![],
            refused: vec![],
            differing: vec![],
            replaced: 0,
            noes_taken: 0,
            suppressed: 0,
            noes: 0,
            reworded: 0,
            erased: 0,
            left_out: vec![],
            unknown: BTreeMap::new(),
            rules: rules.1.clone(),
            scratch,
        },
    };
    let Opened { document, entities, order, source, .. } = file;
    planner.plan.counts =
        entities.iter().map(|entity| EntityCount { name: entity.name.clone(), ..EntityCount::default() }).collect();
    planner.hear_who_opted_in(document, entities, source.as_deref())?;
    planner.hear_who_was_erased(document, entities, source.as_deref())?;
    for n in order.iter().copied() {
        let entity = &entities[n];
        if let Some(list) = document.lists.iter().position(|list| list.name == entity.name) {
            document.rows(list, None, |raw| planner.look(entities, n, &raw, source.as_deref()).map(|()| true))?;
        }
        planner.settle_chains(entities, n)?;
        if entity.table.name == TouchpointPerson::TABLE.name {
            planner.refuse_deserted(entities)?;
        }
    }
    planner.plan.scratch.execute_batch("COMMIT")?;
    Ok(planner.plan)
}

impl Plan {
    pub fn is_refused(&self, entity: usize, row: u64) -> Result<bool> {
        Ok(self
            .scratch
            .prepare_cached("SELECT 1 FROM refused WHERE entity = ?1 AND row = ?2")?
            .exists((entity as i64, row as i64))?)
    }
    /// How many rows of the same entity must be written before this one.
    pub fn depth(&self, entity: usize, id: Id) -> Result<u32> {
        Ok(self
            .scratch
            .prepare_cached("SELECT depth FROM chained WHERE entity = ?1 AND id = ?2")?
            .query_row((entity as i64, id), |r| r.get(0))
            .optional()?
            .unwrap_or(0))
    }
    pub fn deepest(&self, entity: usize) -> Result<u32> {
        Ok(self.scratch.query_row(
            "SELECT coalesce(max(depth), 0) FROM chained WHERE entity = ?1",
            [entity as i64],
            |r| r.get(0),
        )?)
    }
    /// The rows that say who was at a touchpoint of the file, in their order.
    pub fn parts(&self, touchpoint: Id) -> Result<Vec<PartAt>> {
        Ok(self
            .scratch
            .prepare_cached("SELECT row, offset, length FROM parts WHERE touchpoint = ?1 ORDER BY row")?
            .query_map([touchpoint], PartAt::from_row)?
            .collect::<rusqlite::Result<_>>()?)
    }
    /// Some of the rows that say who was at a touchpoint which is here and not in the file, after the row `after`.
    pub fn parts_of_others(&self, touchpoints: usize, after: i64, most: u32) -> Result<Vec<PartAt>> {
        Ok(self
            .scratch
            .prepare_cached(
                "SELECT row, offset, length FROM parts p WHERE row > ?2
                   AND NOT EXISTS (SELECT 1 FROM known k WHERE k.entity = ?1 AND k.id = p.touchpoint) ORDER BY row LIMIT ?3",
            )?
            .query_map((touchpoints as i64, after, most), PartAt::from_row)?
            .collect::<rusqlite::Result<_>>()?)
    }
    /// The newest day on which the file says that somebody opted in at a contact point for a purpose, with what shows it.
    pub fn opted_in(&self, point: Id, purpose: Purpose) -> Result<Option<String>> {
        Ok(self
            .scratch
            .prepare_cached("SELECT on_day FROM opted_in WHERE point = ?1 AND purpose = ?2")?
            .query_row((point, purpose), |r| r.get(0))
            .optional()?)
    }
    /// Whether a row is left out since somebody was erased elsewhere, and at which address, if it is themselves.
    fn is_left_out(&self, entity: usize, id: Id) -> Result<Option<Option<String>>> {
        Ok(self
            .scratch
            .prepare_cached("SELECT address FROM left_out WHERE entity = ?1 AND id = ?2")?
            .query_row((entity as i64, id), |r| r.get(0))
            .optional()?)
    }
    /// How many rows the file has.
    pub fn rows(&self) -> u32 {
        self.counts.iter().map(|count| count.rows).sum()
    }
    fn known(&self, entity: usize, id: Id) -> Result<Option<u32>> {
        Ok(self
            .scratch
            .prepare_cached("SELECT marks FROM known WHERE entity = ?1 AND id = ?2")?
            .query_row((entity as i64, id), |r| r.get(0))
            .optional()?)
    }
}

/// Where a row stands in the file that says who was at a touchpoint.
pub(super) struct PartAt {
    pub row: i64,
    pub offset: u64,
    pub length: usize,
}

impl PartAt {
    fn from_row(r: &rusqlite::Row) -> rusqlite::Result<PartAt> {
        let (offset, length): (i64, i64) = (r.get(1)?, r.get(2)?);
        Ok(PartAt { row: r.get(0)?, offset: offset as u64, length: length as usize })
    }
}

/// A touchpoint goes the way its kind goes, unless it says otherwise.
pub(super) fn default_direction(
    entity: &Entity,
    config: &Config,
    given: &mut serde_json::Map<String, serde_json::Value>,
) {
    if entity.table.name != Touchpoint::TABLE.name || given.get("direction").is_some_and(|said| !said.is_null()) {
        return;
    }
    let kind = given.get("kind").and_then(|kind| config.kind(kind.as_str()?));
    // Of a kind that is none, the kind is what is wrong.
    let direction = kind.map_or(Direction::FromThem, |kind| kind.direction);
    given.insert("direction".to_owned(), direction.key().into());
}
