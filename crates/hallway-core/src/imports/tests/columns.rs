//! What stands in a file of people: days, refused rows, where columns go, and rows without a file.
use crate::{Access, testing::Desk};
use serde_json::{Value, json};
use std::fs;

#[test]
fn what_was_last_said_and_when_becomes_an_entry_of_ours_that_moves_nobody() {
    let desk = Desk::new();
    let folder = tempfile::tempdir().unwrap();
    let bring = |text: &str, mapping: Option<Value>| {
        let path = folder.path().join("talks.csv");
        fs::write(&path, text).unwrap();
        let mut asked = json!({ "file": desk.store.grant(path, Access::Read), "matching": true, "source": "import" });
        if let Some(mapping) = mapping {
            asked["mapping"] = mapping;
        }
        (desk.call("imports.preview", asked.clone()), desk.call("imports.run", asked))
    };
    let text =
        "Name,Email,Last contact,Notes\nAda,ada@example.org,2026-03-04,Likes queues\nBo,bo@example.org,,Met at lunch\n";
    let said = json!([{ "target": "name" }, { "target": "email" }, { "target": "last_talked" }, { "target": "said" }]);
    bring(text, Some(said.clone()));
    let entries = |name: &str| {
        let id = desk.call("people.matching", json!({ "text": name, "limit": 1 }))[0]["id"].clone();
        let standing = desk.standing(id.as_str().unwrap());
        assert_eq!((&standing["stage"], &standing["moved"]), (&Value::Null, &Value::Null), "nobody is moved by us");
        desk.call("touchpoints.timeline", json!({ "person": id, "offset": 0, "limit": 9 }))["entries"].clone()
    };
    let ada = entries("Ada");
    assert_eq!(
        (&ada[0]["kind"], &ada[0]["onDay"], &ada[0]["note"], &ada[0]["direction"]),
        (&json!("emailed"), &json!("2026-03-04"), &json!("Likes queues"), &json!("from_us"))
    );
    let bo = entries("Bo");
    assert_eq!((&bo[0]["precision"], &bo[0]["note"]), (&json!("unknown"), &json!("Met at lunch")));
    // The same file again brings nothing twice; a later day in it brings one entry more.
    let (seen, done) = bring(text, Some(said.clone()));
    assert_eq!((&seen["unchanged"], &done["unchanged"], &done["updated"]), (&json!(2), &json!(2), &json!(0)));
    let (seen, _) = bring(&text.replace("2026-03-04,Likes queues", "2026-04-05,"), Some(said));
    assert_eq!(seen["examples"][0]["fills"], json!(["entry"]));
    assert_eq!(entries("Ada").as_array().unwrap().len(), 2);
    // By itself, a column of notes is about the person, and “Last reply” is something they did.
    let (seen, _) = bring("Name,Email,Last reply,Notes\nEve,eve@example.org,2026-02-03,Kind\n", None);
    assert_eq!(seen["columns"][2]["mapping"]["target"], "last_heard");
    assert_eq!(seen["columns"][3]["mapping"]["target"], "notes");
    let eve = desk.call("people.matching", json!({ "text": "Eve", "limit": 1 }))[0]["id"].clone();
    let entry =
        desk.call("touchpoints.timeline", json!({ "person": eve, "offset": 0, "limit": 9 }))["entries"][0].clone();
    assert_eq!((&entry["kind"], &entry["people"][0]["observedBy"]), (&json!("replied"), &json!("imported")));
    desk.is_sound();
}

/// What is asked to import a file of that text.
fn asked(desk: &Desk, path: &std::path::Path, text: &str) -> Value {
    fs::write(path, text).unwrap();
    json!({ "file": desk.store.grant(path.to_owned(), Access::Read), "matching": true, "source": "import" })
}

