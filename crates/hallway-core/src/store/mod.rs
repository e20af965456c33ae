//! The file, and the one way to write it. Knows no feature.
mod alone;
mod arrive;
pub mod backups;
mod beside;
mod cached;
mod chain;
pub(crate) mod compare;
mod copy;
mod derived;
mod digest;
mod erase;
mod grants;
mod keep;
mod notices;
mod open;
mod pieces;
mod place;
mod relocate;
mod removal;
mod settle;
mod space;
mod turns;
mod tx;
mod unexplained;
mod words;

pub(crate) use alone::Alone;
pub(crate) use arrive::in_the_trash;
pub use arrive::{Standing, Times};
pub(crate) use beside::Beside;
pub(crate) use copy::write_copy;
pub use derived::Derived;
pub(crate) use digest::read_again;
#[cfg(test)]
pub(crate) use erase::OFF;
pub(crate) use erase::{Leaving, Protection, Reworded, keeps};
pub use grants::Access;
pub(crate) use notices::About;
pub use open::{APPLICATION_ID, SCHEMA_VERSION, migrations};
pub(crate) use pieces::Piece;
pub use relocate::relocate;
pub(crate) use removal::Removal;
pub use settle::Settled;
pub use tx::{Subject, Tx};
pub(crate) use unexplained::unexplained;

use crate::{
    error::{Error, Result},
    id::{Id, IdSource},
    record::Table,
    time::Now,
};
use rusqlite::{Connection, TransactionBehavior};
use std::{
    any::Any,
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    fs::File,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering},
    },
};

/// One open workspace: a writer, a few readers, and the lock that says this process is here.
pub struct Store {
    path: PathBuf,
    tables: &'static [Table],
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    /// The writer's last `data_version`: it moves only when somebody else commits.
    seen: Mutex<i64>,
    ids: Mutex<IdSource>,
    grants: Mutex<HashMap<String, (PathBuf, Access)>>,
    /// What was given as text and not as a file, such as rows from the clipboard: its name, and its bytes.
    texts: Mutex<HashMap<String, grants::Text>>,
    cached: Mutex<cached::Answers>,
    /// The long ones apart, so that a few of them are not as many as all others.
    long: Mutex<cached::Answers>,
    kept: derived::Kept,
    answers: Mutex<VecDeque<(String, Cached)>>,
    /// What goes on over many calls, such as an import: kept from one to the next.
    lasting: Mutex<Option<Cached>>,
    /// Writes that wait for their turn: what goes on by itself lets them go first.
    waiting: AtomicU32,
    revision: AtomicU64,
    /// The file is damaged or cannot be written to: it is shown as far as it can be.
    looking: AtomicBool,
    /// Where the file is that may be written; none for one that is only shown.
    place: Option<place::Place>,
    /// What the person should know although nobody asked, by what it is about.
    notices: Mutex<BTreeMap<About, String>>,
    /// There is something new in it.
    news: AtomicBool,
    /// Other processes see by it that somebody has this file open.
    lock: Option<File>,
    /// Of a file that is only shown. The last field: its connections are closed by then.
    left: Option<beside::LeftAsItWas>,
}

pub(crate) type Cached = Arc<dyn Any + Send + Sync>;
/// What a write did: its value, and the tables whose rows are different now.
#[derive(Debug)]
pub struct Done<T> {
    pub value: T,
    pub changed: BTreeSet<&'static str>,
}

/// How a write is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// An operation that can be taken back.
    Undoable,
    /// An operation in the history that undo passes over.
    Recorded,
}

const READERS_KEPT: usize = 3;
/// Derived results kept in memory, and those among them that are long, such as the ids of a list.
const CACHED_KEPT: usize = 96;
const LONG_KEPT: usize = 8;
/// Requests whose answers are remembered, for a window that asks again: far more than can be under way at once.
const ANSWERS_KEPT: usize = 64;

impl Store {
    /// Opens the workspace at `path`, making it if there is none and bringing an older one up to date.
    /// `tables` are the records the funnel may write; `seed` is what ids are made from.
    ///
    /// # Errors
    /// `newer_file`, `foreign_file`, `damaged`, `busy`, `read_only`: each leaves the file as it was.
    pub fn open(path: &Path, tables: &'static [Table], now: Now, seed: u128) -> Result<Store> {
        let (writer, lock) = open::open(path, now)?;
        Store::on(path, tables, seed, writer, lock, false)
    }

