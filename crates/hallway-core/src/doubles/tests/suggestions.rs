//! Who is suggested to be one person, and who is not.
use super::*;
use crate::{Access, sample};

/// Names of those who are suggested together, the surest first, with the reasons.
fn suggested(desk: &Desk) -> Vec<(Vec<String>, Vec<String>)> {
    let found = desk.call("doubles.list", json!({ "offset": 0, "limit": 200 }));
    let doubles = found["doubles"].as_array().unwrap();
    assert!(found["count"].as_u64().unwrap() as usize >= doubles.len());
    doubles.iter().map(|double| (texts(&double["people"], "name"), texts(&double["why"], "why"))).collect()
}
fn somebody(desk: &Desk, name: &str, about: Value, reach: &[(&str, &str)]) -> String {
    let mut input = about;
    input["displayName"] = json!(name);
    let id = id_of(&desk.call("people.create", input));
    for (kind, value) in reach {
        desk.call("contact_points.add", json!({ "person": id, "kind": kind, "value": value, "source": "badge" }));
    }
    id
}
fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn whoever_shares_an_address_a_handle_or_a_name_and_a_place_is_suggested_with_the_reasons() {
    let desk = Desk::new();
    somebody(
        &desk,
        "Tom Kowalski",
        json!({ "organisation": "Acme" }),
        &[("email", "Tom@Acme.example"), ("github", "tomk")],
    );
    somebody(&desk, "Eve Adams", json!({ "organisation": "Globex" }), &[("phone", "+44 20 7946 0000")]);
    somebody(&desk, "Кирилл Иванов", json!({ "organisation": "Yonder" }), &[]);
    somebody(&desk, "kowalski, tom", json!({}), &[("email", "tom@acme.example"), ("github", "@TomK")]);
    somebody(&desk, "Adams E.", json!({ "organisation": "Initech" }), &[("phone", "+442079460000")]);
    somebody(&desk, "Kirill Ivanov", json!({ "organisation": "yonder" }), &[]);
    somebody(&desk, "queuelord", json!({}), &[("github", "tomk")]);
    let found = suggested(&desk);
    assert_eq!(
        found,
        [
            (words(&["Tom Kowalski", "kowalski, tom", "queuelord"]), words(&["address", "handle", "same_name"])),
            (words(&["Кирилл Иванов", "Kirill Ivanov"]), words(&["same_name", "organisation"])),
            (words(&["Eve Adams", "Adams E."]), words(&["phone", "name_within"])),
        ]
    );
    let why = desk.call("doubles.list", json!({ "offset": 0, "limit": 1 }))["doubles"][0]["why"].clone();
    assert_eq!((&why[0]["shared"], &why[1]["shared"]), (&json!("Tom@Acme.example"), &json!("tomk")));
}

