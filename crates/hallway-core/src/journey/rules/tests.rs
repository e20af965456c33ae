//! Rules are changed after a look at what would move, and that is what moves.
use crate::{
    Access, dispatch,
    journey::engine::{Config, Preset},
    testing::{DAY, Desk},
};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn in_force(desk: &Desk) -> Value {
    desk.call("journey.rules", json!({}))["rules"].clone()
}

fn changed(desk: &Desk, change: impl FnOnce(&mut Value)) -> Value {
    let mut rules = in_force(desk);
    change(&mut rules);
    json!({ "rules": rules })
}

fn kind<'a>(rules: &'a mut Value, key: &str) -> &'a mut Value {
    rules["kinds"].as_array_mut().unwrap().iter_mut().find(|kind| kind["key"] == key).expect("a kind")
}

/// Where everybody stands, by name, with the newest move.
fn stands(desk: &Desk) -> BTreeMap<String, (Value, Value)> {
    let people = desk.call("people.matching", json!({ "text": "p", "limit": 50 }));
    let of = |person: &Value| {
        let standing = desk.call("journey.standing", json!({ "person": person["id"] }));
        (person["name"].as_str().unwrap().to_owned(), (standing["stage"].clone(), standing["history"][0].clone()))
    };
    people.as_array().unwrap().iter().map(of).collect()
}

#[test]
fn what_would_move_is_said_before_and_is_what_moves_and_can_be_taken_back() {
    let desk = Desk::new();
    let (up, down, stays) = (desk.person("Pia"), desk.person("Per"), desk.person("Pol"));
    desk.log(&up, "hands_on_workshop", "2026-01-01");
    desk.log(&up, "asked_how_to", "2026-05-01");
    desk.log(&down, "reported_bug", "2026-05-01");
    desk.log(&stays, "conversation_online", "2026-05-02");
    let before = stands(&desk);
    let dump = desk.dump();
    assert_eq!((&before["Pia"].0, &before["Per"].0), (&json!("evaluate"), &json!("learn")));
    let draft = changed(&desk, |rules| {
        rules["half_life_days"] = json!(720);
        kind(rules, "reported_bug")["proves"] = json!("evaluate");
        kind(rules, "reported_bug")["strength"] = json!("weak");
    });
    let preview = desk.call("journey.preview_rules", draft.clone());
    assert_eq!(
        (&preview["moved"], &preview["up"], &preview["toReview"]),
        (&json!(2), &json!(1), &json!(1)),
        "{preview}"
    );
    let said: Vec<String> = preview["people"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} {}", one["name"], one["from"], one["to"]))
        .collect();
    assert_eq!(said, ["\"Per\" \"learn\" \"evaluate\"", "\"Pia\" \"evaluate\" \"learn\""]);
    assert_eq!(desk.dump(), dump, "to look is to change nothing");

    let set = desk.call("journey.set_rules", draft.clone());
    assert_eq!(set["version"], 2);
    let after = stands(&desk);
    assert_eq!(
        (&after["Pia"].0, &after["Per"].0, &after["Pol"].0),
        (&json!("learn"), &json!("evaluate"), &json!("discover"))
    );
    assert_eq!((&after["Pia"].1["cause"], &after["Pia"].1["status"]), (&json!("rules"), &json!("applied")));
    assert_eq!((&after["Per"].1["cause"], &after["Per"].1["status"]), (&json!("rules"), &json!("suggested")));
    assert_eq!(after["Pol"].1, before["Pol"].1, "nobody else's log grows");
    assert_eq!(desk.call("journey.due", json!({}))["people"], 0);
    assert_eq!(desk.call("journey.preview_rules", draft.clone())["moved"], 0);
    assert_eq!(desk.call("journey.set_rules", draft)["version"], 2, "the same again is no change");
    desk.is_sound();

    let moved = desk.dump();
    assert_eq!(desk.undo()["label"], "Changed the rules of the journey");
    assert_eq!(stands(&desk), before);
    assert_eq!(desk.dump(), dump);
    desk.is_sound();
    desk.redo();
    assert_eq!(stands(&desk), after);
    assert_eq!(desk.dump(), moved);
    desk.is_sound();
}

#[test]
fn whoever_is_moved_back_can_be_left_where_they_were() {
    let desk = Desk::new();
    let id = desk.person("Per");
    desk.log(&id, "reported_bug", "2026-05-01");
    desk.call("journey.set_rules", changed(&desk, |rules| kind(rules, "reported_bug")["on"] = json!(false)));
    let standing = desk.standing(&id);
    assert_eq!((&standing["stage"], &standing["moved"]["status"]), (&Value::Null, &json!("suggested")));
    let back = desk.call("journey.take_back", json!({ "id": standing["moved"]["id"] }));
    assert_eq!((&back["stage"], &back["pin"]["stage"]), (&json!("learn"), &json!("learn")));
    desk.is_sound();
}

