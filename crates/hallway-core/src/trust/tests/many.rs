//! Many at once: answered, told of, and asked for in a filter.
use crate::{
    Id,
    normal::ContactKind,
    testing::{Desk, id_of},
    trust::{LeftOut, Purpose, verdicts},
};
use serde_json::{Value, json};

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
        seen["examples"].as_array().expect("rows").iter().filter(|row| row["notes"] != json!([])).collect();
    assert_eq!((flagged.len(), &flagged[0]["name"]), (1, &json!("Person 3")));
    let note = "p3@acme.example is on the suppression list (unsubscribed): it is not written to, and left out of every mailing.";
    assert_eq!(flagged[0]["notes"], json!([note]));
    let done = desk.call("imports.run", request(&csv));
    assert_eq!((&done["added"], &done["suppressed"]), (&json!(10), &json!(1)));
    assert_eq!(done["noted"], json!([{ "row": 5, "name": "Person 3", "note": note }]));

    let id = |name: &str| id_of(&desk.call("people.matching", json!({ "text": name, "limit": 1 }))[0]);
    desk.call("basis.objected", json!({ "person": id("Person 1"), "kinds": ["email"] }));
    desk.call("people.edit", json!({ "id": id("Person 2"), "doNotContact": true }));
    let report = desk.call("health.report", json!({}));
    let import = report["imports"][0]["import"].clone();
    assert_eq!(report["imports"][0]["withoutBasis"], 6, "whoever would be passed over is not asked about");
    assert_eq!(report["objectedToAll"], 2, "whoever is not to be contacted wants no mail at all");
    let set = |evidence: &str, basis: &str| json!({ "whom": { "import": import }, "purposes": ["list_mail"], "basis": basis, "evidence": evidence, "on": "2026-05-03" });
    assert_eq!(desk.refused("basis.set_for_many", set(" ", "opted_in")).field.as_deref(), Some("evidence"));
    assert_eq!(desk.refused("basis.set_for_many", set("x", "objected")).field.as_deref(), Some("basis"));
    let told = desk.call("basis.set_for_many", set("Signed up on our page", "opted_in"));
    assert_eq!((&told["people"], &told["already"]), (&json!(6), &json!(0)));
    assert_eq!(desk.call("health.report", json!({}))["imports"], json!([]), "nothing is left to be said of it");
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

#[test]
fn a_filter_that_was_asked_before_a_word_was_said_knows_it_after() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    let point = desk.point(&ada, "email", "ada@acme.example", "badge");
    let counts = || {
        ["may:list_mail", "basis:opted_in"]
            .map(|text| desk.call("filter.read", json!({ "text": text }))["count"].as_u64().expect("a count"))
    };
    assert_eq!(counts(), [0, 0]);
    desk.opted_in(&point, "2026-05-03");
    assert_eq!(counts(), [1, 1]);
    desk.undo();
    assert_eq!(counts(), [0, 0]);
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

#[test]
fn an_address_that_comes_to_somebody_else_is_on_the_list_there_as_well() {
    let desk = Desk::new();
    let rows: String = (0..1_010).map(|n| format!("Person {n},p{n}@acme.example\n")).collect();
    let csv = desk.path("people.csv");
    std::fs::write(&csv, format!("Name,E-mail\n{rows}")).expect("a file");
    let file = desk.store.grant(csv, crate::Access::Read);
    desk.call("imports.run", json!({ "file": file, "matching": false, "source": "list_signup" }));
    let (first, last) = (desk.person("First"), desk.person("Last"));
    let point = desk.point(&last, "email", "last@acme.example", "list_signup");
    desk.opted_in(&point, "2026-05-03");
    desk.suppress("last@acme.example");
    let path = desk.path("all.json");
    desk.call("json.export", json!({ "file": desk.store.grant(path.clone(), crate::Access::Write) }));
    let mut all: Value = serde_json::from_str(&std::fs::read_to_string(&path).expect("text")).expect("JSON");
    let moved = all["contactPoints"].as_array_mut().expect("rows").iter_mut().find(|row| row["id"] == json!(point));
    moved.expect("the row")["personId"] = json!(first);
    std::fs::write(&path, all.to_string()).expect("a file");
    // Asked of so many that the hashes of all are kept from then on.
    let everybody = json!({ "query": crate::testing::everybody() });
    desk.call("exports.look", json!({ "whom": everybody, "purpose": "list_mail", "channel": "email" }));
    assert_eq!(desk.list(&last), Err(LeftOut::Suppressed));
    desk.call("json.run", json!({ "file": desk.store.grant(path, crate::Access::Read), "theirs": true }));
    assert_eq!(desk.list(&last), Err(LeftOut::NoAddress));
    assert_eq!(desk.list(&first), Err(LeftOut::Suppressed));
    desk.undo();
    assert_eq!(desk.list(&last), Err(LeftOut::Suppressed));
}