#[test]
fn a_day_that_could_be_either_of_two_is_asked_and_never_guessed() {
    let desk = Desk::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("days.csv");
    let asked = |text: &str| asked(&desk, &path, text);
    let rows: String = (0..3_000).map(|n| format!("Person {n},03/04/2024\n")).collect();
    let mut request = asked(&format!("Name,Last contact\n{rows}"));
    let seen = desk.call("imports.preview", request.clone());
    assert_eq!(seen["columns"][1]["days"], json!({ "order": null, "ambiguous": 3_000, "example": "03/04/2024" }));
    let refused = desk.refused("imports.begin", request.clone());
    assert_eq!(refused.field.as_deref(), Some("days"));
    assert!(refused.message.contains("“03/04/2024” in the column “Last contact”"), "{}", refused.message);
    request["days"] = json!({ "1": "month_first" });
    assert_eq!(desk.call("imports.preview", request.clone())["columns"][1]["days"]["order"], "month_first");
    desk.call("imports.run", request);
    let somebody = desk.call("people.matching", json!({ "text": "Person 17", "limit": 1 }))[0].clone();
    assert_eq!(somebody["lastTouchOn"], "2024-03-04");

    // The last row of a long column proves the order of all of it.
    let rows: String = (0..3_000).map(|n| format!("Guest {n},03/04/2024\n")).collect();
    let request = asked(&format!("Name,Met on\n{rows}Eve,31/12/2023\n"));
    let seen = desk.call("imports.preview", request.clone());
    assert_eq!(seen["columns"][1]["days"]["order"], "day_first");
    desk.call("imports.run", request);
    let guest = desk.call("people.matching", json!({ "text": "Guest 17", "limit": 1 }))[0]["id"].clone();
    assert_eq!(desk.page(guest.as_str().unwrap())["fields"][0]["value"], "2024-04-03");
    let eve = desk.call("people.matching", json!({ "text": "Eve", "limit": 1 }))[0]["id"].clone();
    assert_eq!(desk.page(eve.as_str().unwrap())["fields"][0]["value"], "2023-12-31", "one column, written one way");
}

#[test]
fn what_a_file_proves_of_its_days_counts_more_than_what_was_said_of_another() {
    let desk = Desk::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("days.csv");
    let asked = |text: &str| asked(&desk, &path, text);
    let met = |name: &str| {
        let id = desk.call("people.matching", json!({ "text": name, "limit": 1 }))[0]["id"].clone();
        desk.page(id.as_str().unwrap())["fields"][0]["value"].clone()
    };
    let mut first = asked("Name,Met on\nAda,03/04/2024\n");
    first["days"] = json!({ "1": "day_first" });
    desk.call("imports.run", first);
    assert_eq!(met("Ada"), "2024-04-03");
    desk.call("imports.run", asked("Name,Met on\nBo,03/04/2024\n"));
    assert_eq!(met("Bo"), "2024-04-03", "it is remembered where nothing else tells");
    let proves = asked("Name,Met on\nCem,03/04/2024\nDi,12/31/2023\n");
    assert_eq!(desk.call("imports.preview", proves.clone())["columns"][1]["days"]["order"], "month_first");
    desk.call("imports.run", proves);
    assert_eq!((met("Cem"), met("Di")), (json!("2024-03-04"), json!("2023-12-31")));
    let mut said = asked("Name,Met on\nEve,03/04/2024\nFay,12/31/2023\n");
    said["days"] = json!({ "1": "day_first" });
    assert_eq!(
        desk.call("imports.preview", said)["columns"][1]["days"]["order"],
        "day_first",
        "a word of now is a word"
    );
}

