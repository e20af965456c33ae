use crate::testing::{Desk, id_of};
use serde_json::{Value, json};

#[test]
fn only_what_was_worked_out_can_be_set_aside() {
    let desk = Desk::new();
    let priya = desk.person("Priya");
    let refused = |key: String, until: &str| {
        desk.refused("today.set_aside", json!({ "key": key, "until": until })).field.unwrap_or_default()
    };
    assert_eq!(refused(format!("followup:{priya}"), "2026-06-01"), "key");
    assert_eq!(refused(format!("touch:{priya}"), "2026-05-21"), "until");
    desk.call("today.set_aside", json!({ "key": format!("touch:{priya}"), "until": "2026-06-01" }));
    assert_eq!(desk.call("workspace.info", json!({}))["undo"]["label"], "Set something aside for Priya");
    desk.is_sound();
}

fn day_of(desk: &Desk) -> Value {
    desk.call("today.list", json!({}))
}
/// Every item as "group: name: text".
fn lines(today: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for group in today["groups"].as_array().expect("groups") {
        for item in group["items"].as_array().expect("items") {
            let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
            lines.push(format!("{}: {}: {}", text(&group["kind"]), text(&item["person"]["name"]), text(&item["text"])));
        }
    }
    lines
}
fn wait_for_answer(desk: &Desk, person: &str, kind: &str, on: &str) -> String {
    let people = json!([{ "person": person }]);
    id_of(&desk.call(
        "touchpoints.log",
        json!({ "kind": kind, "on": on, "people": people, "note": "How do I batch?", "needsAnswer": true }),
    ))
}

#[test]
fn the_day_asks_in_its_order_and_each_answer_takes_its_item_away() {
    let desk = Desk::new();
    let names = ["Ana", "Ben", "Chidi", "Dina", "Ola", "Jo"];
    let [ana, ben, chidi, dina, ola, jo] = names.map(|name| desk.person(name));
    desk.call("people.edit", json!({ "id": ana, "buildingNow": "A telemetry SDK" }));
    desk.call("cadences.set", json!({ "person": jo, "idealDays": 5, "longestDays": 10 }));
    desk.log(&jo, "conversation_online", "2026-05-01");
    let note = |person: &str, kind: &str, text: &str, due: &str| {
        id_of(&desk.call("followups.add", json!({ "person": person, "kind": kind, "text": text, "due": due })))
    };
    let promise = note(&ana, "promise", "Send the retry guide", "2026-05-19");
    note(&ana, "promise", "Not yet", "2026-05-22");
    let check = note(&ben, "reply_check", "Did he reply to the cache post?", "2026-05-21");
    let question = wait_for_answer(&desk, &chidi, "asked_how_to", "2026-05-20");
    desk.call("followups.add", json!({ "kind": "deadline", "text": "Slides", "due": "2026-05-28" }));
    desk.call("followups.add", json!({ "kind": "deadline", "text": "Next month", "due": "2026-05-29" }));
    let help = desk.log(&ola, "answered_question", "2026-05-18");
    desk.log(&dina, "first_success", "2026-05-21");
    let today = day_of(&desk);
    assert_eq!(
        lines(&today),
        [
            "promised: Ana: Send the retry guide",
            "waiting: Chidi: asked how to do something",
            "replied: Ben: Did he reply to the cache post?",
            "moved: Dina: moved to Learning",
            "moved: Ola: moved to Learning",
            "moved: Chidi: moved to Evaluation",
            "moved: Jo: moved to Discovery",
            "dates: -: Slides",
            "losing_touch: Jo: last talked 2 weeks ago",
            "thank: Ola: helped another developer",
        ]
    );
    let promised = &today["groups"][0]["items"][0];
    assert_eq!((&promised["late"], &promised["context"]["building"]), (&json!(2), &json!("A telemetry SDK")));
    assert_eq!(today["groups"][1]["items"][0]["context"]["lastSaid"]["note"], "How do I batch?");
    assert_eq!(today["groups"][3]["items"][0]["move"]["because"], "got it working");
    assert_eq!(desk.call("today.count", json!({}))["people"], 10);

    desk.call("followups.done", json!({ "id": promise }));
    desk.call("followups.replied", json!({ "id": check }));
    desk.call("touchpoints.answered", json!({ "id": question, "note": "Use batch()" }));
    assert!(desk.refused("touchpoints.answered", json!({ "id": question })).message.contains("any more"));
    desk.call("touchpoints.thanked", json!({ "touchpoint": help }));
    for item in day_of(&desk)["groups"].as_array().expect("groups").iter().filter(|group| group["kind"] == "moved") {
        for item in item["items"].as_array().expect("items") {
            desk.call("journey.accept", json!({ "id": item["change"] }));
        }
    }
    desk.log(&jo, "conversation_online", "2026-05-21");
    assert_eq!(lines(&day_of(&desk)), ["dates: -: Slides"]);
    desk.undo();
    assert_eq!(lines(&day_of(&desk)), ["dates: -: Slides", "losing_touch: Jo: last talked 2 weeks ago"]);
    let timeline = desk.call("touchpoints.timeline", json!({ "person": chidi, "limit": 1 }));
    assert_eq!(
        (&timeline["entries"][0]["kind"], &timeline["entries"][0]["note"]),
        (&json!("gave_help"), &json!("Use batch()"))
    );
    desk.is_sound();
}

