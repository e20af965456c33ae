//! The workspace as JSON, seen from outside: everything is in it, and the documentation says so.
use crate::{
    desk::Desk,
    repository::{keep_fresh, read},
};
use hallway_core::{
    Access, TABLES,
    json::{LEFT_OUT, for_readers},
    record::wire_name,
};
use rusqlite::Connection;
use serde_json::{Value, json};

const DOCUMENT: &str = "docs/json.md";
const BEGIN: &str = "<!-- From the records; `HALLWAY_UPDATE=1 cargo test -p hallway-tests json` writes it. -->\n";

fn texts(file: &Connection, sql: &str) -> Vec<String> {
    let mut query = file.prepare(sql).expect("a query");
    query.query_map([], |r| r.get(0)).expect("an answer").map(|text| text.expect("a text")).collect()
}

/// What is left out is named with a reason, and whatever else the file of the workspace holds is in the JSON.
#[test]
fn every_table_and_column_is_in_the_json_or_left_out_by_name() {
    let desk = Desk::new();
    desk.person_with_everything();
    let path = desk.path("everything.json");
    desk.call("json.export", json!({ "file": desk.store.grant(path.clone(), Access::Write) }));
    let written: Value = serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON");
    let left_out = |table: &str, column: &str| {
        LEFT_OUT
            .iter()
            .any(|(what, _)| *what == table || *what == format!("{table}.{column}") || *what == format!("*.{column}"))
    };
    let file = Connection::open(desk.path("test.hallway")).expect("a file");
    let tables = texts(
        &file,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    );
    for table in &tables {
        for column in texts(&file, &format!("SELECT name FROM pragma_table_info('{table}')")) {
            if left_out(table, &column) {
                continue;
            }
            let rows = written[wire_name(table)].as_array().unwrap_or_else(|| {
                panic!("{table} is not in the JSON. Give it a record, or name it in LEFT_OUT (json/mod.rs) with the reason.")
            });
            let row =
                rows.first().unwrap_or_else(|| panic!("no row of {table}: extend `person_with_everything` below"));
            assert!(
                row.get(wire_name(&column)).is_some(),
                "{table}.{column} is not in the JSON. Give it a line in its record, or name it in LEFT_OUT (json/mod.rs) with the reason."
            );
        }
    }
    for (what, why) in LEFT_OUT {
        let (table, column) = what.split_once('.').unwrap_or((what, ""));
        let there = tables.iter().any(|name| {
            (table == "*" || name == table)
                && (column.is_empty()
                    || texts(&file, &format!("SELECT name FROM pragma_table_info('{name}')"))
                        .contains(&column.to_owned()))
        });
        assert!(there && !why.is_empty(), "LEFT_OUT names {what}, which is not there");
    }
}

#[test]
fn every_field_says_what_it_means() {
    for table in TABLES {
        assert!(!table.says.trim().is_empty(), "Say above the record of {} what one of its rows is.", table.name);
        for column in table.shape {
            assert!(
                !column.says.trim().is_empty(),
                "Say above {}.{} what it means: docs/json.md shows it.",
                table.name,
                column.name
            );
        }
    }
}

#[test]
fn the_documentation_names_every_entity_and_field() {
    let desk = Desk::new();
    let tables = desk.store.read(hallway_core::Now(0), for_readers).expect("the tables");
    let text = read(DOCUMENT);
    let (before, _) = text.split_once(BEGIN).expect("the place of the tables in docs/json.md");
    keep_fresh(DOCUMENT, &format!("{before}{BEGIN}{tables}"));
}

#[test]
fn the_small_file_of_the_documentation_is_imported() {
    let text = read(DOCUMENT);
    let (_, after) = text.split_once("```json\n").expect("an example");
    let (example, _) = after.split_once("```").expect("its end");
    let desk = Desk::new();
    let path = desk.path("small.json");
    std::fs::write(&path, example).expect("a file");
    let request = json!({ "file": desk.store.grant(path, Access::Read) });
    let preview = desk.call("json.preview", request.clone());
    assert_eq!((&preview["refusals"], &preview["unknown"]), (&json!([]), &json!([])));
    let done = desk.call("json.run", request.clone());
    assert_eq!((&done["new"], &done["people"]), (&json!(6), &json!(2)));
    let priya = desk.call("people.matching", json!({ "text": "Priya", "limit": 1 }))[0].clone();
    assert_eq!(priya["organisation"], "Acme");
    assert!(desk.call("json.run", request)["operation"].is_null(), "twice changes nothing");
    desk.is_sound();
}

impl Desk {
    /// At least one row of every entity.
    pub fn person_with_everything(&self) {
        self.call("workspace.set_up", json!({ "product": "Ferrite", "zone": "UTC" }));
        let csv = self.path("list.csv");
        std::fs::write(&csv, "Name,E-mail,Company,Works with,T-shirt\nPriya Nair,priya@acme.example,Acme,Rust,M\n")
            .expect("a list");
        let mut request = self.import_of(&csv, true);
        request["mapping"] = json!([{ "target": "name" }, { "target": "email" }, { "target": "organisation" }, { "target": "stack" }, { "custom": "T-shirt" }]);
        self.call("imports.run", request);
        let priya = self.call("people.matching", json!({ "text": "Priya", "limit": 1 }))[0]["id"].clone();
        let tom = self.call("people.create", json!({ "displayName": "Tom" }))["id"].clone();
        self.call("doubles.tell_apart", json!({ "ids": [priya, tom] }));
        self.call(
            "touchpoints.log",
            json!({ "kind": "in_production", "people": [{ "person": priya, "observedBy": "seen" }] }),
        );
        self.call(
            "journey.pin",
            json!({ "person": priya, "stage": "learn", "until": "good", "reason": "Asked for it." }),
        );
        self.call("followups.add", json!({ "person": priya, "text": "Send the guide", "due": "2026-05-25" }));
        self.call("cadences.set", json!({ "person": priya, "idealDays": 30, "longestDays": 60 }));
        self.call("today.set_aside", json!({ "key": format!("touch:{}", priya.as_str().expect("an id")) }));
        self.call(
            "views.save",
            json!({ "name": "Rust", "filter": "rust", "sort": "name", "descending": false, "layout": "list" }),
        );
        self.call("lists.add", json!({ "name": "Beta", "people": [priya], "why": "Asked for it." }));
        let point = self.call("people.page", json!({ "id": priya }))["contactPoints"][0]["id"].clone();
        self.call(
            "basis.set",
            json!({ "point": point, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Our page, 3 May", "on": "2026-05-03" }),
        );
        self.call(
            "postal_addresses.add",
            json!({ "person": priya, "lines": "Flat 3\n411001 Nowhere", "country": "IN", "purpose": "stickers", "source": "they_gave_it" }),
        );
        self.call("basis.objected", json!({ "person": tom, "kinds": ["email"], "evidence": "Said so at the booth." }));
        self.call("suppressions.add", json!({ "kind": "email", "values": ["gone@acme.example"] }));
        let everybody = json!({ "filter": { "text": "" }, "sort": "name", "descending": false });
        let file = self.store.grant(self.path("out.csv"), Access::Write);
        self.call(
            "exports.write",
            json!({ "whom": { "query": everybody }, "purpose": "for_myself", "channel": "email", "template": "csv", "file": file }),
        );
        self.call("captures.lines", json!({ "text": "tom @globex, met at the door" }));
    }
}
