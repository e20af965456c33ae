//! What the bytes of a backup were when it was made, in a text beside it that `sha256sum -c` reads. A disk that turns a letter
//! into another one leaves every page in order, and no check of pages notices it.
use super::{
    copy::{remove_part, sync_folder},
    open,
};
use crate::error::{Error, Result};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{LazyLock, Mutex},
    time::SystemTime,
};

const ENDING: &str = "sha256";

/// Files that were read, as they were then: a list of backups does not read each of them whenever it is shown.
static READ: LazyLock<Mutex<HashMap<PathBuf, (Shape, String)>>> = LazyLock::new(Mutex::default);
type Shape = (Option<SystemTime>, u64);

/// `main-….hallway` → `main-….hallway.sha256`.
pub(super) fn beside(backup: &Path) -> PathBuf {
    open::beside(backup, ENDING)
}

/// The name of the backup of which a file of this name says something.
pub(super) fn is_beside(name: &str) -> Option<&str> {
    name.strip_suffix(ENDING)?.strip_suffix('.')
}

/// The digest of a file's bytes.
pub(super) fn of(path: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    File::open(path)
        .and_then(|mut file| io::copy(&mut file, &mut hash))
        .map_err(|source| failed(format!("{} could not be read", path.display()), source))?;
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Writes it beside the backup: it is on the disk before it has its name.
pub(super) fn write(backup: &Path, digest: &str) -> Result<()> {
    let to = beside(backup);
    let part = open::beside(&to, "part");
    let name = backup.file_name().unwrap_or_default().to_string_lossy();
    let written = fs::remove_file(&part).or_else(|e| if e.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(e) });
    let written = written.and_then(|()| open::private_file(&part)).and_then(|mut file| {
        // Two blanks, as `sha256sum` has it.
        file.write_all(format!("{digest}  {name}\n").as_bytes())?;
        file.sync_all()?;
        fs::rename(&part, &to)
    });
    match written {
        Ok(()) => {
            if let Some(shape) = shape_of(backup) {
                super::held(&READ).insert(backup.to_owned(), (shape, digest.to_owned()));
            }
            sync_folder(&to)
        }
        Err(source) => {
            remove_part(&part);
            Err(failed(format!("{} could not be written", to.display()), source))
        }
    }
}

/// Takes away what is said of a backup that will be another one, or none: the disk knows of it before that is so.
pub(super) fn forget(backup: &Path) -> Result<()> {
    match fs::remove_file(beside(backup)) {
        Ok(()) => sync_folder(backup),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(failed(format!("{} could not be removed", beside(backup).display()), source)),
    }
}

/// Whether a backup has the bytes it was made with; nothing when that is not written down, or cannot be told.
pub(super) fn fits(backup: &Path) -> Option<bool> {
    let mut all = u64::MAX;
    fits_within(backup, &mut all)
}

/// The same, unless more than so many bytes would have to be read for it; what was read is taken off.
pub(super) fn fits_within(backup: &Path, bytes: &mut u64) -> Option<bool> {
    let text = fs::read_to_string(beside(backup)).ok()?;
    let said = text.split_whitespace().next()?;
    if said.len() != 64 || !said.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let shape = shape_of(backup)?;
    let known = super::held(&READ).get(backup).filter(|(known, _)| *known == shape).map(|(_, digest)| digest.clone());
    let digest = match known {
        Some(digest) => digest,
        None => {
            *bytes = bytes.checked_sub(shape.1)?;
            let digest = of(backup).ok()?;
            super::held(&READ).insert(backup.to_owned(), (shape, digest.clone()));
            digest
        }
    };
    Some(digest.eq_ignore_ascii_case(said))
}

fn shape_of(path: &Path) -> Option<Shape> {
    let file = path.metadata().ok()?;
    Some((file.modified().ok(), file.len()))
}

/// Forgets what was read, so that whoever checks the file reads every backup again.
pub(crate) fn read_again() {
    super::held(&READ).clear();
}

fn failed(context: impl Into<String>, source: io::Error) -> Error {
    Error::File { context: context.into(), source }
}
