//! The day in a terminal: what was promised, put off, kept, and given to a calendar.
use crate::program::Terminal;

/// A workspace with two people in it.
fn two_people() -> Terminal {
    let terminal = Terminal::new();
    terminal.ok(&["add", "Priya Nair"]);
    terminal.ok(&["add", "Tom Kowalski"]);
    terminal
}

#[test]
fn a_promise_is_noted_asked_for_put_off_and_kept() {
    let terminal = two_people();
    assert_eq!(terminal.ok(&["today"]), "Nothing is waiting.\n");
    let noted = terminal.ok(&["followups", "add", "send the retry guide", "--person", "priya", "--due", "2026-05-20"]);
    assert_eq!(noted, "Noted: send the retry guide for Priya Nair, was due yesterday.\n");
    terminal.ok(&["followups", "add", "write the abstract", "--due", "2026-05-25", "--kind", "deadline"]);
    let today = terminal.ok(&["today"]);
    assert!(
        today.starts_with("You promised\n1  Priya Nair  send the retry guide  was due yesterday\n\nDates\n2  write the abstract  due 25 May\n"),
        "{today}"
    );

    assert_eq!(
        terminal.ok(&["snooze", "retry guide", "2026-05-23"]),
        "Put off until 23 May: Priya Nair: send the retry guide.\n"
    );
    assert!(!terminal.ok(&["today"]).contains("retry"));
    let open = terminal.ok(&["followups", "--person", "priya"]);
    assert!(open.contains("send the retry guide  was due yesterday, snoozed once"), "{open}");
    let later = terminal.ok_at("2026-05-23T12:00:00Z", &["today"]);
    assert!(later.contains("was due 3 days ago, snoozed once"), "{later}");
    assert_eq!(terminal.ok(&["done", "retry", "--note", "By mail"]), "Done: Priya Nair: send the retry guide.\n");
    assert_eq!(terminal.ok(&["done", "1"]), "Done: write the abstract.\n");
    assert_eq!(terminal.ok(&["followups"]), "Nothing is open.\n");
    assert!(terminal.ok(&["undo"]).contains("“write the abstract”"));
    let words = ["followups", "add", "call", "--due"];
    for (said, due) in [("mon", "25 May"), ("3d", "24 May"), ("2w", "4 Jun"), ("12 jun", "12 Jun"), ("", "22 May")] {
        assert_eq!(terminal.ok(&[&words[..], &[said]].concat()), format!("Noted: call, due {due}.\n"));
    }
    assert!(terminal.refused(&[&words[..], &["someday"]].concat()).starts_with("“someday” is no day."));
    assert_eq!(terminal.ok(&["snooze", "abstract"]), "Put off until 22 May: write the abstract.\n");
    assert_eq!(terminal.ok(&["snooze", "abstract", "12", "jun"]), "Put off until 12 Jun: write the abstract.\n");
}

#[test]
fn whoever_waits_is_answered_and_a_move_is_accepted() {
    let terminal = two_people();
    terminal.ok(&["log", "tom", "first-success", "--note", "Works on my laptop", "--needs-answer"]);
    let today = terminal.ok(&["today"]);
    assert!(today.contains("They are waiting on you\n1") && today.contains("“Works on my laptop” (today)"), "{today}");
    // Of a move it says what showed it, and not what was said since.
    terminal.ok(&["log", "tom", "emailed", "--note", "Sent him the guide"]);
    let today = terminal.ok(&["today"]);
    assert!(today.contains("moved to Learning  because: got it working"), "{today}");
    assert_eq!(terminal.ok(&["done", "1", "--note", "Great"]), "Done: Tom Kowalski: got it working.\n");
    assert_eq!(terminal.ok(&["done", "moved to learning"]), "Done: Tom Kowalski: moved to Learning.\n");
    assert_eq!(terminal.json(&["today"])["groups"].as_array().map(Vec::len), Some(0));
}

#[test]
fn what_is_not_clear_is_refused_in_a_sentence() {
    let terminal = two_people();
    for person in ["priya", "tom"] {
        terminal.ok(&["followups", "add", "send the slides", "--person", person, "--due", "2026-05-21"]);
    }
    assert!(terminal.refused(&["done", "slides"]).starts_with("“slides” could be 2 of them: "));
    assert!(terminal.refused(&["done", "9"]).contains("shows no number 9"));
    assert!(terminal.refused(&["done", "nothing like it"]).contains("Nothing that is open says"));
    assert!(terminal.refused(&["snooze", "priya slides", "2026-05-21"]).contains("after today"));
}

#[test]
fn the_calendar_is_written_whole_or_to_whoever_reads() {
    let terminal = two_people();
    terminal.ok(&["followups", "add", "send the slides", "--person", "tom", "--due", "2026-05-25"]);
    let said = terminal.ok(&["followups", "--ics"]);
    assert!(said.starts_with("BEGIN:VCALENDAR\r\n") && said.ends_with("END:VCALENDAR\r\n"), "{said}");
    assert_eq!(terminal.ok(&["followups", "--ics", "hallway.ics"]), "Wrote 1 follow-up to hallway.ics.\n");
    assert_eq!(terminal.read("hallway.ics"), said);
    assert_eq!(terminal.ok(&["followups", "--ics", "-"]), said, "as other programs have it");
}

#[test]
fn beside_a_promise_to_whoever_asked_not_to_be_written_to_it_is_said() {
    let terminal = two_people();
    terminal.ok(&["followups", "add", "hand over the book", "--person", "tom", "--due", "2026-05-20"]);
    terminal.ok(&["followups", "add", "say hello", "--person", "tom", "--due", "2026-05-20", "--kind", "check-in"]);
    let today = terminal.ok(&["today"]);
    assert!(today.contains("say hello") && !today.contains("asked not to be written to"), "{today}");
    let store = terminal.window();
    let tom = terminal.json(&["show", "tom"])["page"]["person"]["id"].clone();
    let said = serde_json::json!({ "person": tom, "kinds": ["email"], "on": "2026-05-20" });
    hallway_core::dispatch(&store, crate::program::now(), "basis.objected", said).expect("what he said");
    drop(store);
    let today = terminal.ok(&["today"]);
    assert!(today.contains("hand over the book  was due yesterday  asked not to be written to"), "{today}");
    assert!(!today.contains("say hello"), "{today}");
    let open = terminal.ok(&["followups", "--person", "tom"]);
    assert!(open.contains("hand over the book  was due yesterday  asked not to be written to"), "{open}");
    let refused =
        terminal.refused(&["followups", "add", "ask", "--person", "tom", "--due", "2026-05-25", "--kind", "check-in"]);
    assert!(refused.contains("Tom Kowalski asked not to be written to"), "{refused}");
}
