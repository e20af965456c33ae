//! The engine in the file: moves are recorded, explained, accepted, taken back, undone. The rules themselves are tested beside them.
use crate::testing::Desk;
use serde_json::{Value, json};

#[test]
fn a_proof_moves_at_once_and_says_because() {
    let desk = Desk::new();
    let id = desk.person("Priya");
    let touchpoint = desk.log(&id, "shared_prototype", "2026-05-12");
    let standing = desk.standing(&id);
    assert_eq!(
        (&standing["stage"], &standing["since"], &standing["confidence"]),
        (&json!("build"), &json!("2026-05-12"), &json!("confirmed"))
    );
    assert_eq!(
        (&standing["because"][0]["touchpoint"], &standing["because"][0]["label"], &standing["because"][0]["proof"]),
        (&json!(touchpoint), &json!("Showed a demo or prototype"), &json!(true))
    );
    assert_eq!((&standing["moved"]["status"], &standing["moved"]["cause"]), (&json!("applied"), &json!("proof")));
}

#[test]
fn a_stage_that_was_passed_by_is_not_said_to_have_been_seen() {
    let desk = Desk::new();
    let id = desk.person("Priya");
    let steps = || {
        let standing = desk.standing(&id);
        let reached = standing["reached"].as_array().expect("stages").clone();
        let words = |step: &Value| {
            let passed = if step["passed"] == true { "passed by " } else { "" };
            format!("{} {passed}{}", step["stage"].as_str().unwrap(), step["on"].as_str().unwrap())
        };
        reached.iter().map(words).collect::<Vec<_>>()
    };
    desk.log(&id, "first_success", "2026-03-01");
    desk.log(&id, "building_with_it", "2026-05-12");
    assert_eq!(
        steps(),
        ["discover passed by 2026-03-01", "evaluate passed by 2026-03-01", "learn 2026-03-01", "build 2026-05-12"]
    );
    // What is entered late says when they were seen there.
    desk.log(&id, "conversation_online", "2026-02-01");
    assert_eq!(steps()[..2], ["discover 2026-02-01", "evaluate passed by 2026-03-01"]);
}

#[test]
fn signs_together_suggest_a_move_that_counts_at_once() {
    let desk = Desk::new();
    let id = desk.person("Chidi");
    desk.log(&id, "hands_on_workshop", "2026-05-01");
    desk.log(&id, "asked_how_to", "2026-05-15");
    let standing = desk.standing(&id);
    assert_eq!((&standing["stage"], &standing["moved"]["status"]), (&json!("learn"), &json!("suggested")));
    let change = standing["moved"]["id"].clone();
    let accepted = desk.call("journey.accept", json!({ "id": change }));
    assert_eq!((&accepted["moved"], &accepted["history"][0]["status"]), (&Value::Null, &json!("accepted")));
    desk.undo();
    assert_eq!(desk.standing(&id)["moved"]["id"], change);
}

#[test]
fn a_move_taken_back_stays_back_until_a_proof_contradicts_it() {
    let desk = Desk::new();
    let id = desk.person("Chidi");
    desk.log(&id, "hands_on_workshop", "2026-05-01");
    desk.log(&id, "asked_how_to", "2026-05-15");
    let change = desk.standing(&id)["moved"]["id"].clone();
    let back = desk.call("journey.take_back", json!({ "id": change }));
    assert_eq!(
        (&back["stage"], &back["evidenceStage"], &back["pin"]["stage"]),
        (&json!("evaluate"), &json!("learn"), &json!("evaluate"))
    );
    desk.wait(3);
    desk.log(&id, "gave_feedback", "2026-05-23");
    assert_eq!(desk.standing(&id)["stage"], "evaluate", "another sign is no proof");
    desk.log(&id, "first_success", "2026-05-24");
    assert_eq!(desk.standing(&id)["stage"], "learn");
    desk.undo();
    desk.undo();
    desk.undo();
    let again = desk.standing(&id);
    assert_eq!((&again["stage"], &again["moved"]["status"]), (&json!("learn"), &json!("suggested")));
    desk.is_sound();
}

#[test]
fn a_stage_set_by_hand_keeps_its_reason_and_the_evidence_stays_visible() {
    let desk = Desk::new();
    let id = desk.person("Mei");
    desk.log(&id, "conversation_in_person", "2026-05-20");
    assert_eq!(
        desk.refused("journey.pin", json!({ "person": id, "stage": "scale", "until": "good", "reason": " " }))
            .field
            .as_deref(),
        Some("reason")
    );
    let pinned = desk.call(
        "journey.pin",
        json!({ "person": id, "stage": "scale", "until": "good", "reason": "Her team lead told me" }),
    );
    assert_eq!(
        (&pinned["stage"], &pinned["evidenceStage"], &pinned["pin"]["reason"]),
        (&json!("scale"), &json!("discover"), &json!("Her team lead told me"))
    );
    let free = desk.call("journey.unpin", json!({ "id": id }));
    assert_eq!((&free["stage"], &free["pin"]), (&json!("discover"), &Value::Null));
    desk.is_sound();
}

