//! A lock beside the file, for what only one process may be at.
use super::{Store, open};
use crate::error::{Error, Result};
use std::{
    fs::{self, File, TryLockError},
    path::PathBuf,
};

/// A lock beside the file, held until this is dropped. The file of it goes then.
pub(crate) struct Alone {
    path: PathBuf,
    _file: File,
}

impl Drop for Alone {
    fn drop(&mut self) {
        // Whoever opened it meanwhile holds a lock on nothing; that two imports go on as one is refused by the file itself.
        let _ = fs::remove_file(&self.path);
    }
}

impl Store {
    /// A lock beside the file that only one process holds at a time; nothing when another one does.
    pub(crate) fn alone_at(&self, ending: &str) -> Result<Option<Alone>> {
        let path = open::beside(&self.path, ending);
        let file = open::private_beside(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Alone { path, _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => {
                Err(Error::File { context: format!("The lock {} could not be taken", path.display()), source })
            }
        }
    }
}
