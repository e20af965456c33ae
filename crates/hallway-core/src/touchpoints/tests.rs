//! What happened, logged and corrected.
use crate::testing::{Desk, id_of};
use serde_json::{Value, json};

#[test]
fn something_that_happens_now_keeps_its_minute_and_the_day_of_the_workspace() {
    let desk = Desk::new();
    desk.call("workspace.set_up", json!({ "product": "Queues", "zone": "Pacific/Auckland" }));
    let id = desk.person("Tom");
    let entry = desk.call("touchpoints.log", json!({ "kind": "conversation_in_person", "people": [{ "person": id }] }));
    assert_eq!(
        (&entry["onDay"], &entry["precision"], &entry["zone"]),
        (&json!("2026-05-22"), &json!("minute"), &json!("Pacific/Auckland"))
    );
    desk.call("workspace.set_up", json!({ "product": "Queues", "zone": "America/New_York" }));
    let timeline = desk.call("touchpoints.timeline", json!({ "person": id, "limit": 9 }));
    assert_eq!(timeline["entries"][0]["onDay"], "2026-05-22", "a day never moves with a zone");
}

#[test]
fn a_day_may_be_as_vague_as_it_is_known() {
    let desk = Desk::new();
    let id = desk.person("Tom");
    for (on, day, precision) in
        [("2026-03-04", "2026-03-04", "day"), ("2026-03", "2026-03-01", "month"), ("2025", "2025-01-01", "year")]
    {
        let entry = desk.call("touchpoints.log", json!({ "kind": "replied", "on": on, "people": [{ "person": id }] }));
        assert_eq!((entry["onDay"].as_str().unwrap(), entry["precision"].as_str().unwrap()), (day, precision));
    }
    desk.call(
        "touchpoints.log",
        json!({ "kind": "in_production", "unknownDay": true, "people": [{ "person": id, "observedBy": "seen" }] }),
    );
    assert_eq!(desk.standing(&id)["stage"], "discover", "an unknown day is no evidence");
    for bad in ["2026-02-30", "soon", "2026-13"] {
        assert_eq!(
            desk.refused("touchpoints.log", json!({ "kind": "replied", "on": bad, "people": [{ "person": id }] }))
                .field
                .as_deref(),
            Some("on"),
            "{bad}"
        );
    }
    let tomorrow =
        desk.refused("touchpoints.log", json!({ "kind": "replied", "on": "2026-05-23", "people": [{ "person": id }] }));
    assert_eq!(tomorrow.message, "That day has not come yet. Log things when they have happened.");
}

#[test]
fn what_we_do_says_nothing_about_where_they_stand() {
    let desk = Desk::new();
    let id = desk.person("Tom");
    let seen = desk.refused(
        "touchpoints.log",
        json!({ "kind": "emailed", "people": [{ "person": id, "observedStage": "build" }] }),
    );
    assert_eq!(seen.field.as_deref(), Some("observedStage"));
    assert_eq!(
        desk.refused(
            "touchpoints.log",
            json!({ "kind": "replied", "direction": "from_us", "people": [{ "person": id }] })
        )
        .field
        .as_deref(),
        Some("direction")
    );
    for kind in ["emailed", "sent_swag", "gave_help", "introduced"] {
        desk.log(&id, kind, "2026-05-20");
    }
    assert_eq!(desk.standing(&id)["stage"], Value::Null);
}

