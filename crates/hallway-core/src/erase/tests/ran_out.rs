//! A postal address is gone on its day: out of every byte, and for good.
use super::*;

/// Words that only the addresses say.
const SAID: &[&str] = &[
    "Tamarind Row",
    "Flat 4",
    "Kiln Yard",
    "5550 0142",
    "the speaker mug",
    "on a napkin",
    "Aunt Jamun",
    "Depot 9",
    "Cellar 5",
];

/// Priya, whose address was typed, edited, and is in the backups; Bo, who has one that stays, one in the trash and one that
/// was taken back.
fn given() -> (Desk, String, String) {
    let desk = Desk::new();
    let (priya, bo) = (desk.person("Priya Nair"), desk.person("Bo Ekdahl"));
    let address = |person: &str, lines: &str, until: &str| {
        let input = json!({
            "person": person, "lines": lines, "country": "IN", "recipientName": "Aunt Jamun", "phone": "+91 98 5550 0142",
            "purpose": "the speaker mug", "source": "they_gave_it", "sourceNote": "on a napkin", "expiresOn": until,
        });
        desk.call("postal_addresses.add", input)["id"].as_str().unwrap().to_owned()
    };
    let hers = address(&priya, "Flat 4, Tamarind Row", "2026-06-20");
    desk.call("postal_addresses.edit", json!({ "id": hers, "lines": "Kiln Yard 9", "expiresOn": "2026-06-10" }));
    desk.call("backups.make", json!({}));
    let input = json!({ "person": bo, "lines": "Cedar Bend 1", "country": "SE", "purpose": "a scarf", "source": "badge", "expiresOn": "2026-07-01" });
    desk.call("postal_addresses.add", input);
    let trashed = address(&bo, "Depot 9", "2026-06-01");
    desk.call("postal_addresses.remove", json!({ "id": trashed }));
    address(&bo, "Cellar 5", "2026-06-05");
    desk.undo();
    desk.wait(1).call("people.edit", json!({ "id": priya, "city": "Pune" }));
    desk.call("backups.make", json!({}));
    let file = Connection::open(desk.store.path()).expect("the file");
    file.execute_batch("ANALYZE").expect("samples");
    (desk, priya, bo)
}