#[test]
fn who_came_in_is_not_among_the_rows_to_be_mended() {
    let desk = Desk::new();
    let folder = tempfile::tempdir().unwrap();
    let (path, saved) = (folder.path().join("names.csv"), folder.path().join("to mend.csv"));
    let names: String = (0..20).map(|n| format!("Person {n},\n")).collect();
    fs::write(&path, format!("Name,Email\n{names},nobody@example.org\n")).unwrap();
    let request = |path: &std::path::Path| json!({ "file": desk.store.grant(path.to_owned(), Access::Read), "matching": true, "source": "import" });
    let first = request(&path);
    let done = desk.call("imports.run", first.clone());
    assert_eq!((&done["added"], &done["refused"], &done["waiting"]), (&json!(20), &json!(1), &json!(0)));
    let save = |request: &Value, done: &Value| {
        let to = desk.store.grant(saved.clone(), Access::Write);
        let asked = json!({ "request": request, "to": to, "operation": done["operation"] });
        desk.call("imports.save_refused", asked)["rows"].clone()
    };
    assert_eq!(save(&first, &done), 1, "as many as were refused or wait");
    fs::write(&saved, fs::read_to_string(&saved).unwrap().replace(",,nobody@", ",Zoe,nobody@")).unwrap();
    assert_eq!(desk.call("imports.run", request(&saved))["added"], 1);
    assert_eq!(desk.names().len(), 21, "and nobody twice");
    // Brought once more they wait, since nothing but their names tells them, and then they are saved.
    let again = request(&path);
    let done = desk.call("imports.run", again.clone());
    assert_eq!((&done["added"], &done["waiting"]), (&json!(0), &json!(20)));
    assert_eq!(save(&again, &done), 21);
}

#[test]
fn refused_rows_are_saved_with_their_reason_mended_and_fed_back() {
    let desk = Desk::new();
    let tom = desk.person("Tom Kowalski");
    desk.call(
        "contact_points.add",
        json!({ "person": tom, "kind": "email", "value": "office@example.org", "source": "they_gave_it" }),
    );
    let folder = tempfile::tempdir().unwrap();
    let (path, saved) = (folder.path().join("a.csv"), folder.path().join("to mend.csv"));
    fs::write(
        &path,
        "Who,Mail me,Shoe\nAda,ada@example.org,43\nBo,bo at home,=1+1\nEve,office@example.org,41\n,x@example.org,40\n",
    )
    .unwrap();
    let mapping = json!([{ "target": "name" }, { "target": "email" }, { "custom": "Shoe size" }]);
    let request = |path: &std::path::Path| json!({ "file": desk.store.grant(path.to_owned(), Access::Read), "matching": true, "source": "import" });
    let mut first = request(&path);
    first["mapping"] = mapping;
    assert_eq!(desk.call("imports.run", first.clone())["added"], 1);
    let to = desk.store.grant(saved.clone(), Access::Write);
    let done = desk.call("imports.save_refused", json!({ "request": first, "to": to }));
    assert_eq!(done, json!({ "rows": 3, "fileName": "to mend.csv" }));
    let text = fs::read_to_string(&saved).unwrap();
    assert!(text.starts_with("\u{feff}Why it was not imported,Who,Mail me,Shoe\r\n"), "{text}");
    assert!(
        text.contains("is not an e-mail address")
            && text.contains("Tom Kowalski has it already")
            && text.contains("has no name")
    );
    let mended = text
        .replace("bo at home", "bo@example.org")
        .replace("office@example.org,41", "eve@example.org,41")
        .replace(",,x@", ",Zoe,x@");
    fs::write(&saved, mended).unwrap();
    // By itself: the mapping is remembered, the reason is no column, and a cell a spreadsheet must not run comes back as it was.
    let seen = desk.call("imports.preview", request(&saved));
    assert_eq!((&seen["remembered"], &seen["unmapped"], &seen["refused"]), (&json!(true), &json!([]), &json!(0)));
    assert_eq!(desk.call("imports.run", request(&saved))["added"], 3);
    let bo = desk.call("people.matching", json!({ "text": "Bo", "limit": 1 }))[0]["id"].clone();
    assert_eq!(desk.page(bo.as_str().unwrap())["fields"][0]["value"], "=1+1");
    desk.is_sound();
}

