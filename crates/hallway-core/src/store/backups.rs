//! Whole copies of the file in `backups/` beside it: made before something large happens and every hour in which
//! something changed, thinned out as they age, and put back when they are needed.
use super::{
    copy::{companion, remove_part, sync_folder, write_copy, write_part},
    digest,
    open::{self, APPLICATION_ID, SCHEMA_VERSION},
    space,
};
use crate::{
    error::{Error, Result, invalid},
    time::Now,
};
use chrono::{DateTime, NaiveDateTime};
use rusqlite::{Connection, OpenFlags};
use std::{
    collections::BTreeMap,
    fs::{self, TryLockError},
    path::{Path, PathBuf},
};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;
/// No backup is older, but for those of the newest days.
const OLDEST: i64 = 35 * DAY;
/// Of so many days, the newest on which a backup was made, one stays whatever its age: a clock that is wrong for a day must
/// not take them all.
const DAYS_THAT_STAY: usize = 3;
/// Of what the disk could hold beside everything else, backups together take one part in this many.
const SHARE: u64 = 4;
/// So many of the newest stay, whatever room they take.
const LEAST: usize = 3;
/// Room that is left for others, in bytes.
const MARGIN: u64 = 1 << 20;
const STAMP: &str = "%Y%m%dT%H%M%S%3f";

words! {
    /// Why a backup was made.
    pub enum Why { Hour = "hour", Import = "import", Format = "format", Restore = "restore", Asked = "asked", }
}

/// A backup as its name tells of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    pub name: String,
    pub path: PathBuf,
    /// When it was made, in milliseconds UTC.
    pub at: i64,
    pub why: Why,
}

/// What a file holds: enough to tell whether two of them are the same state of one history.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Holds {
    pub people: u32,
    pub touchpoints: u32,
    commits: i64,
    newest: (i64, i64),
}

/// The backups of the file at `path`, newest first. Files that are not named as ours are not touched.
pub fn kept(path: &Path) -> Vec<Kept> {
    let Ok(files) = fs::read_dir(folder_of(path)) else { return vec![] };
    let stem = stem_of(path);
    let mut kept: Vec<Kept> = files
        .flatten()
        .filter_map(|file| {
            let name = file.file_name().into_string().ok()?;
            let (at, why) = told_by(&name, &stem)?;
            Some(Kept { path: file.path(), at, why, name })
        })
        .collect();
    kept.sort_by(|one, other| other.at.cmp(&one.at).then_with(|| one.name.cmp(&other.name)));
    kept
}

/// The same, and behind them those of a time that is still to come, which a clock made that ran ahead: what they hold is
/// older than that.
pub(crate) fn newest_first(path: &Path, now: Now) -> Vec<Kept> {
    let (to_come, mut kept): (Vec<Kept>, Vec<Kept>) =
        kept(path).into_iter().partition(|backup| is_to_come(backup, now));
    kept.extend(to_come);
    kept
}

/// Clocks differ by a little.
fn is_to_come(backup: &Kept, now: Now) -> bool {
    backup.at.saturating_sub(now.0) > HOUR
}

/// When and why a backup was made, by its name.
fn told_by(name: &str, stem: &str) -> Option<(i64, Why)> {
    let (stamp, why) = name.strip_prefix(stem)?.strip_prefix('-')?.strip_suffix(".hallway")?.split_once("Z-")?;
    let at = NaiveDateTime::parse_from_str(stamp, STAMP).ok()?.and_utc().timestamp_millis();
    Some((at, Why::from_key(why)?))
}

