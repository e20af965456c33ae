mod again;
mod decisions;
mod organisations;
mod ran_out;

use crate::{
    Id,
    backups::restore,
    dispatch,
    store::{OFF, Protection, backups::kept},
    subject::fixture::{self, ADDRESS, Full, NAME},
    testing::{Desk, prove::Chance},
};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, path::Path};

/// What is only said about her: as it was typed, as it is compared, as the index of words has it.
const HERS: &[&str] = &[
    NAME,
    "priya nairova",
    ADDRESS,
    "P. Nairova-Rao",
    "nairova",
    "PriyaForges",
    "priyaforges2",
    "912055500199",
    "5550 0199",
    "PREE-ya",
    "Lead of the forge",
    "Mumbai",
    "Pune",
    "Nashik",
    "kiln controller",
    "retry docs",
    "Sister of Asha",
    "索引",
    "asha",
    "asked on stage",
    "thesis",
    "twice",
    "Seen at the fair",
    "from her talk",
    "L, long",
    "send her the guide",
    "she said yes",
    "runs it in the plant",
    "Asia/Kolkata",
    "Tamarind",
    "5550 0142",
    "kiln sticker",
    "on a napkin",
    "Jamun Yard",
];

/// Every file of the workspace's folder, with its bytes; what somebody else put there is not ours.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for file in fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path()) {
        if file.is_dir() {
            all.extend(files(&file));
        } else if !["csv", "json"].map(Some).contains(&file.extension().and_then(|ending| ending.to_str())) {
            all.push((file.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&file).expect("bytes")));
        }
    }
    all
}

/// Which of these words stand in which file, whatever their case.
fn found(desk: &Desk, words: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, bytes) in files(desk.store.path().parent().unwrap()) {
        let lower = bytes.to_ascii_lowercase();
        for word in words {
            if memchr::memmem::find(&lower, word.to_ascii_lowercase().as_bytes()).is_some() {
                found.insert(format!("“{word}” in {name}"));
            }
        }
    }
    found
}

/// Words of the index, of which a byte search sees only what does not begin as the word before it.
fn indexed(desk: &Desk) -> BTreeSet<String> {
    let file = Connection::open(desk.store.path()).expect("the file");
    file.execute_batch("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, notes, row)").expect("the words");
    let mut query = file.prepare("SELECT term FROM temp.words").expect("a query");
    query.query_map([], |r| r.get(0)).expect("words").map(|word| word.expect("a word")).collect()
}

/// The workspace of the fixture as it is after some days: with backups, samples of its indexes, and a log.
fn lived_in() -> Full {
    let full = fixture::full();
    full.desk.call("backups.make", json!({}));
    full.desk.wait(1).call("people.edit", json!({ "id": full.priya, "pronouns": "she" }));
    full.desk.call("backups.make", json!({}));
    let file = Connection::open(full.desk.store.path()).expect("the file");
    file.execute_batch("ANALYZE").expect("samples");
    full
}

fn erase(full: &Full) -> Value {
    full.desk.call("erase.run", json!({ "ids": [full.priya], "others": "blank" }))
}

#[test]
fn whoever_is_erased_leaves_no_byte_in_any_file() {
    let full = lived_in();
    // As far as the log goes it stands there once more.
    let copies = found(&full.desk, HERS).len() / HERS.len();
    assert!(copies >= 3, "before that, all of it stands in the file and its backups: {copies}");
    let receipt = erase(&full);
    assert_eq!(receipt["unfinished"], Value::Null, "{receipt}");
    assert_eq!(found(&full.desk, HERS), BTreeSet::new());
    let words = indexed(&full.desk);
    assert!(words.contains("bo"), "the words of others are there: {words:?}");
    for word in ["nairova", "thesis", "索引", "asha", "twice"] {
        assert!(!words.contains(word), "“{word}” is in the index");
    }
    full.desk.is_sound();
    // Nor once the file was closed, looked at by SQLite for its ways, and opened again.
    let Full { desk, .. } = full;
    let desk = desk.reopened(|_, _| ());
    assert_eq!(found(&desk, HERS), BTreeSet::new());
    assert_eq!(desk.names(), ["Bo Ekdahl", "Kai Brandt", "Priya Nairo"]);
    desk.is_sound();
}

