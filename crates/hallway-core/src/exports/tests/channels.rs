//! Whom a file reaches: the column of the channel, what the program that reads it takes, and of whom it was.
use super::{asked, point, signed_up, written};
use crate::{
    Access, normal,
    normal::ContactKind,
    testing::{Desk, everybody, id_of},
};
use serde_json::{Value, json};
use std::{fs, io::Cursor};

/// Ada, who may be written to one by one on each of these.
fn ada(desk: &Desk, channels: &[(&str, &str)]) -> String {
    let ada = desk.person("Ada Byron");
    for (kind, value) in channels {
        let point = point(desk, &ada, kind, value, "they_gave_it");
        desk.call("basis.set", json!({ "point": point, "purposes": ["one_to_one"], "basis": "they_wrote_first" }));
    }
    ada
}

#[test]
fn the_columns_of_a_file_follow_the_channel() {
    let desk = Desk::new();
    ada(&desk, &[("email", "ada@example.org"), ("phone", "+49 30 1234567"), ("github", "ada"), ("discord", "ada#1")]);
    let by = |channel: &str, more: Value| {
        let mut input = json!({ "purpose": "one_to_one", "channel": channel });
        more.as_object().unwrap().iter().for_each(|(key, value)| input[key] = value.clone());
        written(&desk, "csv", input)
    };
    assert_eq!(by("email", json!({})), "Name,E-mail\r\nAda Byron,ada@example.org\r\n");
    assert_eq!(by("phone", json!({})), "Name,Phone\r\nAda Byron,+49 30 1234567\r\n");
    assert_eq!(by("github", json!({})), "Name,GitHub\r\nAda Byron,ada\r\n");
    assert_eq!(by("phone", json!({ "columns": ["email"] })), "E-mail\r\nada@example.org\r\n", "what was picked stays");
    let made = desk.call("exports.made", json!({}));
    assert_eq!(made[1]["columns"], json!(["name", "github"]));
    // What the page and the command line are told is what is written.
    for channel in ["email", "phone", "github", "mastodon", "discord"] {
        let templates = desk.call("exports.templates", json!({ "purpose": "one_to_one", "channel": channel }));
        for template in templates.as_array().unwrap() {
            let columns = template["columns"].as_array().unwrap();
            let keys = |chosen: bool| -> Vec<&Value> {
                columns.iter().filter(|one| !chosen || one["chosen"] == true).map(|one| &one["key"]).collect()
            };
            let said = &template["reach"];
            assert_eq!(said["columns"], json!([channel]), "{template}");
            match keys(false).contains(&&json!(channel)) {
                true => {
                    let column = columns.iter().find(|one| one["key"] == channel).unwrap();
                    assert_eq!(column["personal"], false, "such a file needs it");
                    assert!(keys(true).contains(&&json!(channel)) && keys(true).len() == 2, "{template}");
                    assert_eq!(said["add"], channel);
                }
                false => {
                    assert_eq!((keys(true), &said["add"]), (vec![&json!("name")], &Value::Null), "{template}");
                    let sentence = said["missing"].as_str().unwrap();
                    assert!(sentence.ends_with("has no place for that: choose another template."), "{sentence}");
                }
            }
        }
    }
    let reach = |purpose: &str, channel: &str| {
        desk.call("exports.templates", json!({ "purpose": purpose, "channel": channel }))[0]["reach"].clone()
    };
    assert_eq!(reach("one_to_one", "phone")["missing"], "Nothing in it says how to reach them by phone.");
    assert_eq!(reach("one_to_one", "x")["missing"], "Nothing in it says how to reach them on X.");
    assert_eq!(reach("swag_post", "phone")["columns"], json!(["postal_address", "postal_lines"]));
    assert_eq!(reach("for_myself", "phone"), Value::Null, "nobody is written to with it");
}

