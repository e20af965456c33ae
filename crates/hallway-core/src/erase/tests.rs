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
    assert_eq!(
        found(&full.desk, HERS).len() / HERS.len(),
        3,
        "before that, all of it stands in the file and its backups"
    );
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

#[test]
fn what_will_be_gone_is_said_before_and_what_is_gone_after() {
    let full = lived_in();
    let before = full.desk.call("erase.preview", json!({ "ids": [full.twin] }));
    assert_eq!(before["names"], json!([NAME]), "whichever row is named, all of her goes");
    let count = |list: &Value, table: &str| -> Value {
        let list = list.as_array().unwrap();
        list.iter().find(|one| one["table"] == table).map_or(json!(0), |one| one["count"].clone())
    };
    assert_eq!((count(&before["gone"], "people"), count(&before["gone"], "contact_points")), (json!(2), json!(3)));
    assert_eq!((&before["shared"], &before["backups"], &before["notNow"]), (&json!(1), &json!(2), &Value::Null));
    let named: Vec<(&str, &str)> = before["named"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["table"].as_str().unwrap(), one["column"].as_str().unwrap()))
        .collect();
    assert_eq!(named, [("people", "notes"), ("touchpoints", "note"), ("touchpoints", "note"), ("captures", "text")]);
    assert_eq!(before["named"][1]["spans"], json!([[0, 5]]), "where she was, one of her names is enough");
    let note = &before["named"][2];
    assert_eq!(
        (&note["about"], &note["spans"], &note["canBlank"]),
        (&json!(["Bo Ekdahl"]), &json!([[13, 26]]), &json!(true))
    );
    let people = full.desk.call("workspace.info", json!({}))["people"].as_u64().unwrap();
    let receipt = erase(&full);
    assert_eq!(receipt["gone"], before["gone"]);
    assert_eq!((&receipt["people"], &receipt["blanked"], &receipt["kept"]), (&json!(1), &json!(4), &json!([])));
    assert_eq!(receipt["backups"].as_array().unwrap().len(), 2);
    assert!(receipt["suppressed"].as_u64().unwrap() >= 2, "her addresses are never written to again: {receipt}");
    let again = full.desk.store.read(full.desk.now(), |tx| {
        crate::trust::is_suppressed(tx, crate::normal::ContactKind::Email, "Priya.Nairova@Ferrite.example")
    });
    assert!(again.unwrap());
    assert_eq!(full.desk.call("workspace.info", json!({}))["people"], people - 1);
    assert_eq!(full.desk.call("history.recent", json!({ "limit": 1 }))[0]["label"], "Erased somebody for good");
    assert_eq!(full.desk.call("erase.receipts", json!({}))[0], receipt);
    assert!(!receipt.to_string().contains("Priya") && !receipt.to_string().contains("airova"));
    let timeline = full.desk.call("touchpoints.timeline", json!({ "person": full.bo, "limit": 9 }));
    let notes: Vec<&str> =
        timeline["entries"].as_array().unwrap().iter().filter_map(|entry| entry["note"].as_str()).collect();
    assert_eq!(notes, ["Bo says that … moved to Oslo", "… and Bo compared notes"]);
    assert_eq!(full.desk.refused("people.page", json!({ "id": full.priya })).code, "not_found");
}

#[test]
fn a_text_about_others_waits_for_a_decision_and_stays_by_one() {
    let full = fixture::full();
    let before = full.desk.dump();
    let refused = full.desk.refused("erase.run", json!({ "ids": [full.priya] }));
    assert_eq!((refused.code, refused.field.as_deref()), ("invalid", Some("decisions")));
    assert!(refused.message.starts_with("4 texts about others name them"), "{}", refused.message);
    let about = |text: &str| json!({ "table": "touchpoints", "row": full.about_her, "column": "note", "text": text });
    let still = json!({ "ids": [full.priya], "others": "keep", "decisions": [about("Nairova, Priya moved")] });
    assert!(full.desk.refused("erase.run", still).message.contains("still names them"));
    assert_eq!(full.desk.dump(), before, "nothing was changed");
    let receipt = full.desk.call(
        "erase.run",
        json!({ "ids": [full.priya], "others": "keep", "decisions": [about("A friend moved to Oslo")] }),
    );
    let kept: Vec<&Value> = receipt["kept"].as_array().unwrap().iter().map(|kept| &kept["place"]).collect();
    assert_eq!(kept, ["Notes of a person", "Note of what happened", "Text of a line"]);
    assert_eq!(receipt["blanked"], 1);
    assert!(!found(&full.desk, &["priya.nairova@"]).is_empty(), "Bo's notes were to stay");
    assert_eq!(found(&full.desk, &["PriyaForges", "thesis"]), BTreeSet::new());
    let page = full.desk.page(&full.bo);
    assert_eq!(page["person"]["notes"], "Works with priya.nairova@ferrite.example on the kiln");
    full.desk.is_sound();
}

