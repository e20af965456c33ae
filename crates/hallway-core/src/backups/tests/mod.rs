//! Backups as a person meets them: made, thinned out, looked at and put back.
mod digests;

use super::*;
use crate::{
    Now,
    store::backups::kept,
    testing::{DAY, Desk},
};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fs;

fn names(desk: &Desk) -> Vec<String> {
    kept(desk.store.path()).into_iter().map(|backup| backup.name).collect()
}

#[test]
fn a_backup_is_made_each_hour_in_which_something_changed() {
    let desk = Desk::new();
    desk.person("Ada");
    let first = desk.call("backups.keep", json!({}));
    assert_eq!((&first["why"], &first["people"]), (&json!("hour"), &json!(1)));
    desk.person("Bo");
    assert_eq!(desk.call("backups.keep", json!({})), Value::Null, "the hour is not over");
    desk.wait(1);
    assert_eq!(desk.call("backups.keep", json!({}))["people"], 2);
    desk.wait(1);
    assert_eq!(desk.call("backups.keep", json!({})), Value::Null, "nothing has changed");
    assert_eq!(desk.call("backups.make", json!({})), Value::Null);
    assert_eq!(names(&desk).len(), 2);
    let files = fs::read_dir(desk.store.path().with_file_name("backups")).unwrap().count();
    assert_eq!(files, 4, "a backup is one file and its digest, also once it was looked at");
    assert!(!desk.call("doctor.check", json!({}))["lastBackup"].is_null());
}

#[test]
fn another_one_is_made_within_the_hour_once_two_hundred_things_were_done() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    desk.call("backups.keep", json!({}));
    for n in 0..199 {
        desk.call("people.edit", json!({ "id": ada, "city": format!("City {n}") }));
    }
    assert_eq!(desk.call("backups.keep", json!({})), Value::Null, "the hour is not over, and little was done");
    desk.person("Bo");
    assert_eq!(desk.call("backups.keep", json!({}))["people"], 2);
    assert_eq!(names(&desk).len(), 1, "of one hour the newest stays");
    assert_eq!(desk.call("backups.keep", json!({})), Value::Null);
}

#[test]
fn they_are_thinned_out_as_they_age_and_none_is_older_than_five_weeks() {
    let desk = Desk::new();
    for hour in 0..24 * 60 {
        desk.store
            .read(Now(desk.now().0 + hour * 3_600_000), |tx| {
                // As if something had changed: another name is another state.
                let name = format!(
                    "test-{}-hour.hallway",
                    chrono::DateTime::from_timestamp_millis(tx.now.0).unwrap().format("%Y%m%dT%H%M%S%3fZ")
                );
                let folder = tx.store().path().with_file_name("backups");
                fs::create_dir_all(&folder).unwrap();
                fs::write(folder.join(name), "an old one").unwrap();
                Ok(())
            })
            .unwrap();
    }
    fs::write(desk.store.path().with_file_name("backups").join("notes.txt"), "mine").unwrap();
    desk.wait(60);
    desk.person("Ada");
    desk.call("backups.keep", json!({}));
    let now = desk.now().0;
    let ages: Vec<i64> = kept(desk.store.path()).iter().map(|backup| now - backup.at).collect();
    let within = |from: i64, to: i64| ages.iter().filter(|age| **age > from * DAY && **age <= to * DAY).count();
    assert!((24..=25).contains(&within(-1, 1)), "one an hour for a day: {}", within(-1, 1));
    assert!((6..=7).contains(&within(1, 7)), "one a day for a week: {}", within(1, 7));
    assert!((4..=5).contains(&within(7, 35)), "one a week to 35 days: {}", within(7, 35));
    assert_eq!(within(35, 100), 0);
    assert!(desk.store.path().with_file_name("backups").join("notes.txt").exists());
    desk.wait(90);
    desk.call("backups.keep", json!({}));
    assert_eq!(names(&desk).len(), 3, "one of each of the three newest days stays, however long nothing happens");
}

