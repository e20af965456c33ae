//! The funnel, undo and redo, seen through the wire.
use crate::{
    Id, Store, TABLES,
    error::Error,
    testing::{
        Desk, everybody, id_of,
        prove::{proved, times},
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

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

#[test]
fn another_process_that_writes_is_noticed_and_our_own_writes_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.hallway");
    let now = crate::Now(1_779_364_800_000);
    let (window, terminal) = (crate::open(&path, now, 1, "UTC").unwrap(), crate::open(&path, now, 2, "UTC").unwrap());
    assert!(!window.changed_elsewhere().unwrap());
    crate::dispatch(&window, now, "people.create", json!({ "displayName": "Mine" })).unwrap();
    assert!(!window.changed_elsewhere().unwrap());
    crate::dispatch(&terminal, now, "people.create", json!({ "displayName": "Theirs" })).unwrap();
    assert!(window.changed_elsewhere().unwrap());
    assert!(!window.changed_elsewhere().unwrap());
    let rows =
        crate::dispatch(&window, now, "people.list", json!({ "query": everybody(), "offset": 0, "limit": 9 })).unwrap();
    assert_eq!(rows.value["count"], 2);
}

#[test]
fn a_file_from_a_newer_hallway_is_refused_and_not_a_byte_of_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.hallway");
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch(&format!(
        "CREATE TABLE later (x); PRAGMA application_id = {}; PRAGMA user_version = 99;",
        super::APPLICATION_ID
    ))
    .unwrap();
    drop(conn);
    let before = std::fs::read(&path).unwrap();
    let refusal = Store::open(&path, TABLES, crate::Now(0), 1).err().unwrap();
    assert!(matches!(refusal, Error::NewerFile { found: 99, .. }), "{refusal}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn what_is_not_a_hallway_file_is_refused_and_not_a_byte_of_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("letter.txt", b"Dear all, this is no database at all.".to_vec()),
        ("other.db", {
            let path = folder.path().join("x.db");
            rusqlite::Connection::open(&path)
                .unwrap()
                .execute_batch("CREATE TABLE a (b); INSERT INTO a VALUES (1);")
                .unwrap();
            std::fs::read(path).unwrap()
        }),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        let refusal = Store::open(&path, TABLES, crate::Now(0), 1).err().unwrap();
        assert!(matches!(refusal, Error::ForeignFile(_)), "{refusal}");
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn a_log_without_its_file_is_not_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gone.hallway");
    let log = folder.path().join("gone.hallway-wal");
    std::fs::write(&log, "what was done last").unwrap();
    let refusal = crate::open(&path, crate::Now(0), 1, "UTC").err().unwrap();
    assert_eq!(refusal.code(), "damaged");
    assert!(!path.exists());
    assert_eq!(std::fs::read_to_string(&log).unwrap(), "what was done last");
}

#[test]
fn a_log_or_a_journal_of_another_file_is_set_aside_and_not_taken_in() {
    let other = Desk::new();
    // Made at another moment, as any two files are.
    other.wait(1);
    (0..30).for_each(|n| drop(other.person(&format!("Eve {n}"))));
    let log = std::fs::read(other.store.path().with_file_name("test.hallway-wal")).unwrap();
    for ending in ["-wal", "-journal"] {
        let desk = Desk::new();
        desk.person("Ada");
        let desk = desk
            .reopened(|path, _| std::fs::write(path.with_file_name(format!("test.hallway{ending}")), &log).unwrap());
        assert_eq!(desk.names(), ["Ada"], "{ending}");
        desk.is_sound();
        let mut beside = std::fs::read_dir(desk.store.path().parent().unwrap()).unwrap();
        assert!(
            beside.any(|file| std::fs::read(file.unwrap().path()).is_ok_and(|bytes| bytes == log)),
            "{ending}: it is set aside, not deleted"
        );
    }
}

#[cfg(unix)]
#[test]
fn the_file_and_its_companions_are_the_persons_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/er/mine.hallway");
    let store = crate::open(&path, crate::Now(0), 1, "UTC").unwrap();
    for entry in std::fs::read_dir(path.parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", entry.path());
    }
    drop(store);
}

