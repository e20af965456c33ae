//! What a file is opened as, what is refused, and what stands beside it.
use crate::{
    Store, TABLES,
    error::Error,
    testing::{Desk, everybody},
};
use serde_json::json;

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
        super::super::APPLICATION_ID
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
fn a_file_that_was_emptied_is_damaged_and_not_a_new_one() {
    for beside in ["a backup", "a log"] {
        let desk = Desk::new();
        desk.person("Ada");
        let made = desk.call("backups.make", serde_json::json!({}));
        let log = std::fs::read(desk.store.path().with_file_name("test.hallway-wal")).unwrap();
        let desk = desk.reopened(|path, now| {
            let wal = path.with_file_name("test.hallway-wal");
            let backups = path.with_file_name("backups");
            std::fs::write(path, "").unwrap();
            if beside == "a log" {
                std::fs::write(&wal, &log).unwrap();
                std::fs::rename(&backups, path.with_file_name("elsewhere")).unwrap();
            }
            let before = everything(path.parent().unwrap());
            for _ in 0..2 {
                assert_eq!(crate::open(path, now, 1, "UTC").err().map(|e| e.code()), Some("damaged"), "{beside}");
                assert_eq!(crate::look(path, 1).err().map(|e| e.code()), Some("damaged"), "{beside}");
            }
            assert!(everything(path.parent().unwrap()) == before, "{beside}: not a byte has changed");
            if beside == "a log" {
                std::fs::rename(path.with_file_name("elsewhere"), &backups).unwrap();
            }
            assert_eq!(
                crate::backups::newest_good_at(path, now).map(|kept| kept.name),
                made["name"].as_str().map(str::to_owned)
            );
            let aside = crate::backups::restore(path, made["name"].as_str().unwrap(), now).unwrap().expect("a place");
            assert_eq!(std::fs::read(aside).unwrap(), b"");
        });
        assert_eq!(desk.names(), ["Ada"], "{beside}");
        desk.is_sound();
    }
    let folder = tempfile::tempdir().unwrap();
    let new = folder.path().join("new.hallway");
    std::fs::write(&new, "").unwrap();
    crate::open(&new, crate::Now(0), 1, "UTC").expect("nothing stands beside it, so it is a new one");
}

#[test]
fn what_is_refused_is_left_with_nothing_beside_it() {
    let desk = Desk::new();
    (0..400).for_each(|n| drop(desk.person(&format!("Person {n} of a file of many pages"))));
    let mut whole = Vec::new();
    drop(desk.reopened(|path, _| whole = std::fs::read(path).unwrap()));
    let pages = |damage: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = whole.clone();
        damage(&mut bytes);
        bytes
    };
    for (what, code, bytes) in [
        ("newer", "newer_file", pages(&|bytes| bytes[60..64].copy_from_slice(&99u32.to_be_bytes()))),
        ("foreign", "foreign_file", pages(&|bytes| bytes[68..72].copy_from_slice(&7u32.to_be_bytes()))),
        ("no database", "foreign_file", b"Dear all, this is no database at all.".to_vec()),
        ("nothing else", "damaged", b"SQLite format 3\0 and nothing else".to_vec()),
        ("all pages", "damaged", pages(&|bytes| bytes.iter_mut().skip(100).for_each(|byte| *byte ^= 0x5a))),
        ("all but the first", "damaged", pages(&|bytes| bytes.iter_mut().skip(4096).for_each(|byte| *byte ^= 0x5a))),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("main.hallway");
        std::fs::write(&path, &bytes).unwrap();
        let refusal = crate::open(&path, crate::Now(0), 1, "UTC").err().unwrap_or_else(|| panic!("{what} was opened"));
        assert_eq!(refusal.code(), code, "{what}: {refusal}");
        drop(crate::look(&path, 1));
        assert!(
            everything(folder.path()) == [(path, bytes)],
            "{what}: {:?}",
            std::fs::read_dir(folder.path()).unwrap()
        );
    }
}

#[test]
fn what_is_looked_at_is_left_with_nothing_beside_it() {
    let desk = Desk::new();
    desk.person("Ada");
    let (mut whole, mut log) = (Vec::new(), Vec::new());
    let desk = desk.reopened(|path, _| whole = std::fs::read(path).unwrap());
    desk.person("Bo");
    let beside = desk.store.path().with_file_name("test.hallway-wal");
    std::fs::copy(beside, desk.path("log")).unwrap();
    log.extend(std::fs::read(desk.path("log")).unwrap());

    for (with_log, names) in [(false, 1), (true, 2)] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("main.hallway");
        std::fs::write(&path, &whole).unwrap();
        if with_log {
            std::fs::write(folder.path().join("main.hallway-wal"), &log).unwrap();
        }
        let before = everything(folder.path());
        let looked = crate::look(&path, 1).expect("it can be looked at");
        let all = serde_json::json!({ "query": crate::testing::everybody(), "offset": 0, "limit": 9 });
        assert_eq!(crate::dispatch(&looked, desk.now(), "people.list", all).unwrap().value["total"], names);
        drop(looked);
        assert!(everything(folder.path()) == before, "{:?}", std::fs::read_dir(folder.path()).unwrap());
    }
}

/// Every file of a folder, with what is in it.
fn everything(folder: &std::path::Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        if file.is_dir() {
            all.extend(everything(&file));
        } else {
            all.push((file.clone(), std::fs::read(file).unwrap()));
        }
    }
    all.sort();
    all
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
            .write("test", super::super::Memory::Recorded, desk.now(), |tx| {
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
    assert_eq!(pragma("application_id"), int(super::super::APPLICATION_ID));
}
