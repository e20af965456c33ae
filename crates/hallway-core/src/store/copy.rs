//! A whole copy of a workspace, however busy it is: through SQLite, read back, and on the disk before it has its name.
use super::open;
use crate::error::{Error, Result};
use rusqlite::{Connection, OpenFlags};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

/// Writes what `conn` sees to `to`. A file that is there already is replaced in one step.
///
/// # Errors
/// `damaged` when the copy does not read back sound; whatever goes wrong, nothing half-written has the name `to`.
pub(crate) fn write_copy(conn: &Connection, to: &Path) -> Result<()> {
    let part = open::beside(to, "part");
    let outcome = write_part(conn, &part).and_then(|()| {
        fs::rename(&part, to).map_err(|source| failed(format!("{} could not be made", to.display()), source))
    });
    outcome.inspect_err(|_| remove_part(&part))?;
    sync_folder(to)
}

/// What is left of a copy that failed is of no use to anybody.
pub(super) fn remove_part(part: &Path) {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let _ = fs::remove_file(companion(part, ending));
    }
}

pub(super) fn write_part(conn: &Connection, part: &Path) -> Result<()> {
    // A part that an earlier attempt left is not written on to.
    remove_part(part);
    open::make_private(part)?;
    conn.backup("main", part, None::<fn(rusqlite::backup::Progress)>)?;
    let copy = Connection::open_with_flags(part, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // A copy is one file: without a log it can be read without leaving anything beside it.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    // Every page and every row. Whether the indexes say the same as the rows, which takes eight times as long, is for
    // `doctor` to find out: nothing is lost with an index.
    let verdict: String = copy.query_row("PRAGMA quick_check(1)", [], |r| r.get(0))?;
    if verdict != "ok" {
        return Err(Error::Damaged(verdict));
    }
    drop(copy);
    for ending in ["-wal", "-shm", "-journal"] {
        let _ = fs::remove_file(companion(part, ending));
    }
    File::open(part)
        .and_then(|file| file.sync_all())
        .map_err(|source| failed(format!("{} could not be written to the disk", part.display()), source))
}

/// `main.hallway` → `main.hallway-wal`, as SQLite names what stands beside a file.
pub(super) fn companion(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A new name is on the disk once its folder is.
pub(super) fn sync_folder(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[cfg(unix)]
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|source| failed(format!("{} could not be written to the disk", folder.display()), source))?;
    Ok(())
}

fn failed(context: impl Into<String>, source: std::io::Error) -> Error {
    Error::File { context: context.into(), source }
}
