//! The templates: their rows to the letter, and what is in them unless somebody picks more.
use super::{point, signed_up, written};
use crate::{
    Access,
    exports::{cells::COLUMNS, template::Template, templates::TEMPLATES},
    normal::ContactKind,
    testing::{Desk, everybody, id_of},
};
use serde_json::{Value, json};
use std::fs;

/// Ada, of whom everything is known that can be.
fn ada(desk: &Desk) -> String {
    let ada = signed_up(desk, "Ada Byron", "ada@example.org");
    desk.call(
        "people.edit",
        json!({ "id": ada, "organisation": "Analytical, Engines; Ltd", "roleTitle": "Countess", "city": "London", "country": "GB",
                "timeZone": "Europe/London", "languages": "en, fr", "notes": "Secret note", "pronouns": "she", "buildingNow": "Secret engine",
                "challenges": "Secret trouble" }),
    );
    for (kind, value) in [
        ("phone", "+44 20 7946 0958"),
        ("website", "https://ada.example/a,b;c"),
        ("github", "ada"),
        ("mastodon", "https://fosstodon.org/@ada"),
    ] {
        point(desk, &ada, kind, value, "they_gave_it");
    }
    for (name, kind) in [("rust", "stack"), ("speaker", "topic"), ("C, C++", "topic")] {
        desk.call("tags.add", json!({ "people": [ada], "name": name, "kind": kind }));
    }
    desk.call(
        "touchpoints.log",
        json!({ "kind": "conversation_in_person", "on": "2026-05-20", "people": [{ "person": ada, "observedStage": "build", "observedBy": "seen" }],
                "note": "Secret talk", "sentiment": 2 }),
    );
    for (lines, given) in
        [("Old Engine Row 1", "2026-05-01"), ("Secret Engine Row 2; rear\nW1 Nowhere, London", "2026-05-20")]
    {
        desk.call(
            "postal_addresses.add",
            json!({ "person": ada, "lines": lines, "country": "GB", "recipientName": "A. Byron", "phone": "+44 20 5550 0199",
                    "purpose": "Secret mug", "source": "they_gave_it", "givenOn": given }),
        );
    }
    let field = id_of(&desk.call("fields.define", json!({ "label": "T-shirt size", "kind": "text", "choices": [] })));
    desk.call("fields.set", json!({ "person": ada, "field": field, "value": "Secret size" }));
    ada
}

/// By reflection over every template and column: what is personal leaves only when it is picked.
#[test]
fn nothing_personal_is_in_a_file_unless_it_was_picked_by_hand() {
    let desk = Desk::new();
    ada(&desk);
    for must in [
        "notes",
        "stage",
        "stage_since",
        "confidence",
        "building_now",
        "challenges",
        "last_touch",
        "city",
        "postal_address",
    ] {
        assert!(COLUMNS.iter().any(|column| column.key == must && column.personal), "{must} is personal");
    }
    let templates = desk.call("exports.templates", json!({}));
    assert_eq!(templates.as_array().unwrap().len(), TEMPLATES.len());
    let secrets = ["Secret", "London", "Building", "Countess", "2026-05-20", "+44", "Analytical", "speaker"];
    for template in templates.as_array().unwrap() {
        let key = template["key"].as_str().unwrap();
        let columns = template["columns"].as_array().unwrap();
        let chosen: Vec<&Value> = columns.iter().filter(|column| column["chosen"] == true).collect();
        assert!(!chosen.is_empty() && chosen.iter().all(|column| column["personal"] == false), "{key}: {chosen:?}");
        if key != "xlsx" {
            let text = written(&desk, key, json!({}));
            assert!(secrets.iter().all(|secret| !text.contains(secret)), "{key}: {text}");
        }
    }
    // The liar: picked by hand they are there, and the same look must find them.
    let all: Vec<Value> =
        templates[0]["columns"].as_array().unwrap().iter().map(|column| column["key"].clone()).collect();
    let text = written(&desk, "csv", json!({ "columns": all, "purpose": "for_myself" }));
    assert!(secrets.iter().all(|secret| text.contains(secret)), "{text}");
}

