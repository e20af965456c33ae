//! Who said no is not written to, whatever becomes of the rows that say so.
use crate::{
    backups,
    testing::Desk,
    trust::{LeftOut, Purpose},
};
use serde_json::json;

/// Ada and Bo, who share an address; Bo signed up with it.
fn sharing(desk: &Desk) -> (String, String, String) {
    let (ada, bo) = (desk.person("Ada"), desk.person("Bo"));
    let hers = desk.point(&ada, "email", "team@acme.example", "they_gave_it");
    let his = desk.point(&bo, "email", "Team@acme.example", "they_gave_it");
    desk.opted_in(&his, "2026-05-03");
    assert!(desk.list(&bo).is_ok());
    (ada, bo, hers)
}

fn erase(desk: &Desk, person: &str) {
    desk.call("erase.run", json!({ "ids": [person], "others": "blank" }));
}

/// Into the trash, and out of it for good after thirty days.
fn let_go_of(desk: &Desk, person: &str) {
    desk.call("people.trash", json!({ "ids": [person] }));
    assert_eq!(desk.wait(31).call("erase.keep_up", json!({}))["people"], 1);
}

#[test]
fn an_address_that_somebody_else_has_too_is_not_written_to_once_whoever_refused_it_is_gone() {
    type Refuse = fn(&Desk, &str, &str);
    let ways: [(&str, Refuse); 4] = [
        ("opted out", |desk, _, point| {
            desk.call("contact_points.edit", json!({ "id": point, "status": "opted_out" }));
        }),
        ("objected", |desk, ada, _| {
            desk.call("basis.objected", json!({ "person": ada, "kinds": ["email"] }));
        }),
        ("not to be contacted", |desk, ada, _| {
            desk.call("people.edit", json!({ "id": ada, "doNotContact": true }));
        }),
        ("said no to lists", |desk, _, point| {
            desk.call(
                "basis.set",
                json!({ "point": point, "purposes": ["list_mail"], "basis": "objected", "on": "2026-05-10" }),
            );
        }),
    ];
    for (what, refuse) in ways {
        for gone in [erase, let_go_of] {
            let desk = Desk::new();
            let (ada, bo, hers) = sharing(&desk);
            refuse(&desk, &ada, &hers);
            assert!(desk.list(&bo).is_err(), "{what}, while she is here");
            gone(&desk, &ada);
            assert!(desk.list(&bo).is_err(), "{what}, once she is gone");
            desk.is_sound();
        }
    }
}

#[test]
fn whoever_shares_an_address_of_which_nothing_bad_was_said_keeps_it_while_they_live() {
    let desk = Desk::new();
    let (ada, bo, _) = sharing(&desk);
    erase(&desk, &ada);
    assert!(desk.list(&bo).is_ok(), "it is Bo's as well");
    // A duplicate in the trash is nobody who has it still.
    let (eve, twin) = (desk.person("Eve"), desk.person("Eve, again"));
    desk.point(&eve, "email", "eve@acme.example", "they_gave_it");
    desk.point(&twin, "email", "eve@acme.example", "import");
    desk.call("people.trash", json!({ "ids": [twin] }));
    erase(&desk, &eve);
    let again = desk.person("Eve, brought in again");
    desk.point(&again, "email", "eve@acme.example", "import");
    assert_eq!(desk.list(&again), Err(LeftOut::Suppressed));
}

#[test]
fn an_objection_to_one_kind_of_channel_says_nothing_of_another_when_the_trash_is_emptied() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    desk.point(&ada, "email", "ada@acme.example", "they_gave_it");
    desk.call("basis.objected", json!({ "person": ada, "kinds": ["phone"] }));
    let_go_of(&desk, &ada);
    let again = desk.person("Ada, again");
    desk.point(&again, "email", "ada@acme.example", "they_gave_it");
    assert_eq!(desk.list(&again), Err(LeftOut::UnknownBasis));
}

#[test]
fn an_address_that_was_refused_and_deleted_by_itself_is_remembered_when_the_trash_is_emptied() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let old = desk.point(&ada, "email", "ada@old.example", "they_gave_it");
    let fine = desk.point(&ada, "email", "ada@fine.example", "they_gave_it");
    desk.call("contact_points.edit", json!({ "id": old, "status": "opted_out" }));
    desk.call("contact_points.trash", json!({ "id": old }));
    desk.call("contact_points.trash", json!({ "id": fine }));
    let receipt = desk.wait(31).call("erase.keep_up", json!({}));
    assert_eq!(receipt["suppressed"], 1);
    let again = desk.point(&ada, "email", "ada@old.example", "import");
    assert_eq!(desk.list(&ada), Err(LeftOut::Suppressed));
    desk.call("contact_points.trash", json!({ "id": again }));
    desk.point(&ada, "email", "ada@fine.example", "import");
    assert_eq!(desk.list(&ada), Err(LeftOut::UnknownBasis), "of that one nothing was said");
}

