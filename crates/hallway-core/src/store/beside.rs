//! What stands beside a file, so that nothing new is left there by whoever only looked or was refused.
use super::{copy::companion, open};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What stands beside a file before it is opened, so that nothing else is left there when it is refused.
pub(crate) struct Beside {
    path: PathBuf,
    lock: bool,
    log: bool,
    index: bool,
}

impl Beside {
    pub fn of(path: &Path) -> Beside {
        let there = |path: PathBuf| path.exists();
        Beside {
            path: path.to_owned(),
            lock: there(open::beside(path, "lock")),
            log: there(companion(path, "-wal")),
            index: there(companion(path, "-shm")),
        }
    }

    /// Takes away what came since; whoever else has the file open needs it.
    pub fn leave_nothing_new(&self) {
        let name = open::beside(&self.path, "lock");
        // Where there is none nobody has the file open; this one keeps away whoever opens it now.
        let Ok(lock) = open::private_file(&name) else { return };
        if lock.try_lock().is_err() {
            return;
        }
        if !self.log && !open::has_log(&self.path) {
            let _ = fs::remove_file(companion(&self.path, "-wal"));
        }
        if !self.index {
            let _ = fs::remove_file(companion(&self.path, "-shm"));
        }
        if !self.lock {
            let _ = fs::remove_file(name);
        }
    }
}

/// Takes away what came beside a file that was only looked at, once it is closed.
pub(super) struct LeftAsItWas(pub Beside);

impl Drop for LeftAsItWas {
    fn drop(&mut self) {
        self.0.leave_nothing_new();
    }
}
