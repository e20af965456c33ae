//! An import that was cancelled: what was there stays, and so does what was said meanwhile.
use super::Brought;
use crate::{Access, testing::Desk};
use serde_json::{Value, json};
use std::fs;

#[test]
fn a_cancelled_import_leaves_what_was_there_and_those_to_whom_something_was_added() {
    let desk = Desk::new();
    desk.person("Ada");
    let brought = Brought::on(desk, 1_500);
    let before = brought.desk.dump();
    let run = brought.begin();
    brought.step(&run);
    brought.step(&run);
    brought.step(&run);
    assert!(brought.desk.dump() != before);
    let cancelled = brought.desk.call("imports.cancel", json!({ "id": run["id"] }));
    assert_eq!(cancelled["phase"], "taking_back");
    brought.until(&run, "taken_back");
    assert_eq!(brought.desk.dump(), before);
    assert_eq!(brought.seen(), Value::Null);
    brought.desk.is_sound();
    assert_eq!(brought.desk.undo()["label"], "Added Ada", "there is nothing of it left to take back");
    assert_eq!(brought.desk.redo()["label"], "Added Ada");

    let run = brought.begin();
    brought.step(&run);
    brought.step(&run);
    let seven = brought.desk.call("people.matching", json!({ "text": "p7@example.org", "limit": 1 }))[0]["id"].clone();
    brought.desk.log(seven.as_str().unwrap(), "conversation_online", "2026-05-20");
    brought.desk.call("imports.cancel", json!({ "id": run["id"] }));
    let done = brought.until(&run, "taken_back");
    assert_eq!(
        done["notes"],
        json!(["Kept, without the rest that came with it, because something was added to them since: Person 7."])
    );
    assert_eq!(brought.desk.names(), ["Ada", "Person 7"]);
    brought.desk.is_sound();
}

#[test]
fn one_that_is_cancelled_before_a_row_is_in_leaves_nothing() {
    let brought = Brought::new(10);
    let before = brought.desk.dump();
    let run = brought.begin();
    brought.desk.call("imports.cancel", json!({ "id": run["id"] }));
    assert_eq!(brought.step(&run)["phase"], "taken_back");
    assert_eq!(brought.desk.dump(), before);
    brought.until(&brought.begin(), "done");
    assert_eq!(brought.desk.names().len(), 10);
}

#[test]
fn a_cancelled_import_leaves_no_moves_and_no_news_of_them() {
    let desk = Desk::new();
    let bo = desk.person("Bo");
    let email = json!({ "person": bo, "kind": "email", "value": "bo@example.org", "source": "they_gave_it" });
    desk.call("contact_points.add", email);
    let mut brought = Brought::on(desk, 0);
    let rows: String = (0..300).map(|n| format!("Person {n},p{n}@example.org,Globex,2026-05-02\n")).collect();
    let text = format!("Name,Email,Company,Last heard from\nBo,bo@example.org,Globex,2026-05-02\n{rows}");
    fs::write(brought.path(), text).unwrap();
    brought.grant = brought.desk.store.grant(brought.path(), Access::Read);
    let before = brought.desk.dump();
    let mut asked = brought.request();
    asked["mapping"] =
        json!([{ "target": "name" }, { "target": "email" }, { "target": "organisation" }, { "target": "last_heard" }]);
    let run = brought.desk.call("imports.begin", asked);
    brought.step(&run);
    brought.step(&run);
    assert!(!brought.desk.standing(&bo)["stage"].is_null(), "a reply places somebody");
    let asked = |sql: &str| brought.desk.store.read(brought.desk.now(), |tx| tx.scalar::<i64>(sql, [])).unwrap();
    assert_ne!(asked("SELECT count(*) FROM stage_changes"), Some(0), "there are moves to take back");
    brought.desk.call("imports.cancel", json!({ "id": run["id"] }));
    brought.until(&run, "taken_back");
    let standing = brought.desk.standing(&bo);
    assert_eq!(
        (&standing["stage"], &standing["moved"], &standing["history"]),
        (&Value::Null, &Value::Null, &json!([]))
    );
    assert_eq!(brought.desk.dump(), before);
    assert_eq!(asked("SELECT count(*) FROM stage_changes WHERE voided_by IS NULL"), Some(0));
    assert_eq!(asked("SELECT count(*) FROM person_state WHERE moved IS NOT NULL"), Some(0));
    assert_eq!(asked("SELECT count(*) FROM operations WHERE command = 'imports.run' AND undone_at IS NULL"), Some(0));
    brought.desk.is_sound();
}

#[test]
fn a_no_said_while_an_import_runs_outlives_its_cancel() {
    let brought = Brought::new(1_500);
    let run = brought.begin();
    brought.step(&run);
    brought.step(&run);
    let seven = brought.desk.call("people.matching", json!({ "text": "p7@example.org", "limit": 1 }))[0]["id"].clone();
    brought.desk.call("basis.objected", json!({ "person": seven, "kinds": ["email"] }));
    brought.desk.call("people.trash", json!({ "ids": [seven] }));
    brought.desk.call("imports.cancel", json!({ "id": run["id"] }));
    let notes = brought.until(&run, "taken_back")["notes"].to_string();
    assert!(notes.contains("p7@example.org") && notes.contains("on the suppression list"), "{notes}");
    let bo = brought.desk.person("Bo");
    let point = json!({ "person": bo, "kind": "email", "value": "P7@example.org", "source": "import" });
    brought.desk.call("contact_points.add", point);
    let of = brought.desk.call("basis.of", json!({ "id": bo }));
    assert_eq!(of["points"][0]["suppressed"], "objected", "{of}");
    brought.desk.is_sound();
}
