//! Days in a table.
use super::{file, preview, request};
use crate::testing::{Desk, everybody};
use serde_json::{Value, json};

#[test]
fn a_day_we_met_is_a_talk_in_person_and_a_day_we_talked_one_online() {
    let desk = Desk::new();
    let (_folder, grant) = file(
        &desk,
        "meetup.csv",
        "Name,Rolle,Last met,Last talked,Last contacted\nAda,Entwicklerin,2026-05-02,,\nBo,,,2026-05-03,\nCem,,,,2026-05-04\n",
    );
    let columns = preview(&desk, &grant)["columns"].clone();
    let targets: Vec<&Value> = columns.as_array().unwrap().iter().map(|c| &c["mapping"]["target"]).collect();
    assert_eq!(json!(targets), json!(["name", "role_title", "last_met", "last_spoke", "last_talked"]));
    desk.call("imports.run", request(&grant));
    let rows = desk.call("people.list", json!({ "query": everybody(), "offset": 0, "limit": 9 }));
    let said: Vec<(&Value, &Value)> =
        rows["rows"].as_array().unwrap().iter().map(|row| (&row["lastKind"], &row["stage"])).collect();
    assert_eq!(
        json!(said),
        json!([["conversation_in_person", "discover"], ["conversation_online", "discover"], ["emailed", null]])
    );
    desk.is_sound();
}

#[test]
fn a_day_that_is_none_is_said_before_it_goes_to_the_notes() {
    let desk = Desk::new();
    let (_folder, grant) =
        file(&desk, "meetup.csv", "Name,Last met\nAda,2026-13-45\nBo,2026-05-03\nCem,soon\nDee,03/04/2026\n");
    let column = &preview(&desk, &grant)["columns"][1];
    assert_eq!(column["unread"], json!({ "rows": 2, "example": "2026-13-45" }));
}

#[test]
fn a_day_to_come_is_no_entry_and_is_named_before_and_after() {
    let desk = Desk::new();
    let (_folder, grant) = file(
        &desk,
        "meetup.csv",
        "Name,Email,Last talked\nFuture Csv,f@example.org,2027-01-01\nBo,bo@example.org,2026-05-22\nCem,cem@example.org,soon\n",
    );
    let seen = preview(&desk, &grant);
    assert_eq!(seen["columns"][2]["unread"], json!({ "rows": 2, "example": "2027-01-01" }));
    let (future, soon) = (
        "“2027-01-01” in the column “Last talked” has not come yet, so it is no entry. It is kept in the notes.",
        "“soon” in the column “Last talked” is not a day. It is kept in the notes.",
    );
    let of = |n: usize| seen["examples"][n]["notes"].clone();
    assert_eq!((of(0), of(1), of(2)), (json!([future]), json!([]), json!([soon])));
    let done = desk.call("imports.run", request(&grant));
    assert_eq!(
        done["noted"],
        json!([{ "row": 2, "name": "Future Csv", "note": future }, { "row": 4, "name": "Cem", "note": soon }])
    );
    let id =
        desk.call("people.matching", json!({ "text": "Future", "limit": 1 }))[0]["id"].as_str().unwrap().to_owned();
    let page = desk.page(&id);
    assert_eq!((&page["person"]["notes"], &page["touchpoints"]), (&json!("Last talked: 2027-01-01"), &json!(0)));
    assert_eq!(preview(&desk, &grant)["unchanged"], 3, "the same file again brings nothing");
}
