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
