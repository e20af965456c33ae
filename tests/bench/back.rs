//! The way back: what putting a backup back would change, and putting it back.
use crate::{
    Outcome,
    data::{self, NOW, Size, call},
    figures::{Aim, Figures, timed},
};
use hallway_core::{TABLES, backups};
use rusqlite::Connection;
use serde_json::json;

pub fn back(figures: &mut Figures, size: &Size) -> Outcome {
    let path = data::copied(size)?;
    let store = data::opened(&path)?;
    let made = call(&store, "backups.make", json!({}))?;
    let name = made["name"].as_str().ok_or("no backup was made")?.to_owned();
    let person = call(&store, "people.matching", json!({ "text": "a", "limit": 1 }))?[0]["id"].clone();
    call(&store, "people.edit", json!({ "id": person, "city": "Lagos" }))?;

    let backup = path.with_file_name("backups").join(&name);
    let (conn, then) = (data::bare(&path)?, data::bare(&backup)?);
    let (bare, read) = timed(|| -> Outcome<u64> { Ok(everything(&conn)? + everything(&then)?) });
    if read? == 0 {
        return Err("there is nothing to compare".into());
    }
    let (time, said) = timed(|| call(&store, "backups.difference", json!({ "name": name })));
    let said = said?;
    if said["changed"]["count"] != 1 {
        return Err(format!("one edit is not what differs: {said}").into());
    }
    figures.once(size, "what putting a backup back would change, against reading both", time, bare, Aim::None);

    let bare = data::copied_by_sqlite(&then)?;
    drop((store, conn, then));
    let (time, done) = timed(|| backups::restore(&path, &name, NOW));
    if done?.is_some() {
        return Err("a sound file was set aside as a damaged one".into());
    }
    let city: Option<String> =
        data::bare(&path)?.query_row("SELECT city FROM people ORDER BY updated_at DESC LIMIT 1", [], |r| r.get(0))?;
    if city.as_deref() == Some("Lagos") {
        return Err("the backup was not put back".into());
    }
    figures.once(size, "a backup put back, against SQLite's copy of it", time, bare, Aim::Ms(30_000.0));
    data::no_backups()?;
    data::remove(&path)
}

/// Reads every cell of every table, and says how many rows that were.
fn everything(conn: &Connection) -> Outcome<u64> {
    let mut count = 0;
    for table in TABLES {
        let mut query = conn.prepare(&format!("SELECT * FROM {}", table.name))?;
        let columns = query.column_count();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                std::hint::black_box(row.get_ref(column)?);
            }
            count += 1;
        }
    }
    Ok(count)
}
