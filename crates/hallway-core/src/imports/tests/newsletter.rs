//! A column that says who wants the newsletter: an opt-in with what shows it, or a no, at the row's address.
use crate::{
    Access,
    testing::{Desk, id_of},
};
use serde_json::{Value, json};
use std::fs;

pub(super) const WHERE: &str = "The form on our page";

pub(super) fn asked(desk: &Desk, text: &str) -> Value {
    let path = desk.path("signups.csv");
    fs::write(&path, text).expect("a file");
    json!({ "file": desk.store.grant(path, Access::Read), "matching": true, "source": "list_signup" })
}

pub(super) fn brought(desk: &Desk, text: &str) -> Value {
    let mut asked = asked(desk, text);
    asked["newsletter"] = json!({ "evidence": WHERE, "on": "2026-05-03" });
    desk.call("imports.run", asked)
}

pub(super) fn id(desk: &Desk, name: &str) -> String {
    id_of(&desk.call("people.matching", json!({ "text": name, "limit": 1 }))[0])
}

/// The line for mail to a list, at the first address of somebody.
pub(super) fn list_mail(desk: &Desk, name: &str) -> Value {
    let of = desk.call("basis.of", json!({ "id": id(desk, name) }));
    let lines = of["points"][0]["purposes"].as_array().expect("purposes").clone();
    lines.into_iter().find(|line| line["purpose"] == "list_mail").expect("a list")
}

