use crate::testing::{Desk, id_of};
use serde_json::{Value, json};

/// Somebody with one address, given today.
fn with_address(desk: &Desk) -> (String, String) {
    let priya = desk.person("Priya Nair");
    let address = id_of(&desk.call(
        "postal_addresses.add",
        json!({ "person": priya, "lines": " Kiln Lane 3 \r\n\n 12345 Nowhere ", "country": "Germany", "purpose": " stickers ", "source": "they_gave_it" }),
    ));
    (priya, address)
}

fn lines(page: &Value) -> Vec<&str> {
    page["postalAddresses"].as_array().unwrap().iter().map(|row| row["lines"].as_str().unwrap()).collect()
}

fn newest(desk: &Desk) -> String {
    desk.call("history.recent", json!({ "limit": 1 }))[0]["label"].as_str().unwrap().to_owned()
}

#[test]
fn an_address_is_kept_with_what_it_was_given_for_and_until_when() {
    let desk = Desk::new();
    let (priya, address) = with_address(&desk);
    assert_eq!(newest(&desk), "Noted where parcels go for Priya Nair");
    let page = desk.page(&priya);
    let kept = &page["postalAddresses"][0];
    assert_eq!(kept["lines"], "Kiln Lane 3\n12345 Nowhere");
    assert_eq!((&kept["country"], &kept["recipientName"]), (&json!("DE"), &json!("Priya Nair")));
    assert_eq!((&kept["purpose"], &kept["phone"]), (&json!("stickers"), &Value::Null));
    assert_eq!((&kept["givenOn"], &kept["expiresOn"]), (&json!("2026-05-21"), &json!("2026-08-19")), "ninety days");
    let edit = json!({ "id": address, "lines": "Kiln Lane 4\n12345 Nowhere", "phone": "+49 30 5550 0101", "expiresOn": "2026-06-30", "recipientName": "P. Nair\n" });
    desk.call("postal_addresses.edit", edit);
    assert_eq!(newest(&desk), "Changed where parcels go for Priya Nair");
    let page = desk.page(&priya);
    assert_eq!(lines(&page), ["Kiln Lane 4\n12345 Nowhere"]);
    assert_eq!(page["postalAddresses"][0]["recipientName"], "P. Nair");
    desk.undo();
    assert_eq!(lines(&desk.page(&priya)), ["Kiln Lane 3\n12345 Nowhere"]);
    desk.redo();
    desk.call("postal_addresses.remove", json!({ "id": address }));
    assert_eq!(newest(&desk), "Removed where parcels go for Priya Nair");
    assert!(lines(&desk.page(&priya)).is_empty());
    desk.undo();
    assert_eq!(lines(&desk.page(&priya)), ["Kiln Lane 4\n12345 Nowhere"]);
    desk.is_sound();
}

#[test]
fn the_address_that_was_given_last_stands_first() {
    let desk = Desk::new();
    let (priya, _) = with_address(&desk);
    let earlier = json!({ "person": priya, "lines": "Old Kiln 1", "country": "DE", "purpose": "a mug", "source": "badge", "givenOn": "2026-05-01" });
    desk.call("postal_addresses.add", earlier);
    assert_eq!(lines(&desk.page(&priya)), ["Kiln Lane 3\n12345 Nowhere", "Old Kiln 1"]);
}

#[test]
fn what_is_missing_is_said_and_nothing_is_written() {
    let desk = Desk::new();
    let (priya, address) = with_address(&desk);
    let whole = json!({ "person": priya, "lines": "x", "country": "DE", "purpose": "y", "source": "they_gave_it" });
    for (field, value, says) in [
        ("lines", " \n ", "Write the address"),
        ("country", "", "Choose the country"),
        ("country", "Atlantis", "“Atlantis” is no country"),
        ("purpose", "  ", "Say what it was given for"),
        ("givenOn", "2026-05-22", "still to come"),
        ("givenOn", "soon", "is not a date"),
        ("expiresOn", "2026-05-21", "Say a day that is still to come"),
        // Ninety days after that are over.
        ("givenOn", "2026-01-01", "Say a day that is still to come"),
    ] {
        let mut input = whole.clone();
        input[field] = json!(value);
        let refused = desk.refused("postal_addresses.add", input);
        assert!(refused.message.contains(says), "{field} “{value}”: {}", refused.message);
        if field != "givenOn" {
            assert_eq!(refused.field.as_deref(), Some(field));
            let mut edit = json!({ "id": address });
            edit[field] = json!(value);
            assert!(desk.refused("postal_addresses.edit", edit).message.contains(says), "{field} “{value}”");
        }
    }
    let nobody = desk.refused("postal_addresses.edit", json!({ "id": address, "recipientName": " " }));
    assert_eq!(nobody.field.as_deref(), Some("recipientName"));
    assert_eq!(lines(&desk.page(&priya)), ["Kiln Lane 3\n12345 Nowhere"]);
}

#[test]
fn on_its_day_it_is_no_address_any_more_whether_it_is_erased_already_or_not() {
    let desk = Desk::new();
    let (priya, address) = with_address(&desk);
    assert_eq!(lines(&desk.wait(89).page(&priya)).len(), 1);
    assert!(lines(&desk.wait(1).page(&priya)).is_empty());
    let later = json!({ "id": address, "expiresOn": "2027-01-01" });
    assert_eq!(desk.refused("postal_addresses.edit", later).code, "not_found");
    assert_eq!(desk.refused("postal_addresses.remove", json!({ "id": address })).code, "not_found");
}

