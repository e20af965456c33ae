//! Writing down what happened, and the rules by which it counts.
use crate::program::Terminal;
use serde_json::Value;

#[test]
fn a_name_of_several_people_is_asked_back_and_nothing_is_written() {
    let terminal = Terminal::after_the_meetup();
    terminal.ok(&["add", "Tom Kowalski", "--organisation", "Initech"]);
    let asked = terminal.refused(&["log", "tom", "replied"]);
    assert!(asked.starts_with("“tom” could be 2 people: Tom Kowalski (Globex), Tom Kowalski (Initech)."), "{asked}");
    assert_eq!(terminal.json(&["history", "--limit", "1"])[0]["command"], "people.create");
    assert!(
        terminal
            .ok(&["log", "tom@globex.example", "replied"])
            .starts_with("Logged: replied to us (Tom Kowalski, 21 May).")
    );
}

#[test]
fn everybody_who_was_there_is_named() {
    let terminal = Terminal::after_the_meetup();
    let logged = terminal.ok(&[
        "log",
        "Priya",
        "conversation_in_person",
        "--with",
        "葵",
        "--with",
        "Tom",
        "--needs-answer",
        "--stage",
        "Learning",
        "--seen",
    ]);
    assert!(logged.starts_with("Logged: talked in person (Priya Nair, 小林 葵, Tom Kowalski, 21 May)."), "{logged}");
    assert_eq!(terminal.json(&["stage", "Priya"])["stage"], "learn");
    assert_eq!(terminal.json(&["stage", "Tom"])["stage"], "discover", "the stage is said of the first one only");
    assert!(
        terminal
            .ok(&["show", "Tom"])
            .contains("21 May: Talked in person, with Priya Nair, 小林 葵, waits for an answer")
    );
}

#[test]
fn whoever_was_with_them_gets_no_proof_of_somebody_elses() {
    let terminal = Terminal::after_the_meetup();
    terminal.ok(&["log", "Priya", "took_it_to_team", "--with", "Tom"]);
    assert_eq!(terminal.json(&["stage", "Priya"])["stage"], "scale");
    assert_eq!(terminal.json(&["stage", "Tom"])["stage"], Value::Null);
}

#[test]
fn rules_are_looked_at_shared_and_put_in_force_and_their_words_are_used() {
    let terminal = Terminal::after_the_meetup();
    terminal.ok(&["log", "Priya Nair", "reported-bug", "--on", "2026-05-12"]);
    assert!(
        terminal.ok(&["rules"]).starts_with("Version 1. Stages: Discovery, Evaluation, Learning, Building, Scaling.\n")
    );
    assert_eq!(terminal.ok(&["rules", "--write", "team.toml"]), "Wrote the rules to team.toml.\n");
    assert!(terminal.refused(&["rules", "--write", "team.toml"]).contains("--replace"));
    let text = terminal.read("team.toml");
    let (before, bug) = text.split_once("key = \"reported_bug\"").expect("the kind");
    let changed =
        format!("{before}key = \"reported_bug\"{}", bug.replacen("proves = \"learn\"", "proves = \"evaluate\"", 1));
    terminal.write("team.toml", &changed.replace("learn = \"Learning\"", "learn = \"Trying\""));
    assert_eq!(
        terminal.ok(&["rules", "--read", "team.toml"]),
        "This would move 1 person: 1 to review.\n  Priya Nair: Learning to Evaluation\nNothing was changed. Add --yes to put these rules in force.\n"
    );
    assert!(terminal.ok(&["stage", "Priya Nair"]).starts_with("Priya Nair: Learning since"));
    assert!(terminal.ok(&["rules", "--read", "team.toml", "--yes"]).ends_with("The rules are in force.\n"));
    assert!(terminal.ok(&["stage", "Priya Nair"]).starts_with("Priya Nair: Evaluation since"));
    assert!(terminal.ok(&["rules"]).contains("Evaluation, Trying, Building"));
    assert_eq!(terminal.ok(&["undo"]), "Took back: Changed the rules of the journey.\n");
    assert!(terminal.ok(&["stage", "Priya Nair"]).starts_with("Priya Nair: Learning since"));
    terminal.write("team.toml", "half_life_days = \"long\"\n");
    assert!(terminal.refused(&["rules", "--read", "team.toml"]).starts_with("Line 1, column 18: "));
    assert!(terminal.ok(&["rules", "--preset", "community", "--yes"]).contains("This moves"));
    assert!(terminal.ok(&["kinds"]).contains("hosted_session") && !terminal.ok(&["kinds"]).contains("in_production"));
}
