//! Imports in a terminal: several files, one that was interrupted, days to be said, rows to be mended.
use hallway_core::{Access, Now, dispatch, id, open};
use serde_json::{Value, json};
use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

struct Terminal {
    folder: tempfile::TempDir,
}

impl Terminal {
    fn new() -> Terminal {
        Terminal { folder: tempfile::tempdir().expect("a folder") }
    }
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
    }
    fn run(&self, line: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_hallway-cli"))
            .args(line)
            .env("HALLWAY_FILE", self.path("main.hallway"))
            .current_dir(self.folder.path())
            .output()
            .expect("the program runs")
    }
    fn ok(&self, line: &[&str]) -> String {
        let said = self.run(line);
        let (out, err) = (String::from_utf8_lossy(&said.stdout).into_owned(), String::from_utf8_lossy(&said.stderr));
        assert!(said.status.success(), "{line:?}: {out}{err}");
        assert_eq!(err, "", "nobody sees a line of progress where there is no terminal");
        out
    }
    fn refused(&self, line: &[&str]) -> String {
        let said = self.run(line);
        assert!(!said.status.success(), "{line:?} was not refused");
        String::from_utf8_lossy(&said.stderr).into_owned()
    }
    fn people(&self) -> u64 {
        serde_json::from_str::<Value>(&self.ok(&["--json", "list"])).expect("JSON")["count"].as_u64().expect("a count")
    }
    /// Imports a part of a file, as a process does that is killed.
    fn interrupt(&self, name: &str) {
        let store = open(&self.path("main.hallway"), Now::system(), id::seed_from_system(), "UTC").expect("a file");
        let ask = |command: &str, input: Value| dispatch(&store, Now::system(), command, input).expect(command).value;
        let file = store.grant(self.path(name), Access::Read);
        let run = ask("imports.begin", json!({ "file": file, "matching": true, "source": "import" }));
        for _ in 0..2 {
            ask("imports.step", json!({ "id": run["id"] }));
        }
    }
}

fn table(people: usize) -> String {
    let rows: String = (0..people).map(|n| format!("Person {n},p{n}@example.org\n")).collect();
    format!("Name,Email\n{rows}")
}

#[test]
fn several_files_are_a_change_each_and_one_that_is_broken_costs_only_itself() {
    let terminal = Terminal::new();
    terminal.write("a.csv", "Name\nAda\n");
    terminal.write("broken.csv", "");
    terminal.write("b.csv", "Name\nBo\n,\nEve\n");
    let said = terminal.run(&["import", "a.csv", "broken.csv", "b.csv"]);
    let out = String::from_utf8_lossy(&said.stdout);
    assert!(!said.status.success(), "a program must notice that one was not imported");
    for words in [
        "broken.csv: not imported. The file has no rows.",
        "3 files: added 3 people, filled in 0;",
        "1 file was not imported.",
    ] {
        assert!(out.contains(words), "“{words}” is not in:\n{out}");
    }
    assert_eq!(terminal.people(), 3);
    assert!(terminal.ok(&["undo"]).contains("Imported 2 people from “b.csv”"));
    assert_eq!(terminal.people(), 1);
    assert!(terminal.refused(&["import", "a.csv", "b.csv", "--save-refused", "x.csv"]).contains("Name one file"));
    assert!(terminal.refused(&["import", "a.csv", "nowhere.csv"]).contains("nowhere.csv could not be read"));
}

#[test]
fn an_import_that_was_interrupted_is_named_and_goes_on_or_is_taken_back() {
    let terminal = Terminal::new();
    terminal.write("people.csv", &table(800));
    terminal.write("other.csv", "Name\nAda\n");
    terminal.interrupt("people.csv");
    let part = terminal.people();
    assert!(part > 0 && part < 800);
    let refused = terminal.refused(&["import", "other.csv"]);
    assert!(
        refused.contains("An import of people.csv was interrupted.") && refused.contains("import --resume"),
        "{refused}"
    );
    assert_eq!(terminal.people(), part);
    let said = terminal.ok(&["import", "--resume"]);
    assert!(said.contains("people.csv: Added 800 people"), "{said}");
    assert_eq!(terminal.people(), 800);
    assert!(terminal.ok(&["undo"]).contains("Imported 800 people from “people.csv”"));

    terminal.interrupt("people.csv");
    assert!(terminal.ok(&["import", "--cancel"]).contains("Took back what came in from people.csv."));
    assert_eq!(terminal.people(), 0);
    assert!(terminal.refused(&["import", "--cancel"]).contains("No import was interrupted here"));
    assert!(terminal.ok(&["doctor"]).contains("The file is sound."));

    terminal.interrupt("people.csv");
    fs::rename(terminal.path("people.csv"), terminal.path("moved.csv")).expect("it moves");
    assert!(terminal.refused(&["import", "--resume"]).contains("people.csv is no longer where it was"));
    assert!(terminal.ok(&["import", "--resume", "moved.csv"]).contains("Added 800 people"));
}

#[test]
fn days_that_could_be_either_of_two_have_to_be_said() {
    let terminal = Terminal::new();
    terminal.write("days.csv", "Name,Last contact\nAda,03/04/2024\n");
    let refused = terminal.refused(&["import", "days.csv"]);
    assert!(refused.contains("“03/04/2024” in the column “Last contact”") && refused.contains("--days"), "{refused}");
    terminal.ok(&["import", "days.csv", "--days", "Last contact=month"]);
    assert!(terminal.ok(&["show", "Ada"]).contains("4 Mar"));
    // It is remembered, as where the columns go is.
    terminal.write("more.csv", "Name,Last contact\nBo,05/06/2024\n");
    assert!(terminal.ok(&["import", "more.csv"]).contains("remembered from a file like it"));
    assert!(terminal.ok(&["show", "Bo"]).contains("6 May"));
}

