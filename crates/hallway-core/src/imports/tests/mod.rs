//! Files in, as somebody brings them.
mod cards;
mod columns;
mod days;
mod erased;
mod kinds;
mod matching;
mod newsletter;
mod noes;
mod room;
mod under_way;

use crate::{Access, testing::Desk};
use serde_json::{Value, json};
use std::fs;

/// A file in a folder of its own, with what the host's dialog would give for it.
pub(super) fn file(desk: &Desk, name: &str, bytes: impl AsRef<[u8]>) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let grant = desk.store.grant(path, Access::Read);
    (folder, grant)
}

pub(super) fn request(grant: &str) -> Value {
    json!({ "file": grant, "matching": true, "source": "import", "decisions": {}, "overwrite": [] })
}

pub(super) fn preview(desk: &Desk, grant: &str) -> Value {
    desk.call("imports.preview", request(grant))
}

pub(super) const LINKEDIN: &str = "Notes:\r\n\"When exporting your connection data, you may notice that some of the email addresses are missing.\"\r\n\r\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\r\nPriya,Sharma,https://www.linkedin.com/in/priya-s,,\"Stripe, Inc.\",Engineer,12 Mar 2024\r\nTom,Kowalski,https://www.linkedin.com/in/tomk,tom@example.org,Globex,Developer,7-Feb-22\r\n,,,,,,\r\n";

#[test]
fn a_linkedin_file_is_recognised_and_imported_as_one_step() {
    let desk = Desk::new();
    let (_folder, grant) = file(&desk, "Connections.csv", LINKEDIN);
    let before = desk.dump();
    let seen = preview(&desk, &grant);
    assert_eq!(
        (&seen["layout"], &seen["rows"], &seen["newPeople"], &seen["blankRows"]),
        (&json!("LinkedIn Connections"), &json!(2), &json!(2), &json!(1))
    );
    assert_eq!(desk.dump(), before, "a preview writes nothing");
    let done = desk.call("imports.run", request(&grant));
    assert_eq!((&done["added"], &done["refused"]), (&json!(2), &json!(0)));
    assert_eq!(desk.names(), ["Priya Sharma", "Tom Kowalski"]);
    let tom = desk.call("people.matching", json!({ "text": "tom", "limit": 1 }))[0]["id"].as_str().unwrap().to_owned();
    let page = desk.page(&tom);
    assert_eq!((&page["organisation"], &page["cameFrom"]), (&json!("Globex"), &json!("Connections.csv")));
    assert_eq!(page["contactPoints"][0]["sourceNote"], "Connections.csv");
    assert_eq!(desk.undo()["label"], "Imported 2 people from “Connections.csv”");
    assert_eq!(desk.dump(), before);
    desk.redo();
    assert_eq!(desk.names().len(), 2);
    desk.is_sound();
}

#[test]
fn a_bad_row_says_where_and_why_and_the_others_go_in() {
    let desk = Desk::new();
    let (_folder, grant) =
        file(&desk, "a.csv", "Name,Email\nTom,tom@example.org\n,nobody@example.org\nEve,eve at home\n");
    let seen = preview(&desk, &grant);
    let refused: Vec<&Value> =
        seen["examples"].as_array().unwrap().iter().filter(|r| r["outcome"] == "refused").collect();
    assert_eq!(refused.len(), 2);
    assert_eq!(
        (&refused[0]["row"], &refused[1]["row"], &refused[1]["column"]),
        (&json!(3), &json!(4), &json!("Email"))
    );
    assert!(refused[0]["reason"].as_str().unwrap().contains("no name"));
    desk.call("imports.run", request(&grant));
    assert_eq!(desk.names(), ["Tom"]);
}

