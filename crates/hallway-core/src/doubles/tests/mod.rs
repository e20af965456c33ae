//! One person once: what several rows say is read as one, and each row keeps what was typed.
mod any_order;
mod suggestions;

use crate::{
    Id,
    testing::{Desk, everybody, id_of},
};
use serde_json::{Value, json};

fn merge(desk: &Desk, ids: &[&str]) -> String {
    id_of(&desk.call("doubles.merge", json!({ "ids": ids })))
}
fn newest(desk: &Desk) -> Value {
    desk.call("history.recent", json!({ "limit": 1 }))[0]["label"].clone()
}
/// Tom Kowalski, and Tom K. who is the same, with something of everything at each.
fn two_toms(desk: &Desk) -> (String, String) {
    let tom = id_of(&desk.call("people.create", json!({ "displayName": "Tom Kowalski", "city": "Kraków" })));
    let again =
        id_of(&desk.call("people.create", json!({ "displayName": "Tom K.", "city": "Łódź", "organisation": "Acme" })));
    for (person, mail, tag) in [(&tom, "tom@home.example", "Rust"), (&again, "tom@acme.example", "Kafka")] {
        desk.call(
            "contact_points.add",
            json!({ "person": person, "kind": "email", "value": mail, "source": "they_gave_it" }),
        );
        desk.call(
            "contact_points.add",
            json!({ "person": person, "kind": "github", "value": "tomk", "source": "badge" }),
        );
        desk.call("tags.add", json!({ "people": [person], "name": tag, "kind": "stack" }));
        desk.call("tags.add", json!({ "people": [person], "name": "meetup", "kind": "topic" }));
    }
    (tom, again)
}
fn texts(list: &Value, key: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|row| row[key].as_str().unwrap().to_owned()).collect()
}

#[test]
fn two_rows_of_one_person_are_shown_as_one() {
    let desk = Desk::new();
    let (tom, again) = two_toms(&desk);
    let talk = desk.log(&again, "conversation_online", "2026-05-20");
    desk.call("touchpoints.edit", json!({ "id": talk, "note": "Runs queues at home" }));
    assert_eq!(merge(&desk, &[&again, &tom]), tom, "whoever was added first stands for them");
    assert_eq!(newest(&desk), "Merged Tom K. into Tom Kowalski");
    assert_eq!(desk.names(), ["Tom Kowalski"]);
    let page = desk.page(&tom);
    assert_eq!((&page["person"]["city"], &page["organisation"]), (&json!("Kraków"), &json!("Acme")));
    assert_eq!(texts(&page["contactPoints"], "value"), ["tom@home.example", "tom@acme.example", "tomk"]);
    assert_eq!(
        page["contactPoints"].as_array().unwrap().iter().map(|c| &c["isPrimary"]).collect::<Vec<_>>(),
        [&json!(true), &json!(false), &json!(true)],
        "one of a kind is the one to use"
    );
    assert_eq!(texts(&page["tags"], "name"), ["Kafka", "Rust", "meetup"]);
    assert_eq!(page["tags"][2]["people"], 1, "one person carries it, by however many rows");
    assert_eq!(page["touchpoints"], 1);
    assert_eq!(
        (&page["also"][0]["name"], &page["also"][0]["otherwise"]),
        (&json!("Tom K."), &json!([["city", "Łódź"]])),
        "what is not shown is still there to be seen"
    );
    assert_eq!(desk.page(&again)["person"]["id"], json!(tom), "the other id leads to the same page");
    assert_eq!(
        desk.call("touchpoints.timeline", json!({ "person": again, "limit": 9 }))["entries"][0]["people"][0]["name"],
        "Tom Kowalski"
    );
    assert_eq!(desk.call("people.matching", json!({ "text": "tom k.", "limit": 5 }))[0]["name"], "Tom Kowalski");
    assert_eq!(desk.call("search.notes", json!({ "text": "queues", "limit": 5 }))["notes"][0]["name"], "Tom Kowalski");
    assert_eq!(desk.call("workspace.info", json!({}))["people"], 1);
    let history = desk.call("history.recent", json!({ "limit": 50, "person": again }));
    assert!(texts(&history, "label").contains(&"Added Tom K.".to_owned()));
    assert_eq!(history, desk.call("history.recent", json!({ "limit": 50, "person": tom })));
    desk.is_sound();
}

