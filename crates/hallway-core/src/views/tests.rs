//! Views in the sidebar.
use crate::testing::{Desk, id_of};
use serde_json::{Value, json};

fn view(name: &str, filter: &str) -> Value {
    json!({ "name": name, "filter": filter, "sort": "last_touch", "descending": true, "layout": "board", "columns": ["name", "city"] })
}

fn names(desk: &Desk) -> Vec<String> {
    let views = desk.call("views.list", json!({}));
    views.as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_view_is_kept_as_it_was_with_how_many_it_shows() {
    let desk = Desk::new();
    let ana = desk.person("Ana");
    desk.person("Bo");
    let id = id_of(&desk.call("views.save", view(" Lagos ", "lagos")));
    let shown = |desk: &Desk| desk.call("views.list", json!({}))[0].clone();
    assert_eq!(
        shown(&desk),
        json!({ "id": id, "name": "Lagos", "filter": "lagos", "sort": "last_touch", "descending": true, "layout": "board",
                "columns": ["name", "city"], "count": 0, "problem": null })
    );
    desk.call("people.edit", json!({ "id": ana, "city": "Lagos" }));
    assert_eq!(shown(&desk)["count"], 1);
    desk.call(
        "views.edit",
        json!({ "id": id, "filter": "", "layout": "grouped", "sort": "country", "descending": false }),
    );
    assert_eq!((&shown(&desk)["count"], &shown(&desk)["layout"]), (&json!(2), &json!("grouped")));
    desk.undo();
    assert_eq!((&shown(&desk)["count"], &shown(&desk)["layout"]), (&json!(1), &json!("board")));
    let newest = || desk.call("history.recent", json!({ "limit": 1 }))[0]["label"].clone();
    desk.call("views.trash", json!({ "id": id }));
    assert_eq!(newest(), "Took away the view “Lagos”");
    assert!(names(&desk).is_empty());
    desk.undo();
    assert_eq!(names(&desk), ["Lagos"]);
}

#[test]
fn views_stand_where_they_were_put() {
    let desk = Desk::new();
    let ids: Vec<String> =
        ["One", "Two", "Three"].iter().map(|name| id_of(&desk.call("views.save", view(name, "")))).collect();
    assert_eq!(names(&desk), ["One", "Two", "Three"]);
    desk.call("views.edit", json!({ "id": ids[2], "position": 0 }));
    assert_eq!(names(&desk), ["Three", "One", "Two"]);
    desk.call("views.edit", json!({ "id": ids[2], "position": 9 }));
    assert_eq!(names(&desk), ["One", "Two", "Three"]);
    desk.undo();
    assert_eq!(names(&desk), ["Three", "One", "Two"], "a move is one step");
    desk.call("views.save", view("Four", ""));
    assert_eq!(names(&desk), ["Three", "One", "Two", "Four"]);
    assert!(desk.refused("views.save", view("two", "")).message.contains("a view “Two” already"));
    assert_eq!(desk.refused("views.save", view("", "")).field.as_deref(), Some("name"));
}

#[test]
fn a_filter_that_can_no_longer_be_read_is_said_and_nothing_else_stops() {
    let desk = Desk::new();
    desk.person("Ana");
    desk.call("fields.define", json!({ "label": "Shirt", "kind": "choice", "choices": ["S", "M"] }));
    let refused = desk.refused("views.save", view("Shirts", "shirt:XXL"));
    assert_eq!(refused.field.as_deref(), Some("filter"));
    assert!(names(&desk).is_empty());
    desk.call("views.save", view("Shirts", "-shirt:M"));
    desk.call("views.save", view("All", ""));
    desk.call("lists.create", json!({ "name": "Shirtless", "filter": "-shirt:M" }));
    desk.call("lists.create", json!({ "name": "Beside", "filter": "list:shirtless" }));
    let seen = |desk: &Desk| {
        let both = [desk.call("views.list", json!({})), desk.call("lists.list", json!({}))];
        let all = both.iter().flat_map(|rows| rows.as_array().unwrap().clone());
        all.map(|row| (row["name"].as_str().unwrap().to_owned(), row["count"].clone(), row["problem"].clone()))
            .collect::<Vec<_>>()
    };
    assert!(seen(&desk).iter().all(|(_, count, problem)| count == 1 && problem.is_null()), "{:?}", seen(&desk));
    // The field is taken back; what asked for it stays, and says so.
    let made = desk.call("history.recent", json!({ "limit": 9 }));
    let made = made.as_array().unwrap().iter().find(|line| line["command"] == "fields.define").unwrap()["id"].clone();
    desk.call("history.take_back", json!({ "operation": made }));
    let after = seen(&desk);
    let problem =
        |name: &str| after.iter().find(|row| row.0 == name).unwrap().2.as_str().unwrap_or_default().to_owned();
    assert!(problem("Shirts").contains("shirt"), "{after:?}");
    assert!(problem("Shirtless").contains("shirt"));
    assert!(problem("Beside").starts_with("The filter of the list “Shirtless” cannot be read: "), "{after:?}");
    assert_eq!(problem("All"), "");
}

#[test]
fn words_that_were_read_as_words_stay_words_when_whoever_has_them_is_gone() {
    let desk = Desk::new();
    let ana = desk.call("people.create", json!({ "displayName": "Ana", "organisation": "re:invent crew" }));
    desk.person("Bo");
    let kept = desk.call("views.save", view("Crew", "re:invent -stage:Learning"));
    desk.call("lists.create", json!({ "name": "Crew", "filter": "re:invent" }));
    assert_eq!(kept["filter"], "\"re:invent\" -stage:learn");
    desk.call("views.edit", json!({ "id": kept["id"], "filter": "re:invent" }));
    // What says the same whoever is here is kept as it was typed.
    let plain = desk.call("views.save", view("Learning", "stage:Learning  re"));
    assert_eq!(plain["filter"], "stage:Learning  re");
    let counts = |command: &str| {
        let rows = desk.call(command, json!({}));
        (rows[0]["count"].clone(), rows[0]["problem"].clone())
    };
    assert_eq!(counts("views.list"), (json!(1), json!(null)));
    assert_eq!(counts("lists.list"), (json!(1), json!(null)));
    desk.call("people.trash", json!({ "ids": [ana["id"]] }));
    assert_eq!(counts("views.list"), (json!(0), json!(null)));
    assert_eq!(counts("lists.list"), (json!(0), json!(null)));
}
