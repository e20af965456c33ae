//! Whoever was erased is brought back by no file, unless somebody lets the row in.
use crate::{Access, testing::Desk};
use serde_json::{Value, json};
use std::fs;

const TEXT: &str = "Name,Email,City\nAda,ada@acme.example,London\nBo,bo@acme.example,Lagos\n";

fn asked(desk: &Desk) -> Value {
    let path = desk.path("met.csv");
    fs::write(&path, TEXT).expect("a file");
    json!({ "file": desk.store.grant(path, Access::Read), "matching": true, "source": "import" })
}

/// Two came from a file; one of them is erased.
fn without_ada() -> Desk {
    let desk = Desk::new();
    desk.call("imports.run", asked(&desk));
    let ada = desk.call("people.matching", json!({ "text": "Ada", "limit": 1 }))[0]["id"].clone();
    desk.call("erase.run", json!({ "ids": [ada], "others": "blank" }));
    assert_eq!(desk.names(), ["Bo"]);
    desk
}

#[test]
fn the_same_file_again_leaves_out_who_was_erased_and_says_why() {
    let desk = without_ada();
    let seen = desk.call("imports.preview", asked(&desk));
    assert_eq!((&seen["skipped"], &seen["newPeople"], &seen["unchanged"]), (&json!(1), &json!(0), &json!(1)));
    assert!(seen["suppressed"].is_null() || seen["suppressed"] == 0, "nobody comes in: {}", seen["suppressed"]);
    let row = &seen["examples"][0];
    assert_eq!((&row["row"], &row["outcome"]), (&json!(2), &json!("skipped")));
    let reason = row["reason"].as_str().expect("a reason");
    assert!(reason.starts_with("Whoever had ada@acme.example was erased"), "{reason}");
    let done = desk.call("imports.run", asked(&desk));
    assert_eq!((&done["skipped"], &done["added"]), (&json!(1), &json!(0)));
    assert_eq!(desk.names(), ["Bo"]);
}

#[test]
fn a_click_on_the_row_lets_them_in_and_they_are_not_written_to() {
    let desk = without_ada();
    let mut asked = asked(&desk);
    asked["decisions"] = json!({ "2": "new" });
    let seen = desk.call("imports.preview", asked.clone());
    assert_eq!((&seen["newPeople"], &seen["skipped"]), (&json!(1), &json!(0)));
    assert!(seen["examples"][0]["notes"][0].as_str().expect("a note").contains("(was erased)"));
    assert_eq!(desk.call("imports.run", asked)["added"], 1);
    let ada = desk.call("people.matching", json!({ "text": "Ada", "limit": 1 }))[0]["id"].clone();
    let of = desk.call("basis.of", json!({ "id": ada }));
    assert_eq!(of["points"][0]["suppressed"], "erased");
    // They are here: another file is about them as about anybody.
    assert_eq!(desk.call("imports.preview", self::asked(&desk))["unchanged"], 2);
}

#[test]
fn who_unsubscribed_before_they_were_erased_was_erased() {
    let desk = Desk::new();
    desk.call("imports.run", asked(&desk));
    desk.call("suppressions.add", json!({ "kind": "email", "values": ["ada@acme.example"] }));
    let ada = desk.call("people.matching", json!({ "text": "Ada", "limit": 1 }))[0]["id"].clone();
    desk.call("erase.run", json!({ "ids": [ada], "others": "blank" }));
    assert_eq!(desk.call("imports.preview", asked(&desk))["skipped"], 1);
}