/// Makes a backup of what `conn` sees, unless the newest one holds just that.
pub(crate) fn make(conn: &Connection, path: &Path, now: Now, why: Why) -> Result<Option<Kept>> {
    // What is about to be replaced is kept whatever it counts: it may be damaged where nobody counts.
    if why != Why::Restore
        && let Some(newest) = newest_first(path, now).first()
        && looked_at(&newest.path).is_ok_and(|copy| holds(conn).is_ok_and(|here| here == copy))
        && is_as_it_was_made(&newest.path) != Some(false)
    {
        // Whoever asks is told that all of it is safe: that a file counts the same does not say that it can be read.
        if why == Why::Asked {
            is_sound(conn)?;
        }
        return Ok(None);
    }
    let stamp = DateTime::from_timestamp_millis(now.0).unwrap_or_default().format(STAMP);
    let name = format!("{}-{stamp}Z-{}.hallway", stem_of(path), why.key());
    let target = folder_of(path).join(&name);
    make_room(conn, path)?;
    write(conn, &target)?;
    thin_out(path, now)?;
    Ok(Some(Kept { name, path: target, at: now.0, why }))
}

/// Whether every page can be read and fits the others, but for the indexes.
///
/// # Errors
/// `damaged` with what is wrong.
pub(crate) fn is_sound(conn: &Connection) -> Result<()> {
    let verdict: String = conn.query_row("PRAGMA quick_check(1)", [], |r| r.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(Error::Damaged(verdict)) }
}

/// Writes a backup. What its bytes are is written down beside it after it has its name: whatever interrupts this leaves a
/// backup of which nothing is said, and never one of which something else is said.
fn write(conn: &Connection, target: &Path) -> Result<()> {
    let part = open::beside(target, "part");
    let outcome = write_part(conn, &part).and_then(|()| digest::of(&part)).and_then(|digest| {
        digest::forget(target)?;
        fs::rename(&part, target).map_err(|e| failed(format!("{} could not be made", target.display()), e))?;
        Ok(digest)
    });
    let digest = outcome.inspect_err(|_| remove_part(&part))?;
    sync_folder(target)?;
    // A backup of which nothing is said is as good as one was before.
    if let Err(error) = digest::write(target, &digest) {
        eprintln!("hallway: {error}");
    }
    Ok(())
}

/// Whether a backup has the bytes it was made with; nothing when nobody wrote down what they were.
pub fn is_as_it_was_made(backup: &Path) -> Option<bool> {
    digest::fits(backup)
}

/// The same, unless more than so many bytes would have to be read for it.
pub(crate) fn is_as_it_was_made_within(backup: &Path, bytes: &mut u64) -> Option<bool> {
    digest::fits_within(backup, bytes)
}

/// Removes a backup that is let go of, and what is said of it.
fn let_go(backup: &Kept) -> Result<()> {
    fs::remove_file(&backup.path)
        .map_err(|e| failed(format!("The old backup {} could not be removed", backup.name), e))?;
    digest::forget(&backup.path)
}

/// What is said of backups that are gone, by an interruption or by somebody who tidied up, goes as well.
fn forget_those_gone(path: &Path) {
    let Ok(files) = fs::read_dir(folder_of(path)) else { return };
    for file in files.flatten() {
        if let Ok(name) = file.file_name().into_string()
            && let Some(backup) = digest::is_beside(&name)
            && told_by(backup, &stem_of(path)).is_some()
            && !folder_of(path).join(backup).exists()
        {
            let _ = fs::remove_file(file.path());
        }
    }
}

/// One an hour for a day, one a day for a week, one a week to 35 days; what was made before something large stays a week.
/// Of a time that is still to come one a day stays. One that is no longer as it was made takes no other's place.
pub(crate) fn thin_out(path: &Path, now: Now) -> Result<()> {
    let (mut slots, mut days) = (BTreeMap::new(), BTreeMap::new());
    for backup in newest_first(path, now) {
        let age = now.0 - backup.at;
        let day = backup.at.div_euclid(DAY);
        let slot = match (age, backup.why) {
            _ if is_to_come(&backup, now) => (1, day),
            (..=DAY, Why::Hour) => (0, backup.at.div_euclid(HOUR)),
            (..=WEEK, Why::Hour) => (1, day),
            (..=WEEK, _) => (2, backup.at),
            _ => (3, backup.at.div_euclid(WEEK)),
        };
        // To know what is damaged it has to be read: only where something would go for it.
        if age > OLDEST {
            days.retain(|_, holder: &mut Kept| !is_damaged(holder));
        }
        let stays = days.len() < DAYS_THAT_STAY && !days.contains_key(&day);
        if stays {
            days.insert(day, backup.clone());
        }
        let new = slots.get(&slot).is_none_or(is_damaged);
        if new {
            slots.insert(slot, backup.clone());
        }
        if !stays && (age > OLDEST || !new) {
            let_go(&backup)?;
        }
    }
    forget_those_gone(path);
    Ok(())
}

