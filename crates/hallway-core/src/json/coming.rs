//! A file of everything, looked at and then brought in.
use super::{
    apply::Applying,
    opened::Opened,
    plan::{DifferingRow, EntityCount, RefusedRow, plan},
};
use crate::{
    error::Result,
    history,
    store::{Subject, Tx},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct JsonRequest {
    /// A grant of the host.
    pub file: String,
    /// Of the file that was looked at: another one is refused.
    pub hash: Option<String>,
    /// What becomes of rows that are here and say something else: true takes what the file says, false keeps what is
    /// here. Missing: as the preview suggests.
    pub theirs: Option<bool>,
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JsonPreview {
    pub file_name: String,
    /// SHA-256 of the file's bytes, to hand back when it is imported.
    pub hash: String,
    /// Every entity that has rows in the file.
    pub entities: Vec<EntityCount>,
    pub new: u32,
    pub same: u32,
    pub differs: u32,
    pub refused: u32,
    /// At most 200, in the order of the entities.
    pub refusals: Vec<RefusedRow>,
    /// At most 200.
    pub differing: Vec<DifferingRow>,
    /// What the file says that means nothing here, and how often: "people.favouriteColour".
    pub unknown: Vec<(String, u32)>,
    /// Whether rows that differ are taken from the file, unless it is said otherwise: into a file without anybody they are.
    pub theirs: bool,
}

#[derive(Debug, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JsonDone {
    pub file_name: String,
    pub new: u32,
    /// Were here, and say now what the file says.
    pub changed: u32,
    /// Were here, said something else, and stayed as they were.
    pub kept: u32,
    pub same: u32,
    pub refused: u32,
    /// New people among the new rows.
    pub people: u32,
    /// What to take back to undo it; null when nothing was written.
    #[ts(type = "number | null")]
    pub operation: Option<i64>,
}

/// Says what would become of every row. Writes nothing.
pub fn preview(tx: &Tx, input: JsonRequest) -> Result<JsonPreview> {
    let mut file = Opened::open(tx, &input.file, input.hash.as_deref())?;
    let theirs = input.theirs.map_or_else(|| nobody_is_here(tx), Ok)?;
    let plan = plan(tx, &mut file, theirs)?;
    let sum = |of: fn(&EntityCount) -> u32| plan.counts.iter().map(of).sum();
    let mut unknown: Vec<(String, u32)> =
        file.unknown.iter().map(|(name, rows)| (name.clone(), *rows as u32)).collect();
    unknown.extend(plan.unknown);
    Ok(JsonPreview {
        new: sum(|count| count.new),
        same: sum(|count| count.same),
        differs: sum(|count| count.differs),
        refused: sum(|count| count.refused),
        file_name: file.name,
        hash: file.hash,
        entities: plan.counts.into_iter().filter(|count| count.rows > 0).collect(),
        refusals: plan.refused,
        differing: plan.differing,
        unknown,
        theirs,
    })
}

/// Does what the preview said, as one operation.
pub fn run(tx: &mut Tx, input: JsonRequest) -> Result<JsonDone> {
    let mut file = Opened::open(tx, &input.file, input.hash.as_deref())?;
    let theirs = input.theirs.map_or_else(|| nobody_is_here(tx), Ok)?;
    let plan = plan(tx, &mut file, theirs)?;
    let mut applying = Applying::new(plan, theirs);
    // In one transaction, a slice after the other.
    while applying.slice(tx, &mut file, SLICE)? {}
    let mut done = applying.done;
    history::rules_of_everybody(tx)?;
    if done.new + done.changed > 0 {
        done.operation = Some(tx.operation()?);
        if let Some((table, id)) = applying.last {
            tx.about(Subject::Row(table, id), None, Some(&file.name))?;
        }
    }
    done.file_name = file.name;
    Ok(done)
}

/// As many rows as are written at a time.
const SLICE: u32 = 500;

fn nobody_is_here(tx: &Tx) -> Result<bool> {
    Ok(tx.scalar::<bool>("SELECT people + touchpoints = 0 FROM tally", [])?.unwrap_or(false))
}