#[test]
fn a_filter_for_a_parcel_finds_whom_the_airlock_lets_through_and_nobody_else() {
    let desk = Desk::new();
    let gave = |name: &str| {
        let person = desk.person(name);
        desk.call(
            "postal_addresses.add",
            json!({ "person": person, "lines": "Row 1", "country": "GB", "purpose": "stickers", "source": "they_gave_it", "expiresOn": "2026-05-31" }),
        );
        person
    };
    let (_, objecting, teammate) = (gave("Ada"), gave("Bo"), gave("Cy"));
    desk.call("basis.objected", json!({ "person": objecting, "kinds": ["email"] }));
    desk.call("people.edit", json!({ "id": teammate, "teammate": true }));
    let said = desk.person("Di");
    let point = desk.point(&said, "email", "di@acme.example", "they_gave_it");
    desk.call(
        "basis.set",
        json!({ "point": point, "purposes": ["swag_post"], "basis": "opted_in", "evidence": "In person", "on": "2026-05-21" }),
    );
    let found = || -> Vec<String> {
        let query = json!({ "filter": { "text": "may:swag_post" }, "sort": "name", "descending": false });
        let rows = desk.call("people.list", json!({ "query": query, "offset": 0, "limit": 9 }))["rows"].clone();
        rows.as_array().expect("rows").iter().map(|row| row["name"].as_str().expect("a name").to_owned()).collect()
    };
    let passes = || {
        let whom = json!({ "query": crate::testing::everybody() });
        desk.call("exports.look", json!({ "whom": whom, "purpose": "swag_post", "channel": "email" }))["included"]
            .clone()
    };
    assert_eq!((found(), passes()), (vec!["Ada".to_owned()], json!(1)));
    let late = gave("Eve");
    assert_eq!((found(), passes()), (vec!["Ada".to_owned(), "Eve".to_owned()], json!(2)), "it follows");
    desk.call("people.edit", json!({ "id": late, "doNotContact": true }));
    assert_eq!((found(), passes()), (vec!["Ada".to_owned()], json!(1)));
    desk.wait(10);
    assert_eq!((found(), passes()), (vec![], json!(0)), "on its day an address is gone");
}

#[test]
fn of_those_without_an_address_it_is_said_why_else_they_are_not_written_to() {
    let desk = Desk::new();
    for name in ["Ada", "Bo"] {
        desk.person(name);
    }
    let (objecting, apart, us) = (desk.person("Cy"), desk.person("Di"), desk.person("Eve"));
    desk.call("basis.objected", json!({ "person": objecting, "kinds": ["email"] }));
    desk.call("people.edit", json!({ "id": apart, "doNotContact": true }));
    desk.call("people.edit", json!({ "id": us, "teammate": true }));
    let health = desk.call("health.report", json!({}));
    assert_eq!(
        (&health["people"], &health["withoutAddress"], &health["objectedToAll"]),
        (&json!(0), &json!([["do_not_contact", 1], ["objected", 1], ["no_address", 2]]), &json!(2))
    );
    desk.point(&apart, "email", "di@acme.example", "they_gave_it");
    let health = desk.call("health.report", json!({}));
    assert_eq!(
        (&health["people"], &health["withoutAddress"], &health["objectedToAll"]),
        (&json!(1), &json!([["objected", 1], ["no_address", 2]]), &json!(2))
    );
}