#[test]
fn a_kind_of_ones_own_is_logged_renamed_switched_off_and_never_taken_out() {
    let desk = Desk::new();
    let id = desk.person("Pia");
    let own = json!({ "key": "taught_class", "label": "Taught a class", "comes_next": "teaches a class", "direction": "from_them",
        "four_c": "conductor", "channel_class": "word_of_mouth", "weight": 9, "points_to": "scale", "strength": "proof", "proves": "scale",
        "resets_to": null, "participates": true, "silences_days": null, "on": true });
    desk.call("journey.set_rules", changed(&desk, |rules| rules["kinds"].as_array_mut().unwrap().push(own)));
    let kinds = desk.call("touchpoints.kinds", json!({}));
    assert!(kinds.as_array().unwrap().iter().any(|kind| kind["key"] == "taught_class" && kind["on"] == true));
    desk.log(&id, "taught_class", "2026-05-12");
    let standing = desk.standing(&id);
    assert_eq!((&standing["stage"], &standing["because"][0]["label"]), (&json!("scale"), &json!("Taught a class")));
    desk.call(
        "journey.set_rules",
        changed(&desk, |rules| {
            kind(rules, "taught_class")["label"] = json!("Gave a course");
            kind(rules, "taught_class")["on"] = json!(false);
        }),
    );
    assert_eq!(desk.standing(&id)["stage"], Value::Null, "it gives no points");
    let entries = desk.call("touchpoints.timeline", json!({ "person": id, "limit": 5 }));
    assert_eq!(entries["entries"][0]["label"], "Gave a course", "and its entries stay");
    let refusal = desk.refused(
        "journey.set_rules",
        changed(&desk, |rules| rules["kinds"].as_array_mut().unwrap().retain(|kind| kind["key"] != "taught_class")),
    );
    assert_eq!(refusal.message, "“Gave a course” can be switched off, but not taken out.");
    desk.is_sound();
}

#[test]
fn rules_by_which_nobody_could_be_placed_are_refused_in_a_sentence() {
    let desk = Desk::new();
    for (change, word) in [
        (&|rules: &mut Value| rules["half_life_days"] = json!(10) as Value, "half-life"),
        (&|rules: &mut Value| rules["enter"]["build"] = json!(500.0), "one proof"),
        (&|rules: &mut Value| rules["names"]["learn"] = json!(" "), "name"),
        (&|rules: &mut Value| kind(rules, "emailed")["weight"] = json!(3), "no evidence"),
        (&|rules: &mut Value| kind(rules, "replied")["direction"] = json!("two_way"), "something else"),
    ] as [(&dyn Fn(&mut Value), &str); 5]
    {
        let draft = changed(&desk, change);
        assert!(desk.refused("journey.preview_rules", draft.clone()).message.contains(word), "{word}");
        assert!(desk.refused("journey.set_rules", draft).message.contains(word), "{word}");
    }
    assert_eq!(desk.call("journey.rules", json!({}))["version"], 1);
}

#[test]
fn stages_are_called_as_the_file_calls_them() {
    let desk = Desk::new();
    desk.person("Pia");
    let draft = changed(&desk, |rules| rules["names"]["scale"] = json!("Leading"));
    assert_eq!(desk.call("journey.preview_rules", draft.clone())["moved"], 0);
    desk.call("journey.set_rules", draft);
    let info = desk.call("workspace.info", json!({}));
    assert_eq!((&info["stageNames"]["scale"], &info["stageNames"]["learn"]), (&json!("Leading"), &json!("Learning")));
}

#[test]
fn presets_place_people_and_keep_the_kinds_of_ones_own() {
    for preset in Preset::ALL {
        assert_eq!(preset.rules().faults(), Vec::<String>::new(), "{preset:?}");
    }
    let desk = Desk::new();
    let community = desk.call("journey.preset", json!({ "preset": "community" }));
    desk.call("journey.set_rules", json!({ "rules": community }));
    let id = desk.person("Pia");
    desk.log(&id, "hosted_session", "2026-05-12");
    assert_eq!(desk.standing(&id)["stage"], "scale");
    let library = desk.call("journey.preset", json!({ "preset": "library" }));
    let keeps = library["kinds"].as_array().unwrap().iter().any(|kind| kind["key"] == "hosted_session");
    assert!(keeps, "what was logged keeps its kind");
    let hardware = desk.call("journey.preset", json!({ "preset": "hardware" }));
    assert_eq!((&hardware["half_life_days"], &hardware["dormant_days"]), (&json!(360), &json!(730)));
}