#[test]
fn undo_of_a_merge_is_the_file_before_and_redo_the_file_after() {
    let desk = Desk::new();
    let (tom, again) = two_toms(&desk);
    let before = desk.dump();
    merge(&desk, &[&tom, &again]);
    let after = desk.dump();
    desk.undo();
    assert_eq!(desk.dump(), before);
    desk.redo();
    assert_eq!(desk.dump(), after);
    desk.is_sound();
}

#[test]
fn a_merge_is_parted_after_later_edits_and_each_row_has_what_is_its_own() {
    let desk = Desk::new();
    let (tom, again) = two_toms(&desk);
    let (toms, theirs) = (desk.page(&tom), desk.page(&again));
    merge(&desk, &[&tom, &again]);
    // Both sides are edited: the one who is shown, and what hangs on the row that is not.
    desk.call("people.edit", json!({ "id": again, "roleTitle": "Maintainer" }));
    let acme =
        desk.page(&tom)["contactPoints"].as_array().unwrap().iter().find(|c| c["value"] == "tom@acme.example").unwrap()
            ["id"]
            .clone();
    desk.call("contact_points.edit", json!({ "id": acme, "status": "bounced" }));
    desk.log(&again, "first_success", "2026-05-20");
    desk.call("doubles.separate", json!({ "id": again }));
    assert_eq!(newest(&desk), "Separated Tom K. from Tom Kowalski");
    assert_eq!(desk.names(), ["Tom K.", "Tom Kowalski"]);
    let (first, second) = (desk.page(&tom), desk.page(&again));
    assert_eq!(
        (&first["person"]["roleTitle"], &first["organisation"], &first["standing"]["stage"]),
        (&json!("Maintainer"), &Value::Null, &json!("learn")),
        "what was said of the person stays with the row that stood for them; what was filled in goes"
    );
    for (now, then) in [(&first, &toms), (&second, &theirs)] {
        assert_eq!(texts(&now["contactPoints"], "value"), texts(&then["contactPoints"], "value"));
        assert_eq!(texts(&now["tags"], "name"), texts(&then["tags"], "name"));
        assert_eq!(now["person"]["city"], then["person"]["city"]);
    }
    assert_eq!((&second["organisation"], &second["contactPoints"][0]["status"]), (&json!("Acme"), &json!("bounced")));
    assert_eq!(desk.refused("doubles.separate", json!({ "id": again })).field.as_deref(), Some("id"));
    desk.is_sound();
}

#[test]
fn what_was_filled_in_stays_where_somebody_wrote_since_or_another_row_says_it_too() {
    let desk = Desk::new();
    let named = |name: &str, city: &str, about: &str| {
        let id = desk.person(name);
        desk.call("people.edit", json!({ "id": id, "city": city, "notes": about, "pronouns": "they" }));
        id
    };
    let (a, b, c) = (desk.person("A"), named("B", "Pune", "from b"), named("C", "Lagos", "from c"));
    merge(&desk, &[&a, &b, &c]);
    assert_eq!(newest(&desk), "Merged B and C into A");
    desk.call("people.edit", json!({ "id": a, "notes": "my own" }));
    let field = |key: &str| desk.page(&a)["person"][key].clone();
    assert_eq!((field("city"), field("notes")), (json!("Pune"), json!("my own")));
    desk.call("doubles.separate", json!({ "id": b }));
    assert_eq!((field("city"), field("notes"), field("pronouns")), (json!("Lagos"), json!("my own"), json!("they")));
    desk.call("doubles.separate", json!({ "id": c }));
    assert_eq!((field("city"), field("notes"), field("pronouns")), (Value::Null, json!("my own"), Value::Null));
    desk.is_sound();
}

#[test]
fn merges_chain_and_the_middle_of_a_chain_can_be_parted() {
    let desk = Desk::new();
    let (a, b, c) = (desk.person("A"), desk.person("B"), desk.person("C"));
    desk.call("people.edit", json!({ "id": c, "city": "Lagos" }));
    merge(&desk, &[&b, &c]);
    merge(&desk, &[&a, &b]);
    assert_eq!(desk.page(&c)["person"]["city"], "Lagos");
    assert_eq!(texts(&desk.page(&a)["also"], "name"), ["B", "C"]);
    desk.is_sound();
    let chained = desk.dump();
    desk.call("doubles.separate", json!({ "id": c }));
    assert_eq!(desk.page(&a)["person"]["city"], Value::Null, "what was handed on goes with it");
    assert_eq!(desk.names(), ["A", "C"]);
    desk.undo();
    assert_eq!(desk.dump(), chained);
    desk.call("doubles.separate", json!({ "id": b }));
    assert_eq!(desk.names(), ["A", "B"]);
    assert_eq!(desk.page(&c)["person"]["displayName"], "B");
    desk.is_sound();
}

