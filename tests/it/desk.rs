//! A workspace of its own for each test, driven through the wire as every front end does.
use hallway_core::{Access, Now, Store, TABLES, dispatch, open};
use serde_json::{Value, json};
use std::{
    cell::Cell,
    path::{Path, PathBuf},
};

/// Noon UTC on 2026-05-21, a Thursday.
pub const NOON: i64 = 1_779_364_800_000;

pub struct Desk {
    pub store: Store,
    folder: tempfile::TempDir,
    now: Cell<i64>,
}

impl Desk {
    pub fn new() -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        let store = open(&folder.path().join("test.hallway"), Now(NOON), 7, "UTC").expect("a workspace opens");
        Desk { store, folder, now: Cell::new(NOON) }
    }
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
    /// Each call is a millisecond after the one before.
    fn next(&self) -> Now {
        self.now.set(self.now.get() + 1);
        Now(self.now.get())
    }
    /// A call that must succeed.
    pub fn call(&self, command: &str, input: Value) -> Value {
        match dispatch(&self.store, self.next(), command, input) {
            Ok(reply) => reply.value,
            Err(e) => panic!("{command}: {e}"),
        }
    }
    /// What an import of a file is asked with; `matching` false makes every row somebody new.
    pub fn import_of(&self, file: &Path, matching: bool) -> Value {
        json!({ "file": self.store.grant(file.to_owned(), Access::Read), "matching": matching, "source": "import", "decisions": {}, "overwrite": [] })
    }
    /// The cells of an export, without its header.
    pub fn export(&self, columns: &[&str]) -> Vec<Vec<String>> {
        let path = self.path("export.csv");
        let query = json!({ "filter": { "text": "" }, "sort": "added", "descending": false });
        self.call(
            "exports.people",
            json!({ "query": query, "file": self.store.grant(path.clone(), Access::Write), "mode": "program", "columns": columns }),
        );
        let mut reader = csv::Reader::from_path(&path).expect("a file that was exported");
        reader.records().map(|record| record.expect("a row").iter().map(str::to_owned).collect()).collect()
    }
    pub fn is_sound(&self) {
        assert_eq!(self.call("doctor.check", json!({}))["findings"], json!([]));
    }
    /// Every living row of what people typed, as text: equal dumps are equal workspaces.
    pub fn dump(&self) -> String {
        let everything = self.store.read(Now(self.now.get()), |tx| {
            let mut out = String::new();
            for table in TABLES {
                let mut conditions: Vec<String> = Vec::new();
                if table.trashes() {
                    conditions.push("deleted_at IS NULL".into());
                } else {
                    // What only joins others is not seen while one of them lies in the trash.
                    conditions.extend(table.parents.iter().map(|(column, parent)| {
                        format!("EXISTS (SELECT 1 FROM {parent} p WHERE p.id = {column} AND p.deleted_at IS NULL)")
                    }));
                }
                let condition =
                    if conditions.is_empty() { String::new() } else { format!("WHERE {}", conditions.join(" AND ")) };
                let columns: Vec<String> = table.columns.iter().map(|column| format!("quote({column})")).collect();
                let rows: Vec<String> = tx.column(
                    &format!("SELECT {} FROM {} {condition} ORDER BY id", columns.join(" || ',' || "), table.name),
                    [],
                )?;
                out += &format!("{}\n{}\n", table.name, rows.join("\n"));
            }
            let state: Vec<String> = tx.column(
                "SELECT name || search || quote(stage) || quote(last_touch_on) FROM person_state ORDER BY person",
                [],
            )?;
            Ok(out + &state.join("\n"))
        });
        everything.expect("a dump")
    }
}
