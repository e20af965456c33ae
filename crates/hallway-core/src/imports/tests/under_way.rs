//! An import goes in batch by batch: what is seen meanwhile, what a cancel and a crash leave, and what comes back.
use crate::{Access, testing::Desk};
use serde_json::{Value, json};
use std::{fs, path::PathBuf};

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

struct Brought {
    desk: Desk,
    folder: tempfile::TempDir,
    grant: String,
}

/// A file of `n` people; every third works somewhere, every fifth was talked to, the row after the last is refused.
fn people(n: usize) -> String {
    let rows: String = (0..n)
        .map(|n| {
            let (organisation, talked) = (["Globex", "", ""][n % 3], ["2026-03-04", "", "", "", ""][n % 5]);
            format!("Person {n},p{n}@example.org,{organisation},meetup,{talked}\n")
        })
        .collect();
    format!("Name,Email,Company,Tags,Last contact\n{rows},nobody@example.org,,,\n")
}

impl Brought {
    fn new(n: usize) -> Brought {
        Brought::on(Desk::new(), n)
    }
    fn on(desk: Desk, n: usize) -> Brought {
        let folder = tempfile::tempdir().unwrap();
        let mut brought = Brought { desk, folder, grant: String::new() };
        fs::write(brought.path(), people(n)).unwrap();
        brought.grant = brought.desk.store.grant(brought.path(), Access::Read);
        brought
    }
    fn path(&self) -> PathBuf {
        self.folder.path().join("meetup.csv")
    }
    fn request(&self) -> Value {
        json!({ "file": self.grant, "matching": true, "source": "import", "decisions": {}, "overwrite": [] })
    }
    fn begin(&self) -> Value {
        self.desk.call("imports.begin", self.request())
    }
    fn step(&self, run: &Value) -> Value {
        self.desk.call("imports.step", json!({ "id": run["id"] }))
    }
    /// Steps until the import stands as said.
    fn until(&self, run: &Value, phase: &str) -> Value {
        for _ in 0..200 {
            let now = self.step(run);
            if now["phase"] == phase {
                return now;
            }
        }
        panic!("the import never came to be {phase}");
    }
    fn seen(&self) -> Value {
        self.desk.call("imports.under_way", json!({}))
    }
    /// Full: what an import writes is refused.
    fn the_disk_is(&self, so: &str) {
        let sql = match so {
            "full" => "CREATE TRIGGER full BEFORE UPDATE ON import_runs BEGIN SELECT RAISE(ABORT, 'full'); END",
            _ => "DROP TRIGGER full",
        };
        let write = |tx: &mut crate::store::Tx| Ok(tx.sql().execute_batch(sql)?);
        self.desk.store.write("test", crate::store::Memory::Recorded, self.desk.now(), write).unwrap();
    }
    /// As after a crash: the process is gone, the file is not.
    fn crashed(self) -> Brought {
        let Brought { desk, folder, grant } = self;
        Brought { desk: desk.reopened(|_, _| {}), folder, grant }
    }
}

#[test]
fn an_import_goes_in_batch_by_batch_and_is_one_operation() {
    let brought = Brought::new(1_000);
    let before = brought.desk.dump();
    let run = brought.begin();
    assert_eq!((&run["phase"], &run["fileName"]), (&json!("backup"), &json!("meetup.csv")));
    assert_eq!(brought.desk.dump(), before, "nothing is written before the first step");
    assert_eq!(brought.step(&run)["phase"], "rows", "the backup comes first");
    let first = brought.step(&run);
    assert_eq!(brought.desk.names().len() as u64, first["done"]["added"].as_u64().unwrap());
    assert!(first["rows"].as_u64().unwrap() < 1_000);
    let (rows, share) = (first["rows"].as_f64().unwrap(), first["share"].as_f64().unwrap());
    assert!((share - rows / 1_001.0).abs() < 0.05, "{share} of the file is in, and {rows} of 1,001 rows");
    assert_eq!(brought.seen()["rows"], first["rows"]);
    // While it runs, undo passes over it, and the person's own write is theirs to take back.
    brought.desk.person("Somebody else");
    assert_eq!(brought.desk.undo()["label"], "Added Somebody else");
    assert_eq!(brought.desk.refused("history.undo", json!({})).code, "not_found");
    brought.desk.is_sound();
    let done = brought.until(&run, "done");
    assert_eq!(
        (&done["done"]["added"], &done["done"]["refused"], &done["share"]),
        (&json!(1_000), &json!(1), &json!(1.0))
    );
    assert_eq!(brought.seen(), Value::Null);
    brought.desk.is_sound();
    let after = brought.desk.dump();
    assert_eq!(brought.desk.undo()["label"], "Imported 1,000 people from “meetup.csv”");
    assert_eq!(brought.desk.dump(), before);
    brought.desk.redo();
    assert_eq!(brought.desk.dump(), after);
    brought.desk.is_sound();
}

