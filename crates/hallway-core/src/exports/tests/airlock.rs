//! The airlock: who is let through, who is not, and what is kept about it.
use super::{asked, known, looked, point, signed_up, written};
use crate::testing::{Desk, everybody, id_of};
use serde_json::{Value, json};
use std::fs;

/// Somebody in another window says no between the decision and the line of the file.
#[test]
fn a_no_that_is_written_elsewhere_while_the_file_is_written_is_heeded() {
    let desk = Desk::new();
    community(&desk);
    let bo = id_of(&desk.call("people.matching", json!({ "text": "Bo Berg", "limit": 1 }))[0]);
    let other = crate::open(desk.store.path(), desk.now(), 99, "UTC").unwrap();
    let at = desk.now();
    super::super::write::MEANWHILE.with(|next| {
        *next.borrow_mut() = Some(Box::new(move || {
            crate::dispatch(&other, at, "basis.objected", json!({ "person": bo, "kinds": ["email"] })).expect("a no");
        }));
    });
    let text = written(&desk, "csv", json!({}));
    assert!(text.contains("ada@example.org") && !text.contains("bo@example.org"), "{text}");
    let made = desk.call("exports.made", json!({}))[0].clone();
    assert_eq!(made["included"], 1, "{made}");
    assert!(made["leftOut"].to_string().contains(r#"["asked not to",1]"#), "{made}");
    let beside = fs::read_dir(desk.path(".")).unwrap().flatten();
    assert!(!beside.into_iter().any(|file| file.file_name().to_string_lossy().ends_with("unfinished")));
}

/// Two who signed up, and somebody for each reason that is met most.
fn community(desk: &Desk) -> Vec<String> {
    let ada = signed_up(desk, "Ada Byron", "ada@example.org");
    signed_up(desk, "Bo Berg", "bo@example.org");
    known(desk, "Cem Kaya", "cem@example.org");
    known(desk, "Dee Lund", "dee@example.org");
    desk.person("Eve Haddad");
    let fay = signed_up(desk, "Fay Sol", "fay@example.org");
    desk.call("people.edit", json!({ "id": fay, "doNotContact": true }));
    let gus = signed_up(desk, "Gus Ito", "gus@example.org");
    desk.call("people.edit", json!({ "id": gus, "teammate": true }));
    let hub = desk.person("Hana Git");
    point(desk, &hub, "email", "hana@example.org", "github");
    let (_, ivo) = known(desk, "Ivo Bounce", "ivo@example.org");
    desk.call("contact_points.edit", json!({ "id": ivo, "status": "bounced" }));
    vec![ada, fay]
}

#[test]
fn everybody_who_is_left_out_has_a_reason_and_what_would_let_them_in() {
    let desk = Desk::new();
    community(&desk);
    let before = desk.dump();
    let seen = looked(&desk, "list_mail");
    assert_eq!((&seen["included"], &seen["heldBack"]), (&json!(2), &json!(7)));
    let reasons: Vec<(String, u64, Value)> = seen["leftOut"]
        .as_array()
        .unwrap()
        .iter()
        .map(|held| {
            let count = held["count"].as_u64().unwrap();
            assert_eq!(held["people"].as_array().unwrap().len() as u64, count);
            (held["words"].as_str().unwrap().to_owned(), count, held["fix"].clone())
        })
        .collect();
    let said = |words: &str, count: u64, fix: &str| (words.to_owned(), count, json!(fix));
    assert_eq!(
        reasons,
        [
            said("unknown basis", 2, "set_basis"),
            said("not to be contacted", 1, "look"),
            said("bounced", 1, "another_address"),
            said("teammate", 1, "look"),
            said("no address", 1, "another_address"),
            said("from GitHub, whose terms forbid it without their opt-in", 1, "set_basis"),
        ]
    );
    let names: Vec<&str> = seen["leftOut"][0]["people"]
        .as_array()
        .unwrap()
        .iter()
        .map(|held| held["person"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Cem Kaya", "Dee Lund"]);
    assert_eq!(desk.dump(), before, "to look writes nothing");
    let fixed = seen["leftOut"][0]["people"][0]["point"].clone();
    desk.call(
        "basis.set",
        json!({ "point": fixed, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Our page", "on": "2026-05-20" }),
    );
    assert_eq!(looked(&desk, "list_mail")["included"], 3, "one click lets somebody in");
    let mine = looked(&desk, "for_myself");
    assert_eq!((&mine["included"], &mine["leftOut"]), (&json!(9), &json!([])), "nobody is written to");
}

#[test]
fn all_of_one_reason_are_named_for_whoever_mends_it_for_all_of_them() {
    let desk = Desk::new();
    community(&desk);
    let ask = json!({ "whom": { "query": everybody() }, "purpose": "list_mail", "channel": "email", "reason": "unknown_basis" });
    let held = desk.call("exports.left_out", ask.clone());
    let seen = looked(&desk, "list_mail");
    let shown: Vec<&Value> =
        seen["leftOut"][0]["people"].as_array().unwrap().iter().map(|held| &held["person"]["id"]).collect();
    assert_eq!(held.as_array().unwrap().iter().collect::<Vec<_>>(), shown);
    let mut further = ask.clone();
    further["seen"] = json!(1);
    let others = desk.call("exports.left_out_by_name", further);
    let others: Vec<&Value> = others.as_array().unwrap().iter().map(|held| &held["person"]["id"]).collect();
    assert_eq!(others, shown[1..], "whoever is named already is not named again");
    desk.call(
        "basis.set_for_many",
        json!({ "whom": { "ids": held }, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "signed up on our page", "on": "2026-05-03" }),
    );
    assert_eq!(desk.call("exports.left_out", ask), json!([]));
    assert_eq!(looked(&desk, "list_mail")["included"], 4);
}

#[test]
fn whoever_is_in_it_is_seen_by_name_and_address_found_and_left_out() {
    let desk = Desk::new();
    let people = community(&desk);
    let seen = |more: Value| {
        let mut ask = json!({ "whom": { "query": everybody() }, "purpose": "list_mail", "channel": "email" });
        ask.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let seen = desk.call("exports.included", ask);
        let one = |one: &Value| format!("{} {}", one["person"]["name"].as_str().unwrap(), one["address"]);
        (seen["count"].as_u64().unwrap(), seen["people"].as_array().unwrap().iter().map(one).collect::<Vec<_>>())
    };
    let [ada, bo] = [r#"Ada Byron "ada@example.org""#, r#"Bo Berg "bo@example.org""#].map(String::from);
    assert_eq!(seen(json!({})), (2, vec![ada.clone(), bo.clone()]));
    assert_eq!(seen(json!({ "find": "berg" })), (1, vec![bo.clone()]));
    assert_eq!(seen(json!({ "find": "cem" })), (0, vec![]), "who is left out is not found among those who are in it");
    assert_eq!(seen(json!({ "find": "  " })), (2, vec![ada, bo.clone()]));
    let without = json!({ "query": everybody(), "without": [people[0]] });
    assert_eq!(seen(json!({ "whom": without })), (1, vec![bo]));
    assert_eq!(seen(json!({ "purpose": "for_myself" })).0, 9);
    let unreadable = json!({ "whom": { "query": everybody() }, "purpose": "list_mail", "channel": "email", "find": "stage:nowhere" });
    assert_eq!(desk.refused("exports.included", unreadable).field.as_deref(), Some("filter"));
}

#[test]
fn every_row_passed_the_airlock_and_whoever_did_not_is_in_no_file() {
    let desk = Desk::new();
    let people = community(&desk);
    let held = ["cem@", "dee@", "Eve", "fay@", "Fay", "gus@", "Gus", "hana@", "Hana", "ivo@", "Ivo"];
    let templates = desk.call("exports.templates", json!({}));
    for template in templates.as_array().unwrap().iter().filter(|template| template["key"] != "xlsx") {
        let text = written(&desk, template["key"].as_str().unwrap(), json!({}));
        for one in ["ada", "bo"] {
            assert!(text.contains(&format!("{one}@example.org")), "{template}");
        }
        for one in held {
            assert!(!text.contains(one), "{one} in {}", template["key"]);
        }
    }
    // The liar: the same file for oneself has them all, and the same look must find them.
    let mine = written(&desk, "csv", json!({ "purpose": "for_myself" }));
    assert!(held.iter().filter(|one| mine.contains(**one)).count() > 6, "{mine}");
    let some = written(&desk, "csv", json!({ "whom": { "query": everybody(), "ids": [people[0], people[1]] } }));
    assert_eq!(some, "Name,E-mail\r\nAda Byron,ada@example.org\r\n");
    desk.call("lists.add", json!({ "name": "Beta", "people": people }));
    let list = desk.call("lists.list", json!({}))[0]["id"].clone();
    assert_eq!(written(&desk, "csv", json!({ "whom": { "list": list } })), some);
    desk.call("people.trash", json!({ "ids": [people[1]] }));
    for whom in [json!({ "query": everybody(), "ids": people }), json!({ "ids": people }), json!({ "list": list })] {
        assert_eq!(written(&desk, "csv", json!({ "whom": whom })), some, "who is in the trash by now is passed over");
    }
}

#[test]
fn an_address_of_two_people_stands_in_a_file_once() {
    let desk = Desk::new();
    let ada = signed_up(&desk, "Ada Byron", "ada@example.org");
    let twin = signed_up(&desk, "Byron, Ada", "ADA@example.org");
    signed_up(&desk, "Bo Berg", "bo@example.org");
    let seen = looked(&desk, "list_mail");
    assert_eq!((&seen["included"], &seen["heldBack"]), (&json!(2), &json!(1)));
    let held = &seen["leftOut"][0];
    assert_eq!(
        (&held["reason"], &held["words"], &held["fix"], &held["people"][0]["person"]["id"]),
        (&json!("same_address"), &json!("same address as somebody who is in it"), &json!("merge"), &json!(twin))
    );
    assert_eq!(
        written(&desk, "csv", json!({})),
        "Name,E-mail\r\nAda Byron,ada@example.org\r\nBo Berg,bo@example.org\r\n"
    );
    let made = desk.call("exports.made", json!({}));
    assert_eq!(made[0]["leftOut"], json!([["same address as somebody who is in it", 1]]));
    desk.call("doubles.merge", json!({ "ids": [ada, twin] }));
    assert_eq!(looked(&desk, "list_mail")["leftOut"], json!([]), "they are one person");
}

#[test]
fn a_telephone_number_stands_in_the_file_only_when_it_may_be_used_as_well() {
    let desk = Desk::new();
    let ada = signed_up(&desk, "Ada Byron", "ada@example.org");
    let number = point(&desk, &ada, "phone", "+49 30 1234567", "they_gave_it");
    point(&desk, &ada, "github", "ada", "github");
    let text = || written(&desk, "csv", json!({ "columns": ["name", "email", "phone", "github"] }));
    assert_eq!(text().lines().nth(1), Some("Ada Byron,ada@example.org,,ada"));
    desk.call(
        "basis.set",
        json!({ "point": number, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Our page", "on": "2026-05-20" }),
    );
    assert_eq!(text().lines().nth(1), Some("Ada Byron,ada@example.org,+49 30 1234567,ada"));
}

#[test]
fn a_line_is_kept_of_every_file_and_nothing_of_anybody_in_it() {
    let desk = Desk::new();
    let people = community(&desk);
    desk.log(&people[0], "replied", "2026-05-20");
    let list = id_of(&desk.call("lists.create", json!({ "name": "Newsletter", "filter": "" })));
    let state = |desk: &Desk| {
        let all = "SELECT json_group_array(json_array(hex(person), last_touch_on, last_kind, stage, presence, ring)) FROM person_state ORDER BY person";
        let state: Vec<String> = desk.store.read(desk.now(), |tx| tx.column(all, [])).unwrap();
        (state, desk.call("touchpoints.timeline", json!({ "person": people[0], "limit": 99 })), desk.page(&people[0]))
    };
    let before = state(&desk);
    let mut input = asked(&desk, "may.csv", "listmonk");
    input["whom"] = json!({ "list": list });
    let done = desk.call("exports.write", input);
    let at = desk.now().0;
    let made = desk.call("exports.made", json!({}));
    assert_eq!(made, json!([done["made"]]));
    let bytes = fs::read(desk.path("may.csv")).unwrap();
    assert_eq!(
        (&made[0]["bytes"], &made[0]["sha256"]),
        (&json!(bytes.len()), &json!(sha256(&bytes))),
        "it is known by its bytes"
    );
    assert_eq!((&made[0]["list"], &made[0]["included"]), (&json!("Newsletter"), &json!(2)));
    assert_eq!((&made[0]["purpose"], &made[0]["channel"]), (&json!("list_mail"), &json!("email")));
    assert_eq!((&made[0]["template"], &made[0]["columns"]), (&json!("listmonk"), &json!(["name", "email"])));
    assert_eq!((&made[0]["fileName"], &made[0]["at"]), (&json!("may.csv"), &json!(at)));
    assert_eq!(made[0]["leftOut"][0], json!(["unknown basis", 2]));
    assert_eq!(made[0]["leftOut"].as_array().unwrap().len(), 6);
    assert_eq!(state(&desk), before, "to be in a file is no contact");
    let newest = desk.call("history.recent", json!({ "limit": 1 }));
    assert_eq!(
        (&newest[0]["label"], &newest[0]["canTakeBack"]),
        (&json!("Wrote 2 people to a file"), &json!(false)),
        "a file that is out cannot be taken back"
    );

    // Everybody is said to be everybody, and those picked by hand are no filter's.
    let mut everybody = asked(&desk, "everybody.csv", "csv");
    desk.call("exports.write", everybody.clone());
    assert_eq!(desk.call("exports.made", json!({}))[0]["filter"], "everybody");
    everybody = asked(&desk, "picked.csv", "csv");
    everybody["whom"]["ids"] = json!([people[0]]);
    desk.call("exports.write", everybody);
    assert_eq!(desk.call("exports.made", json!({}))[0]["filter"], Value::Null);

    // Whoever is looked for may be named in what was typed; the line says only what else was asked.
    let mut input = asked(&desk, "ada.csv", "csv");
    input["whom"]["query"]["filter"]["text"] = json!("byron ada@example.org");
    desk.call("exports.write", input);
    assert_eq!(desk.call("exports.made", json!({}))[0]["filter"], "… …");
    let mut of_a_group = asked(&desk, "group.csv", "csv");
    of_a_group["whom"]["query"]["filter"]["text"] = json!("-tag:vendor country:FR -city:Lagos -org:Byron byron");
    desk.refused("exports.write", of_a_group.clone());
    of_a_group["whom"]["query"]["filter"]["text"] = json!("-tag:vendor -country:FR -city:Lagos -org:Byron byron");
    desk.call("exports.write", of_a_group);
    let said = desk.call("exports.made", json!({}))[0]["filter"].clone();
    assert_eq!(
        said, "-tag:vendor -country:FR -city:… -organisation:… …",
        "what names a group says what the file was for"
    );
    let kept = "SELECT json_group_array(json_array(filter, columns, left_out, file_name, purpose, channel, template)) FROM exports_made";
    let kept: Option<String> = desk.store.read(desk.now(), |tx| tx.scalar(kept, [])).unwrap();
    let kept = kept.unwrap().replace("ada.csv", "").to_lowercase();
    assert!(!kept.contains('@') && !kept.contains("byron") && !kept.contains("ada"), "{kept}");
    desk.is_sound();
}

#[test]
fn what_does_not_go_together_is_refused_and_leaves_nothing() {
    let desk = Desk::new();
    known(&desk, "Cem Kaya", "cem@example.org");
    fs::write(desk.path("out"), "What stood there").unwrap();
    let refused = |more: Value| {
        let mut input = asked(&desk, "out", "listmonk");
        for (key, value) in more.as_object().unwrap() {
            input[key] = value.clone();
        }
        let failure = desk.refused("exports.write", input);
        (failure.field.unwrap(), failure.message)
    };
    let under = |more: Value| refused(more).0;
    assert_eq!(
        refused(json!({})),
        ("whom".into(), "Nobody would be in the file. Look at who is left out, and why.".into())
    );
    assert_eq!(under(json!({ "whom": {} })), "whom");
    assert_eq!(under(json!({ "template": "pigeon" })), "template");
    assert_eq!(under(json!({ "purpose": "for_myself" })), "purpose", "a mail program writes to people");
    assert_eq!(under(json!({ "purpose": "one_to_one" })), "purpose", "and to many");
    assert_eq!(under(json!({ "channel": "phone" })), "channel");
    assert_eq!(under(json!({ "columns": ["name"] })), "columns", "a mail program needs the address");
    assert_eq!(under(json!({ "columns": [] })), "columns");
    assert_eq!(under(json!({ "columns": ["email", "shoe_size"] })), "columns");
    let (field, message) = refused(json!({ "template": "ghost", "columns": ["email", "city"] }));
    assert_eq!((field.as_str(), message.starts_with("Ghost has no place for “City”.")), ("columns", true));
    assert_eq!(under(json!({ "file": "unknown" })), "file");
    assert_eq!(fs::read_to_string(desk.path("out")).unwrap(), "What stood there");
    assert_eq!(desk.call("exports.made", json!({})), json!([]));
    assert!(
        fs::read_dir(desk.path("")).unwrap().all(|file| !file
            .unwrap()
            .file_name()
            .to_string_lossy()
            .contains("unfinished"))
    );
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn something_in_the_post_goes_to_whoever_gave_an_address_for_it_and_to_nobody_else() {
    let desk = Desk::new();
    let gives = |person: &str, until: &str| {
        desk.call(
            "postal_addresses.add",
            json!({ "person": person, "lines": "Kiln Lane 3\n12345 Nowhere", "country": "DE", "purpose": "stickers", "source": "they_gave_it",
                    "phone": "+49 30 5550 0101", "expiresOn": until }),
        )
    };
    // An address and no e-mail; a no to the newsletter; marked; an address past its day; only an e-mail that may be used.
    let [ada, cy, di] = ["Ada", "Cy", "Di"].map(|name| desk.person(name));
    let (bo, at) = known(&desk, "Bo", "bo@example.org");
    signed_up(&desk, "Eve", "eve@example.org");
    for (person, until) in [(&ada, "2026-08-01"), (&bo, "2026-08-01"), (&cy, "2026-08-01"), (&di, "2026-05-22")] {
        gives(person, until);
    }
    desk.call("basis.set", json!({ "point": at, "purposes": ["list_mail"], "basis": "objected" }));
    desk.call("contact_points.edit", json!({ "id": at, "status": "opted_out" }));
    desk.call("people.edit", json!({ "id": cy, "doNotContact": true }));
    desk.wait(2);
    let seen = looked(&desk, "swag_post");
    assert_eq!((&seen["included"], &seen["heldBack"]), (&json!(2), &json!(3)), "{seen}");
    let reasons: Vec<(&str, u64)> = seen["leftOut"]
        .as_array()
        .unwrap()
        .iter()
        .map(|held| (held["words"].as_str().unwrap(), held["count"].as_u64().unwrap()))
        .collect();
    assert_eq!(reasons, [("no postal address, or one past its day", 2), ("not to be contacted", 1)]);
    let columns =
        ["name", "email", "postal_recipient", "postal_lines", "postal_country_code", "postal_country", "postal_phone"];
    let text = written(&desk, "csv", json!({ "purpose": "swag_post", "columns": columns }));
    let parcel = "Kiln Lane 3\n12345 Nowhere";
    assert_eq!(
        text,
        format!(
            "Name,E-mail,Recipient,Address lines,Address country code,Address country,Phone for the parcel\r\nAda,,Ada,\"{parcel}\",DE,Germany,+49 30 5550 0101\r\nBo,,Bo,\"{parcel}\",DE,Germany,+49 30 5550 0101\r\n"
        )
    );
    let line = desk.call("exports.made", json!({}))[0]["leftOut"].clone();
    assert_eq!(line, json!([["no postal address, or one past its day", 2], ["not to be contacted", 1]]));
    let report = desk.call("health.report", json!({}));
    let post = report["purposes"].as_array().unwrap().iter().find(|one| one["purpose"] == "swag_post").unwrap();
    assert_eq!((&post["may"], &post["leftOut"]), (&json!(2), &json!([["do_not_contact", 1], ["no_address", 2]])));
    // Who wants no mail whatever for is sent no parcel either, unless the address was given after that.
    desk.call("basis.objected", json!({ "person": ada, "kinds": ["email"] }));
    assert_eq!(looked(&desk, "swag_post")["included"], 1);
    desk.wait(1);
    gives(&ada, "2026-08-01");
    assert_eq!(looked(&desk, "swag_post")["included"], 2);
}

/// Who is pointed at, as `why: names`.
fn in_doubt(seen: &Value) -> Vec<String> {
    let group = |doubt: &Value| {
        let names = doubt["people"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap());
        format!("{}: {}", doubt["words"].as_str().unwrap(), names.collect::<Vec<_>>().join(", "))
    };
    seen["inDoubt"].as_array().unwrap().iter().map(group).collect()
}

const SHARES: &str = "1 in it shares name and organisation with somebody who asked for no mail";
const CALLED: &str =
    "1 in it has the name of somebody who asked for no mail, and where one of the two works is not known";
const AT_ANOTHER: &str = "1 in it asked for no mail at another address of theirs";

#[test]
fn who_shares_name_and_organisation_with_somebody_who_wants_no_mail_is_pointed_at_and_left_out_by_hand() {
    let desk = Desk::new();
    let (old, _) = known(&desk, "Ada Moss", "ada@old.example");
    let new = signed_up(&desk, "Ada Moss", "ada@new.example");
    let other = signed_up(&desk, "Ada Moss", "ada@third.example");
    for (person, organisation) in [(&old, "Basalt"), (&new, "Basalt"), (&other, "Gneiss")] {
        desk.call("people.edit", json!({ "id": person, "organisation": organisation }));
    }
    assert_eq!(looked(&desk, "list_mail")["inDoubt"], json!([]));
    desk.call("people.edit", json!({ "id": old, "doNotContact": true }));
    let seen = looked(&desk, "list_mail");
    assert_eq!(seen["included"], 2);
    assert_eq!(in_doubt(&seen), [format!("{SHARES}: Ada Moss")]);
    assert_eq!(seen["inDoubt"][0]["people"][0]["id"], json!(new));
    let whom = json!({ "query": everybody(), "without": [new] });
    let without = desk.call("exports.look", json!({ "whom": whom, "purpose": "list_mail", "channel": "email" }));
    assert_eq!((&without["included"], &without["inDoubt"]), (&json!(1), &json!([])));
    let by_hand = without["leftOut"].as_array().expect("reasons").iter().find(|held| held["reason"] == "by_hand");
    let by_hand = by_hand.expect("whoever was left out by hand is counted as everybody who is left out");
    assert_eq!((&by_hand["count"], &by_hand["words"]), (&json!(1), &json!("left out by hand")));
    assert_eq!(by_hand["people"][0]["person"]["id"], json!(new));
    let text = written(&desk, "csv", json!({ "whom": whom }));
    assert_eq!(text, "Name,E-mail\r\nAda Moss,ada@third.example\r\n");
    let made = &desk.call("exports.made", json!({}))[0];
    let said = made["leftOut"].as_array().expect("reasons");
    assert!(said.contains(&json!(["left out by hand", 1])), "the line of the file counts them: {made}");
}

#[test]
fn a_namesake_without_an_organisation_is_pointed_at_until_it_is_said_that_they_are_two() {
    let desk = Desk::new();
    let (old, _) = known(&desk, "Ada Moss", "ada@old.example");
    let new = signed_up(&desk, "ada  moss", "ada@new.example");
    // One word is the name of many.
    let (ben, _) = known(&desk, "Ben", "ben@old.example");
    signed_up(&desk, "Ben", "ben@new.example");
    desk.call("people.edit", json!({ "id": old, "doNotContact": true, "organisation": "Basalt" }));
    desk.call("people.edit", json!({ "id": ben, "doNotContact": true }));
    assert_eq!(in_doubt(&looked(&desk, "list_mail")), [format!("{CALLED}: ada  moss")]);
    desk.call("doubles.tell_apart", json!({ "ids": [old, new] }));
    assert_eq!(looked(&desk, "list_mail")["inDoubt"], json!([]));
}

#[test]
fn who_said_no_at_another_address_is_pointed_at_unless_they_signed_up_at_this_one_since() {
    let desk = Desk::new();
    let (ada, new) = known(&desk, "Ada Moss", "ada@new.example");
    let old = point(&desk, &ada, "email", "ada@old.example", "they_gave_it");
    let signs_up = || {
        let today = desk.now().day_in(chrono_tz::UTC).to_string();
        desk.call(
            "basis.set",
            json!({ "point": new, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Signed up.", "on": today }),
        )
    };
    signs_up();
    assert_eq!(looked(&desk, "list_mail")["inDoubt"], json!([]));
    let says_no: [&dyn Fn(); 3] = [
        &|| drop(desk.call("contact_points.edit", json!({ "id": old, "status": "opted_out" }))),
        &|| drop(desk.call("basis.set", json!({ "point": old, "purposes": ["list_mail"], "basis": "objected" }))),
        &|| drop(desk.call("suppressions.add", json!({ "kind": "email", "values": ["Ada@OLD.example"] }))),
    ];
    for no in says_no {
        desk.wait(1);
        no();
        let seen = looked(&desk, "list_mail");
        assert_eq!((&seen["included"], in_doubt(&seen)), (&json!(1), vec![format!("{AT_ANOTHER}: Ada Moss")]));
        // It is about mail, and not about a parcel.
        assert_eq!(looked(&desk, "swag_post")["inDoubt"], json!([]));
        desk.wait(1);
        signs_up();
        assert_eq!(looked(&desk, "list_mail")["inDoubt"], json!([]));
    }
}

#[test]
fn who_said_no_at_an_address_that_was_replaced_since_is_pointed_at() {
    let desk = Desk::new();
    let (ada, old) = known(&desk, "Ada Moss", "ada@old.example");
    desk.call("contact_points.edit", json!({ "id": old, "status": "opted_out" }));
    let new = id_of(&desk.call("contact_points.edit", json!({ "id": old, "value": "ada@new.example" })));
    let signs_up = |on: &str| {
        let yes =
            json!({ "point": new, "purposes": ["list_mail"], "basis": "opted_in", "evidence": "Signed up.", "on": on });
        desk.call("basis.set", yes);
        looked(&desk, "list_mail")
    };
    let before = signs_up("2026-05-03");
    assert_eq!((&before["included"], in_doubt(&before)), (&json!(1), vec![format!("{AT_ANOTHER}: Ada Moss")]));
    assert_eq!(before["inDoubt"][0]["ids"], json!([ada]));
    let today = desk.wait(2).call("workspace.info", json!({}))["today"].as_str().unwrap().to_owned();
    assert_eq!(signs_up(&today)["inDoubt"], json!([]));
}
