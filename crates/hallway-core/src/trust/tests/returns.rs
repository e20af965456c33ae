//! What comes back from a newsletter.
use crate::{testing::Desk, trust::LeftOut};
use serde_json::{Value, json};

fn came_back(desk: &Desk, name: &str, text: &str) -> Value {
    let path = desk.path(name);
    std::fs::write(&path, text).expect("a file");
    json!({ "file": desk.store.grant(path, crate::Access::Read) })
}

const CLEANED: &str = "Email Address,First Name,MEMBER_RATING,LEID,CLEAN_TIME\n";

const UNSUBSCRIBED: &str =
    "Email Address,First Name,Last Name,MEMBER_RATING,LEID,UNSUB_TIME,UNSUB_REASON,UNSUB_REASON\n";

#[test]
fn who_unsubscribed_is_no_longer_written_to_and_whoever_is_not_known_is_remembered_by_hash() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "list_signup");
    desk.opted_in(&point, "2026-05-03");
    let bo = desk.person("Bo");
    let signed_up_again = desk.point(&bo, "email", "bo@acme.example", "list_signup");
    desk.opted_in(&signed_up_again, "2026-05-03");
    let file = came_back(
        &desk,
        "unsubscribed_members_export.csv",
        &format!(
            "{UNSUBSCRIBED}ADA@acme.example,Ada,,2,1,2026-05-10 09:00:00,NORMAL,\nbo@acme.example,Bo,,2,2,2026-04-01 09:00:00,NORMAL,\ngone@elsewhere.example,,,2,3,2026-05-11 09:00:00,NORMAL,\nnobody,,,,,,,\n"
        ),
    );
    let mut request = file.clone();
    request["matching"] = json!(true);
    request["source"] = json!("import");
    assert_eq!(desk.call("imports.preview", request)["returnsOf"], "Mailchimp");
    let before = desk.dump();
    let seen = desk.call("returns.preview", file.clone());
    assert_eq!(desk.dump(), before, "a preview writes nothing");
    assert_eq!(
        (&seen["program"], &seen["rows"], &seen["optedInSince"], &seen["unreadable"]),
        (&json!("Mailchimp"), &json!(4), &json!(1), &json!(1))
    );
    assert_eq!(seen["outcomes"][0]["words"], "2 unsubscribed: 1 known, 1 unknown and remembered only as keyed hashes");
    assert_eq!((&seen["unreadableRows"], &seen["people"][0]["name"]), (&json!([[5, "nobody"]]), &json!("Ada")));

    let done = desk.call("returns.apply", json!({ "file": file["file"], "hash": seen["hash"] }));
    assert_eq!((&done["ended"], &done["suppressed"]), (&json!(1), &json!(2)));
    assert_eq!(desk.list(&ada), Err(LeftOut::Objected));
    assert_eq!(desk.list(&bo), Ok("bo@acme.example".into()), "signed up again after that");
    let page = desk.call("basis.of", json!({ "id": ada }));
    assert_eq!(page["points"][0]["status"], "opted_out");
    assert_eq!(page["points"][0]["said"][0]["evidence"], "Unsubscribed: Mailchimp, unsubscribed_members_export.csv");
    assert_eq!(desk.names(), ["Ada", "Bo"], "nobody is made of it");
    let again = desk.call("returns.preview", file.clone());
    assert_eq!((&again["outcomes"][0]["already"], &again["people"]), (&json!(2), &json!([])));
    let twice = desk.call("returns.apply", file);
    assert_eq!((&twice["ended"], &twice["suppressed"], &twice["operation"]), (&json!(0), &json!(0), &Value::Null));

    assert_eq!(desk.undo()["label"], "Ended mail to Ada, from “unsubscribed_members_export.csv”");
    assert_eq!(desk.call("basis.of", json!({ "id": ada }))["points"][0]["status"], "ok");
    assert_eq!(desk.list(&ada), Err(LeftOut::Suppressed), "they have said so, whatever is taken back here");
    let stranger = desk.person("Stranger");
    let point = desk.point(&stranger, "email", "Gone@Elsewhere.example", "import");
    assert_eq!(desk.list(&stranger), Err(LeftOut::Suppressed));
    assert_eq!(
        desk.refused("basis.set", json!({ "point": point, "purposes": ["list_mail"], "basis": "existing_user" }))
            .field
            .as_deref(),
        Some("basis")
    );
    desk.opted_in(&point, "2026-05-12");
    assert!(desk.list(&stranger).is_ok());
    desk.is_sound();
}

