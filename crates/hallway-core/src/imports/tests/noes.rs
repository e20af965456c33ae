//! Who says no to the newsletter in a table, whatever else is so with the row.
use super::newsletter::{WHERE, asked, brought, id, list_mail};
use crate::testing::Desk;
use serde_json::{Value, json};

/// Why an address is on the suppression list, if it is, asked by giving it to somebody.
fn suppressed(desk: &Desk, address: &str) -> Value {
    let person = desk.person("Somebody else");
    let point = json!({ "person": person, "kind": "email", "value": address, "source": "they_gave_it" });
    desk.call("contact_points.add", point);
    let of = desk.call("basis.of", json!({ "id": person }));
    desk.call("people.trash", json!({ "ids": [person] }));
    of["points"][0]["suppressed"].clone()
}

#[test]
fn a_no_ends_an_opt_in_that_is_here_and_says_so_before() {
    let desk = Desk::new();
    brought(&desk, "Name,Email,Newsletter\nAda,ada@acme.example,yes\n");
    let text = "Name,Email,Subscribed\nAda,ada@acme.example,unsubscribed\n";
    let seen = desk.call("imports.preview", asked(&desk, text));
    assert_eq!(
        (&seen["updates"], &seen["examples"][0]["fills"], &seen["examples"][0]["notes"]),
        (
            &json!(1),
            &json!(["word on the newsletter"]),
            &json!(["ada@acme.example opted in here; the row says no to the newsletter, which ends it."])
        )
    );
    desk.call("imports.run", asked(&desk, text));
    assert_eq!(list_mail(&desk, "Ada")["leftOut"], "objected");
    desk.undo();
    assert_eq!(list_mail(&desk, "Ada")["leftOut"], Value::Null);
    desk.is_sound();
}

