//! What a window is told while somebody types.
use crate::testing::Desk;
use serde_json::{Value, json};

fn desk() -> Desk {
    let desk = Desk::new();
    for (name, organisation, country) in [
        ("Anna Nowak", "Acme GmbH", "DE"),
        ("Wanjiru Kamau", "Zeta", "KE"),
        ("Ada Eze", "Acme GmbH", "NG"),
        ("Nobody", "", ""),
    ] {
        desk.call("people.create", json!({ "displayName": name, "organisation": organisation, "country": country }));
    }
    let ids = desk.call("people.matching", json!({ "text": "a", "limit": 9 }));
    let id = |n: usize| ids[n]["id"].clone();
    desk.call("tags.add", json!({ "people": [id(0), id(1)], "name": "Rust", "kind": "stack" }));
    desk.call("tags.add", json!({ "people": [id(0)], "name": "rustaceans meetup", "kind": "topic" }));
    desk
}
fn read(desk: &Desk, text: &str) -> Value {
    desk.call("filter.read", json!({ "text": text }))
}
/// What is offered at the sign |, as the text that would stand there then.
fn offered(desk: &Desk, marked: &str) -> Vec<String> {
    let cursor = marked.find('|').map_or(0, |at| marked[..at].encode_utf16().count());
    let text = marked.replace('|', "");
    let units: Vec<u16> = text.encode_utf16().collect();
    let read = desk.call("filter.read", json!({ "text": text, "cursor": cursor }));
    read["completions"]
        .as_array()
        .expect("completions")
        .iter()
        .map(|offer| {
            let place = |key: &str| offer[key].as_u64().expect("a place") as usize;
            let part = |from: usize, to: usize| String::from_utf16(&units[from..to]).expect("text");
            format!(
                "{}{}{}",
                part(0, place("from")),
                offer["insert"].as_str().expect("text"),
                part(place("to"), units.len())
            )
        })
        .collect()
}
fn notes(desk: &Desk, text: &str) -> Vec<String> {
    let cursor = text.encode_utf16().count();
    let read = desk.call("filter.read", json!({ "text": text, "cursor": cursor }));
    let said = |offer: &Value| {
        format!("{} {}", offer["label"].as_str().unwrap_or_default(), offer["note"].as_str().unwrap_or_default())
    };
    read["completions"].as_array().expect("completions").iter().map(said).collect()
}

#[test]
fn the_count_is_exact_while_one_types_and_a_slip_is_pointed_at() {
    let desk = desk();
    assert_eq!(read(&desk, "region:africa")["count"], 2);
    assert_eq!(read(&desk, "region:africa or org:acme")["count"], 3);
    assert_eq!(read(&desk, "")["count"], 4);
    assert_eq!(read(&desk, "  region:Africa   ")["tidy"], "region:africa");
    // Two units of UTF-16 stand before it, and four bytes.
    let slip = read(&desk, "🦀 stgae:learn");
    assert_eq!((&slip["count"], &slip["tree"]), (&Value::Null, &Value::Null));
    assert_eq!((&slip["error"]["from"], &slip["error"]["to"]), (&json!(3), &json!(8)));
    assert_eq!(slip["tidy"], "🦀 stgae:learn");
}

