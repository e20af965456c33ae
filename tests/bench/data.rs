//! The files that are measured: invented people, made once by what `hallway-cli demo` does, and kept between runs.
use crate::{Outcome, figures::timed};
use hallway_core::{Now, Store, dispatch, open, sample};
use rusqlite::{Connection, config::DbConfig};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

pub struct Size {
    pub name: &'static str,
    pub people: u32,
    pub touchpoints: u64,
}

pub const SIZES: &[Size] = &[
    Size { name: "10k", people: 10_000, touchpoints: 100_000 },
    Size { name: "100k", people: 100_000, touchpoints: 1_000_000 },
    Size { name: "1m", people: 1_000_000, touchpoints: 1_000_000 },
];

/// Noon UTC on 2026-05-21, whenever this runs: nothing becomes due between two runs.
pub const NOW: Now = Now(1_779_364_800_000);
const SEED: u64 = 1;

/// What a connection of Hallway's own has, so that a bare one has nothing more and nothing less.
const SETTINGS: &str = "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -65536; PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 67108864; PRAGMA recursive_triggers = OFF;";

pub fn folder() -> Outcome<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from);
    let folder = target.join("bench");
    fs::create_dir_all(&folder)?;
    Ok(fs::canonicalize(folder)?)
}

pub fn path(size: &Size) -> Outcome<PathBuf> {
    Ok(folder()?.join(format!("{}.hallway", size.name)))
}

/// Makes the file of that size, unless it is there. One of an older format is brought up to date, which is not measured.
pub fn made(size: &Size) -> Outcome {
    let path = path(size)?;
    if path.exists() {
        drop(opened(&path)?);
        return no_backups();
    }
    println!("Making {} people and {} touchpoints, once.", size.people, size.touchpoints);
    let part = path.with_extension("part.hallway");
    remove(&part)?;
    let (time, filled) = timed(|| -> Outcome {
        let store = open(&part, NOW, SEED.into(), "Europe/Berlin")?;
        call(&store, "workspace.set_up", json!({ "product": "Queues", "zone": "Europe/Berlin" }))?;
        sample::fill(&store, NOW, SEED, size.people, size.touchpoints, |_, _, _| {})?;
        Ok(())
    });
    filled?;
    println!("That took {:.1} s.", time.as_secs_f64());
    fs::rename(&part, &path)?;
    remove(&part)
}

/// A copy that may be written to.
pub fn copied(size: &Size) -> Outcome<PathBuf> {
    let copy = folder()?.join("copy.hallway");
    remove(&copy)?;
    fs::copy(path(size)?, &copy)?;
    Ok(copy)
}

/// Takes the backups away that were made of what is measured, if any were.
pub fn no_backups() -> Outcome {
    match fs::remove_dir_all(folder()?.join("backups")) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// How long SQLite's own copy of a file takes until it is on the disk.
pub fn copied_by_sqlite(file: &Connection) -> Outcome<Duration> {
    let copy = folder()?.join("whole.sqlite");
    remove(&copy)?;
    let (time, copied) = timed(|| -> Outcome {
        file.backup("main", &copy, None::<fn(rusqlite::backup::Progress)>)?;
        Ok(fs::File::open(&copy)?.sync_all()?)
    });
    copied?;
    remove(&copy)?;
    Ok(time)
}

/// Takes a file away, with everything beside it.
pub fn remove(path: &Path) -> Outcome {
    for ending in ["", "-wal", "-shm", "-journal", ".lock"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

/// Of another seed than the file was filled with, so that ids that are made are new ones.
pub fn opened(path: &Path) -> Outcome<Store> {
    Ok(open(path, NOW, u128::from(SEED) + 1, "Europe/Berlin")?)
}

pub fn call(store: &Store, command: &str, input: Value) -> Outcome<Value> {
    match dispatch(store, NOW, command, input) {
        Ok(reply) => Ok(reply.value),
        Err(error) => Err(format!("{command}: {error}").into()),
    }
}

/// SQLite and nothing else.
pub fn bare(path: &Path) -> Outcome<Connection> {
    let conn = Connection::open(path)?;
    conn.execute_batch(SETTINGS)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(256);
    Ok(conn)
}

/// Some names of the file, from everywhere in it.
pub fn some_names(conn: &Connection, count: u32) -> Outcome<Vec<String>> {
    let people: u32 = conn.query_row("SELECT count(*) FROM person_state", [], |r| r.get(0))?;
    let mut query = conn
        .prepare("SELECT sort_name FROM person_state WHERE person >= (SELECT id FROM people WHERE rid = ?1) LIMIT 1")?;
    (0..count)
        .map(|n| Ok(query.query_row([1 + i64::from(n) * i64::from(people - 1) / i64::from(count)], |r| r.get(0))?))
        .collect()
}
