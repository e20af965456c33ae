//! What is written comes back as it was.
use super::{asked, point, signed_up, written};
use crate::normal::{ContactKind, contact};
use crate::{
    Access,
    exports::{
        out::Out,
        template::{CardVersion, Shape},
    },
    testing::Desk,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::io::Cursor;

/// What an import of a file finds: name, organisation, role, city, country, address, number, tags, notes.
fn brought_back(desk: &Desk, name: &str) -> Vec<Vec<String>> {
    let back = Desk::new();
    let file = back.store.grant(desk.path(name), Access::Read);
    back.call("imports.run", json!({ "file": file, "matching": false, "source": "import" }));
    people(&back)
}

fn people(desk: &Desk) -> Vec<Vec<String>> {
    let page = json!({ "query": crate::testing::everybody(), "offset": 0, "limit": 500 });
    let rows = desk.call("people.list", page)["rows"].as_array().unwrap().clone();
    let mut people: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let page = desk.page(row["id"].as_str().unwrap());
            let said = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let person = &page["person"];
            let mut cells: Vec<String> = ["displayName", "roleTitle", "city", "country", "notes"]
                .iter()
                .map(|field| said(&person[*field]))
                .collect();
            cells.push(said(&page["organisation"]));
            for kind in ["email", "phone", "website", "github", "mastodon"] {
                let points = page["contactPoints"].as_array().unwrap();
                let value = points.iter().find(|point| point["kind"] == kind).map(|point| said(&point["value"]));
                let value = value.unwrap_or_default();
                // A spreadsheet is given a number with other spaces in it, and a card the page of a handle.
                cells.push(contact(ContactKind::from_key(kind).unwrap(), &value));
            }
            let mut tags: Vec<String> = page["tags"].as_array().unwrap().iter().map(|tag| said(&tag["name"])).collect();
            tags.sort();
            cells.extend(tags);
            cells
        })
        .collect();
    people.sort();
    people
}

fn community(desk: &Desk) {
    for (n, (name, text)) in [
        ("Ada Byron", "Likes tea;\nand, well: \\o/ =1+1"),
        ("=HYPERLINK(\"x\")", "-2+3"),
        ("Zoë Müller-Ångström the very long-named, of the family that folds every line it stands on, 日本語日本語日本語日本語日本語", "日本語".repeat(40).as_str()),
        ("山田太郎", "emoji 👩‍👩‍👧‍👦 and עברית"),
        ("Tom", ""),
    ]
    .iter()
    .enumerate()
    {
        let person = signed_up(desk, name, &format!("p{n}@example.org"));
        desk.call("people.edit", json!({ "id": person, "notes": text, "roleTitle": "=Head, of; \"it\"", "city": "Łódź", "country": "PL", "organisation": "A, B; C & Söhne" }));
        point(desk, &person, "phone", &format!("+49 30 123456{n}"), "they_gave_it");
        point(desk, &person, "website", &format!("https://example.org/{n}?a=1,2;3"), "they_gave_it");
        point(desk, &person, "github", &format!("user-{n}"), "they_gave_it");
        point(desk, &person, "mastodon", &format!("https://fosstodon.org/@user{n}"), "they_gave_it");
        desk.call("tags.add", json!({ "people": [person], "name": "C, C++ and \"Rust\"", "kind": "topic" }));
        desk.call("tags.add", json!({ "people": [person], "name": "speaker", "kind": "topic" }));
    }
}

const EVERYTHING: [&str; 11] = [
    "name",
    "role_title",
    "city",
    "country",
    "notes",
    "organisation",
    "email",
    "phone",
    "website",
    "github",
    "mastodon",
];

