//! What is exported, read back by readers that are not ours, and compared with what the core says.
use crate::{desk::Desk, repository::root};
use hallway_core::{Access, transfer::csv::unguarded};
use serde_json::{Value, json};
use std::{path::Path, process::Command};

/// Texts that break careless writers and careless readers.
pub const HOSTILE: &[&str] = &[
    "plain",
    "quote \" and \"\" and '",
    "comma, semicolon; tab\t end",
    "line\nbreak",
    "carriage\rreturn",
    "both\r\nof them\r\n",
    "=1+1",
    "+49 30 1234567",
    "-2+3",
    "@SUM(A1)",
    "\t=tab first",
    "＝full width",
    "'apostrophe first",
    "  spaces around  ",
    "\u{202e}right to left\u{202c} עברית عربى",
    "🦀👩‍👩‍👧‍👦 emoji",
    "line\u{2028}and paragraph\u{2029}separators",
    "\u{feff}mark first",
    "back\\slash \\n \\u0041",
    "null",
    "control \u{1}\u{7f}\u{85}",
    "日本語 ქართული",
    "<script>alert(1)</script> & &amp;",
    "bar | and || and \\| end",
];

const COLUMNS: [&str; 4] = ["name", "role_title", "city", "notes"];

struct Written {
    desk: Desk,
    /// What the core says of each person, by the order they were added.
    people: Vec<Value>,
}

fn written() -> Written {
    let desk = Desk::new();
    let mut people = Vec::new();
    for (n, text) in HOSTILE.iter().enumerate() {
        let id =
            desk.call("people.create", json!({ "displayName": format!("{text} {n}"), "city": text }))["id"].clone();
        desk.call("people.edit", json!({ "id": id, "notes": format!("{text}\n{text}"), "roleTitle": text }));
        desk.call("touchpoints.log", json!({ "kind": "replied", "people": [{ "person": id }], "note": text }));
        people.push(desk.call("people.page", json!({ "id": id }))["person"].clone());
    }
    Written { desk, people }
}

impl Written {
    /// The names of the files, in the order in which they are read back: for a program, for a spreadsheet, everything.
    fn files(&self) -> Vec<String> {
        let query = json!({ "filter": { "text": "" }, "sort": "added", "descending": false });
        let mut files = Vec::new();
        for mode in ["program", "spreadsheet"] {
            let path = self.desk.path(&format!("{mode}.csv"));
            let file = self.desk.store.grant(path.clone(), Access::Write);
            self.desk.call("exports.people", json!({ "query": query, "file": file, "mode": mode, "columns": COLUMNS }));
            files.push(path);
        }
        let path = self.desk.path("everything.json");
        self.desk.call("json.export", json!({ "file": self.desk.store.grant(path.clone(), Access::Write) }));
        files.push(path);
        files.into_iter().map(|path| path.to_string_lossy().into_owned()).collect()
    }

    fn is_what(&self, reader: &str, found: &[Value]) {
        let said = |person: &Value| -> Vec<String> {
            ["displayName", "roleTitle", "city", "notes"]
                .iter()
                .map(|field| person[field].as_str().unwrap_or_default().to_owned())
                .collect()
        };
        let cells = |row: &Value| -> Vec<String> {
            row.as_array().expect("cells").iter().map(|cell| cell.as_str().expect("a text").to_owned()).collect()
        };
        for (mode, rows) in ["program", "spreadsheet"].iter().zip(found) {
            let rows = rows.as_array().expect("rows");
            assert_eq!(rows.len(), self.people.len() + 1, "{reader}, {mode}");
            for (row, person) in rows[1..].iter().zip(&self.people) {
                let read: Vec<String> = match *mode {
                    "spreadsheet" => cells(row).iter().map(|cell| unguarded(cell).into_owned()).collect(),
                    _ => cells(row),
                };
                assert_eq!(read, said(person), "{reader}, {mode}");
            }
        }
        let whole = &found[2];
        assert_eq!((&whole["format"], &whole["version"]), (&json!("hallway"), &json!(1)), "{reader}");
        let people = whole["people"].as_array().expect("people");
        assert_eq!(people.len(), self.people.len(), "{reader}");
        for (row, person) in people.iter().zip(&self.people) {
            for (field, value) in person.as_object().expect("a person") {
                assert_eq!(&row[field], value, "{reader}: {field}");
            }
        }
        let notes: Vec<&Value> = whole["touchpoints"].as_array().expect("entries").iter().map(|t| &t["note"]).collect();
        let wanted: Vec<Value> = HOSTILE.iter().map(|text| json!(text.trim())).collect();
        assert_eq!(notes, wanted.iter().collect::<Vec<_>>(), "{reader}");
    }
}

pub fn read_by(program: &str, script: &str, files: &[String]) -> Vec<Value> {
    let script = root().join(script);
    let output = Command::new(program)
        .arg(&script)
        .args(files)
        .current_dir(root())
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap_or_else(|e| panic!("{program} does not start ({e}). Run `scripts/setup test`."));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("what it read")
}

#[test]
fn python_reads_what_we_write() {
    let written = written();
    let found = read_by("python3", "tests/readers/read.py", &written.files());
    written.is_what("Python", &found);
}

#[test]
fn papaparse_reads_what_we_write() {
    let written = written();
    assert!(root().join("node_modules/papaparse").exists(), "papaparse is missing. Run `npm ci`.");
    let found = read_by("node", "tests/readers/read.mjs", &written.files());
    written.is_what("papaparse", &found);
}

/// The comparison is one that can fail.
#[test]
fn a_reader_that_changes_a_letter_is_caught() {
    let written = written();
    let files = written.files();
    let spoiled = |from: &str, to: &str| {
        let path = Path::new(&files[2]);
        let text = std::fs::read_to_string(path).expect("text");
        assert!(text.contains(from));
        std::fs::write(path, text.replacen(from, to, 1)).expect("a file");
        let found = read_by("python3", "tests/readers/read.py", &files);
        std::fs::write(path, text).expect("a file");
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| written.is_what("Python", &found))).is_err()
    };
    assert!(spoiled("emoji", "emojo"));
    assert!(spoiled("\u{2028}", "\\n"));
}
