//! Whom a row is, and what becomes of what it says otherwise.
use super::{LINKEDIN, file, preview, request};
use crate::testing::Desk;
use serde_json::json;

#[test]
fn the_same_file_again_changes_nothing_and_says_when_it_came_first() {
    let desk = Desk::new();
    let (_folder, grant) = file(&desk, "Connections.csv", LINKEDIN);
    desk.call("imports.run", request(&grant));
    let after = desk.dump();
    let seen = preview(&desk, &grant);
    assert_eq!(
        (&seen["unchanged"], &seen["newPeople"], &seen["alreadyImported"]),
        (&json!(2), &json!(0), &json!("2026-05-21"))
    );
    assert_eq!(desk.call("imports.run", request(&grant))["unchanged"], 2);
    assert_eq!(desk.dump(), after);
}

#[test]
fn a_match_needs_the_address_and_the_name() {
    let desk = Desk::new();
    let tom = desk.person("Tom Kowalski");
    desk.call(
        "contact_points.add",
        json!({ "person": tom, "kind": "email", "value": "office@example.org", "source": "they_gave_it" }),
    );
    let (_folder, grant) = file(
        &desk,
        "a.csv",
        "Name,Email,City\nKowalski Tom,OFFICE@example.org,Kraków\nAda Byron,office@example.org,London\nTom Kowalski,other@example.org,Paris\n",
    );
    let seen = preview(&desk, &grant);
    assert_eq!((&seen["updates"], &seen["look"], &seen["newPeople"]), (&json!(1), &json!(1), &json!(1)));
    let look = seen["examples"].as_array().unwrap().iter().find(|r| r["outcome"] == "look").unwrap();
    assert_eq!(look["detail"], "office@example.org");
    assert_eq!((&look["row"], &look["candidate"]["name"]), (&json!(3), &json!("Tom Kowalski")));
    let done = desk.call("imports.run", request(&grant));
    assert_eq!((&done["updated"], &done["added"], &done["waiting"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!(desk.page(&tom)["person"]["city"], "Kraków", "a blank was filled");
    let mut decided = request(&grant);
    decided["decisions"] = json!({ "3": "new" });
    desk.call("imports.run", decided);
    assert!(desk.names().contains(&"Ada Byron".to_owned()));
}

#[test]
fn what_a_file_notes_of_somebody_who_is_here_is_added_to_their_notes_and_only_once() {
    let desk = Desk::new();
    let tom = desk.person("Tom");
    desk.call("people.edit", json!({ "id": tom, "notes": "Met at the booth\nHas a dog" }));
    desk.call(
        "contact_points.add",
        json!({ "person": tom, "kind": "email", "value": "t@example.org", "source": "they_gave_it" }),
    );
    // The second row knows a part of it; the third is what the first says; the last has no day where one belongs.
    let (_folder, grant) = file(
        &desk,
        "a.csv",
        "Name,Email,Notes,Last talked\nTom,t@example.org,Asked for retries,\nTom,t@example.org,\"has a DOG\nWants stickers\",\nTom,t@example.org,Asked for retries,\nTom,t@example.org,,last spring\n",
    );
    let seen = preview(&desk, &grant);
    assert_eq!((&seen["differs"], &seen["examples"][0]["fills"]), (&json!(0), &json!(["notes"])));
    assert_eq!(
        seen["examples"][3]["notes"],
        json!(["“last spring” in the column “Last talked” is not a day. It is kept in the notes."])
    );
    // Whoever takes what the file says takes nothing away by it, either.
    let mut taking = request(&grant);
    taking["overwrite"] = json!([2, 3, 4, 5]);
    let done = desk.call("imports.run", taking);
    assert_eq!((&done["updated"], &done["unchanged"]), (&json!(3), &json!(1)));
    let whole = "Met at the booth\nHas a dog\nAsked for retries\nWants stickers\nLast talked: last spring";
    assert_eq!(desk.page(&tom)["person"]["notes"], whole);
    let after = desk.dump();
    assert_eq!(preview(&desk, &grant)["unchanged"], 4);
    assert_eq!(desk.call("imports.run", request(&grant))["unchanged"], 4, "the same file again brings nothing");
    assert_eq!(desk.dump(), after);
    desk.call("history.take_back", json!({ "operation": done["operation"] }));
    assert_eq!(desk.page(&tom)["person"]["notes"], "Met at the booth\nHas a dog");
}

#[test]
fn what_differs_is_kept_unless_chosen() {
    let desk = Desk::new();
    let tom = desk.person("Tom");
    desk.call("people.edit", json!({ "id": tom, "city": "Kraków" }));
    desk.call(
        "contact_points.add",
        json!({ "person": tom, "kind": "email", "value": "t@example.org", "source": "they_gave_it" }),
    );
    let (_folder, grant) = file(&desk, "a.csv", "Name;Email;City\nTom;t@example.org;Gdańsk\n");
    let seen = preview(&desk, &grant);
    assert_eq!((&seen["updates"], &seen["differs"]), (&json!(0), &json!(1)));
    let row = &seen["examples"][0];
    assert_eq!(row["differs"], json!([{ "field": "city", "have": "Kraków", "file": "Gdańsk" }]));
    let done = desk.call("imports.run", request(&grant));
    assert_eq!((&done["updated"], &done["differs"]), (&json!(0), &json!(1)), "the result counts as the preview did");
    assert_eq!(desk.page(&tom)["person"]["city"], "Kraków");
    let mut chosen = request(&grant);
    chosen["overwrite"] = json!([2]);
    let seen = desk.call("imports.preview", chosen.clone());
    assert_eq!((&seen["updates"], &seen["differs"]), (&json!(1), &json!(0)));
    assert_eq!(desk.call("imports.run", chosen)["updated"], 1);
    assert_eq!(desk.page(&tom)["person"]["city"], "Gdańsk");
    desk.undo();
    assert_eq!(desk.page(&tom)["person"]["city"], "Kraków");
}

#[test]
fn undoing_an_import_keeps_those_to_whom_something_was_added_since() {
    let desk = Desk::new();
    let (_folder, grant) =
        file(&desk, "a.csv", "Name,Email,Tags\nTom,tom@example.org,meetup\nEve,eve@example.org,meetup\n");
    desk.call("imports.run", request(&grant));
    let tom = desk.call("people.matching", json!({ "text": "tom", "limit": 1 }))[0]["id"].as_str().unwrap().to_owned();
    desk.log(&tom, "conversation_in_person", "2026-05-20");
    let import = desk
        .call("history.recent", json!({ "limit": 5 }))
        .as_array()
        .unwrap()
        .iter()
        .find(|o| o["command"] == "imports.run")
        .unwrap()["id"]
        .as_i64()
        .unwrap();
    let undone = desk
        .store
        .write("test", crate::store::Memory::Recorded, desk.now(), |tx| {
            let undone = crate::history::taken_back(tx, import)?;
            crate::people::state::refresh_concerned(tx)?;
            Ok(undone)
        })
        .unwrap()
        .value;
    assert_eq!(
        undone.notes,
        ["Kept, without the rest that came with it, because something was added to them since: Tom."]
    );
    assert_eq!(desk.names(), ["Tom"]);
    assert_eq!(desk.page(&tom)["tags"], json!([]), "what the import brought is taken back");
    desk.is_sound();
}

#[test]
fn a_website_that_two_people_share_is_no_reason_to_ask() {
    let desk = Desk::new();
    let text = "Name,Website\nTom Kowalski,https://example.org\nAda Byron,https://example.org\n";
    let (_folder, grant) = file(&desk, "team.csv", text);
    let seen = preview(&desk, &grant);
    assert_eq!((&seen["newPeople"], &seen["look"]), (&json!(2), &json!(0)));
}

#[test]
fn a_row_that_something_was_said_about_is_always_shown() {
    let desk = Desk::new();
    let mut lines: String = (0..300).map(|n| format!("Person {n},p{n}@example.org\n")).collect();
    lines += "Somebody else,p1@example.org\n";
    let (_folder, grant) = file(&desk, "a.csv", format!("Name,Email\n{lines}"));
    let mut decided = request(&grant);
    decided["decisions"] = json!({ "302": "new" });
    let seen = desk.call("imports.preview", decided);
    assert_eq!((&seen["newPeople"], &seen["look"]), (&json!(301), &json!(0)));
    assert!(seen["examples"].as_array().unwrap().iter().any(|row| row["row"] == 302));
}

#[test]
fn a_name_spelled_out_is_the_same_name() {
    let desk = Desk::new();
    let ada = desk.person("Jörg Müller");
    desk.call(
        "contact_points.add",
        json!({ "person": ada, "kind": "email", "value": "jm@example.org", "source": "they_gave_it" }),
    );
    let (_folder, grant) = file(&desk, "meetup.csv", "Name,Email,City\nJoerg Mueller,jm@example.org,Ulm\n");
    let seen = preview(&desk, &grant);
    assert_eq!((&seen["updates"], &seen["look"]), (&json!(1), &json!(0)));
}
