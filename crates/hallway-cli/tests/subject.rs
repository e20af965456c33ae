//! What is held about somebody, asked for in a terminal.
use serde_json::json;
use std::{
    fs,
    io::Write,
    process::{Command, Output, Stdio},
};

fn run(folder: &tempfile::TempDir, line: &[&str]) -> Output {
    run_at(folder, "2026-05-21T12:00:00Z", line)
}

fn run_at(folder: &tempfile::TempDir, now: &str, line: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hallway-cli"))
        .args(["--now", now])
        .args(line)
        .env("HALLWAY_FILE", folder.path().join("main.hallway"))
        .current_dir(folder.path())
        .output()
        .expect("the program runs")
}

fn said(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn somebody_who_asks_is_shown_all_that_is_held_and_gets_it_as_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("meetup.csv"), "Name,E-mail\nPriya Nair,priya@acme.example\n").expect("a list");
    said(run(&folder, &["import", "meetup.csv"]));
    said(run(&folder, &["log", "priya", "building_with_it", "--note", "Showed me the kiln"]));
    let page = said(run(&folder, &["subject", "priya"]));
    for part in [
        "Who they are\n  Priya Nair\n",
        "  E-mail: priya@acme.example\n",
        "    Note: Showed me the kiln\n",
        "What was changed\n",
    ] {
        assert!(page.contains(part), "“{part}” is not in:\n{page}");
    }
    let wrote = said(run(&folder, &["subject", "priya", "--write", "priya.json"]));
    assert!(wrote.starts_with("Wrote everything held about Priya Nair to priya.json"), "{wrote}");
    let json: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("priya.json")).expect("a file")).expect("JSON");
    assert_eq!(json["theirs"]["contactPoints"][0]["value"], "priya@acme.example");
    let again = run(&folder, &["subject", "priya", "--write", "priya.json"]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("Add --replace"));
}

/// The same, with a line typed when it asks.
fn typed(folder: &tempfile::TempDir, line: &[&str], answer: &str) -> Output {
    let mut running = Command::new(env!("CARGO_BIN_EXE_hallway-cli"))
        .args(["--now", "2026-05-21T12:00:00Z"])
        .args(line)
        .env("HALLWAY_FILE", folder.path().join("main.hallway"))
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    running.stdin.take().expect("a keyboard").write_all(answer.as_bytes()).expect("a line");
    running.wait_with_output().expect("it ends")
}

#[test]
fn whoever_is_erased_in_a_terminal_is_named_once_more_before() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("meetup.csv"), "Name,E-mail\nPriya Nair,priya@acme.example\nTom Kowalski,\n")
        .expect("a list");
    said(run(&folder, &["import", "meetup.csv"]));
    said(run(&folder, &["log", "tom", "conversation_online", "--note", "Knows Priya Nair"]));
    assert_eq!(said(run(&folder, &["receipts"])), "Nobody was erased from this file.\n");
    let refused = typed(&folder, &["erase", "priya"], "Priya\n");
    let asked = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && asked.contains("Type Priya Nair to erase them"), "{asked}");
    assert!(asked.contains("  1. Note of what happened (Tom Kowalski): Knows Priya Nair\n"), "{asked}");
    assert!(asked.contains("Nobody was erased."), "{asked}");
    let done = said(typed(&folder, &["erase", "priya"], "Priya Nair\n"));
    assert!(done.starts_with("Priya Nair is erased. Gone: 1 × person, 1 × way to reach them"), "{done}");
    assert!(done.contains("1 address is never written to again."), "{done}");
    assert!(said(run(&folder, &["show", "tom"])).contains("Knows …"));
    let receipts = said(run(&folder, &["receipts"]));
    assert!(receipts.contains("1 person. Gone: 1 × person") && !receipts.contains("Priya"), "{receipts}");
    assert!(!run(&folder, &["show", "priya"]).status.success());
    assert!(said(run(&folder, &["retention", "--months", "1"])).starts_with("0 people without anything"));
}

#[test]
fn where_parcels_go_is_shown_with_what_it_was_given_for_and_who_has_one_too_long_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    said(run(&folder, &["add", "Priya Nair"]));
    let now = hallway_core::Now(1_779_364_800_000);
    let store = hallway_core::open(&folder.path().join("main.hallway"), now, 5, "UTC").expect("the file");
    let call = |command: &str, input: serde_json::Value| {
        hallway_core::dispatch(&store, now, command, input).expect(command).value
    };
    let priya = call("people.matching", json!({ "text": "priya", "limit": 1 }))[0]["id"].clone();
    call(
        "postal_addresses.add",
        json!({ "person": priya, "lines": "Flat 3, Kiln Row\n411001 Nowhere", "country": "IN", "phone": "+91 98 5550 0142",
                "purpose": "the kiln sticker", "source": "they_gave_it", "expiresOn": "2026-06-30" }),
    );
    drop(store);
    let shown = said(run(&folder, &["show", "priya"]));
    for part in [
        "Parcels to",
        "Flat 3, Kiln Row\n",
        "India\n",
        "Phone for the carrier: +91 98 5550 0142\n",
        "For the kiln sticker (they gave it to you, 21 May; deleted on 30 June)",
    ] {
        assert!(shown.contains(part), "“{part}” is not in:\n{shown}");
    }
    let page = said(run(&folder, &["subject", "priya"]));
    for part in ["Flat 3, Kiln Row", "411001 Nowhere", "Given for: the kiln sticker", "Deleted on: 30 June 2026"] {
        assert!(page.contains(part), "“{part}” is not in:\n{page}");
    }
    let found = said(run(&folder, &["list", "--where", "address:yes"]));
    assert!(found.contains("Priya Nair"), "{found}");
    let late = "2026-07-02T12:00:00Z";
    assert!(!said(run_at(&folder, late, &["show", "priya"])).contains("Kiln Row"));
    let overdue = said(run_at(&folder, late, &["retention"]));
    assert!(overdue.contains("1 postal address should be gone by now."), "{overdue}");
    assert!(overdue.contains("  Priya Nair, since 30 June"), "{overdue}");
}