#[test]
fn a_clock_that_is_wrong_for_a_day_takes_no_backup_with_it_and_what_it_made_is_not_the_newest() {
    let desk = Desk::new();
    let mut right = Vec::new();
    for day in 0..6 {
        desk.person(&format!("Nr {day}"));
        desk.call("backups.keep", json!({}));
        right = names(&desk);
        desk.wait(1);
    }
    assert_eq!(right.len(), 6);
    let before = desk.now();
    // Its battery is flat, and it says a year too much.
    desk.wait(365);
    for hour in 0..5 {
        desk.person(&format!("Ahead {hour}"));
        desk.call("backups.keep", json!({}));
        desk.later(3_600_000);
    }
    let left: Vec<String> = names(&desk).into_iter().filter(|name| right.contains(name)).collect();
    assert_eq!(left, right[..2], "of two days before");
    desk.later(before.0 - desk.now().0);
    desk.person("Eve");
    let made = desk.call("backups.keep", json!({}));
    assert_eq!(made["people"], 12, "an hour passed since the last one that is not to come");
    let newest = newest_good_at(desk.store.path(), desk.now()).expect("a backup");
    assert_eq!(newest.people, Some(12), "and it is the newest");
    assert_eq!(desk.call("backups.list", json!({}))[0]["name"], made["name"]);
    assert_eq!(desk.call("backups.keep", json!({})), Value::Null, "one an hour is enough");
    let there = |name: &String| names(&desk).contains(name);
    assert!(left.iter().all(there), "those of before are there still");
}

#[test]
fn where_every_backup_is_of_a_time_to_come_one_is_made_all_the_same() {
    let desk = Desk::new();
    desk.wait(365).person("Ada");
    desk.call("backups.keep", json!({}));
    desk.wait(-365).person("Bo");
    assert_eq!(desk.call("backups.keep", json!({}))["people"], 2);
}

#[test]
fn a_backup_that_cannot_be_made_is_told_until_one_is() {
    let desk = Desk::new();
    desk.person("Ada");
    let folder = desk.store.path().with_file_name("backups");
    fs::write(&folder, "in its place").unwrap();
    desk.refused("backups.keep", json!({}));
    let told = desk.store.notice().expect("somebody is told");
    assert!(told.starts_with("The backup of this hour could not be made: "), "{told}");
    fs::remove_file(&folder).unwrap();
    assert_eq!(desk.call("backups.keep", json!({}))["people"], 1);
    assert_eq!(desk.store.notice(), None);
}

/// Nobody works every hour, and a clock is not always right: whenever it is looked at, of each hour of the last day, of each
/// day of the last week and of each week of the last five in which a backup was made, one is there.
#[test]
fn over_a_thousand_days_each_hour_day_and_week_keeps_one_and_nothing_gets_old() {
    const HOUR: i64 = 3_600_000;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.hallway");
    let backups = folder.path().join("backups");
    fs::create_dir_all(&backups).unwrap();
    let mut chance = crate::testing::prove::Chance(20_260_521);
    let mut made: Vec<i64> = Vec::new();
    let (begin, mut most, mut looked) = (1_779_364_800_000, 0, 0);
    for day in 0..1_000 {
        // Holidays, and days on which little is done.
        let hours = if chance.roll(10) < 3 || (400..430).contains(&day) { 0 } else { 1 + chance.roll(12) as i64 };
        for hour in 0..hours {
            let now = begin + day * DAY + (8 + hour) * HOUR + chance.roll(HOUR as u64) as i64;
            let stamp = chrono::DateTime::from_timestamp_millis(now).unwrap().format("%Y%m%dT%H%M%S%3fZ");
            fs::write(backups.join(format!("test-{stamp}-hour.hallway")), "").unwrap();
            made.push(now);
            crate::store::backups::thin_out(&path, Now(now)).unwrap();
            let there: Vec<i64> = kept(&path).iter().map(|backup| backup.at).collect();
            assert_eq!(there.first(), Some(&now), "the newest, on day {day}");
            assert!(there.iter().all(|at| now - at <= 35 * DAY), "day {day}");
            most = most.max(there.len());
            for at in made.iter().rev().take_while(|at| now - **at <= 35 * DAY) {
                let slot = match now - at {
                    ..=DAY => HOUR,
                    age if age <= 7 * DAY => DAY,
                    _ => 7 * DAY,
                };
                let same = there.iter().any(|there| there.div_euclid(slot) == at.div_euclid(slot));
                assert!(same, "day {day}: of the {} hours around {at} none is left", slot / HOUR);
                looked += 1;
            }
        }
    }
    assert!(most <= 25 + 7 + 6, "{most} at once");
    crate::testing::prove::proved(
        "backups",
        format_args!(
            "1,000 days, {} made, {looked} looks at one and what is left beside it, at most {most} at once",
            made.len()
        ),
    );
}