#[test]
fn fields_are_offered_then_their_values() {
    let desk = desk();
    assert_eq!(offered(&desk, "sta|")[..2], ["stack:", "stage:"]);
    assert_eq!(offered(&desk, "anna -regi| x"), ["anna -region: x"]);
    assert_eq!(
        offered(&desk, "stage:e| x"),
        ["stage:evaluate x", "stage:none x", "stage:discover x", "stage:learn x", "stage:scale x"]
    );
    assert_eq!(offered(&desk, "stage:learn,b|")[0], "stage:learn,build");
    assert_eq!(offered(&desk, "stage:>=sc|")[0], "stage:>=scale");
    assert_eq!(offered(&desk, "🦀 tag:meet|"), ["🦀 tag:\"rustaceans meetup\""]);
    assert_eq!(offered(&desk, "tag:\"rustac|"), ["tag:\"rustaceans meetup\""]);
    assert_eq!(offered(&desk, "count(bu|"), ["count(kind:reported_bug", "count(kind:building_with_it"]);
    assert_eq!(offered(&desk, "touch(on:9|"), ["touch(on:90d"]);
    assert_eq!(offered(&desk, "\"sta|"), Vec::<String>::new());
    assert!(offered(&desk, "rus|").contains(&"stack:Rust".to_owned()));
    assert_eq!(offered(&desk, "country:ken|")[0], "country:KE");
}

#[test]
fn a_value_says_how_many_people_it_finds() {
    let desk = desk();
    assert_eq!(notes(&desk, "stack:r"), ["Rust 2 people in all"]);
    assert_eq!(notes(&desk, "org:ac"), ["Acme GmbH 2 people in all"]);
    assert_eq!(notes(&desk, "region:af")[0], "africa Africa · 2 people in all");
    assert_eq!(notes(&desk, "country:germ")[0], "DE Germany · 1 person in all");
    assert_eq!(notes(&desk, "stage:no")[0], "none Not placed yet · 4 people in all");
}

#[test]
fn every_place_of_every_text_offers_something_that_fits_or_nothing() {
    let desk = desk();
    let mut offers = 0;
    for text in [
        "stage:learn,build sta tag:\"rustaceans meetup\",Rust -last:>90d or touch(kind:emailed on:30d) rus country:KE",
        "count(reported_bug -on:never):>=2 not org:\"Acme GmbH\" foo(bar 10:30 did:bug,emailed",
    ] {
        assert_eq!(read(&desk, text)["error"], Value::Null, "{text}");
        offers += (0..=text.encode_utf16().count()).map(|cursor| taken(&desk, text, cursor)).sum::<usize>();
    }
    for text in [
        "stage:learn (org:\"Acme, Inc.\" or -touch(kind:emailed on:>90d)) 🦀 \"x",
        "a:b:c,,\"",
        "-\"",
        "((",
        ")",
        "count():>=",
    ] {
        for cursor in 0..=text.encode_utf16().count() + 2 {
            taken(&desk, text, cursor);
        }
    }
    assert!(offers > 300, "{offers} were taken");
}

/// Takes whatever is offered at a place: it can be read, or is the beginning of a field, and the rest stands as it did.
/// Says how many there were.
fn taken(desk: &Desk, text: &str, cursor: usize) -> usize {
    let units: Vec<u16> = text.encode_utf16().collect();
    let part = |from: usize, to: usize| String::from_utf16(&units[from..to]).expect("text");
    let answer = desk.call("filter.read", json!({ "text": text, "cursor": cursor }));
    let offers = answer["completions"].as_array().expect("completions");
    for offer in offers {
        let (from, to) =
            (offer["from"].as_u64().expect("a place") as usize, offer["to"].as_u64().expect("a place") as usize);
        let insert = offer["insert"].as_str().expect("text");
        let begins = insert.ends_with([':', '(']);
        assert!(from <= cursor && to >= cursor.min(units.len()), "{text} at {cursor}: {offer}");
        // What is written over is one word, or one value in its quotes.
        let gone = part(from, to);
        let quoted = gone.starts_with('"') && (gone.matches('"').count() == 2 || !gone.contains(','));
        let name = gone.strip_suffix([':', '(']).filter(|_| begins).unwrap_or(&gone);
        let value = part(0, from).ends_with([':', ',', '>', '<', '=']);
        assert!(
            quoted || !(name.contains([' ', ')']) || value && name.contains(',')),
            "{text} at {cursor}: {gone} makes room for {insert}"
        );
        if begins {
            continue;
        }
        let taken = format!("{}{insert}{}", part(0, from), part(to, units.len()));
        let error = &read(desk, &taken)["error"];
        let elsewhere = |error: &Value| {
            let end = from + insert.encode_utf16().count();
            error["to"].as_u64().is_some_and(|to| to as usize <= from)
                || error["from"].as_u64().is_some_and(|from| from as usize >= end)
        };
        assert!(
            error.is_null() || (!answer["error"].is_null() && elsewhere(error)),
            "{text} at {cursor}: {taken}: {error}"
        );
    }
    offers.len()
}

