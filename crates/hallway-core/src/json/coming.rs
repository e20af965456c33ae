//! A file of everything, looked at and then brought in.
use super::{
    opened::Opened,
    plan::{DifferingRow, EntityCount, RefusedRow, plan},
    rows::JsonRows,
};
use crate::{
    error::{Error, Result},
    imports::{self, Brought, ImportRun, Opening, Request},
    store::{Done, Store, Tx},
    time::Now,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
    /// Of these: they would say what the file says once theirs is taken.
    pub replaced: u32,
    /// Rows that would take back that somebody asked not to be written to: that stays, also when theirs is taken.
    #[ts(optional, as = "Option<u32>")]
    pub noes: u32,
    /// Of those that differ: a text of theirs stays as it reads here, also when theirs is taken, since an erasure took words
    /// out of it.
    #[ts(optional, as = "Option<u32>")]
    pub reworded: u32,
    /// Of those that differ: the file says that somebody asked not to be written to, which is taken also when what is here
    /// is kept.
    #[ts(optional, as = "Option<u32>")]
    pub noes_taken: u32,
    /// Of those that differ: somebody opted out at the address that the file says, and it does not come in. It goes on the
    /// suppression list, whichever side is taken.
    #[ts(optional, as = "Option<u32>")]
    pub suppressed: u32,
    pub refused: u32,
    /// Rows that are left out because they, or whom they are about, were erased from here or elsewhere.
    pub erased: u32,
    /// Of these: people of whom nothing is here but that whoever had an address of theirs was erased, each with that reason;
    /// at most 200.
    pub left_out: Vec<RefusedRow>,
    /// At most 200, in the order of the entities.
    pub refusals: Vec<RefusedRow>,
    /// At most 200.
    pub differing: Vec<DifferingRow>,
    /// What the file says that means nothing here, and how often: "people.favouriteColour".
    pub unknown: Vec<(String, u32)>,
    /// Whether rows that differ are taken from the file, unless it is said otherwise: into a file without anybody they are.
    pub theirs: bool,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JsonDone {
    pub file_name: String,
    pub new: u32,
    /// Were here, and say now what the file says.
    pub changed: u32,
    /// Were here, said something else, and stayed as they were.
    pub kept: u32,
    /// Would have taken back that somebody asked not to be written to, which stays.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub noes: u32,
    /// A text of theirs stays as it reads here, since an erasure took words out of it.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub reworded: u32,
    /// Of those that changed: they say now that somebody asked not to be written to, and else what they said here.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub noes_taken: u32,
    /// Addresses at which somebody opted out in the file, which did not come in, and are on the suppression list now.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub suppressed: u32,
    pub same: u32,
    pub refused: u32,
    /// Were erased from here, or whoever they are about elsewhere, and are left out.
    #[serde(default)]
    pub erased: u32,
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
        // One that was taken back from what is taken, because of what became of others, is among those that differ no more.
        replaced: plan.replaced.min(sum(|count| count.differs)),
        noes: plan.noes,
        reworded: plan.reworded,
        noes_taken: plan.noes_taken,
        suppressed: plan.suppressed,
        refused: sum(|count| count.refused),
        file_name: file.name,
        hash: file.hash,
        erased: plan.erased,
        left_out: plan.left_out,
        entities: plan.counts.into_iter().filter(|count| count.rows > 0).collect(),
        refusals: plan.refused,
        differing: plan.differing,
        unknown,
        theirs,
    })
}

/// Begins to do what the preview said. `imports.step` goes on with it, and says how far it is.
///
/// # Errors
/// `invalid` for `file` when an import is under way or waits, or the file is not the one that was looked at.
pub fn begin(store: &Store, now: Now, input: JsonRequest) -> Result<Done<ImportRun>> {
    let value = imports::start(store, now, &input.file, |tx| {
        let file = Opened::open(tx, &input.file, input.hash.as_deref())?;
        let theirs = input.theirs.map_or_else(|| nobody_is_here(tx), Ok)?;
        let (name, hash) = (file.name.clone(), file.hash.clone());
        // What goes on later goes on with the same answer, whoever is here by then.
        let request = JsonRequest { hash: Some(hash.clone()), theirs: Some(theirs), ..input.clone() };
        let bringing = Box::new(JsonRows::new(tx, file, theirs)?);
        let done = JsonDone {
            file_name: name.clone(),
            refused: bringing.refused(),
            erased: bringing.erased(),
            ..JsonDone::default()
        };
        Ok(Opening { bringing, request: Request::Everything(request), name, hash, done: Brought::Everything(done) })
    })?;
    Ok(Done { value, changed: BTreeSet::new() })
}

/// All of it at once, for whoever need not see how far it is.
///
/// # Errors
/// As [`begin`], and whatever the disk says.
pub fn run(store: &Store, now: Now, input: JsonRequest) -> Result<Done<JsonDone>> {
    let begun = begin(store, now, input)?;
    match imports::through(store, now, begun)? {
        Done { value: Brought::Everything(value), changed } => Ok(Done { value, changed }),
        _ => Err(Error::NotFound("import")),
    }
}

fn nobody_is_here(tx: &Tx) -> Result<bool> {
    Ok(tx.scalar::<bool>("SELECT people + touchpoints = 0 FROM tally", [])?.unwrap_or(false))
}
