//! The funnel, undo and redo, seen through the wire.
mod any_order;
mod file;

use crate::testing::{Desk, id_of};
use serde_json::{Value, json};

#[test]
fn a_refused_write_leaves_no_trace() {
    let desk = Desk::new();
    let before = desk.dump();
    let failure = desk.refused("people.create", json!({ "displayName": "  " }));
    assert_eq!((failure.code, failure.field.as_deref()), ("invalid", Some("displayName")));
    assert_eq!(desk.dump(), before);
    assert!(desk.call("workspace.info", json!({}))["undo"].is_null());
}

#[test]
fn a_write_that_changes_nothing_is_no_operation() {
    let desk = Desk::new();
    let id = desk.person("Priya Nair");
    desk.call("people.edit", json!({ "id": id, "displayName": "Priya Nair" }));
    assert_eq!(desk.call("workspace.info", json!({}))["undo"]["label"], "Added Priya Nair");
}

#[test]
fn undo_trashes_what_was_made_and_redo_brings_it_back() {
    let desk = Desk::new();
    desk.person("Priya Nair");
    let full = desk.dump();
    assert_eq!(desk.undo()["label"], "Added Priya Nair");
    assert!(desk.names().is_empty());
    desk.redo();
    assert_eq!(desk.dump(), full);
    desk.is_sound();
}

#[test]
fn a_field_shows_its_newest_write_that_stands() {
    let desk = Desk::new();
    let id = desk.person("Tom");
    desk.call("people.edit", json!({ "id": id, "city": "Łódź" }));
    desk.call("people.edit", json!({ "id": id, "city": "Kraków" }));
    let first = desk.call("history.recent", json!({ "limit": 2 }))[1]["id"].as_i64().unwrap();
    let undone = desk
        .store
        .write("test", super::Memory::Recorded, desk.now(), |tx| crate::history::taken_back(tx, first))
        .unwrap()
        .value;
    assert_eq!(desk.page(&id)["person"]["city"], "Kraków", "the later word stands");
    assert_eq!(undone.notes, ["Changed again since, so it stays as it is: city."]);
    desk.undo();
    assert_eq!(desk.page(&id)["person"]["city"], Value::Null, "the value before the first write");
}

#[test]
fn a_new_operation_ends_redo() {
    let desk = Desk::new();
    desk.person("A");
    desk.undo();
    desk.person("B");
    assert_eq!(desk.refused("history.redo", json!({})).code, "not_found");
    assert_eq!(desk.names(), ["B"]);
}

#[test]
fn a_tag_that_was_taken_off_comes_back_with_undo_and_goes_with_redo() {
    let desk = Desk::new();
    let id = desk.person("A");
    let tag = id_of(&desk.call("tags.add", json!({ "people": [id], "name": "Rust", "kind": "stack" })));
    let with = desk.dump();
    desk.call("tags.remove", json!({ "person": id, "tag": tag }));
    let without = desk.dump();
    assert_ne!(with, without);
    desk.undo();
    assert_eq!(desk.dump(), with);
    desk.redo();
    assert_eq!(desk.dump(), without);
    desk.undo();
    desk.undo();
    assert_eq!(desk.page(&id)["tags"], json!([]));
    desk.redo();
    assert_eq!(desk.dump(), with);
    desk.is_sound();
}

#[test]
fn a_tag_that_was_put_on_twice_comes_back_in_whatever_order_it_went() {
    let desk = Desk::new();
    let id = desk.person("A");
    let put_on = || desk.call("tags.add", json!({ "people": [id], "name": "Rust", "kind": "stack" }));
    let tag = id_of(&put_on());
    desk.call("tags.remove", json!({ "person": id, "tag": tag }));
    let taken_off = desk.call("history.recent", json!({ "limit": 1 }))[0]["id"].clone();
    put_on();
    let with = desk.dump();
    desk.call("history.take_back", json!({ "operation": taken_off }));
    assert_eq!(desk.dump(), with);
    desk.undo();
    assert_eq!(desk.dump(), with, "it was never taken off, so once was enough");
    desk.redo();
    desk.redo();
    assert_eq!(desk.dump(), with, "taken off, and put on again");
    desk.undo();
    assert_eq!(desk.page(&id)["tags"], json!([]));
    desk.is_sound();
}

#[test]
fn somebody_to_whom_something_was_added_since_stays_and_is_named() {
    let desk = Desk::new();
    let id = desk.person("Priya Nair");
    let made = desk.call("history.recent", json!({ "limit": 1 }))[0]["id"].as_i64().unwrap();
    desk.log(&id, "conversation_in_person", "2026-05-20");
    let undone = desk.store.write("test", super::Memory::Recorded, desk.now(), |tx| {
        let undone = crate::history::taken_back(tx, made)?;
        crate::people::state::refresh_concerned(tx)?;
        Ok(undone)
    });
    assert_eq!(
        undone.unwrap().value.notes,
        ["Kept, without the rest that came with it, because something was added to them since: Priya Nair."]
    );
    assert_eq!(desk.names(), ["Priya Nair"]);
    desk.undo();
    assert!(desk.names().is_empty(), "with the conversation gone nothing holds them any more");
    desk.redo();
    assert_eq!(desk.names(), ["Priya Nair"]);
    desk.is_sound();
}

#[test]
fn the_history_names_people_as_they_are_called_now() {
    let desk = Desk::new();
    let id = desk.person("Tom K.");
    desk.call("people.edit", json!({ "id": id, "displayName": "Tom Kowalski" }));
    let labels: Vec<Value> = desk
        .call("history.recent", json!({ "limit": 2 }))
        .as_array()
        .unwrap()
        .iter()
        .map(|o| o["label"].clone())
        .collect();
    assert_eq!(labels, ["Edited Tom Kowalski", "Added Tom Kowalski"]);
}

#[test]
fn every_line_of_history_stands_beside_the_people_it_concerns() {
    let desk = Desk::new();
    let (a, b) = (desk.person("A"), desk.person("B"));
    let touchpoint = id_of(&desk.call(
        "touchpoints.log",
        json!({ "kind": "conversation_in_person", "people": [{ "person": a }, { "person": b }], "note": "one" }),
    ));
    desk.call("touchpoints.edit", json!({ "id": touchpoint, "note": "two" }));
    let people: i64 = desk.store.read(desk.now(), |tx| Ok(tx.scalar("SELECT count(*) FROM change_people WHERE change = (SELECT max(id) FROM changes WHERE tbl = 'touchpoints')", [])?.unwrap())).unwrap();
    assert_eq!(people, 2);
}