#[test]
fn columns_nobody_mapped_are_named_and_one_can_become_a_field() {
    let desk = Desk::new();
    let (_folder, grant) = file(&desk, "a.csv", "Name,Shoe size,Favourite error\nTom,43,E0502\n");
    let seen = preview(&desk, &grant);
    assert_eq!(seen["unmapped"], json!(["Shoe size", "Favourite error"]));
    let mut mapped = request(&grant);
    mapped["mapping"] = json!([{ "target": "name" }, { "target": "skip" }, { "custom": "Favourite error" }]);
    desk.call("imports.run", mapped);
    let tom = desk.call("people.matching", json!({ "text": "tom", "limit": 1 }))[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(desk.page(&tom)["fields"][0]["value"], "E0502");
}

#[test]
fn a_column_that_is_called_like_an_own_field_goes_there_by_itself() {
    let desk = Desk::new();
    desk.call("fields.define", json!({ "label": "Where we met", "kind": "text", "choices": [] }));
    let (_folder, grant) = file(&desk, "meetup.csv", "Participant,where we met,Shoe\nAda,at the door,43\n");
    let columns = preview(&desk, &grant)["columns"].clone();
    let mappings: Vec<&Value> = columns.as_array().unwrap().iter().map(|column| &column["mapping"]).collect();
    assert_eq!(
        mappings,
        [&json!({ "target": "name" }), &json!({ "custom": "Where we met" }), &json!({ "target": "skip" })]
    );
}

#[test]
fn a_file_that_is_no_table_is_refused_with_its_name() {
    let desk = Desk::new();
    let (_folder, grant) = file(&desk, "empty.csv", "");
    let failure = desk.refused("imports.preview", request(&grant));
    assert_eq!(
        failure.message,
        "empty.csv: The file has no rows. Choose a file with a header row and one person in each row below it."
    );
    assert_eq!(desk.refused("imports.preview", request("not a grant")).field.as_deref(), Some("file"));
}

#[test]
fn what_the_list_shows_goes_out_and_comes_back_in() {
    let desk = Desk::new();
    let id = desk.person("=HYPERLINK(1)");
    desk.call("people.edit", json!({ "id": id, "city": "+49 Berlin, \"Mitte\"\nHinterhof" }));
    desk.person("Tom");
    let folder = tempfile::tempdir().unwrap();
    for mode in ["program", "spreadsheet"] {
        let path = folder.path().join(format!("{mode}.csv"));
        let grant = desk.store.grant(path.clone(), Access::Write);
        let done = desk.call(
            "exports.people",
            json!({ "query": crate::testing::everybody(), "file": grant, "mode": mode, "columns": ["name", "city"] }),
        );
        assert_eq!(done["rows"], 2);
        let text = String::from_utf8(fs::read(&path).unwrap()).unwrap();
        assert_eq!(text.starts_with('\u{feff}'), mode == "spreadsheet");
        assert_eq!(text.contains("'=HYPERLINK"), mode == "spreadsheet");
        let back = Desk::new();
        let grant = back.store.grant(path, Access::Read);
        back.call("imports.run", request(&grant));
        assert_eq!(back.names(), desk.names());
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing unfinished is left beside them");
}

#[test]
fn an_import_is_named_by_whom_it_brought() {
    let desk = Desk::new();
    let lines: String = (0..1234).map(|n| format!("Person {n},p{n}@example.org,\n")).collect();
    let (_folder, grant) = file(&desk, "first.csv", format!("Name,Email,City\n{lines}"));
    desk.call("imports.run", request(&grant));
    let newest = |desk: &Desk| desk.call("history.recent", json!({ "limit": 1 }))[0]["label"].clone();
    assert_eq!(newest(&desk), "Imported 1,234 people from “first.csv”");
    let (_folder, grant) =
        file(&desk, "second.csv", "Name,Email,City\nPerson 1,p1@example.org,Kraków\nEve,eve@example.org,\n");
    desk.call("imports.run", request(&grant));
    assert_eq!(newest(&desk), "Imported 1 person and news of 1 from “second.csv”");
    let (_folder, grant) = file(&desk, "third.csv", "Name,Email,City\nPerson 2,p2@example.org,Gdańsk\n");
    desk.call("imports.run", request(&grant));
    assert_eq!(newest(&desk), "Imported news of 1 person from “third.csv”");
}

#[test]
fn a_text_that_a_field_does_not_take_refuses_its_row_and_no_other() {
    let desk = Desk::new();
    let field = |label: &str, kind: &str, choices: &[&str]| {
        desk.call("fields.define", json!({ "label": label, "kind": kind, "choices": choices }));
    };
    field("Shirt", "choice", &["S", "M"]);
    field("Since", "date", &[]);
    field("Speaks", "yes_no", &[]);
    let text = "Name,Shirt,Since,Speaks\nTom,m,12 Mar 2024,Yes\nEve,XL,2024-03-12,no\nAda,S,soon,no\n";
    let (_folder, grant) = file(&desk, "shirts.csv", text);
    let mut asked = request(&grant);
    asked["mapping"] =
        json!([{ "target": "name" }, { "custom": "Shirt" }, { "custom": "Since" }, { "custom": "Speaks" }]);
    let seen = desk.call("imports.preview", asked.clone());
    assert_eq!((&seen["newPeople"], &seen["refused"]), (&json!(1), &json!(2)));
    let refused: Vec<_> = seen["examples"].as_array().unwrap().iter().filter(|r| r["outcome"] == "refused").collect();
    assert_eq!((&refused[0]["row"], &refused[0]["column"]), (&json!(3), &json!("Shirt")));
    assert!(refused[0]["reason"].as_str().unwrap().starts_with("“XL” is not one of S, M."));
    assert_eq!((&refused[1]["row"], &refused[1]["column"]), (&json!(4), &json!("Since")));
    desk.call("imports.run", asked);
    assert_eq!(desk.names(), ["Tom"]);
    let tom = desk.call("people.matching", json!({ "text": "tom", "limit": 1 }))[0]["id"].as_str().unwrap().to_owned();
    let values: Vec<Value> = desk.page(&tom)["fields"].as_array().unwrap().iter().map(|v| v["value"].clone()).collect();
    assert_eq!(values, ["M", "12 Mar 2024", "yes"]);
}

#[test]
fn two_columns_of_one_field_are_two_lines() {
    let desk = Desk::new();
    let (_folder, grant) = file(&desk, "a.csv", "Name,Likes,Likes too,Likes again\nTom,tea,cake,Cake\n");
    let mut asked = request(&grant);
    asked["mapping"] =
        json!([{ "target": "name" }, { "custom": "Likes" }, { "custom": "likes" }, { "custom": "Likes" }]);
    desk.call("imports.run", asked.clone());
    let tom = desk.call("people.matching", json!({ "text": "tom", "limit": 1 }))[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(desk.page(&tom)["fields"][0]["value"], "tea\ncake");
}

#[test]
fn a_file_that_changed_since_it_was_looked_at_is_not_imported() {
    let desk = Desk::new();
    let (folder, grant) = file(&desk, "a.csv", "Name\nTom\n");
    let mut asked = request(&grant);
    asked["hash"] = preview(&desk, &grant)["hash"].clone();
    fs::write(folder.path().join("a.csv"), "Name\nEve\nTom\n").unwrap();
    assert!(desk.refused("imports.run", asked.clone()).message.contains("has changed since"));
    assert!(desk.names().is_empty());
    fs::write(folder.path().join("a.csv"), "Name\nTom\n").unwrap();
    let done = desk.call("imports.run", asked);
    desk.person("Eve");
    desk.call("history.take_back", json!({ "operation": done["operation"] }));
    assert_eq!(desk.names(), ["Eve"], "that import is taken back, and nothing that came after it");
}

#[test]
fn what_was_chosen_to_be_read_is_not_written_and_the_workspace_never() {
    let desk = Desk::new();
    desk.person("Tom");
    let (folder, read) = file(&desk, "a.csv", "Name\nTom\n");
    let export = |grant: &str| json!({ "query": crate::testing::everybody(), "file": grant, "mode": "program" });
    assert_eq!(desk.refused("exports.people", export(&read)).field.as_deref(), Some("file"));
    assert_eq!(fs::read_to_string(folder.path().join("a.csv")).unwrap(), "Name\nTom\n");
    let beside = desk.store.path().with_file_name(".").join("test.hallway");
    for own in [desk.store.path().to_owned(), beside, desk.store.path().with_added_extension("lock")] {
        let grant = desk.store.grant(own, Access::Write);
        assert!(desk.refused("exports.people", export(&grant)).message.contains("is working in"));
    }
    desk.is_sound();
}

#[test]
fn every_column_that_can_be_imported_comes_back_from_an_export() {
    let desk = Desk::new();
    desk.call("sample.load", json!({}));
    let tom = desk.person("Tom, of all people");
    desk.call("tags.add", json!({ "people": [tom], "name": "C, C++ and Rust", "kind": "topic" }));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.csv");
    let columns: Vec<Value> =
        desk.call("exports.columns", json!({})).as_array().unwrap().iter().map(|c| c["key"].clone()).collect();
    let grant = desk.store.grant(path.clone(), Access::Write);
    let everybody =
        json!({ "query": crate::testing::everybody(), "file": grant, "mode": "program", "columns": columns });
    desk.call("exports.people", everybody);
    let back = Desk::new();
    let seen = preview(&back, &back.store.grant(path.clone(), Access::Read));
    let skipped: Vec<Value> = seen["columns"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|c| c["mapping"]["target"] == "skip")
        .map(|c| c["header"].clone())
        .collect();
    // What Hallway works out, or what only a person decides, is not taken from a file; and a postal address is kept for what
    // it was given for, which no file says.
    let own = [
        "Country code",
        "Stage",
        "Stage since",
        "Confidence",
        "Last touch",
        "Do not contact",
        "Postal address",
        "Recipient",
        "Address lines",
        "Address country code",
        "Address country",
        "Phone for the parcel",
        "Added",
    ];
    assert_eq!(skipped, own);
    back.call("imports.run", request(&back.store.grant(path, Access::Read)));
    let tags = |desk: &Desk| {
        let mut tags: Vec<String> = desk
            .call("tags.list", json!({}))
            .as_array()
            .unwrap()
            .iter()
            .map(|t| format!("{} {}", t["name"], t["kind"]))
            .collect();
        tags.sort();
        tags
    };
    assert_eq!(tags(&back), tags(&desk));
}

#[test]
fn an_address_that_no_longer_reaches_them_is_not_exported() {
    let desk = Desk::new();
    let tom = desk.person("Tom");
    let add = |value: &str| {
        let point = json!({ "person": tom, "kind": "email", "value": value, "source": "they_gave_it" });
        desk.call("contact_points.add", point)["id"].clone()
    };
    let (first, second) = (add("old@example.org"), add("new@example.org"));
    let folder = tempfile::tempdir().unwrap();
    let exported = || {
        let grant = desk.store.grant(folder.path().join("a.csv"), Access::Write);
        let asked = json!({ "query": crate::testing::everybody(), "file": grant, "mode": "program", "columns": ["email", "do_not_contact"] });
        desk.call("exports.people", asked);
        fs::read_to_string(folder.path().join("a.csv")).unwrap().lines().nth(1).unwrap_or_default().to_owned()
    };
    assert_eq!(exported(), "old@example.org,");
    desk.call("contact_points.edit", json!({ "id": first, "status": "bounced" }));
    assert_eq!(exported(), "new@example.org,");
    desk.call("contact_points.edit", json!({ "id": second, "status": "opted_out" }));
    desk.call("people.edit", json!({ "id": tom, "doNotContact": true }));
    assert_eq!(exported(), ",yes");
}

#[test]
fn a_workbook_is_imported_like_any_table_and_the_sheet_can_be_chosen() {
    let desk = Desk::new();
    let (_folder, grant) = file(&desk, "people.xlsx", include_bytes!("../../../../../tests/fixtures/people.xlsx"));
    let seen = preview(&desk, &grant);
    assert_eq!(
        (&seen["layout"], &seen["encoding"], &seen["separator"], &seen["sheet"], &seen["rows"], &seen["preambleRows"]),
        (&json!("Workbook"), &json!("sheet “People”"), &json!(""), &json!("People"), &json!(3), &json!(2))
    );
    assert_eq!(seen["sheets"], json!(["Cover", "People", "Prices"]));
    assert_eq!(desk.call("imports.run", request(&grant))["added"], 3);
    let zoe = desk.call("people.matching", json!({ "text": "zoë", "limit": 1 }))[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(desk.page(&zoe)["contactPoints"][0]["value"], "zoe@example.org");
    assert_eq!(desk.call("imports.run", request(&grant))["unchanged"], 3);
    let mut prices = request(&grant);
    prices["sheet"] = json!("Prices");
    assert_eq!(desk.call("imports.preview", prices)["columns"][0]["header"], "Thing");
}

#[test]
fn address_cards_are_imported_like_any_table() {
    let desk = Desk::new();
    let cards = "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Byron\nEMAIL:ada@example.org\nURL:https://github.com/ada\nCATEGORIES:speaker\nEND:VCARD\n\
                 BEGIN:VCARD\nVERSION:3.0\nEMAIL:nobody@example.org\nEND:VCARD\n";
    let (_folder, grant) = file(&desk, "contacts.vcf", cards);
    let seen = preview(&desk, &grant);
    assert_eq!(
        (&seen["layout"], &seen["newPeople"], &seen["refused"], &seen["unmapped"]),
        (&json!("Address cards"), &json!(1), &json!(1), &json!([]))
    );
    desk.call("imports.run", request(&grant));
    assert_eq!(desk.names(), ["Ada Byron"]);
    assert_eq!(desk.call("tags.list", json!({}))[0]["name"], "speaker");
    desk.undo();
    assert!(desk.names().is_empty());
}

#[test]
fn what_is_no_table_is_refused_by_what_it_is_whatever_it_is_called() {
    let desk = Desk::new();
    for (bytes, said) in [
        (b"\x89PNG\r\n\x1a\nIHDR".as_slice(), "This is a picture"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"\x1f\x8b\x08", "Unpack it"),
        (b"SQLite format 3\0", "open it instead of importing it"),
        (b"PK\x03\x04 but no workbook", "The workbook could not be read"),
    ] {
        let (_folder, grant) = file(&desk, "people.csv", bytes);
        let refused = desk.refused("imports.preview", request(&grant));
        assert_eq!(refused.field.as_deref(), Some("file"));
        assert!(refused.message.starts_with("people.csv: ") && refused.message.contains(said), "{}", refused.message);
    }
}
