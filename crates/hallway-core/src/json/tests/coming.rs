//! What comes in: all of it, once, by the rules of typing, and out again with one step.
use super::{exported, looked, one_of_everything, read, request, written};
use crate::testing::{Desk, id_of};
use serde_json::{Value, json};

/// A person with a way to reach them and something that happened, as little as another program needs to write.
fn small() -> Value {
    json!({
        "format": "hallway", "version": 1, "source": "orbit",
        "touchpointPeople": [{ "touchpointId": { "externalId": 7 }, "personId": { "externalId": "a" } }],
        "people": [{ "externalId": "a", "displayName": "Priya Nair", "city": "Pune" }],
        "touchpoints": [{ "externalId": 7, "kind": "in_production", "onDay": "2026-05-20" }],
        "contactPoints": [{ "externalId": "a-mail", "personId": { "externalId": "a" }, "kind": "email", "value": "Priya@Acme.example", "obtainedOn": "2026-05-20" }],
    })
}

#[test]
fn everything_comes_in_and_goes_out_again_byte_by_byte() {
    let desk = Desk::new();
    one_of_everything(&desk);
    let out = exported(&desk);
    let other = Desk::new();
    let looked = looked(&other, &out);
    assert_eq!((&looked["refused"], &looked["unknown"]), (&json!(0), &json!([])), "{looked}");
    let done = other.call("json.run", request(&other, &out));
    assert_eq!(done["refused"], 0);
    assert_eq!(exported(&other), out);
    other.is_sound();
    let list = other.call("trash.list", json!({}));
    assert_eq!(
        (&list["people"][0]["name"], list["touchpoints"].as_array().map(Vec::len)),
        (&json!("In the trash"), Some(1))
    );
    assert_eq!(other.standing(&looked_up(&other, "小林 葵"))["pin"]["reason"], "She told me.");
}

fn looked_up(desk: &Desk, name: &str) -> String {
    id_of(&desk.call("people.matching", json!({ "text": name, "limit": 1 }))[0])
}

#[test]
fn twice_changes_nothing() {
    let desk = Desk::new();
    let file = small().to_string();
    let done = desk.call("json.run", request(&desk, &file));
    assert_eq!((&done["new"], &done["people"]), (&json!(4), &json!(1)), "{done}");
    let before = exported(&desk);
    let again = looked(&desk, &file);
    assert_eq!((&again["new"], &again["same"], &again["differs"]), (&json!(0), &json!(4), &json!(0)), "{again}");
    assert!(desk.call("json.run", request(&desk, &file))["operation"].is_null());
    assert_eq!(exported(&desk), before);
    let label = desk.call("workspace.info", json!({}))["undo"]["label"].clone();
    assert_eq!(label, "Brought in everything from “in.json”");
}

#[test]
fn another_program_needs_to_write_little_and_the_engine_reads_it() {
    let desk = Desk::new();
    desk.call("json.run", request(&desk, &small().to_string()));
    let priya = looked_up(&desk, "Priya");
    let page = desk.page(&priya);
    assert_eq!(
        (&page["contactPoints"][0]["valueNorm"], &page["contactPoints"][0]["source"], &page["touchpoints"]),
        (&json!("priya@acme.example"), &json!("import"), &json!(1))
    );
    assert_eq!(page["standing"]["stage"], "discover", "what is only imported proves nothing: {page}");
    desk.is_sound();
}

#[test]
fn one_step_takes_it_back_and_then_it_can_come_again() {
    let desk = Desk::new();
    one_of_everything(&desk);
    let out = exported(&desk);
    let other = Desk::new();
    let empty = other.dump();
    other.call("json.run", request(&other, &out));
    let full = other.dump();
    other.undo();
    assert_eq!(other.dump(), empty);
    assert_eq!(other.call("trash.list", json!({})), json!({ "people": [], "touchpoints": [], "others": [] }));
    other.is_sound();
    other.redo();
    assert_eq!(other.dump(), full);
    assert_eq!(exported(&other), exported(&other));
    assert_eq!(other.call("trash.list", json!({}))["people"].as_array().map(Vec::len), Some(1));
    other.undo();
    let again = looked(&other, &out);
    assert_eq!((&again["refused"], &again["same"]), (&json!(0), &json!(1)), "only the rules are here: {again}");
    other.call("json.run", request(&other, &out));
    assert_eq!(other.dump(), full);
    other.is_sound();
    other.undo();
    assert_eq!(other.dump(), empty);
    other.is_sound();
}