#[test]
fn every_record_matches_its_table() {
    let desk = Desk::new();
    for table in TABLES {
        let columns: Vec<String> = desk
            .store
            .read(desk.now(), |tx| tx.column("SELECT name FROM pragma_table_info(?1)", [table.name]))
            .unwrap();
        for column in table.columns {
            assert!(columns.iter().any(|c| c == column), "{}.{column} is declared but not in the file", table.name);
        }
        let book_keeping =
            ["rid", "root", "created_op", "created_at", "updated_at", "deleted_at", "deleted_op", "voided_by"];
        for column in &columns {
            assert!(
                table.columns.contains(&column.as_str()) || book_keeping.contains(&column.as_str()),
                "{}.{column} is in the file but not declared",
                table.name
            );
        }
        assert_eq!(table.trashes(), columns.iter().any(|c| c == "deleted_at"), "{}", table.name);
    }
}

#[test]
fn settings_of_the_file_are_those_that_survive_a_power_cut() {
    let desk = Desk::new();
    let pragma = |name: &str| {
        desk.store
            .write("test", super::Memory::Recorded, desk.now(), |tx| {
                Ok(tx.scalar::<rusqlite::types::Value>(&format!("PRAGMA {name}"), [])?.unwrap())
            })
            .unwrap()
            .value
    };
    let int = |n| rusqlite::types::Value::Integer(n);
    assert_eq!(pragma("journal_mode"), rusqlite::types::Value::Text("wal".into()));
    assert_eq!(pragma("synchronous"), int(2));
    assert_eq!(pragma("secure_delete"), int(1));
    assert_eq!(pragma("foreign_keys"), int(1));
    assert_eq!(pragma("trusted_schema"), int(0));
    assert_eq!(pragma("mmap_size"), int(0));
    assert_eq!(pragma("temp_store"), int(2));
    assert_eq!(pragma("application_id"), int(super::APPLICATION_ID));
}

/// One thing somebody may do, with numbers that pick whom it is done to.
#[derive(Debug, Clone)]
enum Act {
    Add(u8),
    Rename(u8, u8),
    City(u8, u8),
    Organisation(u8, u8),
    Trash(u8),
    Tag(u8, u8),
    Untag(u8, u8),
    Log(u8, u8),
    LogBoth(u8, u8),
    Note(u8, u8),
    TakeOut(u8),
    Contact(u8, u8),
    DropContact(u8),
    Field(u8, u8),
    Pin(u8, u8),
    TakeBackMove(u8),
    Merge(u8, u8),
    Separate(u8),
    TellApart(u8, u8),
    NoLongerApart(u8),
    FollowUp(u8, u8),
    Settle(u8, u8),
    StayInTouch(u8, u8),
    SetAside(u8, u8),
    OnList(u8, u8),
    View(u8, u8),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let two = || (any_u8(), any_u8());
    let act = prop_oneof![
        any_u8().prop_map(Act::Add),
        two().prop_map(|(a, b)| Act::Rename(a, b)),
        two().prop_map(|(a, b)| Act::City(a, b)),
        two().prop_map(|(a, b)| Act::Organisation(a, b)),
        any_u8().prop_map(Act::Trash),
        two().prop_map(|(a, b)| Act::Tag(a, b)),
        two().prop_map(|(a, b)| Act::Untag(a, b)),
        two().prop_map(|(a, b)| Act::Log(a, b)),
        two().prop_map(|(a, b)| Act::LogBoth(a, b)),
        two().prop_map(|(a, b)| Act::Note(a, b)),
        any_u8().prop_map(Act::TakeOut),
        two().prop_map(|(a, b)| Act::Contact(a, b)),
        any_u8().prop_map(Act::DropContact),
        two().prop_map(|(a, b)| Act::Field(a, b)),
        two().prop_map(|(a, b)| Act::Pin(a, b)),
        any_u8().prop_map(Act::TakeBackMove),
        two().prop_map(|(a, b)| Act::Merge(a, b)),
        two().prop_map(|(a, b)| Act::Merge(a, b)),
        any_u8().prop_map(Act::Separate),
        two().prop_map(|(a, b)| Act::TellApart(a, b)),
        any_u8().prop_map(Act::NoLongerApart),
        two().prop_map(|(a, b)| Act::FollowUp(a, b)),
        two().prop_map(|(a, b)| Act::FollowUp(a, b)),
        two().prop_map(|(a, b)| Act::Settle(a, b)),
        two().prop_map(|(a, b)| Act::Settle(a, b)),
        two().prop_map(|(a, b)| Act::StayInTouch(a, b)),
        two().prop_map(|(a, b)| Act::SetAside(a, b)),
        two().prop_map(|(a, b)| Act::OnList(a, b)),
        two().prop_map(|(a, b)| Act::OnList(a, b)),
        two().prop_map(|(a, b)| Act::View(a, b)),
    ];
    prop::collection::vec(act, 1..14)
}
fn any_u8() -> impl Strategy<Value = u8> {
    0u8..=7
}

