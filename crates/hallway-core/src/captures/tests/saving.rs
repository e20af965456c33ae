//! A line saved through the wire, and everything that follows from it.
use crate::testing::{Desk, id_of};
use serde_json::{Value, json};

pub(super) fn save(desk: &Desk, text: &str) -> Value {
    desk.call("captures.save", json!({ "text": text }))
}
pub(super) fn read(desk: &Desk, text: &str) -> Value {
    desk.call("captures.read", json!({ "text": text }))
}
pub(super) fn id(saved: &Value) -> &str {
    saved["person"]["id"].as_str().expect("a person")
}
pub(super) fn entries(desk: &Desk, person: &str) -> Vec<Value> {
    let timeline = desk.call("touchpoints.timeline", json!({ "person": person, "limit": 20 }));
    timeline["entries"].as_array().expect("entries").clone()
}
pub(super) fn labels(reading: &Value) -> Vec<String> {
    let chips = reading["chips"].as_array().expect("chips");
    chips.iter().map(|chip| format!("{} {}", chip["what"].as_str().unwrap(), chip["label"].as_str().unwrap())).collect()
}
pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[test]
fn one_line_is_a_person_an_organisation_a_conversation_and_a_promise() {
    let desk = Desk::new();
    let saved =
        save(&desk, "priya nair @acme /4 retry docs unclear #rust gh:priyan \"love it\" -1 !mon send retry guide");
    // The mood is only at the very end; here it is a part of the note.
    assert_eq!((saved["new"].clone(), text(&saved["person"]["name"])), (json!(true), "Priya Nair"));
    assert_eq!(text(&saved["person"]["organisation"]), "Acme");
    let page = desk.page(id(&saved));
    assert_eq!(text(&page["contactPoints"][0]["source"]), "they_gave_it");
    assert_eq!(text(&page["contactPoints"][0]["value"]), "priyan");
    let entry = &entries(&desk, id(&saved))[0];
    assert_eq!(text(&entry["kind"]), "conversation_in_person");
    assert_eq!((text(&entry["source"]), text(&entry["quote"])), ("quick_capture", "love it"));
    assert_eq!(text(&entry["note"]), "retry docs unclear -1");
    assert_eq!(text(&entry["people"][0]["observedStage"]), "build");
    assert_eq!(text(&entry["people"][0]["observedBy"]), "told");
    assert_eq!(text(&desk.standing(id(&saved))["stage"]), "build");
    let followups = desk.call("followups.of", json!({ "person": id(&saved) }));
    assert_eq!((text(&followups[0]["text"]), text(&followups[0]["due"])), ("send retry guide", "2026-05-25"));
    assert_eq!(followups[0]["touchpoint"], entry["id"]);
    desk.is_sound();
}

#[test]
fn a_capture_is_taken_back_in_one_step_and_brought_back_in_one() {
    let desk = Desk::new();
    let before = desk.dump();
    let saved = save(&desk, "priya nair @acme /4 retry docs #rust priya@acme.dev *sticker !mon send guide");
    assert_eq!(entries(&desk, id(&saved)).len(), 2);
    let after = desk.dump();
    let undone = desk.call("history.take_back", json!({ "operation": saved["operation"] }));
    assert_eq!(text(&undone["label"]), "Captured Priya Nair");
    assert_eq!(desk.dump(), before);
    assert_eq!(desk.names(), [""; 0]);
    desk.redo();
    assert_eq!(desk.dump(), after);
    desk.is_sound();
}

#[test]
fn a_unique_full_name_is_picked_by_itself_and_a_prefix_never() {
    let desk = Desk::new();
    let priya = desk.person("Priya Nair");
    assert_eq!(read(&desk, "PRIYA  nair @acme")["person"]["id"], json!(priya));
    let reading = read(&desk, "pri");
    assert_eq!(reading["person"], Value::Null);
    assert_eq!(reading["people"][0]["id"], json!(priya));
    let saved = save(&desk, "priya nair, now in production");
    assert_eq!((id(&saved), saved["new"].clone()), (priya.as_str(), json!(false)));
    let other = save(&desk, "pri");
    assert_eq!(other["new"], json!(true));
    assert_eq!(desk.names(), ["Pri", "Priya Nair"]);
}