#[test]
fn what_changed_and_nobody_did_is_said_before_the_first_backup_of_the_next_day() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    desk.log(&ada, "conversation_online", "2026-05-20");
    desk.call("backups.keep", json!({}));
    desk.wait(1).call("people.edit", json!({ "id": ada, "city": "Lagos" }));
    desk.call("backups.keep", json!({}));
    assert_eq!(desk.call("workspace.info", json!({}))["notice"], Value::Null, "somebody did that");
    let behind = Connection::open(desk.store.path()).unwrap();
    behind.execute("UPDATE touchpoints SET on_day = '2026-05-24'", []).unwrap();
    desk.wait(1).call("backups.keep", json!({}));
    let notice = desk.call("workspace.info", json!({}))["notice"].as_str().unwrap().to_owned();
    assert!(notice.starts_with("1 entry in this file changed and nobody did that"), "{notice}");
    assert!(desk.store.changed_elsewhere().unwrap(), "the window hears of it");
}

#[test]
fn an_import_is_preceded_by_a_backup() {
    let desk = Desk::new();
    desk.person("Ada");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "Name\nBo\n").unwrap();
    let grant = desk.store.grant(folder.path().join("a.csv"), crate::Access::Read);
    desk.call(
        "imports.run",
        json!({ "file": grant, "matching": true, "source": "import", "decisions": {}, "overwrite": [] }),
    );
    let made = desk.call("backups.list", json!({}));
    assert_eq!((&made[0]["why"], &made[0]["people"]), (&json!("import"), &json!(1)));
}

#[test]
fn a_backup_says_what_it_would_change_and_putting_it_back_does_that() {
    let desk = Desk::new();
    let (ada, bo) = (desk.person("Ada"), desk.person("Bo"));
    desk.log(&ada, "conversation_online", "2026-05-20");
    let made = desk.call("backups.make", json!({}));
    let before = desk.dump();
    desk.call("people.trash", json!({ "ids": [ada] }));
    desk.call("people.edit", json!({ "id": bo, "city": "Lagos" }));
    desk.person("Eve");
    let difference = desk.call("backups.difference", json!({ "name": made["name"] }));
    assert_eq!(
        difference,
        json!({
            "back": { "count": 1, "names": ["Ada"] }, "apart": { "count": 0, "names": [] },
            "gone": { "count": 1, "names": ["Eve"] },
            "together": { "count": 0, "names": [] },
            "changed": { "count": 1, "names": ["Bo"] }, "kinds": [], "trash": 0, "noesKept": 0,
            "keptApart": { "count": 0, "names": [] }
        })
    );
    let path = desk.store.path().to_owned();
    let name = made["name"].as_str().unwrap();
    assert_eq!(restore(&path, name, desk.now()).unwrap_err().code(), "busy", "somebody has it open");
    let desk = desk.reopened(|path, now| {
        assert_eq!(restore(path, name, now).unwrap(), None);
    });
    assert_eq!(desk.dump(), before);
    desk.is_sound();
    let newest = desk.call("history.recent", json!({ "limit": 1 }))[0].clone();
    assert_eq!(
        (&newest["label"], &newest["canTakeBack"]),
        (&json!("Put back the backup of 21 May 2026, 12:00"), &json!(false)),
        "one sees when the file changed: {newest}"
    );
    let all = desk.call("backups.list", json!({}));
    assert_eq!((&all[0]["why"], &all[0]["people"]), (&json!("restore"), &json!(2)), "what stood there is kept");
    let undo = all[0]["name"].as_str().unwrap().to_owned();
    let desk = desk.reopened(|path, now| assert_eq!(restore(path, &undo, now).unwrap(), None));
    assert_eq!(desk.names(), ["Bo", "Eve"]);
    desk.is_sound();
}