    /// Opens a workspace that is damaged or cannot be written to, to be looked at as far as it can be. Nothing is written,
    /// not even its log.
    ///
    /// # Errors
    /// As [`Store::open`]; `damaged` when nothing of it can be read.
    pub fn look(path: &Path, tables: &'static [Table], seed: u128) -> Result<Store> {
        let left = beside::LeftAsItWas(Beside::of(path));
        let conn = open::looker(path)?;
        let version: i64 = conn.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        if version != SCHEMA_VERSION {
            return Err(Error::Damaged("it says of itself that it is of another format".into()));
        }
        commit_of(&conn)?;
        let mut store = Store::on(path, tables, seed, conn, None, true)?;
        store.left = Some(left);
        Ok(store)
    }

    /// Opens a copy of a workspace that nobody else knows of, and brings it up to date. Nothing is made beside it but what
    /// SQLite needs.
    pub(crate) fn apart(path: &Path, tables: &'static [Table], seed: u128) -> Result<Store> {
        Store::on(path, tables, seed, open::apart(path)?, None, false)
    }

    /// Closes a file that turned out to be damaged, and writes nothing more to it.
    pub(crate) fn leave_as_it_is(self) {
        self.only_look();
    }

    /// From now on the file is only shown: it turned out to be damaged while it was open, and whatever is written to it
    /// may go where it cannot be read again.
    pub(crate) fn only_look(&self) {
        self.looking.store(true, Ordering::SeqCst);
    }

    fn on(
        path: &Path,
        tables: &'static [Table],
        seed: u128,
        writer: Connection,
        lock: Option<File>,
        looking: bool,
    ) -> Result<Store> {
        let seen = data_version(&writer)?;
        let place = if looking { None } else { Some(place::Place::of(path, &writer)?) };
        Ok(Store {
            path: path.to_owned(),
            tables,
            writer: Mutex::new(writer),
            readers: Mutex::default(),
            seen: Mutex::new(seen),
            ids: Mutex::new(IdSource::new(seed)),
            grants: Mutex::default(),
            texts: Mutex::default(),
            cached: Mutex::new(cached::Answers::at_most(CACHED_KEPT)),
            long: Mutex::new(cached::Answers::at_most(LONG_KEPT)),
            kept: derived::Kept::default(),
            answers: Mutex::default(),
            lasting: Mutex::default(),
            waiting: AtomicU32::new(0),
            revision: AtomicU64::new(1),
            looking: AtomicBool::new(looking),
            place,
            notices: Mutex::default(),
            news: AtomicBool::new(false),
            lock,
            left: None,
        })
    }

