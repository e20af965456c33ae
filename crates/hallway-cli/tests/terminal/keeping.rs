//! What keeps things from being lost: backups, the doctor, taking back.
use crate::program::Terminal;
use std::fs;

#[test]
fn a_backup_is_made_compared_and_put_back() {
    let terminal = Terminal::after_the_meetup();
    assert!(terminal.ok(&["backup"]).contains("with 3 people, 0 entries"));
    assert!(terminal.ok(&["backup"]).contains("holds everything there is"));
    assert!(terminal.ok(&["doctor"]).contains("The newest good backup was made at 2026-05-21"));
    let name = terminal.json(&["backup", "--list"])[0]["name"].as_str().expect("a name").to_owned();
    terminal.ok(&["add", "Eve Adams"]);
    let told = terminal.ok(&["restore", &name]);
    assert!(told.contains("1 person would be gone: Eve Adams.") && told.contains("Nothing was changed"), "{told}");
    assert!(terminal.ok(&["list"]).contains("Eve Adams"));
    terminal.ok(&["undo"]);
    assert!(terminal.ok(&["restore", &name]).starts_with("Nothing would change."));
    terminal.ok(&["log", "Priya Nair", "conversation_online", "--note", "Runs queues at home"]);
    let told = terminal.ok(&["restore", &name]);
    assert!(told.contains("1 entry would be gone.") && !told.contains("Nothing would change"), "{told}");
    terminal.ok(&["add", "Eve Adams"]);
    terminal.ok(&["restore", &name, "--yes"]);
    assert!(!terminal.ok(&["list"]).contains("Eve Adams"));
    assert!(terminal.ok(&["list"]).contains("Priya Nair"));
    fs::write(terminal.path("main.hallway"), "SQLite format 3\0 and nothing else").expect("damage");
    assert!(terminal.ok(&["restore"]).contains(&name), "backups are found without the file");
    assert!(terminal.ok(&["restore", &name, "--yes"]).contains("The damaged file is kept as"));
    assert!(terminal.ok(&["list"]).contains("Priya Nair"));
}

#[test]
fn the_doctor_ends_badly_when_something_is_wrong() {
    let terminal = Terminal::after_the_meetup();
    let file = rusqlite::Connection::open(terminal.path("main.hallway")).expect("the file as SQLite sees it");
    file.execute("UPDATE people SET display_name = ' ' WHERE city = 'Pune'", []).expect("damage");
    drop(file);
    let said = terminal.run(&["doctor"]);
    assert_eq!(said.code, Some(1));
    let found = "2 things found:\nEvery person has a name (I01): one row breaks this.\nThe list calls everybody what they are called: one row breaks this.\n`hallway-cli restore main-";
    assert!(said.out.contains(found), "{}", said.out);
}

#[test]
fn any_one_thing_is_taken_back_by_its_number_and_one_persons_history_is_theirs() {
    let terminal = Terminal::after_the_meetup();
    terminal.ok(&["log", "Priya Nair", "conversation_online", "--note", "Runs queues at home"]);
    terminal.ok(&["log", "Tom Kowalski", "gave_help"]);
    let theirs = terminal.ok(&["history", "--person", "priya"]);
    assert!(theirs.starts_with("Number  When") && theirs.contains("Logged what happened with Priya Nair"), "{theirs}");
    assert!(!theirs.contains("with Tom Kowalski"), "{theirs}");
    let line = theirs.lines().find(|line| line.contains("Logged")).expect("a line");
    let number = line.split_whitespace().next().expect("a number");
    assert_eq!(
        terminal.ok(&["undo", "--operation", number]),
        "Took back: Logged what happened with Priya Nair.\n",
        "although something was done since"
    );
    assert!(terminal.ok(&["history", "--person", "priya"]).contains("taken back"));
    assert!(
        terminal.ok(&["show", "Tom Kowalski"]).contains("Answered a question")
            || terminal.json(&["history"])[0]["undone"] == false
    );
    assert!(!terminal.refused(&["undo", "--operation", "4711"]).contains("could not be read"));
}

#[test]
fn the_doctor_does_not_say_that_there_is_no_backup_where_one_is_damaged() {
    let terminal = Terminal::new();
    terminal.ok(&["add", "Ada"]);
    let none = "There is no backup yet. `hallway-cli backup` makes one.";
    assert!(terminal.ok(&["doctor"]).contains(none));
    terminal.ok(&["backup"]);
    let name = terminal.json(&["backup", "--list"])[0]["name"].as_str().expect("a name").to_owned();
    fs::write(terminal.path("backups").join(&name), "nothing of ours").expect("damage");
    let said = terminal.ok(&["doctor"]);
    assert!(!said.contains(none) && said.contains("The only backup there is, "), "{said}");
    assert!(said.contains(&name) && said.contains("`hallway-cli backup` makes"), "{said}");
    assert!(terminal.ok(&["backup"]).contains("Made the backup"));
    assert!(terminal.ok(&["doctor"]).contains("The newest good backup was made at"));
}

#[test]
fn what_cannot_be_taken_back_says_so_and_why() {
    let terminal = Terminal::after_the_meetup();
    let number = |label: &str| {
        let lines = terminal.json(&["history"]);
        let line = lines.as_array().expect("lines").iter().find(|line| line["label"] == label).cloned();
        line.unwrap_or_else(|| panic!("“{label}” is not in {lines}"))["id"].to_string()
    };
    let begun = number("Made this file");
    assert_eq!(
        terminal.refused(&["undo", "--operation", &begun]),
        "“Made this file” cannot be taken back: the file begins with it, and nothing was there before.\n"
    );
    terminal.ok(&["add", "Eve Adams"]);
    let added = number("Added Eve Adams");
    terminal.ok(&["undo"]);
    assert_eq!(
        terminal.refused(&["undo", "--operation", &added]),
        "“Added Eve Adams” was taken back already. `hallway-cli redo` brings back what was taken back last.\n"
    );
    terminal.ok(&["erase", "Tom Kowalski", "--yes"]);
    let lines = terminal.json(&["history"]);
    let erased = lines.as_array().expect("lines").iter().find(|line| line["command"] == "erase.run").expect("a line");
    let said = terminal.refused(&["undo", "--operation", &erased["id"].to_string()]);
    assert!(said.contains("cannot be taken back") && said.contains("gone for good"), "{said}");
    assert!(terminal.refused(&["undo", "--operation", "4711"]).contains("no longer here"));
}
