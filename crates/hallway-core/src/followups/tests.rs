use crate::testing::Desk;
use serde_json::{Value, json};

fn add(desk: &Desk, person: &str, more: Value) -> Value {
    let mut input = json!({ "person": person, "text": "Send the retry guide", "due": "2026-05-25" });
    for (key, value) in more.as_object().expect("fields") {
        input[key] = value.clone();
    }
    desk.call("followups.add", input)
}
fn of(desk: &Desk, person: &str) -> Vec<Value> {
    desk.call("followups.of", json!({ "person": person })).as_array().expect("a list").clone()
}
fn open(desk: &Desk, person: &str) -> Vec<Value> {
    of(desk, person).into_iter().filter(|one| one["status"] == "open").collect()
}
fn due(desk: &Desk, person: &str) -> Vec<String> {
    open(desk, person).iter().map(|one| one["due"].as_str().expect("a day").to_owned()).collect()
}
fn id(row: &Value) -> Value {
    json!({ "id": row["id"] })
}

#[test]
fn a_promise_is_noted_put_off_kept_and_each_step_is_taken_back() {
    let desk = Desk::new();
    let priya = desk.person("Priya Nair");
    let promise = add(&desk, &priya, json!({}));
    assert_eq!(
        (&promise["kind"], &promise["late"], &promise["person"]["name"]),
        (&json!("promise"), &json!(-4), &json!("Priya Nair"))
    );
    assert_eq!(desk.call("workspace.info", json!({}))["undo"]["label"], "Noted “Send the retry guide” for Priya Nair");
    let snoozed = desk.call("followups.snooze", json!({ "id": promise["id"], "until": "2026-05-28" }));
    assert_eq!(
        (&snoozed["due"], &snoozed["hiddenUntil"], &snoozed["snoozes"]),
        (&json!("2026-05-25"), &json!("2026-05-28"), &json!(1))
    );
    desk.wait(6);
    let done = desk.call("followups.done", json!({ "id": promise["id"], "note": "By mail" }));
    assert_eq!(
        (&done["status"], &done["settledOn"], &done["note"], &done["late"]),
        (&json!("done"), &json!("2026-05-27"), &json!("By mail"), &json!(2))
    );
    assert!(open(&desk, &priya).is_empty());
    desk.undo();
    assert_eq!(open(&desk, &priya)[0]["snoozes"], 1);
    desk.undo();
    assert_eq!((&open(&desk, &priya)[0]["hiddenUntil"], &open(&desk, &priya)[0]["snoozes"]), (&json!(null), &json!(0)));
    desk.undo();
    assert!(of(&desk, &priya).is_empty());
    desk.redo();
    assert_eq!(open(&desk, &priya).len(), 1);
    desk.is_sound();
}

#[test]
fn what_cannot_be_is_said_under_its_field() {
    let desk = Desk::new();
    let priya = desk.person("Priya Nair");
    let field = |input: Value| desk.refused("followups.add", input).field.unwrap_or_default();
    assert_eq!(field(json!({ "text": " ", "due": "2026-05-25" })), "text");
    assert_eq!(field(json!({ "text": "Call", "due": "25 May" })), "due");
    assert_eq!(
        field(json!({ "text": "Call", "due": "2026-05-25", "person": priya, "unless": "they_reply" })),
        "unless"
    );
    assert_eq!(
        field(json!({ "text": "Call", "due": "2026-05-25", "kind": "check_in", "unless": "they_reply" })),
        "person"
    );
    let promise = add(&desk, &priya, json!({}));
    assert_eq!(
        desk.refused("followups.snooze", json!({ "id": promise["id"], "until": "2026-05-21" })).field.as_deref(),
        Some("until")
    );
    desk.call("followups.drop", id(&promise));
    assert!(desk.refused("followups.done", id(&promise)).message.contains("settled already"));
    desk.call("people.edit", json!({ "id": priya, "doNotContact": true }));
    assert_eq!(field(json!({ "text": "Call", "due": "2026-05-25", "kind": "check_in", "person": priya })), "person");
}