#[test]
fn what_is_taken_leaves_what_follows_and_can_be_read() {
    let desk = desk();
    assert_eq!(offered(&desk, "stage:le|,build")[0], "stage:learn,build");
    assert_eq!(offered(&desk, "stage:le|arn,build")[0], "stage:learn,build");
    assert_eq!(offered(&desk, "sta|ge:learn")[..2], ["stack:learn", "stage:learn"]);
    assert_eq!(offered(&desk, "to|uch(kind:emailed)"), ["touch(kind:emailed)"]);
    assert_eq!(offered(&desk, "tag:\"rustaceans meetup\",ru|")[0], "tag:\"rustaceans meetup\",Rust");
    assert_eq!(
        offered(&desk, "tag:\"rus| stage:learn"),
        ["tag:Rust stage:learn", "tag:\"rustaceans meetup\" stage:learn"]
    );
    let over = offered(&desk, "last:>|");
    assert!(over.contains(&"last:>90d".to_owned()) && !over.contains(&"last:>never".to_owned()), "{over:?}");
    assert_eq!(offered(&desk, "tag:>|"), Vec::<String>::new());
    assert_eq!(offered(&desk, "stage:>=learn,|"), Vec::<String>::new());
    assert_eq!(offered(&desk, "|stage:learn"), Vec::<String>::new());
}

#[test]
fn a_tree_put_together_by_hand_is_written_plainly_or_refused() {
    let desk = desk();
    let field = |key: &str, value: &str| json!({ "is": "field", "key": key, "compare": "=", "values": [value] });
    let either = json!({ "is": "any", "of": [field("stage", "learn"), { "is": "not", "of": field("region", "002") }] });
    let written = desk.call("filter.write", json!({ "tree": either }));
    assert_eq!(written["text"], "stage:learn or -region:africa");
    let refused = desk.refused("filter.write", json!({ "tree": field("stage", "lern") }));
    assert_eq!((refused.code, refused.field.as_deref()), ("invalid", Some("filter")));
    let mut deep = field("stage", "learn");
    for _ in 0..50 {
        deep = json!({ "is": "not", "of": { "is": "any", "of": [deep] } });
    }
    desk.refused("filter.write", json!({ "tree": deep }));
}

#[test]
fn the_table_of_fields_names_fields_of_ones_own_with_examples_that_can_be_read() {
    let desk = desk();
    desk.call("fields.define", json!({ "label": "T-shirt size", "kind": "choice", "choices": ["S", "two words"] }));
    desk.call("fields.define", json!({ "label": "Stage", "kind": "number", "choices": [] }));
    desk.call("fields.define", json!({ "label": "Mailto", "kind": "text", "choices": [] }));
    desk.call("fields.define", json!({ "label": "2", "kind": "date", "choices": [] }));
    let fields = desk.call("filter.fields", json!({}));
    let own: Vec<&str> = fields
        .as_array()
        .expect("fields")
        .iter()
        .filter(|f| f["group"] == "own")
        .filter_map(|f| f["key"].as_str())
        .collect();
    assert_eq!(own, ["t-shirt_size", "my.stage", "my.mailto", "my.2"]);
    for field in fields.as_array().expect("fields") {
        for example in field["examples"].as_array().expect("examples") {
            let answer = read(&desk, example.as_str().expect("text"));
            assert_eq!(answer["error"], Value::Null, "{example}");
            assert!(answer["count"].is_number(), "{example}");
        }
        assert_ne!(field["examples"], json!([]), "{}", field["key"]);
    }
    assert_eq!(offered(&desk, "t-shirt_size:two|"), ["t-shirt_size:\"two words\""]);
}