#[test]
fn what_was_brought_in_is_edited_and_taken_back_like_anything_else() {
    let desk = Desk::new();
    desk.call("json.run", request(&desk, &small().to_string()));
    let priya = looked_up(&desk, "Priya");
    let came = desk.dump();
    desk.call("people.edit", json!({ "id": priya, "city": "Goa" }));
    desk.call("people.trash", json!({ "ids": [priya] }));
    desk.call("trash.restore", json!({ "people": [priya] }));
    desk.undo();
    desk.undo();
    desk.undo();
    assert_eq!(desk.dump(), came);
    desk.is_sound();
}

#[test]
fn a_row_in_the_trash_can_be_brought_back_and_the_bringing_back_undone() {
    let desk = Desk::new();
    let mut file = small();
    file["people"][0]["deletedAt"] = json!(1_779_000_000_000_i64);
    desk.call("json.run", request(&desk, &file.to_string()));
    assert!(desk.names().is_empty());
    let priya = id_of(&desk.call("trash.list", json!({}))["people"][0]);
    let came = exported(&desk);
    desk.call("trash.restore", json!({ "people": [priya] }));
    assert_eq!(desk.names(), ["Priya Nair"]);
    desk.undo();
    assert!(desk.names().is_empty());
    let without_times = |text: String| {
        let mut file: Value = serde_json::from_str(&text).unwrap();
        file["people"][0]["updatedAt"] = json!(null);
        file
    };
    assert_eq!(without_times(exported(&desk)), without_times(came));
    desk.is_sound();
}

#[test]
fn what_is_here_stays_unless_theirs_is_taken() {
    let desk = Desk::new();
    let mut file = small();
    desk.call("json.run", request(&desk, &file.to_string()));
    let priya = looked_up(&desk, "Priya");
    desk.call("people.edit", json!({ "id": priya, "city": "Goa", "notes": "mine" }));
    file["people"][0]["notes"] = json!("theirs");
    let text = file.to_string();
    let preview = looked(&desk, &text);
    assert_eq!((&preview["differs"], &preview["theirs"]), (&json!(1), &json!(false)));
    assert_eq!(
        preview["differing"],
        json!([{ "path": "people[0]", "name": "Priya Nair", "differs": [
            { "field": "city", "have": "Goa", "file": "Pune" }, { "field": "notes", "have": "mine", "file": "theirs" }],
            "replaced": ["city", "notes"] }])
    );
    let before = desk.dump();
    assert_eq!(desk.call("json.run", request(&desk, &text))["kept"], 1);
    assert_eq!(desk.dump(), before);
    let mut theirs = request(&desk, &text);
    theirs["theirs"] = json!(true);
    assert_eq!(desk.call("json.run", theirs)["changed"], 1);
    let person = desk.page(&priya)["person"].clone();
    assert_eq!((&person["city"], &person["notes"]), (&json!("Pune"), &json!("theirs")));
    desk.undo();
    assert_eq!(desk.dump(), before);
    desk.is_sound();
}

