//! Somebody of whom everything is known, in signs that break careless writers, read back by readers that are not ours from
//! every kind of file: each value is there, in its place, as it was typed.
use crate::{calendar::python, desk::Desk, readers::read_by};
use hallway_core::{Access, transfer::csv::unguarded};
use serde_json::{Map, Value, json};

const TAGS: [&str; 3] = ["C, C++; \"Rust\"", "speaker", "日本語 'ñ'"];
const STACK: [&str; 2] = ["F#; \"OCaml\", Elm", "Łódź"];
const POINTS: [(&str, &str); 9] = [
    ("email", "zoe+a_b@example.org"),
    ("phone", "+49 30 1234567"),
    ("website", "https://zoe.example/a,b;c?x=1&y=%C3%BC"),
    ("github", "Zoe-Z"),
    ("gitlab", "zoe.z"),
    ("linkedin", "zoë-müller"),
    ("mastodon", "@zoe@fosstodon.org"),
    ("bluesky", "zoe.example"),
    ("x", "zoe_z"),
];

struct Known {
    desk: Desk,
    /// By the key of a column, what the core says of them.
    says: Map<String, Value>,
    /// The column that is a field of one's own.
    field: String,
}

impl Known {
    fn new() -> Known {
        let desk = Desk::new();
        let id =
            desk.call("people.create", json!({ "displayName": "Zoë \"Zed\" O'Neil; the 2nd, 山田" }))["id"].clone();
        desk.call(
            "people.edit",
            json!({ "id": id, "organisation": "Analytical, Engines; \"Ltd\" \\ Söhne", "roleTitle": "Head, of; \"it\" – Łódź",
                    "city": "Sankt \"Pölten\"; Nord, Süd", "country": "AT", "timeZone": "America/Argentina/Buenos_Aires",
                    "languages": "en, pt-BR", "notes": "First, line; \"one\"\nsecond \\ line: ünï\n\nlast" }),
        );
        for (kind, value) in POINTS {
            desk.call(
                "contact_points.add",
                json!({ "person": id, "kind": kind, "value": value, "source": "they_gave_it" }),
            );
        }
        for (kind, names) in [("topic", &TAGS[..]), ("stack", &STACK[..])] {
            for name in names {
                desk.call("tags.add", json!({ "people": [id], "name": name, "kind": kind }));
            }
        }
        let field = desk.call("fields.define", json!({ "label": "Shirt, \"size\"; ö", "kind": "text", "choices": [] }))
            ["id"]
            .clone();
        desk.call("fields.set", json!({ "person": id, "field": field, "value": "Large; \"L\", or\nmedium – ü" }));
        desk.call(
            "postal_addresses.add",
            json!({ "person": id, "lines": "Row 2; \"rear\", Łódź\nW1 Nowhere", "country": "GB", "recipientName": "Z. O'Neil",
                    "phone": "+44 20 5550 0199", "purpose": "a mug", "source": "they_gave_it" }),
        );
        // What came of it is what the core says, and not what was typed.
        let page = desk.call("people.page", json!({ "id": id }));
        let person = &page["person"];
        let mut says = Map::new();
        for (key, field) in [
            ("name", "displayName"),
            ("role_title", "roleTitle"),
            ("city", "city"),
            ("time_zone", "timeZone"),
            ("languages", "languages"),
            ("notes", "notes"),
        ] {
            says.insert(key.into(), person[field].clone());
        }
        for point in page["contactPoints"].as_array().expect("points") {
            says.insert(point["kind"].as_str().expect("a kind").into(), point["value"].clone());
        }
        says.insert("organisation".into(), page["organisation"].clone());
        says.insert("country".into(), json!("Austria"));
        says.insert("tags".into(), json!(hallway_core::transfer::csv::join_names(TAGS)));
        says.insert("stack".into(), json!(hallway_core::transfer::csv::join_names(STACK)));
        says.insert("postal_address".into(), json!("Z. O'Neil\nRow 2; \"rear\", Łódź\nW1 Nowhere\nUnited Kingdom"));
        let field = format!("field:{}", field.as_str().expect("an id"));
        says.insert(field.clone(), json!("Large; \"L\", or\nmedium – ü"));
        assert!(says.values().all(|value| value.as_str().is_some_and(|text| !text.is_empty())), "{says:?}");
        Known { desk, says, field }
    }