fn lines_of(desk: &Desk, person: &str) -> Vec<String> {
    let page = desk.page(person);
    let addresses = page["postalAddresses"].as_array().unwrap().iter();
    addresses.map(|address| address["lines"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_address_leaves_no_byte_in_any_file_once_its_day_has_come() {
    let (desk, priya, bo) = given();
    assert!(found(&desk, SAID).len() >= 2 * SAID.len() - 2, "they are in the file and its backups");
    // The day before, nothing happens.
    assert_eq!(desk.wait(9).call("erase.keep_up", json!({})), Value::Null);
    assert_eq!(lines_of(&desk, &priya), ["Kiln Yard 9"]);
    let receipt = desk.wait(10).call("erase.keep_up", json!({}));
    assert_eq!((&receipt["why"], &receipt["people"]), (&json!("ran_out"), &json!(0)));
    assert_eq!(receipt["gone"], json!([{ "table": "postal_addresses", "what": "postal address", "count": 3 }]));
    assert_eq!(receipt["unfinished"], Value::Null, "{receipt}");
    assert_eq!(found(&desk, SAID), BTreeSet::new());
    assert!(lines_of(&desk, &priya).is_empty());
    assert_eq!(lines_of(&desk, &bo), ["Cedar Bend 1"], "one that has time yet stays");
    assert_eq!(desk.page(&priya)["person"]["city"], "Pune", "and so does everything else");
    assert_eq!(desk.call("erase.keep_up", json!({})), Value::Null, "once");
    desk.is_sound();
    let desk = desk.reopened(|_, _| ());
    assert_eq!(found(&desk, SAID), BTreeSet::new());
    desk.is_sound();
}

#[test]
fn the_history_says_whose_address_ran_out_and_nothing_of_it() {
    let (desk, priya, bo) = given();
    desk.wait(19).call("erase.keep_up", json!({}));
    let labels = |input: Value| -> Vec<String> {
        let lines = desk.call("history.recent", input);
        lines.as_array().unwrap().iter().map(|line| line["label"].as_str().unwrap().to_owned()).collect()
    };
    let mut all = labels(json!({ "limit": 2 }));
    all.sort();
    assert_eq!(all, ["An address of Bo Ekdahl ran out", "An address of Priya Nair ran out"]);
    assert_eq!(labels(json!({ "limit": 1, "person": priya })), ["An address of Priya Nair ran out"]);
    assert_eq!(labels(json!({ "limit": 1, "person": bo })), ["An address of Bo Ekdahl ran out"]);
    for line in desk.call("history.recent", json!({ "limit": 2 })).as_array().unwrap() {
        assert_eq!(line["canTakeBack"], false);
        let detail = desk.call("history.detail", json!({ "operation": line["id"] }));
        assert_eq!(detail, json!({ "changes": [], "made": [] }));
    }
}

#[test]
fn nothing_brings_it_back() {
    let (desk, priya, bo) = given();
    desk.wait(19).call("erase.keep_up", json!({}));
    // Whatever was done with it is taken back and brought back again.
    loop {
        let all = desk.call("history.recent", json!({ "limit": 50 }));
        let Some(line) = all.as_array().unwrap().iter().find(|line| line["canTakeBack"] == true) else { break };
        desk.call("history.take_back", json!({ "operation": line["id"] }));
    }
    assert_eq!(found(&desk, SAID), BTreeSet::new());
    while crate::dispatch(&desk.store, desk.later(1).now(), "history.redo", json!({})).is_ok() {}
    assert!(lines_of(&desk, &priya).is_empty());
    assert_eq!(lines_of(&desk, &bo), ["Cedar Bend 1"]);
    assert_eq!(found(&desk, SAID), BTreeSet::new());
    desk.is_sound();
}

#[test]
fn an_import_or_a_backup_from_before_does_not_bring_it_back() {
    let (desk, priya, _) = given();
    let out = desk.path("everything.json");
    desk.call("json.export", json!({ "file": desk.store.grant(out.clone(), crate::Access::Write) }));
    let old = kept(desk.store.path()).remove(1);
    let elsewhere = desk.path("kept-elsewhere.csv");
    fs::copy(&old.path, &elsewhere).unwrap();
    desk.wait(19).call("erase.keep_up", json!({}));
    let file = json!({ "file": desk.store.grant(out, crate::Access::Read), "theirs": true });
    desk.call("json.run", file);
    assert!(lines_of(&desk, &priya).is_empty());
    assert_eq!(found(&desk, SAID), BTreeSet::new());
    // Somebody lays the backup they had kept back where it was.
    fs::copy(&elsewhere, &old.path).unwrap();
    // What its bytes were when it was written anew says nothing of this one.
    let _ = fs::remove_file(old.path.with_added_extension("sha256"));
    let desk = desk.reopened(|path, now| drop(restore(path, &old.name, now).unwrap()));
    // It may have been let go of by its age.
    if old.path.exists() {
        fs::remove_file(&old.path).unwrap();
    }
    assert_eq!(found(&desk, SAID), BTreeSet::new());
    desk.is_sound();
}

#[test]
fn each_protection_that_is_switched_off_is_caught() {
    use Protection::{Backups, History, Log};
    for (off, word) in [(History, "Tamarind Row"), (Log, "Kiln Yard"), (Backups, "Kiln Yard")] {
        let (desk, ..) = given();
        OFF.with(|cell| cell.borrow_mut().push(off));
        desk.wait(19).call("erase.keep_up", json!({}));
        OFF.with(|cell| cell.borrow_mut().clear());
        assert!(!found(&desk, &[word]).is_empty(), "without {off:?}, “{word}” should have been found");
    }
}

#[test]
fn it_waits_while_another_window_has_the_file_open_and_it_is_said_whose_is_overdue() {
    let (desk, priya, bo) = given();
    let report = |desk: &Desk| desk.call("retention.report", json!({ "months": 24, "offset": 0, "limit": 9 }));
    assert_eq!(report(&desk)["addresses"], json!([]));
    desk.wait(19);
    let other = crate::open(desk.store.path(), desk.now(), 4, "UTC").unwrap();
    assert_eq!(desk.call("erase.keep_up", json!({})), Value::Null);
    assert!(lines_of(&desk, &priya).is_empty(), "nobody is shown it all the same");
    let overdue = report(&desk)["addresses"].clone();
    assert_eq!(overdue.as_array().unwrap().len(), 3, "those in the trash and those taken back too: {overdue}");
    assert_eq!(overdue[0], json!({ "person": bo, "name": "Bo Ekdahl", "expiredOn": "2026-06-01" }));
    assert_eq!(overdue[2], json!({ "person": priya, "name": "Priya Nair", "expiredOn": "2026-06-10" }));
    drop(other);
    assert_eq!(desk.call("erase.keep_up", json!({}))["why"], "ran_out");
    assert_eq!(report(&desk)["addresses"], json!([]));
}

#[test]
fn what_lay_in_the_trash_goes_on_the_same_day() {
    let (desk, priya, bo) = given();
    desk.call("people.trash", json!({ "ids": [bo] }));
    let receipt = desk.wait(31).call("erase.keep_up", json!({}));
    assert_eq!((&receipt["why"], &receipt["people"]), (&json!("trash"), &json!(1)), "what was done last");
    let receipts = desk.call("erase.receipts", json!({}));
    let whys: BTreeSet<&str> = receipts.as_array().unwrap().iter().map(|one| one["why"].as_str().unwrap()).collect();
    assert_eq!(whys, BTreeSet::from(["ran_out", "trash"]));
    assert_eq!(found(&desk, &[SAID, &["Ekdahl", "Cedar Bend"]].concat()), BTreeSet::new());
    assert_eq!(desk.names(), ["Priya Nair"]);
    assert!(lines_of(&desk, &priya).is_empty());
}

#[test]
fn the_addresses_of_several_people_run_out_with_all_their_lines_or_not_at_all() {
    let (desk, _, bo) = given();
    let file = Connection::open(desk.store.path()).unwrap();
    // As when the disk is full in just that moment.
    file.execute_batch(
        "CREATE TRIGGER full BEFORE INSERT ON operations WHEN new.command = 'postal_addresses.run_out'
           AND EXISTS (SELECT 1 FROM operations WHERE command = new.command) BEGIN SELECT RAISE(ABORT, 'full'); END",
    )
    .unwrap();
    let failed = dispatch(&desk.store, desk.wait(19).now(), "erase.keep_up", json!({}));
    assert!(failed.is_err());
    assert!(!found(&desk, &["Kiln Yard", "Depot 9"]).is_empty(), "nothing is gone of which no line says so");
    file.execute_batch("DROP TRIGGER full").unwrap();
    drop(file);
    desk.call("erase.keep_up", json!({}));
    assert_eq!(found(&desk, SAID), BTreeSet::new());
    let lines = desk.call("history.recent", json!({ "limit": 1, "person": bo }));
    assert_eq!(lines[0]["label"], "An address of Bo Ekdahl ran out");
    desk.is_sound();
}
