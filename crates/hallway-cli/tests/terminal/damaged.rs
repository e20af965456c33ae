//! A file that is damaged: what can be read of it is, nothing of it is changed, and the way back is named.
use crate::program::Terminal;
use std::{fs, path::PathBuf};

const NOTE: &str = "Runs a Queue of their own";

struct Folder(Terminal);

impl Folder {
    /// A workspace with many people, and a backup of it.
    fn new() -> Folder {
        let folder = Folder(Terminal::new());
        let mut table = "Name\n".to_owned();
        (0..400).for_each(|n| table += &format!("Person {n} of a file of many pages\n"));
        folder.0.write("many.csv", &table);
        folder.run(&["import", "many.csv"], true);
        folder.run(&["log", "Person 300 of a file of many pages", "conversation_online", "--note", NOTE], true);
        folder.run(&["backup"], true);
        folder
    }
    fn file(&self) -> PathBuf {
        self.0.path("main.hallway")
    }
    /// What a line says, and what it says beside that.
    fn run(&self, line: &[&str], well: bool) -> (String, String) {
        let said = self.0.run(line);
        assert_eq!(said.code == Some(0), well, "{line:?}: {}{}", said.out, said.err);
        (said.out, said.err)
    }
    fn newest_backup(&self) -> String {
        let list = self.0.json(&["backup", "--list"]);
        list[0]["name"].as_str().expect("a name").to_owned()
    }
    /// Damages the page on which something stands.
    fn damage(&self, text: &str) {
        let mut bytes = fs::read(self.file()).expect("the file");
        let at = bytes.windows(text.len()).position(|here| here == text.as_bytes()).expect("a page") / 4096 * 4096;
        bytes[at..at + 4096].fill(0x5a);
        fs::write(self.file(), bytes).expect("damage");
    }
    fn everything(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let files = fs::read_dir(self.0.folder()).expect("a folder").map(|file| file.expect("a file").path());
        let mut all: Vec<_> =
            files.filter(|path| path.is_file()).map(|path| (path.clone(), fs::read(path).expect("bytes"))).collect();
        all.sort();
        all
    }
}

#[test]
fn the_doctor_names_the_newest_good_backup_of_a_file_with_damaged_pages() {
    let folder = Folder::new();
    let name = folder.newest_backup();
    folder.damage("Person 200 of a file of many pages");
    let (out, err) = folder.run(&["doctor"], false);
    assert!(out.contains("The file is damaged") && format!("{out}{err}").contains(&name), "{out}{err}");
}

/// The file opens, and the page is met only by whoever asks for what stands on it.
#[test]
fn what_cannot_be_read_for_an_answer_is_said_with_the_way_back() {
    let folder = Folder::new();
    let name = folder.newest_backup();
    folder.damage(NOTE);
    let person = "Person 300 of a file of many pages";
    for line in
        [&["show", person][..], &["search", "Queue"], &["today"], &["list"], &["history"], &["export", "out.csv"]]
    {
        let said = folder.0.run(line);
        if said.code == Some(0) {
            assert!(!said.out.is_empty(), "{line:?}: {}", said.err);
        } else {
            let named = said.err.contains(&format!("restore {name}"));
            assert!(said.err.contains("The file is damaged") && named, "{line:?}: {}", said.err);
        }
    }
    assert!(folder.run(&["list"], true).0.contains("400 people"));
    folder.run(&["show", person], false);
}

#[test]
fn an_emptied_file_is_damaged_for_every_command_and_stays_as_it_is() {
    let folder = Folder::new();
    let name = folder.newest_backup();
    fs::write(folder.file(), "").expect("an empty file");
    let before = folder.everything();
    for line in [&["list"][..], &["add", "Eve"], &["import", "many.csv"], &["doctor"], &["history"], &["undo"]] {
        let (out, err) = folder.run(line, false);
        assert!(format!("{out}{err}").contains(&format!("restore {name}")), "{line:?}: {out}{err}");
    }
    assert!(folder.everything() == before, "not a byte has changed");
    folder.run(&["restore", &name, "--yes"], true);
    assert!(folder.run(&["list"], true).0.contains("400 people"));
}