    fn keys(&self, without: &[&str]) -> Vec<&str> {
        self.says.keys().map(String::as_str).filter(|key| !without.contains(key)).collect()
    }

    fn file(&self, template: &str, name: &str, columns: &[&str]) -> String {
        let path = self.desk.path(name);
        let list_mail = ["listmonk", "mailchimp"].contains(&template);
        if list_mail {
            let query = json!({ "filter": { "text": "" }, "sort": "added", "descending": false });
            let id = self.desk.call("people.list", json!({ "query": query, "offset": 0, "limit": 1 }))["rows"][0]["id"]
                .clone();
            let page = self.desk.call("people.page", json!({ "id": id }));
            for point in page["contactPoints"].as_array().expect("points") {
                self.desk.call(
                    "basis.set",
                    json!({ "point": point["id"], "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Our page", "on": "2026-05-03" }),
                );
            }
        }
        let file = self.desk.store.grant(path.clone(), Access::Write);
        let query = json!({ "filter": { "text": "" }, "sort": "added", "descending": false });
        self.desk.call(
            "exports.write",
            json!({ "whom": { "query": query }, "purpose": if list_mail { "list_mail" } else { "for_myself" }, "channel": "email",
                    "template": template, "columns": columns, "file": file }),
        );
        path.to_string_lossy().into_owned()
    }

    fn text(&self, key: &str) -> &str {
        self.says[key].as_str().expect("a text")
    }

    /// The labels of the columns, by their keys.
    fn labels(&self) -> Map<String, Value> {
        let columns = self.desk.call("exports.columns", json!({}));
        let columns = columns.as_array().expect("columns").iter();
        columns.map(|column| (column["key"].as_str().expect("a key").to_owned(), column["label"].clone())).collect()
    }

    /// A table of one row, under the labels of these columns.
    fn is_in(&self, what: &str, rows: &Value, keys: &[&str], read: impl Fn(&str) -> String) {
        let labels = self.labels();
        assert_eq!(rows.as_array().expect("rows").len(), 2, "{what}");
        assert_eq!(rows[0], keys.iter().map(|key| labels[*key].clone()).collect::<Value>(), "{what}");
        for (n, key) in keys.iter().enumerate() {
            let found = read(rows[1][n].as_str().expect("a text"));
            // A spreadsheet is given the same number with other spaces in it.
            let spaced = *key == "phone" && ["CSV for a spreadsheet", "workbook"].contains(&what);
            assert_eq!(found, if spaced { "+49 301 234 567" } else { self.text(key) }, "{what}: {key}");
        }
    }
}

fn as_it_is(text: &str) -> String {
    text.to_owned()
}

