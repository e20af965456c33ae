//! Tables of every kind that come in, and rows that wait for an answer.
use crate::program::{MEETUP, Terminal};
use serde_json::json;
use std::fs;

#[test]
fn rows_that_share_an_address_wait_until_somebody_says_what_they_are() {
    let terminal = Terminal::after_the_meetup();
    terminal.write(
        "again.csv",
        "Name,Email,Town\nTeam Globex,tom@globex.example,Opole\nPriya Nair,priya@acme.example,Goa\n",
    );
    let waiting = terminal.ok(&["import", "again.csv"]);
    for words in [
        "0 new, 0 to fill in, 1 differing, 0 unchanged, 1 to look at",
        "Added 0 people, filled in 0; 1 differing and kept as they were, 0 unchanged",
        "row 2 (Team Globex): tom@globex.example belongs to somebody of another name",
        "1 row waits and was left out",
    ] {
        assert!(waiting.contains(words), "“{words}” is not in:\n{waiting}");
    }
    let tried = terminal.ok(&["import", "again.csv", "--look", "new", "--dry-run", "--map", "Town=city"]);
    assert!(
        tried.contains("1 new,") && tried.contains("0 to look at") && tried.contains("Nothing was written"),
        "{tried}"
    );
    assert!(tried.contains("row 3 (Priya Nair), city: here “Pune”, in the file “Goa”"), "{tried}");
    assert_eq!(terminal.json(&["list"])["count"], 3, "a dry run writes nobody down");
    assert!(
        terminal
            .ok(&["import", "again.csv", "--look", "skip"])
            .contains("1 differing and kept as they were, 0 unchanged, 1 skipped")
    );
    assert_eq!(terminal.json(&["list"])["count"], 3);
    assert!(
        terminal
            .ok(&["import", "again.csv", "--look", "new", "--map", "town=custom:Home town"])
            .contains("Added 1 person, filled in 1;")
    );
    assert_eq!(terminal.json(&["list"])["count"], 4);
    assert!(terminal.ok(&["show", "Priya"]).contains("Home town  Goa\n"));
    assert!(
        terminal
            .refused(&["import", "again.csv", "--map", "Country=country"])
            .contains("Its columns are: Name, Email, Town.")
    );
}

#[test]
fn every_row_that_waits_gets_the_answer_however_many_there_are() {
    let terminal = Terminal::new();
    let rows: String = (0..450).map(|n| format!("Person {n},office@acme.example\n")).collect();
    terminal.write("office.csv", &format!("Name,Email\n{rows}"));
    let said = terminal.json(&["import", "office.csv", "--look", "skip"]);
    assert_eq!(
        (&said["done"]["added"], &said["done"]["skipped"], &said["done"]["waiting"]),
        (&json!(1), &json!(449), &json!(0))
    );
}

#[test]
fn a_dry_run_and_a_mistyped_name_leave_no_workspace_behind() {
    let terminal = Terminal::new();
    terminal.write("meetup.csv", MEETUP);
    assert!(terminal.refused(&["import", "--dry-run", "meetup.csv"]).contains("There is no file"));
    assert!(terminal.refused(&["import", "metup.csv"]).contains("metup.csv could not be read"));
    assert!(!terminal.path("main.hallway").exists());
}

#[test]
fn a_workbook_and_address_cards_go_in_like_any_table() {
    let terminal = Terminal::new();
    fs::copy("../../tests/fixtures/people.xlsx", terminal.path("people.xlsx")).expect("a workbook");
    let said = terminal.ok(&["import", "people.xlsx"]);
    assert!(
        said.contains("people.xlsx: Workbook, sheet “People”, 3 rows.") && said.contains("Added 3 people"),
        "{said}"
    );
    assert!(terminal.ok(&["import", "people.xlsx", "--sheet", "Prices", "--dry-run"]).contains("Thing"));
    terminal.write("one.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Byron\r\nEND:VCARD\r\n");
    assert!(terminal.ok(&["import", "one.vcf"]).contains("one.vcf: Address cards, vCard, 1 card."));
}
