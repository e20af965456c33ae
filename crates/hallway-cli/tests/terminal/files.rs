//! Files that are written: everything there is, and tables.
use crate::program::Terminal;
use serde_json::{Value, json};

#[test]
fn everything_goes_into_a_file_that_is_called_json() {
    let terminal = Terminal::after_the_meetup();
    terminal.ok(&["log", "Priya", "in_production", "--on", "2026-05-20"]);
    let said = terminal.ok(&["export", "everything.json"]);
    assert!(
        said.starts_with("Wrote everything to everything.json: 3 people, 1 touchpoint, trash included, "),
        "{said}"
    );
    let file: Value = serde_json::from_str(&terminal.read("everything.json")).expect("JSON");
    assert_eq!((&file["format"], &file["version"]), (&json!("hallway"), &json!(1)));
    let names: Vec<&Value> = file["people"].as_array().expect("people").iter().map(|p| &p["displayName"]).collect();
    assert_eq!(names, ["Priya Nair", "小林 葵", "Tom Kowalski"]);
    assert!(terminal.refused(&["export", "everything.json"]).contains("--replace"));
    for part in [&["Priya"][..], &["--stage", "build"], &["--columns", "name"], &["--for", "spreadsheet"]] {
        let refusal = terminal.refused(&[&["export", "part.json"], part].concat());
        assert!(refusal.contains("holds everything there is"), "{part:?}: {refusal}");
    }
    assert!(!terminal.path("part.json").exists());
}

#[test]
fn everything_comes_back_from_a_file_that_is_called_json() {
    let terminal = Terminal::after_the_meetup();
    terminal.ok(&["log", "Priya", "in_production", "--on", "2026-05-20"]);
    terminal.ok(&["export", "everything.json"]);
    let other = Terminal::new();
    other.write("everything.json", &terminal.read("everything.json"));
    let looked = terminal.ok(&["import", "everything.json", "--dry-run"]);
    for words in ["everything.json: everything of a Hallway file, ", "people ", "this was a dry run"] {
        assert!(looked.contains(words), "“{words}” is not in:\n{looked}");
    }
    let said = other.ok(&["import", "everything.json"]);
    assert!(said.contains("0 refused."), "{said}");
    other.ok(&["export", "again.json"]);
    assert!(other.read("again.json") == terminal.read("everything.json"));
    assert!(other.ok(&["stage", "Priya"]).contains("Scaling"));

    other.write("everything.json", &terminal.read("everything.json").replace("\"Pune\"", "\"Goa\""));
    let said = other.ok(&["import", "everything.json"]);
    assert!(said.contains("here “Pune”, in the file “Goa”") && said.contains("1 kept as they were"), "{said}");
    let said = other.ok(&["import", "everything.json", "--keep", "theirs"]);
    assert!(said.contains("Replaced by what the file says") && said.contains("1 replaced"), "{said}");
    assert!(other.refused(&["import", "everything.json", "--look", "new"]).contains("are for tables"));
    assert!(terminal.refused(&["import", "meetup.csv", "--keep", "mine"]).contains("--keep is for JSON files"));
}

#[test]
fn an_export_asks_before_it_writes_over_a_file() {
    let terminal = Terminal::after_the_meetup();
    terminal.write("out.csv", "precious");
    assert!(terminal.refused(&["export", "out.csv"]).contains("--replace"));
    assert_eq!(terminal.read("out.csv"), "precious");
    assert_eq!(terminal.ok(&["export", "out.csv", "Łódź", "--replace"]), "Wrote 1 person to out.csv.\n");
    assert!(terminal.read("out.csv").contains("Tom Kowalski"));
    assert!(
        terminal
            .refused(&["export", "other.csv", "--columns", "name,shoe"])
            .contains("There is no column “shoe”. Choose from: name, pronouns,")
    );
    assert!(!terminal.path("other.csv").exists());
}

#[test]
fn a_spreadsheet_gets_no_formulas() {
    let terminal = Terminal::new();
    terminal.ok(&["add", "=HYPERLINK(\"https://evil.example\")"]);
    assert!(
        terminal.ok(&["export", "program.csv", "--columns", "name"]).contains("1 cell could be taken for a formula")
    );
    terminal.ok(&["export", "sheet.csv", "--columns", "name", "--for", "spreadsheet"]);
    assert!(terminal.read("sheet.csv").contains("'=HYPERLINK"));
}

#[test]
fn a_file_is_not_called_by_the_sign_for_what_a_program_says() {
    let terminal = Terminal::after_the_meetup();
    terminal.write("meetup.csv", "Name,Email\nAda,nowhere\n");
    for line in [
        &["export", "-"][..],
        &["export", "--to", "-"],
        &["export", "-", "--replace"],
        &["export", "-", "--template", "csv", "--purpose", "for_myself"],
        &["subject", "Priya", "--write", "-"],
        &["rules", "--write", "-"],
        &["import", "meetup.csv", "--save-refused", "-"],
    ] {
        let said = terminal.refused(line);
        assert!(said.contains("standard output") && said.contains("Name a file"), "{line:?}: {said}");
    }
    assert!(!terminal.path("-").exists());
    assert!(!terminal.ok(&["list"]).contains("Ada"), "nothing was brought in before it was said");
    terminal.ok(&["export", "./-"]);
    assert!(terminal.path("-").exists(), "whoever means it gets it");
}