#[test]
fn an_import_stands_in_the_history_where_it_ended() {
    let brought = Brought::new(1_000);
    let run = brought.begin();
    brought.step(&run);
    brought.step(&run);
    let eve = brought.desk.person("Eve");
    brought.desk.call("people.edit", json!({ "id": eve, "city": "Lagos" }));
    let before = brought.desk.dump();
    brought.until(&run, "done");
    let labels = |input: Value| -> Vec<Value> {
        let lines = brought.desk.call("history.recent", input);
        lines.as_array().unwrap().iter().map(|line| line["label"].clone()).collect()
    };
    let imported = "Imported 1,000 people from “meetup.csv”";
    let listed = labels(json!({ "limit": 3 }));
    assert_eq!(listed, [imported, "Edited Eve", "Added Eve"], "whatever began when");
    // Page by page, nothing is left out and nothing comes twice.
    let whole = brought.desk.call("history.recent", json!({ "limit": 9 }));
    let mut paged: Vec<Value> = Vec::new();
    loop {
        let mut asked = json!({ "limit": 1 });
        if let Some(last) = paged.last() {
            asked["before"] = last["id"].clone();
        }
        match brought.desk.call("history.recent", asked).as_array().unwrap().first() {
            Some(line) => paged.push(line.clone()),
            None => break,
        }
    }
    assert_eq!(json!(paged), whole);
    let at = |line: &Value| line["at"].as_i64().unwrap();
    assert!(paged.is_sorted_by_key(|line| -at(line)), "each line says when it was done");
    assert_eq!(labels(json!({ "limit": 9, "person": eve })), ["Edited Eve", "Added Eve"]);
    let one = brought.desk.call("people.matching", json!({ "text": "p7@example.org", "limit": 1 }))[0]["id"].clone();
    brought.desk.call("people.edit", json!({ "id": one, "city": "Accra" }));
    assert_eq!(labels(json!({ "limit": 9, "person": one })), [json!("Edited Person 7"), json!(imported)]);
    brought.desk.undo();

    assert_eq!(brought.desk.call("workspace.info", json!({}))["undo"]["label"], imported);
    let after = brought.desk.dump();
    assert_eq!(brought.desk.undo()["label"], imported);
    assert!(brought.desk.names() == ["Eve"] && before.contains("Lagos"));
    assert_eq!(brought.desk.undo()["label"], "Edited Eve");
    assert_eq!(brought.desk.undo()["label"], "Added Eve");
    for label in ["Added Eve", "Edited Eve", imported] {
        assert_eq!(brought.desk.call("workspace.info", json!({}))["redo"]["label"], label);
        brought.desk.redo();
    }
    assert_eq!(brought.desk.dump(), after);
    brought.desk.is_sound();
}

