//! A workspace moved to another place.
use super::{
    copy::{companion, write_copy},
    open::{self, APPLICATION_ID},
};
use crate::error::{Error, Result, invalid};
use rusqlite::{Connection, OpenFlags};
use std::{
    fs::{self, TryLockError},
    path::{Path, PathBuf},
};

/// Moves the workspace at `from` to `to`, also to another disk. The copy is read back before the old file goes, so that
/// whatever interrupts this leaves at least one whole file, and never half a one under the new name.
///
/// # Errors
/// `busy` while anybody has it open, `invalid` for `file` where something stands in the way; the file is then where it was.
pub fn relocate(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        return invalid("file", format!("{} is there already. Choose another name or another folder.", to.display()));
    }
    let lock = open::lock_file(from)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(Error::Busy),
        Err(TryLockError::Error(source)) => return Err(failed("The lock beside the file could not be taken", source)),
    }
    let conn = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let application: i64 = conn.query_row("PRAGMA application_id", [], |r| r.get(0))?;
    if application != APPLICATION_ID {
        return Err(Error::ForeignFile(from.to_owned()));
    }
    // What stands only in the log is written into the file, which then lacks nothing, whatever becomes of the log.
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    write_copy(&conn, to)?;
    drop(conn);
    let gone = |path: PathBuf| match fs::remove_file(&path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(failed(format!("The file is in its new place, but {} could not be removed", path.display()), source))
        }
        _ => Ok(()),
    };
    // SQLite's companions go first: a log without its file means nothing, a file without its log may lack its end.
    for ending in ["-wal", "-shm"] {
        gone(companion(from, ending))?;
    }
    gone(from.to_owned())?;
    gone(open::beside(from, "reserve"))?;
    gone(open::beside(from, "lock"))
}

fn failed(context: impl Into<String>, source: std::io::Error) -> Error {
    Error::File { context: context.into(), source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Now, dispatch};
    use serde_json::json;

    fn open(path: &Path) -> crate::Store {
        crate::open(path, Now(1_779_364_800_000), 7, "UTC").expect("a workspace opens")
    }
    fn names(path: &Path) -> String {
        let store = open(path);
        let people = dispatch(&store, Now(1_779_364_900_000), "people.matching", json!({ "text": "a", "limit": 9 }));
        people.expect("people").value.to_string()
    }

    #[test]
    fn a_moved_file_has_everything_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("old/main.hallway"), folder.path().join("new/here/people.hallway"));
        let store = open(&from);
        dispatch(&store, Now(1_779_364_800_001), "people.create", json!({ "displayName": "Priya Nair" })).unwrap();
        assert_eq!(relocate(&from, &to).unwrap_err().code(), "busy", "somebody has it open");
        assert!(from.exists() && !to.exists());
        drop(store);
        let before = names(&from);
        relocate(&from, &to).unwrap();
        assert_eq!(names(&to), before);
        assert!(before.contains("Priya Nair"));
        let left =
            |folder: &Path| -> Vec<_> { fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name()).collect() };
        assert_eq!(left(from.parent().unwrap()), Vec::<std::ffi::OsString>::new());
    }

    #[test]
    fn nothing_that_stands_in_the_way_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("main.hallway"), folder.path().join("diary"));
        drop(open(&from));
        fs::write(&to, "Dear diary").unwrap();
        let refused = relocate(&from, &to).unwrap_err();
        assert!(refused.to_string().contains("Choose another name"));
        assert_eq!(fs::read_to_string(&to).unwrap(), "Dear diary");
        assert!(names(&from).starts_with('['));
    }

    #[test]
    fn a_file_that_is_no_workspace_is_not_moved() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("other.db"), folder.path().join("new.hallway"));
        Connection::open(&from).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
        assert_eq!(relocate(&from, &to).unwrap_err().code(), "foreign_file");
        assert!(from.exists() && !to.exists());
    }
}
