//! What a file says of people, put before the rules; the rules themselves are asserted in `matrix`.
mod matrix;

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
    fn opted_in(&self, point: &str, on: &str) -> Value {
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

#[test]
fn a_suppressed_address_is_left_out_and_neither_undo_nor_another_spelling_brings_it_back() {
    let desk = Desk::new();
    desk.suppress("Ada@Acme.example");
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "<mailto:ada@ACME.example>", "they_gave_it");
    assert_eq!(desk.list(&ada), Err(LeftOut::Suppressed));
    let refused = desk.refused("basis.set", json!({ "point": point, "purposes": ["list_mail"], "basis": "opted_in" }));
    assert!(refused.message.contains("suppression list since 2026-05-21"), "{}", refused.message);
    desk.wait(1);
    desk.opted_in(&point, "2026-05-22");
    assert!(desk.list(&ada).is_ok());
    desk.undo();
    assert_eq!(desk.list(&ada), Err(LeftOut::Suppressed));
    desk.redo();
    assert!(desk.list(&ada).is_ok());
    desk.suppress("ada@acme.example");
    assert_eq!(desk.list(&ada), Err(LeftOut::Suppressed), "asked anew");
    while desk
        .call("history.recent", json!({ "limit": 9 }))
        .as_array()
        .expect("lines")
        .iter()
        .any(|l| l["canTakeBack"] == true)
    {
        desk.undo();
    }
    let count = desk.call("suppressions.count", json!({}));
    assert_eq!((&count["addresses"], &count["byReason"]), (&json!(1), &json!([["unsubscribed", 1]])));
    let file = std::fs::read(desk.store.path()).expect("the file");
    assert!(!file.windows(3).any(|bytes| bytes.eq_ignore_ascii_case(b"Ada@")));
}

#[test]
fn many_are_answered_as_few_are() {
    let desk = Desk::new();
    desk.suppress("p7@acme.example");
    let mut people: Vec<String> = Vec::new();
    for n in 0..40 {
        let person = desk.person(&format!("Person {n}"));
        let point =
            desk.point(&person, "email", &format!("p{n}@acme.example"), if n % 3 == 0 { "github" } else { "badge" });
        match n % 5 {
            0 => drop(desk.opted_in(&point, "2026-05-03")),
            1 => drop(desk.call("basis.objected", json!({ "person": person, "kinds": ["email"] }))),
            2 => drop(desk.call("contact_points.edit", json!({ "id": point, "status": "bounced" }))),
            _ => {}
        }
        people.push(person);
    }
    let asked: Vec<&str> = people.iter().map(String::as_str).collect();
    let few = desk.verdicts(&asked, Purpose::ListMail);
    // The same people, and so many who are not there that everything is read.
    let mut ids: Vec<Id> = asked.iter().map(|id| id.parse().expect("an id")).collect();
    ids.extend((0..3_000u32).map(|n| Id::derived("nobody", &[&n.to_be_bytes()])));
    let many =
        desk.store.read(desk.now(), |tx| verdicts(tx, &ids, ContactKind::Email, Purpose::ListMail)).expect("verdicts");
    assert_eq!(few, many);
    assert_eq!(few.len(), 40);
    assert_eq!(few[7].left_out, Some(LeftOut::Suppressed));
    assert!(few.iter().all(|verdict| verdict.value.is_some() == verdict.left_out.is_none()));
}

/// `\u{…}` as the letter it stands for.
fn spelled(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_once('}').expect("an end");
        out.push(char::from_u32(u32::from_str_radix(digits, 16).expect("a number")).expect("a letter"));
        out.push_str(rest);
    }
    out
}

