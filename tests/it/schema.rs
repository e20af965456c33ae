//! The shape of the file: declared once, never changed behind anybody's back, and old files open.
use crate::{
    desk::{Desk, NOON},
    repository::{files, read, root, updating},
};
use hallway_core::{
    Access, Now, TABLES, dispatch, open,
    store::{SCHEMA_VERSION, migrations},
};
use rusqlite::{Connection, types::Value};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fmt::Write, fs, path::Path, sync::Mutex};

const HASHES: &str = "tests/it/migrations.sha256";

/// Tables that are not written row by row through the funnel: history itself, what is derived, and what an import keeps for
/// itself.
const NOT_OF_THE_FUNNEL: &[&str] = &[
    "change_people",
    "changes",
    "erased",
    "erasures",
    "import_layouts",
    "import_runs",
    "in_touch",
    "looked",
    "notes",
    "open_followups",
    "operations",
    "person_state",
    "reminders_told",
    "tally",
    "unsaved_lines",
    "words_due",
];

/// The columns that the funnel writes by itself.
const BOOKKEEPING: &[&str] =
    &["created_at", "created_op", "deleted_at", "deleted_op", "rid", "root", "updated_at", "voided_by"];

/// The schema of a new file, table by table.
pub fn for_readers() -> String {
    let desk = Desk::new();
    let file = Connection::open(desk.path("test.hallway")).expect("a file");
    let mut out =
        String::from("-- The schema of a Hallway file, for readers. Generated from the migrations; do not edit.\n");
    for table in tables(&file) {
        let mut query = file
            .prepare("SELECT sql FROM sqlite_schema WHERE tbl_name = ?1 AND sql IS NOT NULL ORDER BY type <> 'table', type, name")
            .expect("a query");
        for sql in query.query_map([table], |r| r.get::<_, String>(0)).expect("the schema") {
            write!(out, "\n{};\n", sql.expect("a statement")).expect("text grows");
        }
    }
    out
}

#[test]
fn every_table_says_what_its_record_says() {
    let desk = Desk::new();
    let file = Connection::open(desk.path("test.hallway")).expect("a file");
    for table in TABLES {
        let said: BTreeSet<String> = table.columns.iter().map(|column| (*column).to_owned()).collect();
        let stored: BTreeSet<String> =
            columns(&file, table.name).into_iter().filter(|column| !BOOKKEEPING.contains(&column.as_str())).collect();
        assert_eq!(said, stored, "{}", table.name);
        assert_eq!(table.trashes(), columns(&file, table.name).contains(&"deleted_at".to_owned()), "{}", table.name);
    }
    let declared: BTreeSet<&str> =
        TABLES.iter().map(|table| table.name).chain(NOT_OF_THE_FUNNEL.iter().copied()).collect();
    assert_eq!(
        tables(&file).iter().map(String::as_str).collect::<BTreeSet<_>>(),
        declared,
        "a table nobody declared is not in undo, nor in an erasure"
    );
}

#[test]
fn every_table_is_strict() {
    let desk = Desk::new();
    let file = Connection::open(desk.path("test.hallway")).expect("a file");
    let loose: Vec<String> = texts(
        &file,
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite_%'",
    );
    assert!(loose.is_empty(), "{loose:?}");
}

#[test]
fn migrations_are_numbered_and_all_of_them_run() {
    let names = files("crates/hallway-core/migrations", &[".sql"]);
    assert_eq!(names.len(), migrations().len());
    assert_eq!(migrations().len() as i64, SCHEMA_VERSION);
    for (n, (name, sql)) in names.iter().zip(migrations()).enumerate() {
        assert!(name.contains(&format!("/{:04}_", n + 1)), "{name} is not number {}", n + 1);
        assert_eq!(read(name), *sql, "{name} is not the migration that runs");
    }
}

/// People have files that the old text made. A mistake in it is mended by a later migration.
#[test]
fn a_migration_that_has_landed_is_never_changed() {
    let names = files("crates/hallway-core/migrations", &[".sql"]);
    let mut pinned = fs::read_to_string(root().join(HASHES)).unwrap_or_default();
    for name in &names {
        let short = name.rsplit('/').next().unwrap_or_default();
        let hash: String = Sha256::digest(read(name)).iter().map(|byte| format!("{byte:02x}")).collect();
        match pinned.lines().find_map(|line| line.strip_suffix(&format!("  {short}"))) {
            Some(landed) => assert_eq!(
                landed, hash,
                "{short} was changed after it had landed. Take the change back, and write a new migration."
            ),
            None if updating() => {
                writeln!(pinned, "{hash}  {short}").expect("text grows");
                fs::write(root().join(HASHES), &pinned).expect("the hashes are written");
            }
            None => panic!(
                "{short} is not pinned. Run `HALLWAY_UPDATE=1 cargo test -p hallway-tests schema` once it is final."
            ),
        }
    }
    assert_eq!(pinned.lines().count(), names.len(), "a migration that had landed is gone");
}