    /// Whether the file is damaged or cannot be written to, and only shown.
    pub fn looking(&self) -> bool {
        self.looking.load(Ordering::SeqCst)
    }
    pub fn path(&self) -> &Path {
        &self.path
    }
    pub fn tables(&self) -> &'static [Table] {
        self.tables
    }
    /// Rises with every change this process has seen.
    pub fn revision(&self) -> u64 {
        self.revision.load(Ordering::SeqCst)
    }

    /// Runs `f` on one unchanging picture of the file. Never waits for a writer.
    pub fn read<T>(&self, now: Now, f: impl FnOnce(&Tx) -> Result<T>) -> Result<T> {
        let kept = held(&self.readers).pop();
        let ask = |conn: &Connection| {
            let picture = rusqlite::Transaction::new_unchecked(conn, TransactionBehavior::Deferred)?;
            // The first question takes the picture, so the number is true of everything that is read after it.
            let commit = commit_of(&picture)?;
            f(&Tx::reading(self, &picture, now, commit))
        };
        let conn = match (kept, &self.place) {
            (Some(conn), _) => conn,
            // By its name another file would be found, or none: what is open is seen through what holds it open.
            (None, Some(place)) if !place.is_here() => return ask(&held(&self.writer)),
            (None, Some(_)) => open::reader(&self.path)?,
            (None, None) => open::looker(&self.path)?,
        };
        let outcome = ask(&conn);
        let mut readers = held(&self.readers);
        if readers.len() < READERS_KEPT {
            readers.push(conn);
        }
        outcome
    }

    /// Runs `f` in one transaction: all of it is kept, on disk, when this returns, or nothing is.
    pub fn write<T>(
        &self,
        command: &'static str,
        memory: Memory,
        now: Now,
        f: impl FnOnce(&mut Tx) -> Result<T>,
    ) -> Result<Done<T>> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let conn = held(&self.writer);
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        self.write_with(conn, None, command, memory, false, now, f)
    }

    /// Goes on with an operation that an earlier transaction began; without one it begins with the first row. Whoever
    /// waits to write goes first: in this process, and, in the moment it leaves, in any other.
    pub(crate) fn write_on<T>(
        &self,
        operation: Option<i64>,
        command: &'static str,
        now: Now,
        f: impl FnOnce(&mut Tx) -> Result<T>,
    ) -> Result<Done<T>> {
        self.lets_others_go_first();
        self.write_with(held(&self.writer), operation, command, Memory::Recorded, true, now, f)
    }

    /// The last batch of something that went on is in.
    pub(crate) fn batches_are_in(&self) {
        self.kept.batches_are_in();
        // What was answered meanwhile may lag behind the commit it was asked of.
        self.forget_answers();
    }

    fn forget_answers(&self) {
        held(&self.cached).clear();
        held(&self.long).clear();
    }

    #[allow(clippy::too_many_arguments)] // What tells one kind of write from the other.
    fn write_with<T>(
        &self,
        mut conn: MutexGuard<Connection>,
        operation: Option<i64>,
        command: &'static str,
        memory: Memory,
        batch: bool,
        now: Now,
        f: impl FnOnce(&mut Tx) -> Result<T>,
    ) -> Result<Done<T>> {
        if self.looking() {
            return Err(Error::Looking);
        }
        self.is_in_place(&conn)?;
        let sql = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let commit = commit_of(&sql)?;
        let mut tx = Tx::writing(self, &sql, now, command, memory, commit);
        tx.goes_on_with(operation);
        let value = f(&mut tx)?;
        words::index_what_is_due(&sql)?;
        let changed = tx.changed();
        if changed.is_empty() {
            sql.commit()?;
            return Ok(Done { value, changed });
        }
        let concerned = tx.everybody_concerned();
        sql.execute("UPDATE tally SET commits = ?1", [commit + 1])?;
        // Said before it is so: whoever sees the commit must find whom it concerned.
        if batch {
            self.kept.expect_batch(commit + 1, concerned.len());
        }
        self.kept.expect(commit + 1, concerned, changed.clone());
        if let Err(e) = sql.commit() {
            self.kept.expect_no_longer(commit + 1);
            return Err(e.into());
        }
        self.revision.fetch_add(1, Ordering::SeqCst);
        if let Some(place) = &self.place {
            place.wrote(&conn)?;
        }
        Ok(Done { value, changed })
    }

    fn is_in_place(&self, writer: &Connection) -> Result<()> {
        self.place.as_ref().map_or(Ok(()), |place| place.check(writer))
    }

    /// Whether another process has written since this was last asked. Meant to be asked twice a second.
    pub fn changed_elsewhere(&self) -> Result<bool> {
        // While a write of our own runs there is nothing to wait for: the next question will tell.
        let Ok(writer) = self.writer.try_lock() else { return Ok(false) };
        let moved_away = self.is_in_place(&writer).err();
        self.tell(About::Place, moved_away.filter(|e| e.code() != "busy").map(|e| e.to_string()));
        let news = self.news.swap(false, Ordering::SeqCst);
        let version = data_version(&writer)?;
        let moved = std::mem::replace(&mut *held(&self.seen), version) != version;
        if moved {
            // Another Hallway raises the number of its commit; any other program does not.
            self.kept.forget();
            self.forget_answers();
            self.revision.fetch_add(1, Ordering::SeqCst);
        }
        Ok(moved || news)
    }

    fn next_id(&self, now: Now) -> Id {
        held(&self.ids).next(now.0)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let looking = self.looking();
        // Whoever opens a damaged file next finds its log as it is; an empty one is only tidied away.
        if looking && (self.lock.is_none() || open::has_log(&self.path)) {
            return;
        }
        // Best effort: a file that was not optimised opens all the same. Of one that cannot be written to that was said.
        if !looking
            && let Err(e) = held(&self.writer).execute_batch("PRAGMA optimize").map_err(Error::from)
            && e.code() != "read_only"
        {
            eprintln!("hallway: could not optimise the file on closing: {e}");
        }
        held(&self.readers).clear();
        if let Some(lock) = &self.lock {
            open::let_go(&held(&self.writer), lock);
        }
    }
}

fn data_version(conn: &Connection) -> Result<i64> {
    Ok(conn.query_row("PRAGMA data_version", [], |r| r.get(0))?)
}

/// Which commit a transaction sees.
fn commit_of(conn: &Connection) -> Result<i64> {
    Ok(conn.prepare_cached("SELECT commits FROM tally")?.query_row([], |r| r.get(0))?)
}

/// A panic in one call must not lock everybody out: a transaction that was open has been rolled back.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
