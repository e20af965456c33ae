//! Backups as a person chooses among them: when each was made, what it holds, and what putting it back would change.
mod difference;

use crate::{
    erase,
    error::{Error, Result, invalid},
    numbers::plural,
    rpc::Empty,
    store::{About, Beside, Tx, backups, read_again, unexplained},
    time::Now,
};
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;

use backups::Kept;
pub use backups::Why;
pub use difference::{Difference, KindDifference, Named, difference};

/// An hour between two that nobody asked for, unless so much was done since.
const BETWEEN: i64 = 3_600_000;
const MUCH: i64 = 200;
const DAY: i64 = 24 * BETWEEN;
/// So many bytes are read for a list of backups, to say which of them are not as they were made: some tenths of a second.
/// Whatever lies beyond is read when it is needed.
const READ_FOR_A_LIST: u64 = 256 << 20;

#[derive(Debug, Clone, Serialize, TS)]
pub struct Backup {
    pub name: String,
    /// Instant, ms UTC.
    #[ts(type = "number")]
    pub at: i64,
    pub why: Why,
    #[ts(type = "number")]
    pub bytes: u64,
    /// What it holds; null when it cannot be read, or is damaged, and so not be put back.
    pub people: Option<u32>,
    pub touchpoints: Option<u32>,
    /// Its bytes are not those it was made with.
    pub damaged: bool,
}

#[derive(Debug, Deserialize, TS)]
pub struct BackupNamed {
    pub name: String,
}

/// Puts a backup in the place of the file at `path`, without whoever was erased since it was made. What stood there becomes
/// a backup itself; when it is too damaged for that, it is set aside whole, and its new name is returned.
///
/// # Errors
/// `busy` while anybody has the file open; `invalid` when the backup is damaged, `damaged` and the like when it cannot be
/// read. The file is then where it was.
pub fn restore(path: &Path, name: &str, now: Now) -> Result<Option<std::path::PathBuf>> {
    let made_at = backups::kept(path).into_iter().find(|kept| kept.name == name).map_or(now.0, |kept| kept.at);
    read_again();
    backups::restore(path, name, now, |part| erase::after_restore(path, part, made_at, now))
}

/// The backups of the file at `path`, newest first: also of one that cannot be opened.
pub fn at(path: &Path, now: Now) -> Vec<Backup> {
    let mut bytes = READ_FOR_A_LIST;
    backups::newest_first(path, now).into_iter().map(|kept| shown(kept, &mut bytes)).collect()
}

/// The newest backup that is as it was made and every page of which reads back: also of a file that cannot be opened.
pub fn newest_good_at(path: &Path, now: Now) -> Option<Backup> {
    newest_good(path, now).map(|kept| shown(kept, &mut 0))
}

/// The newest backup that is as it was made and every page of which reads back.
pub(crate) fn newest_good(path: &Path, now: Now) -> Option<Kept> {
    read_again();
    backups::newest_first(path, now).into_iter().find(|kept| backups::reads_back(&kept.path).is_ok())
}

/// A backup by its name.
///
/// # Errors
/// `invalid` for `name` when there is no such backup, or it is damaged.
fn good(path: &Path, name: &str) -> Result<Kept> {
    let Some(kept) = backups::kept(path).into_iter().find(|kept| kept.name == name) else {
        return invalid("name", "This backup is no longer there. Choose another one.");
    };
    read_again();
    backups::is_good(&kept)?;
    Ok(kept)
}

/// A backup by its name, once it is known that it can be put back: also of a file that cannot be opened.
///
/// # Errors
/// `invalid` for `name` when there is no such backup, when it is damaged, and when it cannot be read.
pub fn fit_at(path: &Path, name: &str) -> Result<Backup> {
    let kept = good(path, name)?;
    // As `restore` looks at what it is about to put in place.
    let why = match backups::opened(&kept.path).and_then(|copy| backups::is_sound(&copy)) {
        Ok(()) => return Ok(shown(kept, &mut 0)),
        Err(Error::Damaged(_)) => "it is damaged",
        Err(Error::ForeignFile(_)) => "it is no Hallway file any more",
        Err(Error::NewerFile { .. }) => "a newer Hallway wrote it. Update Hallway to read it, or choose another one",
        Err(Error::ReadOnly) => "it cannot be opened. Check its permissions",
        Err(error) => return Err(error),
    };
    invalid("name", format!("The backup {} cannot be put back: {why}. Nothing was changed.", kept.name))
}