/// What is typed into a name may be 200 letters, and a note has no end.
fn newsletter(desk: &Desk) -> Vec<String> {
    let people = [
        ("Ada Byron", "ada@example.org"),
        ("Bo Berg", "bø@example.org"),
        ("山田".repeat(60).as_str(), "yamada@example.org"),
        ("Cy Noted", "cy@bücher.example"),
        ("Di Tagged", "di@example.org"),
    ]
    .map(|(name, address)| signed_up(desk, name, address));
    desk.call("people.edit", json!({ "id": people[0], "notes": "n".repeat(255) }));
    desk.call("people.edit", json!({ "id": people[3], "notes": format!("{}é", "n".repeat(254)) }));
    for n in 0..30 {
        desk.call(
            "tags.add",
            json!({ "people": [people[4]], "name": format!("a tag of its own {n}"), "kind": "topic" }),
        );
    }
    people.into()
}

#[test]
fn whom_mailchimp_cannot_take_is_left_out_with_the_reason_and_nothing_is_cut() {
    let desk = Desk::new();
    let people = newsletter(&desk);
    let look = |template: &str, columns: &[&str]| {
        let mut input = json!({ "whom": { "query": everybody() }, "purpose": "list_mail", "channel": "email", "shape": { "template": template } });
        if !columns.is_empty() {
            input["shape"]["columns"] = json!(columns);
        }
        desk.call("exports.look", input)
    };
    let reasons = |seen: &Value| -> Vec<(String, String, Value, Value)> {
        let groups = seen["leftOut"].as_array().unwrap().iter();
        let mut all: Vec<_> = groups
            .flat_map(|group| {
                group["people"].as_array().unwrap().iter().map(|held| {
                    let words = group["words"].as_str().unwrap().to_owned();
                    let id = held["person"]["id"].as_str().unwrap().to_owned();
                    (id, words, held["column"].clone(), group["fix"].clone())
                })
            })
            .collect();
        all.sort_by_key(|(id, ..)| people.iter().position(|one| one == id));
        all
    };
    let address = "address with letters before the @ that the program does not take".to_owned();
    let text = "text longer than the program takes".to_owned();
    let not_taken = (people[1].clone(), address, Value::Null, json!("another_address"));
    let named = (people[2].clone(), text.clone(), json!("First Name"), json!("shorten"));
    let noted = (people[3].clone(), text, json!("Notes"), json!("shorten"));

    let seen = look("mailchimp", &[]);
    assert_eq!((&seen["included"], &seen["heldBack"]), (&json!(3), &json!(2)));
    assert_eq!(reasons(&seen), [not_taken.clone(), named.clone()]);
    let columns = ["name", "email", "tags", "notes"];
    let seen = look("mailchimp", &columns);
    assert_eq!(reasons(&seen), [not_taken, named, noted], "a byte too many, and 30 short tags that are none");
    assert_eq!(look("listmonk", &columns)["heldBack"], 0, "another program takes all of them");

    // Whoever looks closer, and whoever looks through, sees the same.
    let whom = json!({ "query": everybody() });
    let shape = json!({ "template": "mailchimp", "columns": columns });
    let closer =
        json!({ "whom": whom, "purpose": "list_mail", "channel": "email", "shape": shape, "reason": "text_too_long" });
    assert_eq!(desk.call("exports.left_out", closer).as_array().unwrap().len(), 2);
    let through = json!({ "whom": whom, "purpose": "list_mail", "channel": "email", "shape": shape });
    assert_eq!(desk.call("exports.included", through)["count"], 2);

    let text = written(&desk, "mailchimp", json!({ "columns": columns }));
    assert!(text.contains(&"n".repeat(255)) && text.contains("a tag of its own 29"), "{text}");
    assert!(!text.contains("bø@") && !text.contains("cy@") && !text.contains("yamada"), "{text}");
    let made = &desk.call("exports.made", json!({}))[0];
    assert_eq!(made["included"], 2);
    assert_eq!(
        made["leftOut"],
        json!([
            ["text longer than the program takes", 2],
            ["address with letters before the @ that the program does not take", 1]
        ])
    );
    let mut nobody = asked(&desk, "nobody.csv", "mailchimp");
    nobody["whom"] = json!({ "query": everybody(), "ids": [people[1]] });
    assert_eq!(desk.refused("exports.write", nobody).field.as_deref(), Some("whom"));
}

