//! Capturing from a terminal.
use crate::program::{Terminal, now};
use hallway_core::dispatch;
use serde_json::{Value, json};
use std::fs;

/// What it said, on whichever side, and how it ended.
fn asked(terminal: &Terminal, line: &[&str]) -> (Option<i32>, String) {
    let said = terminal.run(line);
    (said.code, format!("{}{}", said.out, said.err).trim_end().to_owned())
}

fn ok(terminal: &Terminal, line: &[&str]) -> String {
    let (code, words) = asked(terminal, line);
    assert_eq!(code, Some(0), "{line:?}: {words}");
    words
}

#[test]
fn a_line_says_what_it_was_understood_as() {
    let terminal = Terminal::new();
    let line = "priya nair @acme /4 retry docs unclear #rust gh:priyan \"love it\" !mon send the guide";
    assert_eq!(
        ok(&terminal, &["capture", line]),
        "Captured Priya Nair, who is new here.
  At Acme
  Building, as they told you
  #rust
  To reach them: priyan
  “love it”
  To do: Mon 25 May: send the guide
  Note: retry docs unclear"
    );
    // Words need no quotes around them, but for what the shell would take.
    let again = ok(&terminal, &["capture", "priya", "nair,", "now", "in", "production", "&production", "-1"]);
    assert_eq!(
        again,
        "Captured Priya Nair.
  Priya Nair, Acme, seen today (21 May)
  What happened: Runs it in production · you talked
  Mood: −1
  Note: now in production"
    );
    assert!(ok(&terminal, &["show", "priya"]).contains("retry docs unclear"));
    assert_eq!(ok(&terminal, &["undo"]), "Took back: Captured Priya Nair.");
}

#[test]
fn somebody_near_is_named_and_somebody_new_is_made_when_asked_for() {
    let terminal = Terminal::new();
    ok(&terminal, &["capture", "tom kowalski @initech"]);
    let said = ok(&terminal, &["capture", "tom kowalsky, kafka vs us"]);
    assert!(said.starts_with("Captured Tom Kowalsky, who is new here."), "{said}");
    assert!(said.contains("Tom Kowalski, Initech, seen today (21 May) may be the same person."), "{said}");
    let said = ok(&terminal, &["capture", "--new", "tom kowalski"]);
    assert_eq!(said, "Captured Tom Kowalski, who is new here.");
}

#[test]
fn a_dry_run_only_says_it() {
    let terminal = Terminal::new();
    ok(&terminal, &["add", "Priya Nair"]);
    assert_eq!(
        ok(&terminal, &["capture", "--dry-run", "priya nair @acme !3/6 call"]),
        "This would be saved with Priya Nair, who is here already.\n  At Acme\n  To do: Wed 3 Jun: call"
    );
    assert!(!ok(&terminal, &["show", "priya"]).contains("Acme"));
}

#[test]
fn a_line_that_names_nobody_is_refused_in_a_sentence() {
    let terminal = Terminal::new();
    let (code, said) = asked(&terminal, &["capture", "@acme /4"]);
    assert_eq!((code, said.as_str()), (Some(1), "Say who it was: the line begins with the name."));
    // The window has nothing to ask about it.
    let draft = dispatch(&terminal.window(), now(), "captures.draft", json!({})).expect("an answer");
    assert_eq!(draft.value["unsaved"], json!([]));
    let (code, _) = asked(&terminal, &["capture"]);
    assert_eq!(code, Some(2));
}

#[test]
fn notes_from_a_phone_wait_for_the_evening() {
    let terminal = Terminal::new();
    ok(&terminal, &["add", "Ana"]);
    fs::write(terminal.path("notes.txt"), "\u{feff}- tom k @initech\r\n\r\nمحمد @أطلس /3\r\n").expect("notes");
    let kept = "Kept 2 lines for the evening. The window shows them under Review.";
    assert_eq!(ok(&terminal, &["capture", "--from", "notes.txt"]), kept);
    let known = "Kept 0 lines for the evening. 2 lines were here already. The window shows them under Review.";
    assert_eq!(ok(&terminal, &["capture", "--from", "notes.txt"]), known);
    let piped = terminal.typed(&["--json", "capture", "--from", "-"], "jo duarte, hello\n");
    let value: Value = serde_json::from_str(&piped.out).expect("JSON");
    assert_eq!(value["lines"], 1);
    let (code, said) = asked(&terminal, &["capture", "--from", "nowhere.txt"]);
    assert!(code == Some(1) && said.starts_with("nowhere.txt could not be read:"), "{said}");
    fs::write(terminal.path("odd.txt"), [0xff, 0xfe, 0x41]).expect("odd");
    let (_, said) = asked(&terminal, &["capture", "--from", "odd.txt"]);
    assert_eq!(said, "odd.txt is not a text in UTF-8. Save it as one and try again.");
}