#[test]
fn three_rows_of_one_person_are_one_suggestion_and_one_merge() {
    let desk = Desk::new();
    let ids: Vec<String> = ["Ada Obi", "Ada O.", "Obi, Ada"]
        .iter()
        .map(|name| somebody(&desk, name, json!({}), &[("email", "ada@obi.example")]))
        .collect();
    assert_eq!(
        suggested(&desk),
        [(words(&["Ada Obi", "Ada O.", "Obi, Ada"]), words(&["address", "same_name", "name_within"]))]
    );
    assert_eq!(desk.call("doubles.of", json!({ "id": ids[1] })).as_array().unwrap().len(), 1);
    merge(&desk, &ids.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(suggested(&desk).is_empty());
    desk.undo();
    assert_eq!(suggested(&desk).len(), 1);
    // Two of them are told apart: the third may still be either.
    desk.call("doubles.tell_apart", json!({ "ids": [ids[0], ids[1]] }));
    assert_eq!(suggested(&desk).len(), 2);
    desk.call("doubles.tell_apart", json!({ "ids": ids }));
    assert!(suggested(&desk).is_empty());
    desk.call("doubles.no_longer_apart", json!({ "ids": ids }));
    assert_eq!(suggested(&desk).len(), 1);
}

#[test]
fn a_team_that_shares_an_address_is_not_suggested_to_be_one_person() {
    let desk = Desk::new();
    for name in ["Eve Adams", "Tom Kowalski", "Ada Obi", "Jin Park", "Eva Adamska"] {
        somebody(
            &desk,
            name,
            json!({ "organisation": "Acme" }),
            &[("email", "hello@acme.example"), ("phone", "+1 555 0100")],
        );
    }
    assert!(suggested(&desk).is_empty());
    somebody(&desk, "Adams Eve", json!({}), &[("email", "hello@acme.example")]);
    assert_eq!(suggested(&desk), [(words(&["Eve Adams", "Adams Eve"]), words(&["address", "same_name"]))]);
}

#[test]
fn few_who_share_an_address_are_suggested_whatever_they_are_called_and_with_little_sureness() {
    let desk = Desk::new();
    somebody(&desk, "Robert Jones", json!({}), &[("email", "jones@home.example")]);
    somebody(&desk, "Quillfeather", json!({}), &[("email", "jones@home.example")]);
    for (name, address) in [("Eve Adams", "info@acme.example"), ("Tom Kowalski", "info@acme.example")] {
        somebody(&desk, name, json!({}), &[("email", address)]);
    }
    assert_eq!(suggested(&desk), [(words(&["Robert Jones", "Quillfeather"]), words(&["address"]))]);
    let score = desk.call("doubles.list", json!({ "offset": 0, "limit": 1 }))["doubles"][0]["score"].as_u64();
    assert_eq!(score, Some(25));
    somebody(&desk, "Ada Obi", json!({}), &[("email", "jones@home.example")]);
    somebody(&desk, "Jin Park", json!({}), &[("email", "jones@home.example")]);
    assert!(suggested(&desk).is_empty(), "four are many");
}

#[test]
fn short_forms_spaces_and_how_a_company_is_registered_part_nobody() {
    let desk = Desk::new();
    let pairs = [
        (("Robert Jones", "Acme"), ("Bob Jones", "Acme, Inc.")),
        (("Maria Gonzalez", "Globex"), ("Maria González", "GLOBEX S.A.")),
        (("Alexander Ivanov", "Yonder Ltd"), ("Саша Иванов", "Yonder")),
        (("李雷", ""), ("李 雷", "")),
    ];
    for ((one, at), (other, there)) in pairs {
        somebody(&desk, one, json!({ "organisation": at }), &[]);
        somebody(&desk, other, json!({ "organisation": there }), &[]);
    }
    somebody(&desk, "William Jones", json!({ "organisation": "Acme" }), &[]);
    somebody(&desk, "Rob Jones", json!({ "organisation": "Initech" }), &[]);
    let mut found: Vec<Vec<String>> = suggested(&desk).into_iter().map(|(names, _)| names).collect();
    let mut wanted: Vec<Vec<String>> = pairs.iter().map(|((one, _), (other, _))| words(&[one, other])).collect();
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted);
}

#[test]
fn a_name_alone_says_little_when_many_have_it_or_something_speaks_against_it() {
    let desk = Desk::new();
    somebody(&desk, "Wei Zhang", json!({ "organisation": "Acme" }), &[]);
    somebody(&desk, "Wei Zhang", json!({ "organisation": "Globex" }), &[]);
    somebody(&desk, "Priya", json!({}), &[]);
    somebody(&desk, "Priya", json!({}), &[]);
    assert!(suggested(&desk).is_empty(), "namesakes who work elsewhere, and one word");
    somebody(&desk, "Zhang Wei", json!({ "city": "Pune" }), &[]);
    assert_eq!(suggested(&desk).len(), 2, "one of whom nothing else is known may be either");
    somebody(&desk, "Wei Zhang", json!({ "city": "Oslo" }), &[]);
    assert!(suggested(&desk).is_empty(), "four of a name are a common name");
}

