//! An import goes in batch by batch: what is seen meanwhile, and what stands where when it is through.
mod cancelled;
mod gone_on;

use crate::{Access, testing::Desk};
use serde_json::{Value, json};
use std::{fs, path::PathBuf};

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