#[test]
fn cards_tables_and_workbooks_come_back_as_they_went() {
    let desk = Desk::new();
    community(&desk);
    let all = people(&desk);
    for (template, name) in
        [("vcard3", "a.vcf"), ("vcard4", "b.vcf"), ("csv", "c.csv"), ("csv_spreadsheet", "d.csv"), ("xlsx", "e.xlsx")]
    {
        let mut input = asked(&desk, name, template);
        input["purpose"] = json!("for_myself");
        input["columns"] = EVERYTHING.iter().chain(&["tags"]).copied().collect();
        desk.call("exports.write", input);
        assert_eq!(brought_back(&desk, name), all, "{template}");
    }
    for (template, name) in [("mailchimp", "f.csv"), ("google_contacts", "g.csv"), ("listmonk", "h.csv")] {
        desk.call("exports.write", asked(&desk, name, template));
        let names = |people: &[Vec<String>]| -> Vec<(String, String)> {
            people.iter().map(|cells| (cells[0].clone(), cells[6].clone())).collect()
        };
        assert_eq!(names(&brought_back(&desk, name)), names(&all), "{template}");
    }
}

#[test]
fn cards_are_folded_as_the_rule_says() {
    let desk = Desk::new();
    community(&desk);
    for template in ["vcard3", "vcard4"] {
        let text = written(&desk, template, json!({ "purpose": "for_myself", "columns": EVERYTHING }));
        assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "{template}");
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{template}");
        assert!(text.split("\r\n").any(|line| line.starts_with(' ')), "{template} folds");
        assert_eq!(text.matches("BEGIN:VCARD\r\n").count(), 5);
        assert!(!text.to_uppercase().contains("CHARSET"), "a parameter of the version before");
    }
    let three = written(&desk, "vcard3", json!({}));
    assert!(three.contains("VERSION:3.0\r\nFN:Ada Byron\r\nN:Byron;Ada;;;\r\n"), "{three}");
    assert!(three.contains("FN:山田太郎\r\nN:;山田太郎;;;\r\n"));
}

#[test]
fn only_a_file_that_may_be_opened_in_a_spreadsheet_is_warned_of_formulas() {
    let desk = Desk::new();
    signed_up(&desk, "=cmd()", "ada@example.org");
    for (template, flagged) in [("csv", 1), ("listmonk", 0), ("mailchimp", 0), ("google_contacts", 0)] {
        let done = desk.call("exports.write", asked(&desk, "out", template));
        assert_eq!(done["flagged"], flagged, "{template}");
    }
}

#[test]
fn a_profile_on_a_card_says_its_service_its_handle_and_its_page() {
    let desk = Desk::new();
    let ada = signed_up(&desk, "Ada Byron", "ada@example.org");
    let handles = [
        ("github", "@AdaByron"),
        ("gitlab", "https://gitlab.com/ada/"),
        ("linkedin", "jürgen-ada"),
        ("mastodon", "@ada@fosstodon.org"),
        ("bluesky", "ada.example.org"),
        ("x", "ada_b"),
        ("reddit", "u/ada"),
    ];
    for (kind, value) in handles {
        point(&desk, &ada, kind, value, "they_gave_it");
    }
    let keys: Vec<&str> = handles.iter().map(|(kind, _)| *kind).chain(["name"]).collect();
    let lines = |template: &str| -> Vec<String> {
        let text = written(&desk, template, json!({ "purpose": "for_myself", "columns": keys })).replace("\r\n ", "");
        text.lines().filter(|line| line.contains("SOCIALPROFILE")).map(str::to_owned).collect()
    };
    assert_eq!(
        lines("vcard3"),
        [
            "X-SOCIALPROFILE;TYPE=github;x-user=AdaByron:https://github.com/AdaByron",
            "X-SOCIALPROFILE;TYPE=gitlab;x-user=ada:https://gitlab.com/ada/",
            "X-SOCIALPROFILE;TYPE=linkedin;x-user=jürgen-ada:https://www.linkedin.com/in/j%C3%BCrgen-ada",
            "X-SOCIALPROFILE;TYPE=mastodon;x-user=ada@fosstodon.org:https://fosstodon.org/@ada",
            "X-SOCIALPROFILE;TYPE=bluesky;x-user=ada.example.org:https://bsky.app/profile/ada.example.org",
            "X-SOCIALPROFILE;TYPE=twitter;x-user=ada_b:https://x.com/ada_b",
            "X-SOCIALPROFILE;TYPE=reddit;x-user=ada:https://www.reddit.com/user/ada",
        ]
    );
    let four = lines("vcard4");
    assert_eq!(four[0], "SOCIALPROFILE;SERVICE-TYPE=GitHub;USERNAME=AdaByron:https://github.com/AdaByron");
    assert_eq!(four[5], "SOCIALPROFILE;SERVICE-TYPE=X;USERNAME=ada_b:https://x.com/ada_b");
    assert_eq!(four.len(), 7);
}