#[test]
fn what_cannot_be_read_is_refused_under_filter_and_changes_nothing() {
    let desk = desk();
    let before = desk.dump();
    for text in ["stgae:learn", "(((", "tag:\"'; DROP TABLE people; --", "stage:learn,", "\"", "a or"] {
        let query = json!({ "filter": { "text": text }, "sort": "name", "descending": false });
        let refused = desk.refused("people.list", json!({ "query": query, "offset": 0, "limit": 9 }));
        assert_eq!((refused.code, refused.field.as_deref()), ("invalid", Some("filter")), "{text}");
    }
    for text in [
        "'; DROP TABLE people; --",
        "tag:\"'); DELETE FROM people; --\"",
        "country:\"' OR 1=1 --\"",
        "x\0y",
        "tag:\u{202e}tsur",
    ] {
        let count = read(&desk, text);
        assert_eq!((&count["error"], &count["count"]), (&Value::Null, &json!(0)), "{text}");
    }
    assert_eq!(desk.dump(), before);
}

#[test]
fn whoever_comes_close_is_shown_among_those_the_rest_finds() {
    let desk = desk();
    let names = |text: &str| {
        let filter = json!({ "text": text, "forgiving": true });
        let query = json!({ "filter": filter, "sort": "name", "descending": false });
        let answer = desk.call("people.list", json!({ "query": query, "offset": 0, "limit": 9 }));
        let names: Vec<String> = answer["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .filter_map(|row| row["name"].as_str().map(str::to_owned))
            .collect();
        (names, answer["close"] == true)
    };
    assert_eq!(names("nowakk"), (vec!["Anna Nowak".into()], true));
    assert_eq!(names("nowakk country:DE"), (vec!["Anna Nowak".into()], true));
    assert_eq!(names("nowakk country:KE"), (vec![], true));
    assert_eq!(names("nowak country:KE"), (vec![], false));
}

#[test]
fn somebody_whose_name_has_a_colon_is_found_by_it() {
    let desk = desk();
    desk.person("Zoë:Quinn");
    assert_eq!(read(&desk, "zoe:quinn")["count"], 1);
    assert_eq!(read(&desk, "zoe:q")["count"], 1);
    assert_ne!(read(&desk, "zoe:x")["error"], Value::Null);
}

#[test]
fn a_filter_that_finds_nobody_says_which_of_its_names_nothing_has() {
    let desk = desk();
    let person = desk.person("Kim Ondo");
    for (name, kind) in [("Kafka", "stack"), ("speaker", "topic")] {
        desk.call("tags.add", json!({ "people": [person], "name": name, "kind": kind }));
    }
    let remark = |text: &str| read(&desk, text)["remark"].clone();
    assert_eq!(remark("tag:kafak"), "tag: knows no “kafak”. Did you mean tag:Kafka?");
    assert_eq!(
        remark("stack:kaf tag:nowhere"),
        "stack: knows no “kaf”. Did you mean stack:Kafka? tag: knows no “nowhere”."
    );
    let typing = desk.call("filter.read", json!({ "text": "tag:kafak", "cursor": 9 }));
    assert_eq!((&typing["count"], &typing["remark"]), (&json!(0), &Value::Null), "each letter would look for it");
    assert_eq!(remark("tag:kafka"), Value::Null, "it finds somebody");
    assert_eq!(remark("-tag:nowhere name:nobody"), Value::Null, "what must not be so keeps nobody away");
    assert_eq!(remark("tag:kafka -tag:speaker"), Value::Null, "both are there");
    assert_eq!(remark("tag:speaker or tag:spaeker"), Value::Null, "it finds somebody");
}
