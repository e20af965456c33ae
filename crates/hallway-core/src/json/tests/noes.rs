//! Who asked not to be written to is not asked again by any file, whichever side is taken.
use super::{exported, request};
use crate::testing::{Desk, id_of};
use serde_json::{Value, json};

/// Somebody with one address, and the file as it was while they still got mail.
pub(super) struct Before {
    pub desk: Desk,
    pub ada: String,
    pub point: String,
    pub file: Value,
}

pub(super) fn before() -> Before {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = id_of(&desk.call(
        "contact_points.add",
        json!({ "person": ada, "kind": "email", "value": "ada@acme.example", "source": "list_signup" }),
    ));
    desk.call(
        "basis.set",
        json!({ "point": point, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Our page", "on": "2026-05-03" }),
    );
    let file = serde_json::from_str(&exported(&desk)).expect("JSON");
    Before { desk, ada, point, file }
}

impl Before {
    /// Brings the file in and takes what it says; answers what was done, beside what was said before.
    pub fn taken(&self, file: &Value) -> (Value, Value) {
        let text = file.to_string();
        let mut asked = request(&self.desk, &text);
        asked["theirs"] = json!(true);
        let preview = self.desk.call("json.preview", asked.clone());
        (preview, self.desk.call("json.run", asked))
    }
    pub fn status(&self) -> Value {
        self.desk.page(&self.ada)["contactPoints"][0]["status"].clone()
    }
    /// Why they may not be written to for a list.
    pub fn left_out(&self) -> Value {
        let of = self.desk.call("basis.of", json!({ "id": self.ada }));
        let purposes = of["points"][0]["purposes"].as_array().expect("purposes");
        purposes.iter().find(|one| one["purpose"] == "list_mail").expect("a list")["leftOut"].clone()
    }
}

/// The rows of one list of a file.
pub(super) fn rows<'a>(file: &'a mut Value, name: &str) -> &'a mut Vec<Value> {
    file[name].as_array_mut().expect("a list")
}