#[test]
fn what_a_file_put_on_the_suppression_list_is_said_to_stay_when_it_is_taken_back() {
    let desk = Desk::new();
    for (name, address) in [("Ada", "ada@acme.example"), ("Bo", "bo@acme.example")] {
        desk.point(&desk.person(name), "email", address, "list_signup");
    }
    let row = |address: &str| format!("{address},,,2,1,2026-05-10 09:00:00,NORMAL,\n");
    let rows = [row("ada@acme.example"), row("bo@acme.example"), row("who@acme.example")].concat();
    let file = came_back(&desk, "unsubscribed_members_export.csv", &format!("{UNSUBSCRIBED}{rows}"));
    let done = desk.call("returns.apply", file);
    let undone = desk.call("history.take_back", json!({ "operation": done["operation"] }));
    let stays = "2 addresses stay on the suppression list: only a new opt-in takes them off.";
    assert_eq!(undone["notes"], json!([stays]));
    assert_eq!(desk.call("suppressions.count", json!({}))["addresses"], 3);
}

#[test]
fn what_bounced_is_marked_and_a_file_that_tells_nothing_is_refused() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "list_signup");
    desk.opted_in(&point, "2026-05-03");
    let file = came_back(&desk, "cleaned.csv", &format!("{CLEANED}ada@acme.example,Ada,1,9,2026-05-20 10:00:00\n"));
    desk.call("returns.apply", file);
    assert_eq!(desk.call("basis.of", json!({ "id": ada }))["points"][0]["status"], "bounced");
    assert_eq!(desk.list(&ada), Err(LeftOut::Bounced));
    // Taken back, and with whoever comes to have it later, it is still known that mail does not arrive there: that is no word
    // of theirs, which an opt-in would end.
    desk.undo();
    assert_eq!(desk.list(&ada), Err(LeftOut::Bounced));
    let bo = desk.person("Bo");
    let later = desk.point(&bo, "email", "Ada@acme.example", "they_gave_it");
    desk.opted_in(&later, "2026-05-21");
    let held =
        desk.call("exports.look", json!({ "whom": { "ids": [bo] }, "purpose": "list_mail", "channel": "email" }));
    assert_eq!(held["leftOut"][0]["reason"], "bounced", "{held}");
    assert_eq!(held["leftOut"][0]["fix"], "another_address");
    desk.call("people.trash", json!({ "ids": [bo] }));
    let people = came_back(&desk, "people.csv", "Name,E-mail\nAda,ada@acme.example\n");
    let refused = desk.refused("returns.preview", people.clone());
    assert!(refused.message.contains("people.csv does not say what became of anybody"), "{}", refused.message);
    let other = came_back(&desk, "kit.csv", "email_address,state\nx@acme.example,bounced\ny@acme.example,active\n");
    let seen = desk.call("returns.preview", other);
    assert_eq!((&seen["program"], &seen["subscribed"]), (&json!("A newsletter"), &json!(1)));
    let added = desk.call("suppressions.import", came_back(&desk, "plain.txt", "one@acme.example\ntwo@acme.example\n"));
    assert_eq!(added["added"], 2);
    assert!(
        desk.refused("suppressions.import", came_back(&desk, "none.csv", "Name\nAda\n"))
            .message
            .contains("no e-mail address")
    );
    assert_eq!(desk.call("suppressions.count", json!({}))["addresses"], 3);
    let report = desk.call("health.report", json!({}));
    assert_eq!(
        (
            &report["people"],
            &report["withBasis"],
            &report["withBasisPercent"],
            &report["bounced"],
            &report["suppressed"],
            &report["suppressedHere"]
        ),
        (&json!(1), &json!(1), &Value::Null, &json!(1), &json!(3), &json!(1))
    );
}