#[test]
fn what_repeats_by_its_due_day_keeps_its_day_and_never_piles_up() {
    let desk = Desk::new();
    let priya = desk.person("Priya Nair");
    let every = json!({ "n": 1, "unit": "month", "anchor": "due", "until": null, "count": null });
    let first = add(&desk, &priya, json!({ "due": "2026-05-31", "every": every }));
    desk.wait(100); // 2026-08-29
    desk.call("followups.done", id(&first));
    assert_eq!(due(&desk, &priya), ["2026-08-31"], "two months were missed, and only one waits");
    let second = open(&desk, &priya).remove(0);
    desk.call("followups.done", id(&second));
    assert_eq!(due(&desk, &priya), ["2026-09-30"], "September has no 31st");
    let third = open(&desk, &priya).remove(0);
    desk.call("followups.done", id(&third));
    assert_eq!(due(&desk, &priya), ["2026-10-31"], "and the 31st is remembered");
    desk.call("followups.drop", id(&open(&desk, &priya).remove(0)));
    assert!(open(&desk, &priya).is_empty(), "what is dropped does not come again");
}

#[test]
fn a_minute_stays_the_same_time_of_day_when_the_clocks_change() {
    let desk = Desk::new();
    let priya = desk.person("Priya Nair");
    // 2026-10-24 09:30 in Berlin, in summer time.
    let at = 1_792_827_000_000_i64;
    let every = json!({ "n": 1, "unit": "day", "anchor": "due", "until": null, "count": null });
    let first = add(&desk, &priya, json!({ "due": "2026-10-24", "at": at, "zone": "Europe/Berlin", "every": every }));
    assert_eq!(first["due"], "2026-10-24");
    desk.wait(156); // 2026-10-24
    desk.call("followups.done", id(&first));
    let next = open(&desk, &priya).remove(0);
    assert_eq!((&next["due"], &next["at"]), (&json!("2026-10-25"), &json!(at + 25 * 3_600_000)));
}

#[test]
fn at_most_one_of_a_series_is_open_whatever_is_taken_back() {
    let desk = Desk::new();
    let priya = desk.person("Priya Nair");
    let every = json!({ "n": 1, "unit": "week", "anchor": "due", "until": null, "count": null });
    let first = add(&desk, &priya, json!({ "every": every }));
    desk.call("followups.done", id(&first));
    let done_first = desk.call("workspace.info", json!({}))["undo"]["id"].clone();
    desk.call("followups.done", id(&open(&desk, &priya)[0]));
    assert_eq!(due(&desk, &priya), ["2026-06-08"]);
    desk.call("history.take_back", json!({ "operation": done_first }));
    assert_eq!(due(&desk, &priya), ["2026-06-08"], "the newest is the open one");
    desk.undo();
    assert_eq!(due(&desk, &priya), ["2026-05-25"]);
    desk.redo();
    desk.redo();
    assert_eq!(due(&desk, &priya), ["2026-06-08"]);
    let second = of(&desk, &priya).into_iter().find(|one| one["due"] == "2026-06-01").expect("the second");
    desk.call("followups.reopen", id(&second));
    assert_eq!(due(&desk, &priya), ["2026-06-01"], "the one that came after it is gone");
    desk.is_sound();
}

#[test]
fn what_hangs_on_the_last_contact_moves_with_it_at_once() {
    let desk = Desk::new();
    let priya = desk.person("Priya Nair");
    let every = json!({ "n": 30, "unit": "day", "anchor": "last_contact", "until": null, "count": null });
    let first = add(&desk, &priya, json!({ "kind": "check_in", "due": "2026-06-01", "every": every }));
    assert_eq!(first["due"], "2026-06-01", "as given, while there was no contact");
    let talk = desk.log(&priya, "conversation_online", "2026-05-10");
    assert_eq!(due(&desk, &priya), ["2026-06-09"]);
    desk.call("touchpoints.edit", json!({ "id": talk, "on": "2026-05-12" }));
    assert_eq!(due(&desk, &priya), ["2026-06-11"]);
    desk.log(&priya, "emailed", "2026-05-20");
    assert_eq!(due(&desk, &priya), ["2026-06-11"], "writing to them is no contact");
    let newer = desk.log(&priya, "conversation_in_person", "2026-05-20");
    assert_eq!(due(&desk, &priya), ["2026-06-19"]);
    desk.call("touchpoints.trash", json!({ "id": newer }));
    assert_eq!(due(&desk, &priya), ["2026-06-11"]);
    desk.undo();
    assert_eq!(due(&desk, &priya), ["2026-06-19"]);
    desk.wait(40); // 2026-06-30
    desk.call("followups.done", id(&first));
    assert_eq!(due(&desk, &priya), ["2026-07-30"], "without an entry it waits from the day it was done");
    desk.log(&priya, "conversation_online", "2026-06-30");
    assert_eq!(open(&desk, &priya).len(), 1);
    desk.is_sound();
}