#[test]
fn an_address_on_the_list_is_met_in_every_spelling_and_its_neighbours_are_not() {
    let cases: Vec<Vec<String>> = include_str!("tests/spellings.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').map(spelled).collect())
        .collect();
    assert!(cases.len() >= 200, "{}", cases.len());
    let desk = Desk::new();
    let kind = |case: &[String]| ContactKind::from_key(&case[1]).expect("a kind");
    desk.store
        .write("suppressions.add", crate::store::Memory::Recorded, desk.now(), |tx| {
            cases.iter().try_for_each(|case| suppress(tx, kind(case), &case[2], SuppressedFor::ByHand).map(drop))
        })
        .expect("suppressions");
    let wrong: Vec<String> = desk
        .store
        .read(desk.now(), |tx| {
            let mut wrong = Vec::new();
            for case in &cases {
                let met = crate::trust::is_suppressed(tx, kind(case), &case[3])?;
                if met != (case[0] == "=") {
                    wrong.push(format!("{case:?}"));
                }
            }
            Ok(wrong)
        })
        .expect("answers");
    assert!(wrong.is_empty(), "{wrong:#?}");
    let file = std::fs::read(desk.store.path()).expect("the file");
    assert!(!file.windows(13).any(|bytes| bytes == b"@acme.example"), "no address stands in the file");
}

#[test]
fn many_who_signed_up_are_told_of_in_one_step_and_nobody_who_asked_not_to_be_is_among_them() {
    let desk = Desk::new();
    desk.suppress("p3@acme.example");
    let csv = desk.path("signups.csv");
    let rows: String = (0..9).map(|n| format!("Person {n},p{n}@acme.example\n")).collect();
    std::fs::write(&csv, format!("Name,E-mail\n{rows}Robot,noreply@acme.example\n")).expect("a file");
    let request = |access_of: &std::path::Path| {
        let file = desk.store.grant(access_of.to_owned(), crate::Access::Read);
        json!({ "file": file, "matching": true, "source": "list_signup", "decisions": {}, "overwrite": [] })
    };
    let before = desk.person("Was here");
    desk.point(&before, "email", "p9@acme.example", "they_gave_it");
    let seen = desk.call("imports.preview", request(&csv));
    assert_eq!(seen["suppressed"], 1);
    let flagged: Vec<&Value> =
        seen["examples"].as_array().expect("rows").iter().filter(|row| row["suppressed"] == true).collect();
    assert_eq!((flagged.len(), &flagged[0]["name"]), (1, &json!("Person 3")));
    let done = desk.call("imports.run", request(&csv));
    assert_eq!((&done["added"], &done["suppressed"]), (&json!(10), &json!(1)));

    let id = |name: &str| id_of(&desk.call("people.matching", json!({ "text": name, "limit": 1 }))[0]);
    desk.call("basis.objected", json!({ "person": id("Person 1"), "kinds": ["email"] }));
    desk.call("people.edit", json!({ "id": id("Person 2"), "doNotContact": true }));
    let report = desk.call("health.report", json!({}));
    let import = report["imports"][0]["import"].clone();
    assert_eq!(report["imports"][0]["withoutBasis"], 9, "an objection is known");
    let set = |evidence: &str, basis: &str| json!({ "whom": { "import": import }, "purposes": ["list_mail"], "basis": basis, "evidence": evidence, "on": "2026-05-03" });
    assert_eq!(desk.refused("basis.set_for_many", set(" ", "opted_in")).field.as_deref(), Some("evidence"));
    assert_eq!(desk.refused("basis.set_for_many", set("x", "objected")).field.as_deref(), Some("basis"));
    let told = desk.call("basis.set_for_many", set("Signed up on our page", "opted_in"));
    assert_eq!((&told["people"], &told["already"]), (&json!(6), &json!(0)));
    let passed: Vec<(String, u64)> = told["passedOver"]
        .as_array()
        .expect("reasons")
        .iter()
        .map(|over| (over["reason"].as_str().expect("a word").to_owned(), over["count"].as_u64().expect("a count")))
        .collect();
    let passed: Vec<(&str, u64)> = passed.iter().map(|(reason, count)| (reason.as_str(), *count)).collect();
    assert_eq!(passed, [("do_not_contact", 1), ("objected", 1), ("suppressed", 1), ("no_reply_address", 1)]);
    assert_eq!(desk.list(&id("Person 0")), Ok("p0@acme.example".into()));
    assert_eq!(desk.list(&id("Person 1")), Err(LeftOut::Objected));
    assert_eq!(desk.list(&id("Person 3")), Err(LeftOut::Suppressed));
    assert_eq!(desk.list(&before), Err(LeftOut::UnknownBasis), "the import did not bring that address");
    let again = desk.call("basis.set_for_many", set("Again", "existing_user"));
    assert_eq!((&again["people"], &again["already"]), (&json!(0), &json!(6)), "nobody is known less of than before");
    assert_eq!(desk.undo()["label"], "Said why one may write to Person 0 and 5 others");
    assert_eq!(desk.list(&id("Person 0")), Err(LeftOut::UnknownBasis));
    let chosen = desk.call(
        "basis.set_for_many",
        json!({ "whom": { "ids": [before, id("Person 4")] }, "purposes": ["list_mail", "one_to_one"], "basis": "existing_user", "evidence": "Uses it" }),
    );
    assert_eq!(chosen["people"], 2);
    assert_eq!(desk.list(&before), Ok("p9@acme.example".into()));
    desk.is_sound();
}

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
fn what_bounced_is_marked_and_a_file_that_tells_nothing_is_refused() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "list_signup");
    desk.opted_in(&point, "2026-05-03");
    let file = came_back(&desk, "cleaned.csv", &format!("{CLEANED}ada@acme.example,Ada,1,9,2026-05-20 10:00:00\n"));
    desk.call("returns.apply", file);
    assert_eq!(desk.call("basis.of", json!({ "id": ada }))["points"][0]["status"], "bounced");
    assert_eq!(desk.list(&ada), Err(LeftOut::Suppressed));
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
fn what_is_known_goes_with_the_whole_workspace_into_another_file() {
    let desk = Desk::new();
    desk.suppress("gone@acme.example");
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "list_signup");
    desk.opted_in(&point, "2026-05-03");
    let out = desk.path("all.json");
    desk.call("json.export", json!({ "file": desk.store.grant(out.clone(), crate::Access::Write) }));
    let other = Desk::new();
    other.suppress("own@acme.example");
    other.call("json.run", json!({ "file": other.store.grant(out.clone(), crate::Access::Read) }));
    assert_eq!(other.list(&ada), Ok("ada@acme.example".into()));
    let stranger = other.person("Stranger");
    other.point(&stranger, "email", "gone@acme.example", "import");
    assert_eq!(other.list(&stranger), Err(LeftOut::Suppressed), "by the key of the file it came from");
    let second = other.person("Second");
    other.point(&second, "email", "own@acme.example", "import");
    assert_eq!(other.list(&second), Err(LeftOut::Suppressed), "by its own");
    while other
        .call("history.recent", json!({ "limit": 9 }))
        .as_array()
        .expect("lines")
        .iter()
        .any(|l| l["canTakeBack"] == true)
    {
        other.undo();
    }
    assert_eq!(other.call("suppressions.count", json!({}))["addresses"], 2, "and no undo forgets it");
}

