//! Opening a workspace: one place, one order, and every refusal before the first byte is written.
use super::{
    backups,
    copy::{companion, sync_folder},
    space, words,
};
use crate::{
    error::{Error, Result},
    time::Now,
};
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior, config::DbConfig, limits::Limit};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

/// "HALW", in the header of every workspace.
pub const APPLICATION_ID: i64 = 0x4841_4C57;

/// How long somebody who holds the lock alone is waited for, and how often it is tried: five seconds, as for a write.
const PATIENCE: u32 = 250;
const MOMENT: Duration = Duration::from_millis(20);

/// The first SQLite without the WAL-reset bug.
const SQLITE_FLOOR: i32 = 3_051_003;

/// The migrations, oldest first. Append-only: a landed one never changes (a house test holds their hashes).
pub fn migrations() -> &'static [&'static str] {
    &[
        include_str!("../../migrations/0001_house.sql"),
        include_str!("../../migrations/0002_words.sql"),
        include_str!("../../migrations/0003_one_person.sql"),
        include_str!("../../migrations/0004_rules.sql"),
        include_str!("../../migrations/0005_search.sql"),
        include_str!("../../migrations/0006_imports.sql"),
        include_str!("../../migrations/0007_placed.sql"),
        include_str!("../../migrations/0008_ended.sql"),
        include_str!("../../migrations/0009_words_at_once.sql"),
        include_str!("../../migrations/0010_followups.sql"),
        include_str!("../../migrations/0011_captures.sql"),
        include_str!("../../migrations/0012_lists.sql"),
        include_str!("../../migrations/0013_trust.sql"),
        include_str!("../../migrations/0014_quick_days.sql"),
        include_str!("../../migrations/0015_exports.sql"),
        include_str!("../../migrations/0016_erased.sql"),
        include_str!("../../migrations/0017_postal_addresses.sql"),
    ]
}

/// The format this Hallway writes.
pub const SCHEMA_VERSION: i64 = 17;

pub(super) fn open(path: &Path, now: Now) -> Result<(Connection, Option<File>)> {
    assert!(rusqlite::version_number() >= SQLITE_FLOOR, "SQLite {} is too old", rusqlite::version());
    refuse_foreign(path)?;
    if !path.exists() && has_log(path) {
        // SQLite would begin a new file and throw the log away, which may be all that is left of the old one.
        return Err(Error::Damaged("its log is here, but the file itself is not".into()));
    }
    is_not_emptied(path)?;
    refuse_by_its_beginning(path)?;
    make_private(path)?;
    let lock = lock_file(path)?;
    // Whoever is alone with a log finds what somebody left who was stopped.
    let alone = lock.try_lock().is_ok();
    if alone {
        set_strangers_aside(path, now)?;
    }
    let stopped = alone && has_log(path);
    if alone {
        release(&lock)?;
    }
    shared(&lock)?;
    let mut conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    // What is refused below is left as it is, with its log.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let version: i64 = conn.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    let application: i64 = conn.query_row("PRAGMA application_id", [], |r| r.get(0))?;
    let empty: bool = conn.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |r| r.get(0))?;
    refuse_others(path, application, version, empty)?;
    if empty && application == 0 {
        // Room in which nothing stands any more can be given back piece by piece only by a file that was told so at its beginning.
        conn.execute_batch(space::GIVES_BACK)?;
    }
    if stopped {
        // A log that belongs to another file, or to another state of this one, has not been taken in yet, and is not.
        let verdict: String = conn.query_row("PRAGMA quick_check(1)", [], |r| r.get(0))?;
        if verdict != "ok" {
            return Err(Error::Damaged(format!("it and its log do not fit together ({verdict})")));
        }
    }
    settings_of_writer(&mut conn)?;
    if version < SCHEMA_VERSION {
        // Nobody else may have the file open while its shape changes.
        release(&lock)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::Busy),
            Err(TryLockError::Error(source)) => {
                return Err(Error::File { context: "The lock beside the file could not be taken".into(), source });
            }
        }
        if version > 0 {
            backups::make(&conn, path, now, backups::Why::Format)?;
        }
        migrate(&mut conn)?;
        release(&lock)?;
        shared(&lock)?;
    }
    words::index_what_was_left(&mut conn)?;
    Ok((conn, Some(lock)))
}

/// A copy of a workspace, brought up to date; nobody else knows of it.
pub(super) fn apart(path: &Path) -> Result<Connection> {
    let mut conn =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    settings_of_writer(&mut conn)?;
    migrate(&mut conn)?;
    words::index_what_was_left(&mut conn)?;
    Ok(conn)
}

fn release(lock: &File) -> Result<()> {
    lock.unlock()
        .map_err(|source| Error::File { context: "The lock beside the file could not be released".into(), source })
}

