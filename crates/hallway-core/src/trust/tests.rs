//! What a file says of people, put before the rules; the rules themselves are asserted in `matrix`.
mod always;
mod anew;
mod left_alone;
mod many;
mod matrix;
mod outlives;
mod refusals;
mod returns;
mod suppressions;

use crate::{
    Id,
    normal::ContactKind,
    testing::{Desk, id_of},
    trust::{LeftOut, Purpose, SuppressedFor, Verdict, suppress, verdicts},
};

use serde_json::{Value, json};

impl Desk {
    pub(super) fn point(&self, person: &str, kind: &str, value: &str, source: &str) -> String {
        id_of(
            &self.call(
                "contact_points.add",
                json!({ "person": person, "kind": kind, "value": value, "source": source }),
            ),
        )
    }
    pub(super) fn opted_in(&self, point: &str, on: &str) -> Value {
        self.call(
            "basis.set",
            json!({ "point": point, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Our page", "on": on }),
        )
    }
    pub(super) fn verdicts(&self, people: &[&str], purpose: Purpose) -> Vec<Verdict> {
        let ids: Vec<Id> = people.iter().map(|id| id.parse().expect("an id")).collect();
        self.store.read(self.now(), |tx| verdicts(tx, &ids, ContactKind::Email, purpose)).expect("verdicts")
    }
    /// The address to use for a list, or why not.
    pub(super) fn list(&self, person: &str) -> Result<String, LeftOut> {
        let verdict = self.verdicts(&[person], Purpose::ListMail).pop().expect("a verdict");
        match verdict.left_out {
            Some(left_out) => Err(left_out),
            None => Ok(verdict.value.expect("an address")),
        }
    }
    pub(super) fn suppress(&self, value: &str) {
        self.store
            .write("suppressions.add", crate::store::Memory::Recorded, self.now(), |tx| {
                suppress(tx, ContactKind::Email, value, SuppressedFor::Unsubscribed)
            })
            .expect("a suppression");
    }
}

#[test]
fn somebody_is_on_a_list_with_the_address_they_chose_else_the_newest() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    assert_eq!(desk.list(&ada), Err(LeftOut::NoAddress));
    let old = desk.point(&ada, "email", "ada@old.example", "they_gave_it");
    assert_eq!(desk.list(&ada), Err(LeftOut::UnknownBasis));
    desk.wait(10);
    let new = desk.point(&ada, "email", "ada@new.example", "list_signup");
    desk.opted_in(&new, "2026-05-30");
    assert_eq!(desk.list(&ada), Ok("ada@new.example".into()), "the one to use says nothing, the other does");
    desk.opted_in(&old, "2026-05-30");
    assert_eq!(desk.list(&ada), Ok("ada@old.example".into()));
    desk.call("contact_points.edit", json!({ "id": old, "isPrimary": false }));
    assert_eq!(desk.list(&ada), Ok("ada@new.example".into()));
    desk.call("contact_points.edit", json!({ "id": new, "status": "bounced" }));
    assert_eq!(desk.list(&ada), Ok("ada@old.example".into()));
    desk.call("contact_points.edit", json!({ "id": old, "status": "opted_out" }));
    assert_eq!(desk.list(&ada), Err(LeftOut::Bounced), "of those that may not be used, the one that comes closest");
}

#[test]
fn a_basis_is_for_one_purpose_and_undo_takes_it_back() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "they_gave_it");
    desk.opted_in(&point, "2026-05-03");
    assert_eq!(desk.verdicts(&[&ada], Purpose::OneToOne)[0].left_out, Some(LeftOut::UnknownBasis));
    assert!(desk.list(&ada).is_ok());
    let label = desk.undo()["label"].clone();
    assert_eq!(label, "Said why one may write to Ada");
    assert_eq!(desk.list(&ada), Err(LeftOut::UnknownBasis));
    desk.redo();
    assert!(desk.list(&ada).is_ok());
    desk.is_sound();
}

#[test]
fn an_opt_in_says_what_shows_it_and_since_when() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "they_gave_it");
    let entry = desk.log(&ada, "conversation_in_person", "2026-05-03");
    let set = |evidence: Value, touchpoint: Value, on: Value| json!({ "point": point, "purposes": ["list_mail"], "basis": "opted_in", "evidence": evidence, "touchpoint": touchpoint, "on": on });
    let none = || Value::Null;
    for blank in [none(), json!("  ")] {
        let refused = desk.refused("basis.set", set(blank.clone(), none(), json!("2026-05-03")));
        assert_eq!(refused.field.as_deref(), Some("evidence"));
        assert_eq!(refused.message, "Say what shows that they opted in, such as “signed up on our page”.");
        let refused = desk.refused("basis.set", set(json!("Our page"), none(), blank));
        assert_eq!(refused.field.as_deref(), Some("on"));
        assert!(refused.message.starts_with("Say since when"), "{}", refused.message);
    }
    assert_eq!(desk.list(&ada), Err(LeftOut::UnknownBasis), "what was refused is not said");
    desk.call("basis.set", set(none(), json!(entry), json!("2026-05-03")));
    assert!(desk.list(&ada).is_ok(), "an entry shows it as well");
    // What is said on another basis is said today, and needs no more.
    desk.call("basis.set", json!({ "point": point, "purposes": ["one_to_one"], "basis": "they_wrote_first" }));
}