/// Does it if it can be done; what cannot be done must leave no trace, which the dumps would show.
fn perform(desk: &Desk, act: &Act) {
    let ids = |sql: &str| -> Vec<String> {
        desk.store.read(desk.now(), |tx| tx.column::<Id>(sql, [])).unwrap().iter().map(Id::to_string).collect()
    };
    let pick = |ids: &[String], n: u8| ids.get(n as usize % ids.len().max(1)).cloned();
    let people = ids("SELECT person FROM person_state ORDER BY person");
    let words = ["alpha", "beta", "gamma", "delta", "ölig", "東京", "zeta", "eta"];
    let word = |n: u8| words[n as usize % words.len()];
    let call = |command: &str, input: Value| {
        let _refusals_are_fine = crate::dispatch(&desk.store, desk.wait(0).now(), command, input);
    };
    let Some(someone) = pick(&people, 0) else { return drop(desk.person(word(0))) };
    match act {
        Act::Add(n) => drop(desk.person(word(*n))),
        Act::Rename(p, n) => call("people.edit", json!({ "id": pick(&people, *p), "displayName": word(*n) })),
        Act::City(p, n) => {
            call("people.edit", json!({ "id": pick(&people, *p), "city": word(*n), "notes": word(n + 1) }))
        }
        Act::Organisation(p, n) => call("people.edit", json!({ "id": pick(&people, *p), "organisation": word(*n) })),
        Act::Trash(p) => call("people.trash", json!({ "ids": [pick(&people, *p)] })),
        Act::Tag(p, n) => call("tags.add", json!({ "people": [pick(&people, *p)], "name": word(*n), "kind": "topic" })),
        Act::Untag(p, n) => call(
            "tags.remove",
            json!({ "person": pick(&people, *p), "tag": pick(&ids("SELECT id FROM tags ORDER BY id"), *n) }),
        ),
        Act::Log(p, n) => {
            let kind = [
                "conversation_in_person",
                "first_success",
                "in_production",
                "stopped_using",
                "asked_how_to",
                "hands_on_workshop",
                "emailed",
                "opened_pr",
            ][*n as usize];
            call(
                "touchpoints.log",
                json!({ "kind": kind, "on": format!("2026-0{}-1{}", 1 + n % 4, n), "note": word(*n), "people": [{ "person": pick(&people, *p) }] }),
            );
        }
        Act::LogBoth(p, n) => call(
            "touchpoints.log",
            json!({ "kind": "answered_question", "people": [{ "person": pick(&people, *p) }, { "person": pick(&people, *n), "role": "with" }] }),
        ),
        Act::Note(t, n) => {
            let touchpoint = pick(&ids("SELECT id FROM touchpoints WHERE deleted_at IS NULL ORDER BY id"), *t);
            call(
                "touchpoints.edit",
                json!({ "id": touchpoint, "note": word(*n), "people": [{ "person": someone }, { "person": pick(&people, *n) }] }),
            );
        }
        Act::TakeOut(t) => call(
            "touchpoints.trash",
            json!({ "id": pick(&ids("SELECT id FROM touchpoints WHERE deleted_at IS NULL ORDER BY id"), *t) }),
        ),
        Act::Contact(p, n) => call(
            "contact_points.add",
            json!({ "person": pick(&people, *p), "kind": "github", "value": word(*n), "source": "they_gave_it" }),
        ),
        Act::DropContact(n) => call(
            "contact_points.trash",
            json!({ "id": pick(&ids("SELECT id FROM contact_points WHERE deleted_at IS NULL ORDER BY id"), *n) }),
        ),
        Act::Field(p, n) => match pick(&ids("SELECT id FROM fields WHERE deleted_at IS NULL"), 0) {
            None => call("fields.define", json!({ "label": "Size", "kind": "text", "choices": [] })),
            Some(field) => call(
                "fields.set",
                json!({ "person": pick(&people, *p), "field": field, "value": if *n == 0 { "" } else { word(*n) } }),
            ),
        },
        Act::Pin(p, n) => call(
            "journey.pin",
            json!({ "person": pick(&people, *p), "stage": (if n % 2 == 0 { "learn" } else { "scale" }), "until": "good", "reason": "because" }),
        ),
        Act::TakeBackMove(p) => call(
            "journey.take_back",
            json!({ "id": pick(&ids("SELECT moved FROM person_state WHERE moved IS NOT NULL ORDER BY person"), *p) }),
        ),
        Act::Merge(p, n) => {
            call("doubles.merge", json!({ "ids": [pick(&people, *p), pick(&people, *n), pick(&people, p / 2)] }))
        }
        Act::Separate(p) => call(
            "doubles.separate",
            json!({ "id": pick(&ids("SELECT id FROM people WHERE merged_into IS NOT NULL AND deleted_at IS NULL ORDER BY id"), *p) }),
        ),
        Act::TellApart(p, n) => call("doubles.tell_apart", json!({ "ids": [pick(&people, *p), pick(&people, *n)] })),
        Act::NoLongerApart(n) => {
            let pair = |column: &str| pick(&ids(&format!("SELECT {column} FROM told_apart ORDER BY id")), *n);
            call("doubles.no_longer_apart", json!({ "ids": [pair("one"), pair("other")] }));
        }
        Act::FollowUp(p, n) => {
            // What clears by itself, what repeats in each way, and what is nobody's.
            let more = [
                json!({ "kind": "reply_check" }),
                json!({ "kind": "check_in", "unless": "stage_moves" }),
                json!({ "every": { "n": 1, "unit": "week", "anchor": "due" } }),
                json!({ "every": { "n": 2, "unit": "business_day", "anchor": "done" } }),
                json!({ "kind": "check_in", "unless": "they_reply", "every": { "n": 3, "unit": "month", "anchor": "last_contact" } }),
                json!({ "person": null, "kind": "deadline" }),
                json!({ "at": 1_779_400_000_000_i64 }),
                json!({}),
            ];
            let mut input = json!({ "person": pick(&people, *p), "text": word(*n), "due": format!("2026-05-2{n}") });
            for (field, value) in more[*n as usize].as_object().unwrap() {
                input[field] = value.clone();
            }
            call("followups.add", input);
        }
        Act::Settle(f, n) => {
            let one = pick(&ids("SELECT id FROM followups WHERE deleted_at IS NULL ORDER BY id"), *f);
            match n {
                0..=1 => call("followups.done", json!({ "id": one, "note": word(*n) })),
                2 => call("followups.drop", json!({ "id": one })),
                3 => call("followups.reopen", json!({ "id": one })),
                4 => call("followups.snooze", json!({ "id": one, "until": "2026-06-01" })),
                5 => call("followups.replied", json!({ "id": one })),
                6 => call("followups.not_replied", json!({ "id": one, "again": "2026-06-02" })),
                _ => call("followups.edit", json!({ "id": one, "due": "2026-06-03", "person": someone })),
            }
        }
        Act::StayInTouch(p, n) => match n {
            0..=2 => call("cadences.set", json!({ "person": pick(&people, *p), "idealDays": n + 1, "longestDays": 9 })),
            3..=4 => call(
                "cadences.set",
                json!({ "tag": pick(&ids("SELECT id FROM tags WHERE deleted_at IS NULL ORDER BY id"), *p), "idealDays": n + 1, "longestDays": 20 }),
            ),
            5 => call(
                "cadences.remove",
                json!({ "id": pick(&ids("SELECT id FROM cadences WHERE deleted_at IS NULL ORDER BY id"), *p) }),
            ),
            _ => call(
                "touchpoints.log",
                json!({ "kind": "conversation_online", "people": [{ "person": pick(&people, *p) }], "needsAnswer": true }),
            ),
        },
        Act::OnList(p, n) => {
            let list = pick(&ids("SELECT id FROM lists WHERE deleted_at IS NULL ORDER BY id"), *p);
            let who = pick(&people, *p);
            match n {
                0..=3 => call("lists.add", json!({ "name": word(n / 2), "people": [who, someone], "why": word(*n) })),
                4 => call("lists.remove", json!({ "list": list, "people": [who] })),
                5 => call("lists.create", json!({ "name": word(*p), "filter": "tag:alpha or city:beta" })),
                6 => call("lists.edit", json!({ "id": list, "name": word(p + 1), "note": word(*p) })),
                _ => call("lists.trash", json!({ "id": list })),
            }
        }
        Act::View(p, n) => {
            let view = pick(&ids("SELECT id FROM views WHERE deleted_at IS NULL ORDER BY id"), *p);
            match n {
                0..=3 => {
                    let shown = json!({ "name": word(*p), "filter": word(*n), "sort": "name", "descending": false, "layout": "board" });
                    call("views.save", shown);
                }
                4..=5 => call("views.edit", json!({ "id": view, "filter": word(*n), "position": 0 })),
                _ => call("views.trash", json!({ "id": view })),
            }
        }
        Act::SetAside(p, n) => match n {
            0..=3 => {
                let until = (*n > 1).then(|| format!("2026-06-0{n}"));
                let key = format!("touch:{}", pick(&people, *p).unwrap_or_default());
                call("today.set_aside", json!({ "key": key, "until": until }));
            }
            _ => call(
                "touchpoints.answered",
                json!({ "id": pick(&ids("SELECT id FROM touchpoints WHERE needs_answer AND deleted_at IS NULL ORDER BY id"), *p) }),
            ),
        },
    }
}