#[test]
fn what_stood_in_notes_from_which_a_name_was_taken_does_not_come_back_with_an_older_table() {
    let desk = Desk::new();
    let table = |name: &str, rows: &str| {
        let path = desk.path(name);
        fs::write(&path, format!("Name,Email,City,Notes,Last contact,What was said\n{rows}")).expect("a file");
        json!({ "file": desk.store.grant(path, Access::Read), "matching": true, "source": "import" })
    };
    let earlier = desk.person("Robert");
    let bo = "Bo,bo@acme.example,,Sits beside Ada Moss,2026-03-02,Ada Moss says hello\n";
    desk.call("imports.run", table("before.csv", bo));
    let ada = desk.person("Ada Moss");
    desk.call("erase.run", json!({ "ids": [ada], "others": "blank" }));
    let id = desk.call("people.matching", json!({ "text": "Bo", "limit": 1 }))[0]["id"].clone();
    let clean = desk.dump();

    // The very same table has nothing else to tell.
    let seen = desk.call("imports.preview", table("before.csv", bo));
    assert_eq!((&seen["heldBack"], &seen["unchanged"], &seen["updates"]), (&json!(1), &json!(1), &json!(0)), "{seen}");
    let note = seen["examples"][0]["notes"][0].as_str().expect("a sentence");
    assert!(note.starts_with("Not added: notes, what was said. Somebody was erased"), "{note}");
    let done = desk.call("imports.run", table("before.csv", bo));
    assert_eq!((&done["heldBack"], &done["unchanged"], desk.dump()), (&json!(1), &json!(1), clean), "{done}");

    // Of a row that has more, the rest goes in; a person of whom nothing was reworded is taken as always.
    let more = format!("{}Tom,tom@acme.example,,Runs,,\n", bo.replace(".example,,", ".example,Lagos,"));
    let done = desk.call("imports.run", table("more.csv", &more));
    assert_eq!((&done["heldBack"], &done["updated"], &done["added"]), (&json!(1), &json!(1), &json!(1)), "{done}");
    assert_eq!(done["noted"][0]["note"], note, "{done}");
    let page = desk.page(id.as_str().expect("an id"));
    assert_eq!((&page["person"]["city"], &page["person"]["notes"]), (&json!("Lagos"), &json!("Sits beside …")));
    assert!(!desk.dump().contains("Moss"));
    desk.undo();
    assert_eq!(desk.page(id.as_str().expect("an id"))["person"]["city"], Value::Null);

    // Neither does it where the notes were emptied since, or whoever has them was merged into somebody else.
    desk.call("people.edit", json!({ "id": id, "notes": "" }));
    desk.call("doubles.merge", json!({ "ids": [earlier, id] }));
    assert_eq!(desk.call("imports.run", table("before.csv", bo))["heldBack"], 1);
    assert!(!desk.dump().contains("Moss"));
    // Where nothing of it is missing here, there is nothing to say.
    let said = bo.replace("Sits beside Ada Moss", "").replace("Ada Moss says hello", "… says hello");
    assert_eq!(desk.call("imports.preview", table("after.csv", &said))["heldBack"], 0);
}

#[test]
fn nor_does_what_stood_in_a_field_of_ones_own() {
    let desk = Desk::new();
    let table = |rows: &str| {
        let path = desk.path("met.csv");
        fs::write(&path, format!("Name,Email,Met through,Shirt\n{rows}")).expect("a file");
        json!({
            "file": desk.store.grant(path, Access::Read), "matching": true, "source": "import", "overwrite": [2],
            "mapping": [{ "target": "name" }, { "target": "email" }, { "custom": "Met through" }, { "custom": "Shirt" }],
        })
    };
    desk.call("imports.run", table("Bo,bo@acme.example,a friend of Ada Moss,M\n"));
    let ada = desk.person("Ada Moss");
    desk.call("erase.run", json!({ "ids": [ada], "others": "blank" }));
    let done = desk.call("imports.run", table("Bo,bo@acme.example,a friend of Ada Moss,L\n"));
    assert_eq!((&done["heldBack"], &done["updated"]), (&json!(1), &json!(1)), "{done}");
    let note = done["noted"][0]["note"].as_str().expect("a sentence");
    assert!(note.starts_with("Not added: Met through. Somebody was erased"), "{note}");
    assert!(!desk.dump().contains("Moss"));
    assert!(desk.dump().contains("a friend of …"));
}
