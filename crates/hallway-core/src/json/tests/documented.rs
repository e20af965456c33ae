//! What `docs/json.md` says of every field is what becomes of a row, by the table the document is made from.
use super::{looked, read, request};
use crate::{
    json::{
        arriving::{OBJECTS, is_needed, object},
        docs::BESIDE,
        entities::{Entity, Field},
    },
    record::wire_name,
    testing::Desk,
};
use serde_json::{Map, Value, json};

fn entities(desk: &Desk) -> Vec<Entity> {
    desk.store.read(desk.now(), Entity::all).expect("the entities")
}

/// Something that a field takes. Whatever it names has the external id `one`, or `two` where it names one more person.
fn something(entity: &Entity, field: &Field) -> Value {
    let (table, column) = (entity.table.name, field.column.name);
    let of = field.of.strip_suffix(" | null").unwrap_or(&field.of);
    match (table, column) {
        ("told_apart", "other") => json!({ "externalId": "two" }),
        _ if field.names.is_some() => json!({ "externalId": "one" }),
        // No record says whom a move hangs on.
        ("stage_changes", "person_id") => crate::Id::derived("people", &[b"test", b"one"]).to_string().into(),
        ("settings", "key") => "product".into(),
        ("set_aside", "key") => format!("touch:{}", crate::Id::derived("people", &[b"test", b"one"])).into(),
        // The first one is here already, and says what ships.
        ("journey_configs", "version") => 2.into(),
        ("touchpoints", "kind") => "asked_how_to".into(),
        ("contact_points", "value") => "priya@acme.example".into(),
        ("field_values", "raw") => "M".into(),
        ("postal_addresses", "country") => "IN".into(),
        (_, "secret" | "hash") => "ab".repeat(32).into(),
        _ if of.starts_with('"') => of.split('"').nth(1).into(),
        _ if object(entity, field).is_some() => {
            serde_json::from_str(object(entity, field).unwrap_or_default()).expect("an object")
        }
        (_, column) if column == "due" || column.ends_with("_on") || column.ends_with("_day") => "2026-05-20".into(),
        _ if of == "number" => 1.into(),
        _ => "words".into(),
    }
}

/// A row with the fields that are needed and no others, and with what the document asks for beside them.
fn least(entity: &Entity, external: &str) -> Map<String, Value> {
    let mut row = Map::new();
    for field in entity.fields.iter().filter(|field| is_needed(entity, field)) {
        match field.column.name {
            "id" => row.insert("externalId".into(), external.into()),
            _ => row.insert(field.name.clone(), something(entity, field)),
        };
    }
    for (_, name, _) in BESIDE.iter().filter(|(table, ..)| *table == entity.table.name) {
        if let Some(field) = entity.fields.iter().find(|field| Some(field.name.as_str()) == *name) {
            row.insert(field.name.clone(), something(entity, field));
        }
    }
    row
}

/// One row of every entity, as little as there may be of each; of people two.
fn least_of_everything(desk: &Desk) -> Value {
    let mut file = json!({ "format": "hallway", "version": 1, "source": "test" });
    for entity in entities(desk) {
        let mut rows = vec![least(&entity, "one")];
        if entity.table.name == "people" {
            rows.push(least(&entity, "two"));
        }
        file[&entity.name] = json!(rows);
    }
    file
}

#[test]
fn a_row_with_the_fields_that_are_needed_and_no_others_comes_in_whatever_its_entity() {
    let desk = Desk::new();
    let file = least_of_everything(&desk).to_string();
    let seen = looked(&desk, &file);
    assert_eq!((&seen["refusals"], &seen["unknown"]), (&json!([]), &json!([])));
    let done = desk.call("json.run", request(&desk, &file));
    assert_eq!((&done["refused"], &done["new"]), (&json!(0), &json!(entities(&desk).len() + 1)), "{done}");
    desk.is_sound();
    let again = looked(&desk, &file);
    assert_eq!(
        (&again["new"], &again["differs"]),
        (&json!(0), &json!(0)),
        "twice says the same: {}",
        again["differing"]
    );
    // What the defaults made of them.
    let written = read(&desk);
    let of = |entity: &str, field: &str| written[entity][0][field].clone();
    for (entity, field, value) in [
        ("followups", "status", json!("open")),
        ("followups", "kind", json!("promise")),
        ("followups", "snoozes", json!(0)),
        ("followups", "nth", json!(1)),
        ("views", "layout", json!("list")),
        ("fields", "key", json!("words")),
        ("postalAddresses", "expiresOn", json!("2026-08-18")),
        ("touchpoints", "direction", json!("from_them")),
    ] {
        assert_eq!(of(entity, field), value, "{entity}.{field}");
    }
}