#[test]
fn who_shares_an_address_with_somebody_that_mailchimp_cannot_take_is_in_it_instead() {
    let desk = Desk::new();
    let [ada, _bea, cy] = [("Ada", "team@example.org"), ("Bea", "TEAM@example.org"), ("Cy", "team@example.org")]
        .map(|(name, address)| signed_up(&desk, name, address));
    desk.call("people.edit", json!({ "id": ada, "notes": "n".repeat(256) }));
    let columns = json!(["name", "email", "notes"]);
    let shape = json!({ "template": "mailchimp", "columns": columns });
    let seen = desk.call(
        "exports.look",
        json!({ "whom": { "query": everybody() }, "purpose": "list_mail", "channel": "email", "shape": shape }),
    );
    let reasons: Vec<(&Value, &Value)> = seen["leftOut"]
        .as_array()
        .unwrap()
        .iter()
        .map(|held| (&held["reason"], &held["people"][0]["person"]["id"]))
        .collect();
    let (long, same, ada, cy) = (json!("text_too_long"), json!("same_address"), json!(ada), json!(cy));
    assert!(reasons.contains(&(&long, &ada)) && reasons.contains(&(&same, &cy)), "{seen}");
    assert_eq!((&seen["included"], &seen["heldBack"]), (&json!(1), &json!(2)));
    let text = written(&desk, "mailchimp", json!({ "columns": columns }));
    assert_eq!(text, "Email Address,First Name,Last Name,Tags,Notes\r\nTEAM@example.org,Bea,,,\r\n");
}

#[test]
fn a_postal_address_stands_on_one_line_for_mailchimp_with_its_country_last() {
    let desk = Desk::new();
    let ada = signed_up(&desk, "Ada Byron", "ada@example.org");
    desk.call(
        "postal_addresses.add",
        json!({ "person": ada, "lines": "Engine  Row 2\n\nW1 Nowhere", "country": "GB", "recipientName": "A. Byron",
                "purpose": "a mug", "source": "they_gave_it" }),
    );
    let text = written(&desk, "mailchimp", json!({ "columns": ["email", "postal_address", "postal_lines"] }));
    assert_eq!(
        text,
        "Email Address,First Name,Last Name,Tags,Postal address,Address lines\r\n\
         ada@example.org,,,,Engine Row 2  W1 Nowhere  United Kingdom,Engine Row 2  W1 Nowhere\r\n"
    );
}

#[test]
fn several_values_are_a_list_for_listmonk() {
    let desk = Desk::new();
    let ada = signed_up(&desk, "Ada Byron", "ada@example.org");
    signed_up(&desk, "Bo Berg", "bo@example.org");
    desk.call("people.edit", json!({ "id": ada, "languages": "en, fr", "city": "Paris, Texas" }));
    for (name, kind) in [("rust", "stack"), ("C, C++", "topic"), ("speaker", "topic")] {
        desk.call("tags.add", json!({ "people": [ada], "name": name, "kind": kind }));
    }
    let columns = json!({ "columns": ["email", "languages", "city", "stack", "tags"] });
    let objects = |template: &str, column: usize| -> Vec<Value> {
        let text = written(&desk, template, columns.clone());
        let mut table = crate::transfer::csv::Table::open(Cursor::new(text.into_bytes())).expect("a table");
        let rows = table.rows().expect("rows").map(|row| row.expect("a row").cells[column].clone());
        rows.map(|cell| serde_json::from_str(&cell).expect("an object")).collect()
    };
    assert_eq!(
        objects("listmonk", 2),
        [
            json!({ "languages": ["en", "fr"], "city": "Paris, Texas", "stack": ["rust"], "tags": ["C, C++", "speaker"] }),
            json!({})
        ]
    );
    assert_eq!(
        objects("buttondown", 2)[0],
        json!({ "languages": "en, fr", "city": "Paris, Texas", "stack": "rust" }),
        "another program is given texts"
    );
}

