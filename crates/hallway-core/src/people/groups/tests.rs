//! A list under its headings, as somebody meets them.
use crate::testing::{DAY, Desk, everybody, id_of};
use serde_json::{Value, json};

/// People of whom something is said, and some of whom nothing is.
fn desk() -> Desk {
    let desk = Desk::new();
    for (n, (name, organisation, country)) in [
        ("Ana", "Acme GmbH", "DE"),
        ("ana two", "ACME gmbh", "IN"),
        ("Émile", "", ""),
        ("eva", "Zeta", "Atlantis"),
        ("林 美", "", "DE"),
        ("Straße", "Zeta", ""),
    ]
    .into_iter()
    .enumerate()
    {
        let person =
            id_of(&desk.call(
                "people.create",
                json!({ "displayName": name, "organisation": organisation, "country": country }),
            ));
        if n % 2 == 0 {
            desk.log(&person, "in_production", &format!("2026-0{}-11", 3 + n / 2));
            desk.call(
                "followups.add",
                json!({ "person": person, "text": "Write", "due": format!("2026-0{}-20", 6 + n / 4) }),
            );
        }
        desk.wait(20);
    }
    desk
}

fn groups(desk: &Desk, sort: &str, descending: bool, text: &str) -> Vec<(Option<String>, u64)> {
    let mut query = everybody();
    (query["sort"], query["descending"], query["filter"]["text"]) = (json!(sort), json!(descending), json!(text));
    let groups = desk.call("people.groups", json!({ "query": query }));
    let group = |group: &Value| (group["key"].as_str().map(str::to_owned), group["count"].as_u64().expect("a count"));
    groups.as_array().expect("groups").iter().map(group).collect()
}

fn said(groups: &[(&str, u64)]) -> Vec<(Option<String>, u64)> {
    groups.iter().map(|(key, count)| ((*key != "-").then(|| (*key).to_owned()), *count)).collect()
}

#[test]
fn a_list_stands_under_headings_in_its_own_order() {
    let desk = desk();
    let is = |sort: &str, descending, wanted: &[(&str, u64)]| {
        assert_eq!(groups(&desk, sort, descending, ""), said(wanted), "{sort} {descending}");
    };
    is("name", false, &[("A", 2), ("E", 2), ("S", 1), ("林", 1)]);
    is("name", true, &[("林", 1), ("S", 1), ("E", 2), ("A", 2)]);
    is("organisation", false, &[("Acme GmbH", 2), ("Zeta", 2), ("-", 2)]);
    is("organisation", true, &[("Zeta", 2), ("Acme GmbH", 2), ("-", 2)]);
    is("country", false, &[("Atlantis", 1), ("DE", 2), ("IN", 1), ("-", 2)]);
    is("stage", false, &[("-", 3), ("scale", 3)]);
    is("stage", true, &[("scale", 3), ("-", 3)]);
    is("last_touch", true, &[("2026-05", 1), ("2026-04", 1), ("2026-03", 1), ("-", 3)]);
    // Added on 21 May, then every twenty days.
    is("added", false, &[("2026-05", 1), ("2026-06", 2), ("2026-07", 1), ("2026-08", 2)]);
    is("next", false, &[("2026-06", 2), ("2026-07", 1), ("-", 3)]);
    is("next", true, &[("2026-07", 1), ("2026-06", 2), ("-", 3)]);
    assert_eq!(groups(&desk, "organisation", false, "organisation:acme"), said(&[("Acme GmbH", 2)]));
    assert_eq!(groups(&desk, "name", false, "nobody-is-called-so"), []);
}

#[test]
fn the_headings_hold_whoever_the_rows_show() {
    let desk = desk();
    for sort in ["name", "organisation", "stage", "country", "last_touch", "added", "next"] {
        for (descending, text) in [(false, ""), (true, ""), (false, "a"), (true, "has:organisation or country:de")] {
            let mut query = everybody();
            (query["sort"], query["descending"], query["filter"]["text"]) =
                (json!(sort), json!(descending), json!(text));
            let page = desk.call("people.list", json!({ "query": query, "offset": 0, "limit": 500 }));
            let month = |day: &Value| day.as_str().map(|day| day[..7].to_owned());
            let mut wanted: Vec<(Option<String>, u64)> = Vec::new();
            for row in page["rows"].as_array().expect("rows") {
                let key = match sort {
                    "name" => row["name"]
                        .as_str()
                        .and_then(|name| crate::normal::fold(name).chars().next())
                        .map(|c| c.to_uppercase().collect()),
                    "organisation" => row["organisation"]
                        .as_str()
                        .map(|name| if name == "ACME gmbh" { "Acme GmbH" } else { name }.to_owned()),
                    "last_touch" => month(&row["lastTouchOn"]),
                    "next" => month(&row["nextOn"]),
                    "added" => Some(
                        crate::Now(row["addedAt"].as_i64().expect("a time")).day_in(chrono_tz::UTC).to_string()[..7]
                            .to_owned(),
                    ),
                    column => row[column].as_str().map(str::to_owned),
                };
                match wanted.last_mut() {
                    Some((last, count)) if *last == key => *count += 1,
                    _ => wanted.push((key, 1)),
                }
            }
            assert_eq!(groups(&desk, sort, descending, text), wanted, "{sort} {descending} {text}");
            let ids: Vec<Value> = page["rows"].as_array().expect("rows").iter().map(|row| row["id"].clone()).collect();
            assert_eq!(desk.call("people.ids", json!({ "query": query, "from": 0, "to": 9 })), json!(ids));
            assert_eq!(
                desk.call("people.ids", json!({ "query": query, "from": 1, "to": 3 })),
                json!(ids[1.min(ids.len())..3.min(ids.len())])
            );
        }
    }
}

#[test]
fn the_stages_are_counted_alike_before_and_after_the_list_is_in_memory() {
    let desk = desk().reopened(|_, _| {});
    let before = groups(&desk, "stage", true, "");
    assert_eq!(before, said(&[("scale", 3), ("-", 3)]));
    groups(&desk, "name", false, "");
    assert_eq!(groups(&desk, "stage", true, ""), before);
    desk.person("Somebody new");
    assert_eq!(groups(&desk, "stage", true, ""), said(&[("scale", 3), ("-", 4)]));
}

#[test]
fn somebody_is_added_in_the_month_of_the_workspace() {
    let desk = Desk::new();
    desk.call("workspace.set_up", json!({ "product": "Queues", "zone": "Pacific/Kiritimati" }));
    desk.wait(9);
    desk.person("Ana");
    desk.later(DAY).person("Ben");
    assert_eq!(groups(&desk, "added", false, ""), said(&[("2026-05", 1), ("2026-06", 1)]));
}