/// The control of the one above: what is called needed is.
#[test]
fn a_row_without_a_field_that_is_needed_is_refused_under_it() {
    let desk = Desk::new();
    let whole = least_of_everything(&desk);
    for entity in entities(&desk) {
        for field in entity.fields.iter().filter(|field| is_needed(&entity, field)) {
            let name = if field.column.name == "id" { "externalId" } else { field.name.as_str() };
            let mut file = whole.clone();
            let mut row = file[&entity.name][0].as_object().expect("a row").clone();
            row.remove(name);
            file[&entity.name][0] = row.into();
            let refusals = looked(&desk, &file.to_string())["refusals"].clone();
            let path = format!("{}[0].{}", entity.name, field.name);
            let refused = refusals.as_array().expect("a list").iter().find(|refused| refused["path"] == path.as_str());
            let reason = refused.unwrap_or_else(|| panic!("{path}: {refusals}"))["reason"].as_str().expect("a reason");
            assert!(reason.starts_with("This is missing. Write ") || field.column.name == "id", "{path}: {reason}");
        }
    }
}

#[test]
fn a_view_that_says_no_place_stands_behind_the_others() {
    let desk = Desk::new();
    for name in ["Mine", "Ours"] {
        let view = json!({ "name": name, "filter": "", "sort": "name", "descending": false, "layout": "list" });
        desk.call("views.save", view);
    }
    let file = json!({ "format": "hallway", "version": 1, "source": "test", "views": [{ "externalId": 1, "name": "Theirs" }, { "externalId": 2, "name": "Others" }] });
    desk.call("json.run", request(&desk, &file.to_string()));
    let views = desk.call("views.list", json!({}));
    let names: Vec<&str> = views.as_array().expect("views").iter().filter_map(|view| view["name"].as_str()).collect();
    assert_eq!(names, ["Mine", "Ours", "Theirs", "Others"]);
}

#[test]
fn whoever_writes_an_object_wrongly_is_shown_one_that_is_right() {
    let desk = Desk::new();
    let mut file = least_of_everything(&desk);
    file["followups"][0]["every"] = json!({ "days": 7 });
    let refused = looked(&desk, &file.to_string())["refusals"].clone();
    let reason = "{\"days\":7} does not belong here. Write an object like {\"n\":2,\"unit\":\"week\",\"anchor\":\"due\"}; docs/json.md says what may stand in it.";
    assert_eq!(refused, json!([{ "path": "followups[0].every", "line": 1, "reason": reason }]));
    // Every field that is an object has one, and each comes in.
    for entity in entities(&desk) {
        let an_object = |field: &&Field| {
            let of = field.of.strip_suffix(" | null").unwrap_or(&field.of);
            !(of.starts_with('"') || of.starts_with("Array<") || ["string", "number", "boolean"].contains(&of))
        };
        for field in entity.fields.iter().filter(an_object) {
            assert!(object(&entity, field).is_some(), "Write one {} of {} into OBJECTS.", field.name, entity.name);
            file[&entity.name][0][&field.name] = something(&entity, field);
        }
    }
    assert_eq!(looked(&desk, &file.to_string())["refusals"], json!([]));
    for (table, column, _) in OBJECTS {
        let there = crate::TABLES.iter().any(|known| known.name == *table && known.columns.contains(column));
        assert!(there, "there is no {}.{}", wire_name(table), wire_name(column));
    }
}