/// What is no handle and no page is a text, and comes back as one.
#[test]
fn what_is_no_handle_stays_as_it_was_typed() {
    let desk = Desk::new();
    for (n, (kind, value)) in [
        ("mastodon", "ada"),
        ("github", "ask, me; there: \"ada\""),
        ("x", "a,b;c:d"),
        ("linkedin", "company/basalt"),
        ("github", "https://ada.example/code?a=1,2;3"),
    ]
    .into_iter()
    .enumerate()
    {
        let person = signed_up(&desk, &format!("Person {n}"), &format!("p{n}@example.org"));
        point(&desk, &person, kind, value, "they_gave_it");
    }
    let points = |desk: &Desk| -> Vec<(String, String)> {
        let rows = desk.call("people.list", json!({ "query": crate::testing::everybody(), "offset": 0, "limit": 9 }));
        let pages = rows["rows"].as_array().unwrap().iter().map(|row| desk.page(row["id"].as_str().unwrap()));
        pages
            .flat_map(|page| page["contactPoints"].as_array().unwrap().clone())
            .filter(|point| point["kind"] != "email")
            .map(|point| {
                let said = |field: &str| point[field].as_str().unwrap().to_owned();
                (said("kind"), contact(ContactKind::from_key(&said("kind")).unwrap(), &said("value")))
            })
            .collect()
    };
    for (template, name) in [("vcard3", "a.vcf"), ("vcard4", "b.vcf")] {
        let mut input = asked(&desk, name, template);
        input["purpose"] = json!("for_myself");
        input["columns"] = json!(["name", "email", "mastodon", "github", "x", "linkedin"]);
        desk.call("exports.write", input);
        let back = Desk::new();
        let file = back.store.grant(desk.path(name), Access::Read);
        back.call("imports.run", json!({ "file": file, "matching": false, "source": "import" }));
        assert_eq!(points(&back), points(&desk), "{template}");
    }
}

/// The names and notes of cards, as an import finds them.
fn out_of_cards(bytes: Vec<u8>) -> Vec<(String, String)> {
    let csv = crate::transfer::cards::read(Cursor::new(bytes)).expect("cards").csv;
    let mut table = crate::transfer::csv::Table::open(Cursor::new(csv)).expect("a table");
    let place = |header: &str, headers: &[String]| headers.iter().position(|known| known == header).expect("a column");
    let (name, notes) = (place("Name", table.headers()), place("Notes", table.headers()));
    let rows = table.rows().expect("rows").map(|row| row.expect("a row").cells);
    rows.map(|cells| (cells[name].clone(), cells[notes].clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::testing::prove::times(500, 20_000)))]
    /// Whatever is typed: what comes out of a card goes into one.
    #[test]
    fn whatever_a_text_holds_a_card_gives_it_back(texts in proptest::collection::vec("[ -~äöü\n;,:\\\\\"'=🦀日-]{1,120}", 1..6)) {
        let headers = ["id", "name", "notes"].map(str::to_owned);
        for version in [CardVersion::V3, CardVersion::V4] {
            let mut out = Out::begin(Shape::Cards(version), &headers, crate::Now(0), Vec::new()).expect("a beginning");
            let mut wanted = Vec::new();
            for (n, text) in texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).enumerate() {
                out.row(&[n.to_string(), format!("Person {n}"), text.to_owned()]).expect("a card");
                wanted.push((format!("Person {n}"), text.to_owned()));
            }
            prop_assume!(!wanted.is_empty());
            let (bytes, _) = out.finish().expect("an end");
            prop_assert!(bytes.split(|byte| *byte == b'\n').all(|line| line.len() <= 76));
            prop_assert_eq!(out_of_cards(bytes), wanted);
        }
    }
}
