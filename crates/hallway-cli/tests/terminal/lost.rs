//! A file that is gone, or in whose place stands another one, while its backups are still there.
use crate::program::Terminal;
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