#[test]
fn every_column_of_somebody_is_read_back_from_tables() {
    let known = Known::new();
    let keys = known.keys(&[]);
    let listmonk = known.keys(&["name", "email"]);
    let of_a_program = [&["email", "name"], &listmonk[..]].concat();
    let files = [
        known.file("csv", "a.csv", &keys),
        known.file("csv_spreadsheet", "b.csv", &keys),
        known.file("xlsx", "c.xlsx", &keys),
        known.file("markdown", "d.md", &keys),
        known.file("json", "e.json", &keys),
        known.file(
            "google_contacts",
            "f.csv",
            &known.keys(&[
                &known.field,
                "stack",
                "time_zone",
                "languages",
                "github",
                "gitlab",
                "linkedin",
                "mastodon",
                "bluesky",
                "x",
            ]),
        ),
        known.file("listmonk", "g.csv", &of_a_program),
        known.file("mailchimp", "h.csv", &of_a_program),
    ];
    let found = read_by(python("openpyxl, vobject"), "tests/readers/leaving.py", &files);
    known.is_in("CSV", &found[0], &keys, as_it_is);
    known.is_in("CSV for a spreadsheet", &found[1], &keys, |cell| unguarded(cell).into_owned());
    known.is_in("workbook", &found[2], &keys, as_it_is);
    known.is_in("Markdown", &found[3], &keys, as_it_is);
    let mut objects = known.says.clone();
    let own = objects.remove(&known.field).expect("the field");
    let mut read = found[4][0].as_object().expect("an object").clone();
    let own_key = read.keys().find(|key| key.starts_with("shirt")).expect("the key of the field").clone();
    assert_eq!((read.remove(&own_key), &read), (Some(own.clone()), &objects), "JSON");

    let cell = |table: &Value, header: &str| {
        let headers = table[0].as_array().expect("headers");
        let place = headers.iter().position(|known| known == header).unwrap_or_else(|| panic!("no {header}"));
        table[1][place].as_str().expect("a text").to_owned()
    };
    for (header, key) in [
        ("First Name", "name"),
        ("Organization Name", "organisation"),
        ("Organization Title", "role_title"),
        ("Notes", "notes"),
        ("E-mail 1 - Value", "email"),
        ("Phone 1 - Value", "phone"),
        ("Address 1 - Formatted", "postal_address"),
        ("Address 1 - City", "city"),
        ("Address 1 - Country", "country"),
        ("Website 1 - Value", "website"),
    ] {
        assert_eq!(cell(&found[5], header), known.text(key), "Google Contacts: {header}");
    }
    assert_eq!(cell(&found[5], "Labels"), TAGS.join(" ::: "));

    let mut attributes: Map<String, Value> =
        serde_json::from_str(&cell(&found[6], "attributes")).expect("one object in the cell");
    assert_eq!(attributes.remove("tags"), Some(json!(TAGS)), "listmonk");
    assert_eq!(attributes.remove("stack"), Some(json!(STACK)), "listmonk");
    assert_eq!(attributes.remove("languages"), Some(json!(["en", "pt-BR"])), "listmonk");
    assert_eq!(attributes.remove(&own_key), Some(own), "listmonk");
    for (key, value) in &attributes {
        assert_eq!(value, &known.says[key], "listmonk: {key}");
    }
    assert_eq!(attributes.len() + 4, listmonk.len());

    assert_eq!(cell(&found[7], "Tags"), known.text("tags"), "Mailchimp");
    assert_eq!(cell(&found[7], "First Name"), known.text("name"), "Mailchimp");
    let labels = known.labels();
    for key in listmonk.iter().filter(|key| **key != "tags") {
        let wanted = match *key {
            "postal_address" => "Row 2; \"rear\", Łódź  W1 Nowhere  United Kingdom",
            key => known.text(key),
        };
        assert_eq!(cell(&found[7], labels[*key].as_str().expect("a label")), wanted, "Mailchimp: {key}");
    }

    let found = read_by("node", "tests/readers/leaving.mjs", &files[..2]);
    known.is_in("CSV", &found[0], &keys, as_it_is);
    known.is_in("CSV for a spreadsheet", &found[1], &keys, |cell| unguarded(cell).into_owned());
}

/// Every property of that name: its parameters, by name, and what it says.
fn properties<'c>(card: &'c Value, name: &str) -> Vec<(&'c Value, &'c Value)> {
    let all = card.as_array().expect("properties").iter();
    all.filter(|one| one[0] == name).map(|one| (&one[1], &one[2])).collect()
}

/// Profiles: the service, the handle and the page.
const PROFILES: [(&str, &str, &str, &str); 6] = [
    ("github", "GitHub", "Zoe-Z", "https://github.com/Zoe-Z"),
    ("gitlab", "GitLab", "zoe.z", "https://gitlab.com/zoe.z"),
    ("linkedin", "LinkedIn", "zoë-müller", "https://www.linkedin.com/in/zo%C3%AB-m%C3%BCller"),
    ("mastodon", "Mastodon", "zoe@fosstodon.org", "https://fosstodon.org/@zoe"),
    ("bluesky", "Bluesky", "zoe.example", "https://bsky.app/profile/zoe.example"),
    ("twitter", "X", "zoe_z", "https://x.com/zoe_z"),
];