/// Moves what SQLite would write over the file although it comes from another one. Nobody else may have the file open.
///
/// A workspace has a log and never a journal: the one moment in which SQLite makes one, when a copy without a log is opened
/// for the first time, changes nothing that the journal would be needed for. And a log that goes on from this file knows
/// the newest thing that was done in it.
pub(super) fn set_strangers_aside(path: &Path, now: Now) -> Result<()> {
    let aside = |ending: &str| {
        let stranger = companion(path, ending);
        fs::rename(&stranger, beside(path, &format!("{}{ending}", now.0)))
            .map_err(|source| Error::File { context: format!("{} could not be set aside", stranger.display()), source })
    };
    if companion(path, "-journal").metadata().is_ok_and(|file| file.len() > 0) {
        aside("-journal")?;
        sync_folder(path)?;
    }
    if has_log(path)
        && let Ok(newest) = without_log(path)
        && !log_knows(path, newest)
    {
        aside("-wal")?;
        sync_folder(path)?;
    }
    Ok(())
}

/// The newest operation of a file that is sound by itself, without its log.
fn without_log(path: &Path) -> Result<(i64, i64)> {
    let conn = unchanging(path)?;
    let newest =
        conn.query_row("SELECT id, at FROM operations ORDER BY id DESC LIMIT 1", [], |r| Ok((r.get(0)?, r.get(1)?)))?;
    match conn.query_row("PRAGMA quick_check(1)", [], |r| r.get::<_, String>(0))?.as_str() {
        "ok" => Ok(newest),
        verdict => Err(Error::Damaged(verdict.to_owned())),
    }
}

/// Whether the file and its log together know an operation. Nothing is written; when it cannot be told they do.
fn log_knows(path: &Path, newest: (i64, i64)) -> bool {
    let asked = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .and_then(|conn| {
            conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
            conn.prepare("SELECT 1 FROM operations WHERE id = ?1 AND at = ?2")?.exists(newest)
        });
    match asked {
        Ok(known) => known,
        // Together they are no workspace, or no file at all.
        Err(error) => !is_of_the_file(&error),
    }
}

/// Whether an error says that the file cannot be understood. A disk that does not answer says nothing of the file. A
/// schema in which one letter is another is no damage to SQLite, but a statement it does not know.
pub(super) fn is_of_the_file(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::Unknown | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// A connection that can only look.
pub(super) fn reader(path: &Path) -> Result<Connection> {
    let mut conn =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    settings_of_all(&mut conn)?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

/// A connection to a file that is only shown: damaged, or where nothing can be written.
pub(super) fn looker(path: &Path) -> Result<Connection> {
    let usable = |mut conn: Connection| -> Result<Connection> {
        settings_of_all(&mut conn)?;
        conn.pragma_update(None, "query_only", true)?;
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(conn)
    };
    // SQLite takes an empty file for a new one, and throws the log beside it away.
    if is_empty(path) {
        return Err(Error::Damaged("it is empty".into()));
    }
    // With nothing beside it the file holds everything and nobody has it open: it is read without making anything there.
    if !["-journal", "-wal", "-shm"].iter().any(|ending| companion(path, ending).exists()) {
        return usable(unchanging(path)?);
    }
    // A journal beside it would be written over the file before the first page is read.
    if !companion(path, "-journal").exists() {
        match reader(path).and_then(usable) {
            Err(Error::ReadOnly) => {}
            answer => return answer,
        }
    }
    if has_log(path) {
        // What was done last stands in it, and it cannot be read without writing beside it.
        return Err(Error::ReadOnly);
    }
    usable(unchanging(path)?)
}

/// A connection that takes the file for one that nobody changes, and looks neither for a log nor for a journal.
fn unchanging(path: &Path) -> Result<Connection> {
    let mut name = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => name.push(char::from(*byte)),
            other => name += &format!("%{other:02X}"),
        }
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    Ok(Connection::open_with_flags(name + "?immutable=1", flags)?)
}

/// Whether there is a log beside the file with something in it.
pub(super) fn has_log(path: &Path) -> bool {
    companion(path, "-wal").metadata().is_ok_and(|log| log.len() > 0)
}

fn refuse_others(path: &Path, application: i64, version: i64, empty: bool) -> Result<()> {
    if application != APPLICATION_ID && !(empty && application == 0) {
        return Err(Error::ForeignFile(path.to_owned()));
    }
    if version > SCHEMA_VERSION {
        return Err(Error::NewerFile { found: version, known: SCHEMA_VERSION });
    }
    Ok(())
}

/// Refuses what says by itself that it is none of ours before anything stands beside it. What a log says comes later.
fn refuse_by_its_beginning(path: &Path) -> Result<()> {
    if !path.exists() || is_empty(path) || has_log(path) {
        return Ok(());
    }
    let asked = unchanging(path).and_then(|conn| {
        let number = |pragma: &str| conn.query_row(&format!("PRAGMA {pragma}"), [], |r| r.get::<_, i64>(0));
        let empty = conn.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |r| r.get(0))?;
        refuse_others(path, number("application_id")?, number("user_version")?, empty)
    });
    // Somebody began to write meanwhile: it is asked again with the log.
    if has_log(path) { Ok(()) } else { asked }
}