#[test]
fn who_was_picked_is_meant_whatever_their_name_looks_like() {
    let desk = Desk::new();
    let odd = desk.person("Nair, Priya @home");
    let asked = json!({ "text": "Nair, Priya @home, now in production", "picked": odd });
    let reading = desk.call("captures.read", asked.clone());
    assert_eq!((text(&reading["person"]["id"]), text(&reading["note"])), (odd.as_str(), "now in production"));
    assert_eq!(id(&desk.call("captures.save", asked)), odd);
    // Once the name is another one, so is the person.
    let reading = desk.call("captures.read", json!({ "text": "Tom Kowalski, hello", "picked": odd }));
    assert_eq!(reading["person"], Value::Null);
}

#[test]
fn of_two_namesakes_nobody_is_picked_unless_the_line_says_where_they_work() {
    let desk = Desk::new();
    let acme = id(&save(&desk, "priya nair @acme")).to_owned();
    let twin = json!({ "text": "priya nair @initech", "someoneNew": true });
    let initech = id(&desk.call("captures.save", twin)).to_owned();
    assert_ne!(acme, initech);
    let reading = read(&desk, "priya nair");
    assert_eq!((&reading["person"], reading["people"].as_array().unwrap().len()), (&Value::Null, 2));
    assert_eq!(read(&desk, "priya nair @initech")["person"]["id"], json!(initech));
    let third = save(&desk, "priya nair");
    assert_eq!(third["new"], json!(true), "nothing picked means someone new");
}

#[test]
fn somebody_near_is_offered_and_not_assumed() {
    let desk = Desk::new();
    let tom = id(&save(&desk, "tom kowalski @initech tom@initech.example")).to_owned();
    for line in ["tom kowalsky", "thomas k tom@initech.example", "tom @initech"] {
        let reading = read(&desk, line);
        assert_eq!((&reading["person"], &reading["near"]), (&Value::Null, &json!(tom)), "{line}");
    }
    let reading = read(&desk, "tomasz nowak @globex");
    assert_eq!(reading["near"], Value::Null);
    let sure = desk.call("captures.read", json!({ "text": "tom @initech", "someoneNew": true }));
    assert_eq!(sure["near"], Value::Null, "whoever said that it is someone new is not asked again");
}

#[test]
fn where_they_worked_until_now_is_shown_before_it_is_changed() {
    let desk = Desk::new();
    save(&desk, "priya nair @acme");
    let chip = &read(&desk, "priya nair @initech")["chips"][1];
    assert_eq!((text(&chip["label"]), text(&chip["instead_of"]), text(&chip["insteadOf"])), ("Initech", "", "Acme"));
    let saved = save(&desk, "priya nair @initech");
    assert_eq!(text(&saved["person"]["organisation"]), "Initech");
    desk.undo();
    assert_eq!(text(&desk.page(id(&saved))["organisation"]), "Acme");
}

#[test]
fn only_something_handed_over_is_no_conversation() {
    let desk = Desk::new();
    let saved = save(&desk, "priya nair *sticker *\"blue shirt\"");
    let found = entries(&desk, id(&saved));
    assert_eq!(found.len(), 1);
    assert_eq!((text(&found[0]["kind"]), text(&found[0]["note"])), ("sent_swag", "sticker, blue shirt"));
    let saved = save(&desk, "tom kowalski *sticker likes retries !mon write");
    let kinds: Vec<_> = entries(&desk, id(&saved)).iter().map(|entry| text(&entry["kind"]).to_owned()).collect();
    assert_eq!(kinds.len(), 2);
    let followup = &desk.call("followups.of", json!({ "person": id(&saved) }))[0];
    let conversation = entries(&desk, id(&saved)).into_iter().find(|e| e["kind"] == "conversation_in_person").unwrap();
    assert_eq!(followup["touchpoint"], conversation["id"]);
}

#[test]
fn the_same_is_what_the_last_entry_said_of_itself() {
    let desk = Desk::new();
    save(&desk, "priya nair @\"Acme Corp\" #rust !mon send guide");
    assert_eq!(labels(&read(&desk, "tom k =")), ["person Tom K", "same Acme Corp, #rust, Mon 25 May: send guide"]);
    let tom = save(&desk, "tom k =");
    assert_eq!(text(&tom["person"]["organisation"]), "Acme Corp");
    let ana = save(&desk, "ana r @initech =");
    assert_eq!(text(&ana["person"]["organisation"]), "Initech", "what the line says itself counts");
    assert_eq!(desk.page(id(&ana))["tags"][0]["name"], json!("rust"));
    assert_eq!(desk.call("followups.of", json!({ "person": id(&ana) }))[0]["text"], json!("send guide"));
}