#[test]
fn what_was_done_around_them_is_still_taken_back_and_brought_back() {
    let full = fixture::full();
    full.desk.call("people.edit", json!({ "id": full.bo, "city": "Umeå" }));
    erase(&full);
    let undone = full.desk.undo();
    assert_eq!(undone["label"], "Edited Bo Ekdahl");
    assert_eq!(full.desk.page(&full.bo)["person"]["city"], Value::Null);
    full.desk.redo();
    assert_eq!(full.desk.page(&full.bo)["person"]["city"], "Umeå");
    // All the way down, and up again.
    let mut taken = 0;
    while dispatch(&full.desk.store, full.desk.now(), "history.undo", json!({})).is_ok() {
        taken += 1;
        full.desk.is_sound();
    }
    assert!(taken > 25, "{taken}");
    while dispatch(&full.desk.store, full.desk.now(), "history.redo", json!({})).is_ok() {
        taken -= 1;
    }
    assert_eq!(taken, 0);
    full.desk.is_sound();
    assert!(full.desk.names().contains(&"Bo Ekdahl".to_owned()) && !full.desk.names().contains(&NAME.to_owned()));
    assert_eq!(found(&full.desk, &[NAME, "PriyaForges", "thesis"]), BTreeSet::new());
}

/// A name is not blanked, since something has to be called by it; it can be written anew.
#[test]
fn what_others_are_called_by_her_name_can_be_called_otherwise() {
    let full = fixture::full();
    let list = full.desk.call("lists.create", json!({ "name": "Priya Nairova and friends", "filter": "kiln" }));
    full.desk.call("tags.add", json!({ "people": [full.bo], "name": "met by Priya Nairova", "kind": "topic" }));
    full.desk.call("people.edit", json!({ "id": full.bo, "organisation": "Priya Nairova Ltd" }));
    let csv = full.desk.path("priya nairova.csv");
    fs::write(&csv, "Name,E-mail\nZoë,zoe@example.org\n").unwrap();
    let file = full.desk.store.grant(csv, crate::Access::Read);
    full.desk.call("imports.run", json!({ "file": file, "matching": true, "source": "badge" }));
    let before = full.desk.call("erase.preview", json!({ "ids": [full.priya] }));
    let named = |table: &str| -> Value {
        let all = before["named"].as_array().unwrap();
        all.iter().find(|one| one["table"] == table && one["column"] != "notes").unwrap_or(&Value::Null).clone()
    };
    let anew = |table: &str, text: &str| {
        let found = named(table);
        assert_eq!(found["canBlank"], false, "{table}: {before}");
        json!({ "table": table, "row": found["row"], "column": found["column"], "text": text })
    };
    assert_eq!(named("imports")["canBlank"], true, "a file is called by nobody: {before}");
    let decisions = json!([anew("lists", "Friends"), anew("tags", "met at the fair"), anew("organisations", "Ltd")]);
    full.desk.call("erase.run", json!({ "ids": [full.priya], "others": "blank", "decisions": decisions }));
    assert_eq!(found(&full.desk, HERS), BTreeSet::new());
    let lists = full.desk.call("lists.list", json!({}));
    assert!(lists.as_array().unwrap().iter().any(|one| one["id"] == list["id"] && one["name"] == "Friends"), "{lists}");
    let page = full.desk.page(&full.bo);
    assert_eq!(page["organisation"], "Ltd");
    assert!(page["tags"].as_array().unwrap().iter().any(|tag| tag["name"] == "met at the fair"));
    // They are found by what they are called now.
    full.desk.call("tags.add", json!({ "people": [full.bo], "name": "Met at the FAIR", "kind": "topic" }));
    assert_eq!(full.desk.page(&full.bo)["tags"].as_array().unwrap().len(), page["tags"].as_array().unwrap().len());
    full.desk.is_sound();
}

