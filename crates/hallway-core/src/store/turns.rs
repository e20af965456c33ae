//! Whose turn it is to write.
use super::Store;
use crate::error::{Error, Result};
use rusqlite::Connection;
use std::{
    sync::{self, MutexGuard, atomic::Ordering},
    thread,
    time::Duration,
};

/// What a batch leaves to others before it begins, and how many such moments it waits for those that want to write.
const BETWEEN_BATCHES: Duration = Duration::from_millis(2);
const PATIENT_MOMENTS: u32 = 500;
/// As many such moments as whoever looks at the file waits for one who writes: half a minute.
const LONG_MOMENTS: u32 = 15_000;

impl Store {
    /// Leaves a moment to whoever waits to write, in this process and in any other.
    pub(super) fn lets_others_go_first(&self) {
        thread::park_timeout(BETWEEN_BATCHES);
        for _ in 0..PATIENT_MOMENTS {
            if self.waiting.load(Ordering::SeqCst) == 0 {
                break;
            }
            thread::park_timeout(BETWEEN_BATCHES);
        }
    }

    /// The writer, unless somebody keeps it.
    pub(super) fn writer_before_long(&self) -> Result<MutexGuard<'_, Connection>> {
        for _ in 0..LONG_MOMENTS {
            match self.writer.try_lock() {
                Ok(writer) => return Ok(writer),
                Err(sync::TryLockError::Poisoned(writer)) => return Ok(writer.into_inner()),
                Err(sync::TryLockError::WouldBlock) => thread::park_timeout(BETWEEN_BATCHES),
            }
        }
        Err(Error::Busy)
    }
}