#[test]
fn a_sign_of_life_clears_what_waited_for_one_and_taking_it_back_brings_it_back() {
    let desk = Desk::new();
    let (priya, tom) = (desk.person("Priya Nair"), desk.person("Tom Kowalski"));
    desk.log(&priya, "replied", "2026-05-20");
    let check = add(&desk, &priya, json!({ "kind": "reply_check", "text": "Did she reply?" }));
    add(&desk, &priya, json!({}));
    let kept = add(&desk, &tom, json!({ "kind": "reply_check" }));
    assert_eq!(check["unless"], "they_reply");
    desk.log(&priya, "emailed", "2026-05-21");
    desk.log(&priya, "replied", "2026-05-19");
    assert_eq!(open(&desk, &priya).len(), 2, "what we do, and what was long before, clears nothing");
    desk.log(&priya, "opened_pr", "2026-05-21");
    let cleared = of(&desk, &priya).into_iter().find(|one| one["status"] == "auto_cleared").expect("it cleared");
    assert_eq!((&cleared["id"], &cleared["because"]), (&check["id"], &json!("Opened a pull request on 21 May 2026.")));
    assert_eq!(open(&desk, &priya).len(), 1, "the promise stays");
    assert_eq!(open(&desk, &tom)[0]["id"], kept["id"]);
    desk.undo();
    assert_eq!(open(&desk, &priya).len(), 2);
    desk.redo();
    assert_eq!(open(&desk, &priya).len(), 1);
    desk.call("followups.reopen", id(&check));
    desk.log(&priya, "replied", "2026-05-21");
    assert_eq!(open(&desk, &priya).len(), 2, "what was opened again stays open");
    desk.is_sound();
}

#[test]
fn a_move_clears_what_waited_for_one() {
    let desk = Desk::new();
    let priya = desk.person("Priya Nair");
    add(&desk, &priya, json!({ "kind": "check_in", "unless": "stage_moves" }));
    desk.log(&priya, "first_success", "2026-05-21");
    let cleared = &of(&desk, &priya)[0];
    assert_eq!(
        (&cleared["status"], &cleared["because"]),
        (&json!("auto_cleared"), &json!("Moved to Learning on 21 May 2026."))
    );
    desk.undo();
    assert_eq!(open(&desk, &priya).len(), 1);
    desk.redo();
    assert!(open(&desk, &priya).is_empty());
    let moves = desk.call("journey.moves", json!({ "offset": 0, "limit": 1 }));
    desk.call("journey.take_back", json!({ "id": moves["rows"][0]["change"]["id"] }));
    assert_eq!(open(&desk, &priya).len(), 1, "a move that was none clears nothing");
    desk.is_sound();
}

#[test]
fn a_reply_is_logged_and_no_reply_is_looked_for_again() {
    let desk = Desk::new();
    let priya = desk.person("Priya Nair");
    let check = add(&desk, &priya, json!({ "kind": "reply_check" }));
    let again = desk.call("followups.not_replied", json!({ "id": check["id"], "again": "2026-06-01" }));
    assert_eq!(
        (&again["due"], &again["status"], &again["unless"]),
        (&json!("2026-06-01"), &json!("open"), &json!("they_reply"))
    );
    desk.call("followups.replied", json!({ "id": again["id"], "note": "Will try it" }));
    assert!(open(&desk, &priya).is_empty());
    let timeline = desk.call("touchpoints.timeline", json!({ "person": priya, "limit": 9 }));
    assert_eq!(
        (&timeline["entries"][0]["kind"], &timeline["entries"][0]["note"]),
        (&json!("replied"), &json!("Will try it"))
    );
    desk.undo();
    assert_eq!(due(&desk, &priya), ["2026-06-01"]);
}

#[test]
fn one_person_has_one_list_whoever_they_were_merged_with() {
    let desk = Desk::new();
    let (priya, twin) = (desk.person("Priya Nair"), desk.person("Priya N."));
    add(&desk, &twin, json!({ "text": "Intro to Ada" }));
    add(&desk, &priya, json!({}));
    desk.call("doubles.merge", json!({ "ids": [priya, twin] }));
    assert_eq!(open(&desk, &priya).len(), 2);
    assert_eq!(open(&desk, &priya)[0]["person"]["name"], "Priya Nair");
    desk.undo();
    assert_eq!((open(&desk, &priya).len(), open(&desk, &twin).len()), (1, 1));
    desk.call("people.trash", json!({ "ids": [twin] }));
    let list = |status: &str| desk.call("followups.list", json!({ "status": status, "offset": 0, "limit": 9 }));
    assert_eq!(list("open")["total"], 1, "somebody in the trash asks for nothing");
    desk.undo();
    assert_eq!(list("open")["total"], 2);
    desk.call("followups.add", json!({ "text": "Write the abstract", "kind": "deadline", "due": "2026-05-22" }));
    assert_eq!(list("open")["rows"][0]["text"], "Write the abstract");
    desk.call("followups.drop", id(&list("open")["rows"][0]));
    assert_eq!((&list("open")["total"], &list("settled")["total"]), (&json!(2), &json!(1)));
    desk.is_sound();
}