#[test]
fn undoing_what_moved_somebody_undoes_the_move_and_redo_brings_it_back() {
    let desk = Desk::new();
    let id = desk.person("Tom");
    desk.log(&id, "conversation_in_person", "2026-05-01");
    desk.log(&id, "in_production", "2026-05-10");
    let stages =
        || desk.standing(&id)["history"].as_array().unwrap().iter().map(|c| c["to"].clone()).collect::<Vec<_>>();
    assert_eq!(stages(), ["scale", "discover"]);
    desk.undo();
    assert_eq!((desk.standing(&id)["stage"].clone(), stages()), (json!("discover"), vec![json!("discover")]));
    desk.redo();
    assert_eq!(
        (desk.standing(&id)["stage"].clone(), stages()),
        (json!("scale"), vec![json!("scale"), json!("discover")])
    );
    desk.is_sound();
}

#[test]
fn what_is_entered_late_is_recalculated_and_recorded_entries_stay() {
    let desk = Desk::new();
    let id = desk.person("Tom");
    let production = desk.log(&id, "in_production", "2026-05-10");
    desk.call("touchpoints.trash", json!({ "id": production }));
    let history = desk.standing(&id)["history"].clone();
    assert_eq!(
        (&history[0]["to"], &history[0]["cause"], &history[1]["to"]),
        (&Value::Null, &json!("recalculated"), &json!("scale"))
    );
    assert_eq!(desk.standing(&id)["stage"], Value::Null);
    desk.is_sound();
}

#[test]
fn stopping_moves_back_at_once() {
    let desk = Desk::new();
    let id = desk.person("Tom");
    desk.log(&id, "in_production", "2026-03-01");
    desk.log(&id, "stopped_using", "2026-05-01");
    let standing = desk.standing(&id);
    assert_eq!((&standing["stage"], &standing["history"][0]["cause"]), (&json!("evaluate"), &json!("reset")));
}

#[test]
fn the_past_can_be_asked_about() {
    let desk = Desk::new();
    let id = desk.person("Tom");
    desk.log(&id, "signed_up", "2026-01-10");
    desk.log(&id, "first_success", "2026-03-10");
    let then = |day: &str| desk.call("journey.standing", json!({ "person": id, "asOf": day }))["stage"].clone();
    assert_eq!(
        [then("2026-01-09"), then("2026-01-10"), then("2026-03-09"), then("2026-05-01")],
        [Value::Null, json!("evaluate"), json!("evaluate"), json!("learn")]
    );
}

#[test]
fn days_that_go_by_change_the_dot_when_the_day_comes_and_not_before() {
    let desk = Desk::new();
    let id = desk.person("Tom");
    desk.log(&id, "in_production", "2026-05-21");
    let row = || {
        let page = desk.call("people.list", json!({ "query": crate::testing::everybody(), "offset": 0, "limit": 1 }));
        (page["rows"][0]["stage"].clone(), page["rows"][0]["confidence"].clone(), page["rows"][0]["presence"].clone())
    };
    desk.wait(180).call("journey.bring_up_to_date", json!({}));
    assert_eq!(row(), (json!("scale"), json!("confirmed"), json!("quiet")));
    desk.wait(1).call("journey.bring_up_to_date", json!({}));
    assert_eq!(row(), (json!("scale"), json!("fading"), json!("quiet")));
    assert_eq!(desk.call("journey.bring_up_to_date", json!({}))["people"], 0, "only who is due is looked at");
    desk.wait(200).call("journey.bring_up_to_date", json!({}));
    assert_eq!(row(), (json!("scale"), json!("stale"), json!("dormant")));
    assert_eq!(desk.undo()["label"], "Logged what happened with Tom", "what time does is not in the way of undo");
}

#[test]
fn the_list_and_the_page_agree_for_the_whole_sample_community() {
    let desk = Desk::new();
    desk.call("sample.load", json!({}));
    let page = desk.call("people.list", json!({ "query": crate::testing::everybody(), "offset": 0, "limit": 100 }));
    let mut stages = std::collections::BTreeSet::new();
    for row in page["rows"].as_array().unwrap() {
        let standing = desk.standing(row["id"].as_str().unwrap());
        assert_eq!(
            (&row["stage"], &row["confidence"], &row["presence"]),
            (&standing["stage"], &standing["confidence"], &standing["presence"]),
            "{}",
            row["name"]
        );
        stages.insert(standing["stage"].to_string());
    }
    assert_eq!(stages.len(), 6, "the sample shows every stage and somebody not placed: {stages:?}");
}

