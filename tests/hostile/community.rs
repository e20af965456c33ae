//! Somebody for each text, and everything else a workspace can hold.
use hallway_core::{Access, Now, Store, dispatch};
use serde_json::{Value, json};
use std::{error::Error, path::Path};

/// As many lists and views.
const LISTS: usize = 12;

/// Somebody for each text, with everything somebody can have.
pub fn community(store: &Store, folder: &Path, texts: &[String]) -> Result<Vec<Value>, Box<dyn Error>> {
    let count = texts.len();
    let call = |command: &str, input: Value| dispatch(store, Now::system(), command, input).map(|reply| reply.value);
    call("workspace.set_up", json!({ "product": "Queues", "zone": "UTC" }))?;
    let fields: Vec<Value> = (0..4)
        .map(|n| {
            call("fields.define", json!({ "label": format!("Field {n}"), "kind": "text", "choices": [] }))
                .map(|field| field["id"].clone())
        })
        .collect::<Result<_, _>>()?;
    let mut people = Vec::new();
    for n in 0..count {
        let person = call("people.create", json!({ "displayName": format!("Person {n}"), "organisation": format!("Firm {n}"), "city": "Pune", "notes": "n" }))?["id"].clone();
        let mut ways = Vec::new();
        for (kind, value) in [
            ("email", format!("p{n}@acme.example")),
            ("website", format!("https://acme.example/{n}")),
            ("github", format!("p{n}")),
            ("phone", format!("+49 30 {n:05}")),
        ] {
            ways.push(call(
                "contact_points.add",
                json!({ "person": person, "kind": kind, "value": value, "source": "they_gave_it", "sourceNote": "n" }),
            )?);
        }
        if n % 3 > 0 {
            let purposes = if n % 3 == 1 { "list_mail" } else { "one_to_one" };
            call(
                "basis.set",
                json!({ "point": ways[0]["id"], "purposes": [purposes], "basis": "opted_in", "evidence": "n", "on": "2026-05-03" }),
            )?;
        } else {
            call("basis.objected", json!({ "person": person, "kinds": ["email"], "evidence": "n" }))?;
        }
        call(
            "postal_addresses.add",
            json!({ "person": person, "lines": format!("Kiln Lane {n}"), "country": "DE", "phone": "n", "purpose": "stickers", "source": "they_gave_it", "sourceNote": "n" }),
        )?;
        call(
            "tags.add",
            json!({ "people": [person], "name": format!("Tag {n}"), "kind": if n % 2 == 0 { "topic" } else { "stack" } }),
        )?;
        for field in &fields {
            call("fields.set", json!({ "person": person, "field": field, "value": "M" }))?;
        }
        let entry = call(
            "touchpoints.log",
            json!({ "kind": "first_success", "people": [{ "person": person, "observedBy": "seen" }], "note": "n" }),
        )?;
        call("touchpoints.edit", json!({ "id": entry["id"], "note": "nn" }))?;
        call("journey.pin", json!({ "person": person, "stage": "learn", "until": "good", "reason": "because" }))?;
        call(
            "touchpoints.log",
            json!({ "kind": "asked_how_to", "people": [{ "person": person }], "note": "n", "needsAnswer": true }),
        )?;
        let promise =
            call("followups.add", json!({ "person": person, "text": "n", "due": "2026-01-02", "kind": "promise" }))?;
        match n % 4 {
            0 => drop(call("followups.done", json!({ "id": promise["id"], "note": "n" }))?),
            1 => drop(call(
                "followups.add",
                json!({ "person": person, "text": "n", "due": "2026-01-03", "kind": "reply_check" }),
            )?),
            _ => {}
        }
        call("captures.lines", json!({ "text": format!("Person {n}, spoke of it &talk") }))?;
        call("captures.save", json!({ "text": format!("Person {n} &talk retries !"), "picked": person }))?;
        call("lists.add", json!({ "name": format!("List {}", n % LISTS), "people": [person], "why": "n" }))?;
        if n % 10 == 9 {
            call("touchpoints.trash", json!({ "id": entry["id"] }))?;
        }
        people.push(person);
    }
    around(store, folder, &people, texts)?;
    Ok(people)
}

/// What is nobody's in particular: views, lists, rules in words of one's own, files that came and went, what is gone.
fn around(store: &Store, folder: &Path, people: &[Value], texts: &[String]) -> Result<(), Box<dyn Error>> {
    let call = |command: &str, input: Value| dispatch(store, Now::system(), command, input).map(|reply| reply.value);
    for (n, person) in people.iter().enumerate().take(LISTS) {
        call("lists.create", json!({ "name": format!("Kept {n}"), "filter": "pune", "note": "n" }))?;
        let shown = json!({ "name": format!("View {n}"), "filter": "pune", "sort": "name", "descending": false, "layout": "list" });
        call("views.save", shown)?;
        call("today.set_aside", json!({ "key": format!("touch:{}", person.as_str().unwrap_or_default()) }))?;
    }
    let size = call("fields.define", json!({ "label": "Size", "kind": "choice", "choices": texts }))?;
    for (person, text) in people.iter().zip(texts) {
        // What is longer than a choice may be was refused there.
        let _ = call("fields.set", json!({ "person": person, "field": size["id"], "value": text }));
    }
    let mut rules = call("journey.rules", json!({}))?["rules"].clone();
    // Those among them that are short enough to name something.
    let mut short = texts.iter().filter(|text| text.chars().count() <= 40).cycle();
    let mut next = || json!(short.next());
    for name in rules["names"].as_object_mut().into_iter().flat_map(|names| names.values_mut()) {
        *name = next();
    }
    for kind in rules["kinds"].as_array_mut().into_iter().flatten() {
        (kind["label"], kind["comes_next"]) = (next(), next());
    }
    call("journey.set_rules", json!({ "rules": rules }))?;

    let list = folder.join("came.csv");
    std::fs::write(&list, "Name,E-mail\nCame One,came@acme.example\nCame Two,two@acme.example\n")?;
    let file = store.grant(list, Access::Read);
    call("imports.run", json!({ "file": file, "matching": true, "source": "import" }))?;
    let file = store.grant(folder.join("went.csv"), Access::Write);
    let whom = json!({ "query": { "filter": { "text": "" }, "sort": "name", "descending": false } });
    call(
        "exports.write",
        json!({ "whom": whom, "purpose": "list_mail", "channel": "email", "template": "listmonk", "file": file }),
    )?;
    call("suppressions.add", json!({ "kind": "email", "values": ["left@acme.example"] }))?;
    call("doubles.tell_apart", json!({ "ids": [people[0], people[1]] }))?;
    let gone = call("people.create", json!({ "displayName": "Gone" }))?;
    call("people.trash", json!({ "ids": [gone["id"]] }))?;
    let erased = call("people.create", json!({ "displayName": "Erased" }))?;
    call("erase.run", json!({ "ids": [erased["id"]], "others": "blank" }))?;
    call("captures.keep", json!({ "text": texts.first() }))?;
    // One that was broken off on the way: the last, since nothing else may be done to a file meanwhile.
    let list = folder.join("coming.csv");
    let rows: String = (0..300).map(|n| format!("Comes {n},comes{n}@acme.example\n")).collect();
    std::fs::write(&list, format!("Name,E-mail\n{rows}"))?;
    let run = call(
        "imports.begin",
        json!({ "file": store.grant(list, Access::Read), "matching": true, "source": "import" }),
    )?;
    for _ in 0..2 {
        call("imports.step", json!({ "id": run["id"] }))?;
    }
    Ok(())
}
