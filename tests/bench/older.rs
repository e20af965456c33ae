//! A file as the first Hallway left it, brought up to date: a backup, and every change of its shape since.
use crate::{
    Outcome,
    data::{self, NOW, Size},
    figures::{Aim, Figures, timed},
};
use hallway_core::{open, store::SCHEMA_VERSION};
use rusqlite::Connection;
use std::{fs, path::Path};

pub fn older(figures: &mut Figures, size: &Size) -> Outcome {
    let path = data::folder()?.join("older.hallway");
    data::remove(&path)?;
    first_format(&path, size)?;
    let conn = Connection::open(&path)?;
    let bare = data::copied_by_sqlite(&conn)?;
    drop(conn);
    let (time, opened) = timed(|| open(&path, NOW, 1, "UTC"));
    drop(opened?);
    let conn = Connection::open(&path)?;
    let format: i64 = conn.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    let people: u32 = conn.query_row("SELECT count(*) FROM person_state", [], |r| r.get(0))?;
    if format != SCHEMA_VERSION || people < size.people {
        return Err(format!("the file is of format {format} and holds {people} people").into());
    }
    figures.once(
        size,
        "a file of the first format brought up to date, backup and all, against SQLite's copy of it",
        time,
        bare,
        Aim::Ms(10_000.0),
    );
    drop(conn);
    data::no_backups()?;
    data::remove(&path)
}

/// What most entries say. The fixture's own note is Japanese in part; a script without spaces is cut into pairs of letters
/// when it is indexed, which takes longer.
const NOTE: &str = "Asked how far apart the retries should be. Wants the draft on Friday.";
/// One entry of so many says what the fixture does.
const JAPANESE: u32 = 20;

/// A file of the first format with as many people and entries, by saying the few of its fixture over and over.
fn first_format(path: &Path, size: &Size) -> Outcome {
    let sql = fs::read_to_string(format!("{}/fixtures/schemas/0001.sql", env!("CARGO_MANIFEST_DIR")))?;
    let file = Connection::open(path)?;
    file.execute_batch(&format!("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; BEGIN; {sql} COMMIT;"))?;
    // What else a row says, by its table.
    let others = |table: &str, own: &[&str]| -> Outcome<String> {
        let mut query = file.prepare("SELECT name FROM pragma_table_info(?1)")?;
        let names = query.query_map([table], |r| r.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        Ok(names.into_iter().filter(|name| !own.contains(&name.as_str())).collect::<Vec<_>>().join(", "))
    };
    let (person, state) = (others("people", &["rid", "id"])?, others("person_state", &["person"])?);
    let (entry, part) = (
        others("touchpoints", &["rid", "id"])?,
        others("touchpoint_people", &["rid", "id", "touchpoint_id", "person_id"])?,
    );
    let says = format!(", {entry}, ").replace(", note, ", &format!(", iif(i % {JAPANESE} = 0, note, '{NOTE}'), "));
    let says = says.trim_matches([',', ' ']);
    let (people, entries) = (size.people, size.touchpoints);
    let (whom, when) = ("CAST(printf('p%015x', i) AS BLOB)", "CAST(printf('t%015x', i) AS BLOB)");
    file.execute_batch(&format!(
        "BEGIN;
         WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {people})
         INSERT INTO people (id, {person}) SELECT {whom}, {person} FROM n, (SELECT {person} FROM people LIMIT 1);
         WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {people})
         INSERT INTO person_state (person, {state}) SELECT {whom}, {state} FROM n, (SELECT {state} FROM person_state LIMIT 1);
         WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {entries})
         INSERT INTO touchpoints (id, {entry}) SELECT {when}, {says} FROM n, (SELECT {entry} FROM touchpoints LIMIT 1);
         WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {entries})
         INSERT INTO touchpoint_people (id, touchpoint_id, person_id, {part})
           SELECT CAST(printf('l%015x', i) AS BLOB), {when}, CAST(printf('p%015x', 1 + i % {people}) AS BLOB), {part} FROM n, (SELECT {part} FROM touchpoint_people LIMIT 1);
         COMMIT;"
    ))?;
    Ok(())
}