#[test]
fn no_older_stage_set_by_hand_stands_up_when_the_newest_is_taken_out() {
    let desk = Desk::new();
    let id = desk.person("Mei");
    desk.log(&id, "conversation_in_person", "2026-05-20");
    for stage in ["learn", "build"] {
        desk.call("journey.pin", json!({ "person": id, "stage": stage, "until": "good", "reason": "I was there" }));
    }
    let free = desk.call("journey.unpin", json!({ "id": id }));
    assert_eq!((&free["stage"], &free["pin"]), (&json!("discover"), &Value::Null));
    desk.undo();
    assert_eq!(desk.standing(&id)["stage"], "build");
}

#[test]
fn the_log_of_moves_does_not_repeat_itself_after_not_placed_yet() {
    let desk = Desk::new();
    let id = desk.person("Chidi");
    desk.log(&id, "conversation_in_person", "2026-05-20");
    let change = desk.standing(&id)["moved"]["id"].clone();
    assert_eq!(desk.call("journey.take_back", json!({ "id": change }))["stage"], Value::Null);
    desk.wait(2);
    desk.log(&id, "first_success", "2026-05-23");
    let history = desk.standing(&id)["history"].clone();
    let moves: Vec<(Value, Value)> =
        history.as_array().unwrap().iter().rev().map(|m| (m["to"].clone(), m["status"].clone())).collect();
    assert_eq!(
        moves,
        [(json!("discover"), json!("refused")), (Value::Null, json!("accepted")), (json!("learn"), json!("applied"))]
    );
}

#[test]
fn where_only_accepted_stages_are_shown_a_move_waits_for_its_word() {
    let desk = Desk::new();
    let id = desk.person("Ada");
    desk.log(&id, "conversation_in_person", "2026-05-01");
    let first = desk.standing(&id)["moved"]["id"].clone();
    desk.call("journey.accept", json!({ "id": first }));
    desk.call("workspace.show_only_accepted", json!({ "on": true }));
    desk.log(&id, "in_production", "2026-05-20");
    let shown = || {
        let list = desk.call("people.list", json!({ "query": crate::testing::everybody(), "offset": 0, "limit": 1 }));
        (desk.standing(&id)["stage"].clone(), list["rows"][0]["stage"].clone())
    };
    assert_eq!(shown(), (json!("discover"), json!("discover")));
    let standing = desk.standing(&id);
    assert_eq!(
        (&standing["evidenceStage"], &standing["moved"]["to"], &standing["pin"]),
        (&json!("scale"), &json!("scale"), &Value::Null)
    );
    desk.is_sound();
    desk.call("journey.accept", json!({ "id": standing["moved"]["id"] }));
    assert_eq!(shown(), (json!("scale"), json!("scale")));
    desk.undo();
    assert_eq!(shown(), (json!("discover"), json!("discover")));
    desk.call("workspace.show_only_accepted", json!({ "on": false }));
    assert_eq!(shown(), (json!("scale"), json!("scale")));
    desk.undo();
    assert_eq!(shown(), (json!("discover"), json!("discover")), "the choice is taken back like anything else");
    desk.is_sound();
    desk.redo();
    assert_eq!(shown(), (json!("scale"), json!("scale")));
    desk.is_sound();
}