#[test]
fn the_stricter_word_wins() {
    let desk = Desk::new();
    let (tom, again) = two_toms(&desk);
    desk.call("people.edit", json!({ "id": again, "doNotContact": true, "doNotContactReason": "asked us" }));
    let handle = desk.page(&again)["contactPoints"][1]["id"].clone();
    desk.call("contact_points.edit", json!({ "id": handle, "status": "opted_out" }));
    merge(&desk, &[&tom, &again]);
    let page = desk.page(&tom);
    assert_eq!(
        (&page["person"]["doNotContact"], &page["person"]["doNotContactReason"]),
        (&json!(true), &json!("asked us"))
    );
    assert_eq!(
        (&page["contactPoints"][2]["value"], &page["contactPoints"][2]["status"]),
        (&json!("tomk"), &json!("opted_out"))
    );
    // What is shown as one is changed and deleted as one.
    let shown = page["contactPoints"][2]["id"].clone();
    desk.call(
        "basis.set",
        json!({ "point": shown, "purposes": ["one_to_one"], "basis": "opted_in", "evidence": "Asked us back", "on": "2026-05-21" }),
    );
    assert_eq!(desk.page(&tom)["contactPoints"][2]["status"], "ok");
    desk.call("contact_points.edit", json!({ "id": shown, "status": "bounced" }));
    assert_eq!(desk.page(&tom)["contactPoints"][2]["status"], "bounced");
    desk.undo();
    desk.call("contact_points.trash", json!({ "id": shown }));
    assert_eq!(texts(&desk.page(&tom)["contactPoints"], "value"), ["tom@home.example", "tom@acme.example"]);
    desk.undo();
    desk.call("doubles.separate", json!({ "id": again }));
    assert_eq!(desk.page(&tom)["person"]["doNotContact"], false);
    desk.is_sound();
}

#[test]
fn stages_are_replayed_over_both_and_one_touchpoint_counts_once_by_the_strongest_part() {
    let desk = Desk::new();
    let (a, b) = (desk.person("A"), desk.person("B"));
    desk.log(&a, "first_success", "2026-05-01");
    let both = json!([{ "person": a, "role": "about", "observedBy": "told" }, { "person": b, "role": "by", "observedStage": "build", "observedBy": "seen" }]);
    let talk = id_of(
        &desk.call("touchpoints.log", json!({ "kind": "conversation_in_person", "on": "2026-05-10", "people": both })),
    );
    assert_eq!((&desk.standing(&a)["stage"], &desk.standing(&b)["stage"]), (&json!("learn"), &json!("build")));
    merge(&desk, &[&a, &b]);
    let standing = desk.standing(&b);
    assert_eq!(standing["stage"], "build");
    assert_eq!(
        standing["reached"].as_array().unwrap().iter().map(|r| &r["stage"]).collect::<Vec<_>>().last(),
        Some(&&json!("build"))
    );
    let timeline = desk.call("touchpoints.timeline", json!({ "person": a, "limit": 9 }));
    assert_eq!(timeline["entries"].as_array().unwrap().len(), 2);
    let people = &timeline["entries"][0]["people"];
    assert_eq!(people.as_array().unwrap().len(), 1);
    assert_eq!(
        (&people[0]["name"], &people[0]["role"], &people[0]["observedStage"], &people[0]["observedBy"]),
        (&json!("A"), &json!("by"), &json!("build"), &json!("seen"))
    );
    assert_eq!(desk.page(&a)["touchpoints"], 2);
    // Saying the same again changes nothing; saying something else changes it for both rows.
    desk.call("touchpoints.edit", json!({ "id": talk, "people": [{ "person": a, "role": "by", "observedStage": "build", "observedBy": "seen" }] }));
    assert_eq!(newest(&desk), "Merged B into A");
    desk.call(
        "touchpoints.edit",
        json!({ "id": talk, "people": [{ "person": a, "role": "by", "observedBy": "told" }] }),
    );
    assert_eq!(desk.standing(&a)["stage"], "learn");
    desk.call("journey.pin", json!({ "person": b, "stage": "scale", "until": "good", "reason": "because" }));
    assert_eq!(desk.standing(&a)["stage"], "scale");
    desk.undo();
    desk.undo();
    desk.call("doubles.separate", json!({ "id": b }));
    assert_eq!((&desk.standing(&a)["stage"], &desk.standing(&b)["stage"]), (&json!("learn"), &json!("build")));
    desk.is_sound();
}