/// Each format that people may have lies here as text, with a few people in it.
#[test]
fn a_file_of_every_format_opens_with_everything_in_it() {
    for format in 1..=SCHEMA_VERSION {
        let name = fixture(format);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("old.hallway");
        replay(&read(&name), &path);

        let now = Now(NOON + 1_000);
        let store = open(&path, now, 9, "Asia/Tokyo").unwrap_or_else(|e| panic!("{name}: {e}"));
        let call = |command: &str, input: Json| {
            dispatch(&store, now, command, input).unwrap_or_else(|e| panic!("{name}, {command}: {e}")).value
        };
        assert_eq!(call("doctor.check", json!({}))["findings"], json!([]), "{name}");
        let everybody = json!({ "query": { "filter": { "text": "" }, "sort": "name", "descending": false }, "offset": 0, "limit": 9 });
        let list = call("people.list", everybody);
        let names: Vec<&Json> = list["rows"].as_array().expect("rows").iter().map(|row| &row["name"]).collect();
        assert_eq!(names, ["Priya Nair", "小林 葵"], "{name}");
        assert_eq!(
            (&list["rows"][0]["stage"], &list["rows"][0]["tags"], &list["rows"][1]["stage"]),
            (&json!("build"), &json!(["Rust"]), &json!("learn")),
            "{name}"
        );
        let page = call("people.page", json!({ "id": list["rows"][0]["id"] }));
        assert_eq!(
            (&page["organisation"], &page["contactPoints"][0]["value"], &page["fields"][0]["value"]),
            (&json!("Acme"), &json!("priya@acme.example"), &json!("M")),
            "{name}"
        );
        assert_eq!(
            call("search.notes", json!({ "text": "größer", "limit": 9 }))["notes"][0]["name"],
            "Priya Nair",
            "{name}"
        );
        let info = call("workspace.info", json!({}));
        assert_eq!(
            (&info["product"], &info["zone"]),
            (&json!("Ferrite"), &json!("UTC")),
            "{name}: an old file keeps its zone"
        );

        assert_eq!(call("history.redo", json!({}))["label"], "Edited 小林 葵", "{name}");
        assert_eq!(call("history.undo", json!({}))["label"], "Edited 小林 葵", "{name}");
        assert_eq!(call("history.undo", json!({}))["label"], "Set the stage of 小林 葵", "{name}");
        assert_eq!(call("doctor.check", json!({}))["findings"], json!([]), "{name}");
    }
}

/// A migrated file and a new one are the same file.
#[test]
fn the_newest_fixture_has_the_shape_of_a_new_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("old.hallway");
    replay(&read(&fixture(SCHEMA_VERSION)), &path);
    let shape = |path: &Path| -> BTreeSet<(String, String)> {
        let file = Connection::open(path).expect("a file");
        let mut query = file.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").expect("a query");
        query
            .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))
            .expect("the schema")
            .map(|row| row.expect("a row"))
            .collect()
    };
    let desk = Desk::new();
    assert!(
        shape(&path) == shape(&desk.path("test.hallway")),
        "The fixture of format {SCHEMA_VERSION} was made before its migration was final. Remove it and run `HALLWAY_UPDATE=1 cargo test -p hallway-tests schema`."
    );
}

/// The file that keeps a format as text. The newest one is made once, when its migration is final.
fn fixture(format: i64) -> String {
    static MAKING: Mutex<()> = Mutex::new(());
    let name = format!("tests/fixtures/schemas/{format:04}.sql");
    let _one_at_a_time = MAKING.lock();
    if updating() && format == SCHEMA_VERSION && !root().join(&name).exists() {
        fs::write(root().join(&name), small_file()).expect("a fixture is written");
    }
    name
}

