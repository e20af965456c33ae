//! A file of people brought in, against the same rows written with prepared statements into the same tables and indexes.
//!
//! The bare run knows the rows beforehand: it reads no CSV, matches nobody, and keeps no history (`changes` stays empty).
use crate::{
    Outcome,
    data::{self, Size, call},
    figures::{Aim, Figures, timed},
};
use hallway_core::{Access, demo};
use rusqlite::{Connection, types::Value as Sql};
use serde_json::{Value, json};
use std::{fs::File, io::BufWriter, path::PathBuf};

/// Rows of one commit, in the bare run.
const BATCH: usize = 20_000;
/// Kept by the file itself, or not part of the bare run.
const NOT_OURS: &[&str] = &["changes", "change_people", "tally", "settings", "journey_configs"];

pub fn import(figures: &mut Figures, size: &Size) -> Outcome {
    let csv = written(size)?;
    let path = data::folder()?.join("import.hallway");
    data::remove(&path)?;
    let store = data::opened(&path)?;
    let request = json!({ "file": store.grant(csv, Access::Read), "matching": true, "source": "import" });
    let (time, done) = timed(|| run(&store, request));
    let done = done?;
    drop(store);
    if done["added"].as_u64().unwrap_or(0) + done["waiting"].as_u64().unwrap_or(0) != u64::from(size.people) {
        return Err(format!("not everybody was brought in: {done}").into());
    }

    let conn = data::bare(&path)?;
    let tables = contents(&conn)?;
    drop(conn);
    let copy = data::folder()?.join("bare.hallway");
    data::remove(&copy)?;
    drop(data::opened(&copy)?);
    let mut conn = data::bare(&copy)?;
    let (bare, copied) = timed(|| write(&mut conn, &tables));
    copied?;
    drop(conn);
    figures.once(size, "bring in a CSV file of as many people", time, bare, Aim::Ratio(2.5));
    data::no_backups()?;
    data::remove(&path)?;
    data::remove(&copy)
}

/// As the command line does it.
fn run(store: &hallway_core::Store, request: Value) -> Outcome<Value> {
    call(store, "imports.run", request)
}

/// A CSV file of invented people, made once.
fn written(size: &Size) -> Outcome<PathBuf> {
    let path = data::folder()?.join(format!("{}.csv", size.name));
    if path.exists() {
        return Ok(path);
    }
    let part = path.with_extension("part");
    let mut csv = csv::Writer::from_writer(BufWriter::new(File::create(&part)?));
    csv.write_record(["Name", "Organisation", "Role", "City", "Country", "Email", "GitHub", "Tags"])?;
    for person in demo::people(2, size.people) {
        let contact = |kind| person.contacts.iter().find(|c| c.kind == kind).map_or("", |c| c.value.as_str());
        let tags: Vec<&str> = person.tags.iter().map(|tag| tag.name).collect();
        csv.write_record([
            person.name.as_str(),
            person.organisation.as_deref().unwrap_or_default(),
            person.role_title.unwrap_or_default(),
            person.city,
            person.country,
            contact("email"),
            contact("github"),
            &tags.join("; "),
        ])?;
    }
    csv.flush()?;
    drop(csv);
    std::fs::rename(&part, &path)?;
    Ok(path)
}

struct Table {
    insert: String,
    rows: Vec<Vec<Sql>>,
}

/// Every row of every table the import wrote, in the order in which rows hang on each other.
fn contents(conn: &Connection) -> Outcome<Vec<Table>> {
    let mut names = conn.prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY (SELECT rowid FROM sqlite_schema s WHERE s.name = pragma_table_list.name)",
    )?;
    let names = names.query_map([], |r| r.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut tables = Vec::new();
    for name in names.iter().filter(|name| !NOT_OURS.contains(&name.as_str()) && !name.starts_with("notes")) {
        let mut query = conn.prepare(&format!("SELECT * FROM {name}"))?;
        let columns: Vec<String> = query.column_names().map(str::to_owned).collect();
        let rows = query
            .query_map([], |r| (0..columns.len()).map(|n| r.get(n)).collect())?
            .collect::<rusqlite::Result<Vec<Vec<Sql>>>>()?;
        let marks = vec!["?"; columns.len()].join(", ");
        tables.push(Table {
            insert: format!("INSERT OR IGNORE INTO {name} ({}) VALUES ({marks})", columns.join(", ")),
            rows,
        });
    }
    Ok(tables)
}

fn write(conn: &mut Connection, tables: &[Table]) -> Outcome {
    // Rows of different tables hang on each other in circles; whether they all do is looked at once, at the end.
    conn.pragma_update(None, "foreign_keys", false)?;
    for table in tables {
        for batch in table.rows.chunks(BATCH) {
            let tx = conn.transaction()?;
            let mut insert = tx.prepare_cached(&table.insert)?;
            for row in batch {
                insert.execute(rusqlite::params_from_iter(row))?;
            }
            drop(insert);
            tx.commit()?;
        }
    }
    Ok(())
}