#[test]
fn two_rows_of_one_person_have_their_addresses_together_and_each_its_own_when_they_are_parted() {
    let desk = Desk::new();
    let (priya, _) = with_address(&desk);
    let twin = desk.person("P. Nair");
    let depot =
        json!({ "person": twin, "lines": "Depot 9", "country": "DE", "purpose": "a mug", "source": "colleague" });
    let depot = id_of(&desk.call("postal_addresses.add", depot));
    let before = desk.dump();
    desk.call("doubles.merge", json!({ "ids": [priya, twin] }));
    assert_eq!(lines(&desk.page(&priya)), ["Depot 9", "Kiln Lane 3\n12345 Nowhere"]);
    desk.undo();
    assert_eq!(desk.dump(), before);
    desk.redo();
    desk.call("postal_addresses.edit", json!({ "id": depot, "purpose": "two mugs" }));
    assert_eq!(newest(&desk), "Changed where parcels go for Priya Nair");
    desk.call("doubles.separate", json!({ "id": twin }));
    assert_eq!(lines(&desk.page(&priya)), ["Kiln Lane 3\n12345 Nowhere"]);
    assert_eq!(desk.page(&twin)["postalAddresses"][0]["purpose"], "two mugs");
    desk.is_sound();
}

#[test]
fn whoever_has_one_is_found_by_it_and_by_its_day() {
    let desk = Desk::new();
    let (priya, address) = with_address(&desk);
    desk.person("Bo");
    let found = |filter: &str| -> Vec<String> {
        let query = json!({ "filter": { "text": filter }, "sort": "name", "descending": false });
        let rows = desk.call("people.list", json!({ "query": query, "offset": 0, "limit": 9 }));
        rows["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(found("address:yes"), ["Priya Nair"]);
    assert_eq!(found("address:no"), ["Bo"]);
    assert_eq!(found("address-until:90d"), ["Priya Nair"]);
    assert!(found("address-until:89d").is_empty());
    assert_eq!(found("address-until:never"), ["Bo"]);
    desk.call("postal_addresses.edit", json!({ "id": address, "expiresOn": "2026-05-22" }));
    assert_eq!(found("address-until:1d"), ["Priya Nair"]);
    desk.wait(1);
    assert_eq!(found("address:no"), ["Bo", "Priya Nair"], "its day has come");
    assert!(found("address-until:7d").is_empty());
    desk.call("erase.keep_up", json!({}));
    assert_eq!(found("address:no"), ["Bo", "Priya Nair"]);
    desk.call("people.trash", json!({ "ids": [priya] }));
    assert_eq!(found("address:no"), ["Bo"]);
}

#[test]
fn its_phone_reaches_nobody_and_it_makes_nobody_a_double() {
    let desk = Desk::new();
    for name in ["Ada Byron", "Grace Hopper"] {
        let person = desk.person(name);
        desk.call(
            "postal_addresses.add",
            json!({ "person": person, "lines": "Shared Desk 1", "country": "DE", "phone": "+49 30 5550 0101", "purpose": "stickers", "source": "they_gave_it" }),
        );
        assert_eq!(desk.page(&person)["contactPoints"], json!([]));
    }
    assert_eq!(desk.call("doubles.list", json!({ "offset": 0, "limit": 9 }))["doubles"], json!([]));
    for text in ["5550", "Shared Desk"] {
        let query = json!({ "filter": { "text": text }, "sort": "name", "descending": false });
        let rows = desk.call("people.list", json!({ "query": query, "offset": 0, "limit": 9 }));
        assert_eq!(rows["rows"], json!([]), "an address is not looked for by “{text}”");
    }
}

#[test]
fn the_recipients_name_above_the_lines_stands_there_once() {
    let desk = Desk::new();
    let priya = desk.person("Priya Nair");
    let of = |lines: &str| json!({ "person": priya, "lines": lines, "country": "DE", "purpose": "stickers", "source": "they_gave_it" });
    let address = desk.call("postal_addresses.add", of("priya nair\nKiln Lane 3\n12345 Nowhere"));
    assert_eq!(address["lines"], "Kiln Lane 3\n12345 Nowhere");
    let edited = desk.call(
        "postal_addresses.edit",
        json!({ "id": address["id"], "recipientName": "P. Nair", "lines": "P. Nair\nKiln Lane 4" }),
    );
    assert_eq!(edited["lines"], "Kiln Lane 4");
    assert_eq!(
        desk.call("postal_addresses.add", of("Priya Nair"))["lines"],
        "Priya Nair",
        "an address of one line is that"
    );
}

#[test]
fn a_filter_finds_who_has_one_by_every_word_for_it_and_by_what_it_was_given_for() {
    let desk = Desk::new();
    let (_, _) = with_address(&desk);
    desk.person("Bo");
    let count = |text: &str| desk.call("filter.read", json!({ "text": text }))["count"].clone();
    for one in ["address:yes", "has:address", "has:postal", "postal:yes", "address:stickers", "address:STICK"] {
        assert_eq!(count(one), 1, "{one}");
    }
    assert_eq!((count("address:mug"), count("address:no"), count("no:address")), (json!(0), json!(1), json!(1)));
    desk.wait(90);
    assert_eq!((count("has:postal"), count("address:stickers")), (json!(0), json!(0)), "its day has come");
}
