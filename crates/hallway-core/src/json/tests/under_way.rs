//! Everything comes in batch by batch, as a table does: what is seen meanwhile, what a cancel and a crash leave.
use super::{brought_in, exported, one_of_everything, request, written};
use crate::{Access, testing::Desk};
use serde_json::{Value, json};

/// A workspace of some size, with one of everything in it.
fn source() -> Desk {
    let desk = Desk::new();
    crate::sample::fill(&desk.store, desk.now(), 7, 150, 900, |_, _, _| ()).expect("invented people");
    one_of_everything(&desk);
    let page = json!({ "query": crate::testing::everybody(), "offset": 0, "limit": 120 });
    let people = desk.call("people.list", page)["rows"].as_array().unwrap().clone();
    for (n, person) in people.iter().enumerate() {
        let weekly = json!({ "n": 1, "unit": "week", "anchor": "due" });
        let every = if n % 2 == 0 { weekly } else { Value::Null };
        let call = json!({ "text": "Call", "person": person["id"], "due": "2026-05-25", "every": every });
        let call = desk.call("followups.add", call);
        if n % 3 == 0 {
            desk.call("followups.done", json!({ "id": call["id"] }));
        }
    }
    desk.call("followups.add", json!({ "text": "Tidy up", "due": "2026-05-25" }));
    let tag = desk.call("tags.list", json!({}))[0]["id"].clone();
    desk.call("cadences.set", json!({ "tag": tag, "idealDays": 14, "longestDays": 30 }));
    desk.call("journey.bring_up_to_date", json!({}));
    desk
}

fn begin(desk: &Desk, text: &str) -> Value {
    desk.call("json.begin", request(desk, text))
}
fn step(desk: &Desk, run: &Value) -> Value {
    desk.call("imports.step", json!({ "id": run["id"] }))
}
fn until(desk: &Desk, run: &Value, phase: &str) -> Value {
    (0..300).map(|_| step(desk, run)).find(|run| run["phase"] == phase).expect("it comes to its end")
}
/// As after a crash: the process is gone, the file is not.
fn crashed(desk: Desk) -> Desk {
    desk.reopened(|_, _| {})
}

/// Without the instants of the last change: to take something back and to bring it back are changes too.
fn undated(text: &str) -> String {
    let mut parts = text.split("\"updatedAt\":");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.trim_start_matches(|c: char| c.is_ascii_digit()))
}

/// Two long texts are the same.
fn same(one: &str, other: &str) {
    let different = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    assert!(one == other, "{different:?}");
}

#[test]
fn it_comes_in_batch_by_batch_and_is_one_operation_that_leaves_what_was_exported() {
    let out = exported(&source());
    let desk = Desk::new();
    let before = desk.dump();
    let run = begin(&desk, &out);
    assert_eq!((&run["phase"], &run["done"]["kind"]), (&json!("backup"), &json!("everything")));
    assert_eq!(desk.dump(), before, "nothing is written before the first step");
    let (mut phases, mut share) = (vec![], 0.0);
    let mut done = step(&desk, &run);
    while done["phase"] != "done" {
        // Between any two batches nothing is half there, and undo passes over what is coming in.
        desk.is_sound();
        assert!(desk.call("workspace.info", json!({}))["undo"].is_null());
        assert!(done["share"].as_f64() >= Some(share), "{done}");
        share = done["share"].as_f64().unwrap();
        phases.push(done["phase"].clone());
        done = step(&desk, &run);
    }
    phases.dedup();
    assert_eq!(phases, ["rows", "placing"]);
    let rows = serde_json::from_str::<Value>(&out).unwrap();
    let rows: usize = rows.as_object().unwrap().values().filter_map(Value::as_array).map(Vec::len).sum();
    assert_eq!((done["rows"].as_u64(), &done["share"]), (Some(rows as u64), &json!(1.0)));
    let counts = &done["done"];
    let told = ["new", "same", "changed", "kept", "refused"].map(|name| counts[name].as_u64().unwrap());
    assert_eq!(told.iter().sum::<u64>(), rows as u64, "every row is accounted for: {counts}");
    same(&exported(&desk), &out);
    desk.is_sound();
    let after = desk.dump();
    assert_eq!(desk.undo()["label"], "Brought in everything from “in.json”");
    assert_eq!(desk.dump(), before);
    desk.redo();
    same(&desk.dump(), &after);
    same(&undated(&exported(&desk)), &undated(&out));
    // Once more it changes nothing, and is nothing to take back.
    let again = begin(&desk, &out);
    assert!(until(&desk, &again, "done")["done"]["operation"].is_null());
    same(&undated(&exported(&desk)), &undated(&out));
    desk.is_sound();
}