#[test]
fn what_cannot_be_saved_is_said_and_the_line_is_kept() {
    let desk = Desk::new();
    for (line, begins) in
        [("@acme /4", "Say who it was"), ("priya nair &thanked /4", "“Thanked them” is something we did")]
    {
        assert!(text(&read(&desk, line)["problem"]).starts_with(begins));
        let failure = desk.refused("captures.save", json!({ "text": line }));
        assert!(failure.message.starts_with(begins), "{}", failure.message);
        assert_eq!((failure.code, failure.field.as_deref()), ("invalid", Some("text")));
    }
    let draft = desk.call("captures.draft", json!({}));
    let unsaved: Vec<&str> = draft["unsaved"].as_array().unwrap().iter().map(|line| text(&line["text"])).collect();
    assert_eq!(unsaved, ["@acme /4", "priya nair &thanked /4"]);
    desk.call("captures.let_go", json!({ "text": "@acme /4" }));
    assert_eq!(desk.call("captures.draft", json!({}))["unsaved"].as_array().unwrap().len(), 1);
    assert_eq!(desk.refused("captures.save", json!({ "text": "  " })).code, "invalid");
    assert_eq!(desk.names(), [""; 0]);
}

#[test]
fn what_stands_in_the_line_is_on_disk_and_no_step_of_the_history() {
    let desk = Desk::new();
    desk.call("captures.keep", json!({ "text": "priya nair @ac" }));
    desk.call("captures.keep", json!({ "text": "priya nair @acme" }));
    let desk = desk.reopened(|_, _| ());
    assert_eq!(desk.call("captures.draft", json!({})), json!({ "text": "priya nair @acme", "unsaved": [] }));
    assert_eq!(
        desk.call("history.recent", json!({ "limit": 5 })).as_array().unwrap().len(),
        1,
        "only the making of the file"
    );
    save(&desk, "priya nair @acme");
    assert_eq!(desk.call("captures.draft", json!({})), json!({ "text": "", "unsaved": [] }));
    desk.call("captures.keep", json!({ "text": "tom" }));
    desk.call("captures.keep", json!({ "text": "" }));
    assert_eq!(desk.call("captures.draft", json!({}))["text"], json!(""));
}

#[test]
fn an_address_they_have_already_is_not_added_again() {
    let desk = Desk::new();
    save(&desk, "priya nair priya@acme.dev");
    let saved = save(&desk, "priya nair PRIYA@acme.dev gh:priyan");
    assert_eq!(desk.page(id(&saved))["contactPoints"].as_array().unwrap().len(), 2);
}

#[test]
fn a_tag_that_people_work_with_is_that_tag() {
    let desk = Desk::new();
    let ada = desk.person("Ada");
    desk.call("tags.add", json!({ "people": [ada], "name": "Rust", "kind": "stack" }));
    let saved = save(&desk, "priya nair #rust #meetup");
    let tags = desk.page(id(&saved))["tags"].clone();
    let kinds: Vec<_> = tags.as_array().unwrap().iter().map(|tag| (text(&tag["name"]), text(&tag["kind"]))).collect();
    assert_eq!(kinds, [("Rust", "stack"), ("meetup", "topic")]);
}

#[test]
fn chips_say_where_they_stand_also_behind_what_takes_two_units() {
    let desk = Desk::new();
    let line = "👩‍💻 ada @acme /3";
    let chips = read(&desk, line)["chips"].clone();
    let units: Vec<u16> = line.encode_utf16().collect();
    let words: Vec<String> = chips
        .as_array()
        .unwrap()
        .iter()
        .map(|chip| {
            let (from, to) = (chip["from"].as_u64().unwrap() as usize, chip["to"].as_u64().unwrap() as usize);
            String::from_utf16(&units[from..to]).unwrap()
        })
        .collect();
    assert_eq!(words, ["👩‍💻 ada", "@acme", "/3"]);
}

#[test]
fn days_in_words_through_the_wire() {
    let desk = Desk::new();
    let when = |text: &str, locale: &str| desk.call("captures.when", json!({ "text": text, "locale": locale }));
    assert_eq!(when("mon", ""), json!({ "day": "2026-05-25", "at": null, "words": "Mon 25 May" }));
    assert_eq!(when("", "")["day"], json!("2026-05-22"));
    assert_eq!(when("3/4", "en-US")["day"], json!("2027-03-04"));
    assert_eq!(when("3/4", "de-DE")["day"], json!("2027-04-03"));
    assert_eq!(when("mon 15:00", "")["at"], json!(1_779_721_200_000_i64));
    assert_eq!(when("soon", ""), Value::Null);
}

