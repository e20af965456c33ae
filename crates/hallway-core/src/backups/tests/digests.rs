//! A backup that is not as it was made is known for it, and nothing is done with it.
use super::*;
use crate::testing::Desk;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{fs, path::PathBuf};

fn beside(backup: &Path) -> PathBuf {
    PathBuf::from(format!("{}.sha256", backup.display()))
}

fn kept(desk: &Desk) -> Vec<Kept> {
    backups::kept(desk.store.path())
}

/// Turns one letter of a name into another one, wherever in a file it lies.
fn turn(backup: &Path) {
    let mut bytes = fs::read(backup).unwrap();
    let name = b"Priya";
    let places: Vec<usize> = (0..bytes.len() - name.len()).filter(|at| &bytes[*at..*at + name.len()] == name).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at + 4] = b'b';
    }
    fs::write(backup, bytes).unwrap();
}

/// Two backups, the newer of which says "Priyb".
fn one_turned() -> (Desk, Kept, Kept) {
    let desk = Desk::new();
    desk.person("Priya Nair");
    desk.call("backups.make", json!({}));
    desk.wait(1).person("Bo");
    desk.call("backups.make", json!({}));
    let [newer, older] = kept(&desk).try_into().unwrap();
    turn(&newer.path);
    (desk, newer, older)
}

#[test]
fn a_letter_that_was_turned_in_a_backup_is_not_blamed_on_the_file() {
    let (desk, newer, older) = one_turned();
    let found = desk.call("doctor.check", json!({}));
    assert_eq!(found["findings"], json!([]), "the file is sound");
    assert_eq!(found["lastBackup"], older.at);
    let list = desk.call("backups.list", json!({}));
    assert_eq!((&list[0]["damaged"], &list[0]["people"]), (&json!(true), &Value::Null));
    assert_eq!((&list[1]["damaged"], &list[1]["people"]), (&json!(false), &json!(1)));
    let refused = desk.refused("backups.difference", json!({ "name": newer.name }));
    assert!(refused.message.contains("is damaged"), "{}", refused.message);
    assert!(!desk.call("backups.make", json!({})).is_null(), "it is not taken for one that holds everything there is");
}

#[test]
fn a_damaged_backup_is_not_put_back_unless_somebody_says_that_it_is_good() {
    let (desk, newer, _) = one_turned();
    let desk = desk.reopened(|path, now| {
        let refused = restore(path, &newer.name, now).unwrap_err();
        assert!(refused.to_string().contains("is damaged"), "{refused}");
    });
    assert_eq!(desk.names(), ["Bo", "Priya Nair"], "the file is where it was");
    let desk = desk.reopened(|path, now| {
        fs::remove_file(beside(&newer.path)).unwrap();
        restore(path, &newer.name, now).unwrap();
    });
    assert_eq!(desk.names(), ["Bo", "Priyb Nair"]);
}

#[test]
fn a_backup_without_a_digest_is_as_good_as_before() {
    let desk = Desk::new();
    desk.person("Ada");
    desk.call("backups.make", json!({}));
    let [one] = kept(&desk).try_into().unwrap();
    for said in [None, Some(""), Some("no digest at all")] {
        fs::remove_file(beside(&one.path)).unwrap();
        if let Some(said) = said {
            fs::write(beside(&one.path), said).unwrap();
        } else {
            assert_eq!(desk.call("backups.list", json!({}))[0]["people"], 1);
            fs::write(beside(&one.path), "").unwrap();
        }
        assert_eq!(desk.call("backups.list", json!({}))[0]["damaged"], false);
        assert_eq!(desk.call("doctor.check", json!({}))["lastBackup"], one.at);
    }
}

