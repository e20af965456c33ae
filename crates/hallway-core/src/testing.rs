//! A workspace of its own for each test, driven through the wire as every front end does.
#[path = "../../../tests/support/prove.rs"]
pub mod prove;

use crate::{Failure, Now, Store, dispatch, open};
use serde_json::{Value, json};
use std::{cell::Cell, path::Path, sync::OnceLock};

/// Noon UTC on 2026-05-21, a Thursday.
const BEGIN: i64 = 1_779_364_800_000;
pub const DAY: i64 = 86_400_000;

pub struct Desk {
    pub store: Store,
    now: Cell<i64>,
    _folder: tempfile::TempDir,
}

/// A workspace as it was when it was closed.
pub struct Closed {
    now: Now,
    file: Vec<u8>,
}

impl Closed {
    /// A workspace that begins with this. Of a seed that it was made with, ids would be the same that are in it.
    pub fn opened(&self, seed: u128) -> Desk {
        Desk::opened(self.now, seed, |path| std::fs::write(path, &self.file).expect("a file"))
    }
}

impl Desk {
    /// A new workspace, in UTC, on 2026-05-21. It is made once, and copied for each test: to make one takes longer than most of
    /// what is tested on it.
    pub fn new() -> Desk {
        static NEW: OnceLock<Closed> = OnceLock::new();
        NEW.get_or_init(|| Desk::opened(Now(BEGIN), 7, |_| ()).closed()).opened(8)
    }
    fn opened(now: Now, seed: u128, place: impl FnOnce(&Path)) -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("test.hallway");
        place(&path);
        let store = open(&path, now, seed, "UTC").expect("a workspace opens");
        Desk { store, now: Cell::new(now.0), _folder: folder }
    }
    /// Closes it, and keeps what its file holds.
    pub fn closed(self) -> Closed {
        let (now, path) = (self.now(), self.store.path().to_owned());
        drop(self.store);
        Closed { now, file: std::fs::read(path).expect("a closed file") }
    }
    /// Closes the file, does something to it, and opens it again.
    pub fn reopened(self, between: impl FnOnce(&std::path::Path, Now)) -> Desk {
        let Desk { store, now, _folder } = self;
        let path = store.path().to_owned();
        drop(store);
        now.set(now.get() + 1);
        between(&path, Now(now.get()));
        let store = open(&path, Now(now.get()), 9, "UTC").expect("a workspace opens");
        Desk { store, now, _folder }
    }
    /// So many people that a page of theirs can be damaged, and the beginning of the file is sound.
    pub fn of_many_pages() -> Desk {
        let desk = Desk::new();
        for n in 0..400 {
            desk.person(&format!("Person {n} of a file of many pages"));
        }
        desk
    }
    /// Closes the file, and hands it over as [`reopened`](Desk::reopened) does, with a page in the midst of its people that
    /// cannot be read: beside where it lies, all its bytes. It is whole again afterwards.
    pub fn with_a_damaged_page(self, meanwhile: impl FnOnce(&Path, Now, &[u8])) -> Desk {
        self.reopened(|path, now| {
            let whole = std::fs::read(path).expect("a file");
            let mut damaged = whole.clone();
            let name = b"Person 200 of a file of many pages";
            let page =
                whole.windows(name.len()).position(|bytes| bytes == name).expect("a page of people") / 4096 * 4096;
            damaged[page..page + 4096].fill(0x5a);
            std::fs::write(path, &damaged).expect("damage");
            meanwhile(path, now, &damaged);
            std::fs::write(path, whole).expect("the file is whole again");
        })
    }
    /// A file beside the workspace.
    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self._folder.path().join(name)
    }
    /// Lets days go by.
    pub fn wait(&self, days: i64) -> &Desk {
        self.now.set(self.now.get() + days * DAY);
        self
    }
    /// Lets so many milliseconds go by, or sets the clock back.
    pub fn later(&self, milliseconds: i64) -> &Desk {
        self.now.set(self.now.get() + milliseconds);
        self
    }
    pub fn now(&self) -> Now {
        Now(self.now.get())
    }
    /// A call that must succeed.
    pub fn call(&self, command: &str, input: Value) -> Value {
        self.now.set(self.now.get() + 1);
        match dispatch(&self.store, self.now(), command, input) {
            Ok(reply) => reply.value,
            Err(e) => panic!("{command}: {e}"),
        }
    }
    /// A call that must be refused.
    pub fn refused(&self, command: &str, input: Value) -> Failure {
        match dispatch(&self.store, self.now(), command, input) {
            Ok(reply) => panic!("{command} was not refused: {}", reply.value),
            Err(e) => Failure::from(&e),
        }
    }
    pub fn person(&self, name: &str) -> String {
        id_of(&self.call("people.create", json!({ "displayName": name })))
    }
    pub fn log(&self, person: &str, kind: &str, on: &str) -> String {
        id_of(&self.call(
            "touchpoints.log",
            json!({ "kind": kind, "on": on, "people": [{ "person": person, "observedBy": "seen" }] }),
        ))
    }
    pub fn standing(&self, person: &str) -> Value {
        self.call("journey.standing", json!({ "person": person }))
    }
    pub fn page(&self, person: &str) -> Value {
        self.call("people.page", json!({ "id": person }))
    }
    pub fn names(&self) -> Vec<String> {
        let rows = self.call("people.list", json!({ "query": everybody(), "offset": 0, "limit": 500 }));
        rows["rows"].as_array().expect("rows").iter().map(|r| r["name"].as_str().expect("a name").to_owned()).collect()
    }
    pub fn undo(&self) -> Value {
        self.call("history.undo", json!({}))
    }
    pub fn redo(&self) -> Value {
        self.call("history.redo", json!({}))
    }
    /// Nothing the doctor looks at is wrong.
    pub fn is_sound(&self) {
        let findings = self.call("doctor.check", json!({}));
        assert_eq!(findings["findings"], json!([]));
    }
    /// Every living row of what people typed, as text: equal dumps are equal files.
    pub fn dump(&self) -> String {
        self.store
            .read(self.now(), |tx| {
                let mut out = String::new();
                for table in crate::TABLES.iter().filter(|t| t.name != "stage_changes") {
                    let alive = if table.trashes() { "WHERE deleted_at IS NULL" } else { "" };
                    // A joining row whose parent lies in the trash is not to be seen.
                    let parents: Vec<String> = table
                        .parents
                        .iter()
                        .filter(|_| !table.trashes())
                        .map(|(column, parent)| format!("EXISTS (SELECT 1 FROM {parent} p WHERE p.id = {column} AND p.deleted_at IS NULL)"))
                        .collect();
                    let visible = if parents.is_empty() { String::new() } else { format!("WHERE {}", parents.join(" AND ")) };
                    let columns: Vec<String> = table.columns.iter().map(|c| format!("quote({c})")).collect();
                    let sql = format!("SELECT {} FROM {} {alive}{visible} ORDER BY id", columns.join(" || ',' || "), table.name);
                    out += &format!("{}\n", table.name);
                    for row in tx.column::<String>(&sql, [])? {
                        out += &format!("  {row}\n");
                    }
                }
                let state: Vec<String> = tx.column(
                    "SELECT quote(person) || name || quote(organisation) || quote(tags) || search || quote(stage) || quote(since) || confidence || presence || ring || quote(last_touch_on) || quote(next_change_on) || quote(review_to) FROM person_state ORDER BY person", [])?;
                out += &state.join("\n");
                for derived in [
                    "SELECT quote(followup) || quote(person) || kind || due_on || shown_on || quote(at) FROM open_followups ORDER BY followup",
                    "SELECT quote(person) || quote(last_on) || ideal_on || lost_on FROM in_touch ORDER BY person",
                ] {
                    out += &format!("\n{}", tx.column::<String>(derived, [])?.join("\n"));
                }
                Ok(out)
            })
            .expect("a dump")
    }
}

/// A query that matches everybody, by name.
pub fn everybody() -> Value {
    json!({ "filter": { "text": "" }, "sort": "name", "descending": false })
}

pub fn id_of(row: &Value) -> String {
    row["id"].as_str().expect("an id").to_owned()
}
