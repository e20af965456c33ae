//! Files in, as somebody brings them.
use crate::testing::Desk;
use serde_json::{Value, json};
use std::fs;

/// A file in a folder of its own, with what the host's dialog would give for it.
fn file(desk: &Desk, name: &str, bytes: impl AsRef<[u8]>) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let grant = desk.store.grant(path);
    (folder, grant)
}

fn request(grant: &str) -> Value {
    json!({ "file": grant, "matching": true, "source": "import", "decisions": {}, "overwrite": [] })
}

fn preview(desk: &Desk, grant: &str) -> Value {
    desk.call("imports.preview", request(grant))
}

const LINKEDIN: &str = "Notes:\r\n\"When exporting your connection data, you may notice that some of the email addresses are missing.\"\r\n\r\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\r\nPriya,Sharma,https://www.linkedin.com/in/priya-s,,\"Stripe, Inc.\",Engineer,12 Mar 2024\r\nTom,Kowalski,https://www.linkedin.com/in/tomk,tom@example.org,Globex,Developer,7-Feb-22\r\n,,,,,,\r\n";

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
fn the_same_file_again_changes_nothing_and_says_when_it_came_first() {
    let desk = Desk::new();
    let (_folder, grant) = file(&desk, "Connections.csv", LINKEDIN);
    desk.call("imports.run", request(&grant));
    let after = desk.dump();
    let seen = preview(&desk, &grant);
    assert_eq!(
        (&seen["unchanged"], &seen["newPeople"], &seen["alreadyImported"]),
        (&json!(2), &json!(0), &json!("2026-05-21"))
    );
    assert_eq!(desk.call("imports.run", request(&grant))["unchanged"], 2);
    assert_eq!(desk.dump(), after);
}

#[test]
fn a_match_needs_the_address_and_the_name() {
    let desk = Desk::new();
    let tom = desk.person("Tom Kowalski");
    desk.call(
        "contact_points.add",
        json!({ "person": tom, "kind": "email", "value": "office@example.org", "source": "they_gave_it" }),
    );
    let (_folder, grant) = file(
        &desk,
        "a.csv",
        "Name,Email,City\nKowalski Tom,OFFICE@example.org,Kraków\nAda Byron,office@example.org,London\nTom Kowalski,other@example.org,Paris\n",
    );
    let seen = preview(&desk, &grant);
    assert_eq!((&seen["updates"], &seen["look"], &seen["newPeople"]), (&json!(1), &json!(1), &json!(1)));
    let look = seen["examples"].as_array().unwrap().iter().find(|r| r["outcome"] == "look").unwrap();
    assert_eq!((&look["row"], &look["candidate"]["name"]), (&json!(3), &json!("Tom Kowalski")));
    let done = desk.call("imports.run", request(&grant));
    assert_eq!((&done["updated"], &done["added"], &done["waiting"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!(desk.page(&tom)["person"]["city"], "Kraków", "a blank was filled");
    let mut decided = request(&grant);
    decided["decisions"] = json!({ "3": "new" });
    desk.call("imports.run", decided);
    assert!(desk.names().contains(&"Ada Byron".to_owned()));
}

#[test]
fn what_differs_is_kept_unless_chosen() {
    let desk = Desk::new();
    let tom = desk.person("Tom");
    desk.call("people.edit", json!({ "id": tom, "city": "Kraków" }));
    desk.call(
        "contact_points.add",
        json!({ "person": tom, "kind": "email", "value": "t@example.org", "source": "they_gave_it" }),
    );
    let (_folder, grant) = file(&desk, "a.csv", "Name;Email;City\nTom;t@example.org;Gdańsk\n");
    let row = preview(&desk, &grant)["examples"][0].clone();
    assert_eq!(row["differs"], json!([{ "field": "city", "have": "Kraków", "file": "Gdańsk" }]));
    desk.call("imports.run", request(&grant));
    assert_eq!(desk.page(&tom)["person"]["city"], "Kraków");
    let mut chosen = request(&grant);
    chosen["overwrite"] = json!([2]);
    assert_eq!(desk.call("imports.run", chosen)["updated"], 1);
    assert_eq!(desk.page(&tom)["person"]["city"], "Gdańsk");
    desk.undo();
    assert_eq!(desk.page(&tom)["person"]["city"], "Kraków");
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
fn undoing_an_import_keeps_those_to_whom_something_was_added_since() {
    let desk = Desk::new();
    let (_folder, grant) =
        file(&desk, "a.csv", "Name,Email,Tags\nTom,tom@example.org,meetup\nEve,eve@example.org,meetup\n");
    desk.call("imports.run", request(&grant));
    let tom = desk.call("people.matching", json!({ "text": "tom", "limit": 1 }))[0]["id"].as_str().unwrap().to_owned();
    desk.log(&tom, "conversation_in_person", "2026-05-20");
    let import = desk
        .call("history.recent", json!({ "limit": 5 }))
        .as_array()
        .unwrap()
        .iter()
        .find(|o| o["command"] == "imports.run")
        .unwrap()["id"]
        .as_i64()
        .unwrap();
    let undone = desk
        .store
        .write("test", crate::store::Memory::Recorded, desk.now(), |tx| {
            let undone = crate::history::take_back(tx, import)?;
            crate::people::state::refresh_concerned(tx)?;
            Ok(undone)
        })
        .unwrap()
        .value;
    assert_eq!(undone.notes, ["Kept, because something was added to them since: Tom."]);
    assert_eq!(desk.names(), ["Tom"]);
    assert_eq!(desk.page(&tom)["tags"], json!([]), "what the import brought is taken back");
    desk.is_sound();
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
        let grant = desk.store.grant(path.clone());
        let done = desk.call(
            "exports.people",
            json!({ "query": crate::testing::everybody(), "file": grant, "mode": mode, "columns": ["name", "city"] }),
        );
        assert_eq!(done["rows"], 2);
        let text = String::from_utf8(fs::read(&path).unwrap()).unwrap();
        assert_eq!(text.starts_with('\u{feff}'), mode == "spreadsheet");
        assert_eq!(text.contains("'=HYPERLINK"), mode == "spreadsheet");
        let back = Desk::new();
        let grant = back.store.grant(path);
        back.call("imports.run", request(&grant));
        assert_eq!(back.names(), desk.names());
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing unfinished is left beside them");
}