#[test]
fn several_people_may_have_been_there_each_in_their_part() {
    let desk = Desk::new();
    let (ada, tom, eve) = (desk.person("Ada"), desk.person("Tom"), desk.person("Eve"));
    let people = json!([{ "person": ada, "role": "by", "observedBy": "seen" }, { "person": tom, "role": "with" }, { "person": eve, "role": "about" }]);
    let id = id_of(&desk.call(
        "touchpoints.log",
        json!({ "kind": "answered_question", "on": "2026-05-20", "people": people, "note": "Explained back-pressure" }),
    ));
    let stages: Vec<Value> = [&ada, &tom, &eve].iter().map(|p| desk.standing(p)["stage"].clone()).collect();
    assert_eq!(stages, [json!("learn"), Value::Null, Value::Null], "between them, only the one who helped moved");
    for person in [&ada, &tom, &eve] {
        let timeline = desk.call("touchpoints.timeline", json!({ "person": person, "limit": 9 }));
        assert_eq!(timeline["entries"][0]["people"].as_array().unwrap().len(), 3, "it stands in everybody's timeline");
    }
    desk.call("touchpoints.edit", json!({ "id": id, "people": [{ "person": tom, "role": "by" }] }));
    assert_eq!(
        (desk.standing(&ada)["stage"].clone(), desk.standing(&tom)["stage"].clone()),
        (Value::Null, json!("learn"))
    );
    desk.undo();
    assert_eq!(desk.standing(&ada)["stage"], "learn");
    assert_eq!(
        desk.refused("touchpoints.log", json!({ "kind": "replied", "people": [] })).message,
        "Say who it was with."
    );
    desk.is_sound();
}

#[test]
fn the_timeline_is_newest_first_and_pages_join() {
    let desk = Desk::new();
    let id = desk.person("Tom");
    for n in 1..=25 {
        desk.log(&id, "conversation_online", &format!("2026-04-{n:02}"));
    }
    desk.call("touchpoints.log", json!({ "kind": "replied", "unknownDay": true, "people": [{ "person": id }] }));
    let mut days = Vec::new();
    let mut after = Value::Null;
    loop {
        let page = desk.call("touchpoints.timeline", json!({ "person": id, "after": after, "limit": 10 }));
        let entries = page["entries"].as_array().unwrap();
        days.extend(entries.iter().map(|e| (e["precision"] == "unknown", e["onDay"].as_str().unwrap().to_owned())));
        after = entries.last().unwrap()["cursor"].clone();
        if page["more"] == false {
            break;
        }
    }
    assert_eq!(days.len(), 26);
    assert!(days[..25].windows(2).all(|w| w[0].1 > w[1].1));
    assert!(days[25].0, "what has no day comes last");
}

#[test]
fn a_mood_can_be_taken_away_again() {
    let desk = Desk::new();
    let tom = desk.person("Tom");
    let id = desk.log(&tom, "conversation_online", "2026-05-20");
    assert_eq!(desk.call("touchpoints.edit", json!({ "id": id, "sentiment": -1 }))["sentiment"], -1);
    assert_eq!(desk.call("touchpoints.edit", json!({ "id": id, "note": "Cross" }))["sentiment"], -1);
    assert_eq!(desk.call("touchpoints.edit", json!({ "id": id, "sentiment": null }))["sentiment"], Value::Null);
    desk.undo();
    assert_eq!(desk.call("touchpoints.timeline", json!({ "person": tom, "limit": 5 }))["entries"][0]["sentiment"], -1);
}

#[test]
fn an_entry_never_ends_up_with_nobody() {
    let desk = Desk::new();
    let (ada, bo) = (desk.person("Ada"), desk.person("Bo"));
    let id = desk.log(&ada, "conversation_online", "2026-05-20");
    let part = |person: &str| json!({ "person": person });
    desk.call("touchpoints.edit", json!({ "id": id, "people": [part(&ada), part(&bo)] }));
    let second = desk.call("history.recent", json!({ "limit": 1 }))[0]["id"].clone();
    desk.call("touchpoints.edit", json!({ "id": id, "people": [part(&bo)] }));
    let undone = desk.call("history.take_back", json!({ "operation": second }));
    assert_eq!(undone["notes"], json!(["Bo stays at one entry, which would have nobody otherwise."]));
    assert_eq!(desk.call("touchpoints.edit", json!({ "id": id, "note": "Still here" }))["people"][0]["name"], "Bo");
    desk.is_sound();
}