#[test]
fn what_was_said_before_shows_again_when_what_was_said_last_is_taken_back() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "they_gave_it");
    desk.opted_in(&point, "2026-05-03");
    let set =
        |basis: &str| desk.call("basis.set", json!({ "point": point, "purposes": ["list_mail"], "basis": basis }));
    set("they_wrote_first");
    let first = desk.call("history.recent", json!({ "limit": 2 }))[1]["id"].clone();
    assert_eq!(desk.list(&ada), Err(LeftOut::NoOptIn));
    set("unknown");
    assert_eq!(desk.list(&ada), Err(LeftOut::UnknownBasis));
    desk.call("history.take_back", json!({ "operation": first }));
    desk.undo();
    assert_eq!(desk.list(&ada), Err(LeftOut::NoOptIn));
    desk.undo();
    assert_eq!(desk.list(&ada), Err(LeftOut::UnknownBasis), "nothing that was said stands");
    desk.undo();
    assert_eq!(desk.list(&ada), Err(LeftOut::NoAddress));
}

#[test]
fn an_objection_is_final_until_a_new_opt_in_that_says_what_shows_it() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "they_gave_it");
    desk.opted_in(&point, "2026-05-03");
    let page = desk.call("basis.objected", json!({ "person": ada, "kinds": ["email"], "on": "2026-05-10" }));
    assert_eq!(page["objections"][0]["onDay"], "2026-05-10");
    assert_eq!(page["points"][0]["purposes"][1]["leftOut"], "objected");
    assert_eq!(desk.list(&ada), Err(LeftOut::Objected));
    for purpose in Purpose::ALL {
        assert_eq!(desk.verdicts(&[&ada], *purpose)[0].left_out, Some(LeftOut::Objected));
    }
    let set = |basis: &str, on: &str| json!({ "point": point, "purposes": ["list_mail"], "basis": basis, "on": on, "evidence": "Said so" });
    for refused in [set("opted_in", "2026-05-10"), set("opted_in", "2026-05-01"), set("existing_user", "2026-05-20")] {
        let failure = desk.refused("basis.set", refused);
        assert_eq!(
            failure.message,
            "They asked not to be written to here on 2026-05-10. Only an opt-in of theirs that is dated after that day ends it."
        );
    }
    let mut without = set("opted_in", "2026-05-20");
    without["evidence"] = json!(" ");
    assert_eq!(desk.refused("basis.set", without).field.as_deref(), Some("evidence"));
    desk.call("basis.set", set("opted_in", "2026-05-20"));
    assert_eq!(desk.list(&ada), Ok("ada@acme.example".into()));
    assert_eq!(desk.verdicts(&[&ada], Purpose::OneToOne)[0].left_out, Some(LeftOut::Objected), "for that alone");
    assert_eq!(desk.refused("basis.set", set("opted_in", "2026-05-22")).field.as_deref(), Some("on"), "still to come");
}

