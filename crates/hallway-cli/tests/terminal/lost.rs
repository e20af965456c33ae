//! A file that is gone, or in whose place stands another one, while its backups are still there.
use crate::program::{MEETUP, Terminal};
use std::{fs, path::PathBuf};

/// A workspace of three people with a backup, and that backup's name.
fn with_a_backup() -> (Terminal, String) {
    let terminal = Terminal::after_the_meetup();
    terminal.ok(&["backup"]);
    let name = terminal.json(&["backup", "--list"])[0]["name"].as_str().expect("a name").to_owned();
    (terminal, name)
}

fn backups(terminal: &Terminal) -> Vec<PathBuf> {
    let files = fs::read_dir(terminal.path("backups")).expect("a folder").map(|file| file.expect("a file").path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "hallway")).collect()
}

#[test]
fn a_file_that_is_gone_is_put_back_from_its_backup_and_not_begun_anew() {
    let (terminal, name) = with_a_backup();
    let file = terminal.path("main.hallway");
    fs::remove_file(&file).expect("it goes");
    terminal.write("meetup.csv", MEETUP);
    for line in [
        &["list"][..],
        &["doctor"],
        &["backup", "--list"],
        &["add", "Bo"],
        &["import", "meetup.csv"],
        &["import", "meetup.csv", "--dry-run"],
        &["capture", "Bo (Acme): hello", "--new"],
    ] {
        let said = terminal.refused(line);
        for words in [
            "There is no file",
            &format!("{name}, made at 2026-05-21 12:00, with 3 people, 0 entries"),
            &format!("`hallway-cli restore {name} --yes`"),
            "--file",
            "backups",
        ] {
            assert!(said.contains(words), "{line:?}: “{words}” is not in:\n{said}");
        }
        assert!(!file.exists(), "{line:?}");
    }
    let told = terminal.ok(&["restore", &name]);
    assert!(
        told.contains("There is no file") && told.contains("3 people, 0 entries") && told.contains("--yes"),
        "{told}"
    );
    assert!(!file.exists());
    let done = terminal.ok(&["restore", &name, "--yes"]);
    assert!(done.contains("No file stood there.") && !done.contains("is a backup now"), "{done}");
    assert!(terminal.ok(&["list"]).contains("Priya Nair"));
}

#[test]
fn a_new_file_is_begun_where_the_backups_of_another_one_were_moved_away() {
    let (terminal, _) = with_a_backup();
    fs::remove_file(terminal.path("main.hallway")).expect("it goes");
    terminal.ok(&["--file", "other.hallway", "add", "Bo"]);
    assert!(!terminal.path("main.hallway").exists());
    for backup in backups(&terminal) {
        fs::write(backup, "nothing of ours").expect("damage");
    }
    let said = terminal.refused(&["add", "Bo"]);
    assert!(said.contains("There is no file") && said.contains("none of them is good"), "{said}");
    fs::rename(terminal.path("backups"), terminal.path("old")).expect("they move");
    terminal.ok(&["add", "Bo"]);
}

#[test]
fn a_log_that_lost_its_file_is_said_and_kept() {
    let (terminal, name) = with_a_backup();
    fs::remove_file(terminal.path("main.hallway")).expect("it goes");
    terminal.write("main.hallway-wal", "what was done last");
    for line in [&["list"][..], &["add", "Bo"]] {
        let said = terminal.refused(line);
        assert!(said.contains("its log is here") && said.contains(&name), "{line:?}: {said}");
    }
    assert!(terminal.ok(&["restore", &name]).contains("would not be deleted"));
    assert_eq!(terminal.read("main.hallway-wal"), "what was done last");
    let done = terminal.ok(&["restore", &name, "--yes"]);
    assert!(done.contains("The log that was left of the file is kept as"), "{done}");
    let kept = done.trim_end().rsplit(' ').next().expect("a name").trim_end_matches('.');
    assert_eq!(fs::read_to_string(kept).expect("the log"), "what was done last");
}

/// It would become a backup that cannot be read here, and be let go of with the others.
#[test]
fn a_file_of_a_newer_hallway_or_of_another_program_is_not_made_a_backup() {
    for (pragma, code, words) in [
        ("user_version = 99", "newer_file", "newer Hallway"),
        ("application_id = 7", "foreign_file", "another program"),
    ] {
        let (terminal, name) = with_a_backup();
        let file = rusqlite::Connection::open(terminal.path("main.hallway")).expect("the file as SQLite sees it");
        file.execute_batch(&format!("PRAGMA {pragma}")).expect("another one");
        drop(file);
        let before = (fs::read(terminal.path("main.hallway")).expect("the file"), backups(&terminal));
        for line in [&["restore", &name][..], &["restore", &name, "--yes"]] {
            let said = terminal.refused(line);
            assert!(said.contains(words) && said.contains("elsewhere") && said.contains(&name), "{line:?}: {said}");
            let said = terminal.refused(&[&["--json"], line].concat());
            assert!(said.contains(&format!("\"code\":\"{code}\"")), "{said}");
        }
        let said = terminal.refused(&["list"]);
        assert!(!said.contains("--yes") || said.contains("elsewhere"), "{said}");
        assert!(before == (fs::read(terminal.path("main.hallway")).expect("the file"), backups(&terminal)));
        fs::rename(terminal.path("main.hallway"), terminal.path("elsewhere.hallway")).expect("it moves");
        terminal.ok(&["restore", &name, "--yes"]);
        assert!(terminal.ok(&["list"]).contains("Priya Nair"));
    }
}