#[test]
fn where_columns_go_is_remembered_by_their_headers_until_it_is_forgotten() {
    let desk = Desk::new();
    let folder = tempfile::tempdir().unwrap();
    let request = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        json!({ "file": desk.store.grant(path, Access::Read), "matching": true, "source": "import" })
    };
    let mut first = request("may.csv", "Name,Favourite\nAda,tea\n");
    assert_eq!(desk.call("imports.preview", first.clone())["remembered"], false);
    first["mapping"] = json!([{ "target": "name" }, { "custom": "Drink" }]);
    desk.call("imports.run", first);
    let june = request("june.csv", "Name,Favourite\nBo,coffee\n");
    let seen = desk.call("imports.preview", june.clone());
    assert_eq!((&seen["remembered"], &seen["columns"][1]["mapping"]["custom"]), (&json!(true), &json!("Drink")));
    assert_eq!(
        desk.call("imports.preview", request("other.csv", "Name,Favourite,Size\nEve,tea,M\n"))["remembered"],
        false
    );
    desk.undo();
    assert_eq!(desk.call("imports.preview", june.clone())["remembered"], true, "taking back an import forgets nothing");
    desk.call("imports.forget", json!({ "layout": seen["layoutKey"] }));
    let seen = desk.call("imports.preview", june);
    assert_eq!((&seen["remembered"], &seen["unmapped"]), (&json!(false), &json!(["Favourite"])));
}

#[test]
fn rows_from_the_clipboard_are_looked_at_like_a_file() {
    let desk = Desk::new();
    let pasted =
        desk.call("imports.paste", json!({ "text": "Name\tE-mail\nAda\tada@example.org\nBo\tbo@example.org\n" }));
    assert_eq!(pasted["name"], "Pasted rows");
    let request = json!({ "file": pasted["file"], "matching": true, "source": "import" });
    let seen = desk.call("imports.preview", request.clone());
    assert_eq!((&seen["newPeople"], &seen["separator"]), (&json!(2), &json!("\t")));
    desk.call("imports.run", request);
    assert_eq!(desk.undo()["label"], "Imported 2 people from “Pasted rows”");
    assert_eq!(desk.refused("imports.paste", json!({ "text": " \n" })).field.as_deref(), Some("text"));
}

#[test]
fn a_large_file_is_looked_at_as_a_small_one_is() {
    let desk = Desk::new();
    let filler = "x".repeat(3_000);
    let rows: String = (0..3_000).map(|n| format!("Person {n},p{n}@example.org,Oslo,{filler}\n")).collect();
    let (folder, text) = (
        tempfile::tempdir().unwrap(),
        format!("Name,Email,City,Notes\n{rows}Person 5,P5@example.org,Bergen,\nSomebody,p6@example.org,,\n"),
    );
    let path = folder.path().join("large.csv");
    assert!(text.len() as u64 > super::super::preview::LARGE);
    fs::write(&path, text).unwrap();
    let request = json!({ "file": desk.store.grant(path, Access::Read), "matching": true, "source": "import" });
    let seen = desk.call("imports.preview", request.clone());
    assert_eq!((&seen["newPeople"], &seen["differs"], &seen["look"]), (&json!(3_000), &json!(1), &json!(1)));
    let done = desk.call("imports.run", request);
    assert_eq!((&done["added"], &done["differs"], &done["waiting"]), (&json!(3_000), &json!(1), &json!(1)));
}

#[test]
fn saving_refused_rows_leaves_every_other_file_of_the_folder_alone() {
    let desk = Desk::new();
    let (list, own) = (desk.path("a.csv"), desk.path("to mend.csv.part"));
    fs::write(&list, "Name,E-mail\nBo,bo at home\n").unwrap();
    fs::write(&own, "mine").unwrap();
    let file = desk.store.grant(list, Access::Read);
    let to = desk.store.grant(desk.path("to mend.csv"), Access::Write);
    let request = json!({ "file": file, "matching": true, "source": "import" });
    desk.call("imports.save_refused", json!({ "request": request, "to": to }));
    assert_eq!(fs::read_to_string(&own).unwrap(), "mine");
    assert!(fs::read_to_string(desk.path("to mend.csv")).unwrap().contains("bo at home"));
}