pub(super) fn is_empty(path: &Path) -> bool {
    path.metadata().is_ok_and(|file| file.is_file() && file.len() == 0)
}

/// A file without a byte is a new one only where nothing stands beside it that says that it was another. SQLite would throw
/// its log away unread.
fn is_not_emptied(path: &Path) -> Result<()> {
    let beside = if has_log(path) {
        "its log"
    } else if !backups::kept(path).is_empty() {
        "a backup of it"
    } else {
        return Ok(());
    };
    if is_empty(path) { Err(Error::Damaged(format!("it is empty, and {beside} is not"))) } else { Ok(()) }
}

/// SQLite answers "not a database" only later, and less kindly.
fn refuse_foreign(path: &Path) -> Result<()> {
    use std::io::Read;
    let mut head = Vec::new();
    match File::open(path) {
        Ok(file) => file
            .take(16)
            .read_to_end(&mut head)
            .map_err(|source| Error::File { context: format!("{} could not be read", path.display()), source })?,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(Error::File { context: format!("{} could not be opened", path.display()), source }),
    };
    if head.is_empty() || head == b"SQLite format 3\0" { Ok(()) } else { Err(Error::ForeignFile(path.to_owned())) }
}

/// The folder is the person's alone, and so is the file; SQLite gives its companions the same rights.
pub(super) fn make_private(path: &Path) -> Result<()> {
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty() && !f.exists()) {
        let missing: Vec<&Path> = folder.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.exists()).collect();
        let mut make = fs::DirBuilder::new();
        make.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut make, 0o700);
        make.create(folder).map_err(|source| Error::File {
            context: format!("The folder {} could not be made", folder.display()),
            source,
        })?;
        // A power cut would take a folder that its own folder does not yet name, with all that is in it.
        for made in missing.iter().rev() {
            sync_folder(made)?;
        }
    }
    if !path.exists() {
        private_file(path)
            .map_err(|source| Error::File { context: format!("{} could not be made", path.display()), source })?;
        sync_folder(path)?;
    }
    Ok(())
}

pub(super) fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

pub(super) fn lock_file(path: &Path) -> Result<File> {
    private_beside(&beside(path, "lock"))
}

pub(super) fn private_beside(beside: &Path) -> Result<File> {
    private_file(beside).map_err(|source| match source.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => Error::ReadOnly,
        _ => Error::File { context: format!("{} could not be made", beside.display()), source },
    })
}

/// `main.hallway` → `main.hallway.lock`.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Whoever holds the lock alone is migrating, moving or closing the file, which is over in a moment.
pub(super) fn shared(lock: &File) -> Result<()> {
    for _ in 0..PATIENCE {
        match lock.try_lock_shared() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) => thread::park_timeout(MOMENT),
            Err(TryLockError::Error(source)) => {
                return Err(Error::File { context: "The lock beside the file could not be taken".into(), source });
            }
        }
    }
    Err(Error::Busy)
}

/// Lets SQLite tidy up when the last connection closes, if nobody else has the file open: by the lock beside it, which
/// cannot be lost. SQLite's own are lost whenever anything in a process opens and closes the file once more (a file
/// dialog does, to find out what it is), and whoever closed it then took the log away from under the others.
pub(super) fn let_go(writer: &Connection, lock: &File) {
    if lock.try_lock().is_ok()
        && let Err(e) = writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
    {
        // The log stays and is read by whoever opens the file next.
        eprintln!("hallway: the file keeps its log: {}", Error::from(e));
    }
}

/// Whoever waits for the writer asks again each millisecond, for five seconds: an import elsewhere leaves only a moment
/// between two batches, and a person's own write must find it.
fn patient(asked: i32) -> bool {
    thread::park_timeout(Duration::from_millis(1));
    asked < 5_000
}

fn settings_of_all(conn: &mut Connection) -> Result<()> {
    conn.busy_handler(Some(patient))?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // A plan that may depend on what is bound is made anew with every binding, wherever an index has a condition.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    conn.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -65536;",
    )?;
    conn.set_prepared_statement_cache_capacity(256);
    Ok(())
}

fn settings_of_writer(conn: &mut Connection) -> Result<()> {
    settings_of_all(conn)?;
    let mode: String = conn.query_row("PRAGMA journal_mode = WAL", [], |r| r.get(0))?;
    if mode != "wal" {
        return Err(Error::ReadOnly);
    }
    // FULL: a power cut after a commit must not take the commit back. NORMAL lost acknowledged writes in 70 % of simulated cuts.
    conn.execute_batch("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 67108864; PRAGMA recursive_triggers = OFF;")?;
    Ok(())
}

fn migrate(conn: &mut Connection) -> Result<()> {
    loop {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let at: i64 = tx.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        let Some(sql) = migrations().get(at as usize) else { return Ok(()) };
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "application_id", APPLICATION_ID)?;
        tx.pragma_update(None, "user_version", at + 1)?;
        tx.commit()?;
    }
}
