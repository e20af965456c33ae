//! What a line says beside the talk it is about: what came of it, and that they wait for an answer.
use super::saving::{entries, id, labels, read, save, text};
use crate::testing::Desk;
use serde_json::{Value, json};

#[test]
fn whatever_came_of_it_one_talked_to_whoever_a_line_is_about() {
    let desk = Desk::new();
    let found = |filter: &str| desk.call("filter.read", json!({ "text": filter }))["count"].clone();
    let bug = save(&desk, "lena fischer &bug the parser stops at a comma");
    let entry = &entries(&desk, id(&bug))[0];
    assert_eq!((text(&entry["kind"]), text(&entry["direction"])), ("reported_bug", "two_way"));
    assert_eq!(text(&entry["people"][0]["role"]), "by", "it is still what they did");
    assert_eq!(text(&desk.standing(id(&bug))["stage"]), "learn");
    assert_eq!(found("talked:7d"), json!(1));
    assert_eq!(found("heard:7d did:reported_bug"), json!(1));
    assert_eq!(labels(&read(&desk, "lena fischer &bug again"))[1], "kind Reported a bug · you talked");
    // What is seen from afar, what they do for others and what we do is no talk.
    for line in ["ana ribeiro &starred", "bo lind &subscribed", "cem aksoy &helped tom", "dee fox &emailed"] {
        save(&desk, line);
        assert!(!labels(&read(&desk, line))[1].contains("you talked"), "{line}");
    }
    assert_eq!(found("talked:7d"), json!(1));
    // An entry that is corrected keeps that it was a talk, until something else is said.
    let edit = |change: Value| {
        let mut asked = json!({ "id": entry["id"], "kind": "reported_bug", "sentiment": null, "minutes": null });
        asked.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
        desk.call("touchpoints.edit", asked);
        found("talked:7d")
    };
    assert_eq!(edit(json!({ "note": "the parser stops at a comma, every time" })), json!(1));
    assert_eq!(edit(json!({ "direction": "from_them" })), json!(0));
    desk.is_sound();
}

#[test]
fn a_talk_that_was_captured_with_a_kind_keeps_in_touch() {
    let desk = Desk::new();
    let ana = desk.person("Ana Ribeiro");
    desk.call("cadences.set", json!({ "person": ana, "idealDays": 14, "longestDays": 30 }));
    let lost = || {
        let day = desk.call("today.list", json!({}));
        let groups = day["groups"].as_array().expect("groups").clone();
        groups.iter().filter(|group| group["kind"] == "losing_touch").count()
    };
    desk.wait(40);
    assert_eq!(lost(), 1);
    save(&desk, "ana ribeiro &production since march");
    assert_eq!(lost(), 0);
}

#[test]
fn whoever_waits_for_an_answer_is_written_down_as_waiting_and_stands_on_today() {
    let desk = Desk::new();
    let saved = save(&desk, "chidi okafor, asked how to batch requests !?");
    let entry = &entries(&desk, id(&saved))[0];
    assert_eq!((&entry["needsAnswer"], text(&entry["note"])), (&json!(true), "asked how to batch requests"));
    let day = desk.call("today.list", json!({}));
    assert_eq!(
        (text(&day["groups"][0]["kind"]), text(&day["groups"][0]["items"][0]["person"]["name"])),
        ("waiting", "Chidi Okafor")
    );
    assert_eq!(labels(&read(&desk, "chidi okafor !?"))[1], "waiting They wait for an answer");
    // With what we did nobody waits.
    let problem = text(&read(&desk, "chidi okafor &emailed the guide !?")["problem"]).to_owned();
    assert!(problem.contains("Leave out !?"), "{problem}");
    // Something handed over beside it is no answer.
    let both = save(&desk, "jo duarte *sticker !?");
    assert_eq!(entries(&desk, id(&both)).len(), 2);
    desk.undo();
    desk.undo();
    assert_eq!(desk.call("today.list", json!({}))["groups"], json!([]));
    desk.is_sound();
}

#[test]
fn a_question_in_the_note_is_told_how_it_comes_back() {
    let desk = Desk::new();
    let hint = "Do they wait for an answer? !? puts them on Today.";
    for line in ["priya nair, asked how to batch", "priya nair, can it batch?", "priya nair &how to batch?"] {
        assert_eq!(text(&read(&desk, line)["hint"]), hint, "{line}");
    }
    for line in
        ["priya nair, asked how to batch !?", "priya nair, asked how !mon send the guide", "priya nair, runs it"]
    {
        assert_eq!(read(&desk, line)["hint"], Value::Null, "{line}");
    }
}