#[test]
fn anybody_can_check_a_backup_and_what_is_said_of_it_goes_with_it() {
    let desk = Desk::new();
    desk.person("Ada");
    desk.call("backups.make", json!({}));
    let [one] = kept(&desk).try_into().unwrap();
    let told = fs::read_to_string(beside(&one.path)).unwrap();
    // As sha256sum writes it, and reads it.
    let sum: String = Sha256::digest(fs::read(&one.path).unwrap()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(told, format!("{sum}  {}\n", one.name));
    for name in ["Bo", "Cem", "Di"] {
        assert!(one.path.exists(), "one of each of the three newest days stays");
        desk.wait(40).person(name);
        desk.call("backups.keep", json!({}));
    }
    assert!(!one.path.exists() && !beside(&one.path).exists(), "too old");
    let two = kept(&desk).remove(0);
    fs::remove_file(&two.path).unwrap();
    desk.call("backups.keep", json!({}));
    assert!(!beside(&two.path).exists(), "nothing is said of what is gone");
}

#[test]
fn a_backup_that_is_written_anew_gets_a_digest_of_its_own_and_a_damaged_one_stays_damaged() {
    let (desk, newer, older) = one_turned();
    let said = |of: &Kept| fs::read_to_string(beside(&of.path)).unwrap();
    let (newer_said, older_said) = (said(&newer), said(&older));
    let eve = desk.person("Eve");
    desk.call("backups.make", json!({}));
    let [newest, ..] = &kept(&desk)[..] else { panic!("no backup") };
    let newest_said = said(newest);
    desk.call("people.trash", json!({ "ids": [eve] }));
    desk.call("erase.run", json!({ "ids": [eve], "others": "blank" }));
    assert_ne!(said(newest), newest_said, "Eve is in it no more");
    let list = desk.call("backups.list", json!({}));
    assert_eq!(list[0]["damaged"], false, "{list}");
    assert_eq!((said(&newer), said(&older)), (newer_said, older_said));
    assert_eq!(backups::is_as_it_was_made(&newer.path), Some(false));
}

/// However they age: what is damaged takes no hour, day or week from what is not.
#[test]
fn a_backup_that_is_sound_does_not_go_for_one_that_is_damaged() {
    let desk = Desk::new();
    desk.person("Priya Nair");
    desk.call("backups.keep", json!({}));
    let sound = kept(&desk).remove(0);
    // Two more of that hour, as if it had been changed in a hurry, and both were cut off since.
    for minutes in [1, 2] {
        let at = chrono::DateTime::from_timestamp_millis(sound.at + minutes * 60_000).unwrap();
        let later = sound.path.with_file_name(format!("test-{}Z-hour.hallway", at.format("%Y%m%dT%H%M%S%3f")));
        fs::copy(&sound.path, &later).unwrap();
        let said = fs::read_to_string(beside(&sound.path)).unwrap();
        fs::write(beside(&later), said.replace(&sound.name, &later.file_name().unwrap().to_string_lossy())).unwrap();
        let whole = fs::read(&later).unwrap();
        fs::write(later, &whole[..whole.len() / 2]).unwrap();
    }
    let there = |desk: &Desk| kept(desk).iter().any(|backup| backup.name == sound.name);
    for days in [0, 8, 12, 14] {
        desk.wait(days).person(&format!("After {days} days"));
        desk.call("backups.keep", json!({}));
        assert!(there(&desk), "after {days} days more");
    }
    assert_eq!(kept(&desk).iter().filter(|backup| backup.at > sound.at && backup.at < sound.at + 200_000).count(), 2);
    desk.wait(30);
    for day in 0..3 {
        desk.wait(1).person(&format!("Day {day}"));
        desk.call("backups.keep", json!({}));
    }
    assert!(!there(&desk), "three days have sound ones since, and it is older than five weeks");
    assert_eq!(kept(&desk).iter().filter(|backup| backup.at < sound.at + 200_000).count(), 0, "and so are those");
}

#[test]
fn whoever_asks_for_a_backup_of_a_damaged_file_is_not_told_that_everything_is_safe() {
    let desk = Desk::of_many_pages();
    desk.call("backups.make", json!({}));
    assert_eq!(desk.call("backups.make", json!({})), Value::Null, "it holds everything there is");
    desk.with_a_damaged_page(|path, now, _| {
        let store = crate::open(path, now, 1, "UTC").expect("its beginning is sound");
        let refused = crate::dispatch(&store, now, "backups.make", json!({})).unwrap_err();
        assert_eq!(refused.code(), "damaged", "{refused}");
    });
}