#[test]
fn pasted_lines_wait_for_the_evening_and_are_gone_through_one_by_one() {
    let desk = Desk::new();
    let ana = desk.person("Ana Ribeiro");
    let pasted = "- priya nair @acme /4 retry docs\r\n\n  ana ribero, met again\ntom k\n";
    assert_eq!(desk.call("captures.lines", json!({ "text": pasted })), json!({ "lines": 3, "known": 0 }));
    assert_eq!(desk.call("captures.lines", json!({ "text": pasted })), json!({ "lines": 0, "known": 3 }));
    let review = desk.call("captures.review", json!({}));
    assert_eq!(review["waiting"], json!(3));
    assert_eq!(desk.call("captures.waiting", json!({})), json!({ "lines": 3, "entries": 0 }));
    let lines = review["lines"].as_array().unwrap().clone();
    assert_eq!(labels(&lines[0]["reading"]), ["person Priya Nair", "organisation Acme", "stage Building"]);
    assert_eq!(lines[1]["twin"]["id"], json!(ana));

    // The same person; a word put right; the third is nobody's.
    let second = id_of(&lines[1]);
    desk.call("captures.reword", json!({ "id": second, "text": "Ana Ribeiro, met again", "picked": ana }));
    desk.wait(1);
    let saved = desk.call("captures.save", json!({ "text": "Ana Ribeiro, met again", "picked": ana, "line": second }));
    assert_eq!(entries(&desk, id(&saved))[0]["onDay"], json!("2026-05-21"), "it happened when it was written down");
    desk.call("captures.save", json!({ "text": "priya nair @acme /4 retry docs", "line": id_of(&lines[0]) }));
    desk.call("captures.drop", json!({ "id": id_of(&lines[2]) }));
    assert_eq!(desk.call("captures.review", json!({}))["lines"], json!([]));
    assert_eq!(desk.names(), ["Ana Ribeiro", "Priya Nair"]);
    desk.undo();
    assert_eq!(desk.call("captures.review", json!({}))["lines"][0]["text"], json!("tom k"));
    desk.undo();
    assert_eq!(
        desk.call("captures.review", json!({}))["waiting"],
        json!(2),
        "a line that is not saved any more waits again"
    );
    assert_eq!(desk.names(), ["Ana Ribeiro"], "whom it had made is gone with it");
    desk.is_sound();
}

#[test]
fn what_was_captured_today_is_looked_at_once_more() {
    let desk = Desk::new();
    let saved = save(&desk, "priya nair @acme /4 retry docs");
    let line = desk.call("captures.review", json!({}))["lines"][0].clone();
    assert_eq!((&line["person"]["id"], text(&line["observed"])), (&saved["person"]["id"], "build"));
    assert_eq!((&line["reading"], &line["email"]), (&Value::Null, &Value::Null));
    assert_eq!(desk.refused("captures.drop", json!({ "id": id_of(&line) })).code, "invalid");
    assert_eq!(desk.call("captures.waiting", json!({})), json!({ "lines": 0, "entries": 1 }));
    desk.call("captures.done", json!({ "id": id_of(&line) }));
    assert_eq!(desk.call("captures.review", json!({}))["lines"], json!([]));
    save(&desk, "tom k");
    desk.wait(2);
    assert_eq!(desk.call("captures.review", json!({}))["lines"], json!([]), "what is older is let rest");
}

fn waiting(desk: &Desk, text: &str) -> Value {
    desk.call("captures.lines", json!({ "text": text }));
    desk.call("captures.review", json!({}))["lines"][0].clone()
}

#[test]
fn a_line_that_waited_is_saved_once() {
    let desk = Desk::new();
    let line = waiting(&desk, "priya nair, met again");
    let input = json!({ "text": "priya nair, met again", "line": id_of(&line) });
    let saved = desk.call("captures.save", input.clone());
    assert_eq!(
        desk.refused("captures.save", input.clone()).message,
        "This line was saved. Change the entry it became."
    );
    assert_eq!(entries(&desk, id(&saved)).len(), 1);
    desk.undo();
    assert_eq!(entries(&desk, id(&desk.call("captures.save", input))).len(), 1, "it waited again");
    desk.is_sound();
}