#[test]
fn rules_travel_as_text_and_a_mistake_in_them_is_named_with_its_place() {
    let desk = Desk::new();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rules.toml");
    let out = desk.store.grant(path.clone(), Access::Write);
    desk.call(
        "journey.set_rules",
        changed(&desk, |rules| {
            rules["half_life_days"] = json!(300);
            rules["names"]["learn"] = json!("Lernen \"ä\"");
            kind(rules, "replied")["on"] = json!(false);
        }),
    );
    assert_eq!(desk.call("journey.write_rules", json!({ "file": out }))["name"], "rules.toml");
    let text = std::fs::read_to_string(&path).expect("the rules");
    assert!(text.contains("half_life_days = 300") && text.contains("[[kinds]]"), "{text}");

    let other = Desk::new();
    other.call(
        "journey.set_rules",
        changed(&other, |rules| {
            let mut own = kind(rules, "replied").clone();
            own["key"] = json!("only_here");
            rules["kinds"].as_array_mut().unwrap().push(own);
        }),
    );
    let read = |text: &str| {
        std::fs::write(&path, text).expect("the rules");
        json!({ "file": other.store.grant(path.clone(), Access::Read) })
    };
    let mut shared = other.call("journey.read_rules", read(&text));
    let kinds = shared["kinds"].as_array_mut().unwrap();
    assert_eq!(kinds.pop().unwrap()["key"], "only_here");
    assert_eq!(shared, in_force(&desk));
    assert_eq!(in_force(&other)["half_life_days"], 180, "to read is not to save");

    let refused = |text: &str| other.refused("journey.read_rules", read(text)).message;
    let broken = refused("half_life_days = 90\nreview = \"weekly\"\n");
    assert!(broken.starts_with("Line 2, column 10: ") && broken.ends_with(". Nothing was changed."), "{broken}");
    assert!(refused("half_life_days = \n").starts_with("Line 1, column "));
    assert!(refused("colour = 3").contains("colour"));
    assert!(refused("half_life_days = 5").contains("half-life"));
}

/// A change of the rules that was cut off goes on when somebody opens the file.
#[test]
fn many_people_are_placed_a_few_at_a_time_and_whoever_is_left_later() {
    let desk = Desk::new();
    let sample = || crate::sample::fill(&desk.store, desk.now(), 3, 450, 2_000, |_, _, _| {});
    sample().expect("a community");
    let draft = changed(&desk, |rules| rules["enter"]["learn"] = json!(60.0));
    let preview = desk.call("journey.preview_rules", draft.clone());
    let moved = preview["moved"].as_u64().unwrap();
    assert!(moved > 0);
    let operations = |desk: &Desk| desk.call("history.recent", json!({ "limit": 500 })).as_array().unwrap().len();
    let before = operations(&desk);
    // As if the power had gone right after the rules were written.
    desk.store
        .write("journey.set_rules", crate::store::Memory::Undoable, desk.now(), |tx| {
            super::set_rules(tx, serde_json::from_value(draft.clone())?)
        })
        .expect("new rules");
    assert_eq!(desk.call("journey.due", json!({}))["people"], 450);
    desk.is_sound();
    desk.call("journey.bring_up_to_date", json!({}));
    assert_eq!(desk.call("journey.due", json!({}))["people"], 0);
    desk.is_sound();
    assert_eq!(operations(&desk), before + 1, "the moves belong to the change of the rules");
    let caused: i64 = desk
        .store
        .read(desk.now(), |tx| {
            tx.scalar("SELECT count(*) FROM stage_changes WHERE cause = 'rules' AND voided_by IS NULL", [])
        })
        .unwrap()
        .unwrap();
    assert_eq!(caused as u64, moved);
    desk.undo();
    assert_eq!(desk.call("journey.preview_rules", draft)["moved"].as_u64(), Some(moved));
    desk.is_sound();
}

fn change() -> impl Strategy<Value = (u8, u8, u8)> {
    (0u8..=8, any::<u8>(), any::<u8>())
}