#[test]
fn twelve_are_shown_and_no_long_group_hides_another() {
    let desk = Desk::new();
    let ana = desk.person("Ana");
    for n in 0..20 {
        desk.call("followups.add", json!({ "person": ana, "text": format!("Thing {n:02}"), "due": "2026-05-20" }));
    }
    wait_for_answer(&desk, &ana, "asked_how_to", "2026-05-20");
    let today = day_of(&desk);
    let sizes: Vec<(&str, usize)> = today["groups"]
        .as_array()
        .expect("groups")
        .iter()
        .map(|group| (group["kind"].as_str().expect("a kind"), group["items"].as_array().expect("items").len()))
        .collect();
    assert_eq!(sizes, [("promised", 10), ("waiting", 1), ("moved", 1)]);
    assert_eq!((&today["shown"], &today["more"], &today["groups"][0]["total"]), (&json!(12), &json!(10), &json!(20)));
    let all = desk.call("today.list", json!({ "all": true }));
    assert_eq!((&all["shown"], &all["more"]), (&json!(22), &json!(0)));
}

#[test]
fn what_is_put_off_comes_back_on_its_day_and_what_is_let_go_does_not() {
    let desk = Desk::new();
    let (ola, jo) = (desk.person("Ola"), desk.person("Jo"));
    desk.call("cadences.set", json!({ "person": jo, "idealDays": 5, "longestDays": 10 }));
    let help = desk.log(&ola, "organised_meetup", "2026-05-18");
    let question = wait_for_answer(&desk, &ola, "reported_bug", "2026-05-18");
    let promise = id_of(&desk.call("followups.add", json!({ "person": ola, "text": "Call", "due": "2026-05-21" })));
    desk.wait(14); // 2026-06-04
    let kinds = || -> Vec<String> {
        day_of(&desk)["groups"]
            .as_array()
            .expect("groups")
            .iter()
            .map(|group| group["kind"].as_str().expect("a kind").to_owned())
            .filter(|kind| kind != "moved")
            .collect()
    };
    assert_eq!(kinds(), ["promised", "waiting", "losing_touch", "thank"]);
    desk.call("followups.snooze", json!({ "id": promise, "until": "2026-06-06" }));
    desk.call("today.set_aside", json!({ "key": format!("answer:{question}"), "until": "2026-06-06" }));
    desk.call("today.set_aside", json!({ "key": format!("touch:{jo}"), "until": "2026-06-06" }));
    desk.call("today.set_aside", json!({ "key": format!("thank:{help}") }));
    assert!(kinds().is_empty());
    desk.undo();
    assert_eq!(kinds(), ["thank"]);
    desk.redo();
    desk.wait(1);
    assert!(kinds().is_empty());
    desk.wait(1);
    assert_eq!(kinds(), ["promised", "waiting", "losing_touch"]);
    let promised = &day_of(&desk)["groups"][0]["items"][0];
    assert_eq!(
        (&promised["due"], &promised["late"], &promised["snoozes"]),
        (&json!("2026-05-21"), &json!(16), &json!(1))
    );
}

#[test]
fn whoever_was_let_go_is_missed_again_only_after_another_contact() {
    let desk = Desk::new();
    let jo = desk.person("Jo");
    desk.call("cadences.set", json!({ "person": jo, "idealDays": 5, "longestDays": 10 }));
    desk.log(&jo, "conversation_online", "2026-05-01");
    let lost = || lines(&day_of(&desk)).iter().filter(|line| line.starts_with("losing_touch: Jo")).count();
    assert_eq!(lost(), 1);
    desk.call("today.set_aside", json!({ "key": format!("touch:{jo}") }));
    desk.wait(40); // 2026-06-30
    assert_eq!(lost(), 0);
    desk.log(&jo, "conversation_online", "2026-06-30");
    desk.wait(5);
    assert_eq!(lost(), 0, "one has just talked");
    desk.wait(10);
    assert_eq!(lost(), 1);
}