#[test]
fn whoever_stands_for_somebody_goes_to_the_trash_with_them_and_comes_back_with_them() {
    let desk = Desk::new();
    let (tom, again) = two_toms(&desk);
    merge(&desk, &[&tom, &again]);
    let before = desk.dump();
    desk.call("people.trash", json!({ "ids": [again] }));
    assert!(desk.names().is_empty());
    assert_eq!(desk.call("workspace.info", json!({}))["people"], 0);
    assert_eq!(desk.refused("people.page", json!({ "id": again })).code, "not_found");
    assert_eq!(texts(&desk.call("trash.list", json!({}))["people"], "name"), ["Tom Kowalski"]);
    assert_eq!(desk.call("tags.list", json!({})), json!([]), "nobody who is here carries a tag");
    desk.is_sound();
    desk.call("trash.restore", json!({ "people": [tom] }));
    assert_eq!(desk.dump(), before);
    desk.is_sound();
}

#[test]
fn what_is_written_to_either_row_is_written_to_the_person() {
    let desk = Desk::new();
    let (tom, again) = two_toms(&desk);
    let size = id_of(&desk.call("fields.define", json!({ "label": "Size", "kind": "text", "choices": [] })));
    desk.call("fields.set", json!({ "person": again, "field": size, "value": "L" }));
    merge(&desk, &[&tom, &again]);
    assert_eq!(desk.page(&tom)["fields"][0]["value"], "L", "a blank is filled without being written");
    desk.call("fields.set", json!({ "person": again, "field": size, "value": "M" }));
    assert_eq!(texts(&desk.page(&tom)["fields"], "value"), ["M"]);
    desk.call("fields.set", json!({ "person": again, "field": size, "value": "" }));
    assert_eq!(desk.page(&tom)["fields"], json!([]));
    desk.undo();
    desk.undo();
    let tags = desk.page(&tom)["tags"].clone();
    desk.call("tags.remove", json!({ "person": again, "tag": tags[2]["id"] }));
    assert_eq!(texts(&desk.page(&tom)["tags"], "name"), ["Kafka", "Rust"], "taken off both rows");
    let named_twice = json!({ "kind": "emailed", "people": [{ "person": tom }, { "person": again }] });
    assert_eq!(desk.refused("touchpoints.log", named_twice).field.as_deref(), Some("people"));
    desk.call("doubles.separate", json!({ "id": again }));
    assert_eq!(desk.page(&again)["fields"][0]["value"], "L");
    desk.is_sound();
}

#[test]
fn an_import_finds_somebody_by_any_of_their_names_and_rows() {
    let desk = Desk::new();
    let (tom, again) = two_toms(&desk);
    merge(&desk, &[&tom, &again]);
    let csv = desk.store.path().with_file_name("list.csv");
    std::fs::write(&csv, "Name,E-mail,Role\nTom K.,tom@acme.example,Maintainer\nKowalski Tom,tom@home.example,\n")
        .unwrap();
    let file = desk.store.grant(csv, crate::Access::Read);
    let preview = desk.call("imports.preview", json!({ "file": file, "matching": true, "source": "import" }));
    assert_eq!((&preview["updates"], &preview["unchanged"]), (&json!(1), &json!(1)));
    assert_eq!(preview["examples"][0]["candidate"]["name"], "Tom Kowalski");
    desk.call("imports.run", json!({ "file": file, "matching": true, "source": "import" }));
    assert_eq!(desk.names(), ["Tom Kowalski"]);
    assert_eq!(desk.page(&again)["person"]["roleTitle"], "Maintainer");
    desk.is_sound();
}