fn is_damaged(backup: &Kept) -> bool {
    is_as_it_was_made(&backup.path) == Some(false)
}

/// Lets go of backups that take more than their share of the disk, and makes sure that one more fits.
///
/// # Errors
/// `disk_full` when it does not; then none is let go of that need not be.
fn make_room(conn: &Connection, path: &Path) -> Result<()> {
    let size = |path: &Path| path.metadata().map_or(0, |file| file.len());
    let number = |pragma: &str| conn.query_row(&format!("PRAGMA {pragma}"), [], |r| r.get::<_, i64>(0));
    let Some(free) = space::free(path) else { return Ok(()) };
    let bytes = (number("page_count")? * number("page_size")?) as u64;
    let needed = bytes + MARGIN;
    let mut backups = kept(path);
    let mut taken: u64 = backups.iter().map(|backup| size(&backup.path)).sum();
    let share = (free + taken) / SHARE;
    let (mut free, before) = (free, free + taken);
    while (taken + bytes > share || free < needed) && backups.len() > LEAST {
        // What is damaged takes room for nothing. Of the others, only those are read that would stay whatever happens.
        let gone = backups.iter().take(LEAST).position(is_damaged).unwrap_or_else(|| missed_least(&backups));
        let gone = backups.remove(gone);
        let bytes = size(&gone.path);
        let_go(&gone)?;
        (taken, free) = (taken - bytes, (free + bytes).min(before));
    }
    if free < needed { Err(Error::NoRoom { needed, free }) } else { Ok(()) }
}

/// The one whose neighbours are nearest to each other for its age; never one of the newest.
fn missed_least(backups: &[Kept]) -> usize {
    let newest = backups[0].at;
    // In thousandths of its age: the gap that would be left.
    let gap = |n: usize| {
        let older = backups.get(n + 1).map_or(backups[n].at, |older| older.at);
        (backups[n - 1].at - older) * 1_000 / (newest - backups[n].at).max(1)
    };
    (LEAST..backups.len()).min_by_key(|n| gap(*n)).unwrap_or(backups.len() - 1)
}

/// What a backup holds.
///
/// # Errors
/// `damaged`, `foreign_file` or `newer_file` when it cannot be put back.
pub fn looked_at(path: &Path) -> Result<Holds> {
    holds(&opened(path)?)
}

/// Whether a backup has the bytes it was made with, and every page of it can be read and fits the others.
///
/// # Errors
/// As [`looked_at`].
pub(crate) fn reads_back(path: &Path) -> Result<()> {
    if is_as_it_was_made(path) == Some(false) {
        return Err(Error::Damaged("it is not as it was made".into()));
    }
    let verdict: String = opened(path)?.query_row("PRAGMA integrity_check(1)", [], |r| r.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(Error::Damaged(verdict)) }
}

pub(crate) fn opened(path: &Path) -> Result<Connection> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    is_ours(&conn, path)?;
    Ok(conn)
}

/// Whether this Hallway can read what is in a database.
fn is_ours(conn: &Connection, path: &Path) -> Result<()> {
    let number = |pragma: &str| conn.query_row(&format!("PRAGMA {pragma}"), [], |r| r.get::<_, i64>(0));
    if number("application_id")? != APPLICATION_ID {
        return Err(Error::ForeignFile(path.to_owned()));
    }
    let found = number("user_version")?;
    if found > SCHEMA_VERSION {
        return Err(Error::NewerFile { found, known: SCHEMA_VERSION });
    }
    Ok(())
}