#[test]
fn other_rules_and_another_zone_move_everybody_and_back() {
    let desk = Desk::new();
    let tom = desk.person("Tom");
    desk.log(&tom, "hands_on_workshop", "2026-05-01");
    let stage = desk.standing(&tom)["stage"].clone();
    let mut file: Value = serde_json::from_str(&exported(&desk)).unwrap();
    let kinds = file["journeyConfigs"][0]["config"]["kinds"].as_array_mut().unwrap();
    let workshop = kinds.iter_mut().find(|kind| kind["key"] == "hands_on_workshop").unwrap();
    workshop["on"] = json!(false);
    file["settings"] = json!([{ "key": "zone", "value": "Asia/Tokyo" }]);
    let text = file.to_string();
    assert_eq!(looked(&desk, &text)["refused"], 0);
    let before = desk.dump();
    let mut theirs = request(&desk, &text);
    theirs["theirs"] = json!(true);
    desk.call("json.run", theirs);
    assert_ne!(desk.standing(&tom)["stage"], stage, "a kind that is switched off gives no points");
    assert_eq!(desk.call("workspace.info", json!({}))["zone"], "Asia/Tokyo");
    desk.is_sound();
    desk.undo();
    assert_eq!(desk.standing(&tom)["stage"], stage);
    assert_eq!(desk.dump(), before);
    desk.is_sound();
}