#[test]
fn a_no_holds_for_every_address_of_its_row() {
    let desk = Desk::new();
    brought(&desk, "Name,Email,Newsletter\nAda,ada@acme.example,yes\n");
    assert_eq!(list_mail(&desk, "Ada")["leftOut"], Value::Null);
    let text = "Name,Email,E-mail 2,Newsletter\nAda,ada@home.example,ada@acme.example,no\n";
    let done = desk.call("imports.run", asked(&desk, text));
    assert_eq!((&done["updated"], &done["unsubscribed"]), (&json!(1), &json!(1)), "{done}");
    let page = desk.page(&id(&desk, "Ada"));
    let statuses: Vec<&str> =
        page["contactPoints"].as_array().unwrap().iter().map(|point| point["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["opted_out", "opted_out"]);
    let again = desk.call("imports.run", asked(&desk, text));
    assert_eq!((&again["unchanged"], &again["unsubscribed"]), (&json!(1), &Value::Null), "{again}");
}

#[test]
fn a_no_of_a_row_that_waits_holds_for_its_address_all_the_same() {
    let desk = Desk::new();
    brought(&desk, "Name,Email,Newsletter\nAda Nowak,ada@acme.example,yes\n");
    let text = "Name,Email,Newsletter\nBo Ekdahl,ada@acme.example,no\n";
    let seen = desk.call("imports.preview", asked(&desk, text));
    let note = json!(["ada@acme.example opted in here; the row says no to the newsletter, which ends it."]);
    assert_eq!((&seen["examples"][0]["outcome"], &seen["examples"][0]["notes"]), (&json!("look"), &note));
    let done = desk.call("imports.run", asked(&desk, text));
    assert_eq!((&done["waiting"], &done["unsubscribed"], &done["noted"][0]["row"]), (&json!(1), &json!(1), &json!(2)));
    assert_eq!(list_mail(&desk, "Ada Nowak")["leftOut"], "objected");
    let again = desk.call("imports.run", asked(&desk, text));
    assert_eq!((&again["waiting"], &again["unsubscribed"]), (&json!(1), &Value::Null), "{again}");
    desk.undo();
    assert_eq!(list_mail(&desk, "Ada Nowak")["leftOut"], Value::Null);
    desk.is_sound();
}

#[test]
fn a_no_of_a_refused_row_is_taken_at_its_addresses_and_said() {
    let desk = Desk::new();
    brought(&desk, "Name,Email,Newsletter\nCy,cy@acme.example,yes\n");
    desk.call("fields.define", json!({ "label": "Talks", "kind": "number", "choices": [] }));
    let text = "Name,Email,E-mail 2,Newsletter,Talks\n,ada@acme.example,,no,\nBo,bo@acme.example,bo at home,no,\nCy,cy@acme.example,,no,many\nDi,di at acme,,no,\nEve,eve at acme,,yes,\n";
    let mut all = asked(&desk, text);
    all["mapping"] = json!([{ "target": "name" }, { "target": "email" }, { "target": "email" }, { "target": "newsletter" }, { "custom": "Talks" }]);
    all["newsletter"] = json!({ "evidence": WHERE, "on": "2026-05-03" });
    let seen = desk.call("imports.preview", all.clone());
    assert_eq!((&seen["refused"], &seen["unsubscribed"]), (&json!(5), &json!(3)), "those that are to be taken: {seen}");
    let done = desk.call("imports.run", all.clone());
    assert_eq!((&done["refused"], &done["unsubscribed"]), (&json!(5), &json!(3)), "{done}");
    let noted: Vec<(u64, &str)> = done["noted"]
        .as_array()
        .expect("notes")
        .iter()
        .map(|one| (one["row"].as_u64().expect("a row"), one["note"].as_str().expect("a sentence")))
        .collect();
    let at = |address: &str| {
        format!(
            "It says no to the newsletter: {address} goes on the suppression list, though the row does not come in."
        )
    };
    assert_eq!(
        noted,
        [
            (2, at("ada@acme.example").as_str()),
            (3, at("bo@acme.example").as_str()),
            (4, at("cy@acme.example").as_str()),
            (
                5,
                "It says no to the newsletter, and no e-mail address of it can be read to hold it to. Mend the row and import it again."
            ),
        ]
    );
    assert_eq!(list_mail(&desk, "Cy")["leftOut"], "suppressed");
    for address in ["ada@acme.example", "bo@acme.example"] {
        assert_eq!(suppressed(&desk, address), "unsubscribed", "{address}");
    }
    let again = desk.call("imports.run", all);
    assert!(again["unsubscribed"].is_null(), "they are known by now: {again}");
    desk.is_sound();
}

#[test]
fn a_no_without_an_address_is_held_against_whoever_the_row_is() {
    let desk = Desk::new();
    let ada = desk.person("Ada Moss");
    for (kind, value) in [("github", "adamoss"), ("email", "ada@acme.example")] {
        let point = json!({ "person": ada, "kind": kind, "value": value, "source": "they_gave_it" });
        desk.call("contact_points.add", point);
    }
    let text = "Name,GitHub,Newsletter\nAda Moss,adamoss,no\nBo Ekdahl,,no\n";
    let seen = desk.call("imports.preview", asked(&desk, text));
    assert_eq!(
        (&seen["updates"], &seen["newPeople"], &seen["unsubscribed"]),
        (&json!(1), &json!(1), &json!(2)),
        "{seen}"
    );
    let done = desk.call("imports.run", asked(&desk, text));
    assert_eq!((&done["updated"], &done["added"], &done["unsubscribed"]), (&json!(1), &json!(1), &json!(2)), "{done}");
    let note = "It says no to the newsletter and has no e-mail address: it is taken as their objection to e-mail, whatever their address.";
    assert_eq!(
        done["noted"],
        json!([{ "row": 2, "name": "Ada Moss", "note": note }, { "row": 3, "name": "Bo Ekdahl", "note": note }])
    );
    let of = |person: &str| desk.call("basis.of", json!({ "id": person }));
    assert_eq!(of(&ada)["objections"][0]["evidence"], "Said no to the newsletter: signups.csv");
    let bo = id(&desk, "Bo Ekdahl");
    desk.call(
        "contact_points.add",
        json!({ "person": bo, "kind": "email", "value": "bo@acme.example", "source": "they_gave_it" }),
    );
    assert_eq!(list_mail(&desk, "Bo Ekdahl")["leftOut"], "objected");
    assert_eq!(desk.page(&bo)["person"]["notes"], Value::Null);
    let again = desk.call("imports.run", asked(&desk, "Name,GitHub,Newsletter\nAda Moss,adamoss,no\n"));
    assert_eq!((&again["unchanged"], &again["unsubscribed"]), (&json!(1), &Value::Null), "{again}");
    desk.is_sound();
}

#[test]
fn a_no_of_a_row_that_waits_is_taken_at_an_address_that_nobody_here_has() {
    let desk = Desk::new();
    let ada = desk.person("Ada Moss");
    desk.call("people.edit", json!({ "id": ada, "organisation": "Basalt", "doNotContact": true }));
    let text = "Name,Company,Email,Newsletter\nada moss,BASALT,ada@home.example,no\n";
    let done = desk.call("imports.run", asked(&desk, text));
    assert_eq!((&done["waiting"], &done["unsubscribed"]), (&json!(1), &json!(1)), "{done}");
    let note =
        "It says no to the newsletter: ada@home.example goes on the suppression list, whoever it turns out to be.";
    assert_eq!(done["noted"], json!([{ "row": 2, "name": "ada moss", "note": note }]));
    assert_eq!(suppressed(&desk, "ada@home.example"), "unsubscribed");
}

#[test]
fn a_no_of_a_row_that_is_left_out_holds_for_its_address_all_the_same() {
    let desk = Desk::new();
    brought(&desk, "Name,Email,Newsletter\nRobert Moss,bob@x.example,yes\n");
    let text = "Name,Email,Newsletter\nBob Smith,bob@x.example,no\nCy Hale,cy@x.example,no\nDi Noe,,no\n";
    let left_out = || {
        let mut all = asked(&desk, text);
        all["decisions"] = json!({ "2": "skip", "3": "skip", "4": "skip" });
        all
    };
    let seen = desk.call("imports.preview", left_out());
    assert_eq!((&seen["skipped"], &seen["unsubscribed"]), (&json!(3), &json!(2)), "{seen}");
    let done = desk.call("imports.run", left_out());
    assert_eq!((&done["skipped"], &done["unsubscribed"]), (&json!(3), &json!(2)), "{done}");
    let notes: Vec<&str> =
        done["noted"].as_array().expect("notes").iter().map(|one| one["note"].as_str().expect("a note")).collect();
    assert_eq!(
        notes,
        [
            "bob@x.example opted in here; the row says no to the newsletter, which ends it, though the row does not come in.",
            "It says no to the newsletter: cy@x.example goes on the suppression list, though the row does not come in.",
            "It says no to the newsletter and has no e-mail address to hold it to: nothing is taken of it while the row is left out.",
        ]
    );
    assert_eq!(list_mail(&desk, "Robert Moss")["leftOut"], "objected");
    assert_eq!(suppressed(&desk, "cy@x.example"), "unsubscribed");
    let again = desk.call("imports.preview", left_out());
    assert_eq!(again["unsubscribed"], json!(0), "there is nothing to take: {again}");
    desk.is_sound();
}

#[test]
fn a_no_of_somebody_here_without_an_address_is_their_objection_though_the_row_is_left_out() {
    let desk = Desk::new();
    let ada = desk.person("Ada Moss");
    let point = json!({ "person": ada, "kind": "github", "value": "adamoss", "source": "they_gave_it" });
    desk.call("contact_points.add", point);
    let mut all = asked(&desk, "Name,GitHub,Newsletter\nAda Moss,adamoss,no\n");
    all["decisions"] = json!({ "2": "skip" });
    let done = desk.call("imports.run", all);
    assert_eq!((&done["skipped"], &done["unsubscribed"]), (&json!(1), &json!(1)), "{done}");
    assert_eq!(desk.call("basis.of", json!({ "id": ada }))["objections"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_no_of_whoever_was_erased_holds_for_their_other_address_too() {
    let desk = Desk::new();
    brought(&desk, "Name,Email,Newsletter\nAda,ada@x.example,yes\n");
    desk.call("erase.run", json!({ "ids": [id(&desk, "Ada")], "others": "blank" }));
    let text = "Name,Email,E-mail 2,Newsletter\nAda,ada@x.example,second@x.example,no\n";
    let done = desk.call("imports.run", asked(&desk, text));
    assert_eq!((&done["skipped"], &done["unsubscribed"]), (&json!(1), &json!(1)), "{done}");
    assert_eq!(suppressed(&desk, "second@x.example"), "unsubscribed");
    assert_eq!(suppressed(&desk, "ada@x.example"), "erased");
}

#[test]
fn a_no_of_a_row_with_an_open_quote_is_taken_at_its_addresses_without_the_quotes() {
    let desk = Desk::new();
    let text = "Name,Email,Newsletter,City\nBo,\"bo@x.example\",no,\"Oslo\nCy,cy@x.example,,Bergen\n";
    let done = desk.call("imports.run", asked(&desk, text));
    assert!(done["refused"].as_u64() >= Some(1), "{done}");
    assert_eq!(done["unsubscribed"], json!(1), "{done}");
    assert_eq!(suppressed(&desk, "bo@x.example"), "unsubscribed");
}
