//! People and their list, as somebody in front of the window meets them.
use crate::testing::{Desk, everybody, id_of};
use serde_json::{Value, json};

fn found(desk: &Desk, filter: Value) -> Vec<String> {
    let mut query = everybody();
    for (key, value) in filter.as_object().expect("a filter") {
        query["filter"][key] = value.clone();
    }
    let page = desk.call("people.list", json!({ "query": query, "offset": 0, "limit": 500 }));
    let names: Vec<String> =
        page["rows"].as_array().unwrap().iter().map(|r| r["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(page["count"], names.len(), "the count is exact");
    names
}

fn sorted(desk: &Desk, sort: &str, descending: bool) -> Vec<String> {
    let mut query = everybody();
    query["sort"] = json!(sort);
    query["descending"] = json!(descending);
    let page = desk.call("people.list", json!({ "query": query, "offset": 0, "limit": 500 }));
    page["rows"].as_array().unwrap().iter().map(|r| r["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_list_is_the_same_before_and_after_it_is_in_memory() {
    let mut desk = Desk::new();
    for (name, touched) in [
        ("Zoë", Some("2026-05-20")),
        ("ana", None),
        ("Ana", Some("2026-05-20")),
        ("Émile", Some("2025-01-01")),
        ("林 美", None),
        ("Ána", Some("2026-05-20")),
    ] {
        let person = desk.person(name);
        if let Some(day) = touched {
            desk.log(&person, "replied", day);
        }
    }
    let gone = desk.person("Boris");
    desk.call("people.trash", json!({ "ids": [gone] }));
    for (sort, descending) in [("name", false), ("last_touch", true)] {
        let mut query = everybody();
        query["sort"] = json!(sort);
        query["descending"] = json!(descending);
        let pages = |desk: &Desk| -> Vec<Value> {
            let pages = [(0, 9), (1, 3), (3, 2), (4, 9), (5, 1), (6, 2), (9, 9)];
            let page = |(offset, limit): (u32, u32)| {
                desk.call("people.list", json!({ "query": query, "offset": offset, "limit": limit }))
            };
            pages.into_iter().map(page).collect()
        };
        desk = desk.reopened(|_, _| {});
        let before = pages(&desk);
        assert_eq!((&before[0]["count"], &before[0]["total"]), (&json!(6), &json!(6)));
        assert_eq!(found(&desk, json!({ "text": "zoe" })), ["Zoë"], "a search reads the list into memory");
        assert_eq!(pages(&desk), before, "{sort}");
    }
}

#[test]
fn any_part_of_a_name_finds_it_in_any_script() {
    let desk = Desk::new();
    for name in ["Mei-Ling Østergård", "林 美", "محمد الفاسي", "Nguyễn Thị Hương", "박지민", "Łukasz Żak"]
    {
        desk.person(name);
    }
    for (text, name) in [
        ("oster", "Mei-Ling Østergård"),
        ("美", "林 美"),
        ("فاسي", "محمد الفاسي"),
        ("huong", "Nguyễn Thị Hương"),
        ("지민", "박지민"),
        ("LUKASZ zak", "Łukasz Żak"),
    ] {
        assert_eq!(found(&desk, json!({ "text": text })), [name], "{text}");
    }
    assert!(found(&desk, json!({ "text": "ling nobody" })).is_empty());
}

#[test]
fn organisations_handles_places_and_tags_find_their_people_too() {
    let desk = Desk::new();
    let priya = id_of(&desk.call(
        "people.create",
        json!({ "displayName": "Priya", "organisation": "Acme GmbH", "city": "Bengaluru", "country": "India" }),
    ));
    desk.person("Tom");
    desk.call(
        "contact_points.add",
        json!({ "person": priya, "kind": "github", "value": "priyan-codes", "source": "public_profile" }),
    );
    desk.call("tags.add", json!({ "people": [priya], "name": "Rust", "kind": "stack" }));
    for text in ["acme", "engalu", "india", "an-code", "rust"] {
        assert_eq!(found(&desk, json!({ "text": text })), ["Priya"], "{text}");
    }
    assert_eq!(desk.page(&priya)["person"]["country"], "IN", "a country that is known is kept as its code");
}

#[test]
fn filters_narrow_by_stage_tag_and_last_touch() {
    let desk = Desk::new();
    let (old, new, never) = (desk.person("Old"), desk.person("New"), desk.person("Never"));
    desk.log(&old, "in_production", "2025-01-10");
    desk.log(&new, "conversation_in_person", "2026-05-20");
    desk.call("tags.add", json!({ "people": [old, never], "name": "meetup", "kind": "topic" }));
    assert_eq!(found(&desk, json!({ "text": "stage:scale" })), ["Old"]);
    assert_eq!(found(&desk, json!({ "text": "stage:none,discover" })), ["Never", "New"]);
    assert_eq!(found(&desk, json!({ "text": "topic:meetup" })), ["Never", "Old"]);
    assert_eq!(found(&desk, json!({ "text": "last:30d" })), ["New"]);
    assert_eq!(found(&desk, json!({ "text": "last:>365d" })), ["Old"]);
    assert_eq!(found(&desk, json!({ "text": "last:never" })), ["Never"]);
}

#[test]
fn a_filter_beside_another_is_read_by_itself() {
    let desk = Desk::new();
    let odd = desk.call("people.create", json!({ "displayName": "Odd", "organisation": "foo(bar :)" }));
    let (plain, wanted) = (desk.person("Plain"), desk.person("Wanted"));
    desk.log(&plain, "in_production", "2025-01-10");
    desk.call("lists.add", json!({ "name": "L", "people": [wanted, odd["id"]] }));
    let among = |text: &str, also: &[&str]| found(&desk, json!({ "text": text, "also": also }));
    assert_eq!(among("foo(bar", &["stage:none"]), ["Odd"]);
    assert_eq!(among(":)", &["stage:none"]), ["Odd"]);
    assert_eq!(among("list:L", &["wanted or plain"]), ["Wanted"]);
    assert_eq!(among("", &["list:L", "wanted or plain"]), ["Wanted"]);
    assert_eq!(among("stage:scale or list:L", &["", "stage:none"]), ["Odd", "Wanted"]);
    let mut query = everybody();
    query["filter"]["also"] = json!(["stage:none) or (added:7d", "list:L"]);
    let refused = desk.refused("people.list", json!({ "query": query, "offset": 0, "limit": 9 }));
    assert_eq!(refused.field.as_deref(), Some("filter"));
}

#[test]
fn a_question_of_another_kind_is_refused_and_not_taken_for_everybody() {
    let desk = Desk::new();
    let mut query = everybody();
    query["filter"]["stages"] = json!(["learn"]);
    let refused = desk.refused("people.list", json!({ "query": query, "offset": 0, "limit": 9 }));
    assert!(refused.message.contains("stages"), "{}", refused.message);
}

#[test]
fn every_column_sorts_and_blanks_come_last() {
    let desk = Desk::new();
    for (name, organisation, country) in [("Émile", "zeta", "FR"), ("adam", "", ""), ("Zoë", "Alpha", "AT")] {
        desk.call("people.create", json!({ "displayName": name, "organisation": organisation, "country": country }));
    }
    assert_eq!(sorted(&desk, "name", false), ["adam", "Émile", "Zoë"]);
    assert_eq!(sorted(&desk, "name", true), ["Zoë", "Émile", "adam"]);
    assert_eq!(sorted(&desk, "organisation", false), ["Zoë", "Émile", "adam"]);
    assert_eq!(sorted(&desk, "organisation", true), ["Émile", "Zoë", "adam"]);
    assert_eq!(sorted(&desk, "country", false), ["Zoë", "Émile", "adam"]);
    assert_eq!(sorted(&desk, "added", true), ["Zoë", "adam", "Émile"]);
}

#[test]
fn windows_of_a_list_join_without_a_gap_and_places_agree() {
    let desk = Desk::new();
    for n in 0..25 {
        desk.person(&format!("Person {n:02}"));
    }
    let mut names = Vec::new();
    let mut ids = Vec::new();
    for offset in (0..30).step_by(10) {
        let page = desk.call("people.list", json!({ "query": everybody(), "offset": offset, "limit": 10 }));
        for row in page["rows"].as_array().unwrap() {
            names.push(row["name"].clone());
            ids.push(row["id"].clone());
        }
    }
    assert_eq!(names.len(), 25);
    assert!(names.windows(2).all(|w| w[0].as_str() < w[1].as_str()));
    let place = desk.call("people.place", json!({ "query": everybody(), "id": ids[9] }));
    assert_eq!((&place["index"], &place["previous"], &place["next"]), (&json!(9), &ids[8], &ids[10]));
}

#[test]
fn an_edit_changes_only_what_it_names_and_an_empty_text_empties() {
    let desk = Desk::new();
    let id =
        id_of(&desk.call("people.create", json!({ "displayName": "Ana", "organisation": "Nube", "city": "Porto" })));
    desk.call("people.edit", json!({ "id": id, "pronouns": "she/her", "city": "" }));
    let page = desk.page(&id);
    assert_eq!(
        (&page["person"]["pronouns"], &page["person"]["city"], &page["organisation"]),
        (&json!("she/her"), &Value::Null, &json!("Nube"))
    );
    let failure = desk.refused("people.edit", json!({ "id": id, "timeZone": "Europe/Atlantis" }));
    assert_eq!(failure.field.as_deref(), Some("timeZone"));
    assert!(failure.message.contains("Europe/Berlin"), "it says how to write one: {}", failure.message);
}

#[test]
fn deleting_several_is_one_step_and_undo_brings_all_of_them_back() {
    let desk = Desk::new();
    let ids = [desk.person("A"), desk.person("B"), desk.person("C")];
    desk.call("people.trash", json!({ "ids": ids }));
    assert!(desk.names().is_empty());
    assert_eq!(desk.undo()["label"], "Moved A and 2 others to the trash");
    assert_eq!(desk.names(), ["A", "B", "C"]);
    desk.is_sound();
}

#[test]
fn a_picker_offers_names_that_begin_with_the_text_first() {
    let desk = Desk::new();
    for name in ["Mariana", "Anna Nowak", "Susanna"] {
        desk.person(name);
    }
    let picks = desk.call("people.matching", json!({ "text": "ann", "limit": 10 }));
    let names: Vec<&str> = picks.as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Anna Nowak", "Susanna"]);
}

#[test]
fn an_address_keeps_how_it_was_typed_where_it_came_from_and_since_when() {
    let desk = Desk::new();
    let id = desk.person("Tom");
    let mail = desk.call("contact_points.add", json!({ "person": id, "kind": "email", "value": "Tom@EXAMPLE.org", "source": "badge", "sourceNote": "RustConf" }));
    assert_eq!(
        (&mail["value"], &mail["valueNorm"], &mail["obtainedOn"]),
        (&json!("Tom@EXAMPLE.org"), &json!("tom@example.org"), &json!("2026-05-21"))
    );
    assert_eq!(
        desk.refused(
            "contact_points.add",
            json!({ "person": id, "kind": "email", "value": "tom at home", "source": "badge" })
        )
        .field
        .as_deref(),
        Some("value")
    );
    let second = desk.call(
        "contact_points.add",
        json!({ "person": id, "kind": "email", "value": "t@example.org", "source": "they_gave_it" }),
    );
    desk.call("contact_points.edit", json!({ "id": second["id"], "isPrimary": true }));
    let primaries: Vec<bool> =
        desk.page(&id)["contactPoints"].as_array().unwrap().iter().map(|c| c["isPrimary"].as_bool().unwrap()).collect();
    assert_eq!(primaries, [true, false], "one of a kind is the one to use, and it comes first");
}

#[test]
fn custom_fields_keep_to_their_kind() {
    let desk = Desk::new();
    let id = desk.person("Tom");
    let field = |label: &str, kind: &str, choices: &[&str]| {
        id_of(&desk.call("fields.define", json!({ "label": label, "kind": kind, "choices": choices })))
    };
    let (size, year, since) =
        (field("Shirt", "choice", &["S", "M"]), field("Years", "number", &[]), field("Since", "date", &[]));
    for (field, bad, good) in [(&size, "XXL", "M"), (&year, "many", "3,5"), (&since, "May", "2026-05-01")] {
        assert_eq!(
            desk.refused("fields.set", json!({ "person": id, "field": field, "value": bad })).field.as_deref(),
            Some("value")
        );
        desk.call("fields.set", json!({ "person": id, "field": field, "value": good }));
    }
    let values: Vec<Value> = desk.page(&id)["fields"].as_array().unwrap().iter().map(|v| v["value"].clone()).collect();
    assert_eq!(values, ["M", "3,5", "2026-05-01"], "as typed");
    desk.call("fields.set", json!({ "person": id, "field": year, "value": "" }));
    assert_eq!(desk.page(&id)["fields"].as_array().unwrap().len(), 2);
    assert_eq!(
        desk.refused("fields.define", json!({ "label": "shirt", "kind": "text", "choices": [] })).field.as_deref(),
        Some("label")
    );
}

#[test]
fn the_sample_community_goes_in_and_comes_out_in_one_step_each() {
    let desk = Desk::new();
    let own = desk.person("My own person");
    let before = desk.dump();
    assert_eq!(desk.call("sample.load", json!({}))["people"], 60);
    assert_eq!(desk.call("workspace.info", json!({}))["sample"], true);
    assert_eq!(desk.names().len(), 61);
    desk.is_sound();
    desk.call("sample.remove", json!({}));
    assert_eq!(desk.dump(), before);
    assert_eq!(desk.call("workspace.info", json!({}))["sample"], false);
    desk.call("sample.load", json!({}));
    let met = desk.call("people.matching", json!({ "text": "a", "limit": 1 }))[0]["id"].as_str().unwrap().to_owned();
    desk.log(if met == own { &own } else { &met }, "conversation_online", "2026-05-20");
    let removed = desk.call("sample.remove", json!({}));
    assert_eq!(
        removed["notes"].as_array().unwrap().len(),
        usize::from(met != own),
        "whoever I talked to since stays, and is named"
    );
}

#[test]
fn words_that_the_sample_brought_stay_while_somebody_of_mine_uses_them() {
    let desk = Desk::new();
    let own = desk.person("My own person");
    let before = desk.dump();
    desk.call("sample.load", json!({}));
    let tag = desk.call("tags.list", json!({}))[0].clone();
    let firm = desk.call("organisations.suggest", json!({ "text": "", "limit": 1 }))[0].clone();
    desk.call("people.edit", json!({ "id": own, "organisation": firm }));
    desk.call("tags.add", json!({ "people": [own], "name": tag["name"], "kind": tag["kind"] }));
    desk.call("sample.remove", json!({}));
    let page = desk.page(&own);
    assert_eq!((&page["organisation"], &page["tags"][0]["name"]), (&firm, &tag["name"]));
    assert_eq!(desk.call("tags.list", json!({})).as_array().unwrap().len(), 1, "the others went with the sample");
    desk.undo();
    desk.undo();
    assert_eq!(desk.dump(), before, "and once nobody uses them, so do these");
    desk.redo();
    assert_eq!(desk.page(&own)["organisation"], firm);
    desk.is_sound();
}

#[test]
fn of_those_somebody_chose_only_those_are_left_whom_the_list_still_shows() {
    let desk = Desk::new();
    let [ana, bo, cem, dee] = ["Ana", "Bo", "Cem", "Dee"].map(|name| desk.person(name));
    let mut query = everybody();
    let among = |query: &Value| desk.call("people.among", json!({ "query": query, "ids": [dee, bo, cem, ana] }));
    assert_eq!(among(&query), json!([dee, bo, cem, ana]));
    desk.call("doubles.merge", json!({ "ids": [ana, bo] }));
    desk.call("people.trash", json!({ "ids": [cem] }));
    assert_eq!(among(&query), json!([dee, ana]));
    query["filter"]["text"] = json!("de");
    assert_eq!(among(&query), json!([dee]));
}

#[test]
fn a_sign_that_nobody_has_brings_nobody_close() {
    let desk = Desk::new();
    for name in ["Cem Kaya", "Clara Berg"] {
        desk.person(name);
    }
    assert!(found(&desk, json!({ "text": "C++", "forgiving": true })).is_empty());
    assert_eq!(found(&desk, json!({ "text": "kaia", "forgiving": true })), ["Cem Kaya"]);
}

#[test]
fn the_list_says_and_sorts_by_what_comes_next() {
    let desk = Desk::new();
    let [_, ben, cem] = ["Ana", "Ben", "Cem"].map(|name| desk.person(name));
    let note = |person: &str, due: &str| {
        id_of(&desk.call("followups.add", json!({ "person": person, "text": "Write", "due": due })))
    };
    note(&cem, "2026-05-28");
    let first = note(&cem, "2026-05-22");
    note(&ben, "2026-05-25");
    let listed = |descending: bool| {
        let mut query = everybody();
        query["sort"] = json!("next");
        query["descending"] = json!(descending);
        let rows = desk.call("people.list", json!({ "query": query, "offset": 0, "limit": 9 }));
        let rows = rows["rows"].as_array().expect("rows").clone();
        rows.iter().map(|row| (row["name"].clone(), row["nextOn"].clone())).collect::<Vec<_>>()
    };
    let (none, ben_on, cem_on) = (json!(null), json!("2026-05-25"), json!("2026-05-22"));
    assert_eq!(listed(false), [(json!("Cem"), cem_on), (json!("Ben"), ben_on.clone()), (json!("Ana"), none.clone())]);
    // Putting it off moves the day, and so the row.
    desk.call("followups.snooze", json!({ "id": first, "until": "2026-05-27" }));
    let cem_on = json!("2026-05-27");
    assert_eq!(
        listed(false),
        [(json!("Ben"), ben_on.clone()), (json!("Cem"), cem_on.clone()), (json!("Ana"), none.clone())]
    );
    assert_eq!(listed(true), [(json!("Cem"), cem_on), (json!("Ben"), ben_on), (json!("Ana"), none)]);
}