#[test]
fn a_selection_gets_one_each_in_one_step() {
    let desk = Desk::new();
    let people = [desk.person("Priya Nair"), desk.person("Tom Kowalski")];
    desk.call("followups.for_each", json!({ "people": people, "text": "Send the recording", "due": "2026-05-25" }));
    assert!(people.iter().all(|person| open(&desk, person).len() == 1));
    desk.undo();
    assert!(people.iter().all(|person| open(&desk, person).is_empty()));
}

#[test]
fn what_was_noted_is_corrected_and_a_null_empties() {
    let desk = Desk::new();
    let (priya, tom) = (desk.person("Priya Nair"), desk.person("Tom Kowalski"));
    let at = 1_779_789_600_000_i64; // 2026-05-26 10:00 UTC
    let promise = add(&desk, &priya, json!({ "at": at }));
    assert_eq!((&promise["due"], &promise["zone"]), (&json!("2026-05-26"), &json!("UTC")));
    let edited = desk.call(
        "followups.edit",
        json!({ "id": promise["id"], "text": "Send the slides", "due": "2026-05-29", "person": tom }),
    );
    assert_eq!(
        (&edited["text"], &edited["due"], &edited["at"]),
        (&json!("Send the slides"), &json!("2026-05-29"), &json!(null))
    );
    assert_eq!((open(&desk, &priya).len(), open(&desk, &tom).len()), (0, 1));
    let nobody = desk.call("followups.edit", json!({ "id": promise["id"], "person": null }));
    assert_eq!(nobody["person"], json!(null));
    assert!(open(&desk, &tom).is_empty());
    desk.undo();
    desk.undo();
    assert_eq!(open(&desk, &priya)[0]["at"], at);
    desk.is_sound();
}

#[test]
fn what_is_counted_in_business_days_follows_the_weekend_of_the_workspace() {
    let desk = Desk::new();
    let priya = desk.person("Priya Nair");
    desk.log(&priya, "conversation_online", "2026-05-21"); // a Thursday
    let every = json!({ "n": 2, "unit": "business_day", "anchor": "last_contact", "until": null, "count": null });
    add(&desk, &priya, json!({ "kind": "check_in", "every": every }));
    assert_eq!(due(&desk, &priya), ["2026-05-25"]);
    let info = desk.call("workspace.set_weekend", json!({ "days": [5, 6] }));
    assert_eq!(info["weekend"], json!([5, 6]));
    assert_eq!(due(&desk, &priya), ["2026-05-25"], "Sunday and Monday are worked on");
    desk.call("workspace.set_weekend", json!({ "days": [] }));
    assert_eq!(due(&desk, &priya), ["2026-05-23"]);
    assert!(
        desk.refused("workspace.set_weekend", json!({ "days": [1, 2, 3, 4, 5, 6, 7] })).message.contains("working day")
    );
    desk.undo();
    assert_eq!(due(&desk, &priya), ["2026-05-25"], "the choice is taken back like anything else");
    assert_eq!(desk.call("workspace.info", json!({}))["weekend"], json!([5, 6]));
    desk.is_sound();
}

fn told(desk: &Desk) -> Vec<String> {
    let due = desk.call("followups.reminders", json!({}))["due"].clone();
    due.as_array().expect("reminders").iter().map(|one| one["text"].as_str().expect("a text").to_owned()).collect()
}
fn tell(desk: &Desk) -> Vec<String> {
    let found = told(desk);
    let due = desk.call("followups.reminders", json!({}))["due"].clone();
    let keys: Vec<&Value> = due.as_array().expect("reminders").iter().map(|one| &one["key"]).collect();
    desk.call("followups.reminded", json!({ "keys": keys }));
    found
}