#[test]
fn rows_that_are_refused_are_saved_mended_and_fed_back() {
    let terminal = Terminal::new();
    terminal.write("a.csv", "Who,Mail\nAda,ada@example.org\nBo,bo at home\n");
    let said =
        terminal.ok(&["import", "a.csv", "--map", "Who=name", "--map", "Mail=email", "--save-refused", "mend.csv"]);
    assert!(said.contains("Saved 1 row that was refused or waits to mend.csv"), "{said}");
    let text = fs::read_to_string(terminal.path("mend.csv")).expect("the rows");
    assert!(text.contains("Why it was not imported,Who,Mail"), "{text}");
    terminal.write("mend.csv", &text.replace(",bo at home", ",bo@example.org"));
    assert!(terminal.ok(&["import", "mend.csv"]).contains("Added 1 person"));
    assert_eq!(terminal.people(), 2);
}

#[test]
fn a_dry_run_says_what_an_import_would_stop_at_and_ends_as_it_would() {
    let terminal = Terminal::new();
    terminal.write("first.csv", "Name\nZoe\n");
    terminal.ok(&["import", "first.csv"]);
    terminal.write(
        "days.csv",
        "Name,Email,Last contact,Last met\nAda,a@x.example,03/04/2024,soon\nBo,b@x.example,,2026-05-03\n",
    );
    let said = terminal.run(&["import", "days.csv", "--dry-run"]);
    let out = String::from_utf8_lossy(&said.stdout);
    for words in [
        "An import would stop here: “03/04/2024” in the column “Last contact” could be either of two days.",
        "--days \"Header=day\"",
        "One row has no day in “Last met” that can be read, such as “soon”.",
        "row 2 (Ada): “soon” in the column “Last met” is not a day.",
        "Nothing was written: this was a dry run.",
    ] {
        assert!(out.contains(words), "“{words}” is not in:\n{out}");
    }
    let real = terminal.run(&["import", "days.csv"]);
    assert_eq!((said.status.code(), real.status.code()), (Some(1), Some(1)));
    terminal.ok(&["import", "days.csv", "--dry-run", "--days", "Last contact=day"]);
    assert_eq!(terminal.people(), 1);
}

#[test]
fn cards_are_spoken_of_as_cards_and_only_the_columns_they_have_are_shown() {
    let terminal = Terminal::new();
    terminal.write("first.csv", "Name\nZoe\n");
    terminal.ok(&["import", "first.csv"]);
    terminal.write(
        "people.vcf",
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nGENDER:F\nREV:20200101T000000Z\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nTEL:+1 555 0100\nEND:VCARD\n",
    );
    let said = terminal.ok(&["import", "people.vcf", "--dry-run"]);
    for words in [
        "Address cards, vCard, 2 cards.",
        "Left in the cards, and not imported: 1 revision stamp.",
        "Not imported: GENDER.",
        "card 2 (+1 555 0100): There is no name on card 2.",
    ] {
        assert!(said.contains(words), "“{words}” is not in:\n{said}");
    }
    assert!(!said.contains("GitHub") && !said.contains("name column") && !said.contains("row"), "{said}");
}

#[test]
fn the_same_file_again_says_who_would_be_added_a_second_time() {
    let terminal = Terminal::new();
    terminal.write("a.csv", "Name\nAda\nBo\n");
    terminal.ok(&["import", "a.csv"]);
    let said = terminal.ok(&["import", "a.csv"]);
    assert!(
        said.contains("2 rows without an address would be added a second time; 2 wait because somebody of that name"),
        "{said}"
    );
    assert_eq!(terminal.people(), 2);
}

#[test]
fn a_file_of_who_left_is_refused_with_the_command_that_takes_it() {
    let terminal = Terminal::new();
    terminal
        .write("left.csv", "Email Address,First Name,Last Name,UNSUB_TIME\nx@acme.example,X,Y,2026-05-10 09:00:00\n");
    let said = terminal.refused(&["import", "left.csv"]);
    assert!(said.contains("hallway-cli suppress --from \"left.csv\""), "{said}");
    assert_eq!(terminal.people(), 0);
    assert!(terminal.ok(&["suppress", "--from", "left.csv"]).contains("1 unsubscribed"));
    assert!(terminal.ok(&["import", "left.csv", "--as-people"]).contains("Added 1 person"));
}

#[test]
fn who_was_erased_is_left_out_of_a_file_unless_it_is_said() {
    let terminal = Terminal::new();
    terminal.write("met.csv", "Name,Email\nAda Moss,ada@acme.example\nBo,bo@acme.example\n");
    terminal.ok(&["import", "met.csv"]);
    terminal.ok(&["erase", "Ada Moss", "--yes"]);
    let said = terminal.ok(&["import", "met.csv"]);
    assert!(said.contains("row 2 (Ada Moss): Whoever had ada@acme.example was erased"), "{said}");
    assert_eq!(terminal.people(), 1);
    terminal.ok(&["import", "met.csv", "--let-in-erased"]);
    assert_eq!(terminal.people(), 2);
}