#[test]
fn a_difference_counts_people_and_not_the_rows_that_are_one_of_them() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let made = desk.call("backups.make", json!({}));
    let twin = desk.person("Ada L.");
    desk.call("doubles.merge", json!({ "ids": [ada, twin] }));
    desk.person("Eve");
    let difference = desk.call("backups.difference", json!({ "name": made["name"] }));
    assert_eq!(difference["gone"], json!({ "count": 1, "names": ["Eve"] }));
    assert_eq!(difference["back"]["count"], 0);
}

#[test]
fn whoever_was_merged_since_is_not_called_gone() {
    let desk = Desk::new();
    let [ada, twin, bo] = ["Ada", "Ada L.", "Bo"].map(|name| desk.person(name));
    let made = desk.call("backups.make", json!({}));
    desk.call("doubles.merge", json!({ "ids": [ada, twin] }));
    desk.call("people.trash", json!({ "ids": [bo] }));
    let difference = desk.call("backups.difference", json!({ "name": made["name"] }));
    assert_eq!(difference["apart"], json!({ "count": 1, "names": ["Ada L."] }));
    assert_eq!(difference["back"], json!({ "count": 1, "names": ["Bo"] }));
}

#[test]
fn a_difference_says_at_how_many_addresses_a_no_of_since_then_stays() {
    let desk = Desk::new();
    let add = |person: &str, value: &str| -> String {
        let point = json!({ "person": person, "kind": "email", "value": value, "source": "they_gave_it" });
        desk.call("contact_points.add", point)["id"].as_str().unwrap().to_owned()
    };
    let (ada, bo) = (desk.person("Ada"), desk.person("Bo"));
    let (first, second) = (add(&ada, "ada@example.org"), add(&ada, "a@example.net"));
    let of_bo = add(&bo, "bo@example.org");
    desk.call("contact_points.edit", json!({ "id": of_bo, "status": "opted_out" }));
    let made = desk.call("backups.make", json!({}));
    let stays =
        || desk.call("backups.difference", json!({ "name": made["name"] }))["noesKept"].as_u64().expect("a number");
    assert_eq!(stays(), 0, "that of Bo is in the backup as well");
    desk.call("contact_points.edit", json!({ "id": first, "status": "opted_out" }));
    desk.call("suppressions.add", json!({ "kind": "email", "values": ["who@example.org", "ada@example.org"] }));
    assert_eq!(stays(), 2, "an address is counted once");
    desk.call("basis.objected", json!({ "person": ada, "kinds": ["email"] }));
    assert_eq!(stays(), 3);
    let name = made["name"].as_str().unwrap().to_owned();
    let desk = desk.reopened(|path, now| assert_eq!(restore(path, &name, now).unwrap(), None));
    let listed = desk.call("suppressions.count", json!({}))["addresses"].as_u64().unwrap();
    assert_eq!(listed, 3, "and so many are on the list of what was put back: {second}");
}

