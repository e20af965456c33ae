//! Room on the disk: what nothing stands in any more is given back, a little at a time; a little is kept in reserve beside the file, so that what somebody types on a full disk can still be
//! kept, and so that they can tidy up. Backups never take more than their share.
use super::{About, Store, held, open};
use crate::error::Result;
use rusqlite::{Connection, TransactionBehavior};
use std::{
    fs::{self, File},
    io::Write,
    path::Path,
};

/// Enough for some dozens of things to be written down before the disk is truly full, as long as the log is taken in.
const RESERVE: u64 = 1 << 20;

/// How a file is told that its free pages are given back when it is asked to, some at a time.
pub(super) const GIVES_BACK: &str = "PRAGMA auto_vacuum = INCREMENTAL";
/// What that is called by whoever reads it.
const IN_PIECES: i64 = 2;
/// What is not worth giving back by itself: the next thing that is written takes it. In bytes, and as a part of the file.
const WORTH_IT: i64 = 8 << 20;
const PART: i64 = 4;
/// As much as is given back at once while nobody waits for it, in pages and in pieces.
const PIECE: u32 = 250;
const PIECES: u32 = 200;

impl Store {
    /// Gives back to the disk at most so many pages in which nothing stands any more. Whoever waits to write goes first.
    /// Returns whether there are more. What is in the file stays as it is, and nobody need be told.
    ///
    /// # Errors
    /// Whatever the disk says; then all of it is as it was.
    pub(crate) fn gives_back_some(&self, pages: u32) -> Result<bool> {
        self.lets_others_go_first();
        let mut conn = held(&self.writer);
        if self.looking() || number(&conn, "auto_vacuum")? != IN_PIECES || number(&conn, "freelist_count")? == 0 {
            return Ok(false);
        }
        self.is_in_place(&conn)?;
        let sql = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            // It gives back a page with each step.
            let mut giving = sql.prepare(&format!("PRAGMA incremental_vacuum({pages})"))?;
            let mut given = giving.query([])?;
            while given.next()?.is_some() {}
        }
        let more = number(&sql, "freelist_count")? > 0;
        sql.commit()?;
        if !more {
            // The file itself ends earlier once its log is taken in; whoever reads an older picture keeps it so long.
            conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
        }
        if let Some(place) = &self.place {
            place.wrote(&conn)?;
        }
        Ok(more)
    }

    /// Makes room on a full disk: takes the log in, whose room is then free again.
    pub(crate) fn takes_in_the_log(&self) {
        let writer = held(&self.writer);
        // Where even that finds no room everything stays as it was, and whoever tries again is told so.
        let _ = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        if let Some(place) = &self.place {
            let _ = place.wrote(&writer);
        }
    }
    /// Gives up the room that was kept for a full disk, for what somebody types.
    pub(crate) fn gives_up_its_reserve(&self) {
        if give_up_reserve(&self.path) {
            let sentence = "The disk is full. What you type is still saved, but not for long: free some space.";
            self.tell(About::Space, Some(sentence.into()));
        }
    }
    /// Whether the disk is full, and what is typed goes into the room that was kept for it.
    pub(crate) fn lives_on_its_reserve(&self) -> bool {
        held(&self.notices).contains_key(&About::Space)
    }
    /// Sees to it that there is room for what somebody types on a full disk.
    pub(crate) fn keeps_room(&self) {
        if !self.looking() && keep_reserve(&self.path) {
            self.tell(About::Space, None);
        }
    }

    /// Gives back what an interruption left, where it is much: asked now and then, when nobody waits for anything.
    pub(crate) fn gives_back_what_is_much(&self) -> Result<()> {
        let much = {
            let conn = held(&self.writer);
            let (free, all) = (number(&conn, "freelist_count")?, number(&conn, "page_count")?);
            free * number(&conn, "page_size")? >= WORTH_IT && free * PART >= all
        };
        for _ in 0..if much { PIECES } else { 0 } {
            if !self.gives_back_some(PIECE)? {
                break;
            }
        }
        Ok(())
    }
}

fn number(conn: &Connection, pragma: &str) -> Result<i64> {
    Ok(conn.query_row(&format!("PRAGMA {pragma}"), [], |r| r.get(0))?)
}

/// Lays the reserve down if it is not there. Returns whether it is there now: on a full disk it is not.
fn keep_reserve(path: &Path) -> bool {
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
fn give_up_reserve(path: &Path) -> bool {
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