#[test]
fn the_days_of_a_line_that_waited_are_counted_from_when_it_was_written() {
    let desk = Desk::new(); // Thursday, 2026-05-21
    waiting(&desk, "tom k !fri send guide");
    desk.wait(1);
    let line = desk.call("captures.review", json!({}))["lines"][0].clone();
    let chips = line["reading"]["chips"].as_array().unwrap();
    assert_eq!(chips.iter().find(|chip| chip["what"] == "follow_up").unwrap()["day"], json!("2026-05-22"));
    let saved = desk.call("captures.save", json!({ "text": "tom k !fri send guide", "line": id_of(&line) }));
    let followups = desk.call("followups.of", json!({ "person": id(&saved) }));
    assert_eq!((text(&followups[0]["due"]), text(&followups[0]["text"])), ("2026-05-22", "send guide"));
    let typed = save(&desk, "ana r !fri send guide");
    assert_eq!(desk.call("followups.of", json!({ "person": id(&typed) }))[0]["due"], json!("2026-05-29"));
}

#[test]
fn a_line_that_waits_and_cannot_be_saved_waits_on_and_nowhere_else() {
    let desk = Desk::new();
    let line = waiting(&desk, "@acme /4");
    let failure = desk.refused("captures.save", json!({ "text": "@acme /4", "line": id_of(&line) }));
    assert!(failure.message.starts_with("Say who it was"), "{}", failure.message);
    assert_eq!(desk.call("captures.draft", json!({}))["unsaved"], json!([]));
    assert_eq!(desk.call("captures.waiting", json!({}))["lines"], json!(1));
}

/// What the page of help shows is what is read.
#[test]
fn every_example_of_the_help_reads_as_it_says() {
    let examples: Value =
        serde_json::from_str(include_str!("../../../../../ui/src/features/capture/examples.json")).expect("examples");
    let desk = Desk::new();
    save(&desk, "priya nair @acme #rust !mon send the guide");
    for example in examples["lines"].as_array().expect("lines") {
        let line = text(&example["line"]);
        let reading = read(&desk, line);
        let kinds: Vec<&Value> = reading["chips"].as_array().unwrap().iter().map(|chip| &chip["what"]).collect();
        assert_eq!(json!(kinds), example["chips"], "{line}");
        assert_eq!(reading["problem"], Value::Null, "{line}");
        assert!(!text(&example["says"]).is_empty(), "{line}");
    }
    for example in examples["days"].as_array().expect("days") {
        let said = desk.call("captures.when", json!({ "text": example["say"], "locale": "en-GB" }));
        assert!(said["day"].is_string(), "{example}");
    }
}

#[test]
fn as_many_lines_are_read_as_are_asked_for_and_all_of_them_are_counted() {
    let desk = Desk::new();
    let pasted: Vec<String> = (0..50).map(|n| format!("Person {n:02}, said hello")).collect();
    desk.call("captures.lines", json!({ "text": pasted.join("\n") }));
    desk.call("captures.save", json!({ "text": "Ana, said hello" }));
    let seen = |limit: Value| {
        let review = desk.call("captures.review", json!({ "limit": limit }));
        let lines = review["lines"].as_array().expect("lines").len();
        (lines, review["total"].as_u64(), review["waiting"].as_u64())
    };
    assert_eq!(seen(json!(null)), (25, Some(51), Some(50)));
    assert_eq!(seen(json!(3)), (3, Some(51), Some(50)));
    assert_eq!(seen(json!(500)), (51, Some(51), Some(50)));
    assert_eq!(desk.call("captures.lines", json!({ "text": pasted.join("\n") }))["known"], json!(50));
}

#[test]
fn the_same_in_a_line_that_waited_is_what_it_was_on_the_day_it_was_written() {
    let desk = Desk::new();
    let american = |command: &str, mut input: Value| {
        input["locale"] = json!("en-US");
        desk.call(command, input)
    };
    american("captures.save", json!({ "text": "Ana @acme !6/7 call" }));
    desk.later(60_000);
    desk.call("captures.lines", json!({ "text": "Tom K =\nJo =" }));
    desk.wait(3);
    american("captures.save", json!({ "text": "Ben @initech !3d write" }));
    let review = american("captures.review", json!({}));
    let said = |n: usize| labels(&review["lines"][n]["reading"]);
    assert_eq!(said(0), ["person Tom K", "same Acme, Sun 7 Jun: call"]);
    let tom = american("captures.save", json!({ "text": "Tom K =", "line": review["lines"][0]["id"] }));
    let promised = desk.call("followups.of", json!({ "person": id(&tom) }));
    assert_eq!((&promised[0]["due"], &promised[0]["text"]), (&json!("2026-06-07"), &json!("call")));
    desk.call("captures.lines", json!({ "text": "Eve =" }));
    desk.wait(10);
    let review = american("captures.review", json!({}));
    assert_eq!(labels(&review["lines"][1]["reading"])[1], "same Initech, Wed 27 May: write", "three days from then");
}

