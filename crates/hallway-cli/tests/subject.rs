//! What is held about somebody, asked for in a terminal.
use std::{
    fs,
    process::{Command, Output},
};

fn run(folder: &tempfile::TempDir, line: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hallway-cli"))
        .args(["--now", "2026-05-21T12:00:00Z"])
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