#[test]
fn whoever_lies_in_the_trash_keeps_their_part_in_an_entry_that_is_edited() {
    let desk = Desk::new();
    let (ada, tom) = (desk.person("Ada"), desk.person("Tom"));
    let both = json!([{ "person": ada }, { "person": tom }]);
    let id =
        id_of(&desk.call("touchpoints.log", json!({ "kind": "first_success", "on": "2026-05-20", "people": both })));
    let before = desk.standing(&tom)["stage"].clone();
    desk.call("people.trash", json!({ "ids": [tom] }));
    let trashing = desk.call("history.recent", json!({ "limit": 1 }))[0]["id"].clone();
    desk.call("touchpoints.edit", json!({ "id": id, "note": "Corrected", "people": [{ "person": ada }] }));
    desk.call("history.take_back", json!({ "operation": trashing }));
    assert_ne!(before, Value::Null);
    assert_eq!(desk.standing(&tom)["stage"], before);
}

#[test]
fn a_timeline_up_to_a_day_has_what_had_happened_by_then() {
    let desk = Desk::new();
    let tom = desk.person("Tom");
    for day in ["2026-05-20", "2026-03-01", "2026-03", "2025"] {
        desk.log(&tom, "conversation_online", day);
    }
    desk.call("touchpoints.log", json!({ "kind": "replied", "unknownDay": true, "people": [{ "person": tom }] }));
    let until = |day: &str| -> Vec<String> {
        let page = desk.call("touchpoints.timeline", json!({ "person": tom, "limit": 9, "until": day }));
        page["entries"].as_array().unwrap().iter().map(|e| e["onDay"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(until("2026-05-20").len(), 4, "what happened nobody knows when had not happened by any day");
    assert_eq!(until("2026-05-19"), ["2026-03-01", "2026-03-01", "2025-01-01"]);
    assert_eq!(until("2025-12-31"), ["2025-01-01"]);
    assert!(until("2024-12-31").is_empty());
    let refusal = desk.refused("touchpoints.timeline", json!({ "person": tom, "limit": 9, "until": "soon" }));
    assert_eq!(refusal.field.as_deref(), Some("until"));
}

#[test]
fn a_note_that_is_taken_out_leaves_a_sound_index_of_words() {
    let desk = Desk::new();
    let tom = desk.person("Tom");
    let entry = |note: &str| {
        let input = json!({ "kind": "replied", "on": "2026-05-20", "people": [{ "person": tom }], "note": note });
        id_of(&desk.call("touchpoints.log", input))
    };
    let write = |entry: &str, note: &str| {
        desk.call("touchpoints.edit", json!({ "id": entry, "note": note }));
        desk.is_sound();
    };
    let only = entry("Der Index wird größer");
    desk.is_sound();
    write(&only, "");
    write(&only, "sharding");
    let (second, third) = (entry("queues"), entry("retries and timeouts"));
    write(&second, "");
    write(&only, "");
    write(&third, "");
    write(&third, "found again");
}

#[test]
fn an_answer_says_which_entry_it_answers_until_it_is_taken_back() {
    let desk = Desk::new();
    let ana = desk.person("Ana");
    let people = json!([{ "person": ana }]);
    let question = desk.call(
        "touchpoints.log",
        json!({ "kind": "asked_how_to", "on": "2026-05-19", "people": people, "needsAnswer": true }),
    );
    let answers = || -> Vec<String> {
        let sql = "SELECT coalesce((SELECT q.kind FROM touchpoints q WHERE q.id = t.answers), 'nothing') FROM touchpoints t WHERE t.deleted_at IS NULL ORDER BY t.rid";
        desk.store.read(desk.now(), |tx| tx.column(sql, [])).expect("an answer")
    };
    desk.call("touchpoints.answered", json!({ "id": question["id"], "note": "With a batch size" }));
    assert_eq!(answers(), ["nothing", "asked_how_to"]);
    desk.undo();
    assert_eq!(answers(), ["nothing"]);
    desk.redo();
    assert_eq!(answers(), ["nothing", "asked_how_to"]);
    desk.is_sound();
}
