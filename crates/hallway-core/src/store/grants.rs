//! What a dialog of the host chose, by a word that means nothing anywhere else.
use super::{Store, copy, held};
use crate::error::{Result, invalid};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// What a path was chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
}

/// A name, and bytes.
pub(super) type Text = (String, Arc<[u8]>);

impl Store {
    /// Lets the page use a path that a dialog of the host chose, by a word that means nothing anywhere else.
    pub fn grant(&self, path: PathBuf, access: Access) -> String {
        let word = held(&self.ids).next(0).to_string();
        held(&self.grants).insert(word.clone(), (path, access));
        word
    }
    /// As [`grant`](Store::grant), for a text that is read as if it were a file.
    pub(crate) fn grant_text(&self, name: &str, text: String) -> String {
        let word = held(&self.ids).next(0).to_string();
        let mut texts = held(&self.texts);
        // Only the newest is looked at: nobody pastes two tables at once.
        texts.clear();
        texts.insert(word.clone(), (name.to_owned(), text.into_bytes().into()));
        word
    }
    pub(crate) fn granted_text(&self, word: &str) -> Option<Text> {
        held(&self.texts).get(word).cloned()
    }
    /// The path behind a grant, or a sentence for `file`. A file that was chosen to be read is never written. The
    /// workspace is neither: to open and close it once more would also lose SQLite's locks on it.
    pub fn granted(&self, word: &str, access: Access) -> Result<PathBuf> {
        let path = match held(&self.grants).get(word) {
            Some((path, granted)) if *granted == access => path.clone(),
            _ => return invalid("file", "Choose the file again: this choice is no longer known."),
        };
        if self.is_ours(&path) {
            let message = format!("{} is the file Hallway is working in. Choose another one.", path.display());
            return invalid("file", message);
        }
        Ok(path)
    }

    /// The workspace, or what stands beside it, by whatever name.
    fn is_ours(&self, path: &Path) -> bool {
        let ours = ["", "-wal", "-shm", "-journal", ".lock", ".import", ".reserve"]
            .map(|ending| copy::companion(&self.path, ending));
        ours.iter().any(|own| path == own || same_file(path, own))
    }
}

/// Whether two names lead to one file, found out without opening it.
fn same_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let identity = |path: &Path| path.metadata().map(|file| (file.dev(), file.ino()));
        matches!((identity(one), identity(other)), (Ok(one), Ok(other)) if one == other)
    }
    #[cfg(not(unix))]
    {
        matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
    }
}
