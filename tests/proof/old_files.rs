//! Files as every older Hallway left them, with enough in them that bringing them up to date takes a moment.
use crate::look::{look, scratch};
use acts::People;
use hallway_core::store::SCHEMA_VERSION;
use rusqlite::Connection;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// Entries that are added to the one a fixture has.
const ENTRIES: u32 = 600;

pub struct OldFile {
    pub format: i64,
    bytes: Vec<u8>,
}

/// One of each format before the present one.
pub fn all() -> &'static [OldFile] {
    static FILES: OnceLock<Vec<OldFile>> = OnceLock::new();
    FILES.get_or_init(|| (1..SCHEMA_VERSION).map(OldFile::of).collect())
}

impl OldFile {
    fn of(format: i64) -> OldFile {
        let folder = scratch();
        let path = folder.path().join("old.hallway");
        let fixture = format!("{}/fixtures/schemas/{format:04}.sql", env!("CARGO_MANIFEST_DIR"));
        let sql = fs::read_to_string(fixture).expect("a file of this format, as text");
        let file = Connection::open(&path).expect("a new file");
        // The rows stand in the order of their tables, not of who names whom.
        file.execute_batch(&format!("PRAGMA foreign_keys = OFF; BEGIN; {sql} COMMIT;")).expect("the text makes a file");
        let columns = |table: &str, but: &[&str]| -> String {
            let mut query = file.prepare("SELECT name FROM pragma_table_info(?1)").expect("a query");
            let names =
                query.query_map([table], |r| r.get::<_, String>(0)).expect("names").map(|name| name.expect("a name"));
            names
                .filter(|name| !["rid", "id"].contains(&name.as_str()) && !but.contains(&name.as_str()))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let entry = columns("touchpoints", &["note"]);
        let people = columns("touchpoint_people", &["touchpoint_id"]);
        file.execute_batch(&format!(
            "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {ENTRIES})
             INSERT INTO touchpoints (id, note, {entry}) SELECT randomblob(16), note || ' ' || i || ' ' || hex(randomblob(200)), {entry} FROM touchpoints, n WHERE rid = 1;
             INSERT INTO touchpoint_people (id, touchpoint_id, {people})
               SELECT randomblob(16), (SELECT id FROM touchpoints WHERE touchpoints.rid = n_rid), {people} FROM touchpoint_people, (SELECT rid AS n_rid FROM touchpoints WHERE rid > 1) WHERE rid = 1;"
        ))
        .expect("more of the same");
        drop(file);
        OldFile { format, bytes: fs::read(&path).expect("a file") }
    }

    /// Puts it into a folder, and says under what name.
    pub fn copy_to(&self, folder: &Path) -> PathBuf {
        let path = folder.join("old.hallway");
        fs::write(&path, &self.bytes).expect("a copy");
        path
    }

    /// What is in it once it is up to date.
    pub fn people(&self) -> People {
        let folder = scratch();
        let people = look(&self.copy_to(folder.path())).expect("a sound file");
        assert!(
            people.values().any(|known| known.notes.len() as u32 > ENTRIES),
            "format {}: {}",
            self.format,
            people.len()
        );
        people
    }
}