#[test]
fn what_was_done_by_hand_while_an_import_ran_stands_beside_what_it_did() {
    let desk = Desk::new();
    let late = desk.person("Person 900");
    let email = json!({ "person": late, "kind": "email", "value": "p900@example.org", "source": "they_gave_it" });
    desk.call("contact_points.add", email);
    let tag =
        crate::testing::id_of(&desk.call("tags.add", json!({ "people": [late], "name": "meetup", "kind": "topic" })));
    let newest = |desk: &Desk| desk.call("history.recent", json!({ "limit": 1 }))[0]["id"].clone();
    let put_on = newest(&desk);
    let tags = |desk: &Desk, person: &str| -> Vec<Value> {
        let page = desk.page(person);
        page["tags"].as_array().unwrap().iter().map(|tag| tag["name"].clone()).collect()
    };
    let brought = Brought::on(desk, 1_000);
    let desk = &brought.desk;
    let run = brought.begin();
    brought.step(&run);
    assert!(brought.step(&run)["rows"].as_u64().unwrap() < 900, "it has not come to that row");
    // By hand: the tag goes off before the import puts it on again, and another one goes on.
    desk.call("tags.remove", json!({ "person": late, "tag": tag }));
    desk.call("tags.add", json!({ "people": [late], "name": "speaker", "kind": "topic" }));
    let early = desk.call("people.matching", json!({ "text": "p7@example.org", "limit": 1 }))[0]["id"].clone();
    let early = early.as_str().unwrap();
    // What the import had put on goes off, and on again: now it is theirs.
    desk.call("tags.remove", json!({ "person": early, "tag": tag }));
    desk.call("tags.add", json!({ "people": [early], "name": "meetup", "kind": "topic" }));
    brought.until(&run, "done");
    assert_eq!(
        (tags(desk, &late), tags(desk, early)),
        (vec![json!("meetup"), json!("speaker")], vec![json!("meetup")])
    );
    // The tag it had long before is no longer why it is there.
    desk.call("history.take_back", json!({ "operation": put_on }));
    assert_eq!(tags(desk, &late), ["meetup", "speaker"], "the import put it on after it was taken off");
    desk.redo();
    assert_eq!(tags(desk, &late), ["meetup", "speaker"]);
    desk.undo();
    assert_eq!((tags(desk, &late), tags(desk, early)), (vec![json!("speaker")], vec![json!("meetup")]));
    desk.is_sound();
}

#[test]
fn batches_leave_what_one_transaction_would_and_the_list_says_what_the_rows_say() {
    let brought = Brought::new(700);
    let run = brought.begin();
    brought.until(&run, "done");
    // The state of everybody, made anew from the rows, is what the import made on its way.
    let before = brought.desk.dump();
    brought
        .desk
        .store
        .write("test", crate::store::Memory::Recorded, brought.desk.now(), |tx| {
            crate::people::state::concern_everybody(tx)?;
            crate::people::state::refresh_concerned(tx)
        })
        .unwrap();
    assert_eq!(brought.desk.dump(), before);
}

#[test]
fn a_cancelled_import_leaves_what_was_there_and_those_to_whom_something_was_added() {
    let desk = Desk::new();
    desk.person("Ada");
    let brought = Brought::on(desk, 1_500);
    let before = brought.desk.dump();
    let run = brought.begin();
    brought.step(&run);
    brought.step(&run);
    brought.step(&run);
    assert!(brought.desk.dump() != before);
    let cancelled = brought.desk.call("imports.cancel", json!({ "id": run["id"] }));
    assert_eq!(cancelled["phase"], "taking_back");
    brought.until(&run, "taken_back");
    assert_eq!(brought.desk.dump(), before);
    assert_eq!(brought.seen(), Value::Null);
    brought.desk.is_sound();
    assert_eq!(brought.desk.undo()["label"], "Added Ada", "there is nothing of it left to take back");
    assert_eq!(brought.desk.redo()["label"], "Added Ada");

    let run = brought.begin();
    brought.step(&run);
    brought.step(&run);
    let seven = brought.desk.call("people.matching", json!({ "text": "p7@example.org", "limit": 1 }))[0]["id"].clone();
    brought.desk.log(seven.as_str().unwrap(), "conversation_online", "2026-05-20");
    brought.desk.call("imports.cancel", json!({ "id": run["id"] }));
    let done = brought.until(&run, "taken_back");
    assert_eq!(
        done["notes"],
        json!(["Kept, without the rest that came with it, because something was added to them since: Person 7."])
    );
    assert_eq!(brought.desk.names(), ["Ada", "Person 7"]);
    brought.desk.is_sound();
}