#[test]
fn the_header_rows_are_those_of_the_programs() {
    let desk = Desk::new();
    ada(&desk);
    let header = |template: &str| written(&desk, template, json!({})).lines().next().unwrap().to_owned();
    assert_eq!(header("csv"), "Name,E-mail");
    assert_eq!(header("csv_spreadsheet"), "\u{feff}Name,E-mail");
    assert_eq!(header("listmonk"), "email,name,attributes");
    assert_eq!(header("mailchimp"), "Email Address,First Name,Last Name,Tags");
    assert_eq!(header("buttondown"), "email,tags,metadata");
    assert_eq!(header("customer_io"), "email,name");
    assert_eq!(
        header("ghost"),
        "email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,labels,tiers"
    );
    assert_eq!(
        header("google_contacts"),
        "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,\
         File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,\
         E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,\
         Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,\
         Website 1 - Label,Website 1 - Value"
    );
}

#[test]
fn what_is_picked_goes_where_the_program_has_a_place_for_it() {
    let desk = Desk::new();
    ada(&desk);
    let field = desk.call("fields.list", json!({}))[0]["id"].as_str().unwrap().to_owned();
    let size = format!("field:{field}");
    let second = |template: &str, columns: &[&str]| {
        let text = written(&desk, template, json!({ "columns": columns }));
        text.lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(second("listmonk", &["email", "name"]), "ada@example.org,Ada Byron,{}");
    assert_eq!(
        second("listmonk", &["email", "name", "country", &size]),
        r#"ada@example.org,Ada Byron,"{""country"":""United Kingdom"",""t-shirt_size"":""Secret size""}""#
    );
    assert_eq!(
        second("mailchimp", &["email", "name", "tags", "country"]),
        r#"ada@example.org,Ada,Byron,"""C, C++"", speaker",United Kingdom"#
    );
    assert_eq!(second("buttondown", &["email", "name"]), r#"ada@example.org,,"{""name"":""Ada Byron""}""#);
    let text = written(&desk, "customer_io", json!({ "columns": ["email", "role_title", size] }));
    assert_eq!(text, "email,name,role_title,t-shirt_size\r\nada@example.org,,Countess,Secret size\r\n");
    assert_eq!(
        second("ghost", &["email", "name", "tags", "notes"]),
        r#"ada@example.org,Ada Byron,Secret note,true,,,,"""C, C++"", speaker","#
    );
    assert!(second("google_contacts", &["name", "email", "tags"]).contains("\"C, C++ ::: speaker\""));
    assert_eq!(
        written(&desk, "json", json!({ "columns": ["name", "email", "stage"] })),
        "[\n{\"name\":\"Ada Byron\",\"email\":\"ada@example.org\",\"stage\":\"Building\"}\n]\n"
    );
    assert_eq!(
        written(&desk, "markdown", json!({ "columns": ["name", "organisation"] })),
        "| Name | Organisation |\n| --- | --- |\n| Ada Byron | Analytical, Engines; Ltd |\n"
    );
}

/// The address that was given last, as it stands on a parcel; one whose day has come is in no file.
#[test]
fn a_postal_address_leaves_only_when_it_is_picked_and_without_its_phone() {
    let desk = Desk::new();
    ada(&desk);
    let columns = json!({ "columns": ["name", "email", "city", "country", "postal_address"] });
    let text = written(&desk, "csv", columns.clone());
    assert_eq!(
        text,
        "Name,E-mail,City,Country,Postal address\r\nAda Byron,ada@example.org,London,United Kingdom,\
         \"A. Byron\nSecret Engine Row 2; rear\nW1 Nowhere, London\nUnited Kingdom\"\r\n"
    );
    let text = written(&desk, "google_contacts", columns.clone());
    assert!(text.contains("\"A. Byron\nSecret Engine Row 2; rear\nW1 Nowhere, London\nUnited Kingdom\""), "{text}");
    for version in ["vcard3", "vcard4"] {
        let text = written(&desk, version, columns.clone()).replace("\r\n ", "");
        let line = "ADR:;;Secret Engine Row 2\\; rear\\nW1 Nowhere\\, London;;;;United Kingdom\r\n";
        assert!(text.contains(line) && text.matches("ADR").count() == 1, "{text}");
    }
    for template in ["csv", "google_contacts", "vcard3", "vcard4"] {
        assert!(!written(&desk, template, columns.clone()).contains("5550"));
        let without = written(&desk, template, json!({ "columns": ["name", "email", "city", "country"] }));
        assert!(!without.contains("Engine Row"), "{template}: {without}");
    }
    desk.wait(89);
    let text = written(&desk, "csv", columns);
    assert!(!text.contains("Engine Row"), "{text}");
}

#[test]
fn a_name_is_cut_only_where_there_is_one_way_to_cut_it() {
    let desk = Desk::new();
    for (n, name) in ["Ada Byron", "Hyun Jun An", "山田太郎", "Mary  Jane"].iter().enumerate() {
        signed_up(&desk, name, &format!("p{n}@example.org"));
    }
    let mut names: Vec<String> = written(&desk, "mailchimp", json!({}))
        .lines()
        .skip(1)
        .map(|line| line.split_once(',').unwrap().1.to_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["Ada,Byron,", "Hyun Jun An,,", "Mary  Jane,,", "山田太郎,,"]);
}

#[test]
fn no_two_columns_of_a_file_are_called_the_same() {
    let desk = Desk::new();
    signed_up(&desk, "Ada Byron", "ada@example.org");
    desk.call("fields.define", json!({ "label": "Tags", "kind": "text", "choices": [] }));
    let field = desk.call("fields.list", json!({}))[0]["id"].as_str().unwrap().to_owned();
    let columns = json!(["email", "tags", format!("field:{field}")]);
    let text = written(&desk, "mailchimp", json!({ "columns": columns }));
    assert_eq!(text.lines().next(), Some("Email Address,First Name,Last Name,Tags,Tags 2"));
    let text = written(&desk, "json", json!({ "columns": ["tags", format!("field:{field}")] }));
    assert_eq!(text, "[\n{}\n]\n");
}

/// Another template is a few lines; these are the mistakes one can make in them.
#[test]
fn the_table_of_templates_holds_together() {
    let mut keys: Vec<&str> = TEMPLATES.iter().map(|template| template.key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), TEMPLATES.len(), "a key twice");
    for template @ Template { key, fixed, ending, .. } in TEMPLATES {
        let mut headers: Vec<&str> = fixed.iter().map(|(header, _)| *header).collect();
        headers.sort_unstable();
        headers.dedup();
        assert_eq!(headers.len(), fixed.len(), "{key} names a column twice");
        assert!(!template.chosen(None, ContactKind::Email).is_empty() && !ending.is_empty(), "{key}");
    }
}

#[test]
fn what_hangs_on_a_row_that_was_merged_is_in_the_table_with_the_rest() {
    let desk = Desk::new();
    let ada = signed_up(&desk, "Ada Byron", "ada@example.org");
    let grace = desk.person("Grace Hopper");
    desk.person("Tom Sawyer");
    // The same person once more, with what nobody said of the first row.
    let again = desk.person("Ada Lovelace");
    point(&desk, &again, "mastodon", "https://fosstodon.org/@ada", "they_gave_it");
    for (person, name, kind) in [
        (&ada, "wasm", "stack"),
        (&ada, "speaker", "topic"),
        (&again, "rust", "stack"),
        (&again, "speaker", "topic"),
        (&grace, "cobol", "stack"),
    ] {
        desk.call("tags.add", json!({ "people": [person], "name": name, "kind": kind }));
    }
    desk.call("doubles.merge", json!({ "ids": [ada, again] }));
    let file = desk.store.grant(desk.path("all.csv"), Access::Write);
    let columns = ["name", "stack", "tags", "email", "mastodon"];
    desk.call("exports.people", json!({ "query": everybody(), "file": file, "mode": "program", "columns": columns }));
    assert_eq!(
        fs::read_to_string(desk.path("all.csv")).unwrap().lines().skip(1).collect::<Vec<_>>(),
        [
            "Ada Byron,\"rust, wasm\",speaker,ada@example.org,https://fosstodon.org/@ada",
            "Grace Hopper,cobol,,,",
            "Tom Sawyer,,,,"
        ]
    );
}