/// Random sequences of acts, in the test run and in `make prove`.
const SEQUENCES: (u32, u32) = (120, 10_000);

proptest! {
    #![proptest_config(ProptestConfig { cases: times(SEQUENCES.0, SEQUENCES.1), ..ProptestConfig::default() })]

    /// Whatever was done, undoing all of it, in any order, gives the file before; redoing all of it gives the file after.
    #[test]
    fn operations_can_be_taken_back_in_any_order(acts in acts(), shuffle in prop::collection::vec(any::<u32>(), 40)) {
        let desk = Desk::new();
        desk.person("Base");
        let before = desk.dump();
        // With a backup to compare with, every look at the file below also asks whether anything changed that nobody did.
        desk.call("backups.make", json!({}));
        let first: i64 = desk.store.read(desk.now(), |tx| Ok(tx.scalar("SELECT max(id) FROM operations", [])?.unwrap())).unwrap();
        let newest = || desk.store.read(desk.now(), |tx| tx.newest_standing()).unwrap().unwrap_or_default();
        // What the file was before each operation.
        let mut dumps = std::collections::BTreeMap::new();
        for act in &acts {
            let dump = desk.dump();
            perform(&desk, act);
            dumps.entry(newest()).or_insert(dump);
        }
        let after = desk.dump();
        desk.is_sound();
        desk.call("backups.make", json!({}));

        // Newest first, the way Ctrl Z goes: every step is the state before it.
        let mut operations: Vec<i64> = desk.store.read(desk.now(), |tx| tx.column("SELECT id FROM operations WHERE id > ?1 AND undoable = 1 ORDER BY id", [first])).unwrap();
        for operation in operations.iter().rev() {
            prop_assert_eq!(newest(), *operation);
            desk.undo();
            prop_assert_eq!(&desk.dump(), &dumps[operation]);
        }
        prop_assert_eq!(desk.dump(), before.clone());
        for _ in &operations {
            desk.redo();
        }
        prop_assert_eq!(desk.dump(), after);
        desk.is_sound();

        // In any order.
        let mut keys: Vec<(u32, i64)> = operations.drain(..).enumerate().map(|(n, op)| (shuffle[n % shuffle.len()], op)).collect();
        keys.sort_unstable();
        for (_, operation) in keys {
            desk.store.write("test", super::Memory::Recorded, desk.now(), |tx| {
                let undone = crate::history::taken_back(tx, operation)?;
                crate::people::state::refresh_concerned(tx)?;
                Ok(undone)
            }).unwrap();
            desk.is_sound();
        }
        prop_assert_eq!(desk.dump(), before);
        prop_assert!(desk.names().contains(&"Base".to_owned()));
        desk.is_sound();

        static TAKEN_BACK: AtomicU32 = AtomicU32::new(0);
        if TAKEN_BACK.fetch_add(1, Relaxed) + 1 == times(SEQUENCES.0, SEQUENCES.1) {
            proved("undo", format_args!("{} random sequences, taken back newest first and in any order, brought back: equal dumps", times(SEQUENCES.0, SEQUENCES.1)));
        }
    }
}

