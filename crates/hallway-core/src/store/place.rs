//! Whether the file that is open is still the one that has its name. Whoever moves it, deletes it or lays another one in
//! its place while it is open must not have the next write go to a file that nobody will find, or into a mixture of two.
use super::{data_version, held, open};
use crate::error::{Error, Result};
use rusqlite::{Connection, OptionalExtension};
use std::{
    fs::Metadata,
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
    time::{Duration, SystemTime},
};

/// Between the first page that a checkpoint writes and its last word there may be a slow disk: as long as a writer waits
/// for another one.
const LOOKS: u32 = 500;
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

pub(super) struct Place {
    path: PathBuf,
    identity: Identity,
    seen: Mutex<Seen>,
}

/// What one file has and no other on the same machine.
type Identity = (u64, u64);

/// What was true when this process last wrote, or looked.
#[derive(PartialEq, Clone, Copy)]
struct Seen {
    version: i64,
    /// Frames in the log, and those of them that are written into the file.
    log: (i64, i64),
    shape: (Option<SystemTime>, u64),
    /// The newest operation, by which another history is told from a longer one.
    newest: Option<(i64, i64)>,
}

impl Place {
    pub fn of(path: &Path, conn: &Connection) -> Result<Place> {
        let identity = identity(&found(path)?);
        Ok(Place { path: path.to_owned(), identity, seen: Mutex::new(seen(path, conn)?) })
    }

    /// Whether a connection that is opened by the name leads to the file that is open.
    pub fn is_here(&self) -> bool {
        self.at_its_name().is_ok()
    }

    /// # Errors
    /// `missing_file` and `replaced_file`: its name leads to nothing, or to another file.
    pub fn at_its_name(&self) -> Result<()> {
        if identity(&found(&self.path)?) == self.identity { Ok(()) } else { Err(Error::Replaced(self.path.clone())) }
    }

    /// # Errors
    /// `missing_file` and `replaced_file`: nothing may be written now.
    pub fn check(&self, conn: &Connection) -> Result<()> {
        let mut looks = 0;
        self.check_patiently(conn, || {
            thread::park_timeout(BETWEEN_LOOKS);
            looks += 1;
            looks < LOOKS
        })
    }

    /// As [`Place::check`]; `wait` lets a moment pass and says whether there is another one.
    fn check_patiently(&self, conn: &Connection, mut wait: impl FnMut() -> bool) -> Result<()> {
        let mut before = held(&self.seen);
        loop {
            self.at_its_name()?;
            if shape(&found(&self.path)?) == before.shape {
                return Ok(());
            }
            // SQLite writes into the file itself only when it takes in the log. Whatever else did is not SQLite.
            let now = seen(&self.path, conn)?;
            if (now.version, now.log) != (before.version, before.log) {
                if !self.knows(before.newest)? {
                    return Err(Error::Replaced(self.path.clone()));
                }
                *before = now;
                return Ok(());
            }
            // Another process may be in the middle of taking it in: it writes first and says so afterwards.
            if !wait() {
                return Err(Error::Replaced(self.path.clone()));
            }
        }
    }

    /// After a write of our own.
    ///
    /// # Errors
    /// As [`Place::check`]: what was written meanwhile is where nobody will find it.
    pub fn wrote(&self, conn: &Connection) -> Result<()> {
        self.at_its_name()?;
        *held(&self.seen) = seen(&self.path, conn)?;
        Ok(())
    }

    /// Whether the file, looked at afresh, has this operation.
    fn knows(&self, newest: Option<(i64, i64)>) -> Result<bool> {
        let Some((id, at)) = newest else { return Ok(true) };
        let asked = open::reader(&self.path).and_then(|fresh| {
            Ok(fresh.prepare("SELECT 1 FROM operations WHERE id = ?1 AND at = ?2")?.exists((id, at))?)
        });
        match asked {
            Ok(known) => Ok(known),
            Err(Error::Busy) => Err(Error::Busy),
            // It is no workspace any more.
            Err(_) => Ok(false),
        }
    }
}

fn found(path: &Path) -> Result<Metadata> {
    path.metadata().map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => Error::Gone(path.to_owned()),
        _ => Error::File { context: format!("{} could not be looked at", path.display()), source },
    })
}

/// The log first: whatever changes between the two is then taken for what it is, a change that SQLite made.
fn seen(path: &Path, conn: &Connection) -> Result<Seen> {
    Ok(Seen {
        version: data_version(conn)?,
        log: conn.query_row("PRAGMA wal_checkpoint(NOOP)", [], |r| Ok((r.get(1)?, r.get(2)?)))?,
        newest: conn
            .prepare_cached("SELECT id, at FROM operations ORDER BY id DESC LIMIT 1")?
            .query_row([], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()?,
        shape: shape(&found(path)?),
    })
}

fn shape(file: &Metadata) -> (Option<SystemTime>, u64) {
    (file.modified().ok(), file.len())
}

#[cfg(unix)]
fn identity(file: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (file.dev(), file.ino())
}

/// Elsewhere a file that is open cannot be replaced by its name.
#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {
    (0, 0)
}

#[cfg(test)]
mod tests {
    use crate::{dispatch, testing::Desk};
    use serde_json::json;
    use std::fs;

    const ADD: &str = "people.create";