#[test]
fn a_stage_one_wrote_down_oneself_is_no_news() {
    let desk = Desk::new();
    let saved = save(&desk, "priya nair /3 first queue runs");
    let standing = desk.standing(id(&saved));
    assert_eq!((text(&standing["stage"]), &standing["moved"]), ("learn", &Value::Null));
    assert_eq!(text(&standing["history"][0]["status"]), "accepted");
    let day = desk.call("today.list", json!({}));
    assert_eq!(day["groups"], json!([]), "whoever wrote it down is not asked about it");
    // What they did without a stage being said is seen by the rules, and is news.
    let tom = save(&desk, "tom kowalski &success");
    assert_eq!(text(&desk.standing(id(&tom))["moved"]["status"]), "applied");
    // Taken back and brought back, it is as it was.
    desk.call("history.take_back", json!({ "operation": saved["operation"] }));
    desk.redo();
    assert_eq!(desk.standing(id(&saved))["moved"], Value::Null);
    desk.is_sound();
}

#[test]
fn a_stage_that_moves_nobody_is_explained_before_and_after() {
    let desk = Desk::new();
    let priya = id(&save(&desk, "priya nair /4 showed her prototype")).to_owned();
    let hint = "Stays at Building: one mention of Evaluation takes nobody back. S on their page does.";
    assert_eq!(text(&read(&desk, "priya nair /2 looks around again")["hint"]), hint);
    let saved = save(&desk, "priya nair /2 looks around again");
    assert_eq!((text(&saved["stays"]), text(&saved["person"]["stage"])), (hint, "build"));
    assert_eq!(read(&desk, "priya nair /5 in production")["hint"], Value::Null);
    desk.call("journey.pin", json!({ "person": priya, "stage": "learn", "until": "good", "reason": "She said so" }));
    let saved = save(&desk, "priya nair /5 in production");
    assert_eq!(text(&saved["stays"]), "Stays at Learning: you set it by hand. S on their page changes it.");
    let moved = save(&desk, "tom kowalski /5 in production");
    assert_eq!(moved["stays"], Value::Null);
}

#[test]
fn a_name_that_runs_on_is_asked_about() {
    let desk = Desk::new();
    let hint = "“&signup” is no kind here, so it stays in the note. F1 lists what & can say.";
    assert_eq!(text(&read(&desk, "priya nair, came by &signup")["hint"]), hint);
    let hint = "A promise? An ! before the day brings it back, as in “!mon send the guide”.";
    assert_eq!(text(&read(&desk, "priya nair, I promised to send the guide on Monday")["hint"]), hint);
    assert_eq!(read(&desk, "priya nair, I promised to send the guide !mon")["hint"], Value::Null);
    let hint = "A long name: is the rest a note? A comma ends the name.";
    assert_eq!(text(&read(&desk, "ana ribeiro met at the door yesterday")["hint"]), hint);
    assert_eq!(read(&desk, "ana ribeiro, met at the door yesterday")["hint"], Value::Null);
    assert_eq!(read(&desk, "maria del carmen lopez garcia")["hint"], Value::Null);
    desk.person("Ana Ribeiro Met At The Door");
    assert_eq!(read(&desk, "ana ribeiro met at the door")["hint"], Value::Null, "somebody is called so");
}

#[test]
fn a_line_that_was_saved_shows_its_note_and_what_was_promised() {
    let desk = Desk::new();
    save(&desk, "priya nair, retry docs unclear !mon send the guide !3d call");
    let line = &desk.call("captures.review", json!({}))["lines"][0];
    assert_eq!(text(&line["note"]), "retry docs unclear");
    assert_eq!(
        line["promised"],
        json!([{ "due": "2026-05-24", "text": "call" }, { "due": "2026-05-25", "text": "send the guide" }])
    );
}
