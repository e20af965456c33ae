//! Imports in a terminal: several files, one that was interrupted, days to be said, rows to be mended.
use crate::program::{Terminal, now};
use hallway_core::{Access, dispatch};
use serde_json::{Value, json};
use std::fs;

fn ok(terminal: &Terminal, line: &[&str]) -> String {
    let said = terminal.run(line);
    assert_eq!(said.code, Some(0), "{line:?}: {}{}", said.out, said.err);
    assert_eq!(said.err, "", "nobody sees a line of progress where there is no terminal");
    said.out
}

/// What is said of a line that did not do all it was asked to, whatever it did do.
fn refused(terminal: &Terminal, line: &[&str]) -> String {
    let said = terminal.run(line);
    assert_eq!(said.code, Some(1), "{line:?} was not refused");
    said.err
}

fn people(terminal: &Terminal) -> u64 {
    terminal.json(&["list"])["count"].as_u64().expect("a count")
}

/// Imports a part of a file, as a process does that is killed.
fn interrupt(terminal: &Terminal, name: &str) {
    let store = terminal.window();
    let ask = |command: &str, input: Value| dispatch(&store, now(), command, input).expect(command).value;
    let file = store.grant(terminal.path(name), Access::Read);
    let run = ask("imports.begin", json!({ "file": file, "matching": true, "source": "import" }));
    for _ in 0..2 {
        ask("imports.step", json!({ "id": run["id"] }));
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
    let out = said.out;
    assert!(said.code != Some(0), "a program must notice that one was not imported");
    for words in [
        "broken.csv: not imported. The file has no rows.",
        "3 files: added 3 people, filled in 0;",
        "1 file was not imported.",
    ] {
        assert!(out.contains(words), "“{words}” is not in:\n{out}");
    }
    terminal.write("bars.csv", "Name|City;Country\nAda|Pune;India\n");
    let looked = ok(&terminal, &["import", "bars.csv", "--separator", "|", "--dry-run"]);
    assert!(looked.contains("separated by “|”") && looked.contains("City;Country"), "{looked}");
    let sign = refused(&terminal, &["import", "bars.csv", "--separator", "xy"]);
    assert!(sign.contains("“xy” parts no cells."), "{sign}");
    assert_eq!(people(&terminal), 3);
    assert!(ok(&terminal, &["undo"]).contains("Imported 2 people from “b.csv”"));
    assert_eq!(people(&terminal), 1);
    assert!(refused(&terminal, &["import", "a.csv", "b.csv", "--save-refused", "x.csv"]).contains("Name one file"));
    assert!(refused(&terminal, &["import", "a.csv", "nowhere.csv"]).contains("nowhere.csv could not be read"));
}

#[test]
fn an_import_that_was_interrupted_is_named_and_goes_on_or_is_taken_back() {
    let terminal = Terminal::new();
    terminal.write("people.csv", &table(800));
    terminal.write("other.csv", "Name\nAda\n");
    interrupt(&terminal, "people.csv");
    let part = people(&terminal);
    assert!(part > 0 && part < 800);
    let said = refused(&terminal, &["import", "other.csv"]);
    assert!(said.contains("An import of people.csv was interrupted.") && said.contains("import --resume"), "{said}");
    assert_eq!(people(&terminal), part);
    let said = ok(&terminal, &["import", "--resume"]);
    assert!(said.contains("people.csv: Added 800 people"), "{said}");
    assert_eq!(people(&terminal), 800);
    assert!(ok(&terminal, &["undo"]).contains("Imported 800 people from “people.csv”"));

    interrupt(&terminal, "people.csv");
    assert!(ok(&terminal, &["import", "--cancel"]).contains("Took back what came in from people.csv."));
    assert_eq!(people(&terminal), 0);
    assert!(refused(&terminal, &["import", "--cancel"]).contains("No import was interrupted here"));
    assert!(ok(&terminal, &["doctor"]).contains("The file is sound."));

    interrupt(&terminal, "people.csv");
    fs::rename(terminal.path("people.csv"), terminal.path("moved.csv")).expect("it moves");
    assert!(refused(&terminal, &["import", "--resume"]).contains("people.csv is no longer where it was"));
    assert!(ok(&terminal, &["import", "--resume", "moved.csv"]).contains("Added 800 people"));
}

#[test]
fn days_that_could_be_either_of_two_have_to_be_said() {
    let terminal = Terminal::new();
    terminal.write("days.csv", "Name,Last contact\nAda,03/04/2024\n");
    let said = refused(&terminal, &["import", "days.csv"]);
    assert!(said.contains("“03/04/2024” in the column “Last contact”") && said.contains("--days"), "{said}");
    ok(&terminal, &["import", "days.csv", "--days", "Last contact=month"]);
    assert!(ok(&terminal, &["show", "Ada"]).contains("4 Mar"));
    // It is remembered, as where the columns go is.
    terminal.write("more.csv", "Name,Last contact\nBo,05/06/2024\n");
    assert!(ok(&terminal, &["import", "more.csv"]).contains("remembered from a file like it"));
    assert!(ok(&terminal, &["show", "Bo"]).contains("6 May"));
}

#[test]
fn rows_that_are_refused_are_saved_mended_and_fed_back() {
    let terminal = Terminal::new();
    terminal.write("a.csv", "Who,Mail\nAda,ada@example.org\nBo,bo at home\n");
    let said =
        ok(&terminal, &["import", "a.csv", "--map", "Who=name", "--map", "Mail=email", "--save-refused", "mend.csv"]);
    assert!(said.contains("Saved 1 row that was refused or waits to mend.csv"), "{said}");
    let text = terminal.read("mend.csv");
    assert!(text.contains("Why it was not imported,Who,Mail"), "{text}");
    terminal.write("mend.csv", &text.replace(",bo at home", ",bo@example.org"));
    assert!(ok(&terminal, &["import", "mend.csv"]).contains("Added 1 person"));
    assert_eq!(people(&terminal), 2);
}

#[test]
fn no_file_of_refused_rows_is_made_where_none_is_refused() {
    let terminal = Terminal::new();
    terminal.write("a.csv", "Name,Email\nAda,ada@example.org\n");
    terminal.ok(&["add", "Zoe"]);
    for line in [
        &["import", "a.csv", "--dry-run", "--save-refused", "mend.csv"][..],
        &["import", "a.csv", "--save-refused", "mend.csv"],
    ] {
        let said = ok(&terminal, line);
        assert!(said.contains("No row was refused and none waits: mend.csv was not written."), "{said}");
        assert!(!terminal.path("mend.csv").exists());
    }
    terminal.write("people.csv", &table(800));
    interrupt(&terminal, "people.csv");
    let said = ok(&terminal, &["import", "--resume", "--save-refused", "mend.csv"]);
    assert!(said.contains("mend.csv was not written") && !terminal.path("mend.csv").exists(), "{said}");
}

#[test]
fn a_dry_run_says_what_an_import_would_stop_at_and_ends_as_it_would() {
    let terminal = Terminal::new();
    terminal.write("first.csv", "Name\nZoe\n");
    ok(&terminal, &["import", "first.csv"]);
    terminal.write(
        "days.csv",
        "Name,Email,Last contact,Last met\nAda,a@x.example,03/04/2024,soon\nBo,b@x.example,,2026-05-03\n",
    );
    let said = terminal.run(&["import", "days.csv", "--dry-run"]);
    let out = said.out;
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
    assert_eq!((said.code, real.code), (Some(1), Some(1)));
    ok(&terminal, &["import", "days.csv", "--dry-run", "--days", "Last contact=day"]);
    assert_eq!(people(&terminal), 1);
}

#[test]
fn cards_are_spoken_of_as_cards_and_only_the_columns_they_have_are_shown() {
    let terminal = Terminal::new();
    terminal.write("first.csv", "Name\nZoe\n");
    ok(&terminal, &["import", "first.csv"]);
    terminal.write(
        "people.vcf",
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nGENDER:F\nREV:20200101T000000Z\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nTEL:+1 555 0100\nEND:VCARD\n",
    );
    let said = ok(&terminal, &["import", "people.vcf", "--dry-run"]);
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
    ok(&terminal, &["import", "a.csv"]);
    let said = ok(&terminal, &["import", "a.csv"]);
    assert!(
        said.contains("2 rows without an address would be added a second time; 2 wait because somebody of that name"),
        "{said}"
    );
    assert_eq!(people(&terminal), 2);
}

#[test]
fn a_file_of_who_left_is_refused_with_the_command_that_takes_it() {
    let terminal = Terminal::new();
    terminal
        .write("left.csv", "Email Address,First Name,Last Name,UNSUB_TIME\nx@acme.example,X,Y,2026-05-10 09:00:00\n");
    let said = refused(&terminal, &["import", "left.csv"]);
    assert!(said.contains("hallway-cli suppress --from \"left.csv\""), "{said}");
    assert_eq!(people(&terminal), 0);
    assert!(ok(&terminal, &["suppress", "--from", "left.csv"]).contains("1 unsubscribed"));
    assert!(ok(&terminal, &["import", "left.csv", "--as-people"]).contains("Added 1 person"));
}

#[test]
fn who_was_erased_is_left_out_of_a_file_unless_it_is_said() {
    let terminal = Terminal::new();
    terminal
        .write("met.csv", "Name,Email,Notes\nAda Moss,ada@acme.example,\nBo,bo@acme.example,Sits beside Ada Moss\n");
    ok(&terminal, &["import", "met.csv"]);
    ok(&terminal, &["erase", "Ada Moss", "--yes"]);
    // What stands in the notes of those who stay does not bring the name back either.
    for tried in [&["import", "met.csv", "--dry-run"][..], &["import", "met.csv"]] {
        let said = ok(&terminal, tried);
        assert!(said.contains("Something of 1 row is not added: somebody was erased"), "{said}");
        assert!(said.contains("Not added: notes. Somebody was erased who was named"), "{said}");
    }
    assert!(ok(&terminal, &["show", "Bo"]).contains("Sits beside …"));
    let said = ok(&terminal, &["import", "met.csv"]);
    assert!(said.contains("row 2 (Ada Moss): Whoever had ada@acme.example was erased"), "{said}");
    assert_eq!(people(&terminal), 1);
    ok(&terminal, &["import", "met.csv", "--let-in-erased"]);
    assert_eq!(people(&terminal), 2);
}