#[test]
fn who_is_several_rows_is_written_to_on_the_stricter_word_and_parted_again_on_their_own() {
    let desk = Desk::new();
    let (ada, twin) = (desk.person("Ada"), desk.person("Ada L."));
    let one = desk.point(&ada, "email", "ada@acme.example", "they_gave_it");
    let other = desk.point(&twin, "email", "ADA@acme.example", "import");
    desk.opted_in(&one, "2026-05-03");
    let merge = || desk.call("doubles.merge", json!({ "ids": [ada, twin] }));
    merge();
    assert!(desk.list(&ada).is_ok(), "of the other row nothing was ever said");
    desk.undo();
    desk.call("basis.set", json!({ "point": other, "purposes": ["list_mail"], "basis": "public_work_one_to_one" }));
    merge();
    assert_eq!(desk.list(&ada), Err(LeftOut::NoOptIn));
    assert_eq!(desk.list(&twin), Err(LeftOut::NoOptIn), "asked for by either row");
    let said = desk.call("basis.of", json!({ "id": ada }));
    assert_eq!(said["points"][0]["said"].as_array().expect("both").len(), 2);
    desk.opted_in(&one, "2026-05-20");
    assert!(desk.list(&ada).is_ok(), "what is shown as one is said of both");
    desk.undo();
    desk.call("doubles.separate", json!({ "id": twin }));
    assert!(desk.list(&ada).is_ok());
    desk.call("basis.objected", json!({ "person": twin, "kinds": ["email"] }));
    assert_eq!(desk.list(&ada), Err(LeftOut::Objected), "it is the same address");
    desk.undo();
    desk.call("basis.objected", json!({ "person": twin, "kinds": ["phone"] }));
    assert!(desk.list(&ada).is_ok());
    merge();
    assert_eq!(desk.list(&ada), Err(LeftOut::NoOptIn), "an objection to another channel changes nothing");
    desk.call("basis.objected", json!({ "person": twin, "kinds": ["email"] }));
    let second = desk.point(&ada, "email", "ada@home.example", "they_gave_it");
    assert_eq!(desk.verdicts(&[&ada], Purpose::OneToOne)[0].left_out, Some(LeftOut::Objected));
    assert_eq!(
        desk.refused("basis.set", json!({ "point": second, "purposes": ["one_to_one"], "basis": "they_wrote_first" }))
            .field
            .as_deref(),
        Some("basis")
    );
    desk.is_sound();
}

#[test]
fn an_address_that_was_opted_out_is_so_for_whoever_has_it() {
    let desk = Desk::new();
    let (ada, bo) = (desk.person("Ada"), desk.person("Bo"));
    let one = desk.point(&ada, "email", "team@acme.example", "they_gave_it");
    let other = desk.point(&bo, "email", "Team@acme.example", "they_gave_it");
    desk.opted_in(&other, "2026-05-03");
    assert!(desk.list(&bo).is_ok());
    desk.call("contact_points.edit", json!({ "id": one, "status": "opted_out" }));
    assert_eq!(desk.list(&bo), Err(LeftOut::OptedOut));
    desk.call("people.trash", json!({ "ids": [ada] }));
    assert_eq!(desk.list(&bo), Err(LeftOut::OptedOut), "in the trash as well");
    assert_eq!(
        desk.refused("basis.set", json!({ "point": other, "purposes": ["list_mail"], "basis": "existing_user" }))
            .field
            .as_deref(),
        Some("basis")
    );
    desk.opted_in(&other, "2026-05-20");
    assert!(desk.list(&bo).is_ok());
    desk.undo();
    assert_eq!(desk.list(&bo), Err(LeftOut::OptedOut));
}

#[test]
fn what_is_not_for_mail_to_many() {
    let desk = Desk::new();
    let of = |name: &str, value: &str, source: &str| {
        let person = desk.person(name);
        let point = desk.point(&person, "email", value, source);
        (person, point)
    };
    let (commits, point) = of("Commits", "dev@acme.example", "github");
    desk.call("basis.set", json!({ "point": point, "purposes": ["list_mail"], "basis": "existing_user" }));
    assert_eq!(desk.list(&commits), Err(LeftOut::SourceForbids));
    desk.opted_in(&point, "2026-05-03");
    assert!(desk.list(&commits).is_ok());
    for value in
        ["12+dev@users.noreply.github.com", "no-reply@acme.example", "mailer-daemon@acme.example", "dev@build.local"]
    {
        let (nobody, point) = of("Nobody", value, "they_gave_it");
        desk.opted_in(&point, "2026-05-03");
        assert_eq!(desk.list(&nobody), Err(LeftOut::NoReplyAddress), "{value}");
    }
    let (teammate, point) = of("Teammate", "us@acme.example", "they_gave_it");
    desk.opted_in(&point, "2026-05-03");
    desk.call("people.edit", json!({ "id": teammate, "teammate": true }));
    assert_eq!(desk.list(&teammate), Err(LeftOut::Teammate));
    desk.call("people.edit", json!({ "id": teammate, "doNotContact": true }));
    assert_eq!(desk.list(&teammate), Err(LeftOut::DoNotContact));
    let (chose, point) = of("Chose", "other@acme.example", "they_gave_it");
    desk.call("basis.set", json!({ "point": point, "purposes": ["list_mail"], "basis": "existing_user" }));
    desk.log(&chose, "chose_other", "2026-05-10");
    assert_eq!(desk.list(&chose), Err(LeftOut::CooledDown));
    desk.wait(181);
    assert!(desk.list(&chose).is_ok());
    let (unsaid, _) = of("Unsaid", "x@acme.example", "list_signup");
    assert_eq!(desk.list(&unsaid), Err(LeftOut::UnknownBasis), "a source is no basis");
}