#[test]
fn what_only_reads_is_answered_of_a_file_that_is_only_shown() {
    let folder = Folder::new();
    folder.damage(NOTE);
    // What was done last should stand in a log, and the two do not fit together: it is not opened, and can be looked at.
    fs::write(format!("{}-wal", folder.file().display()), "no log of this file at all").expect("a log");
    let file = fs::read(folder.file()).expect("the file");
    for line in [&["list"][..], &["history"], &["lists"], &["export", "out.csv"], &["backup", "--list"]] {
        let (out, err) = folder.run(line, true);
        assert!(!out.is_empty() && err.matches("it is only shown").count() == 1, "{line:?}: {out}{err}");
    }
    let (out, err) = folder.run(&["doctor"], false);
    assert!(out.contains("found:") && out.contains(&folder.newest_backup()), "{out}{err}");
    for line in [&["add", "Eve"][..], &["undo"], &["log", "Person 7 of a file of many pages", "gave_help"]] {
        let (_, err) = folder.run(line, false);
        assert!(err.contains("The file is damaged") && err.contains("restore"), "{line:?}: {err}");
    }
    assert!(fs::read(folder.file()).expect("the file") == file, "not a byte of it has changed");
}

#[test]
fn what_putting_back_would_change_is_not_promised_of_a_file_that_cannot_be_read() {
    let folder = Folder::new();
    let name = folder.newest_backup();
    folder.damage("Person 200 of a file of many pages");
    let (out, _) = folder.run(&["doctor"], false);
    assert!(!out.contains("would change") && out.contains(&format!("`hallway-cli restore {name} --yes`")), "{out}");
    let before = folder.everything();
    let (out, err) = folder.run(&["restore", &name], true);
    for words in [
        &format!("{name} was made at 2026-05-21 12:00 and holds 400 people, 1 entry."),
        "cannot be told",
        "would not be deleted",
        &format!("`hallway-cli restore {name} --yes` puts it back."),
    ] {
        assert!(out.contains(words), "“{words}” is not in:\n{out}{err}");
    }
    assert!(folder.everything() == before, "not a byte has changed");
    let (out, _) = folder.run(&["restore", &name, "--yes"], true);
    assert!(out.contains("The damaged file is kept as"), "{out}");
    folder.run(&["doctor"], true);
}

#[test]
fn a_backup_that_is_chosen_is_looked_at_before_anything_is_said_of_it() {
    let folder = Folder::new();
    let good = folder.newest_backup();
    folder.0.ok_at("2026-05-21T13:00:00Z", &["add", "Eve"]);
    folder.0.ok_at("2026-05-21T13:00:00Z", &["backup"]);
    let bad = folder.newest_backup();
    let path = folder.0.path("backups").join(&bad);
    let whole = fs::read(&path).expect("a backup");
    for (beside, damaged) in [(true, false), (true, true), (false, true)] {
        fs::write(&path, &whole[..5_000]).expect("a shorter one");
        if !beside {
            let _ = fs::remove_file(path.with_file_name(format!("{bad}.sha256")));
        }
        if damaged {
            fs::write(folder.file(), "no file of ours").expect("damage");
        }
        for line in [&["restore", &bad][..], &["restore", &bad, "--yes"]] {
            let before = folder.everything();
            let said = folder.0.refused(line);
            assert!(said.starts_with(&format!("The backup {bad} ")), "{line:?}: {said}");
            assert!(said.contains(&format!("hallway-cli restore {good}")), "{line:?}: {said}");
            assert!(!said.contains("The file is damaged"), "{line:?}: {said}");
            assert!(folder.everything() == before, "not a byte has changed");
        }
        let (out, err) = folder.run(&["restore", &good], true);
        assert!(damaged == out.contains(&format!("{good} was made at")), "{out}{err}");
    }
    let said = folder.0.refused(&["restore", "main-20200101T000000000Z-asked.hallway"]);
    assert!(said.starts_with("There is no backup main-20200101") && said.contains("`hallway-cli restore`"), "{said}");
}