#[test]
fn whom_one_may_write_to_can_be_asked_for_in_a_filter() {
    let desk = Desk::new();
    desk.suppress("p2@acme.example");
    let people: Vec<String> = (0..5)
        .map(|n| {
            let person = desk.person(&format!("P{n}"));
            let point = desk.point(&person, "email", &format!("p{n}@acme.example"), "badge");
            match n {
                0 => drop(desk.opted_in(&point, "2026-05-03")),
                1 => drop(desk.call("basis.objected", json!({ "person": person, "kinds": ["email"] }))),
                3 => drop(desk.call("contact_points.edit", json!({ "id": point, "status": "bounced" }))),
                _ => {}
            }
            person
        })
        .collect();
    desk.person("Without");
    let found = |text: &str| -> String {
        let query = json!({ "filter": { "text": text }, "sort": "name", "descending": false });
        let rows = desk.call("people.list", json!({ "query": query, "offset": 0, "limit": 50 }));
        rows["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| row["name"].as_str().expect("a name"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(found("may:list_mail"), "P0");
    assert_eq!(found("may:one_to_one"), "");
    assert_eq!(found("basis:opted_in"), "P0");
    assert_eq!(found("basis:objected"), "P1");
    assert_eq!(found("basis:unknown"), "P2 P3 P4");
    assert_eq!(found("suppressed:yes"), "P2");
    assert_eq!(found("bounced:yes"), "P3");
    assert_eq!(found("opted-out:yes or bounced:no basis:unknown"), "P2 P4");
    desk.call("doubles.merge", json!({ "ids": [people[0], people[1]] }));
    assert_eq!((found("may:list_mail"), found("basis:objected")), (String::new(), "P0".into()));
    desk.undo();
    desk.suppress("p0@acme.example");
    assert_eq!((found("may:list_mail"), found("suppressed:yes")), (String::new(), "P0 P2".into()));
}
