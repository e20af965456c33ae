//! A no outlives whatever brought the address: an import that is taken back takes nobody's word with it.
use crate::{Access, testing::Desk, trust::LeftOut};
use serde_json::{Value, json};

const FILE: &str = "Name,Email,Company,Newsletter\nAlma Roy,alma@roy.example,Roy,yes\nBela Roy,bela@roy.example,Roy,yes\nCora Roy,cora@roy.example,Roy,yes\n";
/// The same addresses, of people who are spelled otherwise.
const OTHERWISE: &str = "Name,Email,Company,Newsletter\nA. Roy,alma@roy.example,Roy Inc,yes\nB. Roy,bela@roy.example,Roy Inc,yes\nC. Roy,cora@roy.example,Roy Inc,yes\n";

fn brought(desk: &Desk, text: &str, on: &str) {
    let path = desk.path("roy.csv");
    std::fs::write(&path, text).expect("a file");
    let file = desk.store.grant(path, Access::Read);
    let asked = json!({ "file": file, "matching": true, "source": "list_signup", "newsletter": { "evidence": "Our form", "on": on } });
    desk.call("imports.run", asked);
}

fn who(desk: &Desk, name: &str) -> String {
    crate::testing::id_of(&desk.call("people.matching", json!({ "text": name, "limit": 1 }))[0])
}

/// The step of that command that stands.
fn step(desk: &Desk, command: &str) -> Value {
    let lines = desk.call("history.recent", json!({ "limit": 50 }));
    let lines = lines.as_array().expect("lines").clone();
    lines.into_iter().find(|line| line["command"] == command).expect("it is there")["id"].clone()
}

fn point(desk: &Desk, name: &str) -> Value {
    desk.page(&who(desk, name))["contactPoints"][0]["id"].clone()
}

type Refuse = fn(&Desk);
const NOES: [(&str, Refuse); 4] = [
    ("objected", |desk| drop(desk.call("basis.objected", json!({ "person": who(desk, "Bela"), "kinds": ["email"] })))),
    ("opted out", |desk| {
        drop(desk.call("contact_points.edit", json!({ "id": point(desk, "Bela"), "status": "opted_out" })));
    }),
    ("bounced", |desk| {
        drop(desk.call("contact_points.edit", json!({ "id": point(desk, "Bela"), "status": "bounced" })));
    }),
    ("not to be contacted", |desk| {
        drop(desk.call("people.edit", json!({ "id": who(desk, "Bela"), "doNotContact": true })));
    }),
];

#[test]
fn a_no_said_by_hand_outlives_the_import_that_brought_the_address() {
    for (no, refuse) in NOES {
        for trashed in [true, false] {
            for again in [FILE, OTHERWISE] {
                let desk = Desk::new();
                brought(&desk, FILE, "2026-05-03");
                assert!(desk.list(&who(&desk, "Bela")).is_ok());
                refuse(&desk);
                if trashed {
                    desk.call("people.trash", json!({ "ids": [who(&desk, "Bela")] }));
                }
                let undone = desk.call("history.take_back", json!({ "operation": step(&desk, "imports.run") }));
                let notes = undone["notes"].to_string();
                assert!(notes.contains("bela@roy.example") && notes.contains("suppression list"), "{no}: {notes}");
                assert!(!notes.contains("alma@roy.example"), "{no}: {notes}");
                brought(&desk, again, "2026-05-21");
                let query = json!({ "filter": { "text": "may:list_mail" }, "sort": "name", "descending": false });
                let rows = desk.call("people.list", json!({ "query": query, "offset": 0, "limit": 9 }));
                let names: Vec<&str> = rows["rows"]
                    .as_array()
                    .expect("rows")
                    .iter()
                    .map(|row| row["name"].as_str().expect("a name"))
                    .collect();
                assert_eq!(names.len(), 2, "{no}, in the trash: {trashed}: {names:?}");
                assert!(names.iter().all(|name| !name.starts_with('B')), "{no}, in the trash: {trashed}: {names:?}");
                desk.is_sound();
            }
        }
    }
}

#[test]
fn a_no_that_was_taken_back_before_or_came_with_the_step_itself_goes_with_it() {
    let desk = Desk::new();
    brought(&desk, FILE, "2026-05-03");
    desk.call("basis.objected", json!({ "person": who(&desk, "Bela"), "kinds": ["email"] }));
    desk.undo();
    assert_eq!(desk.undo()["notes"], json!([]));
    brought(&desk, FILE, "2026-05-03");
    assert!(desk.list(&who(&desk, "Bela")).is_ok());

    let desk = Desk::new();
    brought(
        &desk,
        &FILE.replace("Bela Roy,bela@roy.example,Roy,yes", "Bela Roy,bela@roy.example,Roy,no"),
        "2026-05-03",
    );
    assert!(desk.list(&who(&desk, "Bela")).is_err());
    assert_eq!(desk.undo()["notes"], json!([]), "a column that was taken for another is mended so");
    brought(&desk, FILE, "2026-05-03");
    assert!(desk.list(&who(&desk, "Bela")).is_ok());
}

#[test]
fn bringing_the_import_back_and_taking_it_back_again_changes_nothing_of_the_no() {
    let desk = Desk::new();
    brought(&desk, FILE, "2026-05-03");
    let before = who(&desk, "Bela");
    desk.call("basis.objected", json!({ "person": before, "kinds": ["email"] }));
    let import = step(&desk, "imports.run");
    for _ in 0..2 {
        desk.call("history.take_back", json!({ "operation": import }));
        desk.redo();
        assert_eq!(desk.list(&before), Err(LeftOut::Objected));
        assert!(desk.list(&who(&desk, "Alma")).is_ok());
        desk.is_sound();
    }
    // A later sign-up with what shows it is theirs, and opens the address again.
    desk.wait(2).opted_in(point(&desk, "Bela").as_str().expect("an id"), "2026-05-23");
    assert!(desk.list(&before).is_ok());
    desk.call("history.take_back", json!({ "operation": import }));
    desk.redo();
    assert!(desk.list(&before).is_ok(), "it was said after the no");
}

#[test]
fn an_address_that_was_corrected_and_refused_stays_refused_when_the_correction_is_taken_back() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.exampel", "badge");
    desk.call("contact_points.edit", json!({ "id": point, "value": "ada@acme.example" }));
    let corrected = step(&desk, "contact_points.edit");
    desk.call("basis.objected", json!({ "person": ada, "kinds": ["email"] }));
    desk.call("history.take_back", json!({ "operation": corrected }));
    let bo = desk.person("Bo");
    desk.point(&bo, "email", "ada@acme.example", "import");
    assert_eq!(desk.list(&bo), Err(LeftOut::Suppressed));
    desk.is_sound();
}