/// A workspace that already holds some of it, otherwise.
fn with_content(out: &str) -> Desk {
    let desk = Desk::new();
    let mut some: Value = serde_json::from_str(out).unwrap();
    let lists = some.as_object_mut().unwrap();
    for name in ["touchpointPeople", "touchpoints", "stageChanges", "journeyConfigs", "settings", "toldApart"] {
        lists.remove(name);
    }
    for (n, person) in some["people"].as_array_mut().unwrap().iter_mut().enumerate() {
        if n % 3 == 0 {
            person["city"] = json!("Elsewhere");
            person["mergedInto"] = Value::Null;
        }
    }
    brought_in(&desk, &some.to_string());
    let eve = desk.person("Eve");
    desk.log(&eve, "in_production", "2026-05-02");
    desk.call("journey.pin", json!({ "person": eve, "stage": "learn", "until": "good", "reason": "She said so." }));
    desk
}

#[test]
fn cancelled_anywhere_it_leaves_what_was_there() {
    let out = exported(&source());
    let whole = with_content(&out);
    let run = begin(&whole, &out);
    let takes = (1..300).find(|_| step(&whole, &run)["phase"] == "done").expect("it comes to its end");
    assert!(takes > 6);
    for steps in 1..takes {
        let theirs = steps % 3 > 0;
        let desk = with_content(&out);
        let (before, log) = (desk.dump(), exported(&desk));
        let mut asked = request(&desk, &out);
        asked["theirs"] = json!(theirs);
        let run = desk.call("json.begin", asked);
        (0..steps).for_each(|_| drop(step(&desk, &run)));
        desk.is_sound();
        desk.call("imports.cancel", json!({ "id": run["id"] }));
        let mut taken = step(&desk, &run);
        let mut desk = desk;
        if steps % 2 == 1 && taken["phase"] == "taking_back" {
            // Taking back that is interrupted goes on as well.
            step(&desk, &run);
            desk = crashed(desk);
            desk.is_sound();
            assert_eq!(desk.call("imports.under_way", json!({}))["phase"], "taking_back");
            taken = desk.call("imports.resume", json!({ "id": run["id"] }));
        }
        if taken["phase"] == "taking_back" {
            taken = until(&desk, &run, "taken_back");
        }
        assert_eq!(taken["notes"], json!([]), "after {steps} steps");
        desk.is_sound();
        same(&desk.dump(), &before);
        same(&undated(&exported(&desk)), &undated(&log));
        assert_eq!(desk.call("imports.under_way", json!({})), Value::Null);
    }
}