/// Two people with one of everything, as SQL text.
fn small_file() -> String {
    let desk = Desk::new();
    desk.call("workspace.set_up", json!({ "product": "Ferrite", "zone": "UTC" }));
    let id = |row: Json| row["id"].clone();
    let priya = id(desk.call(
        "people.create",
        json!({ "displayName": "Priya Nair", "organisation": "Acme", "country": "IN", "city": "Pune" }),
    ));
    desk.call(
        "contact_points.add",
        json!({ "person": priya, "kind": "email", "value": "priya@acme.example", "source": "they_gave_it" }),
    );
    desk.call(
        "postal_addresses.add",
        json!({ "person": priya, "lines": "Flat 3, \"Tamarind\" Row\n411001 Pune", "country": "IN", "purpose": "the speaker's gift", "source": "they_gave_it", "expiresOn": "2999-01-01" }),
    );
    desk.call("tags.add", json!({ "people": [priya], "name": "Rust", "kind": "stack" }));
    let size = id(desk.call("fields.define", json!({ "label": "T-shirt", "kind": "choice", "choices": ["S", "M"] })));
    desk.call("fields.set", json!({ "person": priya, "field": size, "value": "M" }));
    let csv = desk.path("list.csv");
    fs::write(&csv, "Name,E-mail\n小林 葵,aoi@kobayashi.example\n").expect("a list");
    desk.call("imports.run", desk.import_of(&csv, true));
    let aoi = desk.call("people.matching", json!({ "text": "葵", "limit": 1 }))[0]["id"].clone();
    desk.call("people.edit", json!({ "id": priya, "challenges": "The 索引 is slow" }));
    let both = json!([{ "person": priya, "observedStage": "build", "observedBy": "seen" }, { "person": aoi }]);
    desk.call("touchpoints.log", json!({ "kind": "conversation_in_person", "on": "2026-05-20", "people": both, "note": "Der Index wird größer. 索引が大きい。" }));
    desk.call(
        "views.save",
        json!({ "name": "Rust", "filter": "rust", "sort": "last_touch", "descending": true, "layout": "grouped" }),
    );
    desk.call("lists.create", json!({ "name": "日本", "filter": "kobayashi" }));
    desk.call("lists.add", json!({ "name": "Beta", "people": [priya, aoi], "why": "They asked; it's \"early\"." }));
    let lists = desk.call("lists.list", json!({}));
    let file = desk.store.grant(desk.path("out.vcf"), Access::Write);
    desk.call(
        "exports.write",
        json!({ "whom": { "list": lists[0]["id"] }, "purpose": "for_myself", "channel": "email", "template": "vcard3", "file": file }),
    );
    desk.call(
        "journey.pin",
        json!({ "person": aoi, "stage": "learn", "until": "good", "reason": "She told me; it's \"quoted\"." }),
    );
    desk.call("people.edit", json!({ "id": aoi, "city": "東京" }));
    desk.call("history.undo", json!({}));
    desk.is_sound();
    let file = Connection::open(desk.path("test.hallway")).expect("a file");
    dump(&file)
}

/// A whole file as SQL that makes it again. The index of words is rebuilt, since its pages are nobody's to read.
fn dump(file: &Connection) -> String {
    let mut out =
        String::from("-- A small file of this format, made by the version that introduced it. Never changed.\n");
    for pragma in ["application_id", "user_version"] {
        let value: i64 = file.query_row(&format!("PRAGMA {pragma}"), [], |r| r.get(0)).expect("a number");
        writeln!(out, "PRAGMA {pragma} = {value};").expect("text grows");
    }
    let statements = |kind: &str| {
        texts(
            file,
            &format!(
                "SELECT sql FROM sqlite_schema WHERE type = '{kind}' AND sql IS NOT NULL AND name NOT LIKE 'notes\\_%' ESCAPE '\\' ORDER BY rowid"
            ),
        )
    };
    for sql in ["table", "view"].into_iter().flat_map(statements) {
        writeln!(out, "{sql};").expect("text grows");
    }
    writeln!(out, "INSERT INTO notes (notes, rank) VALUES ('secure-delete', 1);").expect("text grows");
    for table in tables(file).iter().filter(|table| *table != "notes") {
        let columns = columns(file, table);
        let quoted: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
        for row in texts(
            file,
            &format!("SELECT {} FROM {table} ORDER BY {}, {}", quoted.join(" || ', ' || "), columns[0], columns[1]),
        ) {
            writeln!(out, "INSERT INTO {table} ({}) VALUES ({row});", columns.join(", ")).expect("text grows");
        }
    }
    writeln!(out, "INSERT INTO notes (notes) VALUES ('rebuild');").expect("text grows");
    for sql in ["index", "trigger"].into_iter().flat_map(statements) {
        writeln!(out, "{sql};").expect("text grows");
    }
    out
}

fn replay(sql: &str, path: &Path) {
    let file = Connection::open(path).expect("a new file");
    // The rows stand in the order of their tables, not of who names whom.
    file.execute_batch(&format!("PRAGMA foreign_keys = OFF; BEGIN; {sql} COMMIT;")).expect("the text makes a file");
}

/// The tables somebody declared, by name: without those that SQLite makes for itself.
fn tables(file: &Connection) -> Vec<String> {
    texts(
        file,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
}

fn columns(file: &Connection, table: &str) -> Vec<String> {
    texts(file, &format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid"))
}

fn texts(file: &Connection, sql: &str) -> Vec<String> {
    let mut query = file.prepare(sql).expect("a query");
    let rows = query.query_map([], |r| r.get::<_, Value>(0)).expect("an answer");
    rows.map(|value| match value.expect("a row") {
        Value::Text(text) => text,
        other => panic!("{sql} answered {other:?}"),
    })
    .collect()
}
