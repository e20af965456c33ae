//! Files that leave, and who is in them.
mod airlock;
mod channels;
mod files;
mod places;
mod shapes;

use crate::{
    Access,
    testing::{Desk, everybody, id_of},
};
use serde_json::{Value, json};
use std::fs;

fn point(desk: &Desk, person: &str, kind: &str, value: &str, source: &str) -> String {
    let point = json!({ "person": person, "kind": kind, "value": value, "source": source });
    id_of(&desk.call("contact_points.add", point))
}

/// Somebody with an address.
fn known(desk: &Desk, name: &str, address: &str) -> (String, String) {
    let person = desk.person(name);
    let point = point(desk, &person, "email", address, "they_gave_it");
    (person, point)
}

/// Somebody who signed up for mail to a list.
fn signed_up(desk: &Desk, name: &str, address: &str) -> String {
    let (person, point) = known(desk, name, address);
    desk.call(
        "basis.set",
        json!({ "point": point, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Ticked the box.", "on": "2026-05-03" }),
    );
    person
}

/// What `exports.write` is asked with: everybody, for mail to a list.
fn asked(desk: &Desk, file: &str, template: &str) -> Value {
    let file = desk.store.grant(desk.path(file), Access::Write);
    json!({ "whom": { "query": everybody() }, "purpose": "list_mail", "channel": "email", "template": template, "file": file })
}

/// Writes everybody who may be in it, and gives back the text of the file.
fn written(desk: &Desk, template: &str, more: Value) -> String {
    let mut input = asked(desk, "out", template);
    for (key, value) in more.as_object().into_iter().flatten() {
        input[key] = value.clone();
    }
    desk.call("exports.write", input);
    String::from_utf8(fs::read(desk.path("out")).unwrap()).expect("text")
}

fn looked(desk: &Desk, purpose: &str) -> Value {
    desk.call("exports.look", json!({ "whom": { "query": everybody() }, "purpose": purpose, "channel": "email" }))
}