/// Some change of the rules, which may not be allowed.
fn apply(rules: &mut Config, (what, which, how): (u8, u8, u8)) {
    use crate::journey::engine::{Stage, Strength};
    let count = rules.kinds.len();
    let stage = || Stage::ALL.get(how as usize % 6).copied();
    match what {
        0 => rules.half_life_days = 30 + u32::from(how) * 2,
        1 => rules.enter.learn = f64::from(how % 100) + 1.0,
        2 => rules.enter.build = f64::from(how % 100) + 1.0,
        3 => rules.kind_cap = f64::from(how) + 1.0,
        4 => rules.quiet_days = u32::from(how),
        5 => rules.kinds[which as usize % count].on ^= true,
        6 => rules.kinds[which as usize % count].proves = stage(),
        7 => rules.kinds[which as usize % count].points_to = stage(),
        _ => rules.kinds[which as usize % count].strength = Strength::ALL.get(how as usize % 4).copied(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_preview_is_what_happens(
        acts in vec((0usize..6, select(vec!["conversation_online", "asked_how_to", "hands_on_workshop", "reported_bug", "answered_question", "in_production", "spoke_about", "stopped_using", "attended_talk"]), 0i64..700, any::<bool>()), 1..24),
        pins in vec((0usize..6, select(vec!["discover", "learn", "scale"])), 0..3),
        rounds in vec(vec(change(), 1..4), 1..4),
    ) {
        let desk = Desk::new();
        let people: Vec<String> = (0..6).map(|n| desk.person(&format!("Person {n}"))).collect();
        for (who, kind, ago, imported) in acts {
            let on = chrono::DateTime::from_timestamp_millis(desk.now().0 - ago * DAY).unwrap().date_naive().to_string();
            let by = if imported { "imported" } else { "seen" };
            desk.call("touchpoints.log", json!({ "kind": kind, "on": on, "people": [{ "person": people[who], "observedBy": by }] }));
        }
        for (who, stage) in pins {
            desk.call("journey.pin", json!({ "person": people[who], "stage": stage, "until": "proof", "reason": "Said so" }));
        }
        for changes in rounds {
            let mut rules: Config = serde_json::from_value(in_force(&desk)).unwrap();
            for one in changes { apply(&mut rules, one); }
            let draft = json!({ "rules": rules });
            let before = stands(&desk);
            let Ok(preview) = dispatch(&desk.store, desk.now(), "journey.preview_rules", draft.clone()) else {
                prop_assert!(dispatch(&desk.store, desk.now(), "journey.set_rules", draft).is_err());
                continue;
            };
            let dump = desk.dump();
            let changed_something = draft["rules"] != in_force(&desk);
            desk.call("journey.set_rules", draft);
            let after = stands(&desk);
            let mut happened: Vec<Value> = Vec::new();
            for (name, (stage, newest)) in &after {
                if *newest != before[name].1 {
                    prop_assert_eq!(&newest["cause"], "rules");
                    happened.push(json!([name, newest["from"], newest["to"]]));
                    prop_assert_eq!(stage, &newest["to"]);
                } else {
                    prop_assert_eq!(stage, &before[name].0);
                }
            }
            let mut foretold: Vec<Value> = preview.value["people"].as_array().unwrap().iter().map(|one| json!([one["name"], one["from"], one["to"]])).collect();
            foretold.sort_by_key(Value::to_string);
            happened.sort_by_key(Value::to_string);
            prop_assert_eq!(&foretold, &happened);
            prop_assert_eq!(preview.value["moved"].as_u64(), Some(happened.len() as u64));
            desk.is_sound();
            // Rules that are the same as before are no change, and nothing to take back.
            if changed_something {
                desk.undo();
                prop_assert_eq!(desk.dump(), dump);
                desk.redo();
                prop_assert_eq!(stands(&desk), after);
            }
        }
        desk.is_sound();
    }
}

#[test]
fn which_moves_ask_first_is_a_rule_that_moves_nobody() {
    let desk = Desk::new();
    let proven = desk.person("Pia");
    let signs = |name: &str| {
        let person = desk.person(name);
        desk.log(&person, "asked_how_to", "2026-05-10");
        desk.log(&person, "hands_on_workshop", "2026-05-11");
        person
    };
    let status = |person: &str| desk.standing(person)["moved"]["status"].clone();
    desk.log(&proven, "first_success", "2026-05-12");
    let added_up = signs("Per");
    assert_eq!((status(&proven), status(&added_up)), (json!("applied"), json!("suggested")));

    let asks = changed(&desk, |rules| rules["applies"] = json!("nothing"));
    assert_eq!(desk.call("journey.preview_rules", asks.clone())["moved"], json!(0));
    desk.call("journey.set_rules", asks);
    assert_eq!(status(&proven), json!("applied"), "what was said before stays as it was");
    let later = desk.person("Pol");
    desk.log(&later, "first_success", "2026-05-12");
    assert_eq!(status(&later), json!("suggested"));

    desk.call("journey.set_rules", changed(&desk, |rules| rules["applies"] = json!("all")));
    assert_eq!(status(&signs("Pam")), json!("applied"));
}