#[test]
fn a_yes_is_an_opt_in_with_what_shows_it_and_a_no_opts_out() {
    let desk = Desk::new();
    let before = desk.dump();
    let text = "Name,Email,Newsletter\nAda,ada@acme.example,yes\nBo,bo@acme.example,no\nCy,cy@acme.example,\n";
    let seen = desk.call("imports.preview", asked(&desk, text));
    assert_eq!(seen["columns"][2]["mapping"]["target"], "newsletter");
    assert_eq!((&seen["subscribed"], &seen["unsubscribed"]), (&json!(1), &json!(1)));
    let refused = desk.refused("imports.run", asked(&desk, text));
    assert_eq!(refused.field.as_deref(), Some("newsletter"));
    assert!(
        refused.message.starts_with("1 row says yes to the newsletter. Say where they signed up"),
        "{}",
        refused.message
    );
    let may = || -> Vec<String> {
        let query = json!({ "filter": { "text": "may:list_mail" }, "sort": "name", "descending": false });
        let rows = desk.call("people.list", json!({ "query": query, "offset": 0, "limit": 9 }))["rows"].clone();
        rows.as_array().expect("rows").iter().map(|row| row["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert!(may().is_empty());
    let done = brought(&desk, text);
    assert_eq!(may(), ["Ada"], "a filter follows it");
    assert_eq!(
        (&done["added"], &done["subscribed"], &done["unsubscribed"]),
        (&json!(3), &json!(1), &json!(1)),
        "{done}"
    );
    let ada = list_mail(&desk, "Ada");
    assert_eq!(
        (&ada["leftOut"], &ada["basis"], &ada["evidence"], &ada["recordedOn"]),
        (&Value::Null, &json!("opted_in"), &json!("The form on our page: signups.csv"), &json!("2026-05-03"))
    );
    assert_eq!(list_mail(&desk, "Bo")["leftOut"], "objected");
    assert_eq!(desk.page(&id(&desk, "Bo"))["contactPoints"][0]["status"], "opted_out");
    assert_eq!(list_mail(&desk, "Cy")["leftOut"], "unknown_basis");
    let again = brought(&desk, text);
    assert_eq!((&again["unchanged"], &again["operation"]), (&json!(3), &Value::Null), "{again}");
    desk.is_sound();
    desk.undo();
    assert_eq!(desk.dump(), before);
}

#[test]
fn a_file_in_which_nobody_says_yes_needs_nothing_said() {
    let desk = Desk::new();
    let done = desk.call("imports.run", asked(&desk, "Name,Email,Opt-in\nBo,bo@acme.example,FALSE\n"));
    assert_eq!((&done["added"], &done["unsubscribed"]), (&json!(1), &json!(1)));
    let left_out = asked(&desk, "Name,Email,Newsletter\nDi,di@acme.example,yes\n");
    let mut skipping = left_out;
    skipping["mapping"] = json!([{ "target": "name" }, { "target": "email" }, { "target": "skip" }]);
    assert_eq!(desk.call("imports.run", skipping)["added"], 1);
    assert_eq!(list_mail(&desk, "Di")["leftOut"], "unknown_basis");
}

#[test]
fn no_yes_of_a_file_ends_a_no_and_each_is_told_by_its_row() {
    let desk = Desk::new();
    let person = |name: &str, address: &str| {
        let person = desk.person(name);
        let point = id_of(&desk.call(
            "contact_points.add",
            json!({ "person": person, "kind": "email", "value": address, "source": "they_gave_it" }),
        ));
        (person, point)
    };
    let (_, out) = person("Ada", "ada@acme.example");
    desk.call("contact_points.edit", json!({ "id": out, "status": "opted_out" }));
    let (objecting, _) = person("Bo", "bo@acme.example");
    desk.call("basis.objected", json!({ "person": objecting, "kinds": ["email"] }));
    let (apart, _) = person("Cy", "cy@acme.example");
    desk.call("people.edit", json!({ "id": apart, "doNotContact": true }));
    desk.call("suppressions.add", json!({ "kind": "email", "values": ["di@acme.example"] }));
    let text = "Name,Email,Newsletter\nAda,ada@acme.example,yes\nBo,bo@acme.example,yes\nCy,cy@acme.example,yes\nDi,di@acme.example,yes\nEve,Ada@acme.example,yes\n";
    let seen = desk.call("imports.preview", asked(&desk, text));
    let note_of = |row: u64| -> String {
        let rows = seen["examples"].as_array().expect("rows");
        let row = rows.iter().find(|one| one["row"] == row).expect("the row");
        row["notes"].as_array().expect("notes").last().expect("a note").as_str().expect("a sentence").to_owned()
    };
    let said = |address: &str, why: &str| {
        format!("It says yes to the newsletter, but {address} is left out ({why}). That stays: no file ends it.")
    };
    assert_eq!(note_of(2), said("ada@acme.example", "opted out"));
    assert_eq!(note_of(3), said("bo@acme.example", "asked not to"));
    assert_eq!(note_of(4), said("cy@acme.example", "not to be contacted"));
    assert_eq!(note_of(5), said("di@acme.example", "on the suppression list"));
    let mut all = asked(&desk, text);
    all["newsletter"] = json!({ "evidence": WHERE, "on": "2026-05-03" });
    all["decisions"] = json!({ "6": "new" });
    let done = desk.call("imports.run", all);
    assert!(done["subscribed"].is_null(), "nobody: {done}");
    let rows: Vec<u64> =
        done["noted"].as_array().expect("rows").iter().map(|one| one["row"].as_u64().expect("a row")).collect();
    assert_eq!(rows, [2, 3, 4, 5, 5, 6]);
    for (name, why) in
        [("Ada", "opted_out"), ("Bo", "objected"), ("Cy", "do_not_contact"), ("Di", "suppressed"), ("Eve", "opted_out")]
    {
        assert_eq!(list_mail(&desk, name)["leftOut"], why, "{name}");
    }
    desk.is_sound();
}

#[test]
fn of_a_yes_and_a_no_in_one_file_the_no_holds() {
    let desk = Desk::new();
    let text = "Name,Email,Newsletter,Marketing consent\nAda,ada@acme.example,no,\nAda,ada@acme.example,yes,\nBo,bo@acme.example,yes,no\n";
    let mut all = asked(&desk, text);
    all["newsletter"] = json!({ "evidence": WHERE, "on": "2026-05-03" });
    all["mapping"] =
        json!([{ "target": "name" }, { "target": "email" }, { "target": "newsletter" }, { "target": "newsletter" }]);
    let seen = desk.call("imports.preview", all.clone());
    assert_eq!((&seen["newPeople"], &seen["unchanged"]), (&json!(2), &json!(1)));
    let done = desk.call("imports.run", all);
    assert_eq!((&done["added"], &done["unchanged"]), (&json!(2), &json!(1)), "{done}");
    for name in ["Ada", "Bo"] {
        assert_eq!(list_mail(&desk, name)["leftOut"], "objected", "{name}");
    }
}

#[test]
fn what_is_neither_yes_nor_no_and_a_word_without_an_address_are_kept_in_the_notes() {
    let desk = Desk::new();
    let mut all = asked(&desk, "Name,Email,News\nAda,ada@acme.example,weekly\nBo,,yes\n");
    all["mapping"] = json!([{ "target": "name" }, { "target": "email" }, { "target": "newsletter" }]);
    desk.call("imports.run", all);
    assert_eq!(desk.page(&id(&desk, "Ada"))["person"]["notes"], "News: weekly");
    assert_eq!(desk.page(&id(&desk, "Bo"))["person"]["notes"], "News: yes");
    let seen = desk.call("imports.preview", asked(&desk, "Name,Email,Newsletter\nCy,cy@acme.example,The weekly\n"));
    assert_eq!(seen["columns"][2]["mapping"]["target"], "skip", "the name of a newsletter is no yes");
}

#[test]
fn the_words_that_programs_write_over_such_a_column_are_known() {
    let desk = Desk::new();
    for header in [
        "newsletter",
        "Newsletter opt-in",
        "opt-in",
        "Opted In",
        "subscribed",
        "Marketing consent",
        "Accepts Marketing",
        "Accepts Email Marketing",
        "Email opt-in",
        "Mailing list",
    ] {
        let seen =
            desk.call("imports.preview", asked(&desk, &format!("Name,Email,{header}\nAda,ada@acme.example,yes\n")));
        assert_eq!(seen["columns"][2]["mapping"]["target"], "newsletter", "{header}");
    }
    // A file of members says of itself that it is one of a newsletter; as people it is read the same way.
    let seen =
        desk.call("imports.preview", asked(&desk, "name,email,subscribed_to_emails\nAda,ada@acme.example,true\n"));
    assert_eq!((&seen["columns"][2]["mapping"]["target"], &seen["returnsOf"]), (&json!("newsletter"), &json!("Ghost")));
}

#[test]
fn one_slip_among_many_hides_no_column_and_is_told_by_its_row() {
    let desk = Desk::new();
    let text = "Name,Email,Newsletter\nAda,ada@acme.example,yes\nBo,bo@acme.example,no\nCy,cy@acme.example,y\nDi,di@acme.example,maybe\n";
    let seen = desk.call("imports.preview", asked(&desk, text));
    assert_eq!(seen["columns"][2]["mapping"]["target"], "newsletter");
    assert_eq!((&seen["subscribed"], &seen["unsubscribed"]), (&json!(2), &json!(1)));
    let row = &seen["examples"][3];
    let note = "“maybe” in the column “Newsletter” is neither yes nor no: it says nothing of the newsletter, and goes to the notes.";
    assert_eq!((&row["row"], &row["notes"]), (&json!(5), &json!([note])));
    let done = brought(&desk, text);
    assert_eq!(done["noted"], json!([{ "row": 5, "name": "Di", "note": note }]));
    assert_eq!(list_mail(&desk, "Di")["leftOut"], "unknown_basis");
}

#[test]
fn a_day_beside_it_is_the_day_of_the_row_and_who_has_none_needs_one() {
    let desk = Desk::new();
    for header in ["opted_in_on", "Signup date", "CONFIRM_TIME"] {
        let text = format!("Name,Email,Newsletter,{header}\nAda,ada@acme.example,yes,2026-03-04 10:00:00\n");
        let seen = desk.call("imports.preview", asked(&desk, &text));
        assert_eq!(seen["columns"][3]["mapping"]["target"], "signed_up_on", "{header}");
        assert!(seen["undated"].is_null() || seen["undated"] == 0, "{header}: {}", seen["undated"]);
    }
    // Where nothing speaks of a newsletter, a sign-up may be one for anything.
    let seen = desk.call("imports.preview", asked(&desk, "Name,Email,Signup date\nAda,ada@acme.example,2026-03-04\n"));
    assert_eq!(seen["columns"][2]["mapping"]["target"], "skip");
    let text = "Name,Email,Newsletter,Opted in on\nAda,ada@acme.example,yes,2026-03-04\nBo,bo@acme.example,yes,\n";
    let mut all = asked(&desk, text);
    all["newsletter"] = json!({ "evidence": WHERE });
    let refused = desk.refused("imports.run", all.clone());
    assert_eq!(refused.field.as_deref(), Some("newsletter"));
    assert!(
        refused.message.starts_with("1 row says yes to the newsletter and no day. Say since when"),
        "{}",
        refused.message
    );
    all["newsletter"]["on"] = json!("2027-05-03");
    let stop = desk.call("imports.preview", all.clone())["stops"][0].clone();
    assert_eq!(stop["field"], "on", "a look says it before: {stop}");
    assert_eq!(stop["message"], desk.refused("imports.run", all.clone()).message);
    all["newsletter"]["on"] = json!("2026-05-03");
    assert_eq!(desk.call("imports.preview", all.clone())["stops"], json!([]));
    desk.call("imports.run", all);
    let days = ["Ada", "Bo"].map(|name| list_mail(&desk, name)["recordedOn"].clone());
    assert_eq!(days, [json!("2026-03-04"), json!("2026-05-03")]);
}

#[test]
fn a_second_row_of_somebody_who_is_not_to_be_contacted_waits_for_a_word() {
    let desk = Desk::new();
    let (ada, _) = (desk.person("Ada Moss"), ());
    desk.call("people.edit", json!({ "id": ada, "organisation": "Basalt", "doNotContact": true }));
    let text = "Name,Company,Email,Newsletter\nada moss,BASALT,ada@home.example,yes\nAda Moss,Elsewhere,ada@else.example,yes\n";
    let seen = desk.call("imports.preview", asked(&desk, text));
    assert_eq!((&seen["look"], &seen["newPeople"]), (&json!(1), &json!(1)));
    let row = &seen["examples"][0];
    assert_eq!((&row["outcome"], &row["candidate"]["id"]), (&json!("look"), &json!(ada)));
    assert!(row["reason"].as_str().expect("a reason").starts_with("Ada Moss of the same organisation asked not to be"));
    let done = brought(&desk, text);
    assert_eq!((&done["waiting"], &done["added"]), (&json!(1), &json!(1)));
    let mut same = asked(&desk, text);
    same["newsletter"] = json!({ "evidence": WHERE, "on": "2026-05-03" });
    same["decisions"] = json!({ "2": "same" });
    desk.call("imports.run", same);
    assert_eq!(desk.page(&ada)["contactPoints"][0]["value"], "ada@home.example");
    assert_eq!(desk.call("basis.of", json!({ "id": ada }))["points"][0]["purposes"][1]["leftOut"], "do_not_contact");
}