/// Random sequences with an import among them, in the test run and in `make prove`.
const INTERLEAVED: (u32, u32) = (8, 2_000);

proptest! {
    #![proptest_config(ProptestConfig { cases: times(INTERLEAVED.0, INTERLEAVED.1), ..ProptestConfig::default() })]

    /// The same of an import that runs while somebody works: it is one operation, which ended after what was done meanwhile.
    #[test]
    fn an_import_and_what_was_done_meanwhile_can_be_taken_back_in_any_order(
        earlier in acts(), meanwhile in acts(), later in acts(), shuffle in prop::collection::vec(any::<u32>(), 60),
    ) {
        let desk = Desk::new();
        let before = desk.dump();
        let first: i64 = desk.store.read(desk.now(), |tx| Ok(tx.scalar("SELECT max(id) FROM operations", [])?.unwrap())).unwrap();
        earlier.iter().for_each(|act| perform(&desk, act));
        // They are called, and tagged, as those are whom somebody is at work on.
        let rows: String = (0..400).map(|n| {
            let word = ["alpha", "beta", "gamma", "delta"][n % 4];
            if n % 9 == 0 { format!("{word},,{word},{word}\n") } else { format!("{word} {n},p{n}@example.org,{word},{word}\n") }
        }).collect();
        let path = desk.path("words.csv");
        std::fs::write(&path, format!("Name,Email,Company,Tags\n{rows}")).unwrap();
        let file = desk.store.grant(path, crate::Access::Read);
        let run = desk.call("imports.begin", json!({ "file": file, "matching": true, "source": "import" }));
        let mut phase = run["phase"].clone();
        let mut step = || if phase != "done" { phase = desk.call("imports.step", json!({ "id": run["id"] }))["phase"].clone() };
        step();
        step();
        for act in &meanwhile {
            perform(&desk, act);
            if act_stops(act) { step() }
        }
        (0..20).for_each(|_| step());
        prop_assert_eq!(desk.call("imports.under_way", json!({})), Value::Null);
        later.iter().for_each(|act| perform(&desk, act));
        let after = desk.dump();
        desk.is_sound();
        let mut operations: Vec<i64> = desk.store.read(desk.now(), |tx| tx.column("SELECT id FROM operations WHERE id > ?1 AND undoable = 1", [first])).unwrap();
        for _ in &operations { desk.undo(); }
        prop_assert_eq!(desk.dump(), before.clone());
        desk.is_sound();
        for _ in &operations { desk.redo(); }
        prop_assert_eq!(desk.dump(), after.clone());
        desk.is_sound();
        let mut keys: Vec<(u32, i64)> = operations.drain(..).enumerate().map(|(n, op)| (shuffle[n % shuffle.len()], op)).collect();
        keys.sort_unstable();
        for (_, operation) in &keys {
            desk.call("history.take_back", json!({ "operation": operation }));
        }
        prop_assert_eq!(desk.dump(), before);
        desk.is_sound();
        for _ in &keys { desk.redo(); }
        prop_assert_eq!(desk.dump(), after);
        desk.is_sound();

        static TAKEN_BACK: AtomicU32 = AtomicU32::new(0);
        if TAKEN_BACK.fetch_add(1, Relaxed) + 1 == times(INTERLEAVED.0, INTERLEAVED.1) {
            proved("undo", format_args!("{} random sequences around an import that ran meanwhile, taken back and brought back in any order: equal dumps", times(INTERLEAVED.0, INTERLEAVED.1)));
        }
    }
}

/// Whether the import goes on a step after this.
fn act_stops(act: &Act) -> bool {
    matches!(act, Act::Add(_) | Act::Tag(_, 0..4) | Act::Untag(..) | Act::Field(..))
}