    /// Everything can still be read, and saved elsewhere.
    fn can_be_saved(desk: &Desk, names: &[&str]) {
        assert_eq!(desk.names(), names);
        let copy = desk.store.path().with_file_name("saved.hallway");
        desk.call("workspace.copy", json!({ "file": desk.store.grant(copy.clone(), crate::Access::Write) }));
        let saved = crate::open(&copy, desk.now(), 3, "UTC").unwrap();
        let people = dispatch(&saved, desk.now(), "workspace.info", json!({})).unwrap().value["people"].clone();
        assert_eq!(people, names.len());
    }

    #[test]
    fn a_file_that_is_taken_away_is_not_written_and_can_be_saved_elsewhere() {
        let desk = Desk::new();
        desk.person("Ada");
        let (path, away) = (desk.store.path().to_owned(), desk.store.path().with_file_name("away.hallway"));
        fs::rename(&path, &away).unwrap();
        let refused = desk.refused(ADD, json!({ "displayName": "Bo" }));
        assert_eq!(refused.code, "missing_file");
        assert!(refused.message.contains("save a copy"), "{}", refused.message);
        can_be_saved(&desk, &["Ada"]);
        fs::rename(&away, &path).unwrap();
        desk.person("Bo");
        assert_eq!(desk.names(), ["Ada", "Bo"], "put back, all is well again");
    }

    #[test]
    fn looking_at_a_file_that_was_taken_away_says_so_and_does_not_wait_for_itself() {
        let desk = Desk::new();
        super::held(&desk.store.readers).clear();
        fs::rename(desk.store.path(), desk.store.path().with_file_name("away.hallway")).unwrap();
        assert_eq!(desk.refused("doctor.check", json!({})).code, "missing_file");
    }

    #[test]
    fn a_file_that_another_one_replaces_is_not_written_and_neither_is_the_other() {
        let desk = Desk::new();
        desk.person("Ada");
        let path = desk.store.path().to_owned();
        let other = Desk::new();
        other.person("Eve");
        let newer = path.with_file_name("other.hallway");
        other.call("workspace.copy", json!({ "file": other.store.grant(newer.clone(), crate::Access::Write) }));
        let bytes = fs::read(&newer).unwrap();
        fs::rename(&newer, &path).unwrap();
        let refused = desk.refused(ADD, json!({ "displayName": "Bo" }));
        assert_eq!(refused.code, "replaced_file");
        can_be_saved(&desk, &["Ada"]);
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }

    #[test]
    fn bytes_laid_over_the_open_file_are_noticed_before_the_next_write() {
        for with in ["an older state of it", "another workspace", "a letter"] {
            let desk = Desk::new();
            desk.person("Ada");
            let path = desk.store.path().to_owned();
            let copy = path.with_file_name("copy.hallway");
            let bytes = match with {
                "a letter" => b"Dear all, this is no database at all.".to_vec(),
                "another workspace" => {
                    let other = Desk::new();
                    other.person("Eve");
                    other.call(
                        "workspace.copy",
                        json!({ "file": other.store.grant(copy.clone(), crate::Access::Write) }),
                    );
                    fs::read(&copy).unwrap()
                }
                _ => {
                    desk.call(
                        "workspace.copy",
                        json!({ "file": desk.store.grant(copy.clone(), crate::Access::Write) }),
                    );
                    fs::read(&copy).unwrap()
                }
            };
            desk.person("Bo");
            fs::write(&path, &bytes).unwrap();
            let refused = desk.refused(ADD, json!({ "displayName": "Eve" }));
            assert_eq!(refused.code, "replaced_file", "{with}");
            assert_eq!(fs::read(&path).unwrap(), bytes, "{with}: not a byte of it has changed");
        }
    }

    #[test]
    fn another_process_that_takes_in_the_log_is_not_taken_for_a_stranger() {
        let desk = Desk::new();
        let (path, now) = (desk.store.path().to_owned(), desk.now());
        let other = crate::open(&path, now, 4, "UTC").unwrap();
        let inode = path.metadata().unwrap().modified().unwrap();
        for n in 0..600 {
            dispatch(&other, now, ADD, json!({ "displayName": format!("Person {n}"), "city": "x".repeat(3_000) }))
                .unwrap();
        }
        assert_ne!(path.metadata().unwrap().modified().unwrap(), inode, "the log was taken in");
        desk.person("Ada");
        drop(other);
        desk.person("Bo");
        desk.is_sound();
    }

    #[test]
    fn a_log_that_is_just_being_taken_in_is_waited_for() {
        let desk = Desk::new();
        let path = desk.store.path();
        desk.person("Ada");
        let conn = super::held(&desk.store.writer);
        let place = desk.store.place.as_ref().unwrap();
        // Its pages are written, and it has not yet said so.
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(file.metadata().unwrap().modified().unwrap() + super::BETWEEN_LOOKS).unwrap();
        let refused = place.check_patiently(&conn, || false).unwrap_err();
        assert_eq!(refused.code(), "replaced_file", "nobody says so in time");
        let mut looks = 0;
        let says_so = || {
            looks += 1;
            if looks == 2 {
                let other = rusqlite::Connection::open(path).unwrap();
                other.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).unwrap();
            }
            looks < 4
        };
        place.check_patiently(&conn, says_so).unwrap();
        assert_eq!(looks, 2);
    }
}