#[test]
fn whoever_is_told_apart_stays_told_apart_and_it_can_be_taken_back() {
    let desk = Desk::new();
    let (tom, again) = two_toms(&desk);
    let before = desk.dump();
    assert_eq!(desk.call("doubles.tell_apart", json!({ "ids": [tom, again] }))["pairs"], 1);
    assert_eq!(newest(&desk), "Said that Tom Kowalski and Tom K. are not the same");
    assert_eq!(desk.call("doubles.tell_apart", json!({ "ids": [again, tom] }))["pairs"], 0, "it is known already");
    assert_eq!(texts(&desk.call("doubles.told_apart", json!({ "id": tom })), "name"), ["Tom K."]);
    let pair: Vec<Id> = desk.store.read(desk.now(), |tx| tx.column("SELECT id FROM told_apart", [])).unwrap();
    let ids: Vec<Id> = [&tom, &again].iter().map(|id| id.parse().unwrap()).collect();
    assert_eq!(pair, [Id::derived("told_apart", &[&ids[0].min(ids[1]).0, &ids[0].max(ids[1]).0])]);
    desk.call("doubles.no_longer_apart", json!({ "ids": [again, tom] }));
    assert_eq!(newest(&desk), "Took back that Tom Kowalski and Tom K. are not the same");
    assert_eq!(desk.dump(), before);
    desk.undo();
    // Saying that they are the same after all takes the word back.
    merge(&desk, &[&tom, &again]);
    assert_eq!(desk.call("doubles.told_apart", json!({ "id": tom })), json!([]));
    desk.undo();
    assert_eq!(texts(&desk.call("doubles.told_apart", json!({ "id": again })), "name"), ["Tom Kowalski"]);
    desk.is_sound();
}

#[test]
fn one_person_cannot_be_merged_with_themselves() {
    let desk = Desk::new();
    let (tom, again) = two_toms(&desk);
    assert_eq!(desk.refused("doubles.merge", json!({ "ids": [tom, tom] })).field.as_deref(), Some("ids"));
    merge(&desk, &[&tom, &again]);
    let before = desk.dump();
    assert_eq!(desk.refused("doubles.merge", json!({ "ids": [tom, again] })).field.as_deref(), Some("ids"));
    assert_eq!(desk.dump(), before);
}

#[test]
fn taking_back_an_import_keeps_whoever_was_merged_since() {
    let desk = Desk::new();
    let csv = desk.store.path().with_file_name("list.csv");
    std::fs::write(&csv, "Name,E-mail\nTom K.,a@x.example\nTom Kowalski,b@x.example\nEve,c@x.example\n").unwrap();
    let file = desk.store.grant(csv, crate::Access::Read);
    let done = desk.call("imports.run", json!({ "file": file, "matching": true, "source": "import" }));
    let rows = desk.call("people.list", json!({ "query": everybody(), "offset": 0, "limit": 9 }))["rows"].clone();
    let toms: Vec<&str> = rows.as_array().unwrap()[1..].iter().map(|r| r["id"].as_str().unwrap()).collect();
    merge(&desk, &toms);
    let kept = desk.call("history.take_back", json!({ "operation": done["operation"] }));
    assert!(
        kept["notes"][0]
            .as_str()
            .unwrap()
            .starts_with("Kept, without the rest that came with it, because something was added to them since"),
        "{kept}"
    );
    assert_eq!(desk.names(), ["Tom K."]);
    desk.is_sound();
    desk.undo();
    assert!(desk.names().is_empty(), "with the merge gone nothing holds them any more");
    desk.is_sound();
}

#[test]
fn somebody_is_separated_from_people_who_lead_back_to_each_other() {
    let desk = Desk::new();
    let (ada, bo, eve) = (desk.person("Ada"), desk.person("Bo"), desk.person("Eve"));
    merge(&desk, &[&ada, &eve]);
    // Nothing here makes such a circle; a file that was damaged may hold one.
    let behind = rusqlite::Connection::open(desk.store.path()).unwrap();
    let onto =
        "UPDATE people SET merged_into = (SELECT id FROM people WHERE display_name = ?2) WHERE display_name = ?1";
    behind.execute(onto, ["Ada", "Bo"]).unwrap();
    behind.execute(onto, ["Bo", "Ada"]).unwrap();
    desk.call("doubles.separate", json!({ "id": eve }));
    assert_eq!(desk.page(&eve)["person"]["displayName"], "Eve");
    assert_ne!(desk.page(&bo)["person"]["id"], json!(eve));
}