#[test]
fn a_reminder_is_told_at_nine_or_at_its_minute_and_once() {
    let desk = Desk::new(); // 2026-05-21 12:00 UTC
    let priya = desk.person("Priya Nair");
    desk.call("workspace.set_up", json!({ "product": "Ferrite", "zone": "Asia/Kolkata" })); // 17:30
    let hour = 3_600_000_i64;
    let base = 1_779_364_800_000_i64;
    add(&desk, &priya, json!({ "text": "Tomorrow", "due": "2026-05-22" }));
    add(&desk, &priya, json!({ "text": "At 19:00", "at": base + 3 * hour / 2 }));
    assert!(told(&desk).is_empty());
    let next = || desk.call("followups.reminders", json!({}))["nextAt"].clone();
    assert_eq!(next(), base + 3 * hour / 2);
    desk.later(2 * hour);
    assert_eq!((tell(&desk), tell(&desk)), (vec!["At 19:00".to_owned()], vec![]));
    assert_eq!(next(), base + 15 * hour + hour / 2, "nine o'clock in India");
    desk.later(30 * hour);
    let undo = desk.call("workspace.info", json!({}))["undo"].clone();
    assert_eq!(tell(&desk), ["Tomorrow"], "told late, since nobody asked before");
    assert_eq!(desk.call("workspace.info", json!({}))["undo"], undo, "telling is nothing to take back");
    // The zone moves west, where it is the day before, and the clock goes back: nothing is told twice.
    desk.call("workspace.set_up", json!({ "product": "Ferrite", "zone": "America/Los_Angeles" }));
    desk.later(-20 * hour);
    assert!(tell(&desk).is_empty());
    desk.later(60 * hour);
    assert!(tell(&desk).is_empty());
    assert_eq!(next(), json!(null));
}

#[test]
fn what_is_put_off_is_told_again_on_its_new_day() {
    let desk = Desk::new();
    let priya = desk.person("Priya Nair");
    let promise = add(&desk, &priya, json!({ "due": "2026-05-21" }));
    assert_eq!(tell(&desk).len(), 1);
    desk.call("followups.snooze", json!({ "id": promise["id"], "until": "2026-05-23" }));
    assert!(tell(&desk).is_empty());
    desk.wait(2);
    assert_eq!(tell(&desk).len(), 1);
    desk.call("followups.done", id(&promise));
    desk.undo();
    assert!(tell(&desk).is_empty(), "it was told");
    let far = add(&desk, &priya, json!({ "text": "Next year", "due": "2027-05-21" }));
    assert_eq!(desk.call("followups.reminders", json!({}))["nextAt"], 1_810_890_000_000_i64);
    desk.call("followups.drop", id(&far));
    assert_eq!(desk.call("followups.reminders", json!({}))["nextAt"], json!(null));
}

#[test]
fn the_calendar_keeps_its_names_and_cancels_what_is_settled() {
    let desk = Desk::new();
    let priya = desk.person("Priya; Nair, the \"first\"");
    let promise = add(&desk, &priya, json!({}));
    let uid = format!("UID:{}@hallway\r\n", promise["id"].as_str().expect("an id"));
    let calendar = || desk.call("followups.calendar", json!({}));
    let text = |calendar: &Value| calendar["text"].as_str().expect("a text").to_owned();
    let first = text(&calendar());
    assert_eq!(calendar()["followups"], 1);
    assert!(first.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && first.ends_with("END:VCALENDAR\r\n"));
    assert!(first.contains(&uid) && first.contains("DTSTART;VALUE=DATE:20260525\r\n"), "{first}");
    assert!(first.contains("SUMMARY:Send the retry guide (Priya\\; Nair\\, the \"first\")\r\n"), "{first}");
    assert_eq!(text(&calendar()), first, "nothing changed, so no byte does");
    desk.wait(1).call("followups.done", id(&promise));
    let settled = text(&calendar());
    assert!(settled.contains(&uid) && settled.contains("STATUS:CANCELLED\r\n"), "{settled}");
    let sequence = |text: &str| -> i64 {
        text.lines().find_map(|line| line.strip_prefix("SEQUENCE:")).expect("a sequence").parse().expect("a number")
    };
    assert!(sequence(&settled) > sequence(&first));
    desk.undo();
    assert!(text(&calendar()).contains("STATUS:CONFIRMED\r\n"));
    desk.redo();
    desk.wait(31);
    assert_eq!(calendar()["followups"], 0);
}

