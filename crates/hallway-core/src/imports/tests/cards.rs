//! Address cards, as somebody brings them.
use crate::{Access, testing::Desk};
use serde_json::json;
use std::fs;

#[test]
fn every_card_and_every_property_is_accounted_for() {
    let desk = Desk::new();
    let path = desk.path("people.vcf");
    fs::write(
        &path,
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Byron\nUID:a\nGENDER:F\nBDAY:--0412\nPHOTO;ENCODING=b;TYPE=JPEG:AAAA\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:3.0\nTEL:+1 555 0100\nUID:b\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:3.0\nFN:Speakers\nX-ADDRESSBOOKSERVER-KIND:group\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:a\nEND:VCARD\n",
    )
    .unwrap();
    let mut request = json!({ "file": desk.store.grant(path, Access::Read), "matching": true, "source": "import" });
    let seen = desk.call("imports.preview", request.clone());
    assert_eq!((&seen["layout"], &seen["rows"], &seen["refused"]), (&json!("Address cards"), &json!(2), &json!(1)));
    assert_eq!(seen["unmapped"], json!(["GENDER"]));
    assert_eq!(
        seen["remarks"],
        json!([
            "Of 3 cards 1 is a group and nobody (“Speakers”); its name becomes a tag of 1 person.",
            "Left in the cards, and not imported: 1 photo."
        ])
    );
    let refused = seen["examples"].as_array().unwrap().iter().find(|row| row["outcome"] == "refused").unwrap();
    assert_eq!(
        refused["reason"],
        "There is no name on card 2. Fill one in where it came from, and import the cards again."
    );
    // As any column nobody mapped, it can be kept as a note.
    let columns = seen["columns"].as_array().unwrap();
    let gender = columns.iter().position(|column| column["header"] == "GENDER").unwrap();
    let mut mapping: Vec<_> = columns.iter().map(|column| column["mapping"].clone()).collect();
    mapping[gender] = json!({ "target": "notes" });
    request["mapping"] = json!(mapping);
    desk.call("imports.run", request);
    let ada = desk.call("people.matching", json!({ "text": "Ada", "limit": 1 }))[0]["id"].clone();
    let page = desk.page(ada.as_str().unwrap());
    assert_eq!(page["tags"][0]["name"], "Speakers");
    let notes = page["person"]["notes"].as_str().unwrap();
    assert!(notes.contains("Birthday: 04-12") && notes.contains('F'), "{notes}");
    desk.is_sound();
}