#[test]
fn who_is_not_to_be_contacted_and_who_objected_since_stays_so_in_what_is_put_back() {
    let desk = Desk::new();
    let (ada, bo) = (desk.person("Ada"), desk.person("Bo"));
    let made = desk.call("backups.make", json!({}));
    desk.call("people.edit", json!({ "id": ada, "doNotContact": true, "doNotContactReason": "Asked at the booth" }));
    desk.call("basis.objected", json!({ "person": bo, "kinds": ["email"] }));
    let would = |desk: &Desk| desk.call("backups.difference", json!({ "name": made["name"] }));
    let nobody = json!({ "count": 0, "names": [] });
    let said = would(&desk);
    assert_eq!(said["keptApart"], json!({ "count": 2, "names": ["Ada", "Bo"] }));
    assert_eq!((&said["changed"], &said["kinds"]), (&nobody, &json!([])), "nothing else would change: {said}");
    desk.call("people.edit", json!({ "id": ada, "city": "Lagos" }));
    assert_eq!(would(&desk)["changed"], json!({ "count": 1, "names": ["Ada"] }), "her city would");
    let name = made["name"].as_str().unwrap().to_owned();
    let desk = desk.reopened(|path, now| assert_eq!(restore(path, &name, now).unwrap(), None));
    let row = "SELECT do_not_contact_reason FROM people WHERE do_not_contact";
    let said = |sql: &str| desk.store.read(desk.now(), |tx| tx.column::<String>(sql, [])).unwrap();
    assert_eq!(said(row), ["Asked at the booth"]);
    let objected =
        "SELECT p.display_name FROM objections o JOIN people p ON p.id = o.person_id WHERE o.deleted_at IS NULL";
    assert_eq!(said(objected), ["Bo"]);
    desk.is_sound();
}

#[test]
fn the_line_of_a_file_that_left_stays_in_what_is_put_back() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let made = desk.call("backups.make", json!({}));
    let list = desk.call("lists.add", json!({ "name": "Beta", "people": [ada] }))["list"]["id"].clone();
    let to = desk.store.grant(desk.path("for-me.csv"), crate::Access::Write);
    desk.call(
        "exports.write",
        json!({ "whom": { "list": list }, "purpose": "for_myself", "channel": "email", "template": "csv", "file": to }),
    );
    let said = desk.call("backups.difference", json!({ "name": made["name"] }));
    let kinds: Vec<&str> = said["kinds"].as_array().unwrap().iter().map(|kind| kind["one"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["list"], "the list would be gone, and nothing of the file: {said}");
    let name = made["name"].as_str().unwrap().to_owned();
    let desk = desk.reopened(|path, now| assert_eq!(restore(path, &name, now).unwrap(), None));
    let lines = desk.call("exports.made", json!({}));
    assert_eq!((lines.as_array().map(Vec::len), &lines[0]["fileName"]), (Some(1), &json!("for-me.csv")));
    assert_eq!(lines[0]["list"], Value::Null, "of a list that is not there");
    desk.is_sound();
}

#[test]
fn a_damaged_file_is_set_aside_whole_and_the_backup_stands_in_its_place() {
    let desk = Desk::new();
    desk.person("Ada");
    let made = desk.call("backups.make", json!({}));
    let name = made["name"].as_str().unwrap().to_owned();
    let desk = desk.reopened(|path, now| {
        let mut bytes = fs::read(path).unwrap();
        bytes.iter_mut().skip(100).for_each(|byte| *byte ^= 0x5a);
        fs::write(path, &bytes).unwrap();
        assert_eq!(crate::open(path, now, 1, "UTC").err().map(|e| e.code()), Some("damaged"));
        assert_eq!(at(path, now)[0].people, Some(1));
        let aside = restore(path, &name, now).unwrap().expect("it was set aside");
        assert_eq!(fs::read(aside).unwrap(), bytes);
    });
    assert_eq!(desk.names(), ["Ada"]);
    desk.is_sound();
}

/// As a backup nobody here could read it, and it would go in its time.
#[test]
fn a_file_of_a_newer_hallway_or_of_another_program_is_set_aside_whole() {
    for change in [
        "PRAGMA user_version = 99",
        "PRAGMA application_id = 7; CREATE TABLE theirs (a); INSERT INTO theirs VALUES (5)",
    ] {
        let desk = Desk::new();
        desk.person("Ada");
        let made = desk.call("backups.make", json!({}));
        let name = made["name"].as_str().unwrap().to_owned();
        let desk = desk.reopened(|path, now| {
            rusqlite::Connection::open(path).unwrap().execute_batch(change).unwrap();
            let stood = fs::read(path).unwrap();
            let aside = restore(path, &name, now).unwrap().expect("it was set aside");
            assert_eq!(fs::read(aside).unwrap(), stood, "{change}");
            assert_eq!(kept(path).len(), 1, "it is no backup: {change}");
        });
        assert_eq!(desk.names(), ["Ada"]);
        desk.is_sound();
    }
}