#[test]
fn another_address_inherits_no_word_and_the_old_one_keeps_its_own() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "list_signup");
    desk.opted_in(&point, "2026-05-03");
    let row = desk.call("contact_points.edit", json!({ "id": point, "value": "ADA@acme.example" }));
    assert_eq!((&row["id"], desk.list(&ada).is_ok()), (&json!(point), true), "it is spelled otherwise, and the same");
    let row = desk.call("contact_points.edit", json!({ "id": point, "value": "ada@elsewhere.example" }));
    assert_eq!(
        (&row["value"], &row["isPrimary"], &row["source"]),
        (&json!("ada@elsewhere.example"), &json!(true), &json!("list_signup"))
    );
    assert_eq!(desk.list(&ada), Err(LeftOut::UnknownBasis));
    let page = desk.page(&ada);
    let shown: Vec<&serde_json::Value> =
        page["contactPoints"].as_array().unwrap().iter().map(|point| &point["value"]).collect();
    assert_eq!(shown, ["ada@elsewhere.example"]);
    desk.undo();
    assert_eq!(desk.list(&ada), Ok("ADA@acme.example".into()));
    desk.redo();
    desk.is_sound();

    // What was refused stays so, for whoever has it and for her.
    for refusal in [json!({ "status": "opted_out" }), json!({ "purposes": ["list_mail"], "basis": "objected" })] {
        let desk = Desk::new();
        let (ada, bo, mut hers) = sharing(&desk);
        match refusal["status"].as_str() {
            Some(status) => desk.call("contact_points.edit", json!({ "id": hers, "status": status })),
            None => desk.call("basis.set", json!({ "point": hers, "purposes": ["list_mail"], "basis": "objected" })),
        };
        desk.wait(2);
        hers = crate::testing::id_of(
            &desk.call("contact_points.edit", json!({ "id": hers, "value": "ada@acme.example" })),
        );
        desk.opted_in(&hers, "2026-05-22");
        assert_eq!(desk.list(&ada), Ok("ada@acme.example".into()), "the new one is its own");
        assert!(desk.list(&bo).is_err(), "{refusal}");
        desk.call("contact_points.edit", json!({ "id": hers, "value": "team@acme.example" }));
        assert!(desk.list(&ada).is_err(), "{refusal}");
        desk.is_sound();
    }
}

#[test]
fn an_address_of_which_nothing_was_said_is_corrected_where_it_stands() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.exampel", "badge");
    let row = desk.call("contact_points.edit", json!({ "id": point, "value": "ada@acme.example" }));
    assert_eq!((&row["id"], &row["source"]), (&json!(point), &json!("badge")));
}

#[test]
fn an_address_that_was_opted_out_is_made_usable_by_a_new_opt_in_alone() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "they_gave_it");
    desk.opted_in(&point, "2026-05-03");
    desk.call("contact_points.edit", json!({ "id": point, "status": "opted_out" }));
    for status in ["ok", "bounced", "wrong_person"] {
        let refused = desk.refused("contact_points.edit", json!({ "id": point, "status": status }));
        assert_eq!(
            (refused.field.as_deref(), refused.message.as_str()),
            (
                Some("status"),
                "They opted out at this address. If that was noted by mistake, undo it; otherwise only a new opt-in of theirs, with what shows it, makes it usable again."
            )
        );
    }
    desk.call("contact_points.edit", json!({ "id": point, "status": "opted_out", "sourceNote": "at a fair" }));
    assert_eq!(desk.list(&ada), Err(LeftOut::OptedOut));
    desk.wait(2).opted_in(&point, "2026-05-22");
    assert!(desk.list(&ada).is_ok());
    // What two rows of one person say is shown as one, with the strictest word.
    let twin = desk.person("Ada L.");
    let other = desk.point(&twin, "email", "ada@acme.example", "import");
    desk.call("contact_points.edit", json!({ "id": other, "status": "opted_out" }));
    desk.call("doubles.merge", json!({ "ids": [ada, twin] }));
    assert_eq!(
        desk.refused("contact_points.edit", json!({ "id": point, "status": "ok" })).field.as_deref(),
        Some("status")
    );
}

#[test]
fn who_is_not_to_be_contacted_is_not_by_another_row_with_the_same_address() {
    let desk = Desk::new();
    let (ada, bo, hers) = sharing(&desk);
    desk.call("people.edit", json!({ "id": ada, "doNotContact": true }));
    assert_eq!(desk.list(&bo), Err(LeftOut::DoNotContact));
    desk.call("people.trash", json!({ "ids": [ada] }));
    assert_eq!(desk.list(&bo), Err(LeftOut::DoNotContact), "in the trash as well");
    desk.undo();
    desk.call("contact_points.edit", json!({ "id": hers, "status": "wrong_person" }));
    assert!(desk.list(&bo).is_ok(), "it was never hers");
    desk.undo();
    desk.call("people.edit", json!({ "id": ada, "doNotContact": false }));
    assert!(desk.list(&bo).is_ok());
}

