//! Lists, as somebody meets them who puts people on them.
use crate::testing::{Desk, id_of};
use serde_json::{Value, json};

fn names(desk: &Desk, list: &str) -> Vec<String> {
    let page = desk.call("lists.people", json!({ "list": list, "offset": 0, "limit": 500 }));
    let names: Vec<String> =
        page["rows"].as_array().unwrap().iter().map(|row| row["person"]["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(page["count"], names.len());
    assert_eq!(counted(desk, list)["count"], names.len(), "the sidebar says the same");
    names
}

fn counted(desk: &Desk, list: &str) -> Value {
    let lists = desk.call("lists.list", json!({}));
    lists.as_array().unwrap().iter().find(|l| l["id"] == *list).cloned().unwrap_or(Value::Null)
}

fn label(desk: &Desk) -> String {
    desk.call("history.recent", json!({ "limit": 1 }))[0]["label"].as_str().unwrap().to_owned()
}

#[test]
fn people_are_put_on_a_list_with_when_and_why_and_taken_off_again() {
    let desk = Desk::new();
    let (ana, bo, cem) = (desk.person("Ana"), desk.person("Bo"), desk.person("Cem"));
    let done = desk
        .call("lists.add", json!({ "name": " Retry newsletter ", "people": [bo, ana], "why": "Asked at the booth." }));
    assert_eq!((&done["added"], &done["already"]), (&json!(2), &json!(0)));
    let list = id_of(&done["list"]);
    assert_eq!(label(&desk), "Put 2 people on the list “Retry newsletter”");
    desk.wait(3);
    let again = desk.call("lists.add", json!({ "name": "retry NEWSLETTER", "people": [cem, ana], "why": "Wrote in." }));
    assert_eq!((&again["added"], &again["already"]), (&json!(1), &json!(1)));
    assert_eq!(again["list"]["id"], list.as_str(), "one name is one list");
    assert_eq!(names(&desk, &list), ["Ana", "Bo", "Cem"]);
    let rows = desk.call("lists.people", json!({ "list": list, "offset": 0, "limit": 9 }));
    let of = |n: usize| (rows["rows"][n]["onDay"].clone(), rows["rows"][n]["why"].clone());
    assert_eq!(of(0), (json!("2026-05-21"), json!("Asked at the booth.")), "who is on it stays as they were");
    assert_eq!(of(2), (json!("2026-05-24"), json!("Wrote in.")));
    let some = desk.call("lists.why", json!({ "list": list, "people": [cem, desk.person("Dag"), ana] }));
    assert_eq!(
        some,
        json!([{ "person": cem, "onDay": "2026-05-24", "why": "Wrote in." },
               { "person": ana, "onDay": "2026-05-21", "why": "Asked at the booth." }])
    );
    let hers = desk.call("lists.of_person", json!({ "id": ana }));
    assert_eq!(
        hers,
        json!([{ "id": list, "name": "Retry newsletter", "live": false, "onDay": "2026-05-21", "why": "Asked at the booth." }])
    );
    assert_eq!(desk.call("lists.remove", json!({ "list": list, "people": [ana, ana] })), json!({ "people": 1 }));
    assert_eq!(label(&desk), "Took 1 person off the list “Retry newsletter”");
    assert_eq!(names(&desk, &list), ["Bo", "Cem"]);
    let hers = desk.call("history.recent", json!({ "limit": 1, "person": ana }));
    assert_eq!(hers[0]["label"], "Took 1 person off the list “Retry newsletter”");
    desk.undo();
    assert_eq!(desk.call("lists.of_person", json!({ "id": ana }))[0]["why"], "Asked at the booth.");
    desk.is_sound();
}

#[test]
fn a_list_that_follows_a_filter_holds_whoever_it_finds_now() {
    let desk = Desk::new();
    let ana = desk.person("Ana");
    desk.person("Bo");
    let list = id_of(&desk.call("lists.create", json!({ "name": "From Lagos", "filter": "lagos" })));
    assert_eq!(names(&desk, &list), Vec::<String>::new());
    desk.call("people.edit", json!({ "id": ana, "city": "Lagos" }));
    assert_eq!(names(&desk, &list), ["Ana"]);
    assert_eq!(
        desk.call("lists.of_person", json!({ "id": ana })),
        json!([{ "id": list, "name": "From Lagos", "live": true, "onDay": null, "why": null }])
    );
    let refused = desk.refused("lists.add", json!({ "list": list, "people": [ana] }));
    assert_eq!(refused.field.as_deref(), Some("list"));
    assert!(refused.message.starts_with("“From Lagos” holds whoever its filter finds."), "{}", refused.message);
    assert!(desk.refused("lists.remove", json!({ "list": list, "people": [ana] })).message.contains("filter"));
    desk.call("people.trash", json!({ "ids": [ana] }));
    assert_eq!(names(&desk, &list), Vec::<String>::new());
    desk.call("lists.edit", json!({ "id": list, "filter": "", "name": "Everybody", "note": "For the almanac" }));
    assert_eq!(names(&desk, &list), ["Bo"]);
    assert_eq!(counted(&desk, &list)["note"], "For the almanac");
}

#[test]
fn whoever_was_merged_is_on_a_list_once_and_has_their_place_again_when_parted() {
    let desk = Desk::new();
    let (ada, twin, bo) = (desk.person("Ada"), desk.person("Ada B."), desk.person("Bo"));
    let add = |who: &str, why: &str| desk.call("lists.add", json!({ "name": "Beta", "people": [who], "why": why }));
    let list = id_of(&add(&twin, "by her other address")["list"]);
    desk.wait(1);
    add(&ada, "by herself");
    add(&bo, "");
    assert_eq!(names(&desk, &list), ["Ada", "Ada B.", "Bo"]);
    desk.call("doubles.merge", json!({ "ids": [ada, twin] }));
    assert_eq!(names(&desk, &list), ["Ada", "Bo"]);
    let hers = desk.call("lists.of_person", json!({ "id": twin }));
    assert_eq!((&hers[0]["why"], hers.as_array().unwrap().len()), (&json!("by her other address"), 1));
    assert_eq!(add(&twin, "again")["already"], 1);
    desk.call("lists.remove", json!({ "list": list, "people": [twin] }));
    assert_eq!(names(&desk, &list), ["Bo"], "both rows that are her are off it");
    desk.undo();
    desk.call("doubles.separate", json!({ "id": twin }));
    assert_eq!(names(&desk, &list), ["Ada", "Ada B.", "Bo"]);
}

#[test]
fn a_list_comes_and_goes_in_one_step_each() {
    let desk = Desk::new();
    let (ana, bo) = (desk.person("Ana"), desk.person("Bo"));
    let made = desk.call("lists.add", json!({ "name": "Beta", "people": [ana] }));
    let list = id_of(&made["list"]);
    desk.undo();
    assert_eq!(counted(&desk, &list), Value::Null);
    assert_eq!(desk.call("lists.of_person", json!({ "id": ana })), json!([]));
    desk.call("history.redo", json!({}));
    assert_eq!(names(&desk, &list), ["Ana"]);
    desk.call("lists.add", json!({ "list": list, "people": [bo] }));
    let first = desk.call("history.recent", json!({ "limit": 2 }))[1]["id"].clone();
    let undone = desk.call("history.take_back", json!({ "operation": first }));
    assert_eq!(
        undone["notes"],
        json!(["Kept, without the rest that came with it, because something was added to them since: “Beta”."])
    );
    assert_eq!(names(&desk, &list), ["Bo"]);
    desk.call("lists.trash", json!({ "id": list }));
    assert_eq!(counted(&desk, &list), Value::Null);
    assert_eq!(
        desk.refused("lists.add", json!({ "list": list, "people": [ana] })).message,
        "That list is no longer here. It may have been taken back or deleted."
    );
    let anew = id_of(&desk.call("lists.add", json!({ "name": "Beta", "people": [ana] }))["list"]);
    assert_ne!(anew, list, "a name that was given up can be given again");
    desk.is_sound();
}

#[test]
fn a_name_says_which_list_it_is() {
    let desk = Desk::new();
    let first = id_of(&desk.call("lists.create", json!({ "name": "Speakers" })));
    let second = id_of(&desk.call("lists.create", json!({ "name": "Ärzte" })));
    let refused = desk.refused("lists.create", json!({ "name": "spéakers" }));
    assert_eq!(
        (refused.field.as_deref(), refused.message.as_str()),
        (Some("name"), "There is a list “Speakers” already. Choose another name.")
    );
    assert!(desk.refused("lists.edit", json!({ "id": second, "name": "SPEAKERS" })).message.contains("already"));
    let who = desk.person("Ana");
    let new = json!({ "name": "SPEAKERS", "people": [who], "newList": true });
    assert_eq!(
        desk.refused("lists.add", new).field.as_deref(),
        Some("name"),
        "nobody is put on another list by mistake"
    );
    assert_eq!(id_of(&desk.call("lists.add", json!({ "name": "SPEAKERS", "people": [who] }))["list"]), first);
    assert!(desk.refused("lists.create", json!({ "name": " " })).message.contains("needs a name"));
    assert!(desk.refused("lists.create", json!({ "name": "x".repeat(81) })).message.contains("at most 80"));
    assert_eq!(desk.refused("lists.add", json!({ "people": [] })).field.as_deref(), Some("people"));
    let ana = desk.person("Ana");
    assert_eq!(desk.refused("lists.add", json!({ "people": [ana] })).field.as_deref(), Some("list"));
    assert!(desk.refused("lists.edit", json!({ "id": first, "filter": "x" })).message.contains("Make another list"));
    desk.call("lists.edit", json!({ "id": first, "name": "SPEAKERS" }));
    let lists = desk.call("lists.list", json!({}));
    let shown: Vec<&str> = lists.as_array().unwrap().iter().map(|l| l["name"].as_str().unwrap()).collect();
    assert_eq!(shown, ["Ärzte", "SPEAKERS"]);
}

/// What is done to everybody who is chosen is done in one step, and taken back in one, however many they are.
#[test]
fn whatever_is_done_to_thousands_is_one_step() {
    let desk = Desk::new();
    let lines: String = (0..2_000).map(|n| format!("Person {n}\n")).collect();
    let path = desk.path("people.csv");
    std::fs::write(&path, format!("Name\n{lines}")).unwrap();
    let file = desk.store.grant(path, crate::Access::Read);
    desk.call("imports.run", json!({ "file": file, "matching": false, "source": "import" }));
    let query = crate::testing::everybody();
    let ids: Vec<String> = desk
        .store
        .read(desk.now(), |tx| tx.column::<crate::Id>("SELECT id FROM people ORDER BY id", []))
        .unwrap()
        .into_iter()
        .map(|id| id.to_string())
        .collect();
    assert_eq!(desk.call("people.among", json!({ "query": query, "ids": ids })).as_array().unwrap().len(), 2_000);
    let before = desk.dump();
    let steps = [
        ("tags.add", json!({ "people": ids, "name": "2026", "kind": "topic" })),
        ("lists.add", json!({ "people": ids, "name": "All of them", "why": "They came." })),
        ("followups.for_each", json!({ "people": ids, "kind": "promise", "text": "Write", "due": "2026-06-01" })),
        ("people.trash", json!({ "ids": ids })),
    ];
    for (command, input) in steps {
        desk.call(command, input);
        assert_ne!(desk.dump(), before, "{command}");
        desk.undo();
        assert_eq!(desk.dump(), before, "{command}");
    }
    desk.is_sound();
}

#[test]
fn a_filter_asks_for_a_list_by_its_name() {
    let desk = Desk::new();
    let (ana, bo) = (desk.person("Ana"), desk.person("Bo"));
    desk.person("Cem");
    desk.call("people.edit", json!({ "id": bo, "city": "Lagos" }));
    desk.call("lists.add", json!({ "name": "Beta testers", "people": [ana] }));
    let live = id_of(&desk.call("lists.create", json!({ "name": "Lagos", "filter": "city:lagos" })));
    let found = |text: &str| {
        let mut query = crate::testing::everybody();
        query["filter"]["text"] = json!(text);
        let page = desk.call("people.list", json!({ "query": query, "offset": 0, "limit": 9 }));
        let names: Vec<String> =
            page["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect();
        names.join(", ")
    };
    assert_eq!(found("list:\"beta TESTERS\""), "Ana");
    assert_eq!(found("list:lagos"), "Bo", "a list that follows a filter is that filter");
    assert_eq!(found("list:lagos,\"Beta testers\""), "Ana, Bo");
    assert_eq!(found("-list:lagos -list:\"Beta testers\""), "Cem");
    assert_eq!(found("list:nobody"), "");
    let offered = desk.call("filter.read", json!({ "text": "list:", "cursor": 5 }))["completions"].clone();
    let offered: Vec<(Value, Value)> =
        offered.as_array().unwrap().iter().map(|offer| (offer["label"].clone(), offer["note"].clone())).collect();
    assert_eq!(
        offered,
        [(json!("Beta testers"), json!("1 person in all")), (json!("Lagos"), json!("Whoever its filter finds"))]
    );
    // A list may ask for lists, but not for itself.
    desk.call("lists.edit", json!({ "id": live, "filter": "list:\"Beta testers\" or city:lagos" }));
    assert_eq!(found("list:lagos"), "Ana, Bo");
    desk.call("lists.edit", json!({ "id": live, "filter": "list:lagos" }));
    assert!(counted(&desk, &live)["problem"].as_str().unwrap().contains("asks for itself"));
}

#[test]
fn lists_that_ask_for_lists_and_come_to_too_much_are_refused_with_a_sentence() {
    let desk = Desk::new();
    let ana = desk.person("Ana");
    let make = |name: &str, filter: String| desk.call("lists.create", json!({ "name": name, "filter": filter }));
    make("l0", "name-that-nobody-has or ana".into());
    for n in 1..7 {
        let one = format!("list:l{}", n - 1);
        make(&format!("l{n}"), vec![one; 4].join(" or "));
    }
    let read = |text: &str| desk.call("filter.read", json!({ "text": text }));
    assert_eq!(read("list:l3")["count"], 1);
    let failure = desk.refused("filter.read", json!({ "text": "list:l6" }));
    assert_eq!(failure.field.as_deref(), Some("filter"));
    assert!(failure.message.contains("Ask for fewer of them"), "{}", failure.message);
    // The others go on, and the sidebar says of this one why it is not counted.
    let lists = desk.call("lists.list", json!({}));
    let counted = lists.as_array().expect("lists").iter().find(|list| list["name"] == "l6").cloned().expect("the list");
    assert_eq!(counted["count"], Value::Null);
    assert!(counted["problem"].as_str().is_some_and(|problem| problem.contains("Ask for fewer of them")), "{counted}");
    let hers = desk.call("lists.of_person", json!({ "id": ana }));
    assert!(hers.as_array().is_some_and(|lists| lists.iter().any(|list| list["name"] == "l0")), "{hers}");
}

#[test]
fn with_more_lists_than_are_kept_every_count_is_of_now() {
    let desk = Desk::new();
    for n in 0..120 {
        desk.call("lists.create", json!({ "name": format!("l{n}"), "filter": format!("person{n}x") }));
    }
    for n in [0, 7, 119] {
        desk.person(&format!("Person{n}x"));
    }
    let counted = |desk: &Desk| -> Vec<(String, u64)> {
        let lists = desk.call("lists.list", json!({}));
        let mut counted: Vec<_> = lists
            .as_array()
            .expect("lists")
            .iter()
            .map(|list| (list["name"].as_str().expect("a name").to_owned(), list["count"].as_u64().expect("a count")))
            .filter(|(_, count)| *count > 0)
            .collect();
        counted.sort();
        counted
    };
    let is = |names: &[(&str, u64)]| names.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect::<Vec<_>>();
    assert_eq!(counted(&desk), is(&[("l0", 1), ("l119", 1), ("l7", 1)]));
    let other = desk.person("Person7x, the other");
    assert_eq!(counted(&desk), is(&[("l0", 1), ("l119", 1), ("l7", 2)]));
    assert_eq!(desk.call("lists.of_person", json!({ "id": other }))[0]["name"], "l7");
}

#[test]
fn a_list_that_was_kept_for_others_goes_when_they_are_taken_back_too_and_comes_back_with_them() {
    let desk = Desk::new();
    let (ana, bo) = (desk.person("Ana"), desk.person("Bo"));
    let newest = || desk.call("history.recent", json!({ "limit": 1 }))[0]["id"].clone();
    desk.call("lists.add", json!({ "name": "Beta", "people": [ana] }));
    let made = newest();
    desk.call("lists.add", json!({ "name": "Beta", "people": [bo] }));
    let put_on = newest();
    let lists = || {
        let lists = desk.call("lists.list", json!({}));
        lists.as_array().unwrap().iter().map(|list| list["count"].clone()).collect::<Vec<_>>()
    };
    desk.call("history.take_back", json!({ "operation": made }));
    assert_eq!(lists(), [json!(1)], "Bo is on it still");
    desk.call("history.take_back", json!({ "operation": put_on }));
    assert_eq!(lists(), Vec::<Value>::new());
    desk.redo();
    assert_eq!(lists(), [json!(1)]);
    desk.redo();
    assert_eq!(lists(), [json!(2)]);
    desk.is_sound();
}
