//! What stands in an export.
use super::{exported, one_of_everything, read};
use crate::testing::{Desk, id_of};
use serde_json::{Value, json};
use std::fs;

fn rows<'a>(file: &'a Value, entity: &str) -> &'a Vec<Value> {
    file[entity].as_array().unwrap_or_else(|| panic!("no {entity}"))
}

#[test]
fn an_empty_file_says_what_it_is_and_has_every_entity() {
    let desk = Desk::new();
    let file = read(&desk);
    assert_eq!((&file["format"], &file["version"]), (&json!("hallway"), &json!(1)));
    for table in crate::TABLES {
        rows(&file, &crate::record::wire_name(table.name));
    }
    assert_eq!(rows(&file, "settings").len(), 1, "the zone it was begun with");
    assert_eq!(rows(&file, "journeyConfigs")[0]["config"]["half_life_days"], 180);
}

#[test]
fn a_person_stands_in_it_with_every_field_and_with_the_stage_for_readers() {
    let desk = Desk::new();
    one_of_everything(&desk);
    let file = read(&desk);
    let people = rows(&file, "people");
    let priya = people.iter().find(|p| p["displayName"] == "Priya Nair").expect("Priya");
    assert_eq!(
        (&priya["city"], &priya["teammate"], &priya["notes"]),
        (&json!("Pune"), &json!(true), &json!("line\nbreak \"quoted\" =1+1\u{2028}\u{202e}🦀\u{0}"))
    );
    assert_eq!((&priya["stage"], &priya["stageSince"]), (&json!("build"), &json!("2026-05-20")));
    let evidence = priya["stageEvidence"][0].clone();
    assert!(rows(&file, "touchpoints").iter().any(|t| t["id"] == evidence), "{evidence}");
    let organisation = rows(&file, "organisations").iter().find(|o| o["id"] == priya["organisationId"]).expect("hers");
    assert_eq!(organisation["name"], "Acme");
    let moves = rows(&file, "stageChanges");
    assert!(moves.iter().any(|m| m["evidence"] == json!([evidence])), "evidence is a list of ids: {moves:?}");
    let shirt = rows(&file, "fields").iter().find(|f| f["label"] == "T-shirt").expect("a field");
    assert_eq!(shirt["choices"], json!(["S", "M"]));
    for derived in ["valueNorm", "normVersion", "nameNorm", "rid", "createdOp"] {
        assert!(!exported(&desk).contains(&format!("\"{derived}\"")), "{derived}");
    }
}

#[test]
fn the_trash_is_in_it_and_what_was_taken_back_is_not() {
    let desk = Desk::new();
    one_of_everything(&desk);
    let file = read(&desk);
    let named = |name: &str| rows(&file, "people").iter().find(|p| p["displayName"] == name);
    let trashed = named("In the trash").expect("in the trash");
    assert!(trashed["deletedAt"].as_i64() > trashed["createdAt"].as_i64());
    assert_eq!(trashed["stage"], Value::Null);
    let entry = rows(&file, "touchpoints").iter().find(|t| !t["deletedAt"].is_null()).expect("its entry");
    assert!(rows(&file, "touchpointPeople").iter().any(|p| p["touchpointId"] == entry["id"]));
    assert!(named("Taken back").is_none());
}

#[test]
fn what_hung_on_somebody_who_was_taken_back_is_not_in_it_and_every_id_it_names_is() {
    let desk = Desk::new();
    let stays = id_of(&desk.call("people.create", json!({ "displayName": "Stays", "organisation": "Globex" })));
    let goes = id_of(&desk.call("people.create", json!({ "displayName": "Goes", "organisation": "Umbrella" })));
    let made = desk.call("history.recent", json!({ "limit": 1 }))[0]["id"].clone();
    let entry = id_of(
        &desk.call("touchpoints.log", json!({ "kind": "replied", "on": "2026-05-03", "people": [{ "person": goes }] })),
    );
    desk.call("tags.add", json!({ "people": [goes], "name": "Go", "kind": "stack" }));
    let tagged = desk.call("history.recent", json!({ "limit": 1 }))[0]["id"].clone();
    // Somebody in the trash keeps the name of an organisation that only an undone creation had made.
    let late = id_of(&desk.call("people.create", json!({ "displayName": "Late", "organisation": "Umbrella" })));
    desk.call("people.trash", json!({ "ids": [late] }));
    desk.call("touchpoints.trash", json!({ "id": entry }));
    desk.call("history.take_back", json!({ "operation": tagged }));
    desk.call("history.take_back", json!({ "operation": made }));
    let file = read(&desk);
    let ids = |entity: &str| rows(&file, entity).iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    assert!(ids("people").contains(&json!(stays)));
    for (entity, field, parent) in [
        ("people", "organisationId", "organisations"),
        ("personTags", "tagId", "tags"),
        ("personTags", "personId", "people"),
        ("touchpointPeople", "personId", "people"),
        ("touchpointPeople", "touchpointId", "touchpoints"),
        ("stageChanges", "personId", "people"),
    ] {
        for row in rows(&file, entity) {
            assert!(row[field].is_null() || ids(parent).contains(&row[field]), "{entity}.{field}: {row}");
        }
    }
}

#[test]
fn rows_stand_by_id_one_a_line_and_twice_is_the_same() {
    let desk = Desk::new();
    one_of_everything(&desk);
    let text = exported(&desk);
    assert_eq!(text, exported(&desk));
    let file: Value = serde_json::from_str(&text).expect("JSON");
    for (entity, rows) in file.as_object().expect("an object").iter().filter(|(_, rows)| rows.is_array()) {
        let ids: Vec<&str> = rows.as_array().expect("rows").iter().filter_map(|row| row["id"].as_str()).collect();
        assert!(ids.is_sorted(), "{entity}");
    }
    let count: usize = file.as_object().expect("an object").values().filter_map(Value::as_array).map(Vec::len).sum();
    let lines = text.lines().filter(|line| line.starts_with("{\"id\":")).count();
    assert_eq!(lines, count);
}

#[test]
fn a_place_that_cannot_be_written_leaves_what_stood_there() {
    let desk = Desk::new();
    let here = desk.path("here");
    std::fs::create_dir(&here).expect("a folder");
    let file = desk.store.grant(here.clone(), crate::Access::Write);
    let failure = desk.refused("json.export", json!({ "file": file }));
    assert!(failure.message.contains("could not be written"), "{}", failure.message);
    assert!(here.is_dir());
}

#[test]
fn a_postal_address_whose_day_has_come_does_not_leave_though_it_is_not_erased_yet() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    for (lines, until) in [("Old Row 1", "2026-05-25"), ("New Row 2", "2026-09-01")] {
        desk.call(
            "postal_addresses.add",
            json!({ "person": ada, "lines": lines, "country": "GB", "purpose": "stickers", "source": "they_gave_it", "expiresOn": until }),
        );
    }
    let wrote = |name: &str| {
        let path = desk.path(name);
        let said = desk.call("json.export", json!({ "file": desk.store.grant(path.clone(), crate::Access::Write) }));
        (said["expired"].clone(), fs::read_to_string(path).expect("text"))
    };
    let (expired, text) = wrote("before.json");
    assert_eq!(expired, 0);
    assert!(text.contains("Old Row 1") && text.contains("New Row 2"), "{text}");
    desk.wait(4);
    let (expired, text) = wrote("on_its_day.json");
    assert_eq!(expired, 1);
    assert!(!text.contains("Old Row 1") && text.contains("New Row 2"), "{text}");
}
