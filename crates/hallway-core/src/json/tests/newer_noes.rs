//! What a file says that somebody asked not to be written to comes in, whichever side is taken; and what comes in ends no no
//! that was said here unless it may.
use super::{
    looked,
    noes::{Before, before, rows},
    request,
};
use serde_json::{Value, json};

/// Brings the file in and keeps what is here, as it was seen before.
fn kept(all: &Before) -> (Value, Value) {
    let text = all.file.to_string();
    let mut asked = request(&all.desk, &text);
    asked["theirs"] = json!(false);
    let preview = all.desk.call("json.preview", asked.clone());
    (preview, all.desk.call("json.run", asked))
}

#[test]
fn an_address_that_was_opted_out_elsewhere_is_so_here_though_what_is_here_is_kept() {
    let mut all = before();
    rows(&mut all.file, "contactPoints")[0]["status"] = json!("opted_out");
    rows(&mut all.file, "contactPoints")[0]["sourceNote"] = json!("at the meetup");
    let (preview, done) = kept(&all);
    assert_eq!((all.status(), all.left_out()), (json!("opted_out"), json!("opted_out")), "{done}");
    assert_eq!(all.desk.page(&all.ada)["contactPoints"][0]["sourceNote"], Value::Null, "the rest is kept");
    assert_eq!(
        (&preview["noesTaken"], &done["noesTaken"], &done["changed"]),
        (&json!(1), &json!(1), &json!(1)),
        "{done}"
    );
    assert_eq!((&preview["noes"], &done["noes"], &done["kept"]), (&json!(0), &json!(0), &json!(0)));
    all.desk.undo();
    assert_eq!(all.status(), "ok");
    all.desk.is_sound();
}

#[test]
fn nobody_is_written_to_who_is_not_to_be_contacted_elsewhere() {
    let mut all = before();
    let person = &mut rows(&mut all.file, "people")[0];
    (person["doNotContact"], person["doNotContactReason"]) = (json!(true), json!("She said so"));
    person["city"] = json!("Lagos");
    let (_, done) = kept(&all);
    let page = all.desk.page(&all.ada);
    assert_eq!(
        (&page["person"]["doNotContact"], &page["person"]["doNotContactReason"], &page["person"]["city"]),
        (&json!(true), &json!("She said so"), &Value::Null)
    );
    assert_eq!(done["noesTaken"], 1);
}