/// Whether what stands at `path` could be read again if it became a backup, as far as its beginning tells. What is damaged is
/// set aside whole, and is none of this. Nothing is written.
///
/// # Errors
/// `newer_file` and `foreign_file` for a database that is not one of this Hallway's.
pub fn could_be_kept(path: &Path) -> Result<()> {
    // An empty file would be taken for a new one, and its log thrown away.
    if path.metadata().map_or(0, |file| file.len()) == 0 {
        return Ok(());
    }
    let beside = Beside::of(path);
    let opened = backups::opened(path).map(drop);
    beside.leave_nothing_new();
    match opened {
        Err(error @ (Error::NewerFile { .. } | Error::ForeignFile(_))) => Err(error),
        _ => Ok(()),
    }
}

fn shown(kept: Kept, may_read: &mut u64) -> Backup {
    let damaged = backups::is_as_it_was_made_within(&kept.path, may_read) == Some(false);
    // Why it cannot be read is said to whoever tries to put it back.
    let holds = backups::looked_at(&kept.path).ok().filter(|_| !damaged);
    Backup {
        bytes: kept.path.metadata().map_or(0, |file| file.len()),
        people: holds.map(|holds| holds.people),
        touchpoints: holds.map(|holds| holds.touchpoints),
        damaged,
        name: kept.name,
        at: kept.at,
        why: kept.why,
    }
}

pub fn list(tx: &Tx, _: Empty) -> Result<Vec<Backup>> {
    Ok(at(tx.store().path(), tx.now))
}

/// Makes one now; null when the newest holds everything there is.
pub fn make(tx: &Tx, _: Empty) -> Result<Option<Backup>> {
    made(tx, Why::Asked)
}

/// Makes the backup of this hour, if something has changed since the last one, or another one when much has, and lets go of
/// those that are too old.
///
/// # Errors
/// Whatever the disk says; then the person is told, until one is made.
pub fn keep(tx: &Tx, _: Empty) -> Result<Option<Backup>> {
    let kept = kept_this_hour(tx);
    let sentence = kept.as_ref().err().map(|error| {
        format!("The backup of this hour could not be made: {error} Until then a damaged file could not be put back as it is now.")
    });
    tx.store().tell(About::Backup, sentence);
    kept
}

fn kept_this_hour(tx: &Tx) -> Result<Option<Backup>> {
    tx.store().keeps_room();
    // A file that stays as large as it was is no reason to make no backup.
    let _ = tx.store().gives_back_what_is_much();
    backups::thin_out(tx.store().path(), tx.now)?;
    if let Some(newest) = backups::newest_first(tx.store().path(), tx.now).first()
        && (-BETWEEN..BETWEEN).contains(&tx.now.0.saturating_sub(newest.at))
        && backups::done_since(tx.sql(), &newest.path)? < MUCH
    {
        return Ok(None);
    }
    // What cannot be looked at is a reason more for a backup.
    let looked = look_for_damage(tx);
    let made = made(tx, Why::Hour)?;
    looked.map(|()| made)
}

/// Once a day, before the first backup of that day: says so when the file says something else than the newest backup
/// and nobody did that. The backups that are there are older than the damage, and stay.
fn look_for_damage(tx: &Tx) -> Result<()> {
    let Some(newest) = newest_good(tx.store().path(), tx.now) else { return Ok(()) };
    if tx.now.0.div_euclid(DAY) == newest.at.div_euclid(DAY) {
        return Ok(());
    }
    let rows = unexplained(tx, &newest.path)?;
    let sentence = format!(
        "{} in this file changed and nobody did that: the disk may be failing. Look at the file in the settings, and keep the backup of before.",
        plural(rows.len() as u64, "entry", "entries")
    );
    tx.store().tell(About::Damage, (!rows.is_empty()).then_some(sentence));
    Ok(())
}

pub(crate) fn made(tx: &Tx, why: Why) -> Result<Option<Backup>> {
    Ok(backups::make(tx.sql(), tx.store().path(), tx.now, why)?.map(|kept| shown(kept, &mut 0)))
}

#[cfg(test)]
mod tests;