#[test]
fn one_that_is_cancelled_before_a_row_is_in_leaves_nothing() {
    let brought = Brought::new(10);
    let before = brought.desk.dump();
    let run = brought.begin();
    brought.desk.call("imports.cancel", json!({ "id": run["id"] }));
    assert_eq!(brought.step(&run)["phase"], "taken_back");
    assert_eq!(brought.desk.dump(), before);
    brought.until(&brought.begin(), "done");
    assert_eq!(brought.desk.names().len(), 10);
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
fn a_cancelled_import_leaves_no_moves_and_no_news_of_them() {
    let desk = Desk::new();
    let bo = desk.person("Bo");
    let email = json!({ "person": bo, "kind": "email", "value": "bo@example.org", "source": "they_gave_it" });
    desk.call("contact_points.add", email);
    let mut brought = Brought::on(desk, 0);
    let rows: String = (0..300).map(|n| format!("Person {n},p{n}@example.org,Globex,2026-05-02\n")).collect();
    let text = format!("Name,Email,Company,Last heard from\nBo,bo@example.org,Globex,2026-05-02\n{rows}");
    fs::write(brought.path(), text).unwrap();
    brought.grant = brought.desk.store.grant(brought.path(), Access::Read);
    let before = brought.desk.dump();
    let mut asked = brought.request();
    asked["mapping"] =
        json!([{ "target": "name" }, { "target": "email" }, { "target": "organisation" }, { "target": "last_heard" }]);
    let run = brought.desk.call("imports.begin", asked);
    brought.step(&run);
    brought.step(&run);
    assert!(!brought.desk.standing(&bo)["stage"].is_null(), "a reply places somebody");
    let asked = |sql: &str| brought.desk.store.read(brought.desk.now(), |tx| tx.scalar::<i64>(sql, [])).unwrap();
    assert_ne!(asked("SELECT count(*) FROM stage_changes"), Some(0), "there are moves to take back");
    brought.desk.call("imports.cancel", json!({ "id": run["id"] }));
    brought.until(&run, "taken_back");
    let standing = brought.desk.standing(&bo);
    assert_eq!(
        (&standing["stage"], &standing["moved"], &standing["history"]),
        (&Value::Null, &Value::Null, &json!([]))
    );
    assert_eq!(brought.desk.dump(), before);
    assert_eq!(asked("SELECT count(*) FROM stage_changes WHERE voided_by IS NULL"), Some(0));
    assert_eq!(asked("SELECT count(*) FROM person_state WHERE moved IS NOT NULL"), Some(0));
    assert_eq!(asked("SELECT count(*) FROM operations WHERE command = 'imports.run' AND undone_at IS NULL"), Some(0));
    brought.desk.is_sound();
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

#[test]
fn somebody_who_writes_meanwhile_waits_for_one_batch_at_most() {
    let brought = Brought::new(2_000);
    let run = brought.begin();
    brought.step(&run);
    let store = &brought.desk.store;
    let now = brought.desk.now();
    let (steps, written) = std::thread::scope(|scope| {
        let importing = scope.spawn(|| {
            let mut steps = 0;
            while crate::dispatch(store, now, "imports.step", json!({ "id": run["id"] })).unwrap().value["phase"]
                == "rows"
            {
                steps += 1;
            }
            steps
        });
        let writing = scope.spawn(|| {
            (0..20)
                .filter(|n| {
                    crate::dispatch(store, now, "people.create", json!({ "displayName": format!("Own {n}") })).is_ok()
                })
                .count()
        });
        (importing.join().unwrap(), writing.join().unwrap())
    });
    assert_eq!(written, 20);
    assert!(steps > 1);
    assert_eq!(brought.desk.call("workspace.info", json!({}))["people"], 2_020);
    brought.desk.is_sound();
}

#[test]
fn a_no_said_while_an_import_runs_outlives_its_cancel() {
    let brought = Brought::new(1_500);
    let run = brought.begin();
    brought.step(&run);
    brought.step(&run);
    let seven = brought.desk.call("people.matching", json!({ "text": "p7@example.org", "limit": 1 }))[0]["id"].clone();
    brought.desk.call("basis.objected", json!({ "person": seven, "kinds": ["email"] }));
    brought.desk.call("people.trash", json!({ "ids": [seven] }));
    brought.desk.call("imports.cancel", json!({ "id": run["id"] }));
    let notes = brought.until(&run, "taken_back")["notes"].to_string();
    assert!(notes.contains("p7@example.org") && notes.contains("on the suppression list"), "{notes}");
    let bo = brought.desk.person("Bo");
    let point = json!({ "person": bo, "kind": "email", "value": "P7@example.org", "source": "import" });
    brought.desk.call("contact_points.add", point);
    let of = brought.desk.call("basis.of", json!({ "id": bo }));
    assert_eq!(of["points"][0]["suppressed"], "objected", "{of}");
    brought.desk.is_sound();
}