#[test]
fn at_most_three_a_day_lose_touch_and_whom_one_gave_least_comes_first() {
    let desk = Desk::new();
    let people = ["Ana", "Ben", "Chidi", "Dina", "Eve"].map(|name| desk.person(name));
    desk.call("tags.add", json!({ "people": people, "name": "core", "kind": "topic" }));
    let tag = desk.call("tags.list", json!({}))[0]["id"].clone();
    desk.call("cadences.set", json!({ "tag": tag, "idealDays": 5, "longestDays": 10 }));
    desk.log(&people[0], "gave_help", "2026-05-20");
    desk.log(&people[1], "chose_other", "2026-05-20");
    desk.wait(20);
    let lost = || -> Vec<String> {
        lines(&day_of(&desk))
            .into_iter()
            .filter_map(|line| line.strip_prefix("losing_touch: ").map(|rest| rest[..3].to_owned()))
            .collect()
    };
    assert_eq!(lost(), ["Chi", "Din", "Eve"], "Ana was given something, and Ben wants to be left in peace");
    desk.call("today.set_aside", json!({ "key": format!("touch:{}", people[2]), "until": "2026-07-01" }));
    assert_eq!(lost(), ["Din", "Eve"], "three a day, set aside or not");
    desk.wait(1);
    assert_eq!(lost(), ["Din", "Eve", "Ana"]);
    desk.call(
        "followups.add",
        json!({ "person": people[3], "kind": "check_in", "text": "Say hello", "due": "2026-07-01" }),
    );
    assert_eq!(lost(), ["Eve", "Ana"], "a check-in with Dina is planned");
}

#[test]
fn when_nothing_waits_somebody_is_offered() {
    let desk = Desk::new();
    assert_eq!(day_of(&desk)["offer"], json!(null));
    let ana = desk.person("Ana");
    desk.log(&ana, "conversation_in_person", "2026-05-20");
    let moved = desk.call("journey.moves", json!({ "offset": 0, "limit": 9 }));
    desk.call("journey.accept", json!({ "id": moved["rows"][0]["change"]["id"] }));
    let today = day_of(&desk);
    assert_eq!(
        (&today["groups"], &today["offer"]["kind"], &today["offer"]["people"][0]["name"]),
        (&json!([]), &json!("greet"), &json!("Ana"))
    );
    desk.log(&ana, "emailed", "2026-05-21");
    assert_eq!(day_of(&desk)["offer"], json!(null), "she has heard from us");
}

#[test]
fn whoever_is_not_to_be_contacted_or_lies_in_the_trash_is_not_asked_for() {
    let desk = Desk::new();
    let ana = desk.person("Ana");
    desk.call("followups.add", json!({ "person": ana, "kind": "check_in", "text": "Say hello", "due": "2026-05-21" }));
    desk.call("followups.add", json!({ "person": ana, "text": "Delete her address", "due": "2026-05-21" }));
    wait_for_answer(&desk, &ana, "replied", "2026-05-20");
    desk.call("people.edit", json!({ "id": ana, "doNotContact": true }));
    let found: Vec<String> = lines(&day_of(&desk)).into_iter().filter(|line| !line.starts_with("moved")).collect();
    assert_eq!(found, ["promised: Ana: Delete her address", "waiting: Ana: replied to us"]);
    desk.call("people.trash", json!({ "ids": [ana] }));
    assert!(lines(&day_of(&desk)).is_empty());
}

#[test]
fn two_who_are_one_are_asked_for_once() {
    let desk = Desk::new();
    let (ana, twin) = (desk.person("Ana"), desk.person("Ana P."));
    wait_for_answer(&desk, &twin, "replied", "2026-05-20");
    desk.log(&ana, "answered_question", "2026-05-20");
    desk.log(&twin, "answered_question", "2026-05-19");
    desk.call("doubles.merge", json!({ "ids": [ana, twin] }));
    let found: Vec<String> = lines(&day_of(&desk)).into_iter().filter(|line| !line.starts_with("moved")).collect();
    assert_eq!(found, ["waiting: Ana: replied to us", "thank: Ana: helped another developer"]);
}