/// How many operations a file has that a backup of it has not; none when the backup cannot tell.
pub(crate) fn done_since(conn: &Connection, backup: &Path) -> Result<i64> {
    let Ok(Holds { newest: (newest, _), .. }) = looked_at(backup) else { return Ok(0) };
    Ok(conn.query_row("SELECT count(*) FROM operations WHERE id > ?1", [newest], |r| r.get(0))?)
}

fn holds(conn: &Connection) -> Result<Holds> {
    let (people, touchpoints, commits) = conn
        .query_row("SELECT people, touchpoints, commits FROM tally", [], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    // A restored file counts on from where it was: the newest operation tells the two histories apart.
    let newest = conn.query_row(
        "SELECT coalesce(max(id), 0), coalesce((SELECT at FROM operations ORDER BY id DESC LIMIT 1), 0) FROM operations",
        [],
        |r| Ok((r.get(0)?, r.get(1)?)),
    )?;
    Ok(Holds { people, touchpoints, commits, newest })
}

/// # Errors
/// `invalid` when the backup has not the bytes it was made with.
pub(crate) fn is_good(backup: &Kept) -> Result<()> {
    if is_as_it_was_made(&backup.path) != Some(false) {
        return Ok(());
    }
    let name = &backup.name;
    invalid(
        "name",
        format!(
            "The backup {name} is damaged: it is not as it was made, and something in it is wrong. Nothing was changed. Choose another one; if there is no other, remove {} beside it, and it is taken as it is.",
            digest::beside(&backup.path).file_name().unwrap_or_default().display()
        ),
    )
}

/// Puts a backup in the place of the file at `path`. What stood there becomes a backup itself; when it is too damaged
/// for that, or not a file this Hallway can read, it is set aside whole, and its new name is returned. `prepare` gets the
/// copy that will stand there.
///
/// # Errors
/// `busy` while anybody has the file open; `damaged` and the like when the backup cannot be put back. The file is then
/// where it was.
pub fn restore(
    path: &Path,
    name: &str,
    now: Now,
    prepare: impl FnOnce(&Path) -> Result<()>,
) -> Result<Option<PathBuf>> {
    let Some(backup) = kept(path).into_iter().find(|backup| backup.name == name) else {
        return invalid("name", format!("There is no backup {name}. Choose another one."));
    };
    is_good(&backup)?;
    let lock = open::lock_file(path)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(Error::Busy),
        Err(TryLockError::Error(source)) => return Err(failed("The lock beside the file could not be taken", source)),
    }
    open::set_strangers_aside(path, now)?;
    let part = open::beside(path, "part");
    // Written and read back before anything is moved.
    let aside = write_part(&opened(&backup.path)?, &part).and_then(|()| prepare(&part)).and_then(|()| {
        match kept_as_it_is(path, now) {
            Ok(()) => Ok(None),
            // As a backup nobody here could read it, and it would be let go of in its time.
            Err(Error::Damaged(_) | Error::NewerFile { .. } | Error::ForeignFile(_)) => set_aside(path, now).map(Some),
            Err(Error::Sql(error)) if open::is_of_the_file(&error) => set_aside(path, now).map(Some),
            // A full disk, or one that does not answer, is no damage: nothing is moved.
            Err(error) => Err(error),
        }
    });
    let aside = aside.inspect_err(|_| remove_part(&part))?;
    // A log that came back after a power cut would be read as the log of the new file: the disk knows that it is gone, or
    // elsewhere, before it hears of the new file.
    sync_folder(path)?;
    fs::rename(&part, path).map_err(|source| failed(format!("{} could not be made", path.display()), source))?;
    sync_folder(path)?;
    Ok(aside)
}