#[test]
fn every_line_of_somebodys_card_is_read_back() {
    let known = Known::new();
    let keys = known.keys(&["stack", &known.field]);
    let at_home: Vec<&str> = keys.iter().copied().filter(|key| *key != "postal_address").collect();
    let files = [
        known.file("vcard3", "a.vcf", &keys),
        known.file("vcard3", "b.vcf", &at_home),
        known.file("vcard4", "c.vcf", &keys),
        known.file("vcard4", "d.vcf", &at_home),
    ];
    let vobject = read_by(python("openpyxl, vobject"), "tests/readers/cards.py", &files[..2]);
    let ical = read_by("node", "tests/readers/cards.mjs", &files);
    let card = &vobject[0][0];
    let says = |name: &str| properties(card, name).into_iter().map(|(_, value)| value.clone()).collect::<Vec<_>>();
    for (name, key) in [
        ("FN", "name"),
        ("TITLE", "role_title"),
        ("EMAIL", "email"),
        ("TEL", "phone"),
        ("NOTE", "notes"),
        ("TZ", "time_zone"),
        ("URL", "website"),
    ] {
        assert_eq!(says(name), [json!(known.text(key))], "vobject: {name}");
    }
    assert_eq!(says("ORG"), [json!([known.text("organisation")])], "vobject");
    assert_eq!(says("CATEGORIES"), [json!(TAGS)], "vobject");
    assert_eq!(says("ADR")[0]["street"], "Row 2; \"rear\", Łódź\nW1 Nowhere", "vobject");
    assert_eq!(says("ADR")[0]["country"], "United Kingdom", "vobject");
    let home = properties(&vobject[1][0], "ADR")[0].1;
    assert_eq!((&home["city"], &home["country"]), (&known.says["city"], &known.says["country"]), "vobject");
    for ((params, page), (service, _, user, url)) in properties(card, "X-SOCIALPROFILE").into_iter().zip(PROFILES) {
        assert_eq!((params, page), (&json!({ "TYPE": [service], "X-USER": [user] }), &json!(url)), "vobject");
    }
    assert_eq!(says("X-SOCIALPROFILE").len(), PROFILES.len());

    for (version, cards) in [(3, &ical[..2]), (4, &ical[2..])] {
        let card = &cards[0][0];
        let says = |name: &str| properties(card, name).into_iter().map(|(_, value)| value.clone()).collect::<Vec<_>>();
        for (name, key) in [
            ("FN", "name"),
            ("TITLE", "role_title"),
            ("EMAIL", "email"),
            ("TEL", "phone"),
            ("NOTE", "notes"),
            ("TZ", "time_zone"),
            ("URL", "website"),
            ("ORG", "organisation"),
        ] {
            assert_eq!(says(name), [json!([known.text(key)])], "ical.js, {version}.0: {name}");
        }
        assert_eq!(says("CATEGORIES"), [json!(TAGS)], "ical.js, {version}.0");
        assert_eq!(says("ADR")[0][0][2], "Row 2; \"rear\", Łódź\nW1 Nowhere", "ical.js, {version}.0");
        assert_eq!(says("ADR")[0][0][6], "United Kingdom", "ical.js, {version}.0");
        let home = properties(&cards[1][0], "ADR")[0].1;
        assert_eq!((&home[0][3], &home[0][6]), (&known.says["city"], &known.says["country"]), "ical.js, {version}.0");
        let (name, service_in, user_in) = if version == 3 {
            ("X-SOCIALPROFILE", "type", "x-user")
        } else {
            ("SOCIALPROFILE", "service-type", "username")
        };
        let profiles = properties(card, name);
        assert_eq!(profiles.len(), PROFILES.len(), "ical.js, {version}.0");
        for ((params, page), (three, four, user, url)) in profiles.into_iter().zip(PROFILES) {
            let service = if version == 3 { three } else { four };
            assert_eq!(
                (&params[service_in], &params[user_in], page),
                (&json!(service), &json!(user), &json!([url])),
                "ical.js, {version}.0"
            );
        }
        if version == 4 {
            assert_eq!(says("LANG"), [json!(["en"]), json!(["pt-BR"])], "ical.js, 4.0");
        }
    }
}
