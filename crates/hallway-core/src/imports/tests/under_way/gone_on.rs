//! An import that broke off, by a crash or by a step that failed: it goes on to the same result, or is taken back.
use super::Brought;
use crate::{Access, testing::Desk};
use serde_json::{Value, json};
use std::fs;

/// What was asked is known to whoever goes on with it, so that rows that were refused can be saved as after any other.
#[test]
fn the_refused_rows_of_an_import_that_was_gone_on_with_can_be_saved() {
    let brought = Brought::new(300);
    let run = brought.begin();
    assert_eq!(run["request"], Value::Null, "whoever began it knows what was asked");
    brought.step(&run);
    brought.step(&run);
    let brought = brought.crashed();
    let on = brought.desk.call("imports.resume", json!({ "id": run["id"] }));
    let done = brought.until(&run, "done");
    assert_eq!((&done["done"]["refused"], &done["request"]), (&json!(1), &on["request"]));
    let to = brought.folder.path().join("to mend.csv");
    let grant = brought.desk.store.grant(to.clone(), Access::Write);
    let saved = brought.desk.call(
        "imports.save_refused",
        json!({ "request": on["request"], "to": grant, "operation": done["done"]["operation"] }),
    );
    assert_eq!(saved["rows"], 1);
    assert!(fs::read_to_string(to).unwrap().contains("has no name"));
}

#[test]
fn after_a_crash_it_goes_on_to_the_same_result_or_is_taken_back() {
    let whole = Brought::new(1_500);
    whole.until(&whole.begin(), "done");
    for go_on in [true, false] {
        let brought = Brought::new(1_500);
        let before = brought.desk.dump();
        let run = brought.begin();
        for _ in 0..3 {
            brought.step(&run);
        }
        let rows = brought.seen()["rows"].as_u64().unwrap();
        let brought = brought.crashed();
        brought.desk.is_sound();
        let waits = brought.seen();
        assert_eq!((&waits["phase"], &waits["rows"]), (&json!("interrupted"), &json!(rows)));
        let refused = brought.desk.refused("imports.begin", json!({ "file": brought.desk.store.grant(brought.path(), Access::Read), "matching": true, "source": "import" }));
        assert!(refused.message.starts_with("An import of meetup.csv was interrupted."), "{}", refused.message);
        assert_eq!(brought.desk.refused("history.undo", json!({})).code, "not_found");
        if go_on {
            brought.desk.call("imports.resume", json!({ "id": run["id"] }));
            let done = brought.until(&run, "done");
            assert_eq!(done["done"]["added"], 1_500);
            assert_eq!(brought.desk.names(), whole.desk.names());
            brought.desk.undo();
        } else {
            brought.desk.call("imports.cancel", json!({ "id": run["id"] }));
            brought.step(&run);
            // Taking back that is interrupted goes on as well.
            let brought = brought.crashed();
            assert_eq!(brought.seen()["phase"], "taking_back", "it is not offered to go on with");
            brought.desk.call("imports.resume", json!({ "id": run["id"] }));
            brought.until(&run, "taken_back");
            assert_eq!(brought.desk.dump(), before);
            brought.desk.is_sound();
            continue;
        }
        assert_eq!(brought.desk.dump(), before);
        brought.desk.is_sound();
    }
}

#[test]
fn a_backup_of_the_middle_of_an_import_does_not_make_its_end_look_like_a_failing_disk() {
    for go_on in [true, false] {
        let desk = Desk::new();
        for n in [6, 900] {
            let person = desk.person(&format!("Person {n}"));
            let email = format!("p{n}@example.org");
            desk.call(
                "contact_points.add",
                json!({ "person": person, "kind": "email", "value": email, "source": "they_gave_it" }),
            );
        }
        let brought = Brought::on(desk, 1_000);
        let run = brought.begin();
        brought.step(&run);
        assert!(brought.step(&run)["rows"].as_u64().unwrap() < 900);
        if !go_on {
            brought.desk.call("imports.cancel", json!({ "id": run["id"] }));
            brought.step(&run);
            assert_eq!(brought.step(&run)["phase"], "taking_back");
        }
        // One made by hand in the same moment, so that it is the newest.
        brought.desk.call("backups.make", json!({}));
        brought.until(&run, if go_on { "done" } else { "taken_back" });
        brought.desk.is_sound();
    }
}

#[test]
fn after_a_step_that_failed_it_goes_on_in_the_same_process_or_is_taken_back() {
    for go_on in ["as it is", "with the file elsewhere", "not"] {
        let brought = Brought::new(1_500);
        let before = brought.desk.dump();
        let run = brought.begin();
        brought.step(&run);
        brought.step(&run);
        let rows = brought.seen()["rows"].clone();
        brought.the_disk_is("full");
        brought.desk.refused("imports.step", json!({ "id": run["id"] }));
        brought.the_disk_is("free");
        if go_on == "not" {
            brought.desk.call("imports.cancel", json!({ "id": run["id"] }));
            brought.until(&run, "taken_back");
            assert_eq!(brought.desk.dump(), before);
        } else {
            let mut asked = json!({ "id": run["id"] });
            if go_on == "with the file elsewhere" {
                let elsewhere = brought.folder.path().join("elsewhere.csv");
                let mut word = |text: &[u8]| {
                    fs::write(&elsewhere, text).unwrap();
                    asked["file"] = json!(brought.desk.store.grant(elsewhere.clone(), Access::Read));
                    asked.clone()
                };
                let other = word(b"Name\nSomebody else entirely\n");
                assert_eq!(brought.desk.refused("imports.resume", other).field.as_deref(), Some("file"));
                word(&fs::read(brought.path()).unwrap());
            }
            assert_eq!(brought.desk.call("imports.resume", asked)["rows"], rows);
            assert_eq!(brought.until(&run, "done")["done"]["added"], 1_500);
        }
        assert_eq!(brought.seen(), Value::Null);
        brought.desk.is_sound();
    }
}