#[test]
fn an_address_is_counted_once_whoever_has_it_and_an_objection_for_what_it_holds() {
    let desk = Desk::new();
    let [ada, bo, eve, kim] = ["Ada", "Bo", "Eve", "Kim"].map(|name| desk.person(name));
    for (person, address) in [
        (&ada, "team@acme.example"),
        (&bo, "Team@acme.example"),
        (&eve, "eve@acme.example"),
        (&kim, "kim@acme.example"),
    ] {
        desk.point(person, "email", address, "they_gave_it");
    }
    desk.suppress("team@acme.example");
    let hers = desk.call("basis.of", json!({ "id": ada }))["points"][0]["point"].clone();
    desk.call("contact_points.edit", json!({ "id": hers, "status": "opted_out" }));
    // One says no to everything, another to one purpose.
    desk.call("basis.objected", json!({ "person": eve, "kinds": ["email"] }));
    let his = desk.call("basis.of", json!({ "id": kim }))["points"][0]["point"].clone();
    desk.call("basis.set", json!({ "point": his, "purposes": ["list_mail"], "basis": "objected" }));
    let report = desk.call("health.report", json!({}));
    assert_eq!(
        (&report["optedOut"], &report["suppressedHere"], &report["suppressed"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!((&report["objectedToAll"], &report["objectedToSome"]), (&json!(1), &json!(1)));
}

#[test]
fn who_left_late_in_the_evening_elsewhere_did_not_sign_up_after_it_because_it_was_the_next_day_here() {
    let desk = Desk::new();
    desk.call("workspace.set_up", json!({ "product": "Ferrite", "zone": "Asia/Kolkata" }));
    desk.wait(20);
    let unsubscribed = |name: &str, at: &str| {
        came_back(
            &desk,
            "unsubscribed_members_export.csv",
            &format!("{UNSUBSCRIBED}{name}@acme.example,,,2,1,{at},NORMAL,\n"),
        )
    };
    let [ada, bo, eve] = ["ada", "bo", "eve"].map(|name| {
        let person = desk.person(name);
        let point = desk.point(&person, "email", &format!("{name}@acme.example"), "list_signup");
        (person, point)
    });
    // One in the morning of the second is half past seven in the evening of the first, UTC.
    desk.opted_in(&ada.1, "2026-06-02");
    desk.call("returns.apply", unsubscribed("ada", "2026-06-01 20:00:00"));
    assert!(desk.list(&ada.0).is_err());
    // Also when the address stood on the list before, and that sign-up had lifted it.
    desk.suppress("bo@acme.example");
    desk.wait(1);
    desk.opted_in(&bo.1, "2026-06-11");
    assert!(desk.list(&bo.0).is_ok());
    desk.call("returns.apply", unsubscribed("bo", "2026-06-10 20:00:00"));
    assert!(desk.list(&bo.0).is_err());
    desk.opted_in(&eve.1, "2026-06-03");
    desk.call("returns.apply", unsubscribed("eve", "2026-06-01 20:00:00"));
    assert!(desk.list(&eve.0).is_ok(), "two days later it was after it everywhere");
}

/// Bo unsubscribed and opted in anew since, Di's mail came back and she was said to have opted in since, Ada only left.
fn three(desk: &Desk) -> [(String, String); 3] {
    let three = ["ada", "bo", "di"].map(|name| {
        let person = desk.person(name);
        let point = desk.point(&person, "email", &format!("{name}@acme.example"), "list_signup");
        (person, point)
    });
    desk.opted_in(&three[0].1, "2026-05-03");
    desk.opted_in(&three[1].1, "2026-05-20");
    desk.opted_in(&three[2].1, "2026-05-20");
    three
}

#[test]
fn no_opt_in_brings_a_dead_mailbox_back_and_setting_it_by_hand_does() {
    let desk = Desk::new();
    let [_, _, (di, point)] = three(&desk);
    let file = || came_back(&desk, "cleaned.csv", &format!("{CLEANED}di@acme.example,Di,1,9,2026-05-10 10:00:00\n"));
    let seen = desk.call("returns.preview", file());
    assert_eq!((&seen["optedInSince"], &seen["outcomes"][0]["known"]), (&json!(0), &json!(1)));
    let done = desk.call("returns.apply", file());
    assert_eq!((&done["ended"], &done["stay"]), (&json!(1), &json!(0)));
    desk.wait(5);
    desk.opted_in(&point, "2026-05-25");
    assert!(desk.list(&di).is_err(), "an opt-in does not make a mailbox");
    let page = desk.call("basis.of", json!({ "id": di }));
    assert_eq!(
        (&page["points"][0]["status"], &page["points"][0]["suppressed"]),
        (&json!("bounced"), &json!("bounced"))
    );
    desk.call("contact_points.edit", json!({ "id": point, "status": "ok" }));
    assert_eq!(desk.list(&di), Ok("di@acme.example".into()));
    // Who unsubscribed at a mailbox that came back is on the list for what they said.
    desk.call("returns.apply", came_back(&desk, "cleaned.csv", &format!("{CLEANED}di@acme.example,,,,2026-05-26\n")));
    let left = format!("{UNSUBSCRIBED}di@acme.example,,,,,2026-05-26 09:00:00,,\n");
    desk.call("returns.apply", came_back(&desk, "unsubscribed.csv", &left));
    assert_eq!(desk.call("basis.of", json!({ "id": di }))["points"][0]["suppressed"], "unsubscribed");
    desk.is_sound();
}

#[test]
fn an_opt_in_for_many_needs_a_day_since_it_outweighs_what_came_before_it() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    desk.point(&ada, "email", "ada@acme.example", "list_signup");
    let many = |basis: &str| json!({ "whom": { "ids": [ada] }, "purposes": ["list_mail"], "basis": basis, "evidence": "Our page" });
    let refused = desk.refused("basis.set_for_many", many("opted_in"));
    assert_eq!(refused.field.as_deref(), Some("on"));
    assert!(refused.message.starts_with("Say since when"), "{}", refused.message);
    assert_eq!(desk.call("basis.set_for_many", many("existing_user"))["people"], 1);
}

#[test]
fn who_opted_in_anew_is_named_and_stays_or_is_stopped_as_well() {
    let desk = Desk::new();
    let [(ada, _), (bo, _), _] = three(&desk);
    let rows = "ada@acme.example,,,2,1,2026-05-10 09:00:00,,\nbo@acme.example,,,2,2,2026-05-10 09:00:00,,\n";
    let file = || came_back(&desk, "unsubscribed.csv", &format!("{UNSUBSCRIBED}{rows}"));
    let seen = desk.call("returns.preview", file());
    assert_eq!((&seen["optedInSince"], &seen["optedInAnew"][0]["name"]), (&json!(1), &json!("bo")));
    let done = desk.call("returns.apply", file());
    assert_eq!((&done["ended"], &done["stay"], &done["stays"][0]["name"]), (&json!(1), &json!(1), &json!("bo")));
    assert!(desk.list(&ada).is_err());
    assert!(desk.list(&bo).is_ok());
    let mut all = file();
    all["stopOptedIn"] = json!(true);
    let seen = desk.call("returns.preview", all.clone());
    assert_eq!((&seen["optedInSince"], &seen["outcomes"][0]["addresses"]), (&json!(1), &json!(2)));
    let done = desk.call("returns.apply", all);
    assert_eq!((&done["ended"], &done["stay"]), (&json!(1), &json!(0)));
    assert_eq!(desk.list(&bo), Err(LeftOut::Objected));
    let again = desk.call("returns.preview", file());
    assert_eq!((&again["optedInSince"], &again["outcomes"][0]["already"]), (&json!(0), &json!(2)));
    desk.is_sound();
}

#[test]
fn a_time_of_leaving_alone_says_that_a_file_is_what_came_back() {
    let desk = Desk::new();
    for (name, text) in [
        ("a.csv", "Email Address,First Name,Last Name,UNSUB_TIME\nx@acme.example,X,Y,2026-05-10 09:00:00\n"),
        ("b.csv", "Email,CLEAN_TIME\nx@acme.example,2026-05-10 09:00:00\n"),
        ("cleaned.csv", "Email Address,First Name,Last Name\nx@acme.example,X,Y\n"),
        ("unsubscribed_email_audience_export_1.csv", "Email Address,First Name\nx@acme.example,X\n"),
    ] {
        let mut request = came_back(&desk, name, text);
        let seen = desk.call("returns.preview", request.clone());
        assert_eq!(seen["outcomes"][0]["addresses"], 1, "{name}");
        (request["matching"], request["source"]) = (json!(true), json!("import"));
        assert_eq!(desk.call("imports.preview", request)["returnsOf"], "Mailchimp", "{name}");
    }
    // Where both stand in one file, each row says its own, and who has neither is still written to.
    let text = "Email Address,UNSUB_TIME,CLEAN_TIME\na@acme.example,2026-05-10,\nb@acme.example,,2026-05-11\nc@acme.example,,\n";
    let seen = desk.call("returns.preview", came_back(&desk, "all.csv", text));
    let outcomes: Vec<&Value> =
        seen["outcomes"].as_array().expect("lines").iter().map(|line| &line["outcome"]).collect();
    assert_eq!((outcomes, &seen["subscribed"]), (vec![&json!("unsubscribed"), &json!("bounced")], &json!(1)));
}