#[test]
fn moves_are_listed_with_what_is_new_since_somebody_looked() {
    let desk = Desk::new();
    let (ana, ben) = (desk.person("Ana"), desk.person("Ben"));
    desk.log(&ana, "first_success", "2026-05-20");
    let moves = |status: &str| desk.call("journey.moves", json!({ "status": status, "offset": 0, "limit": 9 }));
    let first = moves("waiting");
    assert_eq!(
        (&first["total"], &first["new"], &first["rows"][0]["person"]["name"]),
        (&json!(1), &json!(1), &json!("Ana"))
    );
    assert_eq!(first["rows"][0]["change"]["because"][0]["kind"], "first_success");
    let undo = desk.call("workspace.info", json!({}))["undo"].clone();
    desk.wait(1).call("journey.looked", json!({}));
    assert_eq!(desk.call("workspace.info", json!({}))["undo"], undo, "looking is nothing to take back");
    desk.log(&ben, "in_production", "2026-05-21");
    let second = moves("waiting");
    assert_eq!((&second["total"], &second["new"]), (&json!(2), &json!(1)));
    let fresh: Vec<(&str, bool)> = second["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (row["person"]["name"].as_str().expect("a name"), row["new"].as_bool().expect("a word")))
        .collect();
    assert_eq!(fresh, [("Ben", true), ("Ana", false)]);
    desk.call("journey.accept", json!({ "id": second["rows"][0]["change"]["id"] }));
    assert_eq!(moves("waiting")["total"], 1);
    let all = moves("all");
    assert_eq!((&all["total"], &all["rows"][0]["waiting"]), (&json!(2), &json!(false)));
    assert_eq!(
        desk.call("journey.moves", json!({ "status": "all", "since": "2026-05-21", "offset": 0, "limit": 9 }))["total"],
        1
    );
    desk.call("people.trash", json!({ "ids": [ana] }));
    assert_eq!(moves("all")["total"], 1);
}

#[test]
fn every_move_that_was_seen_is_accepted_in_one_step_and_taken_back_in_one() {
    let desk = Desk::new();
    for name in ["Ana", "Ben"] {
        desk.log(&desk.person(name), "first_success", "2026-05-20");
    }
    let waiting = || desk.call("journey.moves", json!({ "offset": 0, "limit": 9 }));
    let seen = waiting()["rows"][0]["change"]["recordedAt"].clone();
    desk.later(1);
    desk.log(&desk.person("Cem"), "first_success", "2026-05-20");
    assert_eq!(desk.call("journey.accept_all", json!({ "seen": seen }))["people"], 2);
    let left = waiting();
    assert_eq!((&left["total"], &left["rows"][0]["person"]["name"]), (&json!(1), &json!("Cem")));
    let label = desk.call("history.recent", json!({ "limit": 1 }))[0]["label"].clone();
    assert_eq!(label, "Accepted the moves of 2 people");
    desk.call("history.undo", json!({}));
    assert_eq!(waiting()["total"], 3);
    desk.is_sound();
}

#[test]
fn the_review_asks_at_the_beginning_of_a_quarter_and_does_nothing_by_itself() {
    let desk = Desk::new();
    let people = ["Ana", "Ben", "Chidi"].map(|name| desk.person(name));
    for person in &people {
        desk.log(person, "building_with_it", "2026-01-10");
        desk.call("touchpoints.log", json!({ "kind": "conversation_in_person", "on": "2026-01-10", "people": [{ "person": person, "observedStage": "build", "observedBy": "seen" }] }));
    }
    let asked = || -> Vec<String> {
        desk.call("journey.bring_up_to_date", json!({}));
        let items = desk.call("journey.review", json!({}));
        items
            .as_array()
            .expect("items")
            .iter()
            .map(|item| {
                format!("{} {} {} {}", item["person"]["name"], item["stage"], item["to"], item["reviewOn"])
                    .replace('"', "")
            })
            .collect()
    };
    assert!(asked().is_empty());
    let stale = |days: i64| {
        desk.wait(days);
        desk.call("journey.bring_up_to_date", json!({}));
        desk.standing(&people[0])["confidence"].clone()
    };
    // 2027-02-15: gone stale since January's review.
    let mut confidence = stale(240);
    let mut day = 240;
    while confidence != "stale" {
        confidence = stale(5);
        day += 5;
        assert!(day < 900, "it never goes stale");
    }
    assert!(asked().is_empty(), "the review before has passed");
    while asked().is_empty() {
        desk.wait(5);
        day += 5;
        assert!(day < 900, "the next review never comes");
    }
    let first = asked();
    assert_eq!(first.len(), 3);
    assert!(first[0].contains("build learn") && first[0].ends_with("-01"), "{first:?}");
    assert_eq!(desk.standing(&people[0])["stage"], "build", "nothing happened by itself");
    let answer =
        |person: &str, answer: &str| desk.call("journey.answer_review", json!({ "person": person, "answer": answer }));
    assert_eq!(answer(&people[0], "still_here")["stage"], "build");
    assert_eq!(answer(&people[1], "step_back")["stage"], "learn");
    answer(&people[2], "ask_them");
    assert!(asked().is_empty());
    let check_in = desk.call("followups.of", json!({ "person": people[2] }));
    assert_eq!((&check_in[0]["kind"], &check_in[0]["unless"]), (&json!("check_in"), &json!("they_reply")));
    desk.undo();
    assert_eq!(asked().len(), 1);
    assert!(
        desk.refused("journey.answer_review", json!({ "person": people[0], "answer": "step_back" }))
            .message
            .contains("any more")
    );
}

#[test]
fn setting_the_stage_to_which_a_move_waits_accepts_the_move() {
    let desk = Desk::new();
    let ana = desk.person("Ana");
    desk.log(&ana, "in_production", "2026-05-20");
    desk.call("workspace.show_only_accepted", json!({ "on": true }));
    let pin = json!({ "person": ana, "stage": "scale", "until": "good", "reason": "She showed me" });
    assert_eq!(desk.call("journey.pin", pin)["stage"], "scale");
    desk.is_sound();
    desk.call("journey.unpin", json!({ "id": ana }));
    assert_eq!(desk.standing(&ana)["stage"], "scale", "it was accepted, and stays without the hand");
    desk.is_sound();
}
