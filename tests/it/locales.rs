//! 1,284 invented people in 107 locales: every row is accounted for, and what came in comes out with the same bytes.
use crate::{desk::Desk, repository::root};
use serde_json::{Value, json};
use std::{collections::BTreeSet, path::PathBuf};

const ROWS: u64 = 1_284;
/// Mapped headers of the file, and the columns of an export that hold them.
const MAPPED: [(&str, &str); 6] = [
    ("name", "name"),
    ("company", "organisation"),
    ("job", "role_title"),
    ("city", "city"),
    ("phone", "phone"),
    ("email", "email"),
];

fn people() -> PathBuf {
    root().join("tests/fixtures/people-107-locales.csv")
}

#[test]
fn with_matching_off_every_row_is_somebody_and_comes_out_with_the_same_bytes() {
    let desk = Desk::new();
    let request = desk.import_of(&people(), false);
    let preview = desk.call("imports.preview", request.clone());
    assert_eq!((&preview["rows"], &preview["newPeople"], &preview["refused"]), (&json!(ROWS), &json!(ROWS), &json!(0)));
    assert_eq!(
        preview["unmapped"],
        json!(["locale", "first_name", "last_name", "street", "postcode", "address_multiline"])
    );
    let done = desk.call("imports.run", request);
    assert_eq!((&done["rows"], &done["added"]), (&json!(ROWS), &json!(ROWS)));

    let mut judge = csv::Reader::from_path(people()).expect("the file");
    let headers = judge.headers().expect("its header").clone();
    let places = MAPPED.map(|(header, _)| headers.iter().position(|found| found == header).expect("a column"));
    let wanted: Vec<Vec<String>> = judge
        .records()
        .map(|row| places.iter().map(|place| row.as_ref().expect("a row")[*place].to_owned()).collect())
        .collect();
    assert_eq!(desk.export(&MAPPED.map(|(_, column)| column)), wanted);
    desk.is_sound();
}

#[test]
fn with_matching_on_every_row_is_somebody_new_somebody_known_or_a_question() {
    let desk = Desk::new();
    let request = desk.import_of(&people(), true);
    let preview = desk.call("imports.preview", request.clone());
    // 65 addresses are shared by 254 rows: 189 rows come after another one with their address, 178 of them with its
    // name. The other eleven are a question. A telephone number is no address: 417 rows share 94 of them.
    let told = ["newPeople", "updates", "unchanged", "look", "skipped", "refused"]
        .map(|outcome| preview[outcome].as_u64().expect("a count"));
    let [new, updates, unchanged, look, ..] = told;
    assert_eq!((new, updates + unchanged, look), (1_095, 178, 11));
    assert_eq!(told.iter().sum::<u64>(), ROWS);

    let done = desk.call("imports.run", request);
    let kept = ["added", "updated", "unchanged", "waiting", "skipped", "refused"]
        .map(|outcome| done[outcome].as_u64().expect("a count"));
    assert_eq!(kept, told, "the import does what the preview said");

    let waiting: BTreeSet<u64> = rows(&preview, "look").map(|row| row["row"].as_u64().expect("a row number")).collect();
    let known: BTreeSet<(String, String)> = desk
        .export(&["email", "name"])
        .into_iter()
        .map(|mut row| (row.remove(0).to_lowercase(), row.remove(0)))
        .collect();
    let mut judge = csv::Reader::from_path(people()).expect("the file");
    for (n, row) in judge.deserialize().enumerate() {
        let row: std::collections::HashMap<String, String> = row.expect("a row");
        let is_here = known.contains(&(row["email"].to_lowercase(), row["name"].clone()));
        // The header is the first row of a spreadsheet. Rows with a line break in them are one row all the same.
        assert_ne!(is_here, waiting.contains(&(n as u64 + 2)), "row {}: {} is here or waits", n + 2, row["name"]);
    }
    for row in rows(&preview, "look") {
        assert!(row["reason"].as_str().is_some_and(|reason| reason.contains("another name")), "{row}");
    }
    desk.is_sound();
}

#[test]
fn a_second_time_nothing_changes() {
    let desk = Desk::new();
    desk.call("imports.run", desk.import_of(&people(), true));
    let before = desk.dump();
    let request = desk.import_of(&people(), true);
    let preview = desk.call("imports.preview", request.clone());
    assert_eq!(preview["alreadyImported"], "2026-05-21");
    let done = desk.call("imports.run", request);
    assert_eq!(
        done,
        json!({ "rows": ROWS, "added": 0, "updated": 0, "differs": 0, "unchanged": 1_273, "waiting": 11, "skipped": 0, "refused": 0, "suppressed": 0, "operation": null })
    );
    assert_eq!(desk.dump(), before);
}

#[test]
fn taking_the_import_back_leaves_the_file_as_it_was() {
    let desk = Desk::new();
    // Somebody who is in the file, with the city still open: the import fills it, and undo empties it again.
    let first = csv::Reader::from_path(people()).expect("the file").records().next().expect("a row").expect("a row");
    let person = desk.call("people.create", json!({ "displayName": &first[1] }));
    desk.call(
        "contact_points.add",
        json!({ "person": person["id"], "kind": "email", "value": &first[11], "source": "badge" }),
    );
    let before = desk.dump();
    let done = desk.call("imports.run", desk.import_of(&people(), true));
    assert!(done["updated"].as_u64().is_some_and(|n| n >= 1));
    let after = desk.dump();
    assert_ne!(before, after);
    assert_eq!(desk.call("history.undo", json!({}))["notes"], json!([]));
    assert_eq!(desk.dump(), before);
    desk.is_sound();
    desk.call("history.redo", json!({}));
    assert_eq!(desk.dump(), after);
    desk.is_sound();
}

fn rows<'a>(preview: &'a Value, outcome: &'a str) -> impl Iterator<Item = &'a Value> {
    preview["examples"].as_array().expect("examples").iter().filter(move |row| row["outcome"] == outcome)
}