#[test]
fn a_row_quotes_the_entry_it_is_about_and_not_what_was_said_since() {
    let desk = Desk::new();
    let chidi = desk.person("Chidi");
    let log = |kind: &str, on: &str, note: &str, waits: bool| {
        let people = json!([{ "person": chidi }]);
        desk.call(
            "touchpoints.log",
            json!({ "kind": kind, "on": on, "people": people, "note": note, "needsAnswer": waits }),
        )
    };
    log("asked_how_to", "2026-05-12", "How do I batch?", true);
    log("conversation_online", "2026-05-20", "The weather in Lagos", false);
    let context = |today: &Value| today["groups"][0]["items"][0]["context"]["lastSaid"].clone();
    let today = desk.call("today.list", json!({ "all": true }));
    assert_eq!(today["groups"][0]["kind"], "waiting");
    assert_eq!((&context(&today)["note"], &context(&today)["on"]), (&json!("How do I batch?"), &json!("2026-05-12")));
}

#[test]
fn what_was_set_aside_hides_nothing_behind_it_and_the_count_is_that_of_the_list() {
    let desk = Desk::new();
    let ana = desk.person("Ana");
    for n in 0..503 {
        let on = if n < 502 { "2026-05-01" } else { "2026-05-02" };
        let entry = wait_for_answer(&desk, &ana, if n < 502 { "asked_how_to" } else { "replied" }, on);
        if n < 501 {
            desk.call("today.set_aside", json!({ "key": format!("answer:{entry}") }));
        }
    }
    desk.log(&ana, "answered_question", "2026-05-20");
    let counted = || desk.call("today.count", json!({}))["people"].clone();
    let listed = |today: &Value| -> u64 {
        today["groups"].as_array().expect("groups").iter().filter_map(|group| group["total"].as_u64()).sum()
    };
    let today = desk.call("today.list", json!({ "all": true }));
    let waiting = today["groups"].as_array().expect("groups").iter().find(|group| group["kind"] == "waiting");
    let texts: Vec<&Value> =
        waiting.expect("they wait")["items"].as_array().expect("items").iter().map(|item| &item["text"]).collect();
    assert_eq!(texts, [&json!("asked how to do something"), &json!("replied to us")]);
    assert_eq!(counted(), json!(listed(&today)));
    desk.call("people.trash", json!({ "ids": [ana] }));
    assert_eq!(counted(), json!(0));
}

#[test]
fn what_was_put_off_says_when_it_comes_back_and_can_come_back_now() {
    let desk = Desk::new();
    let [ana, ola] = ["Ana", "Ola"].map(|name| desk.person(name));
    let promise =
        id_of(&desk.call("followups.add", json!({ "person": ana, "text": "Send the guide", "due": "2026-05-19" })));
    let help = desk.log(&ola, "answered_question", "2026-05-18");
    let question = wait_for_answer(&desk, &ana, "asked_how_to", "2026-05-20");
    desk.call("followups.snooze", json!({ "id": promise, "until": "2026-06-02" }));
    desk.call("today.set_aside", json!({ "key": format!("thank:{help}"), "until": "2026-05-25" }));
    desk.call("today.set_aside", json!({ "key": format!("answer:{question}"), "until": "2026-05-26" }));
    let later = |desk: &Desk| {
        let later = desk.call("today.later", json!({}));
        let mut lines: Vec<String> = Vec::new();
        for group in later["groups"].as_array().expect("groups") {
            for item in group["items"].as_array().expect("items") {
                let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
                lines.push(format!(
                    "{}: {}: {}",
                    text(&item["hiddenUntil"]),
                    text(&group["kind"]),
                    text(&item["text"])
                ));
            }
        }
        lines.sort();
        assert_eq!(later["total"], json!(lines.len()));
        lines
    };
    let all = [
        "2026-05-25: thank: helped another developer",
        "2026-05-26: waiting: asked how to do something",
        "2026-06-02: promised: Send the guide",
    ];
    assert_eq!(later(&desk), all);
    desk.call("today.show_again", json!({ "key": format!("followup:{promise}") }));
    assert_eq!(later(&desk), all[..2]);
    assert!(lines(&day_of(&desk)).contains(&"promised: Ana: Send the guide".to_owned()));
    desk.call("today.show_again", json!({ "key": format!("thank:{help}") }));
    assert_eq!(desk.call("workspace.info", json!({}))["undo"]["label"], "Brought back what was put off for Ola");
    assert_eq!(later(&desk), all[1..2]);
    assert_eq!(
        desk.refused("today.show_again", json!({ "key": format!("thank:{help}") })).field.as_deref(),
        Some("key")
    );
    desk.undo();
    desk.undo();
    assert_eq!(later(&desk), all);
    // What was answered meanwhile does not come back, and nothing does of somebody in the trash.
    desk.call("touchpoints.answered", json!({ "id": question }));
    desk.call("people.trash", json!({ "ids": [ola] }));
    assert_eq!(later(&desk), all[2..]);
    desk.is_sound();
}