#[test]
fn a_slip_under_their_name_that_was_taken_back_goes_with_them() {
    let desk = Desk::new();
    let slip = desk.call("captures.save", json!({ "text": "Pedro Alvesca runs it in prod since october" }));
    assert_eq!(slip["person"]["name"], "Pedro Alvesca runs it in prod since october");
    desk.undo();
    let pedro = desk.call("captures.save", json!({ "text": "Pedro Alvesca, runs it in prod since october" }));
    assert_eq!(desk.names(), ["Pedro Alvesca"]);
    desk.call("backups.make", json!({}));
    assert!(!found(&desk, &["alvesca"]).is_empty());
    desk.call("erase.run", json!({ "ids": [pedro["person"]["id"]], "others": "blank" }));
    assert_eq!(found(&desk, &["alvesca", "since october"]), BTreeSet::new());
    desk.is_sound();
}

/// Every text of every row, marked; whatever column is added is looked for by itself.
#[test]
fn a_mark_in_every_text_of_hers_is_gone_from_every_file() {
    let full = fixture::full();
    let marks = full.marked();
    let going = full.desk.store.read(full.desk.now(), |tx| super::look::leaving(tx, &full.held())).unwrap();
    let Full { desk, priya, bo, twin, with_both, about_her } = full;
    // Opened again, so that the index of words knows of what was written behind the back of the program.
    let desk = desk.reopened(|_, _| ());
    desk.call("backups.make", json!({}));
    let full = Full { desk, priya, bo, twin, with_both, about_her };
    let goes = |mark: &&fixture::Mark| {
        let there = full.desk.store.read(full.desk.now(), |tx| {
            tx.scalar::<i64>(&format!("SELECT 1 FROM {} WHERE id = ?1", mark.table), [mark.row])
        });
        going.rows.get(mark.table).is_some_and(|rows| rows.contains(&mark.row)) || there.unwrap().is_none()
    };
    let hers: Vec<&str> = marks.iter().filter(goes).map(|mark| mark.mark.as_str()).collect();
    let whole: Vec<String> =
        hers.iter().filter(|mark| mark.starts_with("Mark")).map(|mark| format!("\"{mark}\"")).collect();
    assert!(hers.len() > 90 && whole.len() > 60, "{} marks", hers.len());
    assert!(found(&full.desk, &hers).len() >= 2 * hers.len(), "they are in the file and in the backup");
    erase(&full);
    assert_eq!(found(&full.desk, &hers), BTreeSet::new());
}

#[test]
fn each_protection_that_is_switched_off_is_caught() {
    // Pages alone are caught by the next test, in a file that does not zero what it deletes.
    use Protection::{Backups, History, Lines, Log, Samples};
    for (off, words) in [
        (vec![History], "PriyaForges"),
        (vec![Samples], ADDRESS),
        (vec![Log], "thesis"),
        (vec![Backups], "thesis"),
        (vec![Lines], "priya nairova"),
    ] {
        let full = lived_in();
        OFF.with(|cell| cell.borrow_mut().clone_from(&off));
        erase(&full);
        OFF.with(|cell| cell.borrow_mut().clear());
        assert!(!found(&full.desk, &[words]).is_empty(), "without {off:?}, “{words}” should have been found");
    }
}

#[test]
fn a_file_that_does_not_zero_what_it_deletes_is_caught() {
    for zeroes in [true, false] {
        let full = lived_in();
        let setting = format!("PRAGMA secure_delete = {zeroes}");
        full.desk
            .store
            .write("people.edit", crate::store::Memory::Recorded, full.desk.now(), |tx| {
                Ok(tx.sql().execute_batch(&setting)?)
            })
            .unwrap();
        OFF.with(|cell| cell.borrow_mut().push(Protection::Pages));
        erase(&full);
        OFF.with(|cell| cell.borrow_mut().clear());
        assert_eq!(found(&full.desk, &["thesis", "Sister of"]).is_empty(), zeroes);
    }
}

#[test]
fn an_index_of_words_that_does_not_forget_is_caught() {
    let full = lived_in();
    let file = Connection::open(full.desk.store.path()).unwrap();
    file.execute("INSERT INTO notes (notes, rank) VALUES ('secure-delete', 0)", []).unwrap();
    drop(file);
    let Full { desk, priya, bo, twin, with_both, about_her } = full;
    let full = Full { desk: desk.reopened(|_, _| ()), priya, bo, twin, with_both, about_her };
    erase(&full);
    assert!(!found(&full.desk, &["thesis", "索引", "asha"]).is_empty());
}
