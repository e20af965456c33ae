//! A file that is written whole or not at all.
use crate::error::{Error, Result};
use std::{
    fs::{self, File},
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// Writes a file whole or not at all: what stood there stays until everything new is on the disk.
pub(crate) fn written_whole<T>(path: &Path, write: impl FnOnce(&mut File) -> Result<T>) -> Result<T> {
    let (unfinished, done) = Unfinished::written(path, write)?;
    unfinished.takes_its_place()?;
    Ok(done)
}

/// A file that is on the disk beside the place it is meant for. Dropped, it is gone.
pub(super) struct Unfinished {
    beside: PathBuf,
    path: PathBuf,
    stands: Stands,
    /// Locked while they are at work here: nobody takes them for what a killed process left. A place that knows no locks
    /// keeps what one leaves.
    held: Vec<File>,
}

/// Where it stands.
#[derive(Clone, Copy, PartialEq)]
enum Stands {
    Beside,
    /// Where it belongs, for now. What stood there is beside it, if anything did.
    InPlace {
        of_another: bool,
    },
    ForGood,
}

impl Unfinished {
    pub fn written<T>(path: &Path, write: impl FnOnce(&mut File) -> Result<T>) -> Result<(Unfinished, T)> {
        let failed = |source| file_error(path, source);
        if path.is_dir() {
            return Err(failed(ErrorKind::IsADirectory.into()));
        }
        let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        clear_away(folder);
        // Another process may be writing a file of the same name.
        let mut number = 0;
        let (beside, mut file) = loop {
            let beside = folder.join(format!(".{name}.{number}{UNFINISHED}"));
            match File::create_new(&beside) {
                Ok(file) => break (beside, file),
                Err(e) if e.kind() == ErrorKind::AlreadyExists => number += 1,
                Err(source) => return Err(failed(source)),
            }
        };
        let _ = file.lock();
        let mut unfinished = Unfinished { beside, path: path.to_owned(), stands: Stands::Beside, held: vec![] };
        let done = write(&mut file)?;
        file.sync_all().map_err(failed)?;
        unfinished.held.push(file);
        Ok((unfinished, done))
    }

    /// Puts it where it belongs, in the place of what stood there.
    pub fn takes_its_place(mut self) -> Result<()> {
        fs::rename(&self.beside, &self.path).map_err(|source| file_error(&self.path, source))?;
        self.stands = Stands::ForGood;
        Ok(())
    }

    /// Puts it where it belongs, until it [`stays`](Unfinished::stays): dropped before that, what stood there comes back.
    pub fn takes_its_place_for_now(&mut self) -> Result<()> {
        let failed = |source| file_error(&self.path, source);
        let of_another = self.path.exists();
        if self.path.is_file()
            && let Ok(earlier) = File::open(&self.path)
        {
            let _ = earlier.try_lock();
            self.held.push(earlier);
        }
        if !of_another {
            fs::rename(&self.beside, &self.path).map_err(failed)?;
        } else if !change_places(&self.beside, &self.path) {
            // This disk knows no such thing: one after the other.
            let aside = PathBuf::from(format!("{}{EARLIER}", self.beside.display()));
            fs::rename(&self.path, &aside).map_err(failed)?;
            if let Err(source) = fs::rename(&self.beside, &self.path) {
                let _ = fs::rename(&aside, &self.path);
                return Err(failed(source));
            }
            self.beside = aside;
        }
        self.stands = Stands::InPlace { of_another };
        Ok(())
    }

    /// It stays where it is, and what stood there goes.
    pub fn stays(mut self) {
        if self.stands == (Stands::InPlace { of_another: true }) {
            let _ = fs::remove_file(&self.beside);
        }
        self.stands = Stands::ForGood;
    }
}

/// Lets two files change their names in one step. False where a disk cannot, and then nothing is changed.
fn change_places(one: &Path, other: &Path) -> bool {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
    }
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    {
        let _ = (one, other);
        false
    }
}

/// How the name of a file ends that is not in its place yet.
const UNFINISHED: &str = ".hallway-unfinished";

/// What follows then in the name of the file that stood in that place, and went aside for a moment.
const EARLIER: &str = ".earlier";

/// Removes what processes that were killed left in a folder: there are people in it, and nobody knows of it. What went aside
/// and nothing came in its place goes back.
fn clear_away(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(place) = name.to_str().and_then(|name| place_of(folder, name)) else { continue };
        let free = File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        let done = match place {
            _ if !free => continue,
            Place::Empty(path) => fs::rename(entry.path(), path),
            Place::Nowhere => fs::remove_file(entry.path()),
        };
        if let Err(e) = done {
            eprintln!("hallway: what was left of an export could not be cleared away: {e}");
        }
    }
}

/// Where something belongs that a killed process left.
enum Place {
    /// It stood there before, and nothing does now.
    Empty(PathBuf),
    Nowhere,
}

/// `None` for every other file.
fn place_of(folder: &Path, name: &str) -> Option<Place> {
    let whole = name.strip_prefix('.')?;
    let Some(whole) = whole.strip_suffix(EARLIER) else {
        return whole.ends_with(UNFINISHED).then_some(Place::Nowhere);
    };
    let (before, _number) = whole.strip_suffix(UNFINISHED)?.rsplit_once('.')?;
    let path = folder.join(before);
    Some(if path.exists() { Place::Nowhere } else { Place::Empty(path) })
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let gone = match self.stands {
            Stands::Beside => fs::remove_file(&self.beside),
            Stands::InPlace { of_another: true } => fs::rename(&self.beside, &self.path),
            Stands::InPlace { of_another: false } => fs::remove_file(&self.path),
            Stands::ForGood => return,
        };
        if let Err(e) = gone
            && e.kind() != ErrorKind::NotFound
        {
            eprintln!("hallway: an unfinished export could not be removed: {e}");
        }
    }
}

pub(crate) fn file_error(path: &Path, source: std::io::Error) -> Error {
    Error::File { context: format!("{} could not be written. Choose another place", path.display()), source }
}