#[test]
fn a_reply_that_was_none_brings_back_what_it_cleared() {
    let desk = Desk::new();
    let priya = desk.person("Priya Nair");
    add(&desk, &priya, json!({ "kind": "reply_check" }));
    let reply = desk.log(&priya, "replied", "2026-05-21");
    assert!(open(&desk, &priya).is_empty());
    desk.call("touchpoints.trash", json!({ "id": reply }));
    assert_eq!(open(&desk, &priya).len(), 1);
    desk.undo();
    assert!(open(&desk, &priya).is_empty(), "the entry is back, and it cleared it");
}

/// What the form sends when only the words are changed.
fn reworded(desk: &Desk, row: &Value, text: &str) -> Value {
    desk.call(
        "followups.edit",
        json!({ "id": row["id"], "text": text, "person": row["person"]["id"], "due": row["due"], "at": row["at"],
            "zone": row["zone"], "every": row["every"], "kind": row["kind"], "unless": row["unless"] }),
    )
}

#[test]
fn other_words_leave_a_series_where_it_was() {
    let desk = Desk::new();
    let (priya, tom) = (desk.person("Priya Nair"), desk.person("Tom Kowalski"));
    let monthly = json!({ "n": 1, "unit": "month", "anchor": "due", "until": null, "count": null });
    let first = add(&desk, &priya, json!({ "due": "2026-05-31", "every": monthly }));
    desk.wait(10); // 2026-05-31
    desk.call("followups.done", id(&first));
    let second = open(&desk, &priya).remove(0);
    assert_eq!(second["due"], "2026-06-30");
    assert_eq!(reworded(&desk, &second, "Call her")["text"], "Call her");
    desk.call("followups.done", id(&second));
    assert_eq!(due(&desk, &priya), ["2026-07-31"], "the 31st is remembered");
    let third = open(&desk, &priya).remove(0);
    desk.call("followups.edit", json!({ "id": third["id"], "due": "2026-07-10", "every": monthly }));
    desk.call("followups.done", id(&third));
    assert_eq!(due(&desk, &priya), ["2026-08-10"], "one that is moved goes on from there");

    let in_touch = json!({ "n": 30, "unit": "day", "anchor": "last_contact", "until": null, "count": null });
    desk.log(&tom, "conversation_online", "2026-04-20");
    let check = add(&desk, &tom, json!({ "kind": "check_in", "every": in_touch }));
    desk.call("followups.done", id(&check));
    assert_eq!(due(&desk, &tom), ["2026-06-30"]);
    reworded(&desk, &open(&desk, &tom)[0], "Say hello");
    assert_eq!(due(&desk, &tom), ["2026-06-30"], "it was settled today, whatever it is called");
    desk.is_sound();
}

#[test]
fn other_words_leave_it_with_whom_it_was_noted_for() {
    let desk = Desk::new();
    let (priya, twin) = (desk.person("Priya Nair"), desk.person("Priya N."));
    add(&desk, &twin, json!({ "text": "Intro to Ada" }));
    desk.call("doubles.merge", json!({ "ids": [priya, twin] }));
    let merge = desk.call("workspace.info", json!({}))["undo"]["id"].clone();
    let row = open(&desk, &priya).remove(0);
    assert_eq!(reworded(&desk, &row, "Intro to Ada Byron")["person"]["name"], "Priya Nair");
    desk.call("people.edit", json!({ "id": priya, "doNotContact": true }));
    let failure = desk.refused("followups.edit", json!({ "id": row["id"], "kind": "check_in" }));
    assert_eq!(failure.field.as_deref(), Some("person"), "whoever they are now asked not to be contacted");
    desk.undo();
    desk.call("history.take_back", json!({ "operation": merge }));
    assert_eq!((open(&desk, &priya).len(), open(&desk, &twin).len()), (0, 1));
    desk.is_sound();
}

#[test]
fn the_calendar_has_no_check_in_with_somebody_who_is_not_to_be_contacted() {
    let desk = Desk::new();
    let priya = desk.person("Priya Nair");
    add(&desk, &priya, json!({ "kind": "check_in", "text": "Say hello" }));
    add(&desk, &priya, json!({}));
    let calendar = || desk.call("followups.calendar", json!({}));
    assert_eq!(calendar()["followups"], 2);
    desk.call("people.edit", json!({ "id": priya, "doNotContact": true }));
    assert_eq!(calendar()["followups"], 1);
    assert!(!calendar()["text"].as_str().expect("a text").contains("Say hello"));
    desk.undo();
    assert_eq!(calendar()["followups"], 2);
}