#[test]
fn a_name_that_was_changed_since_does_not_come_back_by_undo() {
    let full = lived_in();
    let lists = |desk: &Desk| -> Vec<String> {
        let lists = desk.call("lists.list", json!({}));
        let mut names: Vec<String> =
            lists.as_array().unwrap().iter().map(|list| list["name"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(lists(&full.desk), ["Circle", "Kiln beta"]);
    erase(&full);
    let name: Vec<&str> = vec!["Nairova's circle"];
    assert_eq!(found(&full.desk, &name), BTreeSet::new());
    full.desk.undo();
    assert!(!lists(&full.desk).iter().any(|name| name.contains("Nairova")), "{:?}", lists(&full.desk));
    full.desk.is_sound();
}

#[test]
fn an_import_of_everything_brings_nobody_back_who_was_erased() {
    let full = fixture::full();
    let before = full.desk.path("everything.json");
    full.desk.call("json.export", json!({ "file": full.desk.store.grant(before.clone(), crate::Access::Write) }));
    let receipt = erase(&full);
    let gone: u64 = receipt["gone"].as_array().unwrap().iter().map(|one| one["count"].as_u64().unwrap()).sum();
    let file = || json!({ "file": full.desk.store.grant(before.clone(), crate::Access::Read), "theirs": true });
    let seen = full.desk.call("json.preview", file());
    let left_out = seen["erased"].as_u64().unwrap();
    assert!(left_out > 20 && left_out <= gone, "{left_out} of {gone}: {seen}");
    let done = full.desk.call("json.run", file());
    assert_eq!(done["erased"], left_out);
    assert_eq!(done["people"], 0);
    assert_eq!(full.desk.names(), ["Bo Ekdahl", "Kai Brandt", "Priya Nairo"]);
    assert_eq!(full.desk.refused("subject.page", json!({ "id": full.priya })).code, "not_found");
    full.desk.is_sound();
}

#[test]
fn whoever_was_let_back_is_in_a_backup_that_is_put_back() {
    let full = fixture::full();
    erase(&full);
    let Full { desk, priya, .. } = full;
    // As a file of an earlier program has it: the row is here, and its number is among those that went.
    let again = desk.person("Priya, by her own wish");
    let file = Connection::open(desk.store.path()).unwrap();
    file.execute(
        "INSERT INTO erased (tbl, row_id, erasure) SELECT 'people', p.id, (SELECT max(id) FROM erasures) FROM people p WHERE p.display_name LIKE '%own wish'",
        [],
    )
    .unwrap();
    drop(file);
    let name = desk.call("backups.make", json!({}))["name"].as_str().unwrap().to_owned();
    let bo = desk.person("Another");
    desk.call("erase.run", json!({ "ids": [bo], "others": "blank" }));
    let desk = desk.reopened(|path, now| drop(restore(path, &name, now).unwrap()));
    assert!(desk.names().contains(&"Priya, by her own wish".to_owned()), "{again}");
    assert_eq!(desk.refused("subject.page", json!({ "id": priya })).code, "not_found");
}

#[test]
fn a_backup_from_before_does_not_bring_them_back() {
    let full = lived_in();
    let path = full.desk.store.path().to_owned();
    let old = kept(&path).remove(1);
    let elsewhere = full.desk.path("kept-elsewhere.csv");
    fs::copy(&old.path, &elsewhere).unwrap();
    erase(&full);
    let receipts = full.desk.call("erase.receipts", json!({}));
    // Somebody lays the one they had kept back where it was.
    fs::copy(&elsewhere, &old.path).unwrap();
    let Full { desk, priya, .. } = full;
    let desk = desk.reopened(|path, now| drop(restore(path, &old.name, now).unwrap()));
    assert_eq!(desk.names(), ["Bo Ekdahl", "Kai Brandt", "Priya Nairo"]);
    assert_eq!(desk.refused("subject.page", json!({ "id": priya })).code, "not_found");
    assert_eq!(desk.call("erase.receipts", json!({}))[0]["id"], receipts[0]["id"], "its receipt is there");
    desk.is_sound();
    fs::remove_file(&old.path).unwrap();
    assert_eq!(found(&desk, HERS), BTreeSet::new());
}

#[test]
fn it_is_done_alone_and_not_while_an_import_is_under_way() {
    let full = fixture::full();
    let other = crate::open(full.desk.store.path(), full.desk.now(), 4, "UTC").unwrap();
    let asked = json!({ "ids": [full.priya], "others": "keep" });
    assert_eq!(full.desk.refused("erase.run", asked.clone()).code, "busy");
    drop(other);
    let under_way = "INSERT INTO import_runs (id, kind, file_name, file_hash, request, phase, rows, done, started_at) VALUES (randomblob(16), 'table', 'a', 'b', '{}', 'rows', 0, '{}', 0)";
    let file = Connection::open(full.desk.store.path()).unwrap();
    file.execute(under_way, []).unwrap();
    let refused = full.desk.refused("erase.run", asked.clone());
    assert!(refused.message.contains("import"), "{}", refused.message);
    file.execute("DELETE FROM import_runs", []).unwrap();
    drop(file);
    full.desk.call("erase.run", asked);
    let third = crate::open(full.desk.store.path(), full.desk.now(), 5, "UTC").unwrap();
    drop(third);
    full.desk.person("Somebody else");
}

#[test]
fn a_backup_that_cannot_be_read_leaves_it_unfinished_until_it_is_gone() {
    let full = lived_in();
    let spoilt = kept(full.desk.store.path()).remove(0).path;
    let whole = fs::read(&spoilt).unwrap();
    fs::write(&spoilt, b"no workspace").unwrap();
    let receipt = erase(&full);
    assert!(receipt["unfinished"].as_str().unwrap().contains("not yet from every backup"), "{receipt}");
    assert_eq!(receipt["backups"].as_array().unwrap().len(), 1);
    // It can be read again, as after the disk was plugged in.
    fs::write(&spoilt, whole).unwrap();
    let Full { desk, .. } = full;
    let desk = desk.reopened(|_, _| ());
    let receipt = &desk.call("erase.receipts", json!({}))[0];
    assert_eq!((&receipt["unfinished"], receipt["backups"].as_array().unwrap().len()), (&Value::Null, 2));
    assert_eq!(found(&desk, &["thesis", "PriyaForges"]), BTreeSet::new());
}

#[test]
fn the_trash_empties_itself_after_thirty_days() {
    let full = fixture::full();
    full.desk.call("people.trash", json!({ "ids": [full.priya] }));
    full.desk.call("touchpoints.trash", json!({ "id": full.with_both }));
    assert_eq!(full.desk.wait(29).call("erase.keep_up", json!({})), Value::Null);
    assert_eq!(full.desk.call("trash.list", json!({}))["people"].as_array().unwrap().len(), 1);
    let receipt = full.desk.wait(2).call("erase.keep_up", json!({}));
    assert_eq!((&receipt["why"], &receipt["people"]), (&json!("trash"), &json!(1)));
    let trash = full.desk.call("trash.list", json!({}));
    assert_eq!((&trash["people"], &trash["touchpoints"]), (&json!([]), &json!([])));
    assert_eq!(found(&full.desk, &["thesis", "PriyaForges", "compared notes"]), BTreeSet::new());
    assert_eq!(full.desk.call("erase.keep_up", json!({})), Value::Null, "once");
    full.desk.is_sound();
    full.desk.call("people.trash", json!({ "ids": [full.bo] }));
    assert_eq!(full.desk.call("trash.empty", json!({}))["people"], 1);
    assert_eq!(full.desk.names(), ["Kai Brandt", "Priya Nairo"]);
    assert_eq!(full.desk.call("trash.empty", json!({})), Value::Null);
}

#[test]
fn whoever_nothing_happened_with_for_long_is_reported() {
    let desk = Desk::new();
    let [ada, _bo, eve] = ["Ada", "Bo", "Eve"].map(|name| desk.person(name));
    desk.log(&ada, "conversation_online", "2024-01-10");
    desk.log(&eve, "conversation_online", "2026-05-01");
    let report = |months: u32| {
        let found = desk.call("retention.report", json!({ "months": months, "offset": 0, "limit": 9 }));
        let names: Vec<String> = found["people"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["person"]["name"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(found["total"], names.len());
        names
    };
    assert_eq!(report(24), ["Ada"]);
    assert_eq!(report(36), Vec::<String>::new());
    desk.wait(200);
    assert_eq!(report(6), ["Bo", "Ada", "Eve"], "whoever was never met counts from the day they were added");
    assert_eq!(
        desk.refused("retention.report", json!({ "months": 0, "offset": 0, "limit": 9 })).field.as_deref(),
        Some("months")
    );
}

/// Whatever was done before and is done after, in whatever order it is taken back, somebody who was erased stays so.
#[test]
fn no_order_of_what_is_done_brings_them_back() {
    for seed in 0..crate::testing::prove::times(12, 200) {
        let mut chance = Chance(u64::from(seed));
        let desk = Desk::new();
        let mut people: Vec<(String, String)> = Vec::new();
        let mut erased: Vec<String> = Vec::new();
        let quiet = |command: &str, input: Value| {
            dispatch(&desk.later(1).store, desk.now(), command, input).map(|reply| reply.value)
        };
        for step in 0..60 {
            let n = chance.roll(14);
            if people.len() < 2 || n == 0 {
                let name = format!("Person{seed}x{step}q");
                people.push((desk.person(&name), name));
                continue;
            }
            let one = people[chance.roll(people.len() as u64) as usize].clone();
            let other = people[chance.roll(people.len() as u64) as usize].clone();
            let who = format!("{} told of {}", one.1, one.1);
            let _ = match n {
                1 => quiet("people.edit", json!({ "id": one.0, "city": who, "notes": who })),
                2 => quiet(
                    "touchpoints.log",
                    json!({ "kind": "building_with_it", "people": [{ "person": one.0 }], "note": who }),
                ),
                3 => quiet(
                    "touchpoints.log",
                    json!({ "kind": "conversation_online", "people": [{ "person": one.0 }, { "person": other.0 }], "note": who }),
                ),
                4 => quiet(
                    "tags.add",
                    json!({ "people": [one.0, other.0], "name": format!("Tag{}", step % 3), "kind": "topic" }),
                ),
                5 => quiet("doubles.merge", json!({ "ids": [one.0, other.0] })),
                6 => quiet("doubles.separate", json!({ "id": one.0 })),
                7 => quiet("people.trash", json!({ "ids": [one.0] })),
                8 => quiet(
                    "followups.add",
                    json!({ "text": format!("ask {who}"), "person": one.0, "due": "2026-06-01" }),
                ),
                9 => quiet("history.undo", json!({})),
                10 => quiet("history.redo", json!({})),
                11 => {
                    let op = 1 + chance.roll(40);
                    quiet("history.take_back", json!({ "operation": op }))
                }
                12 => quiet(
                    "contact_points.add",
                    json!({ "person": one.0, "kind": "email", "value": format!("{}@x.example", one.1), "source": "badge" }),
                ),
                _ if step > 20 => {
                    let group: Vec<Id> = desk
                        .store
                        .read(desk.now(), |tx| {
                            super::super::subject::held::everyone_they_are(tx, one.0.parse().unwrap())
                        })
                        .unwrap();
                    let done = quiet("erase.run", json!({ "ids": [one.0], "others": "blank" }));
                    let gone = |id: &str| group.contains(&id.parse().unwrap());
                    if done.is_ok() {
                        erased.extend(people.iter().filter(|(id, _)| gone(id)).map(|(_, name)| name.clone()));
                        people.retain(|(id, _)| !gone(id));
                    }
                    done
                }
                _ => Ok(Value::Null),
            };
        }
        for name in &erased {
            assert_eq!(found(&desk, &[name]), BTreeSet::new(), "seed {seed}");
        }
        let findings = desk.call("doctor.check", json!({}));
        assert_eq!(findings["findings"], json!([]), "seed {seed}");
    }
}