#[test]
fn a_large_list_with_shared_office_addresses_does_not_flood_the_queue() {
    let desk = Desk::new();
    let csv = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/people-107-locales.csv");
    let file = desk.store.grant(csv, Access::Read);
    desk.call("imports.run", json!({ "file": file, "matching": false, "source": "import" }));
    let people = desk.call("workspace.info", json!({}))["people"].as_u64().unwrap();
    assert!(people > 1_000);
    let found = suggested(&desk);
    let named =
        |why: &[String]| why.iter().any(|why| why.ends_with("_name") || why == "name_within" || why == "handle");
    let (sure, address): (Vec<_>, Vec<_>) = found.iter().partition(|(_, why)| named(why));
    // Where two or three share an address and are called otherwise, it is said, and after everybody else.
    assert!(address.len() < people as usize / 20, "{} of {people}", address.len());
    for (names, why) in &address {
        assert!(why[0] == "address" && names.len() <= 3, "{names:?} share {why:?}");
    }
    assert_eq!(found[..sure.len()].iter().filter(|(_, why)| !named(why)).count(), 0);
}

#[test]
fn whoever_is_told_apart_or_merged_elsewhere_is_seen_by_another_process_too() {
    let desk = Desk::new();
    let a = somebody(&desk, "Ada Obi", json!({}), &[("email", "ada@obi.example")]);
    let b = somebody(&desk, "Ada Obi", json!({}), &[("email", "ada@obi.example")]);
    assert_eq!(suggested(&desk).len(), 1);
    let elsewhere = crate::open(desk.store.path(), desk.now(), 8, "UTC").unwrap();
    crate::dispatch(&elsewhere, desk.now(), "doubles.tell_apart", json!({ "ids": [a, b] })).unwrap();
    assert!(desk.store.changed_elsewhere().unwrap());
    assert!(suggested(&desk).is_empty());
}

#[test]
fn side_by_side_says_what_each_says_and_what_would_be_shown() {
    let desk = Desk::new();
    let (tom, again) = two_toms(&desk);
    desk.log(&again, "first_success", "2026-05-20");
    let before = desk.dump();
    let beside = desk.call("doubles.beside", json!({ "ids": [again, tom] }));
    assert_eq!(texts(&beside["sides"], "name"), ["Tom Kowalski", "Tom K."], "who would stand for both comes first");
    let row =
        |label: &str| beside["rows"].as_array().unwrap().iter().find(|row| row["label"] == label).cloned().unwrap();
    let (city, github, organisation) = (row("City"), row("GitHub"), row("Organisation"));
    assert_eq!((&city["differs"], &city["whole"]), (&json!(true), &json!(["Kraków"])));
    assert_eq!(
        (&github["differs"], &github["shared"], &github["whole"]),
        (&json!(false), &json!(["tomk"]), &json!(["tomk"]))
    );
    assert_eq!((&organisation["differs"], &organisation["whole"]), (&json!(false), &json!(["Acme"])));
    assert_eq!(row("E-mail")["whole"], json!(["tom@home.example", "tom@acme.example"]));
    assert_eq!((&beside["stage"], &beside["touchpoints"]), (&json!("learn"), &json!(1)));
    assert_eq!(desk.dump(), before, "looking changes nothing");
    assert_eq!(desk.refused("doubles.beside", json!({ "ids": [tom] })).field.as_deref(), Some("ids"));
    // What was promised is what is shown.
    merge(&desk, &[&tom, &again]);
    let page = desk.page(&tom);
    assert_eq!((&page["standing"]["stage"], &page["touchpoints"]), (&beside["stage"], &beside["touchpoints"]));
    assert_eq!(json!(texts(&page["contactPoints"], "value")), json!(["tom@home.example", "tom@acme.example", "tomk"]));
}

#[test]
fn a_community_of_thousands_is_looked_through_and_followed() {
    let desk = Desk::new();
    sample::fill(&desk.store, desk.now(), 3, 3_000, 100, |_, _, _| {}).unwrap();
    let count = || desk.call("doubles.list", json!({ "offset": 0, "limit": 0 }))["count"].as_u64().unwrap();
    let before = count();
    somebody(&desk, "Xanthippe Quillfeather", json!({}), &[("email", "x@quill.example")]);
    somebody(&desk, "Quillfeather Xanthippe", json!({}), &[("email", "x@quill.example")]);
    assert!(suggested(&desk).iter().any(|(names, _)| names[0] == "Xanthippe Quillfeather"));
    assert_eq!(count(), before + 1);
    assert!(before < 300, "{before} of 3,000 are suggested");
}