#[test]
fn a_damaged_file_can_still_be_looked_at_and_is_not_written() {
    let desk = Desk::of_many_pages();
    desk.with_a_damaged_page(|path, now, damaged| {
        let store = crate::look(path, 3).expect("what is left can be looked at");
        let info = crate::dispatch(&store, now, "workspace.info", json!({})).expect("the beginning is readable").value;
        assert_eq!((&info["people"], &info["looking"]), (&json!(400), &json!(true)));
        let refused = crate::dispatch(&store, now, "people.create", json!({ "displayName": "Eve" })).unwrap_err();
        assert_eq!(refused.code(), "read_only");
        drop(store);
        assert_eq!(fs::read(path).unwrap(), damaged, "not a byte of it has changed");
    });
}

#[test]
#[cfg(unix)]
fn a_sound_file_is_not_taken_for_a_damaged_one_when_its_backup_cannot_be_made() {
    let desk = Desk::new();
    desk.person("Ada");
    let made = desk.call("backups.make", json!({}));
    desk.person("Bo");
    let name = made["name"].as_str().unwrap().to_owned();
    let desk = desk.reopened(|path, now| {
        // Where the backup of what stands here is to be written, something is in the way.
        let stamp = chrono::DateTime::from_timestamp_millis(now.0).unwrap().format("%Y%m%dT%H%M%S%3fZ");
        let taken = path.with_file_name("backups").join(format!("test-{stamp}-restore.hallway"));
        fs::create_dir_all(taken.join("in the way")).unwrap();
        assert!(restore(path, &name, now).is_err());
        let left: Vec<String> = fs::read_dir(path.parent().unwrap())
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.contains("damaged") || name.contains("part"))
            .collect();
        assert_eq!(left, Vec::<String>::new());
    });
    assert_eq!(desk.names(), ["Ada", "Bo"], "the file is where it was");
    desk.is_sound();
}

#[test]
fn a_log_that_an_interrupted_restore_left_is_set_aside_and_not_read_as_the_new_files() {
    let desk = Desk::new();
    desk.person("Ada");
    let name = desk.call("backups.make", json!({}))["name"].as_str().unwrap().to_owned();
    for n in 0..20 {
        desk.person(&format!("Person {n}"));
    }
    let log = |path: &Path| path.with_file_name("test.hallway-wal");
    let of_before = fs::read(log(desk.store.path())).unwrap();
    assert!(!of_before.is_empty());
    let desk = desk.reopened(|path, now| {
        fs::rename(path, path.with_file_name("set aside")).unwrap();
        fs::write(log(path), &of_before).unwrap();
        let aside = restore(path, &name, now).unwrap().expect("a place for the log");
        assert_eq!(fs::read(format!("{}-wal", aside.display())).unwrap(), of_before);
    });
    assert_eq!(desk.names(), ["Ada"]);
    desk.is_sound();
}

#[test]
fn a_backup_that_cannot_be_read_is_not_put_back() {
    let desk = Desk::new();
    desk.person("Ada");
    let made = desk.call("backups.make", json!({}));
    let name = made["name"].as_str().unwrap().to_owned();
    let desk = desk.reopened(|path, now| {
        let backup = path.with_file_name("backups").join(&name);
        let whole = fs::read(&backup).unwrap();
        fs::write(&backup, &whole[..whole.len() / 2]).unwrap();
        assert!(restore(path, &name, now).is_err());
        assert!(restore(path, "../../etc/passwd", now).is_err());
    });
    assert_eq!(desk.names(), ["Ada"], "the file is where it was");
}
