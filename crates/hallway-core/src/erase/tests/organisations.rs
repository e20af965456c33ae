//! Where only she worked goes with her, unless it is to stay or somebody else is there.
use super::*;

fn names(desk: &Desk) -> Vec<String> {
    let name = |tx: &crate::store::Tx| tx.column("SELECT name FROM organisations ORDER BY name", []);
    desk.store.read(desk.now(), name).expect("names")
}

/// Ada was at Initech, and is at Acme, where Bo is too.
fn two() -> (Desk, String, String) {
    let desk = Desk::new();
    let (ada, bo) = (desk.person("Ada"), desk.person("Bo"));
    desk.call("people.edit", json!({ "id": ada, "organisation": "Initech" }));
    desk.call("people.edit", json!({ "id": ada, "organisation": "Ada Consulting" }));
    desk.call("people.edit", json!({ "id": bo, "organisation": "Acme" }));
    (desk, ada, bo)
}

#[test]
fn it_goes_by_itself_from_the_file_and_its_backups() {
    let (desk, ada, _) = two();
    desk.call("backups.make", json!({}));
    let before = desk.call("erase.preview", json!({ "ids": [ada] }));
    let only: Vec<&str> =
        before["organisations"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(only, ["Ada Consulting", "Initech"], "also where the history says she was");
    let receipt = desk.call("erase.run", json!({ "ids": [ada] }));
    let gone = receipt["gone"].as_array().unwrap().iter().find(|one| one["table"] == "organisations").unwrap();
    assert_eq!((&gone["what"], &gone["count"]), (&json!("organisation"), &json!(2)));
    assert_eq!(names(&desk), ["Acme"]);
    assert_eq!(found(&desk, &["Initech", "Ada Consulting"]), BTreeSet::new());
    desk.is_sound();
}

#[test]
fn it_stays_where_somebody_else_is_or_may_come_back_to_and_where_it_is_to() {
    let (desk, ada, bo) = two();
    let cy = desk.person("Cy");
    desk.call("people.edit", json!({ "id": cy, "organisation": "Initech" }));
    desk.call("people.trash", json!({ "ids": [cy] }));
    desk.call("people.edit", json!({ "id": ada, "organisation": "Acme" }));
    let before = desk.call("erase.preview", json!({ "ids": [ada] }));
    let only = before["organisations"].as_array().unwrap();
    assert_eq!((only.len(), &only[0]["name"]), (1, &json!("Ada Consulting")), "{before}");
    let named = before["named"].as_array().unwrap();
    assert_eq!((named.len(), &named[0]["table"]), (1, &json!("organisations")), "what it is called names her");
    let kept = json!([only[0]["id"]]);
    let undecided = json!({ "ids": [ada], "organisationsKept": kept });
    assert_eq!(desk.refused("erase.run", undecided).field.as_deref(), Some("decisions"));
    let receipt = desk.call("erase.run", json!({ "ids": [ada], "organisationsKept": kept, "others": "keep" }));
    assert!(!receipt["gone"].as_array().unwrap().iter().any(|one| one["table"] == "organisations"), "{receipt}");
    assert_eq!(names(&desk), ["Acme", "Ada Consulting", "Initech"]);
    assert_eq!(desk.page(&bo)["organisation"], "Acme");
    desk.is_sound();
}

#[test]
fn somebody_else_of_an_older_file_comes_in_without_it_and_is_not_left_out() {
    let (desk, ada, bo) = two();
    desk.call("people.edit", json!({ "id": bo, "organisation": "Initech" }));
    let path = desk.path("before.json");
    let file = desk.store.grant(path.clone(), crate::Access::Write);
    desk.call("json.export", json!({ "file": file }));
    desk.call("people.edit", json!({ "id": bo, "organisation": "Acme" }));
    desk.call("erase.run", json!({ "ids": [ada] }));
    assert_eq!(names(&desk), ["Acme"]);
    let file = desk.store.grant(path, crate::Access::Read);
    desk.call("json.run", json!({ "file": file, "theirs": true }));
    assert_eq!(desk.names(), ["Bo"]);
    assert_eq!(desk.page(&bo)["organisation"], Value::Null);
    assert_eq!(names(&desk), ["Acme"]);
    desk.is_sound();
}

#[test]
fn it_goes_with_whoever_is_emptied_out_of_the_trash() {
    let (desk, ada, _) = two();
    let cy = desk.person("Cy");
    desk.call("people.edit", json!({ "id": cy, "organisation": "Initech" }));
    desk.call("backups.make", json!({}));
    desk.call("people.trash", json!({ "ids": [ada] }));
    desk.call("trash.empty", json!({}));
    assert_eq!(names(&desk), ["Acme", "Initech"], "Cy is there still");
    assert_eq!(found(&desk, &["Ada Consulting"]), BTreeSet::new());
    desk.call("people.trash", json!({ "ids": [cy] }));
    let receipt = desk.wait(31).call("erase.keep_up", json!({}));
    assert!(receipt["gone"].as_array().unwrap().iter().any(|one| one["table"] == "organisations"), "{receipt}");
    assert_eq!(names(&desk), ["Acme"]);
    desk.is_sound();
}