#[test]
fn an_address_that_was_opted_out_stays_so_when_theirs_is_taken() {
    let mut all = before();
    all.desk.call("contact_points.edit", json!({ "id": all.point, "status": "opted_out" }));
    rows(&mut all.file, "contactPoints")[0]["sourceNote"] = json!("at the meetup");
    let (preview, done) = all.taken(&all.file);
    assert_eq!(all.status(), "opted_out");
    assert_eq!(all.left_out(), "opted_out");
    assert_eq!(
        all.desk.page(&all.ada)["contactPoints"][0]["sourceNote"],
        "at the meetup",
        "what else it says is taken"
    );
    assert_eq!((&preview["differs"], &preview["replaced"], &preview["noes"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!((&done["changed"], &done["kept"], &done["noes"]), (&json!(1), &json!(0), &json!(1)), "{done}");
    let stays = preview["differing"][0]["stays"].as_str().expect("a sentence");
    assert!(stays.starts_with("They opted out here: that stays."), "{stays}");
    assert_eq!(preview["differing"][0]["replaced"], json!(["sourceNote"]));
    all.desk.is_sound();
}

#[test]
fn where_nothing_else_differs_nothing_is_replaced() {
    let all = before();
    all.desk.call("contact_points.edit", json!({ "id": all.point, "status": "opted_out" }));
    let dump = all.desk.dump();
    let (preview, done) = all.taken(&all.file);
    assert_eq!((&preview["differs"], &preview["replaced"], &preview["noes"]), (&json!(1), &json!(0), &json!(1)));
    assert_eq!((&done["changed"], &done["kept"], &done["noes"]), (&json!(0), &json!(1), &json!(1)), "{done}");
    assert_eq!(all.desk.dump(), dump);
}

#[test]
fn an_opt_in_with_what_shows_it_that_is_dated_after_it_ends_it_and_none_before() {
    let mut all = before();
    all.desk.call("contact_points.edit", json!({ "id": all.point, "status": "opted_out" }));
    let again = |on: &str, evidence: Value| {
        json!({ "id": "0197c000-0000-7000-8000-000000000001", "contactPointId": all.point, "purpose": "list_mail",
                "basis": "opted_in", "evidence": evidence, "recordedOn": on })
    };
    let (same_day, later, unshown) = (
        again("2026-05-21", json!("Our page")),
        again("2026-05-23", json!("Our page")),
        again("2026-05-23", json!(null)),
    );
    all.desk.wait(3);
    for word in [same_day, unshown] {
        let mut file = all.file.clone();
        rows(&mut file, "contactBases").push(word);
        all.taken(&file);
        assert_eq!(all.status(), "opted_out");
        all.desk.undo();
    }
    rows(&mut all.file, "contactBases").push(later);
    let (preview, done) = all.taken(&all.file);
    assert_eq!((all.status(), all.left_out()), (json!("ok"), Value::Null), "{done}");
    assert_eq!((&preview["noes"], &done["noes"]), (&json!(0), &json!(0)));
    all.desk.is_sound();
}

#[test]
fn another_address_is_not_put_in_the_place_of_one_that_was_refused() {
    let mut all = before();
    all.desk.call("contact_points.edit", json!({ "id": all.point, "status": "opted_out" }));
    rows(&mut all.file, "contactPoints")[0]["value"] = json!("ada@new.example");
    all.taken(&all.file);
    assert_eq!(all.desk.page(&all.ada)["contactPoints"][0]["value"], "ada@acme.example");
    assert_eq!(all.status(), "opted_out");
}

#[test]
fn a_no_that_was_said_is_neither_written_over_nor_put_into_the_trash() {
    let mut all = before();
    let set = |basis: &str, on: &str| {
        all.desk.call(
            "basis.set",
            json!({ "point": all.point, "purposes": ["list_mail"], "basis": basis, "evidence": "In person", "on": on }),
        )
    };
    set("objected", "2026-05-10");
    all.desk.call("basis.objected", json!({ "person": all.ada, "kinds": ["email"], "on": "2026-05-11" }));
    all.file = serde_json::from_str(&exported(&all.desk)).expect("JSON");
    let words = rows(&mut all.file, "contactBases");
    let no = words.iter_mut().find(|word| word["basis"] == "objected").expect("the no");
    (no["basis"], no["recordedOn"]) = (json!("opted_in"), json!("2026-05-20"));
    let objection = &mut rows(&mut all.file, "objections")[0];
    (objection["onDay"], objection["deletedAt"]) = (json!("2026-05-01"), json!(1_779_000_000_000_i64));
    let (preview, done) = all.taken(&all.file);
    assert_eq!((&preview["noes"], &done["noes"], &done["changed"]), (&json!(2), &json!(2), &json!(0)), "{done}");
    assert_eq!(all.left_out(), "objected");
    let of = all.desk.call("basis.of", json!({ "id": all.ada }));
    assert_eq!(of["objections"][0]["onDay"], "2026-05-11");
    all.desk.is_sound();
}

#[test]
fn whoever_is_not_to_be_contacted_stays_so() {
    let all = before();
    all.desk.call("people.edit", json!({ "id": all.ada, "doNotContact": true, "doNotContactReason": "She said so" }));
    let (_, done) = all.taken(&all.file);
    let page = all.desk.page(&all.ada);
    assert_eq!(
        (&page["person"]["doNotContact"], &page["person"]["doNotContactReason"]),
        (&json!(true), &json!("She said so"))
    );
    assert_eq!(done["noes"], 1);
}

#[test]
fn the_suppression_list_keeps_the_newest_no_and_takes_over_the_opt_in_that_came_after_it() {
    let mut all = before();
    all.desk.call("suppressions.add", json!({ "kind": "email", "values": ["ada@acme.example"] }));
    all.file = serde_json::from_str(&exported(&all.desk)).expect("JSON");
    let with = |on: &str, lifted: Value| {
        let mut file = all.file.clone();
        let row = &mut rows(&mut file, "suppressions")[0];
        (row["onDay"], row["liftedOn"]) = (json!(on), lifted);
        file
    };
    let (older, newer) = (with("2026-05-01", json!("2026-05-05")), with("2026-05-23", json!("2026-05-24")));
    all.desk.wait(3);
    let (_, done) = all.taken(&older);
    assert_eq!((&done["noes"], all.left_out()), (&json!(1), json!("suppressed")), "{done}");
    // Another word for the same no ends nothing either: the one that is here stays, and is counted as what stays.
    let mut worded = all.file.clone();
    rows(&mut worded, "suppressions")[0]["reason"] = json!("complained");
    let (preview, done) = all.taken(&worded);
    assert_eq!((&preview["differs"], &preview["replaced"], &preview["noes"]), (&json!(1), &json!(0), &json!(1)));
    let row = &preview["differing"][0];
    assert!(row["stays"].as_str().is_some_and(|words| words.contains("suppression list")), "{row}");
    assert_eq!(row["replaced"], json!([]));
    assert_eq!((&done["changed"], &done["kept"], &done["noes"]), (&json!(0), &json!(1), &json!(1)), "{done}");
    // That mail came back later says less than what they said before; nor does it end that when mail arrives again.
    for (lifted, theirs) in [(Value::Null, false), (Value::Null, true), (json!("2026-05-23"), true)] {
        let mut bounced = with("2026-05-22", lifted);
        rows(&mut bounced, "suppressions")[0]["reason"] = json!("bounced");
        let mut asked = request(&all.desk, &bounced.to_string());
        asked["theirs"] = json!(theirs);
        all.desk.call("json.run", asked);
        assert_eq!(all.left_out(), "suppressed");
    }
    let mut key = all.file.clone();
    rows(&mut key, "suppressionKeys")[0]["secret"] = json!("00".repeat(32));
    all.taken(&key);
    assert_eq!(all.left_out(), "suppressed", "what is on the list was hashed with the key that is here");
    all.taken(&newer);
    assert_eq!(all.left_out(), Value::Null);
    all.desk.is_sound();
}

impl Before {
    /// Why they may not be written to for that, at their address.
    fn left_out_of(&self, purpose: &str) -> Value {
        let of = self.desk.call("basis.of", json!({ "id": self.ada }));
        let purposes = of["points"][0]["purposes"].as_array().expect("purposes");
        purposes.iter().find(|one| one["purpose"] == purpose).expect("a purpose")["leftOut"].clone()
    }
    /// They say yes to that, on that day.
    fn says_yes(&self, purpose: &str, on: &str) {
        self.desk.call(
            "basis.set",
            json!({ "point": self.point, "purposes": [purpose], "basis": "opted_in", "evidence": "Our page", "on": on }),
        );
    }
}

/// An opt-in as a row of a file.
fn opt_in(id: u8, point: &str, purpose: &str, on: &str) -> Value {
    json!({ "id": format!("0197c000-0000-7000-8000-0000000000{id:02}"), "contactPointId": point, "purpose": purpose,
            "basis": "opted_in", "evidence": "Our page", "recordedOn": on })
}

#[test]
fn an_opt_in_to_the_list_opens_nothing_else_that_was_said_yes_to_before_the_no() {
    for newer in [false, true] {
        let mut all = before();
        all.says_yes("sales_intro", "2026-05-04");
        all.file = serde_json::from_str(&exported(&all.desk)).expect("JSON");
        all.desk.call("contact_points.edit", json!({ "id": all.point, "status": "opted_out" }));
        all.desk.wait(3);
        let words = rows(&mut all.file, "contactBases");
        words.push(opt_in(1, &all.point, "list_mail", "2026-05-23"));
        if newer {
            words.push(opt_in(2, &all.point, "sales_intro", "2026-05-23"));
        }
        all.taken(&all.file);
        assert_eq!(all.left_out(), Value::Null);
        let sales = if newer { Value::Null } else { json!("objected") };
        assert_eq!(all.left_out_of("sales_intro"), sales, "said anew: {newer}");
        assert_eq!(all.left_out_of("one_to_one"), "unknown_basis");
        all.desk.is_sound();
        all.desk.undo();
        assert_eq!((all.left_out(), all.left_out_of("sales_intro")), (json!("opted_out"), json!("opted_out")));
    }
}

#[test]
fn a_suppression_that_a_file_lifts_opens_the_list_and_nothing_that_was_said_yes_to_before_it() {
    let mut all = before();
    all.says_yes("sales_intro", "2026-05-04");
    all.desk.call("suppressions.add", json!({ "kind": "email", "values": ["ada@acme.example"] }));
    all.file = serde_json::from_str(&exported(&all.desk)).expect("JSON");
    all.desk.wait(3);
    rows(&mut all.file, "suppressions")[0]["liftedOn"] = json!("2026-05-23");
    rows(&mut all.file, "contactBases").push(opt_in(1, &all.point, "list_mail", "2026-05-23"));
    all.taken(&all.file);
    assert_eq!((all.left_out(), all.left_out_of("sales_intro")), (Value::Null, json!("objected")));
    all.desk.is_sound();
}

/// Whoever lies in the trash may come back, and is not written to then for what they had said no to.
#[test]
fn nor_does_it_for_whoever_lies_in_the_trash_meanwhile() {
    let mut all = before();
    all.says_yes("sales_intro", "2026-05-04");
    all.desk.call("suppressions.add", json!({ "kind": "email", "values": ["ada@acme.example"] }));
    all.desk.call("people.trash", json!({ "ids": [all.ada] }));
    all.file = serde_json::from_str(&exported(&all.desk)).expect("JSON");
    all.desk.wait(3);
    rows(&mut all.file, "suppressions")[0]["liftedOn"] = json!("2026-05-23");
    rows(&mut all.file, "contactBases").push(opt_in(1, &all.point, "list_mail", "2026-05-23"));
    all.taken(&all.file);
    all.desk.call("trash.restore", json!({ "people": [all.ada] }));
    assert_eq!((all.left_out(), all.left_out_of("sales_intro")), (Value::Null, json!("objected")));
    all.desk.is_sound();
}

#[test]
fn the_no_at_the_address_of_a_file_is_taken_where_the_refused_one_here_stays() {
    let mut all = before();
    all.desk.call("contact_points.edit", json!({ "id": all.point, "status": "opted_out" }));
    let point = &mut rows(&mut all.file, "contactPoints")[0];
    (point["value"], point["status"]) = (json!("ada@new.example"), json!("opted_out"));
    let (preview, done) = all.taken(&all.file);
    assert_eq!((&preview["suppressed"], &done["suppressed"]), (&json!(1), &json!(1)), "{done}");
    assert_eq!(done["noesTaken"], 0, "no row says it: {done}");
    let added = all.desk.call("suppressions.add", json!({ "kind": "email", "values": ["ada@new.example"] }));
    assert_eq!(added["already"], 1);
}