#[test]
fn one_whose_first_step_failed_goes_on_and_is_in_nobodys_way() {
    let brought = Brought::new(10);
    let run = brought.begin();
    let backups = brought.desk.path("backups");
    fs::write(&backups, "in the way").unwrap();
    brought.desk.refused("imports.step", json!({ "id": run["id"] }));
    assert_eq!(brought.desk.call("imports.resume", json!({ "id": run["id"] }))["phase"], "backup");
    // Whoever begins another one instead need not take the first one back.
    let run = brought.begin();
    brought.desk.refused("imports.begin", brought.request());
    fs::remove_file(backups).unwrap();
    assert_eq!(brought.until(&run, "done")["done"]["added"], 10);
    assert_eq!(brought.seen(), Value::Null);
}

#[test]
fn while_one_waits_that_failed_the_list_shows_all_that_is_in() {
    let brought = Brought::new(4_000);
    let listed = || {
        let asked = json!({ "query": crate::testing::everybody(), "offset": 0, "limit": 1 });
        let list = brought.desk.call("people.list", asked);
        let last = list["count"].as_u64().and_then(|count| count.checked_sub(1));
        let asked = json!({ "query": crate::testing::everybody(), "offset": last, "limit": 1 });
        let rows = brought.desk.call("people.list", asked)["rows"].as_array().map(Vec::len);
        assert_eq!((list["count"].as_u64(), rows), (list["total"].as_u64(), Some(1)), "there is a row for each");
        list["total"].as_u64()
    };
    let there = || brought.desk.call("workspace.info", json!({}))["people"].as_u64();
    let run = brought.begin();
    brought.step(&run);
    brought.step(&run);
    // The index is made once somebody types.
    brought.desk.call("people.matching", json!({ "text": "Person", "limit": 1 }));
    assert_eq!(listed(), there());
    while there() < Some(2_500) {
        brought.step(&run);
    }
    assert!(listed() < there(), "while it goes on the list may lag behind");
    brought.the_disk_is("full");
    brought.desk.refused("imports.step", json!({ "id": run["id"] }));
    assert_eq!(listed(), there());
}

#[test]
fn a_file_that_is_only_looked_at_gets_nothing_beside_it() {
    let brought = Brought::new(300);
    let run = brought.begin();
    brought.step(&run);
    brought.step(&run);
    let path = brought.desk.store.path().to_owned();
    let Brought { desk, .. } = brought;
    desk.reopened(|_, now| {
        // Where the lock would be made, nothing can be: whoever tries is refused.
        let lock = path.with_added_extension("import");
        drop(fs::remove_file(&lock));
        fs::create_dir(&lock).unwrap();
        let looked = crate::look(&path, 3).unwrap();
        let seen = crate::dispatch(&looked, now, "imports.under_way", json!({})).unwrap();
        assert_eq!(seen.value["phase"], "interrupted");
        for command in ["imports.resume", "imports.cancel"] {
            let refused = crate::dispatch(&looked, now, command, json!({ "id": run["id"] })).unwrap_err();
            assert!(matches!(refused, crate::error::Error::Looking), "{refused}");
        }
        fs::remove_dir(lock).unwrap();
    });
}

#[test]
fn it_goes_on_only_with_the_very_same_file_wherever_that_lies_by_then() {
    let brought = Brought::new(800);
    let run = brought.begin();
    for _ in 0..3 {
        brought.step(&run);
    }
    let brought = brought.crashed();
    let (path, elsewhere) = (brought.path(), brought.folder.path().join("elsewhere.csv"));
    let whole = fs::read(&path).unwrap();
    fs::write(&path, b"Name\nSomebody else entirely\n").unwrap();
    let refused = brought.desk.refused("imports.resume", json!({ "id": run["id"] }));
    assert!(refused.message.contains("has changed since"), "{}", refused.message);
    assert_eq!(brought.seen()["phase"], "interrupted", "it still waits");
    fs::write(&elsewhere, whole).unwrap();
    let grant = brought.desk.store.grant(elsewhere, Access::Read);
    brought.desk.call("imports.resume", json!({ "id": run["id"], "file": grant }));
    assert_eq!(brought.until(&run, "done")["done"]["added"], 800);
    brought.desk.is_sound();
}

#[test]
fn two_processes_do_not_both_go_on_with_it() {
    let brought = Brought::new(800);
    let run = brought.begin();
    brought.step(&run);
    brought.step(&run);
    let other = crate::open(brought.desk.store.path(), brought.desk.now(), 99, "UTC").unwrap();
    let ask = |command: &str, input: Value| crate::dispatch(&other, brought.desk.now(), command, input);
    assert_eq!(ask("imports.under_way", json!({})).unwrap().value["phase"], "elsewhere");
    for command in ["imports.resume", "imports.cancel"] {
        let refused = ask(command, json!({ "id": run["id"] })).unwrap_err().to_string();
        assert!(refused.contains("Another Hallway is importing"), "{refused}");
    }
    // Even where the lock beside the file was lost, each batch sees that it is not the next.
    fs::remove_file(brought.desk.store.path().with_added_extension("import")).unwrap();
    ask("imports.resume", json!({ "id": run["id"] })).unwrap();
    ask("imports.step", json!({ "id": run["id"] })).unwrap();
    assert_eq!(brought.desk.refused("imports.step", json!({ "id": run["id"] })).code, "not_found");
    drop(other);
    brought.desk.is_sound();
}