#[test]
fn every_row_that_is_refused_is_named_with_its_place_and_a_reason() {
    let desk = Desk::new();
    let here = desk.person("Here");
    let id = |n: u32| format!("0197a000-0000-7000-8000-{n:012}");
    let file = json!({
        "format": "hallway", "version": 1,
        "settings": [{ "key": "zone", "value": "Moon/Sea" }],
        "people": [
            { "id": id(1), "displayName": " " },
            { "displayName": "No id" },
            { "id": "7", "displayName": "Seven" },
            { "id": id(2), "displayName": 5 },
            { "id": id(2) },
            { "id": id(2), "displayName": "Good", "favouriteColour": "red" },
            { "id": id(2), "displayName": "Twice" },
            { "id": id(3), "displayName": "Bad zone", "timeZone": "Moon/Sea" },
            { "id": id(4), "displayName": "Nowhere", "organisationId": id(99) },
            { "externalId": "x", "displayName": "No source" },
            [1],
            { "id": id(5), "displayName": "Long ago", "createdAt": "yesterday" },
        ],
        "contactPoints": [
            { "id": id(10), "personId": id(2), "kind": "telegramm", "value": "x", "obtainedOn": "2026-05-01" },
            { "id": id(11), "personId": id(2), "kind": "email", "value": "nobody", "obtainedOn": "2026-05-01" },
            { "id": id(12), "personId": id(1), "kind": "x", "value": "priya", "obtainedOn": "2026-05-01" },
            { "id": id(13), "personId": here, "kind": "x", "value": "priya", "obtainedOn": "2026-02-30" },
            { "id": id(14), "personId": here, "kind": "x", "value": "priya", "obtainedOn": "2026-05-01" },
        ],
        "fields": [{ "id": id(20), "label": "Size", "kind": "choice", "choices": ["S", "M"] }],
        "fieldValues": [
            { "personId": id(2), "fieldId": id(20), "raw": "XXL" },
            { "personId": id(2), "fieldId": id(20), "raw": "m" },
        ],
        "touchpoints": [
            { "id": id(30), "kind": "danced", "onDay": "2026-05-01" },
            { "id": id(31), "kind": "gave_help", "onDay": "2026-05-01", "direction": "from_them" },
            { "id": id(32), "kind": "replied", "onDay": "2030-01-01" },
            { "id": id(33), "kind": "replied", "onDay": "2026-05-01" },
            { "id": id(34), "kind": "gave_help", "onDay": "2026-05-01" },
        ],
        "touchpointPeople": [
            { "touchpointId": id(34), "personId": id(2), "observedStage": "build" },
            { "touchpointId": id(34), "personId": here },
            { "touchpointId": id(30), "personId": here },
        ],
        "events": [{}, {}],
        "exportedBy": "somebody",
    });
    let preview = looked(&desk, &file.to_string());
    let said: Vec<(String, String)> = preview["refusals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["path"].as_str().unwrap().to_owned(), r["reason"].as_str().unwrap().to_owned()))
        .collect();
    for (path, reason) in [
        ("settings[0].value", "“Moon/Sea” is not a time zone"),
        ("people[0].displayName", "A person needs a name"),
        ("people[1].id", "neither an id nor an externalId"),
        ("people[2].id", "“7” is not a UUID"),
        ("people[3].displayName", "5 does not belong here. Write a text."),
        ("people[4].displayName", "This is missing. Write a text."),
        ("people[6].id", "Another row above has the same id"),
        ("people[7].timeZone", "“Moon/Sea” is not a time zone"),
        ("people[8].organisationId", "There is no organisation"),
        ("people[9].externalId", "does not say what its external ids belong to"),
        ("people[10]", "expected an object"),
        ("people[11].createdAt", "“yesterday” is not an instant"),
        ("contactPoints[0].kind", "“telegramm” does not belong here. Write one of email, phone"),
        ("contactPoints[1].value", "“nobody” is not an e-mail address"),
        ("contactPoints[2].personId", "There is no person"),
        ("contactPoints[3].obtainedOn", "“2026-02-30” is not a date"),
        ("fieldValues[0].raw", "“XXL” is not one of S, M"),
        ("touchpoints[0].kind", "There is no kind “danced”"),
        ("touchpoints[1].direction", "cannot go that way"),
        ("touchpoints[2].onDay", "That day has not come yet"),
        ("touchpoints[3]", "Nobody was there"),
        ("touchpointPeople[0].observedStage", "something we did"),
        ("touchpointPeople[2].touchpointId", "There is no touchpoint"),
    ] {
        assert!(said.iter().any(|(p, r)| p == path && r.contains(reason)), "{path}: {reason} is not in {said:#?}");
    }
    assert_eq!((said.len(), &preview["refused"]), (23, &json!(23)));
    assert_eq!(preview["unknown"], json!([["events", 2], ["exportedBy", 1], ["people.favouriteColour", 1]]));
    let done = desk.call("json.run", request(&desk, &file.to_string()));
    assert_eq!((&done["refused"], &done["new"]), (&json!(23), &preview["new"]));
    assert_eq!(desk.names(), ["Good", "Here"]);
    let good = looked_up(&desk, "Good");
    assert_eq!(desk.page(&good)["fields"][0]["value"], "M", "spelled as the field spells it");
    desk.is_sound();
}

#[test]
fn a_file_that_is_not_ours_is_refused_in_a_sentence() {
    let desk = Desk::new();
    for (text, said) in [
        ("{}", "does not begin with \"format\": \"hallway\""),
        (r#"{"format":"orbit","people":[]}"#, "of the format \"orbit\""),
        (r#"{"format":"hallway"}"#, "which version it is of"),
        (
            r#"{"format":"hallway","version":2,"people":[]}"#,
            "A newer Hallway wrote this file (version 2; this one knows 1)",
        ),
        (r#"{"format":"hallway","version":1,"people":{}}"#, "“people” must be a list of rows"),
        (r#"{"format":"hallway","version":1,"source":5}"#, "must be a text"),
        (r#"{"format":"hallway","version":1,"people":[{}"#, "ends in the middle, at line 1"),
        (r#"{"format":"hallway","version":1,"people":[],"people":[]}"#, "“people” twice"),
        ("Name,E-mail\n", "must begin with an object"),
    ] {
        let failure = desk.refused("json.preview", request(&desk, text));
        assert!(
            failure.message.starts_with("in.json: ") && failure.message.contains(said),
            "{text}: {}",
            failure.message
        );
        assert_eq!(failure.field.as_deref(), Some("file"));
    }
    let file = desk.store.grant(written(&desk, "list.csv", &small().to_string()), crate::Access::Read);
    let failure = desk.refused("imports.preview", json!({ "file": file, "matching": true, "source": "import" }));
    assert!(failure.message.contains("ends with .json"), "{}", failure.message);
}

#[test]
fn a_file_that_changed_since_it_was_looked_at_is_refused() {
    let desk = Desk::new();
    let hash = looked(&desk, &small().to_string())["hash"].clone();
    let mut other = small();
    other["people"][0]["city"] = json!("Goa");
    let mut request = request(&desk, &other.to_string());
    request["hash"] = hash;
    assert!(desk.refused("json.run", request).message.contains("has changed since you looked at it"));
    assert!(desk.names().is_empty());
}

#[test]
fn into_a_file_without_anybody_theirs_is_taken() {
    let source = Desk::new();
    one_of_everything(&source);
    let desk = Desk::new();
    desk.call("workspace.set_up", json!({ "product": "Queues", "zone": "UTC" }));
    let preview = looked(&desk, &exported(&source));
    assert_eq!((&preview["theirs"], &preview["differs"]), (&json!(true), &json!(2)), "{}", preview["differing"]);
    desk.call("json.run", request(&desk, &exported(&source)));
    assert_eq!(desk.call("workspace.info", json!({}))["product"], "Ferrite");
}

#[test]
fn people_who_are_one_come_in_as_one_and_none_may_lead_back_to_themselves() {
    let desk = Desk::new();
    let id = |n: u32| format!("0197a000-0000-7000-8000-{n:012}");
    let person = |n: u32, into: Option<u32>| json!({ "id": id(n), "displayName": format!("Tom {n}"), "mergedInto": into.map(id) });
    let people = json!([
        person(1, Some(2)),
        person(2, Some(3)),
        person(3, None),
        person(4, Some(5)),
        person(5, Some(4)),
        person(6, Some(6)),
        person(7, Some(99)),
        person(8, Some(7)),
    ]);
    let file = json!({ "format": "hallway", "version": 1, "people": people,
        "toldApart": [{ "one": id(8), "other": id(3) }, { "one": id(3), "other": id(3) }] });
    let preview = looked(&desk, &file.to_string());
    let refused: Vec<&str> =
        preview["refusals"].as_array().unwrap().iter().map(|r| r["path"].as_str().unwrap()).collect();
    let merged = [
        "people[3].mergedInto",
        "people[4].mergedInto",
        "people[5].mergedInto",
        "people[6].mergedInto",
        "people[7].mergedInto",
    ];
    assert_eq!(refused, [&merged[..], &["toldApart[0].other", "toldApart[1].other"]].concat());
    desk.call("json.run", request(&desk, &file.to_string()));
    assert_eq!(desk.names(), ["Tom 3"]);
    desk.is_sound();
    let before = desk.dump();
    desk.undo();
    assert_eq!(desk.names(), [""; 0]);
    desk.redo();
    assert_eq!(desk.dump(), before);
    desk.is_sound();

    // What is here already may not be led in a circle either.
    let circle = json!({ "format": "hallway", "version": 1, "people": [person(3, Some(1))] });
    let mut theirs = request(&desk, &circle.to_string());
    theirs["theirs"] = json!(true);
    assert_eq!(desk.call("json.run", theirs)["kept"], 1);
    assert_eq!(desk.dump(), before);
}

#[test]
fn where_people_came_from_is_the_table_that_brought_them_and_never_the_json_file() {
    let old = Desk::new();
    let csv = written(&old, "list.csv", "Name,E-mail\nZoë,zoe@example.org\n");
    let file = old.store.grant(csv, crate::Access::Read);
    old.call("imports.run", json!({ "file": file, "matching": true, "source": "badge" }));
    old.person("Ada");
    assert_eq!(old.page(&looked_up(&old, "Zoë"))["cameFrom"], "list.csv");
    let text = exported(&old);
    let desk = Desk::new();
    desk.call("json.run", request(&desk, &text));
    let (ada, zoe) = (looked_up(&desk, "Ada"), looked_up(&desk, "Zoë"));
    assert_eq!(desk.page(&ada)["cameFrom"], Value::Null, "nobody imported Ada from that list");
    let sides = desk.call("doubles.beside", json!({ "ids": [ada, zoe] }))["sides"].clone();
    assert!(sides.as_array().unwrap().iter().all(|side| side["cameFrom"].is_null()), "{sides}");
}

#[test]
fn what_somebody_was_seen_at_here_is_not_made_something_we_did() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let people = json!([{ "person": ada, "observedStage": "build", "observedBy": "seen" }]);
    desk.call("touchpoints.log", json!({ "kind": "conversation_online", "on": "2026-05-20", "people": people }));
    let mut file = read(&desk);
    file["touchpoints"][0]["kind"] = json!("gave_help");
    file["touchpoints"][0]["direction"] = json!("from_us");
    file["touchpointPeople"] = json!([]);
    let mut theirs = request(&desk, &file.to_string());
    theirs["theirs"] = json!(true);
    let before = desk.dump();
    let refusals = desk.call("json.preview", theirs.clone())["refusals"].clone();
    assert_eq!(refusals[0]["path"], "touchpoints[0].direction", "{refusals}");
    assert_eq!(desk.call("json.run", theirs)["refused"], 1);
    assert_eq!(desk.dump(), before);
    desk.is_sound();
}

#[test]
fn what_means_nothing_inside_a_kind_of_the_rules_is_named_too() {
    let source = Desk::new();
    let mut file = read(&source);
    let config = &mut file["journeyConfigs"][0]["config"];
    config["kinds"][0]["colour"] = json!("red");
    config["kinds"][1]["colour"] = json!("blue");
    let desk = Desk::new();
    let looked = looked(&desk, &file.to_string());
    assert_eq!(
        (&looked["unknown"], &looked["refused"]),
        (&json!([["journeyConfigs.config.kinds.colour", 2]]), &json!(0))
    );
    assert_eq!(super::looked(&desk, &exported(&source))["unknown"], json!([]));
}

#[test]
fn a_filter_and_a_key_that_typing_would_refuse_are_refused_with_a_sentence() {
    let desk = Desk::new();
    let person = "0197a3b2-5c1e-7d10-8a44-3f2b1c0d9e8f";
    let list = |n: usize, filter: &str| json!({ "externalId": n, "name": format!("List {n}"), "filter": filter });
    let file = |lists: Vec<Value>, keys: &[&str]| {
        let aside: Vec<Value> = keys.iter().map(|key| json!({ "key": key, "onDay": "2026-05-20" })).collect();
        json!({ "format": "hallway", "version": 1, "source": "orbit", "lists": lists, "setAside": aside,
            "views": [{ "externalId": 1, "name": "Theirs", "filter": "(stage:learn" }],
            "people": [{ "id": person, "displayName": "Priya" }] })
    };
    let wrong = ["stage:(", "(rust", "\"retry docs", "rust)", "touch(kind:", "added:soon", "stage:", "rust or"];
    let lists = wrong.iter().enumerate().map(|(n, filter)| list(n, filter)).collect();
    let keys = ["rubbish", "touch:Priya", &format!("followup:{person}"), &format!("touch:{}", person.to_uppercase())];
    let refused = looked(&desk, &file(lists, &keys).to_string())["refusals"].clone();
    let refused = refused.as_array().expect("a list");
    let at = |path: &str| {
        let found = refused.iter().find(|refused| refused["path"] == path);
        found.unwrap_or_else(|| panic!("{path} came in: {refused:?}"))["reason"].as_str().expect("a reason").to_owned()
    };
    for (n, filter) in wrong.iter().enumerate() {
        assert!(at(&format!("lists[{n}].filter")).ends_with(['.', '?']), "{filter}");
    }
    assert_eq!(at("views[0].filter"), "This “(” is not closed. Write “)” where the group ends.");
    for n in 0..keys.len() {
        assert!(at(&format!("setAside[{n}].key")).starts_with("Write what was put off as touch: with the id"));
    }

    // What some workspace may have named itself is for it to say, also where it has gone since.
    let right = [
        "",
        "stage:learn,build -tag:vendor \"retry docs\"",
        "stage:Gate",
        "touch(kind:raid):>=2",
        "tshirt:\"M, long)\",L",
        "talks:>=5",
        "region:africa talked:90d",
        "next:+7d",
        "missing:tshirt",
        "Remark: (go or rust)",
        "https://example.org/a:b",
    ];
    let lists = right.iter().enumerate().map(|(n, filter)| list(n, filter)).collect();
    let mut file = file(lists, &[&format!("touch:{person}")]);
    file["views"] = json!([]);
    assert_eq!(looked(&desk, &file.to_string())["refusals"], json!([]));
}
