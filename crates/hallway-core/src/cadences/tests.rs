use crate::testing::Desk;
use serde_json::{Value, json};

/// Who is in touch, until when at the longest.
fn lost_on(desk: &Desk) -> Vec<String> {
    let sql =
        "SELECT s.name || ' ' || i.lost_on FROM in_touch i JOIN person_state s ON s.person = i.person ORDER BY s.name";
    desk.store.read(desk.now(), |tx| tx.column(sql, [])).expect("an answer")
}
fn set(desk: &Desk, whom: Value, ideal: u32, longest: u32) -> Value {
    let mut input = json!({ "idealDays": ideal, "longestDays": longest });
    for (key, value) in whom.as_object().expect("whom") {
        input[key] = value.clone();
    }
    desk.call("cadences.set", input)
}

#[test]
fn a_person_stands_over_their_tags_and_the_shortest_tag_counts() {
    let desk = Desk::new();
    let (priya, tom) = (desk.person("Priya"), desk.person("Tom"));
    desk.log(&priya, "conversation_online", "2026-05-01");
    let tag = |name: &str| {
        desk.call("tags.add", json!({ "people": [priya, tom], "name": name, "kind": "topic" }))["id"].clone()
    };
    let (kafka, queues) = (tag("kafka"), tag("queues"));
    set(&desk, json!({ "tag": kafka }), 60, 90);
    assert_eq!(lost_on(&desk), ["Priya 2026-07-30", "Tom 2026-08-19"], "with Tom it counts from today");
    set(&desk, json!({ "tag": queues }), 20, 30);
    assert_eq!(lost_on(&desk), ["Priya 2026-05-31", "Tom 2026-06-20"]);
    let own = set(&desk, json!({ "person": priya }), 100, 200);
    assert_eq!(lost_on(&desk)[0], "Priya 2026-11-17");
    assert_eq!(desk.call("cadences.of", json!({ "person": priya }))["id"], own["id"]);
    assert_eq!(set(&desk, json!({ "person": priya }), 100, 100)["id"], own["id"], "one for each");
    assert_eq!(desk.call("workspace.info", json!({}))["undo"]["label"], "Chose how often to be in touch with Priya");
    desk.call("cadences.remove", json!({ "id": own["id"] }));
    assert_eq!(lost_on(&desk)[0], "Priya 2026-05-31");
    desk.undo();
    assert_eq!(lost_on(&desk)[0], "Priya 2026-08-09");
    let names: Vec<Value> = desk
        .call("cadences.list", json!({}))
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["tag"]["name"].clone())
        .collect();
    assert_eq!(names, [json!("kafka"), json!("queues"), json!(null)]);
    desk.call("tags.remove", json!({ "person": tom, "tag": queues }));
    assert_eq!(lost_on(&desk)[1], "Tom 2026-08-19");
    desk.is_sound();
}

#[test]
fn it_follows_what_is_logged_and_leaves_out_whom_one_is_not_to_write_to() {
    let desk = Desk::new();
    let priya = desk.person("Priya");
    set(&desk, json!({ "person": priya }), 7, 10);
    desk.log(&priya, "conversation_in_person", "2026-05-20");
    assert_eq!(lost_on(&desk), ["Priya 2026-05-30"]);
    desk.undo();
    assert_eq!(lost_on(&desk), ["Priya 2026-05-31"]);
    desk.call("people.edit", json!({ "id": priya, "doNotContact": true }));
    assert!(lost_on(&desk).is_empty());
    desk.undo();
    desk.call("people.trash", json!({ "ids": [priya] }));
    assert!(lost_on(&desk).is_empty());
    let refused = desk.refused("cadences.set", json!({ "person": priya, "idealDays": 7, "longestDays": 10 }));
    assert_eq!(refused.code, "not_found");
    desk.undo();
    let field = |input: Value| desk.refused("cadences.set", input).field.unwrap_or_default();
    assert_eq!(field(json!({ "idealDays": 7, "longestDays": 10 })), "person");
    assert_eq!(field(json!({ "person": priya, "idealDays": 7, "longestDays": 6 })), "longestDays");
}

#[test]
fn what_is_said_of_a_tag_is_known_of_everybody_who_carries_it_and_of_nobody_once_it_is_taken_back() {
    let desk = Desk::new();
    let [ana, ben, chidi] = ["Ana", "Ben", "Chidi"].map(|name| desk.person(name));
    let tag = desk.call("tags.add", json!({ "people": [ana, ben], "name": "core", "kind": "topic" }))["id"].clone();
    set(&desk, json!({ "person": chidi }), 5, 10);
    let chidis = lost_on(&desk);
    let of_the_tag = set(&desk, json!({ "tag": tag }), 20, 30);
    assert_eq!(lost_on(&desk), ["Ana 2026-06-20", "Ben 2026-06-20", "Chidi 2026-05-31"]);
    desk.undo();
    assert_eq!(lost_on(&desk), chidis);
    desk.redo();
    assert_eq!(lost_on(&desk).len(), 3);
    set(&desk, json!({ "tag": tag }), 20, 40);
    assert_eq!(lost_on(&desk)[..2], ["Ana 2026-06-30", "Ben 2026-06-30"]);
    desk.undo();
    assert_eq!(lost_on(&desk)[..2], ["Ana 2026-06-20", "Ben 2026-06-20"]);
    desk.call("cadences.remove", json!({ "id": of_the_tag["id"] }));
    assert_eq!(lost_on(&desk), chidis);
    desk.is_sound();
}

#[test]
fn whom_a_file_brings_is_waited_for_as_their_tags_say() {
    let desk = Desk::new();
    let tag = desk.call("tags.add", json!({ "people": [desk.person("Ana")], "name": "beta", "kind": "topic" }));
    set(&desk, json!({ "tag": tag["id"] }), 5, 20);
    let path = desk.path("words.csv");
    std::fs::write(&path, "Name,Email,Tags\nBo,bo@example.org,beta\nCem,cem@example.org,other\n").expect("a file");
    let file = desk.store.grant(path, crate::Access::Read);
    let asked = json!({ "file": file, "matching": true, "source": "import", "decisions": {}, "overwrite": [] });
    desk.call("imports.run", asked);
    let who = |desk: &Desk| lost_on(desk).len();
    assert_eq!(who(&desk), 2, "Ana and Bo, and not Cem");
    desk.undo();
    assert_eq!(who(&desk), 1);
    desk.redo();
    assert_eq!(who(&desk), 2);
}
