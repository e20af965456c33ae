//! Room on the disk: a little is kept in reserve beside the file, so that what somebody types on a full disk can still be
//! kept, and so that they can tidy up. Backups never take more than their share.
use super::open;
use std::{
    fs::{self, File},
    io::Write,
    path::Path,
};

/// Enough for some dozens of things to be written down before the disk is truly full, as long as the log is taken in.
const RESERVE: u64 = 1 << 20;

/// Lays the reserve down if it is not there. Returns whether it is there now: on a full disk it is not.
pub(super) fn keep_reserve(path: &Path) -> bool {
    let reserve = open::beside(path, "reserve");
    if reserve.metadata().is_ok_and(|file| file.len() == RESERVE) {
        return true;
    }
    if free(path).is_some_and(|free| free < 2 * RESERVE) {
        return false;
    }
    // Nothing that a file system could leave out, as it may with zeros.
    let some: Vec<u8> = (0..RESERVE as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let made = open::private_file(&reserve).and_then(|mut file: File| {
        file.set_len(0)?;
        file.write_all(&some)?;
        file.sync_all()
    });
    if made.is_err() {
        let _ = fs::remove_file(&reserve);
    }
    made.is_ok()
}

/// Gives the reserve up. Returns whether there was one.
pub(super) fn give_up_reserve(path: &Path) -> bool {
    fs::remove_file(open::beside(path, "reserve")).is_ok()
}

/// Bytes that may still be written to the disk on which `path` stands; none when the system does not say.
pub(super) fn free(path: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let there = path.ancestors().find(|folder| folder.exists())?;
        let disk = rustix::fs::statvfs(there).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}
