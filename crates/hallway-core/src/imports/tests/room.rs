//! Room in which nothing stands any more is given back to the disk.
use crate::{Access, testing::Desk};
use serde_json::{Value, json};
use std::fs;

const PAGE: u64 = 4096;

/// Pages of the file, and those of them in which nothing stands.
fn pages(desk: &Desk) -> (u64, u64) {
    let asked = |tx: &crate::store::Tx| {
        let one = |sql: &str| -> crate::Result<u64> { Ok(tx.scalar::<i64>(sql, [])?.unwrap_or(0) as u64) };
        Ok((one("SELECT page_count FROM pragma_page_count")?, one("SELECT freelist_count FROM pragma_freelist_count")?))
    };
    desk.store.read(desk.now(), asked).expect("pages")
}

fn begun(desk: &Desk, rows: usize) -> Value {
    let path = desk.path("long.csv");
    let rows: String = (0..rows)
        .map(|n| format!("Person {n},p{n}@example.org,Company {n},Something to say of number {n}\n"))
        .collect();
    fs::write(&path, format!("Name,Email,Company,Notes\n{rows}")).expect("a file");
    let file = desk.store.grant(path, Access::Read);
    desk.call("imports.begin", json!({ "file": file, "matching": true, "source": "import" }))
}

fn step(desk: &Desk, run: &Value) -> Value {
    desk.call("imports.step", json!({ "id": run["id"] }))
}

#[test]
fn a_file_is_as_small_as_before_once_a_large_import_was_cancelled() {
    let desk = Desk::new();
    for n in 0..20 {
        desk.person(&format!("Here {n}"));
    }
    let (before, _) = pages(&desk);
    let run = begun(&desk, 6_000);
    while step(&desk, &run)["rows"].as_u64() < Some(5_000) {}
    assert!(pages(&desk).0 > 4 * before, "{:?} after {before}", pages(&desk));
    desk.call("imports.cancel", json!({ "id": run["id"] }));
    let mut steps = 0;
    while step(&desk, &run)["phase"] != "taken_back" {
        steps += 1;
        // Whoever works meanwhile is not kept waiting, and what they write stays.
        if steps % 5 == 0 {
            desk.person("Somebody meanwhile");
        }
        assert!(steps < 300, "it never ends");
    }
    let (after, free) = pages(&desk);
    assert!(after < before + before / 2 && free == 0, "{after} pages, {free} of them free, and {before} before");
    let bytes = fs::metadata(desk.store.path()).expect("the file").len();
    assert!(bytes <= (after + 1) * PAGE, "{bytes} bytes on the disk, of {after} pages");
    assert_eq!(desk.names().len(), 20 + steps / 5);
    desk.is_sound();
}

#[test]
fn what_was_done_with_what_came_in_meanwhile_is_still_undone_and_done_again() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let run = begun(&desk, 3_000);
    while step(&desk, &run)["rows"].as_u64() < Some(2_000) {}
    // Where somebody of the file works is somewhere for others as well, for as long as they say so.
    desk.call("people.edit", json!({ "id": ada, "organisation": "Company 7" }));
    let known = desk.call("people.matching", json!({ "text": "Person 11", "limit": 1 }))[0]["id"].clone();
    desk.log(known.as_str().expect("an id"), "conversation_online", "2026-05-20");
    desk.undo();
    desk.undo();
    desk.call("imports.cancel", json!({ "id": run["id"] }));
    while step(&desk, &run)["phase"] != "taken_back" {}
    assert_eq!(desk.names(), ["Ada"]);
    desk.redo();
    assert_eq!(desk.page(&ada)["organisation"], "Company 7");
    desk.redo();
    desk.is_sound();
    desk.undo();
    desk.undo();
    assert_eq!(desk.names(), ["Ada"]);
    desk.is_sound();
}

#[test]
fn what_an_interruption_left_is_given_back_with_the_backup_of_an_hour() {
    let desk = Desk::new();
    desk.person("Ada");
    let (before, _) = pages(&desk);
    let ballast =
        "CREATE TABLE ballast AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
                     SELECT randomblob(4000) AS blob FROM n;
                   DROP TABLE ballast;";
    let write = |tx: &mut crate::store::Tx| Ok(tx.sql().execute_batch(ballast)?);
    desk.store.write("test", crate::store::Memory::Recorded, desk.now(), write).expect("room");
    assert!(pages(&desk).1 > 3_000);
    desk.wait(1).call("backups.keep", json!({}));
    let (after, free) = pages(&desk);
    assert!(after <= before + 1 && free == 0, "{after} pages, {free} of them free, and {before} before");
    desk.is_sound();
}