#[test]
fn a_later_day_of_an_objection_and_one_that_was_taken_back_elsewhere_and_a_suppression() {
    let mut all = before();
    all.desk.call("basis.objected", json!({ "person": all.ada, "kinds": ["email"], "on": "2026-05-05" }));
    all.desk.call("suppressions.add", json!({ "kind": "email", "values": ["ada@acme.example"] }));
    all.file = serde_json::from_str(&super::exported(&all.desk)).expect("JSON");
    rows(&mut all.file, "objections")[0]["onDay"] = json!("2026-05-15");
    all.desk.wait(2).call(
        "basis.set",
        json!({ "point": all.point, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Our page", "on": "2026-05-22" }),
    );
    assert_eq!(all.left_out(), Value::Null);
    rows(&mut all.file, "suppressions")[0]["onDay"] = json!("2026-05-23");
    let (_, done) = kept(&all);
    assert_eq!(all.left_out(), "suppressed", "who left after they had come back: {done}");
    let of = all.desk.call("basis.of", json!({ "id": all.ada }));
    assert_eq!(of["objections"][0]["onDay"], "2026-05-15");
    assert_eq!(done["noesTaken"], 2);
    all.desk.is_sound();
}

#[test]
fn a_no_that_was_taken_back_here_since_stays_taken_back() {
    let mut all = before();
    all.desk.call("contact_points.edit", json!({ "id": all.point, "status": "opted_out" }));
    all.desk.call("people.edit", json!({ "id": all.ada, "doNotContact": true }));
    all.file = serde_json::from_str(&super::exported(&all.desk)).expect("JSON");
    all.desk.later(5).call("people.edit", json!({ "id": all.ada, "doNotContact": false }));
    all.desk.wait(2).call(
        "basis.set",
        json!({ "point": all.point, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Our page", "on": "2026-05-23" }),
    );
    let (preview, done) = kept(&all);
    assert_eq!((all.status(), all.left_out()), (json!("ok"), Value::Null));
    assert_eq!((&preview["noesTaken"], &done["noesTaken"], &done["kept"]), (&json!(0), &json!(0), &json!(2)), "{done}");
}

#[test]
fn an_opt_in_of_a_day_to_come_is_refused_since_it_would_outweigh_every_no() {
    let mut all = before();
    rows(&mut all.file, "contactBases")
        .push(json!({ "id": "0197c000-0000-7000-8000-000000000001", "contactPointId": all.point,
        "purpose": "list_mail", "basis": "opted_in", "evidence": "Our page", "recordedOn": "2099-01-01" }));
    let text = all.file.to_string();
    let seen = looked(&all.desk, &text);
    assert_eq!(
        (&seen["refused"], &seen["refusals"][0]["path"]),
        (&json!(1), &json!("contactBases[1].recordedOn")),
        "{seen}"
    );
    all.taken(&all.file);
    all.desk.call("basis.objected", json!({ "person": all.ada, "kinds": ["email"] }));
    assert_eq!(all.left_out(), "objected");
}

#[test]
fn an_address_is_not_taken_off_the_suppression_list_on_a_day_to_come() {
    let mut all = before();
    all.desk.call("suppressions.add", json!({ "kind": "email", "values": ["ada@acme.example"] }));
    all.file = serde_json::from_str(&super::exported(&all.desk)).expect("JSON");
    rows(&mut all.file, "suppressions")[0]["liftedOn"] = json!("2099-01-01");
    let (preview, _) = all.taken(&all.file);
    assert_eq!((&preview["refused"], all.left_out()), (&json!(1), json!("suppressed")), "{preview}");
}

#[test]
fn an_opt_in_of_which_nothing_shows_it_ends_no_no() {
    let mut all = before();
    all.desk.call("basis.objected", json!({ "person": all.ada, "kinds": ["email"], "on": "2026-05-10" }));
    let word = |evidence: Value| {
        json!({ "id": "0197c000-0000-7000-8000-000000000001", "contactPointId": all.point, "purpose": "list_mail",
                "basis": "opted_in", "evidence": evidence, "recordedOn": "2026-05-20" })
    };
    let (unshown, shown) = (word(json!(" ")), word(json!("Our page")));
    let mut file = all.file.clone();
    rows(&mut file, "contactBases").push(unshown);
    all.taken(&file);
    assert_eq!(all.left_out(), "objected");
    all.desk.undo();
    rows(&mut all.file, "contactBases").push(shown);
    all.taken(&all.file);
    assert_eq!(all.left_out(), Value::Null);
}

#[test]
fn a_no_at_another_address_goes_on_the_suppression_list_though_the_address_is_not_taken() {
    let mut all = before();
    let point = &mut rows(&mut all.file, "contactPoints")[0];
    (point["value"], point["status"]) = (json!("Ada@Old.example"), json!("opted_out"));
    let (preview, done) = kept(&all);
    assert_eq!(
        (&preview["suppressed"], &done["suppressed"], &done["kept"]),
        (&json!(1), &json!(1), &json!(1)),
        "{done}"
    );
    assert_eq!((&preview["noesTaken"], &done["noesTaken"], &done["changed"]), (&json!(0), &json!(0), &json!(0)));
    let page = all.desk.page(&all.ada);
    assert_eq!(page["contactPoints"].as_array().map(Vec::len), Some(1));
    assert_eq!((&page["contactPoints"][0]["value"], all.left_out()), (&json!("ada@acme.example"), Value::Null));
    let theirs = all.desk.call(
        "contact_points.add",
        json!({ "person": all.ada, "kind": "email", "value": "ada@old.example", "source": "list_signup" }),
    );
    let of = all.desk.call("basis.of", json!({ "id": all.ada }));
    let points = of["points"].as_array().expect("points");
    let old = points.iter().find(|point| point["point"] == theirs["id"]).expect("the address");
    assert_eq!(old["suppressed"], "unsubscribed");
    let (preview, done) = kept(&all);
    assert_eq!((&preview["suppressed"], &done["suppressed"]), (&json!(0), &json!(0)), "it is known by now");
    all.desk.is_sound();
}

#[test]
fn a_no_at_another_address_is_not_taken_where_they_opted_in_there_after_it() {
    let mut all = before();
    let old = all.desk.call(
        "contact_points.add",
        json!({ "person": all.ada, "kind": "email", "value": "ada@old.example", "source": "list_signup" }),
    );
    all.desk.wait(2).call(
        "basis.set",
        json!({ "point": old["id"], "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Our page", "on": "2026-05-23" }),
    );
    let point = &mut rows(&mut all.file, "contactPoints")[0];
    (point["value"], point["status"]) = (json!("ada@old.example"), json!("opted_out"));
    let (_, done) = kept(&all);
    assert_eq!((&done["noesTaken"], &done["suppressed"]), (&json!(0), &json!(0)));
}