#[test]
fn whichever_of_the_rows_that_are_one_person_is_not_to_be_contacted_none_is_when_the_trash_is_emptied() {
    let desk = Desk::new();
    let (ada, twin) = (desk.person("Ada"), desk.person("Ada L."));
    desk.point(&twin, "email", "ada@acme.example", "they_gave_it");
    desk.call("people.edit", json!({ "id": ada, "doNotContact": true }));
    desk.call("doubles.merge", json!({ "ids": [ada, twin] }));
    let_go_of(&desk, &ada);
    let again = desk.person("Ada, again");
    desk.point(&again, "email", "ada@acme.example", "they_gave_it");
    assert_eq!(desk.list(&again), Err(LeftOut::Suppressed));
}

#[test]
fn a_backup_that_is_put_back_forgets_nobody_who_said_no_since() {
    let desk = Desk::new();
    let points: Vec<(String, String)> = ["ada", "bo", "eve", "kim"]
        .iter()
        .map(|name| {
            let person = desk.person(name);
            let point = desk.point(&person, "email", &format!("{name}@acme.example"), "list_signup");
            desk.opted_in(&point, "2026-05-03");
            (person, point)
        })
        .collect();
    desk.suppress("lifted@acme.example");
    let backup = desk.call("backups.make", json!({}))["name"].as_str().expect("a name").to_owned();
    desk.wait(3).suppress("ada@acme.example");
    desk.call("basis.objected", json!({ "person": points[1].0, "kinds": ["email"] }));
    desk.call("contact_points.edit", json!({ "id": points[2].1, "status": "opted_out" }));
    desk.suppress("lifted@acme.example");
    let desk = desk.reopened(|path, now| drop(backups::restore(path, &backup, now).expect("it is put back")));
    assert_eq!(desk.list(&points[0].0), Err(LeftOut::Suppressed));
    assert!(desk.list(&points[1].0).is_err() && desk.list(&points[2].0).is_err());
    assert_eq!(desk.list(&points[3].0), Ok("kim@acme.example".into()), "who said nothing is as they were");
    // The newer word is kept, so that an older sign-up does not outweigh it.
    let late = desk.person("Late");
    let point = desk.point(&late, "email", "lifted@acme.example", "list_signup");
    let refused = desk.refused(
        "basis.set",
        json!({ "point": point, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "x", "on": "2026-05-22" }),
    );
    assert!(refused.message.contains("since 2026-05-24"), "{}", refused.message);
    desk.is_sound();
}

#[test]
fn an_opt_in_after_the_backup_was_made_is_as_it_was_and_a_no_after_that_is_not() {
    let desk = Desk::new();
    desk.suppress("ada@acme.example");
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "list_signup");
    desk.wait(1).opted_in(&point, "2026-05-22");
    let backup = desk.call("backups.make", json!({}))["name"].as_str().expect("a name").to_owned();
    assert!(desk.list(&ada).is_ok());
    desk.wait(2).suppress("ada@acme.example");
    let desk = desk.reopened(|path, now| drop(backups::restore(path, &backup, now).expect("it is put back")));
    assert_eq!(desk.list(&ada), Err(LeftOut::Suppressed), "the backup says that it was lifted");
}

#[test]
fn a_receipt_of_an_erasure_is_in_a_backup_that_is_put_back_though_nothing_of_it_was() {
    let desk = Desk::new();
    desk.person("Ada");
    let backup = desk.call("backups.make", json!({}))["name"].as_str().expect("a name").to_owned();
    let bo = desk.person("Bo");
    desk.point(&bo, "email", "bo@acme.example", "they_gave_it");
    erase(&desk, &bo);
    let desk = desk.reopened(|path, now| drop(backups::restore(path, &backup, now).expect("it is put back")));
    assert_eq!(desk.call("erase.receipts", json!({})).as_array().unwrap().len(), 1);
    let again = desk.person("Bo");
    desk.point(&again, "email", "bo@acme.example", "import");
    assert_eq!(desk.list(&again), Err(LeftOut::Suppressed));
}

#[test]
fn of_two_times_they_said_no_the_later_day_counts() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "they_gave_it");
    desk.suppress("ada@acme.example");
    desk.wait(10).suppress("ada@acme.example");
    assert_eq!(
        desk.refused(
            "basis.set",
            json!({ "point": point, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "x", "on": "2026-05-25" })
        )
        .field
        .as_deref(),
        Some("basis"),
        "signed up before they said so again"
    );
    desk.wait(3).opted_in(&point, "2026-06-02");
    assert!(desk.list(&ada).is_ok());
    assert_eq!(desk.verdicts(&[&ada], Purpose::OneToOne)[0].left_out, Some(LeftOut::UnknownBasis));
}

#[test]
fn a_backup_of_an_older_format_is_asked_for_the_noes_it_could_say() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "list_signup");
    desk.call("contact_points.edit", json!({ "id": point, "status": "opted_out" }));
    for format in 1..crate::store::SCHEMA_VERSION as usize {
        let then = rusqlite::Connection::open_in_memory().expect("a file");
        for sql in &crate::store::migrations()[..format] {
            then.execute_batch(sql).expect("a format");
        }
        let stay = desk.store.read(desk.now(), |tx| crate::trust::noes_beyond(tx, &then));
        assert_eq!(stay.expect("an answer").addresses, 1, "format {format}");
    }
}