#[test]
fn a_spreadsheet_is_given_telephone_numbers_with_spaces_and_reads_back_the_same_number() {
    let desk = Desk::new();
    let numbers = ["+49301234567", "+1-202-555-0100", "+442079460958", "030 1234567", "+49 30 1234567 ext. 12"];
    for (n, number) in numbers.iter().enumerate() {
        let person = desk.person(&format!("Person {n}"));
        point(&desk, &person, "phone", number, "they_gave_it");
    }
    let columns = json!({ "purpose": "for_myself", "columns": ["name", "phone"] });
    let cells = |text: String| -> Vec<String> {
        let mut table = crate::transfer::csv::Table::open(Cursor::new(text.into_bytes())).expect("a table");
        table.rows().expect("rows").map(|row| row.expect("a row").cells[1].clone()).collect()
    };
    let spaced = ["+49 301 234 567", "+1 202 555 0100", "+44 207 946 0958", "030 1234567", "+49 30 1234567 ext. 12"];
    let found = cells(written(&desk, "csv_spreadsheet", columns.clone()));
    assert_eq!(found, spaced);
    for (found, typed) in found.iter().zip(numbers) {
        assert_eq!(normal::contact(ContactKind::Phone, found), normal::contact(ContactKind::Phone, typed));
    }
    assert_eq!(cells(written(&desk, "csv", columns)), numbers, "a program is given what was typed");
    for (mode, wanted) in [("spreadsheet", spaced), ("program", numbers)] {
        let file = desk.store.grant(desk.path("own.csv"), Access::Write);
        desk.call(
            "exports.people",
            json!({ "query": everybody(), "file": file, "mode": mode, "columns": ["name", "phone"] }),
        );
        assert_eq!(cells(fs::read_to_string(desk.path("own.csv")).unwrap()), wanted, "{mode}");
    }
}

#[test]
fn the_line_of_a_lists_file_keeps_of_whom_it_was_when_the_list_is_changed_and_when_it_is_gone() {
    let desk = Desk::new();
    let ada = signed_up(&desk, "Ada Byron", "ada@example.org");
    desk.call("people.edit", json!({ "id": ada, "country": "GB" }));
    let live = desk.call("lists.create", json!({ "name": "Britons", "filter": "country:GB -city:Lagos" }));
    let fixed = desk.call("lists.create", json!({ "name": "Beta round" }));
    desk.call("lists.add", json!({ "name": "Beta round", "people": [ada] }));
    let lists = [id_of(&live), id_of(&fixed)];
    for (n, list) in lists.iter().enumerate() {
        let mut input = asked(&desk, &format!("{n}.csv"), "csv");
        input["whom"] = json!({ "list": list });
        desk.call("exports.write", input);
    }
    let said = || -> Vec<(Value, Value)> {
        let made = desk.call("exports.made", json!({}));
        made.as_array().unwrap().iter().rev().map(|one| (one["list"].clone(), one["filter"].clone())).collect()
    };
    let [by_filter, by_name] = ["country:GB -city:…", "list:\"Beta round\""].map(|text| json!(text));
    let kept = [(json!("Britons"), by_filter.clone()), (json!("Beta round"), by_name.clone())];
    assert_eq!(said(), kept);
    desk.call("lists.edit", json!({ "id": lists[0], "filter": "country:FR" }));
    assert_eq!(said(), kept, "as it was at that time");
    for list in &lists {
        desk.call("lists.trash", json!({ "id": list }));
    }
    desk.wait(31).call("erase.keep_up", json!({}));
    assert_eq!(said(), [(Value::Null, by_filter), (Value::Null, by_name)], "the lists are gone for good");
}
