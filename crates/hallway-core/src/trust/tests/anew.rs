//! What a new opt-in ends, and what it leaves as it was; what a backup says of a no and what it does not.
use crate::{backups, testing::Desk, trust::LeftOut};
use serde_json::{Value, json};

/// Ada, who signed up for the list on 3 May.
fn signed_up() -> (Desk, String, String) {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "list_signup");
    desk.opted_in(&point, "2026-05-03");
    desk.wait(10);
    (desk, ada, point)
}

fn yes(point: &str, purpose: &str, on: &str) -> Value {
    json!({ "point": point, "purposes": [purpose], "basis": "opted_in", "evidence": "She wrote so", "on": on })
}

#[test]
fn a_yes_to_one_message_puts_nobody_back_on_the_list_they_left() {
    let (desk, ada, point) = signed_up();
    desk.call("contact_points.edit", json!({ "id": point, "status": "opted_out" }));
    desk.wait(2).call("basis.set", yes(&point, "one_to_one", "2026-06-02"));
    assert_eq!(desk.list(&ada), Err(LeftOut::Objected));
    assert_eq!(desk.verdicts(&[&ada], crate::trust::Purpose::OneToOne)[0].left_out, None, "what they said yes to");
    let refused = desk.refused(
        "basis.set",
        json!({ "point": point, "purposes": ["list_mail"], "basis": "existing_user", "on": "2026-06-02" }),
    );
    assert_eq!(refused.field.as_deref(), Some("basis"));
    desk.call("basis.set", yes(&point, "list_mail", "2026-06-02"));
    assert!(desk.list(&ada).is_ok(), "until they say yes to that as well");
    desk.undo();
    desk.undo();
    assert_eq!(desk.list(&ada), Err(LeftOut::OptedOut));
    desk.is_sound();
}

#[test]
fn nor_does_it_whoever_is_on_the_suppression_list_or_left_by_another_row_of_the_address() {
    let (desk, ada, point) = signed_up();
    desk.suppress("ada@acme.example");
    desk.wait(2).call("basis.set", yes(&point, "one_to_one", "2026-06-02"));
    assert_eq!(desk.list(&ada), Err(LeftOut::Objected));
    let (desk, ada, point) = signed_up();
    let bo = desk.person("Bo");
    let other = desk.point(&bo, "email", "ada@acme.example", "they_gave_it");
    desk.call("contact_points.edit", json!({ "id": other, "status": "opted_out" }));
    desk.wait(2).call("basis.set", yes(&point, "one_to_one", "2026-06-02"));
    assert_eq!(desk.list(&ada), Err(LeftOut::Objected));
}

#[test]
fn a_yes_to_the_list_lets_one_write_one_message_as_before() {
    let (desk, ada, point) = signed_up();
    desk.call("basis.set", yes(&point, "one_to_one", "2026-05-20"));
    desk.call("basis.set", yes(&point, "sales_intro", "2026-05-20"));
    desk.call("contact_points.edit", json!({ "id": point, "status": "opted_out" }));
    desk.wait(2).call("basis.set", yes(&point, "list_mail", "2026-06-02"));
    let left_out = |purpose| desk.verdicts(&[&ada], purpose)[0].left_out;
    assert_eq!(left_out(crate::trust::Purpose::ListMail), None);
    assert_eq!(left_out(crate::trust::Purpose::OneToOne), None);
    assert_eq!(left_out(crate::trust::Purpose::SalesIntro), Some(LeftOut::Objected));
}

/// A no to a newsletter is none to a parcel, so a new yes to the newsletter takes none away.
#[test]
fn a_yes_to_the_list_takes_no_parcel_away() {
    let (desk, ada, point) = signed_up();
    desk.call(
        "postal_addresses.add",
        json!({ "person": ada, "lines": "Kiln Row 1\nLagos", "country": "NG", "purpose": "a mug", "source": "they_gave_it" }),
    );
    let parcels = || {
        let ada = ada.parse().expect("an id");
        desk.store.read(desk.now(), |tx| crate::trust::post::by_post(tx, &[ada])).expect("an answer")[0].1
    };
    desk.call("contact_points.edit", json!({ "id": point, "status": "opted_out" }));
    assert_eq!(parcels(), None);
    desk.wait(2).call("basis.set", yes(&point, "list_mail", "2026-06-02"));
    assert_eq!(parcels(), None);
    assert!(desk.list(&ada).is_ok());
}

#[test]
fn a_backup_that_says_another_no_of_an_address_does_not_bring_this_one_back() {
    let no_of = |desk: &Desk, point: &str, purpose: &str| {
        desk.call("basis.set", json!({ "point": point, "purposes": [purpose], "basis": "objected" }));
    };
    let (desk, ada, point) = signed_up();
    no_of(&desk, &point, "recruiting_intro");
    let backup = desk.call("backups.make", json!({}))["name"].as_str().expect("a name").to_owned();
    desk.wait(1);
    no_of(&desk, &point, "list_mail");
    assert_eq!(desk.list(&ada), Err(LeftOut::Objected));
    let desk = desk.reopened(|path, now| drop(backups::restore(path, &backup, now).expect("it is put back")));
    assert!(desk.list(&ada).is_err(), "they left the list after the backup was made");
}

#[test]
fn a_backup_in_which_they_had_come_back_does_not_undo_that_they_left_again() {
    let (desk, ada, point) = signed_up();
    desk.call("basis.objected", json!({ "person": ada, "kinds": ["email"], "on": "2026-05-10" }));
    desk.opted_in(&point, "2026-05-20");
    assert!(desk.list(&ada).is_ok());
    let backup = desk.call("backups.make", json!({}))["name"].as_str().expect("a name").to_owned();
    desk.wait(1).call("basis.objected", json!({ "person": ada, "kinds": ["email"] }));
    assert!(desk.list(&ada).is_err());
    let desk = desk.reopened(|path, now| drop(backups::restore(path, &backup, now).expect("it is put back")));
    assert!(desk.list(&ada).is_err());
    desk.is_sound();
}

#[test]
fn a_filter_finds_a_no_as_long_as_it_holds_whatever_was_said_of_the_basis_after_it() {
    let (desk, _, point) = signed_up();
    let set = |basis: &str, on: &str| {
        desk.call(
            "basis.set",
            json!({ "point": point, "purposes": ["list_mail"], "basis": basis, "evidence": "x", "on": on }),
        )
    };
    let found = |text: &str| {
        let query = json!({ "filter": { "text": text }, "sort": "name", "descending": false });
        desk.call("people.list", json!({ "query": query, "offset": 0, "limit": 9 }))["count"].clone()
    };
    set("objected", "2026-05-10");
    set("unknown", "2026-05-12");
    assert_eq!((found("basis:objected"), found("basis:unknown")), (json!(1), json!(0)));
    set("opted_in", "2026-05-14");
    assert_eq!((found("basis:objected"), found("basis:opted_in")), (json!(0), json!(1)));
    assert!(
        desk.call(
            "basis.of",
            json!({ "id": desk.call("people.matching", json!({ "text": "Ada", "limit": 1 }))[0]["id"] })
        )["points"][0]["purposes"][1]["leftOut"]
            .is_null()
    );
}
