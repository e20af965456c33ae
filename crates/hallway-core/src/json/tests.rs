//! Everything, out and in again.
use crate::testing::{Desk, id_of};
use serde_json::{Value, json};
use std::fs;

mod coming;
mod documented;
mod laws;
mod leaving;
mod newer_noes;
mod noes;
mod under_way;

/// What the file holds now, as the bytes of an export.
fn exported(desk: &Desk) -> String {
    let path = desk.path("everything.json");
    let file = desk.store.grant(path.clone(), crate::Access::Write);
    desk.call("json.export", json!({ "file": file }));
    fs::read_to_string(path).expect("text")
}

/// A file beside the workspace.
fn written(desk: &Desk, name: &str, text: &str) -> std::path::PathBuf {
    let path = desk.path(name);
    fs::write(&path, text).expect("a file");
    path
}

/// What an import of this text is asked with.
fn request(desk: &Desk, text: &str) -> Value {
    json!({ "file": desk.store.grant(written(desk, "in.json", text), crate::Access::Read) })
}

/// What would become of it.
fn looked(desk: &Desk, text: &str) -> Value {
    desk.call("json.preview", request(desk, text))
}

/// Brings it in, all at once.
fn brought_in(desk: &Desk, text: &str) -> Value {
    desk.call("json.run", request(desk, text))
}

fn read(desk: &Desk) -> Value {
    serde_json::from_str(&exported(desk)).expect("JSON")
}

/// One of everything there is, in every state it can be in.
fn one_of_everything(desk: &Desk) {
    desk.call("workspace.set_up", json!({ "product": "Ferrite", "zone": "Europe/Berlin" }));
    let priya = id_of(&desk.call(
        "people.create",
        json!({ "displayName": "Priya Nair", "organisation": "Acme", "country": "IN", "city": "Pune" }),
    ));
    desk.call(
        "people.edit",
        json!({ "id": priya, "notes": "line\nbreak \"quoted\" =1+1\u{2028}\u{202e}🦀\u{0}", "teammate": true }),
    );
    desk.call(
        "contact_points.add",
        json!({ "person": priya, "kind": "email", "value": "Priya@Acme.example", "source": "they_gave_it", "sourceNote": "at a meetup" }),
    );
    desk.call(
        "postal_addresses.add",
        json!({ "person": priya, "lines": "Flat 3\n411001 Pune", "country": "IN", "phone": "1", "purpose": "stickers", "source": "they_gave_it", "sourceNote": "by mail" }),
    );
    desk.call("tags.add", json!({ "people": [priya], "name": "Rust", "kind": "stack" }));
    for (label, kind, choices, value) in [
        ("T-shirt", "choice", json!(["S", "M"]), "M"),
        ("Met on", "date", json!([]), "12 Mar 2024"),
        ("Talks", "number", json!([]), "3,5"),
        ("Speaker", "yes_no", json!([]), "y"),
    ] {
        let field = id_of(&desk.call("fields.define", json!({ "label": label, "kind": kind, "choices": choices })));
        desk.call("fields.set", json!({ "person": priya, "field": field, "value": value }));
    }
    let aoi = desk.person("小林 葵");
    let both = json!([{ "person": priya, "observedStage": "build", "observedBy": "seen" }, { "person": aoi }]);
    desk.call("touchpoints.log", json!({ "kind": "conversation_in_person", "on": "2026-05-20", "people": both, "note": "Der Index wird größer.", "sentiment": -1 }));
    desk.call("touchpoints.log", json!({ "kind": "gave_help", "people": [{ "person": aoi }], "intent": "help" }));
    desk.call("journey.pin", json!({ "person": aoi, "stage": "learn", "until": "good", "reason": "She told me." }));
    let tom = desk.person("Tom");
    desk.log(&tom, "hands_on_workshop", "2026-05-01");
    desk.log(&tom, "asked_how_to", "2026-05-15");
    desk.call("journey.take_back", json!({ "id": desk.standing(&tom)["moved"]["id"] }));
    let gone = desk.person("In the trash");
    let entry = desk.log(&gone, "replied", "2026-05-03");
    desk.call("touchpoints.trash", json!({ "id": entry }));
    desk.call("people.trash", json!({ "ids": [gone] }));
    let csv = desk.path("list.csv");
    fs::write(&csv, "Name,E-mail\nZoë,zoe@example.org\n").expect("a list");
    let file = desk.store.grant(csv, crate::Access::Read);
    desk.call("imports.run", json!({ "file": file, "matching": true, "source": "badge" }));
    let twin = desk.person("Priya N.");
    desk.log(&twin, "wrote_about", "2026-05-10");
    desk.call("doubles.merge", json!({ "ids": [priya, twin] }));
    desk.call("doubles.tell_apart", json!({ "ids": [aoi, tom] }));
    desk.call("views.save", json!({ "name": "Learning", "filter": "rust", "sort": "last_touch", "descending": true, "layout": "grouped", "columns": ["name"] }));
    desk.call("lists.create", json!({ "name": "Everybody in Pune", "filter": "pune", "note": "For the meetup" }));
    desk.call("lists.add", json!({ "name": "Beta", "people": [aoi, twin], "why": "asked \"when?\"" }));
    let old = desk.call("lists.add", json!({ "name": "Last year", "people": [tom] }));
    let file = desk.store.grant(desk.path("out.csv"), crate::Access::Write);
    desk.call(
        "exports.write",
        json!({ "whom": { "list": old["list"]["id"], "query": crate::testing::everybody() }, "purpose": "for_myself", "channel": "email", "template": "csv", "file": file }),
    );
    desk.call("lists.trash", json!({ "id": old["list"]["id"] }));
    desk.person("Taken back");
    desk.undo();
}