#[test]
fn after_a_crash_it_goes_on_to_the_same_result_and_writes_nothing_over_that_was_done_since() {
    let out = exported(&source());
    let first = serde_json::from_str::<Value>(&out).unwrap()["people"][0]["id"].clone();
    for steps in [2, 3, 4, 6] {
        let desk = Desk::new();
        let run = begin(&desk, &out);
        (0..steps).for_each(|_| drop(step(&desk, &run)));
        let rows = desk.call("imports.under_way", json!({}))["rows"].clone();
        let desk = crashed(desk);
        desk.is_sound();
        let waits = desk.call("imports.under_way", json!({}));
        assert_eq!((&waits["phase"], &waits["rows"]), (&json!("interrupted"), &rows));
        desk.call("imports.resume", json!({ "id": run["id"] }));
        step(&desk, &run);
        let desk = crashed(desk);
        desk.call("imports.resume", json!({ "id": run["id"] }));
        let done = until(&desk, &run, "done");
        same(&exported(&desk), &out);
        assert_eq!((&done["done"]["same"], &done["done"]["refused"]), (&json!(1), &json!(0)), "the rules were here");
        desk.is_sound();
        desk.undo();
        assert!(desk.names().is_empty());
    }
    let desk = Desk::new();
    let run = begin(&desk, &out);
    (0..4).for_each(|_| drop(step(&desk, &run)));
    desk.call("people.edit", json!({ "id": first, "city": "Lagos" }));
    desk.log(first.as_str().unwrap(), "building_with_it", "2026-05-19");
    let desk = crashed(desk);
    desk.call("imports.resume", json!({ "id": run["id"] }));
    until(&desk, &run, "done");
    assert_eq!(desk.page(first.as_str().unwrap())["person"]["city"], "Lagos");
    desk.is_sound();
    // What was done by hand ended before the import did.
    assert!(desk.undo()["label"].as_str().unwrap().starts_with("Brought in everything"));
    assert_eq!(desk.page(first.as_str().unwrap())["person"]["city"], "Lagos", "they stay, since something was added");
    desk.is_sound();
}

#[test]
fn it_goes_on_only_with_the_very_same_file_and_one_at_a_time() {
    let out = exported(&source());
    let desk = Desk::new();
    let run = begin(&desk, &out);
    (0..3).for_each(|_| drop(step(&desk, &run)));
    let refused = desk.refused("json.begin", request(&desk, &out));
    assert_eq!(refused.message, "An import is under way. Wait until it is done, or cancel it.");
    let desk = crashed(desk);
    let refused = desk.refused("json.begin", request(&desk, &out));
    assert!(refused.message.starts_with("An import of in.json was interrupted."), "{}", refused.message);
    written(&desk, "in.json", "{\"format\":\"hallway\",\"version\":1}");
    let refused = desk.refused("imports.resume", json!({ "id": run["id"] }));
    assert!(refused.message.contains("has changed since"), "{}", refused.message);
    let elsewhere = desk.store.grant(written(&desk, "elsewhere.json", &out), Access::Read);
    desk.call("imports.resume", json!({ "id": run["id"], "file": elsewhere }));
    until(&desk, &run, "done");
    assert!(exported(&desk) == out);
}

#[test]
fn what_hangs_on_somebody_who_is_taken_back_meanwhile_is_refused_and_nothing_is_half_there() {
    let other = Desk::new();
    crate::sample::fill(&other.store, other.now(), 7, 300, 500, |_, _, _| ()).expect("invented people");
    let whole = exported(&other);
    let mut without: Value = serde_json::from_str(&whole).unwrap();
    let people = without["people"].take();
    // The people are here already, each as an operation that can be taken back; the file says what happened with them.
    let desk = Desk::new();
    let alone = json!({ "format": "hallway", "version": 1, "people": people, "organisations": without["organisations"], "settings": without["settings"] });
    brought_in(&desk, &alone.to_string());
    let lists = without.as_object_mut().unwrap();
    for name in ["people", "contactPoints", "personTags", "fieldValues"] {
        lists.remove(name);
    }
    let run = begin(&desk, &without.to_string());
    while desk.call("workspace.info", json!({}))["touchpoints"] == 0 {
        step(&desk, &run);
    }
    assert!(desk.undo()["label"].as_str().unwrap().starts_with("Brought in everything"));
    let gone = 300 - desk.names().len();
    assert!(gone > 0, "some of them had nothing yet that held them");
    desk.is_sound();
    let done = until(&desk, &run, "done");
    desk.is_sound();
    assert_ne!(done["done"]["refused"], 0);
    assert_eq!(desk.names().len(), 300 - gone, "nobody came back for it");
    let after = desk.dump();
    desk.undo();
    desk.is_sound();
    desk.redo();
    same(&desk.dump(), &after);
    desk.is_sound();
}