/// Writes a backup anew, after something was done to a copy of it. `change` says whether there was anything to do; the
/// backup stays as it is otherwise.
pub(crate) fn anew(backup: &Path, change: impl FnOnce(&Path) -> Result<bool>) -> Result<bool> {
    let part = open::beside(backup, "anew");
    let outcome = write_part(&opened(backup)?, &part).and_then(|()| {
        let changed = change(&part)?;
        if changed {
            settle_part(&part)?;
            // What was damaged before is not made good by being written anew.
            if is_as_it_was_made(backup) == Some(false) {
                write_copy(&opened(&part)?, backup)?;
            } else {
                write(&opened(&part)?, backup)?;
            }
        }
        Ok(changed)
    });
    remove_part(&part);
    outcome
}

/// Makes a copy that was worked on one file again, on the disk.
pub(crate) fn settle_part(part: &Path) -> Result<()> {
    let copy = Connection::open_with_flags(part, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    is_sound(&copy)?;
    drop(copy);
    for ending in ["-wal", "-shm", "-journal"] {
        let _ = fs::remove_file(companion(part, ending));
    }
    fs::File::open(part)
        .and_then(|file| file.sync_all())
        .map_err(|source| failed(format!("{} could not be written to the disk", part.display()), source))
}

/// Removes what an interruption left beside a backup while it was made, or made anew.
pub(crate) fn remove_parts_of(backup: &Path) -> Result<()> {
    for ending in ["part", "anew"] {
        remove_part(&open::beside(backup, ending));
    }
    remove_part(&open::beside(&digest::beside(backup), "part"));
    Ok(())
}

/// Files beside the workspace that hold what was in it when they were set aside, by name.
pub(crate) fn set_aside_of(path: &Path) -> Vec<String> {
    let Some(Ok(files)) = path.parent().map(fs::read_dir) else { return vec![] };
    let (stem, name) = (stem_of(path), path.file_name().unwrap_or_default().to_string_lossy().into_owned());
    let ours = |file: &String| {
        let damaged = file.strip_prefix(&stem).is_some_and(|rest| rest.starts_with("-damaged-"));
        let stranger = file.strip_prefix(&name).and_then(|rest| rest.strip_prefix('.')).is_some_and(|rest| {
            rest.split_once('-').is_some_and(|(at, _)| !at.is_empty() && at.bytes().all(|b| b.is_ascii_digit()))
        });
        damaged || stranger
    };
    let mut aside: Vec<String> =
        files.flatten().filter_map(|file| file.file_name().into_string().ok()).filter(ours).collect();
    aside.sort();
    aside
}

/// Keeps the file as a backup, with everything in it that stood only in its log.
fn kept_as_it_is(path: &Path, now: Now) -> Result<()> {
    if !path.exists() {
        // A restore that was interrupted may have left a log without its file.
        return if open::has_log(path) { Err(Error::Damaged("only its log is here".into())) } else { Ok(()) };
    }
    if open::is_empty(path) {
        return Err(Error::Damaged("it is empty".into()));
    }
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    is_ours(&conn, path)?;
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    make(&conn, path, now, Why::Restore)?;
    // The last connection takes the log with it: it must not be read as the log of what comes in its place.
    conn.close().map_err(|(_, e)| e)?;
    if open::has_log(path) {
        return Err(Error::Damaged("its log could not be written into it".into()));
    }
    Ok(())
}

fn set_aside(path: &Path, now: Now) -> Result<PathBuf> {
    let stamp = DateTime::from_timestamp_millis(now.0).unwrap_or_default().format(STAMP);
    let aside = path.with_file_name(format!("{}-damaged-{stamp}Z.hallway", stem_of(path)));
    for ending in ["", "-wal", "-shm"] {
        match fs::rename(companion(path, ending), companion(&aside, ending)) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(failed(format!("{} could not be set aside", path.display()), source));
            }
            _ => {}
        }
    }
    Ok(aside)
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new(".")).join("backups")
}

fn stem_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn failed(context: impl Into<String>, source: std::io::Error) -> Error {
    Error::File { context: context.into(), source }
}
